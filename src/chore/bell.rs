//! Wakes the threads that work the queue off, so that none of them has to look again and again.

use std::time::Duration;

use parking_lot::{Condvar, Mutex};

/// Rung when something was put into the queue, and when the server stops.
#[derive(Default)]
pub struct Bell {
    rounds: Mutex<u64>,
    rung: Condvar,
}

impl Bell {
    pub fn ring(&self) {
        *self.rounds.lock() += 1;
        self.rung.notify_all();
    }

    /// How often it was rung: to be read before one looks, and given to [`Self::wait`] afterwards, so
    /// that no ring between the two is missed.
    pub fn rounds(&self) -> u64 {
        *self.rounds.lock()
    }

    /// Waits until it is rung once more than `rounds`, for so long at most.
    pub fn wait(&self, rounds: u64, patience: Duration) {
        let mut now = self.rounds.lock();
        if *now == rounds {
            self.rung.wait_for(&mut now, patience);
        }
    }
}
