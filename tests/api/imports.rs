//! Files that become records, and back.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::server::{Client, Server};

const FILE: &[u8] = b"Name,Sector,Website\r\nAcme,lifts,https://acme.example\r\nBolt,,\r\n,nobody,\r\n";

/// Waits until the import has come to rest.
fn settled(owner: &Client, path: &str) -> Value {
    let begun = Instant::now();
    loop {
        let import = owner.get(path).expect(200).json();
        let state = import["state"].as_str().unwrap_or_default().to_owned();
        if !["checking", "running", "reverting"].contains(&state.as_str()) {
            return import;
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "{import}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_file_is_set_up_tried_carried_out_and_taken_back() {
    let (_server, owner) = Server::set_up();
    let csv = owner.with("content-type", "text/csv");
    let draft = csv.send("POST", "/api/v1/imports?kind=companies&file_name=customers.csv", FILE).expect(201);
    let path = draft.header("location").to_owned();
    let body = draft.json();
    assert_eq!((body["state"].as_str(), body["mapping"]["Name"].as_str()), (Some("draft"), Some("name")), "{body}");
    owner.patch(&path, &json!({"mapping": {"Website": null}})).expect(200);
    owner.patch(&path, &json!({"colour": 1})).expect(422);

    owner.post(&format!("{path}/dry-run"), &json!({})).expect(202);
    let tried = settled(&owner, &path);
    assert_eq!(
        (tried["state"].as_str(), tried["report"]["dry_run"]["rejected"].as_u64()),
        (Some("checked"), Some(1)),
        "{tried}"
    );
    assert_eq!(owner.get("/api/v1/companies?count=true").json()["page"]["total"], 0);

    let started = owner.post(&format!("{path}/start"), &json!({})).expect(202);
    assert_eq!(started.header("location"), path);
    let done = settled(&owner, &path);
    assert_eq!((done["created"].as_u64(), done["rejected"].as_u64()), (Some(2), Some(1)), "{done}");
    assert_eq!(owner.get("/api/v1/companies?count=true").json()["page"]["total"], 2);
    let rejected = owner.get(&format!("{path}/rejected")).expect(200).text();
    assert_eq!(rejected.lines().count(), 2, "{rejected}");

    owner.post(&format!("{path}/revert"), &json!({})).expect(202);
    settled(&owner, &path);
    assert_eq!(owner.get("/api/v1/companies?count=true").json()["page"]["total"], 0);
    assert_eq!(owner.get("/api/v1/imports").expect(200).json()["data"].as_array().map(Vec::len), Some(1));
}

#[test]
fn one_request_does_it_all() {
    let (_server, owner) = Server::set_up();
    let started = owner.send("POST", "/api/v1/imports?kind=companies&start=true", FILE).expect(202);
    let done = settled(&owner, started.header("location"));
    assert_eq!(done["created"], 2, "{done}");
}

#[test]
fn what_cannot_be_imported_is_said_before_the_file_is_kept() {
    let server = Server::with(|config| config.import_mb = 1);
    let owner = server.make_owner();
    owner.send("POST", "/api/v1/imports", FILE).expect(422);
    owner.send("POST", "/api/v1/imports?kind=gadgets", FILE).expect(422);
    owner.send("POST", "/api/v1/imports?kind=companies", b"").expect(400);
    owner.send("POST", "/api/v1/imports?kind=roles", FILE).expect(403);
    owner.send("POST", "/api/v1/imports?kind=companies", &vec![b'x'; 1_500_000]).expect(413);
    let stranger = server.nobody().send("POST", "/api/v1/imports?kind=companies", &vec![b'x'; 500_000]);
    stranger.expect(401);
    let left = std::fs::read_dir(server.app.config.data.join("uploads")).map_or(0, Iterator::count);
    assert_eq!(left, 0);
}
