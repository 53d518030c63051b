//! Lists that are written into files behind the scenes: asked for, looked after, and fetched.

use std::sync::Arc;

use actix_web::http::{StatusCode, header};
use actix_web::rt;
use actix_web::web::Bytes;
use serde_json::json;
use tokio::sync::mpsc;

use crate::chore::{Chore, Document, EXPORT, ExportOrder};
use crate::kernel::{Error, Moment, Result};
use crate::record::{Exporter, Format, Query};

use super::answer::Answer;
use super::call::Call;
use super::chores::work;
use super::runs::own;
use super::who::Viewer;

pub async fn create(call: Call, viewer: Viewer) -> Result<Answer> {
    let format = Format::parse(call.param("format").unwrap_or("csv"))?;
    let position = call.position()?;
    let query = Query::parse(&call.app.registry, &viewer.access, position, &call.query)?;
    // What cannot be is said now, to whoever still looks.
    viewer.read(&call, move |view| Exporter::new(view, query, format)?.first(view).map(drop)).await?;
    // Whoever comes back for it must be somebody.
    viewer.session()?;
    call.app.memory.check_heavy()?;
    let (kind, now) = (call.app.registry.at(position), Moment::now());
    let order = ExportOrder::of(&viewer.access, kind, format, &call.query, now);
    let chore = work(&call, move |queue| queue.order(order, now)).await?;
    let place = format!("/api/v1/exports/{}", chore.id);
    answer(&chore)?.status(StatusCode::ACCEPTED).with(header::LOCATION, &place)
}

pub async fn show(call: Call, viewer: Viewer) -> Result<Answer> {
    let (chore, _) = own(&call, &viewer, EXPORT).await?;
    answer(&chore)
}

/// The file, piece by piece, no further ahead than the client can follow.
pub async fn file(call: Call, viewer: Viewer) -> Result<Answer> {
    let (chore, document) = own(&call, &viewer, EXPORT).await?;
    let order = ExportOrder::read(&chore.parameters)?;
    let Some(Document { pieces, .. }) = document else {
        let why = if chore.state.is_open() {
            "This file is not ready yet."
        } else {
            "This file is gone. Export the list again."
        };
        return Err(Error::conflict("not_ready", why));
    };
    let (sender, receiver) = mpsc::channel(2);
    let (app, id) = (Arc::clone(&call.app), chore.id);
    rt::spawn(async move {
        for number in 1..=pieces {
            let piece = app.db.read(move |conn| Document::piece(conn, id, number)).await;
            let last = piece.is_err();
            if sender.send(piece.map(Bytes::from)).await.is_err() || last {
                return;
            }
        }
    });
    Answer::stream(Format::parse(&order.format)?.media(), &order.name, receiver)
}

fn answer(chore: &Chore) -> Result<Answer> {
    let order = ExportOrder::read(&chore.parameters)?;
    let made = |name: &str| chore.result.as_ref().map(|result| result[name].clone());
    Ok(Answer::fresh(&json!({
        "id": chore.id.to_string(),
        "kind": order.kind,
        "format": order.format,
        "file_name": order.name,
        "state": chore.state.as_str(),
        "error": chore.error,
        "stream_id": chore.id.to_string(),
        "rows": made("rows"),
        "bytes": made("bytes"),
    })))
}
