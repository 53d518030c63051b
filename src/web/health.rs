//! Is the server alive, ready, well?

use std::time::Duration;

use actix_web::http::StatusCode;
use serde_json::{Value, json};

use crate::db::{backups, free_space};
use crate::kernel::{Error, Moment, Result};

use super::answer::{Answer, JSON};
use super::app::{App, backup_folder};
use super::call::Call;

/// Below this the disk is a warning, and below a tenth of it a failure.
const DISK_LOW: u64 = 1_000_000_000;
const WAL_HIGH: u64 = 64 * 1024 * 1024;
const STALE_BACKUP_S: i64 = 2 * 3600;
/// A probe that the database does not answer in this time has failed.
const PATIENCE: Duration = Duration::from_secs(2);

/// The process answers. Never touches the database.
pub async fn live(_: Call) -> Result<Answer> {
    Ok(Answer::text("ok\n"))
}

/// Migrated, and filled where a demo was asked for.
pub async fn ready(call: Call) -> Result<Answer> {
    if !call.app.is_ready() {
        return Err(Error::busy("filling", "The demo is being filled in. Try again in a moment."));
    }
    call.app.db.read(|_| Ok(())).await?;
    Ok(Answer::text("ready\n"))
}

/// Everything that can be told to be well or not, each with what to do about it.
pub async fn well(call: Call) -> Result<Answer> {
    let app = &call.app;
    let checks = [
        database(app).await,
        writer(app),
        log(app),
        disk(app).await,
        backup(app).await,
        connections(app),
        forwarding(app),
    ];
    let worst = checks.iter().map(|check| check.level).max().unwrap_or(Level::Pass);
    let body = json!({
        "status": worst.as_str(),
        "version": env!("CARGO_PKG_VERSION"),
        "checks": checks.iter().map(|check| (check.name.to_owned(), check.shown())).collect::<serde_json::Map<_, _>>(),
    });
    let status = if worst == Level::Fail { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK };
    Ok(Answer::new(status, JSON, body.to_string()))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Pass,
    Warn,
    Fail,
}

impl Level {
    fn as_str(self) -> &'static str {
        ["pass", "warn", "fail"][self as usize]
    }
}

struct Check {
    name: &'static str,
    level: Level,
    /// What was found, and where it is not well, what to do.
    message: String,
    value: Value,
}

impl Check {
    fn new(name: &'static str, level: Level, message: impl Into<String>, value: Value) -> Self {
        Self { name, level, message: message.into(), value }
    }
    fn shown(&self) -> Value {
        json!({"status": self.level.as_str(), "message": self.message, "value": self.value})
    }
}

async fn database(app: &App) -> Check {
    // A read that does nothing still takes its turn at a reader thread and its connection.
    let probe = app.db.read(|_| Ok(()));
    let broken =
        |message: &str| Check::new("database", Level::Fail, format!("{message} Run `larder doctor`."), Value::Null);
    match tokio::time::timeout(PATIENCE, probe).await {
        _ if !app.db.ready() => broken("A thread of the database has ended."),
        _ if app.db.stats().damaged > 0 => broken("The database is damaged."),
        Ok(Ok(())) => Check::new("database", Level::Pass, "The database answers.", Value::Null),
        Ok(Err(_)) => broken("The database does not answer."),
        Err(_) => broken("The database takes too long."),
    }
}

fn writer(app: &App) -> Check {
    let stats = app.db.stats();
    let waiting = stats.waiting_changes + stats.waiting_bulk_changes;
    let value = json!({"waiting": waiting, "committed": stats.changes});
    match waiting {
        0..=500 => Check::new("writer", Level::Pass, "Changes are committed as they come.", value),
        _ => Check::new("writer", Level::Warn, "Many changes wait. The disk may be slow.", value),
    }
}

fn log(app: &App) -> Check {
    let bytes = app.db.stats().wal_bytes;
    if bytes <= WAL_HIGH {
        Check::new("write_ahead_log", Level::Pass, "The write-ahead log is small.", json!(bytes))
    } else {
        Check::new("write_ahead_log", Level::Warn, "The write-ahead log grows: a long read holds it.", json!(bytes))
    }
}

async fn disk(app: &App) -> Check {
    let folder = app.config.data.clone();
    let free = actix_web::web::block(move || free_space(&folder));
    match free.await.ok().flatten() {
        None => Check::new("disk", Level::Pass, "The free space of this file system cannot be told.", Value::Null),
        Some(free) if free >= DISK_LOW => Check::new("disk", Level::Pass, "There is room on the disk.", json!(free)),
        Some(free) => {
            let level = if free < DISK_LOW / 10 { Level::Fail } else { Level::Warn };
            Check::new("disk", level, "The disk is nearly full. Free some space, or move the data folder.", json!(free))
        }
    }
}

async fn backup(app: &App) -> Check {
    let check = |level, message: &str, value| Check::new("backup", level, message, value);
    if app.config.backup_hourly == 0 {
        return check(Level::Warn, "Backups are switched off. Set backup.hourly to keep some.", Value::Null);
    }
    let folder = backup_folder(&app.config.data);
    let found = actix_web::web::block(move || backups(&folder)).await.ok().and_then(Result::ok).unwrap_or_default();
    let Some((at, _)) = found.first() else {
        return check(Level::Pass, "There is no backup yet; the first follows within the hour.", Value::Null);
    };
    let age_s = (Moment::now().0 - at.0) / 1000;
    let value = json!({"at": at.to_string(), "age_s": age_s});
    match age_s {
        ..=STALE_BACKUP_S => check(Level::Pass, "The last backup is fresh and verified.", value),
        _ => check(Level::Warn, "The last backup is more than two hours old. The log says what went wrong.", value),
    }
}

fn connections(app: &App) -> Check {
    let (open, most) = app.reaper.load();
    let level = if open * 10 > most * 9 { Level::Warn } else { Level::Pass };
    let message = match level {
        Level::Pass => "There is room for more connections.",
        _ => "Nearly all connections are taken. Raise http.max_connections, or look for who holds them.",
    };
    Check::new("connections", level, message, json!({"open": open, "most": most}))
}

fn forwarding(app: &App) -> Check {
    match app.strange_forwarding.get() {
        None => Check::new("forwarding", Level::Pass, "No forwarding headers came from strangers.", Value::Null),
        Some(peer) => {
            let message = format!(
                "{peer} sends forwarding headers, which are ignored: all its visitors count as one. If it is your \
                 proxy, set http.trusted_proxies = {peer}"
            );
            Check::new("forwarding", Level::Warn, message, json!(format!("http.trusted_proxies = {peer}")))
        }
    }
}
