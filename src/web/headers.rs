//! The headers that every answer carries.

use std::time::Instant;

use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};

use super::assets;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");
const OPENER: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const BUILD: HeaderName = HeaderName::from_static("larder-build");
const BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

/// Data runs nothing and is framed by nobody.
const DATA_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";
/// Pages use what this server serves, and nothing from elsewhere; scripts and styles only from files.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; \
    font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'";
/// A file to save is shut into a sandbox, should a browser show it after all.
const DOWNLOAD_POLICY: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";
/// In a sandbox no browser shows a PDF. Its viewer runs nothing of it in a page of ours; the style is
/// the viewer's own.
const PDF_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

/// Sets the security headers, the web app's build, the request's id and how long it took.
pub fn stamp(out: &mut HeaderMap, id: &str, started: Instant, page: bool) {
    let policy = if page { PAGE_POLICY } else { DATA_POLICY };
    out.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    out.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    out.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    out.insert(OPENER, HeaderValue::from_static("same-origin"));
    out.insert(RESOURCE, HeaderValue::from_static("same-origin"));
    out.insert(BUILD, HeaderValue::from_static(assets::BUILD));
    if let Ok(value) = HeaderValue::from_str(id) {
        out.insert(REQUEST_ID, value);
    }
    if let Ok(value) = HeaderValue::from_str(&timing(started)) {
        out.insert(SERVER_TIMING, value);
    }
}

/// For bodies sent in pieces: to be saved, not shown, and not held back by a proxy.
pub fn as_download(out: &mut HeaderMap) {
    out.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(DOWNLOAD_POLICY));
    as_it_comes(out);
}

/// For what is to reach its reader piece by piece: neither compressed nor held back on the way.
pub fn as_it_comes(out: &mut HeaderMap) {
    out.insert(header::CONTENT_ENCODING, HeaderValue::from_static("identity"));
    out.insert(BUFFERING, HeaderValue::from_static("no"));
}

/// For kept files: as a download, also where they are shown.
pub fn as_file(out: &mut HeaderMap, media: &str) {
    as_download(out);
    if media == "application/pdf" {
        out.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PDF_POLICY));
    }
}

/// `total;dur=1.234`, in milliseconds.
fn timing(started: Instant) -> String {
    let us = started.elapsed().as_micros();
    format!("total;dur={}.{:03}", us / 1000, us % 1000)
}
