//! A record on trial: runs a kind's hook as the engine does, without a database.

use std::sync::Arc;

use crate::db::Value;
use crate::kernel::{FieldError, Id, Moment, Result};
use crate::kind::{Choice, CustomField, Draft, Kind, Lookup, Tenant, Type};

/// Noon in June, so that no zone changes the day.
pub const NOW: Moment = Moment(1_781_524_800_000);
pub const TODAY: &str = "2026-06-15";

/// Other records that a hook may find: (kind, id, values).
type Record = (&'static str, Id, Vec<(&'static str, Value)>);

pub struct Trial {
    kind: &'static Kind,
    pub tenant: Tenant,
    pub lenient: bool,
    world: World,
    before: Option<Vec<Value>>,
}

/// What came out: the record, and what was refused.
pub struct Outcome {
    kind: &'static Kind,
    values: Vec<Value>,
    pub errors: Vec<FieldError>,
}

struct World(Vec<Record>);

impl Trial {
    pub fn of(kind: &'static Kind) -> Self {
        let stage = |name: &str, counts_as: &str| Choice {
            list: "deal-stage".into(),
            name: name.into(),
            label: name.into(),
            counts_as: counts_as.into(),
        };
        let tenant = Tenant {
            key: 1,
            id: Id::new(),
            version: 1,
            slug: "acme".into(),
            name: "Acme".into(),
            zone: "UTC".into(),
            currency: "EUR".into(),
            logo: None,
            due_ahead_days: None,
            custom: Arc::new([]),
            choices: [stage("lead", "open"), stage("won", "won"), stage("lost", "lost")].into(),
        };
        Self { kind, tenant, lenient: false, world: World(Vec::new()), before: None }
    }

    /// Puts another record into the world and gives its id.
    pub fn add(&mut self, kind: &'static str, values: &[(&'static str, Value)]) -> Id {
        let id = Id::new();
        self.world.0.push((kind, id, values.to_vec()));
        id
    }

    /// Adds a tenant's own filterable field of the kind.
    pub fn add_custom(&mut self, kind: &str, name: &str) {
        let field = CustomField {
            seq: 1,
            kind: kind.into(),
            name: name.into(),
            label: name.into(),
            ty: Type::Bool,
            options: Arc::new([]),
            required: false,
            filterable: true,
            client_visible: false,
        };
        self.tenant.custom = self.tenant.custom.iter().cloned().chain([field]).collect();
    }

    /// Takes what came out as the stored record, so that the next run is an update.
    pub fn store(&mut self, outcome: Outcome) {
        assert!(outcome.errors.is_empty(), "{:?}", outcome.errors);
        self.before = Some(outcome.values);
    }

    pub fn run(&self, changes: &[(&str, Value)]) -> Outcome {
        let defaults = || self.kind.fields.iter().map(|f| f.default.map_or(Value::Null, plain)).collect();
        let mut values = self.before.clone().unwrap_or_else(defaults);
        for (field, value) in changes {
            values[self.kind.position(field).expect("a declared field")] = value.clone();
        }
        let mut errors = Vec::new();
        let mut draft = Draft {
            kind: self.kind,
            tenant: &self.tenant,
            before: self.before.as_deref(),
            after: &mut values,
            now: NOW,
            lookup: &self.world,
            lenient: self.lenient,
            errors: &mut errors,
        };
        (self.kind.hooks.prepare.expect("a hook"))(&mut draft).expect("a lookup that answers");
        Outcome { kind: self.kind, values, errors }
    }
}

/// A default as it is stored.
fn plain(json: &str) -> Value {
    match serde_json::from_str(json).expect("JSON") {
        serde_json::Value::Bool(b) => Value::from(b),
        serde_json::Value::Number(n) => Value::from(n.as_i64().expect("a whole number")),
        serde_json::Value::String(s) => Value::from(s),
        other => panic!("{other} is no default"),
    }
}

impl Outcome {
    pub fn get(&self, field: &str) -> &Value {
        &self.values[self.kind.position(field).expect("a declared field")]
    }
    pub fn text(&self, field: &str) -> &str {
        self.get(field).as_text().unwrap_or_default()
    }
    /// The codes and places of what was refused: `status transition`.
    pub fn refused(&self) -> Vec<String> {
        self.errors.iter().map(|e| format!("{} {}", &e.pointer[1..], e.code)).collect()
    }
}

impl Lookup for World {
    fn title(&self, kind: &str, id: Id) -> Result<Option<String>> {
        let title = self.field(kind, id, "name")?;
        Ok(title.and_then(|v| v.as_text().map(str::to_owned)))
    }
    fn field(&self, kind: &str, id: Id, field: &str) -> Result<Option<Value>> {
        let record = self.0.iter().find(|(k, i, _)| *k == kind && *i == id);
        Ok(record.and_then(|(_, _, values)| values.iter().find(|(n, _)| *n == field)).map(|(_, v)| v.clone()))
    }
    fn find(&self, kind: &str, by: &[(&str, &Value)]) -> Result<Option<Id>> {
        let matches = |values: &[(&str, Value)]| by.iter().all(|(n, v)| values.iter().any(|(m, w)| m == n && w == *v));
        Ok(self.0.iter().find(|(k, _, values)| *k == kind && matches(values)).map(|(_, id, _)| *id))
    }
}
