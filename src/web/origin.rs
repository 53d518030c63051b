//! Where a request comes from: the client's address, how it travelled, and whether another site
//! sent it.

use std::net::IpAddr;

use actix_web::HttpRequest;
use actix_web::http::Uri;
use actix_web::http::header::{self, HeaderMap};

use crate::config::Networks;
use crate::kernel::{Error, Result};

use super::app::App;

/// How safe the way between client and server is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// HTTPS, here or at a proxy in front.
    Https,
    /// Plain HTTP that never leaves this machine.
    Loopback,
    /// Plain HTTP over a network: whoever listens reads along.
    Plain,
}

/// The address of the client: the peer's, unless that is a trusted proxy; then the right-most hop
/// that is not one. What stands further left is whatever the client chose to write.
pub fn client_address(request: &HttpRequest, trusted: &Networks) -> IpAddr {
    let peer = peer(request);
    if !trusted.contains(peer) {
        return peer;
    }
    let hops = request.headers().get_all("x-forwarded-for").filter_map(|v| v.to_str().ok());
    let hops: Vec<IpAddr> = hops.flat_map(|line| line.split(',')).filter_map(|hop| address(hop.trim())).collect();
    hops.iter().rev().copied().find(|hop| !trusted.contains(*hop)).or(hops.first().copied()).unwrap_or(peer)
}

/// Remembers the first peer that sent forwarding headers without being trusted, for the health page.
pub fn note_forwarding(app: &App, request: &HttpRequest) {
    if app.strange_forwarding.get().is_none() && request.headers().contains_key("x-forwarded-for") {
        let peer = peer(request);
        if !app.config.trusted_proxies.contains(peer) {
            let _ = app.strange_forwarding.set(peer);
        }
    }
}

/// How the request travelled. A browser's `Origin` says so even behind a proxy that nobody
/// configured: a page cannot choose it, and a lie would only harm the one who tells it.
pub fn way(app: &App, request: &HttpRequest) -> Way {
    let headers = request.headers();
    if app.config.tls_cert.is_some() {
        return Way::Https;
    }
    let peer = peer(request);
    if app.config.trusted_proxies.contains(peer) {
        match text(headers, "x-forwarded-proto") {
            Some("https") => return Way::Https,
            Some(_) => return Way::Plain,
            None => {}
        }
    }
    match text(headers, "origin").and_then(|o| o.parse::<Uri>().ok()) {
        Some(origin) if origin.scheme_str() == Some("https") => Way::Https,
        Some(origin) if !origin.host().is_some_and(is_this_machine) => Way::Plain,
        // A program, which sends no origin: its connection must come from this machine.
        _ if peer.is_loopback() => Way::Loopback,
        _ => Way::Plain,
    }
}

/// Refuses a request that another site's page made the browser send (cross-site request forgery).
pub fn check_same_site(request: &HttpRequest) -> Result<()> {
    let headers = request.headers();
    let same = match text(headers, "sec-fetch-site") {
        Some(site) => site == "same-origin" || site == "none",
        // Browsers too old for the header above, and pages over plain HTTP, still send an origin.
        None => match text(headers, "origin") {
            Some(origin) => {
                let authority = origin.split_once("://").map(|(_, authority)| authority);
                let host = text(headers, "host");
                authority.is_some() && authority == host
            }
            None => true,
        },
    };
    if same {
        Ok(())
    } else {
        Err(Error::forbidden(
            "This request came from another site's page and was not carried out. Open Larder itself and try again.",
        ))
    }
}

fn peer(request: &HttpRequest) -> IpAddr {
    // A connection without an address is one of a test.
    request.peer_addr().map_or(IpAddr::from([127, 0, 0, 1]), |a| a.ip().to_canonical())
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// An address with or without a port and brackets.
fn address(hop: &str) -> Option<IpAddr> {
    let bare = hop.trim_start_matches('[');
    let bare = bare.split(']').next().unwrap_or(bare);
    bare.parse()
        .ok()
        .or_else(|| hop.parse::<std::net::SocketAddr>().ok().map(|a| a.ip()))
        .map(|a: IpAddr| a.to_canonical())
}

fn is_this_machine(host: &str) -> bool {
    let bare = host.trim_matches(['[', ']']);
    bare == "localhost" || bare.ends_with(".localhost") || bare.parse::<IpAddr>().is_ok_and(|a| a.is_loopback())
}

/// The host that the client asked for, to build a link with: never used to decide anything.
pub fn host(request: &HttpRequest) -> String {
    text(request.headers(), header::HOST.as_str()).unwrap_or("localhost").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn from(peer: &str, headers: &[(&'static str, &str)]) -> HttpRequest {
        let mut request = TestRequest::default().peer_addr(format!("{peer}:1234").parse().expect("an address"));
        for (name, value) in headers {
            request = request.append_header((*name, *value));
        }
        request.to_http_request()
    }

    #[test]
    fn the_right_most_untrusted_hop_is_the_client() {
        let trusted = Networks::parse("10.0.0.0/8").expect("networks");
        let spoofed = [("x-forwarded-for", "1.1.1.1, 203.0.113.9, 10.0.0.7")];
        assert_eq!(client_address(&from("10.0.0.1", &spoofed), &trusted).to_string(), "203.0.113.9");
        assert_eq!(client_address(&from("198.51.100.1", &spoofed), &trusted).to_string(), "198.51.100.1");
        assert_eq!(client_address(&from("10.0.0.1", &[]), &trusted).to_string(), "10.0.0.1");
        let port = [("x-forwarded-for", "203.0.113.9:5555")];
        assert_eq!(client_address(&from("10.0.0.1", &port), &trusted).to_string(), "203.0.113.9");
    }

    #[test]
    fn a_page_of_another_site_is_refused_and_a_program_is_not() {
        for (headers, allowed) in [
            (vec![], true),
            (vec![("sec-fetch-site", "same-origin")], true),
            (vec![("sec-fetch-site", "none")], true),
            (vec![("sec-fetch-site", "same-site")], false),
            (vec![("sec-fetch-site", "cross-site"), ("origin", "http://a.example"), ("host", "a.example")], false),
            (vec![("origin", "http://a.example:8080"), ("host", "a.example:8080")], true),
            (vec![("origin", "http://b.example"), ("host", "a.example")], false),
            (vec![("origin", "null"), ("host", "a.example")], false),
        ] {
            assert_eq!(check_same_site(&from("127.0.0.1", &headers)).is_ok(), allowed, "{headers:?}");
        }
    }
}
