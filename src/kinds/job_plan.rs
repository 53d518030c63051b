//! The two plans that a work order carries as JSON: its checklist and its recurrence.
//!
//! `[{"text": "Brake tested", "done": true}]` and `{"every": 3, "unit": "month"}`.

use serde_json::{Map, Value as Json};

use crate::kernel::Date;
use crate::kind::Draft;

const MAX_STEPS: usize = 200;
const MAX_TEXT: usize = 500;
const UNITS: [&str; 4] = ["day", "week", "month", "year"];

/// Refuses plans that nobody could follow.
pub fn check(draft: &mut Draft<'_>) {
    for (field, check) in [("checklist", checklist as fn(&Json) -> _), ("recurrence", recurrence)] {
        if draft.changed(field)
            && let Ok(json) = serde_json::from_str(draft.text(field))
            && let Some(message) = check(&json)
        {
            draft.refuse(field, "format", message);
        }
    }
}

fn checklist(json: &Json) -> Option<String> {
    let step = |step: &Json| {
        let step = step.as_object()?;
        let text = step.get("text")?.as_str()?;
        let done = step.get("done").is_none_or(Json::is_boolean);
        (done && only(step, &["text", "done"]) && !text.trim().is_empty() && text.len() <= MAX_TEXT).then_some(())
    };
    let fits = json.as_array().is_some_and(|steps| steps.len() <= MAX_STEPS && steps.iter().all(|s| step(s).is_some()));
    (!fits).then(|| {
        format!("Give a list of at most {MAX_STEPS} steps such as {{\"text\": \"Brake tested\", \"done\": false}}.")
    })
}

fn recurrence(json: &Json) -> Option<String> {
    let rule = |rule: &Map<String, Json>| {
        let every = rule.get("every")?.as_i64()?;
        let unit = rule.get("unit")?.as_str()?;
        let until = rule.get("until").is_none_or(|day| day.as_str().and_then(Date::parse).is_some());
        let fits = (1..=1000).contains(&every) && UNITS.contains(&unit) && until;
        (fits && only(rule, &["every", "unit", "until"])).then_some(())
    };
    json.as_object().and_then(rule).is_none().then(|| {
        format!("Give how often, such as {{\"every\": 3, \"unit\": \"month\"}}; units are {}.", UNITS.join(", "))
    })
}

fn only(object: &Map<String, Json>, members: &[&str]) -> bool {
    object.keys().all(|name| members.contains(&name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_checklist_is_a_list_of_steps() {
        assert_eq!(checklist(&json!([{"text": "Doors"}, {"text": "Brake", "done": true}])), None);
        assert_eq!(checklist(&json!([])), None);
        for wrong in [
            json!({}),
            json!([1]),
            json!([{"text": " "}]),
            json!([{"text": "a", "done": 1}]),
            json!([{"text": "a", "x": 1}]),
        ] {
            assert!(checklist(&wrong).is_some(), "{wrong}");
        }
    }

    #[test]
    fn a_recurrence_says_how_often() {
        assert_eq!(recurrence(&json!({"every": 6, "unit": "month", "until": "2030-12-31"})), None);
        for wrong in [
            json!([]),
            json!({"every": 0, "unit": "day"}),
            json!({"every": 1, "unit": "blue moon"}),
            json!({"every": 1, "unit": "day", "until": "soon"}),
        ] {
            assert!(recurrence(&wrong).is_some(), "{wrong}");
        }
    }
}
