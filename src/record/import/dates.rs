//! Days and moments in the ways that files write them.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::kernel::{Date, Moment};

/// Which of two small numbers is the month. It cannot be told from one cell, so a whole column
/// decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Order {
    #[default]
    #[serde(rename = "M/D/YYYY")]
    MonthFirst,
    #[serde(rename = "D/M/YYYY")]
    DayFirst,
}

/// How a day was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// `2016-10-20`, also with `/` or `.` between.
    YearFirst(char),
    /// `20161020`.
    Compact,
    /// `10/20/2016` or `20/10/2016`; the order is decided elsewhere.
    YearLast(char),
    /// `20 Oct 2016`, `Oct 20, 2016`.
    Named,
}

impl Shape {
    /// For people: `M/D/YYYY`.
    pub fn label(self, order: Order) -> String {
        match (self, order) {
            (Self::YearFirst(c), _) => format!("YYYY{c}MM{c}DD"),
            (Self::Compact, _) => "YYYYMMDD".into(),
            (Self::YearLast('.'), _) => "D.M.YYYY".into(),
            (Self::YearLast(c), Order::MonthFirst) => format!("M{c}D{c}YYYY"),
            (Self::YearLast(c), Order::DayFirst) => format!("D{c}M{c}YYYY"),
            (Self::Named, _) => "D MON YYYY".into(),
        }
    }
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MonthFirst => "M/D/YYYY",
            Self::DayFirst => "D/M/YYYY",
        })
    }
}

/// The three parts of a written day, and how it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    parts: [u16; 3],
    pub shape: Shape,
}

impl Written {
    pub fn read(text: &str) -> Option<Self> {
        // Most cells that are no dates are seen to be none by their first character.
        let first = *text.as_bytes().first()?;
        if first.is_ascii_digit() {
            if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
                let parts = [number(&text[..4])?, number(&text[4..6])?, number(&text[6..])?];
                return Some(Self { parts, shape: Shape::Compact });
            }
            if let Some(separator) = text.chars().find(|c| !c.is_ascii_digit())
                && matches!(separator, '-' | '/' | '.')
            {
                let mut split = text.split(separator);
                let (a, b, c) = (split.next()?, split.next()?, split.next()?);
                if split.next().is_some() {
                    return None;
                }
                if b.starts_with(|c: char| c.is_ascii_alphabetic()) {
                    return named(text);
                }
                let parts = [number(a)?, number(b)?, number(c)?];
                return match (a.len(), b.len(), c.len()) {
                    (4, 1..=2, 1..=2) => Some(Self { parts, shape: Shape::YearFirst(separator) }),
                    (1..=2, 1..=2, 4) => Some(Self { parts, shape: Shape::YearLast(separator) }),
                    _ => None,
                };
            }
        }
        if first.is_ascii_alphanumeric() { named(text) } else { None }
    }

    pub fn date(self, order: Order) -> Option<Date> {
        let [a, b, c] = self.parts;
        let (year, month, day) = match (self.shape, order) {
            (Shape::YearFirst(_) | Shape::Compact | Shape::Named, _) => (a, b, c),
            (Shape::YearLast('.'), _) | (Shape::YearLast(_), Order::DayFirst) => (c, b, a),
            (Shape::YearLast(_), Order::MonthFirst) => (c, a, b),
        };
        // Outside of these a number of eight digits is more likely a number.
        if !(1000..=2999).contains(&year) {
            return None;
        }
        Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
    }

    /// What this one date says about the order of its column, if anything.
    pub fn evidence(self) -> Option<Order> {
        let (Shape::YearLast('-' | '/'), [a, b, _]) = (self.shape, self.parts) else { return None };
        match (a > 12, b > 12) {
            (true, false) => Some(Order::DayFirst),
            (false, true) => Some(Order::MonthFirst),
            _ => None,
        }
    }

    /// True when the order decides what this date is.
    pub fn needs_order(self) -> bool {
        matches!(self.shape, Shape::YearLast('-' | '/'))
    }
}

fn number(digits: &str) -> Option<u16> {
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// `20 Oct 2016`, `20-Oct-2016`, `October 20, 2016`.
fn named(text: &str) -> Option<Written> {
    if text.len() > 24 {
        return None;
    }
    let mut words = text.split([' ', '-', ',', '.']).filter(|w| !w.is_empty());
    let (a, b, year) = (words.next()?, words.next()?, number(words.next()?)?);
    let (day, month) = if a.as_bytes()[0].is_ascii_digit() { (a, b) } else { (b, a) };
    if words.next().is_some() || month.len() < 3 || !month.is_ascii() {
        return None;
    }
    let short = month[..3].to_ascii_lowercase();
    let month = MONTHS.iter().position(|m| *m == short)? as u16 + 1;
    Some(Written { parts: [year, month, number(day)?], shape: Shape::Named })
}

/// A cell that holds a day, and perhaps a time of that day.
#[derive(Clone, Copy, Debug)]
pub struct Cell<'a> {
    pub day: Written,
    time: Option<&'a str>,
}

impl<'a> Cell<'a> {
    pub fn read(text: &'a str) -> Option<Self> {
        if let Some(day) = Written::read(text) {
            return Some(Self { day, time: None });
        }
        // The time begins after the last space or T before the first colon.
        let colon = text.find(':')?;
        let cut = text[..colon].rfind(['T', ' '])?;
        let day = Written::read(text[..cut].trim_end_matches(','))?;
        Some(Self { day, time: Some(text[cut + 1..].trim()) })
    }

    /// The moment, a time without an offset being one of the given zone.
    pub fn moment(self, order: Order, zone: &str) -> Option<Moment> {
        let date = self.day.date(order)?;
        let Some(time) = self.time else { return Moment::local(date, 0, zone) };
        if time.ends_with('Z') || time.contains('+') || time[1..].contains('-') {
            return Moment::parse(&format!("{date}T{time}"));
        }
        Moment::local(date, clock(time)?, zone)
    }
}

/// Seconds since midnight of `14:30`, `14:30:05.250`, `2:30 PM`.
fn clock(text: &str) -> Option<i64> {
    let upper = text.to_ascii_uppercase();
    let (digits, half) = match upper.strip_suffix("PM").map(|t| (t, Some(12))) {
        Some(pair) => pair,
        None => upper.strip_suffix("AM").map_or((upper.as_str(), None), |t| (t, Some(0))),
    };
    let mut parts = digits.trim().split(':');
    let hour = i64::from(number(parts.next()?)?);
    let minute = i64::from(number(parts.next()?)?);
    let second = match parts.next() {
        Some(text) => i64::from(number(text.split('.').next()?)?),
        None => 0,
    };
    let hour = match half {
        Some(add) if (1..=12).contains(&hour) => hour % 12 + add,
        Some(_) => return None,
        None => hour,
    };
    (parts.next().is_none() && hour < 24 && minute < 60 && second < 60).then_some(hour * 3600 + minute * 60 + second)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str, order: Order) -> Option<String> {
        Cell::read(text).and_then(|c| c.day.date(order)).map(|d| d.to_string())
    }

    #[test]
    fn days_are_read_as_files_write_them() {
        for text in [
            "2016-10-20",
            "20161020",
            "2016/10/20",
            "10/20/2016",
            "20.10.2016",
            "20 Oct 2016",
            "Oct 20, 2016",
            "20-OCT-2016",
            "2016-10-20T14:30:00Z",
            "10/20/2016 2:30 PM",
            "October 20, 2016",
        ] {
            assert_eq!(day(text, Order::MonthFirst).as_deref(), Some("2016-10-20"), "{text}");
        }
        assert_eq!(day("3/1/2017", Order::DayFirst).as_deref(), Some("2017-01-03"));
        assert_eq!(day("3/1/2017", Order::MonthFirst).as_deref(), Some("2017-03-01"));
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in [
            "********",
            "9O0719",
            "50510",
            "2010116",
            "20161320",
            "13/13/2016",
            "10/20/16",
            "",
            "-",
            "1.5",
            "00000000",
            "active",
            "may be 2016",
            "1-2",
            "é 5 2016",
            "1234 5678 9",
        ] {
            assert_eq!(day(text, Order::MonthFirst), None, "{text}");
        }
    }

    #[test]
    fn a_large_first_number_is_the_day() {
        let evidence = |text| Written::read(text).and_then(Written::evidence);
        assert_eq!(evidence("20/10/2016"), Some(Order::DayFirst));
        assert_eq!(evidence("10/20/2016"), Some(Order::MonthFirst));
        assert_eq!(evidence("10/11/2016"), None);
        assert_eq!(evidence("20.10.2016"), None);
    }

    #[test]
    fn a_time_without_an_offset_is_local() {
        let moment =
            |text| Cell::read(text).and_then(|c| c.moment(Order::MonthFirst, "Europe/Berlin")).map(|m| m.to_string());
        assert_eq!(moment("10/20/2016 14:30").as_deref(), Some("2016-10-20T12:30:00.000Z"));
        assert_eq!(moment("2016-10-20 02:30 pm").as_deref(), Some("2016-10-20T12:30:00.000Z"));
        assert_eq!(moment("2016-10-20T14:30:00Z").as_deref(), Some("2016-10-20T14:30:00.000Z"));
        assert_eq!(moment("2016-10-20").as_deref(), Some("2016-10-19T22:00:00.000Z"));
        assert_eq!(moment("2016-10-20 25:00"), None);
    }
}
