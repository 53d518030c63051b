//! Delete and restore. A deletion takes the records that the kind declares as going with it, and
//! is refused while others still refer to it; a restore brings back what the same deletion took.

use crate::db::{Change, Value};
use crate::kernel::{Error, Id, Moment, Result, plural};
use crate::kind::{Action, Kind, Level};

use super::scope::narrow;
use super::sql::Sql;
use super::{Planned, View, activity, custom};

/// Deeper than companies, sites, equipment, certificates nothing goes.
const MAX_DEPTH: usize = 5;
/// More than this in one deletion would hold the writer for too long.
const MAX_CASCADE: i64 = 1000;

/// The live rows of a kind that refer to rows about to go.
struct Branch {
    position: usize,
    kind: &'static Kind,
    /// `field IN (…)`, with the tenant.
    rows: Sql,
    goes_along: bool,
}

impl View<'_> {
    /// Plans the deletion of a record and of what goes with it.
    ///
    /// # Errors
    /// `Conflict` with the code `in_use` and the counts when other live records refer to it.
    pub fn plan_delete(&self, position: usize, id: Id, expect: Option<i64>) -> Result<Planned> {
        let kind = self.registry.at(position);
        if !kind.writable || self.access.grants[position].level(Action::Delete) == Level::None {
            return Err(Error::forbidden(format!("You may not delete {}.", kind.many)));
        }
        let Some(before) = self.stored(position, id, &[Action::Read, Action::Delete], false)? else {
            return match self.readable(position, id)? {
                true => Err(Error::forbidden("You may see this record, but not delete it.")),
                false => Err(Error::not_found()),
            };
        };
        self.check_unlocked(position, id)?;
        if expect.is_some_and(|v| v != before.version) {
            return Err(Error::conflict("version_mismatch", "Record was modified. Please refresh."));
        }
        let mut branches = Vec::new();
        let mut ids = Sql::new("(");
        ids.bind(id).push(")");
        self.branches(position, &ids, true, 0, &mut branches);
        self.check_dependants(kind, &branches)?;
        for branch in branches.iter().filter(|b| b.goes_along) {
            self.check_rows_unlocked(
                branch.position,
                &branch.rows,
                &format!("deleting this {} would delete it too", kind.one),
            )?;
        }

        let tenant = self.access.tenant.key;
        let (now, with) = (Moment::now(), Id::new());
        let mut change = Change::new();
        change.guard(
            "version",
            &format!(
                "EXISTS(SELECT 1 FROM {} WHERE tenant_id=? AND id=? AND version=? AND deleted_at IS NULL)",
                kind.table
            ),
            vec![Value::Int(tenant), Value::Id(id), Value::Int(before.version)],
        );
        for branch in branches.iter().filter(|b| !b.goes_along) {
            let rows = format!("NOT EXISTS(SELECT 1 FROM {} WHERE {})", branch.kind.table, branch.rows.text);
            change.guard("in_use", &rows, branch.rows.params.clone());
        }
        // Deepest first: a branch is found by way of rows that are still live.
        for branch in branches.iter().rev().filter(|b| b.goes_along) {
            self.mark_deleted(&mut change, branch.kind, &branch.rows, &[], now, with);
        }
        let mut own = Sql::new("tenant_id=");
        own.bind(tenant).push(" AND id=").bind(id);
        self.mark_deleted(&mut change, kind, &own, &[id], now, with);
        if kind.name == "custom-fields" {
            custom::empty(self, &mut change, id);
        }
        Ok(Planned { id, version: before.version + 1, unchanged: false, change })
    }

    fn mark_deleted(&self, change: &mut Change, kind: &'static Kind, rows: &Sql, named: &[Id], now: Moment, with: Id) {
        activity::log_each(change, self.access.tenant.key, kind, "delete", now, self.access.actor, None, rows, named);
        let mut sql = Sql::new("UPDATE ");
        sql.push(kind.table).push(" SET version=version+1,updated_at=").bind(now).push(",deleted_at=").bind(now);
        sql.push(",deleted_with=").bind(with).push(" WHERE ").append(rows);
        change.push(sql.text, sql.params).touch(self.access.tenant.key, kind.name);
    }

    /// Finds what refers to `ids`, through what goes along; parents before their children.
    fn branches(&self, position: usize, ids: &Sql, live: bool, depth: usize, out: &mut Vec<Branch>) {
        if depth >= MAX_DEPTH {
            return;
        }
        let kind = self.registry.at(position);
        for (from, field) in self.registry.referrers(position).iter().filter(|(_, f)| f.derived.is_none()) {
            let child = self.registry.at(*from);
            let goes_along = kind.cascades.contains(&(child.name, field.name));
            let mut rows = Sql::new("tenant_id=");
            rows.bind(self.access.tenant.key).push(" AND ").push(field.name).push(" IN ").append(ids);
            let mut inner = Sql::new("(SELECT id FROM ");
            inner.push(child.table).push(" WHERE ").append(&rows);
            if live {
                rows.push(" AND deleted_at IS NULL");
                inner.push(" AND deleted_at IS NULL");
            }
            inner.push(")");
            out.push(Branch { position: *from, kind: child, rows, goes_along });
            if goes_along {
                self.branches(*from, &inner, live, depth + 1, out);
            }
        }
    }

    fn check_dependants(&self, kind: &Kind, branches: &[Branch]) -> Result<()> {
        let (mut going, mut unseen, mut blocking) = (0, 0, serde_json::Map::new());
        let mut words = Vec::new();
        for branch in branches {
            let mut sql = Sql::new("SELECT count(*) FROM ");
            sql.push(branch.kind.table).push(" a WHERE ").append(&branch.rows);
            let n = sql.number(self.conn)?;
            if branch.goes_along {
                going += n;
            } else if n > 0 {
                // What blocks is named as far as the viewer may see it.
                narrow(&mut sql, self.registry, self.access, branch.position, Action::Read, "a");
                let all = n;
                let n = sql.number(self.conn)?;
                unseen += all - n;
                if n == 0 {
                    continue;
                }
                let before = blocking.get(branch.kind.name).and_then(serde_json::Value::as_i64).unwrap_or(0);
                blocking.insert(branch.kind.name.to_owned(), (before + n).into());
                words.push(plural(n.unsigned_abs(), branch.kind.one, branch.kind.many));
            }
        }
        if unseen > 0 {
            words.push("records that you may not see".to_owned());
        }
        if !words.is_empty() {
            let message = format!("{} still refer to this {}. Delete or move them first.", words.join(", "), kind.one);
            return Err(Error::conflict("in_use", message).with("dependants", blocking.into()));
        }
        if going > MAX_CASCADE {
            let message = format!(
                "{going} records belong to this {}. Delete or move some of them first: at most {MAX_CASCADE} go at once.",
                kind.one
            );
            return Err(Error::conflict("too_many_dependants", message));
        }
        Ok(())
    }

    /// Plans the restoring of a deleted record and of what the same deletion took along.
    pub fn plan_restore(&self, position: usize, id: Id) -> Result<Planned> {
        let kind = self.registry.at(position);
        if !kind.writable || self.access.grants[position].level(Action::Delete) == Level::None {
            return Err(Error::forbidden(format!("You may not restore {}.", kind.many)));
        }
        let Some(before) = self.stored(position, id, &[Action::Read, Action::Delete], true)? else {
            return match self.readable(position, id)? {
                true => Err(Error::conflict("not_deleted", format!("This {} is not deleted.", kind.one))),
                false => Err(Error::not_found()),
            };
        };
        self.check_unlocked(position, id)?;
        let tenant = self.access.tenant.key;
        let now = Moment::now();
        let mut change = Change::new();
        change.guard(
            "version",
            &format!(
                "EXISTS(SELECT 1 FROM {} WHERE tenant_id=? AND id=? AND version=? AND deleted_at IS NOT NULL)",
                kind.table
            ),
            vec![Value::Int(tenant), Value::Id(id), Value::Int(before.version)],
        );
        for (i, field) in kind.fields.iter().enumerate().filter(|(_, f)| f.derived.is_none()) {
            let target = field.refers_to().and_then(|k| self.registry.get(k));
            if let (Some(target), Some(to)) = (target, before.row.values[i].as_id()) {
                change.guard(
                    &format!("reference:{}", field.name),
                    &format!(
                        "EXISTS(SELECT 1 FROM {} WHERE tenant_id=? AND id=? AND deleted_at IS NULL)",
                        target.table
                    ),
                    vec![Value::Int(tenant), Value::Id(to)],
                );
            }
        }
        let mut own = Sql::new("tenant_id=");
        own.bind(tenant).push(" AND id=").bind(id);
        self.mark_restored(&mut change, kind, &own, &[id], now);
        if kind.name == "custom-fields" {
            custom::refill(self, &mut change, &before.row, id);
        }
        if let Some(with) = before.deleted_with {
            let mut ids = Sql::new("(");
            ids.bind(id).push(")");
            let mut branches = Vec::new();
            self.branches(position, &ids, false, 0, &mut branches);
            for mut branch in branches.into_iter().filter(|b| b.goes_along) {
                branch.rows.push(" AND deleted_with=").bind(with);
                let why = format!("restoring this {} would restore it too", kind.one);
                self.check_rows_unlocked(branch.position, &branch.rows, &why)?;
                self.mark_restored(&mut change, branch.kind, &branch.rows, &[], now);
            }
        }
        Ok(Planned { id, version: before.version + 1, unchanged: false, change })
    }

    fn mark_restored(&self, change: &mut Change, kind: &'static Kind, rows: &Sql, named: &[Id], now: Moment) {
        activity::log_each(change, self.access.tenant.key, kind, "restore", now, self.access.actor, None, rows, named);
        let mut sql = Sql::new("UPDATE ");
        sql.push(kind.table).push(" SET version=version+1,updated_at=").bind(now);
        sql.push(",deleted_at=NULL,deleted_with=NULL WHERE ").append(rows);
        change.push(sql.text, sql.params).touch(self.access.tenant.key, kind.name);
    }
}
