//! A full disk: whoever writes is told so, whoever reads is served, and with room again all goes on.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::client::{Client, sign_in};
use crate::shell::{Server, done, larder, run, set_up, start};

#[test]
fn on_a_full_disk_reads_are_served_writes_refused_and_nothing_is_lost() {
    let Some(disk) = Disk::mount(6) else { return };
    let data = disk.0.join("data");
    set_up(&data);
    let server = Server::start(&data, &[], "data lies in");
    let token = sign_in(&server.url);
    let client = Client::new(&server.url, &token);
    let mut written = write_until_refused(&client, || disk.fill());
    assert_eq!(run(&data, &["backup"]).code, 1);
    let backups: Vec<_> = fs::read_dir(data.join("backups")).into_iter().flatten().flatten().collect();
    assert!(backups.is_empty(), "half a backup stayed behind: {backups:?}");
    let said = run(&data, &["doctor"]);
    assert!(said.code == 1 && said.out.contains("The disk is full"), "{}", said.out);
    assert!(!said.out.contains("damaged"), "{}", said.out);

    disk.empty();
    written.push(write_again(&client));
    server.stop();
    all_there(&data, &written);
}

/// The same where nobody may mount anything: the system refuses to make a file longer.
#[test]
fn where_no_file_may_grow_nothing_is_lost_either() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    set_up(data);
    let mut limited = larder(data, Command::new("sh"));
    let script = "trap '' XFSZ; ulimit -S -f 4000; exec \"$0\" serve --listen 127.0.0.1:0";
    limited.args(["-c", script, env!("CARGO_BIN_EXE_larder")]).stderr(std::process::Stdio::null());
    let server = Server::spawn(&mut limited, "data lies in");
    let client = Client::new(&server.url, &sign_in(&server.url));
    let mut written = write_until_refused(&client, || {});
    let pid = server.id().to_string();
    match Command::new("prlimit").args(["--pid", &pid, "--fsize=unlimited:unlimited"]).status() {
        Ok(raised) if raised.success() => written.push(write_again(&client)),
        _ => eprintln!("skipped the recovery: prlimit is missing"),
    }
    server.stop();
    all_there(data, &written);
}

#[test]
fn a_server_does_not_start_on_a_full_disk_and_says_why() {
    let Some(disk) = Disk::mount(6) else { return };
    let data = disk.0.join("data");
    set_up(&data);
    disk.fill();
    for args in [&["serve", "--listen", "127.0.0.1:0"][..], &["backup"], &["verify"]] {
        let said = run(&data, args);
        assert_eq!(said.code, 1, "{args:?}");
        assert!(said.err.contains("disk") && said.err.contains("Free some space"), "{args:?}: {}", said.err);
        assert!(!format!("{}{}", said.out, said.err).contains("internal"), "{args:?}: {}", said.err);
        assert!(!format!("{}{}", said.out, said.err).contains("damaged"), "{args:?}: {}", said.err);
    }
    let said = run(&data, &["doctor"]);
    assert!(said.code == 1 && said.out.contains("The disk is full"), "{}", said.out);
    assert!(!said.out.contains("damaged"), "{}", said.out);
    disk.empty();
    Server::start(&data, &[], "data lies in").stop();
}

#[test]
fn a_restore_without_room_leaves_nothing_behind() {
    let Some(disk) = Disk::mount(6) else { return };
    let folder = tempfile::tempdir().expect("a folder");
    set_up(folder.path());
    let copy = folder.path().join("copy.db");
    done(folder.path(), &["backup", copy.to_str().expect("a path")]);
    disk.fill();
    let new = disk.0.join("new");
    let said = run(&new, &["restore", copy.to_str().expect("a path")]);
    assert!(said.code == 1 && said.err.contains("Free some space"), "{}", said.err);
    assert_eq!(fs::read_dir(&new).expect("a folder").count(), 0);
}

#[test]
fn an_import_that_runs_out_of_room_ends_and_can_be_run_again() {
    const ROWS: usize = 20_000;
    let Some(disk) = Disk::mount(32) else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("companies.csv");
    let rows: String = (0..ROWS).map(|n| format!("Company {n},{n} Long Lane\n")).collect();
    fs::write(&file, format!("name,address\n{rows}")).expect("written");
    let data = disk.0.join("data");
    set_up(&data);
    let server = Server::start(&data, &[], "data lies in");
    let client = Client::new(&server.url, &sign_in(&server.url));
    disk.take(24).expect("room for ballast");
    let import_it = ["import", "companies", file.to_str().expect("a path"), "--tenant", "acme-sons"];
    let mut import = start(&data, &import_it);
    let (mut written, mut refused) = (0, 0);
    // How it ended may not be told before there is room to write it down.
    while refused < 100 && import.try_wait().expect("a process").is_none() {
        match client.create("Meanwhile").expect("an answer").status {
            201 => (written, refused) = (written + 1, 0),
            _ => refused += 1,
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    disk.empty();
    let ended = import.wait_with_output().expect("an end");
    assert!(!ended.status.success());
    assert!(String::from_utf8_lossy(&ended.stderr).contains("The disk is full"), "{ended:?}");
    let again = done(&data, &import_it);
    assert!(again.contains("rejected 0"), "{again}");
    let total = &client.get("companies?count=true").expect("an answer").body["page"]["total"];
    assert_eq!(*total, ROWS + written);
    server.stop();
    done(&data, &["verify"]);
}

/// Writes until there is no room; gives the ids of what was acknowledged.
fn write_until_refused(client: &Client, fill: impl FnOnce()) -> Vec<String> {
    let create = |n: usize| client.create(&format!("Number {n} {}", "of many ".repeat(20))).expect("an answer");
    let id = |made: &crate::client::Reply| made.body["id"].as_str().expect("an id").to_owned();
    let mut written = vec![id(&create(0))];
    fill();
    let refused = loop {
        let made = create(written.len());
        match made.status {
            201 => written.push(id(&made)),
            _ => break made,
        }
        assert!(written.len() < 5_000, "there is no end to this disk");
    };
    let code = refused.body["code"].as_str().unwrap_or_default();
    assert!([(507, "disk_full"), (503, "disk_fault")].contains(&(refused.status, code)), "{refused:?}");
    assert!(refused.body["detail"].as_str().is_some_and(|text| text.contains("disk")), "{refused:?}");
    for id in &written {
        assert_eq!(client.get(&format!("companies/{id}")).expect("an answer").status, 200);
    }
    assert_eq!(client.get("companies?count=true").expect("an answer").body["page"]["total"], written.len());
    written
}

/// Room again is found without anybody's help.
fn write_again(client: &Client) -> String {
    let begun = Instant::now();
    loop {
        let made = client.create("After the flood").expect("an answer");
        if made.status == 201 {
            return made.body["id"].as_str().expect("an id").to_owned();
        }
        assert!(begun.elapsed() < Duration::from_secs(10), "{made:?}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn all_there(data: &Path, written: &[String]) {
    done(data, &["verify"]);
    let exported = done(data, &["export", "companies", "--tenant", "acme-sons", "--format", "jsonl"]);
    assert_eq!(exported.lines().count(), written.len());
    assert!(written.iter().all(|id| exported.contains(id.as_str())));
}

/// A small disk, for as long as it is needed. To mount one takes the right to, as in a container of
/// one's own; elsewhere what needs it is skipped.
struct Disk(PathBuf);

impl Disk {
    fn mount(mb: u32) -> Option<Self> {
        let at = tempfile::tempdir().expect("a folder").keep();
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", &format!("size={mb}m"), "tmpfs"]).arg(&at).output();
        if mounted.is_ok_and(|mounted| mounted.status.success()) {
            return Some(Self(at));
        }
        eprintln!("skipped: this user may not mount a disk");
        let _ = fs::remove_dir(&at);
        None
    }

    /// Takes so much room.
    fn take(&self, mb: usize) -> std::io::Result<()> {
        fs::write(self.0.join("ballast"), vec![1; mb << 20])
    }

    /// Takes all the room there is.
    fn fill(&self) {
        let full = self.take(50).expect_err("a full disk");
        assert_eq!(full.kind(), std::io::ErrorKind::StorageFull);
    }

    fn empty(&self) {
        fs::remove_file(self.0.join("ballast")).expect("removed");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
        let _ = fs::remove_dir(&self.0);
    }
}
