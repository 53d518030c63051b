//! Requests as bytes: what no well-behaved client would ever send. Each ends with an answer or a
//! closed connection, and the next client is served as ever.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::json;

use crate::server::{Client, Server};

fn token(server: &Server) -> String {
    let login = json!({"email": crate::server::EMAIL, "password": crate::server::PASSWORD});
    let reply = server.nobody().post("/api/v1/auth/login", &login).expect(200).json();
    reply["access_token"].as_str().expect("a token").to_owned()
}

fn alive(owner: &Client) {
    assert_eq!(owner.get("/api/v1/companies?count=true").expect(200).json()["page"]["total"], 0);
}

/// A head with these lines after the first, and then the body.
fn request(first: &str, lines: &[String], body: &[u8]) -> Vec<u8> {
    let head = format!("{first} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{}\r\n", lines.concat());
    [head.as_bytes(), body].concat()
}

#[test]
fn unknown_methods_are_refused_with_those_that_work() {
    let (server, owner) = Server::set_up();
    for method in ["PUT", "TRACE", "CONNECT", "PROPFIND", "EAT", "get"] {
        let answer = server.raw(&request(&format!("{method} /api/v1/companies"), &[], b""));
        assert!(answer.starts_with("HTTP/1.1 405"), "{method}: {answer}");
        assert!(answer.contains("allow: GET, POST, HEAD, OPTIONS"), "{method}: {answer}");
        assert!(answer.contains("\"code\":\"method_not_allowed\""), "{method}: {answer}");
    }
    alive(&owner);
}

#[test]
fn heads_beyond_all_measure_end_their_connection_alone() {
    let (server, owner) = Server::set_up();
    let many: Vec<String> = (0..5_000).map(|n| format!("x-bomb-{n}: {n}\r\n")).collect();
    let long = [format!("x-bomb: {}\r\n", "a".repeat(1_000_000))];
    let path = format!("GET /api/v1/companies?q={}", "a".repeat(1_000_000));
    let folded = ["x-folded: a\r\n  b\r\n".to_owned()];
    for bytes in [
        request("GET /livez", &many, b""),
        request("GET /livez", &long, b""),
        request("GET /livez", &folded, b""),
        request(&path, &[], b""),
        b"\0\0\0\0\0\0\0\0\r\n\r\n".to_vec(),
        b"GET\r\n\r\n".to_vec(),
        b"GET / HTTP/9.9\r\n\r\n".to_vec(),
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 a TLS greeting".to_vec(),
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(),
    ] {
        let answer = server.raw(&bytes);
        let refused = answer.is_empty() || ["HTTP/1.1 4", "HTTP/1.1 505"].iter().any(|s| answer.starts_with(s));
        assert!(refused, "{:?}: {answer}", String::from_utf8_lossy(&bytes[..40.min(bytes.len())]));
    }
    alive(&owner);
}

#[test]
fn an_address_in_raw_bytes_is_refused() {
    let (server, owner) = Server::set_up();
    for path in [&b"/api/v1/companies?q=\xff\xfe"[..], b"/api/v1/comp\xc3\x28nies", b"/api/v1/companies?q=\x01"] {
        let bytes = [b"GET ".as_slice(), path, b" HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"].concat();
        let answer = server.raw(&bytes);
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
    }
    alive(&owner);
}

#[test]
fn a_body_shorter_than_promised_writes_nothing() {
    let (server, owner) = Server::set_up();
    let bearer = format!("authorization: Bearer {}\r\n", token(&server));
    let lines = |length: &str| {
        vec![bearer.clone(), "content-type: application/json\r\n".to_owned(), format!("content-length: {length}\r\n")]
    };
    let whole = b"{\"name\":\"Acme\"}";
    let answer = server.raw(&request("POST /api/v1/companies", &lines("1000"), whole));
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400"), "{answer}");
    // What comes after the stated length is another request, and no good one.
    let answer = server.raw(&request("POST /api/v1/companies", &lines("3"), whole));
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    for length in ["-1", "1e3", "99999999999999999999", "15, 16", "0x0f", "+15"] {
        let answer = server.raw(&request("POST /api/v1/companies", &lines(length), whole));
        assert!(answer.starts_with("HTTP/1.1 4"), "{length}: {answer}");
    }
    let both = [lines("15"), vec!["transfer-encoding: chunked\r\n".to_owned()]].concat();
    let answer = server.raw(&request("POST /api/v1/companies", &both, b"0\r\n\r\n{\"name\":\"Smuggled\"}"));
    assert!(answer.starts_with("HTTP/1.1 4"), "{answer}");
    let coded = [vec![bearer.clone()], vec!["transfer-encoding: gzip, chunked\r\n".to_owned()]].concat();
    let answer = server.raw(&request("POST /api/v1/companies", &coded, b"0\r\n\r\n"));
    assert!(answer.starts_with("HTTP/1.1 4"), "{answer}");
    alive(&owner);
}

#[test]
fn an_upload_that_breaks_off_leaves_nothing_behind() {
    let (server, owner) = Server::set_up();
    let lines = [format!("authorization: Bearer {}\r\n", token(&server)), "content-length: 1000000\r\n".to_owned()];
    let answer = server.raw(&request("POST /api/v1/imports?kind=companies&start=true", &lines, b"name\nAcme\n"));
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400"), "{answer}");
    assert_eq!(owner.get("/api/v1/imports").expect(200).json()["data"], json!([]));
    for folder in ["uploads", "imports"] {
        let left = std::fs::read_dir(server.app.config.data.join(folder)).map_or(0, Iterator::count);
        assert_eq!(left, 0, "{folder}");
    }
    alive(&owner);
}

#[test]
fn a_stranger_is_refused_before_the_body_is_read() {
    let (server, owner) = Server::set_up();
    for first in ["POST /api/v1/imports?kind=companies", "POST /api/v1/companies", "POST /api/v1/admin/backups"] {
        // The head alone: whoever waits for the body waits in vain.
        let mut stream = TcpStream::connect(server.address).expect("a connection");
        stream.write_all(&request(first, &["content-length: 200000\r\n".to_owned()], b"")).expect("written");
        stream.set_read_timeout(Some(Duration::from_secs(5))).expect("a timeout");
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).expect("an answer");
        assert_eq!(&answer, b"HTTP/1.1 401", "{first}");
    }
    alive(&owner);
}

#[test]
fn a_fault_in_the_program_costs_its_request_and_no_other() {
    let (server, owner) = Server::set_up();
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    for _ in 0..8 {
        let fault = server.app.db.read(|_| -> larder::kernel::Result<()> { panic!("a fault on a reader thread") });
        assert_eq!(runtime.block_on(fault).map_err(|e| e.code()), Err("internal"));
    }
    alive(&owner);
    owner.create("companies", &json!({"name": "Acme"}));
    assert_eq!(server.nobody().get("/healthz").expect(200).json()["status"], "pass");
}
