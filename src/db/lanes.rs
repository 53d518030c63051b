//! The writer's two lanes, and the errands that are run between its commits.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::time::Instant;

use parking_lot::{Condvar, Mutex};

use crate::kernel::Error;

use super::Limits;
use super::change::Change;
use super::ticket::{Sender, stopped};

/// The most interactive changes that share one commit.
pub const GROUP: usize = 64;

/// A change with the place for its acknowledgement.
pub struct Order {
    pub change: Change,
    pub sender: Sender<()>,
}

/// What the writer does besides committing.
pub enum Errand {
    /// Answer when search has caught up with every commit.
    CatchUp(Sender<()>),
    /// Copy the database to a file that does not exist yet; answers with its number of pages.
    Copy(PathBuf, Sender<u64>),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Lane {
    Interactive,
    Bulk,
}

/// Why the writer was woken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Wake {
    Work,
    /// The moment came until which it wanted to rest.
    Time,
    /// The database closes and everything accepted is done.
    Leave,
}

pub struct Lanes {
    queues: Mutex<Queues>,
    bell: Condvar,
    limits: Limits,
}

#[derive(Default)]
struct Queues {
    interactive: VecDeque<Order>,
    bulk: VecDeque<Order>,
    errands: VecDeque<Errand>,
    closed: bool,
}

impl Queues {
    fn is_empty(&self) -> bool {
        self.interactive.is_empty() && self.bulk.is_empty() && self.errands.is_empty()
    }
}

impl Lanes {
    pub fn new(limits: Limits) -> Self {
        Self { queues: Mutex::default(), bell: Condvar::new(), limits }
    }

    /// Accepts a change, or refuses it at once when its lane is full.
    pub fn submit(&self, lane: Lane, order: Order) {
        let mut queues = self.queues.lock();
        let closed = queues.closed;
        let (queue, limit) = match lane {
            Lane::Interactive => (&mut queues.interactive, self.limits.changes),
            Lane::Bulk => (&mut queues.bulk, self.limits.bulk_changes),
        };
        if closed || queue.len() >= limit {
            drop(queues);
            return order.sender.send(Err(if closed { stopped() } else { full_lane() }));
        }
        queue.push_back(order);
        drop(queues);
        self.bell.notify_one();
    }

    /// Sends the writer on an errand.
    pub fn send(&self, errand: Errand) {
        let mut queues = self.queues.lock();
        if queues.closed {
            drop(queues);
            return match errand {
                Errand::CatchUp(sender) => sender.send(Err(stopped())),
                Errand::Copy(_, sender) => sender.send(Err(stopped())),
            };
        }
        queues.errands.push_back(errand);
        drop(queues);
        self.bell.notify_one();
    }

    /// Waits for work, no longer than `until` where that is given.
    pub fn wait(&self, until: Option<Instant>) -> Wake {
        let mut queues = self.queues.lock();
        while queues.is_empty() {
            if queues.closed {
                return Wake::Leave;
            }
            match until {
                None => self.bell.wait(&mut queues),
                Some(until) => {
                    if self.bell.wait_until(&mut queues, until).timed_out() && queues.is_empty() && !queues.closed {
                        return Wake::Time;
                    }
                }
            }
        }
        Wake::Work
    }

    /// Takes what people wait for, as much as one commit may hold.
    pub fn take_group(&self, into: &mut Vec<Order>) {
        let mut queues = self.queues.lock();
        let n = queues.interactive.len().min(GROUP);
        into.extend(queues.interactive.drain(..n));
    }

    /// Takes one slice of bulk work.
    pub fn take_bulk(&self) -> Option<Order> {
        self.queues.lock().bulk.pop_front()
    }

    pub fn take_errand(&self) -> Option<Errand> {
        self.queues.lock().errands.pop_front()
    }

    /// Accepts nothing more; the writer finishes what was accepted and leaves.
    pub fn close(&self) {
        self.queues.lock().closed = true;
        self.bell.notify_one();
    }

    pub fn is_closed(&self) -> bool {
        self.queues.lock().closed
    }

    /// How many wait: interactive, bulk.
    pub fn depth(&self) -> (usize, usize) {
        let queues = self.queues.lock();
        (queues.interactive.len(), queues.bulk.len())
    }
}

fn full_lane() -> Error {
    Error::busy("writer_full", "Too many changes are waiting to be saved. Nothing was changed, try again in a moment.")
}
