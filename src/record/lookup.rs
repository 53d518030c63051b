//! What hooks may ask of the database, with a small memory so that a file of many rows asks once.

use std::cell::RefCell;
use std::collections::HashMap;

use rusqlite::Connection;

use crate::db::{Value, fault};
use crate::kernel::{Id, Result};
use crate::kind::{Lookup, Registry};

use super::sql::Sql;

/// Answers are kept for so many records, then forgotten all at once.
const REMEMBERED: usize = 10_000;

/// A [`Lookup`] over a connection, in one tenant.
pub struct Titles<'a> {
    conn: &'a Connection,
    registry: &'a Registry,
    tenant: i64,
    known: RefCell<HashMap<(usize, Id), Option<String>>>,
}

impl<'a> Titles<'a> {
    pub fn new(conn: &'a Connection, registry: &'a Registry, tenant: i64) -> Self {
        Self { conn, registry, tenant, known: RefCell::default() }
    }

    fn one(&self, kind: &str, column: &str, id: Id) -> Result<Option<Value>> {
        let Some(kind) = self.registry.get(kind) else { return Ok(None) };
        let mut sql = Sql::new(&format!("SELECT {column} FROM {} WHERE tenant_id=", kind.table));
        sql.bind(self.tenant).push(" AND id=").bind(id).push(" AND deleted_at IS NULL");
        let mut statement = sql.prepare(self.conn)?;
        let mut rows = sql.rows(&mut statement)?;
        let Some(row) = rows.next().map_err(fault)? else { return Ok(None) };
        Ok(Some(Value::from_sql(row.get_ref(0).map_err(fault)?)))
    }
}

impl Lookup for Titles<'_> {
    fn title(&self, kind: &str, id: Id) -> Result<Option<String>> {
        let Some(position) = self.registry.position(kind) else { return Ok(None) };
        if let Some(known) = self.known.borrow().get(&(position, id)) {
            return Ok(known.clone());
        }
        let title = self.one(kind, self.registry.at(position).title, id)?;
        let title = title.map(|v| v.as_text().unwrap_or_default().to_owned());
        let mut known = self.known.borrow_mut();
        if known.len() >= REMEMBERED {
            known.clear();
        }
        known.insert((position, id), title.clone());
        Ok(title)
    }

    fn field(&self, kind: &str, id: Id, field: &str) -> Result<Option<Value>> {
        // The column becomes SQL text, so only a declared one may pass.
        match self.registry.get(kind).and_then(|k| k.field(field)) {
            Some(declared) => self.one(kind, declared.name, id),
            None => Ok(None),
        }
    }

    fn find(&self, kind: &str, by: &[(&str, &Value)]) -> Result<Option<Id>> {
        let Some(kind) = self.registry.get(kind) else { return Ok(None) };
        let mut sql = Sql::new(&format!("SELECT id FROM {} WHERE tenant_id=", kind.table));
        sql.bind(self.tenant).push(" AND deleted_at IS NULL");
        for (field, value) in by {
            let Some(field) = kind.field(field) else { return Ok(None) };
            sql.push(" AND ").push(field.name).push("=").bind((*value).clone());
        }
        sql.push(" LIMIT 1");
        let mut statement = sql.prepare(self.conn)?;
        let mut rows = sql.rows(&mut statement)?;
        let Some(row) = rows.next().map_err(fault)? else { return Ok(None) };
        Ok(Value::from_sql(row.get_ref(0).map_err(fault)?).as_id())
    }
}
