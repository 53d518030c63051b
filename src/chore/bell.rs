//! Wakes the threads that work the queue off, so that none of them has to look again and again.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use parking_lot::{Condvar, Mutex};

/// Rung when something was put into the queue, and when the server stops.
#[derive(Default)]
pub struct Bell {
    rounds: Mutex<u64>,
    rung: Condvar,
    tenants: AtomicBool,
}

impl Bell {
    pub fn ring(&self) {
        *self.rounds.lock() += 1;
        self.rung.notify_all();
    }

    /// A tenant came, or changed its time zone: the clock looks at its schedules again.
    pub fn tenants_moved(&self) {
        self.tenants.store(true, Ordering::SeqCst);
    }

    /// Has that happened since somebody last asked?
    pub fn have_tenants_moved(&self) -> bool {
        self.tenants.swap(false, Ordering::SeqCst)
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
