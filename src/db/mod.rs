//! The one owner of the database file: three connections, one writer, two readers.
//!
//! Everything else sees [`Db`]: `read` and `read_heavy` run a closure over a connection on a
//! reader thread, `write` and `write_bulk` hand a [`Change`] to the writer thread, and each gives
//! back a [`Ticket`] that can be awaited or waited for.
//!
//! ```text
//!   read ────────▶ room (interactive | heavy) ──▶ reader A, reader B     query_only
//!   write ───────▶ lanes (interactive | bulk) ──▶ writer                 synchronous=FULL
//!                                                  group commit, search drain, checkpoint, copy
//! ```

mod backup;
mod change;
mod check;
mod checkpoint;
mod copy;
mod damage;
mod deadline;
mod drain;
mod fault;
mod group;
mod job;
mod lanes;
mod merge;
mod meter;
mod migrate;
mod options;
mod plan;
mod pool;
mod purge;
mod reader;
mod retention;
mod room;
mod snapshot;
mod stats;
mod tables;
mod ticket;
mod value;
mod verify;
mod watch;
mod writer;

#[cfg(test)]
mod tests;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use rusqlite::Connection;

use crate::kernel::{Error, Moment, Result};

use deadline::Deadline;
use lanes::{Errand, Lane, Lanes, Order};
use migrate::Migration;
use pool::{Pool, Role};
use reader::Reader;
use room::{Room, Seat, Waiting};
use stats::Counters;
use writer::Writer;

pub use backup::BackupReport;
pub use change::{Change, Sql, Statement, Told, Touch};
pub use check::{file_system, free_space, refuse_network};
pub use damage::{refuse_emptied, way_out};
pub use drain::SEARCH;
pub use fault::{DAMAGED, fault, guard_error};
pub use meter::{Meter, Purpose, purpose};
pub use migrate::{MIGRATIONS, Migrated};
pub use options::{Limits, Observer, Options, SearchTable};
pub use purge::Purge;
pub use retention::{backups, retain};
pub use snapshot::snapshot;
pub use stats::{GROUP_SIZES, Stats};
pub use tables::{TableSet, Tables};
pub use ticket::{Ticket, ticket};
pub use value::Value;
pub use verify::{Report, look, status, verify};
pub use watch::{note, watched};

/// The name of the database inside its folder.
const FILE: &str = "larder.db";

/// What an interactive read may take.
const INTERACTIVE: Duration = Duration::from_secs(2);

/// The open database. Cheap to share; dropping the last one closes it.
pub struct Db {
    folder: PathBuf,
    room: Arc<Room>,
    /// `None` when the folder is open for reading only.
    lanes: Option<Arc<Lanes>>,
    deadlines: Vec<Arc<Deadline>>,
    counters: Arc<Counters>,
    /// Backups are made one after the other.
    backing_up: Arc<Mutex<()>>,
    /// All tables, once the newest migration has run.
    tables: Arc<Tables>,
    readers: Mutex<Vec<JoinHandle<()>>>,
    writer: Mutex<Option<JoinHandle<()>>>,
    /// Keeps other servers out of the folder until the database is closed.
    lock: Mutex<Option<File>>,
}

impl Db {
    /// Opens (and where needed creates and migrates) `folder/larder.db`.
    pub fn open(folder: &Path, options: Options) -> Result<Arc<Self>> {
        Self::open_with(folder, options, migrate::MIGRATIONS)
    }

    fn open_with(folder: &Path, options: Options, migrations: &[Migration]) -> Result<Arc<Self>> {
        Self::try_open(folder, options, migrations).map_err(|error| damage::explain(folder, error))
    }

    fn try_open(folder: &Path, options: Options, migrations: &[Migration]) -> Result<Arc<Self>> {
        pool::check_library()?;
        let file = folder.join(FILE);
        let lock = if options.read_only {
            check::is_database(&file)?;
            None
        } else {
            check::make_folder(folder)?;
            if !options.allow_network_fs {
                check::refuse_network(folder)?;
            }
            check::warn(folder);
            let lock = check::lock(folder)?;
            backup::sweep(&folder.join(backup::FOLDER));
            damage::refuse_emptied(folder)?;
            check::make_file(&file)?;
            Some(lock)
        };
        let pool = Pool::open(&file, options.read_only)?;
        let room = Arc::new(Room::new(options.limits));
        let counters = Arc::new(Counters::default());
        let mut db = Self {
            folder: folder.to_owned(),
            room: Arc::clone(&room),
            lanes: None,
            deadlines: Vec::new(),
            counters: Arc::clone(&counters),
            backing_up: Arc::default(),
            tables: Arc::default(),
            readers: Mutex::default(),
            writer: Mutex::default(),
            lock: Mutex::new(lock),
        };
        if !options.read_only {
            let connection = pool.take(Role::Writer)?;
            migrate::run(&connection, migrations, |first| backup::before_migrating(folder, &connection, first))?;
            db.tables = Arc::new(Tables::read(&connection)?);
            let lanes = Arc::new(Lanes::new(options.limits));
            db.lanes = Some(Arc::clone(&lanes));
            let writer = Writer {
                pool: pool.clone(),
                lanes,
                room: Arc::clone(&room),
                observer: options.observer,
                search: options.search,
                counters: Arc::clone(&counters),
                tables: Arc::clone(&db.tables),
                meter: options.meter.clone(),
            };
            *db.writer.get_mut() = Some(thread("larder-writer", move || writer.run(connection))?);
        }
        for (seat, name) in [(Seat::A, "larder-reader-a"), (Seat::B, "larder-reader-b")] {
            let connection = pool.take(Role::Reader)?;
            if options.read_only {
                migrate::up_to_date(&connection, migrations)?;
                db.tables = Arc::new(Tables::read(&connection)?);
            }
            let deadline = Deadline::new();
            db.deadlines.push(Arc::clone(&deadline));
            let reader = Reader {
                seat,
                pool: pool.clone(),
                room: Arc::clone(&room),
                deadline,
                counters: Arc::clone(&counters),
                tables: Arc::clone(&db.tables),
                meter: options.meter.clone(),
            };
            db.readers.get_mut().push(thread(name, move || reader.run(connection))?);
        }
        Ok(Arc::new(db))
    }

    /// Where the database lies.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// All tables, by number.
    pub fn tables(&self) -> &Arc<Tables> {
        &self.tables
    }

    /// Runs `f` on a reader with the interactive deadline of 2 s.
    pub fn read<T: Send + 'static>(&self, f: impl FnOnce(&Connection) -> Result<T> + Send + 'static) -> Ticket<T> {
        self.submit(false, INTERACTIVE, f)
    }

    /// Runs `f` on the reader for heavy queries, one at a time.
    pub fn read_heavy<T: Send + 'static>(
        &self,
        deadline: Duration,
        f: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Ticket<T> {
        self.submit(true, deadline, f)
    }

    fn submit<T: Send + 'static>(
        &self,
        heavy: bool,
        limit: Duration,
        work: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Ticket<T> {
        let (sender, ticket) = ticket();
        let job = Box::new(job::Read { work, sender });
        self.room.submit(heavy, Waiting { job, limit, since: Instant::now() });
        ticket
    }

    /// Hands a change to the interactive lane.
    pub fn write(&self, change: Change) -> Ticket<()> {
        self.order(Lane::Interactive, change)
    }

    /// Hands one slice of bulk work, of about 25 ms, to the writer; waits behind interactive changes.
    pub fn write_bulk(&self, change: Change) -> Ticket<()> {
        self.order(Lane::Bulk, change)
    }

    fn order(&self, lane: Lane, change: Change) -> Ticket<()> {
        let (sender, ticket) = ticket();
        match &self.lanes {
            Some(lanes) => lanes.submit(lane, Order { change, sender }),
            None => sender.send(Err(read_only())),
        }
        ticket
    }

    /// Answers when everything committed so far can be found by search.
    pub fn search_caught_up(&self) -> Ticket<()> {
        let (sender, ticket) = ticket();
        match &self.lanes {
            Some(lanes) => lanes.send(Errand::CatchUp(sender)),
            None => sender.send(Err(read_only())),
        }
        ticket
    }

    /// Makes a verified backup at `path`, which must not exist yet.
    pub fn backup_to(&self, path: impl Into<PathBuf>) -> Ticket<BackupReport> {
        let path = path.into();
        self.back_up(move || path)
    }

    /// Makes a verified backup in a folder, named after the moment.
    pub fn backup_into(&self, folder: &Path) -> Ticket<BackupReport> {
        let folder = folder.to_owned();
        self.back_up(move || backup::free_name(&folder, Moment::now()))
    }

    fn back_up(&self, path: impl FnOnce() -> PathBuf + Send + 'static) -> Ticket<BackupReport> {
        let (sender, ticket) = ticket();
        let Some(lanes) = self.lanes.clone() else {
            sender.send(Err(read_only()));
            return ticket;
        };
        let Stats { db_bytes, wal_bytes, .. } = self.stats();
        let (turn, counters) = (Arc::clone(&self.backing_up), Arc::clone(&self.counters));
        let work = move || {
            let _turn = turn.lock();
            let made = backup::make(&path(), db_bytes + wal_bytes, |to| {
                let (copied, pages) = ticket::ticket();
                lanes.send(Errand::Copy(to.to_owned(), copied));
                pages.wait()
            });
            counters.damaged.add(u64::from(made.as_ref().is_err_and(|error| error.code() == DAMAGED)));
            sender.send(made);
        };
        // A backup that finds no thread drops its ticket, which then says that it was not made.
        if let Err(error) = thread("larder-backup", work) {
            tracing::error!(%error, "no thread for a backup");
        }
        ticket
    }

    /// True while changes and reads are served.
    pub fn ready(&self) -> bool {
        let lives = |handle: &JoinHandle<()>| !handle.is_finished();
        let readers = self.readers.lock();
        let writes = self.lanes.is_none() || self.writer.lock().as_ref().is_some_and(lives);
        !readers.is_empty() && readers.iter().all(lives) && writes
    }

    /// A look at the queues, the files and what was counted.
    pub fn stats(&self) -> Stats {
        let size = |name: &str| std::fs::metadata(self.folder.join(name)).map_or(0, |m| m.len());
        let (waiting_reads, waiting_heavy_reads) = self.room.depth();
        let (waiting_changes, waiting_bulk_changes) = self.lanes.as_ref().map_or((0, 0), |lanes| lanes.depth());
        Stats {
            waiting_reads,
            waiting_heavy_reads,
            waiting_changes,
            waiting_bulk_changes,
            wal_bytes: size("larder.db-wal"),
            db_bytes: size(FILE),
            ..self.counters.stats()
        }
    }

    /// Stops the readers, finishes every accepted change, empties the write-ahead log and waits for
    /// it all. What comes later is told that the server stops.
    pub fn close(&self) {
        self.deadlines.iter().for_each(|deadline| deadline.stop());
        self.room.close();
        join(self.readers.lock().drain(..));
        // The readers first: the log can only be emptied when nobody reads from it.
        if let Some(lanes) = &self.lanes {
            lanes.close();
        }
        join(self.writer.lock().take());
        drop(self.lock.lock().take());
    }
}

impl Drop for Db {
    fn drop(&mut self) {
        self.close();
    }
}

fn thread(name: &str, run: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>> {
    std::thread::Builder::new().name(name.to_owned()).spawn(run).map_err(Error::internal)
}

/// Waits for threads, except where the last owner of the database was one of them.
fn join(threads: impl IntoIterator<Item = JoinHandle<()>>) {
    for handle in threads {
        if handle.thread().id() != std::thread::current().id() && handle.join().is_err() {
            tracing::error!("a database thread panicked");
        }
    }
}

fn read_only() -> Error {
    Error::conflict("read_only", "The database is open for reading only.")
}
