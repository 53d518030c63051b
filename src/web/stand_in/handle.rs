//! The course of one request.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::AUTHORIZATION;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};

use super::StandIn;
use super::api::Answer;
use super::endpoint;

pub async fn handle(stand_in: Arc<StandIn>, request: HttpRequest, body: Bytes) -> HttpResponse {
    let asked = match endpoint::find(request.method(), request.path()) {
        Ok(asked) => asked,
        Err(status) => return send(&Answer::refusal(status, "There is no such endpoint.")),
    };
    let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let Some(token) = header.and_then(|header| stand_in.token(header)) else {
        return send(&Answer::refusal(401, "Unauthenticated."));
    };
    let subject = stand_in.subject(asked, token, &body);
    send(&stand_in.answer(asked.endpoint, token, subject, request.query_string(), &body))
}

fn send(answer: &Answer) -> HttpResponse {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    HttpResponse::build(status).json(&answer.body)
}
