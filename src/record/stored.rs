//! Reads a record into memory, before it is changed.

use crate::db::{Value, fault};
use crate::kernel::{Id, Result};
use crate::kind::{Action, Kind};

use super::View;
use super::row::Row;
use super::scope::narrow;
use super::sql::Sql;

/// A record as it is stored.
#[derive(Clone, Debug)]
pub struct Stored {
    pub id: Id,
    pub version: i64,
    /// The deletion that took it, when it is deleted.
    pub deleted_with: Option<Id>,
    pub row: Row,
}

/// The columns that [`read`] expects, under the alias `a`.
pub fn columns(kind: &Kind) -> String {
    let mut text = String::from("a.id,a.version,a.deleted_with,a.external_id,a.custom");
    for field in kind.fields {
        text.push_str(",a.");
        text.push_str(field.name);
    }
    text
}

/// Reads a row of those columns.
pub fn read(kind: &Kind, row: &rusqlite::Row<'_>) -> rusqlite::Result<Stored> {
    let values =
        (0..kind.fields.len()).map(|i| row.get_ref(5 + i).map(Value::from_sql)).collect::<rusqlite::Result<_>>()?;
    Ok(Stored {
        id: Value::from_sql(row.get_ref(0)?).as_id().unwrap_or_default(),
        version: row.get(1)?,
        deleted_with: Value::from_sql(row.get_ref(2)?).as_id(),
        row: Row { values, external_id: Value::from_sql(row.get_ref(3)?), custom: row.get(4)?, created_at: None },
    })
}

impl View<'_> {
    /// The live (or deleted) record with this id, where the viewer has every one of the rights.
    pub fn stored(&self, position: usize, id: Id, rights: &[Action], deleted: bool) -> Result<Option<Stored>> {
        let kind = self.registry.at(position);
        let mut sql = Sql::new("SELECT ");
        sql.push(&columns(kind))
            .push(" FROM ")
            .push(kind.table)
            .push(" a WHERE a.tenant_id=")
            .bind(self.access.tenant.key);
        sql.push(" AND a.id=").bind(id).push(if deleted {
            " AND a.deleted_at IS NOT NULL"
        } else {
            " AND a.deleted_at IS NULL"
        });
        for right in rights {
            narrow(&mut sql, self.registry, self.access, position, *right, "a");
        }
        let mut statement = sql.prepare(self.conn)?;
        let mut rows = sql.rows(&mut statement)?;
        rows.next().map_err(fault)?.map(|row| read(kind, row)).transpose().map_err(fault)
    }

    /// True when the viewer may read the live record.
    pub fn readable(&self, position: usize, id: Id) -> Result<bool> {
        let mut sql = Sql::new(&format!("SELECT 1 FROM {} a WHERE a.tenant_id=", self.registry.at(position).table));
        sql.bind(self.access.tenant.key).push(" AND a.id=").bind(id).push(" AND a.deleted_at IS NULL");
        narrow(&mut sql, self.registry, self.access, position, Action::Read, "a");
        sql.exists(self.conn)
    }
}
