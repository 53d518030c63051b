//! Faults of the machine below: a broken connection is replaced, and no promise is weakened meanwhile.

use std::time::Duration;

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;
use rusqlite::hooks::{AuthContext, Authorization};

use crate::db::{Change, fault};
use crate::kernel::{Error, Result};

use super::fixture::{Larder, thing};

/// A change of one statement.
fn change(sql: &str) -> Change {
    let mut change = Change::new();
    change.push(sql.to_owned(), vec![]);
    change
}

#[test]
fn commits_stay_synced_when_the_search_index_fails() {
    let larder = Larder::new();
    larder.write(thing(1, "a rope")).expect("written");
    larder.db.search_caught_up().wait().expect("caught up");
    larder.write(change("DROP TABLE things_words")).expect("dropped");
    larder.write(thing(2, "another rope")).expect("written");
    assert_eq!(larder.db.search_caught_up().wait().expect_err("no index").code(), "search_behind");
    larder.write(change("UPDATE things SET version = (SELECT synchronous FROM pragma_synchronous)")).expect("written");
    assert_eq!(larder.count("SELECT max(version) FROM things"), 2, "a commit is acknowledged that is not on disk");
}

/// Refuses everything from now on, as a connection whose file is gone would.
fn break_down(connection: &Connection) -> Result<()> {
    connection.authorizer(Some(|_: AuthContext<'_>| Authorization::Deny)).map_err(fault)?;
    Err(Error::internal("disk I/O error"))
}

#[test]
fn a_broken_reader_is_replaced_by_one_that_is_set_up_alike() {
    let larder = Larder::new();
    larder.write(thing(1, "a rope")).expect("written");
    for _ in 0..8 {
        assert!(larder.db.read(break_down).wait().is_err());
        assert_eq!(larder.count("SELECT count(*) FROM things"), 1);
    }
    assert!(larder.db.ready());
    for pragma in ["query_only", "foreign_keys"] {
        let sql = format!("PRAGMA {pragma}");
        let read = larder.db.read(move |c| c.query_row(&sql, [], |row| row.get::<_, i64>(0)).map_err(fault));
        assert_eq!(read.wait().expect("read"), 1, "{pragma}");
    }
    let endless = larder.db.read_heavy(Duration::from_millis(100), |c| {
        let sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
        c.query_row(sql, [], |row| row.get::<_, i64>(0)).map_err(fault)
    });
    assert_eq!(endless.wait().expect_err("stopped").code(), "deadline");
}

#[test]
fn a_connection_that_met_a_disk_fault_is_never_used_again() {
    let larder = Larder::new();
    let meet_a_fault = |connection: &Connection| -> Result<()> {
        connection.create_scalar_function("marked", 0, FunctionFlags::default(), |_| Ok(1)).map_err(fault)?;
        let failure = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_IOERR_READ);
        Err(fault(rusqlite::Error::SqliteFailure(failure, None)))
    };
    for _ in 0..8 {
        assert_eq!(larder.db.read(meet_a_fault).wait().expect_err("a fault").code(), "disk_fault");
        let marked = larder.db.read(|c| Ok(c.prepare("SELECT marked()").is_ok())).wait();
        assert!(!marked.expect("another connection"), "the same connection reads on");
    }
}

#[test]
fn a_writer_that_can_no_longer_write_is_replaced() {
    let larder = Larder::new();
    // What SQLite answers when the file below was moved away, or its disk mounted read-only.
    larder.write(change("PRAGMA query_only = 1")).expect("done");
    let late: Vec<_> = (1..=3).map(|seq| larder.write(thing(seq, "a rope"))).collect();
    assert!(late.last().is_some_and(Result::is_ok), "{late:?}");
}
