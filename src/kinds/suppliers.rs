//! Suppliers: where products and parts are bought.

use crate::kind::{Field, Kind, Type};

pub const KIND: Kind = Kind {
    about: "The firms you buy products and parts from.",
    fields: &[
        Field::text("name", "Name").required().searched().indexed().aliases(&["supplier", "vendor"]),
        Field::new("website", "Website", Type::Url),
        Field::new("email", "E-mail", Type::Email).aliases(&["e-mail", "mail"]),
        Field::new("phone", "Phone", Type::Phone).aliases(&["telephone"]),
        Field::new("address", "Address", Type::LongText(500)),
        Field::long_text("description", "Description"),
        Field::bool("active", "Active").required().default("true"),
    ],
    natural_key: &["name"],
    ..Kind::new("suppliers", "suppliers", "supplier", "suppliers")
};
