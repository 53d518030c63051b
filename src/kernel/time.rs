//! Moments and days. A moment is milliseconds since 1970 in UTC in the store and RFC 3339 on the
//! wire; a day is `YYYY-MM-DD` in both.

use std::fmt;

/// A moment: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

/// The names of the places that have a time of their own, such as `Europe/London`, in order.
pub fn zones() -> Vec<String> {
    let names = jiff::tz::db().available().map(|name| name.to_string());
    let mut places: Vec<String> = names.filter(|name| name.contains('/') && !name.starts_with("Etc/")).collect();
    places.sort();
    places
}

impl Moment {
    /// 0001-01-01T00:00:00Z. What lies before has no four-digit year to be written with.
    const FIRST: Self = Self(-62_135_596_800_000);

    pub fn now() -> Self {
        Self(jiff::Timestamp::now().as_millisecond())
    }

    /// Reads RFC 3339 with an offset, or a plain day, which means its first moment in UTC; years 1
    /// to 9999, as for [`Date`].
    pub fn parse(s: &str) -> Option<Self> {
        if let Ok(t) = s.parse::<jiff::Timestamp>() {
            return Some(Self(t.as_millisecond())).filter(|moment| *moment >= Self::FIRST);
        }
        Date::parse(s).map(|d| Self(d.days() * 86_400_000))
    }

    /// So many seconds after midnight of a day in the given zone; `None` for an unknown zone.
    pub fn local(date: Date, seconds: i64, zone: &str) -> Option<Self> {
        let tz = jiff::tz::TimeZone::get(zone).ok()?;
        let time = jiff::civil::Time::midnight().wrapping_add(jiff::SignedDuration::from_secs(seconds));
        let zoned = tz.to_ambiguous_zoned(date.0.to_datetime(time)).compatible().ok()?;
        Some(Self(zoned.timestamp().as_millisecond()))
    }

    pub fn plus_s(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    /// How many seconds have passed in the given zone since its midnight, as its clocks show it.
    pub fn seconds_in(self, zone: &str) -> i64 {
        let tz = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
        let time = jiff::Timestamp::from_millisecond(self.0).unwrap_or_default().to_zoned(tz).time();
        i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second())
    }

    /// The day and the minute as a zone's clocks show them, for people: `2026-11-21 09:30`.
    pub fn told_in(self, zone: &str) -> String {
        let tz = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
        let t = jiff::Timestamp::from_millisecond(self.0).unwrap_or_default();
        let shown = t.to_zoned(tz);
        format!("{} {:02}:{:02}", shown.date(), shown.hour(), shown.minute())
    }

    /// The day in the given zone (an IANA name; an unknown one counts as UTC).
    pub fn day_in(self, zone: &str) -> Date {
        let tz = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
        let t = jiff::Timestamp::from_millisecond(self.0).unwrap_or_default();
        Date(t.to_zoned(tz).date())
    }

    /// The time of day in the given zone: `14:32`.
    pub fn clock_in(self, zone: &str) -> String {
        let tz = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
        let t = jiff::Timestamp::from_millisecond(self.0).unwrap_or_default().to_zoned(tz);
        format!("{:02}:{:02}", t.hour(), t.minute())
    }

    /// Appends `2026-11-21T09:30:00.000Z`. Written out by hand because a list writes 50 of them
    /// for each answer.
    pub fn write(self, out: &mut Vec<u8>) {
        let days = self.0.div_euclid(86_400_000);
        let ms = self.0.rem_euclid(86_400_000);
        // Days to civil date after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
        let z = days + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z.rem_euclid(146_097);
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let day = doy - (153 * mp + 2) / 5 + 1;
        let month = if mp < 10 { mp + 3 } else { mp - 9 };
        let year = yoe + era * 400 + i64::from(month <= 2);
        let mut buffer = *b"0000-00-00T00:00:00.000Z";
        let mut put = |at: usize, width: usize, mut n: i64| {
            for i in (at..at + width).rev() {
                buffer[i] = b'0' + (n % 10) as u8;
                n /= 10;
            }
        };
        put(0, 4, year.clamp(0, 9999));
        put(5, 2, month);
        put(8, 2, day);
        put(11, 2, ms / 3_600_000);
        put(14, 2, ms / 60_000 % 60);
        put(17, 2, ms / 1000 % 60);
        put(20, 3, ms % 1000);
        out.extend_from_slice(&buffer);
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = Vec::with_capacity(24);
        self.write(&mut out);
        f.write_str(&String::from_utf8_lossy(&out))
    }
}

/// A day without a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

impl Date {
    /// Reads `YYYY-MM-DD` and nothing else; years 1 to 9999.
    pub fn parse(s: &str) -> Option<Self> {
        if s.len() != 10 {
            return None;
        }
        let date: jiff::civil::Date = s.parse().ok()?;
        (date.year() >= 1).then_some(Self(date))
    }

    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        jiff::civil::Date::new(year, month, day).ok().filter(|d| d.year() >= 1).map(Self)
    }

    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// 1 to 12.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// 0 on a Monday, 6 on a Sunday.
    pub fn days_since_monday(self) -> i64 {
        i64::from(self.0.weekday().to_monday_zero_offset())
    }

    /// The day so many days later (or earlier); stays where it is at the ends of the calendar.
    pub fn plus_days(self, days: i64) -> Self {
        Self(self.0.checked_add(jiff::Span::new().days(days.clamp(-4_000_000, 4_000_000))).unwrap_or(self.0))
    }

    /// The day so many months later; the last of the month where it has no such day.
    pub fn plus_months(self, months: i64) -> Self {
        Self(self.0.checked_add(jiff::Span::new().months(months.clamp(-100_000, 100_000))).unwrap_or(self.0))
    }

    /// Days since 1970-01-01.
    pub fn days(self) -> i64 {
        let epoch = jiff::civil::date(1970, 1, 1);
        i64::from((self.0 - epoch).get_days())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_as_rfc_3339() {
        for s in [
            "1970-01-01T00:00:00.000Z",
            "2024-02-29T23:59:59.999Z",
            "2026-11-21T09:30:00.500Z",
            "1969-12-31T23:59:59.000Z",
        ] {
            assert_eq!(Moment::parse(s).map(|m| m.to_string()).as_deref(), Some(s));
        }
        assert_eq!(Moment::parse("2026-11-21").map(|m| m.to_string()).as_deref(), Some("2026-11-21T00:00:00.000Z"));
        assert_eq!(
            Moment::parse("2026-11-21T10:00:00+02:00").map(|m| m.to_string()).as_deref(),
            Some("2026-11-21T08:00:00.000Z")
        );
        assert_eq!(Moment::parse("yesterday"), None);
        assert_eq!(Moment::parse("-000044-03-15T12:00:00Z"), None, "no year before the first can be written");
    }

    #[test]
    fn days_are_real_days() {
        assert_eq!(Date::parse("2026-02-30"), None);
        assert_eq!(Date::parse("20260230"), None);
        assert_eq!(Date::parse("2026-11-21").map(|d| d.plus_days(10).to_string()).as_deref(), Some("2026-12-01"));
        assert_eq!(Date::parse("1970-01-02").map(Date::days), Some(1));
        let last_of_january = Date::parse("2027-01-31").expect("a day");
        assert_eq!(last_of_january.plus_months(1).to_string(), "2027-02-28");
        assert_eq!(last_of_january.plus_months(2).to_string(), "2027-03-31");
    }

    #[test]
    fn the_day_depends_on_the_zone() {
        let late = Moment::parse("2026-12-31T23:30:00Z").expect("a moment");
        assert_eq!(late.day_in("Europe/Berlin").year(), 2027);
        assert_eq!(late.day_in("UTC").year(), 2026);
        assert_eq!(late.day_in("Nowhere/Land").year(), 2026);
    }
}
