//! Edit locks: while a person edits a record, nobody else writes to it (R28 to R34).
//!
//! The lock is a row, and what it forbids is guarded in SQL inside every change, so that nothing can
//! come between the look and the commit. A lock that has run out holds nobody off, whether or not
//! its row is still there. Moments are those of the steady clock: setting the wall's clock neither
//! prolongs a lock nor ends it.
//!
//! Each taking has a higher token than all before it. A save that names its token is refused once
//! somebody else, or the same person elsewhere, has taken the record since; whatever happens with
//! locks, the version has the last word.

use std::collections::HashMap;

use serde_json::{Value as Json, json};

use crate::db::{Change, Value, fault};
use crate::kernel::{Error, Id, Moment, Result};
use crate::kind::{Action, Actor, Kind, Level};

use super::View;
use super::sql::Sql;

/// R30: how long a lock holds from its last sign of life.
pub const LOCK_S: i64 = 15 * 60;

/// What ran out longer ago than this is forgotten; until then its holder can be told who took over.
const REMEMBERED_S: i64 = 24 * 3600;

/// A record held for editing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lock {
    pub token: i64,
    pub holder: Id,
    /// Whose lock had run out when this one was taken.
    pub former: Option<Id>,
    /// When it was taken; taking it again counts from then.
    pub since: Moment,
    pub expires_at: Moment,
}

/// Refuses the change while somebody other than its actor edits the record.
pub fn guard_row(change: &mut Change, tenant: i64, kind: &Kind, actor: Actor, id: Id) {
    change.guard(
        "locked",
        "NOT EXISTS(SELECT 1 FROM edit_locks WHERE tenant_id=? AND kind=? AND record_id=? AND user_id IS NOT ? AND expires_at>?)",
        vec![
            Value::Int(tenant),
            Value::from(kind.name),
            Value::Id(id),
            Value::from(actor.user),
            Value::from(Moment::steady()),
        ],
    );
}

/// The same for all rows of the kind that `rows` (a condition over its table) selects.
pub(super) fn guard_rows(change: &mut Change, tenant: i64, kind: &Kind, actor: Actor, rows: &Sql) {
    let mut holds = Sql::new("NOT EXISTS(SELECT 1 FROM edit_locks l WHERE l.tenant_id=");
    holds.bind(tenant).push(" AND l.kind=").bind(kind.name).push(" AND l.user_id IS NOT ").bind(actor.user);
    holds.push(" AND l.expires_at>").bind(Moment::steady());
    holds.push(" AND l.record_id IN (SELECT id FROM ").push(kind.table).push(" WHERE ").append(rows).push("))");
    change.guard("locked", &holds.text, holds.params);
}

/// Refuses the change unless `token` is the record's latest, and its actor's own. One that ran out
/// and that nobody took since will do: the version tells whether anything happened meanwhile.
pub fn fence(change: &mut Change, tenant: i64, kind: &Kind, actor: Actor, id: Id, token: i64) {
    let mut guarded = Change::new();
    let params =
        vec![Value::Int(tenant), Value::from(kind.name), Value::Id(id), Value::from(actor.user), Value::Int(token)];
    guarded.guard(
        "lock_lost",
        "EXISTS(SELECT 1 FROM edit_locks WHERE tenant_id=? AND kind=? AND record_id=? AND user_id IS ? AND token=?)",
        params,
    );
    // Before the version is looked at: who lost the lock is told so, and not merely that it changed.
    change.statements.splice(0..0, guarded.statements);
}

/// Forgets what ran out long ago. After a start it also cuts what the clock of an earlier run put
/// too far ahead.
pub fn tidy_locks(now: Moment) -> Change {
    let mut change = Change::new();
    change.push("DELETE FROM edit_locks WHERE expires_at<?", vec![now.plus_s(-REMEMBERED_S).into()]);
    change.push(
        "UPDATE edit_locks SET expires_at=? WHERE expires_at>?",
        vec![now.plus_s(LOCK_S).into(), now.plus_s(LOCK_S).into()],
    );
    change
}

impl View<'_> {
    /// Who edits the record just now.
    ///
    /// # Errors
    /// `NotFound` when there is no such record or the viewer may not see it.
    pub fn lock(&self, position: usize, id: Id) -> Result<Option<Lock>> {
        self.check_readable(position, id)?;
        Ok(self.lock_row(position, id)?.filter(|lock| lock.expires_at > Moment::steady()))
    }

    fn lock_row(&self, position: usize, id: Id) -> Result<Option<Lock>> {
        let mut sql = Sql::new("SELECT token,user_id,former_id,since,expires_at FROM edit_locks WHERE tenant_id=");
        sql.bind(self.access.tenant.key).push(" AND kind=").bind(self.registry.at(position).name);
        sql.push(" AND record_id=").bind(id);
        let mut statement = sql.prepare(self.conn)?;
        let mut rows = sql.rows(&mut statement)?;
        let Some(row) = rows.next().map_err(fault)? else { return Ok(None) };
        let id = |i: usize| row.get_ref(i).map(|value| Value::from_sql(value).as_id()).map_err(fault);
        Ok(Some(Lock {
            token: row.get(0).map_err(fault)?,
            holder: id(1)?.unwrap_or_default(),
            former: id(2)?,
            since: Moment(row.get(3).map_err(fault)?),
            expires_at: Moment(row.get(4).map_err(fault)?),
        }))
    }

    /// Refuses, with the holder's name and the time that is left, what somebody else edits. The guard
    /// in the change is what holds; this finds it out sooner and says it better.
    pub(super) fn check_unlocked(&self, position: usize, id: Id) -> Result<()> {
        let now = Moment::steady();
        match self.lock_row(position, id)? {
            Some(lock) if lock.expires_at > now && Some(lock.holder) != self.access.actor.user => {
                Err(self.locked(&lock, now)?)
            }
            _ => Ok(()),
        }
    }

    fn locked(&self, lock: &Lock, now: Moment) -> Result<Error> {
        let (who, until) = self.holder_and_end(lock)?;
        let message = format!("{who} is editing this until {until}. You can read it, and edit when they are done.");
        self.refusal(lock, now, message)
    }

    /// The same for rows that would change along with a record: `rows` is a condition over the kind's
    /// table, `why` says how they belong to it. What the viewer may not see is not named.
    pub(super) fn check_rows_unlocked(&self, position: usize, rows: &Sql, why: &str) -> Result<()> {
        let (kind, now) = (self.registry.at(position), Moment::steady());
        let mut sql = Sql::new("SELECT record_id FROM edit_locks WHERE tenant_id=");
        sql.bind(self.access.tenant.key).push(" AND kind=").bind(kind.name).push(" AND user_id IS NOT ");
        sql.bind(self.access.actor.user).push(" AND expires_at>").bind(now);
        sql.push(" AND record_id IN (SELECT id FROM ").push(kind.table).push(" WHERE ").append(rows).push(") LIMIT 1");
        let mut statement = sql.prepare(self.conn)?;
        let found = match sql.rows(&mut statement)?.next().map_err(fault)? {
            Some(row) => Value::from_sql(row.get_ref(0).map_err(fault)?).as_id(),
            None => return Ok(()),
        };
        let Some(id) = found else { return Ok(()) };
        let Some(lock) = self.lock_row(position, id)? else { return Ok(()) };
        let (who, until) = self.holder_and_end(&lock)?;
        let seen = self.title_seen(kind.name, id)?;
        let what = match seen.as_ref().map(Value::as_text) {
            Some(Some(title)) if !title.is_empty() => format!("the {} \u{201c}{title}\u{201d}", kind.one),
            Some(_) => format!("one of its {}", kind.many),
            None => "a record that you may not see".to_owned(),
        };
        let message = format!("{who} is editing {what} until {until}, and {why}. Try again when they are done.");
        let record = seen.map_or(Json::Null, |_| json!({"kind": kind.name, "id": id.to_string()}));
        Err(self.refusal(&lock, now, message)?.with("record", record))
    }

    /// Who holds it, in words that the viewer may read, and until what time of day.
    fn holder_and_end(&self, lock: &Lock) -> Result<(String, String)> {
        let who = self.person_seen(lock.holder)?.unwrap_or_else(|| "Somebody else".to_owned());
        Ok((who, lock.expires_at.clock_in(&self.access.tenant.zone).to_string()))
    }

    fn refusal(&self, lock: &Lock, now: Moment, message: String) -> Result<Error> {
        let told = self.lock_told(lock, now)?;
        let member = |name: &str| told[name].clone();
        Ok(Error::conflict("locked", message)
            .with("holder", member("holder"))
            .with("expires_at", member("expires_at"))
            .with("seconds_left", member("seconds_left")))
    }

    /// What a person is called, where the viewer may see that. People are records like others: who may
    /// not read somebody's does not learn by way of a lock that they are there.
    pub fn person_seen(&self, user: Id) -> Result<Option<String>> {
        Ok(self.title_seen("users", user)?.and_then(|name| name.as_text().map(str::to_owned)))
    }

    /// The same for several, in one look.
    pub fn people_seen(&self, users: &[Id]) -> Result<HashMap<Id, String>> {
        let names = self.titles_seen("users", users)?.into_iter();
        Ok(names.filter_map(|(user, name)| Some((user, name.as_text()?.to_owned()))).collect())
    }

    /// `{holder,mine,expires_at,seconds_left}`, and the token to whom it belongs.
    pub fn lock_told(&self, lock: &Lock, now: Moment) -> Result<Json> {
        let mine = self.access.actor.user == Some(lock.holder);
        let name = self.person_seen(lock.holder)?;
        let left = ((lock.expires_at.0 - now.0).max(0) + 999) / 1000;
        let holder = match name {
            Some(name) => json!({"id": lock.holder.to_string(), "name": name}),
            None => Json::Null,
        };
        Ok(json!({
            "token": if mine { json!(lock.token) } else { Json::Null },
            "holder": holder,
            "mine": mine,
            "expires_at": lock.expires_at.to_string(),
            "seconds_left": left,
        }))
    }

    /// Plans to hold a record for editing from `now` on, under a token that is higher than all before.
    /// The same person may take it again, from another window for example; somebody else only once it
    /// ran out.
    ///
    /// # Errors
    /// `NotFound` or `Forbidden` for who may not change the record, `locked` while somebody else
    /// holds it.
    pub fn plan_lock(&self, position: usize, id: Id, now: Moment) -> Result<Change> {
        let user = self.may_lock(position, id)?;
        self.check_unlocked(position, id)?;
        let (kind, tenant) = (self.registry.at(position), self.access.tenant.key);
        let mut change = Change::new();
        guard_row(&mut change, tenant, kind, self.access.actor, id);
        let live = format!("EXISTS(SELECT 1 FROM {} WHERE tenant_id=? AND id=? AND deleted_at IS NULL)", kind.table);
        change.guard("gone", &live, vec![Value::Int(tenant), Value::Id(id)]);
        change.push("UPDATE edit_lock_tokens SET last=last+1", Vec::new());
        change.push(
            "INSERT INTO edit_locks(tenant_id, kind, record_id, token, user_id, since, expires_at) \
             VALUES(?,?,?,(SELECT last FROM edit_lock_tokens),?,?,?) ON CONFLICT DO UPDATE \
             SET former_id=CASE WHEN user_id=excluded.user_id THEN NULL ELSE user_id END, \
             token=excluded.token, user_id=excluded.user_id, since=excluded.since, expires_at=excluded.expires_at",
            vec![
                Value::Int(tenant),
                Value::from(kind.name),
                Value::Id(id),
                Value::Id(user),
                now.into(),
                now.plus_s(LOCK_S).into(),
            ],
        );
        Ok(change)
    }

    /// Plans to hold on to it for as long again (R31).
    ///
    /// # Errors
    /// `lock_lost` when the token is no longer the latest.
    pub fn plan_extend(&self, position: usize, id: Id, token: i64) -> Result<Change> {
        self.may_lock(position, id)?;
        let (kind, tenant) = (self.registry.at(position), self.access.tenant.key);
        let mut change = Change::new();
        change.push(
            "UPDATE edit_locks SET expires_at=? WHERE tenant_id=? AND kind=? AND record_id=?",
            vec![Moment::steady().plus_s(LOCK_S).into(), Value::Int(tenant), Value::from(kind.name), Value::Id(id)],
        );
        fence(&mut change, tenant, kind, self.access.actor, id, token);
        Ok(change)
    }

    /// Plans to let go of it (R34). Who holds nothing, or no longer, changes nothing; with a token only
    /// that very lock ends, so that a window that closes late does not end what another one took.
    pub fn plan_release(&self, position: usize, id: Id, token: Option<i64>) -> Result<Change> {
        let user = self.may_lock(position, id)?;
        let (kind, tenant) = (self.registry.at(position), self.access.tenant.key);
        let mut change = Change::new();
        change.push(
            "DELETE FROM edit_locks WHERE tenant_id=? AND kind=? AND record_id=? AND user_id=? AND token=coalesce(?,token)",
            vec![
                Value::Int(tenant),
                Value::from(kind.name),
                Value::Id(id),
                Value::Id(user),
                token.map_or(Value::Null, Value::Int),
            ],
        );
        Ok(change)
    }

    /// Only who may change a record may keep others from it; who may not see it learns nothing.
    fn may_lock(&self, position: usize, id: Id) -> Result<Id> {
        let kind = self.registry.at(position);
        if !kind.writable || self.access.grants[position].level(Action::Update) == Level::None {
            return Err(Error::forbidden(format!("You may not change {}.", kind.many)));
        }
        self.check_readable(position, id)?;
        let forbidden = || Error::forbidden("You may see this record, but not change it.");
        let user = self.access.actor.user.ok_or_else(forbidden)?;
        match self.stored(position, id, &[Action::Read, Action::Update], false)? {
            Some(_) => Ok(user),
            None => Err(forbidden()),
        }
    }

    /// Refuses who may not see the record.
    pub fn check_readable(&self, position: usize, id: Id) -> Result<()> {
        if self.access.grants[position].level(Action::Read) == Level::None {
            return Err(Error::forbidden(format!("You may not see {}.", self.registry.at(position).many)));
        }
        if self.readable(position, id)? { Ok(()) } else { Err(Error::not_found()) }
    }
}
