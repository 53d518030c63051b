//! Tasks: things to do, about a record or about nothing in particular.

use crate::kernel::Result;
use crate::kind::{Company, Draft, Field, Hooks, Kind, Open, Own, Scope, States, Statistic};

use super::about;

pub const KIND: Kind = Kind {
    about: "What somebody has to do by when: call back, send an offer, order a part.",
    fields: &[
        Field::text("title", "Title").required().searched().aliases(&["task", "subject", "name"]),
        Field::long_text("description", "Description").searched(),
        Field::choice("status", "Status", &["pending", "in_progress", "done"]).required().default("\"pending\""),
        Field::refer("assignee_id", "Assignee", "users").aliases(&["assigned_to"]),
        Field::time("due_at", "Due").indexed().aliases(&["due", "due_date", "deadline"]),
        Field::time("completed_at", "Completed").read_only(),
        about::KIND,
        about::ID,
    ],
    title: "title",
    scope: Scope { own: &[Own::User("assignee_id")], company: Company::Never, about: about::FIELDS, ..Scope::NOBODY },
    large: true,
    // R08
    stale_s: 30,
    states: States::any("status"),
    open: Some(Open { field: "status", states: &["pending", "in_progress"], sql: "IN ('pending', 'in_progress')" }),
    hooks: Hooks { prepare: Some(prepare) },
    statistics: &[Statistic::of_each("statistics_of_tasks_by_assignee", &["assignee_id", "status"])],
    ..Kind::new("tasks", "tasks", "task", "tasks")
};

fn prepare(draft: &mut Draft<'_>) -> Result<()> {
    match draft.text("status") {
        // A task that comes from elsewhere was done at a time that nobody told us: left empty.
        "done" if draft.changed("status") && !draft.lenient => draft.set("completed_at", draft.now),
        "done" => {}
        _ => draft.set("completed_at", crate::db::Value::Null),
    }
    about::prepare(draft)
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;

    use crate::db::Value;
    use crate::kernel::Id;

    #[test]
    fn a_task_is_completed_when_it_is_done() {
        let mut task = Trial::of(&KIND);
        task.store(task.run(&[("status", Value::from("done"))]));
        assert!(!task.run(&[]).get("completed_at").is_null());
        assert!(task.run(&[("status", Value::from("pending"))]).get("completed_at").is_null());
    }

    #[test]
    fn what_a_task_is_about_has_a_kind_and_an_id() {
        let task = Trial::of(&KIND);
        let (kind, id) = (("about_kind", Value::from("sites")), ("about_id", Value::Id(Id::new())));
        assert!(task.run(&[]).errors.is_empty());
        assert!(task.run(&[kind.clone(), id.clone()]).errors.is_empty());
        assert_eq!(task.run(&[kind]).refused(), ["about_id required"]);
        assert_eq!(task.run(&[("about_kind", Value::from("moons")), id]).refused(), ["about_kind unknown_value"]);
    }
}
