//! Forward-only migrations. (Interim: applied in order at open.)

use rusqlite::Connection;

use crate::kernel::Result;

use super::fault;

/// Every migration: its file name and text, in order.
pub const MIGRATIONS: &[(&str, &str)] = &[];

/// Brings the database to the newest version.
pub fn run(connection: &mut Connection) -> Result<()> {
    for (_, sql) in MIGRATIONS {
        connection.execute_batch(sql).map_err(fault)?;
    }
    Ok(())
}
