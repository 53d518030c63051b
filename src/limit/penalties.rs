//! Everybody's penalties: in memory for each decision, and in the store because a restart forgives
//! nothing.

use std::collections::HashSet;

use parking_lot::Mutex;

use crate::db::Change;
use crate::kernel::Moment;

use super::book::Book;
use super::identity::Key;
use super::penalty::Penalty;
use super::store;

/// Written at most this often.
const PAUSE_MS: i64 = 1_000;
/// And at most so many at once; further ones follow with the next writing.
const AT_ONCE: usize = 1_000;

pub(super) struct Penalties {
    book: Book<Penalty>,
    unwritten: Mutex<Unwritten>,
    most: usize,
}

struct Unwritten {
    keys: HashSet<Key>,
    last: Moment,
}

impl Penalties {
    pub fn new(most: usize) -> Self {
        let unwritten = Unwritten { keys: HashSet::new(), last: Moment(0) };
        Self { book: Book::new(most), unwritten: Mutex::new(unwritten), most }
    }

    /// Takes over what the store holds, as of `now`.
    pub fn recall(&self, rows: Vec<(Key, Penalty)>, now: Moment) {
        for (key, kept) in rows {
            self.book.change(key, now, |penalty| *penalty = kept);
        }
    }

    pub fn find(&self, key: Key) -> Penalty {
        self.book.peek(key, |penalty| *penalty).unwrap_or_default()
    }

    /// Seconds until the block of an identity ends; `None` when it is not blocked.
    pub fn wait_s(&self, key: Key, now: Moment) -> Option<u32> {
        self.book.peek(key, |penalty| penalty.wait_s(now)).flatten()
    }

    /// Changes a penalty, and sees to it that it is written.
    pub fn change<T>(&self, key: Key, now: Moment, change: impl FnOnce(&mut Penalty) -> T) -> T {
        let done = self.book.change(key, now, change);
        let mut unwritten = self.unwritten.lock();
        // Where the store takes nothing, memory still does its work; only the list ends somewhere.
        if unwritten.keys.len() < self.most {
            unwritten.keys.insert(key);
        }
        done
    }

    /// What has changed since the last call, to be written; `None` within a second of the last one
    /// and when nothing has.
    pub fn unwritten(&self, now: Moment) -> Option<Change> {
        let mut unwritten = self.unwritten.lock();
        if now.0.saturating_sub(unwritten.last.0).abs() < PAUSE_MS {
            return None;
        }
        let keys = unwritten.take();
        if !keys.is_empty() {
            unwritten.last = now;
        }
        drop(unwritten);
        self.rows(&keys, now)
    }

    /// The next part of what has changed, however long ago the last one was: the last words of a
    /// server that stops.
    pub fn last_words(&self, now: Moment) -> Option<Change> {
        let keys = self.unwritten.lock().take();
        self.rows(&keys, now)
    }

    fn rows(&self, keys: &[Key], now: Moment) -> Option<Change> {
        (!keys.is_empty()).then(|| {
            let known = keys.iter().filter_map(|key| self.book.peek(*key, |penalty| (*key, *penalty)));
            store::write(known, now)
        })
    }

    /// How many are remembered, and how many of them are blocked.
    pub fn count(&self, now: Moment) -> (usize, usize) {
        (self.book.len(), self.book.blocked(now))
    }
}

impl Unwritten {
    fn take(&mut self) -> Vec<Key> {
        let keys: Vec<Key> = self.keys.iter().take(AT_ONCE).copied().collect();
        if keys.len() == self.keys.len() {
            self.keys.clear();
        } else {
            keys.iter().for_each(|key| {
                self.keys.remove(key);
            });
        }
        keys
    }
}
