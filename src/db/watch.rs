//! Watches which tables a read has looked at and which tables a change has written to.
//!
//! A reader's thread notes the text of each statement that it prepares, and knows from it which
//! tables are named there. The writer is told of every row by SQLite's update hook, those that
//! triggers changed included.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use rusqlite::Connection;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use xxhash_rust::xxh3::xxh3_64;

use super::change::{Statement, Touch};
use super::tables::{TableSet, Tables};

/// Texts that a thread remembers; they come from a bounded set, so this is never reached.
const TEXTS: usize = 4096;

thread_local! {
    static WATCH: RefCell<Watch> = RefCell::default();
}

#[derive(Default)]
struct Watch {
    tables: Option<Arc<Tables>>,
    known: HashMap<u64, TableSet>,
    seen: Option<TableSet>,
}

/// Lets this thread know the tables; without them it takes every read for one of everything.
pub(super) fn install(tables: &Arc<Tables>) {
    WATCH.with_borrow_mut(|watch| watch.tables = Some(Arc::clone(tables)));
}

/// Notes that the running read is about to run this statement on this connection.
pub fn note(connection: &Connection, sql: &str) {
    WATCH.with_borrow_mut(|watch| {
        let Some(seen) = watch.seen else { return };
        let Some(tables) = &watch.tables else {
            watch.seen = Some(TableSet::ALL);
            return;
        };
        if watch.known.len() >= TEXTS {
            watch.known.clear();
        }
        let named = watch.known.entry(xxh3_64(sql.as_bytes())).or_insert_with(|| {
            let named = tables.named_in(sql);
            debug_assert_eq!(unnamed(connection, tables, sql, named), TableSet::default(), "{sql}");
            named
        });
        watch.seen = Some(seen | *named);
    });
}

/// The tables that SQLite itself says a statement reads, without those that were found in its text:
/// none, or answers would be shown that a change has outdated. Every test that reads anything asks.
fn unnamed(connection: &Connection, tables: &Arc<Tables>, sql: &str, named: TableSet) -> TableSet {
    let told = Arc::<[AtomicU64; 2]>::default();
    let (heard, numbers) = (Arc::clone(&told), Arc::clone(tables));
    let hear = move |context: AuthContext<'_>| {
        if let AuthAction::Read { table_name, .. } = context.action
            && let Some(number) = numbers.number(table_name)
        {
            add(&heard, TableSet::only(number));
        }
        Authorization::Allow
    };
    let prepared = connection.authorizer(Some(hear)).and_then(|()| connection.prepare(sql).map(drop));
    let deaf = connection.authorizer(None::<fn(AuthContext<'_>) -> Authorization>);
    // What cannot be prepared reads nothing.
    if prepared.is_err() || deaf.is_err() {
        return TableSet::default();
    }
    TableSet::of_halves([told[0].load(Relaxed), told[1].load(Relaxed)]).without(named)
}

/// Runs `f` and tells which tables it looked at.
pub fn watched<T>(f: impl FnOnce() -> T) -> (T, TableSet) {
    let look = Look;
    WATCH.with_borrow_mut(|watch| watch.seen = Some(TableSet::default()));
    let out = f();
    let seen = WATCH.with_borrow(|watch| watch.seen.unwrap_or(TableSet::ALL));
    drop(look);
    (out, seen)
}

/// Ends the watching, after a panic too: the thread goes on.
struct Look;

impl Drop for Look {
    fn drop(&mut self) {
        WATCH.with_borrow_mut(|watch| watch.seen = None);
    }
}

/// What was written on a connection since somebody last asked.
pub struct Written {
    tables: Arc<Tables>,
    told: Arc<[AtomicU64; 2]>,
    /// The connection would not tell, so everything may have been.
    deaf: bool,
}

impl Written {
    /// Has the connection tell of every row that it changes.
    pub fn watch(connection: &Connection, tables: &Arc<Tables>) -> Self {
        let told = Arc::<[AtomicU64; 2]>::default();
        let (heard, numbers) = (Arc::clone(&told), Arc::clone(tables));
        // Rows come many of one table at a time.
        let mut last = (String::new(), TableSet::default());
        let hook = move |_, _: &str, table: &str, _| {
            if last.0 != table {
                last = (table.to_owned(), numbers.number(table).map_or(TableSet::ALL, TableSet::only));
            }
            add(&heard, last.1);
        };
        let hooked = connection.update_hook(Some(hook));
        if let Err(error) = &hooked {
            tracing::error!(%error, "SQLite does not tell what it writes, so nothing can be cached for long");
        }
        Self { tables: Arc::clone(tables), told, deaf: hooked.is_err() }
    }

    /// What was written since the last call, by tenant; by 0 where nobody said whose it is.
    pub fn take(&self, touched: &[Touch], statements: &[Statement]) -> Vec<(i64, TableSet)> {
        let [low, high] = &*self.told;
        let mut set = TableSet::of_halves([low.swap(0, Relaxed), high.swap(0, Relaxed)]);
        for statement in statements {
            set |= self.tables.written_silently(&statement.sql);
        }
        if self.deaf {
            set = TableSet::ALL;
        }
        match touched {
            _ if set.is_empty() => Vec::new(),
            [] => vec![(0, set)],
            _ if touched.iter().any(|touch| touch.tenant == 0) => vec![(0, set)],
            _ => {
                let mut tenants: Vec<i64> = touched.iter().map(|touch| touch.tenant).collect();
                tenants.sort_unstable();
                tenants.dedup();
                tenants.into_iter().map(|tenant| (tenant, set)).collect()
            }
        }
    }

    /// Forgets what was undone.
    pub fn forget(&self) {
        self.told.iter().for_each(|half| half.store(0, Relaxed));
    }
}

fn add(told: &[AtomicU64; 2], set: TableSet) {
    for (half, bits) in told.iter().zip(set.halves()) {
        half.fetch_or(bits, Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_view_hides_is_found_out() {
        let connection = Connection::open_in_memory().expect("a database");
        connection
            .execute_batch("CREATE TABLE sites(name TEXT); CREATE VIEW places AS SELECT name FROM sites;")
            .expect("tables");
        let tables = Arc::new(Tables::read(&connection).expect("read"));
        let unnamed = |sql: &str| unnamed(&connection, &tables, sql, tables.named_in(sql));
        assert!(unnamed("SELECT name FROM sites").is_empty());
        assert_eq!(tables.names(unnamed("SELECT name FROM places")).collect::<Vec<_>>(), ["sites"]);
    }

    #[test]
    fn a_read_tells_what_it_looked_at_and_no_more_after_a_panic() {
        let connection = Connection::open_in_memory().expect("a database");
        connection.execute_batch("CREATE TABLE a(x); CREATE TABLE b(x);").expect("tables");
        let tables = Arc::new(Tables::read(&connection).expect("read"));
        install(&tables);
        let seen = |sql: &str| watched(|| note(&connection, sql)).1;
        assert_eq!(tables.names(seen("SELECT x FROM a")).collect::<Vec<_>>(), ["a"]);
        let broken = std::panic::catch_unwind(|| watched(|| panic!("on purpose")));
        assert!(broken.is_err());
        assert_eq!(tables.names(seen("SELECT x FROM b")).collect::<Vec<_>>(), ["b"]);
    }

    #[test]
    fn a_change_tells_what_it_wrote_its_triggers_included() {
        let connection = Connection::open_in_memory().expect("a database");
        connection
            .execute_batch(
                "CREATE TABLE a(x); CREATE TABLE b(x); CREATE TABLE c(x);
                 CREATE TRIGGER follows AFTER INSERT ON a BEGIN INSERT INTO b(x) VALUES (new.x); END;",
            )
            .expect("tables");
        let tables = Arc::new(Tables::read(&connection).expect("read"));
        let written = Written::watch(&connection, &tables);
        connection.execute("INSERT INTO a(x) VALUES (1)", []).expect("written");
        let both = tables.named_in("a b");
        assert_eq!(written.take(&[Touch { tenant: 7, set: "a" }], &[]), [(7, both)]);
        connection.execute("UPDATE c SET x = 2 WHERE x = 3", []).expect("nothing to write");
        assert_eq!(written.take(&[], &[]), []);
        connection.execute("DELETE FROM b WHERE x = 1", []).expect("gone");
        assert_eq!(written.take(&[], &[]), [(0, tables.named_in("b"))]);
    }
}
