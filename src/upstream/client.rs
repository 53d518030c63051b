//! One call to the upstream. It waits, so it is made on a thread of its own.

use std::io;
use std::time::Duration;

use serde_json::Value as Json;
use ureq::http::{Response, header};
use ureq::{Agent, Body};

use crate::kernel::Moment;
use crate::outbound::{self, Barred, Gate};

use super::Settings;
use super::fault::{Broken, Fault};

/// Idle connections kept to one host.
const IDLE: usize = 5;
/// Whoever takes no more calls and does not say for how long is left alone for so long.
const UNTOLD: Duration = Duration::from_secs(10);

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
        let wait = outbound::retry_after(answer.headers(), Moment::now());
        match status {
            200..=299 => answer.body_mut().with_config().limit(self.limit).read_to_vec().map_err(fault),
            429 => Err(Fault::Limited(Some(wait.unwrap_or(UNTOLD)))),
            500.. => Err(Fault::Status(status, wait)),
            _ => Err(Fault::Refused(status)),
        }
    }
}

/// What an error of the library means to us. Its words may hold an address, never a token: they are for
/// the log alone.
fn fault(error: ureq::Error) -> Fault {
    match error {
        ureq::Error::Timeout(_) => Fault::Timeout,
        ureq::Error::BodyExceedsLimit(_) => Fault::TooLarge,
        ureq::Error::HostNotFound => Fault::Network(Broken::NoHost),
        ureq::Error::Io(error) => of_io(&error),
        ureq::Error::BadUri(_) => Fault::Barred("The address cannot be called.".to_owned()),
        error @ (ureq::Error::Tls(_) | ureq::Error::Rustls(_)) => logged(&error, Broken::Untrusted),
        error => logged(&error, Broken::Otherwise),
    }
}

fn of_io(error: &io::Error) -> Fault {
    if let Some(barred) = error.get_ref().and_then(|inner| inner.downcast_ref::<Barred>()) {
        return Fault::Barred(barred.to_string());
    }
    match error.kind() {
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Fault::Timeout,
        io::ErrorKind::ConnectionRefused => Fault::Network(Broken::Refused),
        io::ErrorKind::NetworkUnreachable | io::ErrorKind::HostUnreachable => Fault::Network(Broken::NoWay),
        io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe | io::ErrorKind::UnexpectedEof => {
            Fault::Network(Broken::Midway)
        }
        _ => logged(error, Broken::Otherwise),
    }
}

fn logged(error: &impl std::error::Error, broken: Broken) -> Fault {
    tracing::warn!(%error, "a call to the upstream failed");
    Fault::Network(broken)
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;

    use crate::config::Config;

    use super::*;

    fn client() -> Client {
        let settings = Settings::of(&Config::for_folder(std::path::Path::new("unused")));
        Client::new(
            &Settings { timeout: Duration::from_secs(60), ..settings },
            Gate::new("upstream.allow_private", true),
        )
    }

    /// What a call comes to that is answered like this.
    fn called(answer: &'static str) -> Fault {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}/here", listener.local_addr().expect("an address"));
        let peer = std::thread::spawn(move || {
            let (mut connection, _) = listener.accept().expect("a call");
            let mut lines = BufReader::new(connection.try_clone().expect("a handle")).lines();
            while lines.next().expect("a line").is_ok_and(|line| !line.is_empty()) {}
            connection.write_all(answer.as_bytes()).expect("sent");
        });
        let fault = client().get(&url, "token").expect_err("no answer");
        peer.join().expect("an answer");
        fault
    }

    #[test]
    fn whoever_takes_no_more_calls_is_left_alone_for_as_long_as_they_say_or_ten_seconds() {
        let limited = |seconds| Fault::Limited(Some(Duration::from_secs(seconds)));
        assert_eq!(called("HTTP/1.1 429 No\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n"), limited(7));
        assert_eq!(called("HTTP/1.1 429 No\r\nContent-Length: 0\r\n\r\n"), limited(10));
        let past = "HTTP/1.1 429 No\r\nRetry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Length: 0\r\n\r\n";
        assert_eq!(called(past), limited(0));
        let to_come = "HTTP/1.1 503 No\r\nRetry-After: Fri, 31 Dec 9999 00:00:00 GMT\r\nContent-Length: 0\r\n\r\n";
        let Fault::Status(503, Some(wait)) = called(to_come) else { panic!("no pause up to a date") };
        assert!(wait > Duration::from_secs(365 * 86_400));
    }

    #[test]
    fn why_there_is_no_answer_is_told_without_the_address() {
        assert_eq!(called(""), Fault::Network(Broken::Midway));
        assert_eq!(called("SSH-2.0-x\r\n"), Fault::Network(Broken::Otherwise));
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        drop(listener);
        let refused = client().get(&format!("http://{address}/"), "token").expect_err("nobody there");
        assert_eq!(refused, Fault::Network(Broken::Refused));
        assert!(!refused.told().contains("127.0.0.1"));
    }
}
