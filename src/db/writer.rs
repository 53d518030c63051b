//! The writer thread: it holds the one connection that changes anything and does, round after
//! round, what people wait for, a slice of bulk work, a batch of search, and a checkpoint.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::checkpoint::{self, Checkpoints};
use super::drain::Drain;
use super::group::Shown;
use super::lanes::{Errand, Lanes, Order, Wake};
use super::meter::{self, Meter};
use super::options::{Observer, SearchTable};
use super::pool::{self, Lent, Pool, Role};
use super::room::Room;
use super::stats::Counters;
use super::tables::Tables;
use super::watch::Written;
use super::{copy, group};

/// Small slices of bulk work share a commit until they weigh so much, some 10 ms of work.
const BULK_WEIGHT: usize = 1000;

/// After this long without work the writer gives its pages back.
const REST_AFTER: Duration = Duration::from_secs(10);

/// How long a writer without a connection waits before it asks the pool again.
const RETRY: Duration = Duration::from_millis(250);

pub struct Writer {
    pub pool: Pool,
    pub lanes: Arc<Lanes>,
    pub room: Arc<Room>,
    pub observer: Arc<dyn Observer>,
    pub search: Vec<SearchTable>,
    pub counters: Arc<Counters>,
    pub tables: Arc<Tables>,
    pub meter: Option<Arc<dyn Meter>>,
}

/// What belongs to one connection in the writer's hands.
struct Shift<'a> {
    writer: &'a Writer,
    connection: &'a Connection,
    written: Written,
    drain: Drain,
    checkpoints: Checkpoints,
    orders: Vec<Order>,
    last_work: Instant,
    /// The pages were given back since.
    rested: bool,
    broken: bool,
}

impl Writer {
    /// Writes until the lanes close. A broken connection is given back and another one taken.
    pub fn run(self, first: Lent) {
        let mut lent = Some(first);
        loop {
            if let Some(connection) = lent.take() {
                match catch_unwind(AssertUnwindSafe(|| Shift::new(&self, &connection).serve())) {
                    Ok(true) => return checkpoint::last(&connection),
                    Ok(false) => tracing::error!("the writer's connection broke, taking another"),
                    Err(_) => tracing::error!("the writer panicked, beginning anew with another connection"),
                }
            } else if self.lanes.is_closed() {
                return;
            } else {
                std::thread::sleep(RETRY);
            }
            lent = self.pool.take(Role::Writer).inspect_err(|error| tracing::error!(%error, "no connection")).ok();
        }
    }
}

impl<'a> Shift<'a> {
    fn new(writer: &'a Writer, connection: &'a Connection) -> Self {
        meter::install(connection, writer.meter.as_ref());
        Self {
            writer,
            connection,
            written: Written::watch(connection, &writer.tables),
            drain: Drain::new(connection, &writer.search),
            checkpoints: Checkpoints::watch(connection),
            orders: Vec::with_capacity(super::lanes::GROUP),
            last_work: Instant::now(),
            rested: false,
            broken: false,
        }
    }

    /// True when everything is done and the database closes, false when the connection broke.
    fn serve(&mut self) -> bool {
        while !self.broken {
            match self.writer.lanes.wait(self.next()) {
                Wake::Work => self.worked(),
                Wake::Time => {}
                Wake::Leave => return true,
            }
            while let Some(errand) = self.writer.lanes.take_errand() {
                self.run_errand(errand);
            }
            self.round();
        }
        false
    }

    /// The next moment at which there is something to do without being asked.
    fn next(&self) -> Option<Instant> {
        let rest = (!self.rested).then(|| self.last_work + REST_AFTER);
        [self.drain.next(), self.checkpoints.next(self.last_work), rest].into_iter().flatten().min()
    }

    /// Everything that is due, once, in the order of who waits hardest. Nothing in it waits.
    fn round(&mut self) {
        let Writer { lanes, room, observer, counters, .. } = self.writer;
        lanes.take_group(&mut self.orders);
        self.commit();
        if !self.drain.is_behind() {
            self.take_bulk();
            self.commit();
        }
        if self.drain.is_due() {
            self.broken |= !self.drain.run(self.connection, &self.written, &**observer, counters);
            self.worked();
        }
        let idle = self.last_work.elapsed() >= checkpoint::IDLE;
        self.checkpoints.run(self.connection, room, idle, counters);
        if !self.rested && self.last_work.elapsed() >= REST_AFTER {
            self.rested = true;
            if let Err(error) = self.connection.release_memory() {
                tracing::debug!(%error, "pages could not be given back");
            }
        }
    }

    /// Puts off rest: pages may be in use again.
    fn worked(&mut self) {
        self.last_work = Instant::now();
        self.rested = false;
    }

    fn take_bulk(&mut self) {
        let mut weight = 0;
        while weight < BULK_WEIGHT
            && let Some(order) = self.writer.lanes.take_bulk()
        {
            weight += order.change.weight();
            self.orders.push(order);
        }
    }

    fn commit(&mut self) {
        if self.orders.is_empty() {
            return;
        }
        let Writer { observer, counters, meter, .. } = self.writer;
        let begun = Instant::now();
        self.broken |= match group::commit(self.connection, &self.written, &mut self.orders, &**observer, counters) {
            Shown::Fine => false,
            Shown::Suspect => !pool::is_healthy(self.connection, Role::Writer),
            Shown::Broken => true,
        };
        if let Some(meter) = meter {
            meter.commit(begun.elapsed());
        }
        self.drain.note(self.connection);
    }

    fn run_errand(&mut self, errand: Errand) {
        match errand {
            Errand::CatchUp(sender) => self.drain.catch_up(self.connection, sender),
            Errand::Copy(to, sender) => {
                let lanes = &self.writer.lanes;
                let pages = copy::copy(self.connection, &to, &mut || {
                    self.worked();
                    self.round();
                    !lanes.is_closed() && !self.broken
                });
                sender.send(pages);
            }
        }
    }
}
