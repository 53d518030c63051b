//! Counts over sliding windows: the last minute and five minutes in steps of 10 s, the last hour in
//! minutes, the last day in quarters of an hour.
//!
//! What is counted on the hot path only ever grows; from time to time what has come since is taken
//! over into the present slot of each ring. A slot keeps its filled buckets only.

use std::collections::VecDeque;

use crate::kernel::Moment;

use super::histogram::{BUCKETS, Counts, Recorder};

/// A span up to now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    Minute,
    FiveMinutes,
    Hour,
    Day,
}

impl Window {
    pub const ALL: [Self; 4] = [Self::Minute, Self::FiveMinutes, Self::Hour, Self::Day];

    pub fn as_str(self) -> &'static str {
        ["minute", "five_minutes", "hour", "day"][self as usize]
    }

    /// The ring and how many of its slots.
    fn reach(self) -> (usize, usize) {
        [(0, 6), (0, 30), (1, 60), (2, DAY_SLOTS)][self as usize]
    }
}

/// The width of a ring's slots in milliseconds, and how many it keeps.
const RINGS: [(i64, usize); 3] = [(10_000, 30), (60_000, 60), (QUARTER_MS, DAY_SLOTS)];
pub const QUARTER_MS: i64 = 15 * 60_000;
pub const DAY_SLOTS: usize = 96;

/// What came in one slot.
#[derive(Default)]
struct Slot {
    outcomes: [u64; 3],
    sum_us: u64,
    buckets: Vec<(u8, u32)>,
}

impl Slot {
    fn between(before: &Counts, now: &Counts) -> Self {
        let came = (0..BUCKETS).filter_map(|i| {
            let n = now.buckets[i].saturating_sub(before.buckets[i]);
            (n > 0).then(|| (i as u8, u32::try_from(n).unwrap_or(u32::MAX)))
        });
        Self {
            outcomes: std::array::from_fn(|i| now.outcomes[i].saturating_sub(before.outcomes[i])),
            sum_us: now.sum_us.saturating_sub(before.sum_us),
            buckets: came.collect(),
        }
    }

    fn add(&mut self, other: &Self) {
        for (own, n) in self.outcomes.iter_mut().zip(other.outcomes) {
            *own += n;
        }
        self.sum_us += other.sum_us;
        for (bucket, n) in &other.buckets {
            match self.buckets.binary_search_by_key(bucket, |(b, _)| *b) {
                Ok(at) => self.buckets[at].1 = self.buckets[at].1.saturating_add(*n),
                Err(at) => self.buckets.insert(at, (*bucket, *n)),
            }
        }
    }

    fn pour(&self, counts: &mut Counts) {
        for (own, n) in counts.outcomes.iter_mut().zip(self.outcomes) {
            *own += n;
        }
        counts.sum_us += self.sum_us;
        for (bucket, n) in &self.buckets {
            counts.buckets[usize::from(*bucket)] += u64::from(*n);
        }
    }
}

/// The windows of one recorder.
#[derive(Default)]
pub struct Series {
    seen: Counts,
    /// Slots that hold something, each with its number since 1970, the oldest first.
    rings: [VecDeque<(i64, Slot)>; 3],
}

impl Series {
    /// Takes over what was counted since the last time.
    pub fn collect(&mut self, recorder: &Recorder, now: Moment) {
        let counts = recorder.counts();
        let came = Slot::between(&self.seen, &counts);
        self.seen = counts;
        for (ring, (width, most)) in self.rings.iter_mut().zip(RINGS) {
            let number = now.0.div_euclid(width);
            // A clock that was set back adds to the present slot rather than to one of the past.
            match ring.back_mut() {
                Some((last, slot)) if *last >= number => slot.add(&came),
                _ => {
                    let mut slot = Slot::default();
                    slot.add(&came);
                    ring.push_back((number, slot));
                }
            }
            let last = ring.back().map_or(number, |(last, _)| *last);
            while ring.front().is_some_and(|(first, _)| last - first >= most as i64) {
                ring.pop_front();
            }
        }
    }

    /// What came within a window that ends now.
    pub fn within(&self, window: Window, now: Moment) -> Counts {
        let (ring, slots) = window.reach();
        let last = now.0.div_euclid(RINGS[ring].0);
        let mut counts = Counts::default();
        let recent = self.rings[ring].iter().filter(|(number, _)| last - number < slots as i64);
        recent.for_each(|(_, slot)| slot.pour(&mut counts));
        counts
    }

    /// What came in each quarter of an hour of the last day that has something, with its number.
    pub fn quarters(&self) -> impl Iterator<Item = (i64, Counts)> {
        self.rings[2].iter().map(|(number, slot)| {
            let mut counts = Counts::default();
            slot.pour(&mut counts);
            (*number, counts)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::monitor::histogram::Outcome;

    const NOON: Moment = Moment(1_795_262_400_000);

    fn totals(series: &Series, now: Moment) -> [u64; 4] {
        Window::ALL.map(|window| series.within(window, now).total())
    }

    #[test]
    fn a_count_leaves_each_window_in_its_time() {
        let (recorder, mut series) = (Recorder::default(), Series::default());
        for _ in 0..3 {
            recorder.record(Duration::from_millis(1), Outcome::Done);
        }
        series.collect(&recorder, NOON);
        for (seconds, expected) in [
            (0, [3, 3, 3, 3]),
            (59, [3, 3, 3, 3]),
            (61, [0, 3, 3, 3]),
            (301, [0, 0, 3, 3]),
            (3_601, [0, 0, 0, 3]),
            (86_399, [0, 0, 0, 3]),
            (86_401, [0, 0, 0, 0]),
        ] {
            assert_eq!(totals(&series, NOON.plus_s(seconds)), expected, "after {seconds} s");
        }
    }

    #[test]
    fn each_count_is_taken_over_once_and_into_the_slot_in_which_it_came() {
        let (recorder, mut series) = (Recorder::default(), Series::default());
        for minute in 0..120 {
            recorder.record(Duration::from_millis(minute), Outcome::Done);
            series.collect(&recorder, NOON.plus_s(60 * minute as i64));
            series.collect(&recorder, NOON.plus_s(60 * minute as i64 + 1));
        }
        let now = NOON.plus_s(119 * 60 + 1);
        assert_eq!(totals(&series, now), [1, 5, 60, 120]);
        let hour = series.within(Window::Hour, now);
        let median = hour.quantile_ms(0.5).expect("a median");
        assert!((median - 89.0).abs() < 89.0 / 16.0, "{median}");
        assert_eq!(series.quarters().map(|(_, counts)| counts.total()).collect::<Vec<_>>(), [15; 8]);
    }

    #[test]
    fn days_of_counting_keep_no_more_than_the_rings_hold() {
        let (recorder, mut series) = (Recorder::default(), Series::default());
        for step in 0..3 * 24 * 360 {
            recorder.record(Duration::from_micros(step), Outcome::Failed);
            series.collect(&recorder, NOON.plus_s(10 * step as i64));
        }
        assert_eq!(series.rings.each_ref().map(VecDeque::len), [30, 60, 96]);
        // A clock that is set back loses nothing.
        recorder.record(Duration::from_micros(1), Outcome::Failed);
        series.collect(&recorder, NOON);
        assert_eq!(series.rings[0].back().map(|(_, slot)| slot.outcomes[2]), Some(2));
    }
}
