//! A recount of figures over all records of a kind, piece by piece: each piece is a read of its own, so
//! that others get their turn between two of them. What changed meanwhile stands in the log, and the
//! pieces that it lies in are counted again in the last read, together with the figures that are kept.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use crate::db::{Value, fault, snapshot};
use crate::kernel::{Id, Result};
use crate::kind::{Kind, Statistic};

use super::recount::Slice;
use crate::record::sql::Sql;

/// Pieces that the last read counts again at most; where more has changed, nothing is known.
const MOST_AGAIN: usize = 8;
/// Changed records that it looks at for that.
const MOST_CHANGED: i64 = 5_000;

/// Figures by what they are told apart by.
type Figures = BTreeMap<String, Vec<i64>>;

/// What a walk comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every figure is what the records say.
    Right,
    /// They do not agree, unless somebody changed records without a word in the log.
    Doubtful,
    /// Too much changed meanwhile.
    Moved,
}

/// A recount under way.
#[derive(Debug)]
pub struct Walk {
    kind: &'static Kind,
    statistic: &'static Statistic,
    tenant: i64,
    rows: i64,
    /// The last line of the log when it began.
    since: i64,
    /// Where each piece ends, and what it came to; the last one has no end.
    pieces: Vec<(Option<Id>, Figures)>,
}

impl Walk {
    /// Begins, with so many records to a piece; nothing where all fit into one.
    pub fn begin(
        conn: &Connection,
        tenant: i64,
        (kind, statistic): (&'static Kind, &'static Statistic),
        rows: i64,
    ) -> Result<Option<Self>> {
        let since = Sql::new("SELECT max(seq) FROM activity").number(conn)?;
        let walk = Self { kind, statistic, tenant, rows, since, pieces: Vec::new() };
        Ok(walk.end(conn, None)?.map(|_| walk))
    }

    /// Counts the next piece; false when it was the last.
    pub fn step(&mut self, conn: &Connection) -> Result<bool> {
        let from = self.pieces.last().and_then(|(end, _)| *end);
        let to = self.end(conn, from)?;
        let figures = self.count(conn, from, to)?;
        self.pieces.push((to, figures));
        Ok(to.is_some())
    }

    /// Holds what was counted against what is kept: the log, the pieces that are counted again and the
    /// figures are read from one state.
    pub fn judge(mut self, conn: &Connection) -> Result<Verdict> {
        snapshot(conn, |conn| self.compare(conn))
    }

    fn compare(&mut self, conn: &Connection) -> Result<Verdict> {
        let Some(again) = self.moved(conn)? else { return Ok(Verdict::Moved) };
        for at in again {
            let from = at.checked_sub(1).and_then(|before| self.pieces[before].0);
            self.pieces[at].1 = self.count(conn, from, self.pieces[at].0)?;
        }
        let mut counted = Figures::new();
        for (key, figures) in self.pieces.iter().flat_map(|(_, figures)| figures) {
            let sums = counted.entry(key.clone()).or_insert_with(|| vec![0; figures.len()]);
            sums.iter_mut().zip(figures).for_each(|(sum, n)| *sum += n);
        }
        let whole = Slice::whole(self.kind, self.statistic, self.tenant);
        let kept = self.read(conn, &whole.kept_rows())?;
        let told =
            |figures: Figures| figures.into_iter().filter(|(_, all)| all.iter().any(|n| *n != 0)).collect::<Figures>();
        Ok(if told(counted) == told(kept) { Verdict::Right } else { Verdict::Doubtful })
    }

    /// Where the piece that begins behind `from` ends; nothing where all that is left fits into it.
    fn end(&self, conn: &Connection, from: Option<Id>) -> Result<Option<Id>> {
        let mut sql = Sql::new("SELECT id FROM ");
        sql.push(self.kind.table).push(" WHERE tenant_id=").bind(self.tenant);
        if let Some(from) = from {
            sql.push(" AND id>").bind(from);
        }
        sql.push(" ORDER BY id LIMIT 1 OFFSET ").bind(self.rows);
        let mut statement = sql.prepare(conn)?;
        let mut rows = sql.rows(&mut statement)?;
        let Some(row) = rows.next().map_err(fault)? else { return Ok(None) };
        Ok(Value::from_sql(row.get_ref(0).map_err(fault)?).as_id())
    }

    fn count(&self, conn: &Connection, from: Option<Id>, to: Option<Id>) -> Result<Figures> {
        self.read(conn, &Slice::whole(self.kind, self.statistic, self.tenant).counted_between(from, to))
    }

    fn read(&self, conn: &Connection, sql: &Sql) -> Result<Figures> {
        let mut statement = sql.prepare(conn)?;
        let columns = statement.column_count();
        let names = columns - if self.statistic.sum.is_some() { 4 } else { 1 };
        let mut rows = sql.rows(&mut statement)?;
        let mut found = Figures::new();
        while let Some(row) = rows.next().map_err(fault)? {
            let mut key = String::new();
            for at in 0..names {
                key.push_str(&format!("{:?} ", Value::from_sql(row.get_ref(at).map_err(fault)?)));
            }
            let figures = (names..columns).map(|at| row.get(at)).collect::<rusqlite::Result<_>>().map_err(fault)?;
            found.insert(key, figures);
        }
        Ok(found)
    }

    /// The pieces in which something has changed since it began, by their place; nothing where that
    /// is too much.
    fn moved(&self, conn: &Connection) -> Result<Option<BTreeSet<usize>>> {
        // By the log's own order: of the latest lines, those of the kind.
        let mut sql = Sql::new("SELECT DISTINCT record_id FROM activity WHERE seq>");
        sql.bind(self.since).push(" AND +tenant_id=").bind(self.tenant).push(" AND +kind=").bind(self.kind.name);
        sql.push(" LIMIT ").bind(MOST_CHANGED + 1);
        let mut statement = sql.prepare(conn)?;
        let mut rows = sql.rows(&mut statement)?;
        let (mut again, mut changed) = (BTreeSet::new(), 0);
        while let Some(row) = rows.next().map_err(fault)? {
            changed += 1;
            let Some(id) = Value::from_sql(row.get_ref(0).map_err(fault)?).as_id() else { continue };
            again.insert(self.pieces.partition_point(|(end, _)| end.is_some_and(|end| end < id)));
            if changed > MOST_CHANGED || again.len() > MOST_AGAIN {
                return Ok(None);
            }
        }
        Ok(Some(again))
    }
}
