//! Sales pipeline: what is open now, and what it is worth.

use serde_json::json;

use crate::kernel::Result;
use crate::record::View;

use super::super::ask::Ask;
use super::super::declare::{COMPANY, ChartKind, Holds, Next, Parameter, REGION, Report, choice, column, stage};
use super::super::document::Findings;
use super::super::tally::Tally;
use super::deals;

pub const REPORT: Report = Report {
    name: "pipeline",
    title: "Sales pipeline",
    about: "Which deals are open now, what they are worth, and what of it is likely to come.",
    parameters: &[
        Parameter::choice(
            "by",
            "By",
            &[
                choice("stage", "Stage"),
                deals::AGENT,
                deals::MANAGER,
                deals::IN_REGION,
                deals::PRODUCT,
                deals::CUSTOMER,
            ],
        ),
        COMPANY,
        REGION,
    ],
    needs: deals::NEEDS,
    columns: &[
        column("group", "", Holds::Text),
        column("deals", "Deals", Holds::Count),
        column("value", "Value", Holds::Money),
        column("weighted", "Weighted value", Holds::Money),
        column("mean", "Mean value", Holds::Money),
        column("currency", "Currency", Holds::Text),
    ],
    chart: ChartKind::Bars,
    stages: &[stage("Adding up the open deals", read)],
    finish,
};

fn read(ask: &Ask, view: &View<'_>, found: &mut Findings) -> Result<Next> {
    let lines = deals::read(ask, view, deals::by(ask.choice("by")).0, &["open"], Vec::new())?;
    found.keep("open", lines);
    Ok(Next::Done)
}

fn finish(ask: &Ask, found: &mut Findings) {
    let by = ask.choice("by");
    let mut tally = Tally::of(3);
    for cells in found.take("open") {
        let line = deals::line(ask, &cells, deals::by(by).1);
        let known = ask.stages.iter().find(|stage| by == "stage" && *stage.name == *line.stage);
        let title = known.map_or(line.title.clone(), |stage| stage.label.to_string());
        let sums = tally.at(line.key, &title, line.currency);
        for (sum, n) in sums.iter_mut().zip([line.deals, line.value, line.weighted]) {
            *sum = sum.saturating_add(n);
        }
    }
    if by == "stage" {
        let place = |key: &str| ask.stages.iter().position(|stage| *stage.name == *key);
        tally.groups.sort_by_key(|group| (place(group.key.as_str().unwrap_or_default()), group.currency.clone()));
    } else {
        tally.groups.sort_by_key(|group| (-group.sums[1], group.title.clone()));
    }
    found.figure("Open deals", tally.total(0), "count");
    found.money("Value", &tally.by_currency(1), &ask.currency);
    found.money("Weighted value", &tally.by_currency(2), &ask.currency);
    let (currency, points) = deals::points(ask, &tally, 1);
    found.draw(format!("Value by {}", ask.text("by").to_lowercase()), currency, points);
    found.rows.extend(tally.groups.iter().map(|group| {
        let mean = if group.sums[0] == 0 { 0 } else { group.sums[1] / group.sums[0] };
        vec![
            json!(group.title),
            json!(group.sums[0]),
            json!(group.sums[1]),
            json!(group.sums[2]),
            json!(mean),
            json!(group.currency),
        ]
    }));
    found.note("The weighted value is the value times the probability, deal by deal.");
}
