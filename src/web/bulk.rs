//! One request over many records: each is checked, committed and answered for itself, in order.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::db::Ticket;
use crate::kernel::{Error, Id, Result};
use crate::record::{BulkAction, BulkRequest, Idempotency, Planned, Selection, View};

use super::answer::Answer;
use super::call::Call;
use super::problem::{self, status};
use super::repeat;
use super::who::Viewer;

/// Records planned in one read, and waiting at the writer at one time.
const SLICE: usize = 50;

/// What is left to do for one record.
enum Step {
    Change(Planned),
    /// An earlier request with the same key did it.
    Replayed(Done),
}

/// A record as it stands after its part of the request.
struct Done {
    id: Id,
    version: Option<i64>,
    replayed: bool,
}

/// With an `Idempotency-Key` each record has a key of its own, so that a repeat does only what is
/// left to do.
pub async fn run(call: Call, viewer: Viewer) -> Result<Answer> {
    let (position, kind) = (call.position()?, call.kind()?.name);
    let (key, request) = (repeat::key(&call)?, Arc::new(BulkRequest::parse(&call.body.object()?)?));
    let (mut results, mut replayed) = (Vec::with_capacity(request.items.len()), true);
    for start in (0..request.items.len()).step_by(SLICE) {
        let end = request.items.len().min(start + SLICE);
        let (slice, keys) = (Arc::clone(&request), key.clone());
        let steps = viewer.read(&call, move |view| {
            let step = |i| step(view, position, kind, &slice, i, keys.as_ref().map(|key| key.of_item(i)));
            Ok((start..end).map(step).collect::<Vec<_>>())
        });
        // All of a slice is handed to the writer before the first is waited for: one group commit.
        let begun: Vec<_> = steps.await?.into_iter().map(|step| step.map(|step| begin(&call, step))).collect();
        for (i, begun) in (start..end).zip(begun) {
            let outcome = match begun {
                Ok((done, Some(ticket))) => {
                    let key = key.as_ref().map(|key| key.of_item(i));
                    let earlier = repeat::settle(&call, &viewer, key, ticket.await).await;
                    earlier.map(|earlier| match earlier {
                        Some(id) => Done { id, version: None, replayed: true },
                        None => done,
                    })
                }
                Ok((done, None)) => Ok(done),
                Err(error) => Err(error),
            };
            replayed &= matches!(outcome, Ok(Done { replayed: true, .. }));
            results.push(match outcome {
                Ok(done) => done.shown(request.action),
                Err(error) => refused(request.items[i].id, &error, &call.request_id),
            });
        }
    }
    Ok(repeat::mark(replayed, Answer::fresh(&json!({ "results": results }))))
}

fn step(
    view: &View<'_>,
    position: usize,
    kind: &'static str,
    request: &BulkRequest,
    i: usize,
    key: Option<Idempotency>,
) -> Result<Step> {
    let Some(key) = key else { return view.plan_bulk(position, request.action, &request.items[i]).map(Step::Change) };
    if let Some(id) = key.earlier(view)? {
        let version = view.get(position, id, &Selection::whole()).ok().map(|found| found.version);
        return Ok(Step::Replayed(Done { id, version, replayed: true }));
    }
    let mut planned = view.plan_bulk(position, request.action, &request.items[i])?;
    key.remember(view, &mut planned.change, kind, planned.id);
    Ok(Step::Change(planned))
}

/// Hands a change to the writer, where there is one.
fn begin(call: &Call, step: Step) -> (Done, Option<Ticket<()>>) {
    match step {
        Step::Replayed(done) => (done, None),
        Step::Change(planned) => {
            let done = Done { id: planned.id, version: Some(planned.version), replayed: false };
            (done, (!planned.unchanged).then(|| call.app.db.write(planned.change)))
        }
    }
}

impl Done {
    fn shown(&self, action: BulkAction) -> Value {
        let status = if action == BulkAction::Create { 201 } else { 200 };
        let mut line = json!({"id": self.id.to_string(), "status": status});
        if let Some(version) = self.version {
            line["version"] = version.into();
        }
        line
    }
}

fn refused(id: Id, error: &Error, request_id: &str) -> Value {
    json!({"id": id.to_string(), "status": status(error).as_u16(), "problem": problem::members(error, request_id)})
}
