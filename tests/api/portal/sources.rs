//! Connecting a source: owners alone, tokens that never come out, addresses that lead nowhere inside.

use serde_json::{Value, json};

use super::peer::Peer;
use super::{Desk, until};
use crate::server::Server;

const SOURCES: &str = "/api/v1/portal/sources";

#[test]
fn a_token_goes_in_and_never_comes_out() {
    let desk = Desk::ready(Peer::start(2), |_| {});
    let manager = desk.server.hire(&desk.owner, "manager", "Mary Manager", &json!({}));
    for (who, path) in [(&desk.owner, SOURCES), (&desk.owner, "/api/v1/portal"), (&manager, "/api/v1/portal")] {
        let text = who.get(path).expect(200).text();
        assert!(!text.contains("demo-admin") && !text.contains("demo-workspace"), "{path}: {text}");
    }
    // Nor does it lie readable in the folder.
    desk.server.app.db.write(larder::db::Change::new()).wait().expect("written");
    for name in ["larder.db", "larder.db-wal"] {
        let bytes = std::fs::read(desk.server.app.config.data.join(name)).expect("a file");
        for secret in [&b"demo-admin"[..], b"demo-workspace-"] {
            assert!(!bytes.windows(secret.len()).any(|part| part == secret), "{name}");
        }
    }
    let sources = desk.owner.get(SOURCES).expect(200).json();
    assert_eq!(sources["data"][0]["base_url"], desk.peer.url);
    assert_eq!(sources["workspaces"].as_array().map(Vec::len), Some(2));
    assert_eq!(sources["workspaces"][0]["has_token"], true);
    manager.get(SOURCES).expect(403);
    let seen = manager.get("/api/v1/portal").expect(200).json();
    assert_eq!((&seen["sources"][0]["base_url"], &seen["may_manage"]), (&Value::Null, &json!(false)));
}

#[test]
fn an_address_inside_is_refused_unless_the_operator_allows_it() {
    let peer = Peer::start(1);
    let (server, owner) = Server::set_up();
    let plain = json!({"name": "Inside", "base_url": peer.url, "token": "demo-admin"});
    let refused = owner.post(SOURCES, &plain).expect(422).json();
    assert_eq!(refused["errors"][0]["pointer"], "/base_url");
    let port = peer.url.rsplit(':').next().expect("a port");
    for host in ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "169.254.169.254", "[::ffff:10.0.0.1]"] {
        let body = json!({"name": host, "base_url": format!("https://{host}:{port}"), "token": "demo-admin"});
        let id = owner.post(SOURCES, &body).expect(201).json()["id"].as_str().expect("an id").to_owned();
        let tested = owner.post(&format!("{SOURCES}/{id}/test"), &json!({})).expect(200).json();
        assert_eq!((&tested["ok"], &tested["code"]), (&json!(false), &json!("address_refused")), "{host}: {tested}");
        owner.delete(&format!("{SOURCES}/{id}")).expect(204);
    }
    assert_eq!(peer.counts()["calls"], 0);
    drop(server);
}

/// Even where the operator lets calls inside pass, none goes out readable.
#[test]
fn a_token_never_crosses_the_internet_readable() {
    let desk = Desk::open(Peer::start(1), |_| {});
    let body = json!({"name": "Out", "base_url": "http://8.8.8.8:9", "token": "demo-admin"});
    assert_eq!(desk.owner.post(SOURCES, &body).expect(422).json()["errors"][0]["pointer"], "/base_url");
}

#[test]
fn a_source_is_tried_out_with_one_call() {
    let desk = Desk::open(Peer::start(5), |_| {});
    let path = format!("{SOURCES}/{}/test", desk.source);
    let tested = desk.owner.post(&path, &json!({})).expect(200).json();
    assert_eq!((&tested["ok"], &tested["workspaces"]), (&json!(true), &json!(5)));
    assert_eq!(desk.peer.counts()["calls"], 1);
    let any = format!("{SOURCES}/{}", desk.source);
    desk.owner.patch(&any, &json!({"token": "wrong"})).expect(200);
    let tested = desk.owner.post(&path, &json!({})).expect(200).json();
    assert_eq!((&tested["ok"], &tested["code"]), (&json!(false), &json!("token_refused")));
    desk.owner.patch(&any, &json!({"token": null})).expect(200);
    assert_eq!(desk.owner.post(&path, &json!({})).expect(409).code(), "no_token");
}

#[test]
fn no_token_follows_a_source_to_another_address() {
    let (desk, other) = (Desk::ready(Peer::start(2), |_| {}), Peer::start(2));
    let path = format!("{SOURCES}/{}", desk.source);
    let refused = desk.owner.patch(&path, &json!({"base_url": other.url})).expect(422).json();
    assert_eq!(refused["errors"][0]["pointer"], "/token");
    desk.owner.patch(&path, &json!({"base_url": other.url, "token": "demo-admin"})).expect(200);
    let source = desk.owner.get(SOURCES).expect(200).json()["data"][0].clone();
    assert_eq!((&source["tokens"], &source["base_url"]), (&json!(0), &json!(other.url)));
}

#[test]
fn what_a_source_cannot_be_is_said_field_by_field() {
    let (_server, owner) = Server::set_up();
    let refused = owner.post(SOURCES, &json!({"name": " ", "base_url": "example.com"})).expect(422).json();
    assert_eq!(refused["errors"][0]["pointer"], "/name");
    let body = json!({"name": "x", "base_url": "https://me:pw@example.com", "token": "two words"});
    let refused = owner.post(SOURCES, &body).expect(422).json();
    let places: Vec<&Value> = refused["errors"].as_array().expect("errors").iter().map(|e| &e["pointer"]).collect();
    assert_eq!(places, ["/token", "/base_url"]);
    assert!(!refused.to_string().contains("two words"));
    let fine = json!({"name": "x", "base_url": "https://mail.example.com/"});
    for _ in 0..10 {
        owner.post(SOURCES, &fine).expect(201);
    }
    assert_eq!(owner.post(SOURCES, &fine).expect(409).code(), "too_many");
}

/// Without a token of the account, each workspace is entered by hand with its own.
#[test]
fn a_workspace_with_its_own_token_needs_none_of_the_account() {
    let desk = Desk::open(Peer::start(3), |_| {});
    let path = format!("{SOURCES}/{}", desk.source);
    desk.owner.patch(&path, &json!({"token": null})).expect(200);
    let (id, _) = desk.owner.create("workspaces", &json!({"name": "By hand"}));
    let token = format!("/api/v1/portal/workspaces/{id}/token");
    let refused = desk.owner.put(&token, &json!({"token": "demo-workspace-2"})).expect(422).json();
    assert_eq!(refused["errors"][0]["pointer"], "/source_id");
    let body = json!({"token": "demo-workspace-2", "source_id": desk.source, "upstream_id": 2});
    desk.owner.put(&token, &body).expect(204);
    let shown = super::until("its figures", || desk.show("kpi"), |shown| shown["loaded"] == 1);
    let due = desk.peer.month(&desk.peer.all()[1]).interested;
    assert_eq!(shown["rows"][0]["figures"]["leads"], due);
    assert_eq!(desk.peer.calls("workspaces"), 0);
    let (other, _) = desk.owner.create("workspaces", &json!({"name": "Another"}));
    desk.owner.put(&format!("/api/v1/portal/workspaces/{other}/token"), &body).expect(409);
}

/// Targets may be there before the source is: from a file, by the number at the service.
#[test]
fn a_workspace_that_was_entered_before_is_recognised() {
    let peer = Peer::start(3);
    let name = format!("{}/2", peer.url.trim_start_matches("http://"));
    let desk = Desk::open(peer, |_| {});
    let (id, _) = desk.owner.create("workspaces", &json!({"name": "Ours", "external_id": name, "monthly_target": 50}));
    let shown = desk.load("kpi");
    let ours = shown["rows"].as_array().expect("rows").iter().find(|row| row["workspace_id"] == *id).expect("its row");
    assert_eq!((&ours["name"], &ours["figures"]["target"]), (&json!("Ours"), &json!(50)));
    assert_eq!(
        desk.owner.get("/api/v1/workspaces?limit=100").expect(200).json()["data"].as_array().map(Vec::len),
        Some(3)
    );
}

#[test]
fn a_source_that_goes_leaves_the_workspaces_and_their_targets() {
    let desk = Desk::ready(Peer::start(2), |_| {});
    desk.owner.delete(&format!("{SOURCES}/{}", desk.source)).expect(204);
    let shown = desk.show("kpi");
    assert_eq!((&shown["workspaces"], &shown["rows"]), (&json!(0), &json!([])));
    assert_eq!(desk.owner.get("/api/v1/workspaces").expect(200).json()["data"].as_array().map(Vec::len), Some(2));
    desk.owner.delete(&format!("{SOURCES}/{}", desk.source)).expect(404);
}

#[test]
fn a_neighbour_sees_nothing_of_it() {
    let desk = Desk::ready(Peer::start(2), |_| {});
    let neighbour = desk.server.make_neighbour();
    assert_eq!(neighbour.get("/api/v1/portal/kpi").expect(200).json()["rows"], json!([]));
    assert_eq!(neighbour.get("/api/v1/portal").expect(200).json()["sources"], json!([]));
    let path = format!("{SOURCES}/{}", desk.source);
    neighbour.patch(&path, &json!({"name": "Mine"})).expect(404);
    neighbour.delete(&path).expect(404);
    neighbour.post(&format!("{path}/test"), &json!({})).expect(404);
    neighbour.post(&format!("{path}/tokens"), &json!({})).expect(404);
    let workspace = desk.show("kpi")["rows"][0]["workspace_id"].as_str().expect("an id").to_owned();
    neighbour.put(&format!("/api/v1/portal/workspaces/{workspace}/token"), &json!({"token": "x"})).expect(404);
    assert_eq!(neighbour.get("/api/v1/portal/health").expect(200).json()["score"], Value::Null);
}

/// Figures of one workspace never stand under another's name.
#[test]
fn a_record_that_stands_for_another_workspace_shows_nothing_of_the_first() {
    let desk = Desk::ready(Peer::start(3), |_| {});
    let shown = desk.show("kpi");
    let record = shown["rows"][0]["workspace_id"].as_str().expect("an id").to_owned();
    let path = format!("/api/v1/portal/workspaces/{record}/token");
    desk.peer.set(&json!({"outage": true}));
    let body = json!({"token": "demo-admin", "source_id": desk.source, "upstream_id": 999});
    desk.owner.put(&path, &body).expect(204);
    let after = desk.show("kpi");
    let row = after["rows"].as_array().expect("rows").iter().find(|row| row["workspace_id"] == record);
    assert_eq!(row.map(|row| &row["figures"]), Some(&Value::Null), "{after}");
}

/// What a service said that the source no longer stands for is dropped, its tokens with it.
#[test]
fn what_comes_from_the_former_address_is_not_taken() {
    let (old, new) = (Peer::start(3), Peer::start(5));
    old.set(&json!({"list_latency_ms": 1_500}));
    let desk = Desk::open(old, |_| {});
    desk.show("kpi");
    until("the question", || desk.peer.counts(), |counts| counts["in_flight"] == 1);
    let path = format!("/api/v1/portal/sources/{}", desk.source);
    desk.owner.patch(&path, &json!({"base_url": new.url, "token": "demo-admin"})).expect(200);
    until("the old answer", || desk.peer.counts(), |counts| counts["in_flight"] == 0);
    std::thread::sleep(std::time::Duration::from_millis(200));
    let portal = || desk.owner.get("/api/v1/portal").expect(200).json();
    assert_eq!(portal()["sources"][0]["listed_at"], Value::Null);
    until("the new ones", || desk.show("kpi"), |shown| shown["loaded"] == 5);
}

/// One that does not answer is not called well.
#[test]
fn a_source_that_was_tried_and_failed_says_so() {
    let desk = Desk::open(Peer::start(2), |_| {});
    let sources = || desk.owner.get("/api/v1/portal/sources").expect(200).json();
    assert_eq!(sources()["data"][0]["state"], "new");
    desk.peer.set(&json!({"outage": true}));
    let path = format!("/api/v1/portal/sources/{}/test", desk.source);
    assert_eq!(desk.owner.post(&path, &json!({})).expect(200).json()["ok"], false);
    assert_eq!(sources()["data"][0]["state"], "failing");
    desk.peer.well();
    desk.owner.post(&path, &json!({})).expect(200);
    assert_eq!(sources()["data"][0]["state"], "new");
}
