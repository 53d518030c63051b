//! Backups: made beside a server, restored elsewhere, never from something damaged.

use std::fs;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

use crate::shell::{Server, done, run, set_up};

#[test]
fn a_backup_made_beside_a_server_is_restored_elsewhere_with_equal_counts() {
    let outer = tempfile::tempdir().expect("a folder");
    let (data, copy, restored) = (outer.path().join("data"), outer.path().join("copy.db"), outer.path().join("new"));
    set_up(&data);
    let server = Server::start(&data, &[], "data lies in");
    done(&data, &["tenant", "create", "Second Floor"]);
    let said = done(&data, &["backup", copy.to_str().expect("a path")]);
    assert!(said.contains("verified"), "{said}");
    server.stop();
    let said = done(&restored, &["restore", copy.to_str().expect("a path")]);
    assert!(said.contains("verified"), "{said}");
    let rows = |folder: &Path| {
        done(folder, &["verify", "--counts"])
            .lines()
            .filter(|l| !l.contains(" sound"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(rows(&restored), rows(&data));
    assert_eq!(done(&restored, &["tenant", "list"]), done(&data, &["tenant", "list"]));
}

#[test]
fn only_a_new_folder_and_a_sound_backup_will_do() {
    let outer = tempfile::tempdir().expect("a folder");
    let (data, copy) = (outer.path().join("data"), outer.path().join("copy.db"));
    set_up(&data);
    let name = copy.to_str().expect("a path");
    done(&data, &["backup", name]);
    let said = run(&data, &["restore", name]);
    assert!(said.code == 1 && said.err.contains("is not empty"), "{}", said.err);
    assert_eq!(run(&data, &["backup", name]).code, 1, "a file that is there is not written over");

    let pages = fs::metadata(&copy).expect("there").len() / 4096;
    let mut file = fs::OpenOptions::new().write(true).open(&copy).expect("opened");
    file.seek(SeekFrom::Start(pages / 2 * 4096)).expect("found");
    file.write_all(&[0x5a; 3 * 4096]).expect("written");
    let new = outer.path().join("new");
    let said = run(&new, &["restore", name]);
    assert!(said.code == 1 && said.err.contains("The backup is damaged"), "{}{}", said.out, said.err);
    assert!(!new.join("larder.db").exists());
    assert_eq!(run(&data, &["verify", name]).code, 1);

    fs::write(&copy, "a letter to grandmother").expect("written");
    let said = run(&new, &["restore", name]);
    assert!(said.code == 1 && said.err.contains("is not a Larder database"), "{}", said.err);
}

#[test]
fn a_database_in_use_is_no_backup() {
    let outer = tempfile::tempdir().expect("a folder");
    let (data, new) = (outer.path().join("data"), outer.path().join("new"));
    set_up(&data);
    let server = Server::start(&data, &[], "data lies in");
    done(&data, &["tenant", "create", "Second Floor"]);
    let said = run(&new, &["restore", data.join("larder.db").to_str().expect("a path")]);
    assert!(said.code == 1 && said.err.contains("in use"), "{}", said.err);
    server.stop();
}

#[test]
fn the_migrations_of_a_folder_are_listed() {
    let folder = tempfile::tempdir().expect("a folder");
    set_up(folder.path());
    let list = done(folder.path(), &["migrate", "--status"]);
    assert_eq!(list.lines().count(), larder::db::MIGRATIONS.len());
    assert!(!list.contains("pending"), "{list}");
}
