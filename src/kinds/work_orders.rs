//! Work orders: field work, from the first call to the invoice.

use crate::db::Value;
use crate::kernel::Result;
use crate::kind::{Company, Draft, Field, Hooks, Kind, Open, Own, Scope, States, Statistic, Type};

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
        ..Scope::NOBODY
    },
    natural_key: &["number"],
    cascades: &[("time-logs", "work_order_id"), ("part-logs", "work_order_id")],
    large: true,
    // R07
    stale_s: 30,
    numbered: Some("WO"),
    states: Some(States { field: "status", next: Some(next) }),
    // S21
    open: Some(Open {
        field: "status",
        states: &["new", "assigned", "in_progress", "on_hold"],
        sql: "NOT IN ('completed', 'invoiced', 'cancelled')",
    }),
    hooks: Hooks { prepare: Some(prepare) },
    statistics: &[
        Statistic::of_all("statistics_of_work_orders", &["status", "priority"]),
        Statistic::of_each("statistics_of_work_orders_by_company", &["company_id", "status"]),
        Statistic::of_each("statistics_of_work_orders_by_assignee", &["assigned_to", "status"]),
    ],
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
    super::job_plan::check(draft);
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

#[cfg(test)]
mod tests {
    use super::super::trial::{NOW, Trial};
    use super::*;

    fn somebody() -> (&'static str, Value) {
        ("assigned_to", Value::Id(crate::kernel::Id::new()))
    }
    fn state(name: &str) -> (&'static str, Value) {
        ("status", Value::from(name))
    }

    #[test]
    fn giving_an_order_to_somebody_assigns_it_and_taking_it_back_makes_it_new() {
        let mut order = Trial::of(&KIND);
        order.store(order.run(&[]));
        assert_eq!(order.run(&[]).text("status"), "new");
        order.store(order.run(&[somebody()]));
        assert_eq!(order.run(&[]).text("status"), "assigned");
        assert_eq!(order.run(&[("assigned_to", Value::Null)]).text("status"), "new");
        assert_eq!(Trial::of(&KIND).run(&[somebody()]).text("status"), "assigned");
    }

    #[test]
    fn assigned_means_to_somebody() {
        let mut order = Trial::of(&KIND);
        assert_eq!(order.run(&[state("assigned")]).refused(), ["status unassigned"]);
        order.store(order.run(&[]));
        assert_eq!(order.run(&[state("assigned")]).refused(), ["status unassigned"]);
        let contractor = ("contractor_id", Value::Id(crate::kernel::Id::new()));
        assert!(order.run(&[contractor, state("assigned")]).errors.is_empty());
    }

    #[test]
    fn an_order_goes_its_way_and_its_moments_are_noted() {
        let mut order = Trial::of(&KIND);
        order.store(order.run(&[somebody()]));
        order.store(order.run(&[state("in_progress")]));
        assert_eq!(order.run(&[]).get("started_at"), &Value::from(NOW));
        order.store(order.run(&[state("completed"), ("completed_at", Value::Int(5))]));
        assert_eq!(order.run(&[]).get("completed_at"), &Value::Int(5), "a technician's own time counts");
        order.store(order.run(&[state("invoiced")]));
        assert_eq!(order.run(&[]).get("invoiced_at"), &Value::from(NOW));
        assert_eq!(order.run(&[]).get("completed_at"), &Value::Int(5));
        order.store(order.run(&[state("completed")]));
        order.store(order.run(&[state("in_progress")]));
        let reopened = order.run(&[]);
        assert!(reopened.get("completed_at").is_null() && reopened.get("invoiced_at").is_null());
        assert_eq!(reopened.get("started_at"), &Value::from(NOW));
    }

    #[test]
    fn a_refused_step_names_the_allowed_ones() {
        let mut order = Trial::of(&KIND);
        order.store(order.run(&[]));
        let outcome = order.run(&[state("completed")]);
        assert_eq!(outcome.refused(), ["status transition"]);
        let message = "A work order that is new can become assigned, on_hold or cancelled, not completed.";
        assert_eq!(outcome.errors[0].message, message);
    }

    #[test]
    fn every_state_can_be_left_and_reached() {
        for state in STATES {
            assert!(!next(state).is_empty() && !next(state).contains(&state));
            assert!(next(state).iter().all(|s| STATES.contains(s)));
            assert!(STATES.iter().any(|s| next(s).contains(&state)), "{state}");
        }
    }

    #[test]
    fn history_comes_in_as_it_was() {
        let mut order = Trial::of(&KIND);
        order.lenient = true;
        order.store(order.run(&[state("completed")]));
        let outcome = order.run(&[state("new")]);
        assert!(outcome.errors.is_empty() && outcome.get("completed_at").is_null());
    }

    #[test]
    fn the_machine_says_where_the_work_is() {
        let mut order = Trial::of(&KIND);
        let site = Value::Id(crate::kernel::Id::new());
        let machine = order.add("equipment", &[("site_id", site.clone())]);
        assert_eq!(order.run(&[("equipment_id", Value::Id(machine))]).get("site_id"), &site);
    }
}
