//! The one owner of the database file: three connections, one writer, two readers.
//!
//! Everything else sees [`Db`]: `read` and `read_heavy` run a closure over a connection on a
//! reader thread, `write` and `write_bulk` hand a [`Change`] to the writer thread, and each gives
//! back a [`Ticket`] that can be awaited or waited for.

mod change;
mod fault;
mod migrate;
mod ticket;
mod value;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use rusqlite::Connection;

use crate::kernel::{Error, Result};

pub use change::{Change, Sql, Statement, Touch};
pub use fault::{fault, guard_error};
pub use migrate::MIGRATIONS;
pub use ticket::{Ticket, ticket};
pub use value::Value;

/// Who wants to know what was committed. Called by the writer after COMMIT and before the
/// acknowledgement, on its own thread: it must be quick and must not wait for the database.
pub trait Observer: Send + Sync {
    fn committed(&self, touched: &[Touch]);
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

/// How a database is opened.
pub struct Options {
    pub search: Vec<SearchTable>,
    pub observer: Arc<dyn Observer>,
    /// Refuse to create or change anything; for commands beside a running server.
    pub read_only: bool,
}

/// The open database. Cheap to share; dropping the last one stops the threads.
pub struct Db {
    connection: Arc<Mutex<Connection>>,
    observer: Arc<dyn Observer>,
}

impl Db {
    /// Opens (and where needed creates and migrates) `folder/larder.db`.
    pub fn open(folder: &Path, options: Options) -> Result<Arc<Self>> {
        std::fs::create_dir_all(folder).map_err(Error::internal)?;
        let mut connection = Connection::open(folder.join("larder.db")).map_err(fault)?;
        connection
            .execute_batch("PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL;")
            .map_err(fault)?;
        migrate::run(&mut connection)?;
        Ok(Arc::new(Self { connection: Arc::new(Mutex::new(connection)), observer: options.observer }))
    }

    /// Runs `f` on a reader with the interactive deadline of 2 s.
    pub fn read<T: Send + 'static>(&self, f: impl FnOnce(&Connection) -> Result<T> + Send + 'static) -> Ticket<T> {
        self.read_heavy(Duration::from_secs(2), f)
    }

    /// Runs `f` on the reader for heavy queries, one at a time.
    pub fn read_heavy<T: Send + 'static>(
        &self,
        _deadline: Duration,
        f: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Ticket<T> {
        let (sender, ticket) = ticket();
        sender.send(f(&self.connection.lock()));
        ticket
    }

    /// Hands a change to the interactive lane.
    pub fn write(&self, change: Change) -> Ticket<()> {
        let (sender, ticket) = ticket();
        let result = self.apply(&change);
        if result.is_ok() {
            self.observer.committed(&change.touched);
        }
        sender.send(result);
        ticket
    }

    /// Hands one slice of bulk work to the writer; waits behind interactive changes.
    pub fn write_bulk(&self, change: Change) -> Ticket<()> {
        self.write(change)
    }

    fn apply(&self, change: &Change) -> Result<()> {
        let mut connection = self.connection.lock();
        let tx = connection.transaction().map_err(fault)?;
        for statement in &change.statements {
            let mut prepared = tx.prepare_cached(&statement.sql).map_err(fault)?;
            for row in &statement.rows {
                prepared.execute(rusqlite::params_from_iter(row)).map_err(fault)?;
            }
        }
        tx.commit().map_err(fault)
    }
}
