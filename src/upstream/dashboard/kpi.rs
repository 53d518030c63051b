//! KPI: leads against the month's target, and where they lead by its end.

use serde_json::{Value as Json, json};

use super::super::piece::{Piece, place_in_month};
use super::super::warn::{self, MOST_PROGRESS, Warning};
use super::{Board, Line, projected, ratio, sum, with};

pub fn figures(board: &Board, line: &Line) -> Option<(Json, Vec<Warning>)> {
    let (stats, until) = line.stats(Piece::Month, board)?;
    let target = line.monthly_target.filter(|target| *target > 0);
    let leads = projected(stats.interested, until);
    let (day, days) = place_in_month(until);
    let progress = target.and_then(|target| ratio(stats.interested, target)).map(|part| part.min(MOST_PROGRESS));
    let figures = json!({
        "leads": stats.interested,
        "target": target,
        "progress": progress,
        "on_target": target.map(|target| stats.interested.saturating_mul(days) >= target.saturating_mul(day)),
        "projected_leads": leads,
        "projected_progress": target.and_then(|target| ratio(leads, target)).map(|part| part.min(MOST_PROGRESS)),
        "replies": stats.replied,
        "projected_replies": projected(stats.replied, until),
        "sent": stats.sent,
        "contacted": stats.contacted,
    });
    Some((figures, warn::of_leads(stats.interested, stats.sent, target)))
}

pub fn totals(figures: &[Json]) -> Json {
    let with_target: Vec<Json> = figures.iter().filter(|figures| !figures["target"].is_null()).cloned().collect();
    let (leads, target) = (sum(&with_target, "leads"), sum(&with_target, "target"));
    json!({
        "leads": sum(figures, "leads"),
        "target": target,
        // Of those that have a target.
        "leads_to_target": leads,
        "progress": ratio(leads, target),
        "projected_leads": sum(figures, "projected_leads"),
        "projected_to_target": sum(&with_target, "projected_leads"),
        "replies": sum(figures, "replies"),
        "projected_replies": sum(figures, "projected_replies"),
        "sent": sum(figures, "sent"),
        "with_target": with(figures, "target"),
        "on_target": figures.iter().filter(|figures| figures["on_target"] == true).count(),
    })
}
