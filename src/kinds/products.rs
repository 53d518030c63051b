//! Products: what can be sold.

use crate::kind::{Field, Hooks, Kind};

use super::money;

pub const KIND: Kind = Kind {
    about: "What you sell, with its price. Deals name the product they are about.",
    fields: &[
        Field::text("name", "Name").required().by_part().indexed().aliases(&["product"]),
        Field::text("number", "Number").by_part().aliases(&["sku", "article_number", "product_number"]),
        // "series" and the like are left for a person to map: taken by itself, such a column would
        // reject every row of a file whose categories are not there yet.
        Field::refer("category_id", "Category", "categories"),
        Field::refer("supplier_id", "Supplier", "suppliers").aliases(&["vendor"]),
        money::PRICE.aliases(&["sales_price", "list_price", "unit_price"]),
        money::CURRENCY,
        Field::long_text("description", "Description").searched(),
        Field::bool("active", "Active").required().default("true"),
    ],
    natural_key: &["name"],
    hooks: Hooks { prepare: Some(money::prepare) },
    ..Kind::new("products", "products", "product", "products")
};
