//! The threads that work the queue off: one for what is light, one for what is heavy, and one that
//! keeps their claims alive.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use parking_lot::{Mutex, MutexGuard};

use crate::kernel::{Error, Moment, Result};

use super::kind::Lane;
use super::queue::{LEASE_S, Next};
use super::{Household, Task, telling};

/// Without a ring the queue is looked at again after so long, should a clock have been set.
const PATIENCE: Duration = Duration::from_secs(60);
/// After an error of the database.
const AGAIN: Duration = Duration::from_secs(1);

/// The threads, until they are told to stop.
pub struct Workers {
    household: Arc<Household>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl Workers {
    /// Takes up what was left in the middle, and waits for more.
    pub fn start(household: Arc<Household>) -> Result<Self> {
        household.queue.recover()?;
        telling::recover(&household.queue)?;
        let mut threads = Vec::new();
        for (lane, name) in [(Lane::Light, "larder-light"), (Lane::Heavy, "larder-heavy")] {
            let household = Arc::clone(&household);
            threads.push(thread(name, move || work(&household, lane))?);
        }
        let keeper = Arc::clone(&household);
        threads.push(thread("larder-leases", move || keep(&keeper))?);
        Ok(Self { household, threads: Mutex::new(threads) })
    }

    /// Tells them to stop after the step they are at.
    pub fn tell(&self) {
        self.household.queue.stopping.store(true, Ordering::SeqCst);
        self.household.queue.bell.ring();
    }

    /// Tells them to stop and waits for it. What was in the middle goes on at the next start.
    pub fn close(&self) {
        self.tell();
        for handle in self.threads.lock().drain(..) {
            if handle.join().is_err() {
                tracing::error!("a thread of the chores panicked");
            }
        }
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        self.close();
    }
}

fn thread(name: &str, run: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>> {
    std::thread::Builder::new().name(name.to_owned()).spawn(run).map_err(Error::internal)
}

fn work(household: &Household, lane: Lane) {
    let queue = &household.queue;
    loop {
        let rounds = queue.bell.rounds();
        if queue.stopping.load(Ordering::SeqCst) {
            return;
        }
        if lane == Lane::Light
            && let Err(error) = telling::tell(household, Moment::now())
            && error.code() != "stopping"
        {
            tracing::warn!(%error, "nobody could be told of chores that have ended");
        }
        // Imports take the same turn, so that one heavy thing at a time is under way.
        let turn = (lane == Lane::Heavy).then(|| household.turn.lock());
        let patience = match queue.take(lane, Moment::now()) {
            Ok(Next::Task(task)) => {
                attempt(household, &task);
                None
            }
            Ok(Next::Nothing(next)) => Some(next.map_or(PATIENCE, |at| until(at).min(PATIENCE))),
            Err(error) => {
                if error.code() != "stopping" {
                    tracing::warn!(%error, "the queue of chores cannot be read");
                }
                Some(AGAIN)
            }
        };
        // To an import that waits for it, before we ask for it again.
        if let Some(turn) = turn {
            MutexGuard::unlock_fair(turn);
        }
        if let Some(patience) = patience {
            queue.bell.wait(rounds, patience);
        }
    }
}

fn until(moment: Moment) -> Duration {
    Duration::from_millis(u64::try_from(moment.0 - Moment::now().0).unwrap_or(0).max(10))
}

/// Runs one attempt and writes down what became of it. A panic is a failure like others.
fn attempt(household: &Household, task: &Task) {
    let (id, kind) = (task.chore.id, task.kind.name);
    let outcome = catch_unwind(AssertUnwindSafe(|| (task.kind.run)(household, task)))
        .unwrap_or_else(|_| Err(Error::internal("a chore panicked; the message stands above")));
    match &outcome {
        Ok(_) => tracing::debug!(%id, kind, "a chore is done"),
        Err(error) => tracing::info!(%id, kind, code = error.code(), "a chore stopped"),
    }
    // A full disk may have no room for the end of a chore either. Left as it is it would be done again.
    loop {
        match household.queue.settle(task, &outcome, Moment::now()) {
            Err(Error::Busy(_)) if !household.queue.stopping.load(Ordering::SeqCst) => std::thread::sleep(AGAIN),
            Err(error) => break tracing::warn!(%id, kind, %error, "what became of a chore could not be kept"),
            Ok(()) => break,
        }
    }
    household.queue.let_go(id);
}

/// Extends the claims for as long as the process lives.
fn keep(household: &Household) {
    let queue = &household.queue;
    let third = Duration::from_secs(LEASE_S.unsigned_abs() / 3);
    let mut extended = Instant::now();
    loop {
        let rounds = queue.bell.rounds();
        if queue.stopping.load(Ordering::SeqCst) {
            return;
        }
        if extended.elapsed() >= third {
            if let Err(error) = queue.extend(Moment::now()) {
                tracing::debug!(%error, "the claims of chores could not be extended");
            }
            extended = Instant::now();
        }
        queue.bell.wait(rounds, third.saturating_sub(extended.elapsed()));
    }
}
