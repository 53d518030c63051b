//! `larder serve --demo`: a useful screen from an empty folder.

use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

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

/// The portal's figures are made up, by a service that is there as long as its server is.
#[test]
fn the_portal_shows_the_figures_of_a_service_that_ends_with_the_server() {
    let folder = tempfile::tempdir().expect("a folder");
    for ends_in_peace in [true, false] {
        let server = Server::start(folder.path(), &["--demo"], " client");
        let login = server.lines.iter().find(|line| line.ends_with(" owner")).expect("the owner's login");
        let words: Vec<&str> = login.split(' ').collect();
        let agent: ureq::Agent = ureq::Agent::new_with_defaults();
        let body = json!({"email": words[0], "password": words[1]});
        let mut answer = agent.post(format!("{}/api/v1/auth/login", server.url)).send_json(body).expect("signed in");
        let session: Value = answer.body_mut().read_json().expect("JSON");
        let bearer = format!("Bearer {}", session["access_token"].as_str().expect("a token"));
        let get = |path: &str| -> Value {
            let url = format!("{}/api/v1/{path}", server.url);
            let mut answer = agent.get(url).header("Authorization", &bearer).call().expect("an answer");
            answer.body_mut().read_json().expect("JSON")
        };
        let portal = get("portal");
        assert_eq!((&portal["demo"], &portal["sources"][0]["serial"]), (&json!(true), &json!(false)));
        let begun = Instant::now();
        let kpi = loop {
            let kpi = get("portal/kpi");
            if kpi["loaded"] == 27 && kpi["freshness"] == "fresh" {
                break kpi;
            }
            assert!(begun.elapsed() < Duration::from_secs(60), "{}", kpi["errors"]);
            std::thread::sleep(Duration::from_millis(100));
        };
        assert_eq!((&kpi["totals"]["with_target"], &kpi["errors"]), (&json!(25), &json!([])));
        let sources = get("portal/sources");
        let service = sources["data"][0]["base_url"].as_str().expect("an address");
        let address: SocketAddr = service.trim_start_matches("http://").parse().expect("an address");
        assert!(address.ip().is_loopback() && TcpStream::connect(address).is_ok());
        if ends_in_peace {
            server.stop();
        } else {
            server.kill();
        }
        let begun = Instant::now();
        while TcpStream::connect(address).is_ok() {
            assert!(begun.elapsed() < Duration::from_secs(30), "the service outlives its server");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}
