//! The rows of a file, one at a time and never more than one: memory stays flat whatever comes.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use csv::ByteRecord;
use serde::{Deserialize, Serialize};

use crate::kernel::{Error, Result};

use super::encoding::Encoding;

/// A row may be so long. A quote that is opened and never closed would else make the rest of the
/// file one row.
const MAX_ROW: usize = 4 << 20;
pub const MAX_COLUMNS: usize = 500;

/// How the file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dialect {
    pub delimiter: char,
    pub encoding: Encoding,
}

impl Default for Dialect {
    fn default() -> Self {
        Self { delimiter: ',', encoding: Encoding::Utf8 }
    }
}

/// A row of the file.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its number in a spreadsheet: the header is 1.
    pub number: u64,
    pub cells: ByteRecord,
}

/// Reads a spooled CSV file from its beginning.
pub struct Source {
    reader: csv::Reader<Metered<BufReader<File>>>,
    since_row: Arc<AtomicUsize>,
    number: u64,
    encoding: Encoding,
    pub headers: Vec<String>,
}

impl Source {
    pub fn open(path: &Path, dialect: Dialect) -> Result<Self> {
        let file = File::open(path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => {
                Error::conflict("file_gone", "The file of this import is no longer kept. Send it again.")
            }
            _ => Error::internal(error),
        })?;
        let since_row = Arc::new(AtomicUsize::new(0));
        let metered = Metered { inner: BufReader::with_capacity(1 << 16, file), since_row: Arc::clone(&since_row) };
        let reader = builder(dialect.delimiter).from_reader(metered);
        let mut source = Self { reader, since_row, number: 0, encoding: dialect.encoding, headers: Vec::new() };
        source.headers = source.read_headers()?;
        Ok(source)
    }

    fn read_headers(&mut self) -> Result<Vec<String>> {
        let Some(line) = self.next()? else {
            return Err(Error::invalid("empty_file", "The file is empty. Its first line must name the columns."));
        };
        if line.cells.len() > MAX_COLUMNS {
            return Err(Error::invalid("too_many_columns", format!("A file may have at most {MAX_COLUMNS} columns.")));
        }
        let mut headers: Vec<String> = Vec::with_capacity(line.cells.len());
        for (i, cell) in line.cells.iter().enumerate() {
            let text = self.encoding.text(cell).unwrap_or_default();
            let mut name = text.trim_start_matches('\u{feff}').trim().to_owned();
            if name.is_empty() {
                name = format!("column {}", i + 1);
            }
            // Settings speak of columns by name, so each needs one of its own.
            let (plain, mut n) = (name.clone(), 1);
            while headers.contains(&name) {
                n += 1;
                name = format!("{plain} ({n})");
            }
            headers.push(name);
        }
        Ok(headers)
    }

    /// The next row with anything in it. Rows of blank cells are no rows, just as blank lines are not.
    pub fn next(&mut self) -> Result<Option<Line>> {
        let mut cells = ByteRecord::new();
        loop {
            self.since_row.store(0, Ordering::Relaxed);
            if !self.reader.read_byte_record(&mut cells).map_err(unreadable)? {
                return Ok(None);
            }
            self.number += 1;
            if cells.iter().any(|c| !c.trim_ascii().is_empty()) {
                return Ok(Some(Line { number: self.number, cells }));
            }
        }
    }
}

/// A reader of such files; rows may have any number of cells, so that a ragged one is a row to
/// reject and not the end.
pub fn builder(delimiter: char) -> csv::ReaderBuilder {
    let mut builder = csv::ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(u8::try_from(delimiter).unwrap_or(b','));
    builder
}

fn unreadable(error: csv::Error) -> Error {
    let at = error.position().map_or(0, csv::Position::line);
    match error.into_kind() {
        csv::ErrorKind::Io(io) if io.kind() == io::ErrorKind::InvalidData => Error::invalid(
            "row_too_long",
            format!("A row near line {at} is longer than {} MB. Is a closing quote missing?", MAX_ROW >> 20),
        ),
        csv::ErrorKind::Io(io) => Error::internal(io),
        other => Error::invalid("unreadable_file", format!("The file cannot be read near line {at}: {other:?}.")),
    }
}

/// Counts what was read since the last row and stops a row without end.
struct Metered<R> {
    inner: R,
    since_row: Arc<AtomicUsize>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.since_row.load(Ordering::Relaxed) > MAX_ROW {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a row without end"));
        }
        let n = self.inner.read(buffer)?;
        self.since_row.fetch_add(n, Ordering::Relaxed);
        Ok(n)
    }
}

/// The delimiter among `, ; tab |` that cuts the first rows into the most cells alike.
pub fn sniff(head: &[u8]) -> char {
    let worth = |delimiter: char| {
        let rows = Cell::new(0usize);
        let mut width = 0usize;
        let mut alike = 0usize;
        for row in builder(delimiter).from_reader(head).byte_records().map_while(Result::ok).take(50) {
            if rows.get() == 0 {
                width = row.len();
            }
            rows.set(rows.get() + 1);
            alike += usize::from(row.len() == width);
        }
        // The share of rows that agree with the header weighs more than the number of columns.
        if width < 2 { 0 } else { alike * 1000 / rows.get().max(1) * 10 + width.min(MAX_COLUMNS) }
    };
    [',', ';', '\t', '|'].into_iter().rev().max_by_key(|d| worth(*d)).unwrap_or(',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(text: &[u8], delimiter: char) -> (tempfile::NamedTempFile, Result<Source>) {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), text).expect("written");
        let source = Source::open(file.path(), Dialect { delimiter, encoding: Encoding::Utf8 });
        (file, source)
    }

    #[test]
    fn the_delimiter_is_found() {
        assert_eq!(sniff(b"a,b,c\n1,2,3\n"), ',');
        assert_eq!(sniff(b"name;price\n\"x;y\";1,50\nz;2,75\n"), ';');
        assert_eq!(sniff(b"a\tb\n1,5\t2,5\n"), '\t');
        assert_eq!(sniff(b"only one column\nx\n"), ',');
    }

    #[test]
    fn headers_get_names_of_their_own_and_rows_their_numbers() {
        let (_file, source) = open(b"\xef\xbb\xbfname,,name\r\n\r\na,b,c\r\n,,\r\nd,e\r\n", ',');
        let mut source = source.expect("a source");
        assert_eq!(source.headers, ["name", "column 2", "name (2)"]);
        let first = source.next().expect("readable").expect("a row");
        assert_eq!((first.number, first.cells.len()), (2, 3));
        let ragged = source.next().expect("readable").expect("a row");
        assert_eq!((ragged.number, ragged.cells.len()), (4, 2));
        assert!(source.next().expect("readable").is_none());
    }

    #[test]
    fn a_quote_without_end_is_stopped() {
        let mut text = b"name\n\"open".to_vec();
        text.resize(MAX_ROW * 2, b'x');
        let (_file, source) = open(&text, ',');
        let error = source.expect("headers").next().expect_err("too long");
        assert_eq!(error.code(), "row_too_long");
    }

    #[test]
    fn an_empty_file_says_so() {
        let (_file, source) = open(b"\n\n", ',');
        assert_eq!(source.err().map(|e| e.code()), Some("empty_file"));
    }
}
