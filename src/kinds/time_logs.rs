//! Time logs: who worked on an order, and how long.

use crate::kernel::Result;
use crate::kind::{Company, Draft, Field, Hooks, Kind, Own, Scope, Type};

pub const KIND: Kind = Kind {
    about: "The hours that people spent on a work order.",
    fields: &[
        Field::refer("work_order_id", "Work order", "work-orders").required(),
        Field::refer("user_id", "Person", "users"),
        Field::time("started_at", "Started").indexed().aliases(&["start", "from"]),
        Field::time("ended_at", "Ended").aliases(&["end", "to"]),
        Field::new("minutes", "Minutes", Type::Int(0, 100_000)).aliases(&["duration"]),
        Field::bool("billable", "Billable").required().default("true"),
        Field::long_text("description", "What was done"),
    ],
    title: "description",
    scope: Scope {
        own: &[Own::Through("work_order_id", "work-orders")],
        company: Company::Through("work_order_id", "work-orders"),
        about: None,
        ..Scope::NOBODY
    },
    large: true,
    hooks: Hooks { prepare: Some(prepare) },
    ..Kind::new("time-logs", "time_logs", "time log", "time logs")
};

fn prepare(draft: &mut Draft<'_>) -> Result<()> {
    let (Some(start), Some(end)) = (draft.get("started_at").as_int(), draft.get("ended_at").as_int()) else {
        return Ok(());
    };
    if end < start {
        draft.refuse("ended_at", "range", "Work cannot end before it starts.");
    } else if draft.get("minutes").is_null() || (moved(draft) && !draft.changed("minutes")) {
        // Minutes follow the clock unless somebody wrote down others.
        draft.set("minutes", ((end - start + 30_000) / 60_000).min(100_000));
    }
    Ok(())
}

fn moved(draft: &Draft<'_>) -> bool {
    draft.changed("started_at") || draft.changed("ended_at")
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;

    use crate::db::Value;

    #[test]
    fn minutes_follow_the_clock_unless_written_down() {
        let mut log = Trial::of(&KIND);
        let (start, end) = (("started_at", Value::Int(0)), ("ended_at", Value::Int(90 * 60_000)));
        assert_eq!(log.run(&[start.clone(), end.clone(), ("minutes", Value::Int(60))]).get("minutes"), &Value::Int(60));
        log.store(log.run(&[start, end]));
        assert_eq!(log.run(&[]).get("minutes"), &Value::Int(90));
        assert_eq!(log.run(&[("ended_at", Value::Int(30 * 60_000))]).get("minutes"), &Value::Int(30));
        assert_eq!(log.run(&[("ended_at", Value::Int(-1))]).refused(), ["ended_at range"]);
    }
}
