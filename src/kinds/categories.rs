//! Categories: groups of products, services and parts.

use crate::kind::{Field, Kind};

pub const KIND: Kind = Kind {
    about: "Groups that keep products, services and parts easy to find.",
    fields: &[
        Field::text("name", "Name").required().searched().indexed().aliases(&["category", "series"]),
        Field::long_text("description", "Description"),
    ],
    natural_key: &["name"],
    ..Kind::new("categories", "categories", "category", "categories")
};
