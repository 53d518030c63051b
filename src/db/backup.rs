//! A backup is a verified copy of the live database: one file that can be opened as it is.
//!
//! The writer copies the pages between its commits; syncing, checking and naming the copy happen on
//! a thread of their own, so that nobody's change waits for a disk that is not the database's.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Instant;

use rusqlite::Connection;

use crate::kernel::{Error, Moment, Result};

use super::{FILE, check, copy, verify};

/// Where backups lie in the data folder.
pub const FOLDER: &str = "backups";

/// A file itself, and what SQLite may keep beside it.
const BESIDE: [&str; 3] = ["", "-wal", "-shm"];

/// What a backup leaves free for changes.
const RESERVE: u64 = 1 << 20;

/// What a finished backup was.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct BackupReport {
    pub path: PathBuf,
    pub bytes: u64,
    pub pages: u64,
    /// How long it took, in milliseconds.
    pub ms: u64,
}

/// The name of a backup made at a moment: `larder-20261121T093000Z.db`.
pub fn name(at: Moment) -> String {
    format!("larder-{}.db", stamp(at))
}

/// The path of a backup made at a moment, or in the seconds after it when that name is taken.
pub fn free_name(folder: &Path, at: Moment) -> PathBuf {
    let mut names = (0..).map(|seconds| folder.join(name(at.plus_s(seconds))));
    names.find(|path| !path.exists()).unwrap_or_else(|| folder.join(name(at)))
}

/// The name of the copy made before migration so and so is applied.
pub fn name_before(migration: u32, at: Moment) -> String {
    format!("before-{migration:04}-{}.db", stamp(at))
}

/// The moment in a backup's name, for those that retention may remove.
pub fn moment(name: &str) -> Option<Moment> {
    let stamp = name.strip_prefix("larder-")?.strip_suffix(".db")?;
    let digits = stamp.bytes().all(|b| b.is_ascii_digit() || b == b'T' || b == b'Z');
    if stamp.len() != 16 || !digits {
        return None;
    }
    let at = |from: usize, to: usize| stamp.get(from..to);
    Moment::parse(&format!("{}-{}-{}T{}:{}:{}Z", at(0, 4)?, at(4, 6)?, at(6, 8)?, at(9, 11)?, at(11, 13)?, at(13, 15)?))
}

fn stamp(at: Moment) -> String {
    at.to_string().split('.').next().unwrap_or_default().replace(['-', ':'], "") + "Z"
}

/// Makes a backup of about so many bytes at `path`, which must not exist yet; `copy` writes the pages
/// to the file that it is given. Whatever goes wrong, nothing unfinished is left behind.
pub fn make(path: &Path, bytes: u64, copy: impl FnOnce(&Path) -> Result<u64>) -> Result<BackupReport> {
    let start = Instant::now();
    let name = path.file_name().and_then(|name| name.to_str()).ok_or_else(|| no_name(path))?;
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if path.exists() {
        return Err(Error::conflict("exists", format!("{} exists already.", path.display())));
    }
    check::make_folder(folder)?;
    leave_room(folder, bytes)?;
    let partial = Partial::new(folder, name)?;
    let pages = copy(&partial.0)?;
    let unusable = |error| Error::file(path, &error);
    File::open(&partial.0).and_then(|file| file.sync_all()).map_err(unusable)?;
    verify::quick(&partial.0, pages)?;
    std::fs::rename(&partial.0, path).map_err(unusable)?;
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(unusable)?;
    let bytes = std::fs::metadata(path).map_err(unusable)?.len();
    let ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    Ok(BackupReport { path: path.to_owned(), bytes, pages, ms })
}

/// Refuses a backup that would take the room that changes need: most backups lie on their disk.
fn leave_room(folder: &Path, bytes: u64) -> Result<()> {
    match check::free_space(folder) {
        Some(free) if free < bytes + RESERVE => Err(Error::busy(
            "disk_full",
            format!(
                "A backup needs {} MB in {}, where {} MB are free. Free some space and try again.",
                (bytes + RESERVE).div_ceil(1_000_000),
                folder.display(),
                free / 1_000_000
            ),
        )),
        _ => Ok(()),
    }
}

/// Removes what a killed server left half made. Only for whoever holds the lock of the data folder.
pub fn sweep(folder: &Path) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| is_partial(&entry.file_name().to_string_lossy())) {
        match std::fs::remove_file(entry.path()) {
            Ok(()) => tracing::info!(path = %entry.path().display(), "removed half a backup"),
            Err(error) => tracing::warn!(path = %entry.path().display(), %error, "half a backup cannot be removed"),
        }
    }
}

/// The copy made before migrating, while nobody else uses the database.
pub fn before_migrating(folder: &Path, connection: &Connection, migration: u32) -> Result<()> {
    let path = folder.join(FOLDER).join(name_before(migration, Moment::now()));
    let bytes = std::fs::metadata(folder.join(FILE)).map_or(0, |file| file.len());
    let report = make(&path, bytes, |to| copy::copy(connection, to, &mut || true))?;
    tracing::info!(path = %report.path.display(), bytes = report.bytes, "copied the database before migrating it");
    Ok(())
}

fn partial_name(name: &str) -> String {
    format!(".{name}.partial")
}

/// What SQLite keeps beside a copy, until it is made one file at the end, counts too.
fn is_partial(name: &str) -> bool {
    name.starts_with('.') && BESIDE.iter().any(|end| name.ends_with(&format!(".db.partial{end}")))
}

/// A file that is removed unless it was renamed.
struct Partial(PathBuf);

impl Partial {
    fn new(folder: &Path, name: &str) -> Result<Self> {
        let path = folder.join(partial_name(name));
        let partial = Self(path);
        partial.remove();
        check::make_file(&partial.0)?;
        Ok(partial)
    }

    fn remove(&self) {
        for end in BESIDE {
            let mut path = self.0.clone().into_os_string();
            path.push(end);
            let _ = std::fs::remove_file(path);
        }
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        self.remove();
    }
}

fn no_name(path: &Path) -> Error {
    Error::invalid("path", format!("{} names no file.", path.display()))
}
