//! A list as a workbook, put together row by row in a file without a name.

use std::fs::File;
use std::io::{Seek, SeekFrom};
use std::path::Path;

use rust_xlsxwriter::{Workbook, XlsxError};

use crate::kernel::{Error, Id, Result};

/// Writes the header and then what `next` gives until it gives nothing more. The file is gone as soon as
/// it is closed. `folder` is where it is put together.
pub fn workbook(
    folder: &Path,
    headers: Vec<String>,
    mut next: impl FnMut() -> Result<Option<Vec<Vec<String>>>>,
) -> Result<File> {
    let mut file = unnamed(folder)?;
    let mut workbook = Workbook::new();
    workbook.set_tempdir(folder).map_err(unwritable)?;
    let sheet = workbook.add_worksheet_with_constant_memory().map_err(unwritable)?;
    sheet.write_row(0, 0, headers).map_err(unwritable)?;
    let mut row = 1;
    while let Some(lines) = next()? {
        for line in lines {
            sheet.write_row(row, 0, line).map_err(unwritable)?;
            row += 1;
        }
    }
    workbook.save_to_writer(&mut file).map_err(unwritable)?;
    file.seek(SeekFrom::Start(0)).map_err(Error::internal)?;
    Ok(file)
}

/// A file that nobody else finds, and that is gone as soon as it is closed.
fn unnamed(folder: &Path) -> Result<File> {
    std::fs::create_dir_all(folder).map_err(Error::internal)?;
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
