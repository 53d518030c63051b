//! One record, straight to JSON.

use crate::db::fault;
use crate::kernel::{Error, Id, Result};
use crate::kind::{Action, Level};

use super::View;
use super::scope::narrow;
use super::select::Selection;
use super::sql::Sql;

/// A record as the API answers it.
#[derive(Debug)]
pub struct Found {
    pub version: i64,
    pub body: Vec<u8>,
}

impl View<'_> {
    /// Reads one live record.
    ///
    /// # Errors
    /// `NotFound` when there is none or the viewer may not see it: the two look alike.
    pub fn get(&self, position: usize, id: Id, selection: &Selection) -> Result<Found> {
        if self.access.grants[position].level(Action::Read) == Level::None {
            return Err(Error::forbidden(format!("You may not see {}.", self.registry.at(position).many)));
        }
        let compiled = selection.compile(self.registry, self.access, position, 1)?;
        let mut sql = Sql::new("SELECT a.version");
        sql.append(&compiled.columns).push(" FROM ").push(self.registry.at(position).table).push(" a");
        sql.append(&compiled.joins).push(" WHERE a.tenant_id=").bind(self.access.tenant.key);
        sql.push(" AND a.id=").bind(id).push(" AND a.deleted_at IS NULL");
        narrow(&mut sql, self.registry, self.access, position, Action::Read, "a");
        let mut statement = sql.prepare(self.conn)?;
        let mut rows = sql.rows(&mut statement)?;
        let Some(row) = rows.next().map_err(fault)? else { return Err(Error::not_found()) };
        let mut body = Vec::with_capacity(1024);
        compiled.write(&mut body, row)?;
        Ok(Found { version: row.get(0).map_err(fault)?, body })
    }
}
