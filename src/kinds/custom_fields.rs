//! Custom fields: what a tenant adds to a kind.

use serde_json::Value as Json;

use crate::db::Value;
use crate::kernel::Result;
use crate::kind::{Draft, Field, Hooks, Kind, Type};

/// Every filterable field is a row in the index table for every record of its kind.
const MAX_FILTERABLE: usize = 10;
const MAX_OPTIONS: usize = 200;

const TYPES: &[&str] = &["text", "long_text", "int", "real", "bool", "date", "time", "email", "url"];

/// Names that every record has already.
pub(super) const TAKEN: &[&str] = &[
    "id",
    "seq",
    "tenant_id",
    "version",
    "created_at",
    "created_by",
    "updated_at",
    "deleted_at",
    "deleted_with",
    "external_id",
    "custom",
];

pub const KIND: Kind = Kind {
    about: "Fields of your own, added to any kind of record. Filterable ones work in lists like the built-in fields.",
    fields: &[
        Field::new("kind", "Kind", Type::KindName).required(),
        Field::new("name", "Name", Type::Text(60)).required().indexed(),
        Field::text("label", "Label").required(),
        Field::choice("type", "Type", TYPES).required().default("\"text\""),
        Field::new("options", "Choices", Type::Json(32_768)),
        Field::bool("required", "Required").required().default("false"),
        Field::bool("filterable", "Filterable").required().default("false"),
        Field::bool("client_visible", "Visible to clients").required().default("false"),
    ],
    title: "label",
    natural_key: &["kind", "name"],
    importable: false,
    hooks: Hooks { prepare: Some(prepare) },
    ..Kind::new("custom-fields", "custom_fields", "custom field", "custom fields")
};

/// What a stored type name means to the engine; text for a name that is unknown.
pub fn type_of(name: &str) -> Type {
    match name {
        "long_text" => Type::LongText(20_000),
        "int" => Type::Int(-9_007_199_254_740_991, 9_007_199_254_740_991),
        "real" => Type::Real(f64::MIN, f64::MAX),
        "bool" => Type::Bool,
        "date" => Type::Date,
        "time" => Type::Time,
        "email" => Type::Email,
        "url" => Type::Url,
        _ => Type::Text(1_000),
    }
}

fn prepare(draft: &mut Draft<'_>) -> Result<()> {
    if draft.get("label").is_null() {
        let label = label_of(draft.text("name"));
        draft.set("label", label);
    }
    for field in ["kind", "name", "type"] {
        // The values lie under this name, of this type, in every record of this kind.
        if draft.before.is_some() && draft.changed(field) {
            draft.refuse(field, "read_only", "This stays as it was made. Make another field instead.");
        }
    }
    if draft.before.is_none() {
        check_name(draft);
    }
    check_filterable(draft);
    check_options(draft);
    Ok(())
}

/// `floor_count` is `Floor count` to people.
fn label_of(name: &str) -> String {
    let mut label = name.replace('_', " ");
    if let Some(first) = label.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    label
}

fn check_name(draft: &mut Draft<'_>) {
    let (kind, name) = (draft.text("kind").to_owned(), draft.text("name").to_owned());
    let Some(declared) = super::kind_of(&kind) else {
        draft.refuse("kind", "unknown_value", "Give the name of a kind, such as \"companies\".");
        return;
    };
    let plain = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if !plain || !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        draft.refuse("name", "format", "Give small letters, digits and underscores, a letter first: \"floor_count\".");
    } else if declared.field(&name).is_some() || declared.reference(&name).is_some() || TAKEN.contains(&name.as_str()) {
        draft.refuse("name", "taken", format!("{} have a field \"{name}\" already.", declared.many));
    }
}

fn check_filterable(draft: &mut Draft<'_>) {
    if draft.get("filterable").as_int() != Some(1) || !draft.changed("filterable") {
        return;
    }
    if draft.text("type") == "long_text" {
        draft.refuse("filterable", "not_allowed", "A long text cannot be filtered by. Make it a short one.");
    }
    let kind = draft.text("kind");
    if draft.tenant.custom_of(kind).filter(|c| c.filterable).count() >= MAX_FILTERABLE {
        draft.refuse("filterable", "too_many", format!("At most {MAX_FILTERABLE} fields of a kind can be filterable."));
    }
}

fn check_options(draft: &mut Draft<'_>) {
    if !draft.changed("options") || draft.get("options").is_null() {
        return;
    }
    let options: Json = serde_json::from_str(draft.text("options")).unwrap_or_default();
    let texts: Option<Vec<&str>> = options.as_array().and_then(|list| list.iter().map(Json::as_str).collect());
    match texts {
        Some(list) if list.is_empty() => draft.set("options", Value::Null),
        Some(_) if draft.text("type") != "text" => {
            draft.refuse("options", "not_allowed", "Only a field of type \"text\" can have choices.");
        }
        Some(list) if list.len() > MAX_OPTIONS || list.iter().any(|o| o.trim().is_empty() || o.len() > 200) => {
            draft.refuse("options", "range", format!("Give at most {MAX_OPTIONS} choices of 1 to 200 characters."));
        }
        Some(_) => {}
        None => draft.refuse("options", "format", "Give a list of texts."),
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;

    fn field(kind: &str, name: &str) -> [(&'static str, Value); 2] {
        [("kind", Value::from(kind)), ("name", Value::from(name))]
    }

    #[test]
    fn names_are_plain_and_new() {
        let trial = Trial::of(&KIND);
        let outcome = trial.run(&field("companies", "year_established"));
        assert!(outcome.errors.is_empty());
        assert_eq!(outcome.text("label"), "Year established");
        for name in ["name", "owner", "owner_id", "tenant_id", "custom"] {
            assert_eq!(trial.run(&field("companies", name)).refused(), ["name taken"], "{name}");
        }
        for name in ["Revenue", "1st", "a-b", "a.b", "a\"b", ""] {
            assert_eq!(trial.run(&field("companies", name)).refused(), ["name format"], "{name}");
        }
        assert_eq!(trial.run(&field("spaceships", "x")).refused(), ["kind unknown_value"]);
    }

    #[test]
    fn a_field_stays_what_it_was_made() {
        let mut trial = Trial::of(&KIND);
        trial.store(trial.run(&field("companies", "revenue")));
        assert_eq!(trial.run(&[("type", Value::from("real"))]).refused(), ["type read_only"]);
        assert!(trial.run(&[("label", Value::from("Turnover"))]).errors.is_empty());
    }

    #[test]
    fn ten_fields_of_a_kind_can_be_filterable() {
        let mut trial = Trial::of(&KIND);
        let [kind, name] = field("companies", "revenue");
        let filterable = [kind, name, ("filterable", Value::from(true))];
        for n in 0..MAX_FILTERABLE {
            assert!(trial.run(&filterable).errors.is_empty());
            trial.add_custom("companies", &format!("f{n}"));
        }
        assert_eq!(trial.run(&filterable).refused(), ["filterable too_many"]);
    }

    #[test]
    fn choices_are_texts() {
        let trial = Trial::of(&KIND);
        let with = |options: &str| {
            let [kind, name] = field("companies", "size");
            trial.run(&[kind, name, ("options", Value::from(options))])
        };
        assert!(with(r#"["small","large"]"#).errors.is_empty());
        assert!(with("[]").get("options").is_null());
        assert_eq!(with("[1]").refused(), ["options format"]);
        assert_eq!(with(r#"[" "]"#).refused(), ["options range"]);
    }
}
