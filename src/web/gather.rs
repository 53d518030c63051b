//! What concerns several records: duplicates, merges, histories, sums.

use std::sync::Arc;

use crate::cache::Made;
use crate::kernel::{Error, Result};
use crate::record::{MergeRequest, MergeStep, Selection, Summary, View};

use super::answer::Answer;
use super::call::Call;
use super::kept::{Keep, Name, kept};
use super::links::Links;
use super::records::seen;
use super::repeat;
use super::who::Viewer;

/// Merges other records into this one. A merge that moves many links does so in steps, each
/// committed for itself; the sources go with the last one, so that a broken-off merge can be repeated.
pub async fn merge(call: Call, viewer: Viewer) -> Result<Answer> {
    let (position, id) = (call.position()?, call.id()?);
    let (key, request) = (repeat::key(&call)?, Arc::new(MergeRequest::parse(id, &call.body.object()?)?));
    let made = match repeat::earlier(&call, &viewer, key.as_ref()).await? {
        Some(made) => made,
        None => {
            let links = Arc::clone(&request);
            move_links(&call, &viewer, move |view| view.merge_step(position, id, &links)).await?;
            let last = move |view: &View<'_>| match view.merge_step(position, id, &request)? {
                MergeStep::Last(planned) => Ok(planned),
                MergeStep::Links(_) => Err(Error::conflict(
                    "refused",
                    "Somebody linked to one of these records meanwhile. Send the request again.",
                )),
            };
            repeat::once(&call, &viewer, call.kind()?.name, key, last).await?
        }
    };
    let found = viewer.read(&call, move |view| seen(view, position, id, &Selection::whole())).await?;
    Ok(made.mark(Answer::record(found.version, found.body)))
}

/// Commits the steps of a merge up to the last one.
async fn move_links<F>(call: &Call, viewer: &Viewer, step: F) -> Result<()>
where
    F: Fn(&View<'_>) -> Result<MergeStep> + Send + Sync + 'static,
{
    let step = Arc::new(step);
    loop {
        let next = Arc::clone(&step);
        match viewer.read(call, move |view| next(view)).await? {
            MergeStep::Links(change) => call.app.db.write_bulk(change).await?,
            MergeStep::Last(_) => return Ok(()),
        }
    }
}

pub async fn duplicates(call: Call, viewer: Viewer) -> Result<Answer> {
    let (position, id, links) = (call.position()?, call.id()?, Links::of(&call));
    let listing = viewer.read(&call, move |view| view.duplicates(position, id)).await?;
    Answer::made(links.made(listing))
}

pub async fn history(call: Call, viewer: Viewer) -> Result<Answer> {
    let name = Name::of(&call, &viewer, Keep::Records, false);
    kept(&call, &viewer, name, false, || {
        let (position, id, query, links) = (call.position()?, call.id()?, call.query.clone(), Links::of(&call));
        Ok(move |view: &View<'_>| view.history(position, id, &query).map(|listing| links.made(listing)))
    })
    .await
}

/// Counts and sums by group. They walk over every row of the list, so they wait their turn.
pub async fn summary(call: Call, viewer: Viewer) -> Result<Answer> {
    let name = Name::of(&call, &viewer, Keep::Records, false);
    kept(&call, &viewer, name, true, || {
        let summary = Summary::parse(&call.app.registry, &viewer.access, call.position()?, &call.query)?;
        Ok(move |view: &View<'_>| Ok(Made { body: view.summary(&summary)?, ..Made::default() }))
    })
    .await
}

/// What happened to all records that the viewer may see.
pub async fn activity(call: Call, viewer: Viewer) -> Result<Answer> {
    let name = Name::of(&call, &viewer, Keep::Records, false);
    kept(&call, &viewer, name, false, || {
        let (query, links) = (call.query.clone(), Links::of(&call));
        Ok(move |view: &View<'_>| view.activity(&query).map(|listing| links.made(listing)))
    })
    .await
}
