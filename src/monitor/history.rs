//! The last day in quarters of an hour, for what is no duration: memory, processor, cache.

use std::collections::VecDeque;

use crate::kernel::Moment;

use super::sample::Sample;
use super::series::{DAY_SLOTS, QUARTER_MS};

/// One quarter of an hour.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quarter {
    /// Quarters since 1970.
    pub number: i64,
    /// The most that was seen.
    pub memory: u64,
    pub cpu: f64,
    pub connections: u64,
    pub hits: u64,
    pub misses: u64,
}

#[derive(Default)]
pub struct History {
    quarters: VecDeque<Quarter>,
    /// Hits and misses of the cache since the start, at the moments of the last five minutes.
    cache: VecDeque<(Moment, u64, u64)>,
}

const SPAN_MS: i64 = 5 * 60_000;

impl History {
    /// Takes note of a look at the server.
    pub fn note(&mut self, sample: &Sample, now: Moment) {
        let number = now.0.div_euclid(QUARTER_MS);
        if self.quarters.back().is_none_or(|last| last.number < number) {
            self.quarters.push_back(Quarter { number, ..Quarter::default() });
        }
        while self.quarters.front().is_some_and(|first| number - first.number >= DAY_SLOTS as i64) {
            self.quarters.pop_front();
        }
        let Some(quarter) = self.quarters.back_mut() else { return };
        quarter.memory = quarter.memory.max(sample.memory.resident);
        quarter.cpu = quarter.cpu.max(sample.cpu.unwrap_or(0.0));
        quarter.connections = quarter.connections.max(sample.edge.connections);
    }

    /// The cache's hits and misses of the last five minutes, from its counts since the start.
    pub fn cache(&mut self, hits: u64, misses: u64, now: Moment) -> (u64, u64) {
        let before = self.cache.back().copied();
        if let (Some((_, h, m)), Some(quarter)) = (before, self.quarters.back_mut()) {
            quarter.hits += hits.saturating_sub(h);
            quarter.misses += misses.saturating_sub(m);
        }
        self.cache.push_back((now, hits, misses));
        while self.cache.get(1).is_some_and(|(at, ..)| now.0 - at.0 >= SPAN_MS) {
            self.cache.pop_front();
        }
        let (_, h, m) = self.cache.front().copied().unwrap_or((now, hits, misses));
        (hits.saturating_sub(h), misses.saturating_sub(m))
    }

    pub fn quarters(&self) -> impl Iterator<Item = &Quarter> {
        self.quarters.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::monitor::probe::Memory;

    #[test]
    fn each_quarter_keeps_its_peak_and_a_day_is_kept() {
        let (mut history, start) = (History::default(), Moment(QUARTER_MS * 2_000_000));
        for minute in 0..26 * 60 {
            let now = start.plus_s(60 * minute);
            let memory = Memory { resident: if minute % 15 == 7 { 900 } else { 100 }, ..Memory::default() };
            history.note(&Sample { memory, cpu: Some(1.0), ..Sample::default() }, now);
            let (hits, misses) = history.cache(90 * minute as u64, 10 * minute as u64, now);
            let minutes = minute.min(5) as u64;
            assert_eq!((hits, misses), (90 * minutes, 10 * minutes));
        }
        let quarters: Vec<_> = history.quarters().collect();
        assert_eq!(quarters.len(), 96);
        assert!(quarters.iter().all(|q| (q.memory, q.hits, q.misses) == (900, 15 * 90, 15 * 10)));
        assert_eq!(history.cache.len(), 6);
    }
}
