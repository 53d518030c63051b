//! Takes in the bytes of a file and leaves a CSV file beside the database for as long as the
//! import needs it, so that an import can go on where it was after a restart.

use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::kernel::{Error, Id, Result};

use super::encoding::Guess;
use super::fault::unwritten;
use super::source::{Dialect, sniff};
use super::xlsx;

/// A file may be so large.
pub const MAX_FILE: u64 = 256 << 20;
/// So much of its beginning decides about format and delimiter.
const HEAD: usize = 64 << 10;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FileFormat {
    Csv,
    Xlsx,
}

impl FileFormat {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }
}

/// A file on its way in. Dropped before [`Upload::finish`], it leaves nothing behind.
struct Upload {
    id: Id,
    folder: PathBuf,
    file: BufWriter<File>,
    size: u64,
    head: Vec<u8>,
    guess: Guess,
}

/// A file that lies ready as CSV.
#[derive(Clone, Copy, Debug)]
pub struct Received {
    pub id: Id,
    pub format: FileFormat,
    pub dialect: Dialect,
}

/// Takes a whole file into the folder.
pub fn receive(folder: &Path, mut from: impl Read) -> Result<Received> {
    let mut upload = Upload::begin(folder)?;
    let mut piece = vec![0; HEAD];
    loop {
        match from.read(&mut piece).map_err(Error::internal)? {
            0 => return upload.finish(),
            n => upload.take(&piece[..n])?,
        }
    }
}

/// Where the rows of an import lie.
pub fn spooled(folder: &Path, id: Id) -> PathBuf {
    folder.join(format!("{id}.csv"))
}

impl Upload {
    /// Begins a file in the folder, which is made when it is missing.
    fn begin(folder: &Path) -> Result<Self> {
        let id = Id::new();
        std::fs::create_dir_all(folder).map_err(unwritten)?;
        let file = File::create(part(folder, id)).map_err(unwritten)?;
        Ok(Self {
            id,
            folder: folder.to_owned(),
            file: BufWriter::with_capacity(1 << 16, file),
            size: 0,
            head: Vec::with_capacity(HEAD),
            guess: Guess::default(),
        })
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    /// `TooLarge` past [`MAX_FILE`], `Busy` when the disk is full.
    fn take(&mut self, bytes: &[u8]) -> Result<()> {
        self.size += bytes.len() as u64;
        if self.size > MAX_FILE {
            return Err(Error::too_large(format!(
                "A file may have at most {} MB. Split it and import the parts.",
                MAX_FILE >> 20
            )));
        }
        let room = HEAD - self.head.len();
        self.head.extend_from_slice(&bytes[..bytes.len().min(room)]);
        self.guess.look(bytes);
        self.file.write_all(bytes).map_err(unwritten)
    }

    /// Finds out what the file is and leaves it as CSV at [`spooled`].
    fn finish(mut self) -> Result<Received> {
        self.file.flush().map_err(unwritten)?;
        let (part, spool) = (part(&self.folder, self.id), spooled(&self.folder, self.id));
        if self.head.starts_with(b"PK\x03\x04") {
            xlsx::to_csv(&part, &spool).inspect_err(|_| drop(std::fs::remove_file(&spool)))?;
            return Ok(Received { id: self.id, format: FileFormat::Xlsx, dialect: Dialect::default() });
        }
        if let Some(what) = foreign(&self.head) {
            return Err(Error::invalid("unknown_format", what));
        }
        // A cut row at the end of the head would look ragged.
        let whole = self.head.iter().rposition(|b| *b == b'\n').filter(|_| self.head.len() == HEAD);
        let delimiter = sniff(&self.head[..whole.map_or(self.head.len(), |at| at + 1)]);
        std::fs::rename(part, spool).map_err(Error::internal)?;
        Ok(Received {
            id: self.id,
            format: FileFormat::Csv,
            dialect: Dialect { delimiter, encoding: self.guess.encoding() },
        })
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        // Renamed or never made, there is nothing to remove and nothing to tell.
        drop(std::fs::remove_file(part(&self.folder, self.id)));
    }
}

fn part(folder: &Path, id: Id) -> PathBuf {
    folder.join(format!("{id}.part"))
}

/// What a file that is neither CSV nor XLSX is, and what to do about it.
fn foreign(head: &[u8]) -> Option<&'static str> {
    if head.is_empty() {
        return Some("The file is empty. Its first line must name the columns.");
    }
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        return Some("The file is in UTF-16. Save it as \"CSV UTF-8\" and send it again.");
    }
    if head.starts_with(b"\xd0\xcf\x11\xe0") {
        return Some("This is an old .xls workbook. Save it as .xlsx or CSV and send it again.");
    }
    head.contains(&0).then_some("This is neither a CSV file nor an .xlsx workbook.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::import::encoding::Encoding;

    #[test]
    fn a_file_is_kept_and_its_dialect_known() {
        let folder = tempfile::tempdir().expect("a folder");
        let received = receive(folder.path(), b"name;city\ncaf\xe9;Lyon\n".as_slice()).expect("received");
        assert_eq!(received.dialect, Dialect { delimiter: ';', encoding: Encoding::Windows1252 });
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }

    #[test]
    fn what_is_no_table_is_refused_and_not_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        for bytes in [b"".as_slice(), b"\xff\xfea\0", b"\xd0\xcf\x11\xe0rest", b"\x7fELF\0\0", b"PK\x03\x04broken"] {
            assert!(matches!(receive(folder.path(), bytes), Err(Error::Invalid(_))), "{bytes:?}");
        }
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0);
    }
}
