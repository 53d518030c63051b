//! Won and lost: what became of the deals that were closed.

use serde_json::{Value as Json, json};

use crate::kernel::Result;
use crate::record::View;

use super::super::ask::Ask;
use super::super::declare::{
    COMPANY, ChartKind, FROM, Holds, Next, Parameter, REGION, Report, TO, choice, column, stage,
};
use super::super::document::Findings;
use super::super::tally::{Tally, percent};
use super::deals;

pub const REPORT: Report = Report {
    name: "won-lost",
    title: "Won and lost deals",
    about: "How many deals were won and lost, what they were worth, and who or what they belong to.",
    parameters: &[
        Parameter::choice(
            "by",
            "By",
            &[
                choice("quarter", "Quarter"),
                deals::AGENT,
                deals::MANAGER,
                deals::IN_REGION,
                deals::PRODUCT,
                deals::CUSTOMER,
            ],
        ),
        FROM,
        TO,
        COMPANY,
        REGION,
    ],
    needs: deals::NEEDS,
    columns: &[
        column("group", "", Holds::Text),
        column("won", "Won", Holds::Count),
        column("won_value", "Value won", Holds::Money),
        column("mean", "Mean value won", Holds::Money),
        column("lost", "Lost", Holds::Count),
        column("lost_value", "Value lost", Holds::Money),
        column("rate", "Won of all closed", Holds::Percent),
        column("currency", "Currency", Holds::Text),
    ],
    chart: ChartKind::Bars,
    stages: &[stage("Adding up the deals won", won), stage("Adding up the deals lost", lost)],
    finish,
};

fn read(ask: &Ask, view: &View<'_>, found: &mut Findings, counts_as: &str) -> Result<Next> {
    let lines = deals::read(ask, view, deals::by(ask.choice("by")).0, &[counts_as], ask.span("closed_on", false))?;
    found.keep(counts_as, lines);
    Ok(Next::Done)
}

fn won(ask: &Ask, view: &View<'_>, found: &mut Findings) -> Result<Next> {
    read(ask, view, found, "won")
}

fn lost(ask: &Ask, view: &View<'_>, found: &mut Findings) -> Result<Next> {
    read(ask, view, found, "lost")
}

fn finish(ask: &Ask, found: &mut Findings) {
    let by = ask.choice("by");
    let mut tally = Tally::of(4);
    for (at, word) in ["won", "lost"].into_iter().enumerate() {
        for cells in found.take(word) {
            let line = deals::line(ask, &cells, deals::by(by).1);
            let sums = tally.at(line.key, &line.title, line.currency);
            for (sum, n) in sums[2 * at..].iter_mut().zip([line.deals, line.value]) {
                *sum = sum.saturating_add(n);
            }
        }
    }
    if by == "quarter" {
        tally.groups.sort_by(|a, b| (&a.title, &a.currency).cmp(&(&b.title, &b.currency)));
    } else {
        tally.groups.sort_by_key(|group| (-group.sums[1], -group.sums[0], group.title.clone()));
    }
    let [won, lost] = [tally.total(0), tally.total(2)];
    found.figure("Deals won", won, "count");
    found.money("Value won", &tally.by_currency(1), &ask.currency);
    found.figure("Deals lost", lost, "count");
    found.figure("Won of all closed", percent(won, won + lost), "percent");
    let (currency, points) = deals::points(ask, &tally, 1);
    found.draw(format!("Value won by {}", ask.text("by").to_lowercase()), currency, points);
    found.rows.extend(tally.groups.iter().map(|group| {
        let [won, value, lost, gone] = [group.sums[0], group.sums[1], group.sums[2], group.sums[3]];
        let mean = if won == 0 { Json::Null } else { json!(value / won) };
        vec![
            json!(group.title),
            json!(won),
            json!(value),
            mean,
            json!(lost),
            json!(gone),
            percent(won, won + lost),
            json!(group.currency),
        ]
    }));
    found.note("A deal counts on the day on which it was closed; one without that day is not counted.");
}
