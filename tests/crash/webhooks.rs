//! Killed while a message is on its way to another program: it is sent again, under the same id, as long
//! as nobody said that it arrived.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{Client, sign_in};
use crate::shell::{Server, set_up};

const FLAGS: [&str; 1] = ["--webhooks-allow-private"];

/// Takes one message, and gives its id and the connection that waits for an answer.
fn take(listener: &TcpListener) -> (String, TcpStream) {
    let begun = Instant::now();
    listener.set_nonblocking(true).expect("a listener");
    let stream = loop {
        match listener.accept() {
            Ok((stream, _)) => break stream,
            Err(_) => assert!(begun.elapsed() < Duration::from_secs(30), "no message came"),
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    stream.set_nonblocking(false).expect("a stream");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
    let (mut reader, mut id, mut length) = (BufReader::new(&stream), String::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("a line");
        match line.trim_end().split_once(": ") {
            Some(("webhook-id", value)) => id = value.to_owned(),
            Some(("content-length", value)) => length = value.parse().expect("a length"),
            Some(_) => {}
            None if line.trim_end().is_empty() => break,
            None => {}
        }
    }
    reader.read_exact(&mut vec![0; length]).expect("a body");
    (id, stream)
}

fn newest(client: &Client, hook: &str) -> Value {
    client.get(&format!("webhooks/{hook}/deliveries")).expect("an answer").body["data"][0].clone()
}

#[test]
fn a_message_that_nobody_took_is_sent_again_after_a_kill_and_one_that_was_taken_is_not() {
    // X09
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    set_up(data);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let mut server = Server::start(data, &FLAGS, "data lies in");
    let token = sign_in(&server.url);
    let mut client = Client::new(&server.url, &token);
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    let hook = json!({"name": "Desk", "sort": "standard", "url": url, "events": []});
    let made = client.send("POST", "webhooks", None, Some(&hook)).expect("an answer");
    assert_eq!(made.status, 201, "{made:?}");
    let hook = made.body["id"].as_str().expect("an id").to_owned();
    client.send("POST", &format!("webhooks/{hook}/test"), None, Some(&json!({}))).expect("an answer");
    let (first, unanswered) = take(&listener);
    server.kill();
    drop(unanswered);

    server = Server::start(data, &FLAGS, "data lies in");
    client = Client::new(&server.url, &token);
    let (again, mut stream) = take(&listener);
    assert_eq!(first, again);
    stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").expect("an answer");
    drop(stream);
    let begun = Instant::now();
    while newest(&client, &hook)["state"] != "delivered" {
        assert!(begun.elapsed() < Duration::from_secs(20), "{}", newest(&client, &hook));
        std::thread::sleep(Duration::from_millis(20));
    }
    server.kill();

    server = Server::start(data, &FLAGS, "data lies in");
    client = Client::new(&server.url, &token);
    client.send("POST", &format!("webhooks/{hook}/test"), None, Some(&json!({}))).expect("an answer");
    let (other, _stream) = take(&listener);
    assert_ne!(other, first, "what was taken is not sent again");
    server.kill();
}
