//! The readers' waiting room: what people wait for in one queue, heavy queries in another.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use parking_lot::{Condvar, Mutex};

use crate::kernel::Error;

use super::Limits;
use super::job::Job;

/// A job with its patience.
pub struct Waiting {
    pub job: Box<dyn Job>,
    pub limit: Duration,
    pub since: Instant,
}

/// Who asks for work: A takes interactive work only, so that heavy queries can never hold both
/// readers; B takes either.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Seat {
    A,
    B,
}

/// What a reader is told.
pub enum Call {
    Work(Waiting),
    /// Nothing came for as long as the reader cared to wait.
    Idle,
    /// The database closes.
    Leave,
}

pub struct Room {
    queues: Mutex<Queues>,
    /// One each, since a heavy query must wake B and not A.
    a: Condvar,
    b: Condvar,
    limits: Limits,
}

#[derive(Default)]
struct Queues {
    interactive: VecDeque<Waiting>,
    heavy: VecDeque<Waiting>,
    /// B had a heavy query last, so it is interactive work's turn.
    heavy_had_its_turn: bool,
    held_until: Option<Instant>,
    closed: bool,
}

impl Queues {
    fn next(&mut self, seat: Seat) -> Option<Waiting> {
        if seat == Seat::A {
            return self.interactive.pop_front();
        }
        let heavy_first = !self.heavy_had_its_turn || self.interactive.is_empty();
        let heavy = if heavy_first { self.heavy.pop_front() } else { None };
        self.heavy_had_its_turn = heavy.is_some();
        heavy.or_else(|| self.interactive.pop_front())
    }

    /// Until when nobody may begin to read, if that is still to come.
    fn hold(&mut self) -> Option<Instant> {
        self.held_until = self.held_until.filter(|until| *until > Instant::now());
        self.held_until
    }
}

impl Room {
    pub fn new(limits: Limits) -> Self {
        Self { queues: Mutex::default(), a: Condvar::new(), b: Condvar::new(), limits }
    }

    /// Queues a job, or refuses it at once when there is no room. At most one reader is woken, and
    /// none when both are at work: they look here before they rest.
    pub fn submit(&self, heavy: bool, waiting: Waiting) {
        let mut queues = self.queues.lock();
        let closed = queues.closed;
        let (queue, limit) = match heavy {
            true => (&mut queues.heavy, self.limits.heavy_reads),
            false => (&mut queues.interactive, self.limits.reads),
        };
        if closed || queue.len() >= limit {
            drop(queues);
            return waiting.job.refuse(if closed { super::ticket::stopped() } else { full_house() });
        }
        queue.push_back(waiting);
        drop(queues);
        if heavy || !self.a.notify_one() {
            self.b.notify_one();
        }
    }

    /// The next job for a seat; waits for one, but no longer than `patience` where that is given.
    pub fn call(&self, seat: Seat, patience: Option<Duration>) -> Call {
        let bell = if seat == Seat::A { &self.a } else { &self.b };
        let until = patience.map(|p| Instant::now() + p);
        let mut queues = self.queues.lock();
        loop {
            if queues.closed {
                return Call::Leave;
            }
            let hold = queues.hold();
            if hold.is_none()
                && let Some(waiting) = queues.next(seat)
            {
                return Call::Work(waiting);
            }
            match (hold, until) {
                (Some(hold), _) => {
                    bell.wait_until(&mut queues, hold);
                }
                (None, Some(until)) => {
                    if bell.wait_until(&mut queues, until).timed_out() {
                        return Call::Idle;
                    }
                }
                (None, None) => bell.wait(&mut queues),
            }
        }
    }

    /// Lets no reader begin anything for at most so long, so that a checkpoint can get through.
    pub fn hold(&self, at_most: Duration) {
        self.queues.lock().held_until = Some(Instant::now() + at_most);
    }

    /// Ends a hold early.
    pub fn release(&self) {
        self.queues.lock().held_until = None;
        self.a.notify_all();
        self.b.notify_all();
    }

    /// Sends the readers home; whatever still waits is told that the server stops.
    pub fn close(&self) {
        let mut queues = self.queues.lock();
        queues.closed = true;
        let left: Vec<_> = queues.interactive.drain(..).collect();
        let heavy: Vec<_> = queues.heavy.drain(..).collect();
        drop(queues);
        self.a.notify_all();
        self.b.notify_all();
        for waiting in left.into_iter().chain(heavy) {
            waiting.job.refuse(super::ticket::stopped());
        }
    }

    pub fn is_closed(&self) -> bool {
        self.queues.lock().closed
    }

    /// How many wait: interactive, heavy.
    pub fn depth(&self) -> (usize, usize) {
        let queues = self.queues.lock();
        (queues.interactive.len(), queues.heavy.len())
    }
}

fn full_house() -> Error {
    Error::busy("readers_full", "Too many requests are waiting for the database. Try again in a moment.")
}
