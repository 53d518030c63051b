//! The few pages that the server writes itself: where one lands, the set-up, one-time links and the
//! API's documentation. They need no script and nothing from elsewhere.

pub mod docs;
mod docs_text;
pub mod home;
pub mod join;

use std::sync::OnceLock;

use actix_web::http::header;
use actix_web::web::Bytes;
use serde_json::{Map, Value};
use xxhash_rust::xxh3::xxh3_64;

use crate::kernel::{Error, Result};

use super::answer::Answer;
use super::body::Incoming;
use super::call::Call;
use super::query;

const STYLE: &str = include_str!("style.css");

/// For what changes its name when it changes.
pub const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// The style sheet, under a name that changes with it, so that it may be kept for ever.
pub fn style(call: &Call) -> Result<Answer> {
    if call.params.get("file") != Some(style_name()) {
        return Err(Error::not_found());
    }
    let answer =
        Answer::new(actix_web::http::StatusCode::OK, "text/css; charset=utf-8", Bytes::from_static(STYLE.as_bytes()));
    Ok(answer.with_static(header::CACHE_CONTROL, FOR_EVER))
}

fn style_name() -> &'static str {
    static NAME: OnceLock<String> = OnceLock::new();
    NAME.get_or_init(|| format!("pages-{:016x}.css", xxh3_64(STYLE.as_bytes())))
}

/// A whole page around its content, which is HTML already.
fn page(title: &str, class: &str, content: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{} · Larder</title>\n\
         <link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\">\n<link rel=\"stylesheet\" href=\"/assets/{}\">\n</head>\n<body class=\"{class}\">\n{content}\n</body>\n</html>\n",
        escape(title),
        style_name()
    )
}

/// The mark and the name.
const BRAND: &str = "<a class=\"brand\" href=\"/\"><svg viewBox=\"0 0 16 16\" aria-hidden=\"true\">\
    <rect x=\"4.5\" y=\"1.75\" width=\"7\" height=\"2.25\" rx=\".6\"/>\
    <path d=\"M5.25 4v.75C4 5.35 3.25 6.2 3.25 7.5V13a1.25 1.25 0 0 0 1.25 1.25h7A1.25 1.25 0 0 0 12.75 \
    13V7.5c0-1.3-.75-2.15-2-2.75V4\"/><path d=\"M3.25 9h9.5\"/></svg>Larder</a>";

/// Text as HTML.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Text as HTML, with `code` in back-quotes.
fn prose(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for (i, part) in text.split('`').enumerate() {
        if i % 2 == 1 {
            out.push_str(&format!("<code>{}</code>", escape(part)));
        } else {
            out.push_str(&escape(part));
        }
    }
    out
}

/// The fields of a form that a page of ours sent.
fn sent(call: &Call) -> Result<Map<String, Value>> {
    let Incoming::Bytes(bytes) = &call.body else { return Ok(Map::new()) };
    let text = std::str::from_utf8(bytes).map_err(|_| Error::malformed("The form is not valid UTF-8."))?;
    Ok(query::pairs(text)?.into_iter().map(|(name, value)| (name, Value::String(value))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_typed_is_shown_as_text() {
        assert_eq!(escape("<b a='\"'>&"), "&lt;b a=&#39;&quot;&#39;&gt;&amp;");
        assert_eq!(prose("Send `a<b` now"), "Send <code>a&lt;b</code> now");
    }
}
