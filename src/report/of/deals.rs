//! What the three reports on sales share: which deals, by what, in which currency.

use serde_json::Value as Json;

use crate::kernel::Result;
use crate::record::{Breakdown, By, Lines, Measure, View};

use super::super::ask::Ask;
use super::super::declare::{Choice, Need, choice, need};
use super::super::tally::{Tally, int, split, text};

/// Who sees deals without these sees no report on sales.
pub const NEEDS: &[Need] = &[need(
    "deals",
    &["stage", "value", "currency", "probability", "expected_on", "closed_on", "owner_id", "product_id", "company_id"],
)];

pub const AGENT: Choice = choice("agent", "Agent").of("users", "name");
pub const MANAGER: Choice = choice("manager", "Manager").of("users", "manager");
pub const IN_REGION: Choice = choice("region", "Region").of("users", "region");
pub const PRODUCT: Choice = choice("product", "Product").of("products", "name");
pub const CUSTOMER: Choice = choice("company", "Company").of("companies", "name");

/// What a choice groups by, and whether its names stand beside it.
pub fn by(choice: &str) -> (By, bool) {
    match choice {
        "agent" => (By::Named("owner_id"), true),
        "manager" => (By::Field("owner_id.manager"), false),
        "region" => (By::Field("owner_id.region"), false),
        "product" => (By::Named("product_id"), true),
        "company" => (By::Named("company_id"), true),
        "quarter" => (By::Field("closed_on:quarter"), false),
        "month" => (By::Field("expected_on:month"), false),
        _ => (By::Field("stage"), false),
    }
}

/// The deals whose stage counts as one of these, told apart by `by`, stage and currency, with how many
/// there are, their value and what of it their probability makes likely.
pub fn read(ask: &Ask, view: &View<'_>, by: By, counts_as: &[&str], also: Vec<(String, String)>) -> Result<Lines> {
    let stages = ask.stages.iter().filter(|stage| counts_as.contains(&&*stage.counts_as));
    let stages = stages.map(|stage| &*stage.name).collect::<Vec<_>>().join(",");
    let Some(position) = view.registry.position("deals").filter(|_| !stages.is_empty()) else {
        return Ok(Lines::default());
    };
    let mut rows = vec![("stage[in]".to_owned(), stages)];
    rows.extend(also);
    rows.extend(ask.only("company", "company_id"));
    rows.extend(ask.only("region", "owner.region"));
    let measures = [Measure::Count, Measure::Sum("value"), Measure::Weighted("value", "probability")];
    let by = [by, By::Field("stage"), By::Field("currency")];
    let breakdown = Breakdown::new(view.registry, view.access, position, &rows, &by, &measures)?;
    view.breakdown(&breakdown)
}

/// One line of [`read`].
pub struct Line<'a> {
    pub key: &'a Json,
    pub title: String,
    pub stage: &'a str,
    pub currency: &'a str,
    pub deals: i64,
    pub value: i64,
    pub weighted: i64,
}

pub fn line<'a>(ask: &'a Ask, line: &'a [Json], named: bool) -> Line<'a> {
    let (key, title, rest) = split(line, named);
    // What has no value has no currency either.
    let currency = rest[1].as_str().unwrap_or(&ask.currency);
    let [deals, value, weighted] = [int(&rest[2]), int(&rest[3]), int(&rest[4])];
    Line { key, title, stage: text(&rest[0]), currency, deals, value, weighted }
}

/// Points of one sum in the currency that most is told in.
pub fn points(ask: &Ask, tally: &Tally, sum: usize) -> (String, Vec<(String, f64)>) {
    let currency = tally.main_currency(&ask.currency);
    let groups = tally.groups.iter().filter(|group| group.currency == currency);
    let points = groups.map(|group| (group.title.clone(), group.sums[sum] as f64));
    (currency.clone(), points.collect())
}
