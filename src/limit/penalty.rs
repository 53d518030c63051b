//! One identity's violations, blocks and failed sign-ins: arithmetic on a clock that is handed in.

use crate::kernel::Moment;

use super::book::Entry;

pub(super) const HOUR_MS: i64 = 3_600_000;

/// How long the 1st, 2nd, 3rd and every later violation blocks, in minutes (C18).
const BLOCK_MIN: [i64; 4] = [1, 5, 15, 60];

/// Whoever is signed in only waits for the window at so many violations.
const SPARED: u32 = 2;

/// What is remembered of one identity that went too far, or failed to sign in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Penalty {
    /// Failed sign-ins since `window_start`.
    pub failures: u32,
    pub window_start: Moment,
    /// Exhausted windows that no clean hour has forgiven yet; at most four, for the block grows no
    /// further.
    pub violations: u32,
    /// The end of the last block; clean hours are counted from here.
    pub blocked_until: Moment,
}

impl Default for Penalty {
    fn default() -> Self {
        Self::NONE
    }
}

impl Entry for Penalty {
    fn blocked_until(&self, now: Moment) -> Option<Moment> {
        (self.blocked_until > now).then_some(self.blocked_until)
    }
}

impl Penalty {
    pub const NONE: Self =
        Self { failures: 0, window_start: Moment(0), violations: 0, blocked_until: Moment(i64::MIN / 2) };

    /// Seconds until the block ends, rounded up; `None` when there is no block.
    pub fn wait_s(&self, now: Moment) -> Option<u32> {
        let left = self.blocked_until.0.saturating_sub(now.0);
        (left > 0).then(|| u32::try_from((left + 999) / 1000).unwrap_or(u32::MAX))
    }

    /// Counts a failure against a budget per hour; the one that exhausts it starts a block and a
    /// new window.
    pub fn fail(&mut self, budget: u32, now: Moment) {
        if now.0.saturating_sub(self.window_start.0) >= HOUR_MS {
            self.failures = 0;
        }
        if self.failures == 0 {
            self.window_start = now;
        }
        self.failures += 1;
        if self.failures >= budget {
            self.violate(false, now);
        }
    }

    /// Takes note of an exhausted window. It starts a block, unless this is one of the first two of
    /// somebody who is `signed_in`: a person in a hurry is no attack.
    pub fn violate(&mut self, signed_in: bool, now: Moment) {
        self.forgive(now);
        let spared = signed_in && self.violations < SPARED;
        let minutes = if spared { 0 } else { BLOCK_MIN[(self.violations as usize).min(3)] };
        self.violations = (self.violations + 1).min(4);
        self.blocked_until = now.plus_s(minutes * 60);
        self.failures = 0;
    }

    /// How many violations no clean hour has forgiven yet.
    pub fn level(mut self, now: Moment) -> u32 {
        self.forgive(now);
        self.violations
    }

    /// Lets go of one violation for each hour since the last block.
    fn forgive(&mut self, now: Moment) {
        let hours = now.0.saturating_sub(self.blocked_until.0) / HOUR_MS;
        let forgiven = u32::try_from(hours).unwrap_or(0).min(self.violations);
        self.violations -= forgiven;
        self.blocked_until.0 += i64::from(forgiven) * HOUR_MS;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Moment = Moment(1_800_000_000_000);

    fn minutes(n: i64) -> Moment {
        START.plus_s(n * 60)
    }

    fn exhaust(penalty: &mut Penalty, now: Moment) -> Option<u32> {
        (0..5).for_each(|_| penalty.fail(5, now));
        penalty.wait_s(now)
    }

    #[test]
    fn blocks_grow_with_every_exhausted_window() {
        let mut penalty = Penalty::NONE;
        assert_eq!(exhaust(&mut penalty, minutes(0)), Some(60));
        assert_eq!(exhaust(&mut penalty, minutes(1)), Some(5 * 60));
        assert_eq!(exhaust(&mut penalty, minutes(6)), Some(15 * 60));
        assert_eq!(exhaust(&mut penalty, minutes(21)), Some(60 * 60));
        assert_eq!(exhaust(&mut penalty, minutes(81)), Some(60 * 60));
    }

    #[test]
    fn a_clean_hour_forgives_one_step() {
        let mut penalty = Penalty::NONE;
        exhaust(&mut penalty, minutes(0));
        exhaust(&mut penalty, minutes(1));
        // The second block ended at minute 6; 61 minutes on, one of two violations is left.
        assert_eq!(exhaust(&mut penalty, minutes(67)), Some(5 * 60));
        // And after a long quiet time none is.
        assert_eq!(exhaust(&mut penalty, minutes(1_000)), Some(60));
    }

    #[test]
    fn who_is_signed_in_only_waits_until_the_third_violation() {
        let mut penalty = Penalty::NONE;
        for (at, wait) in [(0, None), (1, None), (2, Some(15 * 60)), (17, Some(60 * 60))] {
            penalty.violate(true, minutes(at));
            assert_eq!(penalty.wait_s(minutes(at)), wait);
        }
        assert_eq!(penalty.level(minutes(17)), 4);
        assert_eq!(penalty.level(minutes(77 + 60)), 3);
        assert_eq!(penalty.level(minutes(77 + 4 * 60)), 0);
    }

    #[test]
    fn failures_are_forgotten_after_their_hour() {
        let mut penalty = Penalty::NONE;
        (0..4).for_each(|_| penalty.fail(5, minutes(0)));
        penalty.fail(5, minutes(60));
        assert_eq!(penalty.wait_s(minutes(60)), None);
        assert_eq!(penalty.failures, 1);
    }

    #[test]
    fn a_clock_set_back_blocks_nobody_for_ever() {
        let mut penalty = Penalty::NONE;
        penalty.fail(5, minutes(500));
        penalty.fail(5, minutes(0));
        assert_eq!(penalty.wait_s(minutes(0)), None);
    }
}
