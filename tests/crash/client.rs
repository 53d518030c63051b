//! Somebody who is signed in and talks to a server that may die at any moment.

use std::time::Duration;

use serde_json::{Value, json};

use crate::shell::PASSWORD;

/// A server that does not answer for so long hangs, which is worse than one that dies.
const PATIENCE: Duration = Duration::from_secs(20);

/// Signs in and gives the token, which outlives the server's process.
pub fn sign_in(url: &str) -> String {
    let login = json!({"email": "ada@acme.example", "password": PASSWORD});
    let answer = Client::new(url, "").send("POST", "auth/login", None, Some(&login)).expect("an answer");
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body["access_token"].as_str().expect("a token").to_owned()
}

pub struct Client {
    agent: ureq::Agent,
    url: String,
    token: String,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub body: Value,
}

impl Client {
    pub fn new(url: &str, token: &str) -> Self {
        let agent =
            ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(PATIENCE)).build().into();
        Self { agent, url: url.to_owned(), token: token.to_owned() }
    }

    pub fn get(&self, path: &str) -> Option<Reply> {
        self.send("GET", path, None, None)
    }

    /// What is not JSON, such as a file.
    pub fn text(&self, path: &str) -> String {
        let address = format!("{}/api/v1/{path}", self.url);
        let request = self.agent.get(&address).header("authorization", format!("Bearer {}", self.token));
        let mut answer = request.call().expect("an answer");
        assert_eq!(answer.status(), 200, "{path}");
        answer.body_mut().with_config().limit(u64::MAX).read_to_string().expect("a text")
    }

    pub fn create(&self, name: &str) -> Option<Reply> {
        self.send("POST", "companies", None, Some(&json!({ "name": name })))
    }

    /// Renames the version of a company that is given.
    pub fn rename(&self, id: &str, version: i64, name: &str) -> Option<Reply> {
        self.send("PATCH", &format!("companies/{id}"), Some(format!("\"{version}.x\"")), Some(&json!({ "name": name })))
    }

    /// `None` when the connection broke before the whole answer was there.
    pub fn send(&self, method: &str, path: &str, condition: Option<String>, body: Option<&Value>) -> Option<Reply> {
        let mut request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}/api/v1/{path}", self.url))
            .header("authorization", format!("Bearer {}", self.token))
            .header("content-type", "application/json");
        if let Some(condition) = condition {
            request = request.header("if-match", condition);
        }
        let mut answer = match body {
            Some(body) => self.agent.run(request.body(body.to_string()).expect("a request")),
            None => self.agent.run(request.body(()).expect("a request")),
        }
        .ok()?;
        let text = answer.body_mut().read_to_string().ok()?;
        Some(Reply { status: answer.status().as_u16(), body: serde_json::from_str(&text).unwrap_or_default() })
    }
}
