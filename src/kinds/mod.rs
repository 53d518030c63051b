//! The business: every kind of record that Larder keeps, one file each, in business order.
//!
//! A file holds one constant, the declaration, and below it what only this kind does. A new kind
//! is one file here, its line in [`ALL`] and one migration.

mod about;
mod job_plan;
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
mod views;
mod work_orders;
mod workspaces;

#[cfg(test)]
mod trial;

use crate::kind::Kind;

pub use attachments::NAME as ATTACHMENTS;
pub use custom_fields::type_of as custom_type;
pub use status_options::{SHIPPED as SHIPPED_CHOICES, ShippedChoice};
pub use workspaces::NAME as WORKSPACES;

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
    &workspaces::KIND,
    &users::KIND,
    &roles::KIND,
    &status_options::KIND,
    &custom_fields::KIND,
    &views::KIND,
];

/// The declaration of a kind, by its name.
fn kind_of(name: &str) -> Option<&'static Kind> {
    ALL.iter().copied().find(|k| k.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::{Field, Registry, Type};

    /// The field that a header means by itself, as an import reads it.
    fn meant(kind: &str, header: &str) -> Option<&'static str> {
        let means = |f: &&Field| f.name == header || f.expands_as() == Some(header) || f.aliases.contains(&header);
        kind_of(kind)?.fields.iter().find(means).map(|f| f.name)
    }

    #[test]
    fn headers_of_common_files_are_understood() {
        for (kind, header, field) in [
            ("companies", "account", Some("name")),
            ("companies", "year_established", None),
            ("products", "product", Some("name")),
            ("products", "series", None),
            ("products", "sales_price", Some("price")),
            ("users", "sales_agent", Some("name")),
            ("users", "regional_office", Some("region")),
            ("deals", "sales_agent", Some("owner_id")),
            ("deals", "account", Some("company_id")),
            ("deals", "product", Some("product_id")),
            ("deals", "deal_stage", Some("stage")),
            ("deals", "engage_date", Some("opened_on")),
            ("deals", "close_date", Some("closed_on")),
            ("deals", "close_value", Some("value")),
            ("equipment", "approved", Some("installed_on")),
            ("equipment", "lng", Some("lng")),
        ] {
            assert_eq!(meant(kind, header), field, "{kind}: {header}");
        }
    }

    #[test]
    fn every_reference_names_a_kind() {
        assert_eq!(Registry::new(ALL).len(), ALL.len());
    }

    #[test]
    fn declarations_are_sound() {
        for kind in ALL {
            assert_eq!(kind.table, kind.name.replace('-', "_"));
            assert!(kind.about.ends_with('.') && !kind.one.is_empty() && !kind.many.is_empty(), "{}", kind.name);
            assert!(kind.field(kind.title).is_some(), "{} has no title", kind.name);
            for key in kind.natural_key {
                assert!(kind.field(key).is_some(), "{}.{key}", kind.name);
            }
            for (of, field) in kind.cascades {
                let of = ALL.iter().find(|k| k.name == *of).unwrap();
                assert_eq!(of.field(field).and_then(Field::refers_to), Some(kind.name));
            }
            for (i, field) in kind.fields.iter().enumerate() {
                assert!(!kind.fields[..i].iter().any(|f| f.name == field.name), "{}.{} twice", kind.name, field.name);
                assert!(!custom_fields::TAKEN.contains(&field.name), "{}.{}", kind.name, field.name);
                if let Type::Money { currency } = field.ty {
                    assert_eq!(
                        kind.field(currency).map(|f| f.ty),
                        Some(Type::Currency),
                        "{}.{}",
                        kind.name,
                        field.name
                    );
                }
                for alias in field.aliases {
                    let means =
                        |f: &&Field| f.name == *alias || f.expands_as() == Some(alias) || f.aliases.contains(alias);
                    let taken = kind.fields.iter().filter(means).count();
                    assert_eq!(taken, 1, "{}: \"{alias}\" means two fields", kind.name);
                }
            }
        }
    }
}
