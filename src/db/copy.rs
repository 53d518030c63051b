//! Copies the live database page by page, from the connection that alone changes it.
//!
//! Seen from any other connection each commit would make the copy begin again. From the writer's
//! own it never does: SQLite carries every change to the copy as well, and memory stays flat.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use crate::kernel::{Error, Result};

use super::{fault, ticket};

/// Pages in one step, after which the clock is looked at.
const STEP: i32 = 64;
/// How long the writer copies before it looks after those who wait.
const SLICE: Duration = Duration::from_millis(10);

/// Copies everything to a new file and gives the number of pages. `between` is called between
/// slices and says whether to go on. What lies in the file after an error is of no use.
pub fn copy(live: &Connection, to: &Path, between: &mut dyn FnMut() -> bool) -> Result<u64> {
    let mut target = target(to).map_err(fault)?;
    let pages = {
        let backup = Backup::new(live, &mut target).map_err(fault)?;
        while !slice(&backup)? {
            if !between() {
                return Err(ticket::stopped());
            }
        }
        u64::try_from(backup.progress().pagecount).unwrap_or(0)
    };
    // A copy is one file that can be carried away: without a write-ahead log beside it.
    target.query_row("PRAGMA journal_mode=DELETE", [], |_| Ok(())).map_err(fault)?;
    target.close().map_err(|(_, error)| fault(error))?;
    Ok(pages)
}

/// Copies for a while; true when all is copied.
fn slice(backup: &Backup<'_, '_>) -> Result<bool> {
    let start = Instant::now();
    while start.elapsed() < SLICE {
        match backup.step(STEP).map_err(fault)? {
            StepResult::Done => return Ok(true),
            StepResult::More => {}
            _ => return Err(Error::busy("copy_locked", "Somebody holds the file that is being written.")),
        }
    }
    Ok(false)
}

/// The copy needs no safety of its own while it is being made: it counts only when it is whole.
fn target(to: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let target = Connection::open_with_flags(to, flags)?;
    target.execute_batch("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-1024")?;
    Ok(target)
}
