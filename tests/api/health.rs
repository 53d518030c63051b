//! Alive, ready, well.

use crate::server::Server;

#[test]
fn the_probes_answer_before_anybody_is_set_up() {
    let server = Server::empty();
    let nobody = server.nobody();
    assert_eq!(nobody.get("/livez").expect(200).text(), "ok\n");
    assert_eq!(nobody.get("/readyz").expect(200).text(), "ready\n");
    let well = nobody.get("/healthz").expect(200).json();
    assert_eq!(well["status"], "pass", "{well}");
    for check in ["database", "writer", "disk", "write_ahead_log", "backup", "connections", "forwarding"] {
        assert!(well["checks"][check]["message"].is_string(), "{check} is missing: {well}");
    }
}

#[test]
fn a_server_that_is_being_filled_is_alive_and_not_ready() {
    let server = Server::empty();
    server.app.set_ready(false);
    server.nobody().get("/livez").expect(200);
    server.nobody().get("/readyz").expect(503);
    server.app.set_ready(true);
    server.nobody().get("/readyz").expect(200);
}

#[test]
fn a_stopped_database_is_a_failure_that_does_not_take_the_probe_with_it() {
    let server = Server::empty();
    server.app.close();
    server.nobody().get("/livez").expect(200);
    server.nobody().get("/readyz").expect(503);
    let well = server.nobody().get("/healthz").expect(503).json();
    assert_eq!(well["checks"]["database"]["status"], "fail", "{well}");
}

#[test]
fn forwarding_headers_of_a_stranger_are_reported_with_the_line_to_set() {
    let server = Server::empty();
    server.nobody().with("x-forwarded-for", "203.0.113.9").get("/livez");
    let well = server.nobody().get("/healthz").expect(200).json();
    assert_eq!(well["status"], "warn");
    assert_eq!(well["checks"]["forwarding"]["value"], "http.trusted_proxies = 127.0.0.1");
}
