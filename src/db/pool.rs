//! The pool of three connections and how each is set up. Only the writer thread and the two reader
//! threads ever take from it, and each keeps what it took for as long as it is healthy.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use r2d2::{ManageConnection, PooledConnection};
use r2d2_sqlite::SqliteConnectionManager;
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use scheduled_thread_pool::ScheduledThreadPool;

use crate::kernel::{Error, Result};

use super::fault;

/// One writer, two readers: no fourth connection to the live file exists in this process.
const CONNECTIONS: u32 = 3;

/// How long a thread waits for its connection before it looks whether something is wrong.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often it looks. To open one may be to read what a killed server left in its log, which takes a
/// while on a slow disk; whoever waits is a thread of the database, nobody's request.
const LOOKS: u32 = 15;

/// Generated SQL comes from a bounded set of texts; this keeps all of them prepared.
const STATEMENTS: usize = 256;

/// The oldest SQLite without the corruption that two connections could cause by resetting the WAL.
const OLDEST_SQLITE: i32 = 3_051_003;

/// Set on every connection, then read back: a pragma that SQLite does not know is silently ignored.
const PRAGMAS: [(&str, &str); 10] = [
    ("busy_timeout", "5000"),
    ("foreign_keys", "1"),
    // The writer checkpoints when it has time, never inside somebody's commit.
    ("wal_autocheckpoint", "0"),
    // What the WAL file may keep on disk after it was restarted.
    ("journal_size_limit", "16777216"),
    // With memory mapping an I/O error would kill the process.
    ("mmap_size", "0"),
    // 16 MiB each, in KiB since it is negative. Pages are taken as they are needed, and all are
    // given back after ten idle seconds.
    ("cache_size", "-16384"),
    ("temp_store", "2"),
    // Triggers and views may use built-in functions only.
    ("trusted_schema", "0"),
    // Both are limits of the whole process: at the first SQLite recycles pages, at the second it
    // fails a statement rather than the server.
    ("soft_heap_limit", "67108864"),
    ("hard_heap_limit", "268435456"),
];

/// Far above what Larder's own statements need, far below what could hurt.
const LIMITS: [(Limit, i32); 8] = [
    (Limit::SQLITE_LIMIT_ATTACHED, 0),
    (Limit::SQLITE_LIMIT_LENGTH, 64 << 20),
    (Limit::SQLITE_LIMIT_SQL_LENGTH, 512 << 10),
    (Limit::SQLITE_LIMIT_EXPR_DEPTH, 250),
    (Limit::SQLITE_LIMIT_COMPOUND_SELECT, 50),
    (Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000),
    (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 50),
    (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
];

/// A connection in the hands of its thread.
pub type Lent = PooledConnection<Manager>;

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Role {
    Writer,
    Reader,
}

/// r2d2's manager for SQLite, except that nothing handed back is ever lent again: a thread gives
/// its connection back only when it is broken or when the database closes.
pub struct Manager(SqliteConnectionManager);

impl ManageConnection for Manager {
    type Connection = Connection;
    type Error = rusqlite::Error;

    fn connect(&self) -> rusqlite::Result<Connection> {
        self.0.connect()
    }

    fn is_valid(&self, connection: &mut Connection) -> rusqlite::Result<()> {
        self.0.is_valid(connection)
    }

    fn has_broken(&self, _: &mut Connection) -> bool {
        true
    }
}

/// The pool over one database file. Connections are opened when they are first taken.
#[derive(Clone)]
pub struct Pool {
    pool: r2d2::Pool<Manager>,
    last_error: LastError,
}

impl Pool {
    pub fn open(file: &Path, read_only: bool) -> Result<Self> {
        let access = if read_only {
            OpenFlags::SQLITE_OPEN_READ_ONLY
        } else {
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE
        };
        let manager = SqliteConnectionManager::file(file)
            // A connection never leaves its thread, so SQLite need not lock it.
            .with_flags(access | OpenFlags::SQLITE_OPEN_NO_MUTEX)
            .with_init(move |connection| set_up(connection, read_only));
        let last_error = LastError::default();
        let opener = ScheduledThreadPool::builder().num_threads(1).thread_name_pattern("larder-pool").build();
        let pool = r2d2::Pool::builder()
            .max_size(CONNECTIONS)
            .min_idle(Some(0))
            .max_lifetime(None)
            .idle_timeout(None)
            .connection_timeout(PATIENCE)
            .test_on_check_out(false)
            .thread_pool(Arc::new(opener))
            .error_handler(Box::new(last_error.clone()))
            .build(Manager(manager))
            .map_err(Error::internal)?;
        Ok(Self { pool, last_error })
    }

    /// A connection, or why none could be opened. The pool itself says only that it took too long.
    fn connect(&self) -> Result<Lent> {
        let mut looks = 1;
        loop {
            match self.pool.get() {
                Ok(connection) => return Ok(connection),
                Err(error) => match self.last_error.0.lock().take() {
                    Some(failure) => return Err(failure),
                    None if looks < LOOKS => looks += 1,
                    None => return Err(Error::internal(error)),
                },
            }
        }
    }

    /// Takes a connection for good and gives it its role.
    pub fn take(&self, role: Role) -> Result<Lent> {
        let connection = self.connect()?;
        let (pragma, value) = match role {
            // Every commit is on disk before anybody hears of it.
            Role::Writer => ("synchronous", "2"),
            Role::Reader => ("query_only", "1"),
        };
        set_pragma(&connection, pragma, value).map_err(fault)?;
        Ok(connection)
    }
}

/// Whether a connection is still of use to its role after something went wrong on it.
pub fn is_healthy(connection: &Connection, role: Role) -> bool {
    let reads = || connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).is_ok();
    // A file that was moved away can still be read.
    let writes = || connection.execute_batch("BEGIN IMMEDIATE; ROLLBACK").is_ok();
    connection.is_autocommit() && reads() && (role == Role::Reader || writes())
}

/// Refuses a library that is known to corrupt databases in WAL mode.
pub fn check_library() -> Result<()> {
    if rusqlite::version_number() < OLDEST_SQLITE {
        return Err(Error::internal(format!("SQLite {} is too old: 3.51.3 is needed", rusqlite::version())));
    }
    Ok(())
}

fn set_up(connection: &mut Connection, read_only: bool) -> rusqlite::Result<()> {
    for (limit, value) in LIMITS {
        connection.set_limit(limit, value)?;
    }
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    // A quoted word that names no column is a mistake, not a string.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    // A plan is made once for a text and kept, whatever its parameters: otherwise a statement whose
    // parameters could choose between indexes is parsed again each time it runs.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    for (pragma, value) in PRAGMAS {
        set_pragma(connection, pragma, value)?;
    }
    if !read_only {
        set_pragma(connection, "journal_mode", "wal")?;
    }
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(())
}

fn set_pragma(connection: &Connection, pragma: &str, value: &str) -> rusqlite::Result<()> {
    connection.execute_batch(&format!("PRAGMA {pragma}={value}"))?;
    let found = connection.query_row(&format!("PRAGMA {pragma}"), [], |row| {
        Ok(match row.get_ref(0)? {
            ValueRef::Integer(n) => n.to_string(),
            other => other.as_str().unwrap_or_default().to_owned(),
        })
    })?;
    if found == value {
        return Ok(());
    }
    let message = format!("PRAGMA {pragma} is {found} and not {value}");
    Err(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_MISUSE), Some(message)))
}

/// Why a connection could not be opened the last time; the pool itself only says that it was not.
#[derive(Clone, Debug, Default)]
struct LastError(Arc<Mutex<Option<Error>>>);

impl r2d2::HandleError<rusqlite::Error> for LastError {
    fn handle_error(&self, error: rusqlite::Error) {
        *self.0.lock() = Some(fault(error));
    }
}
