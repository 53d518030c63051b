//! What a report gives: one document, the same for the screen and every file made of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use crate::kernel::Moment;
use crate::record::Lines;

use super::ask::Ask;

/// More rows are not shown.
pub const MAX_ROWS: usize = 10_000;
/// More points no chart can tell apart.
const MAX_POINTS: usize = 24;

/// The answer to a report.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Document {
    pub report: String,
    pub title: String,
    pub about: String,
    /// `{name, title, value, text}` of each parameter that was given or has a default.
    pub parameters: Vec<Json>,
    pub made_at: String,
    /// The day that all is relative to.
    pub as_of: String,
    pub summary: Vec<Figure>,
    pub chart: Option<Chart>,
    pub table: Table,
    pub notes: Vec<String>,
}

/// One figure.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Figure {
    pub label: String,
    /// Money in minor units.
    pub value: Json,
    /// `count`, `percent`, `hours`, `days`, `score`, or a currency.
    pub unit: String,
}

/// What is drawn.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Chart {
    /// `bars` or `columns`.
    pub kind: String,
    pub title: String,
    pub unit: String,
    pub points: Vec<Point>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Point {
    pub label: String,
    pub value: f64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Table {
    pub columns: Vec<Heading>,
    pub rows: Vec<Vec<Json>>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Heading {
    pub name: String,
    pub title: String,
    #[serde(rename = "type")]
    pub holds: String,
    /// Of cells that lead to records.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
}

/// What the stages have found so far. It is plain data, so that a run could be put aside and gone on
/// with.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Findings {
    /// The lines that a stage read, by a name of its own.
    pub lines: BTreeMap<String, Vec<Vec<Json>>>,
    /// Where the stage that is under way goes on.
    pub cursor: Option<String>,
    pub summary: Vec<Figure>,
    pub chart: Option<(String, String, Vec<Point>)>,
    /// One cell for each declared column.
    pub rows: Vec<Vec<Json>>,
    pub notes: Vec<String>,
}

impl Findings {
    pub fn take(&mut self, name: &str) -> Vec<Vec<Json>> {
        self.lines.remove(name).unwrap_or_default()
    }

    /// Keeps what a stage read, and says so where that is not all there is.
    pub fn keep(&mut self, name: &str, lines: Lines) {
        if lines.more {
            self.note("There are more groups than can be counted at once. Narrow the choices to count them all.");
        }
        self.lines.insert(name.to_owned(), lines.lines);
    }

    pub fn figure(&mut self, label: impl Into<String>, value: impl Into<Json>, unit: impl Into<String>) {
        self.summary.push(Figure { label: label.into(), value: value.into(), unit: unit.into() });
    }

    /// A figure for each currency, of money by currency; the usual one first.
    pub fn money(&mut self, label: &str, by_currency: &BTreeMap<String, i64>, usual: &str) {
        if by_currency.is_empty() {
            self.figure(label, 0, usual);
        }
        let (first, others): (Vec<_>, Vec<_>) = by_currency.iter().partition(|(currency, _)| *currency == usual);
        for (currency, value) in first.into_iter().chain(others) {
            self.figure(label, *value, currency.clone());
        }
    }

    pub fn note(&mut self, text: impl Into<String>) {
        self.notes.push(text.into());
    }

    /// Draws these, the first ones of too many.
    pub fn draw(&mut self, title: impl Into<String>, unit: impl Into<String>, points: Vec<(String, f64)>) {
        let points = points.into_iter().take(MAX_POINTS).map(|(label, value)| Point { label, value });
        self.chart = Some((title.into(), unit.into(), points.collect()));
    }

    pub fn finish(mut self, ask: &Ask, made_at: Moment) -> Document {
        (ask.report.finish)(ask, &mut self);
        if ask.partial {
            self.note("Only records that you may see are counted.");
        }
        if self.rows.len() > MAX_ROWS {
            self.note(format!("The table shows the first {MAX_ROWS} of {} rows.", self.rows.len()));
            self.rows.truncate(MAX_ROWS);
        }
        let columns = ask.shown().map(|(_, column)| Heading {
            name: column.name.to_owned(),
            title: if column.title.is_empty() { ask.text("by").to_owned() } else { column.title.to_owned() },
            holds: column.holds.as_str().to_owned(),
            kind: if let super::Holds::Record(kind) = column.holds { Some(kind.to_owned()) } else { None },
        });
        let columns = columns.collect();
        let whole = ask.columns.len() == ask.report.columns.len();
        let pick = |row: Vec<Json>| match whole {
            true => row,
            false => ask.columns.iter().map(|at| row.get(*at).cloned().unwrap_or_default()).collect(),
        };
        let chart = self.chart.take().filter(|(_, _, points)| !points.is_empty());
        Document {
            report: ask.report.name.to_owned(),
            title: ask.report.title.to_owned(),
            about: ask.report.about.to_owned(),
            parameters: ask.told(),
            made_at: made_at.to_string(),
            as_of: ask.today.to_string(),
            summary: self.summary,
            chart: chart.map(|(title, unit, points)| Chart {
                kind: ask.report.chart.as_str().to_owned(),
                title,
                unit,
                points,
            }),
            table: Table { columns, rows: self.rows.into_iter().map(pick).collect() },
            notes: self.notes,
        }
    }
}

impl Document {
    pub fn to_json(&self) -> Vec<u8> {
        json!(self).to_string().into_bytes()
    }
}
