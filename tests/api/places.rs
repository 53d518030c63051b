//! Places for connections: ordinary requests, sockets and streams each have their own.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::server::{Client, Server};
use crate::sockets::Socket;

/// A connection that is read by hand.
struct Line(TcpStream);

impl Line {
    fn open(server: &Server) -> Self {
        let line = TcpStream::connect(server.address).expect("a connection");
        line.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
        Self(line)
    }

    fn say(&mut self, text: &str) {
        self.0.write_all(text.as_bytes()).expect("sent");
    }

    /// What comes until the head and a body of its length are there, or the connection ends.
    fn hear(&mut self) -> String {
        let (mut said, mut piece) = (Vec::new(), [0; 4096]);
        loop {
            let text = String::from_utf8_lossy(&said).to_lowercase();
            if let Some((head, body)) = text.split_once("\r\n\r\n") {
                let length = head.split("content-length: ").nth(1).and_then(|rest| rest.lines().next());
                if body.len() >= length.and_then(|n| n.parse().ok()).unwrap_or(0) {
                    return text;
                }
            }
            match self.0.read(&mut piece) {
                Ok(0) | Err(_) => return text,
                Ok(n) => said.extend_from_slice(&piece[..n]),
            }
        }
    }

    fn get(&mut self, server: &Server, path: &str, who: &Client) -> String {
        let token = who.token();
        self.say(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {token}\r\n\r\n", server.address));
        self.hear()
    }
}

/// A server with so many ordinary places. One connection of its client is kept open all the time.
fn small(places: usize) -> (Server, Client) {
    let server = Server::with(|config| (config.max_connections, config.max_sockets) = (places, 30));
    let owner = server.make_owner();
    (server, owner)
}

// S07
#[test]
fn open_sockets_take_no_place_from_ordinary_requests() {
    let (server, owner) = small(4);
    let sockets: Vec<Socket> = (0..30).map(|_| Socket::open(&server, &owner)).collect();
    for _ in 0..3 {
        assert!(Line::open(&server).get(&server, "/api/v1/companies", &owner).starts_with("http/1.1 200"));
    }
    owner.get("/api/v1/companies").expect(200);
    assert_eq!(server.app.live.hub.stats().open, sockets.len());
    let health = server.nobody().get("/healthz").expect(200).json();
    let connections = &health["checks"]["connections"];
    assert!(connections.to_string().contains("\"most\":4"), "{health}");
}

#[test]
fn when_all_are_at_work_a_request_is_told_so_and_a_socket_still_opens() {
    let (server, owner) = small(4);
    // Three that are about to say something, beside the client's own.
    let mut held: Vec<Line> = (0..3).map(|_| Line::open(&server)).collect();
    for line in &mut held {
        assert!(line.get(&server, "/livez", &owner).starts_with("http/1.1 200"));
    }
    let mut late = Line::open(&server);
    let told = late.get(&server, "/api/v1/companies", &owner);
    assert!(told.starts_with("http/1.1 503") && told.contains("connections_full"), "{told}");
    assert!(told.contains("connection: close") && told.contains("retry-after: 1"), "{told}");
    assert_eq!(late.hear(), "", "it is not kept open");
    // Whether the process lives is told to anybody, and those who have a place keep it.
    assert!(Line::open(&server).get(&server, "/livez", &owner).starts_with("http/1.1 200"));
    let socket = Socket::open(&server, &owner);
    assert_eq!(server.app.live.hub.stats().open, 1);
    assert!(held[0].get(&server, "/api/v1/companies", &owner).starts_with("http/1.1 200"));
    drop((socket, held.pop()));
    let begun = Instant::now();
    while Line::open(&server).get(&server, "/api/v1/companies", &owner).starts_with("http/1.1 503") {
        assert!(begun.elapsed() < Duration::from_secs(20), "no place came free");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn connections_that_say_nothing_give_way_to_those_that_ask() {
    let (server, owner) = small(4);
    let silent: Vec<Line> = (0..20).map(|_| Line::open(&server)).collect();
    let begun = Instant::now();
    while !Line::open(&server).get(&server, "/api/v1/companies", &owner).starts_with("http/1.1 200") {
        assert!(begun.elapsed() < Duration::from_secs(20), "nobody gave way");
        std::thread::sleep(Duration::from_millis(100));
    }
    drop(silent);
}
