//! Days and hours of work, in UTC: the demo is told the same in every zone.

use crate::kernel::{Date, Moment};

pub const MINUTE: i64 = 60_000;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

/// When a technician's visits begin, in minutes after midnight.
pub const SLOTS: [i64; 7] = [450, 525, 600, 675, 780, 855, 930];

/// The day of a moment, counted from 1970.
pub fn day_of(moment: Moment) -> i64 {
    moment.0.div_euclid(DAY)
}

/// So many minutes after midnight of a day.
pub fn at(day: i64, minute: i64) -> Moment {
    Moment(day * DAY + minute * MINUTE)
}

pub fn later(moment: Moment, minutes: i64) -> Moment {
    Moment(moment.0 + minutes * MINUTE)
}

/// The same day, with its hours pressed into those of an office, 8 to 17; the order of two moments
/// stays as it was.
pub fn in_office_hours(moment: Moment) -> Moment {
    let day = day_of(moment);
    let into = moment.0 - day * DAY;
    at(day, 8 * 60 + into * 9 / (24 * MINUTE))
}

/// The day itself, or the Monday after a weekend.
pub fn working(day: i64) -> i64 {
    // 1970-01-01 was a Thursday.
    match (day + 4).rem_euclid(7) {
        6 => day + 2,
        0 => day + 1,
        _ => day,
    }
}

pub fn date(day: i64) -> Date {
    at(day, 0).day_in("UTC")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_works_at_the_weekend() {
        let day = |s| day_of(Moment::parse(s).unwrap());
        assert_eq!(working(day("2026-11-21")), day("2026-11-23"));
        assert_eq!(working(day("2026-11-22")), day("2026-11-23"));
        assert_eq!(working(day("2026-11-20")), day("2026-11-20"));
    }

    #[test]
    fn a_whole_day_fits_into_office_hours_in_its_order() {
        let midnight = Moment::parse("2026-11-20").unwrap();
        let moments: Vec<_> = (0..96).map(|quarter| in_office_hours(later(midnight, quarter * 15))).collect();
        assert!(moments.is_sorted());
        assert_eq!(moments[0], at(day_of(midnight), 8 * 60));
        assert!(moments[95] < at(day_of(midnight), 17 * 60));
    }
}
