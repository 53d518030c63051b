//! Work orders by status, age, technician and more, with response and completion times.

use serde_json::{Value as Json, json};

use crate::kernel::{Result, spelled};
use crate::record::{Breakdown, By, Measure, View};

use super::super::ask::Ask;
use super::super::declare::{COMPANY, ChartKind, Holds, Next, Parameter, Report, TO, choice, column, need, stage};
use super::super::document::Findings;
use super::super::tally::{Tally, hours, int, split, text};

const OPEN: [&str; 4] = ["new", "assigned", "in_progress", "on_hold"];
/// In the order of their lives.
const STATES: [&str; 7] = ["new", "assigned", "in_progress", "on_hold", "completed", "invoiced", "cancelled"];
const PRIORITIES: [&str; 4] = ["emergency", "high", "normal", "low"];
/// Written down so many days ago; the last stretch is today.
const AGES: [(i64, &str); 5] =
    [(90, "Over 90 days"), (30, "31 to 90 days"), (7, "8 to 30 days"), (0, "1 to 7 days"), (-1, "Today")];

pub const REPORT: Report = Report {
    name: "work-orders",
    title: "Work orders",
    about: "How many work orders there are by status, age or person, and how fast they were begun and completed.",
    parameters: &[
        Parameter::choice(
            "by",
            "By",
            &[
                choice("status", "Status"),
                choice("age", "Age"),
                choice("technician", "Technician").of("users", "name"),
                choice("contractor", "Contractor").of("contractors", "name"),
                choice("priority", "Priority"),
                choice("company", "Company").of("companies", "name"),
                choice("month", "Month"),
            ],
        ),
        Parameter::day("from", "Written down from", "month-2"),
        TO,
        COMPANY,
    ],
    needs: &[need("work-orders", &["status", "priority", "due_at", "started_at", "completed_at", "company_id"])],
    columns: &[
        column("group", "", Holds::Text),
        column("orders", "Work orders", Holds::Count),
        column("open", "Open", Holds::Count),
        column("overdue", "Overdue", Holds::Count),
        column("completed", "Completed", Holds::Count),
        column("response", "Mean time to start", Holds::Hours),
        column("completion", "Mean time to complete", Holds::Hours),
    ],
    chart: ChartKind::Bars,
    stages: &[stage("Counting the work orders", read)],
    finish,
};

fn by(ask: &Ask) -> (By, bool) {
    match ask.choice("by") {
        "age" => {
            let days = AGES.iter().take(AGES.len() - 1).map(|(days, _)| ask.today.plus_days(-days)).collect();
            (By::Stretch("created_at", days), false)
        }
        "technician" => (By::Named("assigned_to"), true),
        "contractor" => (By::Named("contractor_id"), true),
        "priority" => (By::Field("priority"), false),
        "company" => (By::Named("company_id"), true),
        "month" => (By::Field("created_at:month"), false),
        _ => (By::Field("status"), false),
    }
}

fn read(ask: &Ask, view: &View<'_>, found: &mut Findings) -> Result<Next> {
    let Some(position) = view.registry.position("work-orders") else { return Ok(Next::Done) };
    let mut rows = ask.span("created_at", true);
    rows.extend(ask.only("company", "company_id"));
    let by = [by(ask).0, By::Field("status"), By::Stretch("due_at", vec![ask.today])];
    let measures = [
        Measure::Count,
        Measure::Between("created_at", "started_at"),
        Measure::Betweens("created_at", "started_at"),
        Measure::Between("created_at", "completed_at"),
        Measure::Betweens("created_at", "completed_at"),
    ];
    let breakdown = Breakdown::new(view.registry, view.access, position, &rows, &by, &measures)?;
    found.keep("orders", view.breakdown(&breakdown)?);
    Ok(Next::Done)
}

/// The sums of a group: all, open, overdue, completed, then the times and how many they are made of.
const SUMS: usize = 8;

fn finish(ask: &Ask, found: &mut Findings) {
    let (choice, named) = (ask.choice("by"), by(ask).1);
    let mut tally = Tally::of(SUMS);
    for cells in found.take("orders") {
        let (key, title, rest) = split(&cells, named);
        let title = match choice {
            "status" | "priority" => spelled(&title),
            "age" => usize::try_from(int(key)).ok().and_then(|at| AGES.get(at)).map_or(title, |age| age.1.to_owned()),
            _ => title,
        };
        let (status, due, n) = (text(&rest[0]), &rest[1], int(&rest[2]));
        let open = if OPEN.contains(&status) { n } else { 0 };
        let overdue = if due.as_i64() == Some(0) { open } else { 0 };
        let completed = if matches!(status, "completed" | "invoiced") { n } else { 0 };
        let counts = [n, open, overdue, completed].into_iter().chain(rest[3..].iter().map(int));
        for (sum, n) in tally.at(key, &title, "").iter_mut().zip(counts) {
            *sum = sum.saturating_add(n);
        }
    }
    let place = |all: &[&str], key: &Json| all.iter().position(|name| *key == *name).unwrap_or(all.len());
    match choice {
        "status" => tally.groups.sort_by_key(|group| place(&STATES, &group.key)),
        "priority" => tally.groups.sort_by_key(|group| place(&PRIORITIES, &group.key)),
        "age" | "month" => tally.groups.sort_by_key(|group| group.key.to_string()),
        _ => tally.groups.sort_by_key(|group| (-group.sums[0], group.title.clone())),
    }
    let total = |sum: usize| tally.total(sum);
    found.figure("Work orders", total(0), "count");
    found.figure("Open", total(1), "count");
    found.figure("Overdue", total(2), "count");
    found.figure("Completed", total(3), "count");
    found.figure("Mean time to start", hours(total(4), total(5)), "hours");
    found.figure("Mean time to complete", hours(total(6), total(7)), "hours");
    let points = tally.groups.iter().map(|group| (group.title.clone(), group.sums[0] as f64)).collect();
    found.draw(format!("Work orders by {}", ask.text("by").to_lowercase()), "count", points);
    found.rows.extend(tally.groups.iter().map(|group| {
        let s = &group.sums;
        let counts = [json!(group.title), json!(s[0]), json!(s[1]), json!(s[2]), json!(s[3])];
        counts.into_iter().chain([hours(s[4], s[5]), hours(s[6], s[7])]).collect()
    }));
    found.note("Overdue: still open, and due before today.");
    found.note(
        "Times are counted from when an order was written down; one that was written down afterwards is left out of them.",
    );
}
