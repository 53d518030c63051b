//! Reports: questions about the business, declared as data, each answered in one document.
//!
//! ```text
//!   parameters ─▶ Ask ─▶ Run: stage, stage, stage … ─▶ Document ─▶ screen, CSV, XLSX, PDF
//!                         each a read of its own
//! ```
//!
//! A report asks the engine and nobody else, so it shows nothing that lists and sums would not show.

mod ask;
mod declare;
mod document;
mod files;
mod of;
mod rights;
mod run;
mod tally;

use serde_json::{Value as Json, json};

use crate::kernel::{Error, Result};
use crate::kind::{Access, Registry};

pub use ask::Ask;
pub use declare::{Holds, Report};
pub use document::{Chart, Document, MAX_ROWS};
pub use files::{Printed, csv, pdf, workbook};
pub use of::ALL;
pub use rights::may_export;
pub use run::{Run, Stage};

/// The report of that name.
///
/// # Errors
/// 404 where there is none.
pub fn find(name: &str) -> Result<&'static Report> {
    ALL.iter().copied().find(|report| report.name == name).ok_or_else(|| {
        let names = ALL.iter().map(|report| report.name).collect::<Vec<_>>().join(", ");
        let mut error = Error::not_found();
        if let Error::NotFound(detail) = &mut error {
            detail.message = format!("There is no such report. There are: {names}.").into();
        }
        error
    })
}

/// The reports that there are for this viewer.
pub fn list(registry: &Registry, access: &Access) -> Json {
    let (today, sees) = (access.tenant.today(), rights::Sees { registry, access });
    let mine = ALL.iter().filter(|report| rights::allows(report, registry, access));
    let told = mine.map(|report| {
        json!({
            "name": report.name,
            "title": report.title,
            "about": report.about,
            "chart": report.chart.as_str(),
            "export": may_export(report, registry, access),
            "parameters": sees.parameters(report).map(|p| p.described(today, sees)).collect::<Vec<_>>(),
            "columns": rights::columns(report, registry, access).into_iter().map(|at| {
                let column = &report.columns[at];
                json!({"name": column.name, "title": column.title, "type": column.holds.as_str()})
            }).collect::<Vec<_>>(),
            "stages": report.stages.iter().map(|stage| stage.says).collect::<Vec<_>>(),
        })
    });
    json!({"data": told.collect::<Vec<_>>()})
}
