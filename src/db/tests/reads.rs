//! Reads: bounded, interruptible, and none the worse for the one before.

use std::time::{Duration, Instant};

use crate::db::{Limits, Options, fault};
use crate::kernel::Error;

use super::fixture::{Larder, options, thing};

const ENDLESS: &str = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

#[test]
fn a_query_without_end_is_stopped_at_its_deadline() {
    let larder = Larder::new();
    let start = Instant::now();
    let endless = larder.db.read_heavy(Duration::from_millis(200), |c| {
        c.query_row(ENDLESS, [], |row| row.get::<_, i64>(0)).map_err(fault)
    });
    assert_eq!(endless.wait().expect_err("stopped").code(), "deadline");
    assert!(start.elapsed() < Duration::from_secs(2));
    // The same reader takes the next heavy query, so it has counted by then.
    larder.db.read_heavy(Duration::from_secs(1), |_| Ok(())).wait().expect("the reader lives");
    assert_eq!(larder.db.stats().interrupted, 1);
}

#[test]
fn heavy_queries_never_hold_up_interactive_ones() {
    let larder = Larder::new();
    let heavy: Vec<_> = (0..3)
        .map(|_| {
            larder.db.read_heavy(Duration::from_millis(300), |c| {
                c.query_row(ENDLESS, [], |row| row.get::<_, i64>(0)).map_err(fault)
            })
        })
        .collect();
    let start = Instant::now();
    for _ in 0..50 {
        larder.count("SELECT count(*) FROM things");
    }
    assert!(start.elapsed() < Duration::from_millis(700));
    assert!(heavy.into_iter().all(|ticket| ticket.wait().is_err()));
}

#[test]
fn a_panic_is_an_internal_error_and_the_reader_lives() {
    let larder = Larder::new();
    for _ in 0..4 {
        let panics = larder.db.read(|_| -> crate::kernel::Result<()> { panic!("as asked") });
        assert!(matches!(panics.wait(), Err(Error::Internal(_))));
    }
    assert_eq!(larder.count("SELECT count(*) FROM things"), 0);
}

#[test]
fn a_transaction_left_open_is_rolled_back() {
    let larder = Larder::new();
    let patience = Duration::from_secs(1);
    let begin = |c: &rusqlite::Connection| c.execute_batch("BEGIN; SELECT count(*) FROM things").map_err(fault);
    larder.db.read_heavy(patience, begin).wait().expect("begun");
    larder.write(thing(1, "one")).expect("written");
    let count = |c: &rusqlite::Connection| {
        c.query_row("SELECT count(*) FROM things", [], |row| row.get::<_, i64>(0)).map_err(fault)
    };
    assert_eq!(larder.db.read_heavy(patience, count).wait().expect("counted"), 1);
    assert_eq!(larder.db.stats().rolled_back, 1);
}

#[test]
fn a_reader_cannot_write() {
    let larder = Larder::new();
    assert!(larder.db.read(|c| c.execute("DELETE FROM things", []).map_err(fault)).wait().is_err());
}

#[test]
fn a_full_room_answers_at_once() {
    let limits = Limits { reads: 4, ..Limits::default() };
    let larder = Larder::with(Options { limits, ..options() });
    let sleep = |_: &rusqlite::Connection| {
        std::thread::sleep(Duration::from_millis(300));
        Ok(())
    };
    let tickets: Vec<_> = (0..20).map(|_| larder.db.read(sleep)).collect();
    let refused: Vec<_> = tickets.into_iter().filter_map(|ticket| ticket.wait().err()).collect();
    assert!(refused.len() >= 14 && refused.iter().all(|e| e.code() == "readers_full"));
}

#[test]
fn nobody_works_for_a_client_who_left() {
    let larder = Larder::new();
    let sleep = |_: &rusqlite::Connection| {
        std::thread::sleep(Duration::from_millis(200));
        Ok(())
    };
    let busy = [larder.db.read(sleep), larder.db.read(sleep)];
    drop(larder.db.read(|_| -> crate::kernel::Result<()> { panic!("nobody waits for this") }));
    busy.into_iter().for_each(|ticket| ticket.wait().expect("slept"));
    larder.count("SELECT count(*) FROM things");
    assert_eq!(larder.db.stats().abandoned, 1);
}
