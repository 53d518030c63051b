//! What the cache has done since the start.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use super::Cache;

#[derive(Debug, Default)]
pub struct Hits(AtomicU64);

impl Hits {
    pub fn hit(&self) {
        self.0.fetch_add(1, Relaxed);
    }
}

#[derive(Debug, Default)]
pub struct Counters {
    pub hot: Hits,
    pub warm: Hits,
    pub cold: Hits,
    misses: AtomicU64,
    shared: AtomicU64,
    died: AtomicU64,
    promoted: AtomicU64,
    corrupt: AtomicU64,
    incoherent: AtomicU64,
    warmed: AtomicU64,
}

/// One tier at a glance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TierFigures {
    pub hits: u64,
    pub entries: u64,
    pub bytes: u64,
    pub capacity: u64,
    /// Had to make room for others.
    pub evicted: u64,
}

/// The whole cache at a glance; counts are since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    pub hot: TierFigures,
    pub warm: TierFigures,
    pub cold: TierFigures,
    /// Asked for and not there.
    pub misses: u64,
    /// Answered by what somebody else had just asked for.
    pub shared: u64,
    /// Found, and not shown because something had changed or its time was over.
    pub died: u64,
    /// Came back from aside.
    pub promoted: u64,
    /// Set aside and not the same when it came back.
    pub corrupt: u64,
    /// Not what the store said when somebody compared.
    pub incoherent: u64,
    /// Made before anybody asked.
    pub warmed: u64,
}

impl Counters {
    pub fn missed(&self) {
        self.misses.fetch_add(1, Relaxed);
    }
    pub fn shared(&self) {
        self.shared.fetch_add(1, Relaxed);
    }
    pub fn died(&self) {
        self.died.fetch_add(1, Relaxed);
    }
    pub fn promoted(&self) {
        self.promoted.fetch_add(1, Relaxed);
    }
    pub fn corrupt(&self) {
        self.corrupt.fetch_add(1, Relaxed);
        tracing::error!("an answer that was set aside came back damaged, and was built anew");
    }

    pub fn warmed(&self) {
        self.warmed.fetch_add(1, Relaxed);
    }
    pub fn incoherent(&self) {
        self.incoherent.fetch_add(1, Relaxed);
        tracing::error!("a kept answer was not what the store says; all of its kind are built anew");
    }

    pub fn figures(&self, cache: &Cache) -> Figures {
        let tier = |hits: &Hits, entries: usize, bytes, capacity, evicted| TierFigures {
            hits: hits.0.load(Relaxed),
            entries: entries as u64,
            bytes,
            capacity,
            evicted,
        };
        let Cache { hot, warm, cold, .. } = cache;
        Figures {
            hot: tier(&self.hot, hot.len(), hot.weight(), hot.capacity(), cache.evicted[0].load(Relaxed)),
            warm: tier(&self.warm, warm.len(), warm.weight(), warm.capacity(), cache.evicted[1].load(Relaxed)),
            cold: tier(&self.cold, cold.len(), cold.weight(), cold.capacity(), cache.evicted[2].load(Relaxed)),
            misses: self.misses.load(Relaxed),
            shared: self.shared.load(Relaxed),
            died: self.died.load(Relaxed),
            promoted: self.promoted.load(Relaxed),
            corrupt: self.corrupt.load(Relaxed),
            incoherent: self.incoherent.load(Relaxed),
            warmed: self.warmed.load(Relaxed),
        }
    }
}

impl Figures {
    pub fn hits(&self) -> u64 {
        self.hot.hits + self.warm.hits + self.cold.hits + self.shared
    }
    pub fn bytes(&self) -> u64 {
        self.hot.bytes + self.warm.bytes + self.cold.bytes
    }
    /// Of all that was asked for, between 0 and 1; `None` before anything was.
    pub fn hit_rate(&self) -> Option<f64> {
        let asked = self.hits() + self.misses;
        (asked > 0).then(|| self.hits() as f64 / asked as f64)
    }
}
