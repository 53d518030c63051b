//! Infrastructure: every account that sends, and how it is (D06).

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::super::piece::Piece;
use super::super::warn::Warning;
use super::{Board, Data, Line, added, ratio, sum};

pub fn figures(board: &Board, line: &Line) -> Option<(Json, Vec<Warning>)> {
    let (_, _, Data::Senders(senders)) = line.usable(Piece::Senders, board)? else { return None };
    let mut statuses: BTreeMap<&str, i64> = BTreeMap::new();
    for sender in senders {
        *statuses.entry(&sender.status).or_default() += 1;
    }
    let total = |of: fn(&super::Sender) -> i64| added(senders.iter().map(of));
    let (sent, replied, bounced) = (total(|s| s.sent), total(|s| s.replied), total(|s| s.bounced));
    let accounts: Vec<Json> = senders
        .iter()
        .map(|sender| {
            json!({
                "id": sender.id,
                "email": sender.email,
                "name": sender.name,
                "status": sender.status,
                "daily_limit": sender.daily_limit,
                "sent": sender.sent,
                "reply_rate": ratio(sender.replied, sender.sent),
                "bounce_rate": ratio(sender.bounced, sender.sent),
            })
        })
        .collect();
    let figures = json!({
        "accounts": senders.len(),
        "statuses": statuses,
        "daily_limit": total(|s| s.daily_limit),
        "sent": sent,
        "replied": replied,
        "reply_rate": ratio(replied, sent),
        "bounced": bounced,
        "bounce_rate": ratio(bounced, sent),
        "senders": accounts,
    });
    let none = Warning { code: "no_senders", message: "No account sends for this workspace.".to_owned() };
    Some((figures, if senders.is_empty() { vec![none] } else { Vec::new() }))
}

pub fn totals(figures: &[Json]) -> Json {
    let mut statuses: BTreeMap<String, i64> = BTreeMap::new();
    for (status, count) in figures.iter().filter_map(|figures| figures["statuses"].as_object()).flatten() {
        let all = statuses.entry(status.clone()).or_default();
        *all = all.saturating_add(count.as_i64().unwrap_or_default());
    }
    let (sent, replied, bounced) = (sum(figures, "sent"), sum(figures, "replied"), sum(figures, "bounced"));
    json!({
        "accounts": sum(figures, "accounts"),
        "statuses": statuses,
        "daily_limit": sum(figures, "daily_limit"),
        "sent": sent,
        "replied": replied,
        "reply_rate": ratio(replied, sent),
        "bounced": bounced,
        "bounce_rate": ratio(bounced, sent),
    })
}
