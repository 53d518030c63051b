//! The dashboards, and the pieces that they are made of: what one question to the upstream gives for
//! one workspace.

use crate::kernel::Date;

use super::Settings;

/// One of the four dashboards (D02).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dashboard {
    /// Leads against the month's target.
    Kpi,
    /// Mails against the month's target.
    Volume,
    /// What the leads earn, less what the workspace costs.
    Revenue,
    /// The accounts that send.
    Infrastructure,
}

impl Dashboard {
    pub const ALL: [Self; 4] = [Self::Kpi, Self::Volume, Self::Revenue, Self::Infrastructure];

    pub fn as_str(self) -> &'static str {
        ["kpi", "volume", "revenue", "infrastructure"][self as usize]
    }

    pub fn title(self) -> &'static str {
        ["KPI", "Volume", "Revenue", "Infrastructure"][self as usize]
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dashboard| dashboard.as_str() == word)
    }

    /// What it is made of; its age is that of the first.
    pub fn pieces(self) -> &'static [Piece] {
        match self {
            Self::Kpi | Self::Revenue => &[Piece::Month],
            Self::Volume => &[Piece::Month, Piece::Day],
            Self::Infrastructure => &[Piece::Senders],
        }
    }

    /// The fields of a workspace that it shows, so that whoever sees it must see these.
    pub fn needs(self) -> &'static [&'static str] {
        match self {
            Self::Kpi => &["name", "monthly_target"],
            Self::Volume => &["name", "sending_target"],
            Self::Revenue => &["name", "price_per_lead", "cost_per_month", "currency"],
            Self::Infrastructure => &["name"],
        }
    }

    /// Seconds for which its figures are fresh (D05).
    pub fn ttl_s(self, settings: &Settings) -> i64 {
        settings.ttl_s[self as usize]
    }
}

/// What one question gives for one workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Piece {
    /// Figures from the first of the month to today.
    Month,
    /// Figures of today.
    Day,
    /// Every account that sends.
    Senders,
}

impl Piece {
    pub const ALL: [Self; 3] = [Self::Month, Self::Day, Self::Senders];

    pub fn as_str(self) -> &'static str {
        ["month", "day", "senders"][self as usize]
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|piece| piece.as_str() == word)
    }

    /// The days that it is about when it is asked for on this one; none where it is about now.
    pub fn span(self, today: Date) -> Option<(Date, Date)> {
        match self {
            Self::Month => Some((first_of(today), today)),
            Self::Day => Some((today, today)),
            Self::Senders => None,
        }
    }

    /// Does what was asked for on that day still say something on this one? A month's figures do until
    /// the month is over.
    pub fn is_of(self, asked_on: Option<Date>, today: Date) -> bool {
        match (self, asked_on) {
            (Self::Senders, _) => true,
            (_, None) => false,
            (Self::Day, Some(day)) => day == today,
            (Self::Month, Some(day)) => first_of(day) == first_of(today) && day <= today,
        }
    }
}

/// The first of a day's month.
pub fn first_of(day: Date) -> Date {
    Date::new(day.year(), day.month(), 1).unwrap_or(day)
}

/// Which day of its month it is, from 1, and how many the month has.
pub fn place_in_month(day: Date) -> (i64, i64) {
    let first = first_of(day);
    (day.days() - first.days() + 1, first.plus_months(1).days() - first.days())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).expect("a day")
    }

    #[test]
    fn a_months_figures_are_of_that_month_alone() {
        let asked = Some(day("2026-11-21"));
        assert!(Piece::Month.is_of(asked, day("2026-11-30")));
        assert!(!Piece::Month.is_of(asked, day("2026-12-01")));
        assert!(!Piece::Day.is_of(asked, day("2026-11-22")));
        assert!(Piece::Senders.is_of(None, day("2026-12-01")));
        let (from, to) = Piece::Month.span(day("2026-02-14")).expect("days");
        assert_eq!((from.to_string(), to.to_string()), ("2026-02-01".into(), "2026-02-14".into()));
    }

    #[test]
    fn a_day_has_its_place_in_the_month() {
        assert_eq!(place_in_month(day("2026-07-14")), (14, 31));
        assert_eq!(place_in_month(day("2028-02-29")), (29, 29));
    }
}
