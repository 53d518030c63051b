//! Forecast: when the open deals are expected to close, and what they may bring.

use serde_json::json;

use crate::kernel::{Period, Result};
use crate::record::View;

use super::super::ask::Ask;
use super::super::declare::{COMPANY, ChartKind, Holds, Next, Parameter, REGION, Report, choice, column, stage};
use super::super::document::Findings;
use super::super::tally::Tally;
use super::deals;

pub const REPORT: Report = Report {
    name: "forecast",
    title: "Sales forecast",
    about: "What the open deals may bring, month by month, by their expected close and probability.",
    parameters: &[
        Parameter::choice("months", "Months", &[choice("6", "6"), choice("3", "3"), choice("12", "12")]),
        COMPANY,
        REGION,
    ],
    needs: deals::NEEDS,
    columns: &[
        column("month", "Expected close", Holds::Text),
        column("deals", "Deals", Holds::Count),
        column("value", "Value", Holds::Money),
        column("weighted", "Weighted value", Holds::Money),
        column("currency", "Currency", Holds::Text),
    ],
    chart: ChartKind::Columns,
    stages: &[stage("Adding up the open deals by month", read)],
    finish,
};

fn read(ask: &Ask, view: &View<'_>, found: &mut Findings) -> Result<Next> {
    let lines = deals::read(ask, view, deals::by("month").0, &["open"], Vec::new())?;
    found.keep("open", lines);
    Ok(Next::Done)
}

fn finish(ask: &Ask, found: &mut Findings) {
    let ahead: i64 = ask.choice("months").parse().unwrap_or(6);
    let month = |later: i64| Period::Month.first_day(ask.today, later).to_string()[..7].to_owned();
    let (first, last) = (month(0), month(ahead - 1));
    let mut tally = Tally::of(3);
    // Every month has its row, the ones without a deal too, in the tenant's own currency.
    for later in 0..ahead {
        tally.at(&json!((1, month(later))), &month(later), &ask.currency);
    }
    for cells in found.take("open") {
        let line = deals::line(ask, &cells, false);
        let (place, title) = match &line.title {
            none if none.is_empty() => (3, "No date".to_owned()),
            early if *early < first => (0, "Overdue".to_owned()),
            late if *late > last => (2, "Later".to_owned()),
            month => (1, month.clone()),
        };
        let sums = tally.at(&json!((place, &title)), &title, line.currency);
        for (sum, n) in sums.iter_mut().zip([line.deals, line.value, line.weighted]) {
            *sum = sum.saturating_add(n);
        }
    }
    tally.groups.sort_by_key(|group| (group.key.to_string(), group.currency.clone()));
    found.figure("Open deals", tally.total(0), "count");
    found.money("Value", &tally.by_currency(1), &ask.currency);
    found.money("Weighted value", &tally.by_currency(2), &ask.currency);
    let (currency, points) = deals::points(ask, &tally, 2);
    let any = points.iter().any(|(_, value)| *value > 0.0);
    found.draw("Weighted value by expected close", currency, if any { points } else { Vec::new() });
    found.rows.extend(tally.groups.iter().map(|group| {
        let [deals, value, weighted] = [group.sums[0], group.sums[1], group.sums[2]];
        vec![json!(group.title), json!(deals), json!(value), json!(weighted), json!(group.currency)]
    }));
    found.note("The weighted value is the value times the probability, deal by deal.");
    if tally.groups.iter().any(|group| group.title == "Overdue") {
        found.note("Overdue: expected to close before this month, and still open.");
    }
}
