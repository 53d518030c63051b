//! SQL text with its parameters in order.

use rusqlite::{CachedStatement, Connection, Rows};

use crate::db::{Value, fault, note};
use crate::kernel::Result;

/// A statement that grows from left to right; each `bind` adds a `?` and its value.
#[derive(Clone, Debug, Default)]
pub struct Sql {
    pub text: String,
    pub params: Vec<Value>,
}

impl Sql {
    pub fn new(text: &str) -> Self {
        let mut sql = Self { text: String::with_capacity(512), params: Vec::with_capacity(8) };
        sql.text.push_str(text);
        sql
    }
    pub fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }
    pub fn bind(&mut self, value: impl Into<Value>) -> &mut Self {
        self.text.push('?');
        self.params.push(value.into());
        self
    }
    pub fn append(&mut self, other: &Self) -> &mut Self {
        self.text.push_str(&other.text);
        self.params.extend_from_slice(&other.params);
        self
    }

    /// Prepares the statement, from the connection's cache where it can.
    pub fn prepare<'c>(&self, conn: &'c Connection) -> Result<CachedStatement<'c>> {
        note(conn, &self.text);
        conn.prepare_cached(&self.text).map_err(fault)
    }
    /// Runs a prepared statement with these parameters.
    pub fn rows<'s>(&self, statement: &'s mut CachedStatement<'_>) -> Result<Rows<'s>> {
        statement.query(rusqlite::params_from_iter(&self.params)).map_err(fault)
    }
    /// True when the query has a row.
    pub fn exists(&self, conn: &Connection) -> Result<bool> {
        let mut statement = self.prepare(conn)?;
        let mut rows = self.rows(&mut statement)?;
        Ok(rows.next().map_err(fault)?.is_some())
    }
    /// The first column of the first row as a number; 0 without a row.
    pub fn number(&self, conn: &Connection) -> Result<i64> {
        let mut statement = self.prepare(conn)?;
        let mut rows = self.rows(&mut statement)?;
        match rows.next().map_err(fault)? {
            Some(row) => Ok(row.get::<_, Option<i64>>(0).map_err(fault)?.unwrap_or(0)),
            None => Ok(0),
        }
    }
}
