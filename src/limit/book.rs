//! What is remembered of many identities, of so many at the most.
//!
//! Every step takes the same short time however many are remembered, and whoever chooses the keys
//! cannot choose where they fall: they are hashed with a secret of this process.

use std::collections::hash_map::RandomState;
use std::collections::{BTreeSet, HashMap};
use std::hash::BuildHasher;

use hashlink::LinkedHashMap;
use parking_lot::Mutex;

use crate::kernel::Moment;

use super::identity::Key;

/// So many threads may look at once without waiting for each other.
const SHARDS: usize = 16;

/// What a book remembers of one identity.
pub(super) trait Entry: Default {
    /// Until when it is blocked, if it is.
    fn blocked_until(&self, now: Moment) -> Option<Moment>;
}

pub(super) struct Book<E> {
    shards: Box<[Mutex<Shard<E>>]>,
    secret: RandomState,
}

struct Shard<E> {
    /// Those who are not blocked, the least lately seen first.
    open: LinkedHashMap<Key, E, RandomState>,
    blocked: HashMap<Key, E>,
    /// The blocked by the end of their block.
    ends: BTreeSet<(Moment, Key)>,
    most: usize,
}

impl<E: Entry> Book<E> {
    /// Remembers `most` at the most.
    pub fn new(most: usize) -> Self {
        let shards = SHARDS.min(most.max(1));
        let shard = || Shard {
            open: LinkedHashMap::with_hasher(RandomState::new()),
            blocked: HashMap::new(),
            ends: BTreeSet::new(),
            most: (most / shards).max(1),
        };
        Self { shards: (0..shards).map(|_| Mutex::new(shard())).collect(), secret: RandomState::new() }
    }

    /// Looks at an identity, if it is known; that alone does not keep it in memory.
    pub fn peek<T>(&self, key: Key, look: impl FnOnce(&E) -> T) -> Option<T> {
        let shard = self.shard(key).lock();
        let entry = shard.open.get(&key).or_else(|| shard.blocked.get(&key));
        entry.map(look)
    }

    /// Changes what is known of an identity, which may be nothing yet. Where the book is full, an
    /// idle identity makes room: the one seen longest ago. A running block is forgotten only when
    /// there is nothing else, the one that ends first.
    pub fn change<T>(&self, key: Key, now: Moment, change: impl FnOnce(&mut E) -> T) -> T {
        let mut shard = self.shard(key).lock();
        if let Some(entry) = shard.open.to_back(&key) {
            let done = change(entry);
            if entry.blocked_until(now).is_some()
                && let Some(entry) = shard.open.remove(&key)
            {
                shard.seat(key, entry, now);
            }
            return done;
        }
        let mut entry = match shard.unseat(key) {
            Some(entry) => entry,
            None => {
                shard.make_room(now);
                E::default()
            }
        };
        let done = change(&mut entry);
        shard.seat(key, entry, now);
        done
    }

    pub fn len(&self) -> usize {
        self.shards.iter().map(|shard| shard.lock().len()).sum()
    }

    /// How many are blocked at this moment.
    pub fn blocked(&self, now: Moment) -> usize {
        let count = |shard: &Mutex<Shard<E>>| {
            let mut shard = shard.lock();
            while shard.release(now) {}
            shard.blocked.len()
        };
        self.shards.iter().map(count).sum()
    }

    fn shard(&self, key: Key) -> &Mutex<Shard<E>> {
        // The number of shards is small, so every remainder is as likely.
        let at = self.secret.hash_one(key) % self.shards.len() as u64;
        &self.shards[at as usize]
    }
}

impl<E: Entry> Shard<E> {
    fn len(&self) -> usize {
        self.open.len() + self.blocked.len()
    }

    fn seat(&mut self, key: Key, entry: E, now: Moment) {
        match entry.blocked_until(now) {
            Some(end) => {
                self.ends.insert((end, key));
                self.blocked.insert(key, entry);
            }
            None => {
                self.open.insert(key, entry);
            }
        }
    }

    fn unseat(&mut self, key: Key) -> Option<E> {
        let entry = self.blocked.remove(&key)?;
        // Asked as of the beginning of time, it tells the end of its last block even if that is over.
        if let Some(end) = entry.blocked_until(Moment(i64::MIN)) {
            self.ends.remove(&(end, key));
        }
        Some(entry)
    }

    /// Moves one whose block has ended to the others; false when there is none.
    fn release(&mut self, now: Moment) -> bool {
        let Some((_, key)) = self.ends.first().filter(|(end, _)| *end <= now).copied() else { return false };
        if let Some(entry) = self.unseat(key) {
            self.open.insert(key, entry);
        }
        true
    }

    fn make_room(&mut self, now: Moment) {
        if self.len() < self.most {
            return;
        }
        // Two for each newcomer: those whose block has ended never pile up.
        let _ = self.release(now) && self.release(now);
        if self.open.pop_front().is_none()
            && let Some((_, key)) = self.ends.pop_first()
        {
            self.blocked.remove(&key);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use proptest::prelude::*;

    use super::super::Identity;
    use super::*;

    #[derive(Default)]
    struct Note {
        seen: u32,
        until: Option<Moment>,
    }

    impl Entry for Note {
        fn blocked_until(&self, now: Moment) -> Option<Moment> {
            self.until.filter(|until| *until > now)
        }
    }

    fn key(n: u32) -> Key {
        Identity::Address(IpAddr::from(n.to_be_bytes())).key()
    }

    fn see(book: &Book<Note>, n: u32, now: i64) -> u32 {
        book.change(key(n), Moment(now), |note| {
            note.seen += 1;
            note.seen
        })
    }

    fn block(book: &Book<Note>, n: u32, until: i64) {
        book.change(key(n), Moment(0), |note| note.until = Some(Moment(until)));
    }

    /// A book of one shard, so that its order can be told.
    fn small(most: usize) -> Book<Note> {
        let mut book = Book::new(1);
        book.shards[0].get_mut().most = most;
        book
    }

    #[test]
    fn the_one_seen_longest_ago_makes_room() {
        let book = small(3);
        for n in [1, 2, 3, 1] {
            see(&book, n, 0);
        }
        see(&book, 4, 0);
        assert_eq!(see(&book, 1, 0), 3);
        assert_eq!(see(&book, 2, 0), 1, "it was forgotten");
    }

    #[test]
    fn a_running_block_outlives_every_idle_identity() {
        let book = small(4);
        block(&book, 1, 100);
        block(&book, 2, 50);
        (10..1_000).for_each(|n| assert_eq!(see(&book, n, 10), 1));
        assert_eq!(book.len(), 4);
        assert_eq!(book.blocked(Moment(10)), 2);
        assert_eq!(book.peek(key(1), |note| note.until), Some(Some(Moment(100))));
        // One that has ended is as good as idle.
        (10..1_000).for_each(|n| assert_eq!(see(&book, n, 60), 1));
        assert_eq!(book.peek(key(2), |_| ()), None);
        assert_eq!(book.blocked(Moment(60)), 1);
    }

    #[test]
    fn among_blocks_alone_the_one_that_ends_first_makes_room() {
        let book = small(3);
        for (n, until) in [(1, 30), (2, 10), (3, 20), (4, 40)] {
            block(&book, n, until);
        }
        let known: Vec<u32> = (1..=4).filter(|n| book.peek(key(*n), |_| ()).is_some()).collect();
        assert_eq!(known, [1, 3, 4]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever is done with it, it holds no more than it may, each identity once, and every end
        /// belongs to a block.
        #[test]
        fn it_stays_in_order(steps in prop::collection::vec((0..40_u32, 0..100_i64, prop::option::of(0..60_i64)), 1..300)) {
            let book = small(12);
            let mut clock = 0;
            for (n, pause, until) in steps {
                clock += pause;
                book.change(key(n), Moment(clock), |note| note.until = until.map(|u| Moment(clock + u)));
                let shard = book.shards[0].lock();
                prop_assert!(shard.len() <= 12);
                prop_assert_eq!(shard.ends.len(), shard.blocked.len());
                prop_assert!(shard.ends.iter().all(|(_, key)| shard.blocked.contains_key(key)));
                prop_assert!(shard.blocked.keys().all(|key| !shard.open.contains_key(key)));
            }
        }
    }

    #[test]
    fn however_many_come_it_holds_no_more_than_it_may() {
        let book: Book<Note> = Book::new(1_000);
        (0..20_000).for_each(|n| {
            see(&book, n, 0);
        });
        assert!(book.len() <= 1_000, "{}", book.len());
        assert!(book.len() > 900, "{}", book.len());
    }
}
