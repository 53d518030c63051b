//! Several requests in one.

use serde_json::{Value, json};

use crate::server::Server;

#[test]
fn a_batch_is_carried_out_in_order_and_answered_in_order() {
    let (_server, owner) = Server::set_up();
    let reply = owner.post(
        "/api/v1/batch",
        &json!({"requests": [
            {"method": "POST", "path": "companies", "body": {"name": "Acme"}},
            {"method": "GET", "path": "/companies?fields=name"},
            {"method": "GET", "path": "/api/v1/nothing"},
            {"method": "POST", "path": "companies", "body": {"colour": "red"}},
        ]}),
    );
    let body = reply.expect(200).json();
    let all = body["responses"].as_array().expect("responses");
    let statuses: Vec<_> = all.iter().map(|r| r["status"].clone()).collect();
    assert_eq!(statuses, [201, 200, 404, 422]);
    assert!(all[0]["headers"]["location"].as_str().is_some_and(|l| l.starts_with("/api/v1/companies/")));
    assert_eq!(all[1]["body"]["data"], json!([{"name": "Acme"}]));
}

#[test]
fn an_item_brings_its_own_conditions() {
    let (_server, owner) = Server::set_up();
    let (id, tag) = owner.create("companies", &json!({"name": "Acme"}));
    let path = format!("companies/{id}");
    let reply = owner.with("if-match", "*").post(
        "/api/v1/batch",
        &json!({"requests": [
            {"method": "GET", "path": path, "headers": {"If-None-Match": tag}},
            {"method": "PATCH", "path": path, "body": {"name": "B"}},
            {"method": "PATCH", "path": path, "body": {"name": "B"}, "headers": {"if-match": tag}},
            {"method": "PATCH", "path": path, "body": {"name": "C"}, "headers": {"if-match": tag}},
        ]}),
    );
    let body = reply.expect(200).json();
    let statuses: Vec<_> =
        body["responses"].as_array().expect("responses").iter().map(|r| r["status"].clone()).collect();
    assert_eq!(statuses, [304, 428, 200, 412]);
}

#[test]
fn what_does_not_belong_into_a_batch_is_refused() {
    let (_server, owner) = Server::set_up();
    let one = |item: Value| {
        owner.post("/api/v1/batch", &json!({"requests": [item]})).expect(200).json()["responses"][0].clone()
    };
    assert_eq!(
        one(json!({"method": "POST", "path": "batch", "body": {"requests": []}}))["body"]["code"],
        "not_in_batch"
    );
    assert_eq!(one(json!({"method": "POST", "path": "auth/login", "body": {}}))["body"]["code"], "not_in_batch");
    let many = vec![json!({"method": "GET", "path": "auth/me"}); 21];
    owner.post("/api/v1/batch", &json!({"requests": many})).expect(422);
    owner.post("/api/v1/batch", &json!({"requests": []})).expect(422);
    let reply = owner.post("/api/v1/batch", &json!({"requests": [{"method": "GET", "path": "x"}, {"method": "EAT"}]}));
    let body = reply.expect(422).json();
    assert_eq!(body["errors"][0]["pointer"], "/requests/1/method");
    assert_eq!(body["errors"][1]["pointer"], "/requests/1/path");
}
