//! What each person opened lately: the last few records, as far as they may still be read (S42).
//!
//! This is a convenience of one's own, so it bumps no version and leaves no trace in the log.

use crate::db::{Change, Value, fault};
use crate::kernel::{Error, Id, Moment, Result};
use crate::kind::{Action, FieldRight, Level, Type};

use super::View;
use super::scope::{field_right, narrow};
use super::select::Selection;
use super::sql::Sql;
use super::wire::{write_text, write_value};

/// S42: a person's way back, not a second history.
const KEPT: i64 = 20;

impl View<'_> {
    /// Remembers that the viewer opened a record.
    ///
    /// # Errors
    /// `NotFound` when there is none or the viewer may not see it.
    pub fn plan_recent(&self, position: usize, id: Id) -> Result<Change> {
        let user =
            self.access.actor.user.ok_or_else(|| Error::forbidden("Only somebody who is signed in may do this."))?;
        self.get(position, id, &Selection::parse(Some("id"), None)?)?;
        let (tenant, user) = (Value::Int(self.access.tenant.key), Value::Id(user));
        let mut change = Change::new();
        change.push(
            "INSERT INTO recents(tenant_id, user_id, kind, record_id, opened_at) VALUES(?,?,?,?,?) \
             ON CONFLICT DO UPDATE SET opened_at=excluded.opened_at",
            vec![
                tenant.clone(),
                user.clone(),
                Value::from(self.registry.at(position).name),
                Value::Id(id),
                Value::from(Moment::now()),
            ],
        );
        change.push(
            "DELETE FROM recents WHERE tenant_id=? AND user_id=? AND (kind, record_id) NOT IN \
             (SELECT kind, record_id FROM recents WHERE tenant_id=? AND user_id=? ORDER BY opened_at DESC LIMIT ?)",
            vec![tenant.clone(), user.clone(), tenant, user, Value::Int(KEPT)],
        );
        Ok(change)
    }

    /// What the viewer opened lately, newest first: `{"data":[{"kind":…,"id":…,"title":…,"opened_at":…}]}`.
    pub fn recents(&self) -> Result<Vec<u8>> {
        let mut sql = Sql::new("SELECT kind,record_id,opened_at FROM recents WHERE tenant_id=");
        sql.bind(self.access.tenant.key).push(" AND user_id=").bind(self.access.actor.user);
        sql.push(" ORDER BY opened_at DESC LIMIT ").bind(KEPT);
        let mut statement = sql.prepare(self.conn)?;
        let mut rows = sql.rows(&mut statement)?;
        let mut out = Vec::from(*b"{\"data\":[");
        while let Some(row) = rows.next().map_err(fault)? {
            let kind: String = row.get(0).map_err(fault)?;
            let id = Value::from_sql(row.get_ref(1).map_err(fault)?).as_id().unwrap_or_default();
            let opened = Value::from_sql(row.get_ref(2).map_err(fault)?);
            let Some(title) = self.title_seen(&kind, id)? else { continue };
            out.extend_from_slice(if out.ends_with(b"[") { b"{\"kind\":" } else { b",{\"kind\":" });
            write_text(&mut out, &kind);
            out.extend_from_slice(format!(",\"id\":\"{id}\",\"title\":").as_bytes());
            write_value(&mut out, &title, Type::Text(0));
            out.extend_from_slice(b",\"opened_at\":");
            write_value(&mut out, &opened, Type::Time);
            out.push(b'}');
        }
        out.extend_from_slice(b"]}");
        Ok(out)
    }

    /// What the record is called, NULL where the viewer may not see that; `None` where they may not
    /// see the record.
    pub fn title_seen(&self, kind: &str, id: Id) -> Result<Option<Value>> {
        Ok(self.titles_seen(kind, &[id])?.pop().map(|(_, title)| title))
    }

    /// The same for a few records of a kind, in no order: those that the viewer may not see are left out.
    pub(super) fn titles_seen(&self, kind: &str, ids: &[Id]) -> Result<Vec<(Id, Value)>> {
        let Some(position) = self.registry.position(kind).filter(|_| !ids.is_empty()) else { return Ok(Vec::new()) };
        if self.access.grants[position].level(Action::Read) == Level::None {
            return Ok(Vec::new());
        }
        let kind = self.registry.at(position);
        let right = kind.position(kind.title).map(|i| field_right(self.access, position, i));
        let title = match right {
            Some(FieldRight::Full | FieldRight::ReadOnly) => format!("substr(a.{},1,200)", kind.title),
            _ => "NULL".to_owned(),
        };
        let mut sql = Sql::new(&format!("SELECT a.id,{title} FROM {} a WHERE a.tenant_id=", kind.table));
        sql.bind(self.access.tenant.key).push(" AND a.id IN (");
        for (i, id) in ids.iter().enumerate() {
            sql.push(if i > 0 { "," } else { "" }).bind(*id);
        }
        sql.push(") AND a.deleted_at IS NULL");
        narrow(&mut sql, self.registry, self.access, position, Action::Read, "a");
        let mut statement = sql.prepare(self.conn)?;
        let mut rows = sql.rows(&mut statement)?;
        let mut seen = Vec::with_capacity(ids.len());
        while let Some(row) = rows.next().map_err(fault)? {
            let value = |i: usize| row.get_ref(i).map(Value::from_sql).map_err(fault);
            seen.extend(value(0)?.as_id().zip(Some(value(1)?)));
        }
        Ok(seen)
    }
}
