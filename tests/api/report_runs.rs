//! Reports that are worked out behind the scenes: ordered, followed, cancelled, come back for.

use larder::db::Change;
use serde_json::{Value, json};

use crate::chores::{notices, wait};
use crate::server::{Client, PASSWORD, Reply, Server};
use crate::streams::Listener;

const QUESTION: &str = "/api/v1/reports/equipment-due/runs?within=60";

fn order(client: &Client, path: &str) -> String {
    let reply = client.send("POST", path, b"").expect(202);
    let run = reply.json();
    let id = run["id"].as_str().expect("an id").to_owned();
    assert_eq!(reply.header("location"), format!("/api/v1/reports/runs/{id}"));
    assert_eq!((&run["stream_id"], &run["document"]), (&json!(id), &Value::Null), "{run}");
    id
}

fn show(client: &Client, id: &str) -> Reply {
    client.get(&format!("/api/v1/reports/runs/{id}"))
}

/// Some machines that are due.
fn machines(owner: &Client) {
    for n in 0..5 {
        owner.create("equipment", &json!({"name": format!("Lift {n}"), "inspection_due": "2020-01-01"}));
    }
}

/// A document without what differs between two that say the same.
fn timeless(mut document: Value) -> Value {
    document.as_object_mut().expect("a document").remove("made_at");
    document
}

/// N22, X12
#[test]
fn a_report_is_ordered_moves_through_its_stages_and_is_what_a_read_gives() {
    let (_server, owner) = Server::set_up();
    machines(&owner);
    let id = order(&owner, QUESTION);
    wait(&owner, &id, "done");
    let run = show(&owner, &id).expect(200).json();
    assert_eq!((&run["report"], &run["state"], &run["error"]), (&json!("equipment-due"), &json!("done"), &Value::Null));
    assert_eq!(run["parameters"], json!({"within": "60", "what": "both"}));
    let read = owner.get("/api/v1/reports/equipment-due?within=60").expect(200);
    assert_eq!(timeless(run["document"].clone()), timeless(read.json()));
    assert_eq!(run["document"]["table"]["rows"].as_array().map(Vec::len), Some(5));

    let told = owner.get(&format!("/api/v1/streams/{id}/messages")).expect(200).json();
    let messages = told["data"].as_array().expect("messages");
    let said: Vec<_> =
        messages.iter().map(|m| (m["stage"].as_str().unwrap_or_default(), m["percentage"].as_f64())).collect();
    let due = [
        ("waiting", 0.0),
        ("started", 0.0),
        ("reading", 0.0),
        ("reading", 25.0),
        ("reading", 50.0),
        ("writing", 75.0),
        ("done", 100.0),
    ];
    assert_eq!(said, due.map(|(stage, at)| (stage, Some(at))), "{told}");
    assert_eq!(messages[3]["message"], "Looking up inspections (2 of 3)");
    // What the queue shows of it says nothing of the order's insides.
    let chore = owner.get(&format!("/api/v1/chores/{id}")).expect(200).json();
    assert_eq!(chore["parameters"], json!({"report": "equipment-due", "name": "Equipment due"}));
}

/// N17
#[test]
fn a_second_order_is_answered_from_memory_until_something_changes() {
    let (server, owner) = Server::set_up();
    machines(&owner);
    let id = order(&owner, QUESTION);
    wait(&owner, &id, "done");
    let run = show(&owner, &id).expect(200).json();
    let again = owner.send("POST", QUESTION, b"").expect(200);
    assert_eq!(again.json(), run["document"], "the very same");
    assert!(again.header("cache-status").contains("hit"));
    assert!(owner.get("/api/v1/reports/equipment-due?within=60").header("cache-status").contains("hit"));
    owner.create("equipment", &json!({"name": "One more", "inspection_due": "2020-01-01"}));
    let next = order(&owner, QUESTION);
    wait(&owner, &next, "done");
    let fresh = show(&owner, &next).expect(200).json();
    assert_eq!(fresh["document"]["table"]["rows"].as_array().map(Vec::len), Some(6));
    // What it was read from changes while it waits for its turn, which is before its first read.
    owner.create("equipment", &json!({"name": "And one", "inspection_due": "2020-01-01"}));
    let turn = server.app.household.turn.lock();
    let held = order(&owner, QUESTION);
    owner.create("equipment", &json!({"name": "The last", "inspection_due": "2020-01-01"}));
    drop(turn);
    wait(&owner, &held, "done");
    let last = owner.send("POST", QUESTION, b"").expect(200).json();
    assert_eq!(last["table"]["rows"].as_array().map(Vec::len), Some(8));
}

#[test]
fn the_same_question_is_the_same_run_while_it_is_open_and_it_can_be_cancelled() {
    let (server, owner) = Server::set_up();
    let staff = server.hire(&owner, "staff", "Sam", &json!({}));
    let turn = server.app.household.turn.lock();
    let id = order(&owner, QUESTION);
    assert_eq!(order(&owner, "/api/v1/reports/equipment-due/runs?what=both&within=60"), id, "in other words");
    assert_ne!(order(&owner, "/api/v1/reports/equipment-due/runs?within=90"), id, "another question");
    assert_ne!(order(&staff, QUESTION), id, "another person");
    assert_eq!(show(&owner, &id).expect(200).json()["state"], "waiting");
    owner.send("POST", &format!("/api/v1/chores/{id}/cancel"), b"").expect(200);
    drop(turn);
    let run = show(&owner, &id).expect(200).json();
    assert_eq!((&run["state"], &run["document"]), (&json!("cancelled"), &Value::Null));
    assert_eq!(run["error"], "It was cancelled.");
    // What was cancelled is not in the way of another try.
    let next = order(&owner, QUESTION);
    assert_ne!(next, id);
    wait(&owner, &next, "done");
    assert!(show(&owner, &next).json()["document"].is_object());
}

#[test]
fn who_chooses_something_else_ends_the_run_unless_another_window_waits_for_it() {
    let (server, owner) = Server::set_up();
    let manager = server.hire(&owner, "manager", "Mia", &json!({}));
    let turn = server.app.household.turn.lock();
    let path = |id: &str| format!("/api/v1/reports/runs/{id}");
    let listen = |id: &str| Listener::open(&server, owner.token(), id.parse().expect("an id"), None);
    let id = order(&owner, QUESTION);
    // Another person's it is not to end, even where they may see that it runs.
    manager.delete(&path(&id)).expect(404);
    // The window that leaves still listens, and so does another one.
    let both = (listen(&id), listen(&id));
    owner.delete(&path(&id)).expect(204);
    assert_eq!(show(&owner, &id).expect(200).json()["state"], "waiting");
    let alone = order(&owner, "/api/v1/reports/equipment-due/runs?within=90");
    let _leaves = listen(&alone);
    owner.delete(&path(&alone)).expect(204);
    let run = show(&owner, &alone).expect(200).json();
    assert_eq!((&run["state"], &run["document"]), (&json!("cancelled"), &Value::Null));
    // What has ended is left as it is.
    owner.delete(&path(&alone)).expect(204);
    drop((turn, both));
    wait(&owner, &id, "done");
    owner.delete(&path(&id)).expect(204);
    assert_eq!(show(&owner, &id).expect(200).json()["state"], "done");
}

#[test]
fn nobody_but_whoever_asked_sees_the_run_and_its_document() {
    let (server, owner) = Server::set_up();
    let stranger = server.make_neighbour();
    let company = owner.create("companies", &json!({"name": "Acme"})).0;
    let contractor = owner.create("contractors", &json!({"name": "Northern Hoists"})).0;
    let mut people = vec![("owner", owner.clone())];
    for role in ["manager", "staff", "technician", "contractor", "client"] {
        let more = match role {
            "client" => json!({"company_id": company}),
            "contractor" => json!({"contractor_id": contractor}),
            _ => json!({}),
        };
        people.push((role, server.hire(&owner, role, role, &more)));
    }
    for (role, person) in &people {
        // Each asks for themselves alone, so that none is answered from memory.
        let id =
            order(person, &format!("/api/v1/reports/work-orders/runs?from=2001-01-01&to=2001-01-{:02}", role.len()));
        wait(person, &id, "done");
        for (other, client) in people.iter().filter(|(other, _)| other != role).chain([&("stranger", stranger.clone())])
        {
            assert_eq!(show(client, &id).status, 404, "{other} of {role}");
            // Owners and managers see that it runs, as with everything that goes on behind the scenes.
            let status = if ["owner", "manager"].contains(other) { 200 } else { 404 };
            for path in [format!("streams/{id}"), format!("streams/{id}/messages"), format!("chores/{id}")] {
                assert_eq!(client.get(&format!("/api/v1/{path}")).status, status, "{other} {path} of {role}");
            }
            if status == 404 {
                client.send("POST", &format!("/api/v1/chores/{id}/cancel"), b"").expect(404);
            } else {
                let chore = client.get(&format!("/api/v1/chores/{id}")).json();
                assert_eq!(chore["parameters"], json!({"report": "work-orders", "name": "Work orders"}));
                assert_eq!(
                    chore["result"].as_object().map(|told| told.keys().collect::<Vec<_>>()),
                    Some(vec![&"bytes".to_owned()])
                );
            }
        }
        assert!(show(person, &id).expect(200).json()["document"].is_object(), "{role}");
        let chore = owner.create("tasks", &json!({"title": "No run"})).0;
        show(person, &chore).expect(404);
    }
    server.nobody().get("/api/v1/reports/runs/01a1fc05-08d1-7448-99b0-07aac7ae6094").expect(401);
}

#[test]
fn a_document_is_not_shown_under_other_rights_than_it_was_made_with() {
    let (server, owner) = Server::set_up();
    let person = server.hire(&owner, "staff", "Sam", &json!({}));
    let user = person.get("/api/v1/auth/me").json()["user"]["id"].as_str().expect("an id").to_owned();
    // Another role ends the sessions, so they sign in again.
    let become_a = |role: &str| {
        owner.with("if-match", "*").patch(&format!("/api/v1/users/{user}"), &json!({"role": role})).expect(200);
        server.sign_in("sam@northgate.example", PASSWORD)
    };
    let id = order(&person, "/api/v1/reports/pipeline/runs");
    wait(&person, &id, "done");
    show(&person, &id).expect(200);
    let person = become_a("technician");
    let refused = show(&person, &id).expect(409);
    assert_eq!(refused.code(), "rights_changed");
    assert!(refused.text().contains("Run it again"), "{}", refused.text());
    person.send("POST", "/api/v1/reports/pipeline/runs", b"").expect(403);
    // They change while it waits: it is run with the rights as they are by then.
    let person = become_a("staff");
    show(&person, &id).expect(200);
    let turn = server.app.household.turn.lock();
    let held = order(&person, "/api/v1/reports/pipeline/runs?by=agent");
    let person = become_a("technician");
    drop(turn);
    wait(&person, &held, "dead");
    let run = show(&person, &held).expect(200).json();
    assert!(run["error"].as_str().is_some_and(|why| why.contains("than you may see")), "{run}");
    assert_eq!(run["document"], Value::Null);
}

#[test]
fn whoever_did_not_wait_for_it_is_told_that_it_is_ready() {
    let (server, owner) = Server::set_up();
    let turn = server.app.household.turn.lock();
    let id = order(&owner, QUESTION);
    // As if it had been asked for a minute ago.
    let mut change = Change::new();
    let key = id.parse::<larder::kernel::Id>().expect("an id");
    change.push("UPDATE chores SET created_at=created_at-60000 WHERE id=?1", vec![key.into()]);
    server.app.db.write(change).wait().expect("written");
    drop(turn);
    wait(&owner, &id, "done");
    let named: Vec<_> = notices(&owner, "report_finished").iter().map(|line| line["record"].clone()).collect();
    assert_eq!(named, [json!({"kind": "reports", "id": id, "title": "Equipment due"})]);
}

#[test]
fn what_cannot_be_run_is_refused_before_it_is_ordered() {
    let (_server, owner) = Server::set_up();
    for (path, status) in [
        ("won-lost/runs?by=colour", 422),
        ("won-lost/runs?company=01a1fc05-08d1-7448-99b0-07aac7ae6094", 422),
        ("won-lost/runs?colour=red", 422),
        ("secrets/runs", 404),
    ] {
        owner.send("POST", &format!("/api/v1/reports/{path}"), b"").expect(status);
    }
    owner.get("/api/v1/reports/runs/nonsense").expect(404);
    let open = owner.get("/api/v1/chores").expect(200).json();
    assert!(open["data"].as_array().expect("a list").iter().all(|chore| chore["kind"] != "report"), "{open}");
}
