//! What a body may be: its type, its size, its form.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::json;

use crate::server::Server;

#[test]
fn only_json_is_taken_where_json_is_asked_for() {
    let (_server, owner) = Server::set_up();
    for media in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""] {
        let reply = owner.with("content-type", media).send("POST", "/api/v1/companies", b"{\"name\":\"A\"}");
        assert_eq!(reply.expect(415).code(), "unsupported_media", "{media}");
    }
    let good = owner.with("content-type", "application/json; charset=utf-8");
    good.send("POST", "/api/v1/companies", b"{\"name\":\"A\"}").expect(201);
    let patch = owner.with("content-type", "application/merge-patch+json").with("if-match", "*");
    patch.send("POST", "/api/v1/companies", b"{\"name\":\"B\"}").expect(415);
    let (id, _) = owner.create("companies", &json!({"name": "C"}));
    patch.send("PATCH", &format!("/api/v1/companies/{id}"), b"{\"name\":\"D\"}").expect(200);
}

#[test]
fn a_packed_body_is_refused() {
    let (_server, owner) = Server::set_up();
    let packed = owner.with("content-encoding", "gzip").with("content-type", "application/json");
    packed.send("POST", "/api/v1/companies", b"\x1f\x8b").expect(415);
}

#[test]
fn what_is_no_json_is_malformed_and_what_breaks_rules_is_invalid() {
    let (_server, owner) = Server::set_up();
    let raw = owner.with("content-type", "application/json");
    let deep = [b"[".repeat(10_000), b"]".repeat(10_000)].concat();
    for body in [&b"{"[..], b"\xff\xfe", b"{\"name\":\"\xff\"}", b"nonsense", &deep] {
        let reply = raw.send("POST", "/api/v1/companies", body);
        assert_eq!(reply.expect(400).code(), "malformed");
    }
    raw.send("POST", "/api/v1/companies", b"[]").expect(422);
    let reply = owner.post("/api/v1/companies", &json!({"colour": "red", "active": "maybe"})).expect(422).json();
    let pointers: Vec<_> = reply["errors"].as_array().expect("errors").iter().map(|e| e["pointer"].clone()).collect();
    assert_eq!(pointers, ["/colour", "/active", "/name"], "{reply}");
}

#[test]
fn a_body_over_the_limit_is_refused_and_the_server_lives_on() {
    let (_server, owner) = Server::set_up();
    let long = json!({"name": "x".repeat(1_000_000)});
    assert_eq!(owner.post("/api/v1/companies", &long).expect(413).code(), "too_large");
    let name = json!({"name": "x".repeat(100_000)});
    assert_eq!(owner.post("/api/v1/companies", &name).expect(422).json()["errors"][0]["code"], "too_long");
    owner.get("/api/v1/companies").expect(200);
}

#[test]
fn a_body_without_a_stated_length_meets_the_same_limit() {
    let (server, owner) = Server::set_up();
    let mut stream = TcpStream::connect(server.address).expect("a connection");
    let token = owner.get("/api/v1/auth/me").expect(200);
    drop(token);
    write!(
        stream,
        "POST /api/v1/auth/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
    )
    .expect("written");
    let chunk = [b"10000\r\n".to_vec(), vec![b' '; 0x10000], b"\r\n".to_vec()].concat();
    // The server stops to read once it has seen too much.
    for _ in 0..8 {
        if stream.write_all(&chunk).is_err() {
            break;
        }
    }
    let mut answer = [0; 64];
    let read = stream.read(&mut answer).expect("an answer");
    assert!(answer[..read].starts_with(b"HTTP/1.1 413"), "{}", String::from_utf8_lossy(&answer[..read]));
}

#[test]
fn where_no_body_is_taken_none_may_come() {
    let (_server, owner) = Server::set_up();
    let (id, _) = owner.create("companies", &json!({"name": "A"}));
    owner.with("if-match", "*").delete(&format!("/api/v1/companies/{id}")).expect(204);
    let restore = format!("/api/v1/companies/{id}/restore");
    assert_eq!(owner.post(&restore, &json!({"name": "B"})).expect(422).code(), "unexpected_body");
    owner.post(&restore, &json!({})).expect(200);
}

#[test]
fn long_answers_are_packed_for_those_who_want_it() {
    let (_server, owner) = Server::set_up();
    let plain = owner.with("accept-encoding", "identity").get("/api/v1/schema").expect(200);
    assert_eq!(plain.header("content-encoding"), "");
    assert_eq!(plain.header("vary"), "accept-encoding");
    let packed = owner.with("accept-encoding", "gzip").get("/api/v1/schema").expect(200);
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert!(packed.body.len() * 4 < plain.body.len());
    // Another representation, another tag; each is known by its own alone.
    let (tag, packed_tag) = (plain.header("etag").trim_matches('"'), packed.header("etag").trim_matches('"'));
    assert_eq!(packed_tag, format!("{tag}-gzip"));
    let again = owner.with("accept-encoding", "gzip").with("if-none-match", packed.header("etag"));
    assert!(again.get("/api/v1/schema").expect(304).body.is_empty());
    let other = owner.with("accept-encoding", "gzip").with("if-none-match", plain.header("etag"));
    other.get("/api/v1/schema").expect(200);
}
