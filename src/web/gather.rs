//! What is done with several records at once: bulk changes, duplicates, merges, histories, sums.

use std::sync::Arc;

use actix_web::http::StatusCode;
use serde_json::{Value, json};

use crate::kernel::{Error, Result};
use crate::record::{BulkAction, BulkRequest, MergeRequest, MergeStep, Planned, Selection, Summary};

use super::answer::Answer;
use super::call::Call;
use super::problem::{self, status};
use super::records::{page, seen};
use super::who::Viewer;

/// Records planned in one read, and waiting at the writer at one time.
const SLICE: usize = 50;

/// Each record is checked and committed for itself, and answered for itself, in order.
pub async fn bulk(call: Call, viewer: Viewer) -> Result<Answer> {
    let position = call.position()?;
    let request = Arc::new(BulkRequest::parse(&call.body.object()?)?);
    let mut results = Vec::with_capacity(request.items.len());
    for start in (0..request.items.len()).step_by(SLICE) {
        let end = request.items.len().min(start + SLICE);
        let slice = Arc::clone(&request);
        let planned = viewer.read(&call, move |view| {
            let plan = |item| view.plan_bulk(position, slice.action, item);
            Ok(slice.items[start..end].iter().map(plan).collect::<Vec<_>>())
        });
        // All of a slice is handed to the writer before the first is waited for: one group commit.
        let writes: Vec<_> = planned.await?.into_iter().map(|plan| plan.map(|p| commit(&call, p))).collect();
        for (item, write) in request.items[start..end].iter().zip(writes) {
            let outcome = match write {
                Ok((version, ticket)) => match ticket {
                    Some(ticket) => ticket.await.map(|()| version),
                    None => Ok(version),
                },
                Err(error) => Err(error),
            };
            results.push(match outcome {
                Ok(version) => {
                    let status = if request.action == BulkAction::Create { 201 } else { 200 };
                    json!({"id": item.id.to_string(), "status": status, "version": version})
                }
                Err(error) => refused(item.id.to_string(), &error, &call.request_id),
            });
        }
    }
    Ok(Answer::fresh(&json!({ "results": results })))
}

fn commit(call: &Call, planned: Planned) -> (i64, Option<crate::db::Ticket<()>>) {
    let ticket = (!planned.unchanged).then(|| call.app.db.write(planned.change));
    (planned.version, ticket)
}

fn refused(id: String, error: &Error, request_id: &str) -> Value {
    json!({"id": id, "status": status(error).as_u16(), "problem": problem::members(error, request_id)})
}

/// Merges other records into this one. A merge that moves many links does so in steps, each
/// committed for itself; the sources go with the last one, so that a broken-off merge can be repeated.
pub async fn merge(call: Call, viewer: Viewer) -> Result<Answer> {
    let (position, id) = (call.position()?, call.id()?);
    let request = Arc::new(MergeRequest::parse(id, &call.body.object()?)?);
    loop {
        let step = Arc::clone(&request);
        match viewer.read(&call, move |view| view.merge_step(position, id, &step)).await? {
            MergeStep::Links(change) => call.app.db.write_bulk(change).await?,
            MergeStep::Last(planned) => {
                call.app.db.write(planned.change).await?;
                break;
            }
        }
    }
    let found = viewer.read(&call, move |view| seen(view, position, id, &Selection::whole())).await?;
    Ok(Answer::record(found.version, found.body).status(StatusCode::OK))
}

pub async fn duplicates(call: Call, viewer: Viewer) -> Result<Answer> {
    let (position, id) = (call.position()?, call.id()?);
    let listing = viewer.read(&call, move |view| view.duplicates(position, id)).await?;
    page(&call, listing)
}

pub async fn history(call: Call, viewer: Viewer) -> Result<Answer> {
    let (position, id, query) = (call.position()?, call.id()?, call.query.clone());
    let listing = viewer.read(&call, move |view| view.history(position, id, &query)).await?;
    page(&call, listing)
}

/// Counts and sums by group. They walk over every row of the list, so they wait their turn.
pub async fn summary(call: Call, viewer: Viewer) -> Result<Answer> {
    let summary = Summary::parse(&call.app.registry, &viewer.access, call.position()?, &call.query)?;
    Ok(Answer::json(viewer.read_heavy(&call, move |view| view.summary(&summary)).await?))
}

/// What happened to all records that the viewer may see.
pub async fn activity(call: Call, viewer: Viewer) -> Result<Answer> {
    let query = call.query.clone();
    let listing = viewer.read(&call, move |view| view.activity(&query)).await?;
    page(&call, listing)
}
