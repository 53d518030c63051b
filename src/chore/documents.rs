//! What came of chores that make something to be looked at or saved, as the database keeps it: a report
//! in one piece, a list as a file in many.

use rusqlite::{Connection, OptionalExtension};

use crate::db::{Change, Purge, Value, fault};
use crate::kernel::{Error, Id, Moment, Result};

use super::state::Chore;

/// Documents are kept for so many days.
const KEPT_DAYS: i64 = 30;
/// Of one tenant; the oldest go first.
const MOST: i64 = 200;
/// Removed in one change: each takes its pieces along.
const FORGOTTEN: i64 = 20;

/// One document, without its pieces.
#[derive(Clone, Copy, Debug)]
pub struct Document {
    /// Tells the rights apart that it was made with.
    pub rights: u64,
    pub pieces: u32,
}

impl Document {
    /// Plans that a chore begins to make one, without what an earlier attempt may have left.
    pub fn open(change: &mut Change, chore: &Chore, rights: u64, now: Moment) {
        change.push("DELETE FROM documents WHERE chore_id=?1", vec![chore.id.into()]);
        change.push(
            "INSERT INTO documents(chore_id, tenant_id, rights, made_at) VALUES(?1, ?2, ?3, ?4)",
            vec![chore.id.into(), chore.tenant.into(), rights.cast_signed().into(), now.into()],
        );
    }

    /// Plans its next piece. The change is refused where it comes to more than `most` bytes.
    pub fn add(change: &mut Change, chore: &Chore, piece: &[u8], most: u64) {
        let body = lz4_flex::compress_prepend_size(piece);
        let size = i64::try_from(body.len()).unwrap_or(i64::MAX);
        change.guard(
            "document_full",
            "EXISTS(SELECT 1 FROM documents WHERE chore_id=? AND bytes+?<=?)",
            vec![chore.id.into(), size.into(), i64::try_from(most).unwrap_or(i64::MAX).into()],
        );
        change.push(
            "UPDATE documents SET pieces=pieces+1, bytes=bytes+?2 WHERE chore_id=?1",
            vec![chore.id.into(), size.into()],
        );
        change.push(
            "INSERT INTO document_pieces(chore_id, number, body) SELECT chore_id, pieces, ?2 FROM documents WHERE chore_id=?1",
            vec![chore.id.into(), Value::Blob(body.into())],
        );
    }

    /// Plans that it is whole, and that the oldest ones of the tenant make room: they may take `most`
    /// bytes together.
    pub fn close(change: &mut Change, chore: &Chore, most: u64, now: Moment) {
        change.push("UPDATE documents SET made_at=?2 WHERE chore_id=?1", vec![chore.id.into(), now.into()]);
        change.push(
            "DELETE FROM documents WHERE seq IN (SELECT seq FROM (SELECT seq, \
             sum(bytes) OVER latest AS taken, row_number() OVER latest AS n FROM documents WHERE tenant_id=?1 \
             WINDOW latest AS (ORDER BY made_at DESC, seq DESC)) WHERE taken>?2 OR n>?3)",
            vec![chore.tenant.into(), i64::try_from(most).unwrap_or(i64::MAX).into(), MOST.into()],
        );
    }

    /// What a chore has made so far, for as long as it is kept. Whoever shows it looks first whether the
    /// chore is done.
    pub fn load(conn: &Connection, chore: Id) -> Result<Option<Self>> {
        let sql = "SELECT rights, pieces FROM documents WHERE chore_id=?1";
        let mut statement = conn.prepare_cached(sql).map_err(fault)?;
        let read =
            |row: &rusqlite::Row<'_>| Ok(Self { rights: row.get::<_, i64>(0)?.cast_unsigned(), pieces: row.get(1)? });
        statement.query_row([Value::from(chore)], read).optional().map_err(fault)
    }

    /// One of its pieces, from 1.
    ///
    /// # Errors
    /// Not found when it has gone meanwhile; internal when it is damaged.
    pub fn piece(conn: &Connection, chore: Id, number: u32) -> Result<Vec<u8>> {
        let sql = "SELECT body FROM document_pieces WHERE chore_id=?1 AND number=?2";
        let mut statement = conn.prepare_cached(sql).map_err(fault)?;
        let found = statement.query_row((Value::from(chore), number), |row| row.get::<_, Vec<u8>>(0)).optional();
        let packed = found.map_err(fault)?.ok_or_else(Error::not_found)?;
        lz4_flex::decompress_size_prepended(&packed).map_err(Error::internal)
    }
}

/// What is older than it is kept, and what was begun for a chore that came to nothing.
pub fn outdated(now: Moment) -> Purge {
    let before = now.plus_s(-KEPT_DAYS * 86_400);
    let gone =
        "made_at<?1 OR NOT EXISTS(SELECT 1 FROM chores c WHERE c.id=chore_id AND c.state NOT IN ('cancelled', 'dead'))";
    Purge { table: "documents", key: "seq", gone, before, piece: FORGOTTEN, touches: None }
}
