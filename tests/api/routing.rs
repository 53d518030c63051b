//! Addresses, methods, and what every answer carries.

use crate::server::Server;

#[test]
fn an_unknown_address_of_the_api_is_a_problem_and_no_page() {
    let (_server, owner) = Server::set_up();
    for path in ["/api/v1/gadgets", "/api/v1/companies/1/2/3/4", "/api", "/api/v2/companies", "/api/v1/companies/"] {
        let reply = owner.get(path).expect(404);
        assert_eq!(reply.header("content-type"), "application/problem+json", "{path}");
        assert!(reply.json()["detail"].as_str().is_some_and(|d| d.contains("/api/docs")), "{path}");
    }
    assert_eq!(owner.get("/api/v1/companies/not-an-id").expect(404).code(), "not_found");
}

#[test]
fn a_wrong_method_says_which_ones_are_right() {
    let (_server, owner) = Server::set_up();
    let reply = owner.send("PUT", "/api/v1/companies", b"");
    assert_eq!(reply.expect(405).header("allow"), "GET, POST, HEAD, OPTIONS");
    let reply = owner.send("OPTIONS", "/api/v1/companies", b"");
    assert_eq!(reply.expect(204).header("allow"), "GET, POST, HEAD, OPTIONS");
    // What people attach is written by its own upload, not as a record.
    let reply = owner.post("/api/v1/attachments", &serde_json::json!({}));
    assert_eq!(reply.expect(405).header("allow"), "GET, HEAD, OPTIONS");
}

#[test]
fn head_answers_as_get_does_without_the_body() {
    let (_server, owner) = Server::set_up();
    let get = owner.get("/api/v1/companies").expect(200);
    let head = owner.send("HEAD", "/api/v1/companies", b"").expect(200);
    assert_eq!(head.header("etag"), get.header("etag"));
    assert!(head.body.is_empty());
}

#[test]
fn every_answer_carries_the_security_headers_and_an_id() {
    let server = Server::empty();
    let mut ids = Vec::new();
    for path in ["/livez", "/", "/api/docs", "/api/v1/companies", "/nothing", "/api/openapi.json"] {
        let reply = server.nobody().get(path);
        assert!(reply.header("content-security-policy").starts_with("default-src 'none'"), "{path}");
        assert!(reply.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(reply.header(name), value, "{path}");
        }
        assert!(reply.header("server-timing").starts_with("total;dur="), "{path}");
        assert_eq!(reply.header("server"), "");
        ids.push(reply.header("x-request-id").to_owned());
    }
    ids.dedup();
    assert_eq!(ids.len(), 6);
}

#[test]
fn bad_addresses_are_told_apart_from_unknown_ones() {
    let (_server, owner) = Server::set_up();
    assert_eq!(owner.get("/api/v1/companies?q=%FF").expect(400).code(), "malformed");
    assert_eq!(owner.get("/api/v1/compa%FFnies").expect(400).code(), "malformed");
    let twice = owner.get("/api/v1/companies?limit=1&limit=2").expect(422).json();
    assert_eq!(twice["errors"][0]["pointer"], "?limit");
    let unknown = owner.get("/api/v1/auth/me?verbose=1").expect(422).json();
    assert_eq!(unknown["errors"][0]["pointer"], "?verbose");
}
