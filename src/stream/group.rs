//! Groups: several readers that share a stream, each message going to one of them (N24).
//!
//! A claim is made and settled by the one writer, so two readers that ask at the same moment are
//! asked one after the other, and the second finds what the first has left.

use rusqlite::Connection;

use crate::db::{Change, Value, fault};
use crate::kernel::{Id, Moment, Result};

use super::Message;
use super::store::message;

/// What one reader was handed.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Acknowledges what it holds.
    pub id: Id,
    /// Each message, and how often it was handed out with this time.
    pub messages: Vec<(Message, i64)>,
}

/// Plans a claim: first what another reader has held for too long, then what nobody had yet.
pub fn claim(stream: Id, group: &str, id: Id, most: u32, until: Moment, now: Moment) -> Change {
    let mut change = Change::new();
    let most = i64::from(most);
    change.guard("gone", "EXISTS(SELECT 1 FROM streams WHERE id=?)", vec![stream.into()]);
    change
        .push("INSERT OR IGNORE INTO stream_groups(stream_id, name) VALUES(?1, ?2)", vec![stream.into(), group.into()]);
    // Of what the stream no longer keeps, nothing can be handed out again.
    change.push(
        "DELETE FROM stream_claims WHERE stream_id=?1 AND name=?2 AND sequence<coalesce(\
           (SELECT min(sequence) FROM stream_messages WHERE stream_id=?1), 0)",
        vec![stream.into(), group.into()],
    );
    change.push(
        "UPDATE stream_claims SET claim=?3, until=?4, deliveries=deliveries+1 \
         WHERE stream_id=?1 AND name=?2 AND sequence IN (SELECT sequence FROM stream_claims \
           WHERE stream_id=?1 AND name=?2 AND until<=?5 ORDER BY sequence LIMIT ?6)",
        vec![stream.into(), group.into(), id.into(), until.into(), now.into(), most.into()],
    );
    change.push(
        "INSERT INTO stream_claims(stream_id, name, sequence, claim, until) \
         SELECT ?1, ?2, sequence, ?3, ?4 FROM stream_messages WHERE stream_id=?1 \
           AND sequence>(SELECT position FROM stream_groups WHERE stream_id=?1 AND name=?2) ORDER BY sequence \
         LIMIT max(0, ?5-(SELECT count(*) FROM stream_claims WHERE stream_id=?1 AND name=?2 AND claim=?3))",
        vec![stream.into(), group.into(), id.into(), until.into(), most.into()],
    );
    change.push(
        "UPDATE stream_groups SET position=max(position, (SELECT coalesce(max(sequence), 0) FROM stream_claims \
         WHERE stream_id=?1 AND name=?2 AND claim=?3)) WHERE stream_id=?1 AND name=?2",
        vec![stream.into(), group.into(), id.into()],
    );
    change
}

pub fn acknowledge(change: &mut Change, stream: Id, group: &str, claim: Id, sequence: i64) {
    let key: Vec<Value> = vec![stream.into(), group.into(), claim.into(), sequence.into()];
    let held = "stream_id=?1 AND name=?2 AND claim=?3 AND sequence=?4";
    change.guard("claim_lost", &format!("EXISTS(SELECT 1 FROM stream_claims WHERE {held})"), key.clone());
    change.push(format!("DELETE FROM stream_claims WHERE {held}"), key);
}

/// Plans that whatever is claimed may be claimed again at once.
pub fn release(stream: Id, group: &str) -> Change {
    let mut change = Change::new();
    change.push("UPDATE stream_claims SET until=0 WHERE stream_id=?1 AND name=?2", vec![stream.into(), group.into()]);
    change
}

/// Is there something to claim? Only a look; whoever claims may still find that another was quicker.
pub fn has_news(conn: &Connection, stream: Id, group: &str, now: Moment) -> Result<bool> {
    let sql = "SELECT EXISTS(SELECT 1 FROM stream_messages WHERE stream_id=?1 AND sequence>coalesce(\
                 (SELECT position FROM stream_groups WHERE stream_id=?1 AND name=?2), 0)) \
               OR EXISTS(SELECT 1 FROM stream_claims WHERE stream_id=?1 AND name=?2 AND until<=?3)";
    let mut statement = conn.prepare_cached(sql).map_err(fault)?;
    statement.query_row((Value::from(stream), group, now.0), |row| row.get(0)).map_err(fault)
}

impl Claim {
    pub(super) fn read(conn: &Connection, stream: Id, group: &str, id: Id) -> Result<Self> {
        let sql = "SELECT c.deliveries, m.sequence, m.at, m.stage, m.percentage, m.message FROM stream_claims c \
                   JOIN stream_messages m ON m.stream_id=c.stream_id AND m.sequence=c.sequence \
                   WHERE c.stream_id=?1 AND c.name=?2 AND c.claim=?3 ORDER BY c.sequence";
        let mut statement = conn.prepare_cached(sql).map_err(fault)?;
        let rows = statement
            .query_map((Value::from(stream), group, Value::from(id)), |row| Ok((message(row, 1)?, row.get(0)?)))
            .map_err(fault)?;
        Ok(Self { id, messages: rows.collect::<rusqlite::Result<_>>().map_err(fault)? })
    }
}
