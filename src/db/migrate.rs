//! Forward-only migrations, and the ledger of those that made the database what it is.

use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};

use crate::kernel::{Error, Moment, Result};

use super::{fault, group};

/// A migration: its file name `NNNN_what-it-does.sql` and its text.
pub type Migration = (&'static str, &'static str);

/// Every migration: its file name and text, in order.
pub const MIGRATIONS: &[Migration] = &[
    ("0001_base.sql", include_str!("../../migrations/0001_base.sql")),
    ("0002_people_and_lists.sql", include_str!("../../migrations/0002_people_and_lists.sql")),
    ("0003_catalogue.sql", include_str!("../../migrations/0003_catalogue.sql")),
    ("0004_customers.sql", include_str!("../../migrations/0004_customers.sql")),
    ("0005_field_work.sql", include_str!("../../migrations/0005_field_work.sql")),
    ("0006_about_records.sql", include_str!("../../migrations/0006_about_records.sql")),
    ("0007_moves.sql", include_str!("../../migrations/0007_moves.sql")),
    ("0008_search.sql", include_str!("../../migrations/0008_search.sql")),
    ("0009_logins_end.sql", include_str!("../../migrations/0009_logins_end.sql")),
    ("0010_what_clients_see.sql", include_str!("../../migrations/0010_what_clients_see.sql")),
    ("0011_views_and_recents.sql", include_str!("../../migrations/0011_views_and_recents.sql")),
    ("0012_files.sql", include_str!("../../migrations/0012_files.sql")),
    ("0013_alerts.sql", include_str!("../../migrations/0013_alerts.sql")),
    ("0014_streams_and_chores.sql", include_str!("../../migrations/0014_streams_and_chores.sql")),
    ("0015_locks.sql", include_str!("../../migrations/0015_locks.sql")),
    ("0016_statistics.sql", include_str!("../../migrations/0016_statistics.sql")),
    ("0017_notifications.sql", include_str!("../../migrations/0017_notifications.sql")),
    ("0018_open_and_completed_work.sql", include_str!("../../migrations/0018_open_and_completed_work.sql")),
    ("0019_report_documents.sql", include_str!("../../migrations/0019_report_documents.sql")),
    (
        "0020_documents_and_cancelled_imports.sql",
        include_str!("../../migrations/0020_documents_and_cancelled_imports.sql"),
    ),
    ("0021_what_is_kept.sql", include_str!("../../migrations/0021_what_is_kept.sql")),
    ("0022_portal.sql", include_str!("../../migrations/0022_portal.sql")),
    ("0023_webhooks.sql", include_str!("../../migrations/0023_webhooks.sql")),
];

/// "LRDR" in the file's header tells Larder's databases from others.
const APPLICATION_ID: i32 = 0x4C52_4452;

const LEDGER: &str = "CREATE TABLE migrations (
    -- What made this database. A changed or unknown migration is refused rather than guessed at.
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    applied_at INTEGER NOT NULL
) STRICT";

/// One migration as `larder migrate --status` shows it.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Migrated {
    pub number: u32,
    pub name: String,
    /// Milliseconds since 1970; `None` while it is pending.
    pub applied_at: Option<i64>,
}

/// Brings the database to the newest version: all pending migrations or none of them. A database
/// in use is copied first, by `copy`, which is told the number of the first pending migration.
pub fn run(connection: &Connection, migrations: &[Migration], copy: impl FnOnce(u32) -> Result<()>) -> Result<()> {
    claim(connection)?;
    let pending = &migrations[check(connection, migrations)?..];
    let Some((first, _)) = pending.first() else { return Ok(()) };
    if pending.len() < migrations.len() {
        copy(number(first))?;
    }
    // Tables may be rebuilt, which lets references dangle for a moment; all are checked at the end.
    connection.execute_batch("PRAGMA foreign_keys=0").map_err(fault)?;
    let applied = group::begin(connection).and_then(|()| apply(connection, pending));
    if applied.is_err() && !connection.is_autocommit() {
        group::run(connection, "ROLLBACK")?;
    }
    connection.execute_batch("PRAGMA foreign_keys=1").map_err(fault)?;
    applied
}

/// Every migration with the moment it was applied, those still pending last.
pub fn status(connection: &Connection, migrations: &[Migration]) -> Result<Vec<Migrated>> {
    let mut all: Vec<_> = ledger(connection)?.into_iter().map(|entry| entry.migrated).collect();
    let pending = migrations.iter().map(|(name, _)| Migrated {
        number: number(name),
        name: (*name).to_owned(),
        applied_at: None,
    });
    let newest = all.last().map_or(0, |m| m.number);
    all.extend(pending.filter(|m| m.number > newest));
    Ok(all)
}

/// Refuses a database that this program did not make. Gives how many migrations it has had.
pub fn check(connection: &Connection, migrations: &[Migration]) -> Result<usize> {
    let id: i32 = connection.query_row("PRAGMA application_id", [], |row| row.get(0)).map_err(fault)?;
    if id != APPLICATION_ID {
        return Err(Error::conflict("not_larder", "This file is not a Larder database. Nothing was changed."));
    }
    let ledger = ledger(connection)?;
    for (i, entry) in ledger.iter().enumerate() {
        let Migrated { number: applied, name, .. } = &entry.migrated;
        let Some((known, sql)) = migrations.get(i).filter(|(known, _)| number(known) == *applied) else {
            return Err(Error::conflict(
                "database_newer",
                format!("The database was made by a newer Larder (migration {name}). Use that version or a later one."),
            ));
        };
        if entry.sha256 != digest(sql) {
            return Err(Error::conflict(
                "migration_changed",
                format!("The database was made with another text of migration {known}. Use the version that made it."),
            ));
        }
    }
    Ok(ledger.len())
}

/// Refuses a database that only a migration would make usable; whoever just reads must not migrate.
pub fn up_to_date(connection: &Connection, migrations: &[Migration]) -> Result<()> {
    if check(connection, migrations)? < migrations.len() {
        return Err(Error::conflict(
            "database_older",
            "The database was made by an older Larder. Start the server once to bring it up to date.",
        ));
    }
    Ok(())
}

/// Makes an empty file a Larder database.
fn claim(connection: &Connection) -> Result<()> {
    let is_empty =
        connection.query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |row| row.get(0)).map_err(fault)?;
    if is_empty {
        let sql = format!("BEGIN IMMEDIATE; PRAGMA application_id={APPLICATION_ID}; {LEDGER}; COMMIT");
        connection.execute_batch(&sql).map_err(fault)?;
    }
    Ok(())
}

fn apply(connection: &Connection, pending: &[Migration]) -> Result<()> {
    for (name, sql) in pending {
        tracing::info!(migration = name, "migrating");
        connection.execute_batch(sql).map_err(|error| Error::internal(format!("migration {name}: {error}")))?;
        connection
            .execute(
                "INSERT INTO migrations(number, name, sha256, applied_at) VALUES (?1, ?2, ?3, ?4)",
                params![number(name), name, digest(sql), Moment::now().0],
            )
            .map_err(fault)?;
    }
    let dangling: bool = connection
        .query_row("SELECT count(*) > 0 FROM pragma_foreign_key_check", [], |row| row.get(0))
        .map_err(fault)?;
    if dangling {
        return Err(Error::internal("the migrations would leave references to records that do not exist"));
    }
    group::run(connection, "COMMIT")
}

struct Entry {
    migrated: Migrated,
    sha256: Vec<u8>,
}

fn ledger(connection: &Connection) -> Result<Vec<Entry>> {
    let read = || -> rusqlite::Result<Vec<Entry>> {
        connection
            .prepare("SELECT number, name, applied_at, sha256 FROM migrations ORDER BY number")?
            .query_map([], |row| {
                let migrated = Migrated { number: row.get(0)?, name: row.get(1)?, applied_at: Some(row.get(2)?) };
                Ok(Entry { migrated, sha256: row.get(3)? })
            })?
            .collect()
    };
    read().map_err(fault)
}

/// The number at the front of a migration's file name.
fn number(name: &str) -> u32 {
    name.split('_').next().and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

fn digest(sql: &str) -> Vec<u8> {
    Sha256::digest(sql).to_vec()
}
