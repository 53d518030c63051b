//! Several queries that see one and the same state.

use rusqlite::Connection;

use crate::kernel::Result;

use super::group;

/// Runs `f` so that everything it reads stems from one snapshot, whatever is committed meanwhile.
/// A single query needs none of this: it is a snapshot by itself.
pub fn snapshot<T>(connection: &Connection, f: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
    group::run(connection, "BEGIN")?;
    let outcome = f(connection);
    // An error has ended it already in some cases; the reader looks after whatever is left.
    let ended = group::run(connection, "COMMIT");
    outcome.and_then(|value| ended.map(|()| value))
}
