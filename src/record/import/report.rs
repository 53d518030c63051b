//! What an import tells: every value that it could not take, how often, and what may be done.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::kernel::shorten;

/// Different values told of one sort; the counts go on past it.
const TOLD: usize = 200;
/// Rows named for each.
const EXAMPLES: usize = 5;
/// Changed rows shown by a dry run.
const SHOWN: usize = 100;

/// The first four add up to the rows of the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    pub created: u64,
    pub updated: u64,
    pub unchanged: u64,
    pub rejected: u64,
    pub warnings: u64,
}

impl Counts {
    pub fn done(&self) -> u64 {
        self.created + self.updated + self.unchanged + self.rejected
    }
    pub fn add(&mut self, other: Self) {
        self.created += other.created;
        self.updated += other.updated;
        self.unchanged += other.unchanged;
        self.rejected += other.rejected;
        self.warnings += other.warnings;
    }
}

/// A value that occurs, with its count and the first rows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Trouble {
    pub field: String,
    pub value: String,
    /// A stable word for programs: `unreadable`, `unknown_value`, `unknown_reference`, …
    pub code: String,
    /// What is wrong and what may be done.
    pub message: String,
    pub count: u64,
    pub rows: Vec<u64>,
    /// Names or choices that are spelt almost alike; never taken by themselves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub near: Vec<String>,
}

/// How a column's days were read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DaysTaken {
    pub column: String,
    pub field: String,
    /// The order that was taken where month and day could be either.
    pub taken: String,
    /// Nothing in the column tells the month from the day.
    pub ambiguous: bool,
    pub found: BTreeMap<String, u64>,
}

/// A tenant-defined field that the import makes for a column.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FieldMade {
    pub column: String,
    pub name: String,
    #[serde(rename = "type")]
    pub ty: String,
}

/// One change that a dry run would make.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Shown {
    pub row: u64,
    pub action: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// `{"field":[before, after]}`.
    pub changes: Json,
}

/// A record that a revert left as it is, and why.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Kept {
    pub kind: String,
    pub id: String,
    pub reason: String,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Reverted {
    /// Records that the import had made.
    pub removed: u64,
    /// Records that have their old values back.
    pub restored: u64,
    /// Records that somebody changed or refers to since.
    pub kept: u64,
    /// The first of those.
    pub kept_records: Vec<Kept>,
    /// Everything above this entry of the log has been dealt with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<i64>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// Things about the file as a whole.
    pub notices: Vec<String>,
    pub dates: Vec<DaysTaken>,
    /// Why rows were rejected.
    pub rejections: Vec<Trouble>,
    /// What was left empty in rows that were taken.
    pub warnings: Vec<Trouble>,
    /// Values that look misspelt but were taken as they are.
    pub spellings: Vec<Trouble>,
    /// Rows that named a record that is already there, or an earlier row of the file.
    pub duplicates: u64,
    /// Reference data made on the way, by kind.
    pub made: BTreeMap<String, u64>,
    pub fields_made: Vec<FieldMade>,
    /// What a dry run counted and would change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dry_run: Option<Counts>,
    pub changes: Vec<Shown>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reverted: Option<Reverted>,
}

impl Report {
    pub fn show(&mut self, shown: impl FnOnce() -> Shown) {
        if self.changes.len() < SHOWN {
            self.changes.push(shown());
        }
    }
}

/// Something wrong with one cell of one row.
#[derive(Clone, Debug)]
pub struct Complaint {
    pub field: String,
    pub value: String,
    pub code: &'static str,
    pub message: String,
    pub near: Vec<String>,
}

impl Complaint {
    pub fn of_row(code: &'static str, message: impl Into<String>) -> Self {
        Self { field: String::new(), value: String::new(), code, message: message.into(), near: Vec::new() }
    }

    /// For the reason column: `product_id: "GTXPro" is not known, did you mean "GTX Pro"?`
    pub fn reason(&self) -> String {
        match self.field.as_str() {
            "" => self.message.clone(),
            field => format!("{field}: {}", self.message),
        }
    }

    /// Counts it into a list, the same value of the same field together.
    pub fn count(&self, row: u64, list: &mut Vec<Trouble>) {
        let same = |t: &&mut Trouble| t.field == self.field && t.code == self.code && t.value == self.value;
        if let Some(known) = list.iter_mut().find(same) {
            known.count += 1;
            if known.rows.len() < EXAMPLES {
                known.rows.push(row);
            }
            return;
        }
        if list.len() < TOLD {
            list.push(Trouble {
                field: self.field.clone(),
                value: self.value.clone(),
                code: self.code.to_owned(),
                message: shorten(&self.message, 500),
                count: 1,
                rows: vec![row],
                near: self.near.clone(),
            });
            return;
        }
        // One line for all the rest, so that the counts stay whole.
        match list.iter_mut().find(|t| t.code == "more") {
            Some(more) => more.count += 1,
            None => list.push(Trouble {
                field: String::new(),
                value: String::new(),
                code: "more".to_owned(),
                message: "Further values; the rows themselves are all kept.".to_owned(),
                count: 1,
                rows: vec![row],
                near: Vec::new(),
            }),
        }
    }
}
