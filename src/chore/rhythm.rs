//! When something comes round again, by the clocks of the tenant's time zone.

use crate::kernel::Moment;

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rhythm {
    /// Every so many minutes, whatever the clocks show.
    Minutes(i64),
    /// Once a day at this hour. Where the clocks leave it out it is done an hour later; where they
    /// show it twice, the first time.
    Daily(i64),
    /// R19: every so many minutes in business hours, every so many outside.
    Business { open: i64, closed: i64 },
}

/// Business hours, Monday to Friday, where nobody says otherwise.
const OPENS_S: i64 = 8 * 3_600;
const CLOSES_S: i64 = 18 * 3_600;
const MINUTE_MS: i64 = 60_000;

impl Rhythm {
    /// The first moment after `after`, in that zone.
    pub fn next(self, after: Moment, zone: &str) -> Moment {
        match self {
            Self::Minutes(minutes) => on_grid(after, minutes),
            Self::Daily(hour) => daily(after, hour, zone),
            Self::Business { open, closed } => {
                let mut at = on_grid(after, open);
                while !is_open(at, zone) && at.0 % (closed * MINUTE_MS) != 0 {
                    at = on_grid(at, open);
                }
                at
            }
        }
    }
}

/// The next whole multiple of so many minutes: the same for every server, however often it restarts.
fn on_grid(after: Moment, minutes: i64) -> Moment {
    let grid = minutes.max(1) * MINUTE_MS;
    Moment((after.0.div_euclid(grid) + 1) * grid)
}

fn daily(after: Moment, hour: i64, zone: &str) -> Moment {
    let today = after.day_in(zone);
    let on = |days| Moment::local(today.plus_days(days), hour * 3_600, zone);
    let days =
        (0..=2).filter_map(|days| on(days).or_else(|| Moment::local(today.plus_days(days), hour * 3_600, "UTC")));
    days.into_iter().find(|at| *at > after).unwrap_or_else(|| after.plus_s(86_400))
}

fn is_open(at: Moment, zone: &str) -> bool {
    let weekday = at.day_in(zone).days_since_monday() < 5;
    weekday && (OPENS_S..CLOSES_S).contains(&at.seconds_in(zone))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        Moment::parse(text).unwrap()
    }

    fn runs(rhythm: Rhythm, zone: &str, from: &str, to: &str) -> Vec<String> {
        let (mut now, to, mut all) = (at(from), at(to), Vec::new());
        loop {
            now = rhythm.next(now, zone);
            if now > to {
                return all;
            }
            all.push(now.to_string());
        }
    }

    #[test]
    fn a_day_is_a_day_of_the_tenant_also_when_the_clocks_change() {
        // Berlin goes from UTC+1 to UTC+2 on 28 March 2027 and back on 31 October.
        let spring = runs(Rhythm::Daily(5), "Europe/Berlin", "2027-03-26T12:00:00Z", "2027-03-29T12:00:00Z");
        assert_eq!(spring, ["2027-03-27T04:00:00.000Z", "2027-03-28T03:00:00.000Z", "2027-03-29T03:00:00.000Z"]);
        let autumn = runs(Rhythm::Daily(5), "Europe/Berlin", "2027-10-29T12:00:00Z", "2027-11-01T12:00:00Z");
        assert_eq!(autumn, ["2027-10-30T03:00:00.000Z", "2027-10-31T04:00:00.000Z", "2027-11-01T04:00:00.000Z"]);
    }

    #[test]
    fn an_hour_that_the_clocks_leave_out_or_show_twice_counts_once() {
        let skipped = runs(Rhythm::Daily(2), "Europe/Berlin", "2027-03-27T12:00:00Z", "2027-03-29T12:00:00Z");
        assert_eq!(skipped, ["2027-03-28T01:00:00.000Z", "2027-03-29T00:00:00.000Z"]);
        let twice = runs(Rhythm::Daily(2), "Europe/Berlin", "2027-10-30T12:00:00Z", "2027-11-01T12:00:00Z");
        assert_eq!(twice, ["2027-10-31T00:00:00.000Z", "2027-11-01T01:00:00.000Z"]);
    }

    #[test]
    fn a_daylight_saving_year_has_as_many_runs_as_days() {
        for zone in ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC", "No/Where"] {
            for hour in [0, 1, 2, 3, 23] {
                let year = runs(Rhythm::Daily(hour), zone, "2027-06-01T12:00:00Z", "2028-05-31T12:00:00Z");
                assert_eq!(year.len(), 365, "{zone} at {hour}");
            }
        }
    }

    #[test]
    fn business_hours_are_more_often() {
        // R19
        let rhythm = Rhythm::Business { open: 5, closed: 15 };
        let morning = runs(rhythm, "Europe/Berlin", "2027-06-07T05:40:00Z", "2027-06-07T06:10:00Z");
        assert_eq!(morning.len(), 4, "7:45, 8:00, 8:05, 8:10: {morning:?}");
        let sunday = runs(rhythm, "Europe/Berlin", "2027-06-06T08:00:00Z", "2027-06-06T09:00:00Z");
        assert_eq!(sunday.len(), 4);
        let evening = runs(rhythm, "Europe/Berlin", "2027-06-07T15:50:00Z", "2027-06-07T16:30:00Z");
        assert_eq!(
            evening,
            [
                "2027-06-07T15:55:00.000Z",
                "2027-06-07T16:00:00.000Z",
                "2027-06-07T16:15:00.000Z",
                "2027-06-07T16:30:00.000Z"
            ]
        );
    }

    #[test]
    fn a_grid_does_not_depend_on_when_the_server_began() {
        assert_eq!(Rhythm::Minutes(60).next(at("2027-06-07T05:40:12Z"), "UTC"), at("2027-06-07T06:00:00Z"));
        assert_eq!(Rhythm::Minutes(60).next(at("2027-06-07T06:00:00Z"), "UTC"), at("2027-06-07T07:00:00Z"));
    }
}
