//! The group commit: many changes, each in its own savepoint, on disk with one COMMIT.
//!
//! A change that comes alone needs no savepoint: what undoes the transaction undoes it. A slice of bulk
//! work comes alone, and inside a savepoint each of its rows would have SQLite walk a journal that
//! grows with every row before it.
//!
//! The order is always the same: COMMIT, tell the observer, acknowledge. Whoever hears that a change
//! is done can rely on it being on disk and on no cache still holding what it changed.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rusqlite::{Connection, params_from_iter};

use crate::kernel::{Error, Id, Result};

use super::change::{Change, Told, Touch};
use super::fault::{DAMAGED, DISK_FAULT, fault};
use super::job::panicked;
use super::lanes::Order;
use super::options::Observer;
use super::stats::Counters;
use super::tables::TableSet;
use super::watch::Written;

/// What a commit has shown of the connection.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shown {
    Fine,
    /// A transaction failed, so it deserves a look.
    Suspect,
    /// The disk failed: what it knows of its file may be wrong.
    Broken,
}

impl Shown {
    fn by(error: &Error) -> Self {
        if error.code() == DISK_FAULT { Self::Broken } else { Self::Suspect }
    }
}

/// Commits the orders and answers every one of them.
pub fn commit(
    connection: &Connection,
    written: &Written,
    orders: &mut Vec<Order>,
    observer: &dyn Observer,
    counters: &Counters,
) -> Shown {
    counters.count_group(orders.len());
    if let Err(error) = begin(connection) {
        tracing::error!(%error, changes = orders.len(), "no transaction could be begun");
        settle(orders.drain(..).map(|order| (order, Err(unable()))), observer, counters);
        return Shown::by(&error);
    }
    match together(connection, written, orders) {
        Ok(outcomes) => {
            counters.commits.add(1);
            settle(orders.drain(..).zip(outcomes), observer, counters);
            Shown::Fine
        }
        // One of them, or their sum, was too much for the COMMIT. Alone each gets its own verdict.
        Err(error) => {
            tracing::warn!(%error, changes = orders.len(), "a group could not be committed; trying its changes one by one");
            counters.retried.add(1);
            for order in orders.drain(..) {
                let outcome = alone(connection, written, &order);
                counters.commits.add(u64::from(outcome.is_ok()));
                settle(std::iter::once((order, outcome)), observer, counters);
            }
            Shown::by(&error)
        }
    }
}

/// Which tables a change wrote to, by tenant, or why it was refused.
type Outcome = Result<Vec<(i64, TableSet)>>;

/// Finishes a transaction around all orders. The outer error means that nothing at all was committed.
fn together(connection: &Connection, written: &Written, orders: &[Order]) -> Result<Vec<Outcome>> {
    let outcomes = match orders {
        [only] => sole(connection, written, &only.change).map(|outcome| vec![outcome]),
        _ => orders.iter().map(|order| guarded(connection, written, &order.change)).collect(),
    };
    let outcomes = outcomes.and_then(|outcomes| match connection.is_autocommit() {
        true => Ok(outcomes),
        false => run(connection, "COMMIT").map(|()| outcomes),
    });
    if outcomes.is_err() && !connection.is_autocommit() {
        run(connection, "ROLLBACK")?;
    }
    outcomes
}

fn alone(connection: &Connection, written: &Written, order: &Order) -> Outcome {
    begin(connection)?;
    together(connection, written, std::slice::from_ref(order))?.pop().unwrap_or_else(|| Err(unable()))
}

/// Applies the only change of a transaction, which ends with it when it is refused.
fn sole(connection: &Connection, written: &Written, change: &Change) -> Result<Outcome> {
    if let Err(error) = attempt(connection, change) {
        // A full disk may have ended the transaction by itself.
        if connection.is_autocommit() {
            return Err(error);
        }
        run(connection, "ROLLBACK")?;
        written.forget();
        return Ok(Err(error));
    }
    Ok(Ok(written.take(&change.touched, &change.statements)))
}

/// Applies one change in its savepoint. The inner error is the change's own and leaves no trace of
/// it; the outer one concerns the transaction.
fn guarded(connection: &Connection, written: &Written, change: &Change) -> Result<Outcome> {
    run(connection, "SAVEPOINT change")?;
    if let Err(error) = attempt(connection, change) {
        // A full disk may have ended the whole transaction, not just the savepoint.
        if connection.is_autocommit() {
            return Err(error);
        }
        run(connection, "ROLLBACK TO change")?;
        run(connection, "RELEASE change")?;
        written.forget();
        return Ok(Err(error));
    }
    run(connection, "RELEASE change")?;
    Ok(Ok(written.take(&change.touched, &change.statements)))
}

fn attempt(connection: &Connection, change: &Change) -> Result<()> {
    catch_unwind(AssertUnwindSafe(|| apply(connection, change))).unwrap_or_else(|panic| Err(panicked(&*panic)))
}

fn apply(connection: &Connection, change: &Change) -> Result<()> {
    for statement in &change.statements {
        let mut prepared = connection.prepare_cached(&statement.sql).map_err(fault)?;
        for row in &statement.rows {
            prepared.execute(params_from_iter(row)).map_err(fault)?;
        }
    }
    Ok(())
}

/// Tells the observer of what succeeded, then answers everybody.
fn settle(outcomes: impl Iterator<Item = (Order, Outcome)>, observer: &dyn Observer, counters: &Counters) {
    let outcomes: Vec<_> = outcomes.collect();
    let mut touched: Vec<Touch> = Vec::new();
    let mut changed: Vec<(i64, TableSet)> = Vec::new();
    let mut told: Vec<Told> = Vec::new();
    let mut appended: Vec<Id> = Vec::new();
    for (order, outcome) in &outcomes {
        let Ok(wrote) = outcome else { continue };
        counters.changes.add(1);
        for (tenant, set) in wrote {
            match changed.iter_mut().find(|(known, _)| known == tenant) {
                Some((_, all)) => *all |= *set,
                None => changed.push((*tenant, *set)),
            }
        }
        told.extend_from_slice(&order.change.told);
        for touch in &order.change.touched {
            if !touched.contains(touch) {
                touched.push(*touch);
            }
        }
        appended.extend(&order.change.appended);
    }
    tell(observer, &touched, &changed);
    tell_records(observer, &told);
    publish(observer, &appended);
    for (order, outcome) in outcomes {
        if let Err(error) = &outcome {
            counters.refused.add(1);
            counters.damaged.add(u64::from(error.code() == DAMAGED));
        }
        order.sender.send(outcome.map(drop));
    }
}

/// Tells the observer. Its panic must not keep anybody from hearing that the commit happened.
pub fn tell(observer: &dyn Observer, touched: &[Touch], changed: &[(i64, TableSet)]) {
    let hear = || {
        if !changed.is_empty() {
            observer.changed(changed);
        }
        if !touched.is_empty() {
            observer.committed(touched);
        }
    };
    if catch_unwind(AssertUnwindSafe(hear)).is_err() {
        tracing::error!("the observer of commits panicked");
    }
}

/// The same for single records, when everything cached of them has died.
fn tell_records(observer: &dyn Observer, told: &[Told]) {
    if !told.is_empty() && catch_unwind(AssertUnwindSafe(|| observer.told(told))).is_err() {
        tracing::error!("the observer of records panicked");
    }
}

/// Wakes the subscribers of streams, after whatever is outdated is known to be.
fn publish(observer: &dyn Observer, appended: &[Id]) {
    if !appended.is_empty() && catch_unwind(AssertUnwindSafe(|| observer.appended(appended))).is_err() {
        tracing::error!("the observer of streams panicked");
    }
}

/// Begins as a writer at once: a transaction that turns into one later can fail with no way out.
pub fn begin(connection: &Connection) -> Result<()> {
    run(connection, "BEGIN IMMEDIATE")
}

/// Runs a statement of the transaction itself; these few stay prepared.
pub fn run(connection: &Connection, sql: &str) -> Result<()> {
    connection.prepare_cached(sql).and_then(|mut statement| statement.execute([])).map(drop).map_err(fault)
}

fn unable() -> Error {
    Error::busy("writer_unavailable", "Changes cannot be saved just now. Nothing was changed, try again in a moment.")
}
