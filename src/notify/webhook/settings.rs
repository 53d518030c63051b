//! Setting webhooks up and changing them.

use crate::auth::{Vault, only_owners};
use crate::db::{Change, Value, fault};
use crate::kernel::{Error, FieldError, Id, Moment, Result};
use crate::record::View;

use super::WEBHOOKS;
use super::address::{Address, Place};
use super::endpoint::{ADDRESS, Endpoint, SECRET, Sort, sealed_for};
use super::event::Event;
use super::sign::fresh_secret;

/// As many may a tenant have.
pub const MOST: i64 = 10;
const NAME: usize = 100;

/// What somebody wants of a webhook; what is absent stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    pub name: Option<String>,
    pub sort: Option<String>,
    pub url: Option<String>,
    pub events: Option<Vec<String>>,
    pub enabled: Option<bool>,
}

/// What it takes to judge and to keep that.
pub struct Keys<'a> {
    pub vault: &'a Vault,
    pub place: &'a Place,
    /// Whoever asks runs the server.
    pub operator: bool,
}

/// A wish that makes sense.
struct Checked {
    name: Option<String>,
    sort: Option<Sort>,
    address: Option<Address>,
    events: Option<Vec<&'static str>>,
}

/// The server's alerts are for whoever runs it, and for a business that has it for itself.
pub(super) fn may_follow_the_server(view: &View<'_>, operator: bool) -> Result<bool> {
    if operator {
        return Ok(true);
    }
    let sql = "SELECT NOT EXISTS (SELECT 1 FROM tenants WHERE seq <> ?)";
    let mut statement = view.conn.prepare_cached(sql).map_err(fault)?;
    statement.query_row([view.access.tenant.key], |row| row.get(0)).map_err(fault)
}

fn check(view: &View<'_>, keys: &Keys<'_>, wish: &Wish, new: bool) -> Result<Checked> {
    let mut errors = Vec::new();
    let mut wrong = |field: &str, code, message: String| errors.push(FieldError::at(field, code, message));
    let name = wish.name.as_deref().map(str::trim);
    match name {
        None if new => wrong("name", "required", "Name is needed.".to_owned()),
        Some(name) if name.is_empty() || name.chars().count() > NAME || name.chars().any(char::is_control) => {
            wrong("name", "range", format!("Give it a name of at most {NAME} characters."));
        }
        _ => {}
    }
    let sort = wish.sort.as_deref().map(Sort::parse);
    match sort {
        None if new => wrong("sort", "required", "Say what is at the other end: slack or standard.".to_owned()),
        Some(None) => wrong("sort", "choice", format!("Give one of: {}.", Sort::ALL.join(", "))),
        Some(_) if !new => wrong("sort", "read_only", "This cannot be changed. Set up another webhook.".to_owned()),
        _ => {}
    }
    let address = match wish.url.as_deref().map(|url| keys.place.read(url)) {
        None if new => {
            wrong("url", "required", "Address is needed.".to_owned());
            None
        }
        Some(Err(why)) => {
            wrong("url", "url", why);
            None
        }
        Some(Ok(address)) => Some(address),
        None => None,
    };
    let mut events: Option<Vec<&'static str>> = None;
    if let Some(named) = &wish.events {
        let known: Option<Vec<Event>> = named.iter().map(|name| Event::choice(name)).collect();
        match known {
            None => {
                let all: Vec<&str> = Event::CHOICES.iter().map(|event| event.as_str()).collect();
                wrong("events", "unknown_value", format!("Give some of: {}.", all.join(", ")));
            }
            Some(known) => {
                // In one order, and each once.
                let chosen = Event::CHOICES.into_iter().filter(|event| known.contains(event));
                events = Some(chosen.map(Event::as_str).collect());
            }
        }
    } else if new {
        wrong("events", "required", "Say what it is to be told of; an empty list is fine.".to_owned());
    }
    if !errors.is_empty() {
        return Err(Error::fields(errors));
    }
    Ok(Checked { name: name.map(str::to_owned), sort: sort.flatten(), address, events })
        .and_then(|checked| guard_alerts(view, keys, checked))
}

/// Refuses the server's alerts to whoever may not have them.
fn guard_alerts(view: &View<'_>, keys: &Keys<'_>, checked: Checked) -> Result<Checked> {
    let asks = |name: &&str| Event::choice(name).is_some_and(Event::is_of_the_server);
    if checked.events.iter().flatten().any(asks) && !may_follow_the_server(view, keys.operator)? {
        return Err(alerts_refused());
    }
    Ok(checked)
}

fn alerts_refused() -> Error {
    let message = "Alerts are about the server, which several businesses share. Only its operator may have them sent.";
    Error::field("events", "operator_only", message)
}

/// Plans a new one, and gives its id and what its messages are signed with.
pub fn plan_create(view: &View<'_>, keys: &Keys<'_>, wish: &Wish, now: Moment) -> Result<(Id, Option<String>, Change)> {
    only_owners(view.access)?;
    let checked = check(view, keys, wish, true)?;
    let (Some(name), Some(sort), Some(address), Some(events)) =
        (checked.name, checked.sort, checked.address, checked.events)
    else {
        return Err(Error::internal("a webhook without its parts passed the check"));
    };
    let (id, tenant) = (Id::new(), &view.access.tenant);
    let secret = (sort == Sort::Standard).then(fresh_secret);
    let seal = |purpose, text: &str| keys.vault.seal(sealed_for(tenant.id, id, purpose), text);
    let sealed = secret.as_deref().map(|secret| seal(SECRET, secret)).transpose()?;
    let mut change = Change::new();
    let room = "(SELECT count(*) FROM webhooks WHERE tenant_id=?) < ?";
    change.guard("webhooks_full", room, vec![tenant.key.into(), MOST.into()]);
    change.push(
        "INSERT INTO webhooks(id, tenant_id, name, sort, host, address, secret, events, alerts_by, enabled,
           created_at, created_by, updated_at, failures, held_until) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,0,0)",
        vec![
            id.into(),
            tenant.key.into(),
            name.into(),
            sort.as_str().into(),
            address.host.into(),
            Value::Blob(seal(ADDRESS, &address.url)?.into()),
            sealed.map_or(Value::Null, |sealed| Value::Blob(sealed.into())),
            list(&events),
            view.access.actor.user.into(),
            wish.enabled.unwrap_or(true).into(),
            now.into(),
            view.access.actor.user.into(),
            now.into(),
        ],
    );
    change.touch(tenant.key, WEBHOOKS);
    Ok((id, secret, change))
}

fn is_same(one: &[String], other: &[String]) -> bool {
    one.len() == other.len() && one.iter().all(|name| other.contains(name))
}

fn list(events: &[&str]) -> Value {
    Value::text(serde_json::json!(events).to_string())
}

/// Plans a change of one. Switched on again, or with another address, it begins anew.
pub fn plan_update(view: &View<'_>, keys: &Keys<'_>, id: Id, wish: &Wish, now: Moment) -> Result<Change> {
    let found = Endpoint::find(view, id)?;
    let mut wish = wish.clone();
    // What is chosen already is no choice of theirs: whoever chose it answers for it.
    if wish.events.as_ref().is_some_and(|events| is_same(events, &found.events)) {
        wish.events = None;
    }
    let checked = check(view, keys, &wish, false)?;
    let tenant = &view.access.tenant;
    // Who may not have alerts sent may not send somebody else's elsewhere either.
    let still_alerts = checked.events.is_none() && found.follows_the_server();
    if still_alerts && checked.address.is_some() && !may_follow_the_server(view, keys.operator)? {
        return Err(alerts_refused());
    }
    let mut change = Change::new();
    let mut set = |sql: &'static str, value: Value| {
        change.push(sql, vec![value, found.seq.into()]);
    };
    if let Some(name) = checked.name {
        set("UPDATE webhooks SET name=? WHERE seq=?", name.into());
    }
    if let Some(events) = checked.events {
        set("UPDATE webhooks SET events=? WHERE seq=?", list(&events));
        set("UPDATE webhooks SET alerts_by=? WHERE seq=?", view.access.actor.user.into());
    }
    let mut anew = wish.enabled == Some(true) && !found.enabled;
    if let Some(address) = checked.address {
        let sealed = keys.vault.seal(sealed_for(tenant.id, id, ADDRESS), &address.url)?;
        set("UPDATE webhooks SET host=? WHERE seq=?", address.host.into());
        set("UPDATE webhooks SET address=? WHERE seq=?", Value::Blob(sealed.into()));
        anew = true;
    }
    if let Some(enabled) = wish.enabled {
        set("UPDATE webhooks SET off_because=NULL, enabled=? WHERE seq=?", enabled.into());
    }
    if anew {
        let sql =
            "UPDATE webhooks SET failures=0, failing_since=NULL, held_until=0, last_at=last_delivered_at WHERE seq=?";
        change.push(sql, vec![found.seq.into()]);
        let sql = "UPDATE webhook_deliveries SET next_at=? WHERE webhook=? AND done_at IS NULL";
        change.push(sql, vec![now.into(), found.seq.into()]);
    }
    if wish.enabled == Some(false) {
        change.push(
            "UPDATE webhook_deliveries SET done_at=?, error=? WHERE webhook=? AND done_at IS NULL AND urgent=0",
            vec![now.into(), SWITCHED_OFF.into(), found.seq.into()],
        );
    }
    change.push("UPDATE webhooks SET updated_at=? WHERE seq=?", vec![now.into(), found.seq.into()]);
    change.touch(tenant.key, WEBHOOKS);
    Ok(change)
}

/// What the log says of messages that were never sent.
pub(super) const SWITCHED_OFF: &str = "The webhook was switched off before this was delivered.";

/// Plans that one goes, with its log.
pub fn plan_delete(view: &View<'_>, id: Id) -> Result<Change> {
    let found = Endpoint::find(view, id)?;
    let mut change = Change::new();
    change.push("DELETE FROM webhooks WHERE seq=?", vec![found.seq.into()]);
    change.touch(view.access.tenant.key, WEBHOOKS);
    Ok(change)
}
