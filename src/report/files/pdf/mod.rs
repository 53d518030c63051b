//! A document on paper: A4, lying where the table is wide.

mod chart;
mod face;
mod sheet;
mod table;

use krilla::metadata::Metadata;

use crate::kernel::{Error, Moment, Result};

use super::super::document::Document;
use super::say::in_unit;

use face::Face;
use sheet::{BLACK, GREY, MARGIN, Sheets};
use table::MAX_PRINTED;

/// More columns than this lie better than they stand.
const UPRIGHT: usize = 7;

/// For whom it is printed.
pub struct Printed {
    pub business: String,
    pub person: String,
    /// The tenant's clocks.
    pub zone: String,
}

/// The bytes of the PDF.
pub fn pdf(document: &Document, printed: &Printed) -> Result<Vec<u8>> {
    let file = face::unpacked()?;
    let face = Face::new(&file)?;
    let mut sheets = Sheets::new(&face, document.table.columns.len() > UPRIGHT);
    head(&mut sheets, document, printed);
    figures(&mut sheets, document);
    if let Some(chart) = &document.chart {
        chart::draw(&mut sheets, chart);
    }
    if document.table.rows.is_empty() {
        paragraph(&mut sheets, 10.0, "There is nothing to show for these choices.");
    } else {
        sheets.y += 8.0;
        table::draw(&mut sheets, &document.table);
    }
    notes(&mut sheets, document);
    let mut out = krilla::Document::new();
    out.set_metadata(
        Metadata::new().title(document.title.clone()).authors(vec![printed.person.clone()]).language("en".to_owned()),
    );
    sheets.print(&mut out, &format!("{} · {}", printed.business, document.title));
    out.finish().map_err(|error| Error::internal(format!("the PDF cannot be written: {error:?}")))
}

fn head(sheets: &mut Sheets<'_>, document: &Document, printed: &Printed) {
    let y = sheets.y + 4.0;
    sheets.text(MARGIN, y, 9.0, GREY, &printed.business);
    sheets.text(MARGIN, y + 26.0, 20.0, BLACK, &document.title);
    sheets.y = y + 32.0;
    paragraph(sheets, 9.5, &document.about);
    let asked = document.parameters.iter().map(|p| {
        let of = |name: &str| p[name].as_str().unwrap_or_default();
        format!("{}: {}", of("title"), of("text"))
    });
    let asked = asked.collect::<Vec<_>>().join("   ·   ");
    if !asked.is_empty() {
        paragraph(sheets, 9.5, &asked);
    }
    let made = Moment::parse(&document.made_at).unwrap_or(Moment(0));
    let made = format!(
        "Made on {} ({}) by {}, as of {}",
        made.told_in(&printed.zone),
        printed.zone,
        printed.person,
        document.as_of
    );
    paragraph(sheets, 9.5, &made);
    sheets.y += 8.0;
    let y = sheets.y;
    sheets.rule(y);
}

fn paragraph(sheets: &mut Sheets<'_>, size: f32, text: &str) {
    for line in sheets.face.wrap(text, size, sheets.room(), 4) {
        if !sheets.fits(size + 5.0) {
            sheets.turn();
        }
        sheets.y += size + 4.5;
        let y = sheets.y;
        sheets.text(MARGIN, y, size, GREY, &line);
    }
}

/// The figures side by side, in as many lines as they take.
fn figures(sheets: &mut Sheets<'_>, document: &Document) {
    const WIDTH: f32 = 118.0;
    let in_line = ((sheets.room() / WIDTH) as usize).max(1);
    for line in document.summary.chunks(in_line) {
        let y = sheets.y;
        for (at, figure) in line.iter().enumerate() {
            let x = MARGIN + at as f32 * (sheets.room() / in_line as f32);
            let label = sheets.face.fit(&figure.label, 8.5, WIDTH - 8.0);
            sheets.text(x, y + 18.0, 8.5, GREY, &label);
            let value = in_unit(&figure.value, &figure.unit);
            let size = if sheets.face.width(&value, 14.0) > WIDTH - 8.0 { 10.5 } else { 14.0 };
            let value = sheets.face.fit(&value, size, WIDTH - 4.0);
            sheets.text(x, y + 35.0, size, BLACK, &value);
        }
        sheets.y += 42.0;
    }
}

fn notes(sheets: &mut Sheets<'_>, document: &Document) {
    sheets.y += 8.0;
    if document.table.rows.len() > MAX_PRINTED {
        let all = document.table.rows.len();
        paragraph(
            sheets,
            8.5,
            &format!("The first {MAX_PRINTED} of {all} rows are printed; CSV and XLSX hold them all."),
        );
    }
    document.notes.iter().for_each(|note| paragraph(sheets, 8.5, note));
}
