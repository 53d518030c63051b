//! The web app, embedded: the page itself, its hashed scripts and styles, and what lies beside them.
//!
//! `build.rs` writes the table, with each file compressed already, so a request costs a look-up.

use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::web::Bytes;

use crate::kernel::{Error, Result};

use super::answer::{self, Answer, Body, HTML};
use super::call::Call;
use super::deliver::takes;
use super::pages::{self, home};
use super::route::{Gives, Handler, Route, Verb};

/// Which build of the web app this server carries: in the page's `larder-build` and in the header
/// `Larder-Build` of every answer. A page that finds another there is from before an upgrade.
pub const BUILD: &str = env!("LARDER_BUILD");

/// One file of the web app.
struct Asset {
    path: &'static str,
    /// A hash of the file as it is uncompressed.
    tag: &'static str,
    plain: &'static [u8],
    /// Where it is smaller.
    gzip: Option<&'static [u8]>,
    brotli: Option<&'static [u8]>,
}

/// In the order of their paths; empty in a server that was built without the web app.
static ASSETS: &[Asset] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// Whatever is neither of the API nor a file is a screen of the web app, which knows its own paths.
static SCREEN: Route =
    Route::get("/{path}", "screen", Handler::Public(|call| Box::pin(home::show(call)))).gives(200, Gives::Page);
/// A file at the top, such as the icon.
static FILE: Route =
    Route::get("/{path}", "file", Handler::Public(|call| Box::pin(file(call)))).gives(200, Gives::Page);

/// The route of a path that the table of routes does not know.
pub fn elsewhere(method: &Method, path: &str) -> Option<&'static Route> {
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    if ASSETS.is_empty() || Verb::of(method) != Some(Verb::Get) || first == "api" || first == "assets" {
        return None;
    }
    match find(path) {
        Some(_) => Some(&FILE),
        None if last.contains('.') => None,
        None => Some(&SCREEN),
    }
}

/// The page that becomes whatever screen its address names.
pub fn page(call: &Call) -> Option<Answer> {
    find("/index.html").map(|asset| asset.answer(call.request.headers(), "no-cache"))
}

async fn file(call: Call) -> Result<Answer> {
    let asset = find(call.request.path()).ok_or_else(Error::not_found)?;
    Ok(asset.answer(call.request.headers(), "no-cache"))
}

/// A script or a style under a name that changes with it. An unknown one is an error, so that a
/// page from before an upgrade learns of it.
pub async fn hashed(call: Call) -> Result<Answer> {
    match find(call.request.path()) {
        Some(asset) => Ok(asset.answer(call.request.headers(), pages::FOR_EVER)),
        None => pages::style(&call),
    }
}

fn find(path: &str) -> Option<&'static Asset> {
    ASSETS.binary_search_by(|asset| asset.path.cmp(path)).ok().map(|at| &ASSETS[at])
}

impl Asset {
    /// The smallest form that the client takes, or that it has it already.
    fn answer(&self, asked: &HeaderMap, keep: &'static str) -> Answer {
        let (coding, bytes) = match (self.brotli, self.gzip) {
            (Some(bytes), _) if takes(asked, "br") => ("br", bytes),
            (_, Some(bytes)) if takes(asked, "gzip") => ("gzip", bytes),
            _ => ("", self.plain),
        };
        let tag = if coding.is_empty() { format!("\"{}\"", self.tag) } else { format!("\"{}-{coding}\"", self.tag) };
        let known = asked.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok());
        let mut answer = match known.is_some_and(|known| answer::is_known(known, &tag)) {
            // What says how a page may behave holds for the one that is kept, too.
            true => {
                Answer { body: Body::Empty, ..Answer::new(StatusCode::NOT_MODIFIED, media(self.path), Bytes::new()) }
            }
            false => Answer {
                body: Body::Ready(Bytes::from_static(bytes)),
                ..Answer::new(StatusCode::OK, media(self.path), Bytes::new())
            },
        };
        if self.brotli.is_some() || self.gzip.is_some() {
            answer = answer.with_static(header::VARY, "accept-encoding");
        }
        if !coding.is_empty() && answer.status == StatusCode::OK {
            answer = answer.with_static(header::CONTENT_ENCODING, coding);
        }
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            answer.headers.push((header::ETAG, tag));
        }
        answer.with_static(header::CACHE_CONTROL, keep)
    }
}

fn media(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => HTML,
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
