//! The brake on guessing passwords (C18): by account *with* network, never by account alone, so that
//! nobody can lock another out from elsewhere.
//!
//! Before a sign-in nobody's tier is known, and a budget that differed with the account would tell
//! which accounts exist. A stranger therefore has the basic five. A device that has been in the
//! account before is no stranger: it has a budget of its own, so a neighbour who guesses does not
//! keep the owner out, and where it still holds a session, that of its tier.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use crate::kernel::{Error, Moment, Result, fold};

use super::identity::Key;
use super::penalties::Penalties;
use super::penalty::HOUR_MS;
use super::refusal::{in_words, too_many};
use super::{Budget, Class, Standing, Tier};

/// One network may fail on so many accounts as if each were exhausted once.
const ACCOUNTS_PER_NETWORK: u32 = 20;

/// Failures and blocks of everybody who lately failed to sign in.
pub struct SignIns {
    scale: f64,
    penalties: Arc<Penalties>,
    refused: AtomicU64,
}

/// Who tries to sign in.
#[derive(Clone, Copy, Debug)]
pub struct Attempt<'a> {
    pub email: &'a str,
    pub address: IpAddr,
    /// The device, when it is known to have been in this very account.
    pub device: Option<[u8; 16]>,
    pub tier: Tier,
}

/// A sign-in that was let through to the password check.
pub struct Admitted {
    account: Key,
    budget: u32,
    /// Strangers alone are counted by their network too.
    network: Option<(Key, u32)>,
}

impl SignIns {
    pub(super) fn new(penalties: Arc<Penalties>, scale: f64) -> Self {
        Self { scale, penalties, refused: AtomicU64::new(0) }
    }

    /// Lets a sign-in through to the password check, unless its account or its network is blocked.
    /// A refusal counts as nothing.
    ///
    /// # Errors
    /// Too many, with the seconds to wait; the same words whether or not the account exists.
    pub fn admit(&self, attempt: &Attempt<'_>, now: Moment) -> Result<Admitted> {
        let admitted = self.places(attempt);
        self.refuse_blocked(&admitted, now)?;
        Ok(admitted)
    }

    /// Takes note of how the password check ended. Many may have been let through at once; when
    /// others of them have used up the budget meanwhile, this one is refused whether it was right or
    /// not, so that a burst learns no more than a row of single guesses.
    pub fn settle(&self, admitted: &Admitted, right: bool, now: Moment) -> Result<()> {
        self.refuse_blocked(admitted, now)?;
        if right {
            // Whoever knows the password may forget the misses on the way to it.
            if self.penalties.find(admitted.account).failures > 0 {
                self.penalties.change(admitted.account, now, |penalty| penalty.failures = 0);
            }
            return Ok(());
        }
        for (key, budget) in [Some((admitted.account, admitted.budget)), admitted.network].into_iter().flatten() {
            self.penalties.change(key, now, |penalty| {
                // Of two that end at the same moment, the first may have begun the block.
                if penalty.wait_s(now).is_none() {
                    penalty.fail(budget, now);
                }
            });
        }
        Ok(())
    }

    /// How an account's budget stands, for the headers. It says nothing of whether there is such an
    /// account.
    pub fn standing(&self, attempt: &Attempt<'_>, now: Moment) -> Standing {
        let admitted = self.places(attempt);
        let budget = Budget { requests: admitted.budget, ..Class::SignIn.budget(true) };
        if let Some((reset_s, _)) = self.wait(&admitted, now) {
            return Standing { budget, remaining: 0, reset_s };
        }
        let penalty = self.penalties.find(admitted.account);
        let age = now.0.saturating_sub(penalty.window_start.0);
        let (failures, left_ms) = match penalty.failures {
            1.. if age < HOUR_MS => (penalty.failures, HOUR_MS - age.max(0)),
            _ => (0, HOUR_MS),
        };
        Standing { budget, remaining: admitted.budget.saturating_sub(failures), reset_s: super::seconds(left_ms) }
    }

    pub(super) fn refused(&self) -> u64 {
        self.refused.load(Relaxed)
    }

    fn places(&self, attempt: &Attempt<'_>) -> Admitted {
        let email = fold(attempt.email);
        let budget = |tier| Class::SignIn.budget(true).sized(tier, self.scale).requests;
        match attempt.device {
            Some(device) => {
                Admitted { account: Key::device(&email, &device), budget: budget(attempt.tier), network: None }
            }
            None => Admitted {
                account: Key::account(&email, attempt.address),
                budget: budget(attempt.tier),
                network: Some((
                    Key::network(attempt.address),
                    budget(Tier::Basic).saturating_mul(ACCOUNTS_PER_NETWORK),
                )),
            },
        }
    }

    /// The seconds to wait and the level of the penalty, of whichever takes longer.
    fn wait(&self, admitted: &Admitted, now: Moment) -> Option<(u32, u32)> {
        let of = |key| {
            let penalty = self.penalties.find(key);
            penalty.wait_s(now).map(|seconds| (seconds, penalty.level(now)))
        };
        of(admitted.account).max(admitted.network.and_then(|(key, _)| of(key)))
    }

    fn refuse_blocked(&self, admitted: &Admitted, now: Moment) -> Result<()> {
        let Some((seconds, level)) = self.wait(admitted, now) else { return Ok(()) };
        self.refused.fetch_add(1, Relaxed);
        let message = format!(
            "Too many sign-ins from here have failed. Wait {} and try again, or ask an owner for a link to set a new \
             password.",
            in_words(seconds)
        );
        Err::<(), Error>(too_many(seconds, level, message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment(1_800_000_000_000);

    fn home() -> IpAddr {
        "192.0.2.17".parse().unwrap()
    }

    fn brake(scale: f64) -> SignIns {
        SignIns::new(Arc::new(Penalties::new(1_000)), scale)
    }

    fn stranger(email: &str, address: IpAddr) -> Attempt<'_> {
        Attempt { email, address, device: None, tier: Tier::Basic }
    }

    /// One failed sign-in; `Some` with the seconds when it was not even looked at.
    fn miss(brake: &SignIns, attempt: Attempt<'_>, now: Moment) -> Option<u32> {
        match brake.admit(&attempt, now) {
            Ok(admitted) => brake.settle(&admitted, false, now).map_or(Some(0), |()| None),
            Err(Error::TooMany(_, seconds)) => Some(seconds),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn the_sixth_guess_waits_a_minute_and_waiting_adds_nothing() {
        let brake = brake(1.0);
        for left in (0..5).rev() {
            assert_eq!(miss(&brake, stranger("a@example.com", home()), NOW), None);
            assert_eq!(brake.standing(&stranger("a@example.com", home()), NOW).remaining, left);
        }
        for _ in 0..20 {
            assert_eq!(miss(&brake, stranger("A@Example.com", home()), NOW), Some(60));
        }
        assert_eq!(brake.standing(&stranger("a@example.com", home()), NOW).reset_s, 60);
        assert_eq!(miss(&brake, stranger("a@example.com", home()), NOW.plus_s(60)), None);
    }

    #[test]
    fn nobody_is_locked_out_from_elsewhere() {
        let brake = brake(1.0);
        for _ in 0..6 {
            miss(&brake, stranger("a@example.com", home()), NOW);
        }
        let neighbour = "192.0.2.200".parse().unwrap();
        assert!(miss(&brake, stranger("a@example.com", neighbour), NOW).is_some());
        for elsewhere in ["192.0.3.17", "2001:db8::1"] {
            assert_eq!(miss(&brake, stranger("a@example.com", elsewhere.parse().unwrap()), NOW), None);
        }
        assert_eq!(miss(&brake, stranger("b@example.com", home()), NOW), None);
    }

    #[test]
    fn a_known_device_is_not_kept_out_by_its_neighbours_and_has_no_more_guesses_than_they() {
        let brake = brake(1.0);
        for n in 0..200 {
            miss(&brake, stranger("a@example.com", home()), NOW);
            miss(&brake, stranger(&format!("{n}@example.com"), home()), NOW);
        }
        let known = Attempt { device: Some([7; 16]), ..stranger("a@example.com", home()) };
        let admitted = brake.admit(&known, NOW).unwrap();
        brake.settle(&admitted, true, NOW).unwrap();
        let misses = (0..50).filter(|_| miss(&brake, known, NOW).is_none()).count();
        assert_eq!(misses, 5);
        let other = Attempt { device: Some([8; 16]), ..known };
        assert_eq!(miss(&brake, other, NOW), None);
    }

    #[test]
    fn one_address_cannot_try_one_password_on_everybody() {
        let brake = brake(1.0);
        let refused =
            (0..150).filter(|n| miss(&brake, stranger(&format!("{n}@example.com"), home()), NOW).is_some()).count();
        assert_eq!(refused, 50);
        assert_eq!(brake.refused(), 50);
    }

    #[test]
    fn only_failures_count_and_a_right_password_forgets_them() {
        let brake = brake(1.0);
        for _ in 0..3 {
            (0..4).for_each(|_| assert_eq!(miss(&brake, stranger("a@example.com", home()), NOW), None));
            for _ in 0..10 {
                let admitted = brake.admit(&stranger("a@example.com", home()), NOW).unwrap();
                brake.settle(&admitted, true, NOW).unwrap();
            }
        }
    }

    #[test]
    fn a_burst_learns_no_more_than_a_row_of_guesses() {
        let brake = brake(1.0);
        let burst: Vec<_> = (0..10).map(|_| brake.admit(&stranger("a@example.com", home()), NOW).unwrap()).collect();
        for admitted in &burst[..5] {
            brake.settle(admitted, false, NOW).unwrap();
        }
        assert!(brake.settle(&burst[5], true, NOW).is_err());
    }

    #[test]
    fn the_budget_follows_tier_and_scale() {
        let let_in = |scale, tier| {
            let brake = brake(scale);
            let attempt = Attempt { tier, ..stranger("a@example.com", home()) };
            (0..200).take_while(|_| miss(&brake, attempt, NOW).is_none()).count()
        };
        assert_eq!(let_in(1.0, Tier::Premium), 15);
        assert_eq!(let_in(1.0, Tier::Admin), 50);
        assert_eq!(let_in(2.0, Tier::Basic), 10);
        assert_eq!(let_in(0.0, Tier::Basic), 1);
    }

    #[test]
    fn changes_are_written_at_most_once_a_second() {
        let brake = brake(1.0);
        let unwritten = |now| brake.penalties.unwritten(now);
        miss(&brake, stranger("a@example.com", home()), NOW);
        assert_eq!(unwritten(NOW).map(|c| c.weight()), Some(2));
        miss(&brake, stranger("a@example.com", home()), NOW);
        assert!(unwritten(NOW.plus_s(0)).is_none());
        assert!(unwritten(NOW.plus_s(1)).is_some());
        assert!(unwritten(NOW.plus_s(9)).is_none());
    }
}
