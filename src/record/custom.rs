//! The fields that tenants define: checked like the rest, kept in one JSON column, and copied to
//! an index table where they may be filtered and sorted by.

use serde_json::{Map, Value as Json};

use crate::db::{Change, Value};
use crate::kernel::{Error, FieldError, Result};
use crate::kind::{Access, CustomField, Kind, Tenant, Type};

use super::check::{Refusal, from_json};
use super::filter::Term;
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
pub fn merge(kind: &Kind, tenant: &Tenant, stored: &str, body: &Json, errors: &mut Vec<FieldError>) -> String {
    let mut object: Map<String, Json> = serde_json::from_str(stored).unwrap_or_default();
    let Json::Object(members) = body else {
        errors.push(FieldError::at("custom", "type", "Give an object with your own fields."));
        return stored.to_owned();
    };
    for (name, json) in members {
        let Some(field) = tenant.custom_of(kind.name).find(|c| *c.name == **name) else {
            errors.push(FieldError {
                pointer: format!("/custom/{}", name.replace('~', "~0").replace('/', "~1")),
                code: "unknown_field",
                message: "There is no such field.".into(),
            });
            continue;
        };
        match check(field, json, tenant) {
            Ok(Value::Null) => {
                object.shift_remove(name);
            }
            Ok(value) => {
                object.insert(name.clone(), to_json(&value, field.ty));
            }
            Err((code, message)) => errors.push(FieldError::at(&format!("custom.{name}"), code, message)),
        }
    }
    Json::Object(object).to_string()
}

/// Complains about required fields that are still empty.
pub fn require(kind: &Kind, tenant: &Tenant, text: &str, errors: &mut Vec<FieldError>) {
    let mut required = tenant.custom_of(kind.name).filter(|c| c.required).peekable();
    if required.peek().is_none() {
        return;
    }
    let object: Map<String, Json> = serde_json::from_str(text).unwrap_or_default();
    for field in required.filter(|c| !object.contains_key(&*c.name)) {
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
pub fn index(change: &mut Change, kind: &'static Kind, tenant: &Tenant, id: crate::kernel::Id, text: &str) {
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

/// The filterable field of that name, or a refusal that says what to do.
pub fn filterable<'a>(access: &'a Access, kind: &Kind, name: &str, pointer: &str) -> Result<&'a CustomField> {
    match access.tenant.custom.iter().find(|c| *c.kind == *kind.name && *c.name == *name) {
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
pub fn filter(sql: &mut Sql, access: &Access, kind: &Kind, a: &str, name: &str, term: &Term) -> Result<()> {
    let field = filterable(access, kind, name, &term.path)?;
    sql.push(&format!("{a}.seq IN (SELECT ci.seq FROM custom_index ci WHERE ci.tenant_id=")).bind(access.tenant.key);
    sql.push(" AND ci.field=").bind(field.seq).push(" AND ");
    term.compare(sql, access, "ci.value", field.ty)?;
    sql.push(")");
    Ok(())
}
