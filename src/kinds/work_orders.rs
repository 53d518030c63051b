//! Work orders: field work, from the first call to the invoice.

use crate::db::Value;
use crate::kernel::Result;
use crate::kind::{Company, Draft, Field, Hooks, Kind, Own, Scope, Type};

pub const KIND: Kind = Kind {
    about: "The jobs you do at your customers' sites: what is wrong, who goes, by when, and how it ended.",
    fields: &[
        Field::new("number", "Number", Type::Text(40))
            .by_part()
            .indexed()
            .aliases(&["work_order_number", "job_number"]),
        Field::text("title", "Title").required().searched().aliases(&["subject", "job"]),
        Field::long_text("description", "Description").searched(),
        Field::choice("priority", "Priority", &["low", "normal", "high", "emergency"]).required().default("\"normal\""),
        Field::choice("status", "Status", &STATES).required().default("\"new\""),
        Field::refer("site_id", "Site", "sites").aliases(&["branch"]),
        Field::refer("equipment_id", "Equipment", "equipment"),
        Field::refer("contact_id", "Contact", "contacts"),
        Field::refer("service_id", "Service", "services"),
        Field::refer("contractor_id", "Contractor", "contractors"),
        Field::refer("assigned_to", "Technician", "users").aliases(&["technician", "assignee"]),
        Field::time("due_at", "Due").indexed().aliases(&["due", "due_date"]),
        Field::time("scheduled_at", "Scheduled").indexed().aliases(&["scheduled", "appointment"]),
        // Filled in when the state is reached. They may be corrected, because a job done in a
        // basement is reported later than it was done.
        Field::time("started_at", "Started"),
        Field::time("completed_at", "Completed"),
        Field::time("invoiced_at", "Invoiced"),
        Field::new("checklist", "Checklist", Type::Json(65_536)),
        Field::new("recurrence", "Recurrence", Type::Json(4_096)),
        Field::long_text("resolution", "What was done"),
        Field::refer("company_id", "Company", "companies").derived(("site_id", "company_id")),
    ],
    title: "title",
    scope: Scope {
        own: &[Own::User("assigned_to"), Own::Contractor("contractor_id")],
        company: Company::Column("company_id"),
        about: None,
    },
    natural_key: &["number"],
    cascades: &[("time-logs", "work_order_id"), ("part-logs", "work_order_id")],
    large: true,
    // R07
    stale_s: 30,
    numbered: Some("WO"),
    hooks: Hooks { prepare: Some(prepare) },
    ..Kind::new("work-orders", "work_orders", "work order", "work orders")
};

const STATES: [&str; 7] = ["new", "assigned", "in_progress", "on_hold", "completed", "invoiced", "cancelled"];

/// Where an order may go from each state. Back from `completed` and `invoiced` is a correction,
/// back from `cancelled` a change of mind.
fn next(state: &str) -> &'static [&'static str] {
    match state {
        "new" => &["assigned", "on_hold", "cancelled"],
        "assigned" => &["new", "in_progress", "on_hold", "cancelled"],
        "in_progress" => &["assigned", "on_hold", "completed", "cancelled"],
        "on_hold" => &["new", "assigned", "in_progress", "cancelled"],
        "completed" => &["in_progress", "invoiced"],
        "invoiced" => &["completed"],
        "cancelled" => &["new"],
        _ => &STATES,
    }
}

fn prepare(draft: &mut Draft<'_>) -> Result<()> {
    // Whoever names the machine has said where it stands.
    if let (true, Some(equipment)) = (draft.get("site_id").is_null(), draft.get("equipment_id").as_id()) {
        let site = draft.lookup.field("equipment", equipment, "site_id")?;
        draft.set("site_id", site.unwrap_or_default());
    }
    follow_assignment(draft);
    if !draft.lenient {
        check_state(draft);
        stamp(draft);
    }
    Ok(())
}

fn has_somebody(draft: &Draft<'_>) -> bool {
    !draft.get("assigned_to").is_null() || !draft.get("contractor_id").is_null()
}

/// Giving a new order to somebody assigns it, taking it from everybody makes it new again, unless
/// the same change says otherwise.
fn follow_assignment(draft: &mut Draft<'_>) {
    let given = draft.changed("assigned_to") || draft.changed("contractor_id");
    let state_given = draft.before.is_some() && draft.changed("status");
    if !given || state_given {
        return;
    }
    match (draft.text("status"), has_somebody(draft)) {
        ("new", true) => draft.set("status", "assigned"),
        ("assigned", false) if draft.before.is_some() => draft.set("status", "new"),
        _ => {}
    }
}

fn check_state(draft: &mut Draft<'_>) {
    let state = draft.text("status").to_owned();
    if let Some(was) = draft.was("status").and_then(Value::as_text)
        && was != state
        && !next(was).contains(&state.as_str())
    {
        let message = format!("A work order that is {was} can become {}, not {state}.", one_of(next(was)));
        draft.refuse("status", "transition", message);
    }
    // Any other state may stand at the start: work is written down after it was done, too.
    let moved = draft.changed("status") || draft.changed("assigned_to") || draft.changed("contractor_id");
    if moved && state == "assigned" && !has_somebody(draft) {
        draft.refuse("status", "unassigned", "Say who is assigned: give assigned_to or contractor_id.");
    }
}

/// `a, b or c`
fn one_of(states: &[&str]) -> String {
    match states {
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
        [] => "nothing else".to_owned(),
    }
}

/// Notes when a state was reached, and forgets it when the order leaves that state again.
fn stamp(draft: &mut Draft<'_>) {
    if !draft.changed("status") {
        return;
    }
    let state = draft.text("status").to_owned();
    let done = matches!(state.as_str(), "completed" | "invoiced");
    for (field, reached, undone) in [
        ("started_at", state == "in_progress", matches!(state.as_str(), "new" | "assigned")),
        ("completed_at", done, !done),
        ("invoiced_at", state == "invoiced", state != "invoiced"),
    ] {
        if draft.changed(field) {
            continue;
        }
        if reached && draft.get(field).is_null() {
            draft.set(field, draft.now);
        } else if undone {
            draft.set(field, Value::Null);
        }
    }
}
