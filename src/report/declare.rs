//! What a report is: the words in which the files of [`super::of`] are written.

use serde_json::Value as Json;

use crate::kernel::Result;
use crate::kind::Level;
use crate::record::View;

use super::ask::Ask;
use super::document::Findings;

/// One report, declared as data: what it is about, who may see it, and the steps it is made in.
#[derive(Debug)]
pub struct Report {
    /// The word for it in addresses: kebab-case.
    pub name: &'static str,
    pub title: &'static str,
    /// What it answers, in one sentence for people.
    pub about: &'static str,
    pub parameters: &'static [Parameter],
    /// What a viewer must be able to see, or there is no such report for them.
    pub needs: &'static [Need],
    pub columns: &'static [Column],
    pub chart: ChartKind,
    pub stages: &'static [Stage],
    /// Makes figures, chart and rows of what the stages found.
    pub finish: fn(&Ask, &mut Findings),
}

/// What a report asks for.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    pub name: &'static str,
    pub title: &'static str,
    pub sort: Sort,
    /// What it is when nobody says anything; empty for nothing.
    pub default: &'static str,
    /// The field that it is about: who may not see that has no such parameter.
    pub about: Option<(&'static str, &'static str)>,
}

/// One of the values of a parameter.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    pub name: &'static str,
    pub title: &'static str,
    /// The field that it is about: who may not see that has no such choice.
    pub about: Option<(&'static str, &'static str)>,
}

pub const fn choice(name: &'static str, title: &'static str) -> Choice {
    Choice { name, title, about: None }
}

impl Choice {
    pub const fn of(mut self, kind: &'static str, field: &'static str) -> Self {
        self.about = Some((kind, field));
        self
    }
}

/// What a parameter may be.
#[derive(Clone, Copy, Debug)]
pub enum Sort {
    /// `2026-11-21`, or relative to today: `month-2`, `quarter`.
    Day,
    /// One of these.
    Choice(&'static [Choice]),
    /// One line.
    Text,
    /// A record of this kind, by its id.
    Record(&'static str),
}

/// Fields of a kind, to be seen by a viewer whose right reaches so far.
#[derive(Clone, Copy, Debug)]
pub struct Need {
    pub kind: &'static str,
    pub fields: &'static [&'static str],
    pub level: Level,
}

/// A column of the table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    pub name: &'static str,
    /// Empty where it is called after what the report is grouped by.
    pub title: &'static str,
    pub holds: Holds,
    /// The field that it shows: who may not see that gets the table without it.
    pub shows: Option<(&'static str, &'static str)>,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    Text,
    Count,
    /// Minor units of the currency in the row's column `currency`.
    Money,
    /// Hundredths.
    Percent,
    /// With one digit behind the point.
    Hours,
    Days,
    Date,
    /// 0 to 100, more is better.
    Score,
    /// A record of this kind: `{"id":…,"title":…}`, or nothing.
    Record(&'static str),
}

impl Holds {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Count => "count",
            Self::Money => "money",
            Self::Percent => "percent",
            Self::Hours => "hours",
            Self::Days => "days",
            Self::Date => "date",
            Self::Score => "score",
            Self::Record(_) => "record",
        }
    }
}

/// How the chart is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    /// One bar under the other, for things with names.
    Bars,
    /// One column beside the other, for what goes on in time.
    Columns,
}

impl ChartKind {
    pub fn as_str(self) -> &'static str {
        ["bars", "columns"][self as usize]
    }
}

/// One step: a read of its own, under a deadline of its own.
#[derive(Clone, Copy, Debug)]
pub struct Stage {
    /// What is being done, for whoever waits.
    pub says: &'static str,
    /// Adds to what was found.
    pub read: fn(&Ask, &View<'_>, &mut Findings) -> Result<Next>,
}

/// Is a stage done with?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    Done,
    /// It has another piece to read.
    Again,
}

pub const fn stage(says: &'static str, read: fn(&Ask, &View<'_>, &mut Findings) -> Result<Next>) -> Stage {
    Stage { says, read }
}

pub const fn column(name: &'static str, title: &'static str, holds: Holds) -> Column {
    Column { name, title, holds, shows: None }
}

impl Column {
    pub const fn of(mut self, kind: &'static str, field: &'static str) -> Self {
        self.shows = Some((kind, field));
        self
    }
}

/// Something of a kind that must be seen, as far as the viewer's right reaches.
pub const fn need(kind: &'static str, fields: &'static [&'static str]) -> Need {
    Need { kind, fields, level: Level::Own }
}

impl Need {
    /// Only for who sees at least a whole company's: of some people's own rows alone it would mislead.
    pub const fn of_companies(mut self) -> Self {
        self.level = Level::Company;
        self
    }
    pub const fn of_all(mut self) -> Self {
        self.level = Level::All;
        self
    }
}

/// The parameters that many reports have.
pub const FROM: Parameter = Parameter::day("from", "From", "quarter-3");
pub const TO: Parameter = Parameter::day("to", "To", "today");
pub const COMPANY: Parameter = Parameter {
    name: "company",
    title: "Company",
    sort: Sort::Record("companies"),
    default: "",
    about: Some(("companies", "name")),
};
pub const REGION: Parameter =
    Parameter { name: "region", title: "Region", sort: Sort::Text, default: "", about: Some(("users", "region")) };

impl Parameter {
    pub const fn day(name: &'static str, title: &'static str, default: &'static str) -> Self {
        Self { name, title, sort: Sort::Day, default, about: None }
    }
    /// The first choice is what it is when nobody says anything.
    pub const fn choice(name: &'static str, title: &'static str, choices: &'static [Choice]) -> Self {
        Self { name, title, sort: Sort::Choice(choices), default: choices[0].name, about: None }
    }
    pub const fn or(mut self, default: &'static str) -> Self {
        self.default = default;
        self
    }
}

/// A cell that leads to a record.
pub fn record(id: &Json, title: &Json) -> Json {
    if id.is_null() { Json::Null } else { serde_json::json!({"id": id, "title": title}) }
}
