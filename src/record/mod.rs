//! The engine over any kind: list, get, write, search, history, merge, export.
//!
//! Every function here is plain and synchronous and works through a [`View`]: a connection seen
//! with one viewer's eyes. Reads give ready bytes. Writes give a [`Planned`] change, checked
//! against what the viewer may do and guarded in SQL for what must still hold at commit.

mod activity;
mod breakdown;
mod bulk;
mod check;
mod cursor;
mod custom;
mod deeds;
mod delete;
mod duplicates;
mod export;
mod filter;
mod get;
mod idempotency;
mod import;
mod intake;
mod list;
mod locks;
mod lookup;
mod merge;
mod query;
mod recents;
mod row;
mod scope;
mod search;
mod select;
mod sql;
mod statistics;
mod stored;
mod summary;
mod wire;
mod workbook;
mod write;

use rusqlite::Connection;

use crate::db::{Change, SearchTable};
use crate::kernel::Id;
use crate::kind::{Access, Registry};

pub use activity::restore_old;
pub use breakdown::{Breakdown, By, Lines, Measure};
pub use bulk::{BulkAction, BulkItem, BulkRequest};
pub use check::{from_json, from_text};
pub use deeds::Deeds;
pub use export::{Exporter, Format, write_cell};
pub use get::Found;
pub use idempotency::Idempotency;
pub use import::{Imports, MAX_FILE, Piece, Unfinished};
pub use intake::Intake;
pub use list::Listing;
pub use locks::{LOCK_S, Lock, fence, tidy_locks};
pub use lookup::Titles;
pub use merge::{MergeRequest, MergeStep};
pub use query::{Query, Window};
pub use row::Row;
pub use select::Selection;
pub use statistics::{Refreshed, Statistics};
pub use stored::Stored;
pub use summary::Summary;
pub use wire::{write_text, write_value};
pub use workbook::workbook;
pub use write::prepare_row;

/// A connection seen with one viewer's eyes.
#[derive(Clone, Copy)]
pub struct View<'a> {
    pub conn: &'a Connection,
    pub registry: &'a Registry,
    pub access: &'a Access,
}

impl<'a> View<'a> {
    pub fn new(conn: &'a Connection, registry: &'a Registry, access: &'a Access) -> Self {
        Self { conn, registry, access }
    }
}

/// A change that passed every check on a reader and waits for its commit.
#[derive(Debug)]
pub struct Planned {
    pub id: Id,
    /// The version after the commit.
    pub version: i64,
    /// The record already is as asked for: there is nothing to commit.
    pub unchanged: bool,
    pub change: Change,
}

/// What the store must know to keep the search tables of these kinds.
pub fn search_tables(registry: &Registry) -> Vec<SearchTable> {
    registry
        .all()
        .filter(|(_, kind)| kind.fields.iter().any(|f| f.searched))
        .map(|(_, kind)| SearchTable {
            kind: kind.name,
            table: kind.table,
            words: kind.fields.iter().filter(|f| f.searched).map(|f| f.name).collect(),
            grams: kind.fields.iter().filter(|f| f.by_part).map(|f| f.name).collect(),
        })
        .collect()
}
