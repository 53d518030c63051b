//! Kinds and fields as this viewer may see them: what the web app builds its lists and forms from.

use serde_json::{Map, Value, json};

use crate::kernel::spelled;
use crate::kind::{Access, Action, CustomField, Field, FieldRight, Kind, Level, Registry, States, Type};

use super::fill::right;
use super::record::referrers;

/// The answer of `GET schema`.
pub fn schema(registry: &Registry, access: &Access) -> Value {
    let shown =
        |(position, _): &(usize, &Kind)| access.grants[*position].levels.iter().any(|level| *level != Level::None);
    let kinds = registry.all().filter(shown).map(|(position, kind)| describe(registry, access, position, kind));
    json!({ "kinds": kinds.collect::<Vec<_>>() })
}

fn describe(registry: &Registry, access: &Access, position: usize, kind: &Kind) -> Value {
    let grant = &access.grants[position];
    let rights: Map<String, Value> =
        Action::ALL.iter().map(|action| (action.as_str().to_owned(), grant.level(*action).as_str().into())).collect();
    let right = |i: usize| right(access, position, i);
    let visible = kind.fields.iter().enumerate().filter(|(i, _)| right(*i) != FieldRight::Hidden);
    let fields: Vec<Value> = visible.map(|(i, field)| describe_field(access, kind, field, right(i))).collect();
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
        "states": kind.states.map(|states| describe_states(kind, states)),
        "related": referrers(registry, access, position).map(describe_referrer).collect::<Vec<_>>(),
        "about_it": abouts(registry, access),
        "external_id": match grant.external_id {
            FieldRight::Hidden => Value::Null,
            right => json!({"read_only": right != FieldRight::Full}),
        },
        "custom": access.custom_of(position, kind).map(describe_custom).collect::<Vec<_>>(),
    })
}

/// The field of the states, and where a record may go from each; null where it may go anywhere.
fn describe_states(kind: &Kind, states: States) -> Value {
    let names = match kind.field(states.field).map(|field| field.ty) {
        Some(Type::Enum(names)) => names,
        _ => &[],
    };
    let moves =
        states.next.map(|next| names.iter().map(|name| ((*name).to_owned(), json!(next(name)))).collect::<Map<_, _>>());
    json!({"field": states.field, "moves": moves})
}

fn describe_referrer((_, kind, field): (usize, &Kind, &Field)) -> Value {
    json!({"kind": kind.name, "field": field.name, "label": spelled(kind.many), "field_label": field.label})
}

/// The kinds whose records may be about any other.
fn abouts(registry: &Registry, access: &Access) -> Vec<&'static str> {
    let read = |position: usize| access.grants[position].level(Action::Read) != Level::None;
    registry.all().filter(|(at, kind)| kind.scope.about.is_some() && read(*at)).map(|(_, kind)| kind.name).collect()
}

fn describe_field(access: &Access, kind: &Kind, field: &Field, right: FieldRight) -> Value {
    let mut out = members(field.ty);
    out.insert("name".to_owned(), field.name.into());
    out.insert("label".to_owned(), field.label.into());
    out.insert("required".to_owned(), field.required.into());
    out.insert("read_only".to_owned(), (field.read_only || right != FieldRight::Full).into());
    out.insert("searched".to_owned(), field.searched.into());
    out.insert("indexed".to_owned(), field.indexed.into());
    out.insert("protected".to_owned(), field.protected.into());
    out.insert("derived".to_owned(), field.derived.is_some().into());
    let open = !field.protected && right != FieldRight::Conditional && !matches!(field.ty, Type::Json(_));
    out.insert("filterable".to_owned(), open.into());
    let short = !matches!(field.ty, Type::LongText(_));
    out.insert("sortable".to_owned(), (open && short && (field.indexed || !kind.large)).into());
    if let Some(default) = field.default.and_then(|text| serde_json::from_str::<Value>(text).ok()) {
        out.insert("default".to_owned(), default);
    }
    if let Some(name) = field.expands_as() {
        out.insert("expands_as".to_owned(), name.into());
    }
    if let Type::Option(list) = field.ty {
        let choices = access
            .tenant
            .choices_of(list)
            .map(|c| json!({"name": &*c.name, "label": &*c.label, "counts_as": &*c.counts_as}));
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
        out.insert(
            "choices".to_owned(),
            field.options.iter().map(|name| json!({"name": name, "label": name})).collect(),
        );
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
            json!({"type": "choice", "choices": choices.iter().map(|c| json!({"name": c, "label": spelled(c)})).collect::<Vec<_>>()})
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
