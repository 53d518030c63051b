//! Some hundred rows on their way in: what is to be written for them, and what is to be told.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use serde_json::Value as Json;

use crate::db::{Change, Value};
use crate::kernel::{Id, Moment};
use crate::kind::{Access, Registry};
use crate::record::intake::Intake;
use crate::record::row::Row;
use crate::record::stored::Stored;

use super::report::{Complaint, Counts, Report};
use super::source::Line;

/// What one row does to the store.
#[derive(Debug)]
pub enum Deed {
    Create { id: Id, row: Row },
    Update { before: Stored, row: Row },
}

/// A row that comes back to the user: rejected, or taken with something left out.
#[derive(Debug)]
pub struct Note {
    pub row: u64,
    pub rejected: bool,
    pub complaints: Vec<Complaint>,
    pub cells: Json,
}

/// Reference data that rows needed and that was not there.
#[derive(Debug)]
pub struct Made {
    pub position: usize,
    pub id: Id,
    pub row: Row,
}

#[derive(Default)]
pub struct Slice {
    /// The rows of the file that this stands for, to begin again with when it is refused.
    pub lines: Vec<Line>,
    /// Rows that have to wait until this is committed: they are about the same records.
    pub rest: Vec<Line>,
    pub made: Vec<Made>,
    pub deeds: Vec<Deed>,
    pub notes: Vec<Note>,
    pub counts: Counts,
    pub duplicates: u64,
    /// What tells the rows' records apart, for the next slice to know which are not yet to be seen.
    pub keys: Arc<HashSet<String>>,
}

impl Slice {
    /// Tells the report what happened here.
    pub fn tell(&self, report: &mut Report, registry: &Registry) {
        report.duplicates += self.duplicates;
        for made in &self.made {
            *report.made.entry(registry.at(made.position).name.to_owned()).or_default() += 1;
        }
        for note in &self.notes {
            let list = if note.rejected { &mut report.rejections } else { &mut report.warnings };
            note.complaints.iter().for_each(|c| c.count(note.row, list));
        }
    }

    pub fn is_silent(&self) -> bool {
        self.duplicates == 0 && self.made.is_empty() && self.notes.is_empty()
    }

    /// Everything that is to be written for the records themselves.
    pub fn records(&self, registry: &Registry, access: &Access, position: usize, now: Moment) -> Change {
        let intake = |position| Intake::new(registry, &access.tenant, access.actor, position, now);
        let mut change = Change::new();
        let mut made: BTreeMap<usize, Intake<'_>> = BTreeMap::new();
        for Made { position, id, row } in &self.made {
            made.entry(*position).or_insert_with(|| intake(*position)).insert(*id, row);
        }
        // What the rows refer to has to be there before them.
        for (_, intake) in made {
            change.extend(intake.finish());
        }
        if !self.deeds.is_empty() {
            let mut own = intake(position);
            for deed in &self.deeds {
                match deed {
                    Deed::Create { id, row } => own.insert(*id, row),
                    Deed::Update { before, row } => drop(own.update(before, row)),
                }
            }
            change.extend(own.finish());
        }
        change
    }

    /// The rows to keep for the user. Rejected ones are all kept; of the warnings as many as
    /// `room` says.
    pub fn kept_notes(&self, import: Id, mut room: u64) -> Vec<Vec<Value>> {
        let mut rows = Vec::with_capacity(self.notes.len());
        for note in &self.notes {
            if !note.rejected {
                if room == 0 {
                    continue;
                }
                room -= 1;
            }
            let reasons: Vec<String> = note.complaints.iter().map(Complaint::reason).collect();
            rows.push(vec![
                Value::Id(import),
                Value::Int(i64::try_from(note.row).unwrap_or(i64::MAX)),
                Value::from(if note.rejected { "rejected" } else { "warning" }),
                Value::from(reasons.join("; ")),
                Value::from(note.cells.to_string()),
            ]);
        }
        rows
    }

    /// A row that the store refused, as a rejected one.
    pub fn refused(line: Line, cells: Json, complaint: Complaint) -> Self {
        let note = Note { row: line.number, rejected: true, complaints: vec![complaint], cells };
        Self {
            lines: vec![line],
            notes: vec![note],
            counts: Counts { rejected: 1, ..Counts::default() },
            ..Self::default()
        }
    }
}
