//! Services: the catalogue of what the team does.

use crate::kind::{Field, Hooks, Kind, Type};

use super::money;

pub const KIND: Kind = Kind {
    about: "What your team does for customers: inspections, repairs, installations, each with its usual time and price.",
    fields: &[
        Field::text("name", "Name").required().searched().indexed().aliases(&["service"]),
        Field::refer("category_id", "Category", "categories"),
        Field::new("minutes", "Usual minutes", Type::Int(0, 100_000)).aliases(&["duration"]),
        money::PRICE.aliases(&["sales_price", "unit_price"]),
        money::CURRENCY,
        Field::long_text("description", "Description").searched(),
        Field::bool("active", "Active").required().default("true"),
    ],
    natural_key: &["name"],
    // R05
    stale_s: 600,
    hooks: Hooks { prepare: Some(money::prepare) },
    ..Kind::new("services", "services", "service", "services")
};
