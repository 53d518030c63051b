//! The breaker of a source: after many failures it is left alone, and then asked once whether it is
//! back (C19).

use std::collections::VecDeque;
use std::time::Duration;

use crate::kernel::Moment;

/// Longer than this nobody is left alone, whatever they ask for.
const LONGEST_MS: i64 = 3_600_000;
/// So many of the latest calls are looked at; half of them failed is too many.
const SEEN: usize = 20;

/// When it opens, and for how long.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// Failures in a row.
    pub row: u32,
    /// Until it is asked again.
    pub pause: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Closed,
    Open {
        until: Moment,
    },
    /// One call is under way; what becomes of it decides.
    Asking,
}

/// What an outcome changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    Opened,
    Closed,
}

/// The breaker of one source. It knows no clock: it is told when things happen.
#[derive(Clone, Debug)]
pub struct Breaker {
    rules: Rules,
    state: State,
    row: u32,
    /// Whether the latest calls failed.
    latest: VecDeque<bool>,
}

impl Breaker {
    pub fn new(rules: Rules) -> Self {
        Self { rules, state: State::Closed, row: 0, latest: VecDeque::with_capacity(SEEN) }
    }

    /// As it was when the server stopped.
    pub fn resume(rules: Rules, open_until: Option<Moment>) -> Self {
        let state = open_until.map_or(State::Closed, |until| State::Open { until });
        Self { state, ..Self::new(rules) }
    }

    /// May a call go out? The first one after the pause may, and takes the question with it.
    pub fn admit(&mut self, now: Moment) -> bool {
        match self.state {
            State::Closed => true,
            State::Open { until } if is_over(until, now) => {
                self.state = State::Asking;
                true
            }
            State::Open { .. } | State::Asking => false,
        }
    }

    /// Would a call be let out now?
    pub fn would_admit(&self, now: Moment) -> bool {
        match self.state {
            State::Closed => true,
            State::Open { until } => is_over(until, now),
            State::Asking => false,
        }
    }

    pub fn is_closed(&self) -> bool {
        self.state == State::Closed
    }

    /// Until when nothing is asked.
    pub fn open_until(&self) -> Option<Moment> {
        if let State::Open { until } = self.state { Some(until) } else { None }
    }

    /// Notes what became of a call.
    pub fn note(&mut self, failed: bool, now: Moment) -> Option<Turn> {
        match (self.state, failed) {
            // Calls that were under way when it opened change nothing any more.
            (State::Open { .. }, _) => None,
            (State::Asking, true) => self.open(now),
            (State::Asking, false) => {
                self.state = State::Closed;
                Some(Turn::Closed)
            }
            (State::Closed, _) => {
                self.row = if failed { self.row + 1 } else { 0 };
                if self.latest.len() == SEEN {
                    self.latest.pop_front();
                }
                self.latest.push_back(failed);
                let many = self.latest.iter().filter(|failed| **failed).count();
                let too_many = self.row >= self.rules.row || (self.latest.len() == SEEN && many * 2 >= SEEN);
                if failed && too_many { self.open(now) } else { None }
            }
        }
    }

    /// Whoever was to ask did not come to it: the next one may.
    pub fn release(&mut self, now: Moment) {
        if self.state == State::Asking {
            self.state = State::Open { until: now };
        }
    }

    fn open(&mut self, now: Moment) -> Option<Turn> {
        self.rest(self.rules.pause, now)
    }

    /// Opens because the other side asks to be left alone for so long.
    pub fn rest(&mut self, pause: Duration, now: Moment) -> Option<Turn> {
        let pause = i64::try_from(pause.as_millis()).unwrap_or(i64::MAX).min(LONGEST_MS);
        self.state = State::Open { until: Moment(now.0.saturating_add(pause)) };
        self.row = 0;
        self.latest.clear();
        Some(Turn::Opened)
    }
}

/// A pause that ends further away than any does was begun on a clock that was set back since.
fn is_over(until: Moment, now: Moment) -> bool {
    now >= until || until.0.saturating_sub(now.0) > LONGEST_MS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaker() -> Breaker {
        Breaker::new(Rules { row: 5, pause: Duration::from_secs(30) })
    }

    fn at(s: i64) -> Moment {
        Moment(s * 1000)
    }

    /// C19
    #[test]
    fn five_failures_in_a_row_open_it_and_one_call_asks_after_thirty_seconds() {
        let mut breaker = breaker();
        for _ in 0..4 {
            assert_eq!(breaker.note(true, at(0)), None);
        }
        breaker.note(false, at(0));
        for _ in 0..4 {
            assert_eq!(breaker.note(true, at(1)), None, "the row was broken");
        }
        assert_eq!(breaker.note(true, at(1)), Some(Turn::Opened));
        assert!(!breaker.admit(at(30)) && !breaker.would_admit(at(30)));
        assert_eq!(breaker.note(false, at(30)), None, "one that was under way");
        assert!(breaker.admit(at(31)));
        assert!(!breaker.admit(at(31)), "one at a time");
        assert_eq!(breaker.note(true, at(40)), Some(Turn::Opened));
        assert_eq!(breaker.open_until(), Some(at(70)));
        assert!(breaker.admit(at(70)));
        assert_eq!(breaker.note(false, at(71)), Some(Turn::Closed));
        assert!(breaker.admit(at(71)) && breaker.admit(at(71)));
    }

    #[test]
    fn a_question_that_was_never_asked_is_asked_by_the_next() {
        let mut breaker = Breaker::resume(Rules { row: 5, pause: Duration::from_secs(30) }, Some(at(10)));
        assert!(!breaker.admit(at(9)) && breaker.admit(at(10)) && !breaker.admit(at(11)));
        breaker.release(at(12));
        assert!(breaker.admit(at(12)));
    }

    #[test]
    fn half_of_the_last_twenty_open_it_and_fewer_seen_do_not() {
        let mut breaker = breaker();
        // Four that fail, one that does not, and so on: never five in a row.
        let turns: Vec<_> = (0..20).map(|n| breaker.note(n % 5 != 4, at(n))).collect();
        assert_eq!(turns.iter().position(Option::is_some), None, "the twentieth call was fine");
        assert_eq!(breaker.note(true, at(21)), Some(Turn::Opened));
        let mut calm = self::breaker();
        assert!((0..200).all(|n| calm.note(n % 3 == 0, at(n)).is_none()), "a third is not half");
    }

    #[test]
    fn whoever_asks_to_be_left_alone_for_long_is_but_not_for_ever() {
        let mut breaker = breaker();
        assert_eq!(breaker.rest(Duration::from_secs(900), at(0)), Some(Turn::Opened));
        assert!(!breaker.would_admit(at(899)) && breaker.would_admit(at(900)));
        breaker.rest(Duration::MAX, at(0));
        assert!(!breaker.would_admit(at(3_599)) && breaker.would_admit(at(3_600)));
    }

    #[test]
    fn a_clock_that_is_set_back_keeps_nobody_out() {
        let breaker = Breaker::resume(Rules { row: 5, pause: Duration::from_secs(30) }, Some(at(90_000)));
        assert!(breaker.would_admit(at(3_000)));
    }
}
