//! Merge: several records become one, and every link to them follows.

use serde_json::{Map, Value as Json, json};

use crate::db::{Change, Value};
use crate::kernel::{Error, Id, Moment, Result};
use crate::kind::{Action, Level, Type};

use super::intake::Intake;
use super::sql::Sql;
use super::{Planned, View, activity, custom};

/// At most so many records go into one at a time.
pub const MAX_SOURCES: usize = 20;
/// Links moved in one step; the caller repeats steps until none are left.
const STEP: i64 = 500;

/// The next step of a merge.
#[derive(Debug)]
pub enum MergeStep {
    /// Links to move first; then ask again.
    Links(Change),
    /// All links are moved: the sources go and the target takes what was chosen.
    Last(Planned),
}

/// What to merge into the target: `{"from":[ids],"changes":{…}}`.
#[derive(Clone, Debug)]
pub struct MergeRequest {
    pub from: Vec<Id>,
    pub changes: Map<String, Json>,
}

impl MergeRequest {
    pub fn parse(target: Id, body: &Map<String, Json>) -> Result<Self> {
        if let Some(name) = body.keys().find(|n| !matches!(n.as_str(), "from" | "changes")) {
            return Err(Error::field(name, "unknown_field", "There is no such field."));
        }
        let ids: Option<Vec<Id>> = body
            .get("from")
            .and_then(Json::as_array)
            .map(|list| list.iter().map(|j| j.as_str().and_then(|s| s.parse().ok())).collect::<Option<Vec<_>>>())
            .unwrap_or_default();
        let Some(mut from) = ids.filter(|ids| !ids.is_empty() && ids.len() <= MAX_SOURCES) else {
            return Err(Error::field(
                "from",
                "range",
                format!("Give the ids of 1 to {MAX_SOURCES} records to merge into this one."),
            ));
        };
        from.sort();
        from.dedup();
        if from.contains(&target) {
            return Err(Error::field("from", "self", "A record cannot be merged into itself."));
        }
        match body.get("changes") {
            None => Ok(Self { from, changes: Map::new() }),
            Some(Json::Object(changes)) => Ok(Self { from, changes: changes.clone() }),
            Some(_) => Err(Error::field("changes", "type", "Give an object.")),
        }
    }
}

impl View<'_> {
    /// Plans the next step of a merge. Needs the right to update the target and to delete each
    /// source; the links of other records follow whoever may change those, as they must.
    pub fn merge_step(&self, position: usize, target: Id, request: &MergeRequest) -> Result<MergeStep> {
        let kind = self.registry.at(position);
        let rights = &self.access.grants[position];
        if !kind.writable || rights.level(Action::Update) == Level::None || rights.level(Action::Delete) == Level::None
        {
            return Err(Error::forbidden(format!("You may not merge {}.", kind.many)));
        }
        // The body is judged before anything moves.
        let planned = self.plan_update(position, target, &request.changes, None)?;
        self.check_unlocked(position, target)?;
        let mut sources = Vec::with_capacity(request.from.len());
        for id in &request.from {
            match self.stored(position, *id, &[Action::Read, Action::Delete], false)? {
                Some(stored) => {
                    self.check_unlocked(position, *id)?;
                    sources.push(stored);
                }
                None => {
                    return Err(Error::field(
                        "from",
                        "unknown_reference",
                        "One of these records does not exist, or you may not delete it.",
                    ));
                }
            }
        }
        let mut ids = Sql::new("(");
        for (i, id) in request.from.iter().enumerate() {
            ids.push(if i > 0 { "," } else { "" }).bind(*id);
        }
        ids.push(")");
        // All of them before the first moves, so that a merge does not stop half-way.
        for (child, column, about) in self.links(position) {
            let linked = self.linked(column, about, kind.name, &ids);
            self.check_rows_unlocked(child, &linked, "the merge would change it too")?;
        }
        if let Some(change) = self.move_links(position, target, &ids)? {
            return Ok(MergeStep::Links(change));
        }

        let Some(before) = self.stored(position, target, &[Action::Read, Action::Update], false)? else {
            return Err(Error::not_found());
        };
        let (now, tenant) = (Moment::now(), self.access.tenant.key);
        let mut change = Change::new();
        let mut intake = Intake::new(self.registry, &self.access.tenant, self.access.actor, position, now);
        for source in &sources {
            change.guard(
                "version",
                &format!(
                    "EXISTS(SELECT 1 FROM {} WHERE tenant_id=? AND id=? AND version=? AND deleted_at IS NULL)",
                    kind.table
                ),
                vec![Value::Int(tenant), Value::Id(source.id), Value::Int(source.version)],
            );
        }
        for (child, column, about) in self.links(position) {
            let mut rows = Sql::new("NOT EXISTS(SELECT 1 FROM ");
            rows.push(self.registry.at(child).table)
                .push(" WHERE ")
                .append(&self.linked(column, about, kind.name, &ids))
                .push(")");
            change.guard("merge", &rows.text, rows.params);
        }
        let mut rows = Sql::new("tenant_id=");
        rows.bind(tenant).push(" AND id IN ").append(&ids);
        let into = json!({"merged_into": [null, target.to_string()]}).to_string();
        activity::log_each(
            &mut change,
            tenant,
            kind,
            "merge",
            now,
            self.access.actor,
            Some(&into),
            &rows,
            &request.from,
        );
        let mut gone = Sql::new("UPDATE ");
        gone.push(kind.table).push(" SET version=version+1,updated_at=").bind(now).push(",deleted_at=").bind(now);
        gone.push(",deleted_with=").bind(Id::new()).push(" WHERE ").append(&rows);
        change.push(gone.text, gone.params);
        if kind.name == "custom-fields" {
            request.from.iter().for_each(|id| custom::empty(self, &mut change, *id));
        }

        // What the target lacks and only the source knows should not be lost with it.
        let mut row = before.row.clone();
        if let ([source], true) = (sources.as_slice(), row.external_id.is_null()) {
            row.external_id = source.row.external_id.clone();
        }
        let filled = intake.update_as(&before, &row, "merge");
        if filled {
            change.extend(intake.finish());
        } else {
            let merged: Vec<String> = request.from.iter().map(Id::to_string).collect();
            let note = json!({"merged": [null, merged]}).to_string();
            let mut own = Sql::new("tenant_id=");
            own.bind(tenant).push(" AND id=").bind(target);
            activity::log_each(
                &mut change,
                tenant,
                kind,
                "merge",
                now,
                self.access.actor,
                Some(&note),
                &own,
                &[target],
            );
            change.push(
                format!("UPDATE {} SET version=version+1,updated_at=? WHERE tenant_id=? AND id=?", kind.table),
                vec![Value::from(now), Value::Int(tenant), Value::Id(target)],
            );
        }
        change.touch(tenant, kind.name);
        let mut version = before.version + 1;
        if !planned.unchanged {
            // The chosen values are a change of their own, one version later.
            let mut after = before.clone();
            after.version += 1;
            after.row = row;
            version += 1;
            change.extend(self.plan_update_of(position, &after, &request.changes, None)?.change);
        }
        Ok(MergeStep::Last(Planned { id: target, version, unchanged: false, change }))
    }

    /// Who refers to the kind: (position of the kind, column, whether it is a reference to any kind).
    fn links(&self, position: usize) -> Vec<(usize, &'static str, Option<&'static str>)> {
        let mut links: Vec<_> = self
            .registry
            .referrers(position)
            .iter()
            .filter(|(_, f)| f.derived.is_none())
            .map(|(k, f)| (*k, f.name, None))
            .collect();
        for (child, kind) in self.registry.all() {
            for field in kind.fields {
                if let Type::RefAny { kind_field } = field.ty {
                    links.push((child, field.name, Some(kind_field)));
                }
            }
        }
        links
    }

    fn linked(&self, column: &str, about: Option<&str>, kind: &str, ids: &Sql) -> Sql {
        let mut rows = Sql::new("tenant_id=");
        rows.bind(self.access.tenant.key);
        if let Some(kind_field) = about {
            rows.push(" AND ").push(kind_field).push("=").bind(kind);
        }
        rows.push(" AND ").push(column).push(" IN ").append(ids);
        rows
    }

    /// A change that moves some links, deleted records' links too; `None` when none are left.
    fn move_links(&self, position: usize, target: Id, ids: &Sql) -> Result<Option<Change>> {
        let kind = self.registry.at(position);
        for (child, column, about) in self.links(position) {
            let from = self.registry.at(child);
            let linked = self.linked(column, about, kind.name, ids);
            let mut any = Sql::new("SELECT 1 FROM ");
            any.push(from.table).push(" WHERE ").append(&linked).push(" LIMIT 1");
            if !any.exists(self.conn)? {
                continue;
            }
            let mut rows = Sql::new("seq IN (SELECT seq FROM ");
            rows.push(from.table).push(" WHERE ").append(&linked).push(&format!(" ORDER BY seq LIMIT {STEP})"));
            let (mut change, now) = (Change::new(), Moment::now());
            let note = json!({column: [null, target.to_string()]}).to_string();
            activity::log_each(
                &mut change,
                self.access.tenant.key,
                from,
                "merge",
                now,
                self.access.actor,
                Some(&note),
                &rows,
                &[],
            );
            let mut sql = Sql::new("UPDATE ");
            sql.push(from.table)
                .push(" SET version=version+1,updated_at=")
                .bind(now)
                .push(",")
                .push(column)
                .push("=")
                .bind(target);
            let mut moved = self.registry.followers(child, column);
            for field in from.fields {
                if let Some((through, derived)) = field.derived
                    && through == column
                {
                    sql.push(&format!(",{}=(SELECT {derived} FROM {} WHERE tenant_id=", field.name, kind.table));
                    sql.bind(self.access.tenant.key).push(" AND id=").bind(target).push(")");
                    moved.extend(self.registry.followers(child, field.name));
                }
            }
            sql.push(" WHERE ").append(&rows);
            change.push(sql.text, sql.params).touch(self.access.tenant.key, from.name);
            for follower in moved {
                change.touch(self.access.tenant.key, self.registry.at(follower).name);
            }
            return Ok(Some(change));
        }
        Ok(None)
    }
}
