//! Takes an import back: what it made goes, what it changed gets its old values as a new version.
//! What somebody changed or refers to since stays as it is and is reported.
//!
//! The history says what the import did; it is walked from its end to its beginning, a few hundred
//! records at a time, and the place is kept with the records, so a stop loses nothing.

use std::collections::HashSet;

use serde_json::json;

use crate::db::{Change, Value, fault};
use crate::kernel::{Error, Id, Moment, Result};
use crate::kind::{Access, Kind, Registry, Type};
use crate::record::intake::Intake;
use crate::record::locks;
use crate::record::stored::{Stored, columns, read};
use crate::record::{View, activity, restore_old};

use super::report::{Kept, Reverted};
use super::run::{DEADLINE, Tools};
use super::store::{Import, State};

/// Entries of the history worked off at a time.
const SLICE: i64 = 500;
/// Records that are named when they were kept; all are counted.
const NAMED: usize = 1000;

pub fn revert(tools: &Tools<'_>, mut import: Import) -> Result<Import> {
    let mut access = (**tools.access).clone();
    access.actor.import = Some(import.id);
    import.report.reverted.get_or_insert_default();
    loop {
        tools.pause(&import)?;
        let (registry, viewer, id) = (tools.registry.clone(), access.clone(), import.id);
        let cursor = import.report.reverted.as_ref().and_then(|r| r.cursor).unwrap_or(i64::MAX);
        let read = tools.db.read_heavy(DEADLINE, move |conn| plan(&View::new(conn, &registry, &viewer), id, cursor));
        let Some(step) = read.wait()? else { return finish(tools, import) };
        if !commit(tools, &access, &mut import, &step)? {
            // Something moved since it was read. One by one, only that is kept.
            for (deed, one) in step.one_by_one() {
                if !commit(tools, &access, &mut import, &one)? {
                    let kept = Step { kept: vec![deed.kept(tools.registry)], deeds: Vec::new(), ..one };
                    if !commit(tools, &access, &mut import, &kept)? {
                        return Err(Error::conflict("import_moved", "Something else works on this import."));
                    }
                }
            }
        }
    }
}

fn finish(tools: &Tools<'_>, mut import: Import) -> Result<Import> {
    let mut done = import.report.reverted.take().unwrap_or_default();
    done.cursor = None;
    let told = json!({"removed": [null, done.removed], "restored": [null, done.restored], "kept": [null, done.kept]});
    import.report.reverted = Some(done);
    let mut change = import.step(State::Reverted, None);
    tools.log(&mut change, &import, "revert", told);
    tools.db.write(change).wait()?;
    import.state = State::Reverted;
    Ok(import)
}

/// What is done to one record.
#[derive(Clone, Debug)]
enum Deed {
    Remove(usize, Id, i64),
    /// The record as it stands, and what the import did to it, newest first.
    Restore(usize, Box<Stored>, Vec<String>),
}

impl Deed {
    fn kept(&self, registry: &Registry) -> Kept {
        let (position, id) = match self {
            Self::Remove(position, id, _) => (*position, *id),
            Self::Restore(position, stored, _) => (*position, stored.id),
        };
        kept(registry.at(position), id, "it was changed, or something began to refer to it, during the revert")
    }
}

/// Some entries of the history, read and judged.
struct Step {
    deeds: Vec<Deed>,
    kept: Vec<Kept>,
    /// Everything from this entry on is dealt with.
    cursor: i64,
}

impl Step {
    /// The same in steps of one record each; only the last moves the cursor.
    fn one_by_one(&self) -> Vec<(Deed, Self)> {
        let mut steps: Vec<(Deed, Self)> = self
            .deeds
            .iter()
            .map(|deed| (deed.clone(), Self { deeds: vec![deed.clone()], kept: Vec::new(), cursor: i64::MAX }))
            .collect();
        if let Some((_, last)) = steps.last_mut() {
            last.cursor = self.cursor;
            last.kept = self.kept.clone();
        }
        steps
    }
}

fn kept(kind: &Kind, id: Id, reason: &str) -> Kept {
    Kept { kind: kind.name.to_owned(), id: id.to_string(), reason: reason.to_owned() }
}

/// Judges the entries before the cursor: all of one kind, so that what refers to a record goes in
/// an earlier step than the record. `None` when there are none left.
fn plan(view: &View<'_>, import: Id, cursor: i64) -> Result<Option<Step>> {
    let mut statement = view
        .conn
        .prepare_cached(
            "SELECT seq, kind, record_id FROM activity WHERE tenant_id=? AND import_id=? AND seq<? \
             AND action IN ('create', 'update') ORDER BY seq DESC LIMIT ?",
        )
        .map_err(fault)?;
    let params = (view.access.tenant.key, Value::Id(import), cursor, SLICE);
    let mut rows = statement.query(params).map_err(fault)?;
    let mut step: Option<Step> = None;
    let mut current: Option<usize> = None;
    let mut seen = HashSet::new();
    while let Some(row) = rows.next().map_err(fault)? {
        let seq: i64 = row.get(0).map_err(fault)?;
        let position = view.registry.position(&row.get::<_, String>(1).map_err(fault)?);
        let id = Value::from_sql(row.get_ref(2).map_err(fault)?).as_id().unwrap_or_default();
        if current.is_some() && current != position {
            break;
        }
        let step = step.get_or_insert_with(|| Step { deeds: Vec::new(), kept: Vec::new(), cursor: seq });
        step.cursor = seq;
        current = position;
        if let Some(position) = position
            && seen.insert(id)
        {
            judge(view, import, position, id, seq, step)?;
        }
    }
    Ok(step)
}

fn judge(view: &View<'_>, import: Id, position: usize, id: Id, seq: i64, step: &mut Step) -> Result<()> {
    let kind = view.registry.at(position);
    let mut statement = view
        .conn
        .prepare_cached(
            "SELECT seq, action, version, changes, import_id IS ?4 AND action IN ('create', 'update') FROM activity \
             WHERE tenant_id=?1 AND kind=?2 AND record_id=?3 ORDER BY seq DESC",
        )
        .map_err(fault)?;
    let params = (view.access.tenant.key, kind.name, Value::Id(id), Value::Id(import));
    let mut entries = statement.query(params).map_err(fault)?;
    let (mut newest, mut created, mut changes) = (None, false, Vec::new());
    while let Some(entry) = entries.next().map_err(fault)? {
        let ours: bool = entry.get(4).map_err(fault)?;
        if !ours {
            continue;
        }
        // A later entry of the same record has been dealt with together with this one.
        if newest.is_none() && entry.get::<_, i64>(0).map_err(fault)? != seq {
            return Ok(());
        }
        newest = newest.or(Some(entry.get::<_, i64>(2).map_err(fault)?));
        created |= entry.get::<_, String>(1).map_err(fault)? == "create";
        changes.extend(entry.get::<_, Option<String>>(3).map_err(fault)?);
    }
    let Some(stored) = stored(view, kind, id)? else { return Ok(()) };
    if newest != Some(stored.version) {
        step.kept.push(kept(kind, id, "it was changed or deleted since"));
    } else if !created {
        step.deeds.push(Deed::Restore(position, Box::new(stored), changes));
    } else if let Some(reason) = in_use(view, position, id, &stored)? {
        step.kept.push(kept(kind, id, &reason));
    } else {
        step.deeds.push(Deed::Remove(position, id, stored.version));
    }
    Ok(())
}

/// The record, deleted or not.
fn stored(view: &View<'_>, kind: &'static Kind, id: Id) -> Result<Option<Stored>> {
    let sql = format!("SELECT {} FROM {} a WHERE a.tenant_id=? AND a.id=?", columns(kind), kind.table);
    let mut statement = view.conn.prepare_cached(&sql).map_err(fault)?;
    let mut rows = statement.query((view.access.tenant.key, Value::Id(id))).map_err(fault)?;
    rows.next().map_err(fault)?.map(|row| read(kind, row)).transpose().map_err(fault)
}

/// Who refers to records of a kind: the table, the column, and for references to any kind the
/// column with the kind.
fn referrers(registry: &Registry, position: usize) -> Vec<(&'static Kind, &'static str, Option<&'static str>)> {
    let mut all: Vec<_> = registry
        .referrers(position)
        .iter()
        .filter(|(_, field)| field.derived.is_none())
        .map(|(from, field)| (registry.at(*from), field.name, None))
        .collect();
    for (_, kind) in registry.all() {
        for field in kind.fields {
            if let Type::RefAny { kind_field } = field.ty {
                all.push((kind, field.name, Some(kind_field)));
            }
        }
    }
    all
}

/// A condition that is true while the record is referred to; `?` tenant, id.
fn referred(kind: &Kind, from: &Kind, column: &str, kind_field: Option<&str>) -> String {
    let about = kind_field.map_or(String::new(), |field| format!(" AND {field}='{}'", kind.name));
    format!("EXISTS(SELECT 1 FROM {} WHERE tenant_id=? AND {column}=?{about})", from.table)
}

fn in_use(view: &View<'_>, position: usize, id: Id, stored: &Stored) -> Result<Option<String>> {
    let kind = view.registry.at(position);
    for (from, column, about) in referrers(view.registry, position) {
        let sql = format!("SELECT {}", referred(kind, from, column, about));
        let mut statement = view.conn.prepare_cached(&sql).map_err(fault)?;
        let params = (view.access.tenant.key, Value::Id(id));
        if statement.query_row(params, |row| row.get::<_, bool>(0)).map_err(fault)? {
            return Ok(Some(format!("{} refer to it", from.many)));
        }
    }
    if kind.name == "custom-fields" { filled(view, kind, stored) } else { Ok(None) }
}

/// A field of the tenant's own stays while any record holds something in it.
fn filled(view: &View<'_>, kind: &Kind, stored: &Stored) -> Result<Option<String>> {
    let text = |name: &str| kind.position(name).and_then(|i| stored.row.values[i].as_text()).unwrap_or_default();
    let Some(of) = view.registry.get(text("kind")) else { return Ok(None) };
    let sql = format!("SELECT EXISTS(SELECT 1 FROM {} WHERE tenant_id=? AND custom->>? IS NOT NULL)", of.table);
    let mut statement = view.conn.prepare_cached(&sql).map_err(fault)?;
    let params = (view.access.tenant.key, format!("$.{}", text("name")));
    let filled: bool = statement.query_row(params, |row| row.get(0)).map_err(fault)?;
    Ok(filled.then(|| format!("{} hold values in it", of.many)))
}

/// Commits a step with its place. False when something moved since it was read.
fn commit(tools: &Tools<'_>, access: &Access, import: &mut Import, step: &Step) -> Result<bool> {
    let mut report = import.report.clone();
    let told = report.reverted.get_or_insert_default();
    tell(told, step);
    let mut change = Change::new();
    import.guard(&mut change);
    let now = Moment::now();
    for deed in &step.deeds {
        match deed {
            Deed::Remove(position, id, version) => {
                remove(&mut change, tools.registry, access, *position, *id, *version, now)
            }
            Deed::Restore(position, stored, changes) => {
                let kind = tools.registry.at(*position);
                let mut row = stored.row.clone();
                changes.iter().for_each(|text| restore_old(kind, &access.tenant, text, &mut row));
                let mut intake = Intake::new(tools.registry, &access.tenant, access.actor, *position, now);
                if intake.update_as(stored, &row, "revert") {
                    change.extend(intake.finish());
                }
            }
        }
    }
    import.progress(&mut change, Default::default(), Some(&report));
    match tools.db.write_bulk(change).wait() {
        Ok(()) => {
            import.report = report;
            Ok(true)
        }
        Err(error @ (Error::Busy(_) | Error::Internal(_))) => Err(error),
        Err(_) => Ok(false),
    }
}

fn tell(told: &mut Reverted, step: &Step) {
    for deed in &step.deeds {
        match deed {
            Deed::Remove(..) => told.removed += 1,
            Deed::Restore(..) => told.restored += 1,
        }
    }
    told.kept += step.kept.len() as u64;
    let room = NAMED.saturating_sub(told.kept_records.len());
    told.kept_records.extend(step.kept.iter().take(room).cloned());
    if step.cursor != i64::MAX {
        told.cursor = Some(step.cursor);
    }
}

/// Removes a record for good, unless it was changed or is referred to by then.
fn remove(
    change: &mut Change,
    registry: &Registry,
    access: &Access,
    position: usize,
    id: Id,
    version: i64,
    now: Moment,
) {
    let kind = registry.at(position);
    let tenant = || Value::Int(access.tenant.key);
    let exists =
        format!("EXISTS(SELECT 1 FROM {} WHERE tenant_id=? AND id=? AND version=? AND deleted_at IS NULL)", kind.table);
    change.guard("version", &exists, vec![tenant(), Value::Id(id), Value::Int(version)]);
    locks::guard_row(change, access.tenant.key, kind, access.actor, id);
    change.tell(access.tenant.key, kind.name, Some(id), access.actor.user);
    for (from, column, about) in referrers(registry, position) {
        let free = format!("NOT {}", referred(kind, from, column, about));
        change.guard("in_use", &free, vec![tenant(), Value::Id(id)]);
    }
    let entry = activity::entry(&access.tenant, now, access.actor, kind, id, "revert", version + 1, None);
    change.push(activity::INSERT, entry);
    for own in access.tenant.custom_of(kind.name).filter(|c| c.filterable) {
        change.push(
            format!(
                "DELETE FROM custom_index WHERE field=? AND seq=(SELECT seq FROM {} WHERE tenant_id=? AND id=?)",
                kind.table
            ),
            vec![Value::Int(own.seq), tenant(), Value::Id(id)],
        );
    }
    change.push(format!("DELETE FROM {} WHERE tenant_id=? AND id=?", kind.table), vec![tenant(), Value::Id(id)]);
    change.touch(access.tenant.key, kind.name);
}
