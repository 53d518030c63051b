//! The append-only log: who changed what, from what, to what. Written in the same change as the
//! deed itself, read under the rights of the record that it is about.

use serde_json::{Map, Value as Json};

use crate::db::{Change, Value, fault};
use crate::kernel::{Error, Id, Moment, Result};
use crate::kind::{Action, Actor, FieldRight, Kind, Level, Tenant, Type};

use super::View;
use super::list::{Listing, envelope};
use super::locks;
use super::row::Row;
use super::scope::{about, field_right, system_right};
use super::sql::Sql;
use super::wire::{write_text, write_value};

/// The statement that logs one deed; see [`entry`] for its parameters.
pub const INSERT: &str = "INSERT INTO activity(tenant_id, at, user_id, kind, record_id, action, version, changes, import_id) \
                          VALUES(?,?,?,?,?,?,?,?,?)";

/// The parameters of [`INSERT`].
#[expect(clippy::too_many_arguments, reason = "one for each column of the log")]
pub fn entry(
    tenant: &Tenant,
    at: Moment,
    actor: Actor,
    kind: &Kind,
    id: Id,
    action: &str,
    version: i64,
    changes: Option<String>,
) -> Vec<Value> {
    vec![
        Value::Int(tenant.key),
        Value::from(at),
        Value::from(actor.user),
        Value::from(kind.name),
        Value::Id(id),
        Value::from(action),
        Value::Int(version),
        Value::from(changes),
        Value::from(actor.import),
    ]
}

/// Logs a deed on every row of `kind` that `rows` (a condition over the table) selects, with the
/// version that the deed is about to give it. Nothing is done to a row that somebody else edits. Tells
/// of the records that are `named`; where nobody knows which they are, of some of the kind.
#[expect(clippy::too_many_arguments, reason = "what is done, to what, by whom")]
pub fn log_each(
    change: &mut Change,
    tenant: i64,
    kind: &'static Kind,
    action: &str,
    at: Moment,
    actor: Actor,
    changes: Option<&str>,
    rows: &Sql,
    named: &[Id],
) {
    locks::guard_rows(change, tenant, kind, actor, rows);
    if named.is_empty() {
        change.tell(tenant, kind.name, None, actor.user);
    }
    for id in named {
        change.tell(tenant, kind.name, Some(*id), actor.user);
    }
    let mut sql = Sql::new(
        "INSERT INTO activity(tenant_id, at, user_id, kind, record_id, action, version, changes, import_id) SELECT tenant_id,",
    );
    sql.bind(at).push(",").bind(actor.user).push(",").bind(kind.name).push(",id,").bind(action);
    sql.push(",version+1,").bind(changes.map(str::to_owned)).push(",").bind(actor.import);
    sql.push(" FROM ").push(kind.table).push(" WHERE ").append(rows);
    change.push(sql.text, sql.params);
}

/// What differs, as `{"field":[from,to]}` in wire forms; `None` when nothing does.
pub fn difference(kind: &Kind, before: &Row, after: &Row) -> Option<String> {
    let mut out = Vec::with_capacity(64);
    let mut pair = |name: &str, from: &dyn Fn(&mut Vec<u8>), to: &dyn Fn(&mut Vec<u8>)| {
        out.push(if out.is_empty() { b'{' } else { b',' });
        write_text(&mut out, name);
        out.extend_from_slice(b":[");
        from(&mut out);
        out.push(b',');
        to(&mut out);
        out.push(b']');
    };
    for (i, field) in kind.fields.iter().enumerate() {
        let (from, to) = (&before.values[i], &after.values[i]);
        if from != to && field.derived.is_none() {
            pair(field.name, &|out| write_value(out, from, field.ty), &|out| write_value(out, to, field.ty));
        }
    }
    if before.external_id != after.external_id {
        let ty = Type::Text(200);
        pair("external_id", &|out| write_value(out, &before.external_id, ty), &|out| {
            write_value(out, &after.external_id, ty)
        });
    }
    if before.custom != after.custom {
        let (from, to): (Map<String, Json>, Map<String, Json>) = (
            serde_json::from_str(&before.custom).unwrap_or_default(),
            serde_json::from_str(&after.custom).unwrap_or_default(),
        );
        let names = from.keys().chain(to.keys().filter(|k| !from.contains_key(*k)));
        for name in names.filter(|n| from.get(*n) != to.get(*n)) {
            let text = |side: &Map<String, Json>| side.get(name).unwrap_or(&Json::Null).to_string();
            pair(&format!("custom.{name}"), &|out| out.extend_from_slice(text(&from).as_bytes()), &|out| {
                out.extend_from_slice(text(&to).as_bytes())
            });
        }
    }
    if out.is_empty() {
        return None;
    }
    out.push(b'}');
    String::from_utf8(out).ok()
}

const PAGE: usize = 50;

impl View<'_> {
    /// The history of one record that the viewer may read, newest first. `before` is the `seq` of
    /// the last entry of the page before.
    pub fn history(&self, position: usize, id: Id, params: &[(String, String)]) -> Result<Listing> {
        let kind = self.registry.at(position);
        let rights = &self.access.grants[position];
        if rights.level(Action::Read) == Level::None {
            return Err(Error::forbidden(format!("You may not see {}.", kind.many)));
        }
        if !self.readable(position, id)? && self.stored(position, id, &[Action::Read, Action::Delete], true)?.is_none()
        {
            return Err(Error::not_found());
        }
        let mut only = Sql::new(" AND a.kind=");
        only.bind(kind.name).push(" AND a.record_id=").bind(id);
        self.log(&only, params, false)
    }

    /// What happened to all records that the viewer may read, newest first.
    pub fn activity(&self, params: &[(String, String)]) -> Result<Listing> {
        // The newest are wanted, so the log is walked by its time: the plus keeps SQLite from gathering
        // all that happened to some kinds first, and sorting it.
        let mut only = Sql::default();
        for (name, value) in params {
            match name.as_str() {
                "kind" => {
                    only.push(" AND +a.kind=").bind(value.as_str());
                }
                "user_id" => {
                    let id: Id =
                        value.parse().map_err(|()| Error::query("user_id", "format", "Give the id of a user."))?;
                    only.push(" AND a.user_id=").bind(id);
                }
                "since" => {
                    let at = Moment::parse(value)
                        .ok_or_else(|| Error::query("since", "format", "Give a moment as RFC 3339."))?;
                    only.push(" AND a.at>=").bind(at);
                }
                _ => {}
            }
        }
        // What people keep for themselves stands in its own history alone.
        for (_, kind) in self.registry.all().filter(|(_, kind)| kind.scope.shared.is_some()) {
            only.push(" AND +a.kind<>").bind(kind.name);
        }
        about(&mut only, self.registry, self.access, "+a", ("kind", "record_id"));
        self.log(&only, params, true)
    }

    /// `titled`: with what each record is called today.
    fn log(&self, only: &Sql, params: &[(String, String)], titled: bool) -> Result<Listing> {
        let mut limit = PAGE;
        let mut sql = Sql::new(
            "SELECT a.seq,a.at,a.user_id,u.name,a.kind,a.record_id,a.action,a.version,a.changes,a.import_id FROM activity a",
        );
        sql.push(" LEFT JOIN users u ON u.tenant_id=a.tenant_id AND u.id=a.user_id WHERE a.tenant_id=")
            .bind(self.access.tenant.key);
        sql.append(only);
        for (name, value) in params {
            match name.as_str() {
                "cursor" => {
                    let seq = value.strip_prefix('h').and_then(|n| i64::from_str_radix(n, 36).ok());
                    let seq = seq.ok_or_else(|| {
                        Error::invalid(
                            "cursor",
                            "This cursor does not belong to this list. Start again from the first page.",
                        )
                    })?;
                    if titled {
                        sql.push(" AND (a.at,a.seq)<((SELECT c.at FROM activity c WHERE c.seq=").bind(seq);
                        sql.push("),").bind(seq).push(")");
                    } else {
                        sql.push(" AND a.seq<").bind(seq);
                    }
                }
                "limit" => match value.parse::<usize>() {
                    Ok(n) if (1..=200).contains(&n) => limit = n,
                    _ => return Err(Error::query("limit", "range", "Give a number from 1 to 200.")),
                },
                "kind" | "user_id" | "since" => {}
                other => return Err(Error::query(other, "unknown_parameter", "There is no such parameter here.")),
            }
        }
        sql.push(if titled { " ORDER BY a.at DESC,a.seq DESC LIMIT " } else { " ORDER BY a.seq DESC LIMIT " });
        sql.bind(limit as i64 + 1);
        let mut statement = sql.prepare(self.conn)?;
        let mut rows = sql.rows(&mut statement)?;
        let mut out = Vec::new();
        let (mut n, mut last, mut more) = (0, 0i64, false);
        while let Some(row) = rows.next().map_err(fault)? {
            if n == limit {
                more = true;
                break;
            }
            if n > 0 {
                out.push(b',');
            }
            last = row.get(0).map_err(fault)?;
            self.write_entry(&mut out, row).map_err(fault)?;
            if titled {
                self.write_title(&mut out, row)?;
            }
            out.push(b'}');
            n += 1;
        }
        let next = more.then(|| format!("h{}", radix36(last)));
        Ok(Listing { body: envelope(out, next.as_deref(), None, more, None), next, prev: None })
    }

    fn write_entry(&self, out: &mut Vec<u8>, row: &rusqlite::Row<'_>) -> rusqlite::Result<()> {
        let value = |i: usize| row.get_ref(i).map(Value::from_sql);
        let text = Type::Text(0);
        let member = |out: &mut Vec<u8>, name: &str, value: &Value, ty: Type| {
            out.push(if name == "at" { b'{' } else { b',' });
            write_text(out, name);
            out.push(b':');
            write_value(out, value, ty);
        };
        member(out, "at", &value(1)?, Type::Time);
        // A name is a field of users like any other: shown to those who may read users at all.
        let users = self.registry.position("users").is_some_and(|at| {
            let name = self.registry.at(at).position("name");
            let seen = name.is_some_and(|i| field_right(self.access, at, i) != FieldRight::Hidden);
            seen && self.access.grants[at].level(Action::Read) == Level::All
        });
        member(out, "user_id", &value(2)?, text);
        member(out, "user_name", &if users { value(3)? } else { Value::Null }, text);
        member(out, "kind", &value(4)?, text);
        member(out, "record_id", &value(5)?, text);
        member(out, "action", &value(6)?, text);
        member(out, "version", &value(7)?, text);
        member(out, "import_id", &value(9)?, text);
        out.extend_from_slice(b",\"changes\":");
        let kind: String = row.get(4)?;
        match row.get::<_, Option<String>>(8)? {
            Some(changes) => out.extend_from_slice(self.redact(&kind, &changes).as_bytes()),
            None => out.extend_from_slice(b"null"),
        }
        Ok(())
    }

    fn write_title(&self, out: &mut Vec<u8>, row: &rusqlite::Row<'_>) -> Result<()> {
        let kind: String = row.get(4).map_err(fault)?;
        let id = Value::from_sql(row.get_ref(5).map_err(fault)?).as_id().unwrap_or_default();
        out.extend_from_slice(b",\"title\":");
        write_value(out, &self.title_seen(&kind, id)?.unwrap_or(Value::Null), Type::Text(0));
        Ok(())
    }

    /// Leaves out what the viewer may not see of a change. A conditional right says nothing about
    /// the past, so such fields are left out too.
    fn redact(&self, kind: &str, changes: &str) -> String {
        let Some(position) = self.registry.position(kind) else { return "null".into() };
        if self.access.grants[position].shows_everything() {
            return changes.to_owned();
        }
        let kind = self.registry.at(position);
        let mut object: Map<String, Json> = serde_json::from_str(changes).unwrap_or_default();
        object.retain(|name, _| {
            let right = match (name.strip_prefix("custom."), kind.position(name)) {
                (Some(own), _) => self.access.custom_right(position, kind, own),
                (None, Some(i)) => field_right(self.access, position, i),
                (None, None) => system_right(self.access, position, name),
            };
            matches!(right, FieldRight::Full | FieldRight::ReadOnly)
        });
        if object.is_empty() { "null".into() } else { Json::Object(object).to_string() }
    }
}

fn radix36(mut n: i64) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(b"0123456789abcdefghijklmnopqrstuvwxyz"[(n % 36) as usize] as char);
        n /= 36;
        if n <= 0 {
            return digits.iter().rev().collect();
        }
    }
}

/// Reads the `from` side of a logged change back into a row: what a revert restores.
pub fn restore_old(kind: &Kind, tenant: &Tenant, changes: &str, row: &mut Row) {
    let object: Map<String, Json> = serde_json::from_str(changes).unwrap_or_default();
    let mut own: Map<String, Json> = serde_json::from_str(&row.custom).unwrap_or_default();
    for (name, pair) in &object {
        let old = pair.get(0).unwrap_or(&Json::Null);
        if let Some(name) = name.strip_prefix("custom.") {
            if old.is_null() {
                own.shift_remove(name);
            } else {
                own.insert(name.to_owned(), old.clone());
            }
        } else if name == "external_id" {
            row.external_id = old.as_str().map_or(Value::Null, Value::from);
        } else if let Some(i) = kind.position(name) {
            row.values[i] = super::check::from_json(stored_type(kind.fields[i].ty), old, tenant).unwrap_or(Value::Null);
        }
    }
    row.custom = Json::Object(own).to_string();
}

/// A value that was stored once is taken back as it was, even where today's list or limit would
/// refuse it.
fn stored_type(ty: Type) -> Type {
    match ty {
        Type::Option(_) | Type::Enum(_) | Type::Email | Type::Phone | Type::Url | Type::Text(_) | Type::KindName => {
            Type::LongText(u32::MAX)
        }
        Type::Json(_) => Type::Json(u32::MAX),
        other => other,
    }
}
