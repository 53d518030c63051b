//! The way of one question: what its source's breaker and budget, and the clock, say between its calls.

use std::cell::RefCell;
use std::time::Duration;

use crate::kernel::{Id, Moment};

use super::breaker::Turn;
use super::fault::Fault;
use super::loader::Loader;
use super::retry::Way;

/// What stands between the calls of one question: its source's breaker and budget, and the clock.
pub struct Road<'a> {
    loader: &'a Loader,
    source: Id,
    turns: RefCell<Vec<Turn>>,
}

impl<'a> Road<'a> {
    pub fn new(loader: &'a Loader, source: Id) -> Self {
        Self { loader, source, turns: RefCell::default() }
    }

    /// What these calls did to the breaker.
    pub fn turns(self) -> Vec<Turn> {
        self.turns.into_inner()
    }
}

impl Way for Road<'_> {
    fn may_repeat(&self) -> bool {
        let mut state = self.loader.state.lock();
        let (stopping, now) = (state.stopping, Moment::now());
        let feed = state.feeds.get_mut(&self.source).filter(|_| !stopping);
        feed.is_some_and(|feed| feed.breaker.is_closed() && feed.budget.take_repeat(now))
    }

    fn note(&self, fault: Option<&Fault>) {
        let mut state = self.loader.state.lock();
        state.calls.0 += 1;
        state.calls.1 += u64::from(fault.is_some());
        let turn = state.feeds.get_mut(&self.source).and_then(|feed| feed.note(fault, Moment::now()));
        if let Some(turn) = turn {
            tracing::warn!(?turn, "the breaker of a source turned");
            self.turns.borrow_mut().push(turn);
        }
    }

    fn rest(&self, pause: Duration) -> bool {
        let mut state = self.loader.state.lock();
        let held = state.feeds.get(&self.source).map_or(Duration::ZERO, |feed| feed.held_for(Moment::now()));
        let until = std::time::Instant::now() + pause.max(held);
        while !state.stopping && !self.loader.stopped.wait_until(&mut state, until).timed_out() {}
        !state.stopping && state.feeds.get(&self.source).is_some_and(|feed| feed.breaker.is_closed())
    }

    fn jitter(&self) -> f64 {
        rand::random()
    }
}
