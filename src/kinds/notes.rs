//! Notes: what somebody wrote down about a record.

use crate::kind::{Company, Field, Hooks, Kind, Own, Scope};

use super::about;

pub const KIND: Kind = Kind {
    about: "What was said, seen or agreed, kept with the record that it is about.",
    fields: &[
        Field::long_text("body", "Note").required().searched().aliases(&["note", "text", "comment"]),
        about::KIND.required(),
        about::ID.required(),
    ],
    title: "body",
    scope: Scope { own: &[Own::User("created_by")], company: Company::Never, about: about::FIELDS, ..Scope::NOBODY },
    large: true,
    hooks: Hooks { prepare: Some(about::prepare) },
    ..Kind::new("notes", "notes", "note", "notes")
};
