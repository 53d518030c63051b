//! Roles: what people in a tenant may do.
//!
//! A tenant's own role says in `grants` how far each action reaches per kind, in `hidden` and
//! `locked` which fields are kept back or may not be changed:
//! `{"work-orders": {"read": "all", "update": "own"}}` and `{"products": ["price"]}`. Beside declared
//! fields a list may name `external_id`, `custom.floor` (a field of the tenant's own) and `custom`
//! (all of those that are not named by themselves).

use serde_json::Value as Json;

use crate::kernel::{Result, kebab};
use crate::kind::{Action, Draft, Field, Hooks, Kind, Level, Tenant, Type};

pub const KIND: Kind = Kind {
    about: "What people may see and do. The six shipped roles cannot be changed; make your own beside them.",
    fields: &[
        Field::new("name", "Name", Type::Text(60)).required().indexed(),
        Field::text("label", "Label"),
        Field::new("about", "What it is for", Type::LongText(1_000)),
        Field::bool("shipped", "Shipped").read_only().default("false"),
        Field::new("grants", "Rights", Type::Json(32_768)),
        Field::new("hidden", "Hidden fields", Type::Json(32_768)),
        Field::new("locked", "Read-only fields", Type::Json(32_768)),
        Field::choice("tier", "Limits", &["basic", "premium", "admin"]),
    ],
    natural_key: &["name"],
    importable: false,
    hooks: Hooks { prepare: Some(prepare) },
    ..Kind::new("roles", "roles", "role", "roles")
};

fn prepare(draft: &mut Draft<'_>) -> Result<()> {
    if draft.was("shipped").and_then(|v| v.as_int()) == Some(1) {
        draft.refuse("name", "shipped", "A shipped role cannot be changed. Make your own beside it.");
        return Ok(());
    }
    let name = draft.text("name").to_owned();
    if draft.changed("name") && name != kebab(&name) {
        draft.refuse(
            "name",
            "format",
            format!("Give small letters, digits and hyphens, such as \"{}\".", kebab(&name)),
        );
    }
    // People hold a role by its name; under another name they would hold none.
    if draft.before.is_some() && draft.changed("name") {
        draft.refuse("name", "read_only", "A role keeps its name. Change its label instead.");
    }
    for (field, check) in [("grants", grants as Check), ("hidden", fields as Check), ("locked", fields as Check)] {
        if draft.changed(field)
            && let Ok(json) = serde_json::from_str(draft.text(field))
            && let Err(message) = check(&json, draft.tenant)
        {
            draft.refuse(field, "format", message);
        }
    }
    Ok(())
}

type Check = fn(&Json, &Tenant) -> std::result::Result<(), String>;

/// `{"kind": {"action": "level"}}`
fn grants(json: &Json, _: &Tenant) -> std::result::Result<(), String> {
    for (kind, actions) in members(json)? {
        let declared = declared(kind)?;
        for (action, level) in members(actions)? {
            if !Action::ALL.iter().any(|a| a.as_str() == action) {
                return Err(format!("\"{action}\" is no action. Give read, create, update, delete or export."));
            }
            match level.as_str().and_then(Level::parse) {
                None => return Err(format!("{kind}.{action} must be none, own, company or all.")),
                Some(level) if !declared.scope.offers(level) => {
                    let (many, level) = (declared.many, level.as_str());
                    return Err(format!("No {many} are anybody's {level}: give {kind}.{action} none or all."));
                }
                Some(_) => {}
            }
        }
    }
    Ok(())
}

/// `{"kind": ["field"]}`
fn fields(json: &Json, tenant: &Tenant) -> std::result::Result<(), String> {
    for (kind, names) in members(json)? {
        let declared = declared(kind)?;
        let names = names.as_array().ok_or_else(|| format!("Give {kind} a list of field names."))?;
        for name in names {
            let name = name.as_str().unwrap_or_default();
            let known = match name.strip_prefix("custom.") {
                Some(own) => tenant.custom_of(kind).any(|field| *field.name == *own),
                None => declared.field(name).is_some() || matches!(name, "external_id" | "custom"),
            };
            if !known {
                return Err(format!("{} have no field \"{name}\".", declared.many));
            }
        }
    }
    Ok(())
}

fn members(json: &Json) -> std::result::Result<&serde_json::Map<String, Json>, String> {
    json.as_object().ok_or_else(|| "Give an object with a member for each kind.".to_owned())
}

fn declared(kind: &str) -> std::result::Result<&'static Kind, String> {
    super::kind_of(kind).ok_or_else(|| format!("There is no kind \"{kind}\"."))
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;

    use crate::db::Value;

    fn role(field: &'static str, value: &str) -> Vec<String> {
        Trial::of(&KIND).run(&[("name", Value::from("driver")), (field, Value::from(value))]).refused()
    }

    #[test]
    fn rights_name_kinds_actions_and_levels_that_exist() {
        assert!(role("grants", r#"{"work-orders":{"read":"all","update":"own"}}"#).is_empty());
        for wrong in [
            "[]",
            r#"{"jobs":{}}"#,
            r#"{"sites":{"see":"all"}}"#,
            r#"{"sites":{"read":"some"}}"#,
            r#"{"sites":1}"#,
            r#"{"products":{"read":"own"}}"#,
        ] {
            assert_eq!(role("grants", wrong), ["grants format"], "{wrong}");
        }
    }

    #[test]
    fn hidden_fields_are_declared_ones() {
        assert!(role("hidden", r#"{"products":["price"]}"#).is_empty());
        assert_eq!(role("locked", r#"{"products":["cost"]}"#), ["locked format"]);
        assert_eq!(role("hidden", r#"{"products":"price"}"#), ["hidden format"]);
    }

    #[test]
    fn what_every_record_has_and_what_the_tenant_added_can_be_hidden_too() {
        let mut own = Trial::of(&KIND);
        own.add_custom("sites", "alarm_code");
        let hide = |names: &str| {
            let hidden = Value::from(format!("{{\"sites\":{names}}}"));
            own.run(&[("name", Value::from("driver")), ("hidden", hidden)]).refused()
        };
        assert!(hide(r#"["external_id","custom.alarm_code","custom"]"#).is_empty());
        for wrong in [r#"["alarm_code"]"#, r#"["custom.floor"]"#, r#"["created_at"]"#] {
            assert_eq!(hide(wrong), ["hidden format"], "{wrong}");
        }
    }

    #[test]
    fn a_name_is_a_slug_and_stays() {
        assert_eq!(role("name", "Van driver"), ["name format"]);
        let mut own = Trial::of(&KIND);
        own.store(own.run(&[("name", Value::from("driver"))]));
        assert_eq!(own.run(&[("name", Value::from("pilot"))]).refused(), ["name read_only"]);
    }

    #[test]
    fn a_shipped_role_cannot_be_changed() {
        let mut owner = Trial::of(&KIND);
        owner.store(owner.run(&[("name", Value::from("owner")), ("shipped", Value::from(true))]));
        assert_eq!(owner.run(&[("label", Value::from("Boss"))]).refused(), ["name shipped"]);
    }
}
