//! `larder serve --demo`: a useful screen from an empty folder.

use serde_json::{Value, json};

use crate::shell::{Server, done, run, set_up};

#[test]
fn the_banner_prints_logins_that_work_and_prints_them_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    let server = Server::start(data, &["--demo"], " client");
    let logins: Vec<Vec<String>> = server
        .lines
        .iter()
        .map(|line| line.split(' ').map(str::to_owned).collect::<Vec<_>>())
        .filter(|words| words.len() == 3 && words[0].contains('@'))
        .collect();
    assert_eq!(logins[0][2], "owner");
    for role in ["owner", "manager", "staff", "technician", "contractor", "client"] {
        assert!(logins.iter().any(|login| login[2] == role), "{role}");
    }
    let agent: ureq::Agent = ureq::Agent::new_with_defaults();
    let body = json!({"email": logins[0][0], "password": logins[0][1]});
    let mut answer = agent.post(format!("{}/api/v1/auth/login", server.url)).send_json(body).expect("signed in");
    let session: Value = answer.body_mut().read_json().expect("JSON");
    let list =
        format!("{}/api/v1/work-orders?status=assigned&sort=-created_at&fields=id,number,title,site.name", server.url);
    let bearer = format!("Bearer {}", session["access_token"].as_str().expect("a token"));
    let mut answer = agent.get(list).header("Authorization", bearer).call().expect("a list");
    let list: Value = answer.body_mut().read_json().expect("JSON");
    let first = &list["data"][0];
    assert!(first["number"].as_str().is_some_and(|n| n.starts_with("WO-")), "{first}");
    assert!(first["site"]["name"].is_string(), "{first}");
    server.stop();

    let equipment = done(data, &["export", "equipment", "--tenant", "northgate-lift-services"]);
    assert_eq!(equipment.lines().count(), 5001);
    let again = Server::start(data, &["--demo"], " client");
    let lines = again.lines.iter().filter(|line| line.contains('@')).count();
    assert_eq!(lines, logins.len());
    again.stop();
}

#[test]
fn a_folder_with_other_data_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    set_up(folder.path());
    let said = run(folder.path(), &["serve", "--demo", "--listen", "127.0.0.1:0"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("This folder holds other data"), "{}", said.err);
}
