//! Backups: whole, checked, and taken while everybody works.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering::SeqCst};

use crate::db::verify::verify_with;

use super::fixture::{Larder, SCHEMA, thing};

#[test]
fn a_backup_under_concurrent_writes_is_consistent() {
    let larder = Larder::new();
    let tickets: Vec<_> = (1..=1000).map(|i| larder.db.write(thing(i, &"rope ".repeat(100)))).collect();
    tickets.into_iter().for_each(|ticket| ticket.wait().expect("written"));
    let stop = Arc::new(AtomicBool::new(false));
    let acknowledged = Arc::new(AtomicI64::new(1000));
    let writers: Vec<_> = (0..2_i64)
        .map(|w| {
            let (db, stop, acknowledged) = (Arc::clone(&larder.db), Arc::clone(&stop), Arc::clone(&acknowledged));
            std::thread::spawn(move || {
                for i in (10_000 * (w + 1)).. {
                    if stop.load(SeqCst) {
                        return;
                    }
                    db.write(thing(i, "written meanwhile")).wait().expect("written");
                    acknowledged.fetch_add(1, SeqCst);
                }
            })
        })
        .collect();
    let before = acknowledged.load(SeqCst);
    let report = larder.db.backup_into(&larder.folder.path().join("backups")).wait().expect("backed up");
    stop.store(true, SeqCst);
    writers.into_iter().for_each(|writer| writer.join().expect("wrote"));
    let copy = verify_with(&report.path, &[SCHEMA]).expect("read");
    assert!(copy.is_sound(), "{copy:?}");
    let count = |table: &str| copy.counts.iter().find(|(name, _)| name == table).map(|(_, rows)| *rows as i64);
    assert!(count("things") >= Some(before), "what was acknowledged before is in the backup");
    assert_eq!(count("things"), count("history"), "each change is there whole or not at all");
    assert_eq!(report.bytes, report.pages * 4096);
    let names: Vec<_> = std::fs::read_dir(larder.folder.path().join("backups"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    assert_eq!(names.len(), 1, "one file, with nothing beside it: {names:?}");
}

#[test]
fn a_backup_opens_as_a_database() {
    let larder = Larder::new();
    larder.write(thing(1, "a rope")).expect("written");
    let folder = tempfile::tempdir().expect("a folder");
    larder.db.backup_to(folder.path().join("larder.db")).wait().expect("backed up");
    let restored = crate::db::Db::open_with(folder.path(), super::fixture::options(), &[SCHEMA]).expect("opened");
    restored.write(thing(2, "another")).wait().expect("written");
    let again = larder.db.backup_to(folder.path().join("larder.db")).wait();
    assert_eq!(again.expect_err("never over another file").code(), "exists");
}

#[test]
fn backups_made_in_the_same_second_are_whole_and_apart() {
    let larder = Larder::new();
    larder.write(thing(1, "a rope")).expect("written");
    let folder = larder.folder.path().join("backups");
    let tickets: Vec<_> = (0..4).map(|_| larder.db.backup_into(&folder)).collect();
    for ticket in tickets {
        let copy = verify_with(&ticket.wait().expect("backed up").path, &[SCHEMA]).expect("read");
        assert!(copy.is_sound() && copy.counts.contains(&("things".to_owned(), 1)), "{copy:?}");
    }
    assert_eq!(crate::db::backups(&folder).expect("a list").len(), 4);
}

#[test]
fn a_failed_backup_leaves_nothing_behind() {
    let larder = Larder::new();
    let folder = larder.folder.path().join("backups");
    std::fs::create_dir(&folder).expect("a folder");
    // A folder that has the partial file's name, so that it can neither be removed nor written.
    std::fs::create_dir(folder.join(".x.db.partial")).expect("a folder");
    std::fs::write(folder.join(".x.db.partial/y"), "").expect("a file");
    assert!(larder.db.backup_to(folder.join("x.db")).wait().is_err());
    assert!(!folder.join("x.db").exists());
    larder.write(thing(1, "a rope")).expect("the writer is none the worse");
    let full = std::path::Path::new("/dev/full/x.db");
    assert!(larder.db.backup_to(full).wait().is_err());
}
