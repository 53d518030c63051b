//! Reports that are worked out behind the scenes: asked for, and what came of them.

use actix_web::http::{StatusCode, header};
use serde_json::{Map, json};

use crate::chore::{Chore, Document, REPORT, ReportOrder};
use crate::kernel::{Error, Moment, Result};

use super::answer::{Answer, JSON};
use super::call::Call;
use super::chores::work;
use super::kept::Name;
use super::reports::asked;
use super::runs::{mine, own};
use super::who::Viewer;

pub async fn create(call: Call, viewer: Viewer) -> Result<Answer> {
    let ask = asked(&call, &viewer)?;
    // Whoever comes back for it must be somebody.
    viewer.session()?;
    let name = Name::of_report(&call, &viewer, &ask);
    if let Some(found) = name.as_ref().and_then(|name| name.find(&call.app)) {
        return Answer::kept(found);
    }
    call.app.memory.check_heavy()?;
    // What cannot be is said now, to whoever still looks.
    let mut named = ask.clone();
    viewer.read(&call, move |view| named.name_records(view)).await?;
    let order = ReportOrder::of(&call.app.household, &viewer.access, &ask, name.as_ref().map(Name::key));
    let chore = work(&call, move |queue| queue.order(order, Moment::now())).await?;
    let place = format!("/api/v1/reports/runs/{}", chore.id);
    answer(&chore, None)?.status(StatusCode::ACCEPTED).with(header::LOCATION, &place)
}

pub async fn show(call: Call, viewer: Viewer) -> Result<Answer> {
    let (chore, document) = own(&call, &viewer, REPORT).await?;
    let id = chore.id;
    let body = match document {
        Some(_) => Some(viewer.read(&call, move |view| Document::piece(view.conn, id, 1)).await?),
        None => None,
    };
    answer(&chore, body)
}

/// Whoever asked has no more use for it. It ends, unless another window of theirs waits for it too:
/// the stream of the one that leaves may still be open.
pub async fn leave(call: Call, viewer: Viewer) -> Result<Answer> {
    let id = call.id()?;
    let chore = viewer.read(&call, move |view| mine(view, id, REPORT)).await?;
    if chore.state.is_open() && call.app.streams.hub.listeners(id) <= 1 {
        match work(&call, move |queue| queue.cancel(id, Moment::now())).await {
            // It ended or went on by then, which is as good.
            Ok(_) | Err(Error::Conflict(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(Answer::no_content())
}

fn answer(chore: &Chore, document: Option<Vec<u8>>) -> Result<Answer> {
    let (report, order) = ReportOrder::read(&chore.parameters)?;
    let parameters: Map<_, _> = order.parameters.into_iter().map(|(name, value)| (name, value.into())).collect();
    let told = json!({
        "id": chore.id.to_string(),
        "report": report,
        "parameters": parameters,
        "state": chore.state.as_str(),
        "error": chore.error,
        "stream_id": chore.id.to_string(),
    });
    // The document goes out as it was made.
    let mut body = told.to_string().into_bytes();
    body.pop();
    body.extend_from_slice(b",\"document\":");
    body.extend(document.unwrap_or_else(|| b"null".to_vec()));
    body.push(b'}');
    Ok(Answer::new(StatusCode::OK, JSON, body))
}
