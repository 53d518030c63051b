//! Making a call again: how often, after which pause, and how much of that altogether (D09, C09).

use std::time::Duration;

use crate::kernel::Moment;

use super::fault::{Again, Fault};

/// How often, and how long between.
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    /// Calls in all.
    pub attempts: u32,
    /// The most that is waited before the second; twice as much before each further one.
    pub first: Duration,
    pub longest: Duration,
}

impl Policy {
    /// The pause after the attempt of that number, from 1; none where it was the last, or where nothing
    /// would come of another. `jitter` from 0 to 1 is the part of the pause that is waited, so that those
    /// who failed together do not come back together.
    pub fn pause(&self, attempt: u32, fault: &Fault, jitter: f64) -> Option<Duration> {
        if attempt >= self.attempts {
            return None;
        }
        match fault.again() {
            Again::Never => None,
            Again::After(wait) => Some(wait),
            Again::Soon => {
                let most = self.first.saturating_mul(1 << (attempt - 1).min(16)).min(self.longest);
                Some(most.mul_f64(jitter.clamp(0.0, 1.0)))
            }
        }
    }
}

/// What a call does at the other side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Made twice, it comes to the same.
    Same,
    /// Each time it makes something: it is made again only when it surely made nothing.
    New,
}

/// Seconds that are counted.
const WINDOW: usize = 60;
/// A source with few calls may repeat so many of them a minute all the same.
const LEAST: u32 = 10;
/// Else one repeat to so many calls.
const PART: u32 = 5;

/// Calls and repeats of the last minute, second by second: a source that is in trouble is not beaten
/// with repeats on top.
#[derive(Clone, Debug)]
pub struct Budget {
    /// (second, calls, repeats)
    seconds: [(i64, u32, u32); WINDOW],
}

impl Default for Budget {
    fn default() -> Self {
        Self { seconds: [(i64::MIN, 0, 0); WINDOW] }
    }
}

impl Budget {
    pub fn note_call(&mut self, now: Moment) {
        self.at(now).1 += 1;
    }

    /// True when one more repeat may be made, which is then counted.
    pub fn take_repeat(&mut self, now: Moment) -> bool {
        let since = now.0.div_euclid(1000) - WINDOW as i64;
        let seen = self.seconds.iter().filter(|(second, ..)| *second > since);
        let (calls, repeats) = seen.fold((0, 0), |(calls, repeats), (_, c, r)| (calls + c, repeats + r));
        let may = repeats < LEAST.max(calls / PART);
        if may {
            self.at(now).2 += 1;
        }
        may
    }

    fn at(&mut self, now: Moment) -> &mut (i64, u32, u32) {
        let second = now.0.div_euclid(1000);
        let place = &mut self.seconds[second.rem_euclid(WINDOW as i64) as usize];
        if place.0 != second {
            *place = (second, 0, 0);
        }
        place
    }
}

/// What stands between one call and the next: the source's budget and breaker, and the clock.
pub trait Way {
    /// May a further attempt be made?
    fn may_repeat(&self) -> bool;
    /// What became of an attempt.
    fn note(&self, fault: Option<&Fault>);
    /// Waits; false when there is no point in going on.
    fn rest(&self, pause: Duration) -> bool;
    /// From 0 to 1.
    fn jitter(&self) -> f64;
}

/// Makes a call until it succeeds or nothing would come of another attempt. `call` is given the number
/// of the attempt, from 1.
pub fn run<T>(
    policy: Policy,
    effect: Effect,
    way: &dyn Way,
    mut call: impl FnMut(u32) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let mut attempt = 1;
    loop {
        let outcome = call(attempt);
        way.note(outcome.as_ref().err());
        let fault = match outcome {
            Ok(got) => return Ok(got),
            Err(fault) => fault,
        };
        let Some(pause) = policy.pause(attempt, &fault, way.jitter()) else { return Err(fault) };
        if effect == Effect::New && !fault.is_undone() {
            return Err(fault);
        }
        if !way.may_repeat() || !way.rest(pause) {
            return Err(fault);
        }
        attempt += 1;
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::super::fault::Broken;
    use super::*;

    const POLICY: Policy = Policy { attempts: 3, first: Duration::from_secs(1), longest: Duration::from_secs(10) };

    struct Road {
        rests: RefCell<Vec<Duration>>,
        repeats: bool,
    }

    impl Way for Road {
        fn may_repeat(&self) -> bool {
            self.repeats
        }
        fn note(&self, _: Option<&Fault>) {}
        fn rest(&self, pause: Duration) -> bool {
            self.rests.borrow_mut().push(pause);
            true
        }
        fn jitter(&self) -> f64 {
            1.0
        }
    }

    /// How many calls were made, what came of them, and what was waited between, in milliseconds.
    fn tried(repeats: bool, faults: &[Fault]) -> (usize, bool, Vec<u128>) {
        tried_as(Effect::Same, repeats, faults)
    }

    fn tried_as(effect: Effect, repeats: bool, faults: &[Fault]) -> (usize, bool, Vec<u128>) {
        let road = Road { rests: RefCell::default(), repeats };
        let mut calls = 0;
        let outcome = run(POLICY, effect, &road, |attempt| {
            calls += 1;
            assert_eq!(attempt as usize, calls);
            faults.get(calls - 1).map_or(Ok(()), |fault| Err(fault.clone()))
        });
        (calls, outcome.is_ok(), road.rests.into_inner().iter().map(Duration::as_millis).collect())
    }

    /// D09
    #[test]
    fn three_attempts_at_once_after_one_second_and_after_two() {
        let down = || Fault::Status(500, None);
        assert_eq!(tried(true, &[down(), down(), down(), down()]), (3, false, vec![1000, 2000]));
        assert_eq!(tried(true, &[down()]), (2, true, vec![1000]));
        assert_eq!(tried(true, &[]), (1, true, vec![]));
        assert_eq!(tried(true, &[Fault::Refused(422)]), (1, false, vec![]));
        assert_eq!(tried(true, &[Fault::Limited(Some(Duration::from_secs(9)))]), (2, true, vec![9000]));
        assert_eq!(tried(false, &[down()]), (1, false, vec![]), "no repeats left");
    }

    #[test]
    fn what_makes_something_is_made_again_only_when_it_surely_made_nothing() {
        let made = |fault: Fault| tried_as(Effect::New, true, &[fault]).0;
        for fault in [Fault::Timeout, Fault::Status(502, None), Fault::Network(Broken::Midway)] {
            assert_eq!(made(fault.clone()), 1, "{fault:?}");
            assert_eq!(tried(true, &[fault]).0, 2);
        }
        assert_eq!(made(Fault::Limited(Some(Duration::from_secs(9)))), 2);
        assert_eq!(made(Fault::Network(Broken::Refused)), 2);
    }

    #[test]
    fn a_pause_is_any_part_of_its_most_and_never_over_the_longest() {
        let many = Policy { attempts: 20, ..POLICY };
        assert_eq!(many.pause(9, &Fault::Timeout, 1.0), Some(Duration::from_secs(10)));
        assert_eq!(many.pause(2, &Fault::Timeout, 0.25), Some(Duration::from_millis(500)));
        assert_eq!(many.pause(1, &Fault::Timeout, 0.0), Some(Duration::ZERO));
    }

    #[test]
    fn repeats_are_at_most_a_fifth_of_the_last_minutes_calls() {
        let mut budget = Budget::default();
        let at = |s: i64| Moment(1_000_000 + s * 1000);
        for _ in 0..LEAST {
            assert!(budget.take_repeat(at(0)));
        }
        assert!(!budget.take_repeat(at(1)));
        for _ in 0..100 {
            budget.note_call(at(2));
        }
        let more = (0..100).filter(|_| budget.take_repeat(at(3))).count();
        assert_eq!(more, 10, "twenty to a hundred calls");
        assert!(budget.take_repeat(at(63)), "a minute later all is forgotten");
    }
}
