//! Contractors: outside workers and the firms that send them.

use crate::kind::{Company, Field, Kind, Own, Scope, Type};

pub const KIND: Kind = Kind {
    about: "Outside workers and firms who take on jobs for you. One with a login sees only the jobs given to them.",
    fields: &[
        Field::text("name", "Name").required().by_part().indexed().aliases(&["contractor", "subcontractor"]),
        Field::text("trade", "Trade").searched(),
        Field::new("email", "E-mail", Type::Email).aliases(&["e-mail", "mail"]),
        Field::new("phone", "Phone", Type::Phone).aliases(&["telephone"]),
        Field::new("address", "Address", Type::LongText(500)),
        Field::long_text("description", "Description"),
        Field::bool("active", "Active").required().default("true"),
    ],
    scope: Scope { own: &[Own::Contractor("id")], company: Company::Never, about: None, ..Scope::NOBODY },
    natural_key: &["name"],
    ..Kind::new("contractors", "contractors", "contractor", "contractors")
};
