//! Activity: who did how much, on what, and when.

use serde_json::{Value as Json, json};

use crate::kernel::{Result, spelled};
use crate::record::{Deeds, View};

use super::super::ask::Ask;
use super::super::declare::{ChartKind, Holds, Next, Parameter, Report, TO, choice, column, need, stage};
use super::super::document::Findings;
use super::super::tally::{Tally, int, text};

/// What is counted by itself; all else is other.
const ACTIONS: [&str; 4] = ["create", "update", "delete", "restore"];

pub const REPORT: Report = Report {
    name: "activity",
    title: "Activity",
    about: "How many records people created, changed and deleted, by person, kind of record or day.",
    parameters: &[
        Parameter::choice(
            "by",
            "By",
            &[
                choice("person", "Person"),
                choice("kind", "Kind of record"),
                choice("day", "Day"),
                choice("week", "Week"),
                choice("month", "Month"),
            ],
        ),
        Parameter::day("from", "From", "today-29"),
        TO,
    ],
    needs: &[need("users", &["name"]).of_all()],
    columns: &[
        column("group", "", Holds::Text),
        column("created", "Created", Holds::Count),
        column("changed", "Changed", Holds::Count),
        column("deleted", "Deleted", Holds::Count),
        column("restored", "Restored", Holds::Count),
        column("other", "Other", Holds::Count),
        column("all", "In all", Holds::Count),
    ],
    chart: ChartKind::Bars,
    stages: &[stage("Counting what was done", read)],
    finish,
};

fn read(ask: &Ask, view: &View<'_>, found: &mut Findings) -> Result<Next> {
    let from = ask.start_of(ask.day("from").unwrap_or(ask.today));
    let to = ask.start_of(ask.day("to").unwrap_or(ask.today).plus_days(1));
    let mut lines = view.deeds(&Deeds { from, to, user: None, by: ask.choice("by") })?;
    if ask.choice("by") == "kind" {
        for line in &mut lines {
            line[1] = view.registry.get(text(&line[0])).map_or(Json::Null, |kind| json!(spelled(kind.many)));
        }
    }
    found.lines.insert("deeds".to_owned(), lines);
    Ok(Next::Done)
}

fn finish(ask: &Ask, found: &mut Findings) {
    let by = ask.choice("by");
    let mut tally = Tally::of(ACTIONS.len() + 1);
    for line in found.take("deeds") {
        let title = match (by, line[1].as_str()) {
            (_, Some(title)) => title.to_owned(),
            ("person", None) if line[0].is_null() => "The system".to_owned(),
            ("person", None) => "Somebody who was removed".to_owned(),
            _ => text(&line[0]).to_owned(),
        };
        let at = ACTIONS.iter().position(|action| *action == text(&line[2])).unwrap_or(ACTIONS.len());
        tally.at(&line[0], &title, "")[at] += int(&line[3]);
    }
    let all = |sums: &[i64]| sums.iter().sum::<i64>();
    match by {
        "person" | "kind" => tally.groups.sort_by_key(|group| (-all(&group.sums), group.title.clone())),
        _ => tally.groups.sort_by(|a, b| a.title.cmp(&b.title)),
    }
    let total: i64 = tally.groups.iter().map(|group| all(&group.sums)).sum();
    found.figure("Changes in all", total, "count");
    found.figure("Created", tally.total(0), "count");
    found.figure("Changed", tally.total(1), "count");
    found.figure("Deleted", tally.total(2), "count");
    let points = tally.groups.iter().map(|group| (group.title.clone(), all(&group.sums) as f64)).collect();
    found.draw(format!("Changes by {}", ask.text("by").to_lowercase()), "count", points);
    found.rows.extend(tally.groups.iter().map(|group| {
        let cells = [json!(group.title)].into_iter().chain(group.sums.iter().map(|n| json!(n)));
        cells.chain([json!(all(&group.sums))]).collect()
    }));
}
