//! The business: every kind of record that Larder keeps, one file each, in business order.
//!
//! A file holds one constant, the declaration, and below it what only this kind does. A new kind
//! is one file here, its line in [`ALL`] and one migration.

mod about;
mod money;

mod attachments;
mod categories;
mod certificates;
mod companies;
mod contacts;
mod contractors;
mod custom_fields;
mod deals;
mod equipment;
mod notes;
mod part_logs;
mod products;
mod roles;
mod services;
mod sites;
mod status_options;
mod stock_items;
mod suppliers;
mod tasks;
mod time_logs;
mod users;
mod work_orders;

use crate::kind::Kind;

pub use custom_fields::type_of as custom_type;

/// Every kind: customers and sales, field work, what people add to it, the catalogue, and the
/// tenant's own set-up. Menus, documentation and the demo follow this order.
pub const ALL: &[&Kind] = &[
    &companies::KIND,
    &sites::KIND,
    &contacts::KIND,
    &deals::KIND,
    &equipment::KIND,
    &work_orders::KIND,
    &tasks::KIND,
    &certificates::KIND,
    &time_logs::KIND,
    &part_logs::KIND,
    &notes::KIND,
    &attachments::KIND,
    &stock_items::KIND,
    &contractors::KIND,
    &services::KIND,
    &products::KIND,
    &categories::KIND,
    &suppliers::KIND,
    &users::KIND,
    &roles::KIND,
    &status_options::KIND,
    &custom_fields::KIND,
];

/// The declaration of a kind, by its name.
fn kind_of(name: &str) -> Option<&'static Kind> {
    ALL.iter().copied().find(|k| k.name == name)
}
