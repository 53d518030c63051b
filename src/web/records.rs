//! Records of any kind: list, read, create, change, delete, restore.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header;
use serde_json::Value;

use crate::cache::Made;
use crate::kernel::{Error, Id, Result};
use crate::record::{Found, Planned, Query, Selection, View};

use super::answer::{Answer, Expected, expected};
use super::call::Call;
use super::kept::{Keep, Name, kept};
use super::links::Links;
use super::live;
use super::repeat;
use super::who::Viewer;

/// A change with `If-Match: *` that loses a race is planned anew so many times.
const ATTEMPTS: usize = 5;

pub async fn index(call: Call, viewer: Viewer) -> Result<Answer> {
    let name = Name::of(&call, &viewer, Keep::Records, false);
    kept(&call, &viewer, name, false, || {
        let query = Query::parse(&call.app.registry, &viewer.access, call.position()?, &call.query)?;
        let links = Links::of(&call);
        Ok(move |view: &View<'_>| view.list(&query).map(|listing| links.made(listing)))
    })
    .await
}

pub async fn show(call: Call, viewer: Viewer) -> Result<Answer> {
    let name = Name::of(&call, &viewer, Keep::Records, false);
    kept(&call, &viewer, name, false, || {
        let (position, id, selection) = (call.position()?, call.id()?, call.selection()?);
        Ok(move |view: &View<'_>| {
            let Found { version, body } = view.get(position, id, &selection)?;
            Ok(Made { body, version: Some(version), ..Made::default() })
        })
    })
    .await
}

pub async fn create(call: Call, viewer: Viewer) -> Result<Answer> {
    let (position, selection) = (call.position()?, call.selection()?);
    let (key, body) = (repeat::key(&call)?, Arc::new(call.body.object()?));
    let made =
        repeat::once(&call, &viewer, call.kind()?.name, key, move |view| view.plan_create(position, Id::new(), &body))
            .await?;
    let found = viewer.read(&call, move |view| seen(view, position, made.id, &selection)).await?;
    let place = format!("/api/v1/{}/{}", call.kind()?.name, made.id);
    let answer = Answer::record(found.version, found.body).status(StatusCode::CREATED);
    Ok(made.mark(answer.with(header::LOCATION, &place)?))
}

pub async fn update(call: Call, viewer: Viewer) -> Result<Answer> {
    let (position, id, selection) = (call.position()?, call.id()?, call.selection()?);
    let body = Arc::new(call.body.object()?);
    let token = live::token(&call)?;
    change(&call, &viewer, move |view, expect| {
        let mut planned = view.plan_update(position, id, &body, expect)?;
        live::fence(view, position, &mut planned, token);
        Ok(planned)
    })
    .await?;
    let found = viewer.read(&call, move |view| seen(view, position, id, &selection)).await?;
    Ok(Answer::record(found.version, found.body))
}

pub async fn destroy(call: Call, viewer: Viewer) -> Result<Answer> {
    let (position, id) = (call.position()?, call.id()?);
    let token = live::token(&call)?;
    change(&call, &viewer, move |view, expect| {
        let mut planned = view.plan_delete(position, id, expect)?;
        live::fence(view, position, &mut planned, token);
        Ok(planned)
    })
    .await?;
    Ok(Answer::no_content())
}

pub async fn restore(call: Call, viewer: Viewer) -> Result<Answer> {
    let (position, id) = (call.position()?, call.id()?);
    let key = repeat::key(&call)?;
    let made =
        repeat::once(&call, &viewer, call.kind()?.name, key, move |view| view.plan_restore(position, id)).await?;
    let found = viewer.read(&call, move |view| seen(view, position, id, &Selection::whole())).await?;
    Ok(made.mark(Answer::record(found.version, found.body)))
}

/// Plans and commits a change under the request's `If-Match`. The order is the contract's: what is
/// wrong with the body first (422), then that the condition is missing (428), then that it does not
/// hold (412, with the record as it stands).
async fn change<F>(call: &Call, viewer: &Viewer, plan: F) -> Result<()>
where
    F: Fn(&View<'_>, Option<i64>) -> Result<Planned> + Send + Sync + 'static,
{
    let plan = Arc::new(plan);
    let condition = call.only_header("if-match")?.map(expected);
    for attempt in 1..=ATTEMPTS {
        let outcome = attempt_change(call, viewer, Arc::clone(&plan), condition).await;
        match outcome {
            // Somebody took it between the look and the commit: planned once more, the refusal knows who.
            Err(error) if refused_at_commit(&error) && attempt < ATTEMPTS => continue,
            Err(error) if error.code() == "version_mismatch" => {
                // With `*` any version is fine, so somebody else's change in between is no obstacle.
                if condition == Some(Expected::Any) && attempt < ATTEMPTS {
                    continue;
                }
                return Err(with_current(call, viewer, error).await);
            }
            other => return other,
        }
    }
    Ok(())
}

fn refused_at_commit(error: &Error) -> bool {
    let said = error.detail().is_some_and(|detail| detail.extra.is_some());
    error.code() == "locked" && !said
}

async fn attempt_change<F>(call: &Call, viewer: &Viewer, plan: Arc<F>, condition: Option<Expected>) -> Result<()>
where
    F: Fn(&View<'_>, Option<i64>) -> Result<Planned> + Send + Sync + 'static,
{
    let expect = match condition {
        Some(Expected::Version(version)) => Some(version),
        Some(Expected::Any) | None => None,
    };
    let planned = viewer.read(call, move |view| plan(view, expect)).await;
    // A state that stands in the way is a matter of the version too, so the condition comes first.
    if let (None, Ok(_) | Err(Error::Conflict(_))) = (condition, &planned) {
        return Err(condition_missing());
    }
    let planned = planned?;
    if planned.unchanged { Ok(()) } else { call.app.db.write(planned.change).await }
}

/// What a change without `If-Match` gets.
pub fn condition_missing() -> Error {
    Error::invalid(
        "precondition_required",
        "Send If-Match with the ETag of the record as you know it, or * for any version.",
    )
}

/// Adds the record as it stands, as far as the viewer may see it, so that no second request is
/// needed to resolve the conflict.
async fn with_current(call: &Call, viewer: &Viewer, error: Error) -> Error {
    let (Ok(position), Ok(id)) = (call.position(), call.id()) else { return error };
    match viewer.read(call, move |view| view.get(position, id, &Selection::whole())).await {
        Ok(found) => match serde_json::from_slice::<Value>(&found.body) {
            Ok(current) => error.with("current", current),
            Err(_) => error,
        },
        Err(_) => error,
    }
}

/// The record after a write. Whoever may write but not read gets its id and nothing else.
pub fn seen(view: &View<'_>, position: usize, id: Id, selection: &Selection) -> Result<Found> {
    match view.get(position, id, selection) {
        Err(Error::NotFound(_) | Error::Forbidden(_)) => {
            Ok(Found { version: 0, body: format!("{{\"id\":\"{id}\"}}").into_bytes() })
        }
        other => other,
    }
}
