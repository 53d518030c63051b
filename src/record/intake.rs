//! Rows become statements: the one place that writes the SQL of a record.

use std::collections::HashSet;

use crate::db::{Change, Sql as Text, Value};
use crate::kernel::{Id, Moment};
use crate::kind::{Actor, Field, Kind, Registry, Tenant};

use super::row::Row;
use super::sql::Sql;
use super::stored::Stored;
use super::{activity, custom, locks};

/// Collects rows of one kind into a change: the only place that writes the SQL of a record.
pub struct Intake<'a> {
    registry: &'a Registry,
    tenant: &'a Tenant,
    actor: Actor,
    position: usize,
    kind: &'static Kind,
    now: Moment,
    insert: String,
    inserts: Vec<Vec<Value>>,
    log: Vec<Vec<Value>>,
    references: HashSet<(usize, Id)>,
    guards: Change,
    updates: Change,
    after: Change,
}

impl<'a> Intake<'a> {
    pub fn new(registry: &'a Registry, tenant: &'a Tenant, actor: Actor, position: usize, now: Moment) -> Self {
        let kind = registry.at(position);
        Self {
            registry,
            tenant,
            actor,
            position,
            kind,
            now,
            insert: insert_row(registry, kind),
            inserts: Vec::new(),
            log: Vec::new(),
            references: HashSet::new(),
            guards: Change::new(),
            updates: Change::new(),
            after: Change::new(),
        }
    }

    /// Says who acts from here on, and when: the demo tells of many people and days in one change.
    pub fn acting(&mut self, actor: Actor, now: Moment) {
        self.actor = actor;
        self.now = now;
    }

    /// Adds a new record.
    pub fn insert(&mut self, id: Id, row: &Row) {
        let kind = self.kind;
        let created = row.created_at.unwrap_or(self.now);
        let mut params = Vec::with_capacity(kind.fields.len() + 12);
        params.extend([
            Value::Id(id),
            Value::Int(self.tenant.key),
            Value::from(created),
            Value::from(self.actor.user),
            Value::from(self.now.max(created)),
        ]);
        params.extend([row.external_id.clone(), Value::from(row.custom.as_str())]);
        let mut numbered_now = false;
        for (i, field) in kind.fields.iter().enumerate() {
            self.refer(field, &row.values[i]);
            if let Some((through, _)) = field.derived {
                let at = kind.position(through).unwrap_or(i);
                params.extend([Value::Int(self.tenant.key), row.values[at].clone()]);
            } else if kind.numbered.is_some() && field.name == "number" {
                numbered_now = row.values[i].is_null();
                let year = Value::Int(i64::from(created.day_in(&self.tenant.zone).year()));
                params.extend([
                    row.values[i].clone(),
                    year.clone(),
                    Value::Int(self.tenant.key),
                    Value::from(kind.name),
                    year,
                ]);
            } else {
                params.push(row.values[i].clone());
            }
        }
        if numbered_now {
            // The number is read back by the row's own insert, so these two go hand in hand.
            let year = i64::from(created.day_in(&self.tenant.zone).year());
            self.updates.push(
                "INSERT INTO counters(tenant_id, name, year, value) VALUES(?,?,?,1) ON CONFLICT DO UPDATE SET value=value+1",
                vec![Value::Int(self.tenant.key), Value::from(kind.name), Value::Int(year)],
            );
            self.updates.push(self.insert.clone(), params);
        } else {
            self.inserts.push(params);
        }
        self.log.push(activity::entry(self.tenant, self.now.max(created), self.actor, kind, id, "create", 1, None));
        custom::index(&mut self.after, kind, self.tenant, id, &row.custom);
    }

    /// Adds a change of a stored record; false when nothing differs.
    pub fn update(&mut self, before: &Stored, row: &Row) -> bool {
        self.update_as(before, row, "update")
    }

    /// The same under another word in the log, such as `revert`.
    pub fn update_as(&mut self, before: &Stored, row: &Row, action: &str) -> bool {
        let kind = self.kind;
        let Some(difference) = activity::difference(kind, &before.row, row) else { return false };
        let mut sql = Sql::new("UPDATE ");
        sql.push(kind.table).push(" SET version=version+1,updated_at=").bind(self.now);
        let changed = |name: &str| kind.position(name).is_some_and(|i| before.row.values[i] != row.values[i]);
        for (i, field) in kind.fields.iter().enumerate() {
            if let Some((through, column)) = field.derived {
                if changed(through) {
                    let at = kind.position(through).unwrap_or(i);
                    sql.push(&format!(
                        ",{}=(SELECT {column} FROM {} WHERE tenant_id=",
                        field.name,
                        self.table_of(through)
                    ));
                    sql.bind(self.tenant.key).push(" AND id=").bind(row.values[at].clone()).push(")");
                    self.move_along(field.name);
                }
            } else if before.row.values[i] != row.values[i] {
                self.refer(field, &row.values[i]);
                sql.push(",").push(field.name).push("=").bind(row.values[i].clone());
                self.move_along(field.name);
            }
        }
        if before.row.external_id != row.external_id {
            sql.push(",external_id=").bind(row.external_id.clone());
        }
        if before.row.custom != row.custom {
            sql.push(",custom=").bind(row.custom.as_str());
            custom::index(&mut self.after, kind, self.tenant, before.id, &row.custom);
        }
        sql.push(" WHERE tenant_id=").bind(self.tenant.key).push(" AND id=").bind(before.id);
        self.guards.guard(
            "version",
            &format!(
                "EXISTS(SELECT 1 FROM {} WHERE tenant_id=? AND id=? AND version=? AND deleted_at IS NULL)",
                kind.table
            ),
            vec![Value::Int(self.tenant.key), Value::Id(before.id), Value::Int(before.version)],
        );
        locks::guard_row(&mut self.guards, self.tenant.key, kind, self.actor, before.id);
        self.after.tell(self.tenant.key, kind.name, Some(before.id), self.actor.user);
        self.updates.push(sql.text, sql.params);
        self.log.push(activity::entry(
            self.tenant,
            self.now,
            self.actor,
            kind,
            before.id,
            action,
            before.version + 1,
            Some(difference),
        ));
        true
    }

    /// Says what else changes with a column: triggers carry it down to whoever keeps it derived.
    fn move_along(&mut self, column: &str) {
        for follower in self.registry.followers(self.position, column) {
            self.after.touch(self.tenant.key, self.registry.at(follower).name);
        }
    }

    fn table_of(&self, through: &str) -> &'static str {
        let target = self.kind.field(through).and_then(|f| f.refers_to()).and_then(|k| self.registry.get(k));
        target.map_or("companies", |k| k.table)
    }

    /// Remembers a reference, so that the change is refused when its record is gone by then.
    fn refer(&mut self, field: &'static Field, value: &Value) {
        let target = field.refers_to().filter(|_| field.derived.is_none()).and_then(|k| self.registry.position(k));
        if let (Some(target), Some(id)) = (target, value.as_id())
            && self.references.insert((target, id))
        {
            self.guards.guard(
                &format!("reference:{}", field.name),
                &format!(
                    "EXISTS(SELECT 1 FROM {} WHERE tenant_id=? AND id=? AND deleted_at IS NULL)",
                    self.registry.at(target).table
                ),
                vec![Value::Int(self.tenant.key), Value::Id(id)],
            );
        }
    }

    /// How many statement runs the change will have.
    pub fn weight(&self) -> usize {
        self.inserts.len() + self.log.len() + self.updates.weight() + self.after.weight() + self.guards.weight()
    }

    /// The change: guards, rows, log, index.
    pub fn finish(self) -> Change {
        let mut change = self.guards;
        change.push_many(Text::from(self.insert), self.inserts);
        change.extend(self.updates);
        change.push_many(activity::INSERT, self.log);
        change.extend(self.after);
        change.touch(self.tenant.key, self.kind.name);
        change
    }
}

/// The INSERT of a kind: one text for all its rows, so that it is parsed once.
pub fn insert_row(registry: &Registry, kind: &'static Kind) -> String {
    let mut columns = String::from("id,tenant_id,created_at,created_by,updated_at,external_id,custom");
    let mut values = String::from("?,?,?,?,?,?,?");
    for field in kind.fields {
        columns.push(',');
        columns.push_str(field.name);
        if let Some((through, column)) = field.derived {
            let table = kind
                .field(through)
                .and_then(|f| f.refers_to())
                .and_then(|k| registry.get(k))
                .map_or("companies", |k| k.table);
            values.push_str(&format!(",(SELECT {column} FROM {table} WHERE tenant_id=? AND id=?)"));
        } else if let (Some(prefix), "number") = (kind.numbered, field.name) {
            values.push_str(&format!(
                ",coalesce(?,(SELECT printf('{prefix}-%04d-%04d',?,value) FROM counters WHERE tenant_id=? AND name=? AND year=?))"
            ));
        } else {
            values.push_str(",?");
        }
    }
    format!("INSERT INTO {}({columns}) VALUES({values})", kind.table)
}
