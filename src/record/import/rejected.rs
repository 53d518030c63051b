//! The rows that come back: a file with the columns of the first one and the reason behind them.
//! Corrected, or with the alias that was missing, it is imported as it is.

use rusqlite::Connection;

use crate::kernel::Result;
use crate::record::export::write_cell;

use super::mapping::REASON;
use super::store::{Import, notes};

/// Rows in one piece.
const PIECE: i64 = 1000;

/// A piece of the file, and where the next one begins; none at the end.
#[derive(Debug)]
pub struct Piece {
    pub bytes: Vec<u8>,
    pub next: Option<i64>,
}

/// Rows after the one given; before the first stands the header. `sort` is `rejected` or `warning`.
pub fn piece(conn: &Connection, import: &Import, sort: &str, after: i64) -> Result<Piece> {
    // The reason of an earlier round makes room for the new one.
    let again = import.columns.last().is_some_and(|c| c.name == REASON && c.field.is_none());
    let width = import.columns.len() - usize::from(again);
    let mut bytes = Vec::with_capacity(64 * 1024);
    if after == 0 {
        let names = import.columns[..width].iter().map(|c| c.name.as_str()).chain([REASON]);
        line(&mut bytes, names);
    }
    let rows = notes(conn, import.id, sort, after, PIECE)?;
    let next = (rows.len() as i64 == PIECE).then(|| rows.last().map(|(row, ..)| *row)).flatten();
    for (_, reason, cells) in &rows {
        let cell = |i: usize| cells.get(i).map_or("", String::as_str);
        // Cells beyond the header follow the reason, so that none is lost.
        let beyond = cells.iter().skip(import.columns.len()).map(String::as_str);
        line(&mut bytes, (0..width).map(cell).chain([reason.as_str()]).chain(beyond));
    }
    Ok(Piece { bytes, next })
}

fn line<'a>(out: &mut Vec<u8>, cells: impl Iterator<Item = &'a str>) {
    for (i, cell) in cells.enumerate() {
        if i > 0 {
            out.push(b',');
        }
        write_cell(out, cell, true);
    }
    out.extend_from_slice(b"\r\n");
}
