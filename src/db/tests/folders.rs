//! Folders: opened once, migrated once, refused when they are not ours to touch.

use rusqlite::Connection;

use crate::db::migrate::Migration;
use crate::db::verify::verify_with;
use crate::db::{Change, Db, Options};

use super::fixture::{Larder, SCHEMA, options, thing};

const COLOURS: Migration = ("0002_colours.sql", "ALTER TABLE things ADD COLUMN colour TEXT;");
const BROKEN: Migration =
    ("0003_broken.sql", "CREATE TABLE half (a TEXT) STRICT; CREATE TABLE things (b TEXT) STRICT;");

fn open(larder: &Larder, migrations: &[Migration]) -> crate::kernel::Result<std::sync::Arc<Db>> {
    Db::open_with(larder.folder.path(), options(), migrations)
}

#[test]
fn what_was_written_is_there_after_reopening() {
    let mut larder = Larder::new();
    larder.write(thing(1, "a rope")).expect("written");
    larder.reopen().expect("opened again");
    assert_eq!(larder.count("SELECT count(*) FROM things"), 1);
    assert!(larder.db.ready());
    larder.db.close();
    assert!(!larder.db.ready());
    assert_eq!(larder.write(thing(2, "late")).expect_err("closed").code(), "stopping");
    assert_eq!(larder.db.read(|_| Ok(())).wait().expect_err("closed").code(), "stopping");
}

#[test]
fn a_second_server_is_refused() {
    let larder = Larder::new();
    assert_eq!(open(&larder, &[SCHEMA]).err().expect("refused").code(), "folder_in_use");
    larder.db.close();
    open(&larder, &[SCHEMA]).expect("free");
}

#[test]
fn closing_empties_the_write_ahead_log() {
    let larder = Larder::new();
    larder.write(thing(1, "a rope")).expect("written");
    assert!(larder.db.stats().wal_bytes > 0);
    larder.db.close();
    assert_eq!(larder.db.stats().wal_bytes, 0);
}

#[test]
fn the_write_ahead_log_stays_small_under_load() {
    let larder = Larder::with(Options { search: vec![], ..options() });
    let mut largest = 0;
    for round in 0..60 {
        larder.write(bulky(round)).expect("written");
        largest = largest.max(larder.db.stats().wal_bytes);
    }
    assert!(largest < 24 << 20, "the log grew to {largest} bytes");
    assert!(larder.db.stats().checkpoints > 0);
}

/// A change that makes the log some megabytes longer.
fn bulky(round: i64) -> Change {
    let mut change = Change::new();
    change.push(
        "INSERT INTO history(at, thing, what) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400)
         SELECT ?1, i, hex(zeroblob(3000)) FROM n",
        vec![round.into()],
    );
    change
}

#[test]
fn the_write_ahead_log_is_cut_once_a_long_reader_has_gone() {
    let larder = Larder::with(Options { search: vec![], ..options() });
    let (go, wait) = std::sync::mpsc::channel::<()>();
    let (begun, has_begun) = std::sync::mpsc::channel::<()>();
    let long = larder.db.read_heavy(std::time::Duration::from_secs(15), move |c| {
        crate::db::snapshot(c, |c| {
            let count = c.query_row("SELECT count(*) FROM things", [], |row| row.get::<_, i64>(0));
            begun.send(()).expect("somebody waits");
            wait.recv().expect("the signal");
            count.map_err(crate::db::fault)
        })
    });
    has_begun.recv().expect("the reader reads");
    for round in 0..30 {
        larder.write(bulky(round)).expect("written");
    }
    assert!(larder.db.stats().wal_bytes > 64 << 20, "nothing can be copied over what is being read");
    go.send(()).expect("the reader waits");
    long.wait().expect("read");
    let start = std::time::Instant::now();
    while larder.db.stats().wal_bytes > 8 << 20 {
        assert!(start.elapsed() < std::time::Duration::from_secs(5), "{:?}", larder.db.stats());
        larder.write(thing(start.elapsed().as_nanos() as i64, "little")).expect("written");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

#[test]
fn pending_migrations_are_applied_after_a_copy_was_made() {
    let larder = Larder::new();
    larder.write(thing(1, "a rope")).expect("written");
    larder.db.close();
    let db = open(&larder, &[SCHEMA, COLOURS]).expect("migrated");
    db.read(|c| c.query_row("SELECT colour FROM things", [], |_| Ok(())).map_err(crate::db::fault))
        .wait()
        .expect("read");
    let copies: Vec<_> = std::fs::read_dir(larder.folder.path().join("backups"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    assert_eq!(copies.len(), 1);
    assert!(copies[0].file_name().is_some_and(|name| name.to_string_lossy().starts_with("before-0002-")));
    let copy = verify_with(&copies[0], &[SCHEMA, COLOURS]).expect("read");
    assert!(copy.is_sound());
    let applied: Vec<_> = copy.migrations.iter().map(|m| (m.number, m.applied_at.is_some())).collect();
    assert_eq!(applied, [(1, true), (2, false)]);
}

#[test]
fn a_migration_that_fails_changes_nothing() {
    let larder = Larder::new();
    larder.db.close();
    let error = open(&larder, &[SCHEMA, COLOURS, BROKEN]).err().expect("refused").to_string();
    assert!(error.contains("0003_broken.sql"), "{error}");
    let db = open(&larder, &[SCHEMA]).expect("as it was");
    assert!(db.read(|c| c.prepare("SELECT colour FROM things").map(drop).map_err(crate::db::fault)).wait().is_err());
}

#[test]
fn a_newer_database_is_refused() {
    let larder = Larder::new();
    larder.db.close();
    open(&larder, &[SCHEMA, COLOURS]).expect("migrated");
    assert_eq!(open(&larder, &[SCHEMA]).err().expect("refused").code(), "database_newer");
    let report = verify_with(&larder.folder.path().join("larder.db"), &[SCHEMA]).expect("read");
    assert!(report.refusal.is_some() && report.integrity.is_empty());
}

#[test]
fn a_changed_migration_is_refused() {
    let larder = Larder::new();
    larder.db.close();
    let changed = ("0001_things.sql", "CREATE TABLE other (a TEXT) STRICT;");
    assert_eq!(open(&larder, &[changed]).err().expect("refused").code(), "migration_changed");
}

#[test]
fn other_peoples_databases_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("larder.db");
    let theirs = Connection::open(&file).expect("opened");
    theirs.execute_batch("CREATE TABLE recipes (name TEXT)").expect("made");
    drop(theirs);
    let refused = Db::open_with(folder.path(), options(), &[SCHEMA]).err().expect("refused");
    assert_eq!(refused.code(), "not_larder");
}

#[test]
fn a_folder_opened_for_reading_is_not_changed() {
    let larder = Larder::new();
    larder.write(thing(1, "a rope")).expect("written");
    let read_only = || Options { read_only: true, ..options() };
    let beside = Db::open_with(larder.folder.path(), read_only(), &[SCHEMA]).expect("opened beside the server");
    let count = |c: &Connection| c.query_row("SELECT count(*) FROM things", [], |row| row.get::<_, i64>(0));
    assert_eq!(beside.read(move |c| count(c).map_err(crate::db::fault)).wait().expect("read"), 1);
    assert_eq!(beside.write(thing(2, "no")).wait().expect_err("refused").code(), "read_only");
    larder.write(thing(2, "yes")).expect("written");
    assert_eq!(beside.read(move |c| count(c).map_err(crate::db::fault)).wait().expect("read"), 2);
    let older = Db::open_with(larder.folder.path(), read_only(), &[SCHEMA, COLOURS]);
    assert_eq!(older.err().expect("refused").code(), "database_older");
    let empty = tempfile::tempdir().expect("a folder");
    let none = Db::open_with(empty.path(), read_only(), &[SCHEMA]).err().expect("refused");
    assert_eq!(none.code(), "no_database");
    assert_eq!(std::fs::read_dir(empty.path()).expect("a folder").count(), 0);
}

#[test]
fn damage_is_found() {
    let larder = Larder::new();
    for i in 1..=200 {
        larder.write(thing(i, &"rope ".repeat(50))).expect("written");
    }
    larder.db.search_caught_up().wait().expect("caught up");
    larder.db.close();
    let file = larder.folder.path().join("larder.db");
    let sound = verify_with(&file, &[SCHEMA]).expect("read");
    assert!(sound.is_sound(), "{sound:?}");
    assert!(sound.counts.contains(&("things".to_owned(), 200)));
    // Where a row lies, so that it is no free page that is hit.
    let mut bytes = std::fs::read(&file).expect("read");
    let row = bytes.windows(10).rposition(|w| w == b"rope rope ").expect("a row");
    let page = row / 4096 * 4096;
    bytes[page..page + 3000].fill(0xA5);
    std::fs::write(&file, bytes).expect("written");
    let report = verify_with(&file, &[SCHEMA]).expect("read");
    assert!(!report.is_sound());
}
