//! Rows whose time is over go a few at a time, so that nobody's change waits behind thousands of them.

use crate::kernel::{Moment, Result};

use super::{Change, Db, Value, fault};

/// Rows that go once a moment has passed. The names and conditions are the program's own words.
#[derive(Clone, Copy, Debug)]
pub struct Purge {
    pub table: &'static str,
    /// The column that is the table's key.
    pub key: &'static str,
    /// The condition, in which `?1` is the moment; an index begins with what it asks for.
    pub gone: &'static str,
    pub before: Moment,
    /// Rows of one change; those that take others along are few.
    pub piece: i64,
    /// The set that the change touches, if others keep answers that name them.
    pub touches: Option<&'static str>,
}

impl Purge {
    /// Removes all of them, on the bulk lane. `check` is asked before each piece.
    ///
    /// # Errors
    /// What `check` says, and errors of the database; what is removed by then stays removed.
    pub fn run(self, db: &Db, check: &dyn Fn() -> Result<()>) -> Result<()> {
        loop {
            check()?;
            if !self.is_anything_left(db)? {
                return Ok(());
            }
            db.write_bulk(self.one_piece()).wait()?;
        }
    }

    fn is_anything_left(self, db: &Db) -> Result<bool> {
        let Self { table, gone, before, .. } = self;
        let read = db.read(move |conn| {
            let sql = format!("SELECT EXISTS(SELECT 1 FROM {table} WHERE {gone})");
            let mut statement = conn.prepare_cached(&sql).map_err(fault)?;
            statement.query_row([before.0], |row| row.get(0)).map_err(fault)
        });
        read.wait()
    }

    fn one_piece(self) -> Change {
        let Self { table, key, gone, before, piece, touches } = self;
        let mut change = Change::new();
        change.push(
            format!("DELETE FROM {table} WHERE {key} IN (SELECT {key} FROM {table} WHERE {gone} LIMIT ?2)"),
            vec![Value::from(before), Value::Int(piece)],
        );
        if let Some(set) = touches {
            change.touch(0, set);
        }
        change
    }
}
