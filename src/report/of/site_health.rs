//! Site health: how each site stands, worst first, and why.

use std::collections::HashMap;

use serde_json::{Value as Json, json};

use crate::kernel::Result;
use crate::record::{Breakdown, By, Measure, Query, View, Window};

use super::super::ask::Ask;
use super::super::declare::{COMPANY, ChartKind, Holds, Next, Report, column, need, record, stage};
use super::super::document::{Findings, MAX_ROWS};
use super::super::tally::{int, text};
use super::score::{Facts, formula, score};

/// Sites of one read.
const PIECE: usize = 1_000;
const OPEN: (&str, &str) = ("status[in]", "new,assigned,in_progress,on_hold");
const SPANS: [&str; 4] = ["Below 40", "40 to 59", "60 to 79", "80 to 100"];
const DAYS_OF_A_YEAR: f64 = 365.25;

/// Puts a count where it belongs.
type Set = fn(&mut Facts, i64);

pub const REPORT: Report = Report {
    name: "site-health",
    title: "Site health",
    about: "How each site stands from 0 to 100, worst first, and which troubles take its points.",
    parameters: &[COMPANY],
    needs: &[
        need("sites", &["name", "company_id", "health_score"]).of_companies(),
        need("work-orders", &["site_id", "priority", "status", "due_at", "company_id"]).of_companies(),
        need("equipment", &["site_id", "status", "inspection_due", "calibration_due", "installed_on", "company_id"])
            .of_companies(),
        need("certificates", &["equipment_id", "result", "issued_on", "company_id"]).of_companies(),
    ],
    columns: &[
        column("site", "Site", Holds::Record("sites")),
        column("company", "Company", Holds::Record("companies")).of("companies", "name"),
        column("score", "Score", Holds::Score),
        column("why", "Why", Holds::Text),
        column("emergencies", "Open emergencies", Holds::Count),
        column("overdue", "Overdue work orders", Holds::Count),
        column("inspections", "Overdue inspections", Holds::Count),
        column("calibrations", "Overdue calibrations", Holds::Count),
        column("failed", "Failed certificates", Holds::Count),
        column("age", "Mean age in years", Holds::Count),
    ],
    chart: ChartKind::Columns,
    stages: &[
        stage("Looking up the sites", sites),
        stage("Counting open emergencies and overdue work", orders),
        stage("Counting overdue inspections and calibrations", equipment),
        stage("Reading the latest certificates", certificates),
    ],
    finish,
};

fn params(ask: &Ask, rows: &[(&str, &str)]) -> Vec<(String, String)> {
    let rows = rows.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    rows.chain(ask.only("company", "company_id")).collect()
}

fn sites(ask: &Ask, view: &View<'_>, found: &mut Findings) -> Result<Next> {
    let Some(position) = view.registry.position("sites") else { return Ok(Next::Done) };
    let company = ask.shown().any(|(_, column)| column.name == "company");
    let fields = if company { "id,name,company.id,company.name" } else { "id,name" };
    let mut params = params(ask, &[("sort", "name"), ("fields", fields)]);
    params.extend(found.cursor.clone().map(|cursor| ("cursor".to_owned(), cursor)));
    let mut query = Query::parse(view.registry, view.access, position, &params)?;
    if let Window::Cursor { limit, .. } = &mut query.window {
        *limit = PIECE;
    }
    let listing = view.list(&query)?;
    let page: Json = serde_json::from_slice(&listing.body).unwrap_or_default();
    let lines = found.lines.entry("sites".to_owned()).or_default();
    for row in page["data"].as_array().into_iter().flatten() {
        lines.push(vec![
            row["id"].clone(),
            row["name"].clone(),
            record(&row["company"]["id"], &row["company"]["name"]),
        ]);
    }
    let (read, more) = (lines.len(), listing.next.is_some());
    found.cursor = listing.next.filter(|_| read <= 2 * MAX_ROWS);
    if more && found.cursor.is_none() {
        found.note(format!(
            "There are more sites than one report can count. Only the first {read} sites by name are counted; choose a \
             company to count all of its sites."
        ));
    }
    Ok(if found.cursor.is_some() { Next::Again } else { Next::Done })
}

/// Counts by site what these conditions leave.
fn counted(
    ask: &Ask,
    view: &View<'_>,
    found: &mut Findings,
    kind: &str,
    name: &str,
    rows: &[(&str, &str)],
) -> Result<()> {
    let Some(position) = view.registry.position(kind) else { return Ok(()) };
    let (rows, by) = (params(ask, rows), [By::Field("site_id")]);
    let breakdown = Breakdown::new(view.registry, view.access, position, &rows, &by, &[Measure::Count])?;
    found.keep(name, view.breakdown(&breakdown)?);
    Ok(())
}

fn orders(ask: &Ask, view: &View<'_>, found: &mut Findings) -> Result<Next> {
    let today = ask.start_of(ask.today).to_string();
    counted(ask, view, found, "work-orders", "emergencies", &[OPEN, ("priority", "emergency")])?;
    counted(ask, view, found, "work-orders", "overdue", &[OPEN, ("due_at[lt]", &today)])?;
    Ok(Next::Done)
}

fn equipment(ask: &Ask, view: &View<'_>, found: &mut Findings) -> Result<Next> {
    let (today, used) = (ask.today.to_string(), ("status[ne]", "decommissioned"));
    counted(ask, view, found, "equipment", "inspections", &[used, ("inspection_due[lt]", &today)])?;
    counted(ask, view, found, "equipment", "calibrations", &[used, ("calibration_due[lt]", &today)])?;
    let Some(position) = view.registry.position("equipment") else { return Ok(Next::Done) };
    let (rows, by) = (params(ask, &[used]), [By::Field("site_id")]);
    let measures = [Measure::Days("installed_on"), Measure::Having("installed_on")];
    let breakdown = Breakdown::new(view.registry, view.access, position, &rows, &by, &measures)?;
    found.keep("ages", view.breakdown(&breakdown)?);
    Ok(Next::Done)
}

fn certificates(ask: &Ask, view: &View<'_>, found: &mut Findings) -> Result<Next> {
    let Some(position) = view.registry.position("certificates") else { return Ok(Next::Done) };
    let rows = params(ask, &[("equipment.status[ne]", "decommissioned")]);
    let by = [By::Field("equipment_id.site_id"), By::Field("result")];
    let breakdown = Breakdown::new(view.registry, view.access, position, &rows, &by, &[Measure::Count])?;
    let breakdown = breakdown.latest(view.registry, view.access, "equipment_id", "issued_on")?;
    let mut failed = view.breakdown(&breakdown)?;
    failed.lines.retain(|line| text(&line[1]) == "failed");
    failed.lines.iter_mut().for_each(|line| drop(line.remove(1)));
    found.keep("failed", failed);
    Ok(Next::Done)
}

fn finish(ask: &Ask, found: &mut Findings) {
    let mut facts: HashMap<String, Facts> = HashMap::new();
    let set: [(&str, Set); 5] = [
        ("emergencies", |f, n| f.emergencies = n),
        ("overdue", |f, n| f.overdue_orders = n),
        ("inspections", |f, n| f.inspections = n),
        ("calibrations", |f, n| f.calibrations = n),
        ("failed", |f, n| f.failed = n),
    ];
    for (name, set) in set {
        for line in found.take(name) {
            set(facts.entry(text(&line[0]).to_owned()).or_default(), int(&line[1]));
        }
    }
    for line in found.take("ages") {
        let (days, pieces) = (int(&line[1]) as f64, int(&line[2]) as f64);
        if pieces > 0.0 {
            let age = (ask.today.days() as f64 - days / pieces) / DAYS_OF_A_YEAR;
            facts.entry(text(&line[0]).to_owned()).or_default().age = Some(age.max(0.0));
        }
    }
    let mut rows = Vec::new();
    let mut counts = [0; SPANS.len()];
    for line in found.take("sites") {
        let facts = facts.remove(text(&line[0])).unwrap_or_default();
        let (points, why) = score(&facts);
        counts[usize::try_from((points - 20).max(0) / 20).unwrap_or(0).min(3)] += 1;
        let age = facts.age.map_or(Json::Null, |age| json!((age * 10.0).round() / 10.0));
        let numbers = [facts.emergencies, facts.overdue_orders, facts.inspections, facts.calibrations, facts.failed];
        let head = [record(&line[0], &line[1]), line[2].clone(), json!(points), json!(why)];
        rows.push(head.into_iter().chain(numbers.map(Json::from)).chain([age]).collect::<Vec<_>>());
    }
    rows.sort_by_key(|row| (int(&row[2]), text(&row[0]["title"]).to_owned()));
    let sum: i64 = rows.iter().map(|row| int(&row[2])).sum();
    let mean = if rows.is_empty() { Json::Null } else { json!((sum as f64 / rows.len() as f64).round()) };
    found.figure("Sites", rows.len(), "count");
    found.figure("Mean score", mean, "score");
    found.figure("Sites below 60", counts[0] + counts[1], "count");
    let points = SPANS.iter().zip(counts).filter(|_| !rows.is_empty());
    found.draw("Sites by score", "count", points.map(|(label, n)| ((*label).to_owned(), f64::from(n))).collect());
    found.rows = rows;
    found.note(formula());
    found.note("The score is counted for this report alone; the field \"Health score\" of a site stays as it is.");
}
