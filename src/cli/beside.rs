//! How a command changes a folder: always through a server, over HTTP, with the token of the run
//! file. Where none is running, one of our own answers on this machine for as long as the command
//! takes. So there is one way to change anything, and it is never beside a running server.

use std::fs::File;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use crate::config::Config;
use crate::kernel::{Detail, Error, Result};
use crate::kinds;
use crate::web::{self, App};

use super::run_file::url;

/// How long a server that is there may take to say so.
const PATIENCE: Duration = Duration::from_secs(3);

/// What the run file of a server says.
#[derive(Debug, Deserialize)]
pub struct Running {
    pub url: String,
    token: String,
    pub pid: u32,
}

impl Running {
    /// Reads the run file; `None` when there is none.
    pub fn read(data: &Path) -> Result<Option<Self>> {
        let path = data.join("larder.run");
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => {
                let message = format!("{} cannot be read: {error}. Run this as the server's user.", path.display());
                return Err(Error::conflict("run_file", message));
            }
        };
        serde_json::from_str(&text)
            .map(Some)
            .map_err(|error| Error::conflict("run_file", format!("{} cannot be understood: {error}.", path.display())))
    }

    /// True when a server answers at the address.
    pub fn answers(&self) -> bool {
        agent(Some(PATIENCE)).get(format!("{}/livez", self.url)).call().is_ok_and(|answer| answer.status() == 200)
    }

    /// What the server says at a path that is open to everybody.
    pub fn ask(&self, path: &str) -> Option<Value> {
        let mut answer = agent(Some(PATIENCE)).get(format!("{}/{path}", self.url)).call().ok()?;
        serde_json::from_reader(answer.body_mut().as_reader()).ok()
    }
}

/// A server to speak with.
pub struct Server {
    agent: ureq::Agent,
    url: String,
    token: String,
    /// The tenant in which the command acts; none for what concerns the server as a whole.
    tenant: String,
    _own: Option<Own>,
}

/// A server that was started for one command.
struct Own {
    app: Arc<App>,
    thread: Option<JoinHandle<Result<()>>>,
}

impl Server {
    /// The server of the folder, or one of our own where none is running.
    pub fn of(config: Config) -> Result<Self> {
        match Running::read(&config.data)? {
            Some(running) if running.answers() => Ok(Self::at(running.url, running.token, None)),
            // A server that was killed leaves its run file behind.
            _ => Self::start(config),
        }
    }

    fn at(url: String, token: String, own: Option<Own>) -> Self {
        Self { agent: agent(None), url, token, tenant: String::new(), _own: own }
    }

    fn start(config: Config) -> Result<Self> {
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let app = App::open(Config { listen, tls_cert: None, tls_key: None, workers: 1, ..config }, kinds::ALL)?;
        let (sender, receiver) = mpsc::channel();
        let shared = Arc::clone(&app);
        let serve = move || web::run_deaf(shared, |address| sender.send(address).map_err(Error::internal));
        let thread = std::thread::Builder::new().name("larder-own".into()).spawn(serve).map_err(Error::internal)?;
        let own = Own { app, thread: Some(thread) };
        match receiver.recv() {
            Ok(address) => Ok(Self::at(url(address, false), own.app.run_token().to_owned(), Some(own))),
            Err(_) => Err(own.why()),
        }
    }

    /// The same server, acting in a tenant.
    pub fn in_tenant(self, slug: &str) -> Self {
        Self { tenant: slug.to_owned(), ..self }
    }

    pub fn get(&self, path: &str) -> Result<Value> {
        understood(self.with_rights(self.agent.get(self.address(path))).call())
    }

    pub fn post(&self, path: &str, body: &Value) -> Result<Value> {
        understood(self.with_rights(self.agent.post(self.address(path))).send_json(body))
    }

    pub fn patch(&self, path: &str, body: &Value) -> Result<Value> {
        understood(self.with_rights(self.agent.patch(self.address(path))).send_json(body))
    }

    /// Sends a file as the body.
    pub fn upload(&self, path: &str, query: &[(&str, &str)], file: File) -> Result<Value> {
        let request = self.agent.post(self.address(path)).query_pairs(query.iter().copied());
        understood(self.with_rights(request).content_type("application/octet-stream").send(file))
    }

    /// Takes what the server streams, as it comes.
    pub fn download(&self, path: &str, mut to: impl Write) -> Result<()> {
        let answer = self.with_rights(self.agent.get(self.address(path))).call();
        if !answer.as_ref().is_ok_and(|answer| answer.status().is_success()) {
            return understood(answer).map(drop);
        }
        let mut answer = answer.map_err(Error::internal)?;
        std::io::copy(&mut answer.body_mut().as_reader(), &mut to).map_err(Error::internal)?;
        to.flush().map_err(Error::internal)
    }

    fn address(&self, path: &str) -> String {
        format!("{}/api/v1/{path}", self.url)
    }

    fn with_rights<B>(&self, request: ureq::RequestBuilder<B>) -> ureq::RequestBuilder<B> {
        let request = request.header("Authorization", format!("Bearer {}", self.token));
        if self.tenant.is_empty() { request } else { request.header("Larder-Tenant", &self.tenant) }
    }
}

impl Own {
    /// Why it ended before it listened.
    fn why(mut self) -> Error {
        let ended = self.thread.take().and_then(|thread| thread.join().ok());
        ended.and_then(Result::err).unwrap_or_else(|| Error::internal("the command's own server ended"))
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        self.app.stop();
        if let Some(Ok(Err(error))) = self.thread.take().map(JoinHandle::join) {
            tracing::warn!(%error, "the command's own server");
        }
        self.app.close();
    }
}

/// The certificate of a running server is for the name that the world knows it by, and here it is
/// called by its address; whether it is the right one, the token decides.
fn agent(patience: Option<Duration>) -> ureq::Agent {
    let tls = ureq::tls::TlsConfig::builder().disable_verification(true).build();
    let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).timeout_global(patience);
    config.tls_config(tls).build().into()
}

/// The answer's body, or what the server has to say against it.
fn understood(answer: std::result::Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<Value> {
    let mut answer = answer.map_err(|error| {
        Error::busy("unreachable", format!("The running server does not answer: {error}. Try again in a moment."))
    })?;
    let mut text = String::new();
    answer.body_mut().as_reader().read_to_string(&mut text).map_err(Error::internal)?;
    let body: Value = serde_json::from_str(&text).unwrap_or_default();
    if answer.status().is_success() {
        return Ok(body);
    }
    let mut message = match answer.status().as_u16() {
        401 => "Another server runs at the address in larder.run. Remove the file if yours is not running.".to_owned(),
        status => body["detail"].as_str().map_or_else(|| format!("The server answered {status}."), str::to_owned),
    };
    for complaint in body["errors"].as_array().into_iter().flatten() {
        let part = |name: &str| complaint[name].as_str().unwrap_or_default();
        message.push_str(&format!("\n  {}: {}", part("pointer").trim_start_matches('/'), part("message")));
    }
    Err(Error::Conflict(Box::new(Detail { code: "refused", message: message.into(), ..Detail::default() })))
}
