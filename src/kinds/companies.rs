//! Companies: customers and organisations.

use crate::kind::{Company, Field, Kind, Own, Scope, Type};

pub const KIND: Kind = Kind {
    about: "The customers and organisations you work for, each with its sites, people, deals and jobs.",
    fields: &[
        Field::text("name", "Name").required().by_part().indexed().aliases(&[
            "account",
            "company",
            "customer",
            "organisation",
            "organization",
        ]),
        Field::text("sector", "Sector").searched().aliases(&["industry"]),
        Field::new("website", "Website", Type::Url).searched().aliases(&["web", "homepage"]),
        Field::new("phone", "Phone", Type::Phone).aliases(&["telephone"]),
        Field::new("email", "E-mail", Type::Email).searched().aliases(&["e-mail", "mail"]),
        Field::new("address", "Address", Type::LongText(500)).searched(),
        Field::long_text("description", "Description"),
        Field::refer("owner_id", "Owner", "users"),
        Field::bool("active", "Active").required().default("true"),
    ],
    scope: Scope { own: &[Own::User("owner_id")], company: Company::Itself, about: None, ..Scope::NOBODY },
    natural_key: &["name"],
    large: true,
    // R03
    stale_s: 300,
    ..Kind::new("companies", "companies", "company", "companies")
};
