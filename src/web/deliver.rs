//! Turns an [`Answer`] into a response: validators, compression and the headers that all share,
//! each in this one place.

use std::io::{Read, Write};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Instant;

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::rt::task::spawn_blocking;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use flate2::Compression;
use flate2::write::GzEncoder;
use tokio::sync::mpsc;

use crate::cache::WORTH_COMPRESSING;
use crate::kernel::{Error, Result};

use super::answer::{self, Answer, Body, HTML, Tag};
use super::headers;
use super::reaper::{Sending, Watched};

/// Writes out an answer to `request`, which came at `started`.
pub fn deliver(request: &HttpRequest, id: &str, started: Instant, answer: Answer) -> HttpResponse {
    let Answer { status, media, headers, body, tag, source: _ } = answer;
    let mut response = HttpResponse::new(status);
    let out = response.headers_mut();
    for (name, value) in headers {
        out.append(name, value);
    }
    super::headers::stamp(out, id, started, media == HTML);
    if tag.is_some() {
        out.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    } else if !out.contains_key(header::CACHE_CONTROL) {
        out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if !media.is_empty() {
        out.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    }
    let watch = || request.conn_data::<Arc<Watched>>().map(Watched::send);
    match body {
        Body::Empty => response,
        Body::Socket(handshake) => handshake,
        Body::Ready(bytes) => response.set_body(BoxBody::new(bytes)),
        Body::Kept(entry) => {
            let worth = entry.is_worth_compressing();
            let gzip = worth && takes(request.headers(), "gzip");
            if worth {
                out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
            }
            if let Some(tag) = tag
                && conclude(request, out, tag, gzip, status)
            {
                return not_modified(response);
            }
            if gzip {
                out.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            }
            response.set_body(BoxBody::new(if gzip { entry.gzip().clone() } else { entry.body.clone() }))
        }
        Body::Bytes(bytes) => {
            let gzip = bytes.len() >= WORTH_COMPRESSING && takes(request.headers(), "gzip");
            if bytes.len() >= WORTH_COMPRESSING {
                out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
            }
            if let Some(tag) = tag
                && conclude(request, out, tag, gzip, status)
            {
                return not_modified(response);
            }
            let bytes = if gzip {
                out.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
                compress(&bytes)
            } else {
                bytes
            };
            response.set_body(BoxBody::new(bytes))
        }
        Body::Stream(pieces) => {
            headers::as_download(out);
            response.set_body(BoxBody::new(Pieces { pieces, length: None, watch: watch() }))
        }
        Body::Events(pieces) => {
            headers::as_it_comes(out);
            response.set_body(BoxBody::new(Pieces { pieces, length: None, watch: watch() }))
        }
        Body::File(file) => {
            headers::as_download(out);
            let length = file.metadata().ok().map(|m| m.len());
            response.set_body(BoxBody::new(Pieces { pieces: read_file(file), length, watch: watch() }))
        }
        Body::Part(file, length) => {
            headers::as_file(out, media);
            let pieces = read_file(file.take(length));
            response.set_body(BoxBody::new(Pieces { pieces, length: Some(length), watch: watch() }))
        }
    }
}

fn not_modified(mut response: HttpResponse) -> HttpResponse {
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    response.headers_mut().remove(header::CONTENT_TYPE);
    response
}

/// Sets the ETag; true when the client has this very answer already.
fn conclude(request: &HttpRequest, out: &mut HeaderMap, tag: Tag, gzip: bool, status: StatusCode) -> bool {
    let text = tag.text(gzip);
    let known = status == StatusCode::OK
        && request.method().is_safe()
        && request
            .headers()
            .get(header::IF_NONE_MATCH)
            .and_then(|v| v.to_str().ok())
            .is_some_and(|h| answer::is_known(h, &text));
    if let Ok(value) = HeaderValue::from_maybe_shared(Bytes::from(text)) {
        out.insert(header::ETAG, value);
    }
    known
}

/// True when the coding is named (or `*`) and not refused with `q=0`.
pub fn takes(headers: &HeaderMap, coding: &str) -> bool {
    let Some(accepted) = headers.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()) else { return false };
    let of = |coding: &str| {
        accepted.split(',').find_map(|part| {
            let mut words = part.split(';').map(str::trim);
            let named = words.next().is_some_and(|c| c.eq_ignore_ascii_case(coding));
            named.then(|| !words.any(|w| w.strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()) == Some(0.0)))
        })
    };
    of(coding).or_else(|| of("*")).unwrap_or(false)
}

/// The quickest level: an answer is compressed once for each request that gets it.
fn compress(bytes: &[u8]) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::fast());
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.expect("writing to memory cannot fail").into()
}

/// Reads a file in pieces on the blocking pool, no further ahead than two of them.
fn read_file(mut file: impl Read + Send + 'static) -> mpsc::Receiver<Result<Bytes>> {
    let (sender, pieces) = mpsc::channel(2);
    spawn_blocking(move || {
        loop {
            let mut piece = vec![0; 64 * 1024];
            let read = file.read(&mut piece).map_err(Error::internal);
            let end = !matches!(read, Ok(1..));
            let piece = read.map(|n| {
                piece.truncate(n);
                Bytes::from(piece)
            });
            if matches!(&piece, Ok(p) if p.is_empty()) || sender.blocking_send(piece).is_err() || end {
                return;
            }
        }
    });
    pieces
}

/// A body whose pieces come over a channel. Each one taken tells the reaper that the client reads.
struct Pieces {
    pieces: mpsc::Receiver<Result<Bytes>>,
    length: Option<u64>,
    watch: Option<Sending>,
}

impl MessageBody for Pieces {
    type Error = Error;
    fn size(&self) -> BodySize {
        self.length.map_or(BodySize::Stream, BodySize::Sized)
    }
    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes>>> {
        let next = self.pieces.poll_recv(cx);
        if let Some(watch) = &self.watch {
            watch.touch();
        }
        if let Poll::Ready(Some(Err(error))) = &next {
            tracing::error!(%error, "an answer broke off half way");
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepts(text: &'static str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(text));
        takes(&headers, "gzip")
    }

    #[test]
    fn gzip_is_used_only_where_it_is_welcome() {
        assert!(accepts("br, gzip;q=0.5"));
        assert!(accepts("*"));
        assert!(!accepts("gzip;q=0"));
        assert!(!accepts("*, gzip; q=0"));
        assert!(!accepts("br"));
        assert!(!accepts("identity"));
    }
}
