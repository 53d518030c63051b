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

/// Sends a file that takes a while and waits until some of it is in.
fn long(client: &Client) -> String {
    let rows: String = (0..30_000).map(|n| format!("Acme {n}\n")).collect();
    let file = format!("Name\n{rows}");
    let started = client.send("POST", "/api/v1/imports?kind=companies&start=true", file.as_bytes()).expect(202);
    let path = started.header("location").to_owned();
    while client.get(&path).expect(200).json()["done"] == 0 {
        std::thread::sleep(Duration::from_millis(2));
    }
    path
}

#[test]
fn an_import_is_cancelled_on_its_page_or_in_the_queue_and_says_what_stayed() {
    // D30
    let (server, owner) = Server::set_up();
    let staff = server.hire(&owner, "staff", "Sam", &json!({}));
    let path = long(&staff);
    let id = path.rsplit('/').next().expect("an id").to_owned();
    let chore = owner.get(&format!("/api/v1/chores/{id}")).expect(200).json();
    assert_eq!((&chore["state"], &chore["can_cancel"]), (&json!("running"), &json!(true)), "{chore}");
    server.make_neighbour().send("POST", &format!("/api/v1/chores/{id}/cancel"), b"").expect(404);
    // By somebody else, who sees the queue: its owner hears of it.
    let cancelled = owner.send("POST", &format!("/api/v1/chores/{id}/cancel"), b"").expect(200).json();
    assert_eq!((&cancelled["state"], &cancelled["can_cancel"]), (&json!("cancelled"), &json!(false)), "{cancelled}");
    let said = cancelled["progress"]["message"].as_str().expect("a message").to_owned();
    assert!(said.contains("rows are done and stay"), "{said}");
    let import = staff.get(&path).expect(200).json();
    let kept = import["created"].as_u64().expect("a number");
    assert_eq!((&import["state"], cancelled["result"]["created"].as_u64()), (&json!("cancelled"), Some(kept)));
    assert_eq!(owner.get("/api/v1/companies?count=true&limit=1").json()["page"]["total"], kept);
    let told = staff.get("/api/v1/notifications").expect(200).json();
    assert_eq!((&told["data"][0]["sort"], &told["data"][0]["told"]), (&json!("import_finished"), &json!("cancelled")));
    owner.post(&format!("{path}/revert"), &json!({})).expect(202);
    // Some of what was taken in is still being taken back.
    let refused = owner.post(&format!("{path}/cancel"), &json!({})).expect(409);
    assert!(["import_reverting", "import_ended"].contains(&refused.code().as_str()), "{}", refused.text());
    settled(&owner, &path);
    assert_eq!(owner.get("/api/v1/companies?count=true&limit=1").json()["page"]["total"], 0);

    let again = long(&staff);
    assert_eq!(staff.post(&format!("{again}/cancel"), &json!({})).expect(200).json()["state"], "cancelled");
    assert_eq!(staff.get("/api/v1/notifications").json()["data"].as_array().map(Vec::len), Some(1), "their own deed");
    assert_eq!(settled(&staff, &again)["state"], "cancelled");
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
