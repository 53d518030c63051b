//! A receiver on this machine: it keeps what it is sent, and answers as it is told to.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;

/// How it answers.
#[derive(Clone, Debug)]
pub enum Answer {
    /// With this status, these headers and this text.
    Says(u16, &'static str, String),
    /// Not at all, until whoever called hangs up.
    Hangs,
    /// It hangs up itself, before it answers.
    HangsUp,
}

impl Answer {
    pub fn status(status: u16) -> Self {
        Self::Says(status, "", String::new())
    }
}

/// One message as it came.
#[derive(Clone, Debug)]
pub struct Post {
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Post {
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value.as_str())
    }
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("JSON")
    }
}

pub struct Receiver {
    pub address: SocketAddr,
    posts: Arc<Mutex<Vec<Post>>>,
    answer: Arc<Mutex<Answer>>,
}

impl Receiver {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let (posts, answer) = (Arc::<Mutex<Vec<Post>>>::default(), Arc::new(Mutex::new(Answer::status(200))));
        let (kept, answers) = (Arc::clone(&posts), Arc::clone(&answer));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (kept, answers) = (Arc::clone(&kept), Arc::clone(&answers));
                std::thread::spawn(move || take(&stream, &kept, &answers));
            }
        });
        Self { address, posts, answer }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn answers(&self, answer: Answer) {
        *self.answer.lock().expect("an answer") = answer;
    }

    pub fn posts(&self) -> Vec<Post> {
        self.posts.lock().expect("posts").clone()
    }

    /// Waits until it has had so many.
    pub fn wait_for(&self, count: usize) -> Vec<Post> {
        for _ in 0..600 {
            if self.posts().len() >= count {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        assert_eq!(self.posts().len(), count);
        self.posts()
    }
}

/// One message on one connection.
fn take(stream: &TcpStream, kept: &Mutex<Vec<Post>>, answers: &Mutex<Answer>) {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    if reader.read_line(&mut line).unwrap_or(0) == 0 {
        return;
    }
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut headers = Vec::new();
    loop {
        line.clear();
        if reader.read_line(&mut line).unwrap_or(0) <= 2 {
            break;
        }
        if let Some((name, value)) = line.split_once(':') {
            headers.push((name.to_lowercase(), value.trim().to_owned()));
        }
    }
    let body = body(&mut reader, &headers);
    kept.lock().expect("posts").push(Post { path, headers, body });
    let answer = answers.lock().expect("an answer").clone();
    let mut out = stream;
    match answer {
        Answer::Says(status, headers, text) => {
            let head = format!(
                "HTTP/1.1 {status} Said\r\ncontent-length: {}\r\nconnection: close\r\n{headers}\r\n",
                text.len()
            );
            let _ = out.write_all(head.as_bytes());
            let _ = out.write_all(text.as_bytes());
        }
        Answer::Hangs => {
            let _ = reader.read(&mut [0; 1]);
        }
        Answer::HangsUp => {}
    }
}

fn body(reader: &mut BufReader<&TcpStream>, headers: &[(String, String)]) -> String {
    let header = |name: &str| headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str());
    let mut bytes = Vec::new();
    if let Some(length) = header("content-length").and_then(|length| length.parse().ok()) {
        bytes.resize(length, 0);
        let _ = reader.read_exact(&mut bytes);
    } else if header("transfer-encoding") == Some("chunked") {
        loop {
            let mut size = String::new();
            let _ = reader.read_line(&mut size);
            let size = usize::from_str_radix(size.trim(), 16).unwrap_or(0);
            let mut chunk = vec![0; size + 2];
            let _ = reader.read_exact(&mut chunk);
            bytes.extend_from_slice(&chunk[..size]);
            if size == 0 {
                break;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
