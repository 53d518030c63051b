//! The webhooks of a tenant, as their owners see them.

use rusqlite::{OptionalExtension, Row};
use serde_json::{Value as Json, json};

use crate::auth::{For, Sealed, Vault, only_owners};
use crate::db::{Value, fault};
use crate::kernel::{Error, Id, Moment, Result};
use crate::record::View;

use super::alerts::MAY_HEAR;
use super::event::Event;
use super::settings::{MOST, may_follow_the_server};

/// How a receiver wants to be spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// `{"text": …}`, as Slack and those who learned from it take it.
    Slack,
    /// As Standard Webhooks has it: typed, and signed.
    Standard,
}

impl Sort {
    pub const ALL: [&'static str; 2] = ["slack", "standard"];

    pub fn as_str(self) -> &'static str {
        Self::ALL[self as usize]
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::Slack, Self::Standard].into_iter().find(|sort| sort.as_str() == text)
    }
}

/// One of them.
pub(super) struct Endpoint {
    pub seq: i64,
    pub id: Id,
    pub name: String,
    pub sort: Sort,
    pub host: String,
    pub events: Vec<String>,
    pub enabled: bool,
    off_because: Option<String>,
    failures: i64,
    failing_since: Option<Moment>,
    last_at: Option<Moment>,
    last_delivered_at: Option<Moment>,
    created_at: Moment,
    updated_at: Moment,
    waiting: i64,
    /// The server's alerts come here, if they are chosen.
    heard: bool,
}

fn columns() -> String {
    format!(
        "w.seq, w.id, w.name, w.sort, w.host, w.events, w.enabled, w.off_because, w.failures, w.failing_since, w.last_at,
         w.last_delivered_at, w.created_at, w.updated_at,
         (SELECT count(*) FROM webhook_deliveries d WHERE d.webhook = w.seq AND d.done_at IS NULL), {MAY_HEAR}"
    )
}

fn endpoint(row: &Row<'_>) -> rusqlite::Result<Endpoint> {
    let moment = |at: usize| row.get::<_, Option<i64>>(at).map(|ms| ms.map(Moment));
    Ok(Endpoint {
        seq: row.get(0)?,
        id: Value::from_sql(row.get_ref(1)?).as_id().unwrap_or_default(),
        name: row.get(2)?,
        sort: Sort::parse(&row.get::<_, String>(3)?).unwrap_or(Sort::Standard),
        host: row.get(4)?,
        events: serde_json::from_str(&row.get::<_, String>(5)?).unwrap_or_default(),
        enabled: row.get(6)?,
        off_because: row.get(7)?,
        failures: row.get(8)?,
        failing_since: moment(9)?,
        last_at: moment(10)?,
        last_delivered_at: moment(11)?,
        created_at: Moment(row.get(12)?),
        updated_at: Moment(row.get(13)?),
        waiting: row.get(14)?,
        heard: row.get(15)?,
    })
}

impl Endpoint {
    /// The one with this id, for its owner.
    pub fn find(view: &View<'_>, id: Id) -> Result<Self> {
        only_owners(view.access)?;
        let sql = format!("SELECT {} FROM webhooks w WHERE w.tenant_id=? AND w.id=?", columns());
        let mut statement = view.conn.prepare_cached(&sql).map_err(fault)?;
        let found = statement.query_row((view.access.tenant.key, id.as_bytes()), endpoint).optional().map_err(fault)?;
        found.ok_or_else(Error::not_found)
    }

    /// Follows something that is the server's.
    pub fn follows_the_server(&self) -> bool {
        self.events.iter().any(|name| Event::choice(name).is_some_and(Event::is_of_the_server))
    }

    fn wire(&self) -> Json {
        let told = |moment: Option<Moment>| moment.map(|moment| moment.to_string());
        // A test that failed counts here, and in nothing that would switch the webhook off.
        let failing = self.failures > 0 || self.last_at > self.last_delivered_at;
        let state = match (self.enabled, self.off_because.is_some(), failing, self.last_delivered_at) {
            (false, true, ..) => "stopped",
            (false, ..) => "off",
            (true, _, true, _) => "failing",
            (true, _, _, None) => "new",
            (true, ..) => "well",
        };
        json!({
            "id": self.id.to_string(),
            "name": self.name,
            "sort": self.sort.as_str(),
            "host": self.host,
            "events": self.events,
            "enabled": self.enabled,
            "state": state,
            "stopped_because": self.off_because,
            "failures": self.failures,
            "failing_since": told(self.failing_since.or(self.last_at.filter(|_| failing))),
            "last_at": told(self.last_at),
            "last_delivered_at": told(self.last_delivered_at),
            "waiting": self.waiting,
            "alerts_held_back": self.follows_the_server() && !self.heard,
            "created_at": self.created_at.to_string(),
            "updated_at": self.updated_at.to_string(),
        })
    }
}

/// All of a tenant: `{"data":[…],"most":10,"events":[{"name":…,"allowed":…}]}`. `operator` says that
/// whoever asks runs the server.
pub fn index(view: &View<'_>, operator: bool) -> Result<Json> {
    only_owners(view.access)?;
    let sql = format!("SELECT {} FROM webhooks w WHERE w.tenant_id=? ORDER BY w.name LIMIT ?", columns());
    let mut statement = view.conn.prepare_cached(&sql).map_err(fault)?;
    let rows = statement.query_map((view.access.tenant.key, MOST), endpoint).map_err(fault)?;
    let all: Vec<Endpoint> = rows.collect::<rusqlite::Result<_>>().map_err(fault)?;
    let servers = may_follow_the_server(view, operator)?;
    let events = Event::CHOICES.iter().map(|event| {
        let allowed = servers || !event.is_of_the_server();
        json!({"name": event.as_str(), "allowed": allowed})
    });
    Ok(json!({
        "data": all.iter().map(Endpoint::wire).collect::<Vec<_>>(),
        "most": MOST,
        "events": events.collect::<Vec<_>>(),
    }))
}

/// One of them.
pub fn one(view: &View<'_>, id: Id) -> Result<Json> {
    Endpoint::find(view, id).map(|found| found.wire())
}

/// What is shown on request alone: the whole address, and what messages are signed with.
pub fn secret(view: &View<'_>, vault: &Vault, id: Id) -> Result<Json> {
    let found = Endpoint::find(view, id)?;
    let sql = "SELECT address, secret FROM webhooks WHERE seq=?";
    let mut statement = view.conn.prepare_cached(sql).map_err(fault)?;
    let sealed =
        statement.query_row([found.seq], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Option<Vec<u8>>>(1)?)));
    let (address, secret) = sealed.map_err(fault)?;
    let tenant = view.access.tenant.id;
    let address = vault.open(sealed_for(tenant, id, ADDRESS), &address)?;
    let secret = secret.map(|secret| vault.open(sealed_for(tenant, id, SECRET), &secret)).transpose()?;
    Ok(json!({"url": address, "secret": secret}))
}

pub(super) const ADDRESS: &str = "webhook address";
pub(super) const SECRET: &str = "webhook secret";
/// Where they are kept; a secret has an address beside it.
pub const SEALED: &[Sealed] = &[("webhooks", "address")];

/// What a webhook's address or secret is sealed for.
pub(super) fn sealed_for(tenant: Id, webhook: Id, purpose: &'static str) -> For<'static> {
    For { tenant, purpose, about: webhook }
}
