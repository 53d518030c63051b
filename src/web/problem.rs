//! The one place where an error becomes an answer: RFC 9457 problem details.

use actix_web::http::StatusCode;
use actix_web::http::header;
use serde_json::{Map, Value, json};

use crate::kernel::{Detail, Error};

use super::answer::{Answer, PROBLEM};

/// More complaints than anybody reads: without an end a small body of wrong members would be
/// answered with megabytes.
const MOST_ERRORS: usize = 100;

/// The status that an error is answered with. Some codes have one of their own; the rest follow
/// the error's sort.
pub fn status(error: &Error) -> StatusCode {
    match (error.code(), error) {
        ("malformed" | "cursor", _) => StatusCode::BAD_REQUEST,
        ("method_not_allowed", _) => StatusCode::METHOD_NOT_ALLOWED,
        ("body_timeout", _) => StatusCode::REQUEST_TIMEOUT,
        ("link_spent", _) => StatusCode::GONE,
        ("version_mismatch", _) => StatusCode::PRECONDITION_FAILED,
        ("locked" | "lock_lost", _) => StatusCode::LOCKED,
        ("upgrade_required", _) => StatusCode::UPGRADE_REQUIRED,
        ("unsupported_media", _) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ("range", _) => StatusCode::RANGE_NOT_SATISFIABLE,
        ("disk_full", _) => StatusCode::INSUFFICIENT_STORAGE,
        ("precondition_required", _) => StatusCode::PRECONDITION_REQUIRED,
        (_, Error::NotFound(_)) => StatusCode::NOT_FOUND,
        (_, Error::Invalid(_)) => StatusCode::UNPROCESSABLE_ENTITY,
        (_, Error::Conflict(_)) => StatusCode::CONFLICT,
        (_, Error::Unauthorized(_)) => StatusCode::UNAUTHORIZED,
        (_, Error::Forbidden(_)) => StatusCode::FORBIDDEN,
        (_, Error::TooMany(..)) => StatusCode::TOO_MANY_REQUESTS,
        (_, Error::Busy(_)) => StatusCode::SERVICE_UNAVAILABLE,
        (_, Error::TooLarge(_)) => StatusCode::PAYLOAD_TOO_LARGE,
        (_, Error::Internal(_)) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The answer to a request that failed. A fault of ours is logged here, once, under the id that
/// the person is shown.
pub fn problem(error: &Error, request_id: &str) -> Answer {
    let status = status(error);
    if let Error::Internal(source) = error {
        tracing::error!(request_id, error = %source, "a request failed");
    }
    let answer = Answer::new(status, PROBLEM, Value::Object(members(error, request_id)).to_string());
    match error {
        Error::Unauthorized(_) => answer.with_static(header::WWW_AUTHENTICATE, "Bearer"),
        Error::Busy(_) => answer.with_static(header::RETRY_AFTER, "1"),
        Error::TooMany(_, seconds) => {
            let mut answer = answer;
            answer.headers.push((header::RETRY_AFTER, (*seconds).into()));
            answer
        }
        _ => answer,
    }
}

/// The members of the answer's body.
pub fn members(error: &Error, request_id: &str) -> Map<String, Value> {
    let status = status(error);
    let mut body = Map::new();
    body.insert("title".to_owned(), json!(status.canonical_reason().unwrap_or("Error")));
    body.insert("status".to_owned(), json!(status.as_u16()));
    body.insert("code".to_owned(), json!(error.code()));
    body.insert("request_id".to_owned(), json!(request_id));
    match error.detail() {
        Some(detail) => describe(detail, &mut body),
        None => {
            let message =
                format!("Something went wrong on the server. If it happens again, report the id {request_id}.");
            body.insert("detail".to_owned(), message.into());
        }
    }
    body
}

fn describe(detail: &Detail, body: &mut Map<String, Value>) {
    body.insert("detail".to_owned(), json!(detail.message));
    if !detail.fields.is_empty() {
        let shown = &detail.fields[..detail.fields.len().min(MOST_ERRORS)];
        body.insert("errors".to_owned(), json!(shown));
    }
    for (name, value) in detail.extra.iter().flatten() {
        body.entry(name.as_str()).or_insert_with(|| value.clone());
    }
}

/// The path is known, the method is not.
pub fn method_not_allowed(allowed: &str) -> Error {
    Error::invalid("method_not_allowed", format!("This address takes {allowed}, not the method that was sent."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::answer::Body;

    fn shown(error: &Error) -> (u16, Value) {
        let answer = problem(error, "r-1");
        let Body::Bytes(bytes) = answer.body else { panic!("a problem has a body") };
        (answer.status.as_u16(), serde_json::from_slice(&bytes).expect("JSON"))
    }

    #[test]
    fn each_sort_of_error_has_its_status() {
        for (error, expected) in [
            (Error::not_found(), 404),
            (Error::malformed("x"), 400),
            (Error::invalid("cursor", "x"), 400),
            (Error::invalid("unsupported_media", "x"), 415),
            (Error::invalid("precondition_required", "x"), 428),
            (Error::field("name", "required", "x"), 422),
            (Error::conflict("version_mismatch", "x"), 412),
            (Error::conflict("locked", "x"), 423),
            (Error::conflict("idempotency_in_flight", "x"), 409),
            (Error::invalid("idempotency_reused", "x"), 422),
            (Error::too_many(7, "x"), 429),
            (Error::busy("queue", "x"), 503),
            (Error::busy("disk_full", "x"), 507),
            (Error::too_large("x"), 413),
        ] {
            let (status, body) = shown(&error);
            assert_eq!(status, expected, "{error:?}");
            assert_eq!(body["status"], expected);
            assert_eq!(body["request_id"], "r-1");
        }
    }

    #[test]
    fn a_fault_of_ours_tells_nothing_of_its_source() {
        let (status, body) = shown(&Error::internal("no such table: secrets"));
        assert_eq!(status, 500);
        assert!(!body.to_string().contains("secrets"), "{body}");
    }

    #[test]
    fn further_members_stand_beside_the_usual_ones_and_never_replace_them() {
        let error = Error::conflict("version_mismatch", "Record was modified.")
            .with("current", json!({"version": 3}))
            .with("status", json!("new"));
        let (_, body) = shown(&error);
        assert_eq!(body["current"]["version"], 3);
        assert_eq!(body["status"], 412);
    }
}
