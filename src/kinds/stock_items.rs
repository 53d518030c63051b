//! Stock items: parts with quantities.

use crate::kind::{Company, Field, Hooks, Kind, Own, Scope, Type};

use super::money;

pub const KIND: Kind = Kind {
    about: "The parts on your shelves and in your vans, how many there are and when to order more.",
    fields: &[
        Field::text("name", "Name").required().by_part().indexed().aliases(&["part", "item"]),
        Field::text("number", "Part number").by_part().aliases(&["part_number", "sku", "article_number"]),
        Field::refer("category_id", "Category", "categories"),
        Field::refer("supplier_id", "Supplier", "suppliers").aliases(&["vendor"]),
        Field::new("quantity", "Quantity", Type::Real(-1e9, 1e9)).required().default("0").aliases(&["qty", "stock"]),
        Field::new("unit", "Unit", Type::Text(20)),
        Field::new("reorder_at", "Reorder at", Type::Real(0.0, 1e9)).aliases(&["minimum", "reorder_level"]),
        Field::text("location", "Location").aliases(&["shelf", "bin", "warehouse"]),
        money::PRICE.aliases(&["unit_price", "cost"]),
        money::CURRENCY,
        Field::long_text("description", "Description"),
        Field::bool("active", "Active").required().default("true"),
    ],
    scope: Scope {
        own: &[Own::ReferredBy("part-logs", "stock_item_id")],
        company: Company::Never,
        about: None,
        ..Scope::NOBODY
    },
    natural_key: &["number"],
    hooks: Hooks { prepare: Some(money::prepare) },
    ..Kind::new("stock-items", "stock_items", "stock item", "stock items")
};
