//! Bodies and headers that mean harm, or come from a broken program: each is told what is wrong,
//! nothing is written, and the server goes on.

use serde_json::{Value, json};

use crate::server::{Client, Server};

const COMPANIES: &str = "/api/v1/companies";

fn count(owner: &Client) -> Value {
    owner.get("/api/v1/companies?count=true&limit=1").expect(200).json()["page"]["total"].clone()
}

fn complaint(body: &Value) -> (String, String) {
    let text = |name: &str| body["errors"][0][name].as_str().unwrap_or_default().to_owned();
    (text("pointer"), text("code"))
}

#[test]
fn values_of_the_wrong_type_are_refused_at_their_place() {
    let (_server, owner) = Server::set_up();
    for (kind, member, value, code) in [
        ("companies", "name", json!(7), "type"),
        ("companies", "name", json!(["Acme"]), "type"),
        ("companies", "name", json!("a\u{0}b"), "format"),
        ("companies", "name", json!("two\nlines"), "format"),
        ("companies", "name", json!("x".repeat(10_000)), "too_long"),
        ("companies", "active", json!("true"), "type"),
        ("companies", "email", json!("a@b"), "format"),
        ("companies", "website", json!("javascript:alert(1)"), "format"),
        ("companies", "owner_id", json!("1 OR 1=1"), "format"),
        ("companies", "owner_id", json!(""), "format"),
        ("companies", "id", json!("01a1fc05-08d1-7448-99b0-07aac7ae6094"), "read_only"),
        ("companies", "custom", json!([]), "type"),
        ("companies", "deleted_at", json!(null), "read_only"),
        ("companies", "name); DROP TABLE companies; --", json!("x"), "unknown_field"),
        ("sites", "lat", json!(1e308), "range"),
        ("deals", "value", json!(9_007_199_254_740_993_i64), "range"),
        ("deals", "value", json!(12.5), "type"),
        ("deals", "expected_on", json!("2026-02-30"), "format"),
        ("deals", "stage", json!("nonsense"), "unknown_value"),
        ("deals", "currency", json!(""), "format"),
        ("work-orders", "priority", json!("loudest"), "unknown_value"),
        ("work-orders", "due_at", json!("-000044-03-15T12:00:00Z"), "format"),
    ] {
        let body = owner.post(&format!("/api/v1/{kind}"), &json!({ member: value })).expect(422).json();
        let found = body["errors"].as_array().expect("errors").iter().any(|e| e["code"] == code);
        assert!(found, "{kind}.{member}: {body}");
    }
    assert_eq!(count(&owner), 0);
}

#[test]
fn numbers_beyond_all_measure_are_refused() {
    let (_server, owner) = Server::set_up();
    let raw = owner.with("content-type", "application/json");
    for (number, status) in [("1e400", 400), ("NaN", 400), ("99999999999999999999999", 422), ("-1e300", 422)] {
        let body = format!("{{\"name\":\"A\",\"value\":{number}}}");
        raw.send("POST", "/api/v1/deals", body.as_bytes()).expect(status);
    }
}

#[test]
fn thousands_of_wrong_members_get_a_short_answer() {
    let (_server, owner) = Server::set_up();
    let members: serde_json::Map<String, Value> = (0..15_000).map(|n| (format!("f{n}"), json!(1))).collect();
    let reply = owner.post(COMPANIES, &Value::Object(members)).expect(422);
    assert!(reply.body.len() < 20_000, "{} bytes", reply.body.len());
    let body = reply.json();
    assert_eq!(body["errors"].as_array().map(Vec::len), Some(100));
    assert!(body["detail"].as_str().is_some_and(|d| d.contains("15001")), "{}", body["detail"]);
}

#[test]
fn a_condition_that_cannot_be_read_is_never_overlooked() {
    let (_server, owner) = Server::set_up();
    let (id, tag) = owner.create("companies", &json!({"name": "Acme"}));
    let path = format!("{COMPANIES}/{id}");
    let change = json!({"name": "B"});
    for garbage in ["", "x", "\"", "W/", "\"1", "🦀", "99999999999999999999", "\"-1.x\"", "'; DROP TABLE companies"] {
        let reply = owner.with("if-match", garbage).patch(&path, &change);
        assert!([400, 412].contains(&reply.status), "{garbage}: {}", reply.text());
    }
    let twice = owner.with("if-match", "\"9.x\"").with("if-match", &tag);
    twice.patch(&path, &change).expect(400);
    for key in ["x".repeat(10_000), String::new(), "two words".to_owned(), "é".to_owned()] {
        let reply = owner.with("idempotency-key", &key).post(COMPANIES, &change).expect(400);
        assert_eq!(reply.code(), "malformed", "{key}");
    }
    owner.with("idempotency-key", "a").with("idempotency-key", "b").post(COMPANIES, &change).expect(400);
    assert_eq!(count(&owner), 1);
    assert_eq!(owner.get(&path).expect(200).header("etag"), tag);
}

#[test]
fn what_stands_in_the_way_of_a_deletion_is_told_to_who_knows_the_version_only() {
    let (_server, owner) = Server::set_up();
    let (id, tag) = owner.create("companies", &json!({"name": "Acme"}));
    owner.create("contacts", &json!({"last_name": "Pell", "company_id": id}));
    let path = format!("{COMPANIES}/{id}");
    assert_eq!(owner.delete(&path).expect(428).code(), "precondition_required");
    assert_eq!(owner.with("if-match", &tag).delete(&path).expect(409).code(), "in_use");
}

#[test]
fn a_batch_stays_in_this_server() {
    let (_server, owner) = Server::set_up();
    let paths = [
        "https://evil.example/api/v1/companies",
        "//evil.example/companies",
        "/api/v1/../../livez",
        "../../../etc/passwd",
        "/livez",
        "file:///etc/passwd",
        "companies\r\nX-Evil: 1",
        "companies/%2e%2e/users",
    ];
    let requests: Vec<Value> = paths.iter().map(|path| json!({"method": "GET", "path": path})).collect();
    let body = owner.post("/api/v1/batch", &json!({ "requests": requests })).expect(200).json();
    for (path, response) in paths.iter().zip(body["responses"].as_array().expect("responses")) {
        assert_eq!(response["status"], 404, "{path}: {response}");
        assert_eq!(response["body"]["request_id"].as_str().map(str::is_empty), Some(false), "{path}");
    }
    for item in [
        json!({"method": "PUT", "path": "companies"}),
        json!({"method": "GET", "path": "companies", "headers": {"authorization": "Bearer x"}}),
        json!({"method": "GET", "path": "companies", "headers": {"if-match": 7}}),
        json!({"method": "POST", "path": "companies", "body": "text"}),
        json!({"method": "GET", "path": "x".repeat(10_000)}),
        json!([]),
        json!(null),
    ] {
        let reply = owner.post("/api/v1/batch", &json!({"requests": [item]})).expect(422);
        assert!(complaint(&reply.json()).0.starts_with("/requests/0"), "{item}: {}", reply.text());
    }
}

#[test]
fn forms_that_let_people_in_are_as_strict() {
    let (server, owner) = Server::set_up();
    let nobody = server.nobody();
    for body in [json!({}), json!([]), json!({"email": 7, "password": {}}), json!({"email": "a", "password": null})] {
        nobody.post("/api/v1/auth/login", &body).expect(422);
    }
    let injected = json!({"email": "' OR 1=1 --", "password": "' OR 1=1 --"});
    nobody.post("/api/v1/auth/login", &injected).expect(401);
    let null = json!({"email": "graham\u{0}@northgate.example", "password": "a\u{0}b"});
    nobody.post("/api/v1/auth/login", &null).expect(401);
    for token in ["x".repeat(7_000), "' OR 1=1 --".to_owned(), "AAAA.BBBB.CCCC".to_owned()] {
        nobody.with("authorization", &format!("Bearer {token}")).get("/api/v1/auth/me").expect(401);
        nobody.with("cookie", &format!("larder={token}")).get("/api/v1/auth/me").expect(401);
    }
    owner.get("/api/v1/auth/me").expect(200);
}

#[test]
fn a_version_that_cannot_be_read_does_not_pass_for_none() {
    let (_server, owner) = Server::set_up();
    let (id, _) = owner.create("companies", &json!({"name": "Acme"}));
    for (record, place) in [
        (json!({"id": id, "version": "1", "changes": {"name": "B"}}), "/records/0/version"),
        (json!({"id": id, "version": 1.5, "changes": {"name": "B"}}), "/records/0/version"),
        (json!({"id": id, "version": 1, "changes": []}), "/records/0/changes"),
        (json!({"id": id, "name": "B"}), "/records/0/name"),
        (json!({"id": [id]}), "/records/0/id"),
        (json!("x"), "/records/0"),
    ] {
        let body = json!({"action": "update", "records": [record], "changes": {"name": "B"}});
        let reply = owner.post("/api/v1/companies/bulk", &body).expect(422).json();
        assert_eq!(complaint(&reply).0, place, "{reply}");
    }
    for body in [
        json!({"action": "erase", "ids": [id]}),
        json!({"action": "delete", "ids": []}),
        json!({"action": "delete", "ids": vec![id.clone(); 1001]}),
        json!({"action": "create", "ids": [id]}),
        json!({"action": "delete", "ids": ["' OR 1=1"]}),
        json!({"action": "delete", "ids": id}),
    ] {
        owner.post("/api/v1/companies/bulk", &body).expect(422);
    }
    for from in [json!([]), json!([id]), json!(["x"]), json!(id), json!(null)] {
        owner.post(&format!("{COMPANIES}/{id}/merge"), &json!({"from": from})).expect(422);
    }
    assert_eq!(owner.get(&format!("{COMPANIES}/{id}")).expect(200).json()["version"], 1);
}
