//! Counts what was spent since a window began: arithmetic on a clock that is handed in.

use crate::kernel::Moment;

/// What a whole request costs; budgets are counted in tenths of one.
pub const WHOLE: u32 = 10;

/// A window begins with the first request after the last one has ended.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    began: Moment,
    spent: u32,
    exhausted: bool,
}

impl Default for Window {
    fn default() -> Self {
        Self { began: Moment(i64::MIN), spent: 0, exhausted: false }
    }
}

/// What is left of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    /// Tenths of requests.
    pub tenths: u32,
    /// Until the next window may begin.
    pub ms: i64,
}

impl Window {
    /// What is left at this moment, in a window of `length_ms` with room for `budget` tenths.
    pub fn left(&mut self, budget: u32, length_ms: i64, now: Moment) -> Left {
        // Requests on different threads come with clocks that differ a little; only one that was
        // set back for good begins anew.
        let age = now.0.saturating_sub(self.began.0);
        if age >= length_ms || age <= -length_ms {
            *self = Self { began: now, spent: 0, exhausted: false };
            return Left { tenths: budget, ms: length_ms };
        }
        Left { tenths: budget.saturating_sub(self.spent), ms: length_ms - age.max(0) }
    }

    pub fn spend(&mut self, tenths: u32) {
        self.spent = self.spent.saturating_add(tenths);
    }

    /// Notes that more was asked for than is left; true the first time in this window.
    pub fn exhaust(&mut self) -> bool {
        !std::mem::replace(&mut self.exhausted, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment(1_800_000_000_000);
    const MINUTE: i64 = 60_000;

    fn after(ms: i64) -> Moment {
        Moment(NOW.0 + ms)
    }

    #[test]
    fn a_window_begins_with_its_first_request_and_lasts_its_length() {
        let mut window = Window::default();
        assert_eq!(window.left(50, MINUTE, NOW), Left { tenths: 50, ms: MINUTE });
        window.spend(40);
        assert_eq!(window.left(50, MINUTE, after(59_999)), Left { tenths: 10, ms: 1 });
        assert_eq!(window.left(50, MINUTE, after(60_000)), Left { tenths: 50, ms: MINUTE });
    }

    #[test]
    fn it_is_exhausted_once() {
        let mut window = Window::default();
        window.left(10, MINUTE, NOW);
        assert!(window.exhaust());
        assert!(!window.exhaust());
        window.left(10, MINUTE, after(60_000));
        assert!(window.exhaust());
    }

    #[test]
    fn a_clock_that_wavers_gives_nothing_back_and_one_set_back_takes_nothing() {
        let mut window = Window::default();
        window.left(10, MINUTE, NOW);
        window.spend(10);
        assert_eq!(window.left(10, MINUTE, after(-30)), Left { tenths: 0, ms: MINUTE });
        assert_eq!(window.left(10, MINUTE, after(-MINUTE)), Left { tenths: 10, ms: MINUTE });
    }
}
