//! Tenants and operators, with a server and without.

use serde_json::{Value, json};

use crate::shell::{PASSWORD, Server, done, run, run_with, set_up};

fn sign_in(server: &Server, email: &str, password: &str) -> u16 {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let body = json!({"email": email, "password": password});
    let answer = agent.post(format!("{}/api/v1/auth/login", server.url)).send_json(body).expect("an answer");
    answer.status().as_u16()
}

#[test]
fn an_empty_folder_is_set_up_by_a_command() {
    let folder = tempfile::tempdir().expect("a folder");
    set_up(folder.path());
    assert_eq!(done(folder.path(), &["tenant", "list"]), "acme-sons\tAcme & Sons\t1 login\n");
    let server = Server::start(folder.path(), &[], "data lies in");
    assert_eq!(sign_in(&server, "ada@acme.example", PASSWORD), 200);
    server.stop();
}

#[test]
fn commands_beside_a_running_server_go_through_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    set_up(data);
    let server = Server::start(data, &[], "data lies in");
    assert_eq!(done(data, &["tenant", "create", "Second Floor", "--currency", "EUR"]), "second-floor\n");
    assert!(done(data, &["tenant", "list"]).contains("second-floor\tSecond Floor\t0 logins"));
    let reset = ["admin", "reset-password", "--email", "ada@acme.example", "--password-file", "-"];
    assert_eq!(run_with(data, &reset, "another four quiet words").code, 0);
    assert_eq!(sign_in(&server, "ada@acme.example", PASSWORD), 401);
    assert_eq!(sign_in(&server, "ada@acme.example", "another four quiet words"), 200);
    server.stop();
}

#[test]
fn a_refusal_says_what_is_wrong_and_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    set_up(data);
    let short =
        run_with(data, &["admin", "reset-password", "--email", "ada@acme.example", "--password-file", "-"], "x");
    assert_eq!(short.code, 1);
    assert!(short.err.contains("password: Use at least 8 characters."), "{}", short.err);
    let again = run(data, &["tenant", "create", "ACME & Sons"]);
    assert!(again.code == 1 && again.err.contains("slug"), "{}", again.err);
    let nobody =
        run_with(data, &["admin", "reset-password", "--email", "x@acme.example", "--password-file", "-"], PASSWORD);
    assert_eq!(nobody.code, 1);
    assert_eq!(done(data, &["tenant", "list"]).lines().count(), 1);
}

#[test]
fn a_command_pointed_at_the_wrong_folder_leaves_nothing_there() {
    let folder = tempfile::tempdir().expect("a folder");
    for args in [
        &["tenant", "list"][..],
        &["backup"],
        &["verify"],
        &["migrate"],
        &["export", "companies", "--tenant", "acme-sons"],
        &["admin", "reset-password", "--email", "a@b.example", "--password-file", "-"],
    ] {
        let said = run(folder.path(), args);
        assert!(said.code == 1 && said.err.contains("There is no database in"), "{args:?}: {}", said.err);
    }
    assert_eq!(folder.path().read_dir().expect("a folder").count(), 0);
}

#[test]
fn what_other_programs_read_is_printed() {
    let folder = tempfile::tempdir().expect("a folder");
    let document: Value = serde_json::from_str(&done(folder.path(), &["openapi"])).expect("JSON");
    assert_eq!(document["openapi"], "3.1.0");
    let unit = done(folder.path(), &["print", "systemd-unit"]);
    assert!(unit.contains("Type=notify") && unit.contains("DynamicUser=yes"));
    let file = folder.path().join("larder.service");
    std::fs::write(&file, unit.replace("/usr/local/bin/larder", env!("CARGO_BIN_EXE_larder"))).expect("written");
    match std::process::Command::new("systemd-analyze").arg("verify").arg(&file).output() {
        Ok(read) => {
            // It reads the units around it too, which are none of our business.
            let said = String::from_utf8_lossy(&read.stderr);
            assert!(read.status.success() && !said.contains("larder.service"), "{said}");
        }
        Err(_) => eprintln!("skipped: systemd-analyze is missing, so nobody has read the unit"),
    }
    assert!(!done(folder.path(), &["--help"]).contains("\u{1b}["), "no colour off a terminal");
}
