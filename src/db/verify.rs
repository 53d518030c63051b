//! Says whether a database file is sound: for `larder verify`, for doctors, and for each backup.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::kernel::{Error, Result};

use super::check;
use super::fault::{DAMAGED, damaged, fault};
use super::migrate::{self, Migrated, Migration};

/// At most so many complaints of each sort are reported.
const COMPLAINTS: usize = 100;

/// What is known of a database file after every page of it was read.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Report {
    pub path: PathBuf,
    /// What SQLite finds wrong with the file; empty when all is well.
    pub integrity: Vec<String>,
    /// References to records that do not exist.
    pub references: Vec<String>,
    /// Why this program would not open it, such as having been made by a newer one.
    pub refusal: Option<String>,
    pub migrations: Vec<Migrated>,
    /// Rows in each table.
    pub counts: Vec<(String, u64)>,
}

impl Report {
    pub fn is_sound(&self) -> bool {
        self.integrity.is_empty() && self.references.is_empty() && self.refusal.is_none()
    }
}

/// Reads all of a database or backup. The file may be in use by a server meanwhile, but not by
/// this process: give it files that no [`super::Db`] here has open.
pub fn verify(path: &Path) -> Result<Report> {
    verify_with(path, migrate::MIGRATIONS)
}

pub fn verify_with(path: &Path, migrations: &[Migration]) -> Result<Report> {
    let mut report = Report {
        path: path.to_owned(),
        integrity: Vec::new(),
        references: Vec::new(),
        refusal: None,
        migrations: Vec::new(),
        counts: Vec::new(),
    };
    let connection = match open(path) {
        Err(error) if error.code() == DAMAGED => {
            return Ok(Report { integrity: vec!["its first page cannot be read".to_owned()], ..report });
        }
        opened => opened?,
    };
    report.integrity = complaints(&connection, "PRAGMA integrity_check(100)", "ok")?;
    report.refusal = migrate::check(&connection, migrations).err().map(|error| error.to_string());
    report.migrations = migrate::status(&connection, migrations).unwrap_or_default();
    // A damaged file may answer the rest with nonsense.
    if report.integrity.is_empty() {
        report.references = complaints(
            &connection,
            &format!(
                "SELECT printf('%s row %s refers to no row of %s', \"table\", rowid, parent) \
             FROM pragma_foreign_key_check LIMIT {COMPLAINTS}"
            ),
            "",
        )?;
        report.counts = counts(&connection).map_err(fault)?;
    }
    Ok(report)
}

/// Runs `f` over a database or backup, with the care of [`verify`].
pub fn look<T>(path: &Path, f: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
    f(&open(path)?)
}

/// Every migration of a database that a server may be using, for `larder migrate --status`.
pub fn status(path: &Path) -> Result<Vec<Migrated>> {
    migrate::status(&open(path)?, migrate::MIGRATIONS)
}

/// The shorter check that each backup of so many pages passes before it gets its name.
pub fn quick(path: &Path, pages: u64) -> Result<()> {
    let connection = open(path)?;
    let mut found = complaints(&connection, "PRAGMA quick_check(1)", "ok")?;
    // Nothing is wrong with an empty file, except that it is no copy.
    let copied: u32 = connection.query_row("PRAGMA page_count", [], |row| row.get(0)).map_err(fault)?;
    if u64::from(copied) != pages {
        found.push(format!("{copied} pages instead of {pages}"));
    }
    let Some(complaint) = found.first() else { return Ok(()) };
    tracing::error!(path = %path.display(), complaint, "the database is damaged");
    Err(damaged())
}

fn open(path: &Path) -> Result<Connection> {
    check::is_database(path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(fault)?;
    connection.busy_timeout(Duration::from_secs(5)).map_err(fault)?;
    connection.execute_batch("PRAGMA cache_size=-4096; PRAGMA trusted_schema=0; PRAGMA mmap_size=0").map_err(fault)?;
    Ok(connection)
}

/// The first column of what a check says, apart from the word that means all is well. That the file
/// is too damaged for the check is a complaint too; a disk that fails says nothing against the file.
fn complaints(connection: &Connection, sql: &str, fine: &str) -> Result<Vec<String>> {
    let read = || connection.prepare(sql)?.query_map([], |row| row.get::<_, String>(0))?.collect();
    let found: rusqlite::Result<Vec<_>> = read();
    match found {
        Ok(found) => Ok(found.into_iter().filter(|line| line != fine).collect()),
        Err(error) => match (error.to_string(), fault(error)) {
            (_, error @ Error::Busy(_)) if error.code() != DAMAGED => Err(error),
            (complaint, _) => Ok(vec![complaint]),
        },
    }
}

/// Rows in each table that holds records; not those inside the search index, nor of what it has
/// still to follow, which changes without anybody changing anything.
fn counts(connection: &Connection) -> rusqlite::Result<Vec<(String, u64)>> {
    let tables: Vec<String> = connection
        .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> 'search_dirty' ORDER BY name")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    tables
        .into_iter()
        .map(|table| {
            let sql = format!("SELECT count(*) FROM \"{}\"", table.replace('"', "\"\""));
            let rows: i64 = connection.query_row(&sql, [], |row| row.get(0))?;
            Ok((table, u64::try_from(rows).unwrap_or(0)))
        })
        .collect()
}
