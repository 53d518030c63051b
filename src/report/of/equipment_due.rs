//! Equipment due: what must be inspected or calibrated soon, and what should have been already.

use serde_json::{Value as Json, json};

use crate::kernel::{Date, Result};
use crate::record::{Breakdown, By, Measure, Query, View, Window};

use super::super::ask::Ask;
use super::super::declare::{COMPANY, ChartKind, Holds, Next, Parameter, Report, choice, column, need, record, stage};
use super::super::document::{Findings, MAX_ROWS};
use super::super::tally::{int, text};

/// Rows of one read.
const PIECE: usize = 1_000;
const SPANS: [&str; 4] = ["Overdue", "Within 30 days", "31 to 60 days", "61 to 90 days"];
const INSPECTION: &str = "inspection_due";
const CALIBRATION: &str = "calibration_due";

pub const REPORT: Report = Report {
    name: "equipment-due",
    title: "Equipment due",
    about: "Which equipment is due for inspection or calibration in the next 30, 60 or 90 days, and what is overdue.",
    parameters: &[
        Parameter::choice(
            "within",
            "Within",
            &[choice("30", "30 days"), choice("60", "60 days"), choice("90", "90 days")],
        ),
        Parameter::choice(
            "what",
            "What is due",
            &[choice("both", "Both"), choice("inspection", "Inspection"), choice("calibration", "Calibration")],
        ),
        COMPANY,
    ],
    needs: &[need("equipment", &["name", "status", INSPECTION, CALIBRATION, "site_id", "company_id"])],
    columns: &[
        column("equipment", "Equipment", Holds::Record("equipment")),
        column("serial", "Serial number", Holds::Text).of("equipment", "serial"),
        column("site", "Site", Holds::Record("sites")).of("sites", "name"),
        column("company", "Company", Holds::Record("companies")).of("companies", "name"),
        column("what", "What is due", Holds::Text),
        column("due", "Due", Holds::Date),
        column("days", "Days left", Holds::Days),
    ],
    chart: ChartKind::Columns,
    stages: &[
        stage("Counting what is due", count),
        stage("Looking up inspections", inspections),
        stage("Looking up calibrations", calibrations),
    ],
    finish,
};

fn wants(ask: &Ask, field: &str) -> bool {
    let what = ask.choice("what");
    what == "both" || field.starts_with(what)
}

fn within(ask: &Ask) -> i64 {
    ask.choice("within").parse().unwrap_or(30)
}

/// What is in use and due before the day after the last.
fn due(ask: &Ask, field: &str) -> Vec<(String, String)> {
    let last = ask.today.plus_days(within(ask) + 1).to_string();
    let mut rows = vec![("status[ne]".to_owned(), "decommissioned".to_owned()), (format!("{field}[lt]"), last)];
    rows.extend(ask.only("company", "company_id"));
    rows
}

fn count(ask: &Ask, view: &View<'_>, found: &mut Findings) -> Result<Next> {
    let Some(position) = view.registry.position("equipment") else { return Ok(Next::Done) };
    for field in [INSPECTION, CALIBRATION].into_iter().filter(|field| wants(ask, field)) {
        let days = [0, 31, 61].map(|days| ask.today.plus_days(days)).to_vec();
        let by = [By::Stretch(field, days)];
        let breakdown = Breakdown::new(view.registry, view.access, position, &due(ask, field), &by, &[Measure::Count])?;
        found.keep(&format!("{field} counts"), view.breakdown(&breakdown)?);
    }
    Ok(Next::Done)
}

fn inspections(ask: &Ask, view: &View<'_>, found: &mut Findings) -> Result<Next> {
    list(ask, view, found, INSPECTION)
}

fn calibrations(ask: &Ask, view: &View<'_>, found: &mut Findings) -> Result<Next> {
    list(ask, view, found, CALIBRATION)
}

/// Reads the next piece of the list of what is due, soonest first.
fn list(ask: &Ask, view: &View<'_>, found: &mut Findings, field: &str) -> Result<Next> {
    let Some(position) = view.registry.position("equipment").filter(|_| wants(ask, field)) else {
        return Ok(Next::Done);
    };
    let mut params = due(ask, field);
    let sees = |column: &str| ask.shown().any(|(_, shown)| shown.name == column);
    let mut fields = format!("id,name,{field}");
    for (column, more) in
        [("serial", ",serial"), ("site", ",site.id,site.name"), ("company", ",company.id,company.name")]
    {
        fields.push_str(if sees(column) { more } else { "" });
    }
    params.extend([("sort", field), ("fields", &fields)].map(|(name, value)| (name.to_owned(), value.to_owned())));
    params.extend(found.cursor.clone().map(|cursor| ("cursor".to_owned(), cursor)));
    let mut query = Query::parse(view.registry, view.access, position, &params)?;
    if let Window::Cursor { limit, .. } = &mut query.window {
        *limit = PIECE;
    }
    let listing = view.list(&query)?;
    let page: Json = serde_json::from_slice(&listing.body).unwrap_or_default();
    let lines = found.lines.entry(field.to_owned()).or_default();
    for row in page["data"].as_array().into_iter().flatten() {
        let to = |name: &str| record(&row[name]["id"], &row[name]["name"]);
        let day = Date::parse(text(&row[field]));
        let days = day.map(|day| day.days() - ask.today.days());
        let word = if field == INSPECTION { "Inspection" } else { "Calibration" };
        lines.push(vec![
            record(&row["id"], &row["name"]),
            row["serial"].clone(),
            to("site"),
            to("company"),
            json!(word),
            row[field].clone(),
            json!(days),
        ]);
    }
    found.cursor = listing.next.filter(|_| lines.len() <= MAX_ROWS);
    Ok(if found.cursor.is_some() { Next::Again } else { Next::Done })
}

fn finish(ask: &Ask, found: &mut Findings) {
    let spans = 1 + usize::try_from(within(ask) / 30).unwrap_or(1);
    let (mut counts, mut due) = ([0; SPANS.len()], 0);
    for (field, label) in [(INSPECTION, "Inspections due"), (CALIBRATION, "Calibrations due")] {
        if !wants(ask, field) {
            continue;
        }
        let lines = found.take(&format!("{field} counts"));
        let all: i64 = lines.iter().map(|line| int(&line[1])).sum();
        found.figure(label, all, "count");
        due += all;
        for line in &lines {
            if let Some(count) = usize::try_from(int(&line[0])).ok().and_then(|at| counts.get_mut(at)) {
                *count += int(&line[1]);
            }
        }
    }
    found.figure("Of these overdue", counts[0], "count");
    let points = SPANS.iter().zip(counts).take(spans).map(|(label, n)| ((*label).to_owned(), n as f64));
    let points = if counts.iter().any(|n| *n > 0) { points.collect() } else { Vec::new() };
    found.draw("When it is due", "count", points);
    let mut rows = found.take(INSPECTION);
    rows.extend(found.take(CALIBRATION));
    rows.sort_by(|a, b| text(&a[5]).cmp(text(&b[5])));
    if rows.len() > MAX_ROWS {
        rows.truncate(MAX_ROWS);
        found.note(format!("The table shows the first {MAX_ROWS} of {due} that are due. The figures count them all."));
    }
    found.rows = rows;
    found.note("Equipment that is decommissioned is left out.");
}
