//! Passwords: argon2id, one at a time, on a thread of their own.
//!
//! A hash takes 19 MB and some 20 ms of a core on purpose. One at a time bounds the memory, which is
//! given back after each; a queue of 16 bounds the wait.

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
}

struct Job {
    since: Instant,
    /// Runs the work, or refuses it when told that it waited too long.
    work: Box<dyn FnOnce(bool) + Send>,
}

impl Passwords {
    pub fn new() -> Result<Self> {
        let (queue, jobs) = sync_channel(QUEUE);
        std::thread::Builder::new().name("passwords".into()).spawn(move || run(&jobs)).map_err(Error::internal)?;
        Ok(Self { queue })
    }

    /// The PHC string of a password, with a fresh salt.
    ///
    /// # Errors
    /// Busy when the queue is full or the wait was too long; [`Self::verify`] alike.
    pub fn hash(&self, password: String) -> Ticket<String> {
        self.put(move || hash(&password))
    }

    /// Compares a password with a PHC string. Without one (nobody has that e-mail address, or no
    /// password was ever set) it works just as long and says [`Verdict::Wrong`].
    pub fn verify(&self, password: String, stored: Option<String>) -> Ticket<Verdict> {
        self.put(move || verify(&password, stored.as_deref()))
    }

    fn put<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Ticket<T> {
        let (sender, answer) = ticket();
        let work = Box::new(move |late: bool| {
            if late {
                sender.send(Err(busy()));
            } else if !sender.is_abandoned() {
                sender.send(work());
            }
        });
        if let Err(TrySendError::Full(job) | TrySendError::Disconnected(job)) =
            self.queue.try_send(Job { since: Instant::now(), work })
        {
            (job.work)(true);
        }
        answer
    }
}

fn run(jobs: &Receiver<Job>) {
    while let Ok(job) = jobs.recv() {
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
        let right = passwords.verify("a long enough one".into(), Some(stored.clone())).wait().unwrap();
        assert_eq!(right, Verdict::Right { renewed: None });
        assert_eq!(passwords.verify("another".into(), Some(stored)).wait().unwrap(), Verdict::Wrong);
    }

    #[test]
    fn nobody_has_no_password_and_it_takes_as_long() {
        let passwords = Passwords::new().unwrap();
        let stored = passwords.hash("a long enough one".into()).wait().unwrap();
        let time = |stored: Option<String>| {
            let times = (0..5).map(|_| {
                let start = Instant::now();
                assert_eq!(passwords.verify("wrong".into(), stored.clone()).wait().unwrap(), Verdict::Wrong);
                start.elapsed()
            });
            times.min().unwrap()
        };
        let (nobody, somebody) = (time(None), time(Some(stored)));
        assert!(nobody > somebody / 2 && nobody < somebody * 2, "{nobody:?} {somebody:?}");
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
        let tickets: Vec<_> = (0..60).map(|_| passwords.verify("wrong".into(), None)).collect();
        let refused = tickets.into_iter().filter_map(|t| t.wait().err()).collect::<Vec<_>>();
        assert!(refused.len() >= 60 - QUEUE - 10, "{} were refused", refused.len());
        assert!(refused.iter().all(|e| e.code() == "sign_in_busy"));
    }
}
