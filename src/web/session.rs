//! Signing in and out, and the sessions one has.

use actix_web::http::header;
use serde_json::{Value, json};

use crate::auth::{Origin, SignIn, SignedIn};
use crate::kernel::{Detail, Error, Moment, Result};
use crate::kind::{Field, Type};
use crate::limit::Attempt;
use crate::page;

use super::answer::Answer;
use super::call::Call;
use super::cookie;
use super::form::Form;
use super::limits;
use super::origin::{Way, client_address, way};
use super::problem::problem;
use super::who::{self, Viewer};

pub const LOGIN: &[Field] = &[
    Field::new("email", "E-mail", Type::Text(254)).required(),
    Field::new("password", "Password", Type::Text(1_000)).required(),
    Field::new("tenant", "Tenant", Type::Text(100)),
];
pub const NEW_PASSWORD: &[Field] = &[
    Field::new("present", "Present password", Type::Text(1_000)).required(),
    Field::new("password", "New password", Type::Text(1_000)).required(),
];

pub async fn login(call: Call) -> Result<Answer> {
    let form = Form::read(LOGIN, &call.body)?;
    check_way(&call)?;
    let request = SignIn {
        email: form.text("email").to_owned(),
        password: form.text("password").to_owned(),
        tenant: form.given("tenant").map(str::to_owned),
        origin: origin(&call),
        // A token that no longer holds must not stand in the way of a new one.
        known: who::known(&call.app, &call.request).await,
        device: cookie::device(&call.app, &call.request).map(str::to_owned),
    };
    let (auth, limiter, now) = (&call.app.auth, &call.app.limiter, Moment::now());
    let (email, attempt) = (request.email.clone(), auth.attempt(&request));
    let attempt = Attempt { email: &email, ..attempt };
    let signed = auth.sign_in(request, now).await.and_then(|signed| signed_in(&call, &signed));
    let mut answer = signed.unwrap_or_else(|error| problem(&error, &call.request_id));
    limits::tell(&mut answer, &limiter.sign_ins().standing(&attempt, now));
    Ok(answer)
}

/// The answer to a sign-in: token and cookie, and everything that the first screen asks for (P01).
fn signed_in(call: &Call, signed: &SignedIn) -> Result<Answer> {
    let answer = Answer::fresh(&json!({
        "access_token": signed.token,
        "token_type": "Bearer",
        "expires_at": signed.expires_at.to_string(),
        "user": page::user(&signed.session),
        "tenant": page::tenant(&signed.session.access.tenant),
    }));
    let way = way(&call.app, &call.request);
    answer
        .with(header::SET_COOKIE, &cookie::set(way, &signed.token, signed.expires_at))?
        .with(header::SET_COOKIE, &cookie::remember(way, &signed.device))
}

pub async fn me(_: Call, viewer: Viewer) -> Result<Answer> {
    Ok(Answer::fresh(&page::session(viewer.session()?)))
}

pub async fn logout(call: Call, viewer: Viewer) -> Result<Answer> {
    call.app.auth.sign_out(viewer.session()?).await?;
    cookie::clear().iter().try_fold(Answer::no_content(), |answer, value| answer.with(header::SET_COOKIE, value))
}

pub async fn change_password(call: Call, viewer: Viewer) -> Result<Answer> {
    let form = Form::read(NEW_PASSWORD, &call.body)?;
    check_way(&call)?;
    let (present, new) = (form.text("present").to_owned(), form.text("password").to_owned());
    call.app.auth.change_password(viewer.session()?, present, new, origin(&call).address, Moment::now()).await?;
    Ok(Answer::no_content())
}

pub async fn sessions(call: Call, viewer: Viewer) -> Result<Answer> {
    let lines = call.app.auth.sessions(viewer.session()?, Moment::now()).await?;
    let data: Vec<Value> = lines
        .iter()
        .map(|line| {
            json!({
                "id": line.id.to_string(),
                "created_at": line.created_at.to_string(),
                "last_used_at": line.last_used_at.to_string(),
                "expires_at": line.expires_at.to_string(),
                "address": line.address,
                "agent": line.agent,
                "current": line.current,
            })
        })
        .collect();
    Ok(Answer::fresh(&json!({ "data": data })))
}

pub async fn revoke(call: Call, viewer: Viewer) -> Result<Answer> {
    call.app.auth.revoke(viewer.session()?, call.id()?).await?;
    Ok(Answer::no_content())
}

/// Where the request came from, for the throttle and the list of sessions.
pub fn origin(call: &Call) -> Origin {
    Origin {
        address: client_address(&call.request, &call.app.config.trusted_proxies),
        agent: call.header("user-agent").unwrap_or_default().to_owned(),
    }
}

/// Refuses to take a password that crossed a network readable, unless the operator said that it may.
pub fn check_way(call: &Call) -> Result<()> {
    if way(&call.app, &call.request) != Way::Plain || call.app.config.insecure_http {
        return Ok(());
    }
    Err(Error::Forbidden(Box::new(Detail {
        code: "plain_http",
        message: "You reached Larder over plain HTTP from another machine, so anybody on the way could read the \
                  password. Use HTTPS: put a proxy with a certificate in front, or start Larder with --tls-cert and \
                  --tls-key. On a network that you trust, start it with --insecure-http."
            .into(),
        ..Detail::default()
    })))
}
