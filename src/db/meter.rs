//! Tells how long the store takes: each read, each commit, and each statement that is slow.
//!
//! A statement is timed by SQLite itself, which costs two looks at the clock. What is told of it is
//! its text, in which values are `?`: whatever people typed is a parameter and never part of it.

use std::cell::{Cell, RefCell};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::trace::{TraceEvent, TraceEventCodes};

/// What a read is done for: a route's name and the kind of record that it is about, each empty
/// where there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Purpose {
    pub route: &'static str,
    pub kind: &'static str,
}

/// Who wants to know how long the store takes. Called on the database's own threads: it must be
/// quick and must not wait for the database.
pub trait Meter: Send + Sync {
    /// A read waited for its turn and was carried out; `heavy` ones have a long deadline.
    fn read(&self, heavy: bool, waited: Duration, took: Duration, failed: bool);
    /// A group of changes was committed.
    fn commit(&self, took: Duration);
    /// From which time on a statement is slow.
    fn slow(&self) -> Duration;
    /// A slow statement ended.
    fn statement(&self, sql: &str, took: Duration, purpose: Purpose);
}

thread_local! {
    static METER: RefCell<Option<Arc<dyn Meter>>> = const { RefCell::new(None) };
    static SLOW: Cell<Duration> = const { Cell::new(Duration::MAX) };
    static PURPOSE: Cell<Purpose> = const { Cell::new(Purpose { route: "", kind: "" }) };
}

/// Has the connection tell of its statements; it stays on this thread.
pub(super) fn install(connection: &Connection, meter: Option<&Arc<dyn Meter>>) {
    let Some(meter) = meter else { return };
    SLOW.set(meter.slow());
    METER.set(Some(Arc::clone(meter)));
    connection.trace_v2(TraceEventCodes::SQLITE_TRACE_PROFILE, Some(hear));
}

fn hear(event: TraceEvent<'_>) {
    if let TraceEvent::Profile(statement, took) = event
        && took >= SLOW.get()
    {
        METER.with_borrow(|meter| {
            if let Some(meter) = meter {
                meter.statement(&statement.sql(), took, PURPOSE.get());
            }
        });
    }
}

/// Says what the read that runs on this thread is done for; it holds until the read ends.
pub fn purpose(route: &'static str, kind: &'static str) {
    PURPOSE.set(Purpose { route, kind });
}

/// The read has ended.
pub(super) fn done() {
    PURPOSE.set(Purpose::default());
}
