//! Webhooks over HTTP: what a business has other programs told. For its owners.

use std::sync::Arc;

use actix_web::http::StatusCode;
use serde_json::{Value, json};

use crate::auth::only_owners;
use crate::kernel::{Error, Id, Moment, Result};
use crate::kind::{Field, Type};
use crate::notify::webhook::{self, Courier, Keys, Sort, Wish};
use crate::record::View;

use super::answer::Answer;
use super::call::Call;
use super::form::Form;
use super::who::Viewer;

/// As many lines of a log are shown when nothing is asked for, and at most.
const USUAL: i64 = 25;
const MOST_LINES: i64 = 200;
/// Bytes of the list of events.
const EVENTS: u32 = 2_000;

pub const NEW: &[Field] = &[
    Field::new("name", "Name", Type::Text(100)).required(),
    Field::new("sort", "What is at the other end", Type::Enum(&Sort::ALL)).required(),
    Field::new("url", "Address", Type::Text(2_000)).required(),
    Field::new("events", "What it is told of", Type::Json(EVENTS)).required(),
    Field::new("enabled", "Switched on", Type::Bool),
];
pub const CHANGE: &[Field] = &[
    Field::new("name", "Name", Type::Text(100)),
    Field::new("url", "Address", Type::Text(2_000)),
    Field::new("events", "What it is told of", Type::Json(EVENTS)),
    Field::new("enabled", "Switched on", Type::Bool),
];

/// Does whoever asks run the server?
fn is_operator(viewer: &Viewer) -> bool {
    viewer.is_command() || viewer.session().is_ok_and(|session| session.operator)
}

/// What a form asks for. A member that is sent empty is no wish, and is said to be needed.
fn wish(form: &Form) -> Result<Wish> {
    let text = |name: &str| form.value(name).and_then(Value::as_str).map(str::to_owned);
    let events = match form.value("events") {
        None => None,
        Some(Value::Array(names)) => {
            let names: Option<Vec<String>> = names.iter().map(|name| name.as_str().map(str::to_owned)).collect();
            Some(names.ok_or_else(not_a_list)?)
        }
        Some(_) => return Err(not_a_list()),
    };
    let enabled = form.value("enabled").and_then(Value::as_bool);
    Ok(Wish { name: text("name"), sort: text("sort"), url: text("url"), events, enabled })
}

fn not_a_list() -> Error {
    Error::field("events", "type", "Give a list of the names of events.")
}

/// Runs `plan` on a reader with what it takes to judge a webhook.
async fn with_keys<T: Send + 'static>(
    call: &Call,
    viewer: &Viewer,
    plan: impl FnOnce(&View<'_>, &Keys<'_>) -> Result<T> + Send + 'static,
) -> Result<T> {
    let (courier, operator): (Arc<Courier>, bool) = (Arc::clone(&call.app.courier), is_operator(viewer));
    let read =
        viewer.read(call, move |view| plan(view, &Keys { vault: &courier.vault, place: &courier.place, operator }));
    read.await
}

pub async fn index(call: Call, viewer: Viewer) -> Result<Answer> {
    let operator = is_operator(&viewer);
    viewer.read(&call, move |view| webhook::index(view, operator)).await.map(|all| Answer::fresh(&all))
}

pub async fn create(call: Call, viewer: Viewer) -> Result<Answer> {
    // Who may not is told so before what is wrong with the body.
    only_owners(&viewer.access)?;
    let wish = wish(&Form::read(NEW, &call.body)?)?;
    let plan = move |view: &View<'_>, keys: &Keys<'_>| webhook::plan_create(view, keys, &wish, Moment::now());
    let (id, secret, change) = with_keys(&call, &viewer, plan).await?;
    call.app.db.write(change).await?;
    let mut made = viewer.read(&call, move |view| webhook::one(view, id)).await?;
    made["secret"] = json!(secret);
    Ok(Answer::fresh(&made).status(StatusCode::CREATED))
}

pub async fn update(call: Call, viewer: Viewer) -> Result<Answer> {
    only_owners(&viewer.access)?;
    let (id, wish) = (call.id()?, wish(&Form::read(CHANGE, &call.body)?)?);
    let plan = move |view: &View<'_>, keys: &Keys<'_>| webhook::plan_update(view, keys, id, &wish, Moment::now());
    let change = with_keys(&call, &viewer, plan).await?;
    call.app.db.write(change).await?;
    viewer.read(&call, move |view| webhook::one(view, id)).await.map(|one| Answer::fresh(&one))
}

pub async fn destroy(call: Call, viewer: Viewer) -> Result<Answer> {
    only_owners(&viewer.access)?;
    let id = call.id()?;
    let change = viewer.read(&call, move |view| webhook::plan_delete(view, id)).await?;
    call.app.db.write(change).await?;
    Ok(Answer::no_content())
}

/// The whole address and what messages are signed with, for whoever may change them.
pub async fn secret(call: Call, viewer: Viewer) -> Result<Answer> {
    only_owners(&viewer.access)?;
    let id = call.id()?;
    let plan = move |view: &View<'_>, keys: &Keys<'_>| webhook::secret(view, keys.vault, id);
    with_keys(&call, &viewer, plan).await.map(|secret| Answer::fresh(&secret))
}

/// Sends a test; the log tells what came of it.
pub async fn test(call: Call, viewer: Viewer) -> Result<Answer> {
    only_owners(&viewer.access)?;
    let id = call.id()?;
    let (message, change) = viewer.read(&call, move |view| webhook::plan_test(view, id, Moment::now())).await?;
    call.app.db.write(change).await?;
    logged(&call, &viewer, id, message).await
}

/// The latest messages and what came of them.
pub async fn deliveries(call: Call, viewer: Viewer) -> Result<Answer> {
    only_owners(&viewer.access)?;
    let id = call.id()?;
    let limit = match call.param("limit").map(str::parse::<i64>) {
        None => USUAL,
        Some(Ok(limit)) if (1..=MOST_LINES).contains(&limit) => limit,
        Some(_) => return Err(Error::query("limit", "range", format!("Give a number from 1 to {MOST_LINES}."))),
    };
    let before = match call.param("before").map(str::parse::<Id>) {
        None => None,
        Some(Ok(before)) => Some(before),
        Some(Err(())) => return Err(Error::query("before", "type", "Give the id of a message.")),
    };
    let read = viewer.read(&call, move |view| webhook::log(view, id, limit, before));
    read.await.map(|log| Answer::fresh(&log))
}

/// Sends a message of the log again.
pub async fn resend(call: Call, viewer: Viewer) -> Result<Answer> {
    only_owners(&viewer.access)?;
    let id = call.id()?;
    let message: Id = call.params.get("message").and_then(|id| id.parse().ok()).ok_or_else(Error::not_found)?;
    let change = viewer.read(&call, move |view| webhook::plan_resend(view, id, message, Moment::now())).await?;
    call.app.db.write(change).await?;
    logged(&call, &viewer, id, message).await
}

async fn logged(call: &Call, viewer: &Viewer, id: Id, message: Id) -> Result<Answer> {
    let line = viewer.read(call, move |view| webhook::logged(view, id, message)).await?;
    Ok(Answer::fresh(&line).status(StatusCode::ACCEPTED))
}
