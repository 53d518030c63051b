//! An answer as a handler gives it. [`super::deliver`] turns it into bytes on the wire.

use std::fs::File;
use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::web::Bytes;
use tokio::sync::mpsc;
use xxhash_rust::xxh3::xxh3_64;

use crate::cache::{Entry, Source};
use crate::kernel::{Error, Result};

pub const JSON: &str = "application/json";
pub const PROBLEM: &str = "application/problem+json";
pub const HTML: &str = "text/html; charset=utf-8";
pub const EVENTS: &str = "text/event-stream";
pub const TEXT: &str = "text/plain; charset=utf-8";

/// What a handler answers with.
pub struct Answer {
    pub status: StatusCode,
    pub media: &'static str,
    pub headers: Vec<(HeaderName, HeaderValue)>,
    pub body: Body,
    /// Set where the answer may be kept and asked for again with `If-None-Match`.
    pub tag: Option<Tag>,
    /// What the cache has to do with it.
    pub source: Option<Source>,
}

/// The bytes of an answer, or where they come from.
pub enum Body {
    Empty,
    Bytes(Bytes),
    /// Bytes in the form in which they leave, compressed or not, with their validator.
    Ready(Bytes),
    /// An answer of the cache.
    Kept(Arc<Entry>),
    /// An open file, sent in pieces from where it stands.
    File(File),
    /// So many bytes of a file from where it stands, to be shown or saved.
    Part(File, u64),
    /// Pieces as they are made; an error ends the connection, so that nobody takes half for whole.
    Stream(mpsc::Receiver<Result<Bytes>>),
    /// The handshake of a socket, with what goes over it from then on.
    Socket(HttpResponse),
    /// Server-sent events as they come; the end is an end like any other.
    Events(mpsc::Receiver<Result<Bytes>>),
}

/// The validator of a body: `"<version>.<hash>"`, or the hash alone where there is no version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag {
    version: Option<i64>,
    hash: u64,
}

impl Tag {
    /// The body holds only what this viewer may see, so its hash covers fields and rights too.
    pub fn of(version: Option<i64>, body: &[u8]) -> Self {
        Self { version, hash: xxh3_64(body) }
    }

    /// The validator of a body whose hash is known.
    pub fn known(version: Option<i64>, hash: u64) -> Self {
        Self { version, hash }
    }

    /// The header's text; a compressed body is another representation with a tag of its own.
    pub fn text(self, gzip: bool) -> String {
        let coding = if gzip { "-gzip" } else { "" };
        match self.version {
            Some(version) => format!("\"{version}.{:016x}{coding}\"", self.hash),
            None => format!("\"{:016x}{coding}\"", self.hash),
        }
    }
}

impl Answer {
    pub fn new(status: StatusCode, media: &'static str, body: impl Into<Bytes>) -> Self {
        Self { status, media, headers: Vec::new(), body: Body::Bytes(body.into()), tag: None, source: None }
    }

    /// JSON that may be kept and asked for again.
    pub fn json(body: Vec<u8>) -> Self {
        let tag = Some(Tag::of(None, &body));
        Self { tag, ..Self::new(StatusCode::OK, JSON, body) }
    }

    /// JSON that nobody may keep.
    pub fn fresh(value: &serde_json::Value) -> Self {
        Self::new(StatusCode::OK, JSON, value.to_string())
    }

    /// A record in its version.
    pub fn record(version: i64, body: Vec<u8>) -> Self {
        let tag = Some(Tag::of(Some(version), &body));
        Self { tag, ..Self::new(StatusCode::OK, JSON, body) }
    }

    pub fn no_content() -> Self {
        Self { body: Body::Empty, ..Self::new(StatusCode::NO_CONTENT, "", Bytes::new()) }
    }

    /// A connection that becomes a socket.
    pub fn socket(handshake: HttpResponse) -> Self {
        Self { body: Body::Socket(handshake), ..Self::new(StatusCode::SWITCHING_PROTOCOLS, "", Bytes::new()) }
    }

    pub fn html(body: String) -> Self {
        Self::new(StatusCode::OK, HTML, body)
    }

    pub fn text(body: &'static str) -> Self {
        Self::new(StatusCode::OK, TEXT, Bytes::from_static(body.as_bytes()))
    }

    /// Pieces as they are made, offered to save under `name`.
    pub fn stream(media: &'static str, name: &str, pieces: mpsc::Receiver<Result<Bytes>>) -> Result<Self> {
        Self { body: Body::Stream(pieces), ..Self::new(StatusCode::OK, media, Bytes::new()) }.offered_as(name)
    }

    /// Server-sent events as they come.
    pub fn events(events: mpsc::Receiver<Result<Bytes>>) -> Self {
        Self { body: Body::Events(events), ..Self::new(StatusCode::OK, EVENTS, Bytes::new()) }
    }

    /// An open file, offered to save under `name`.
    pub fn file(media: &'static str, name: &str, file: File) -> Result<Self> {
        Self { body: Body::File(file), ..Self::new(StatusCode::OK, media, Bytes::new()) }.offered_as(name)
    }

    /// Bytes that are whole, offered to save under `name`.
    pub fn download(media: &'static str, name: &str, bytes: Vec<u8>) -> Result<Self> {
        Self::new(StatusCode::OK, media, bytes).offered_as(name)
    }

    fn offered_as(self, name: &str) -> Result<Self> {
        let plain: String =
            name.chars().map(|c| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '_' }).collect();
        self.with(header::CONTENT_DISPOSITION, &format!("attachment; filename=\"{plain}\""))
    }

    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// Adds a header whose value is made at run time.
    pub fn with(mut self, name: HeaderName, value: &str) -> Result<Self> {
        let value = HeaderValue::from_str(value).map_err(Error::internal)?;
        self.headers.push((name, value));
        Ok(self)
    }

    pub fn with_static(mut self, name: HeaderName, value: &'static str) -> Self {
        self.headers.push((name, HeaderValue::from_static(value)));
        self
    }
}

/// The version that an `If-Match` asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// `*`: whatever version there is.
    Any,
    /// One of these came; a version of 0 stands for a tag that no record of ours ever has.
    Version(i64),
}

/// Reads `If-Match`: the version is what stands before the dot of an ETag. Weak marks, which
/// proxies add, change nothing about it.
pub fn expected(header: &str) -> Expected {
    if header.trim() == "*" {
        return Expected::Any;
    }
    let tag = header.trim().trim_start_matches("W/");
    // What is not in quotes is no ETag, and whatever it was copied from, not this record's.
    let tag = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"')).unwrap_or_default();
    let version = tag.split_once('.').map_or(tag, |(version, _)| version);
    Expected::Version(version.parse().unwrap_or(0))
}

/// Is `tag` among those of an `If-None-Match`? Compared weakly, as RFC 9110 asks.
pub fn is_known(header: &str, tag: &str) -> bool {
    header.trim() == "*" || header.split(',').any(|t| t.trim().trim_start_matches("W/") == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn if_match_looks_at_the_version_alone() {
        let tag = Tag::of(Some(5), b"{}").text(true);
        assert!(tag.starts_with("\"5.") && tag.ends_with("-gzip\""), "{tag}");
        assert_eq!(expected(&tag), Expected::Version(5));
        assert_eq!(expected("W/\"5.abc\""), Expected::Version(5));
        assert_eq!(expected("\"5\""), Expected::Version(5));
        assert_eq!(expected("*"), Expected::Any);
        for rubbish in ["\"rubbish\"", "5", "\"5", "", "\"", "W/"] {
            assert_eq!(expected(rubbish), Expected::Version(0), "{rubbish}");
        }
    }

    #[test]
    fn if_none_match_looks_at_all_of_it() {
        let tag = Tag::of(Some(5), b"{}").text(false);
        assert!(is_known(&format!("\"x\", W/{tag}"), &tag));
        assert!(!is_known("\"5.0000000000000000\"", &tag));
    }
}
