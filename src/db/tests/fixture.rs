//! A small database in a folder of its own: things with parts, a history, and a search index.

use std::sync::Arc;

use tempfile::TempDir;

use crate::db::migrate::Migration;
use crate::db::{Change, Db, Options, SearchTable, Value};
use crate::kernel::Result;

pub const SCHEMA: Migration = (
    "0001_things.sql",
    "CREATE TABLE things (
        seq INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, tenant_id INTEGER NOT NULL, version INTEGER NOT NULL DEFAULT 1,
        deleted_at INTEGER, name TEXT NOT NULL, serial TEXT) STRICT;
    CREATE INDEX things_by_name ON things(tenant_id, name);
    CREATE TABLE parts (seq INTEGER PRIMARY KEY, thing INTEGER NOT NULL REFERENCES things(seq), name TEXT UNIQUE) STRICT;
    CREATE TABLE history (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, thing INTEGER NOT NULL, what TEXT NOT NULL) STRICT;
    CREATE INDEX history_by_thing ON history(thing, seq);
    CREATE VIEW guard(code) AS SELECT NULL WHERE 0;
    CREATE TRIGGER guard_raises INSTEAD OF INSERT ON guard BEGIN SELECT RAISE(ABORT, 'guard:' || NEW.code); END;
    CREATE TABLE search_dirty (kind TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (kind, seq)) STRICT, WITHOUT ROWID;
    CREATE TRIGGER things_ai AFTER INSERT ON things BEGIN INSERT OR IGNORE INTO search_dirty VALUES ('things', NEW.seq); END;
    CREATE TRIGGER things_au AFTER UPDATE OF name, serial, deleted_at ON things
        BEGIN INSERT OR IGNORE INTO search_dirty VALUES ('things', NEW.seq); END;
    CREATE TRIGGER things_ad AFTER DELETE ON things BEGIN INSERT OR IGNORE INTO search_dirty VALUES ('things', OLD.seq); END;
    CREATE VIRTUAL TABLE things_words USING fts5(name, serial, tenant, content='', contentless_delete=1,
        tokenize=\"porter unicode61 remove_diacritics 2\");
    CREATE VIRTUAL TABLE things_grams USING fts5(name, serial, content='', contentless_delete=1, tokenize='trigram');",
);

/// A database in a folder that vanishes with it.
pub struct Larder {
    pub db: Arc<Db>,
    pub folder: TempDir,
}

impl Larder {
    pub fn new() -> Self {
        Self::with(options())
    }

    pub fn with(options: Options) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let db = Db::open_with(folder.path(), options, &[SCHEMA]).expect("a database");
        Self { db, folder }
    }

    /// Opens the folder again after what `db` held was closed.
    pub fn reopen(&mut self) -> Result<()> {
        self.db.close();
        self.db = Db::open_with(self.folder.path(), options(), &[SCHEMA])?;
        Ok(())
    }

    pub fn write(&self, change: Change) -> Result<()> {
        self.db.write(change).wait()
    }

    pub fn count(&self, sql: &'static str) -> i64 {
        self.db.read(move |c| c.query_row(sql, [], |row| row.get(0)).map_err(crate::db::fault)).wait().expect("a count")
    }
}

pub fn options() -> Options {
    let search = vec![SearchTable {
        kind: "things",
        table: "things",
        words: vec!["name", "serial"],
        grams: vec!["name", "serial"],
    }];
    Options { search, ..Options::default() }
}

/// A change that adds a thing and a line of history.
pub fn thing(seq: i64, name: &str) -> Change {
    let mut change = Change::new();
    change.push(
        "INSERT INTO things(seq, id, tenant_id, name, serial) VALUES (?1, ?2, 1, ?3, ?4)",
        vec![seq.into(), crate::kernel::Id::new().into(), name.into(), format!("SN-{seq:06}").into()],
    );
    change.push("INSERT INTO history(at, thing, what) VALUES (0, ?1, 'create')", vec![seq.into()]);
    change.touch(1, "things");
    change
}

/// A change that adds a part to a thing that may not exist.
pub fn part(thing: i64, name: &str) -> Change {
    let mut change = Change::new();
    change.push("INSERT INTO parts(thing, name) VALUES (?1, ?2)", vec![thing.into(), Value::text(name)]);
    change
}
