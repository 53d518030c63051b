//! Answers kept in memory, as bytes.
//!
//! ```text
//!   asked for ──▶ hot: raw bytes, and compressed once ──▶ warm: lz4 ──▶ cold: lz4
//!                  ▲ 5 minutes                            │ 1 hour        24 hours
//!                  └──────────── used twice within a minute
//! ```
//!
//! Every answer carries a [`Stamp`]: which tables it was read from, and when. One whose tables were
//! written to since is never shown, so nothing needs to be searched for and thrown away after a
//! change. One builder works for all who ask for the same; bytes, not answers, are budgeted.

mod entry;
mod epochs;
mod packed;
pub mod patterns;
mod pressure;
mod stats;
mod tier;

#[cfg(test)]
mod tests;

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use quick_cache::sync::{EntryAction, EntryResult};

use crate::kernel::Result;

use stats::Counters;
use tier::{Aside, Evicted, Hot, Queue, Set};

pub use entry::{Entry, Key, Life, Made, WORTH_COMPRESSING, hash};
pub use epochs::{Epochs, Horizon, Stamp};
pub use pressure::{Memory, Pressure, PressureEvent, watch_memory};
pub use stats::{Figures, TierFigures};

/// How long an answer stays raw without need.
const HOT: Duration = Duration::from_secs(5 * 60);
const WARM: Duration = Duration::from_secs(60 * 60);
const COLD: Duration = Duration::from_secs(24 * 60 * 60);
/// Of the hot, the warm and the cold tier.
pub const LIVES: [Duration; 3] = [HOT, WARM, COLD];
/// Asked for twice within this, an answer comes back up.
const AGAIN: Duration = Duration::from_secs(60);
/// A larger answer is given and not kept. A report of ten thousand rows is smaller.
const LARGEST: usize = 4 << 20;
/// Of the memory that may be used, one part of so many.
const PART_OF_MEMORY: u64 = 4;
/// Of the budget in bytes: hot, warm, cold.
const SHARES: [u64; 3] = [40, 40, 20];

/// Where an answer came from, the nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    Hot,
    /// Set aside, as the next.
    Warm,
    Cold,
    /// Built for somebody else who asked at the same time.
    Shared,
    Built,
}

impl Source {
    pub const ALL: [Self; 5] = [Self::Hot, Self::Warm, Self::Cold, Self::Shared, Self::Built];

    pub fn as_str(self) -> &'static str {
        ["hot", "warm", "cold", "shared", "built"][self as usize]
    }
}

/// The three tiers.
pub struct Cache {
    pub epochs: Arc<Epochs>,
    enabled: AtomicBool,
    budget: u64,
    /// As much of the budget as the memory has room for.
    room: AtomicU64,
    hot: Hot,
    warm: Aside,
    cold: Aside,
    leaving: Queue,
    evicted: [Evicted; 3],
    counters: Counters,
}

impl Cache {
    /// A cache of so many bytes; of none it keeps nothing.
    pub fn new(epochs: Arc<Epochs>, budget: u64) -> Arc<Self> {
        let leaving = Queue::default();
        let [hot, warm, cold] = SHARES.map(|share| budget * share / 100);
        let evicted = <[Evicted; 3]>::default();
        Arc::new(Self {
            epochs,
            enabled: AtomicBool::new(budget > 0),
            budget,
            room: AtomicU64::new(budget),
            hot: tier::hot(hot, &leaving, &evicted[0]),
            warm: tier::aside(warm, &evicted[1]),
            cold: tier::aside(cold, &evicted[2]),
            leaving,
            evicted,
            counters: Counters::default(),
        })
    }

    pub fn is_enabled(&self) -> bool {
        self.enabled.load(Relaxed)
    }

    /// Switches it on or off while the server runs; switched off it holds nothing.
    pub fn switch(&self, on: bool) {
        self.enabled.store(on && self.budget > 0, Relaxed);
        if !on {
            self.clear();
        }
    }

    /// The answer of that name, when there is one that may still be shown.
    pub fn find(&self, key: &[u8]) -> Option<(Arc<Entry>, Source)> {
        if !self.is_enabled() {
            return None;
        }
        if let Some(entry) = self.hot.get(key) {
            if entry.life.is_fresh() {
                self.counters.hot.hit();
                entry.life.note_use();
                return Some((entry, Source::Hot));
            }
            self.counters.died();
        }
        self.find_aside(key)
    }

    fn find_aside(&self, key: &[u8]) -> Option<(Arc<Entry>, Source)> {
        let warm = (&self.warm, &self.counters.warm, Source::Warm);
        for (tier, counter, source) in [warm, (&self.cold, &self.counters.cold, Source::Cold)] {
            let Some(set) = tier.get(key) else { continue };
            if !set.packed.life.is_fresh() {
                tier.remove(key);
                self.counters.died();
                continue;
            }
            let Some(entry) = set.packed.unpack(tenant_of(key)).map(Arc::new) else {
                tier.remove(key);
                self.counters.corrupt();
                continue;
            };
            counter.hit();
            entry.life.note_use();
            let again = set.used.lock().replace(Instant::now()).is_some_and(|last| last.elapsed() < AGAIN);
            if again {
                tier.remove(key);
                self.counters.promoted();
                self.hot.insert(Key::from(key), Arc::clone(&entry));
            }
            return Some((entry, source));
        }
        None
    }

    /// The answer of a name that [`Self::find`] found nothing for, built by the first of all who ask for
    /// it at once. It is never older than the moment at which this was called.
    ///
    /// # Errors
    /// Those of `build`; whoever waited for a build that failed builds in turn.
    pub async fn build<B>(&self, key: &[u8], keep: Duration, build: B) -> Result<(Arc<Entry>, Source)>
    where
        B: Future<Output = Result<(Made, Stamp)>>,
    {
        let made = |(made, stamp)| Arc::new(Entry::new(made, stamp, keep));
        if !self.is_enabled() {
            return Ok((made(build.await?), Source::Built));
        }
        let arrived = self.epochs.now();
        let key = Key::from(key);
        // What was built meanwhile is good enough when its reading began after this call.
        let usable =
            |_: &Key, entry: &mut Arc<Entry>| match entry.life.is_fresh() || entry.life.stamp.is_later_than(arrived) {
                true => EntryAction::Retain(Arc::clone(entry)),
                false => EntryAction::ReplaceWithGuard,
            };
        let guard = match self.hot.entry_async(&key, usable).await {
            EntryResult::Retained(entry) => {
                self.counters.shared();
                return Ok((entry, Source::Shared));
            }
            EntryResult::Vacant(guard) | EntryResult::Replaced(guard, _) => guard,
            // Neither is asked for above.
            EntryResult::Removed(..) | EntryResult::Timeout => return Ok((made(build.await?), Source::Built)),
        };
        self.counters.missed();
        let entry = made(build.await?);
        // What died while it was built answers those who wait already; nobody else will be shown it.
        if entry.body.len() <= LARGEST && self.is_enabled() {
            let _ = guard.insert(Arc::clone(&entry));
        }
        Ok((entry, Source::Built))
    }

    /// Keeps an answer that was built among others.
    pub fn keep(&self, key: &[u8], keep: Duration, made: Made, stamp: Stamp) -> Arc<Entry> {
        self.counters.missed();
        self.put(key, Entry::new(made, stamp, keep))
    }

    /// Puts an answer in place before anybody asks for it.
    pub fn warm(&self, key: &[u8], keep: Duration, made: Made, stamp: Stamp) -> Arc<Entry> {
        self.counters.warmed();
        self.put(key, Entry::new(made, stamp, keep))
    }

    fn put(&self, key: &[u8], entry: Entry) -> Arc<Entry> {
        let entry = Arc::new(entry);
        if self.is_enabled() && entry.body.len() <= LARGEST && entry.life.is_fresh() {
            self.hot.insert(Key::from(key), Arc::clone(&entry));
        }
        entry
    }

    /// Sets aside what had to leave or has been raw for long, and lets go what is dead. Not to be
    /// called on an async thread: it compresses.
    pub fn tend(&self) {
        let leaving = std::mem::take(&mut *self.leaving.lock());
        leaving.into_iter().for_each(|(key, entry)| self.set_aside(key, &entry));
        let old = self.hot.iter().filter(|(_, entry)| entry.life.made.elapsed() > HOT);
        for (key, entry) in old.collect::<Vec<_>>() {
            self.set_aside(key, &entry);
        }
        self.hot.retain(|_, entry| entry.life.is_fresh() && entry.life.made.elapsed() <= HOT);
        let old =
            self.warm.iter().filter(|(_, set)| set.packed.life.is_fresh() && set.packed.life.made.elapsed() > WARM);
        for (key, set) in old.collect::<Vec<_>>() {
            self.cold.insert(key, set);
        }
        self.warm.retain(|_, set| set.packed.life.is_fresh() && set.packed.life.made.elapsed() <= WARM);
        self.cold.retain(|_, set| set.packed.life.is_fresh() && set.packed.life.made.elapsed() < COLD);
    }

    fn set_aside(&self, key: Key, entry: &Arc<Entry>) {
        if self.is_enabled() && entry.life.is_fresh() && entry.life.keep > HOT {
            let packed = packed::Packed::pack(tenant_of(&key), entry);
            self.warm.insert(key, Set::new(packed));
        }
    }

    /// Lets everything go.
    pub fn clear(&self) {
        self.hot.clear();
        self.warm.clear();
        self.cold.clear();
        self.leaving.lock().clear();
    }

    /// Takes no more than its part of so much memory, whatever the budget: a burst of large answers
    /// must not fill it between two looks. True when that changes what the tiers may hold.
    pub fn fit(&self, memory: u64) -> bool {
        let room = self.budget.min(memory / PART_OF_MEMORY);
        self.room.swap(room, Relaxed) != room
    }

    /// Gives memory back: the tiers hold these hundredths of their budgets until told otherwise.
    pub fn shrink(&self, [hot, warm, cold]: [u64; 3]) {
        let room = self.room.load(Relaxed);
        let of = |share: usize, part: u64| room * SHARES[share] / 100 * part / 100;
        self.hot.set_capacity(of(0, hot));
        self.warm.set_capacity(of(1, warm));
        self.cold.set_capacity(of(2, cold));
    }

    /// What was counted since the start.
    pub fn figures(&self) -> Figures {
        self.counters.figures(self)
    }

    /// Notes that a kept answer was not what the store says, and makes all of its tables' answers anew.
    pub fn mistrust(&self, key: &[u8], life: &Life) {
        self.counters.incoherent();
        self.epochs.bump(tenant_of(key), life.stamp.tables());
    }
}

/// Every key begins with its tenant.
fn tenant_of(key: &[u8]) -> i64 {
    key.first_chunk().map_or(0, |bytes| i64::from_le_bytes(*bytes))
}
