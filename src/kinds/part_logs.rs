//! Part logs: what was used up on an order.

use crate::kernel::Result;
use crate::kind::{Company, Draft, Field, Hooks, Kind, Own, Scope, Type};

use super::money;

pub const KIND: Kind = Kind {
    about: "The parts that a work order used: from stock, or bought on the way.",
    fields: &[
        Field::refer("work_order_id", "Work order", "work-orders").required(),
        Field::refer("stock_item_id", "Stock item", "stock-items").aliases(&["part"]),
        Field::text("description", "Part"),
        Field::new("quantity", "Quantity", Type::Real(-1e9, 1e9)).required().default("1").aliases(&["qty"]),
        money::PRICE.aliases(&["unit_price"]),
        money::CURRENCY,
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
    ..Kind::new("part-logs", "part_logs", "part log", "part logs")
};

fn prepare(draft: &mut Draft<'_>) -> Result<()> {
    // The part's name is kept here too: the job sheet says what was built in, whatever the shelf
    // is called later.
    if draft.get("description").is_null() {
        let name = draft.title_of("stock_item_id")?;
        if !name.is_empty() {
            draft.set("description", name);
        }
    }
    money::prepare(draft)
}
