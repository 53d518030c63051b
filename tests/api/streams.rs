//! Streams of progress as server-sent events, over connections of their own.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use larder::db::Change;
use larder::kernel::{Id, Moment};
use larder::stream::{Step, Stream};
use serde_json::{Value, json};

use crate::server::{Client, EMAIL, PASSWORD, Server};

/// Somebody who listens, on a connection that is read by hand.
pub struct Listener {
    lines: BufReader<TcpStream>,
    pub status: u16,
    pub head: String,
}

impl Listener {
    pub fn open(server: &Server, token: &str, stream: Id, last: Option<i64>) -> Self {
        let mut connection = TcpStream::connect(server.address).expect("a connection");
        connection.set_read_timeout(Some(Duration::from_secs(30))).expect("a timeout");
        let last = last.map_or(String::new(), |n| format!("Last-Event-ID: {n}\r\n"));
        let head = format!(
            "GET /api/v1/streams/{stream} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {token}\r\nAccept-Encoding: gzip\r\n{last}\r\n",
            server.address
        );
        connection.write_all(head.as_bytes()).expect("sent");
        let mut lines = BufReader::new(connection);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert_ne!(lines.read_line(&mut head).expect("a line"), 0, "{head}");
        }
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).expect("a status");
        Self { lines, status, head: head.to_lowercase() }
    }

    /// The next message with the id that stood over it; nothing at the end.
    pub fn next(&mut self) -> Option<(i64, Value)> {
        let mut id = 0;
        loop {
            let mut line = String::new();
            // The last chunk is empty: `0`.
            if self.lines.read_line(&mut line).ok()? == 0 || line == "0\r\n" {
                return None;
            }
            if let Some(text) = line.strip_prefix("id: ") {
                id = text.trim().parse().expect("a number");
            } else if let Some(text) = line.strip_prefix("data: ") {
                return Some((id, serde_json::from_str(text).expect("JSON")));
            }
        }
    }

    fn ids(mut self) -> Vec<i64> {
        std::iter::from_fn(|| self.next().map(|(id, _)| id)).collect()
    }
}

fn token(server: &Server) -> String {
    let login = server.nobody().post("/api/v1/auth/login", &json!({"email": EMAIL, "password": PASSWORD})).expect(200);
    login.json()["access_token"].as_str().expect("a token").to_owned()
}

pub fn open(server: &Server) -> Id {
    let (id, mut change) = (Id::new(), Change::new());
    Stream::open(&mut change, id, 1, None, Moment::now());
    server.app.db.write(change).wait().expect("a stream");
    id
}

fn tell(server: &Server, stream: Id, n: u32, last: bool) {
    let mut change = Change::new();
    let step = Step::new("counting", f64::from(n), format!("{n} done"));
    server.app.streams.append(&mut change, stream, &step, last, Moment::now());
    server.app.db.write(change).wait().expect("told");
}

fn patience(mut done: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !done() {
        assert!(begun.elapsed() < Duration::from_secs(30), "it never came");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn messages_come_as_they_are_told_and_the_stream_ends_with_the_last() {
    // N22, N23, N27
    let (server, _) = Server::set_up();
    let (token, stream) = (token(&server), open(&server));
    tell(&server, stream, 1, false);
    let mut listener = Listener::open(&server, &token, stream, None);
    assert_eq!(listener.status, 200);
    for header in ["content-type: text/event-stream", "content-encoding: identity", "x-accel-buffering: no"] {
        assert!(listener.head.contains(header), "{}", listener.head);
    }
    let (id, first) = listener.next().expect("what was told before");
    assert_eq!((id, &first["message"], &first["last"]), (1, &json!("1 done"), &json!(false)));
    assert_eq!((&first["stage"], &first["percentage"]), (&json!("counting"), &json!(1.0)));
    tell(&server, stream, 2, false);
    assert_eq!(listener.next().expect("as it comes").0, 2);
    tell(&server, stream, 3, true);
    assert_eq!(listener.next().expect("the last").1["last"], true);
    assert!(listener.next().is_none(), "and then it closes");
}

#[test]
fn a_late_listener_sees_all_and_one_that_comes_again_what_it_has_missed() {
    // N25
    let (server, owner) = Server::set_up();
    let (token, stream) = (token(&server), open(&server));
    (1..=50).for_each(|n| tell(&server, stream, n, n == 50));
    assert_eq!(Listener::open(&server, &token, stream, None).ids(), (1..=50).collect::<Vec<_>>());
    assert_eq!(Listener::open(&server, &token, stream, Some(47)).ids(), [48, 49, 50]);
    assert_eq!(Listener::open(&server, &token, stream, Some(50)).status, 204, "a browser does not come again");
    assert_eq!(Listener::open(&server, "nonsense", stream, None).status, 401);

    let path = format!("/api/v1/streams/{stream}/messages");
    let page = owner.get(&format!("{path}?after=10&limit=2")).expect(200).json();
    let numbers: Vec<_> = page["data"].as_array().expect("messages").iter().map(|m| m["sequence"].clone()).collect();
    assert_eq!((numbers, &page["has_more"], &page["last"]), (vec![json!(11), json!(12)], &json!(true), &json!(50)));
    for wrong in ["?after=x", "?after=-1", "?limit=0", "?limit=201", "?before=3"] {
        owner.get(&format!("{path}{wrong}")).expect(422);
    }
    owner.get(&format!("/api/v1/streams/{}/messages", Id::new())).expect(404);
}

#[test]
fn a_listener_is_sent_away_when_the_session_ends() {
    let (server, owner) = Server::set_up();
    let (token, stream) = (token(&server), open(&server));
    tell(&server, stream, 1, false);
    let mut listener = Listener::open(&server, &token, stream, None);
    assert_eq!(listener.next().expect("a message").0, 1);
    let other: Client = server.nobody().with("authorization", &format!("Bearer {token}"));
    other.send("POST", "/api/v1/auth/logout", b"").expect(204);
    // It ends by itself, and what is told after the sign-out is not for it.
    patience(|| server.app.streams.hub.load().0 == 0);
    tell(&server, stream, 2, false);
    assert!(listener.next().is_none(), "nothing that was told after the sign-out");
    owner.get(&format!("/api/v1/streams/{stream}/messages")).expect(200);
}

#[test]
fn only_so_many_may_listen_and_a_place_that_is_left_is_free() {
    let server = Server::with(|config| config.live_streams = 2);
    server.make_owner();
    let (token, stream) = (token(&server), open(&server));
    let first = Listener::open(&server, &token, stream, None);
    let _second = Listener::open(&server, &token, stream, None);
    assert_eq!(Listener::open(&server, &token, stream, None).status, 503);
    assert_eq!(server.app.streams.hub.load(), (2, 2));
    drop(first);
    // The server notices it when it next has something to say.
    patience(|| {
        tell(&server, stream, 1, false);
        server.app.streams.hub.load().0 == 1
    });
    assert_eq!(Listener::open(&server, &token, stream, None).status, 200);
}

#[test]
fn one_who_does_not_read_holds_up_nobody_and_misses_nothing() {
    let (server, _) = Server::set_up();
    let (token, stream) = (token(&server), open(&server));
    let slow = Listener::open(&server, &token, stream, None);
    let mut quick = Listener::open(&server, &token, stream, None);
    for n in 1..=900 {
        tell(&server, stream, n % 100, n == 900);
    }
    for n in 1..=900 {
        assert_eq!(quick.next().expect("a message").0, n);
    }
    assert_eq!(slow.ids(), (1..=900).collect::<Vec<_>>());
}

#[test]
fn one_who_does_not_read_costs_a_page_however_much_is_told() {
    // The store keeps the newest hundred, so whatever else the listener still gets was held for it.
    let server = Server::with(|config| config.stream_messages = 100);
    server.make_owner();
    let (token, stream) = (token(&server), open(&server));
    let slow = Listener::open(&server, &token, stream, None);
    let mut quick = Listener::open(&server, &token, stream, None);
    let text = "x".repeat(480);
    let (rounds, each) = (340, 90);
    for round in 1..=rounds {
        let mut change = Change::new();
        for n in 1..=each {
            let last = round == rounds && n == each;
            server.app.streams.append(&mut change, stream, &Step::new("counting", 1.0, &text), last, Moment::now());
        }
        server.app.db.write(change).wait().expect("told");
        // Who reads keeps up with it.
        for n in 1..=each {
            assert_eq!(quick.next().expect("a message").0, (round - 1) * each + n);
        }
    }
    let all = slow.ids();
    assert_eq!(all.last(), Some(&(rounds * each)));
    // Some megabytes wait in the kernel's buffers, and one page with us. Without a bound it would be all.
    assert!(all.len() < 25_000, "{} of {} messages were held", all.len(), rounds * each);
}

#[test]
fn a_stop_does_not_wait_for_those_who_listen() {
    let (server, _) = Server::set_up();
    let (token, stream) = (token(&server), open(&server));
    tell(&server, stream, 1, false);
    let mut listener = Listener::open(&server, &token, stream, None);
    assert_eq!(listener.next().expect("a message").0, 1);
    let begun = Instant::now();
    server.app.stop();
    assert!(listener.next().is_none());
    assert!(begun.elapsed() < Duration::from_secs(9), "less than the time that a stop waits for answers");
}

#[test]
fn a_stream_is_no_part_of_a_batch() {
    let (server, owner) = Server::set_up();
    let stream = open(&server);
    let body = json!({"requests": [{"method": "GET", "path": format!("streams/{stream}")}]});
    let reply = owner.post("/api/v1/batch", &body).expect(200).json();
    assert_eq!(reply["responses"][0]["status"], 422);
}
