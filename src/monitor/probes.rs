//! Looks at the host again and again, and tells what went on between.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::db::free_space;
use crate::kernel::Moment;

use super::probe::{self, Memory};

/// Shares of time are told of the last minute.
const SPAN_MS: i64 = 60_000;

pub struct Probes {
    folder: PathBuf,
    disk: Option<PathBuf>,
    times: VecDeque<Times>,
}

/// Times that only grow, at one moment.
#[derive(Clone, Copy)]
struct Times {
    at: Moment,
    processor: Option<Duration>,
    disk: Option<Duration>,
}

/// What the host says just now.
#[derive(Debug, Default)]
pub struct Host {
    pub memory: Memory,
    pub cpu: Option<f64>,
    pub disk_free: Option<u64>,
    pub disk_busy: Option<f64>,
}

impl Probes {
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), disk: None, times: VecDeque::new() }
    }

    pub fn look(&mut self, now: Moment) -> Host {
        if self.disk.is_none() {
            self.disk = probe::disk_of(&self.folder);
        }
        let times = Times {
            at: now,
            processor: probe::processor_time(),
            disk: self.disk.as_deref().and_then(probe::disk_time),
        };
        let (cpu, disk_busy) = self.shares(times, probe::processors());
        Host { memory: probe::memory(), cpu, disk_free: free_space(&self.folder), disk_busy }
    }

    /// How much of the last minute the processors and the disk were at work, in percent.
    fn shares(&mut self, times: Times, processors: usize) -> (Option<f64>, Option<f64>) {
        while self.times.get(1).is_some_and(|next| times.at.0 - next.at.0 >= SPAN_MS) {
            self.times.pop_front();
        }
        let before = self.times.front().copied();
        self.times.push_back(times);
        let Some(before) = before.filter(|before| before.at < times.at) else { return (None, None) };
        let wall = (times.at.0 - before.at.0) as f64 / 1000.0;
        let share = |now: Option<Duration>, then: Option<Duration>, width: usize| {
            let used = now?.saturating_sub(then?).as_secs_f64();
            Some((used * 100.0 / wall / width.max(1) as f64).min(100.0))
        };
        (share(times.processor, before.processor, processors), share(times.disk, before.disk, 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_time_are_those_of_the_last_minute() {
        let mut probes = Probes::new(Path::new("nowhere"));
        let start = Moment(1_795_262_400_000);
        let mut look = |second: i64, used_ms: u64| {
            let used = Some(Duration::from_millis(used_ms));
            probes.shares(Times { at: start.plus_s(second), processor: used, disk: None }, 2)
        };
        assert_eq!(look(0, 0), (None, None));
        assert_eq!(look(5, 10_000).0, Some(100.0));
        assert_eq!(look(60, 12_000).0, Some(10.0));
        // The busy start has left the window.
        assert_eq!(look(65, 12_000).0, Some(2_000.0 * 100.0 / 60_000.0 / 2.0));
        assert_eq!(probes.times.len(), 3);
    }
}
