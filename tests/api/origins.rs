//! Other sites, cookies, plain HTTP.

use serde_json::json;

use crate::server::{EMAIL, PASSWORD, Server};

#[test]
fn another_sites_page_cannot_write_and_anybodys_browser_can_read_nothing_from_it() {
    let (server, owner) = Server::set_up();
    for (name, value) in
        [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://evil.example")]
    {
        let other = owner.with(name, value);
        other.post("/api/v1/companies", &json!({"name": "A"})).expect(403);
        server
            .nobody()
            .with(name, value)
            .post("/api/v1/auth/login", &json!({"email": EMAIL, "password": PASSWORD}))
            .expect(403);
    }
    let own = owner.with("origin", &format!("http://{}", server.address));
    own.post("/api/v1/companies", &json!({"name": "A"})).expect(201);
    owner.with("sec-fetch-site", "same-origin").post("/api/v1/companies", &json!({"name": "B"})).expect(201);
    assert_eq!(owner.get("/api/v1/companies").header("access-control-allow-origin"), "");
}

#[test]
fn over_plain_http_on_this_machine_the_cookie_is_the_plain_one() {
    let (server, _) = Server::set_up();
    let login = server.nobody().post("/api/v1/auth/login", &json!({"email": EMAIL, "password": PASSWORD})).expect(200);
    let cookie = login.header("set-cookie");
    assert!(
        cookie.starts_with("larder=") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    assert!(!cookie.contains("Secure"), "{cookie}");
    let pair = cookie.split(';').next().expect("a pair");
    server.nobody().with("cookie", pair).get("/api/v1/auth/me").expect(200);
}

#[test]
fn behind_https_the_cookie_is_bound_to_the_host() {
    let (server, _) = Server::set_up();
    let browser = server.nobody().with("origin", "https://crm.example").with("host", "crm.example");
    let browser = browser.with("sec-fetch-site", "same-origin");
    let login = browser.post("/api/v1/auth/login", &json!({"email": EMAIL, "password": PASSWORD})).expect(200);
    let cookie = login.header("set-cookie");
    assert!(
        cookie.starts_with("__Host-larder=") && cookie.contains("; Secure") && cookie.contains("Path=/"),
        "{cookie}"
    );
    assert!(!cookie.contains("Domain"), "{cookie}");
    let pair = cookie.split(';').next().expect("a pair");
    server.nobody().with("cookie", pair).get("/api/v1/auth/me").expect(200);
}

#[test]
fn over_plain_http_from_elsewhere_nobody_signs_in_unless_it_is_allowed() {
    let (server, _) = Server::set_up();
    let body = json!({"email": EMAIL, "password": PASSWORD});
    let browser = server.nobody().with("origin", "http://crm.lan").with("host", "crm.lan");
    let refused = browser.post("/api/v1/auth/login", &body).expect(403);
    assert_eq!(refused.code(), "plain_http");
    let detail = refused.json()["detail"].as_str().expect("a detail").to_owned();
    assert!(detail.contains("--insecure-http") && detail.contains("--tls-cert"), "{detail}");

    let open = Server::with(|config| config.insecure_http = true);
    open.make_owner();
    let browser = open.nobody().with("origin", "http://crm.lan").with("host", "crm.lan");
    let login = browser.post("/api/v1/auth/login", &body).expect(200);
    let pair = login.header("set-cookie").split(';').next().expect("a pair").to_owned();
    browser.with("cookie", &pair).get("/api/v1/auth/me").expect(200);
}

#[test]
fn two_different_tokens_at_once_are_refused() {
    let (server, owner) = Server::set_up();
    let login = server.nobody().post("/api/v1/auth/login", &json!({"email": EMAIL, "password": PASSWORD})).expect(200);
    let pair = login.header("set-cookie").split(';').next().expect("a pair").to_owned();
    assert_eq!(owner.with("cookie", &pair).get("/api/v1/auth/me").expect(401).code(), "two_tokens");
    let token = login.json()["access_token"].as_str().expect("a token").to_owned();
    let same = server.nobody().with("authorization", &format!("Bearer {token}")).with("cookie", &pair);
    same.get("/api/v1/auth/me").expect(200);
}
