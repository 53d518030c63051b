//! Forward-only migrations. (Interim: applied in order at open.)

use rusqlite::Connection;

use crate::kernel::Result;

use super::fault;

/// Every migration: its file name and text, in order.
pub const MIGRATIONS: &[(&str, &str)] = &[
    ("0001_base.sql", include_str!("../../migrations/0001_base.sql")),
    ("0002_people_and_lists.sql", include_str!("../../migrations/0002_people_and_lists.sql")),
    ("0003_catalogue.sql", include_str!("../../migrations/0003_catalogue.sql")),
    ("0004_customers.sql", include_str!("../../migrations/0004_customers.sql")),
    ("0005_field_work.sql", include_str!("../../migrations/0005_field_work.sql")),
    ("0006_about_records.sql", include_str!("../../migrations/0006_about_records.sql")),
    ("0007_moves.sql", include_str!("../../migrations/0007_moves.sql")),
    ("0008_search.sql", include_str!("../../migrations/0008_search.sql")),
];

/// Brings the database to the newest version.
pub fn run(connection: &mut Connection) -> Result<()> {
    for (_, sql) in MIGRATIONS {
        connection.execute_batch(sql).map_err(fault)?;
    }
    Ok(())
}
