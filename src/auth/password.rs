//! Passwords: argon2id, one at a time, on a thread of their own.
//!
//! A hash takes 19 MB and some 20 ms of a core on purpose. One at a time bounds the memory, which is
//! given back after each; a queue of 16 bounds the wait. Strangers may fill three quarters of it, so
//! that a flood of them leaves room for devices that have been in their account before.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::time::{Duration, Instant};

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};

use crate::db::{Ticket, ticket};
use crate::kernel::{Error, Result};

const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// How many may wait, and for how long.
const QUEUE: usize = 16;
/// How many of them may be strangers.
const STRANGERS: usize = 12;
const PATIENCE: Duration = Duration::from_secs(2);

/// What came of comparing a password.
#[derive(Debug, PartialEq)]
pub enum Verdict {
    Wrong,
    /// `renewed` is a new hash when the stored one was made with other parameters.
    Right {
        renewed: Option<String>,
    },
}

/// The thread that hashes. Dropping it lets the thread finish what is queued and end.
pub struct Passwords {
    queue: SyncSender<Job>,
    waiting: Arc<AtomicUsize>,
}

struct Job {
    since: Instant,
    /// Runs the work, or refuses it when told that it waited too long.
    work: Box<dyn FnOnce(bool) + Send>,
}

impl Passwords {
    pub fn new() -> Result<Self> {
        let (queue, jobs) = sync_channel(QUEUE);
        let waiting = Arc::default();
        let counter = Arc::clone(&waiting);
        let work = move || run(&jobs, &counter);
        std::thread::Builder::new().name("passwords".into()).spawn(work).map_err(Error::internal)?;
        Ok(Self { queue, waiting })
    }

    /// The PHC string of a password, with a fresh salt.
    ///
    /// # Errors
    /// Busy when the queue is full or the wait was too long; [`Self::verify`] alike.
    pub fn hash(&self, password: String) -> Ticket<String> {
        self.put(true, move || hash(&password))
    }

    /// Compares a password with a PHC string. Without one (nobody has that e-mail address, or no
    /// password was ever set) it works just as long and says [`Verdict::Wrong`]. `known` tells a device
    /// that has been in this account from a stranger.
    pub fn verify(&self, password: String, stored: Option<String>, known: bool) -> Ticket<Verdict> {
        self.put(known, move || verify(&password, stored.as_deref()))
    }

    fn put<T: Send + 'static>(&self, known: bool, work: impl FnOnce() -> Result<T> + Send + 'static) -> Ticket<T> {
        let (sender, answer) = ticket();
        let work = Box::new(move |late: bool| {
            if late {
                sender.send(Err(busy()));
            } else if !sender.is_abandoned() {
                sender.send(work());
            }
        });
        // Counted before it is in the queue, so that the count is never below what waits.
        let before = self.waiting.fetch_add(1, Relaxed);
        let job = Job { since: Instant::now(), work };
        let refused = if !known && before >= STRANGERS {
            Some(job)
        } else {
            match self.queue.try_send(job) {
                Ok(()) => None,
                Err(TrySendError::Full(job) | TrySendError::Disconnected(job)) => Some(job),
            }
        };
        if let Some(job) = refused {
            self.waiting.fetch_sub(1, Relaxed);
            (job.work)(true);
        }
        answer
    }
}

fn run(jobs: &Receiver<Job>, waiting: &AtomicUsize) {
    while let Ok(job) = jobs.recv() {
        waiting.fetch_sub(1, Relaxed);
        (job.work)(job.since.elapsed() > PATIENCE);
    }
}

fn busy() -> Error {
    Error::busy("sign_in_busy", "Too many people are signing in just now. Try again in a moment.")
}

fn argon2() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|e| Error::internal(e.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &str) -> Result<String> {
    let hash = argon2()?.hash_password(password.as_bytes()).map_err(|e| Error::internal(e.to_string()))?;
    Ok(hash.to_string())
}

fn verify(password: &str, stored: Option<&str>) -> Result<Verdict> {
    let Some(stored) = stored else {
        let mut nothing = [0; 32];
        // The result is of no use; only the time that it takes is.
        argon2()?
            .hash_password_into(password.as_bytes(), b"nobody has it", &mut nothing)
            .map_err(|e| Error::internal(e.to_string()))?;
        return Ok(Verdict::Wrong);
    };
    let parsed = PasswordHash::new(stored).map_err(|e| Error::internal(e.to_string()))?;
    // The parameters are the stored string's own.
    if argon2()?.verify_password(password.as_bytes(), &parsed).is_err() {
        return Ok(Verdict::Wrong);
    }
    let renewed = if is_current(stored) { None } else { Some(hash(password)?) };
    Ok(Verdict::Right { renewed })
}

fn is_current(stored: &str) -> bool {
    stored.starts_with(&format!("$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}$"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_opens_its_own_hash_and_no_other() {
        let passwords = Passwords::new().unwrap();
        let stored = passwords.hash("a long enough one".into()).wait().unwrap();
        assert!(is_current(&stored), "{stored}");
        let right = passwords.verify("a long enough one".into(), Some(stored.clone()), false).wait().unwrap();
        assert_eq!(right, Verdict::Right { renewed: None });
        assert_eq!(passwords.verify("another".into(), Some(stored), false).wait().unwrap(), Verdict::Wrong);
    }

    #[test]
    fn nobody_has_no_password_and_is_not_told_so_by_a_quick_answer() {
        let passwords = Passwords::new().unwrap();
        let stored = passwords.hash("a long enough one".into()).wait().unwrap();
        let time = |stored: Option<String>| {
            let times = (0..5).map(|_| {
                let start = Instant::now();
                assert_eq!(passwords.verify("wrong".into(), stored.clone(), false).wait().unwrap(), Verdict::Wrong);
                start.elapsed()
            });
            times.min().unwrap()
        };
        // Without the hashing it would be ten thousand times as quick; less than that is the machine's.
        let (nobody, somebody) = (time(None), time(Some(stored)));
        assert!(nobody > somebody / 20, "{nobody:?} {somebody:?}");
    }

    #[test]
    fn a_hash_with_older_parameters_is_renewed() {
        let old = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8_192, 1, 1, None).unwrap());
        let stored = old.hash_password(b"a long enough one").unwrap().to_string();
        let Verdict::Right { renewed: Some(renewed) } = verify("a long enough one", Some(&stored)).unwrap() else {
            panic!("it should be right and renewed");
        };
        assert!(is_current(&renewed));
    }

    #[test]
    fn a_crowd_is_told_to_come_back() {
        let passwords = Passwords::new().unwrap();
        let tickets: Vec<_> = (0..60).map(|_| passwords.verify("wrong".into(), None, false)).collect();
        let refused = tickets.into_iter().filter_map(|t| t.wait().err()).collect::<Vec<_>>();
        assert!(refused.len() >= 60 - QUEUE - 10, "{} were refused", refused.len());
        assert!(refused.iter().all(|e| e.code() == "sign_in_busy"));
    }

    #[test]
    fn strangers_leave_room_for_known_devices() {
        // Nobody works on this queue, so what is in it can be told.
        let (queue, jobs) = sync_channel(QUEUE);
        let passwords = Passwords { queue, waiting: Arc::default() };
        let put = |n, known| (0..n).map(|_| passwords.verify("wrong".into(), None, known)).collect::<Vec<_>>();
        let (strangers, known) = (put(20, false), put(5, true));
        assert_eq!(jobs.try_iter().count(), QUEUE);
        let refused = |tickets: Vec<Ticket<Verdict>>| {
            tickets.into_iter().filter_map(|t| t.wait().err()).filter(|e| e.code() == "sign_in_busy").count()
        };
        assert_eq!((refused(strangers), refused(known)), (20 - STRANGERS, 1));
    }
}
