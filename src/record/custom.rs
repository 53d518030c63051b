//! The fields that tenants define: checked like the rest, kept in one JSON column, and copied to
//! an index table where they may be filtered and sorted by.

use serde_json::{Map, Value as Json};

use crate::db::{Change, Value};
use crate::kernel::{Error, FieldError, Id, Result};
use crate::kind::{Access, CustomField, FieldRight, Kind, Tenant, Type};

use super::View;
use super::check::{Refusal, from_json};
use super::filter::Term;
use super::row::Row;
use super::sql::Sql;

/// Checks one value of a field that the tenant defined.
pub fn check(field: &CustomField, json: &Json, tenant: &Tenant) -> Result<Value, Refusal> {
    let value = from_json(field.ty, json, tenant)?;
    if let (Some(text), false) = (value.as_text(), field.options.is_empty())
        && !field.options.iter().any(|o| o == text)
    {
        return Err(("unknown_value", format!("Give one of: {}.", field.options.join(", "))));
    }
    Ok(value)
}

/// Merges the `custom` member of a body into the stored object and returns the new text.
/// Members given as null are removed; what the body does not name stays.
pub fn merge(
    access: &Access,
    position: usize,
    kind: &Kind,
    stored: &str,
    body: &Json,
    errors: &mut Vec<FieldError>,
) -> String {
    let mut object: Map<String, Json> = serde_json::from_str(stored).unwrap_or_default();
    let Json::Object(members) = body else {
        errors.push(FieldError::at("custom", "type", "Give an object with your own fields."));
        return stored.to_owned();
    };
    for (name, json) in members {
        let (code, message) = match access.custom_of(position, kind).find(|(own, _)| *own.name == **name) {
            Some((field, FieldRight::Full)) => match check(field, json, &access.tenant) {
                Ok(Value::Null) => {
                    object.shift_remove(name);
                    continue;
                }
                Ok(value) => {
                    object.insert(name.clone(), to_json(&value, field.ty));
                    continue;
                }
                Err(refusal) => refusal,
            },
            Some(_) => ("read_only", "You may see this, but not change it.".into()),
            None => ("unknown_field", "There is no such field.".into()),
        };
        let pointer = format!("/custom/{}", name.replace('~', "~0").replace('/', "~1"));
        errors.push(FieldError { pointer, code, message });
    }
    Json::Object(object).to_string()
}

/// Complains about required fields that are still empty, as far as the viewer could fill them in:
/// what somebody else has to say stops nobody from saying the rest.
pub fn require(access: &Access, position: usize, kind: &Kind, text: &str, errors: &mut Vec<FieldError>) {
    let needed = |(field, right): &(&CustomField, FieldRight)| field.required && *right == FieldRight::Full;
    let mut required = access.custom_of(position, kind).filter(needed).peekable();
    if required.peek().is_none() {
        return;
    }
    let object: Map<String, Json> = serde_json::from_str(text).unwrap_or_default();
    for (field, _) in required.filter(|(field, _)| !object.contains_key(&*field.name)) {
        errors.push(FieldError::at(
            &format!("custom.{}", field.name),
            "required",
            format!("{} must be filled in.", field.label),
        ));
    }
}

/// A stored value in its wire form.
pub fn to_json(value: &Value, ty: Type) -> Json {
    let mut out = Vec::new();
    super::wire::write_value(&mut out, value, ty);
    serde_json::from_slice(&out).unwrap_or(Json::Null)
}

/// Appends the statements that keep the index table in step with a record's custom values.
/// The record is named by its id; its row must already be written.
pub fn index(change: &mut Change, kind: &'static Kind, tenant: &Tenant, id: Id, text: &str) {
    let mut fields = tenant.custom_of(kind.name).filter(|c| c.filterable).peekable();
    if fields.peek().is_none() {
        return;
    }
    let object: Map<String, Json> = serde_json::from_str(text).unwrap_or_default();
    for field in fields {
        let value =
            object.get(&*field.name).and_then(|json| from_json(field.ty, json, tenant).ok()).unwrap_or(Value::Null);
        change.push(
            format!(
                "INSERT INTO custom_index(tenant_id, field, value, seq) \
                 SELECT tenant_id, ?, ?, seq FROM {} WHERE tenant_id=? AND id=? \
                 ON CONFLICT(field, seq) DO UPDATE SET value=excluded.value",
                kind.table
            ),
            vec![Value::Int(field.seq), value, Value::Int(tenant.key), Value::Id(id)],
        );
    }
}

/// Appends the statements for a field that is made, changed or restored: a filterable one is
/// copied to the index for the records there are, any other leaves it.
pub fn refill(view: &View<'_>, change: &mut Change, field: &Row, id: Id) {
    empty(view, change, id);
    let fields = view.registry.get("custom-fields");
    let value = |name: &str| fields.and_then(|k| k.position(name)).map_or(Value::Null, |i| field.values[i].clone());
    let Some(kind) = value("kind").as_text().and_then(|k| view.registry.get(k)) else { return };
    if value("filterable").as_int() != Some(1) {
        return;
    }
    let path = format!("$.{}", value("name").as_text().unwrap_or_default());
    let read = match value("type").as_text() {
        Some("time") => "CAST(round(unixepoch(custom->>?,'subsec')*1000) AS INTEGER)",
        _ => "custom->>?",
    };
    let tenant = Value::Int(view.access.tenant.key);
    change.push(
        format!(
            "INSERT INTO custom_index(tenant_id, field, value, seq) SELECT tenant_id, {THIS}, {read}, seq FROM {} WHERE tenant_id=?",
            kind.table
        ),
        vec![tenant.clone(), Value::Id(id), Value::from(path), tenant],
    );
}

/// Appends the statement for a field that goes: its values stay in the records, in case it comes
/// back, but nothing is found by them.
pub fn empty(view: &View<'_>, change: &mut Change, id: Id) {
    let params = vec![Value::Int(view.access.tenant.key), Value::Id(id)];
    change.push(format!("DELETE FROM custom_index WHERE field={THIS}"), params);
}

/// The key of a field, by tenant and id.
const THIS: &str = "(SELECT seq FROM custom_fields WHERE tenant_id=? AND id=?)";

/// The filterable field of that name, or a refusal that says what to do.
pub fn filterable<'a>(
    access: &'a Access,
    position: usize,
    kind: &'a Kind,
    name: &str,
    pointer: &str,
) -> Result<&'a CustomField> {
    match access.custom_of(position, kind).map(|(field, _)| field).find(|field| *field.name == *name) {
        None => Err(Error::query(pointer, "unknown_field", format!("{} have no field \"custom.{name}\".", kind.many))),
        Some(field) if !field.filterable => Err(Error::query(
            pointer,
            "not_filterable",
            format!(
                "Mark \"{}\" as filterable in the settings before lists are filtered or sorted by it.",
                field.label
            ),
        )),
        Some(field) => Ok(field),
    }
}

/// Appends a condition on a custom field, by way of the index table.
pub fn filter(
    sql: &mut Sql,
    access: &Access,
    position: usize,
    kind: &Kind,
    a: &str,
    name: &str,
    term: &Term,
) -> Result<()> {
    let field = filterable(access, position, kind, name, &term.path)?;
    sql.push(&format!("{a}.seq IN (SELECT ci.seq FROM custom_index ci WHERE ci.tenant_id=")).bind(access.tenant.key);
    sql.push(" AND ci.field=").bind(field.seq).push(" AND ");
    term.compare(sql, access, "ci.value", field.ty)?;
    sql.push(")");
    Ok(())
}
