//! The table of a document, over as many pages as it takes, its headings on each.

use super::super::say::{cell, is_number};
use super::sheet::{BLACK, GREY, MARGIN, PALE, RULE, Sheets};
use crate::report::document::{Heading, Table};

const SIZE: f32 = 8.5;
const LEADING: f32 = 11.0;
/// Between the text of two columns.
const GAP: f32 = 10.0;
/// A column asks for no more by itself.
const WIDEST: f32 = 210.0;
const NARROWEST: f32 = 34.0;
/// Lines of one row.
const MOST_LINES: usize = 4;
/// The widths are those of so many rows.
const LOOKED_AT: usize = 300;
/// Nobody reads more on paper.
pub const MAX_PRINTED: usize = 2_000;

pub fn draw(sheets: &mut Sheets<'_>, table: &Table) {
    let widths = widths(sheets, table);
    head(sheets, table, &widths);
    for row in table.rows.iter().take(MAX_PRINTED) {
        let cells = row.iter().zip(&table.columns).zip(&widths);
        let cells: Vec<Vec<String>> = cells
            .map(|((value, column), width)| {
                let text = cell(value, &column.holds);
                if is_number(&column.holds) {
                    vec![text]
                } else {
                    sheets.face.wrap(&text, SIZE, width - GAP, MOST_LINES)
                }
            })
            .collect();
        let lines = cells.iter().map(Vec::len).max().unwrap_or(1).max(1);
        let height = lines as f32 * LEADING + 5.0;
        if !sheets.fits(height) {
            sheets.turn();
            head(sheets, table, &widths);
        }
        let y = sheets.y + LEADING;
        write(sheets, &table.columns, &widths, &cells, y);
        sheets.y += height;
        sheets.block(MARGIN, sheets.y, sheets.room(), 0.4, RULE);
    }
}

fn head(sheets: &mut Sheets<'_>, table: &Table, widths: &[f32]) {
    let titles: Vec<Vec<String>> = table
        .columns
        .iter()
        .zip(widths)
        .map(|(column, width)| sheets.face.wrap(&column.title, SIZE, width - GAP, 3))
        .collect();
    let lines = titles.iter().map(Vec::len).max().unwrap_or(1);
    let height = lines as f32 * LEADING + 7.0;
    if !sheets.fits(height + 3.0 * LEADING) {
        sheets.turn();
    }
    let y = sheets.y;
    sheets.block(MARGIN, y, sheets.room(), height, PALE);
    let mut x = MARGIN;
    for ((title, column), width) in titles.iter().zip(&table.columns).zip(widths) {
        for (at, line) in title.iter().enumerate() {
            let y = y + LEADING + 1.0 + at as f32 * LEADING;
            match is_number(&column.holds) {
                true => sheets.text_before(x + width - GAP / 2.0, y, SIZE, GREY, line),
                false => sheets.text(x + GAP / 2.0, y, SIZE, GREY, line),
            }
        }
        x += width;
    }
    sheets.y += height;
}

fn write(sheets: &mut Sheets<'_>, columns: &[Heading], widths: &[f32], cells: &[Vec<String>], y: f32) {
    let mut x = MARGIN;
    for ((lines, column), width) in cells.iter().zip(columns).zip(widths) {
        for (at, line) in lines.iter().enumerate() {
            let y = y + at as f32 * LEADING;
            match is_number(&column.holds) {
                true => sheets.text_before(x + width - GAP / 2.0, y, SIZE, BLACK, line),
                false => sheets.text(x + GAP / 2.0, y, SIZE, BLACK, line),
            }
        }
        x += width;
    }
}

/// As wide as their texts ask for, and together as wide as the page: what is left over or missing is
/// the texts' matter, as numbers cannot be cut.
fn widths(sheets: &Sheets<'_>, table: &Table) -> Vec<f32> {
    let asked = |(at, column): (usize, &Heading)| {
        let number = is_number(&column.holds);
        let word = |text: &str| text.split_whitespace().map(|w| sheets.face.width(w, SIZE)).fold(0.0, f32::max);
        let title = if number { word(&column.title) } else { sheets.face.width(&column.title, SIZE) };
        let cells = table.rows.iter().take(LOOKED_AT).filter_map(|row| row.get(at));
        let widest = cells.map(|value| sheets.face.width(&cell(value, &column.holds), SIZE)).fold(title, f32::max);
        (widest.clamp(NARROWEST, WIDEST) + GAP, number)
    };
    let asked: Vec<(f32, bool)> = table.columns.iter().enumerate().map(asked).collect();
    let sum = |numbers: bool| asked.iter().filter(|(_, n)| *n == numbers).map(|(w, _)| w).sum::<f32>();
    let (numbers, texts) = (sum(true), sum(false));
    let room = sheets.room();
    let (of_numbers, of_texts) = match room - numbers {
        left if texts == 0.0 || left < 0.2 * room => (room / (numbers + texts), room / (numbers + texts)),
        // Two short columns need not stand at the two edges of the page.
        left if left > texts => (1.0 + 0.5 * (left - texts) / numbers.max(1.0), 1.0 + 0.5 * (left - texts) / texts),
        left => (1.0, left / texts),
    };
    asked.iter().map(|(width, number)| width * if *number { of_numbers } else { of_texts }).collect()
}
