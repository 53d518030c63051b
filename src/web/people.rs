//! Letting people in: the first set-up, one-time links, the tenant itself.

use std::sync::Arc;

use actix_web::http::StatusCode;
use serde_json::{Value, json};

use crate::auth::{self, Link, NewTenant, Purpose, Setup, TenantChange};
use crate::kernel::{Error, Moment, Result};
use crate::kind::{Field, Tenant, Type};
use crate::page;

use super::answer::{Answer, Expected, expected};
use super::call::Call;
use super::form::Form;
use super::origin::{Way, host, way};
use super::records::condition_missing;
use super::session;
use super::who::Viewer;

pub const SETUP: &[Field] = &[
    Field::new("token", "Link", Type::Text(200)).required(),
    Field::new("tenant_name", "Business", Type::Text(200)).required(),
    Field::new("name", "Your name", Type::Text(200)).required(),
    Field::new("email", "E-mail", Type::Email).required(),
    Field::new("password", "Password", Type::Text(1_000)).required(),
    Field::new("zone", "Time zone", Type::Text(60)),
    Field::new("currency", "Currency", Type::Text(3)),
];
pub const ACCEPT: &[Field] = &[
    Field::new("token", "Link", Type::Text(200)).required(),
    Field::new("password", "Password", Type::Text(1_000)).required(),
];

pub const TENANT: &[Field] = &[
    Field::new("name", "Name", Type::Text(200)),
    Field::new("zone", "Time zone", Type::Text(60)),
    Field::new("currency", "Currency", Type::Text(3)),
    Field::new("due_ahead_days", "Days ahead", Type::Int(0, 365)),
];

/// Is there anybody yet?
pub async fn setup_state(call: Call) -> Result<Answer> {
    let done = call.app.auth.is_set_up().await?;
    Ok(Answer::fresh(&json!({ "set_up": done })))
}

pub async fn set_up(call: Call) -> Result<Answer> {
    let form = Form::read(SETUP, &call.body)?;
    make_first_owner(&call, &form).await?;
    Ok(Answer::fresh(&json!({ "set_up": true })).status(StatusCode::CREATED))
}

/// Carries out the set-up that a form asks for; the page and the API share it.
pub async fn make_first_owner(call: &Call, form: &Form) -> Result<()> {
    session::check_way(call)?;
    let setup = Setup {
        name: form.text("name").to_owned(),
        email: form.text("email").to_owned(),
        password: form.text("password").to_owned(),
        tenant: NewTenant {
            name: form.text("tenant_name").to_owned(),
            slug: None,
            zone: form.given("zone").unwrap_or("UTC").to_owned(),
            currency: form.given("currency").unwrap_or("USD").to_owned(),
        },
    };
    call.app.auth.set_up(form.text("token"), setup, Moment::now()).await
}

/// Uses an invitation or a link for a new password.
pub async fn accept(call: Call) -> Result<Answer> {
    let form = Form::read(ACCEPT, &call.body)?;
    take_link(&call, &form).await?;
    Ok(Answer::no_content())
}

pub async fn take_link(call: &Call, form: &Form) -> Result<()> {
    session::check_way(call)?;
    let (token, password) = (form.text("token"), form.text("password").to_owned());
    call.app.auth.accept(token, password, session::origin(call).address, Moment::now()).await
}

pub async fn invite(call: Call, viewer: Viewer) -> Result<Answer> {
    let link = call.app.auth.invite_link(viewer.session()?, call.id()?, Moment::now()).await?;
    Ok(Answer::fresh(&shown(&call, &link)).status(StatusCode::CREATED))
}

pub async fn reset_link(call: Call, viewer: Viewer) -> Result<Answer> {
    let link = call.app.auth.reset_link(viewer.session()?, call.id()?, Moment::now()).await?;
    Ok(Answer::fresh(&shown(&call, &link)).status(StatusCode::CREATED))
}

/// The link leads to the address that the owner uses: that one works from where they are.
fn shown(call: &Call, link: &Link) -> Value {
    let scheme = if way(&call.app, &call.request) == Way::Https { "https" } else { "http" };
    let page = if link.purpose == Purpose::Setup { "setup" } else { "join" };
    json!({
        "purpose": link.purpose.as_str(),
        "url": format!("{scheme}://{}/{page}?token={}", host(&call.request), link.token),
        "token": link.token,
        "expires_at": link.expires_at.to_string(),
    })
}

/// What an owner changes about the tenant: only what is sent.
pub async fn change_tenant(call: Call, viewer: Viewer) -> Result<Answer> {
    let form = Form::read(TENANT, &call.body)?;
    if call.id()? != viewer.access.tenant.id {
        return Err(Error::not_found());
    }
    let text = |name: &str| form.value(name).and_then(Value::as_str).map(str::to_owned);
    let wish = TenantChange {
        name: text("name"),
        zone: text("zone"),
        currency: text("currency"),
        due_ahead_days: form.sent("due_ahead_days").map(Value::as_i64),
    };
    let condition = call.only_header("if-match")?.map(expected);
    let expect = if let Some(Expected::Version(version)) = condition { Some(version) } else { None };
    let written = match auth::plan_tenant_change(&viewer.access, wish, expect, Moment::now()) {
        Ok(_) if condition.is_none() => return Err(condition_missing()),
        Ok(change) => call.app.db.write(change).await,
        Err(error) => Err(error),
    };
    let tenant = call.app.auth.system_access(&viewer.access.tenant.slug).await?.tenant;
    match written {
        Err(error) if error.code() == "version_mismatch" => Err(error.with("current", page::tenant(&tenant))),
        written => written.map(|()| shown_tenant(&tenant)),
    }
}

/// The viewer's own tenant, under its id or, as one of the sources has it, the user's (C20).
pub async fn tenant(call: Call, viewer: Viewer) -> Result<Answer> {
    let id = call.id()?;
    if id != viewer.access.tenant.id && Some(id) != viewer.access.actor.user {
        return Err(Error::not_found());
    }
    Ok(shown_tenant(&viewer.access.tenant))
}

fn shown_tenant(tenant: &Arc<Tenant>) -> Answer {
    Answer::record(tenant.version, page::tenant(tenant).to_string().into_bytes())
}
