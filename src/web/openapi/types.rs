//! Types of fields as JSON Schema.

use serde_json::{Value, json};

use crate::kind::{Field, Registry, Type};

/// Beyond this, JSON readers lose digits.
const MAX_EXACT: i64 = 9_007_199_254_740_991;

/// What every record has.
pub fn system() -> [(&'static str, Value); 8] {
    [
        ("id", json!({"type": "string", "format": "uuid"})),
        ("version", json!({"type": "integer", "minimum": 1})),
        ("external_id", json!({"type": ["string", "null"]})),
        ("custom", json!({"type": "object"})),
        ("created_at", json!({"type": "string", "format": "date-time"})),
        ("created_by", json!({"type": ["string", "null"], "format": "uuid"})),
        ("updated_at", json!({"type": "string", "format": "date-time"})),
        ("deleted_at", json!({"type": ["string", "null"], "format": "date-time"})),
    ]
}

/// A field as it is read: any may be empty, since rights may empty it.
pub fn shown(field: &Field, registry: &Registry) -> Value {
    let mut schema = nullable(described(field, registry));
    if field.read_only {
        schema["readOnly"] = json!(true);
    }
    schema
}

/// A field as it is sent: `null` empties it unless it is required, and then blank text will not do.
pub fn written(field: &Field, registry: &Registry) -> Value {
    let mut schema = described(field, registry);
    if !field.required {
        return nullable(schema);
    }
    if let Type::Text(_) | Type::LongText(_) = field.ty {
        schema["pattern"] = json!("\\S");
    }
    schema
}

fn described(field: &Field, registry: &Registry) -> Value {
    let mut schema = plain(field.ty, registry);
    schema["title"] = json!(field.label);
    if let Some(default) = field.default.and_then(|text| serde_json::from_str::<Value>(text).ok()) {
        schema["default"] = default;
    }
    schema
}

/// A type, without the field around it.
pub fn plain(ty: Type, registry: &Registry) -> Value {
    match ty {
        Type::Text(max) | Type::LongText(max) => json!({"type": "string", "maxLength": max}),
        Type::Email => json!({"type": "string", "format": "email", "maxLength": 254}),
        Type::Phone => json!({"type": "string", "maxLength": 60}),
        Type::Url => json!({"type": "string", "maxLength": 500}),
        Type::Int(least, most) => json!({"type": "integer", "minimum": least, "maximum": most}),
        Type::Real(least, most) => json!({"type": "number", "minimum": least, "maximum": most}),
        Type::Money { currency } => json!({
            "type": "integer",
            "minimum": -MAX_EXACT,
            "maximum": MAX_EXACT,
            "description": format!("Minor units of the currency in `{currency}`."),
        }),
        Type::Currency => json!({"type": "string", "pattern": "^[A-Za-z]{3}$"}),
        Type::Bool => json!({"type": "boolean"}),
        Type::Date => json!({"type": "string", "format": "date"}),
        Type::Time => json!({"type": "string", "format": "date-time"}),
        Type::Enum(choices) => json!({"type": "string", "enum": choices}),
        Type::Option(list) => json!({
            "type": "string",
            "description": format!("A `name` of the status options whose list is `{list}`."),
        }),
        Type::Ref(kind) => json!({
            "type": "string",
            "format": "uuid",
            "description": format!("The id of one of the {}.", registry.get(kind).map_or(kind, |k| k.many)),
        }),
        Type::RefAny { kind_field } => json!({
            "type": "string",
            "format": "uuid",
            "description": format!("The id of a record of the kind in `{kind_field}`."),
        }),
        Type::KindName => json!({"type": "string", "enum": registry.all().map(|(_, k)| k.name).collect::<Vec<_>>()}),
        Type::Json(_) => json!({"type": ["array", "object"]}),
    }
}

/// A type as a filter takes it. Where `blank`, an empty value asks for records without one.
pub fn asked(ty: Type, registry: &Registry, blank: bool) -> Value {
    match ty {
        // Part of an address is a fair question, so its form is not judged.
        Type::Email | Type::Phone | Type::Url | Type::Currency => json!({"type": "string", "maxLength": 500}),
        // Days and moments may be said relative to now, as `today-7`.
        Type::Date | Type::Time if blank => json!({"type": "string"}),
        Type::Date | Type::Time => json!({"type": "string", "pattern": "\\S"}),
        Type::Ref("users") => json!({"type": "string", "pattern": "^(me|[0-9a-fA-F-]{36})?$"}),
        Type::Ref(_) | Type::RefAny { .. } => json!({"type": "string", "pattern": "^([0-9a-fA-F-]{36})?$"}),
        Type::Bool => json!({"type": "string", "enum": ["true", "false", "1", "0", ""]}),
        Type::Enum(_) | Type::KindName => {
            let mut schema = plain(ty, registry);
            if let Some(choices) = schema["enum"].as_array_mut() {
                choices.push(json!(""));
            }
            schema
        }
        Type::Int(..) | Type::Real(..) | Type::Money { .. } if blank => {
            json!({"anyOf": [plain(ty, registry), {"type": "string", "const": ""}]})
        }
        other => plain(other, registry),
    }
}

fn nullable(mut schema: Value) -> Value {
    let ty = match schema["type"].take() {
        Value::Array(mut types) => {
            types.push(json!("null"));
            Value::Array(types)
        }
        one => json!([one, "null"]),
    };
    schema["type"] = ty;
    if let Some(choices) = schema.get_mut("enum").and_then(Value::as_array_mut) {
        choices.push(Value::Null);
    }
    schema
}
