//! Any list as a file: CSV, a workbook, or JSON lines.
//!
//! The list is read in pieces of its own, so that whoever reads slowly holds up nobody; a workbook
//! can only be sent once it is whole, and is put together in a file without a name.

use std::fs::File;
use std::sync::Arc;

use actix_web::rt;
use actix_web::web::Bytes;
use tokio::sync::mpsc;

use crate::kernel::{Error, Moment, Result};
use crate::kind::Access;
use crate::record::{Exporter, Format, Query, View, workbook};

use super::answer::Answer;
use super::app::App;
use super::call::Call;
use super::who::Viewer;

pub const MEDIA: &[&str] = Format::MEDIA;

pub async fn show(call: Call, viewer: Viewer) -> Result<Answer> {
    let format = Format::parse(call.param("format").unwrap_or("csv"))?;
    call.app.memory.check_heavy()?;
    let position = call.position()?;
    let query = Query::parse(&call.app.registry, &viewer.access, position, &call.query)?;
    // The first piece is read before anything is sent: once the status is out, a filter that cannot
    // be could only break the answer off.
    let first = viewer.read(&call, move |view| {
        let mut exporter = Exporter::new(view, query, format)?;
        let bytes = if format == Format::Cells { Vec::new() } else { exporter.first(view)? };
        Ok((exporter, bytes))
    });
    let (exporter, bytes) = first.await?;
    let name = format.file_name(call.app.registry.at(position), &viewer.access.tenant, Moment::now());
    let (app, access) = (Arc::clone(&call.app), Arc::clone(&viewer.access));
    if format == Format::Cells {
        let made = actix_web::web::block(move || whole(&app, &access, exporter)).await.map_err(Error::internal)?;
        return Answer::file(format.media(), &name, made?);
    }
    let (sender, pieces) = mpsc::channel(2);
    rt::spawn(send(app, access, exporter, bytes, sender));
    Answer::stream(format.media(), &name, pieces)
}

/// Reads piece after piece, no further ahead than the client can follow.
async fn send(
    app: Arc<App>,
    access: Arc<Access>,
    mut exporter: Exporter,
    first: Vec<u8>,
    to: mpsc::Sender<Result<Bytes>>,
) {
    if to.send(Ok(first.into())).await.is_err() {
        return;
    }
    while !exporter.done {
        let (registry, access) = (Arc::clone(&app.registry), Arc::clone(&access));
        let read = app.db.read(move |conn| {
            let bytes = exporter.next(&View::new(conn, &registry, &access))?;
            Ok((exporter, bytes))
        });
        let bytes = match read.await {
            Ok((next, bytes)) => {
                exporter = next;
                Ok(bytes.into())
            }
            Err(error) => {
                let _ = to.send(Err(error)).await;
                return;
            }
        };
        if to.send(bytes).await.is_err() {
            return;
        }
    }
}

/// The same rows as a workbook.
fn whole(app: &App, access: &Arc<Access>, mut exporter: Exporter) -> Result<File> {
    let headers = exporter.headers();
    workbook(&app.config.upload_folder(), headers, || {
        if exporter.done {
            return Ok(None);
        }
        let (registry, access, mut walker) = (Arc::clone(&app.registry), Arc::clone(access), exporter.clone());
        let read = app.db.read(move |conn| {
            let cells = walker.next_cells(&View::new(conn, &registry, &access))?;
            Ok((walker, cells))
        });
        let (next, cells) = read.wait()?;
        exporter = next;
        Ok(Some(cells))
    })
}
