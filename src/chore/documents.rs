//! What came of reports that were run behind the scenes, as the database keeps it.

use rusqlite::{Connection, OptionalExtension};
use serde_json::Value as Json;

use crate::db::{Change, Purge, Value, fault};
use crate::kernel::{Error, Id, Moment, Result};

use super::state::Chore;

/// Documents are kept for so many days.
const KEPT_DAYS: i64 = 30;
/// Of one tenant; the oldest go first.
const MOST: i64 = 200;
/// Removed in one change.
const FORGOTTEN: i64 = 100;

/// One document, whole.
#[derive(Debug)]
pub struct ReportDocument {
    /// Tells the rights apart that it was made with.
    pub rights: u64,
    /// JSON.
    pub body: Vec<u8>,
}

impl ReportDocument {
    /// Plans that it is kept as what came of a chore, and that the oldest ones make room for it.
    pub fn keep(&self, change: &mut Change, chore: &Chore, report: &str, parameters: &Json, now: Moment) {
        let body = lz4_flex::compress_prepend_size(&self.body);
        change.push(
            "INSERT OR REPLACE INTO report_documents(chore_id, tenant_id, user_id, report, parameters, rights, made_at, body) \
             VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            vec![
                chore.id.into(),
                chore.tenant.into(),
                chore.created_by.unwrap_or_default().into(),
                report.into(),
                parameters.to_string().into(),
                self.rights.cast_signed().into(),
                now.into(),
                Value::Blob(body.into()),
            ],
        );
        change.push(
            "DELETE FROM report_documents WHERE seq IN (SELECT seq FROM report_documents WHERE tenant_id=?1 \
             ORDER BY made_at DESC, seq DESC LIMIT -1 OFFSET ?2)",
            vec![chore.tenant.into(), MOST.into()],
        );
    }

    /// What came of a chore, for as long as it is kept.
    ///
    /// # Errors
    /// Internal when what is kept is damaged.
    pub fn load(conn: &Connection, chore: Id) -> Result<Option<Self>> {
        let sql = "SELECT rights, body FROM report_documents WHERE chore_id=?1";
        let mut statement = conn.prepare_cached(sql).map_err(fault)?;
        let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?));
        let found = statement.query_row([Value::from(chore)], read).optional().map_err(fault)?;
        let unpack = |(rights, packed): (i64, Vec<u8>)| {
            let body = lz4_flex::decompress_size_prepended(&packed).map_err(Error::internal)?;
            Ok(Self { rights: rights.cast_unsigned(), body })
        };
        found.map(unpack).transpose()
    }
}

/// What is older than it is kept.
pub fn outdated(now: Moment) -> Purge {
    let before = now.plus_s(-KEPT_DAYS * 86_400);
    Purge { table: "report_documents", key: "seq", gone: "made_at<?1", before, piece: FORGOTTEN, touches: None }
}
