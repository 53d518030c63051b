//! `If-Match`, `If-None-Match` and `Idempotency-Key`.

use serde_json::json;

use crate::server::{Reply, Server};

#[test]
fn a_change_checks_the_body_then_the_condition_then_the_version() {
    let (_server, owner) = Server::set_up();
    let (id, tag) = owner.create("companies", &json!({"name": "Acme"}));
    let path = format!("/api/v1/companies/{id}");
    owner.patch(&path, &json!({"colour": 1})).expect(422);
    assert_eq!(owner.patch(&path, &json!({"name": "B"})).expect(428).code(), "precondition_required");
    owner.with("if-match", "\"9.x\"").patch(&path, &json!({"colour": 1})).expect(422);
    let stale = owner.with("if-match", "\"9.x\"").patch(&path, &json!({"name": "B"})).expect(412);
    assert_eq!(stale.json()["current"]["name"], "Acme");
    let done = owner.with("if-match", &tag).patch(&path, &json!({"name": "B"})).expect(200);
    assert!(done.header("etag").starts_with("\"2."), "{}", done.header("etag"));
    owner.with("if-match", &tag).patch(&path, &json!({"name": "C"})).expect(412);
    owner.with("if-match", "*").patch(&path, &json!({"name": "C"})).expect(200);
}

#[test]
fn deleting_needs_the_same_condition() {
    let (_server, owner) = Server::set_up();
    let (id, tag) = owner.create("companies", &json!({"name": "Acme"}));
    let path = format!("/api/v1/companies/{id}");
    owner.delete(&path).expect(428);
    owner.with("if-match", "\"7.x\"").delete(&path).expect(412);
    owner.with("if-match", &tag).delete(&path).expect(204);
    owner.get(&path).expect(404);
    owner.with("if-match", "*").delete(&path).expect(404);
}

#[test]
fn of_many_who_change_one_version_exactly_one_wins() {
    const RACERS: usize = 64;
    const ROUNDS: i64 = 8;
    let (_server, owner) = Server::set_up();
    let (id, _) = owner.create("companies", &json!({"name": "Acme"}));
    let path = format!("/api/v1/companies/{id}");
    for round in 1..=ROUNDS {
        let tag = owner.get(&path).header("etag").to_owned();
        let replies: Vec<Reply> = std::thread::scope(|scope| {
            let racers: Vec<_> = (0..RACERS)
                .map(|n| {
                    let (client, path) = (owner.with("if-match", &tag), path.clone());
                    scope.spawn(move || client.patch(&path, &json!({"name": format!("{round}-{n}")})))
                })
                .collect();
            racers.into_iter().map(|r| r.join().expect("a racer")).collect()
        });
        let (won, lost): (Vec<_>, Vec<_>) = replies.iter().partition(|reply| reply.status == 200);
        assert_eq!(won.len(), 1, "{replies:?}");
        let now = won[0].json();
        assert_eq!(now["version"], round + 1);
        for loser in lost {
            assert_eq!(loser.status, 412, "{}", loser.text());
            assert_eq!(loser.json()["current"]["version"], now["version"], "{}", loser.text());
            assert_eq!(loser.json()["current"]["name"], now["name"], "{}", loser.text());
        }
    }
    assert_eq!(owner.get(&path).json()["version"], 1 + ROUNDS);
    let history = owner.get(&format!("{path}/history?limit=100")).expect(200).json();
    assert_eq!(history["data"].as_array().map(Vec::len), Some(1 + ROUNDS as usize), "{history}");
}

#[test]
fn with_any_version_nobody_loses() {
    let (_server, owner) = Server::set_up();
    let (id, _) = owner.create("companies", &json!({"name": "Acme"}));
    let path = format!("/api/v1/companies/{id}");
    std::thread::scope(|scope| {
        for n in 0..4 {
            let (client, path) = (owner.with("if-match", "*"), path.clone());
            scope.spawn(move || client.patch(&path, &json!({"name": format!("n{n}")})).expect(200));
        }
    });
    assert_eq!(owner.get(&path).json()["version"], 5);
}

#[test]
fn what_is_still_true_is_not_sent_again() {
    let (_server, owner) = Server::set_up();
    let (id, tag) = owner.create("companies", &json!({"name": "Acme"}));
    let path = format!("/api/v1/companies/{id}");
    let same = owner.with("if-none-match", &tag).get(&path).expect(304);
    assert_eq!(same.header("etag"), tag);
    owner.with("if-match", "*").patch(&path, &json!({"name": "B"})).expect(200);
    owner.with("if-none-match", &tag).get(&path).expect(200);
    let list = owner.get("/api/v1/companies").expect(200);
    owner.with("if-none-match", list.header("etag")).get("/api/v1/companies").expect(304);
    // Other fields are another body, and so another tag.
    owner.with("if-none-match", list.header("etag")).get("/api/v1/companies?fields=id").expect(200);
}

#[test]
fn a_repeated_post_does_its_deed_once() {
    let (_server, owner) = Server::set_up();
    let keyed = owner.with("idempotency-key", "k-1");
    let first = keyed.post("/api/v1/companies", &json!({"name": "Acme"})).expect(201);
    assert_eq!(first.header("idempotency-replayed"), "");
    let again = keyed.post("/api/v1/companies", &json!({"name": "Acme"})).expect(201);
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.header("location"), first.header("location"));
    assert_eq!(again.json()["id"], first.json()["id"]);
    keyed.post("/api/v1/companies", &json!({"name": "Other"})).expect(422);
    assert_eq!(owner.get("/api/v1/companies?count=true").json()["page"]["total"], 1);
}

#[test]
fn two_posts_with_one_key_at_the_same_time_make_one_record() {
    let (_server, owner) = Server::set_up();
    let ids: Vec<_> = std::thread::scope(|scope| {
        let both: Vec<_> = (0..8)
            .map(|_| {
                let keyed = owner.with("idempotency-key", "same");
                scope.spawn(move || {
                    keyed.post("/api/v1/companies", &json!({"name": "Acme"})).expect(201).json()["id"].clone()
                })
            })
            .collect();
        both.into_iter().map(|t| t.join().expect("a client")).collect()
    });
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    assert_eq!(owner.get("/api/v1/companies?count=true").json()["page"]["total"], 1);
}
