//! The course of one request: who asks, what is in store for them, and the answer.

use std::sync::Arc;
use std::time::Instant;

use actix_web::http::StatusCode;
use actix_web::http::header::{AUTHORIZATION, RETRY_AFTER};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, rt};

use super::StandIn;
use super::api::{Answer, Token};
use super::control::control;
use super::counts::InFlight;
use super::endless::Endless;
use super::endpoint::{self, Endpoint};
use super::faults::Fate;
use super::spoil::spoil;

pub async fn handle(stand_in: Arc<StandIn>, request: HttpRequest, body: Bytes) -> HttpResponse {
    if let Some(what) = request.path().strip_prefix("/_demo/") {
        return control(&stand_in, request.method(), what, &body);
    }
    let asked = match endpoint::find(request.method(), request.path()) {
        Ok(asked) => asked,
        Err(status) => return send(&Answer::refusal(status, "There is no such endpoint.")),
    };
    let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = header.and_then(|header| stand_in.token(header));
    let subject = token.and_then(|token| stand_in.subject(asked, token, &body));
    let known = subject.filter(|id| stand_in.account.workspace(*id).is_some());
    let mut call = stand_in.counts.begin(asked.endpoint, known);
    let Some(token) = token else {
        call.answered(401);
        return send(&Answer::refusal(401, "Unauthenticated."));
    };
    let selection = stand_in.selected.lock().changes;

    if let Some(refusal) = stand_in.refuse_too_many(&mut call) {
        return refusal;
    }
    let fate = stand_in.mischief.lock().fate(stand_in.seed, asked.endpoint, known);
    if fate == Fate::Hang {
        std::future::pending::<()>().await;
    }
    let latency = stand_in.mischief.lock().faults().latency_of(asked.endpoint);
    if !latency.is_zero() {
        rt::time::sleep(latency).await;
    }

    let answer = match fate {
        Fate::Status(status) => Answer::refusal(status, "Something went wrong."),
        Fate::Endless(mb) => {
            call.answered(200);
            return HttpResponse::Ok().content_type("application/json").streaming(Endless::new(mb, call));
        }
        _ => stand_in.answer(asked.endpoint, token, subject, request.query_string(), &body),
    };
    if token == Token::Admin && asked.endpoint.is_of_selected() && stand_in.selected.lock().changes != selection {
        stand_in.counts.crossed();
    }
    if asked.endpoint == Endpoint::Switch && answer.status == 200 {
        stand_in.counts.switched();
    }
    call.answered(answer.status);
    match fate {
        Fate::Spoilt(how) if answer.status < 400 => {
            let (bytes, media) = spoil(answer.body, how);
            status(answer.status).content_type(media).body(bytes)
        }
        _ => send(&answer),
    }
}

impl StandIn {
    fn refuse_too_many(&self, call: &mut InFlight) -> Option<HttpResponse> {
        let (per_second, retry_after) = {
            let mischief = self.mischief.lock();
            (mischief.faults().per_second, mischief.faults().retry_after_s.0)
        };
        if self.rate.lock().admits(per_second, Instant::now()) {
            return None;
        }
        call.answered(429);
        let answer = Answer::refusal(429, "Too Many Attempts.");
        Some(status(429).insert_header((RETRY_AFTER, retry_after.to_string())).json(&answer.body))
    }
}

fn send(answer: &Answer) -> HttpResponse {
    status(answer.status).json(&answer.body)
}

fn status(status: u16) -> HttpResponseBuilder {
    HttpResponse::build(StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR))
}
