//! Lists that are written into files behind the scenes: asked for, followed, cancelled, come back for.

use std::time::{Duration, Instant};

use larder::db::Change;
use serde_json::json;

use crate::chores::{notices, wait};
use crate::server::{Client, PASSWORD, Reply, Server};

/// So many that a file of them comes in several pieces.
const MANY: usize = 12_000;

fn order(client: &Client, path: &str) -> String {
    let reply = client.send("POST", &format!("/api/v1/{path}"), b"").expect(202);
    let run = reply.json();
    let id = run["id"].as_str().expect("an id").to_owned();
    assert_eq!(reply.header("location"), format!("/api/v1/exports/{id}"));
    assert_eq!(run["stream_id"], id, "{run}");
    id
}

fn show(client: &Client, id: &str) -> Reply {
    client.get(&format!("/api/v1/exports/{id}"))
}

fn file(client: &Client, id: &str) -> Reply {
    client.get(&format!("/api/v1/exports/{id}/file"))
}

/// Brings in some companies.
fn companies(owner: &Client, many: usize) {
    let rows: String = (0..many).map(|n| format!("Acme {n},\"lifts, {n}\"\n")).collect();
    let started =
        owner.send("POST", "/api/v1/imports?kind=companies&start=true", format!("Name,Sector\n{rows}").as_bytes());
    let (path, begun) = (started.expect(202).header("location").to_owned(), Instant::now());
    while owner.get(&path).expect(200).json()["state"] != "done" {
        assert!(begun.elapsed() < Duration::from_secs(120));
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_list_in_a_file_is_what_a_download_gives_and_tells_how_far_it_is() {
    // N22, D30
    let (_server, owner) = Server::set_up();
    companies(&owner, MANY);
    for format in ["csv", "jsonl"] {
        let list = format!("companies/export?format={format}&sort=-name&name[ne]=Acme 7").replace(' ', "%20");
        let id = order(&owner, &list);
        wait(&owner, &id, "done");
        let run = show(&owner, &id).expect(200).json();
        assert_eq!(
            (&run["kind"], &run["format"], &run["state"]),
            (&json!("companies"), &json!(format), &json!("done"))
        );
        assert_eq!(run["rows"], MANY - 1, "{run}");
        let made = file(&owner, &id).expect(200);
        let direct = owner.get(&format!("/api/v1/{list}")).expect(200);
        assert!(made.body == direct.body, "{format}: {} and {} bytes", made.body.len(), direct.body.len());
        assert_eq!(run["bytes"], made.body.len());
        for header in ["content-type", "content-disposition"] {
            assert_eq!(made.header(header), direct.header(header));
        }
        let told = owner.get(&format!("/api/v1/streams/{id}/messages")).expect(200).json();
        let messages = told["data"].as_array().expect("messages");
        let stages: Vec<_> = messages.iter().filter_map(|m| m["stage"].as_str()).collect();
        assert_eq!((&stages[..3], *stages.last().expect("the end")), (&["waiting", "started", "reading"][..], "done"));
        assert!(stages.iter().filter(|stage| **stage == "reading").count() > 2, "in pieces: {told}");
        let places: Vec<_> = messages.iter().filter_map(|m| m["percentage"].as_f64()).collect();
        assert!(places.is_sorted() && places.last() == Some(&100.0), "{places:?}");
        // What the queue shows of it says nothing of the order's insides.
        let chore = owner.get(&format!("/api/v1/chores/{id}")).expect(200).json();
        let shown = json!({"kind": "companies", "format": format, "name": run["file_name"]});
        assert_eq!(chore["parameters"], shown);
    }
    let id = order(&owner, "companies/export?format=xlsx");
    wait(&owner, &id, "done");
    let made = file(&owner, &id).expect(200);
    assert!(made.body.starts_with(b"PK"), "a workbook");
    // What can be exported can be read in again.
    let again =
        owner.send("POST", "/api/v1/imports?kind=companies&file_name=again.xlsx", &made.body).expect(201).json();
    assert_eq!((&again["format"], &again["total"]), (&json!("xlsx"), &json!(MANY)), "{again}");
    // A list without rows is a file with its head alone.
    let none = order(&owner, "deals/export");
    wait(&owner, &none, "done");
    assert_eq!(file(&owner, &none).expect(200).text().lines().count(), 1);
}

#[test]
fn the_same_list_is_the_same_export_while_it_is_open_and_it_can_be_cancelled() {
    let (server, owner) = Server::set_up();
    let staff = server.hire(&owner, "staff", "Sam", &json!({}));
    let turn = server.app.household.turn.lock();
    let id = order(&owner, "companies/export?format=csv");
    assert_eq!(order(&owner, "companies/export?format=csv"), id);
    assert_ne!(order(&owner, "companies/export?format=jsonl"), id, "another file");
    assert_ne!(order(&owner, "companies/export?format=csv&name=Acme"), id, "another list");
    assert_ne!(order(&staff, "companies/export?format=csv"), id, "another person");
    assert_eq!(file(&owner, &id).expect(409).code(), "not_ready");
    owner.send("POST", &format!("/api/v1/chores/{id}/cancel"), b"").expect(200);
    drop(turn);
    assert_eq!(show(&owner, &id).expect(200).json()["state"], "cancelled");
    let gone = file(&owner, &id).expect(409);
    assert!(gone.text().contains("Export the list again"), "{}", gone.text());
    let next = order(&owner, "companies/export?format=csv");
    assert_ne!(next, id);
    wait(&owner, &next, "done");
    file(&owner, &next).expect(200);
}

#[test]
fn nobody_but_whoever_asked_fetches_the_file_and_only_with_the_rights_that_it_was_made_with() {
    let (server, owner) = Server::set_up();
    let stranger = server.make_neighbour();
    let manager = server.hire(&owner, "manager", "Mia", &json!({}));
    let person = server.hire(&owner, "staff", "Sam", &json!({}));
    let user = person.get("/api/v1/auth/me").json()["user"]["id"].as_str().expect("an id").to_owned();
    let become_a = |role: &str| {
        owner.with("if-match", "*").patch(&format!("/api/v1/users/{user}"), &json!({"role": role})).expect(200);
        server.sign_in("sam@northgate.example", PASSWORD)
    };
    let id = order(&person, "deals/export");
    wait(&person, &id, "done");
    for (who, sees) in [(&owner, 200), (&manager, 200), (&stranger, 404), (&server.nobody(), 401)] {
        let hidden = if sees == 401 { 401 } else { 404 };
        assert_eq!((show(who, &id).status, file(who, &id).status), (hidden, hidden));
        // Owners and managers see that it runs, as with everything that goes on behind the scenes.
        assert_eq!(who.get(&format!("/api/v1/chores/{id}")).status, sees);
    }
    file(&person, &id).expect(200);
    let person = become_a("technician");
    assert_eq!(
        (show(&person, &id).expect(409).code(), file(&person, &id).expect(409).code()),
        ("rights_changed".to_owned(), "rights_changed".to_owned())
    );
    person.send("POST", "/api/v1/deals/export", b"").expect(403);
    // They change while it waits: it is made with the rights as they are by then, or not at all.
    let person = become_a("staff");
    file(&person, &id).expect(200);
    let turn = server.app.household.turn.lock();
    let held = order(&person, "deals/export?format=jsonl");
    let person = become_a("technician");
    drop(turn);
    wait(&owner, &held, "dead");
    assert!(show(&person, &held).expect(200).json()["error"].as_str().is_some_and(|why| why.contains("may not")));
    file(&person, &held).expect(409);
}

#[test]
fn whoever_did_not_wait_for_it_is_told_that_it_is_ready() {
    let (server, owner) = Server::set_up();
    let turn = server.app.household.turn.lock();
    let id = order(&owner, "companies/export");
    // As if it had been asked for a minute ago.
    let mut change = Change::new();
    let key = id.parse::<larder::kernel::Id>().expect("an id");
    change.push("UPDATE chores SET created_at=created_at-60000 WHERE id=?1", vec![key.into()]);
    server.app.db.write(change).wait().expect("written");
    drop(turn);
    wait(&owner, &id, "done");
    let name = show(&owner, &id).json()["file_name"].clone();
    let named: Vec<_> = notices(&owner, "export_finished").iter().map(|line| line["record"].clone()).collect();
    assert_eq!(named, [json!({"kind": "exports", "id": id, "title": name})]);
}

#[test]
fn what_cannot_be_exported_is_refused_before_it_is_ordered() {
    let (server, owner) = Server::set_up();
    let technician = server.hire(&owner, "technician", "Theo", &json!({}));
    for (client, path, status) in [
        (&owner, "companies/export?format=pdf", 422),
        (&owner, "companies/export?colour=red", 422),
        (&owner, "companies/export?sort=colour", 422),
        (&owner, "gadgets/export", 404),
        (&technician, "deals/export", 403),
        (&technician, "companies/export", 403),
    ] {
        client.send("POST", &format!("/api/v1/{path}"), b"").expect(status);
    }
    let open = owner.get("/api/v1/chores").expect(200).json();
    assert!(open["data"].as_array().expect("a list").iter().all(|chore| chore["kind"] != "export"), "{open}");
}
