//! One thing that is counted: on the hot path without a lock, and over its windows when asked.

use std::time::Duration;

use parking_lot::Mutex;

use crate::kernel::Moment;

use super::histogram::{Counts, Outcome, Recorder};
use super::series::{Series, Window};

#[derive(Default)]
pub struct Tally {
    recorder: Recorder,
    /// Made with the first count: most routes are never asked for.
    series: Mutex<Option<Box<Series>>>,
}

impl Tally {
    /// Three atomic additions.
    pub fn record(&self, took: Duration, outcome: Outcome) {
        self.recorder.record(took, outcome);
    }

    /// Everything since the start.
    pub fn counts(&self) -> Counts {
        self.recorder.counts()
    }

    pub fn count(&self) -> u64 {
        self.recorder.count()
    }

    /// Takes over into the windows what came since the last time.
    pub fn collect(&self, now: Moment) {
        let mut series = self.series.lock();
        if series.is_none() && self.recorder.count() == 0 {
            return;
        }
        series.get_or_insert_default().collect(&self.recorder, now);
    }

    /// What came within the window.
    pub fn within(&self, window: Window, now: Moment) -> Counts {
        self.collect(now);
        self.series.lock().as_ref().map(|series| series.within(window, now)).unwrap_or_default()
    }

    /// The quarters of an hour of the last day.
    pub fn quarters(&self, now: Moment) -> Vec<(i64, Counts)> {
        self.collect(now);
        self.series.lock().as_ref().map(|series| series.quarters().collect()).unwrap_or_default()
    }
}
