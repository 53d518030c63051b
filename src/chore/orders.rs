//! Work orders that the server makes by itself, through the same gate as everybody's.

use serde_json::Value as Json;

use crate::db::{Change, Value};
use crate::kernel::{Error, Id, Moment, Result};
use crate::kind::{Actor, Tenant};
use crate::record::{Intake, Row, Titles, View, prepare_row};

/// The kind of what is made.
pub const KIND: &str = "work-orders";

/// An order on its way in: the values of its fields by name.
pub struct Draft {
    pub id: Id,
    pub fields: Vec<(&'static str, Value)>,
    /// The tenant's own fields as a JSON object.
    pub custom: String,
}

impl Draft {
    pub fn new() -> Self {
        Self { id: Id::new(), fields: Vec::new(), custom: "{}".to_owned() }
    }

    pub fn set(&mut self, field: &'static str, value: impl Into<Value>) -> &mut Self {
        self.fields.push((field, value.into()));
        self
    }
}

/// Plans an order made by nobody in particular, with its line in the history. What the tenant asks of
/// people, such as a field of its own that must be filled in, is not asked of the server.
///
/// # Errors
/// Invalid with the fields that cannot be, such as a contact who has gone since.
pub fn plan(view: &View<'_>, tenant: &Tenant, draft: &Draft, now: Moment) -> Result<Change> {
    let position = view.registry.position(KIND).ok_or_else(Error::not_found)?;
    let kind = view.registry.at(position);
    let mut row = Row { custom: draft.custom.clone(), ..Row::empty(kind) };
    for (field, value) in &draft.fields {
        if let Some(at) = kind.position(field) {
            row.values[at] = value.clone();
        }
    }
    let titles = Titles::new(view.conn, view.registry, tenant.key);
    let mut errors = Vec::new();
    prepare_row(kind, tenant, &titles, None, &mut row, false, now, &mut errors)?;
    if !errors.is_empty() {
        return Err(Error::fields(errors));
    }
    let mut intake = Intake::new(view.registry, tenant, Actor::default(), position, now);
    intake.insert(draft.id, &row);
    Ok(intake.finish())
}

/// The same steps, none of them done.
pub fn fresh_checklist(text: &str) -> Option<String> {
    let mut steps: Vec<Json> = serde_json::from_str(text).ok()?;
    for step in &mut steps {
        if let Some(step) = step.as_object_mut() {
            step.shift_remove("done");
        }
    }
    Some(Json::Array(steps).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copied_checklist_begins_anew() {
        let done = r#"[{"text":"Brake tested","done":true},{"text":"Doors","done":false},{"text":"Pit"}]"#;
        let fresh = r#"[{"text":"Brake tested"},{"text":"Doors"},{"text":"Pit"}]"#;
        assert_eq!(fresh_checklist(done).as_deref(), Some(fresh));
        assert_eq!(fresh_checklist("nothing"), None);
    }
}
