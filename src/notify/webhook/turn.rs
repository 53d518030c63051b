//! Whose turn it is: at most one message of a webhook at a time.

use rusqlite::{Connection, OptionalExtension};

use crate::db::{Value, fault};
use crate::kernel::{Id, Moment, Result};

use super::endpoint::Sort;

/// Messages that are counted as waiting at most.
const COUNTED: i64 = 10_000;

/// A webhook that something is due for.
#[derive(Clone, Copy, Debug)]
pub struct Due {
    pub webhook: i64,
    /// It failed the last time: it gets what others leave.
    pub failing: bool,
}

/// What there is to do.
#[derive(Debug, Default)]
pub struct Agenda {
    /// Those that do well first, and among them the one that was called longest ago.
    pub due: Vec<Due>,
    /// When the next message is due, whether or not it is already.
    pub next_at: Option<Moment>,
    pub waiting: u64,
}

impl Agenda {
    pub fn read(conn: &Connection, now: Moment) -> Result<Self> {
        let due = "SELECT w.seq, w.failures > 0 FROM
             (SELECT webhook FROM webhook_deliveries WHERE done_at IS NULL AND next_at <= ?1 GROUP BY webhook) d
             JOIN webhooks w ON w.seq = d.webhook
             ORDER BY w.failures > 0, coalesce(w.last_at, 0), w.seq";
        let mut statement = conn.prepare_cached(due).map_err(fault)?;
        let rows = statement.query_map([now.0], |row| Ok(Due { webhook: row.get(0)?, failing: row.get(1)? }));
        let due = rows.map_err(fault)?.collect::<rusqlite::Result<_>>().map_err(fault)?;
        let next = "SELECT min(next_at) FROM webhook_deliveries WHERE done_at IS NULL";
        let mut statement = conn.prepare_cached(next).map_err(fault)?;
        let next_at: Option<i64> = statement.query_row([], |row| row.get(0)).map_err(fault)?;
        let waiting = "SELECT count(*) FROM (SELECT 1 FROM webhook_deliveries WHERE done_at IS NULL LIMIT ?)";
        let mut statement = conn.prepare_cached(waiting).map_err(fault)?;
        let waiting: i64 = statement.query_row([COUNTED], |row| row.get(0)).map_err(fault)?;
        Ok(Self { due, next_at: next_at.map(Moment), waiting: waiting.cast_unsigned() })
    }
}

/// One message on its way.
#[derive(Clone, Debug)]
pub struct Job {
    pub seq: i64,
    pub id: Id,
    pub event: String,
    pub text: String,
    pub body: String,
    pub urgent: bool,
    pub attempts: i64,
    pub webhook: i64,
    pub webhook_id: Id,
    pub name: String,
    pub sort: Sort,
    pub address: Vec<u8>,
    pub secret: Option<Vec<u8>>,
    pub enabled: bool,
    pub failures: i64,
    pub failing_since: Option<Moment>,
    pub tenant: i64,
    pub tenant_id: Id,
}

impl Job {
    /// The webhook's message that is due first.
    pub fn next(conn: &Connection, webhook: i64, now: Moment) -> Result<Option<Self>> {
        let sql = "SELECT d.seq, d.id, d.event, d.text, d.body, d.urgent, d.attempts,
               w.seq, w.id, w.name, w.sort, w.address, w.secret, w.enabled, w.failures, w.failing_since, t.seq, t.id
             FROM webhook_deliveries d JOIN webhooks w ON w.seq = d.webhook JOIN tenants t ON t.seq = w.tenant_id
             WHERE d.webhook = ?1 AND d.done_at IS NULL AND d.next_at <= ?2
             ORDER BY d.urgent DESC, d.next_at, d.seq LIMIT 1";
        let mut statement = conn.prepare_cached(sql).map_err(fault)?;
        let found = statement.query_row((webhook, now.0), |row| {
            let id =
                |at: usize| Ok::<_, rusqlite::Error>(Value::from_sql(row.get_ref(at)?).as_id().unwrap_or_default());
            Ok(Self {
                seq: row.get(0)?,
                id: id(1)?,
                event: row.get(2)?,
                text: row.get(3)?,
                body: row.get(4)?,
                urgent: row.get(5)?,
                attempts: row.get(6)?,
                webhook: row.get(7)?,
                webhook_id: id(8)?,
                name: row.get(9)?,
                sort: Sort::parse(&row.get::<_, String>(10)?).unwrap_or(Sort::Standard),
                address: row.get(11)?,
                secret: row.get(12)?,
                enabled: row.get(13)?,
                failures: row.get(14)?,
                failing_since: row.get::<_, Option<i64>>(15)?.map(Moment),
                tenant: row.get(16)?,
                tenant_id: id(17)?,
            })
        });
        found.optional().map_err(fault)
    }
}
