//! Streams as the database keeps them.

use rusqlite::{Connection, OptionalExtension, Row};

use crate::db::{Change, Purge, Value, fault};
use crate::kernel::{Id, Moment, Result};

use super::{Message, Step};

/// Streams removed in one change, each with all its messages.
const FORGOTTEN: i64 = 25;

/// A stream without its messages.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stream {
    pub id: Id,
    /// The tenant's key; 0 is the server itself.
    pub tenant: i64,
    /// Whose it is; nobody's in particular when empty.
    pub user: Option<Id>,
    /// The last sequence number.
    pub last: i64,
    pub finished: bool,
}

/// Some messages of a stream, and where it stood when they were read.
#[derive(Clone, Debug)]
pub struct Page {
    pub messages: Vec<Message>,
    pub last: i64,
    pub finished: bool,
}

impl Stream {
    /// Plans a new stream.
    pub fn open(change: &mut Change, id: Id, tenant: i64, user: Option<Id>, now: Moment) {
        change.push(
            "INSERT INTO streams(id, tenant_id, user_id, created_at, updated_at) VALUES(?1, ?2, ?3, ?4, ?4)",
            vec![id.into(), tenant.into(), user.into(), now.into()],
        );
    }

    /// Plans that a stream which has ended goes on, because its work does.
    pub fn reopen(change: &mut Change, id: Id, now: Moment) {
        change.push("UPDATE streams SET finished=0, updated_at=?2 WHERE id=?1", vec![id.into(), now.into()]);
    }

    /// Plans that a stream goes with all its messages; whoever reads it finds it over.
    pub fn remove(change: &mut Change, id: Id) {
        change.push("DELETE FROM streams WHERE id=?1", vec![id.into()]);
        change.appends(id);
    }

    pub fn load(conn: &Connection, id: Id) -> Result<Option<Self>> {
        let sql = "SELECT tenant_id, user_id, last, finished FROM streams WHERE id=?1";
        let mut statement = conn.prepare_cached(sql).map_err(fault)?;
        let read = |row: &Row<'_>| {
            Ok(Self {
                id,
                tenant: row.get(0)?,
                user: Value::from_sql(row.get_ref(1)?).as_id(),
                last: row.get(2)?,
                finished: row.get(3)?,
            })
        };
        statement.query_row([Value::from(id)], read).optional().map_err(fault)
    }
}

impl Page {
    /// The messages after a sequence number, at most so many. A stream that is gone is empty and over.
    pub fn read(conn: &Connection, stream: Id, after: i64, most: i64) -> Result<Self> {
        let Some(Stream { last, finished, .. }) = Stream::load(conn, stream)? else {
            return Ok(Self { messages: Vec::new(), last: after, finished: true });
        };
        let sql = "SELECT sequence, at, stage, percentage, message FROM stream_messages \
                   WHERE stream_id=?1 AND sequence>?2 ORDER BY sequence LIMIT ?3";
        let mut statement = conn.prepare_cached(sql).map_err(fault)?;
        let rows = statement.query_map((Value::from(stream), after, most), |row| message(row, 0)).map_err(fault)?;
        let messages = rows.collect::<rusqlite::Result<_>>().map_err(fault)?;
        Ok(Self { messages, last, finished })
    }

    /// There is nothing after these yet.
    pub fn is_all(&self) -> bool {
        self.messages.last().is_none_or(|message| message.sequence >= self.last)
    }

    /// Nothing comes after what this page holds.
    pub fn is_last(&self) -> bool {
        self.finished && self.is_all()
    }
}

/// A message from five columns, the first of which is at `at`.
pub fn message(row: &Row<'_>, at: usize) -> rusqlite::Result<Message> {
    Ok(Message {
        sequence: row.get(at)?,
        at: Moment(row.get(at + 1)?),
        step: Step { stage: row.get(at + 2)?, percentage: row.get(at + 3)?, message: row.get(at + 4)? },
    })
}

pub fn append(change: &mut Change, stream: Id, step: &Step, last: bool, kept: u32, now: Moment) {
    let open = "EXISTS(SELECT 1 FROM streams WHERE id=? AND finished=0)";
    change.guard("stream_closed", open, vec![stream.into()]);
    change.push(
        "UPDATE streams SET last=last+1, finished=?2, updated_at=?3 WHERE id=?1",
        vec![stream.into(), last.into(), now.into()],
    );
    change.push(
        "INSERT INTO stream_messages(stream_id, sequence, at, stage, percentage, message) \
         SELECT id, last, ?2, ?3, ?4, ?5 FROM streams WHERE id=?1",
        vec![
            stream.into(),
            now.into(),
            step.stage.as_str().into(),
            step.percentage.into(),
            step.message.as_str().into(),
        ],
    );
    change.push(
        "DELETE FROM stream_messages WHERE stream_id=?1 AND sequence<=(SELECT last-?2 FROM streams WHERE id=?1)",
        vec![stream.into(), i64::from(kept).into()],
    );
    change.appends(stream);
}

/// Streams whose last message is older. One that still goes on stays, however quiet it is.
pub fn outdated(before: Moment) -> Purge {
    let gone = "updated_at<?1 AND finished=1";
    Purge { table: "streams", key: "id", gone, before, piece: FORGOTTEN, touches: None }
}
