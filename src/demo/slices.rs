//! Puts records into the store: slices of a hundred, one being applied while the next is made.

use std::collections::VecDeque;

use crate::auth::Shipped;
use crate::db::{Change, Db, Ticket, Value};
use crate::kernel::{Error, Id, Moment, Result};
use crate::kind::{Actor, Kind, Lookup, Registry, Tenant};
use crate::record::{Intake, Row, Stored, prepare_row};

use super::mark::Mark;
use super::world::Entry;

/// Records in one change. More is slower: SQLite keeps the pages that a savepoint has changed in a
/// list and walks it at the end of each statement, so four times as many take half as long again.
const ROWS: usize = 100;
/// Changes handed over and not yet answered. More would only lie in memory.
const UNDER_WAY: usize = 2;

/// How far a fill has come. Slices are numbered: the same ones are made again after an
/// interruption, and those that were written before are left out.
pub struct Ledger {
    mark: Mark,
    written: u64,
    made: u64,
    records: u64,
}

impl Ledger {
    pub fn new(mark: Mark) -> Self {
        Self { mark, written: mark.slices, made: 0, records: 0 }
    }
}

/// The way into one tenant.
pub struct Slices<'a> {
    db: &'a Db,
    registry: &'a Registry,
    tenant: &'a Tenant,
    ledger: &'a mut Ledger,
    progress: &'a dyn Fn(&str, u64) -> Result<()>,
    open: Option<Slice<'a>>,
    under_way: VecDeque<Ticket<()>>,
}

struct Slice<'a> {
    kind: &'static Kind,
    intake: Intake<'a>,
    rows: usize,
}

impl<'a> Slices<'a> {
    pub fn new(
        db: &'a Db,
        registry: &'a Registry,
        tenant: &'a Tenant,
        ledger: &'a mut Ledger,
        progress: &'a dyn Fn(&str, u64) -> Result<()>,
    ) -> Self {
        Self { db, registry, tenant, ledger, progress, open: None, under_way: VecDeque::new() }
    }

    /// Adds new records.
    pub fn add(&mut self, entries: impl IntoIterator<Item = Entry>) -> Result<()> {
        for entry in entries {
            let at = entry.row.created_at.unwrap_or(self.ledger.mark.now);
            let row = self.prepared(entry.kind, entry.row)?;
            self.intake(entry.kind, entry.by, at)?.insert(entry.id, &row);
        }
        Ok(())
    }

    /// Adds the step of a record from one state to the next. An earlier slice has brought it to
    /// `version`, so [`Self::flush`] stands between two steps of one record.
    pub fn step(&mut self, version: i64, from: Entry, to: Entry, at: Moment, by: Id) -> Result<()> {
        let before = self.prepared(from.kind, from.row)?;
        let row = self.prepared(to.kind, to.row)?;
        let stored = Stored { id: to.id, version, deleted_with: None, row: before };
        self.intake(to.kind, Some(by), at)?.update(&stored, &row);
        Ok(())
    }

    /// Adds statements that are no record's.
    pub fn also(&mut self, change: Change) -> Result<()> {
        self.flush()?;
        self.hand_over(change)
    }

    /// Hands over what was added, and waits until it is written.
    pub fn finish(mut self) -> Result<()> {
        self.flush()?;
        self.under_way.into_iter().try_for_each(Ticket::wait)
    }

    /// Ends the slice: what is added next is a change of its own.
    pub fn flush(&mut self) -> Result<()> {
        match self.open.take() {
            Some(slice) => {
                self.ledger.records += slice.rows as u64;
                (self.progress)(slice.kind.many, self.ledger.records)?;
                self.hand_over(slice.intake.finish())
            }
            None => Ok(()),
        }
    }

    fn hand_over(&mut self, mut change: Change) -> Result<()> {
        self.ledger.made += 1;
        if self.ledger.made <= self.ledger.written {
            return Ok(());
        }
        change.extend(Mark { slices: self.ledger.made, ..self.ledger.mark }.write());
        while self.under_way.len() >= UNDER_WAY {
            self.under_way.pop_front().map_or(Ok(()), Ticket::wait)?;
        }
        self.under_way.push_back(self.db.write_bulk(change));
        Ok(())
    }

    fn intake(&mut self, kind: &'static Kind, by: Option<Id>, at: Moment) -> Result<&mut Intake<'a>> {
        if self.open.as_ref().is_some_and(|slice| slice.kind.name != kind.name || slice.rows >= ROWS) {
            self.flush()?;
        }
        let actor = Actor { user: by, import: None };
        let position = self.registry.position(kind.name).unwrap_or_default();
        let (registry, tenant) = (self.registry, self.tenant);
        let slice = self.open.get_or_insert_with(|| Slice {
            kind,
            intake: Intake::new(registry, tenant, actor, position, at),
            rows: 0,
        });
        slice.rows += 1;
        slice.intake.acting(actor, at);
        Ok(&mut slice.intake)
    }

    /// The record as its kind completes it.
    fn prepared(&self, kind: &'static Kind, mut row: Row) -> Result<Row> {
        let mut errors = Vec::new();
        let now = row.created_at.unwrap_or(self.ledger.mark.now);
        prepare_row(kind, self.tenant, &Told, None, &mut row, true, now, &mut errors)?;
        match errors.first() {
            None => Ok(row),
            Some(error) => Err(Error::internal(format!("the demo's {}: {}", kind.many, error.message))),
        }
    }
}

/// What hooks may ask. Records of the demo say all about themselves; only the roles are looked up.
struct Told;

impl Lookup for Told {
    fn title(&self, _: &str, _: Id) -> Result<Option<String>> {
        Ok(None)
    }
    fn field(&self, _: &str, _: Id, _: &str) -> Result<Option<Value>> {
        Ok(None)
    }
    fn find(&self, kind: &str, by: &[(&str, &Value)]) -> Result<Option<Id>> {
        let shipped = |value: &Value| value.as_text().and_then(Shipped::parse).is_some();
        Ok((kind == "roles" && by.iter().all(|(_, value)| shipped(value))).then(Id::default))
    }
}
