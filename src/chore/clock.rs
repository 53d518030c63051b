//! The clock: puts into the queue what falls due, and does by the second what is too small for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::kernel::{Error, Moment, Result};

use super::Household;
use super::schedule::round;

const SECOND: Duration = Duration::from_secs(1);
/// The schedules are looked at again after so long, for tenants and time zones that are new.
const LOOK_S: i64 = 60;
/// What fell due while the server was down waits for so long: at the start itself there is enough to do,
/// and a server that is restarted again and again would do little else.
const SETTLES_S: i64 = 60;
/// After an error of the database.
const AGAIN_S: i64 = 5;

/// The thread of the clock, until this is dropped. Only a server that is there to stay has one: a
/// command that opens the folder for a moment puts nothing into the queue.
pub struct Clock {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Clock {
    pub fn start(household: Arc<Household>) -> Result<Self> {
        let stop = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&stop);
        let work = move || {
            tick(&household, &told);
            last_words(&household);
        };
        let thread =
            std::thread::Builder::new().name("larder-clock".to_owned()).spawn(work).map_err(Error::internal)?;
        Ok(Self { stop, thread: Some(thread) })
    }
}

impl Drop for Clock {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            if thread.join().is_err() {
                tracing::error!("the thread of the clock panicked");
            }
        }
    }
}

fn tick(household: &Household, stop: &AtomicBool) {
    let (mut look, from) = (Moment(0), Moment::now().plus_s(SETTLES_S));
    while !stop.load(Ordering::SeqCst) {
        let now = Moment::now();
        if household.queue.bell.have_tenants_moved() || now >= look {
            look = match round(household, now, from) {
                Ok(next) => next.unwrap_or(look).min(now.plus_s(LOOK_S)),
                Err(error) => {
                    if error.code() != "stopping" {
                        tracing::error!(%error, "the schedules could not be looked at");
                    }
                    now.plus_s(AGAIN_S)
                }
            };
        }
        // Failed sign-ins and penalties are kept over a restart; by the second, so not in the queue.
        household.limiter.write(&household.db, now);
        std::thread::park_timeout(SECOND);
    }
}

fn last_words(household: &Household) {
    let kept = household.wait(household.limiter.close(&household.db, Moment::now())).and_then(|outcome| outcome);
    if let Err(error) = kept {
        tracing::error!(%error, "the latest penalties could not be kept");
    }
}
