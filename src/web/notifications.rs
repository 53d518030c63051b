//! What this person is told about, and how they want to be told.

use serde_json::Value as Json;

use crate::cache::Made;
use crate::kernel::{Error, Moment, Result};
use crate::notify::{self, MOST};
use crate::record::View;

use super::answer::Answer;
use super::call::Call;
use super::kept::{Keep, Name, kept};
use super::who::Viewer;

/// As many as are shown when nothing is asked for.
const USUAL: i64 = 25;

pub async fn index(call: Call, viewer: Viewer) -> Result<Answer> {
    let get = |name: &str| call.query.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str());
    let limit = match get("limit").map(str::parse::<i64>) {
        None => USUAL,
        Some(Ok(limit)) if (1..=MOST).contains(&limit) => limit,
        Some(_) => return Err(Error::query("limit", "range", format!("Give a number from 1 to {MOST}."))),
    };
    let unread = match get("unread") {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => return Err(Error::query("unread", "type", "Give true or false.")),
    };
    let name = Name::of(&call, &viewer, Keep::Records, true);
    let read = move |view: &View<'_>| Ok(Made { body: notify::index(view, limit, unread)?, ..Made::default() });
    kept(&call, &viewer, name, false, || Ok(read)).await
}

/// Marks as read: `{"ids":[…]}` some of them, `{"all":true}` all of them.
pub async fn read(call: Call, viewer: Viewer) -> Result<Answer> {
    let body = call.body.object()?;
    if let Some(name) = body.keys().find(|name| !matches!(name.as_str(), "ids" | "all")) {
        return Err(Error::field(name, "unknown_field", "There is no such field."));
    }
    let numbers = match (body.get("ids"), body.get("all")) {
        (None, Some(Json::Bool(true))) => None,
        (Some(Json::Array(ids)), None | Some(Json::Bool(false))) if ids.len() as i64 <= MOST => {
            let numbers: Option<Vec<i64>> = ids.iter().map(Json::as_i64).collect();
            Some(numbers.ok_or_else(|| Error::field("ids", "type", "Give the ids of notifications."))?)
        }
        _ => return Err(Error::field("ids", "required", format!("Give ids, at most {MOST}, or all as true."))),
    };
    let plan = move |view: &View<'_>| notify::plan_read(view, numbers.as_deref(), Moment::now());
    let change = viewer.read(&call, plan).await?;
    call.app.db.write(change).await?;
    Ok(Answer::no_content())
}

pub async fn settings(call: Call, viewer: Viewer) -> Result<Answer> {
    let mail = call.app.postman.is_some();
    Ok(Answer::fresh(&viewer.read(&call, move |view| notify::settings(view, mail)).await?))
}

pub async fn change_settings(call: Call, viewer: Viewer) -> Result<Answer> {
    let (body, mail) = (call.body.object()?, call.app.postman.is_some());
    let change = viewer.read(&call, move |view| notify::plan_settings(view, &body, mail)).await?;
    call.app.db.write(change).await?;
    settings(call, viewer).await
}
