//! Notes: what somebody wrote down about a record.

use crate::db::Value;
use crate::kernel::{Id, Result};
use crate::kind::{Company, Draft, Field, Hooks, Kind, Own, Scope, Type};

use super::about;

pub const KIND: Kind = Kind {
    about: "What was said, seen or agreed, kept with the record that it is about.",
    fields: &[
        Field::long_text("body", "Note").required().searched().aliases(&["note", "text", "comment"]),
        about::KIND.required(),
        about::ID.required(),
        // Ids of users: a name in the text may be anybody's.
        Field::new("mentions", "Mentioned", Type::Json(2_048)),
    ],
    title: "body",
    scope: Scope { own: &[Own::User("created_by")], company: Company::Never, about: about::FIELDS, ..Scope::NOBODY },
    large: true,
    hooks: Hooks { prepare: Some(prepare) },
    ..Kind::new("notes", "notes", "note", "notes")
};

/// More people than a note is for.
const MOST: usize = 20;

fn prepare(draft: &mut Draft<'_>) -> Result<()> {
    about::prepare(draft)?;
    if !draft.changed("mentions") || draft.get("mentions").is_null() {
        return Ok(());
    }
    let given: Option<Vec<String>> = serde_json::from_str(draft.text("mentions")).ok();
    let ids: Option<Vec<Id>> = given.and_then(|all| all.iter().map(|id| id.parse().ok()).collect());
    let Some(mut ids) = ids.filter(|ids| ids.len() <= MOST) else {
        draft.refuse("mentions", "type", format!("Give the ids of at most {MOST} users as a list."));
        return Ok(());
    };
    ids.sort();
    ids.dedup();
    let text: Vec<String> = ids.iter().map(|id| format!("\"{id}\"")).collect();
    draft.set("mentions", if ids.is_empty() { Value::Null } else { Value::from(format!("[{}]", text.join(","))) });
    Ok(())
}
