//! Roles: what people in a tenant may do.
//!
//! A tenant's own role says in `grants` how far each action reaches per kind, in `hidden` and
//! `locked` which fields are kept back or may not be changed:
//! `{"work-orders": {"read": "all", "update": "own"}}` and `{"products": ["price"]}`.

use serde_json::Value as Json;

use crate::kernel::{Result, kebab};
use crate::kind::{Action, Draft, Field, Hooks, Kind, Level, Type};

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
            && let Err(message) = check(&json)
        {
            draft.refuse(field, "format", message);
        }
    }
    Ok(())
}

type Check = fn(&Json) -> std::result::Result<(), String>;

/// `{"kind": {"action": "level"}}`
fn grants(json: &Json) -> std::result::Result<(), String> {
    for (kind, actions) in members(json)? {
        declared(kind)?;
        for (action, level) in members(actions)? {
            if !Action::ALL.iter().any(|a| a.as_str() == action) {
                return Err(format!("\"{action}\" is no action. Give read, create, update, delete or export."));
            }
            if level.as_str().and_then(Level::parse).is_none() {
                return Err(format!("{kind}.{action} must be none, own, company or all."));
            }
        }
    }
    Ok(())
}

/// `{"kind": ["field"]}`
fn fields(json: &Json) -> std::result::Result<(), String> {
    for (kind, names) in members(json)? {
        let declared = declared(kind)?;
        let names = names.as_array().ok_or_else(|| format!("Give {kind} a list of field names."))?;
        for name in names {
            let name = name.as_str().unwrap_or_default();
            if declared.field(name).is_none() {
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
        for wrong in
            ["[]", r#"{"jobs":{}}"#, r#"{"sites":{"see":"all"}}"#, r#"{"sites":{"read":"some"}}"#, r#"{"sites":1}"#]
        {
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
