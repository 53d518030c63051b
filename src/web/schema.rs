//! Kinds and fields as this viewer may see them: what the web app builds its lists and forms from.

use serde_json::{Map, Value, json};

use crate::kernel::Result;
use crate::kind::{Access, Action, CustomField, Field, FieldRight, Kind, Level, Type};

use super::answer::Answer;
use super::call::Call;
use super::who::Viewer;

pub async fn show(call: Call, viewer: Viewer) -> Result<Answer> {
    let access = &viewer.access;
    let kinds: Vec<Value> = call
        .app
        .registry
        .all()
        .filter(|(position, _)| access.grants[*position].levels.iter().any(|level| *level != Level::None))
        .map(|(position, kind)| describe(access, position, kind))
        .collect();
    Ok(Answer::json(json!({ "kinds": kinds }).to_string().into_bytes()))
}

fn describe(access: &Access, position: usize, kind: &Kind) -> Value {
    let grant = &access.grants[position];
    let rights: Map<String, Value> =
        Action::ALL.iter().map(|action| (action.as_str().to_owned(), grant.level(*action).as_str().into())).collect();
    let right = |i: usize| grant.fields.get(i).copied().unwrap_or_default();
    let visible = kind.fields.iter().enumerate().filter(|(i, _)| right(*i) != FieldRight::Hidden);
    let fields: Vec<Value> = visible.map(|(i, field)| describe_field(access, field, right(i))).collect();
    json!({
        "name": kind.name,
        "one": kind.one,
        "many": kind.many,
        "about": kind.about,
        "title": kind.title,
        "stale_s": kind.stale_s,
        "large": kind.large,
        "writable": kind.writable,
        "importable": kind.importable,
        "natural_key": kind.natural_key,
        "rights": rights,
        "fields": fields,
        "external_id": match grant.external_id {
            FieldRight::Hidden => Value::Null,
            right => json!({"read_only": right != FieldRight::Full}),
        },
        "custom": access.custom_of(position, kind).map(describe_custom).collect::<Vec<_>>(),
    })
}

fn describe_field(access: &Access, field: &Field, right: FieldRight) -> Value {
    let mut out = members(field.ty);
    out.insert("name".to_owned(), field.name.into());
    out.insert("label".to_owned(), field.label.into());
    out.insert("required".to_owned(), field.required.into());
    out.insert("read_only".to_owned(), (field.read_only || right != FieldRight::Full).into());
    out.insert("searched".to_owned(), field.searched.into());
    out.insert("indexed".to_owned(), field.indexed.into());
    out.insert("protected".to_owned(), field.protected.into());
    if let Some(default) = field.default.and_then(|text| serde_json::from_str::<Value>(text).ok()) {
        out.insert("default".to_owned(), default);
    }
    if let Some(name) = field.expands_as() {
        out.insert("expands_as".to_owned(), name.into());
    }
    if let Type::Option(list) = field.ty {
        let choices = access.tenant.choices_of(list).map(|c| json!({"name": &*c.name, "counts_as": &*c.counts_as}));
        out.insert("choices".to_owned(), choices.collect());
    }
    Value::Object(out)
}

fn describe_custom((field, right): (&CustomField, FieldRight)) -> Value {
    let mut out = members(field.ty);
    out.insert("name".to_owned(), (&*field.name).into());
    out.insert("label".to_owned(), (&*field.label).into());
    out.insert("required".to_owned(), field.required.into());
    out.insert("read_only".to_owned(), (right != FieldRight::Full).into());
    out.insert("filterable".to_owned(), field.filterable.into());
    if !field.options.is_empty() {
        out.insert("choices".to_owned(), field.options.iter().map(|name| json!({ "name": name })).collect());
    }
    Value::Object(out)
}

/// The word for a type and what else there is to it.
fn members(ty: Type) -> Map<String, Value> {
    let members = match ty {
        Type::Text(max) => json!({"type": "text", "max_length": max}),
        Type::LongText(max) => json!({"type": "long_text", "max_length": max}),
        Type::Email => json!({"type": "email"}),
        Type::Phone => json!({"type": "phone"}),
        Type::Url => json!({"type": "url"}),
        Type::Int(least, most) => json!({"type": "int", "least": least, "most": most}),
        Type::Real(least, most) => json!({"type": "real", "least": least, "most": most}),
        Type::Money { currency } => json!({"type": "money", "currency_field": currency}),
        Type::Currency => json!({"type": "currency"}),
        Type::Bool => json!({"type": "bool"}),
        Type::Date => json!({"type": "date"}),
        Type::Time => json!({"type": "time"}),
        Type::Enum(choices) => {
            json!({"type": "choice", "choices": choices.iter().map(|c| json!({"name": c})).collect::<Vec<_>>()})
        }
        Type::Option(list) => json!({"type": "choice", "list": list}),
        Type::Ref(kind) => json!({"type": "reference", "kind": kind}),
        Type::RefAny { kind_field } => json!({"type": "reference", "kind_field": kind_field}),
        Type::KindName => json!({"type": "kind"}),
        Type::Json(max) => json!({"type": "json", "max_bytes": max}),
    };
    match members {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
