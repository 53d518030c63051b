//! Any list as a file: CSV, a workbook, or JSON lines.
//!
//! The list is read in pieces of its own, so that whoever reads slowly holds up nobody; a workbook
//! can only be sent once it is whole, and is put together in a file without a name.

use std::fs::File;
use std::io::{Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;

use actix_web::rt;
use actix_web::web::Bytes;
use rust_xlsxwriter::{Workbook, XlsxError};
use tokio::sync::mpsc;

use crate::kernel::{Error, Id, Moment, Result};
use crate::kind::Access;
use crate::record::{Exporter, Format, Query, View};

use super::answer::Answer;
use super::app::App;
use super::body::upload_folder;
use super::call::Call;
use super::who::Viewer;

pub const MEDIA: &[&str] = &[CSV, XLSX, JSON_LINES];
const CSV: &str = "text/csv; charset=utf-8";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const JSON_LINES: &str = "application/x-ndjson";

pub async fn show(call: Call, viewer: Viewer) -> Result<Answer> {
    let (format, media, ending) = match call.param("format").unwrap_or("csv") {
        "csv" => (Format::Csv, CSV, "csv"),
        "xlsx" => (Format::Cells, XLSX, "xlsx"),
        "jsonl" => (Format::JsonLines, JSON_LINES, "jsonl"),
        _ => return Err(Error::query("format", "unknown_value", "Give one of: csv, xlsx, jsonl.")),
    };
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
    let day = Moment::now().day_in(&viewer.access.tenant.zone);
    let name = format!("{}-{day}.{ending}", call.app.registry.at(position).name);
    let (app, access) = (Arc::clone(&call.app), Arc::clone(&viewer.access));
    if format == Format::Cells {
        let made = actix_web::web::block(move || workbook(&app, &access, exporter)).await.map_err(Error::internal)?;
        return Answer::file(media, &name, made?);
    }
    let (sender, pieces) = mpsc::channel(2);
    rt::spawn(send(app, access, exporter, bytes, sender));
    Answer::stream(media, &name, pieces)
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

/// Writes a workbook row by row into a file that is gone as soon as it is closed.
fn workbook(app: &App, access: &Arc<Access>, mut exporter: Exporter) -> Result<File> {
    let mut file = unnamed(app)?;
    let mut workbook = Workbook::new();
    workbook.set_tempdir(upload_folder(&app.config.data)).map_err(unwritable)?;
    let sheet = workbook.add_worksheet_with_constant_memory().map_err(unwritable)?;
    let headers: Vec<String> = exporter.columns.iter().map(|column| column.header.clone()).collect();
    sheet.write_row(0, 0, headers).map_err(unwritable)?;
    let mut row = 1;
    while !exporter.done {
        let (registry, access) = (Arc::clone(&app.registry), Arc::clone(access));
        let read = app.db.read(move |conn| {
            let cells = exporter.next_cells(&View::new(conn, &registry, &access))?;
            Ok((exporter, cells))
        });
        let (next, cells) = read.wait()?;
        exporter = next;
        for line in cells {
            sheet.write_row(row, 0, line).map_err(unwritable)?;
            row += 1;
        }
    }
    workbook.save_to_writer(&mut file).map_err(unwritable)?;
    file.seek(SeekFrom::Start(0)).map_err(Error::internal)?;
    Ok(file)
}

fn unnamed(app: &App) -> Result<File> {
    let folder = upload_folder(&app.config.data);
    std::fs::create_dir_all(&folder).map_err(Error::internal)?;
    let path = folder.join(Id::new().to_string());
    let file = File::options().read(true).write(true).create_new(true).open(&path).map_err(Error::internal)?;
    std::fs::remove_file(&path).map_err(Error::internal)?;
    Ok(file)
}

fn unwritable(error: XlsxError) -> Error {
    match error {
        XlsxError::RowColumnLimitError => Error::invalid(
            "too_many_rows",
            "A workbook holds at most 1,048,576 rows. Narrow the list, or export it as CSV.",
        ),
        XlsxError::IoError(error) => Error::file(Path::new("The workbook"), &error),
        other => Error::internal(other),
    }
}
