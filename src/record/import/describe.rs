//! What can be said of a file before a row of it is judged: how its days are read, which values
//! look misspelt, what its spelling of text took for granted.

use std::collections::BTreeMap;

use crate::kernel::fold;
use crate::kind::Type;

use super::dates::Order;
use super::encoding::Encoding;
use super::mapping::{Fields, REASON, Target};
use super::near::{candidates, squeezed};
use super::profile::Column;
use super::report::{DaysTaken, Report, Trouble};
use super::settings::Settings;

/// Sectors as most people write them. A free text is never refused, but a slip in it splits a list
/// in two, so it is offered for correction.
const SECTORS: [&str; 28] = [
    "agriculture",
    "automotive",
    "banking",
    "chemicals",
    "construction",
    "consulting",
    "education",
    "employment",
    "energy",
    "entertainment",
    "finance",
    "government",
    "healthcare",
    "hospitality",
    "insurance",
    "legal",
    "logistics",
    "manufacturing",
    "marketing",
    "media",
    "medical",
    "pharmaceuticals",
    "retail",
    "services",
    "software",
    "technology",
    "telecommunications",
    "transportation",
];

/// A value is a slip of another one that is at least so many times as frequent.
const TIMES: u64 = 20;

/// Fills in what the report says of the file as a whole.
pub fn describe(columns: &[Column], settings: &Settings, fields: &Fields<'_>, report: &mut Report) {
    report.notices.clear();
    report.dates.clear();
    report.spellings.clear();
    if settings.dialect.encoding == Encoding::Windows1252 {
        report.notices.push(
            "The file is not UTF-8; it was read as Windows-1252. Look at names with accents before you go on."
                .to_owned(),
        );
    }
    for (at, column) in columns.iter().enumerate() {
        let Some(target) = column.field.as_deref().and_then(|f| fields.find(f)).map(|(t, _)| t) else {
            if column.name == REASON && at + 1 == columns.len() {
                report.notices.push("The column \"reason\" of an earlier import is left out.".to_owned());
            }
            continue;
        };
        let name = fields.name(target);
        match fields.type_of(target) {
            Type::Date | Type::Time => days(column, &name, settings, report),
            Type::Text(_) => spelling(column, &name, settings, fields, target, report),
            _ => {}
        }
    }
}

fn days(column: &Column, field: &str, settings: &Settings, report: &mut Report) {
    if column.dates.is_empty() {
        return;
    }
    let said = settings.dates.get(&column.name).copied();
    let order = said.unwrap_or(column.order);
    let ambiguous = column.ambiguous && said.is_none();
    if ambiguous {
        let other = if order == Order::MonthFirst { Order::DayFirst } else { Order::MonthFirst };
        report.notices.push(format!(
            "The days of the column \"{}\" could be {order} or {other}; {order} was taken. Say \"{}={other}\" if it is the other.",
            column.name, column.name
        ));
    }
    // What was counted under the order of the file is told under the one that was taken.
    let mut found = BTreeMap::new();
    for (shape, n) in &column.dates {
        let shape = if said.is_some() && shape.contains('/') && !shape.starts_with('Y') {
            order.to_string()
        } else {
            shape.clone()
        };
        *found.entry(shape).or_insert(0) += n;
    }
    let taken = found.iter().max_by_key(|(_, n)| **n).map(|(shape, _)| shape.clone()).unwrap_or_default();
    report.dates.push(DaysTaken { column: column.name.clone(), field: field.to_owned(), taken, ambiguous, found });
}

fn spelling(
    column: &Column,
    field: &str,
    settings: &Settings,
    fields: &Fields<'_>,
    target: Target,
    report: &mut Report,
) {
    let corrected = |value: &str| {
        settings.aliases.iter().any(|a| {
            fold(&a.from) == fold(value)
                && (squeezed(&a.field) == squeezed(&column.name)
                    || fields.find(&a.field).is_some_and(|(t, _)| t == target))
        })
    };
    // A column in which every value is another is no list.
    if column.values.len() < 2 || (column.values.len() as u64) * 2 > column.filled {
        return;
    }
    for (value, n) in &column.values {
        let known = |word: &str| fold(word) == fold(value);
        let frequent =
            column.values.iter().filter(|(_, m)| **m >= n.saturating_mul(TIMES)).map(|(other, _)| other.as_str());
        let sectors = if field == "sector" { SECTORS.as_slice() } else { &[] };
        if sectors.iter().any(|word| known(word)) || corrected(value) {
            continue;
        }
        let near = candidates(value, frequent.chain(sectors.iter().copied()).filter(|word| !known(word)));
        if let Some(meant) = near.first() {
            report.spellings.push(Trouble {
                field: field.to_owned(),
                value: value.clone(),
                code: "spelling".to_owned(),
                message: format!("\"{value}\" was taken as it is, did you mean \"{meant}\"?"),
                count: *n,
                rows: Vec::new(),
                near,
            });
        }
    }
}
