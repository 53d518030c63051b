//! Views: lists that somebody wants to come back to, for themselves or for everybody (X02).

use crate::kernel::Result;
use crate::kind::{Company, Draft, Field, Hooks, Kind, Own, Scope, Shared, Type};

pub const KIND: Kind = Kind {
    about: "Lists that somebody set up to come back to: their filters, columns and order. A shared one is there for all who may see its kind.",
    fields: &[
        Field::text("name", "Name").required().indexed(),
        Field::new("kind", "Kind", Type::KindName).required(),
        // As it stands in the address.
        Field::new("query", "Query", Type::LongText(2_000)),
        Field::new("display", "Display", Type::Json(8_192)),
        Field::bool("shared", "Shared").required().default("false"),
        Field::new("position", "Position", Type::Int(0, 10_000)).required().default("0"),
    ],
    scope: Scope {
        own: &[Own::User("created_by")],
        company: Company::Never,
        about: None,
        shared: Some(Shared { flag: "shared", kind: "kind" }),
    },
    importable: false,
    hooks: Hooks { prepare: Some(prepare) },
    ..Kind::new("views", "views", "view", "views")
};

fn prepare(draft: &mut Draft<'_>) -> Result<()> {
    if draft.changed("kind") && super::kind_of(draft.text("kind")).is_none() {
        draft.refuse("kind", "unknown_value", "Give the name of a kind, such as \"work-orders\".");
    }
    Ok(())
}
