//! What chores have made takes no more room than it may, and goes when it is of no use any more.

use crate::chore::documents::{Document, outdated};
use crate::db::Change;
use crate::kernel::{Error, Id, Result};

use super::fixture::{House, NOW, house};

/// Bytes that cannot be compressed.
fn noise(many: usize) -> Vec<u8> {
    let mut state = 1_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state.to_be_bytes()[0]
    };
    (0..many).map(|_| next()).collect()
}

/// A document of so many pieces of 1,000 bytes, made at that second; all may take 5,000 together.
fn make(house: &House, pieces: usize, second: i64) -> Result<Id> {
    let (chore, now) = (house.order("tidy"), NOW.plus_s(second));
    let mut change = Change::new();
    Document::open(&mut change, &chore, 7, now);
    (0..pieces).for_each(|_| Document::add(&mut change, &chore, &noise(1_000), 5_100));
    Document::close(&mut change, &chore, 5_100, now);
    house.it.db.write(change).wait().map(|()| chore.id)
}

fn pieces(house: &House, id: Id) -> Option<u32> {
    house.it.db.read(move |conn| Document::load(conn, id)).wait().unwrap().map(|document| document.pieces)
}

fn tidy(house: &House, second: i64) {
    outdated(NOW.plus_s(second)).run(&house.it.db, &|| Ok(())).unwrap();
}

#[test]
fn none_is_larger_than_all_may_be_and_the_oldest_make_room() {
    let house = house();
    let refused = make(&house, 6, 0).unwrap_err();
    assert!(matches!(refused, Error::TooLarge(_)), "{refused}");
    let all: Vec<Id> = [2, 2, 3].iter().enumerate().map(|(n, size)| make(&house, *size, n as i64).unwrap()).collect();
    let kept: Vec<_> = all.iter().map(|id| pieces(&house, *id)).collect();
    assert_eq!(kept, [None, Some(2), Some(3)]);
    let id = all[2];
    let third = house.it.db.read(move |conn| Document::piece(conn, id, 3)).wait().unwrap();
    assert_eq!(third, noise(1_000));
    let fourth = house.it.db.read(move |conn| Document::piece(conn, id, 4)).wait();
    assert!(matches!(fourth, Err(Error::NotFound(_))));
    assert_eq!(house.ask::<i64>("SELECT count(*) FROM document_pieces"), 5, "nothing is left of the others");
}

#[test]
fn what_is_old_goes_and_what_was_begun_for_nothing() {
    let house = house();
    let all: Vec<Id> = (0..3).map(|n| make(&house, 1, n).unwrap()).collect();
    house.sql("UPDATE chores SET state='done', ended_at=1");
    tidy(&house, 60);
    assert!(all.iter().all(|id| pieces(&house, *id) == Some(1)));
    house.sql("UPDATE chores SET state='cancelled' WHERE seq=1");
    tidy(&house, 60);
    assert_eq!(all.iter().map(|id| pieces(&house, *id)).collect::<Vec<_>>(), [None, Some(1), Some(1)]);
    tidy(&house, 30 * 86_400 + 2);
    assert_eq!(all.iter().map(|id| pieces(&house, *id)).collect::<Vec<_>>(), [None, None, Some(1)]);
}
