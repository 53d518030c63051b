//! Several requests in one: each runs through the same table and the same rights, in order.

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Map, Value, json};

use crate::kernel::{Error, FieldError, Result};
use crate::kind::{Field, Type};

use super::answer::{Answer, Body, is_known};
use super::body::Incoming;
use super::call::Call;
use super::entry;
use super::form::Form;
use super::limits;
use super::problem::problem;
use super::who::Viewer;

pub const BATCH: &[Field] = &[Field::new("requests", "Requests", Type::Json(262_144)).required()];
pub const ITEM: &[Field] = &[
    Field::choice("method", "Method", &["GET", "POST", "PATCH", "DELETE"]).required(),
    Field::new("path", "Path", Type::Text(8_000)).required(),
    Field::new("body", "Body", Type::Json(262_144)),
    Field::new("headers", "Headers", Type::Json(8_000)),
];
/// C07: one unit of rate limit with this cap.
const MOST: usize = 20;
/// The headers that an item may bring of its own.
const HEADERS: [&str; 3] = ["if-match", "if-none-match", "idempotency-key"];

pub async fn run(call: Call, viewer: Viewer) -> Result<Answer> {
    let form = Form::read(BATCH, &call.body)?;
    let requests = form.value("requests").and_then(Value::as_array).cloned().unwrap_or_default();
    if requests.is_empty() || requests.len() > MOST {
        return Err(Error::field("requests", "range", format!("Give 1 to {MOST} requests.")));
    }
    let items = requests.into_iter().enumerate().map(|(i, item)| read(i, item)).collect::<Result<Vec<_>>>()?;
    let kinds = items.iter().map(|item| (item.method.as_str(), item.path.as_str()));
    let admission = limits::admit_batch(&call.app, &call.request, &viewer.into(), kinds);
    let told = |mut answer: Answer| {
        admission.standing.iter().for_each(|standing| limits::tell(&mut answer, standing));
        answer
    };
    if let Some(error) = &admission.refused {
        return Ok(told(problem(error, &call.request_id)));
    }
    let mut out = Vec::from(*b"{\"responses\":[");
    for (i, item) in items.into_iter().enumerate() {
        if i > 0 {
            out.push(b',');
        }
        let known = item.headers.get("if-none-match").cloned();
        let answer = entry::item(&call, &item.method, &item.path, item.headers, item.body).await;
        write(&mut out, answer, known.as_ref());
    }
    out.extend_from_slice(b"]}");
    Ok(told(Answer { tag: None, ..Answer::json(out) }))
}

struct Item {
    method: String,
    path: String,
    headers: HeaderMap,
    body: Incoming,
}

fn read(at: usize, item: Value) -> Result<Item> {
    // Complaints point into the whole body, not into the item.
    let place = |mut error: Error| {
        if let Error::Invalid(detail) = &mut error {
            for field in &mut detail.fields {
                field.pointer.insert_str(0, &format!("/requests/{at}"));
            }
        }
        error
    };
    let Value::Object(members) = item else {
        return Err(place(Error::fields(vec![FieldError {
            pointer: String::new(),
            code: "type",
            message: "Each request is an object.".to_owned(),
        }])));
    };
    let form = Form::check(ITEM, members).map_err(place)?;
    let path = form.text("path");
    let path = match path.strip_prefix('/') {
        Some(_) if path.starts_with("/api/") => path.to_owned(),
        Some(rest) => format!("/api/v1/{rest}"),
        None => format!("/api/v1/{path}"),
    };
    let body = match form.value("body") {
        None => Incoming::Nothing,
        Some(body) => Incoming::Bytes(body.to_string().into()),
    };
    let headers = headers(form.value("headers").and_then(Value::as_object)).map_err(place)?;
    Ok(Item { method: form.text("method").to_owned(), path, headers, body })
}

fn headers(given: Option<&Map<String, Value>>) -> Result<HeaderMap> {
    let mut headers = HeaderMap::new();
    for (name, value) in given.into_iter().flatten() {
        let lower = name.to_ascii_lowercase();
        let value = value.as_str().and_then(|v| HeaderValue::from_str(v).ok());
        match (HEADERS.iter().find(|h| **h == lower), value) {
            (Some(name), Some(value)) => headers.insert(HeaderName::from_static(name), value),
            _ => {
                let message = format!("A request in a batch may bring {}, as text.", HEADERS.join(", "));
                return Err(Error::field(&format!("headers.{name}"), "unknown_header", message));
            }
        };
    }
    Ok(headers)
}

/// Appends one response. Bodies that are JSON already stand as they are.
fn write(out: &mut Vec<u8>, mut answer: Answer, known: Option<&HeaderValue>) {
    let mut headers = Map::new();
    if let Some(tag) = answer.tag.map(|tag| tag.text(false)) {
        if answer.status == StatusCode::OK && known.and_then(|v| v.to_str().ok()).is_some_and(|k| is_known(k, &tag)) {
            answer.status = StatusCode::NOT_MODIFIED;
            answer.body = Body::Empty;
        }
        headers.insert("etag".to_owned(), tag.into());
    }
    for (name, value) in &answer.headers {
        headers.insert(name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into());
    }
    out.extend_from_slice(
        format!("{{\"status\":{},\"headers\":{},\"body\":", answer.status.as_u16(), json!(headers)).as_bytes(),
    );
    match &answer.body {
        Body::Kept(entry) => out.extend_from_slice(&entry.body),
        Body::Bytes(bytes) if answer.media.ends_with("json") => out.extend_from_slice(bytes),
        Body::Bytes(bytes) => out.extend_from_slice(json!(String::from_utf8_lossy(bytes)).to_string().as_bytes()),
        Body::Empty
        | Body::Ready(_)
        | Body::Part(..)
        | Body::File(_)
        | Body::Stream(_)
        | Body::Events(_)
        | Body::Socket(_) => out.extend_from_slice(b"null"),
    }
    out.push(b'}');
}
