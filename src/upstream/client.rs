//! One call to the upstream. It waits, so it is made on a thread of its own.

use std::io;
use std::time::Duration;

use serde_json::Value as Json;
use ureq::http::{Response, header};
use ureq::{Agent, Body};

use crate::outbound::{self, Barred, Gate};

use super::Settings;
use super::fault::Fault;

/// Idle connections kept to one host.
const IDLE: usize = 5;

/// What calls are made with.
pub struct Client {
    agent: Agent,
    limit: u64,
}

impl Client {
    pub fn new(settings: &Settings, gate: Gate) -> Self {
        let agent = outbound::agent(gate, settings.timeout, IDLE);
        Self { agent, limit: settings.body }
    }

    /// Asks for something, with the status that came.
    pub fn get(&self, url: &str, token: &str) -> Result<Vec<u8>, Fault> {
        let request = self.agent.get(url).header(header::ACCEPT, "application/json");
        self.read(request.header(header::AUTHORIZATION, format!("Bearer {token}")).call())
    }

    /// Sends something.
    pub fn post(&self, url: &str, token: &str, body: &Json) -> Result<Vec<u8>, Fault> {
        let request = self.agent.post(url).header(header::ACCEPT, "application/json");
        self.read(request.header(header::AUTHORIZATION, format!("Bearer {token}")).send_json(body))
    }

    fn read(&self, answer: Result<Response<Body>, ureq::Error>) -> Result<Vec<u8>, Fault> {
        let mut answer = answer.map_err(fault)?;
        let status = answer.status().as_u16();
        match status {
            200..=299 => answer.body_mut().with_config().limit(self.limit).read_to_vec().map_err(fault),
            429 => Err(Fault::Limited(wait(&answer))),
            500.. => Err(Fault::Status(status, wait(&answer))),
            _ => Err(Fault::Refused(status)),
        }
    }
}

/// `Retry-After` in seconds; a date is passed over.
fn wait(answer: &Response<Body>) -> Option<Duration> {
    let text = answer.headers().get(header::RETRY_AFTER)?.to_str().ok()?;
    text.trim().parse().ok().map(Duration::from_secs)
}

/// What an error of the library means to us. Its words may hold an address, never a token.
fn fault(error: ureq::Error) -> Fault {
    match error {
        ureq::Error::Timeout(_) => Fault::Timeout,
        ureq::Error::BodyExceedsLimit(_) => Fault::TooLarge,
        ureq::Error::HostNotFound => Fault::Network("there is no such host".to_owned()),
        ureq::Error::Io(error) => of_io(&error),
        ureq::Error::BadUri(_) => Fault::Barred("The address cannot be called.".to_owned()),
        other => Fault::Network(other.to_string()),
    }
}

fn of_io(error: &io::Error) -> Fault {
    if let Some(barred) = error.get_ref().and_then(|inner| inner.downcast_ref::<Barred>()) {
        return Fault::Barred(barred.to_string());
    }
    match error.kind() {
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Fault::Timeout,
        io::ErrorKind::ConnectionRefused => Fault::Network("the connection was refused".to_owned()),
        io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe | io::ErrorKind::UnexpectedEof => {
            Fault::Network("the connection broke off".to_owned())
        }
        _ => Fault::Network(error.to_string()),
    }
}
