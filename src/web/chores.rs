//! What goes on behind the scenes, over HTTP: looked at, asked for, stopped and tried again.

use std::sync::Arc;

use actix_web::http::{StatusCode, header};
use actix_web::web::block;
use serde_json::{Value, json};

use crate::chore::{Chore, Kinds, Line, Queue, by_hand, check_chore, only_managers, sees_all};
use crate::kernel::{Error, Moment, Result};
use crate::kind::{Field, Type};

use super::answer::Answer;
use super::call::Call;
use super::form::Form;
use super::imports;
use super::who::Viewer;

/// Chores of each sort, open and ended, that a list shows.
const SHOWN: i64 = 100;

pub const NEW: &[Field] = &[Field::new("kind", "What", Type::Text(60)).required()];

pub async fn index(call: Call, viewer: Viewer) -> Result<Answer> {
    let kinds = call.app.chores.kinds;
    let read = viewer.read(&call, move |view| {
        let (tenant, all) = (view.access.tenant.key, sees_all(view.access));
        // Who is nobody in particular asked for nothing.
        let whose = (!all).then(|| view.access.actor.user.unwrap_or_default());
        let found = Chore::list(view.conn, tenant, whose, SHOWN)?;
        let lines = if all { Line::of(view.conn, tenant)? } else { Vec::new() };
        Ok(json!({
            "data": found.iter().map(|chore| chore.wire(&kinds)).collect::<Vec<_>>(),
            "schedules": lines.iter().map(|line| schedule(line, &kinds)).collect::<Vec<_>>(),
        }))
    });
    read.await.map(|all| Answer::fresh(&all))
}

fn schedule(line: &Line, kinds: &Kinds) -> Value {
    let mut wire = line.wire();
    wire["by_hand"] = kinds.get(&line.name).is_some_and(|kind| kind.by_hand).into();
    wire
}

pub async fn create(call: Call, viewer: Viewer) -> Result<Answer> {
    only_managers(&viewer.access)?;
    let form = Form::read(NEW, &call.body)?;
    let kind = call.app.chores.kinds.get(form.text("kind")).filter(|kind| kind.by_hand);
    let known = kind.ok_or_else(|| {
        Error::field("kind", "unknown_value", "There is no such chore, or it cannot be asked for like this.")
    })?;
    let order = by_hand(viewer.access.tenant.key, known, viewer.access.actor.user);
    let chore = work(&call, move |queue| queue.order(order, Moment::now())).await?;
    let place = format!("/api/v1/chores/{}", chore.id);
    answer(&call, &chore).status(StatusCode::ACCEPTED).with(header::LOCATION, &place)
}

pub async fn show(call: Call, viewer: Viewer) -> Result<Answer> {
    let chore = find(&call, &viewer).await?;
    Ok(answer(&call, &chore))
}

pub async fn cancel(call: Call, viewer: Viewer) -> Result<Answer> {
    let chore = find(&call, &viewer).await?;
    if chore.is_import() {
        imports::stop(&call, &viewer, chore.id).await?;
        return find(&call, &viewer).await.map(|chore| answer(&call, &chore));
    }
    let chore = work(&call, move |queue| queue.cancel(chore.id, Moment::now())).await?;
    Ok(answer(&call, &chore))
}

pub async fn retry(call: Call, viewer: Viewer) -> Result<Answer> {
    let id = find(&call, &viewer).await?.id;
    let chore = work(&call, move |queue| queue.retry(id, Moment::now())).await?;
    Ok(answer(&call, &chore))
}

/// The chore of the path, where the viewer may see it.
async fn find(call: &Call, viewer: &Viewer) -> Result<Chore> {
    let id = call.id()?;
    let found = viewer.read(call, move |view| {
        let chore = Chore::load(view.conn, id)?.ok_or_else(Error::not_found)?;
        check_chore(view.access, &chore).map(|()| chore)
    });
    found.await
}

fn answer(call: &Call, chore: &Chore) -> Answer {
    Answer::fresh(&chore.wire(&call.app.chores.kinds))
}

/// The queue waits for the database, so it works on the blocking pool.
pub(super) async fn work<T: Send + 'static>(
    call: &Call,
    deed: impl FnOnce(&Queue) -> Result<T> + Send + 'static,
) -> Result<T> {
    let queue = Arc::clone(&call.app.chores);
    block(move || deed(&queue)).await.map_err(Error::internal)?
}
