//! A document as a workbook: the table on one sheet, what it is about on another.

use std::io::{Seek, Write};
use std::path::Path;

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use serde_json::Value as Json;

use crate::kernel::{Error, Result};

use super::super::document::{Document, Heading};
use super::say::{cell, in_unit, is_number};

/// A text cell that is longer is cut by spreadsheets themselves.
const MAX_CELL: usize = 32_767;

/// Writes the workbook. Rows go to a file in `folder` until it is whole, not into memory.
pub fn workbook(document: &Document, folder: &Path, out: &mut (impl Write + Seek + Send)) -> Result<()> {
    write(document, folder, out).map_err(|error| match error {
        XlsxError::IoError(error) => Error::file(folder, &error),
        other => Error::internal(other),
    })
}

fn write(document: &Document, folder: &Path, out: &mut (impl Write + Seek + Send)) -> Result<(), XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_tempdir(folder)?;
    let sheet = workbook.add_worksheet_with_constant_memory();
    table(sheet?.set_name("Table")?, document)?;
    let sheet = workbook.add_worksheet_with_constant_memory();
    about(sheet?.set_name("About")?, document)?;
    workbook.save_to_writer(out)
}

fn table(sheet: &mut Worksheet, document: &Document) -> Result<(), XlsxError> {
    let (bold, money, tenths) =
        (Format::new().set_bold(), Format::new().set_num_format("#,##0.00"), Format::new().set_num_format("#,##0.0"));
    for (at, column) in (0u16..).zip(&document.table.columns) {
        sheet.set_column_width(at, if is_number(&column.holds) { 14 } else { 26 })?;
        sheet.write_string_with_format(0, at, &column.title, &bold)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    for (row, cells) in (1u32..).zip(&document.table.rows) {
        for ((at, value), column) in (0u16..).zip(cells).zip(&document.table.columns) {
            match number(value, column) {
                Some(x) if column.holds == "money" => sheet.write_number_with_format(row, at, x, &money)?,
                Some(x) if x.fract() != 0.0 => sheet.write_number_with_format(row, at, x, &tenths)?,
                Some(x) => sheet.write_number(row, at, x)?,
                // Written as text, never as a formula, whatever it begins with.
                None => sheet.write_string(row, at, text(value, &column.holds))?,
            };
        }
    }
    Ok(())
}

fn about(sheet: &mut Worksheet, document: &Document) -> Result<(), XlsxError> {
    sheet.set_column_width(0, 30)?.set_column_width(1, 60)?;
    let of = |parameter: &Json, name: &str| parameter[name].as_str().unwrap_or_default().to_owned();
    let mut lines = vec![
        (document.title.clone(), document.about.clone()),
        ("Made at".to_owned(), document.made_at.clone()),
        ("As of".to_owned(), document.as_of.clone()),
    ];
    lines.extend(document.parameters.iter().map(|parameter| (of(parameter, "title"), of(parameter, "text"))));
    lines.extend(document.summary.iter().map(|figure| (figure.label.clone(), in_unit(&figure.value, &figure.unit))));
    lines.extend(document.notes.iter().map(|note| ("Note".to_owned(), note.clone())));
    for (row, (label, value)) in (0u32..).zip(lines) {
        sheet.write_string(row, 0, label)?;
        sheet.write_string(row, 1, value)?;
    }
    Ok(())
}

fn number(value: &Json, column: &Heading) -> Option<f64> {
    let x = value.as_f64().filter(|_| is_number(&column.holds))?;
    Some(if column.holds == "money" { x / 100.0 } else { x })
}

fn text(value: &Json, holds: &str) -> String {
    cell(value, holds).chars().take(MAX_CELL).collect()
}
