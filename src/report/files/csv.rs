//! The table of a document as CSV.

use crate::record::write_cell;

use super::super::document::Document;
use super::say::{is_number, plain};

/// The header line and the rows.
pub fn csv(document: &Document) -> Vec<u8> {
    let columns = &document.table.columns;
    let mut out = Vec::with_capacity(document.table.rows.len() * columns.len() * 12 + 200);
    for (at, column) in columns.iter().enumerate() {
        comma(&mut out, at);
        write_cell(&mut out, &column.title, true);
    }
    out.extend_from_slice(b"\r\n");
    for row in &document.table.rows {
        for (at, (value, column)) in row.iter().zip(columns).enumerate() {
            comma(&mut out, at);
            // Numbers are ours; text is whatever somebody typed.
            write_cell(&mut out, &plain(value, &column.holds), !is_number(&column.holds));
        }
        out.extend_from_slice(b"\r\n");
    }
    out
}

fn comma(out: &mut Vec<u8>, at: usize) {
    if at > 0 {
        out.push(b',');
    }
}
