//! Who has which record on screen. In memory only: whoever is still there says so every minute.

use std::collections::HashMap;

use hashlink::LinkedHashMap;
use parking_lot::Mutex;

use crate::kernel::{Id, Moment};

use super::Record;

/// R25: how often a screen says that it is still there.
pub const BEAT_S: i64 = 60;
/// Gone after two missed beats, and half a one for slow ways.
const GONE_S: i64 = BEAT_S * 5 / 2;
/// At most so many people on records, about 200 bytes each; who was longest silent makes room.
const MOST: usize = 20_000;
/// One record tells of so many at most: a screen shows four faces, and how many more there are.
const MOST_HERE: usize = 12;

/// Somebody on a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Here {
    pub user: Id,
    pub since: Moment,
    seen: Moment,
}

/// Everybody on every record.
#[derive(Default)]
pub struct Presence(Mutex<People>);

#[derive(Default)]
struct People {
    /// Whoever was heard last stands last.
    beats: LinkedHashMap<(Record, Id), Here>,
    by_record: HashMap<Record, Vec<Id>>,
}

impl Presence {
    /// Somebody is there; true when they were not before.
    pub fn beat(&self, record: Record, user: Id, now: Moment) -> bool {
        let mut people = self.0.lock();
        people.drop_gone(now);
        if let Some(here) = people.beats.to_back(&(record, user)) {
            here.seen = now;
            return false;
        }
        if people.beats.len() >= MOST {
            people.drop_first();
        }
        people.beats.insert((record, user), Here { user, since: now, seen: now });
        people.by_record.entry(record).or_default().push(user);
        true
    }

    /// Somebody left; true when they were there.
    pub fn leave(&self, record: Record, user: Id) -> bool {
        let mut people = self.0.lock();
        let was = people.beats.remove(&(record, user)).is_some();
        people.forget(record, user);
        was
    }

    /// Who is on the record, those first who came first.
    pub fn of(&self, record: Record, now: Moment) -> Vec<Here> {
        let mut people = self.0.lock();
        people.drop_gone(now);
        let Some(users) = people.by_record.get(&record) else { return Vec::new() };
        let here = users.iter().filter_map(|user| people.beats.get(&(record, *user)).copied());
        here.take(MOST_HERE).collect()
    }

    /// How many there are in all, for the gauge.
    pub fn len(&self) -> usize {
        self.0.lock().beats.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl People {
    fn drop_gone(&mut self, now: Moment) {
        while self.beats.front().is_some_and(|(_, here)| here.seen.plus_s(GONE_S) < now) {
            self.drop_first();
        }
    }

    fn drop_first(&mut self) {
        if let Some(((record, user), _)) = self.beats.pop_front() {
            self.forget(record, user);
        }
    }

    fn forget(&mut self, record: Record, user: Id) {
        if let Some(users) = self.by_record.get_mut(&record) {
            users.retain(|other| *other != user);
            if users.is_empty() {
                self.by_record.remove(&record);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> Record {
        Record { tenant: 1, position: 0, id: Id::new() }
    }

    // R25
    #[test]
    fn whoever_misses_two_beats_is_gone() {
        let (presence, record, user) = (Presence::default(), record(), Id::new());
        let begun = Moment(1_000);
        assert!(presence.beat(record, user, begun));
        assert!(!presence.beat(record, user, begun.plus_s(60)));
        assert_eq!(presence.of(record, begun.plus_s(60 + GONE_S)).len(), 1);
        assert_eq!(presence.of(record, begun.plus_s(60 + GONE_S + 1)), []);
        assert!(presence.is_empty() && presence.0.lock().by_record.is_empty());
    }

    #[test]
    fn whoever_leaves_is_gone_at_once_and_others_stay() {
        let (presence, record, (one, other)) = (Presence::default(), record(), (Id::new(), Id::new()));
        presence.beat(record, one, Moment(0));
        presence.beat(record, other, Moment(5));
        assert!(presence.leave(record, one));
        assert!(!presence.leave(record, one));
        let left: Vec<Id> = presence.of(record, Moment(5)).iter().map(|here| here.user).collect();
        assert_eq!(left, [other]);
    }

    #[test]
    fn no_more_are_told_than_a_screen_shows() {
        let (presence, record, first) = (Presence::default(), record(), Id::new());
        presence.beat(record, first, Moment(0));
        (0..50).for_each(|_| assert!(presence.beat(record, Id::new(), Moment(1))));
        let told = presence.of(record, Moment(1));
        assert_eq!((told.len(), told[0].user, presence.len()), (MOST_HERE, first, 51));
    }

    #[test]
    fn the_longest_silent_make_room() {
        let presence = Presence::default();
        let (first, user) = (record(), Id::new());
        presence.beat(first, user, Moment(0));
        for _ in 0..MOST {
            presence.beat(record(), user, Moment(1));
        }
        assert_eq!(presence.len(), MOST);
        assert_eq!(presence.of(first, Moment(1)), []);
    }
}
