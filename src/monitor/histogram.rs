//! How long things take, counted in buckets: a fixed size, no lock, and quantiles that are true to
//! within a sixteenth.
//!
//! Buckets are log-linear: below 8 µs one for each microsecond, above that eight for each doubling,
//! up to two minutes.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// Enough for every time below 2^27 µs, some 134 s; what lasts longer counts as that.
pub const BUCKETS: usize = 200;
const LINEAR_BITS: u32 = 3;

/// How a thing ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// Refused, and rightly so: the asker's mistake.
    Refused,
    /// Our fault.
    Failed,
}

impl Outcome {
    /// Of an answer with this HTTP status.
    pub fn of(status: u16) -> Self {
        match status {
            500.. => Self::Failed,
            400.. => Self::Refused,
            _ => Self::Done,
        }
    }
}

/// The bucket of a time in microseconds.
pub fn bucket(us: u64) -> usize {
    if us < 1 << LINEAR_BITS {
        return us as usize;
    }
    let exponent = 63 - us.leading_zeros();
    let sub = (us >> (exponent - LINEAR_BITS)) & 7;
    ((u64::from(exponent - 2) << LINEAR_BITS | sub) as usize).min(BUCKETS - 1)
}

/// The first time that belongs to a bucket, in microseconds.
pub fn lower(bucket: usize) -> u64 {
    let bucket = bucket as u64;
    match bucket >> LINEAR_BITS {
        0 => bucket,
        block => (8 | (bucket & 7)) << (block - 1),
    }
}

/// Counts as they are made, from any thread.
pub struct Recorder {
    outcomes: [AtomicU64; 3],
    sum_us: AtomicU64,
    buckets: [AtomicU64; BUCKETS],
}

impl Default for Recorder {
    fn default() -> Self {
        let zero = |_| AtomicU64::new(0);
        Self { outcomes: std::array::from_fn(zero), sum_us: AtomicU64::new(0), buckets: std::array::from_fn(zero) }
    }
}

impl Recorder {
    pub fn record(&self, took: Duration, outcome: Outcome) {
        let us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX >> 20);
        self.buckets[bucket(us)].fetch_add(1, Relaxed);
        self.sum_us.fetch_add(us, Relaxed);
        self.outcomes[outcome as usize].fetch_add(1, Relaxed);
    }

    /// How many were counted so far.
    pub fn count(&self) -> u64 {
        self.outcomes.iter().map(|o| o.load(Relaxed)).sum()
    }

    /// Everything that was counted so far.
    pub fn counts(&self) -> Counts {
        Counts {
            outcomes: std::array::from_fn(|i| self.outcomes[i].load(Relaxed)),
            sum_us: self.sum_us.load(Relaxed),
            buckets: Box::new(std::array::from_fn(|i| self.buckets[i].load(Relaxed))),
        }
    }
}

/// Counts of some span of time.
#[derive(Clone, Debug)]
pub struct Counts {
    /// In the order of [`Outcome`].
    pub outcomes: [u64; 3],
    pub sum_us: u64,
    pub buckets: Box<[u64; BUCKETS]>,
}

impl Default for Counts {
    fn default() -> Self {
        Self { outcomes: [0; 3], sum_us: 0, buckets: Box::new([0; BUCKETS]) }
    }
}

impl Counts {
    pub fn total(&self) -> u64 {
        self.outcomes.iter().sum()
    }

    pub fn failed(&self) -> u64 {
        self.outcomes[Outcome::Failed as usize]
    }

    /// The share that failed, in percent; `None` without anything to share.
    pub fn failed_percent(&self) -> Option<f64> {
        let total = self.total();
        (total > 0).then(|| self.failed() as f64 * 100.0 / total as f64)
    }

    pub fn mean_ms(&self) -> Option<f64> {
        let total = self.total();
        (total > 0).then(|| self.sum_us as f64 / total as f64 / 1000.0)
    }

    /// The time within which this share of all was done, in milliseconds.
    pub fn quantile_ms(&self, share: f64) -> Option<f64> {
        let total: u64 = self.buckets.iter().sum();
        let rank = ((total as f64 * share).ceil() as u64).max(1);
        let mut seen = 0;
        let found = self.buckets.iter().position(|n| {
            seen += n;
            seen >= rank
        })?;
        let (low, high) = (lower(found), lower(found + 1) - 1);
        Some((low + high) as f64 / 2000.0)
    }

    /// How many took less than so long, to within a bucket.
    pub fn below(&self, limit: Duration) -> u64 {
        let end = bucket(u64::try_from(limit.as_micros()).unwrap_or(u64::MAX));
        self.buckets[..end].iter().sum()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn buckets_follow_each_other_without_gap_or_overlap() {
        for at in 0..BUCKETS {
            assert_eq!(bucket(lower(at)), at);
            if at > 0 {
                assert_eq!(bucket(lower(at) - 1), at - 1);
            }
        }
        assert_eq!(bucket(u64::MAX), BUCKETS - 1);
    }

    #[test]
    fn nothing_has_no_quantile() {
        assert_eq!(Counts::default().quantile_ms(0.5), None);
        assert_eq!(Counts::default().failed_percent(), None);
    }

    #[test]
    fn failures_are_ours_alone() {
        let recorder = Recorder::default();
        for status in [200, 304, 404, 422, 500, 503, 201, 204, 200, 200] {
            recorder.record(Duration::from_millis(2), Outcome::of(status));
        }
        let counts = recorder.counts();
        assert_eq!((counts.total(), counts.failed(), counts.failed_percent()), (10, 2, Some(20.0)));
        assert_eq!(counts.mean_ms(), Some(2.0));
    }

    proptest! {
        #[test]
        fn a_quantile_is_true_to_within_a_sixteenth(
            mut times in prop::collection::vec(0u64..100_000_000, 1..400),
            share in 0.01f64..1.0,
        ) {
            let recorder = Recorder::default();
            times.iter().for_each(|us| recorder.record(Duration::from_micros(*us), Outcome::Done));
            times.sort_unstable();
            let rank = ((times.len() as f64 * share).ceil() as usize).max(1);
            let exact = times[rank - 1] as f64 / 1000.0;
            let told = recorder.counts().quantile_ms(share).expect("a quantile");
            prop_assert!((told - exact).abs() <= exact / 16.0 + 0.001, "{told} for {exact}");
        }
    }
}
