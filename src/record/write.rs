//! Create and update: a body becomes a checked row, a row becomes a change.

use serde_json::{Map, Value as Json};

use crate::db::{Change, Value};
use crate::kernel::{Error, FieldError, Id, Moment, Result};
use crate::kind::{Access, Action, Draft, FieldRight, Kind, Level, Lookup, Tenant, Type};

use super::check::from_json;
use super::intake::Intake;
use super::lookup::Titles;
use super::row::Row;
use super::scope::{field_right, narrow, system_right};
use super::sql::Sql;
use super::stored::Stored;
use super::{Planned, View, custom};

impl View<'_> {
    /// Checks a body and plans the creation of a record with the given id.
    pub fn plan_create(&self, position: usize, id: Id, body: &Map<String, Json>) -> Result<Planned> {
        if self.registry.at(position).uploaded {
            return Err(Error::invalid("uploaded", "Send the file itself to the record that it is about."));
        }
        self.plan_create_with(position, id, body, &[])
    }

    /// As [`Self::plan_create`], with what the server alone knows of the record.
    pub fn plan_create_with(
        &self,
        position: usize,
        id: Id,
        body: &Map<String, Json>,
        known: &[(&str, Value)],
    ) -> Result<Planned> {
        let kind = self.registry.at(position);
        if !kind.writable || self.access.grants[position].level(Action::Create) == Level::None {
            return Err(Error::forbidden(format!("You may not create {}.", kind.many)));
        }
        let mut errors = Vec::new();
        let mut row = Row::empty(kind);
        self.apply(position, body, &mut row, &mut errors);
        for (name, value) in known {
            if let Some(at) = kind.position(name) {
                row.values[at] = value.clone();
            }
        }
        let titles = Titles::new(self.conn, self.registry, self.access.tenant.key);
        let now = Moment::now();
        prepare_row(kind, &self.access.tenant, &titles, None, &mut row, false, now, &mut errors)?;
        custom::require(self.access, position, kind, &row.custom, &mut errors);
        self.check_references(position, None, &row, &mut errors)?;
        if !errors.is_empty() {
            return Err(Error::fields(errors));
        }
        let mut intake = Intake::new(self.registry, &self.access.tenant, self.access.actor, position, now);
        intake.insert(id, &row);
        let mut change = intake.finish();
        self.guard_rights(&mut change, position, id, Action::Create);
        if kind.name == "custom-fields" {
            custom::refill(self, &mut change, &row, id);
        }
        Ok(Planned { id, version: 1, unchanged: false, change })
    }

    /// Checks a body and plans the update of a record. `expect` is the version that the caller
    /// has seen; without it the record is taken as it stands.
    ///
    /// # Errors
    /// The body is judged first (422), then the version (412).
    pub fn plan_update(
        &self,
        position: usize,
        id: Id,
        body: &Map<String, Json>,
        expect: Option<i64>,
    ) -> Result<Planned> {
        let kind = self.registry.at(position);
        if !kind.writable || self.access.grants[position].level(Action::Update) == Level::None {
            // Who may not even read is told as much, and no more.
            return Err(Error::forbidden(format!("You may not change {}.", kind.many)));
        }
        let Some(before) = self.stored(position, id, &[Action::Read, Action::Update], false)? else {
            return match self.readable(position, id)? {
                true => Err(Error::forbidden("You may see this record, but not change it.")),
                false => Err(Error::not_found()),
            };
        };
        self.plan_update_of(position, &before, body, expect)
    }

    /// Plans the update of a record that was already read with the right to change it.
    pub(super) fn plan_update_of(
        &self,
        position: usize,
        before: &Stored,
        body: &Map<String, Json>,
        expect: Option<i64>,
    ) -> Result<Planned> {
        let (kind, id) = (self.registry.at(position), before.id);
        let mut errors = Vec::new();
        let mut row = before.row.clone();
        self.apply(position, body, &mut row, &mut errors);
        let titles = Titles::new(self.conn, self.registry, self.access.tenant.key);
        let now = Moment::now();
        prepare_row(kind, &self.access.tenant, &titles, Some(&before.row), &mut row, false, now, &mut errors)?;
        custom::require(self.access, position, kind, &row.custom, &mut errors);
        self.check_references(position, Some(&before.row), &row, &mut errors)?;
        if !errors.is_empty() {
            return Err(Error::fields(errors));
        }
        self.check_unlocked(position, id)?;
        if expect.is_some_and(|v| v != before.version) {
            return Err(Error::conflict("version_mismatch", "Record was modified. Please refresh."));
        }
        let mut intake = Intake::new(self.registry, &self.access.tenant, self.access.actor, position, now);
        if !intake.update(before, &row) {
            return Ok(Planned { id, version: before.version, unchanged: true, change: Change::new() });
        }
        let mut change = intake.finish();
        self.guard_rights(&mut change, position, id, Action::Update);
        if kind.name == "custom-fields" {
            custom::refill(self, &mut change, &row, id);
        }
        Ok(Planned { id, version: before.version + 1, unchanged: false, change })
    }

    /// Writes the members of a body over a row, collecting complaints.
    fn apply(&self, position: usize, body: &Map<String, Json>, row: &mut Row, errors: &mut Vec<FieldError>) {
        let kind = self.registry.at(position);
        let tenant = &self.access.tenant;
        for (name, json) in body {
            if name == "custom" {
                row.custom = custom::merge(self.access, position, kind, &row.custom, json, errors);
                continue;
            }
            let declared = kind.position(name);
            let right = match declared {
                Some(i) => Some(field_right(self.access, position, i)),
                None => (name == "external_id").then(|| system_right(self.access, position, name)),
            };
            let system =
                matches!(name.as_str(), "id" | "version" | "created_at" | "created_by" | "updated_at" | "deleted_at");
            let set_by_server = declared.map_or(system, |i| kind.fields[i].read_only);
            let (code, message) = match right {
                None | Some(FieldRight::Full) if set_by_server => ("read_only", "This is set by the server.".into()),
                None | Some(FieldRight::Hidden) => ("unknown_field", unknown(kind, self.access, position, name)),
                Some(FieldRight::ReadOnly | FieldRight::Conditional) => {
                    ("read_only", "You may see this, but not change it.".into())
                }
                Some(FieldRight::Full) => {
                    let ty = declared.map_or(Type::Text(200), |i| kind.fields[i].ty);
                    match from_json(ty, json, tenant) {
                        Ok(value) => {
                            *declared.map_or(&mut row.external_id, |i| &mut row.values[i]) = value;
                            continue;
                        }
                        Err(refusal) => refusal,
                    }
                }
            };
            errors.push(FieldError::at(name, code, message));
        }
    }

    /// A reference may name only a live record that the writer may read.
    fn check_references(
        &self,
        position: usize,
        before: Option<&Row>,
        row: &Row,
        errors: &mut Vec<FieldError>,
    ) -> Result<()> {
        let kind = self.registry.at(position);
        for (i, field) in kind.fields.iter().enumerate() {
            let target = match field.ty {
                Type::Ref(kind) => self.registry.position(kind),
                Type::RefAny { kind_field } => {
                    let at = kind.position(kind_field).unwrap_or(i);
                    if before.is_some_and(|b| b.values[at] == row.values[at] && b.values[i] == row.values[i]) {
                        continue;
                    }
                    row.values[at].as_text().and_then(|name| self.registry.position(name))
                }
                _ => continue,
            };
            let Some(id) = row.values[i].as_id() else { continue };
            let unchanged = before.is_some_and(|b| b.values[i] == row.values[i]) && matches!(field.ty, Type::Ref(_));
            if unchanged || field.derived.is_some() {
                continue;
            }
            let known = match target {
                Some(target) => self.readable(target, id)?,
                None => false,
            };
            if !known {
                errors.push(FieldError::at(
                    field.name,
                    "unknown_reference",
                    "There is no such record, or you may not see it.",
                ));
            }
        }
        Ok(())
    }

    /// Rights hold for the row after the write too: a guard refuses what would move it out of reach.
    pub(super) fn guard_rights(&self, change: &mut Change, position: usize, id: Id, action: Action) {
        let kind = self.registry.at(position);
        let mut sql = Sql::new("INSERT INTO guard(code) SELECT 'rights' WHERE NOT EXISTS (SELECT 1 FROM ");
        sql.push(kind.table).push(" a WHERE a.tenant_id=").bind(self.access.tenant.key).push(" AND a.id=").bind(id);
        let plain = sql.text.len();
        narrow(&mut sql, self.registry, self.access, position, action, "a");
        if sql.text.len() > plain {
            sql.push(")");
            change.push(sql.text, sql.params);
        }
    }
}

/// Says that there is no such field, and which one may have been meant.
fn unknown(kind: &Kind, access: &Access, position: usize, name: &str) -> String {
    let id = format!("{name}_id");
    let near = kind.fields.iter().enumerate().find(|(i, f)| {
        field_right(access, position, *i) == FieldRight::Full
            && (f.name == id || f.name.eq_ignore_ascii_case(name) || f.aliases.contains(&name))
    });
    match near {
        Some((_, field)) => format!("There is no such field. Did you mean \"{}\"?", field.name),
        None => "There is no such field.".into(),
    }
}

/// Completes a row: defaults on create, the kind's own hook, then what is still missing of the
/// declared fields. The tenant's own are a matter of who writes: see `custom::require`.
/// Shared by the API, imports and the demo, so that a record is the same whichever way it came.
#[expect(clippy::too_many_arguments, reason = "everything that decides about one row")]
pub fn prepare_row(
    kind: &'static Kind,
    tenant: &Tenant,
    lookup: &dyn Lookup,
    before: Option<&Row>,
    row: &mut Row,
    lenient: bool,
    now: Moment,
    errors: &mut Vec<FieldError>,
) -> Result<()> {
    if before.is_none() {
        for (i, field) in kind.fields.iter().enumerate() {
            if let (Value::Null, Some(text)) = (&row.values[i], field.default) {
                let json: Json = serde_json::from_str(text).unwrap_or(Json::Null);
                row.values[i] = from_json(field.ty, &json, tenant).unwrap_or(Value::Null);
            }
        }
    }
    if let Some(prepare) = kind.hooks.prepare {
        let mut draft = Draft {
            kind,
            tenant,
            before: before.map(|b| b.values.as_slice()),
            after: &mut row.values,
            now,
            lookup,
            lenient,
            errors,
        };
        prepare(&mut draft)?;
    }
    for (i, field) in kind.fields.iter().enumerate() {
        let numbered = kind.numbered.is_some() && field.name == "number";
        if field.required
            && row.values[i].is_null()
            && !numbered
            && !errors.iter().any(|e| e.pointer.strip_prefix('/') == Some(field.name))
        {
            errors.push(FieldError::at(field.name, "required", format!("{} must be filled in.", field.label)));
        }
    }
    Ok(())
}
