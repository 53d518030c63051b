//! Volume: mails sent today and this month against the sending target.

use serde_json::{Value as Json, json};

use super::super::piece::{Piece, place_in_month};
use super::super::warn::{self, Warning};
use super::{Board, Line, projected, ratio, sum, with};

pub fn figures(board: &Board, line: &Line) -> Option<(Json, Vec<Warning>)> {
    let (stats, until) = line.stats(Piece::Month, board)?;
    let today = line.stats(Piece::Day, board).map(|(stats, _)| stats.sent);
    let target = line.sending_target.filter(|target| *target > 0);
    let sent = projected(stats.sent, until);
    let (day, days) = place_in_month(until);
    let figures = json!({
        "sent_today": today,
        "sent": stats.sent,
        "daily_average": stats.sent / day,
        "target": target,
        // What a day has to bring for the target to be met.
        "daily_target": target.map(|target| target.saturating_add(days - 1) / days),
        "progress": target.and_then(|target| ratio(stats.sent, target)),
        "on_target": target.map(|target| stats.sent.saturating_mul(days) >= target.saturating_mul(day)),
        "projected_sent": sent,
        "replies": stats.replied,
        "reply_rate": ratio(stats.replied, stats.sent),
        "bounced": stats.bounced,
        "bounce_rate": ratio(stats.bounced, stats.sent),
    });
    Some((figures, warn::of_mails(stats.sent, target)))
}

pub fn totals(figures: &[Json]) -> Json {
    let with_target: Vec<Json> = figures.iter().filter(|figures| !figures["target"].is_null()).cloned().collect();
    let (sent, to_target, target) = (sum(figures, "sent"), sum(&with_target, "sent"), sum(&with_target, "target"));
    json!({
        "sent_today": sum(figures, "sent_today"),
        // Of how many workspaces today's figure is known.
        "known_today": with(figures, "sent_today"),
        "sent": sent,
        "target": target,
        // Of those that have a target.
        "sent_to_target": to_target,
        "progress": ratio(to_target, target),
        "projected_sent": sum(figures, "projected_sent"),
        "projected_to_target": sum(&with_target, "projected_sent"),
        "replies": sum(figures, "replies"),
        "reply_rate": ratio(sum(figures, "replies"), sent),
        "bounced": sum(figures, "bounced"),
        "bounce_rate": ratio(sum(figures, "bounced"), sent),
        "with_target": with(figures, "target"),
        "on_target": figures.iter().filter(|figures| figures["on_target"] == true).count(),
    })
}
