//! The lists that the office comes back to every day.

use crate::kernel::encode;

use super::team::Team;
use super::world::{Entry, World};

/// What it is called, of which kind, its conditions, and the columns that it shows.
type View = (&'static str, &'static str, &'static [(&'static str, &'static str)], &'static str);

const VIEWS: [View; 8] = [
    (
        "Overdue",
        "work-orders",
        &[("status[in]", "new,assigned,in_progress,on_hold"), ("due_at[lt]", "now"), ("sort", "due_at")],
        r#"{"columns":["number","title","priority","site","due_at"]}"#,
    ),
    (
        "Emergencies",
        "work-orders",
        &[("priority", "emergency"), ("status[in]", "new,assigned,in_progress,on_hold"), ("sort", "-created_at")],
        r#"{"columns":["number","title","status","site","created_at"]}"#,
    ),
    (
        "Nobody assigned",
        "work-orders",
        &[("status", "new"), ("assigned_to[null]", "true"), ("contractor_id[null]", "true"), ("sort", "due_at")],
        r#"{"columns":["number","title","priority","site","due_at"]}"#,
    ),
    (
        "To invoice",
        "work-orders",
        &[("status", "completed"), ("sort", "-created_at")],
        r#"{"columns":["number","title","company","completed_at"]}"#,
    ),
    (
        "Inspections this month",
        "equipment",
        &[("inspection_due[gte]", "month"), ("inspection_due[lt]", "month+1"), ("sort", "inspection_due")],
        r#"{"columns":["name","serial","site","inspection_due"]}"#,
    ),
    (
        "Out of service",
        "equipment",
        &[("status", "out_of_service"), ("sort", "name")],
        r#"{"columns":["name","serial","site","status"],"density":"compact"}"#,
    ),
    (
        "Closing this quarter",
        "deals",
        &[("stage[in]", "qualified,proposal,negotiation"), ("expected_on[lt]", "quarter+1"), ("sort", "expected_on")],
        r#"{"columns":["name","company","stage","value","expected_on"]}"#,
    ),
    (
        "Big ones",
        "deals",
        &[("value[gte]", "1000000"), ("sort", "-value")],
        r#"{"columns":["name","company","stage","value"],"group":"stage"}"#,
    ),
];

/// All are the manager's, and shared.
pub fn views<'a>(world: &'a World, team: &'a Team) -> impl Iterator<Item = Entry> + 'a {
    VIEWS.iter().enumerate().map(|(number, (name, kind, query, display))| {
        let query: Vec<String> = query.iter().map(|(k, v)| format!("{}={}", encode(k), encode(v))).collect();
        let entry = world.entry("views", number, world.beginning()).by(team.manager());
        let entry = entry.set("name", *name).set("kind", *kind).set("query", query.join("&"));
        entry.set("display", *display).set("shared", true).set("position", number as i64)
    })
}
