//! How a database is opened: what it searches, who hears of its commits, and every limit with its default.

use std::sync::Arc;

use crate::kernel::Id;

use super::{Meter, TableSet, Told, Touch};

/// Who wants to know what was committed. Called by the writer after COMMIT and before the
/// acknowledgement, on its own thread: it must be quick and must not wait for the database.
pub trait Observer: Send + Sync {
    fn committed(&self, touched: &[Touch]);

    /// Which tables were written to, for each tenant; for tenant 0 where the change did not say whose
    /// they are. Called before [`Self::committed`].
    fn changed(&self, changed: &[(i64, TableSet)]) {
        let _ = changed;
    }

    /// Which records changed, as far as changes say so. Called after [`Self::committed`].
    fn told(&self, told: &[Told]) {
        let _ = told;
    }

    /// Which streams were appended to. Called after the others: whoever is woken by it finds nothing
    /// outdated any more.
    fn appended(&self, streams: &[Id]) {
        let _ = streams;
    }
}

/// For whom nobody listens.
struct Nobody;

impl Observer for Nobody {
    fn committed(&self, _: &[Touch]) {}
}

/// How one kind is indexed for search: its table with `{table}_words` and `{table}_grams` beside it.
#[derive(Clone, Debug)]
pub struct SearchTable {
    /// The kind's name, as in `search_dirty.kind`.
    pub kind: &'static str,
    pub table: &'static str,
    /// Columns of the word index, in its order.
    pub words: Vec<&'static str>,
    /// Columns of the trigram index, in its order; empty when there is none.
    pub grams: Vec<&'static str>,
}

/// How much may wait at each door; whoever comes when it is full is told `busy` at once.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Reads with the interactive deadline.
    pub reads: usize,
    /// Reads with a longer deadline, of which one runs at a time.
    pub heavy_reads: usize,
    /// Changes that people wait for.
    pub changes: usize,
    /// Slices of bulk work.
    pub bulk_changes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { reads: 256, heavy_reads: 16, changes: 1024, bulk_changes: 4 }
    }
}

/// How a database is opened.
pub struct Options {
    pub search: Vec<SearchTable>,
    pub observer: Arc<dyn Observer>,
    /// Who is told how long things take.
    pub meter: Option<Arc<dyn Meter>>,
    /// Refuse to create or change anything; for commands beside a running server.
    pub read_only: bool,
    /// Open the folder even where it lies on a network file system, which may corrupt it.
    pub allow_network_fs: bool,
    pub limits: Limits,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            search: Vec::new(),
            observer: Arc::new(Nobody),
            meter: None,
            read_only: false,
            allow_network_fs: false,
            limits: Limits::default(),
        }
    }
}
