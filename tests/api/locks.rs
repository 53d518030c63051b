//! Edit locks: who holds a record, and that nobody else writes to it by any way.

use std::time::{Duration, Instant};

use larder::db::{Change, Value as Stored};
use serde_json::{Value, json};

use crate::server::{Client, Server};

/// As if so much time had passed for every lock: all of them end so much sooner.
fn pass(server: &Server, minutes: i64) {
    let mut change = Change::new();
    change.push("UPDATE edit_locks SET expires_at=expires_at-?", vec![Stored::Int(minutes * 60_000)]);
    server.app.db.write(change).wait().expect("moved");
}

struct Desk {
    server: Server,
    owner: Client,
    sarah: Client,
    id: String,
    tag: String,
}

impl Desk {
    fn new() -> Self {
        let (server, owner) = Server::set_up();
        let sarah = server.hire(&owner, "staff", "Sarah Miller", &json!({}));
        let (id, tag) = owner.create("companies", &json!({"name": "Acme"}));
        Self { server, owner, sarah, id, tag }
    }
    fn path(&self) -> String {
        format!("/api/v1/companies/{}", self.id)
    }
    fn lock(&self) -> String {
        format!("{}/lock", self.path())
    }
}

fn token(reply: &Value) -> i64 {
    reply["token"].as_i64().unwrap_or_else(|| panic!("no token: {reply}"))
}

// R28 R29 R30 R33
#[test]
fn one_person_edits_and_the_other_is_told_who_and_until_when() {
    let desk = Desk::new();
    let taken = desk.sarah.post(&desk.lock(), &json!({})).expect(200).json();
    assert_eq!((&taken["mine"], &taken["holder"]["name"]), (&json!(true), &json!("Sarah Miller")), "{taken}");
    let left = taken["seconds_left"].as_i64().expect("seconds");
    assert!((880..=900).contains(&left), "{taken}");

    let refused = desk.owner.post(&desk.lock(), &json!({})).expect(423).json();
    assert_eq!((&refused["code"], &refused["holder"]["name"]), (&json!("locked"), &json!("Sarah Miller")));
    let detail = refused["detail"].as_str().expect("words");
    assert!(detail.starts_with("Sarah Miller is editing this until "), "{detail}");
    assert!(refused["seconds_left"].as_i64().is_some_and(|left| left > 800), "{refused}");

    let seen = desk.owner.get(&desk.lock()).expect(200).json();
    assert_eq!((&seen["lock"]["mine"], &seen["lock"]["token"]), (&json!(false), &Value::Null), "{seen}");
}

// R34
#[test]
fn letting_go_lets_others_in_at_once() {
    let desk = Desk::new();
    let held = token(&desk.sarah.post(&desk.lock(), &json!({})).expect(200).json());
    // A window that closes late ends nothing that was taken since.
    desk.sarah.delete(&format!("{}?token={}", desk.lock(), held - 1)).expect(204);
    desk.owner.post(&desk.lock(), &json!({})).expect(423);
    // Nor does somebody else's.
    desk.owner.delete(&desk.lock()).expect(204);
    desk.owner.post(&desk.lock(), &json!({})).expect(423);
    desk.sarah.delete(&format!("{}?token={held}", desk.lock())).expect(204);
    assert_eq!(desk.owner.get(&desk.lock()).expect(200).json(), json!({"lock": null}));
    desk.owner.post(&desk.lock(), &json!({})).expect(200);
}

// R31 R32
#[test]
fn a_lock_runs_out_unless_it_is_extended() {
    let desk = Desk::new();
    let held = token(&desk.sarah.post(&desk.lock(), &json!({})).expect(200).json());
    pass(&desk.server, 14);
    desk.owner.post(&desk.lock(), &json!({})).expect(423);
    let longer = desk.sarah.patch(&desk.lock(), &json!({"token": held})).expect(200).json();
    assert!(longer["seconds_left"].as_i64().is_some_and(|left| left > 880), "{longer}");
    pass(&desk.server, 14);
    desk.owner.post(&desk.lock(), &json!({})).expect(423);
    pass(&desk.server, 2);
    assert_eq!(desk.owner.get(&desk.lock()).expect(200).json(), json!({"lock": null}));
    desk.owner.with("if-match", "*").patch(&desk.path(), &json!({"name": "Free again"})).expect(200);
}

// R33 R35
#[test]
fn after_a_take_over_the_late_save_is_refused_and_its_maker_is_told() {
    let desk = Desk::new();
    let heard = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let ear = std::sync::Arc::clone(&heard);
    desk.server.app.live.on_take_over(move |taken| ear.lock().expect("the ear").push(*taken));
    let sarahs = token(&desk.sarah.post(&desk.lock(), &json!({})).expect(200).json());
    pass(&desk.server, 16);
    let owners = token(&desk.owner.post(&desk.lock(), &json!({})).expect(200).json());
    assert!(owners > sarahs);
    let heard = heard.lock().expect("the ear").clone();
    assert_eq!(heard.len(), 1, "{heard:?}");
    assert_eq!((heard[0].kind, heard[0].id.to_string()), ("companies", desk.id.clone()));
    assert_ne!(heard[0].former, heard[0].by);

    let late = desk.sarah.with("if-match", &desk.tag).with("larder-lock", &sarahs.to_string());
    assert_eq!(late.patch(&desk.path(), &json!({"name": "Late"})).expect(423).code(), "locked");
    assert_eq!(desk.sarah.patch(&desk.lock(), &json!({"token": sarahs})).expect(423).code(), "lock_lost");
    desk.owner.delete(&desk.lock()).expect(204);
    // Nobody holds it now, and still this is not the save of the one who holds it.
    assert_eq!(late.patch(&desk.path(), &json!({"name": "Late"})).expect(423).code(), "lock_lost");
    let now = desk.owner.get(&desk.path()).expect(200).json();
    assert_eq!((&now["name"], &now["version"]), (&json!("Acme"), &json!(1)));
}

#[test]
fn the_same_person_takes_it_over_from_another_window() {
    let desk = Desk::new();
    let first = token(&desk.sarah.post(&desk.lock(), &json!({})).expect(200).json());
    let second = token(&desk.sarah.post(&desk.lock(), &json!({})).expect(200).json());
    assert!(second > first);
    let save = |token: i64| desk.sarah.with("if-match", "*").with("larder-lock", &token.to_string());
    assert_eq!(save(first).patch(&desk.path(), &json!({"name": "Old window"})).expect(423).code(), "lock_lost");
    save(second).patch(&desk.path(), &json!({"name": "New window"})).expect(200);
    // What nobody else took may be saved although it ran out; the version says whether it still fits.
    pass(&desk.server, 20);
    save(second).patch(&desk.path(), &json!({"name": "After lunch"})).expect(200);
    let stale = desk.sarah.with("if-match", &desk.tag).with("larder-lock", &second.to_string());
    stale.patch(&desk.path(), &json!({"name": "Stale"})).expect(412);
    save(second).with("larder-lock", "7").patch(&desk.path(), &json!({"name": "Two"})).expect(400);
    desk.sarah.with("if-match", "*").with("larder-lock", "x").patch(&desk.path(), &json!({"name": "X"})).expect(400);
}

#[test]
fn windows_that_take_it_at_the_same_moment_all_hold_it_under_rising_tokens() {
    let desk = Desk::new();
    let take = || token(&desk.sarah.post(&desk.lock(), &json!({})).expect(200).json());
    let first = take();
    std::thread::scope(|scope| (0..8).for_each(|_| drop(scope.spawn(take))));
    // None was refused, and none had a token of its own given twice.
    assert_eq!(take(), first + 9);
    desk.owner.post(&desk.lock(), &json!({})).expect(423);
}

// R29
#[test]
fn while_somebody_edits_no_way_of_writing_leads_to_the_record() {
    let desk = Desk::new();
    let Desk { owner, sarah, id, .. } = &desk;
    let (other, _) = owner.create("companies", &json!({"name": "Other"}));
    let (site, _) = owner.create("sites", &json!({"name": "Depot", "company_id": id}));
    sarah.post(&desk.lock(), &json!({})).expect(200);
    let any = owner.with("if-match", "*");

    any.patch(&desk.path(), &json!({"name": "By patch"})).expect(423);
    any.delete(&desk.path()).expect(423);
    let bulk = |action: &str, changes: &Value| {
        let body = json!({"action": action, "ids": [id, other], "changes": changes});
        owner.post("/api/v1/companies/bulk", &body).expect(200).json()["results"].clone()
    };
    let results = bulk("update", &json!({"phone": "1"}));
    assert_eq!((&results[0]["status"], &results[1]["status"]), (&json!(423), &json!(200)), "{results}");
    let item = json!({"method": "PATCH", "path": format!("companies/{id}"), "body": {"name": "By batch"}, "headers": {"If-Match": "*"}});
    let batch = owner.post("/api/v1/batch", &json!({"requests": [item]})).expect(200).json();
    assert_eq!(batch["responses"][0]["status"], 423, "{batch}");
    // As the source of a merge, and as its target.
    owner.post(&format!("/api/v1/companies/{other}/merge"), &json!({"from": [id]})).expect(423);
    owner.post(&format!("{}/merge", desk.path()), &json!({"from": [other]})).expect(423);
    assert_eq!(owner.get(&format!("/api/v1/sites/{site}")).expect(200).json()["company_id"], json!(id));

    let now = owner.get(&desk.path()).expect(200).json();
    assert_eq!((&now["name"], &now["version"]), (&json!("Acme"), &json!(1)));
    // Sarah herself may do all of it.
    sarah.with("if-match", "*").patch(&desk.path(), &json!({"name": "By Sarah"})).expect(200);
}

#[test]
fn what_goes_along_with_a_deletion_is_not_taken_from_under_an_editor() {
    let desk = Desk::new();
    let Desk { owner, sarah, .. } = &desk;
    let (site, _) = owner.create("sites", &json!({"name": "Depot", "company_id": desk.id}));
    let (order, _) = owner.create("work-orders", &json!({"title": "Repair", "site_id": site}));
    let (log, _) = owner.create("time-logs", &json!({"work_order_id": order}));
    let (path, within) = (format!("/api/v1/work-orders/{order}"), format!("/api/v1/time-logs/{log}"));
    let any = owner.with("if-match", "*");
    sarah.post(&format!("{within}/lock"), &json!({})).expect(200);
    let refused = any.delete(&path).expect(423).json();
    assert_eq!((&refused["code"], &refused["holder"]["name"]), (&json!("locked"), &json!("Sarah Miller")), "{refused}");
    assert_eq!(refused["record"], json!({"kind": "time-logs", "id": log}), "{refused}");
    let detail = refused["detail"].as_str().expect("words");
    assert!(
        detail.starts_with("Sarah Miller is editing ")
            && detail.contains("deleting this work order would delete it too"),
        "{detail}"
    );
    assert!(refused["seconds_left"].as_i64().is_some_and(|left| left > 800), "{refused}");
    owner.get(&within).expect(200);
    sarah.delete(&format!("{within}/lock")).expect(204);
    any.delete(&path).expect(204);
    owner.get(&within).expect(404);
}

// R29
#[test]
fn a_link_that_somebody_edits_stops_a_merge_before_it_begins_and_is_named() {
    let desk = Desk::new();
    let Desk { owner, sarah, .. } = &desk;
    let (other, _) = owner.create("companies", &json!({"name": "Acme Ltd"}));
    let (contact, _) = owner.create("contacts", &json!({"last_name": "Trent", "company_id": other}));
    let (site, _) = owner.create("sites", &json!({"name": "Depot", "company_id": other}));
    sarah.post(&format!("/api/v1/sites/{site}/lock"), &json!({})).expect(200);
    let refused = owner.post(&format!("{}/merge", desk.path()), &json!({"from": [other]})).expect(423).json();
    let detail = refused["detail"].as_str().expect("words");
    assert!(detail.starts_with("Sarah Miller is editing the site \u{201c}Depot\u{201d} until "), "{detail}");
    assert_eq!(refused["record"], json!({"kind": "sites", "id": site}), "{refused}");
    for (kind, id) in [("sites", &site), ("contacts", &contact)] {
        assert_eq!(owner.get(&format!("/api/v1/{kind}/{id}")).expect(200).json()["company_id"], json!(other));
    }
    sarah.delete(&format!("/api/v1/sites/{site}/lock")).expect(204);
    owner.post(&format!("{}/merge", desk.path()), &json!({"from": [other]})).expect(200);
}

#[test]
fn each_refused_row_of_a_bulk_request_names_its_editor() {
    let desk = Desk::new();
    let Desk { owner, sarah, id, .. } = &desk;
    sarah.post(&desk.lock(), &json!({})).expect(200);
    for action in ["update", "delete"] {
        let body = json!({"action": action, "ids": [id], "changes": {"phone": "1"}});
        let results = owner.post("/api/v1/companies/bulk", &body).expect(200).json()["results"].clone();
        let problem = &results[0]["problem"];
        assert_eq!((&results[0]["status"], &problem["holder"]["name"]), (&json!(423), &json!("Sarah Miller")));
        assert!(problem["detail"].as_str().is_some_and(|d| d.starts_with("Sarah Miller is editing this until ")));
    }
}

#[test]
fn what_its_editor_deleted_nobody_else_restores_before_the_lock_ends() {
    let desk = Desk::new();
    let Desk { owner, sarah, .. } = &desk;
    sarah.post(&desk.lock(), &json!({})).expect(200);
    sarah.with("if-match", "*").delete(&desk.path()).expect(204);
    owner.post(&format!("{}/restore", desk.path()), &json!({})).expect(423);
    pass(&desk.server, 16);
    owner.post(&format!("{}/restore", desk.path()), &json!({})).expect(200);
}

#[test]
fn an_import_rejects_the_row_that_somebody_edits_and_takes_the_others() {
    let desk = Desk::new();
    let Desk { owner, sarah, .. } = &desk;
    let csv = owner.with("content-type", "text/csv");
    let run = |text: &str| {
        let draft = csv.send("POST", "/api/v1/imports?kind=companies&file_name=c.csv", text.as_bytes()).expect(201);
        let path = draft.header("location").to_owned();
        let settings = json!({"mapping": {"Id": "external_id", "Name": "name"}, "on_duplicate": "update"});
        owner.patch(&path, &settings).expect(200);
        owner.post(&format!("{path}/start"), &json!({})).expect(202);
        let begun = Instant::now();
        loop {
            let import = owner.get(&path).expect(200).json();
            if !["checking", "running"].contains(&import["state"].as_str().unwrap_or_default()) {
                return (path, import);
            }
            assert!(begun.elapsed() < Duration::from_secs(20), "{import}");
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    run("Id,Name\r\nA,Alpha\r\nB,Beta\r\n");
    let list = owner.get("/api/v1/companies?name=Alpha").expect(200).json();
    let alpha = list["data"][0]["id"].as_str().expect("Alpha").to_owned();
    sarah.post(&format!("/api/v1/companies/{alpha}/lock"), &json!({})).expect(200);
    let (path, done) = run("Id,Name\r\nA,Alpha Ltd\r\nB,Beta Ltd\r\n");
    assert_eq!((done["updated"].as_u64(), done["rejected"].as_u64()), (Some(1), Some(1)), "{done}");
    let rejected = owner.get(&format!("{path}/rejected")).expect(200).text();
    assert!(rejected.contains("Alpha Ltd") && rejected.contains("is editing this"), "{rejected}");
    assert_eq!(owner.get(&format!("/api/v1/companies/{alpha}")).expect(200).json()["name"], "Alpha");
}

#[test]
fn a_lock_changes_nothing_about_the_record_and_its_cached_answers() {
    let desk = Desk::new();
    desk.owner.get(&desk.path()).expect(200);
    let before = desk.owner.get(&desk.path()).expect(200);
    assert!(before.header("cache-status").contains("hit"), "{}", before.header("cache-status"));
    desk.sarah.post(&desk.lock(), &json!({})).expect(200);
    let after = desk.owner.get(&desk.path()).expect(200);
    assert_eq!(before.header("etag"), after.header("etag"));
    assert!(after.header("cache-status").contains("hit"), "{}", after.header("cache-status"));
}

#[test]
fn a_restart_keeps_locks() {
    let folder = tempfile::tempdir().expect("a folder");
    let open = || Server::with(|config| config.data = folder.path().to_owned());
    let first = open();
    let owner = first.make_owner();
    let sarah = first.hire(&owner, "staff", "Sarah Miller", &json!({}));
    let (id, _) = owner.create("companies", &json!({"name": "Acme"}));
    let held = token(&sarah.post(&format!("/api/v1/companies/{id}/lock"), &json!({})).expect(200).json());
    let (owners, sarahs) = (owner.token().to_owned(), sarah.token().to_owned());
    first.app.close();
    drop(first);

    let second = open();
    let person = |token: &str| second.nobody().with("authorization", &format!("Bearer {token}"));
    let (owner, sarah) = (person(&owners), person(&sarahs));
    owner.post(&format!("/api/v1/companies/{id}/lock"), &json!({})).expect(423);
    sarah.patch(&format!("/api/v1/companies/{id}/lock"), &json!({"token": held})).expect(200);
    let again = token(&sarah.post(&format!("/api/v1/companies/{id}/lock"), &json!({})).expect(200).json());
    assert!(again > held, "{again} after {held}");
}

#[test]
fn only_who_may_change_a_record_takes_its_lock_and_a_client_never_learns_whose_it_is() {
    let desk = Desk::new();
    let Desk { server, owner, sarah, id, .. } = &desk;
    let client = server.hire(owner, "client", "Olivia Trent", &json!({"company_id": id}));
    let stranger = server.make_neighbour();
    sarah.post(&desk.lock(), &json!({})).expect(200);
    stranger.post(&desk.lock(), &json!({})).expect(404);
    stranger.get(&desk.lock()).expect(404);
    client.post(&desk.lock(), &json!({})).expect(403);
    let seen = client.get(&desk.lock()).expect(200);
    assert!(!seen.text().contains("Sarah"), "{}", seen.text());
    assert_eq!((&seen.json()["lock"]["holder"], &seen.json()["lock"]["mine"]), (&Value::Null, &json!(false)));
    server.nobody().post(&desk.lock(), &json!({})).expect(401);
}

// C18
#[test]
fn going_on_editing_costs_a_tenth() {
    let server = Server::with(|config| config.limit_scale = 1.0);
    let owner = server.make_owner();
    let (id, _) = owner.create("companies", &json!({"name": "Acme"}));
    let lock = format!("/api/v1/companies/{id}/lock");
    let held = token(&owner.post(&lock, &json!({})).expect(200).json());
    let left = |header: &str| -> u32 {
        let after = header.split("r=").nth(1).unwrap_or_default();
        after.split(';').next().unwrap_or_default().parse().unwrap_or_else(|_| panic!("{header}"))
    };
    let before = left(owner.patch(&lock, &json!({"token": held})).expect(200).header("ratelimit"));
    for _ in 0..10 {
        owner.patch(&lock, &json!({"token": held})).expect(200);
    }
    let after = left(owner.patch(&lock, &json!({"token": held})).expect(200).header("ratelimit"));
    assert!(before - after <= 2, "{before} then {after}");
}
