//! `Idempotency-Key`: what is sent twice, or at the same time, is done once.

use serde_json::{Value, json};

use crate::server::{Client, Server};

fn total(owner: &Client, kind: &str) -> Value {
    owner.get(&format!("/api/v1/{kind}?count=true&limit=1")).expect(200).json()["page"]["total"].clone()
}

#[test]
fn of_many_who_send_one_key_at_once_one_makes_it_and_the_rest_are_told_so() {
    let (_server, owner) = Server::set_up();
    for round in 0..5 {
        let keyed = owner.with("idempotency-key", &format!("round-{round}"));
        let marks: Vec<String> = std::thread::scope(|scope| {
            let racers: Vec<_> = (0..8)
                .map(|_| {
                    let keyed = keyed.clone();
                    scope.spawn(move || {
                        let reply = keyed.post("/api/v1/companies", &json!({"name": "Acme"}));
                        assert!([201, 409].contains(&reply.status), "{}", reply.text());
                        reply.header("idempotency-replayed").to_owned()
                    })
                })
                .collect();
            racers.into_iter().map(|r| r.join().expect("a racer")).collect()
        });
        assert_eq!(marks.iter().filter(|mark| mark.is_empty()).count(), 1, "{marks:?}");
    }
    assert_eq!(total(&owner, "companies"), 5);
}

#[test]
fn a_repeated_bulk_does_only_what_is_left_to_do() {
    let (_server, owner) = Server::set_up();
    let keyed = owner.with("idempotency-key", "b-1");
    let body = json!({"action": "create", "records": [{"name": "A"}, {"colour": "red"}, {"name": "C"}]});
    let first = keyed.post("/api/v1/companies/bulk", &body).expect(200);
    let again = keyed.post("/api/v1/companies/bulk", &body).expect(200);
    for at in [0, 2] {
        assert_eq!(first.json()["results"][at], again.json()["results"][at]);
        assert_eq!(again.json()["results"][at]["version"], 1);
    }
    assert_eq!(again.json()["results"][1]["status"], 422);
    assert_eq!(total(&owner, "companies"), 2);
    let other = json!({"action": "create", "records": [{"name": "Other"}]});
    let refused = keyed.post("/api/v1/companies/bulk", &other).expect(200).json();
    assert_eq!(refused["results"][0]["problem"]["code"], "idempotency_reused", "{refused}");

    let whole = json!({"action": "create", "records": [{"name": "X"}, {"name": "Y"}]});
    let keyed = owner.with("idempotency-key", "b-2");
    assert_eq!(keyed.post("/api/v1/companies/bulk", &whole).expect(200).header("idempotency-replayed"), "");
    let results: Vec<Value> = std::thread::scope(|scope| {
        let send = || keyed.post("/api/v1/companies/bulk", &whole).expect(200);
        let both = [scope.spawn(send), scope.spawn(send)];
        both.into_iter()
            .map(|t| {
                let reply = t.join().expect("a client");
                assert_eq!(reply.header("idempotency-replayed"), "true");
                reply.json()["results"].clone()
            })
            .collect()
    });
    assert_eq!(results[0], results[1]);
    assert_eq!(total(&owner, "companies"), 4);
}

#[test]
fn two_bulks_with_one_key_at_the_same_time_make_their_records_once() {
    let (_server, owner) = Server::set_up();
    let records: Vec<Value> = (0..120).map(|n| json!({"name": format!("n{n}")})).collect();
    let body = json!({"action": "create", "records": records});
    let keyed = owner.with("idempotency-key", "b-3");
    let ids: Vec<Vec<Value>> = std::thread::scope(|scope| {
        let send = || {
            let results = keyed.post("/api/v1/companies/bulk", &body).expect(200).json()["results"].clone();
            results.as_array().expect("results").iter().map(|line| line["id"].clone()).collect()
        };
        let all = [scope.spawn(send), scope.spawn(send), scope.spawn(send)];
        all.into_iter().map(|t| t.join().expect("a client")).collect()
    });
    assert!(ids.iter().all(|of_one| *of_one == ids[0]));
    assert_eq!(total(&owner, "companies"), 120);
}

#[test]
fn a_repeated_merge_answers_what_the_first_one_made() {
    let (_server, owner) = Server::set_up();
    let (target, _) = owner.create("companies", &json!({"name": "Acme"}));
    let (source, _) = owner.create("companies", &json!({"name": "Acme Ltd"}));
    let (contact, _) = owner.create("contacts", &json!({"last_name": "Pell", "company_id": source}));
    let path = format!("/api/v1/companies/{target}/merge");
    let keyed = owner.with("idempotency-key", "m-1");
    let first = keyed.post(&path, &json!({"from": [source]})).expect(200);
    assert_eq!(first.header("idempotency-replayed"), "");
    let again = keyed.post(&path, &json!({"from": [source]})).expect(200);
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(first.json(), again.json());
    owner.post(&path, &json!({"from": [source]})).expect(422);
    assert_eq!(owner.get(&format!("/api/v1/contacts/{contact}")).json()["company_id"], json!(target));
}

#[test]
fn a_key_is_its_users_its_tenants_and_its_routes_own() {
    let (server, owner) = Server::set_up();
    let neighbour = server.make_neighbour();
    let mut ids = Vec::new();
    for (client, kind) in [(&owner, "companies"), (&neighbour, "companies"), (&owner, "suppliers")] {
        let reply = client.with("idempotency-key", "same").post(&format!("/api/v1/{kind}"), &json!({"name": "Acme"}));
        let reply = reply.expect(201);
        assert_eq!(reply.header("idempotency-replayed"), "");
        ids.push(reply.json()["id"].clone());
    }
    ids.dedup();
    assert_eq!(ids.len(), 3);
}

#[test]
fn a_deed_that_failed_leaves_its_key_free() {
    let (_server, owner) = Server::set_up();
    let keyed = owner.with("idempotency-key", "k");
    keyed.post("/api/v1/companies", &json!({"colour": "red"})).expect(422);
    keyed.post("/api/v1/companies", &json!({"name": "Acme"})).expect(201);
    assert_eq!(total(&owner, "companies"), 1);
}
