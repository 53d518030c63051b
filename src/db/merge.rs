//! Keeps the full-text tables tidy: each batch leaves a segment behind, and a search must look into
//! every one of them until they are merged.
//!
//! FTS5 would merge by itself, inside the batch that happens to be one too many, and take long over
//! it. Here it is done in steps of a few milliseconds, after batches and when nothing else is to do.

use std::time::{Duration, Instant};

use rusqlite::{Connection, params};

use crate::kernel::Result;

use super::{fault, group};

/// How long the writer merges before it looks after those who wait.
const SLICE: Duration = Duration::from_millis(5);

/// Pages written by one step, after which the clock is looked at.
const STEP: i64 = 16;

/// How FTS5 is told to leave the merging to us, and when a segment with deleted rows is worth
/// writing anew (percent). The crisis at which it would merge all the same should never come.
const SETTINGS: [(&str, i64); 3] = [("automerge", 0), ("crisismerge", 128), ("deletemerge", 30)];

/// The full-text tables that have something to merge.
#[derive(Default)]
pub struct Merging {
    untidy: Vec<String>,
}

/// Sees to it that a full-text table leaves merging to us. Its settings are kept in the database,
/// so this changes something once.
pub fn take_over(connection: &Connection, table: &str) -> rusqlite::Result<()> {
    for (name, value) in SETTINGS {
        let is_set = connection
            .prepare(&format!("SELECT 1 FROM {table}_config WHERE k = ?1 AND v = ?2"))?
            .exists(params![name, value])?;
        if !is_set {
            connection.execute(&format!("INSERT INTO {table}({table}, rank) VALUES (?1, ?2)"), params![name, value])?;
        }
    }
    Ok(())
}

impl Merging {
    /// A batch was written to a table.
    pub fn add(&mut self, table: &str) {
        if !self.untidy.iter().any(|t| t == table) {
            self.untidy.push(table.to_owned());
        }
    }

    pub fn is_done(&self) -> bool {
        self.untidy.is_empty()
    }

    /// Merges for a while, in one transaction.
    pub fn run(&mut self, connection: &Connection) -> Result<()> {
        let start = Instant::now();
        group::begin(connection)?;
        while start.elapsed() < SLICE
            && let Some(table) = self.untidy.last()
        {
            if !step(connection, table).map_err(fault)? {
                self.untidy.pop();
            }
        }
        group::run(connection, "COMMIT")
    }
}

/// One step; false when there was nothing to do, in which case FTS5 counts fewer than two changes.
fn step(connection: &Connection, table: &str) -> rusqlite::Result<bool> {
    let before = connection.total_changes();
    connection.prepare_cached(&format!("INSERT INTO {table}({table}, rank) VALUES ('merge', ?1)"))?.execute([STEP])?;
    Ok(connection.total_changes() - before >= 2)
}
