//! A reader thread: it holds one connection and serves the waiting room.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::deadline::Deadline;
use super::job::{Ending, too_late};
use super::meter::{self, Meter};
use super::pool::{self, Lent, Pool, Role};
use super::room::{Call, Room, Seat, Waiting};
use super::stats::Counters;
use super::tables::Tables;
use super::watch;

/// After this long without work a reader gives its pages back.
const REST_AFTER: Duration = Duration::from_secs(10);

/// How long a reader without a connection waits before it asks the pool again.
const RETRY: Duration = Duration::from_millis(250);

pub struct Reader {
    pub seat: Seat,
    pub pool: Pool,
    pub room: Arc<Room>,
    pub deadline: Arc<Deadline>,
    pub counters: Arc<Counters>,
    pub tables: Arc<Tables>,
    pub meter: Option<Arc<dyn Meter>>,
}

enum Ended {
    Closed,
    Broken,
}

impl Reader {
    /// Serves until the room closes. A broken connection is given back and another one taken;
    /// meanwhile the other reader carries on.
    pub fn run(self, first: Lent) {
        watch::install(&self.tables);
        let mut lent = Some(first);
        loop {
            match &lent {
                Some(connection) => match self.serve(connection) {
                    Ended::Closed => return,
                    Ended::Broken => tracing::error!(seat = ?self.seat, "a reader's connection broke, taking another"),
                },
                None if self.room.is_closed() => return,
                None => std::thread::sleep(RETRY),
            }
            drop(lent.take());
            lent = self.pool.take(Role::Reader).inspect_err(|error| tracing::error!(%error, "no connection")).ok();
        }
    }

    fn serve(&self, connection: &Connection) -> Ended {
        if let Err(error) = self.deadline.install(connection) {
            tracing::error!(%error, "a connection without deadlines is of no use");
            return Ended::Broken;
        }
        meter::install(connection, self.meter.as_ref());
        let mut patience = Some(REST_AFTER);
        loop {
            match self.room.call(self.seat, patience) {
                Call::Work(waiting) => {
                    patience = Some(REST_AFTER);
                    if !self.work(connection, waiting) {
                        return Ended::Broken;
                    }
                }
                Call::Idle => {
                    patience = None;
                    if let Err(error) = connection.release_memory() {
                        tracing::debug!(%error, "pages could not be given back");
                    }
                }
                Call::Leave => return Ended::Closed,
            }
        }
    }

    /// Runs one job; false when the connection is broken.
    fn work(&self, connection: &Connection, waiting: Waiting) -> bool {
        let Waiting { job, limit, since } = waiting;
        if job.is_abandoned() {
            self.counters.abandoned.add(1);
            return true;
        }
        let begun = Instant::now();
        let waited = begun - since;
        if waited > limit {
            self.counters.interrupted.add(1);
            job.refuse(too_late());
            return true;
        }
        self.deadline.begin(limit);
        let ending = job.run(connection, &self.deadline);
        self.counters.reads.add(1);
        meter::done();
        if let Some(meter) = &self.meter {
            meter.read(limit > super::INTERACTIVE, waited, begun.elapsed(), ending != Ending::Fine);
        }
        match ending {
            Ending::Late => self.counters.interrupted.add(1),
            Ending::Damaged => self.counters.damaged.add(1),
            Ending::Fine | Ending::Suspect | Ending::Broken => {}
        }
        let clean = connection.is_autocommit() || self.roll_back(connection);
        match ending {
            Ending::Broken => false,
            Ending::Suspect => clean && pool::is_healthy(connection, Role::Reader),
            Ending::Fine | Ending::Late | Ending::Damaged => clean,
        }
    }

    /// The job left a transaction open; the next one must not inherit it.
    fn roll_back(&self, connection: &Connection) -> bool {
        self.counters.rolled_back.add(1);
        connection.execute_batch("ROLLBACK").is_ok()
    }
}
