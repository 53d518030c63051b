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

/// Notes that the running read is about to run this statement.
pub fn note(sql: &str) {
    WATCH.with_borrow_mut(|watch| {
        let Some(seen) = watch.seen else { return };
        let Some(tables) = &watch.tables else {
            watch.seen = Some(TableSet::ALL);
            return;
        };
        if watch.known.len() >= TEXTS {
            watch.known.clear();
        }
        watch.seen = Some(seen | *watch.known.entry(xxh3_64(sql.as_bytes())).or_insert_with(|| tables.named_in(sql)));
    });
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
