//! Contacts: people at a company.

use crate::kernel::Result;
use crate::kind::{Company, Draft, Field, Hooks, Kind, Own, Scope, Type};

pub const KIND: Kind = Kind {
    about: "The people at your customers: who to call, who to write to, who opens the door.",
    fields: &[
        // What people call them. Made of the two names below, so that lists sort and search one field.
        Field::text("name", "Name").read_only().by_part().indexed(),
        Field::text("last_name", "Last name").required().indexed().aliases(&["surname", "family_name"]),
        Field::text("first_name", "First name").aliases(&["given_name", "forename"]),
        Field::new("email", "E-mail", Type::Email).by_part().aliases(&["e-mail", "mail"]),
        Field::new("phone", "Phone", Type::Phone).aliases(&["telephone"]),
        Field::new("mobile", "Mobile", Type::Phone).aliases(&["mobile_phone", "cell"]),
        Field::text("job_title", "Job title").aliases(&["position"]),
        Field::refer("company_id", "Company", "companies").aliases(&["account", "customer"]),
        Field::long_text("description", "Description"),
        Field::bool("active", "Active").required().default("true"),
    ],
    scope: Scope {
        own: &[Own::ReferredBy("work-orders", "contact_id")],
        company: Company::Column("company_id"),
        about: None,
        ..Scope::NOBODY
    },
    natural_key: &["email"],
    large: true,
    hooks: Hooks { prepare: Some(prepare) },
    ..Kind::new("contacts", "contacts", "contact", "contacts")
};

fn prepare(draft: &mut Draft<'_>) -> Result<()> {
    let name = format!("{} {}", draft.text("first_name"), draft.text("last_name"));
    draft.set("name", name.trim());
    Ok(())
}
