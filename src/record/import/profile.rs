//! One look through the whole file before anything is written: how many rows it has, what its
//! columns hold, how they write days and numbers. A sample would miss the one row that decides.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::kernel::{Result, shorten};

use super::dates::{Cell, Order, Shape};
use super::numbers::{self, Decimal, Number};
use super::source::Source;

/// A column with at most so many different values is a list, and its values are worth showing.
const LIST: usize = 60;
/// A column whose first so many cells are no days holds none.
const PATIENCE: u64 = 1000;

/// What a column holds throughout: the type of the field that it would become.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holds {
    Int,
    Real,
    Bool,
    Date,
    Text,
    LongText,
}

/// A column of the file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Column {
    pub name: String,
    /// The field that takes it; none when it is left out.
    pub field: Option<String>,
    /// A field that may be meant, to be confirmed by a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
    /// A person said that it is left out: it is not kept as a field of the tenant's own either.
    #[serde(default)]
    pub left_out: bool,
    pub sample: Vec<String>,
    pub filled: u64,
    pub holds: Holds,
    pub decimal: Decimal,
    /// How days are written, with counts: `M/D/YYYY`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub dates: BTreeMap<String, u64>,
    pub order: Order,
    /// No cell, or cells against each other, tell the month from the day.
    #[serde(default)]
    pub ambiguous: bool,
    /// Every value with its count, where there are few.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, u64>,
}

/// The columns and the number of rows.
pub fn profile(source: &mut Source, encoding: super::encoding::Encoding) -> Result<(Vec<Column>, u64)> {
    let mut sketches: Vec<Sketch> = source.headers.iter().map(|_| Sketch::default()).collect();
    let mut rows = 0;
    while let Some(line) = source.next()? {
        rows += 1;
        if line.cells.len() != sketches.len() {
            continue;
        }
        for (sketch, cell) in sketches.iter_mut().zip(line.cells.iter()) {
            let text = encoding.text(cell).unwrap_or_default();
            let text = text.trim();
            if !text.is_empty() {
                sketch.look(text);
            }
        }
    }
    let headers = std::mem::take(&mut source.headers);
    Ok((headers.into_iter().zip(sketches).map(|(name, sketch)| sketch.finish(name)).collect(), rows))
}

/// What was seen of a column so far.
#[derive(Default)]
struct Sketch {
    filled: u64,
    sample: Vec<String>,
    values: HashMap<String, u64>,
    many_values: bool,
    dates: BTreeMap<Shape, u64>,
    /// Days written so that the order of day and month matters, and what they say about it.
    open: u64,
    month_first: u64,
    day_first: u64,
    whole: u64,
    real: u64,
    words: u64,
    point: u64,
    comma: u64,
    longest: usize,
}

impl Sketch {
    fn look(&mut self, text: &str) {
        self.filled += 1;
        if self.sample.len() < 3 && !self.sample.iter().any(|s| s == text) {
            self.sample.push(shorten(text, 100));
        }
        self.longest = self.longest.max(text.len());
        self.count(text);
        let young = self.filled <= PATIENCE;
        let started_as_number = text.starts_with(|c: char| c.is_ascii_digit() || "-+(.$€£'".contains(c));
        if (young || !self.dates.is_empty())
            && let Some(cell) = Cell::read(text)
            && cell.day.date(Order::MonthFirst).or(cell.day.date(Order::DayFirst)).is_some()
        {
            *self.dates.entry(cell.day.shape).or_default() += 1;
            self.open += u64::from(cell.day.needs_order());
            match cell.day.evidence() {
                Some(Order::MonthFirst) => self.month_first += 1,
                Some(Order::DayFirst) => self.day_first += 1,
                None => {}
            }
        }
        if started_as_number && (young || self.real > 0) {
            self.look_at_number(text);
        }
        if young || self.words > 0 {
            self.words += u64::from(matches!(yes_or_no(text), Some((_, true))));
        }
    }

    fn look_at_number(&mut self, text: &str) {
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        if digits && text.len() <= 15 {
            self.real += 1;
            // 00123 is a name that happens to be made of digits.
            self.whole += u64::from(text.len() == 1 || !text.starts_with('0'));
            return;
        }
        match numbers::evidence(text) {
            Some(Decimal::Point) => self.point += 1,
            Some(Decimal::Comma) => self.comma += 1,
            None => {}
        }
        let number = Number::read(text, Decimal::Point).or_else(|| Number::read(text, Decimal::Comma));
        self.real += u64::from(number.is_some());
        self.whole += u64::from(number.is_some_and(|n| n.whole().is_some()) && !text.contains(['.', ',']));
    }

    fn count(&mut self, text: &str) {
        if self.many_values {
            return;
        }
        if let Some(n) = self.values.get_mut(text) {
            *n += 1;
        } else if self.values.len() < LIST && text.len() <= 200 {
            self.values.insert(text.to_owned(), 1);
        } else {
            self.many_values = true;
            self.values = HashMap::new();
        }
    }

    fn finish(self, name: String) -> Column {
        let order = if self.day_first > self.month_first { Order::DayFirst } else { Order::MonthFirst };
        let dated: u64 = self.dates.values().sum();
        let leading_zeros = self.whole < self.real && self.point + self.comma == 0;
        let all = |n: u64| self.filled > 0 && n == self.filled;
        let holds = if all(dated) {
            Holds::Date
        } else if all(self.whole) {
            Holds::Int
        } else if all(self.real) && !leading_zeros {
            Holds::Real
        } else if all(self.words) {
            Holds::Bool
        } else if self.longest > 1000 {
            Holds::LongText
        } else {
            Holds::Text
        };
        Column {
            name,
            field: None,
            suggestion: None,
            left_out: false,
            sample: self.sample,
            filled: self.filled,
            holds,
            decimal: if self.comma > self.point { Decimal::Comma } else { Decimal::Point },
            dates: self.dates.iter().map(|(shape, n)| (shape.label(order), *n)).collect(),
            order,
            ambiguous: self.open > 0 && (self.day_first > 0) == (self.month_first > 0),
            values: self.values.into_iter().collect(),
        }
    }
}

/// Yes or no, and whether it was said in a word.
pub fn yes_or_no(text: &str) -> Option<(bool, bool)> {
    const WORDS: [(&str, bool, bool); 14] = [
        ("true", true, true),
        ("yes", true, true),
        ("y", true, true),
        ("t", true, true),
        ("on", true, true),
        ("x", true, true),
        ("1", true, false),
        ("false", false, true),
        ("no", false, true),
        ("n", false, true),
        ("f", false, true),
        ("off", false, true),
        ("-", false, false),
        ("0", false, false),
    ];
    WORDS.iter().find(|(word, ..)| text.eq_ignore_ascii_case(word)).map(|(_, yes, word)| (*yes, *word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(cells: &[&str]) -> Column {
        let mut sketch = Sketch::default();
        cells.iter().for_each(|c| sketch.look(c));
        sketch.finish("x".into())
    }

    #[test]
    fn a_column_is_what_all_its_cells_are() {
        assert_eq!(column(&["1", "22", "-3"]).holds, Holds::Int);
        assert_eq!(column(&["1", "2.5"]).holds, Holds::Real);
        assert_eq!(column(&["1100.04", "251.41"]).holds, Holds::Real);
        assert_eq!(column(&["007", "12"]).holds, Holds::Text);
        assert_eq!(column(&["19960524", "20010101"]).holds, Holds::Date);
        assert_eq!(column(&["yes", "No"]).holds, Holds::Bool);
        assert_eq!(column(&["1", "2", "three"]).holds, Holds::Text);
        assert_eq!(column(&[]).holds, Holds::Text);
    }

    #[test]
    fn one_cell_in_a_column_settles_the_order_of_its_days() {
        let american = column(&["3/1/2017", "10/20/2016"]);
        assert_eq!((american.order, american.ambiguous), (Order::MonthFirst, false));
        let european = column(&["3/1/2017", "20/10/2016"]);
        assert_eq!((european.order, european.ambiguous), (Order::DayFirst, false));
        assert_eq!(european.dates.get("D/M/YYYY"), Some(&2));
        assert!(column(&["3/1/2017", "4/5/2016"]).ambiguous);
        assert!(!column(&["2016-10-20"]).ambiguous);
    }
}
