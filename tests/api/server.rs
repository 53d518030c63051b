//! A real server over a scratch folder, and a client that talks to it.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

use larder::config::Config;
use larder::kernel::Moment;
use larder::web::{self, App};
use serde_json::{Value, json};
use tempfile::TempDir;

pub const EMAIL: &str = "graham@northgate.example";
pub const PASSWORD: &str = "four plain words here";

/// A server; dropping it tells it to stop, without waiting for that.
pub struct Server {
    pub app: Arc<App>,
    pub address: SocketAddr,
    agent: ureq::Agent,
    thread: Option<JoinHandle<()>>,
    folder: Arc<TempDir>,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: ureq::http::HeaderMap,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().expect("a readable header"))
    }
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }
    /// Fails with the whole answer when the status is another.
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }
}

impl Server {
    /// A server that nobody has set up yet.
    pub fn empty() -> Self {
        Self::with(|_| {})
    }

    pub fn with(change: impl FnOnce(&mut Config)) -> Self {
        let folder = Arc::new(tempfile::tempdir().expect("a folder"));
        let mut config = Config::for_folder(folder.path());
        config.listen = ([127, 0, 0, 1], 0).into();
        config.workers = 1;
        // Tests ask faster than people do; those of the limits set their own.
        config.limit_scale = 100.0;
        change(&mut config);
        Self::start(config, folder)
    }

    fn start(config: Config, folder: Arc<TempDir>) -> Self {
        let app = App::open(config, larder::kinds::ALL).expect("an open folder");
        let (sender, receiver) = mpsc::channel();
        let shared = Arc::clone(&app);
        let thread = std::thread::spawn(move || {
            let listening = |address| sender.send(address).map_err(larder::kernel::Error::internal);
            web::run_deaf(shared, listening).expect("a server that runs");
        });
        let address = receiver.recv().expect("an address");
        let agent = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into();
        Self { app, address, agent, thread: Some(thread), folder }
    }

    /// Stops the server and starts another one in the same folder.
    pub fn restart(mut self) -> Self {
        self.app.stop();
        self.thread.take().expect("a thread").join().expect("a server that ends");
        self.app.close();
        Self::start(self.app.config.clone(), Arc::clone(&self.folder))
    }

    /// A server with a tenant and its owner, who is signed in.
    pub fn set_up() -> (Self, Client) {
        let server = Self::empty();
        let client = server.make_owner();
        (server, client)
    }

    pub fn setup_token(&self) -> String {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        runtime.block_on(self.app.auth.setup_link(Moment::now())).expect("a link").token
    }

    pub fn make_owner(&self) -> Client {
        let body = json!({
            "token": self.setup_token(),
            "tenant_name": "Northgate Lifts",
            "name": "Graham Pell",
            "email": EMAIL,
            "password": PASSWORD,
        });
        self.nobody().post("/api/v1/auth/setup", &body).expect(201);
        self.sign_in(EMAIL, PASSWORD)
    }

    /// A second business on the same server, with an owner who is signed in.
    pub fn make_neighbour(&self) -> Client {
        let body = json!({
            "tenant_name": "Southgate Stairs",
            "name": "Nora Neighbour",
            "email": "nora@southgate.example",
            "password": PASSWORD,
        });
        let command = self.nobody().with("authorization", &format!("Bearer {}", self.app.run_token()));
        command.post("/api/v1/admin/operators", &body).expect(204);
        self.sign_in("nora@southgate.example", PASSWORD)
    }

    /// Sends bytes as they are over a connection of their own, and gives all that comes back.
    pub fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.address).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
        // The server may hang up before it has read everything, as is its right.
        let _ = stream.write_all(bytes);
        let _ = stream.shutdown(Shutdown::Write);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// A client without a token.
    pub fn nobody(&self) -> Client {
        Client { agent: self.agent.clone(), base: format!("http://{}", self.address), headers: Vec::new() }
    }

    /// Somebody else in the owner's tenant, who is signed in.
    pub fn hire(&self, owner: &Client, role: &str, name: &str, more: &Value) -> Client {
        let email = format!("{}@northgate.example", name.to_lowercase().replace(' ', "."));
        let mut body = json!({"name": name, "email": email, "role": role});
        body.as_object_mut().expect("an object").extend(more.as_object().cloned().unwrap_or_default());
        let (id, _) = owner.create("users", &body);
        let link = owner.post(&format!("/api/v1/users/{id}/invite"), &json!({})).expect(201).json();
        let token = link["token"].as_str().or(link["url"].as_str().and_then(|url| url.split("token=").nth(1)));
        let accept = json!({"token": token.expect("a token"), "password": PASSWORD});
        self.nobody().post("/api/v1/auth/accept", &accept).expect(204);
        self.sign_in(&email, PASSWORD)
    }

    pub fn sign_in(&self, email: &str, password: &str) -> Client {
        let login =
            self.nobody().post("/api/v1/auth/login", &json!({"email": email, "password": password})).expect(200);
        let token = login.json()["access_token"].as_str().expect("a token").to_owned();
        self.nobody().with("authorization", &format!("Bearer {token}"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.app.stop();
    }
}

/// Somebody who sends requests, with the same headers each time.
#[derive(Clone)]
pub struct Client {
    agent: ureq::Agent,
    base: String,
    headers: Vec<(String, String)>,
}

impl Client {
    /// The same at another server.
    pub fn at(&self, server: &Server) -> Self {
        Self { base: server.nobody().base, ..self.clone() }
    }

    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut other = self.clone();
        other.headers.push((name.to_owned(), value.to_owned()));
        other
    }

    pub fn send(&self, method: &str, path: &str, body: &[u8]) -> Reply {
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.base));
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let mut response = match body {
            [] => self.agent.run(request.body(()).expect("a request")),
            body => self.agent.run(request.body(body).expect("a request")),
        }
        .expect("an answer");
        let body = response.body_mut().with_config().limit(64 << 20).read_to_vec().expect("a body");
        Reply { status: response.status().as_u16(), headers: response.headers().clone(), body }
    }

    fn send_json(&self, method: &str, path: &str, body: &Value) -> Reply {
        self.with("content-type", "application/json").send(method, path, body.to_string().as_bytes())
    }

    pub fn get(&self, path: &str) -> Reply {
        self.send("GET", path, b"")
    }
    pub fn post(&self, path: &str, body: &Value) -> Reply {
        self.send_json("POST", path, body)
    }
    pub fn patch(&self, path: &str, body: &Value) -> Reply {
        self.send_json("PATCH", path, body)
    }
    pub fn put(&self, path: &str, body: &Value) -> Reply {
        self.send_json("PUT", path, body)
    }
    /// The token that this client signs in with.
    pub fn token(&self) -> &str {
        let bearer = self.headers.iter().find(|(name, _)| name == "authorization").map(|(_, value)| value.as_str());
        bearer.and_then(|value| value.strip_prefix("Bearer ")).expect("somebody who is signed in")
    }
    pub fn delete(&self, path: &str) -> Reply {
        self.send("DELETE", path, b"")
    }

    /// Makes a record and gives its id and its ETag.
    pub fn create(&self, kind: &str, body: &Value) -> (String, String) {
        let made = self.post(&format!("/api/v1/{kind}"), body).expect(201);
        let id = made.json()["id"].as_str().expect("an id").to_owned();
        (id, made.header("etag").to_owned())
    }
}
