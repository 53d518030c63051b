//! A workbook's first sheet as CSV. The archive is weighed before anything opens it: a small file
//! can unpack to more than the machine has.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read};
use std::path::Path;

use calamine::{DataRef, Reader, Xlsx};

use crate::kernel::{Error, Result};

use super::fault::unwritten;
use super::source::MAX_COLUMNS;

const MAX_ENTRIES: usize = 1_000;
const MAX_UNPACKED: u64 = 50 << 20;
/// A sheet of one repeated number packs to about 1 : 100; only an attack packs much tighter.
const MAX_RATIO: u64 = 300;
/// Ratios of tiny archives say nothing.
const SMALL: u64 = 1 << 20;
/// So many blank rows in a row end the sheet.
const MAX_GAP: u32 = 10_000;

/// Writes the first sheet of the workbook to a CSV file in UTF-8.
pub fn to_csv(workbook: &Path, csv: &Path) -> Result<()> {
    let size = std::fs::metadata(workbook).map_err(Error::internal)?.len();
    weigh(open(workbook)?, size)?;
    let mut book: Xlsx<_> = Xlsx::new(open(workbook)?).map_err(|e| broken(&e.to_string()))?;
    let names = book.sheet_names();
    let Some(first) = names.first() else { return Err(broken("it has no sheet")) };
    let mut cells = book.worksheet_cells_reader(first).map_err(|e| broken(&e.to_string()))?;

    let out = BufWriter::new(File::create(csv).map_err(unwritten)?);
    let mut sheet = Sheet { out: csv::WriterBuilder::new().flexible(true).from_writer(out), row: None, width: None };
    while let Some(cell) = cells.next_cell().map_err(|e| broken(&e.to_string()))? {
        let (row, column) = cell.get_position();
        let text = text(cell.get_value());
        if !text.is_empty() && !sheet.put(row, column as usize, text)? {
            break;
        }
    }
    sheet.end_row()?;
    sheet.out.flush().map_err(unwritten)
}

fn open(path: &Path) -> Result<BufReader<File>> {
    File::open(path).map(BufReader::new).map_err(Error::internal)
}

fn broken(why: &str) -> Error {
    Error::invalid("unreadable_file", format!("This is not an .xlsx workbook that can be read: {why}."))
}

/// Unpacks everything into nothing and stops at the limits. What an archive says about its own
/// size is not believed.
fn weigh(file: impl Read + io::Seek, packed: u64) -> Result<()> {
    let mut archive = zip::ZipArchive::new(file).map_err(|e| broken(&e.to_string()))?;
    if archive.len() > MAX_ENTRIES {
        return Err(Error::too_large(format!("The workbook is an archive of more than {MAX_ENTRIES} files.")));
    }
    let mut total = 0u64;
    for i in 0..archive.len() {
        let entry = archive.by_index(i).map_err(|e| broken(&e.to_string()))?;
        let left = MAX_UNPACKED - total;
        total += io::copy(&mut entry.take(left + 1), &mut io::sink()).map_err(|e| broken(&e.to_string()))?;
        if total > MAX_UNPACKED || (total > SMALL && total > packed.saturating_mul(MAX_RATIO)) {
            return Err(Error::too_large(format!(
                "The workbook unpacks to more than {} MB. Save the sheet as CSV and import that.",
                MAX_UNPACKED >> 20
            )));
        }
    }
    Ok(())
}

/// The sheet on its way out: one row is held, trailing blank rows are never written.
struct Sheet<W: io::Write> {
    out: csv::Writer<W>,
    row: Option<(u32, Vec<String>)>,
    /// Cells of the first row with anything in it: the header.
    width: Option<usize>,
}

impl<W: io::Write> Sheet<W> {
    /// Puts a cell in its place; false when the sheet ends before it.
    fn put(&mut self, row: u32, column: usize, text: String) -> Result<bool> {
        let at = self.row.as_ref().map(|(at, _)| *at);
        if at.is_some_and(|at| at != row) {
            self.end_row()?;
        }
        if let (Some(at), None) = (at, &self.row) {
            if row.saturating_sub(at) > MAX_GAP {
                return Ok(false);
            }
            // Blank rows between keep the numbers that a spreadsheet shows.
            for _ in at + 1..row {
                self.write(&vec![String::new(); self.width.unwrap_or(1).max(2)])?;
            }
        }
        let (_, cells) = self.row.get_or_insert_with(|| (row, Vec::new()));
        // What stands right of the header is kept as one cell too many, so that the row is seen
        // to be ragged; its distance is not.
        let column = column.min(self.width.unwrap_or(MAX_COLUMNS));
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        cells[column] = text;
        Ok(true)
    }

    fn end_row(&mut self) -> Result<()> {
        let Some((_, mut cells)) = self.row.take() else { return Ok(()) };
        let width = *self.width.get_or_insert(cells.len());
        if cells.len() < width {
            cells.resize(width, String::new());
        }
        self.write(&cells)
    }

    fn write(&mut self, cells: &[String]) -> Result<()> {
        self.out.write_record(cells).map_err(|error| unwritten(error.into()))
    }
}

/// A cell as text: days as `YYYY-MM-DD`, numbers without an exponent and 2.0 as 2.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(n) => n.to_string(),
        DataRef::Float(x) => x.to_string(),
        DataRef::Bool(b) => b.to_string(),
        DataRef::String(s) | DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => s.clone(),
        DataRef::SharedString(s) => (*s).to_owned(),
        DataRef::Error(error) => error.to_string(),
        DataRef::DateTime(moment) if moment.is_duration() => moment.as_f64().to_string(),
        DataRef::DateTime(moment) => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            match (hour, minute, second) {
                (0, 0, 0) => date,
                _ => format!("{date}T{hour:02}:{minute:02}:{second:02}"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn converted(workbook: &mut rust_xlsxwriter::Workbook) -> Result<String> {
        let folder = tempfile::tempdir().expect("a folder");
        let (from, to) = (folder.path().join("in.xlsx"), folder.path().join("out.csv"));
        workbook.save(&from).expect("saved");
        to_csv(&from, &to)?;
        Ok(std::fs::read_to_string(to).expect("written"))
    }

    #[test]
    fn the_first_sheet_becomes_text() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        let date = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
        for (i, name) in ["name", "price", "since", "active"].iter().enumerate() {
            sheet.write(0, i as u16, *name).expect("written");
        }
        sheet.write(1, 0, "A, \"quoted\"").expect("written");
        sheet.write(1, 1, 1234.5).expect("written");
        let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2016, 10, 20).expect("a day");
        sheet.write_with_format(1, 2, &day, &date).expect("written");
        sheet.write(1, 3, true).expect("written");
        sheet.write(3, 0, "after a gap").expect("written");
        sheet.write(4, 9, "far right").expect("written");
        book.add_worksheet().write(0, 0, "another sheet").expect("written");
        assert_eq!(
            converted(&mut book).expect("converted"),
            "name,price,since,active\n\"A, \"\"quoted\"\"\",1234.5,2016-10-20,true\n,,,\nafter a gap,,,\n,,,,far right\n"
        );
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_opened() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("bomb.xlsx");
        let mut archive = zip::ZipWriter::new(File::create(&path).expect("a file"));
        archive.start_file("xl/worksheets/sheet1.xml", zip::write::SimpleFileOptions::default()).expect("an entry");
        let zeros = vec![0u8; 1 << 20];
        for _ in 0..60 {
            archive.write_all(&zeros).expect("written");
        }
        archive.finish().expect("finished");
        let error = to_csv(&path, &folder.path().join("out.csv")).expect_err("refused");
        assert_eq!(error.code(), "too_large");
    }

    #[test]
    fn an_archive_of_thousands_of_files_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("many.xlsx");
        let mut archive = zip::ZipWriter::new(File::create(&path).expect("a file"));
        for i in 0..=MAX_ENTRIES {
            archive.start_file(format!("{i}"), zip::write::SimpleFileOptions::default()).expect("an entry");
        }
        archive.finish().expect("finished");
        assert_eq!(to_csv(&path, &folder.path().join("out.csv")).expect_err("refused").code(), "too_large");
    }
}
