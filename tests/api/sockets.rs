//! Sockets: what happens to the record on screen, told to those who may see it.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tungstenite::client::IntoClientRequest;
use tungstenite::{Message, WebSocket};

use crate::server::{Client, Server};

/// A screen that follows records.
pub struct Socket(WebSocket<TcpStream>);

type Refused = Box<tungstenite::HandshakeError<tungstenite::ClientHandshake<TcpStream>>>;

impl Socket {
    fn try_open(server: &Server, headers: &[(&'static str, &str)]) -> Result<Self, Refused> {
        let mut request = format!("ws://{}/api/v1/live", server.address).into_client_request().expect("a request");
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().expect("a value"));
        }
        let stream = TcpStream::connect(server.address).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a timeout");
        tungstenite::client(request, stream).map(|(socket, _)| Self(socket)).map_err(Box::new)
    }

    pub fn open(server: &Server, who: &Client) -> Self {
        let bearer = format!("Bearer {}", who.token());
        Self::try_open(server, &[("authorization", &bearer)]).unwrap_or_else(|error| panic!("{error}"))
    }

    pub fn say(&mut self, message: &Value) {
        self.0.send(Message::text(message.to_string())).expect("sent");
    }

    /// The same where the server may have hung up already.
    pub fn say_if_open(&mut self, message: &Value) {
        let _ = self.0.send(Message::text(message.to_string()));
    }

    pub fn watch(&mut self, kind: &str, id: &str, version: i64) {
        self.say(&json!({"watch": {"kind": kind, "id": id, "version": version}}));
        // What stands beside the record comes first.
        self.until("lock");
        self.until("presence");
    }

    /// The next message; `None` when the server hangs up.
    pub fn next(&mut self) -> Option<Value> {
        loop {
            match self.0.read() {
                Ok(Message::Text(text)) => return Some(serde_json::from_str(&text).expect("JSON")),
                Ok(Message::Close(_)) | Err(tungstenite::Error::ConnectionClosed) => return None,
                Ok(_) => {}
                Err(tungstenite::Error::Io(error)) if error.kind() == std::io::ErrorKind::WouldBlock => {
                    panic!("nothing came for ten seconds")
                }
                Err(_) => return None,
            }
        }
    }

    /// The next message of that sort, whatever comes before.
    pub fn until(&mut self, what: &str) -> Value {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(10) {
            let message = self.next().unwrap_or_else(|| panic!("hung up before {what}"));
            if !message[what].is_null() {
                return message[what].clone();
            }
        }
        panic!("no {what} came");
    }

    /// What has come by the time that the server has answered something else.
    fn quiet(&mut self) -> Vec<Value> {
        self.say(&json!({"watch": {"kind": "companies", "id": "none"}}));
        let mut heard = Vec::new();
        loop {
            let message = self.next().expect("an answer");
            if !message["refused"].is_null() {
                return heard;
            }
            heard.push(message);
        }
    }
}

fn status(refused: Result<Socket, Refused>) -> u16 {
    match refused.map(drop).map_err(|error| *error) {
        Err(tungstenite::HandshakeError::Failure(tungstenite::Error::Http(answer))) => answer.status().as_u16(),
        other => panic!("{other:?}"),
    }
}

// R22 R23
#[test]
fn a_change_arrives_as_the_record_that_its_viewer_would_read() {
    let (server, owner) = Server::set_up();
    let sarah = server.hire(&owner, "staff", "Sarah Miller", &json!({}));
    let (id, _) = owner.create("companies", &json!({"name": "Acme"}));
    let mut screen = Socket::open(&server, &owner);
    screen.watch("companies", &id, 1);
    sarah.with("if-match", "*").patch(&format!("/api/v1/companies/{id}"), &json!({"name": "Acme Ltd"})).expect(200);
    let changed = screen.until("changed");
    assert_eq!((&changed["kind"], &changed["id"], &changed["version"]), (&json!("companies"), &json!(id), &json!(2)));
    assert_eq!(changed["by"]["name"], "Sarah Miller");
    assert_eq!(changed["record"], owner.get(&format!("/api/v1/companies/{id}")).expect(200).json());
    // R24: who left hears no more.
    screen.say(&json!({"unwatch": {"kind": "companies", "id": id}}));
    screen.quiet();
    sarah.with("if-match", "*").patch(&format!("/api/v1/companies/{id}"), &json!({"name": "Acme plc"})).expect(200);
    assert_eq!(screen.quiet(), Vec::<Value>::new());
}

#[test]
fn who_comes_back_is_told_what_was_missed() {
    let (server, owner) = Server::set_up();
    let (site, _) = owner.create("sites", &json!({"name": "Depot"}));
    owner.with("if-match", "*").patch(&format!("/api/v1/sites/{site}"), &json!({"name": "Yard"})).expect(200);
    let mut screen = Socket::open(&server, &owner);
    screen.say(&json!({"watch": {"kind": "sites", "id": site, "version": 1, "include": "company"}}));
    assert_eq!(screen.until("changed")["record"]["name"], "Yard");
    // R27: and of nothing that is not on screen.
    owner.create("sites", &json!({"name": "Another"}));
    assert!(screen.quiet().iter().all(|message| message["changed"].is_null()));
}

#[test]
fn locks_and_people_are_told_at_once() {
    let (server, owner) = Server::set_up();
    let sarah = server.hire(&owner, "staff", "Sarah Miller", &json!({}));
    let (id, _) = owner.create("companies", &json!({"name": "Acme"}));
    let mut screen = Socket::open(&server, &owner);
    screen.watch("companies", &id, 1);
    sarah.put(&format!("/api/v1/companies/{id}/presence"), &json!({})).expect(200);
    assert_eq!(screen.until("presence")["people"][0]["name"], "Sarah Miller");
    sarah.post(&format!("/api/v1/companies/{id}/lock"), &json!({})).expect(200);
    let told = screen.until("lock");
    assert_eq!((&told["lock"]["holder"]["name"], &told["lock"]["mine"]), (&json!("Sarah Miller"), &json!(false)));
    assert_eq!(told["lock"]["token"], Value::Null);
    assert_eq!(screen.until("presence")["people"][0]["editing"], true);
    sarah.delete(&format!("/api/v1/companies/{id}/lock")).expect(204);
    assert_eq!(screen.until("lock")["lock"], Value::Null);
}

#[test]
fn every_way_of_writing_is_told() {
    let (server, owner) = Server::set_up();
    let (id, _) = owner.create("companies", &json!({"name": "Acme"}));
    let (other, _) = owner.create("companies", &json!({"name": "Acme again", "phone": "5"}));
    let mut screen = Socket::open(&server, &owner);
    screen.watch("companies", &id, 1);
    let bulk = json!({"action": "update", "ids": [id], "changes": {"phone": "1"}});
    owner.post("/api/v1/companies/bulk", &bulk).expect(200);
    assert_eq!(screen.until("changed")["version"], 2);
    owner.post(&format!("/api/v1/companies/{id}/merge"), &json!({"from": [other]})).expect(200);
    assert_eq!(screen.until("changed")["version"], 3);
    owner.with("if-match", "*").delete(&format!("/api/v1/companies/{id}")).expect(204);
    assert_eq!(screen.until("gone")["id"], json!(id));
}

#[test]
fn nobody_watches_what_they_may_not_read() {
    let (server, owner) = Server::set_up();
    let (ours, _) = owner.create("companies", &json!({"name": "Ours"}));
    let (far, _) = owner.create("companies", &json!({"name": "Far"}));
    let (deal, _) = owner.create("deals", &json!({"name": "Secret", "company_id": ours}));
    let client = server.hire(&owner, "client", "Olivia Trent", &json!({"company_id": ours}));
    let stranger = server.make_neighbour();
    for (who, kind, id) in [
        (&client, "companies", &far),
        (&client, "deals", &deal),
        (&stranger, "companies", &ours),
        (&stranger, "nothing", &ours),
    ] {
        let mut screen = Socket::open(&server, who);
        screen.say(&json!({"watch": {"kind": kind, "id": id}}));
        let refused = screen.until("refused");
        assert!(["not_found", "forbidden"].contains(&refused["code"].as_str().unwrap_or_default()), "{refused}");
        owner.with("if-match", "*").patch(&format!("/api/v1/companies/{id}"), &json!({"phone": "1"}));
        assert_eq!(screen.quiet(), Vec::<Value>::new());
    }
    // What a client sees of its own company has neither hidden fields nor the names of the office.
    let mut screen = Socket::open(&server, &client);
    screen.watch("companies", &ours, 1);
    let change = json!({"phone": "2", "description": "pays late"});
    owner.with("if-match", "*").patch(&format!("/api/v1/companies/{ours}"), &change).expect(200);
    owner.post(&format!("/api/v1/companies/{ours}/lock"), &json!({})).expect(200);
    owner.put(&format!("/api/v1/companies/{ours}/presence"), &json!({})).expect(200);
    let changed = screen.until("changed");
    assert_eq!((&changed["by"], &changed["record"]["phone"]), (&Value::Null, &json!("2")), "{changed}");
    let heard = Value::Array([vec![changed], vec![screen.until("lock")], screen.quiet()].concat()).to_string();
    assert!(!heard.contains("late") && !heard.contains("Graham"), "{heard}");
}

#[test]
fn who_loses_the_right_to_a_record_is_told_that_it_is_gone() {
    let (server, owner) = Server::set_up();
    let role = json!({"name": "looker", "grants": {"companies": {"read": "all"}}});
    let (looker, _) = owner.create("roles", &role);
    let looks = server.hire(&owner, "looker", "Lou Looker", &json!({}));
    let (id, _) = owner.create("companies", &json!({"name": "Acme"}));
    let mut screen = Socket::open(&server, &looks);
    screen.watch("companies", &id, 1);
    let less = json!({"grants": {"sites": {"read": "all"}}});
    owner.with("if-match", "*").patch(&format!("/api/v1/roles/{looker}"), &less).expect(200);
    // The socket ends with its session, or goes on without the record: either way nothing more is told.
    owner.with("if-match", "*").patch(&format!("/api/v1/companies/{id}"), &json!({"phone": "1"})).expect(200);
    let first = screen.next();
    assert!(first.as_ref().is_none_or(|told| told["gone"]["id"] == json!(id)), "{first:?}");
}

#[test]
fn the_socket_of_a_session_that_ended_closes() {
    let (server, owner) = Server::set_up();
    let again = server.sign_in(crate::server::EMAIL, crate::server::PASSWORD);
    let mut screen = Socket::open(&server, &again);
    screen.quiet();
    again.post("/api/v1/auth/logout", &json!({})).expect(204);
    assert_eq!(screen.next(), None);
    // Revoked from another device.
    let third = server.sign_in(crate::server::EMAIL, crate::server::PASSWORD);
    let mut screen = Socket::open(&server, &third);
    screen.quiet();
    let all = owner.get("/api/v1/auth/sessions").expect(200).json();
    for session in all["data"].as_array().expect("sessions").iter().filter(|session| session["current"] == false) {
        owner.delete(&format!("/api/v1/auth/sessions/{}", session["id"].as_str().expect("an id"))).expect(204);
    }
    assert_eq!(screen.next(), None);
}

/// A socket whose other side sends the handshake and from then on says nothing.
fn mute(server: &Server, who: &Client) -> TcpStream {
    let mut line = TcpStream::connect(server.address).expect("a connection");
    line.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
    let head = format!(
        "GET /api/v1/live HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n",
        server.address,
        who.token()
    );
    line.write_all(head.as_bytes()).expect("sent");
    line
}

#[test]
fn who_does_not_answer_the_heartbeat_is_hung_up_on_and_who_answers_is_not() {
    let server = Server::with(|config| config.heartbeat_s = 1);
    let owner = server.make_owner();
    let (mut there, mut gone) = (Socket::open(&server, &owner), mute(&server, &owner));
    let listener = std::thread::spawn(move || {
        let mut all = Vec::new();
        gone.read_to_end(&mut all).map(|_| all)
    });
    let open = || server.app.live.hub.stats().open;
    let begun = Instant::now();
    while open() != 1 || !listener.is_finished() {
        assert!(begun.elapsed() < Duration::from_secs(20), "{} are still open", open());
        std::thread::sleep(Duration::from_millis(250));
        there.quiet();
    }
    let heard = listener.join().expect("a listener").expect("an end, not a time-out");
    assert!(heard.starts_with(b"HTTP/1.1 101"), "{}", String::from_utf8_lossy(&heard));
    // Asked twice, in two bytes each, before it was given up.
    assert!(heard.ends_with(&[0x89, 0, 0x89, 0]), "{heard:?}");
    assert_eq!(there.quiet(), Vec::<Value>::new());
}

#[test]
fn another_role_ends_the_socket_and_the_stream_that_were_opened_under_the_old_one() {
    let (server, owner) = Server::set_up();
    let sarah = server.hire(&owner, "manager", "Sarah Miller", &json!({}));
    let stream = crate::streams::open(&server);
    let mut screen = Socket::open(&server, &sarah);
    screen.quiet();
    let mut listener = crate::streams::Listener::open(&server, sarah.token(), stream, None);
    assert_eq!(listener.status, 200);
    let id = sarah.get("/api/v1/auth/me").expect(200).json()["user"]["id"].as_str().expect("an id").to_owned();
    owner.with("if-match", "*").patch(&format!("/api/v1/users/{id}"), &json!({"role": "staff"})).expect(200);
    // Nothing is told on either; they end by themselves.
    assert_eq!(screen.next(), None);
    assert!(listener.next().is_none());
    assert_eq!((server.app.live.hub.stats().open, server.app.streams.hub.load().0), (0, 0));
}

#[test]
fn strangers_other_sites_and_plain_requests_get_no_socket() {
    let (server, owner) = Server::set_up();
    let bearer = format!("Bearer {}", owner.token());
    assert_eq!(status(Socket::try_open(&server, &[])), 401);
    assert_eq!(status(Socket::try_open(&server, &[("authorization", "Bearer nonsense")])), 401);
    let from = |site: &'static str| [("authorization", bearer.as_str()), ("origin", site)];
    assert_eq!(status(Socket::try_open(&server, &from("https://evil.example"))), 403);
    let own = format!("http://{}", server.address);
    assert!(Socket::try_open(&server, &[("authorization", &bearer), ("origin", &own)]).is_ok());
    owner.get("/api/v1/live").expect(426);
}

#[test]
fn there_are_as_many_sockets_as_are_allowed_and_places_come_free() {
    let server = Server::with(|config| config.max_sockets = 2);
    let owner = server.make_owner();
    let bearer = format!("Bearer {}", owner.token());
    let mut open = vec![Socket::open(&server, &owner), Socket::open(&server, &owner)];
    assert_eq!(status(Socket::try_open(&server, &[("authorization", &bearer)])), 503);
    drop(open.pop());
    let begun = Instant::now();
    while Socket::try_open(&server, &[("authorization", &bearer)]).is_err() {
        assert!(begun.elapsed() < Duration::from_secs(10), "no place came free");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_socket_that_says_too_much_is_hung_up_on() {
    let (server, owner) = Server::set_up();
    let (id, _) = owner.create("companies", &json!({"name": "Acme"}));
    let says = |message: Message| {
        let mut screen = Socket::open(&server, &owner);
        screen.0.send(message).expect("sent");
        assert_eq!(screen.next(), None);
    };
    says(Message::text("x".repeat(5_000)));
    says(Message::text("not JSON"));
    says(Message::text(r#"{"watch":{"kind":"companies","id":"x","colour":1}}"#));
    says(Message::binary(vec![1, 2, 3]));
    let mut screen = Socket::open(&server, &owner);
    let named = json!({"unwatch": {"kind": "companies", "id": id}}).to_string();
    let sent = (0..100).filter(|_| screen.0.send(Message::text(named.clone())).is_ok()).count();
    assert!(sent > 0);
    assert_eq!(screen.next(), None);
    // At most four records at a time.
    let mut screen = Socket::open(&server, &owner);
    for n in 0..4 {
        let (id, _) = owner.create("companies", &json!({"name": format!("C{n}")}));
        screen.watch("companies", &id, 1);
    }
    screen.say(&json!({"watch": {"kind": "companies", "id": id}}));
    assert_eq!(screen.until("refused")["code"], "too_many_watched");
}

#[test]
fn the_figures_tell_how_many_sockets_there_are() {
    let (server, owner) = Server::set_up();
    let (id, _) = owner.create("companies", &json!({"name": "Acme"}));
    let mut screen = Socket::open(&server, &owner);
    screen.watch("companies", &id, 1);
    let stats = server.app.live.hub.stats();
    assert_eq!((stats.open, stats.watched, stats.most), (1, 1, 2000));
    assert!(stats.sent >= 2, "{stats:?}");
    drop(screen);
    let begun = Instant::now();
    while server.app.live.hub.stats().open > 0 {
        assert!(begun.elapsed() < Duration::from_secs(10), "the place is still taken");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(server.app.live.hub.stats().watched, 0);
}
