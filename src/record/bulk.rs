//! One request over many records: each is checked and committed for itself, and answered for itself.

use serde_json::{Map, Value as Json};

use crate::kernel::{Error, FieldError, Id, Result};

use super::{Planned, View};

/// C07: a bulk call is one unit of rate limit with this cap.
pub const MAX_ROWS: usize = 1000;

/// What to do with each record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BulkAction {
    Create,
    Update,
    Delete,
    Restore,
}

/// One record of a bulk request.
#[derive(Clone, Debug)]
pub struct BulkItem {
    pub id: Id,
    /// The version that the caller has seen; without it the record is taken as it stands.
    pub version: Option<i64>,
    pub changes: Map<String, Json>,
}

/// `{"action":"update","ids":[…],"changes":{…}}`, or with `records` in place of `ids` and `changes`:
/// `[{"id":…,"version":…,"changes":{…}}]`; to create, `records` are the bodies.
#[derive(Clone, Debug)]
pub struct BulkRequest {
    pub action: BulkAction,
    pub items: Vec<BulkItem>,
}

impl BulkRequest {
    pub fn parse(body: &Map<String, Json>) -> Result<Self> {
        let mut errors = Vec::new();
        for name in body.keys().filter(|n| !matches!(n.as_str(), "action" | "ids" | "changes" | "records")) {
            errors.push(FieldError::at(name, "unknown_field", "There is no such field."));
        }
        let action = match body.get("action").and_then(Json::as_str) {
            Some("create") => BulkAction::Create,
            Some("update") => BulkAction::Update,
            Some("delete") => BulkAction::Delete,
            Some("restore") => BulkAction::Restore,
            _ => {
                errors.push(FieldError::at("action", "unknown_value", "Give one of: create, update, delete, restore."));
                return Err(Error::fields(errors));
            }
        };
        let shared = match body.get("changes") {
            None => Map::new(),
            Some(Json::Object(changes)) => changes.clone(),
            Some(_) => return Err(Error::field("changes", "type", "Give an object.")),
        };
        let list = |name: &str| match body.get(name) {
            None => Ok(&[][..]),
            Some(Json::Array(items)) => Ok(items.as_slice()),
            Some(_) => Err(Error::field(name, "type", "Give a list.")),
        };
        let (ids, records) = (list("ids")?, list("records")?);
        if ids.len() + records.len() == 0 || ids.len() + records.len() > MAX_ROWS {
            errors.push(FieldError::at(
                if records.is_empty() { "ids" } else { "records" },
                "range",
                format!("Give 1 to {MAX_ROWS} records."),
            ));
        }
        let mut items = Vec::with_capacity(ids.len() + records.len());
        for (i, json) in ids.iter().enumerate() {
            match json.as_str().and_then(|s| s.parse().ok()) {
                Some(id) if action != BulkAction::Create => {
                    items.push(BulkItem { id, version: None, changes: shared.clone() })
                }
                _ => errors.push(FieldError::at(&format!("ids.{i}"), "format", "Give the id of a record.")),
            }
        }
        for (i, json) in records.iter().enumerate() {
            match (action, json) {
                (BulkAction::Create, Json::Object(fields)) => {
                    items.push(BulkItem { id: Id::new(), version: None, changes: fields.clone() })
                }
                (_, Json::Object(record)) => match item(record, &shared) {
                    Ok(item) => items.push(item),
                    Err((member, code, message)) => {
                        errors.push(FieldError::at(&format!("records.{i}.{member}"), code, message))
                    }
                },
                _ => errors.push(FieldError::at(&format!("records.{i}"), "type", "Give an object.")),
            }
        }
        if errors.is_empty() { Ok(Self { action, items }) } else { Err(Error::fields(errors)) }
    }
}

/// Reads `{id, version, changes}`. A version that cannot be read must not pass for none: it would
/// overwrite what it was meant to protect.
fn item<'a>(
    record: &'a Map<String, Json>,
    shared: &Map<String, Json>,
) -> std::result::Result<BulkItem, (&'a str, &'static str, &'static str)> {
    if let Some(name) = record.keys().find(|n| !matches!(n.as_str(), "id" | "version" | "changes")) {
        return Err((name, "unknown_field", "There is no such field. What changes stands in \"changes\"."));
    }
    let Some(id) = record.get("id").and_then(Json::as_str).and_then(|s| s.parse().ok()) else {
        return Err(("id", "format", "Give the id of a record."));
    };
    let version = match record.get("version") {
        None | Some(Json::Null) => None,
        Some(version) => Some(version.as_i64().ok_or(("version", "type", "Give a whole number."))?),
    };
    let changes = match record.get("changes") {
        None => shared.clone(),
        Some(Json::Object(changes)) => changes.clone(),
        Some(_) => return Err(("changes", "type", "Give an object.")),
    };
    Ok(BulkItem { id, version, changes })
}

impl View<'_> {
    /// Plans one record of a bulk request.
    pub fn plan_bulk(&self, position: usize, action: BulkAction, item: &BulkItem) -> Result<Planned> {
        match action {
            BulkAction::Create => self.plan_create(position, item.id, &item.changes),
            BulkAction::Update => self.plan_update(position, item.id, &item.changes, item.version),
            BulkAction::Delete => self.plan_delete(position, item.id, item.version),
            BulkAction::Restore => self.plan_restore(position, item.id),
        }
    }
}
