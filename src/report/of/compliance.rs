//! Compliance: how much of the equipment has a certificate that counts today.

use serde_json::{Value as Json, json};

use crate::kernel::Result;
use crate::record::{Breakdown, By, Measure, View};

use super::super::ask::Ask;
use super::super::declare::{COMPANY, ChartKind, Holds, Next, Parameter, Report, choice, column, need, stage};
use super::super::document::Findings;
use super::super::tally::{Tally, int, percent, split};

/// A certificate that ends within so many days ends soon.
const SOON: i64 = 60;
const IN_USE: &str = "decommissioned";

pub const REPORT: Report = Report {
    name: "compliance",
    title: "Compliance",
    about: "How much of the equipment has a valid certificate, and where one has failed, run out or is missing.",
    parameters: &[
        Parameter::choice(
            "by",
            "By",
            &[
                choice("company", "Company").of("companies", "name"),
                choice("site", "Site").of("sites", "name"),
                choice("type", "Type").of("equipment", "type"),
            ],
        ),
        COMPANY,
    ],
    needs: &[
        need("equipment", &["status", "type", "site_id", "company_id"]).of_companies(),
        need("certificates", &["equipment_id", "result", "valid_until", "issued_on", "company_id"]).of_companies(),
    ],
    columns: &[
        column("group", "", Holds::Text),
        column("equipment", "Equipment", Holds::Count),
        column("valid", "Valid", Holds::Count),
        column("soon", "Of these ending soon", Holds::Count),
        column("expired", "Expired", Holds::Count),
        column("failed", "Failed", Holds::Count),
        column("missing", "No certificate", Holds::Count),
        column("rate", "Compliant", Holds::Percent),
    ],
    chart: ChartKind::Columns,
    stages: &[stage("Counting the equipment", equipment), stage("Reading the latest certificates", certificates)],
    finish,
};

fn by(ask: &Ask) -> [(By, bool); 2] {
    match ask.choice("by") {
        "site" => [(By::Named("site_id"), true), (By::Named("equipment_id.site_id"), true)],
        "type" => [(By::Field("type"), false), (By::Field("equipment_id.type"), false)],
        _ => [(By::Named("company_id"), true), (By::Named("company_id"), true)],
    }
}

fn only(ask: &Ask, status: &str) -> Vec<(String, String)> {
    let mut rows = vec![(status.to_owned(), IN_USE.to_owned())];
    rows.extend(ask.only("company", "company_id"));
    rows
}

fn equipment(ask: &Ask, view: &View<'_>, found: &mut Findings) -> Result<Next> {
    let Some(position) = view.registry.position("equipment") else { return Ok(Next::Done) };
    let [(by, _), _] = by(ask);
    let rows = only(ask, "status[ne]");
    let breakdown = Breakdown::new(view.registry, view.access, position, &rows, &[by], &[Measure::Count])?;
    found.keep("equipment", view.breakdown(&breakdown)?);
    Ok(Next::Done)
}

fn certificates(ask: &Ask, view: &View<'_>, found: &mut Findings) -> Result<Next> {
    let Some(position) = view.registry.position("certificates") else { return Ok(Next::Done) };
    let [_, (by, _)] = by(ask);
    let ends = By::Stretch("valid_until", vec![ask.today, ask.today.plus_days(SOON + 1)]);
    let (rows, by) = (only(ask, "equipment.status[ne]"), [by, By::Field("result"), ends]);
    let breakdown = Breakdown::new(view.registry, view.access, position, &rows, &by, &[Measure::Count])?;
    let breakdown = breakdown.latest(view.registry, view.access, "equipment_id", "issued_on")?;
    found.keep("certificates", view.breakdown(&breakdown)?);
    Ok(Next::Done)
}

/// The sums of a group.
const EQUIPMENT: usize = 0;
const VALID: usize = 1;
const ENDING: usize = 2;
const EXPIRED: usize = 3;
const FAILED: usize = 4;

/// What a certificate with that result, that ends in that stretch, comes to.
fn standing(result: &Json, ends: &Json) -> &'static [usize] {
    match (result.as_str(), ends.as_i64()) {
        (Some("failed"), _) => &[FAILED],
        (_, Some(0)) => &[EXPIRED],
        (_, Some(1)) => &[VALID, ENDING],
        _ => &[VALID],
    }
}

fn finish(ask: &Ask, found: &mut Findings) {
    let [(_, of_equipment), (_, of_papers)] = by(ask);
    let mut tally = Tally::of(5);
    for cells in found.take("equipment") {
        let (key, title, rest) = split(&cells, of_equipment);
        tally.at(key, &title, "")[EQUIPMENT] += int(&rest[0]);
    }
    for cells in found.take("certificates") {
        let (key, title, rest) = split(&cells, of_papers);
        let sums = tally.at(key, &title, "");
        standing(&rest[0], &rest[1]).iter().for_each(|at| sums[*at] += int(&rest[2]));
    }
    let missing = |s: &[i64]| (s[EQUIPMENT] - s[VALID] - s[EXPIRED] - s[FAILED]).max(0);
    // Where most is wrong stands first.
    tally.groups.sort_by_key(|group| {
        let wrong = group.sums[EXPIRED] + group.sums[FAILED] + missing(&group.sums);
        (-wrong, group.title.clone())
    });
    let totals: Vec<i64> = (0..5).map(|sum| tally.total(sum)).collect();
    let all_missing: i64 = tally.groups.iter().map(|group| missing(&group.sums)).sum();
    found.figure("Equipment", totals[EQUIPMENT], "count");
    found.figure("Compliant", percent(totals[VALID], totals[EQUIPMENT]), "percent");
    found.figure("Ending soon", totals[ENDING], "count");
    found.figure("Expired", totals[EXPIRED], "count");
    found.figure("Failed", totals[FAILED], "count");
    found.figure("No certificate", all_missing, "count");
    let lasting = totals[VALID] - totals[ENDING];
    let points = [
        ("Valid", lasting),
        ("Ending soon", totals[ENDING]),
        ("Expired", totals[EXPIRED]),
        ("Failed", totals[FAILED]),
        ("No certificate", all_missing),
    ];
    let any = totals[EQUIPMENT] > 0;
    let points = points.into_iter().filter(|_| any).map(|(label, n)| (label.to_owned(), n as f64)).collect();
    found.draw("Equipment by its latest certificate", "count", points);
    found.rows.extend(tally.groups.iter().map(|group| {
        let s = &group.sums;
        let counts = [s[EQUIPMENT], s[VALID], s[ENDING], s[EXPIRED], s[FAILED], missing(s)];
        let rate = percent(s[VALID], s[EQUIPMENT]);
        [json!(group.title)].into_iter().chain(counts.map(Json::from)).chain([rate]).collect()
    }));
    found.note(format!(
        "Each piece of equipment counts by its latest certificate; one that ends within {SOON} days ends soon. \
         Decommissioned equipment is left out."
    ));
}
