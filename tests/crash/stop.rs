//! Told to stop, by either signal: what is being answered is answered, and the process is gone soon.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::net::UnixDatagram;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::client::{Client, sign_in};
use crate::kill::{Acknowledged, examine, write_until_it_dies};
use crate::shell::{Server, done, larder, set_up};

/// What the system's own patience usually is.
const SOON: Duration = Duration::from_secs(10);

#[test]
fn a_request_under_way_is_answered_and_the_server_ends_soon() {
    for name in ["TERM", "INT"] {
        let folder = tempfile::tempdir().expect("a folder");
        set_up(folder.path());
        let server = Server::start(folder.path(), &[], "data lies in");
        let token = sign_in(&server.url);
        let idle = TcpStream::connect(address(&server)).expect("connected");
        let body = r#"{"name": "Written at the last moment"}"#;
        let head = format!(
            "POST /api/v1/companies HTTP/1.1\r\nhost: larder\r\nauthorization: Bearer {token}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        let mut half = TcpStream::connect(address(&server)).expect("connected");
        half.write_all(format!("{head}{}", &body[..10]).as_bytes()).expect("sent");
        std::thread::sleep(Duration::from_millis(200));
        let told = Instant::now();
        signal(&server, name);
        std::thread::sleep(Duration::from_millis(300));
        assert!(TcpStream::connect(address(&server)).is_err(), "SIG{name}: new connections are still taken");
        half.write_all(&body.as_bytes()[10..]).expect("sent");
        let mut answer = String::new();
        half.read_to_string(&mut answer).expect("an answer to the end");
        assert!(answer.starts_with("HTTP/1.1 201"), "SIG{name}: {answer}");
        server.ends();
        assert!(told.elapsed() < SOON, "SIG{name}: it took {:?}", told.elapsed());
        drop(idle);
        let companies = done(folder.path(), &["export", "companies", "--tenant", "acme-sons"]);
        assert!(companies.contains("Written at the last moment"), "{companies}");
    }
}

#[test]
fn the_system_is_told_when_it_is_ready_and_when_it_stops() {
    let folder = tempfile::tempdir().expect("a folder");
    let socket = folder.path().join("notify");
    let told = UnixDatagram::bind(&socket).expect("a socket");
    told.set_read_timeout(Some(SOON)).expect("set");
    let hear = || {
        let mut message = [0; 200];
        let length = told.recv(&mut message).expect("a message");
        String::from_utf8_lossy(&message[..length]).trim().to_owned()
    };
    let mut command = larder(&folder.path().join("data"), Command::new(env!("CARGO_BIN_EXE_larder")));
    command.env("NOTIFY_SOCKET", &socket).args(["serve", "--listen", "127.0.0.1:0"]).stderr(Stdio::null());
    let server = Server::spawn(&mut command, "data lies in");
    assert_eq!(hear(), "READY=1");
    assert_eq!(ureq::get(format!("{}/readyz", server.url)).call().expect("an answer").status(), 200);
    server.stop();
    assert_eq!(hear(), "STOPPING=1");
}

#[test]
fn a_demo_that_is_being_filled_in_is_left_as_it_is_and_filled_in_later() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = larder(folder.path(), Command::new(env!("CARGO_BIN_EXE_larder")));
    command.env("LARDER_DEMO_SCALE", "50").args(["serve", "--listen", "127.0.0.1:0", "--demo"]).stderr(Stdio::null());
    let server = Server::spawn(&mut command, "data lies in");
    std::thread::sleep(Duration::from_millis(500));
    let told = Instant::now();
    server.stop();
    assert!(told.elapsed() < SOON, "it took {:?}", told.elapsed());
    // That the rest follows is shown beside the demo; here that nothing is broken.
    done(folder.path(), &["doctor"]);
}

#[test]
fn a_client_that_never_finishes_does_not_keep_the_server() {
    let folder = tempfile::tempdir().expect("a folder");
    set_up(folder.path());
    let server = Server::start(folder.path(), &[], "data lies in");
    let mut slow = TcpStream::connect(address(&server)).expect("connected");
    slow.write_all(b"POST /api/v1/auth/login HTTP/1.1\r\nhost: larder\r\ncontent-length: 100\r\n\r\n{").expect("sent");
    std::thread::sleep(Duration::from_millis(200));
    let told = Instant::now();
    signal(&server, "TERM");
    server.ends();
    assert!(told.elapsed() < SOON + Duration::from_secs(1), "it took {:?}", told.elapsed());
}

#[test]
fn a_stop_amid_writers_loses_nothing_and_empties_the_log() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    set_up(data);
    let server = Server::start(data, &[], "data lies in");
    let (url, token) = (server.url.clone(), sign_in(&server.url));
    let noted: Vec<Acknowledged> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..8)
            .map(|writer| {
                let client = Client::new(&url, &token);
                scope.spawn(move || write_until_it_dies(&client, &writer.to_string()))
            })
            .collect();
        std::thread::sleep(Duration::from_millis(300));
        server.stop();
        writers.into_iter().map(|writer| writer.join().expect("a writer")).collect()
    });
    assert!(!data.join("larder.db-wal").exists() && !data.join("larder.run").exists());
    examine(data, &noted.into_iter().flatten().collect(), 8);
}

fn address(server: &Server) -> &str {
    server.url.trim_start_matches("http://")
}

fn signal(server: &Server, name: &str) {
    let told = Command::new("kill").args(["-s", name, &server.id().to_string()]).status().expect("told");
    assert!(told.success());
}
