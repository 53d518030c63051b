//! Moves what was committed from the write-ahead log into the database, when the writer has time
//! or when the log has grown too long.

use std::cell::Cell;
use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::kernel::Result;

use super::fault;
use super::room::Room;
use super::stats::Counters;

/// Pages of 4 KiB: from here on an idle writer copies, without waiting for anybody.
const WHEN_IDLE: u32 = 1_000;
/// 16 MiB: from here on the log is made to start over, busy or not.
const RESTART: u32 = 4_096;
/// 64 MiB: from here on new readers are held, so that the log can be cut.
const TRUNCATE: u32 = 16_384;

/// How long a RESTART waits for readers that still use the log.
const RESTART_PATIENCE: Duration = Duration::from_millis(20);
/// How long new readers are held at most.
const HOLD: Duration = Duration::from_millis(250);
/// How long the writer waits after readers were in the way.
const RETRY: Duration = Duration::from_secs(1);
/// The writer counts as idle when nothing came for so long.
pub const IDLE: Duration = Duration::from_millis(100);
/// What every connection waits for locks otherwise.
const USUAL_PATIENCE: Duration = Duration::from_secs(5);

thread_local! {
    /// How many pages the log holds, as SQLite tells its writer after each commit. The hook takes
    /// no state of its own, and there is one writer thread to each database.
    static PAGES: Cell<u32> = const { Cell::new(0) };
}

/// What the writer knows of the log.
pub struct Checkpoints {
    /// So many pages of the log are in the database already.
    copied: u32,
    not_before: Option<Instant>,
}

impl Checkpoints {
    /// Begins to count the pages of the log on the writer's connection.
    pub fn watch(connection: &Connection) -> Self {
        PAGES.set(0);
        connection.wal_hook(Some(|_, pages| {
            PAGES.set(u32::try_from(pages).unwrap_or(0));
            Ok(())
        }));
        Self { copied: 0, not_before: None }
    }

    /// When an idle writer should look again, given when it last worked.
    pub fn next(&self, last_work: Instant) -> Option<Instant> {
        let idle_at = last_work + IDLE;
        (self.uncopied() >= WHEN_IDLE).then(|| self.not_before.map_or(idle_at, |at| at.max(idle_at)))
    }

    /// Does what is due. Called between groups with `idle` false, and when nothing waits.
    pub fn run(&mut self, connection: &Connection, room: &Room, idle: bool, counters: &Counters) {
        let pages = PAGES.get();
        if pages < self.copied {
            // The log has started over.
            self.copied = 0;
        }
        if self.not_before.is_some_and(|at| at > Instant::now()) {
            return;
        }
        let done = if pages >= TRUNCATE {
            cut(connection, room)
        } else if pages >= RESTART {
            waiting(connection, RESTART_PATIENCE, "RESTART")
        } else if idle && self.uncopied() >= WHEN_IDLE {
            checkpoint(connection, "PASSIVE")
        } else {
            return;
        };
        counters.checkpoints.add(1);
        match done {
            Ok(Progress { complete: true, .. }) if pages >= RESTART => {
                PAGES.set(0);
                self.copied = 0;
                self.not_before = None;
            }
            Ok(Progress { complete, copied }) => {
                self.copied = copied;
                self.not_before = (!complete).then(|| Instant::now() + RETRY);
            }
            Err(error) => {
                tracing::warn!(%error, pages, "the write-ahead log could not be copied");
                self.not_before = Some(Instant::now() + RETRY);
            }
        }
    }

    fn uncopied(&self) -> u32 {
        PAGES.get().saturating_sub(self.copied)
    }
}

/// Empties the log when the database closes and the readers have gone.
pub fn last(connection: &Connection) {
    match checkpoint(connection, "TRUNCATE") {
        Ok(Progress { complete: true, .. }) => {}
        Ok(_) => tracing::info!("another process reads the database, so its write-ahead log stays"),
        Err(error) => tracing::warn!(%error, "the write-ahead log could not be emptied"),
    }
}

struct Progress {
    /// Nobody was in the way.
    complete: bool,
    /// Pages of the log that are in the database now.
    copied: u32,
}

/// Copies most while readers carry on, then holds them for the rest and the cut.
fn cut(connection: &Connection, room: &Room) -> Result<Progress> {
    checkpoint(connection, "PASSIVE")?;
    room.hold(HOLD);
    let done = waiting(connection, HOLD, "TRUNCATE");
    room.release();
    done
}

/// A checkpoint that waits for readers, but not for long: changes wait meanwhile.
fn waiting(connection: &Connection, patience: Duration, mode: &str) -> Result<Progress> {
    connection.busy_timeout(patience).map_err(fault)?;
    let done = checkpoint(connection, mode);
    connection.busy_timeout(USUAL_PATIENCE).map_err(fault)?;
    done
}

fn checkpoint(connection: &Connection, mode: &str) -> Result<Progress> {
    connection
        .query_row(&format!("PRAGMA wal_checkpoint({mode})"), [], |row| {
            let (busy, log, copied): (bool, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(Progress { complete: !busy && copied == log, copied: u32::try_from(copied).unwrap_or(0) })
        })
        .map_err(fault)
}
