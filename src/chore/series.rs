//! The days of something that repeats, counted from the first of them.

use serde_json::Value as Json;

use crate::kernel::Date;

/// How far a series is looked along for a day that is still to come.
const STEPS: i64 = 100_000;

/// How often: `{"every": 3, "unit": "month", "until": "2030-12-31"}`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    every: i64,
    unit: Unit,
    until: Option<Date>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Unit {
    Days(i64),
    Months(i64),
}

impl Rule {
    pub fn parse(text: &str) -> Option<Self> {
        let json: Json = serde_json::from_str(text).ok()?;
        let unit = match json["unit"].as_str()? {
            "day" => Unit::Days(1),
            "week" => Unit::Days(7),
            "month" => Unit::Months(1),
            "year" => Unit::Months(12),
            _ => return None,
        };
        let every = json["every"].as_i64().filter(|every| *every > 0)?;
        Some(Self { every, unit, until: json["until"].as_str().and_then(Date::parse) })
    }
}

/// A place in a series: the first day, and so many steps from it. A month after 31 January is 28
/// February and two months after it 31 March; from step to step the day would be lost on the way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    pub anchor: Date,
    pub step: i64,
}

impl Place {
    fn on(self, rule: &Rule) -> Date {
        match rule.unit {
            Unit::Days(days) => self.anchor.plus_days(self.step.saturating_mul(rule.every * days)),
            Unit::Months(months) => self.anchor.plus_months(self.step.saturating_mul(rule.every * months)),
        }
    }

    /// Its day by a rule that is still text.
    pub fn day(self, rule: &str) -> Option<Date> {
        Rule::parse(rule).map(|rule| self.on(&rule))
    }

    /// The next place whose day comes after `done`: what was done late skips the days that it missed.
    /// `None` when the series has ended.
    pub fn after(self, rule: &Rule, done: Date) -> Option<Self> {
        let next =
            (1..STEPS).map(|more| Self { step: self.step + more, ..self }).find(|place| place.on(rule) > done)?;
        rule.until.is_none_or(|until| next.on(rule) <= until).then_some(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    /// The days of a series in which each order is done on its day.
    fn days(rule: &str, first: &str, n: usize) -> Vec<String> {
        let parsed = Rule::parse(rule).unwrap();
        let mut place = Place { anchor: day(first), step: 0 };
        let mut all = Vec::new();
        while all.len() < n
            && let Some(next) = place.after(&parsed, place.on(&parsed))
        {
            place = next;
            all.push(place.on(&parsed).to_string());
        }
        all
    }

    #[test]
    fn the_end_of_a_month_stays_the_end_of_the_month() {
        // X10
        let monthly = days(r#"{"every": 1, "unit": "month"}"#, "2027-01-31", 4);
        assert_eq!(monthly, ["2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"]);
        let leap = days(r#"{"every": 1, "unit": "year"}"#, "2024-02-29", 4);
        assert_eq!(leap, ["2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]);
    }

    #[test]
    fn days_and_weeks_are_counted_and_a_series_ends() {
        assert_eq!(days(r#"{"every": 10, "unit": "day"}"#, "2027-02-25", 2), ["2027-03-07", "2027-03-17"]);
        let until = days(r#"{"every": 2, "unit": "week", "until": "2027-02-01"}"#, "2027-01-04", 9);
        assert_eq!(until, ["2027-01-18", "2027-02-01"]);
    }

    #[test]
    fn what_was_done_late_skips_what_it_missed() {
        let rule = Rule::parse(r#"{"every": 1, "unit": "week"}"#).unwrap();
        let place = Place { anchor: day("2027-01-04"), step: 0 };
        let next = place.after(&rule, day("2027-01-27")).unwrap();
        assert_eq!((next.step, next.on(&rule)), (4, day("2027-02-01")));
        let early = place.after(&rule, day("2027-01-02")).unwrap();
        assert_eq!(early.on(&rule), day("2027-01-11"), "done early, the next is still a week after its day");
    }

    #[test]
    fn a_rule_that_says_nothing_is_none() {
        for text in ["", "{}", r#"{"every": 0, "unit": "day"}"#, r#"{"every": 1, "unit": "moon"}"#] {
            assert_eq!(Rule::parse(text), None, "{text}");
        }
    }
}
