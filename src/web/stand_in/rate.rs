//! The service's limit of calls within a second.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

const WINDOW: Duration = Duration::from_secs(1);

/// When the calls of the last second were let in.
#[derive(Default)]
pub struct Rate(VecDeque<Instant>);

impl Rate {
    /// Whether one more is within the limit; 0 for no limit. Calls that are refused do not count.
    pub fn admits(&mut self, per_second: u32, now: Instant) -> bool {
        while self.0.front().is_some_and(|at| now.duration_since(*at) >= WINDOW) {
            self.0.pop_front();
        }
        let admitted = per_second == 0 || self.0.len() < per_second as usize;
        if admitted && per_second > 0 {
            self.0.push_back(now);
        }
        admitted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_lets_in_so_many() {
        let (mut rate, start) = (Rate::default(), Instant::now());
        let mut admits = |ms| rate.admits(2, start + Duration::from_millis(ms));
        assert_eq!(
            [admits(0), admits(400), admits(900), admits(1_000), admits(1_300)],
            [true, true, false, true, false]
        );
        assert!((0..1_000).all(|_| Rate::default().admits(0, start)));
    }
}
