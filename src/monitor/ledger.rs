//! Keeps alerts in the store, so that a restart forgets none.

use rusqlite::{Connection, Row};

use crate::db::{Change, Value, fault};
use crate::kernel::{Id, Moment, Result};

use super::alert::{Alert, SHOWN, Severity};

/// Writes alerts as they stand.
pub fn keep(alerts: &[Alert]) -> Change {
    let mut change = Change::new();
    let row = |alert: &Alert| {
        vec![
            alert.id.into(),
            alert.rule.as_str().into(),
            alert.severity.as_str().into(),
            alert.since.into(),
            alert.until.map_or(Value::Null, Value::from),
            alert.worst.into(),
            alert.threshold.into(),
            alert.message.as_str().into(),
        ]
    };
    change.push_many(
        "INSERT INTO alerts (id, rule, severity, since, until, worst, threshold, message)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (id) DO UPDATE SET severity = ?3, until = ?5, worst = ?6, threshold = ?7, message = ?8",
        alerts.iter().map(row).collect(),
    );
    change
}

/// Removes what was over before a moment.
pub fn forget(before: Moment) -> Change {
    let mut change = Change::new();
    change.push("DELETE FROM alerts WHERE until < ?1", vec![before.into()]);
    change
}

/// All that are open, and the latest that are over; newest first.
pub fn read(connection: &Connection) -> Result<Vec<Alert>> {
    let sql = "SELECT id, rule, severity, since, until, worst, threshold, message FROM alerts
               WHERE until IS NULL OR since >= coalesce((SELECT since FROM alerts ORDER BY since DESC LIMIT 1 OFFSET ?1), 0)
               ORDER BY since DESC";
    let mut statement = connection.prepare_cached(sql).map_err(fault)?;
    let rows = statement.query_map([SHOWN as i64], alert).map_err(fault)?;
    rows.filter_map(rusqlite::Result::transpose).map(|row| row.map_err(fault)).collect()
}

/// `None` for a severity that this version does not know.
fn alert(row: &Row<'_>) -> rusqlite::Result<Option<Alert>> {
    let Some(severity) = Severity::parse(&row.get::<_, String>(2)?) else { return Ok(None) };
    let Some(id) = Id::from_slice(&row.get::<_, Vec<u8>>(0)?) else { return Ok(None) };
    Ok(Some(Alert {
        id,
        rule: row.get(1)?,
        severity,
        since: Moment(row.get(3)?),
        until: row.get::<_, Option<i64>>(4)?.map(Moment),
        worst: row.get(5)?,
        threshold: row.get(6)?,
        message: row.get(7)?,
    }))
}
