//! Where a webhook's messages go, as somebody typed it in.

use std::net::{IpAddr, SocketAddr};

use ureq::http::Uri;

use crate::config::Config;
use crate::outbound::Gate;

pub const LONGEST: usize = 2_000;

/// An address that may be called, as far as can be told without looking its name up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    pub url: String,
    /// All that is shown of it: the rest may be what lets somebody write there.
    pub host: String,
}

/// Where webhooks may go on this server.
#[derive(Clone, Debug)]
pub struct Place {
    pub gate: Gate,
    allow_private: bool,
}

impl Place {
    pub fn new(config: &Config) -> Self {
        let allow_private = config.webhooks_allow_private;
        Self { gate: Gate::new("webhooks.allow_private", allow_private), allow_private }
    }

    /// Reads an address.
    ///
    /// # Errors
    /// What is wrong with it, for people.
    pub fn read(&self, typed: &str) -> Result<Address, String> {
        let url = typed.trim();
        let wrong = "Give a whole address, such as https://example.com/hooks/desk.";
        if url.is_empty() || url.len() > LONGEST || !url.bytes().all(|b| b.is_ascii_graphic()) || url.contains('#') {
            return Err(wrong.to_owned());
        }
        let uri: Uri = url.parse().map_err(|_| wrong.to_owned())?;
        let scheme = uri.scheme_str().unwrap_or_default();
        let (Some(authority), Some(host)) = (uri.authority(), uri.host()) else { return Err(wrong.to_owned()) };
        match scheme {
            "https" => {}
            "http" if self.allow_private => {}
            "http" => return Err("The address must begin with https://, else others could read along.".to_owned()),
            _ => return Err(wrong.to_owned()),
        }
        if host.is_empty() || authority.as_str().contains('@') {
            return Err("The address must not name a user or a password.".to_owned());
        }
        let port = uri.port_u16().unwrap_or(if scheme == "https" { 443 } else { 80 });
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        if let Ok(ip) = bare.parse::<IpAddr>() {
            let checked = self.gate.check(SocketAddr::new(ip, port), scheme == "http");
            checked.map_err(|barred| barred.to_string())?;
        }
        Ok(Address { url: url.to_owned(), host: format!("{scheme}://{}", authority.as_str().to_ascii_lowercase()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(allow_private: bool) -> Place {
        let mut config = Config::for_folder(std::path::Path::new("nowhere"));
        config.webhooks_allow_private = allow_private;
        Place::new(&config)
    }

    #[test]
    fn an_address_is_whole_and_secret_but_for_its_host() {
        let read = place(false).read(" https://Hooks.Example.com:8443/services/T1/B2/s3cret?a=b ").expect("fine");
        assert_eq!(read.host, "https://hooks.example.com:8443");
        assert_eq!(read.url, "https://Hooks.Example.com:8443/services/T1/B2/s3cret?a=b");
    }

    #[test]
    fn what_cannot_be_called_is_refused_with_what_to_do() {
        for (typed, says) in [
            ("", "whole"),
            ("example.com/hooks", "whole"),
            ("/hooks", "whole"),
            ("ftp://example.com", "whole"),
            ("https://", "whole"),
            ("https://example.com/a b", "whole"),
            ("https://example.com/#part", "whole"),
            ("https://example.com/\r\nx: y", "whole"),
            ("http://example.com/", "https://"),
            ("https://desk:s3cret@example.com/", "password"),
            ("https://127.0.0.1/", "webhooks.allow_private"),
            ("https://10.0.0.8:8443/", "webhooks.allow_private"),
            ("https://[::1]/", "webhooks.allow_private"),
            ("https://[::ffff:169.254.169.254]/latest", "webhooks.allow_private"),
        ] {
            let refused = place(false).read(typed).expect_err(typed);
            assert!(refused.contains(says), "{typed}: {refused}");
        }
        let long = format!("https://example.com/{}", "a".repeat(LONGEST));
        assert!(place(false).read(&long).is_err());
    }

    #[test]
    fn whoever_runs_the_server_may_open_the_inside() {
        let inside = place(true);
        assert_eq!(inside.read("http://127.0.0.1:18700/x").expect("fine").host, "http://127.0.0.1:18700");
        assert!(inside.read("https://[::1]:9/").is_ok());
        assert!(inside.read("http://8.8.8.8/").expect_err("it goes out").contains("https://"));
    }
}
