//! Attachments: what is known of a file that belongs to a record.

use crate::kind::{Company, Field, Kind, Own, Scope, Type};

use super::about;

/// The kind's name, for those who receive the bytes.
pub const NAME: &str = "attachments";

pub const KIND: Kind = Kind {
    about: "Photos, plans and papers, kept with the record that they are about.",
    fields: &[
        Field::text("name", "File name").required().by_part(),
        Field::new("media_type", "Type", Type::Text(100)).read_only(),
        Field::new("bytes", "Size", Type::Int(0, i64::MAX)).read_only(),
        Field::new("sha256", "Digest", Type::Text(64)).read_only(),
        about::KIND.required(),
        about::ID.required(),
    ],
    scope: Scope { own: &[Own::User("created_by")], company: Company::Never, about: about::FIELDS, ..Scope::NOBODY },
    // A row stands for bytes that were received.
    uploaded: true,
    importable: false,
    ..Kind::new(NAME, "attachments", "attachment", "attachments")
};
