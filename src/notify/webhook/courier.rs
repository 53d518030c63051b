//! The thread that takes messages to their receivers, a few of them at once and never two to one webhook.
//!
//! Half of its hands are kept for webhooks that do well: however many receivers are dead, and however
//! slowly they are, they hold up nobody but themselves.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use parking_lot::{Condvar, Mutex};

use crate::auth::Vault;
use crate::config::Config;
use crate::db::Db;
use crate::kernel::{Error, Moment, Result};

use super::address::Place;
use super::outcome::{Fate, drop_it, settle};
use super::post::Post;
use super::turn::{Agenda, Due, Job};

/// It looks so often though nobody wakes it.
const LOOK: Duration = Duration::from_secs(60);
/// After an error of the database it waits so long.
const REST: Duration = Duration::from_secs(5);

/// Wakes the thread: there may be something to send.
#[derive(Clone)]
pub struct Wake(SyncSender<()>);

/// The other end.
pub struct Woken(Receiver<()>);

/// One for whoever hears of commits, the other for the thread.
pub fn waker() -> (Wake, Woken) {
    let (wake, woken) = sync_channel(1);
    (Wake(wake), Woken(woken))
}

impl Wake {
    pub fn wake(&self) {
        // One that is not yet heard is enough.
        let _ = self.0.try_send(());
    }
}

/// What became of the messages. By itself, so that whoever watches it holds nothing else.
#[derive(Default)]
pub struct Tally {
    delivered: AtomicU64,
    failed: AtomicU64,
    given_up: AtomicU64,
    waiting: AtomicU64,
}

impl Tally {
    /// Messages that were taken, attempts that failed, messages that were given up since the start, and
    /// those that wait.
    pub fn counts(&self) -> [u64; 4] {
        [&self.delivered, &self.failed, &self.given_up, &self.waiting].map(|count| count.load(Relaxed))
    }
}

/// Takes messages to their receivers.
pub struct Courier {
    db: Arc<Db>,
    pub vault: Arc<Vault>,
    /// Where they may go.
    pub place: Place,
    post: Post,
    at_once: usize,
    /// Webhooks that something is on its way to, and whether they failed before.
    busy: Mutex<HashMap<i64, bool>>,
    ended: Condvar,
    wake: Wake,
    woken: Mutex<Option<Woken>>,
    tally: Arc<Tally>,
    stopping: AtomicBool,
}

/// The thread of a courier, until this is dropped.
pub struct Round {
    courier: Arc<Courier>,
    thread: Option<JoinHandle<()>>,
}

impl Courier {
    pub fn new(config: &Config, db: &Arc<Db>, vault: &Arc<Vault>, (wake, woken): (Wake, Woken)) -> Arc<Self> {
        let place = Place::new(config);
        Arc::new(Self {
            db: Arc::clone(db),
            vault: Arc::clone(vault),
            post: Post::new(place.gate.clone()),
            place,
            at_once: config.webhooks_at_once,
            busy: Mutex::default(),
            ended: Condvar::new(),
            wake,
            woken: Mutex::new(Some(woken)),
            tally: Arc::default(),
            stopping: AtomicBool::new(false),
        })
    }

    pub fn tally(&self) -> &Arc<Tally> {
        &self.tally
    }

    /// Starts the thread, once.
    pub fn start(self: &Arc<Self>) -> Result<Round> {
        let woken = self.woken.lock().take().ok_or_else(|| Error::internal("the courier is under way already"))?;
        let courier = Arc::clone(self);
        let work = move || {
            while !courier.stopping.load(Relaxed) {
                let patience = match courier.set_out(Moment::now()) {
                    Ok((_, next)) => next.map_or(LOOK, |next| wait(next).min(LOOK)),
                    Err(error) => {
                        tracing::error!(%error, "messages of webhooks could not be looked up");
                        REST
                    }
                };
                let _ = woken.0.recv_timeout(patience);
            }
            // What is under way is written down before the database closes.
            courier.wait_for_all();
        };
        let thread =
            std::thread::Builder::new().name("larder-webhooks".to_owned()).spawn(work).map_err(Error::internal)?;
        Ok(Round { courier: Arc::clone(self), thread: Some(thread) })
    }

    /// Delivers whatever is due at `now` and waits for all of it.
    pub fn deliver(self: &Arc<Self>, now: Moment) -> Result<()> {
        loop {
            let (began, _) = self.set_out(now)?;
            let mut busy = self.busy.lock();
            if busy.is_empty() && began == 0 {
                return Ok(());
            }
            if !busy.is_empty() {
                self.ended.wait(&mut busy);
            }
        }
    }

    /// Begins as much of what is due as there are hands for. Gives how many that are, and when the next
    /// message is due that nobody is at: nothing where some hand will look again when it is free.
    fn set_out(self: &Arc<Self>, now: Moment) -> Result<(usize, Option<Moment>)> {
        let agenda = self.db.read(move |conn| Agenda::read(conn, now)).wait()?;
        self.tally.waiting.store(agenda.waiting, Relaxed);
        let mut began = 0;
        for due in &agenda.due {
            if self.take(*due) {
                began += 1;
                let (courier, due, since) = (Arc::clone(self), *due, Instant::now());
                let turn = Turn { courier: Arc::clone(self), webhook: due.webhook };
                let work = move || {
                    let _turn = turn;
                    if let Err(error) = courier.carry(due.webhook, now, since) {
                        tracing::error!(%error, "a message of a webhook could not be seen to");
                        // Else it would be tried again at once, and again.
                        std::thread::sleep(Duration::from_secs(1));
                    }
                };
                std::thread::Builder::new().name("larder-webhook".to_owned()).spawn(work).map_err(Error::internal)?;
            }
        }
        // Whatever is due by now is either under way or waits for a hand, which looks when it is free.
        Ok((began, agenda.next_at.filter(|_| agenda.due.is_empty())))
    }

    /// Is there a hand for this webhook?
    fn take(&self, due: Due) -> bool {
        let mut busy = self.busy.lock();
        let failing = busy.values().filter(|failing| **failing).count();
        let most_failing = self.at_once.div_ceil(2);
        if busy.len() >= self.at_once || busy.contains_key(&due.webhook) || (due.failing && failing >= most_failing) {
            return false;
        }
        busy.insert(due.webhook, due.failing);
        true
    }

    /// One message of the webhook: there, and what came of it.
    fn carry(&self, webhook: i64, now: Moment, since: Instant) -> Result<()> {
        let Some(job) = self.db.read(move |conn| Job::next(conn, webhook, now)).wait()? else { return Ok(()) };
        let at = || Moment(now.0 + i64::try_from(since.elapsed().as_millis()).unwrap_or_default());
        if !job.enabled && !job.urgent {
            return self.db.write(drop_it(&job, at())).wait();
        }
        let attempt = self.post.send(&self.vault, &job, at());
        let (fate, change) = settle(&job, &attempt, rand::random(), at());
        self.db.write(change).wait()?;
        let (delivery, webhook) = (job.id, job.webhook_id);
        let why = attempt.error.as_deref().unwrap_or_default();
        match fate {
            Fate::Delivered => {
                self.tally.delivered.fetch_add(1, Relaxed);
                tracing::debug!(%webhook, %delivery, "a webhook took a message");
            }
            Fate::Later => {
                self.tally.failed.fetch_add(1, Relaxed);
                tracing::warn!(%webhook, %delivery, why, "a webhook did not take a message, which is tried again");
            }
            Fate::GivenUp => {
                self.tally.failed.fetch_add(1, Relaxed);
                self.tally.given_up.fetch_add(1, Relaxed);
                tracing::warn!(%webhook, %delivery, why, "a webhook did not take a message, which was given up");
            }
        }
        Ok(())
    }

    fn wait_for_all(&self) {
        let mut busy = self.busy.lock();
        while !busy.is_empty() {
            self.ended.wait(&mut busy);
        }
    }
}

/// How long it is until then; a moment at least, so that a clock that was set back makes nobody spin.
fn wait(next: Moment) -> Duration {
    let ms = u64::try_from(next.0 - Moment::now().0).unwrap_or(0);
    Duration::from_millis(ms.max(10))
}

/// A hand that is at something, whatever becomes of it.
struct Turn {
    courier: Arc<Courier>,
    webhook: i64,
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.courier.busy.lock().remove(&self.webhook);
        self.courier.ended.notify_all();
        self.courier.wake.wake();
    }
}

impl Drop for Round {
    fn drop(&mut self) {
        self.courier.stopping.store(true, Relaxed);
        self.courier.wake.wake();
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the thread that sends messages of webhooks panicked");
        }
    }
}
