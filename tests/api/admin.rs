//! What whoever runs the server may do, and nobody else.

use serde_json::json;

use crate::server::Server;

#[test]
fn an_operator_makes_tenants_operators_and_backups() {
    let (server, owner) = Server::set_up();
    let made =
        owner.post("/api/v1/admin/tenants", &json!({"name": "Acme Lifts", "currency": "GBP"})).expect(201).json();
    assert_eq!((made["slug"].as_str(), made["currency"].as_str()), (Some("acme-lifts"), Some("GBP")));
    owner.post("/api/v1/admin/tenants", &json!({"name": "Acme Lifts"})).expect(409);
    let operator = json!({"tenant_name": "Acme Lifts", "name": "Ada", "email": "ada@acme.example", "password": "ten green bottles"});
    owner.post("/api/v1/admin/operators", &operator).expect(204);
    server.sign_in("ada@acme.example", "ten green bottles").get("/api/v1/admin/tenants").expect(200);
    let reset = json!({"email": "ada@acme.example", "password": "nine green bottles"});
    owner.post("/api/v1/admin/passwords", &reset).expect(204);
    server.sign_in("ada@acme.example", "nine green bottles");
    let backup = owner.post("/api/v1/admin/backups", &json!({})).expect(201).json();
    assert!(backup["bytes"].as_u64().is_some_and(|n| n > 0), "{backup}");
    let well = server.nobody().get("/healthz").expect(200).json();
    assert!(well["checks"]["backup"]["value"]["age_s"].is_number(), "{well}");
}

#[test]
fn nobody_else_does() {
    let (server, owner) = Server::set_up();
    let staff = json!({"name": "Hannah", "email": "hannah@northgate.example", "role": "staff"});
    let (id, _) = owner.create("users", &staff);
    let link = owner.post(&format!("/api/v1/users/{id}/invite"), &json!({})).expect(201).json();
    let accept = json!({"token": link["token"], "password": "another good phrase"});
    server.nobody().post("/api/v1/auth/accept", &accept).expect(204);
    let hannah = server.sign_in("hannah@northgate.example", "another good phrase");
    for client in [&hannah, &server.nobody()] {
        let expected = if std::ptr::eq(client, &hannah) { 403 } else { 401 };
        client.get("/api/v1/admin/tenants").expect(expected);
        client.post("/api/v1/admin/backups", &json!({})).expect(expected);
    }
    let command = server.nobody().with("authorization", &format!("Bearer {}", server.app.run_token()));
    command.get("/api/v1/admin/tenants").expect(200);
}

#[test]
fn an_owner_changes_the_tenant_and_everybody_sees_it_at_once() {
    let (_server, owner) = Server::set_up();
    let me = owner.get("/api/v1/auth/me").expect(200).json();
    let path = format!("/api/v1/tenants/{}", me["tenant"]["id"].as_str().expect("an id"));
    let change = json!({"name": "Southgate", "zone": "Europe/Berlin"});
    let known = owner.get(&path).expect(200);
    assert!(known.header("etag").starts_with("\"1."), "{}", known.header("etag"));
    // The same order as for any record: the body, the condition, the version.
    for wrong in [json!({"zone": "Mars/Base"}), json!({"name": " "}), json!({"name": "a\u{0}b"})] {
        owner.patch(&path, &wrong).expect(422);
    }
    assert_eq!(owner.patch(&path, &change).expect(428).code(), "precondition_required");
    let stale = owner.with("if-match", "\"7.x\"").patch(&path, &change).expect(412);
    assert_eq!(stale.json()["current"]["name"], me["tenant"]["name"]);
    let seen = owner.with("if-match", known.header("etag"));
    let changed = seen.patch(&path, &change).expect(200);
    assert!(changed.header("etag").starts_with("\"2."), "{}", changed.header("etag"));
    assert_eq!(changed.json()["name"], "Southgate");
    seen.patch(&path, &change).expect(412);
    owner.with("if-match", "*").patch(&path, &json!({})).expect(200);
    let me = owner.get("/api/v1/auth/me").expect(200).json();
    assert_eq!(
        (me["tenant"]["name"].as_str(), me["tenant"]["zone"].as_str()),
        (Some("Southgate"), Some("Europe/Berlin"))
    );
}
