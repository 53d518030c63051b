//! What a doctor finds.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::shell::{Server, done, run, set_up};

/// The lines that are not `ok`, and the exit code.
fn complaints(data: &Path) -> (i32, Vec<String>) {
    let said = run(data, &["doctor"]);
    (said.code, said.out.lines().filter(|line| !line.starts_with("ok")).map(str::to_owned).collect())
}

fn finds(data: &Path, code: i32, what: &str) {
    let (found, lines) = complaints(data);
    assert_eq!(found, code, "{lines:?}");
    assert!(lines.iter().any(|line| line.contains(what)), "{lines:?} say nothing of \"{what}\"");
}

#[test]
fn a_folder_that_is_well_passes_with_a_server_and_without() {
    let outer = tempfile::tempdir().expect("a folder");
    let data = &outer.path().join("data");
    set_up(data);
    finds(data, 0, "There is none yet");
    done(data, &["backup"]);
    assert_eq!(complaints(data), (0, vec![]));
    let server = Server::start(data, &[], "data lies in");
    assert_eq!(complaints(data).0, 0);
    assert!(done(data, &["doctor"]).contains("Running at http://127.0.0.1:"));
    server.kill();
    finds(data, 0, "killed");
}

#[test]
fn damage_is_named_with_the_way_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    set_up(data);
    done(data, &["backup"]);
    let file = data.join("larder.db");
    let sound = fs::read(&file).expect("read");
    let mut bytes = sound.clone();
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 3 * 4096].fill(0x5a);
    fs::write(&file, bytes).expect("written");
    finds(data, 1, "larder restore");
    fs::write(&file, &sound[..sound.len() / 3]).expect("written");
    finds(data, 1, "larder restore");
    fs::write(&file, "a letter to grandmother").expect("written");
    finds(data, 1, "is not a Larder database");
}

#[test]
fn a_folder_that_is_missing_or_open_to_others_is_named() {
    let outer = tempfile::tempdir().expect("a folder");
    finds(&outer.path().join("nowhere"), 1, "is not there");
    let data = outer.path().join("data");
    set_up(&data);
    fs::set_permissions(&data, fs::Permissions::from_mode(0o755)).expect("opened");
    finds(&data, 0, "chmod 700");
    fs::set_permissions(data.join("larder.db"), fs::Permissions::from_mode(0o644)).expect("opened");
    finds(&data, 0, "chmod 600");
}

#[test]
fn a_key_that_is_missing_is_missed_and_one_that_is_there_is_to_be_copied() {
    let outer = tempfile::tempdir().expect("a folder");
    let data = &outer.path().join("data");
    set_up(data);
    done(data, &["backup"]);
    let database = rusqlite::Connection::open(data.join("larder.db")).expect("the database");
    let seal = "INSERT INTO upstream_sources(id, tenant_id, name, base_url, admin_token, enabled, demo, created_at, \
        updated_at) VALUES(x'01', 1, 'Mail', 'https://mail.example', x'00', 1, 0, 0, 0)";
    assert_eq!(complaints(data), (0, vec![]), "there is nothing to open");
    database.execute_batch(seal).expect("sealed");
    finds(data, 1, "secret.key is missing");
    fs::write(data.join("secret.key"), [1; 31]).expect("written");
    finds(data, 1, "must hold 32 bytes");
    fs::write(data.join("secret.key"), [1; 32]).expect("written");
    fs::set_permissions(data.join("secret.key"), fs::Permissions::from_mode(0o600)).expect("set");
    assert!(done(data, &["doctor"]).contains("is in no backup: keep a copy of it elsewhere"));
    done(data, &["backup"]);
    let backup = fs::read_dir(data.join("backups")).expect("backups").flatten().map(|entry| entry.path()).max();
    let backup = backup.expect("one").display().to_string();
    let said = done(&outer.path().join("anew"), &["restore", &backup]);
    assert!(said.contains("anew/secret.key is missing"), "{said}");
}
