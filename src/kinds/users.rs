//! Users: the people of a tenant, with or without a login.

use crate::db::Value;
use crate::kernel::Result;
use crate::kind::{Company, Draft, Field, Hooks, Kind, Own, Scope, Type};

pub const KIND: Kind = Kind {
    about: "Everybody who works here, and the clients and contractors who may sign in. A person needs no login to own a deal.",
    fields: &[
        Field::text("name", "Name").required().by_part().indexed().aliases(&[
            "user",
            "sales_agent",
            "agent",
            "employee",
        ]),
        Field::new("email", "E-mail", Type::Email).by_part().aliases(&["e-mail", "mail"]),
        Field::new("phone", "Phone", Type::Phone).aliases(&["telephone"]),
        Field::new("role", "Role", Type::Text(60)),
        Field::text("manager", "Manager"),
        Field::text("region", "Region").aliases(&["regional_office", "office"]),
        Field::refer("company_id", "Company", "companies"),
        Field::refer("contractor_id", "Contractor", "contractors"),
        Field::choice("tier", "Limits", &["basic", "premium", "admin"]),
        Field::bool("active", "Active").required().default("true"),
    ],
    scope: Scope { own: &[Own::Itself], company: Company::Column("company_id"), about: None, ..Scope::NOBODY },
    natural_key: &["name"],
    hooks: Hooks { prepare: Some(prepare) },
    ..Kind::new("users", "users", "user", "users")
};

fn prepare(draft: &mut Draft<'_>) -> Result<()> {
    if !draft.changed("role") && !draft.changed("company_id") && !draft.changed("contractor_id") {
        return Ok(());
    }
    let role = draft.text("role").to_owned();
    if draft.changed("role")
        && !role.is_empty()
        && !draft.lookup.exists("roles", "name", &Value::from(role.as_str()))?
    {
        draft.refuse("role", "unknown_reference", format!("There is no role \"{role}\"."));
    }
    // These two see what belongs to somebody: without that somebody they would see nothing, and the
    // owner would wonder why.
    for (needs, field, whose) in [("client", "company_id", "company"), ("contractor", "contractor_id", "contractor")] {
        if role == needs && draft.get(field).is_null() {
            draft.refuse(field, "required", format!("A {needs} sees one {whose}'s records: say which {whose}."));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;

    #[test]
    fn a_role_must_exist_and_a_client_needs_a_company() {
        let mut user = Trial::of(&KIND);
        assert!(user.run(&[]).errors.is_empty(), "a person without a login needs no role");
        assert_eq!(
            user.run(&[("role", Value::from("client"))]).refused(),
            ["role unknown_reference", "company_id required"]
        );
        user.add("roles", &[("name", Value::from("client"))]);
        let company = user.add("companies", &[]);
        let client = [("role", Value::from("client")), ("company_id", Value::Id(company))];
        assert!(user.run(&client).errors.is_empty());
    }
}
