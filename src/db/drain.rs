//! Search follows: rows that changes marked in `search_dirty` are brought into the full-text tables
//! in batches, between the writer's groups.
//!
//! Filling the index inside each change would cost more than half of the writer's speed; a batch
//! shares that cost, and rows changed twice are indexed once.

use std::time::{Duration, Instant};

use rusqlite::{Connection, OptionalExtension, params};

use crate::kernel::{Error, Result};

use super::merge::{self, Merging};
use super::options::{Observer, SearchTable};
use super::stats::Counters;
use super::ticket::Sender;
use super::watch::Written;
use super::{Touch, fault, group};

/// The named set of a tenant that is touched when its search index has followed.
pub const SEARCH: &str = "search";

/// Marked rows may gather for so long: a batch of many costs less than many batches.
const GATHER: Duration = Duration::from_millis(100);
/// Search that is this far behind goes before bulk work, which makes most of the rows.
const BEHIND: Duration = Duration::from_millis(300);
/// What a batch, its commit included, should last: nobody's change waits much longer.
const BATCH: Duration = Duration::from_millis(15);
/// After a failure the next try waits for so long.
const RETRY: Duration = Duration::from_secs(5);

/// How every commit is made that somebody is told of. SQLite refuses it inside a transaction.
const SYNCED: &str = "PRAGMA synchronous=FULL";

const FEWEST: usize = 50;
const MOST: usize = 4000;

/// The statements that bring one kind's index up to date. `?1` is the kind, `?2` the last row of the batch.
struct Indexed {
    kind: &'static str,
    indexes: Vec<String>,
    tenants: String,
    statements: Vec<String>,
}

impl Indexed {
    fn new(search: &SearchTable) -> Self {
        let SearchTable { kind, table, words, grams } = search;
        let batch = "search_dirty d CROSS JOIN";
        let here = "d.kind = ?1 AND d.seq <= ?2";
        let mut indexes = Vec::new();
        let mut statements = Vec::new();
        let mut follow = |index: String, columns: String, values: String| {
            statements.push(format!(
                "DELETE FROM {index} WHERE rowid IN (SELECT seq FROM search_dirty WHERE kind = ?1 AND seq <= ?2)"
            ));
            statements.push(format!(
                "INSERT INTO {index}(rowid, {columns}) SELECT r.seq, {values} \
                 FROM {batch} {table} r ON r.seq = d.seq WHERE {here} AND r.deleted_at IS NULL"
            ));
            indexes.push(index);
        };
        let values = |columns: &[&str]| columns.iter().map(|c| format!("r.{c}")).collect::<Vec<_>>().join(", ");
        follow(
            format!("{table}_words"),
            format!("{}, tenant", words.join(", ")),
            format!("{}, 't' || r.tenant_id", values(words)),
        );
        if !grams.is_empty() {
            follow(format!("{table}_grams"), grams.join(", "), values(grams));
        }
        statements.push("DELETE FROM search_dirty WHERE kind = ?1 AND seq <= ?2".to_owned());
        let tenants = format!("SELECT DISTINCT r.tenant_id FROM {batch} {table} r ON r.seq = d.seq WHERE {here}");
        Self { kind, indexes, tenants, statements }
    }
}

/// What the writer knows of the search index.
pub struct Drain {
    tables: Vec<Indexed>,
    /// Since when some row waits; `None` when none does.
    dirty_since: Option<Instant>,
    not_before: Option<Instant>,
    /// The kind served last, so that the next batch begins after it and none starves.
    last_kind: String,
    /// Rows in a batch, adapted to how long batches take on this machine.
    batch: usize,
    waiting: Vec<Sender<()>>,
    merging: Merging,
}

impl Drain {
    /// Prepares to follow the given tables. Tables that no migration has made yet are left alone.
    pub fn new(connection: &Connection, search: &[SearchTable]) -> Self {
        let exists = |table: &str| {
            connection.prepare_cached("SELECT 1 FROM sqlite_schema WHERE name = ?1").and_then(|mut s| s.exists([table]))
        };
        let is_there = |search: &&SearchTable| {
            let there = exists("search_dirty").unwrap_or(false)
                && exists(&format!("{}_words", search.table)).unwrap_or(false)
                && (search.grams.is_empty() || exists(&format!("{}_grams", search.table)).unwrap_or(false));
            if !there {
                tracing::warn!(kind = search.kind, "this kind has no search tables and cannot be searched");
            }
            there
        };
        let tables: Vec<_> = search.iter().filter(is_there).map(Indexed::new).collect();
        // Whatever the last run left behind is due now.
        let mut drain = Self {
            tables,
            dirty_since: None,
            not_before: None,
            last_kind: String::new(),
            batch: 500,
            waiting: Vec::new(),
            merging: Merging::default(),
        };
        drain.take_over(connection);
        drain.note(connection);
        drain
    }

    /// The last run may have left segments to merge, and new tables have settings of their own.
    fn take_over(&mut self, connection: &Connection) {
        for index in self.tables.iter().flat_map(|table| &table.indexes) {
            self.merging.add(index);
            if let Err(error) = merge::take_over(connection, index) {
                tracing::warn!(%error, index, "a search index keeps its own settings");
            }
        }
    }

    /// Looks whether the last commit marked rows.
    pub fn note(&mut self, connection: &Connection) {
        if self.tables.is_empty() || self.dirty_since.is_some() {
            return;
        }
        let marked = connection
            .prepare_cached("SELECT 1 FROM search_dirty LIMIT 1")
            .and_then(|mut statement| statement.exists([]))
            .unwrap_or(false);
        self.dirty_since = marked.then(Instant::now);
    }

    /// Answers when everything committed so far can be found.
    pub fn catch_up(&mut self, connection: &Connection, sender: Sender<()>) {
        self.note(connection);
        if self.dirty_since.is_none() {
            return sender.send(Ok(()));
        }
        self.waiting.push(sender);
    }

    /// When the next batch is due.
    pub fn next(&self) -> Option<Instant> {
        let due = match self.dirty_since {
            Some(since) if self.waiting.is_empty() => since + GATHER,
            Some(since) => since,
            None if self.merging.is_done() => return None,
            None => Instant::now(),
        };
        Some(self.not_before.map_or(due, |at| at.max(due)))
    }

    /// True when bulk work should wait for the index.
    pub fn is_behind(&self) -> bool {
        self.not_before.is_none() && self.dirty_since.is_some_and(|since| since.elapsed() > BEHIND)
    }

    pub fn is_due(&self) -> bool {
        self.next().is_some_and(|due| due <= Instant::now())
    }

    /// Indexes a batch, and merges for a while; false when the connection may not be written with any more.
    pub fn run(
        &mut self,
        connection: &Connection,
        written: &Written,
        observer: &dyn Observer,
        counters: &Counters,
    ) -> bool {
        match self.unsynced(connection) {
            Ok(done) => {
                self.not_before = None;
                counters.searched.add(done.rows);
                group::tell(observer, &done.touched, &written.take(&done.touched, &[]));
                if !done.more && self.dirty_since.is_some() {
                    self.dirty_since = None;
                    self.waiting.drain(..).for_each(|sender| sender.send(Ok(())));
                }
                true
            }
            Err(error) => {
                tracing::error!(%error, "the search index could not follow");
                counters.search_failures.add(1);
                self.not_before = Some(Instant::now() + RETRY);
                written.forget();
                let sorry = || Error::busy("search_behind", "The search index cannot follow just now.");
                self.waiting.drain(..).for_each(|sender| sender.send(Err(sorry())));
                synced(connection)
            }
        }
    }

    /// Nobody is told that a batch is on disk, so it need not be: should the power fail before the
    /// next commit takes it there, its rows are marked as they were.
    fn unsynced(&mut self, connection: &Connection) -> Result<Done> {
        connection.execute_batch("PRAGMA synchronous=NORMAL").map_err(fault)?;
        let done = if self.dirty_since.is_some() { self.batch(connection) } else { Ok(Done::default()) };
        let done = done.and_then(|done| self.merging.run(connection).map(|()| done));
        match done {
            // SQLite keeps the level inside a transaction, which a failed batch has left open.
            Err(error) => Err(error),
            Ok(done) => connection.execute_batch(SYNCED).map_err(fault).map(|()| done),
        }
    }

    /// One transaction over as many rows as fit in the time.
    fn batch(&mut self, connection: &Connection) -> Result<Done> {
        let start = Instant::now();
        let mut left = self.batch;
        let mut done = Done::default();
        group::begin(connection)?;
        while left > 0 && start.elapsed() < BATCH {
            let Some(kind) = self.next_kind(connection)? else { break };
            left = left.saturating_sub(self.follow(connection, &kind, left, &mut done)?);
            self.last_kind = kind;
        }
        done.more = self.next_kind(connection)?.is_some();
        group::run(connection, "COMMIT")?;
        self.adapt(start.elapsed(), done.more);
        Ok(done)
    }

    /// The kind after the one served last that has marked rows, or the first that has.
    fn next_kind(&self, connection: &Connection) -> Result<Option<String>> {
        let after = |kind: &str| {
            connection
                .prepare_cached("SELECT kind FROM search_dirty WHERE kind > ?1 ORDER BY kind LIMIT 1")
                .and_then(|mut s| s.query_row([kind], |row| row.get(0)).optional())
                .map_err(fault)
        };
        Ok(match after(&self.last_kind)? {
            Some(kind) => Some(kind),
            None => after("")?,
        })
    }

    /// Brings at most `most` rows of a kind into its index; gives their number.
    fn follow(&mut self, connection: &Connection, kind: &str, most: usize, done: &mut Done) -> Result<usize> {
        let Some(table) = self.tables.iter().find(|t| t.kind == kind) else {
            return connection
                .prepare_cached("DELETE FROM search_dirty WHERE kind = ?1")
                .and_then(|mut statement| statement.execute([kind]))
                .map_err(fault);
        };
        let (last, rows): (i64, i64) = connection
            .prepare_cached(
                "SELECT max(seq), count(*) FROM (SELECT seq FROM search_dirty WHERE kind = ?1 ORDER BY seq LIMIT ?2)",
            )
            .and_then(|mut s| s.query_row(params![kind, most as i64], |row| Ok((row.get(0)?, row.get(1)?))))
            .map_err(fault)?;
        let mut tenants = connection.prepare_cached(&table.tenants).map_err(fault)?;
        for tenant in tenants.query_map(params![kind, last], |row| row.get(0)).map_err(fault)? {
            let touch = Touch { tenant: tenant.map_err(fault)?, set: SEARCH };
            if !done.touched.contains(&touch) {
                done.touched.push(touch);
            }
        }
        table.indexes.iter().for_each(|index| self.merging.add(index));
        for sql in &table.statements {
            connection.prepare_cached(sql).and_then(|mut s| s.execute(params![kind, last])).map_err(fault)?;
        }
        let rows = usize::try_from(rows).unwrap_or(0);
        done.rows += rows as u64;
        Ok(rows)
    }

    fn adapt(&mut self, took: Duration, was_full: bool) {
        if took > BATCH {
            self.batch = (self.batch * 3 / 4).max(FEWEST);
        } else if was_full && took < BATCH * 3 / 4 {
            self.batch = (self.batch * 5 / 4).min(MOST);
        }
    }
}

/// Whether commits are on disk again when they return, whatever a failed batch left behind.
fn synced(connection: &Connection) -> bool {
    (connection.is_autocommit() || group::run(connection, "ROLLBACK").is_ok())
        && connection.execute_batch(SYNCED).is_ok()
        && connection.query_row("PRAGMA synchronous", [], |row| row.get(0)).is_ok_and(|level: i64| level == 2)
}

/// What a batch did.
#[derive(Default)]
struct Done {
    rows: u64,
    more: bool,
    touched: Vec<Touch>,
}
