//! What the store counts, and the gauges made of it.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// A number that only grows.
#[derive(Default)]
pub struct Counter(AtomicU64);

impl Counter {
    pub fn add(&self, n: u64) {
        self.0.fetch_add(n, Relaxed);
    }
    pub fn get(&self) -> u64 {
        self.0.load(Relaxed)
    }
}

/// Upper bounds of the sizes of groups that [`Stats::groups`] counts.
pub const GROUP_SIZES: [usize; 7] = [1, 2, 4, 8, 16, 32, 64];

#[derive(Default)]
pub struct Counters {
    pub reads: Counter,
    pub abandoned: Counter,
    pub interrupted: Counter,
    pub rolled_back: Counter,
    pub commits: Counter,
    pub changes: Counter,
    pub refused: Counter,
    pub retried: Counter,
    pub groups: [Counter; GROUP_SIZES.len()],
    pub searched: Counter,
    pub search_failures: Counter,
    pub checkpoints: Counter,
    pub damaged: Counter,
}

impl Counters {
    pub fn count_group(&self, size: usize) {
        let bucket = GROUP_SIZES.iter().position(|bound| size <= *bound).unwrap_or(GROUP_SIZES.len() - 1);
        self.groups[bucket].add(1);
    }
}

/// A look at the store: how much waits, and what was counted since it was opened.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Stats {
    pub waiting_reads: usize,
    pub waiting_heavy_reads: usize,
    pub waiting_changes: usize,
    pub waiting_bulk_changes: usize,
    /// The size of the write-ahead log on disk.
    pub wal_bytes: u64,
    /// The size of the database file on disk.
    pub db_bytes: u64,
    pub reads: u64,
    /// Reads that were left undone since nobody waited for them any more.
    pub abandoned: u64,
    /// Reads that ran into their deadline, or waited for their turn until then.
    pub interrupted: u64,
    /// Reads that left a transaction open.
    pub rolled_back: u64,
    pub commits: u64,
    /// Changes that were committed and acknowledged.
    pub changes: u64,
    /// Changes that were answered with an error.
    pub refused: u64,
    /// Groups that could not be committed and were tried again one by one.
    pub retried: u64,
    /// How many groups had at most [`GROUP_SIZES`] changes.
    pub groups: [u64; GROUP_SIZES.len()],
    /// Rows that the search index followed.
    pub searched: u64,
    pub search_failures: u64,
    pub checkpoints: u64,
    /// Reads, changes and backups that met a damaged page.
    pub damaged: u64,
}

impl Counters {
    /// The counted part of a look at the store.
    pub fn stats(&self) -> Stats {
        Stats {
            reads: self.reads.get(),
            abandoned: self.abandoned.get(),
            interrupted: self.interrupted.get(),
            rolled_back: self.rolled_back.get(),
            commits: self.commits.get(),
            changes: self.changes.get(),
            refused: self.refused.get(),
            retried: self.retried.get(),
            groups: std::array::from_fn(|i| self.groups[i].get()),
            searched: self.searched.get(),
            search_failures: self.search_failures.get(),
            checkpoints: self.checkpoints.get(),
            damaged: self.damaged.get(),
            ..Stats::default()
        }
    }
}
