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

#[cfg(test)]
mod trial;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::{Field, Registry, Type};

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
                    let taken = kind.fields.iter().filter(|f| f.name == *alias || f.aliases.contains(alias)).count();
                    assert_eq!(taken, 1, "{}: \"{alias}\" means two fields", kind.name);
                }
            }
        }
    }
}
