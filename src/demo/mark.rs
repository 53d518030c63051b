//! What the folder says about the demo: that it was begun, how far it came, that it is complete.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};

use crate::db::{Change, Value, fault};
use crate::kernel::{Error, Moment, Result};

/// The name of the fact in the table `server`.
const NAME: &str = "demo";

/// Kept beside the data and written with every slice, so that it never says more than is true.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// The moment from which the demo is told; a fill that is carried on tells the same.
    #[serde(with = "milliseconds")]
    pub now: Moment,
    pub scale: usize,
    /// How many slices are written.
    pub slices: u64,
    pub filled: bool,
}

/// What a folder holds.
#[derive(Debug, PartialEq)]
pub enum Folder {
    Empty,
    /// The demo, complete or not.
    Demo(Mark),
    /// Somebody's data.
    Other,
}

/// Looks at what is there.
pub fn look(connection: &Connection) -> Result<Folder> {
    let value: Option<Vec<u8>> = connection
        .query_row("SELECT value FROM server WHERE name = ?1", [NAME], |row| row.get(0))
        .optional()
        .map_err(fault)?;
    if let Some(value) = value {
        return serde_json::from_slice(&value).map(Folder::Demo).map_err(Error::internal);
    }
    let somebody: bool = connection
        .query_row("SELECT EXISTS (SELECT 1 FROM tenants) OR EXISTS (SELECT 1 FROM identities)", [], |row| row.get(0))
        .map_err(fault)?;
    Ok(if somebody { Folder::Other } else { Folder::Empty })
}

impl Mark {
    /// Writes it down, in place of what was there.
    pub fn write(&self) -> Change {
        let json = serde_json::to_vec(self).unwrap_or_default();
        let mut change = Change::new();
        change.push(
            "INSERT INTO server(name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            vec![NAME.into(), Value::Blob(Arc::from(json))],
        );
        change
    }
}

mod milliseconds {
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::kernel::Moment;

    pub fn serialize<S: Serializer>(moment: &Moment, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_i64(moment.0)
    }
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Moment, D::Error> {
        i64::deserialize(from).map(Moment)
    }
}
