//! One tier of the cache: a bounded table of answers, raw or packed.

use std::mem;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Instant;

use parking_lot::Mutex;
use quick_cache::sync::Cache as Table;
use quick_cache::{DefaultHashBuilder, Lifecycle, OptionsBuilder, Weighter};

use super::entry::{Entry, Key};
use super::packed::Packed;

/// Fixed, so that the largest item that fits does not depend on the machine.
const SHARDS: usize = 4;
/// What left a tier and waits to be set aside; more than this is let go.
const WAITING: usize = 256;

pub type Hot = Table<Key, Arc<Entry>, ByBytes, DefaultHashBuilder, Downward>;
pub type Aside = Table<Key, Arc<Set>, ByBytes, DefaultHashBuilder, Counting>;
/// How many answers had to make room.
pub type Evicted = Arc<AtomicU64>;

/// A packed answer and when it was last asked for.
#[derive(Debug)]
pub struct Set {
    pub packed: Packed,
    pub used: Mutex<Option<Instant>>,
}

impl Set {
    pub fn new(packed: Packed) -> Arc<Self> {
        Arc::new(Self { packed, used: Mutex::new(None) })
    }
}

#[derive(Clone, Copy)]
pub struct ByBytes;

impl Weighter<Key, Arc<Entry>> for ByBytes {
    fn weight(&self, key: &Key, entry: &Arc<Entry>) -> u64 {
        (key.len() + entry.weight()) as u64
    }
}

impl Weighter<Key, Arc<Set>> for ByBytes {
    fn weight(&self, key: &Key, set: &Arc<Set>) -> u64 {
        (key.len() + set.packed.weight()) as u64
    }
}

/// Answers that had to make room, for whoever tends the cache to pack: never done under a lock.
pub type Queue = Arc<Mutex<Vec<(Key, Arc<Entry>)>>>;

/// Notes what the hot tier lets go.
#[derive(Clone)]
pub struct Downward(Queue, Evicted);

#[derive(Default)]
pub struct Leaving {
    queue: Option<Queue>,
    entries: Vec<(Key, Arc<Entry>)>,
}

impl Lifecycle<Key, Arc<Entry>> for Downward {
    type RequestState = Leaving;

    fn on_evict(&self, leaving: &mut Leaving, key: Key, entry: Arc<Entry>) {
        leaving.queue.get_or_insert_with(|| Arc::clone(&self.0));
        leaving.entries.push((key, entry));
        self.1.fetch_add(1, Relaxed);
    }
}

/// Counts what a tier lets go.
#[derive(Clone)]
pub struct Counting(Evicted);

impl Lifecycle<Key, Arc<Set>> for Counting {
    type RequestState = ();

    fn on_evict(&self, (): &mut (), _: Key, _: Arc<Set>) {
        self.0.fetch_add(1, Relaxed);
    }
}

impl Drop for Leaving {
    fn drop(&mut self) {
        if let Some(queue) = &self.queue {
            let mut queue = queue.lock();
            let room = WAITING.saturating_sub(queue.len());
            queue.extend(mem::take(&mut self.entries).into_iter().take(room));
        }
    }
}

pub fn hot(bytes: u64, queue: &Queue, evicted: &Evicted) -> Hot {
    let lifecycle = Downward(Arc::clone(queue), Arc::clone(evicted));
    Table::with_options(options(bytes), ByBytes, DefaultHashBuilder::default(), lifecycle)
}

pub fn aside(bytes: u64, evicted: &Evicted) -> Aside {
    let lifecycle = Counting(Arc::clone(evicted));
    Table::with_options(options(bytes), ByBytes, DefaultHashBuilder::default(), lifecycle)
}

fn options(bytes: u64) -> quick_cache::Options {
    let mut options = OptionsBuilder::new();
    options.shards(SHARDS).estimated_items_capacity(2_000).weight_capacity(bytes);
    options.build().expect("both capacities are given")
}
