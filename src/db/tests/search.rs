//! Search follows what was committed, by itself and soon.

use std::time::{Duration, Instant};

use crate::db::{Change, Options};

use super::fixture::{Larder, options, thing};

const ROPES: &str = "SELECT count(*) FROM things_words WHERE things_words MATCH 'rope AND tenant:t1'";

fn set_name(seq: i64, name: &str) -> Change {
    let mut change = Change::new();
    change.push("UPDATE things SET name = ?2 WHERE seq = ?1", vec![seq.into(), name.into()]);
    change
}

#[test]
fn search_follows_inserts_updates_and_deletes() {
    let larder = Larder::new();
    for i in 1..=10 {
        larder.write(thing(i, "a rope")).expect("written");
    }
    let caught_up = || larder.db.search_caught_up().wait().expect("caught up");
    caught_up();
    assert_eq!(larder.count(ROPES), 10);
    assert_eq!(larder.count("SELECT count(*) FROM things_grams WHERE things_grams MATCH '\"N-00000\"'"), 9);
    larder.write(set_name(1, "a pulley")).expect("written");
    let mut change = Change::new();
    change.push("UPDATE things SET deleted_at = 1 WHERE seq = 2", vec![]);
    change.push("DELETE FROM things WHERE seq = 3", vec![]);
    larder.write(change).expect("written");
    caught_up();
    assert_eq!(larder.count(ROPES), 7);
    assert_eq!(larder.count("SELECT count(*) FROM things_words WHERE things_words MATCH 'pulley'"), 1);
    assert_eq!(larder.count("SELECT count(*) FROM search_dirty"), 0);
}

#[test]
fn search_follows_within_a_second_while_changes_keep_coming() {
    let larder = Larder::new();
    larder.write(thing(1, "a rope")).expect("written");
    let start = Instant::now();
    let mut i = 2;
    while larder.count(ROPES) == 0 {
        assert!(start.elapsed() < Duration::from_secs(1), "search did not follow");
        let tickets: Vec<_> = (i..i + 64).map(|n| larder.db.write(thing(n, "a pulley"))).collect();
        tickets.into_iter().for_each(|ticket| ticket.wait().expect("written"));
        i += 64;
    }
}

#[test]
fn what_a_crash_left_to_index_is_indexed_at_the_next_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let schema = [super::fixture::SCHEMA];
    let without_search = Options { search: vec![], ..options() };
    let db = crate::db::Db::open_with(folder.path(), without_search, &schema).expect("opened");
    db.write(thing(1, "a rope")).wait().expect("written");
    db.search_caught_up().wait().expect("nothing to follow");
    db.close();
    let larder = Larder { db: crate::db::Db::open_with(folder.path(), options(), &schema).expect("opened"), folder };
    larder.db.search_caught_up().wait().expect("caught up");
    assert_eq!(larder.count(ROPES), 1);
}

#[test]
fn rows_of_a_kind_that_is_not_searched_do_not_pile_up() {
    let larder = Larder::new();
    let mut change = Change::new();
    change.push("INSERT INTO search_dirty VALUES ('nothing', 1), ('zebra', 2)", vec![]);
    larder.write(change).expect("written");
    larder.write(thing(1, "a rope")).expect("written");
    larder.db.search_caught_up().wait().expect("caught up");
    assert_eq!(larder.count("SELECT count(*) FROM search_dirty"), 0);
    assert_eq!(larder.count(ROPES), 1);
}
