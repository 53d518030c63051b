//! Reports: what there is, one of them, one of them as a file.

use std::io::Cursor;
use std::time::Duration;

use crate::cache::{Made, Stamp};
use crate::db::{TableSet, watched};
use crate::kernel::{Error, Moment, Result};
use crate::report::{self, Ask, Document, Run};

use super::answer::Answer;
use super::call::Call;
use super::kept::{Kept, Name, built};
use super::who::{Asked, Viewer};

pub const MEDIA: &[&str] = &[CSV, XLSX, PDF];
const CSV: &str = "text/csv; charset=utf-8";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const PDF: &str = "application/pdf";
/// All reads of a report together, with those before it in the queue.
const PATIENCE: Duration = Duration::from_secs(60);

pub async fn index(call: Call, viewer: Viewer) -> Result<Answer> {
    Ok(Answer::json(report::list(&call.app.registry, &viewer.access).to_string().into_bytes()))
}

pub async fn show(call: Call, viewer: Viewer) -> Result<Answer> {
    let ask = asked(&call, &viewer)?;
    Answer::kept(answered(&call, &viewer, ask).await?)
}

pub async fn export(call: Call, viewer: Viewer) -> Result<Answer> {
    let ask = asked(&call, &viewer)?;
    if !report::may_export(ask.report, &call.app.registry, &viewer.access) {
        return Err(Error::forbidden(format!("You may not save the report \"{}\" as a file.", ask.report.title)));
    }
    let format = call.param("format").unwrap_or("csv");
    let (media, ending) = match format {
        "csv" => (CSV, "csv"),
        "xlsx" => (XLSX, "xlsx"),
        "pdf" => (PDF, "pdf"),
        _ => return Err(Error::query("format", "unknown_value", "Give one of: csv, xlsx, pdf.")),
    };
    call.app.memory.check_heavy()?;
    let name = format!("{}-{}.{ending}", ask.report.name, ask.today);
    let (zone, business) = (viewer.access.tenant.zone.to_string(), viewer.access.tenant.name.to_string());
    let person = viewer.session().map_or("the server", |session| &session.name).to_owned();
    let kept = answered(&call, &viewer, ask).await?;
    let folder = call.app.config.upload_folder();
    let make = move || -> Result<Vec<u8>> {
        let document: Document = serde_json::from_slice(&kept.entry.body).map_err(Error::internal)?;
        match ending {
            "csv" => Ok(report::csv(&document)),
            "xlsx" => {
                std::fs::create_dir_all(&folder).map_err(Error::internal)?;
                let mut out = Cursor::new(Vec::new());
                report::workbook(&document, &folder, &mut out)?;
                Ok(out.into_inner())
            }
            _ => report::pdf(&document, &report::Printed { business, person, zone }),
        }
    };
    let bytes = actix_web::web::block(make).await.map_err(Error::internal)??;
    Answer::download(media, &name, bytes)
}

pub(super) fn asked(call: &Call, viewer: &Viewer) -> Result<Ask> {
    let report = report::find(call.params.get("name").unwrap_or_default())?;
    let params: Vec<_> = call.query.iter().filter(|(name, _)| name != "format").cloned().collect();
    Ask::read(report, &call.app.registry, &viewer.access, &params)
}

/// The document of a question: at hand, or made step by step.
async fn answered(call: &Call, viewer: &Viewer, ask: Ask) -> Result<Kept> {
    let name = Name::of_report(call, viewer, &ask);
    if let Some(found) = name.as_ref().and_then(|name| name.find(&call.app)) {
        return Ok(found);
    }
    call.app.memory.check_heavy()?;
    match name {
        Some(name) => built(call, &name, PATIENCE, made(call, viewer, ask)).await,
        None => made(call, viewer, ask).await.map(|(made, _)| Kept::once(&Asked::of(call, viewer), made)),
    }
}

/// Runs a report. Each step is a read of its own on the heavy reader, so that others get their turn
/// between two of them; what changes meanwhile makes the answer one that is not kept.
async fn made(call: &Call, viewer: &Viewer, ask: Ask) -> Result<(Made, Stamp)> {
    let horizon = call.app.cache.epochs.horizon(viewer.access.tenant.key);
    let mut run = Run::new(ask);
    let mut tables = TableSet::default();
    while run.stage().is_some() {
        let read = viewer.read_heavy(call, move |view| {
            let (stepped, tables) = watched(|| run.step(view));
            stepped.map(|()| (run, tables))
        });
        let (next, more) = read.await?;
        run = next;
        tables |= more;
    }
    // Putting many rows in order takes its time too.
    let put_together = move || run.finish(Moment::now()).to_json();
    let body = actix_web::web::block(put_together).await.map_err(Error::internal)?;
    Ok((Made { body, ..Made::default() }, horizon.stamp(tables)))
}
