//! Folds the lines of a breakdown into rows: one for each group and currency.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value as Json;

/// What has no value where the report is grouped by it.
pub const NONE: &str = "None";

/// One row on its way.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// What it is found by: an id, a text, a number.
    pub key: Json,
    pub title: String,
    pub currency: String,
    pub sums: Vec<i64>,
}

/// The groups in the order in which they were first heard of.
#[derive(Debug, Default)]
pub struct Tally {
    pub groups: Vec<Group>,
    places: HashMap<(String, String), usize>,
    width: usize,
}

impl Tally {
    /// Of groups with so many sums.
    pub fn of(width: usize) -> Self {
        Self { width, ..Self::default() }
    }

    /// The sums of a group.
    pub fn at(&mut self, key: &Json, title: &str, currency: &str) -> &mut Vec<i64> {
        let place = *self.places.entry((key.to_string(), currency.to_owned())).or_insert(self.groups.len());
        if place == self.groups.len() {
            self.groups.push(Group {
                key: key.clone(),
                title: if title.is_empty() { NONE.to_owned() } else { title.to_owned() },
                currency: currency.to_owned(),
                sums: vec![0; self.width],
            });
        }
        &mut self.groups[place].sums
    }

    /// What a sum comes to in all, by currency.
    pub fn by_currency(&self, sum: usize) -> BTreeMap<String, i64> {
        let mut all = BTreeMap::new();
        for group in &self.groups {
            let total: &mut i64 = all.entry(group.currency.clone()).or_default();
            *total = total.saturating_add(group.sums[sum]);
        }
        all
    }

    pub fn total(&self, sum: usize) -> i64 {
        self.groups.iter().fold(0, |total, group| total.saturating_add(group.sums[sum]))
    }

    /// The currency in which a sum is most often told.
    pub fn main_currency(&self, usual: &str) -> String {
        let mut found: BTreeMap<&str, usize> = BTreeMap::new();
        for group in &self.groups {
            *found.entry(&group.currency).or_default() += 1;
        }
        if found.is_empty() || found.contains_key(usual) {
            return usual.to_owned();
        }
        found.into_iter().max_by_key(|(_, n)| *n).map_or(usual, |(currency, _)| currency).to_owned()
    }
}

/// A number, 0 where there is none.
pub fn int(cell: &Json) -> i64 {
    cell.as_i64().or_else(|| cell.as_f64().map(|x| x.round() as i64)).unwrap_or_default()
}

pub fn text(cell: &Json) -> &str {
    cell.as_str().unwrap_or_default()
}

/// The first cells of a line as key and title, and the rest. A named group carries its title in the
/// second cell.
pub fn split(line: &[Json], named: bool) -> (&Json, String, &[Json]) {
    let title = &line[usize::from(named)];
    let told = match title {
        Json::String(text) => text.clone(),
        Json::Null if named && !line[0].is_null() => "Somebody or something you may not see".to_owned(),
        Json::Null => String::new(),
        other => other.to_string(),
    };
    (&line[0], told, &line[1 + usize::from(named)..])
}

/// `part` in hundredths of `whole`, with one digit behind the point; nothing of nothing.
pub fn percent(part: i64, whole: i64) -> Json {
    if whole == 0 { Json::Null } else { ((part as f64 * 1000.0 / whole as f64).round() / 10.0).into() }
}

/// Milliseconds over so many cases, in hours with one digit behind the point.
pub fn hours(sum: i64, cases: i64) -> Json {
    if cases == 0 { Json::Null } else { ((sum as f64 / cases as f64 / 360_000.0).round() / 10.0).into() }
}
