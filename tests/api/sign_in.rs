//! Set-up, sign-in, sessions, one-time links.

use serde_json::json;

use crate::server::{EMAIL, PASSWORD, Server};

#[test]
fn until_somebody_is_set_up_the_api_says_what_to_do() {
    let server = Server::empty();
    let nobody = server.nobody();
    for path in ["/api/v1/companies", "/api/v1/auth/me", "/api/v1/schema"] {
        let reply = nobody.get(path).expect(503);
        assert_eq!(reply.code(), "not_set_up");
        assert!(reply.json()["detail"].as_str().is_some_and(|d| d.contains("set-up link")));
    }
    nobody.post("/api/v1/auth/login", &json!({"email": EMAIL, "password": PASSWORD})).expect(503);
    assert_eq!(nobody.get("/api/v1/auth/setup").expect(200).json()["set_up"], false);
    server.make_owner().get("/api/v1/companies").expect(200);
    assert_eq!(nobody.get("/api/v1/auth/setup").expect(200).json()["set_up"], true);
}

#[test]
fn the_set_up_link_works_once() {
    let server = Server::empty();
    let token = server.setup_token();
    let body = |token: &str, password: &str| json!({"token": token, "tenant_name": "A", "name": "B", "email": "c@d.example", "password": password});
    let short = server.nobody().post("/api/v1/auth/setup", &body(&token, "short")).expect(422);
    assert_eq!(short.json()["errors"][0]["pointer"], "/password");
    server.nobody().post("/api/v1/auth/setup", &body("nonsense", PASSWORD)).expect(410);
    server.nobody().post("/api/v1/auth/setup", &body(&token, PASSWORD)).expect(201);
    server.nobody().post("/api/v1/auth/setup", &body(&token, PASSWORD)).expect(410);
}

#[test]
fn signing_in_answers_with_everything_that_the_first_screen_asks_for() {
    let (server, _) = Server::set_up();
    let login = server.nobody().post("/api/v1/auth/login", &json!({"email": EMAIL, "password": PASSWORD})).expect(200);
    assert_eq!(login.header("cache-control"), "no-store");
    let body = login.json();
    assert_eq!(body["token_type"], "Bearer");
    assert_eq!(body["user"]["role"], "owner");
    assert_eq!(body["tenant"]["slug"], "northgate-lifts");
    assert!(body["expires_at"].as_str().is_some_and(|at| at.ends_with('Z')));
    let token = body["access_token"].as_str().expect("a token");
    let client = server.nobody().with("authorization", &format!("bearer {token}"));
    assert_eq!(client.get("/api/v1/auth/me").expect(200).json()["user"], body["user"]);
    // One of the sources asks for the tenant under the user's id.
    for id in [&body["tenant"]["id"], &body["user"]["id"]] {
        let path = format!("/api/v1/tenants/{}", id.as_str().expect("an id"));
        assert_eq!(client.get(&path).expect(200).json(), body["tenant"]);
    }
}

#[test]
fn who_belongs_to_several_tenants_says_which() {
    let (server, _) = Server::set_up();
    let second = json!({"tenant_name": "Southgate", "name": "Graham Pell", "email": EMAIL, "password": PASSWORD});
    let command = server.nobody().with("authorization", &format!("Bearer {}", server.app.run_token()));
    command.post("/api/v1/admin/operators", &second).expect(204);
    let ask = |more: serde_json::Value| {
        let mut body = json!({"email": EMAIL, "password": PASSWORD});
        body.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        server.nobody().post("/api/v1/auth/login", &body)
    };
    let choice = ask(json!({})).expect(409).json();
    assert_eq!(choice["code"], "tenant_needed");
    let slugs: Vec<_> = choice["tenants"].as_array().expect("tenants").iter().map(|t| t["slug"].clone()).collect();
    assert_eq!(slugs, ["northgate-lifts", "southgate"], "{choice}");
    for slug in ["northgate-lifts", "southgate"] {
        assert_eq!(ask(json!({ "tenant": slug })).expect(200).json()["tenant"]["slug"], slug);
    }
    assert_ne!(ask(json!({"tenant": "elsewhere"})).status, 200);
    // Whoever does not know the password learns nothing of the tenants.
    assert!(!ask(json!({"password": "a wrong one here"})).expect(401).text().contains("southgate"));
}

#[test]
fn a_wrong_password_and_an_unknown_address_look_alike() {
    let (server, _) = Server::set_up();
    let attempt = |email: &str| {
        let reply =
            server.nobody().post("/api/v1/auth/login", &json!({"email": email, "password": "not the password"}));
        let mut body = reply.expect(401).json();
        body["request_id"] = json!(null);
        body
    };
    assert_eq!(attempt(EMAIL), attempt("nobody@northgate.example"));
}

#[test]
fn without_a_token_or_with_a_dead_one_nothing_is_shown() {
    let (server, owner) = Server::set_up();
    let reply = server.nobody().get("/api/v1/companies").expect(401);
    assert_eq!(reply.header("www-authenticate"), "Bearer");
    for header in ["Bearer nonsense", "Basic Zm9vOmJhcg==", "Bearer"] {
        server.nobody().with("authorization", header).get("/api/v1/companies").expect(401);
    }
    owner.post("/api/v1/auth/logout", &json!({})).expect(204);
    owner.get("/api/v1/companies").expect(401);
}

#[test]
fn sessions_are_listed_and_ended_one_by_one() {
    let (server, owner) = Server::set_up();
    let other = server.sign_in(EMAIL, PASSWORD);
    let sessions = owner.get("/api/v1/auth/sessions").expect(200).json();
    let lines = sessions["data"].as_array().expect("sessions");
    assert_eq!(lines.len(), 2);
    let foreign = lines.iter().find(|line| line["current"] == false).expect("the other one");
    assert_eq!(foreign["address"], "127.0.0.1");
    owner.delete(&format!("/api/v1/auth/sessions/{}", foreign["id"].as_str().expect("an id"))).expect(204);
    other.get("/api/v1/auth/me").expect(401);
    owner.get("/api/v1/auth/me").expect(200);
    owner.delete("/api/v1/auth/sessions/01a1fc05-08d1-7448-99b0-07aac7ae6094").expect(404);
}

#[test]
fn an_invitation_lets_somebody_in_and_a_link_renews_a_password() {
    let (server, owner) = Server::set_up();
    let hannah = json!({"name": "Hannah", "email": "hannah@northgate.example", "role": "staff"});
    let (id, _) = owner.create("users", &hannah);
    owner.post(&format!("/api/v1/users/{id}/reset-link"), &json!({})).expect(409);
    let link = owner.post(&format!("/api/v1/users/{id}/invite"), &json!({})).expect(201).json();
    assert!(link["url"].as_str().is_some_and(|url| url.starts_with(&format!("http://{}/join?token=", server.address))));
    let accept = json!({"token": link["token"], "password": "another good phrase"});
    server.nobody().post("/api/v1/auth/accept", &accept).expect(204);
    server.nobody().post("/api/v1/auth/accept", &accept).expect(410);
    let client = server.sign_in("hannah@northgate.example", "another good phrase");
    client.post(&format!("/api/v1/users/{id}/invite"), &json!({})).expect(403);

    let link = owner.post(&format!("/api/v1/users/{id}/reset-link"), &json!({})).expect(201).json();
    let accept = json!({"token": link["token"], "password": "a third fine phrase"});
    server.nobody().post("/api/v1/auth/accept", &accept).expect(204);
    client.get("/api/v1/auth/me").expect(401);
    let client = server.sign_in("hannah@northgate.example", "a third fine phrase");
    let change = json!({"present": "a third fine phrase", "password": "and yet one more"});
    client.post("/api/v1/auth/password", &change).expect(204);
    client.get("/api/v1/auth/me").expect(200);
    server.sign_in("hannah@northgate.example", "and yet one more");
}

#[test]
fn the_run_files_token_acts_in_the_tenant_that_it_names() {
    let (server, _) = Server::set_up();
    let command = server.nobody().with("authorization", &format!("Bearer {}", server.app.run_token()));
    command.get("/api/v1/companies").expect(400);
    let tenant = command.with("larder-tenant", "northgate-lifts");
    tenant.get("/api/v1/companies").expect(200);
    tenant.get("/api/v1/auth/me").expect(403);
    command.with("larder-tenant", "nobody").get("/api/v1/companies").expect(404);
}
