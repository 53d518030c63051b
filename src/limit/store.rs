//! The table that keeps penalties over a restart.

use rusqlite::Connection;

use crate::db::{Change, Value, fault};
use crate::kernel::{Moment, Result};

use super::identity::Key;
use super::penalty::{HOUR_MS, Penalty};

/// Four violations are forgiven after four clean hours; what is older says nothing any more.
const MEMORY_MS: i64 = 5 * HOUR_MS;

/// What an earlier run wrote, the oldest first and `most` at the most.
pub(super) fn read(connection: &Connection, most: usize, now: Moment) -> Result<Vec<(Key, Penalty)>> {
    let mut statement = connection
        .prepare(
            "SELECT key, failures, window_start, violations, blocked_until FROM throttle
             WHERE updated_at > ?1 ORDER BY updated_at DESC LIMIT ?2",
        )
        .map_err(fault)?;
    let rows = statement.query_map((now.0 - MEMORY_MS, count(most)), |row| {
        let penalty = Penalty {
            failures: row.get(1)?,
            window_start: Moment(row.get(2)?),
            violations: row.get(3)?,
            blocked_until: Moment(row.get(4)?),
        };
        Ok(Key::from_slice(row.get_ref(0)?.as_blob()?).map(|key| (key, penalty)))
    });
    let rows: Vec<_> = rows.and_then(Iterator::collect).map_err(fault)?;
    Ok(rows.into_iter().rev().flatten().collect())
}

pub(super) fn write(penalties: impl Iterator<Item = (Key, Penalty)>, now: Moment) -> Change {
    let mut change = Change::new();
    change.push_many(
        "INSERT INTO throttle(key, failures, window_start, violations, blocked_until, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT(key) DO UPDATE SET failures = ?2, window_start = ?3, violations = ?4, blocked_until = ?5,
         updated_at = ?6",
        penalties.map(|(key, penalty)| row(key, penalty, now)).collect(),
    );
    change
}

/// Removes what says nothing any more, and what is too much to remember.
pub(super) fn tidy(most: usize, now: Moment) -> Change {
    let mut change = Change::new();
    change.push("DELETE FROM throttle WHERE updated_at <= ?1", vec![(now.0 - MEMORY_MS).into()]);
    change.push(
        "DELETE FROM throttle WHERE key IN (SELECT key FROM throttle ORDER BY updated_at DESC LIMIT -1 OFFSET ?1)",
        vec![Value::Int(count(most))],
    );
    change
}

fn count(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX)
}

fn row(key: Key, penalty: Penalty, now: Moment) -> Vec<Value> {
    vec![
        Value::Blob(key.as_bytes().into()),
        i64::from(penalty.failures).into(),
        penalty.window_start.into(),
        i64::from(penalty.violations).into(),
        penalty.blocked_until.into(),
        now.into(),
    ]
}
