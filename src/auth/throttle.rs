//! The brake on guessing passwords (C18): by account *with* address prefix, never by account alone,
//! so that nobody can lock another out from elsewhere.
//!
//! Before a sign-in nobody's tier is known, and a budget that differed with the account would tell
//! which accounts exist. A stranger therefore has the basic five; only who already holds a session
//! of the same identity (a second sign-in, a change of password) has the budget of its tier.

use std::collections::HashSet;
use std::net::{IpAddr, Ipv6Addr};

use parking_lot::Mutex;
use quick_cache::unsync::Cache;
use rusqlite::Connection;
use sha2::Digest as _;

use crate::db::{Change, Value, fault};
use crate::kernel::{Error, Moment, Result, fold};

use super::Tier;
use super::penalty::{HOUR_MS, Penalty};

/// How many identities are remembered; beyond it the least used are forgotten.
const REMEMBERED: u32 = 100_000;
/// One address prefix may fail on so many accounts as if each were exhausted once.
const ACCOUNTS_PER_PREFIX: u32 = 20;
/// Four violations are forgiven after four clean hours; what is older says nothing any more.
const MEMORY_MS: i64 = 5 * HOUR_MS;

type Key = [u8; 16];

/// Failures and blocks of everybody who lately failed to sign in.
pub struct Throttle {
    scale: f64,
    state: Mutex<State>,
}

struct State {
    known: Cache<Key, Penalty>,
    unwritten: HashSet<Key>,
    written_at: Moment,
}

/// A sign-in that was let through to the password check.
pub struct Attempt {
    account: (Key, u32),
    prefix: (Key, u32),
}

impl Throttle {
    /// `scale` multiplies every budget (`LARDER_LIMIT_SCALE`).
    pub fn new(scale: f64) -> Self {
        let state = State { known: Cache::new(REMEMBERED as usize), unwritten: HashSet::new(), written_at: Moment(0) };
        Self { scale, state: Mutex::new(state) }
    }

    /// Recalls what an earlier run wrote.
    pub fn recall(&self, connection: &Connection, now: Moment) -> Result<()> {
        let mut statement = connection
            .prepare(
                "SELECT key, failures, window_start, violations, blocked_until FROM throttle
                 WHERE updated_at > ?1 ORDER BY updated_at DESC LIMIT ?2",
            )
            .map_err(fault)?;
        let rows = statement
            .query_map((now.0 - MEMORY_MS, REMEMBERED), |row| {
                let penalty = Penalty {
                    failures: row.get(1)?,
                    window_start: Moment(row.get(2)?),
                    violations: row.get(3)?,
                    blocked_until: Moment(row.get(4)?),
                };
                Ok((row.get::<_, Vec<u8>>(0)?, penalty))
            })
            .map_err(fault)?;
        let mut state = self.state.lock();
        for row in rows {
            let (key, penalty) = row.map_err(fault)?;
            if let Ok(key) = Key::try_from(key) {
                state.known.insert(key, penalty);
            }
        }
        Ok(())
    }

    /// Lets a sign-in through to the password check, unless its account or its address is blocked.
    /// A refusal counts as nothing.
    ///
    /// # Errors
    /// Too many, with the seconds to wait; the same words whether or not the account exists.
    pub fn admit(&self, email: &str, address: IpAddr, tier: Tier, now: Moment) -> Result<Attempt> {
        let prefix = prefix(address);
        let attempt = Attempt {
            account: (key("account", &fold(email), &prefix), self.budget(tier.failed_sign_ins())),
            prefix: (
                key("prefix", "", &prefix),
                self.budget(Tier::Basic.failed_sign_ins().saturating_mul(ACCOUNTS_PER_PREFIX)),
            ),
        };
        refuse_blocked(&self.state.lock(), &attempt, now)?;
        Ok(attempt)
    }

    /// Takes note of how the password check ended. Many may have been let through at once; when
    /// others of them have used up the budget meanwhile, this one is refused whether it was right or
    /// not, so that a burst learns no more than a row of single guesses.
    pub fn settle(&self, attempt: &Attempt, right: bool, now: Moment) -> Result<()> {
        let mut state = self.state.lock();
        refuse_blocked(&state, attempt, now)?;
        if right {
            // Whoever knows the password may forget the misses on the way to it.
            if let Some(mut penalty) = state.known.get(&attempt.account.0).copied()
                && penalty.failures > 0
            {
                penalty.failures = 0;
                state.note(attempt.account.0, penalty);
            }
        } else {
            for (key, budget) in [attempt.account, attempt.prefix] {
                let mut penalty = state.known.get(&key).copied().unwrap_or(Penalty::NONE);
                penalty.fail(budget, now);
                state.note(key, penalty);
            }
        }
        Ok(())
    }

    /// What has changed since the last call, to be written; `None` within a second of the last one
    /// and when nothing has.
    pub fn unwritten(&self, now: Moment) -> Option<Change> {
        let mut state = self.state.lock();
        if now.0.saturating_sub(state.written_at.0).abs() < 1_000 {
            return None;
        }
        state.write(now)
    }

    /// What has changed since the last call, however long ago that was: the last words of a server
    /// that stops.
    pub fn last_words(&self, now: Moment) -> Option<Change> {
        self.state.lock().write(now)
    }

    /// Removes from the store what says nothing any more, and what is too much to remember.
    pub fn tidy(now: Moment) -> Change {
        let mut change = Change::new();
        change.push("DELETE FROM throttle WHERE updated_at <= ?1", vec![(now.0 - MEMORY_MS).into()]);
        change.push(
            "DELETE FROM throttle WHERE key IN (SELECT key FROM throttle ORDER BY updated_at DESC LIMIT -1 OFFSET ?1)",
            vec![Value::Int(i64::from(REMEMBERED))],
        );
        change
    }

    /// How many identities are remembered, for the gauge.
    pub fn remembered(&self) -> usize {
        self.state.lock().known.len()
    }

    fn budget(&self, failures: u32) -> u32 {
        // `as` saturates: a scale of zero or less still leaves one try, an absurd one is no limit.
        (f64::from(failures) * self.scale).round().max(1.0) as u32
    }
}

impl State {
    fn write(&mut self, now: Moment) -> Option<Change> {
        if self.unwritten.is_empty() {
            return None;
        }
        self.written_at = now;
        let keys = std::mem::take(&mut self.unwritten);
        let rows = keys.iter().filter_map(|key| self.known.peek(key).map(|penalty| row(key, penalty, now))).collect();
        let mut change = Change::new();
        change.push_many(
            "INSERT INTO throttle(key, failures, window_start, violations, blocked_until, updated_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT(key) DO UPDATE SET failures = ?2, window_start = ?3, violations = ?4, blocked_until = ?5,
             updated_at = ?6",
            rows,
        );
        Some(change)
    }

    fn note(&mut self, key: Key, penalty: Penalty) {
        self.known.insert(key, penalty);
        self.unwritten.insert(key);
    }
}

fn refuse_blocked(state: &State, attempt: &Attempt, now: Moment) -> Result<()> {
    let wait = |key| state.known.get(&key).and_then(|penalty| penalty.wait_s(now));
    let Some(seconds) = wait(attempt.account.0).max(wait(attempt.prefix.0)) else { return Ok(()) };
    let minutes = crate::kernel::plural(u64::from(seconds.div_ceil(60)), "minute", "minutes");
    Err(Error::too_many(
        seconds,
        format!(
            "Too many sign-ins from here have failed. Wait {minutes} and try again, or ask an owner for a link to set \
             a new password."
        ),
    ))
}

fn row(key: &Key, penalty: &Penalty, now: Moment) -> Vec<Value> {
    vec![
        Value::Blob(key.as_slice().into()),
        i64::from(penalty.failures).into(),
        penalty.window_start.into(),
        i64::from(penalty.violations).into(),
        penalty.blocked_until.into(),
        now.into(),
    ]
}

/// The part of an address that stands for one household or office: /24 of IPv4, /64 of IPv6.
fn prefix(address: IpAddr) -> [u8; 8] {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            // No IPv6 network of the Internet begins with zeroes, so the two sorts cannot meet.
            [0, 0, 0, 0, 4, a, b, c]
        }
        IpAddr::V6(v6) => first_half(v6),
    }
}

fn first_half(v6: Ipv6Addr) -> [u8; 8] {
    let mut half = [0; 8];
    half.copy_from_slice(&v6.octets()[..8]);
    half
}

/// A digest, so that the table holds no e-mail addresses of strangers and every key is short.
fn key(sort: &str, account: &str, prefix: &[u8; 8]) -> Key {
    let digest = sha2::Sha256::new().chain_update(sort).chain_update(prefix).chain_update(account).finalize();
    let mut key = [0; 16];
    key.copy_from_slice(&digest[..16]);
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment(1_800_000_000_000);

    fn home() -> IpAddr {
        "192.0.2.17".parse().unwrap()
    }

    /// One failed sign-in; `Some` with the seconds when it was not even looked at.
    fn miss(throttle: &Throttle, email: &str, address: IpAddr, now: Moment) -> Option<u32> {
        match throttle.admit(email, address, Tier::Basic, now) {
            Ok(attempt) => throttle.settle(&attempt, false, now).map_or(Some(0), |()| None),
            Err(Error::TooMany(_, seconds)) => Some(seconds),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn the_sixth_guess_waits_a_minute_and_waiting_adds_nothing() {
        let throttle = Throttle::new(1.0);
        for _ in 0..5 {
            assert_eq!(miss(&throttle, "a@example.com", home(), NOW), None);
        }
        for _ in 0..20 {
            assert_eq!(miss(&throttle, "A@Example.com", home(), NOW), Some(60));
        }
        assert_eq!(miss(&throttle, "a@example.com", home(), NOW.plus_s(60)), None);
    }

    #[test]
    fn nobody_is_locked_out_from_elsewhere() {
        let throttle = Throttle::new(1.0);
        for _ in 0..6 {
            miss(&throttle, "a@example.com", home(), NOW);
        }
        let neighbour = "192.0.2.200".parse().unwrap();
        assert!(miss(&throttle, "a@example.com", neighbour, NOW).is_some());
        for elsewhere in ["192.0.3.17", "2001:db8::1"] {
            assert_eq!(miss(&throttle, "a@example.com", elsewhere.parse().unwrap(), NOW), None);
        }
        assert_eq!(miss(&throttle, "b@example.com", home(), NOW), None);
    }

    #[test]
    fn an_ipv4_address_in_ipv6_clothes_is_the_same() {
        assert_eq!(prefix("::ffff:192.0.2.17".parse().unwrap()), prefix(home()));
    }

    #[test]
    fn one_address_cannot_try_one_password_on_everybody() {
        let throttle = Throttle::new(1.0);
        let refused = (0..150).filter(|n| miss(&throttle, &format!("{n}@example.com"), home(), NOW).is_some()).count();
        assert_eq!(refused, 50);
    }

    #[test]
    fn only_failures_count_and_a_right_password_forgets_them() {
        let throttle = Throttle::new(1.0);
        for _ in 0..3 {
            (0..4).for_each(|_| assert_eq!(miss(&throttle, "a@example.com", home(), NOW), None));
            for _ in 0..10 {
                let attempt = throttle.admit("a@example.com", home(), Tier::Basic, NOW).unwrap();
                throttle.settle(&attempt, true, NOW).unwrap();
            }
        }
    }

    #[test]
    fn a_burst_learns_no_more_than_a_row_of_guesses() {
        let throttle = Throttle::new(1.0);
        let burst: Vec<_> =
            (0..10).map(|_| throttle.admit("a@example.com", home(), Tier::Basic, NOW).unwrap()).collect();
        for attempt in &burst[..5] {
            throttle.settle(attempt, false, NOW).unwrap();
        }
        assert!(throttle.settle(&burst[5], true, NOW).is_err());
    }

    #[test]
    fn the_budget_follows_tier_and_scale() {
        let premium = Throttle::new(1.0);
        let let_in = |throttle: &Throttle, tier| {
            (0..200)
                .take_while(|_| {
                    let attempt = throttle.admit("a@example.com", home(), tier, NOW);
                    attempt.is_ok_and(|a| throttle.settle(&a, false, NOW).is_ok())
                })
                .count()
        };
        assert_eq!(let_in(&premium, Tier::Premium), 15);
        assert_eq!(let_in(&Throttle::new(1.0), Tier::Admin), 50);
        assert_eq!(let_in(&Throttle::new(2.0), Tier::Basic), 10);
        assert_eq!(let_in(&Throttle::new(0.0), Tier::Basic), 1);
    }

    #[test]
    fn changes_are_written_at_most_once_a_second() {
        let throttle = Throttle::new(1.0);
        miss(&throttle, "a@example.com", home(), NOW);
        assert_eq!(throttle.unwritten(NOW).map(|c| c.weight()), Some(2));
        miss(&throttle, "a@example.com", home(), NOW);
        assert!(throttle.unwritten(NOW.plus_s(0)).is_none());
        assert!(throttle.unwritten(NOW.plus_s(1)).is_some());
        assert!(throttle.unwritten(NOW.plus_s(9)).is_none());
    }
}
