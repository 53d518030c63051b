//! The queue of chores over HTTP, with its threads at work.

use std::time::{Duration, Instant};

use larder::chore::Order;
use larder::db::Change;
use larder::kernel::{Id, Moment};
use serde_json::{Value, json};

use crate::server::{Client, Server};

/// Asks until the chore is in that state.
pub fn wait(client: &Client, id: &str, state: &str) -> Value {
    let begun = Instant::now();
    loop {
        let chore = client.get(&format!("/api/v1/chores/{id}")).expect(200).json();
        if chore["state"] == state {
            return chore;
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "{chore}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// The notifications of a sort, once there is one.
pub fn notices(client: &Client, sort: &str) -> Vec<Value> {
    let begun = Instant::now();
    loop {
        let all = client.get("/api/v1/notifications").expect(200).json()["data"].clone();
        let found: Vec<_> = all.as_array().into_iter().flatten().filter(|line| line["sort"] == sort).cloned().collect();
        if !found.is_empty() {
            return found;
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "{all}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn due(client: &Client) -> String {
    let made = client.post("/api/v1/chores", &json!({"kind": "due-orders"})).expect(202);
    let id = made.json()["id"].as_str().expect("an id").to_owned();
    assert_eq!(made.header("location"), format!("/api/v1/chores/{id}"));
    id
}

#[test]
fn an_owner_has_due_orders_made_and_follows_it_to_its_end() {
    // S23, N22
    let (_server, owner) = Server::set_up();
    for n in 0..30 {
        owner.create("equipment", &json!({"name": format!("Lift {n}"), "inspection_due": "2020-01-01"}));
    }
    let id = due(&owner);
    let done = wait(&owner, &id, "done");
    assert_eq!(done["result"], json!({"made": 30, "skipped": 0}));
    assert_eq!(done["progress"]["percentage"], 100.0);
    let orders = owner.get("/api/v1/work-orders?count=true").expect(200).json();
    assert_eq!(orders["page"]["total"], 30);
    assert!(orders["data"][0]["created_by"].is_null(), "the server made it");
    let told = owner.get(&format!("/api/v1/streams/{id}/messages")).expect(200).json();
    let messages = told["data"].as_array().expect("messages");
    let stages: Vec<_> = messages.iter().map(|m| m["stage"].as_str().unwrap_or_default()).collect();
    assert_eq!(stages, ["waiting", "started", "counting", "writing", "writing", "done"]);
    let sequences: Vec<_> = messages.iter().map(|m| m["sequence"].as_i64().unwrap_or_default()).collect();
    assert_eq!(sequences, [1, 2, 3, 4, 5, 6]);
    let last = &messages[5];
    assert!(last["last"] == true && last["stream_id"] == *id && last["user_id"].is_string(), "{last}");
    assert!(last["timestamp"].as_str().is_some_and(|at| at.ends_with('Z')));
    assert_eq!(told["finished"], true);
    let again = wait(&owner, &due(&owner), "done");
    assert_eq!(again["result"]["made"], 0);
}

#[test]
fn what_has_ended_is_neither_cancelled_nor_tried_again() {
    let (_server, owner) = Server::set_up();
    let id = due(&owner);
    wait(&owner, &id, "done");
    let reply = owner.send("POST", &format!("/api/v1/chores/{id}/cancel"), b"").expect(409);
    assert_eq!(reply.code(), "chore_ended");
    let reply = owner.send("POST", &format!("/api/v1/chores/{id}/retry"), b"").expect(409);
    assert_eq!(reply.code(), "chore_not_failed");
    owner.post("/api/v1/chores", &json!({"kind": "backup"})).expect(422);
    owner.post("/api/v1/chores", &json!({"kind": "due-orders", "when": "now"})).expect(422);
}

#[test]
fn an_import_shows_in_the_queue_with_its_progress() {
    // N23
    let (_server, owner) = Server::set_up();
    let rows: String = (0..3_000).map(|n| format!("Customer {n}\r\n")).collect();
    let file = format!("Name\r\n{rows}");
    let path = "/api/v1/imports?kind=companies&file_name=customers.csv&start=true";
    let import = owner.send("POST", path, file.as_bytes()).expect(202).json();
    let id = import["id"].as_str().expect("an id");
    let done = wait(&owner, id, "done");
    assert_eq!((&done["kind"], &done["parameters"]["file_name"]), (&json!("import"), &json!("customers.csv")));
    assert_eq!(done["result"]["created"], 3_000);
    let told = owner.get(&format!("/api/v1/streams/{id}/messages")).expect(200).json();
    let messages = told["data"].as_array().expect("messages");
    assert!(messages.len() >= 4, "{told}");
    let places: Vec<_> = messages.iter().map(|m| m["percentage"].as_f64().unwrap_or(-1.0)).collect();
    assert!(places.is_sorted() && places[0] == 0.0 && places.ends_with(&[100.0]), "{places:?}");
    assert_eq!(told["finished"], true);
    let reply = owner.send("POST", &format!("/api/v1/chores/{id}/retry"), b"").expect(409);
    assert_eq!(reply.code(), "not_here");
}

#[test]
fn an_owner_says_how_many_days_ahead_or_that_none_are_made() {
    // S23
    let (_server, owner) = Server::set_up();
    let tenant = owner.get("/api/v1/auth/me").expect(200).json()["tenant"]["id"].as_str().expect("an id").to_owned();
    let path = format!("/api/v1/tenants/{tenant}");
    assert_eq!(owner.get(&path).expect(200).json()["due_ahead_days"], 30);
    let any = owner.with("if-match", "*");
    any.patch(&path, &json!({"due_ahead_days": 400})).expect(422);
    let off = any.patch(&path, &json!({"due_ahead_days": null})).expect(200).json();
    assert!(off["due_ahead_days"].is_null());
    assert!(any.patch(&path, &json!({"name": "Northgate"})).expect(200).json()["due_ahead_days"].is_null());
    owner.create("equipment", &json!({"name": "Lift", "inspection_due": "2020-01-01"}));
    assert_eq!(wait(&owner, &due(&owner), "done")["result"]["made"], 0);
    assert_eq!(any.patch(&path, &json!({"due_ahead_days": 7})).expect(200).json()["due_ahead_days"], 7);
    assert_eq!(wait(&owner, &due(&owner), "done")["result"]["made"], 1);
}

#[test]
fn what_waits_is_cancelled_at_once_and_can_be_tried_again() {
    let (server, owner) = Server::set_up();
    let (id, now, mut change) = (Id::new(), Moment::now(), Change::new());
    let order = Order { tenant: 1, kind: "repeat-orders", parameters: json!({}), ..Order::default() };
    server.app.chores.plan(&mut change, id, &order, now);
    // Not today, so that nobody takes it meanwhile.
    change.push("UPDATE chores SET run_after=9000000000000 WHERE id=?1", vec![id.into()]);
    server.app.db.write(change).wait().expect("written");
    let path = format!("/api/v1/chores/{id}");
    let waiting = owner.get(&path).expect(200).json();
    assert_eq!(
        (&waiting["state"], &waiting["can_cancel"], &waiting["can_retry"]),
        (&json!("waiting"), &json!(true), &json!(false))
    );
    let cancelled = owner.send("POST", &format!("{path}/cancel"), b"").expect(200).json();
    assert_eq!((&cancelled["state"], &cancelled["can_retry"]), (&json!("cancelled"), &json!(true)));
    owner.send("POST", &format!("{path}/retry"), b"").expect(200);
    let done = wait(&owner, &id.to_string(), "done");
    assert_eq!(done["attempts"], 1);
    let told = owner.get(&format!("/api/v1/streams/{id}/messages")).expect(200).json();
    let stages: Vec<_> = told["data"].as_array().expect("messages").iter().map(|m| m["stage"].clone()).collect();
    assert_eq!(stages, ["waiting", "cancelled", "waiting", "started", "done"]);
}
