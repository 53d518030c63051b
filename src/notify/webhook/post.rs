//! One attempt: the message to its address, and what was answered.

use std::io::{self, Read};
use std::time::{Duration, Instant};

use serde_json::json;
use ureq::http::header;
use ureq::{Agent, Body};

use crate::auth::Vault;
use crate::kernel::{Moment, shorten};
use crate::outbound::{self, Barred, Gate};

use super::endpoint::{ADDRESS, SECRET, Sort, sealed_for};
use super::sign::signature;
use super::turn::Job;

/// A receiver that has not answered by then has failed.
pub const PATIENCE: Duration = Duration::from_secs(10);
/// So much of an answer is read, and so many characters of it are kept.
const READ: u64 = 16 << 10;
const KEPT: usize = 500;
/// A receiver may ask to be left alone for so long.
const LONGEST_REST_S: i64 = 24 * 3600;

/// What came of an attempt.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attempt {
    /// Of the answer, where there was one.
    pub status: Option<u16>,
    /// Its beginning.
    pub answer: Option<String>,
    /// Why it failed, for people; nothing where it did not.
    pub error: Option<String>,
    /// The receiver asked for a rest of so many seconds.
    pub rest_s: Option<i64>,
    pub took: Duration,
}

/// What messages are sent with.
pub struct Post {
    agent: Agent,
}

impl Post {
    pub fn new(gate: Gate) -> Self {
        Self { agent: outbound::agent(gate, PATIENCE, 1) }
    }

    /// Sends one. It waits, so it is called on a thread of its own.
    pub fn send(&self, vault: &Vault, job: &Job, now: Moment) -> Attempt {
        let began = Instant::now();
        let mut attempt =
            self.attempt(vault, job, now).unwrap_or_else(|why| Attempt { error: Some(why), ..Attempt::default() });
        attempt.took = began.elapsed();
        attempt
    }

    fn attempt(&self, vault: &Vault, job: &Job, now: Moment) -> Result<Attempt, String> {
        let open = |purpose, sealed: &[u8]| {
            vault.open(sealed_for(job.tenant_id, job.webhook_id, purpose), sealed).map_err(|_| UNREADABLE.to_owned())
        };
        let url = open(ADDRESS, &job.address)?;
        let mut request = self.agent.post(&url).header(header::CONTENT_TYPE, "application/json");
        let body = match job.sort {
            Sort::Slack => json!({"text": escaped(&job.text)}).to_string(),
            Sort::Standard => {
                let secret = open(SECRET, job.secret.as_deref().unwrap_or_default())?;
                let (id, seconds) = (format!("msg_{}", job.id), now.0.div_euclid(1000));
                let signed = signature(&secret, &id, seconds, &job.body).ok_or_else(|| UNREADABLE.to_owned())?;
                request = request
                    .header("webhook-id", &id)
                    .header("webhook-timestamp", seconds.to_string())
                    .header("webhook-signature", signed);
                job.body.clone()
            }
        };
        let answer = request.send(body.as_bytes());
        answer.map(read).map_err(|error| reason(&error))
    }
}

const UNREADABLE: &str =
    "What is stored cannot be opened with the server's key. Remove this webhook and set it up anew.";

/// What the receiver said.
fn read(mut answer: ureq::http::Response<Body>) -> Attempt {
    let status = answer.status().as_u16();
    let rest = outbound::retry_after(answer.headers(), Moment::now()).filter(|_| matches!(status, 429 | 503));
    let mut bytes = Vec::new();
    // An answer that breaks off has said its status all the same.
    let _ = answer.body_mut().as_reader().take(READ).read_to_end(&mut bytes);
    let error = match status {
        200..=299 => None,
        300..=399 => Some(
            "It answered with a redirect, and those are not followed. Give the address that it leads to.".to_owned(),
        ),
        410 => Some("It answered that it is gone for good.".to_owned()),
        _ => Some(format!("It answered with the status {status}.")),
    };
    Attempt {
        status: Some(status),
        answer: told(&bytes),
        error,
        rest_s: rest.map(|rest| i64::try_from(rest.as_secs()).unwrap_or(i64::MAX).min(LONGEST_REST_S)),
        took: Duration::ZERO,
    }
}

/// The beginning of an answer, where it is text.
fn told(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| shorten(text, KEPT))
}

/// Why there was no answer. Never the address: the whole of it is a secret.
fn reason(error: &ureq::Error) -> String {
    let text = match error {
        ureq::Error::Timeout(_) => "It did not answer within 10 seconds.",
        ureq::Error::HostNotFound => "There is no server of that name.",
        ureq::Error::Io(error) => return of_io(error),
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => "Its certificate is not to be trusted, or it speaks no HTTPS.",
        _ => "It did not answer as a web server does.",
    };
    text.to_owned()
}

fn of_io(error: &io::Error) -> String {
    if let Some(barred) = error.get_ref().and_then(|inner| inner.downcast_ref::<Barred>()) {
        return barred.to_string();
    }
    let text = match error.kind() {
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => "It did not answer within 10 seconds.",
        io::ErrorKind::ConnectionRefused => "The connection was refused.",
        io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe | io::ErrorKind::UnexpectedEof => {
            "The connection broke off."
        }
        io::ErrorKind::NetworkUnreachable | io::ErrorKind::HostUnreachable => "Its network cannot be reached.",
        _ => "The connection failed.",
    };
    text.to_owned()
}

/// These three mean something to a chat.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chat_takes_no_text_for_a_link_or_a_call_to_everybody() {
        assert_eq!(escaped("<!channel> A & B"), "&lt;!channel&gt; A &amp; B");
    }

    #[test]
    fn the_beginning_of_an_answer_is_kept_as_one_line_of_text() {
        assert_eq!(told(b" no_service\r\n\x1b[31m ").as_deref(), Some("no_service   [31m"));
        assert_eq!(told(b"\r\n"), None);
        let long = told(&[b'a'; 10_000]).expect("text");
        assert!(long.chars().count() <= KEPT + 1);
    }
}
