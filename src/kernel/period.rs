//! Stretches of the calendar, in a tenant's own time zone: what reports group by and filters begin at.

use super::{Date, Moment};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    Day,
    /// From Monday on.
    Week,
    Month,
    Quarter,
    Year,
}

impl Period {
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "day" => Self::Day,
            "week" => Self::Week,
            "month" => Self::Month,
            "quarter" => Self::Quarter,
            "year" => Self::Year,
            _ => return None,
        })
    }

    /// The first day of the period that holds `day`, or of the one so many later (or earlier).
    pub fn first_day(self, day: Date, later: i64) -> Date {
        let later = later.clamp(-40_000, 40_000);
        let months = |length: i64| {
            let month = i64::from(day.year()) * 12 + i64::from(day.month()) - 1;
            let first = (month.div_euclid(length) + later) * length;
            let year = i16::try_from(first.div_euclid(12)).unwrap_or(i16::MAX);
            let month = i8::try_from(first.rem_euclid(12) + 1).unwrap_or(1);
            Date::new(year, month, 1).unwrap_or(day)
        };
        match self {
            Self::Day => day.plus_days(later),
            Self::Week => day.plus_days(7 * later - day.days_since_monday()),
            Self::Month => months(1),
            Self::Quarter => months(3),
            Self::Year => months(12),
        }
    }
}

/// Reads a day said relative to `today`: `today`, `today-7`, `week`, `month+1`, `quarter-4`, `year`.
/// A period means its first day.
pub fn relative_day(text: &str, today: Date) -> Option<Date> {
    let at = text.find(['+', '-']).unwrap_or(text.len());
    let (word, rest) = text.split_at(at);
    let period = match word {
        "today" => Period::Day,
        "day" => return None,
        word => Period::parse(word)?,
    };
    let later = if rest.is_empty() { 0 } else { rest.parse::<i64>().ok().filter(|n| n.abs() <= 36_600)? };
    Some(period.first_day(today, later))
}

/// How far a zone's clocks are ahead of UTC, in milliseconds, latest first: each holds from its
/// moment on, the last one (without a moment) before all others. Changes after 2050 are left out.
pub fn clock_changes(zone: &str) -> (Vec<(Moment, i64)>, i64) {
    let ms = |offset: jiff::tz::Offset| i64::from(offset.seconds()) * 1000;
    let (Ok(tz), Ok(end)) = (jiff::tz::TimeZone::get(zone), "2050-01-01T00:00:00Z".parse::<jiff::Timestamp>()) else {
        return (Vec::new(), 0);
    };
    let changes = tz.preceding(end).map(|t| (Moment(t.timestamp().as_millisecond()), ms(t.offset()))).collect();
    (changes, ms(tz.to_offset(jiff::Timestamp::MIN)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).expect("a day")
    }

    #[test]
    fn days_are_said_relative_to_today() {
        let today = day("2026-11-21");
        for (text, due) in [
            ("today", "2026-11-21"),
            ("today+10", "2026-12-01"),
            ("week", "2026-11-16"),
            ("week-1", "2026-11-09"),
            ("month", "2026-11-01"),
            ("month-11", "2025-12-01"),
            ("month+2", "2027-01-01"),
            ("quarter", "2026-10-01"),
            ("quarter-4", "2025-10-01"),
            ("year+1", "2027-01-01"),
        ] {
            assert_eq!(relative_day(text, today), Some(day(due)), "{text}");
        }
        for wrong in ["", "day", "tomorrow", "today+", "month-x", "today+99999999"] {
            assert_eq!(relative_day(wrong, today), None, "{wrong}");
        }
    }

    #[test]
    fn a_zone_changes_its_clocks() {
        let (changes, _) = clock_changes("Europe/Berlin");
        let summer = Moment::parse("2026-07-01").expect("a moment");
        let offset = changes.iter().find(|(from, _)| *from <= summer).map(|(_, offset)| *offset);
        assert_eq!(offset, Some(7_200_000));
        assert_eq!(clock_changes("UTC"), (Vec::new(), 0));
    }
}
