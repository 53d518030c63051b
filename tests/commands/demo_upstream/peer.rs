//! A stand-in of its own process, and the calls that a test makes to it.

use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use ureq::Agent;
use ureq::http::{HeaderMap, Response};

use crate::shell::Server;

/// An answer, as text for those that are no JSON.
pub struct Said {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Said {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }
}

pub struct Peer {
    server: Server,
    pub agent: Agent,
}

impl Peer {
    pub fn start(args: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_larder"));
        // A test that fails leaves no process behind: its pipe closes with it.
        command.args(["demo-upstream", "--with-parent"]).args(args).env_clear();
        command.stdin(Stdio::piped()).stderr(Stdio::null());
        let server = Server::spawn(&mut command, "listening on http://127.0.0.1:");
        let config = Agent::config_builder().http_status_as_error(false).timeout_global(Some(Duration::from_secs(60)));
        Self { server, agent: config.build().new_agent() }
    }

    /// The same peer, asked by somebody who waits no longer than this.
    pub fn impatient(&self, patience: Duration, token: &str, path: &str) -> Result<Said, ureq::Error> {
        let call = self.agent.get(self.url(path)).header("Authorization", format!("Bearer {token}"));
        call.config().timeout_global(Some(patience)).build().call().map(said)
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.server.url)
    }

    /// What a GET with a token gives.
    pub fn get(&self, token: &str, path: &str) -> Said {
        let call = self.agent.get(self.url(path)).header("Authorization", format!("Bearer {token}"));
        said(call.call().expect("an answer"))
    }

    pub fn post(&self, token: &str, path: &str, body: &Value) -> Said {
        let call = self.agent.post(self.url(path)).header("Authorization", format!("Bearer {token}"));
        said(call.send_json(body).expect("an answer"))
    }

    /// Sets what goes wrong from here on.
    pub fn set(&self, faults: &Value) {
        let answer = self.agent.put(self.url("/_demo/faults")).send_json(faults).expect("an answer");
        assert_eq!(answer.status(), 200, "{faults}");
    }

    pub fn counts(&self) -> Value {
        said(self.agent.get(self.url("/_demo/counts")).call().expect("an answer")).json()
    }

    /// Waits until the counts say so.
    pub fn until(&self, what: &str, holds: impl Fn(&Value) -> bool) -> Value {
        let since = Instant::now();
        loop {
            let counts = self.counts();
            if holds(&counts) {
                return counts;
            }
            assert!(since.elapsed() < Duration::from_secs(30), "never {what}: {counts}");
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Ends it as its parent's end would.
    pub fn stop(self) {
        self.server.ends();
    }
}

fn said(mut answer: Response<ureq::Body>) -> Said {
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    Said { status, headers, text: answer.body_mut().read_to_string().expect("text") }
}

/// A count, which comes as a number or as text.
pub fn number(value: &Value) -> u64 {
    value.as_u64().or_else(|| value.as_str()?.parse().ok()).unwrap_or_else(|| panic!("{value} is no count"))
}
