//! Revenue: what the leads earn, less what the workspace costs, so far and by the month's end.

use serde_json::{Value as Json, json};

use super::super::piece::Piece;
use super::super::warn::{self, Warning};
use super::{Board, ByWord, Line, projected, ratio, sum};

pub fn figures(board: &Board, line: &Line) -> Option<(Json, Vec<Warning>)> {
    let (stats, until) = line.stats(Piece::Month, board)?;
    let leads = projected(stats.interested, until);
    let earned = |leads: i64| line.price_per_lead.map(|price| leads.saturating_mul(price));
    let profit = |leads: i64| Some(earned(leads)?.saturating_sub(line.cost_per_month?));
    let margin = |leads: i64| ratio_of_any(profit(leads)?, earned(leads)?);
    let figures = json!({
        "leads": stats.interested,
        "price_per_lead": line.price_per_lead,
        "cost": line.cost_per_month,
        "currency": line.currency,
        "revenue": earned(stats.interested),
        "profit": profit(stats.interested),
        "margin": margin(stats.interested),
        "projected_leads": leads,
        "projected_revenue": earned(leads),
        "projected_profit": profit(leads),
        "projected_margin": margin(leads),
    });
    Some((figures, warn::of_profit(profit(leads))))
}

/// As [`ratio`], of a part that may be below nothing.
fn ratio_of_any(part: i64, whole: i64) -> Option<f64> {
    ratio(part.saturating_abs(), whole).map(|found| if part < 0 { -found } else { found })
}

/// One line for each currency: they cannot be added up. Profit counts the workspaces that have both a
/// price and a cost.
pub fn totals(figures: &[Json]) -> Json {
    let mut currencies: Vec<&str> = figures.iter().filter_map(|figures| figures["currency"].as_str()).collect();
    currencies.sort_unstable();
    currencies.dedup();
    let line = |currency: &str| -> Json {
        let of: Vec<Json> = figures.iter().filter(|figures| figures["currency"] == currency).cloned().collect();
        let whole: Vec<Json> = of.iter().filter(|figures| !figures["profit"].is_null()).cloned().collect();
        let mut line = ByWord::new();
        line.insert("currency".into(), currency.into());
        for name in ["revenue", "projected_revenue", "cost"] {
            line.insert(name.into(), sum(&of, name).into());
        }
        for name in ["profit", "projected_profit"] {
            line.insert(name.into(), sum(&whole, name).into());
        }
        let margin = |profit: &str, revenue: &str| ratio_of_any(sum(&whole, profit), sum(&whole, revenue));
        line.insert("margin".into(), margin("profit", "revenue").into());
        line.insert("projected_margin".into(), margin("projected_profit", "projected_revenue").into());
        line.into()
    };
    json!({
        "leads": sum(figures, "leads"),
        "projected_leads": sum(figures, "projected_leads"),
        "priced": figures.iter().filter(|figures| !figures["profit"].is_null()).count(),
        "currencies": currencies.into_iter().map(line).collect::<Vec<_>>(),
    })
}
