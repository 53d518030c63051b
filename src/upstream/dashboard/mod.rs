//! A dashboard is a pure function: of what is kept of each workspace, of the workspaces' own settings
//! and of the moment. Nothing here asks anybody anything.

mod infrastructure;
mod kpi;
mod revenue;
mod volume;

#[cfg(test)]
mod tests;

use serde_json::{Map, Value as Json, json};

use crate::kernel::{Date, Id, Moment};

use super::payload::{Sender, Stats};
use super::piece::{Dashboard, Piece, place_in_month};
use super::warn::Warning;

/// Figures older than this are shown no more (D13).
pub const GONE_S: i64 = 3600;
/// So many times its TTL a dashboard is stale; beyond that it is very stale (C08).
const STALE_TTLS: i64 = 5;

/// What a piece holds.
#[derive(Clone, Debug)]
pub enum Data {
    Stats(Stats),
    Senders(Vec<Sender>),
    /// Not looked at: it is about its age alone.
    Unread,
}

/// A piece as it is kept.
#[derive(Clone, Debug)]
pub struct Kept {
    pub piece: Piece,
    /// The day on which it was asked for, where it is about days.
    pub until: Option<Date>,
    pub fetched: Option<(Moment, Data)>,
    /// Entries that were left out because they were not as declared.
    pub left_out: i64,
    /// Percent of the declared fields that were there (D37).
    pub completeness: i64,
    /// What became of the latest attempt, when it failed.
    pub failed: Option<Failure>,
}

/// A failed attempt.
#[derive(Clone, Debug)]
pub struct Failure {
    pub at: Moment,
    pub code: String,
    pub message: String,
}

/// One workspace with its settings.
#[derive(Clone, Debug, Default)]
pub struct Line {
    pub id: Id,
    pub name: String,
    pub monthly_target: Option<i64>,
    pub sending_target: Option<i64>,
    /// Minor units, as the cost.
    pub price_per_lead: Option<i64>,
    pub cost_per_month: Option<i64>,
    pub currency: String,
    pub kept: Vec<Kept>,
}

/// A source that is in trouble, or not set up yet.
#[derive(Clone, Debug)]
pub struct Trouble {
    pub source: String,
    pub code: String,
    pub message: String,
    pub at: Option<Moment>,
}

/// All that a dashboard is made of.
#[derive(Clone, Debug)]
pub struct Board {
    pub dashboard: Dashboard,
    pub ttl_s: i64,
    pub now: Moment,
    /// In the tenant's zone.
    pub today: Date,
    pub lines: Vec<Line>,
    pub troubles: Vec<Trouble>,
    /// How long the latest load took.
    pub took_ms: Option<i64>,
}

/// A dashboard as it is shown, and until when it may be.
#[derive(Debug)]
pub struct Shown {
    pub body: Vec<u8>,
    pub until: Option<Moment>,
}

impl Line {
    /// What is kept of a piece and may be shown.
    fn usable(&self, piece: Piece, board: &Board) -> Option<(&Kept, Moment, &Data)> {
        let kept = self.kept.iter().find(|kept| kept.piece == piece)?;
        let (at, data) = kept.fetched.as_ref()?;
        let shown = at.plus_s(GONE_S) > board.now && piece.is_of(kept.until, board.today);
        shown.then_some((kept, *at, data))
    }

    fn stats(&self, piece: Piece, board: &Board) -> Option<(&Stats, Date)> {
        match self.usable(piece, board)? {
            (kept, _, Data::Stats(stats)) => Some((stats, kept.until?)),
            _ => None,
        }
    }

    /// The latest failure, where nothing came after it.
    fn failure(&self, pieces: &[Piece]) -> Option<&Failure> {
        let of_dashboard = self.kept.iter().filter(|kept| pieces.contains(&kept.piece));
        of_dashboard.filter_map(|kept| kept.failed.as_ref()).max_by_key(|failure| failure.at)
    }
}

impl Board {
    /// One of which nothing is known.
    pub fn empty(dashboard: Dashboard, ttl_s: i64, now: Moment, today: Date) -> Self {
        Self { dashboard, ttl_s, now, today, lines: Vec::new(), troubles: Vec::new(), took_ms: None }
    }

    /// Of how many parts something was ever heard, and how many of them could not be made newer.
    pub fn parts(&self) -> (usize, usize) {
        let parts = self.lines.iter().flat_map(|line| &line.kept);
        parts.fold((0, 0), |(all, failed), kept| (all + 1, failed + usize::from(kept.failed.is_some())))
    }

    fn lead(&self) -> Piece {
        self.dashboard.pieces()[0]
    }

    /// Of what age the dashboard is: as old as the oldest of its parts, those apart that could not be
    /// made newer and say so themselves.
    pub fn fetched_at(&self) -> Option<Moment> {
        let pieces = self.dashboard.pieces();
        let at = |line: &Line| line.usable(self.lead(), self).map(|(_, at, _)| at);
        let well = self.lines.iter().filter(|line| line.failure(pieces).is_none()).filter_map(at).min();
        well.or_else(|| self.lines.iter().filter_map(at).min())
    }

    /// The moments at which it becomes stale, very stale, and is shown no more.
    fn thresholds(&self, fetched: Moment) -> [Moment; 3] {
        [fetched.plus_s(self.ttl_s), fetched.plus_s(self.ttl_s * STALE_TTLS), fetched.plus_s(GONE_S)]
    }

    /// The dashboard.
    pub fn show(&self) -> Shown {
        let mut rows = Vec::with_capacity(self.lines.len());
        let (mut warnings, mut errors) = (Vec::new(), Vec::new());
        let mut figures = Vec::new();
        for line in &self.lines {
            let (found, mut remarks) = self.figures(line);
            if let Some(kept) = line.usable(self.lead(), self).map(|(kept, ..)| kept).filter(|kept| kept.left_out > 0) {
                let message = format!("Left out because they were not as declared: {}.", kept.left_out);
                remarks.push(Warning { code: "left_out", message });
            }
            let error = line.failure(self.dashboard.pieces());
            for remark in &remarks {
                warnings.push(json!({
                    "workspace_id": line.id.to_string(), "name": line.name, "code": remark.code, "message": remark.message,
                }));
            }
            if let Some(failure) = error {
                errors.push(json!({
                    "workspace_id": line.id.to_string(), "name": line.name, "code": failure.code,
                    "message": failure.message, "at": failure.at.to_string(),
                }));
            }
            let lead = line.usable(self.lead(), self);
            rows.push(json!({
                "workspace_id": line.id.to_string(),
                "name": line.name,
                "fetched_at": lead.map(|(_, at, _)| at.to_string()),
                "completeness": lead.map(|(kept, ..)| kept.completeness),
                "warnings": remarks,
                "error": error.map(|f| json!({"code": f.code, "message": f.message, "at": f.at.to_string()})),
                "figures": found,
            }));
            figures.extend(found);
        }
        for trouble in &self.troubles {
            errors.push(json!({
                "workspace_id": null, "name": trouble.source, "code": trouble.code, "message": trouble.message,
                "at": trouble.at.map(|at| at.to_string()),
            }));
        }
        let fetched = self.fetched_at();
        let thresholds = fetched.map(|at| self.thresholds(at));
        let freshness = thresholds.map_or("none", |ends| {
            let passed = ends.iter().filter(|end| **end <= self.now).count();
            ["fresh", "stale", "very_stale", "none"][passed]
        });
        let end = |n: usize| thresholds.map(|ends| ends[n].to_string());
        let (day, days) = place_in_month(self.today);
        let body = json!({
            "dashboard": self.dashboard.as_str(),
            "title": self.dashboard.title(),
            "month": self.today.to_string()[..7],
            "today": self.today.to_string(),
            "day_of_month": day,
            "days_in_month": days,
            "freshness": freshness,
            "fetched_at": fetched.map(|at| at.to_string()),
            "ttl_seconds": self.ttl_s,
            "fresh_until": end(0),
            "stale_until": end(1),
            "gone_at": end(2),
            "fetch_duration_ms": self.took_ms,
            // Figures from an earlier load, because there is none within the TTL (D13, D22).
            "cached": !matches!(freshness, "fresh" | "none"),
            "workspaces": self.lines.len(),
            "loaded": figures.len(),
            "totals": self.totals(&figures),
            "rows": rows,
            "warnings": warnings,
            "errors": errors,
        });
        Shown { body: body.to_string().into_bytes(), until: self.until(thresholds) }
    }

    /// The next moment at which it would read differently although nothing came.
    fn until(&self, thresholds: Option<[Moment; 3]>) -> Option<Moment> {
        let pieces = self.dashboard.pieces();
        let ends = self.lines.iter().flat_map(|line| {
            pieces.iter().filter_map(|piece| line.usable(*piece, self).map(|(_, at, _)| at.plus_s(GONE_S)))
        });
        ends.chain(thresholds.into_iter().flatten()).filter(|end| *end > self.now).min()
    }

    /// What there is to say of one workspace; nothing where nothing is kept of it.
    fn figures(&self, line: &Line) -> (Option<Json>, Vec<Warning>) {
        let found = match self.dashboard {
            Dashboard::Kpi => kpi::figures(self, line),
            Dashboard::Volume => volume::figures(self, line),
            Dashboard::Revenue => revenue::figures(self, line),
            Dashboard::Infrastructure => infrastructure::figures(self, line),
        };
        found.map_or((None, Vec::new()), |(figures, warnings)| (Some(figures), warnings))
    }

    fn totals(&self, figures: &[Json]) -> Json {
        match self.dashboard {
            Dashboard::Kpi => kpi::totals(figures),
            Dashboard::Volume => volume::totals(figures),
            Dashboard::Revenue => revenue::totals(figures),
            Dashboard::Infrastructure => infrastructure::totals(figures),
        }
    }
}

/// A part of a whole, to four places; nothing of nothing.
fn ratio(part: i64, whole: i64) -> Option<f64> {
    (whole > 0).then(|| (part as f64 / whole as f64 * 10_000.0).round() / 10_000.0)
}

/// What becomes of a count by the month's end at the pace of its first days.
fn projected(count: i64, until: Date) -> i64 {
    let (day, days) = place_in_month(until);
    i64::try_from((i128::from(count) * i128::from(days) * 2 + i128::from(day)) / (i128::from(day) * 2))
        .unwrap_or(i64::MAX)
}

/// The sum of a member over all figures.
fn sum(figures: &[Json], name: &str) -> i64 {
    added(figures.iter().filter_map(|figures| figures[name].as_i64()))
}

/// A sum that stays at the most that a number holds: prices and targets may be anything.
fn added(all: impl Iterator<Item = i64>) -> i64 {
    all.fold(0, i64::saturating_add)
}

/// How many figures have that member.
fn with(figures: &[Json], name: &str) -> usize {
    figures.iter().filter(|figures| !figures[name].is_null()).count()
}

/// Sums by a word, in the order of the words.
type ByWord = Map<String, Json>;
