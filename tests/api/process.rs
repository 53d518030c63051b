//! `larder serve` as a process: what it prints, what it leaves in its folder, how it stops.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

/// The bare program with an empty environment.
fn serve(folder: &Path, more: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_larder"))
        .env_clear()
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(folder)
        .args(more)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("a process")
}

fn lines(child: &mut Child) -> impl Iterator<Item = String> + use<> {
    BufReader::new(child.stdout.take().expect("its output")).lines().map_while(Result::ok)
}

fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args(["-s", name, &child.id().to_string()]).status().expect("kill");
    assert!(sent.success());
}

#[test]
fn one_command_prints_where_to_go_and_both_signals_end_it_in_peace() {
    for name in ["TERM", "INT"] {
        let folder = tempfile::tempdir().expect("a folder");
        let data = folder.path().join("data");
        let mut child = serve(&data, &[]);
        let mut lines = lines(&mut child);
        let first = lines.next().expect("a banner");
        let url = first.rsplit(' ').next().expect("an address").to_owned();
        let link = lines.find(|line| line.contains("/setup?token=")).expect("a set-up link");
        assert!(link.contains(&url), "{link}");

        let run_file = data.join("larder.run");
        let mode = std::fs::metadata(&run_file).expect("a run file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let run: Value = serde_json::from_slice(&std::fs::read(&run_file).expect("readable")).expect("JSON");
        assert_eq!(run["url"], url);
        let well = ureq::get(format!("{url}/healthz")).call().expect("an answer");
        assert_eq!(well.status(), 200);

        signal(&child, name);
        assert!(child.wait().expect("an end").success());
        assert!(!run_file.exists(), "the run file stayed behind");
    }
}

#[test]
fn a_folder_has_one_server_and_a_wrong_setting_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut first = serve(folder.path(), &[]);
    let mut lines = lines(&mut first);
    lines.next().expect("a banner");
    let mut second = serve(folder.path(), &[]);
    assert!(!second.wait().expect("an end").success());
    let mut wrong = serve(folder.path(), &["--workers", "many"]);
    assert_eq!(wrong.wait().expect("an end").code(), Some(2));
    signal(&first, "TERM");
    assert!(first.wait().expect("an end").success());
}
