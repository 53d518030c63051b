//! The log of a webhook: what it was told and what came of it, a test, and sending something again.

use rusqlite::Row;
use serde_json::{Value as Json, json};

use crate::db::{Change, Value, fault};
use crate::kernel::{Error, Id, Moment, Result};
use crate::record::View;

use super::WEBHOOKS;
use super::endpoint::Endpoint;
use super::event::Message;

const COLUMNS: &str =
    "id, event, at, text, body, attempts, next_at, done_at, delivered, tried_at, status, answer, error, took_ms";

fn line(row: &Row<'_>) -> rusqlite::Result<Json> {
    let id = Value::from_sql(row.get_ref(0)?).as_id().unwrap_or_default();
    let moment = |at: usize| row.get::<_, Option<i64>>(at).map(|ms| ms.map(|ms| Moment(ms).to_string()));
    let (attempts, done, delivered): (i64, Option<String>, bool) = (row.get(5)?, moment(7)?, row.get(8)?);
    let state = match (delivered, done.is_some(), attempts) {
        (true, ..) => "delivered",
        (false, true, _) => "given_up",
        (false, false, 0) => "waiting",
        _ => "retrying",
    };
    Ok(json!({
        "id": id.to_string(),
        "event": row.get::<_, String>(1)?,
        "at": moment(2)?,
        "text": row.get::<_, String>(3)?,
        "body": row.get::<_, String>(4)?,
        "state": state,
        "attempts": attempts,
        "next_at": if done.is_none() { moment(6)? } else { None },
        "done_at": done,
        "tried_at": moment(9)?,
        "status": row.get::<_, Option<i64>>(10)?,
        "answer": row.get::<_, Option<String>>(11)?,
        "error": row.get::<_, Option<String>>(12)?,
        "took_ms": row.get::<_, Option<i64>>(13)?,
    }))
}

/// The latest messages, newest first; those before one of them where it is named.
pub fn log(view: &View<'_>, webhook: Id, limit: i64, before: Option<Id>) -> Result<Json> {
    let found = Endpoint::find(view, webhook)?;
    let sql = format!("SELECT {COLUMNS} FROM webhook_deliveries WHERE webhook=?1 AND id<?2 ORDER BY id DESC LIMIT ?3");
    let mut statement = view.conn.prepare_cached(&sql).map_err(fault)?;
    let end = before.map_or([u8::MAX; 16], |id| *id.as_bytes());
    let rows = statement.query_map((found.seq, end, limit + 1), line).map_err(fault)?;
    let mut data: Vec<Json> = rows.collect::<rusqlite::Result<_>>().map_err(fault)?;
    let has_more = data.len() as i64 > limit;
    data.truncate(usize::try_from(limit).unwrap_or_default());
    Ok(json!({"data": data, "has_more": has_more}))
}

/// One message of the log.
pub fn logged(view: &View<'_>, webhook: Id, message: Id) -> Result<Json> {
    let found = Endpoint::find(view, webhook)?;
    let sql = format!("SELECT {COLUMNS} FROM webhook_deliveries WHERE webhook=? AND id=?");
    let mut statement = view.conn.prepare_cached(&sql).map_err(fault)?;
    let mut rows = statement.query_map((found.seq, message.as_bytes()), line).map_err(fault)?;
    rows.next().ok_or_else(Error::not_found)?.map_err(fault)
}

/// Plans a test, which is tried once, and also where the webhook is switched off. Gives its id.
pub fn plan_test(view: &View<'_>, webhook: Id, now: Moment) -> Result<(Id, Change)> {
    let found = Endpoint::find(view, webhook)?;
    let by = match view.access.actor.user {
        Some(user) => view.title_seen("users", user)?,
        None => None,
    };
    let tenant = &view.access.tenant;
    let message = Message::test(&tenant.name, by.as_ref().and_then(Value::as_text), now);
    let mut change = Change::new();
    change.push(
        "INSERT INTO webhook_deliveries
           (tenant_id, webhook, id, event, about, at, text, body, urgent, attempts, next_at, delivered)
         SELECT tenant_id, seq, ?1, ?2, ?3, ?4, ?5, ?6, 1, 0, ?4, 0 FROM webhooks WHERE seq=?7 AND id=?8",
        [message.row(), vec![found.seq.into(), found.id.into()]].concat(),
    );
    change.touch(tenant.key, WEBHOOKS);
    Ok((message.id, change))
}

/// Plans that a message is sent again, at once and with all its attempts before it. Its id stays: a
/// receiver that has it already knows so.
pub fn plan_resend(view: &View<'_>, webhook: Id, message: Id, now: Moment) -> Result<Change> {
    let found = Endpoint::find(view, webhook)?;
    logged(view, webhook, message)?;
    if !found.enabled {
        return Err(Error::conflict("webhook_off", "This webhook is switched off. Switch it on, then send again."));
    }
    let mut change = Change::new();
    change.push(
        "UPDATE webhook_deliveries SET urgent=1, attempts=0, next_at=?, done_at=NULL, delivered=0
         WHERE webhook=? AND id=?",
        vec![now.into(), found.seq.into(), message.into()],
    );
    change.touch(view.access.tenant.key, WEBHOOKS);
    Ok(change)
}
