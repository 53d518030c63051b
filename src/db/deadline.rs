//! Stops a query that takes too long.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use rusqlite::Connection;

/// How many instructions of SQLite's virtual machine lie between two looks at the clock: some
/// tens of microseconds, against which the look itself is nothing.
const INSTRUCTIONS: i32 = 1000;

/// The moment by which the query that runs on one connection must be done. SQLite asks it through
/// a progress handler, installed once and for all.
pub struct Deadline {
    start: Instant,
    /// Nanoseconds after `start`; 0 when nothing runs.
    at: AtomicU64,
    missed: AtomicBool,
    stopping: AtomicBool,
}

impl Deadline {
    pub fn new() -> Arc<Self> {
        Arc::new(Self {
            start: Instant::now(),
            at: AtomicU64::new(0),
            missed: AtomicBool::new(false),
            stopping: AtomicBool::new(false),
        })
    }

    /// Makes every query on the connection obey.
    pub fn install(self: &Arc<Self>, connection: &Connection) -> rusqlite::Result<()> {
        let deadline = Arc::clone(self);
        connection.progress_handler(INSTRUCTIONS, Some(move || deadline.is_over()))
    }

    /// Begins a job that may last so long.
    pub fn begin(&self, limit: Duration) {
        self.missed.store(false, Relaxed);
        self.at.store(nanos(self.start.elapsed() + limit), Relaxed);
    }

    /// Ends the job; true when it was stopped.
    pub fn end(&self) -> bool {
        self.at.store(0, Relaxed);
        self.missed.load(Relaxed)
    }

    /// Stops whatever runs and whatever would begin: the database closes.
    pub fn stop(&self) {
        self.stopping.store(true, Relaxed);
    }

    fn is_over(&self) -> bool {
        let at = self.at.load(Relaxed);
        let over = at != 0 && (self.stopping.load(Relaxed) || nanos(self.start.elapsed()) >= at);
        if over {
            self.missed.store(true, Relaxed);
        }
        over
    }
}

fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}
