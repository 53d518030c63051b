//! The table of chores.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use crate::db::retain;
use crate::file;
use crate::kernel::{Error, Moment, Result};
use crate::notify;

use super::Household;

type Work<'a> = Pin<Box<dyn Future<Output = Result<()>> + 'a>>;

/// One piece of work that comes round again.
pub struct Chore {
    pub name: &'static str,
    /// So long after the start for the first time.
    pub first: Duration,
    /// So long after it was done.
    pub every: Duration,
    pub run: for<'a> fn(&'a Household) -> Work<'a>,
}

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);
const FIVE_MINUTES: Duration = Duration::from_secs(5 * 60);
const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);

pub const CHORES: &[Chore] = &[
    Chore { name: "limits", first: SECOND, every: SECOND, run: |h| Box::pin(limits(h)) },
    // Not at the start itself: a server that is restarted again and again would do little else.
    Chore { name: "backup", first: MINUTE, every: HOUR, run: |h| Box::pin(backup(h)) },
    Chore { name: "files", first: HOUR, every: DAY, run: |h| Box::pin(sweep(h)) },
    // R19: it knows of business hours itself.
    Chore { name: "statistics", first: FIVE_MINUTES, every: FIVE_MINUTES, run: |h| Box::pin(statistics(h)) },
    Chore { name: "tidy", first: MINUTE, every: HOUR, run: |h| Box::pin(tidy(h)) },
];

/// Keeps failed sign-ins and penalties over a restart.
async fn limits(household: &Household) -> Result<()> {
    household.limiter.write(&household.db, Moment::now());
    Ok(())
}

/// Sessions, links and penalties that have ended; drafts of imports that nobody started.
async fn tidy(household: &Household) -> Result<()> {
    household.auth.tidy(Moment::now()).await?;
    household.db.write(household.limiter.tidy(Moment::now())).await?;
    household.db.write(notify::tidy(Moment::now())).await?;
    // It waits for the database, so not on the thread whose other chores are due by the second.
    let imports = Arc::clone(&household.imports);
    tokio::task::spawn_blocking(move || imports.tidy()).await.map_err(Error::internal)?
}

/// Statistics are exact at every commit; this is their check.
async fn statistics(household: &Household) -> Result<()> {
    let statistics = Arc::clone(&household.statistics);
    tokio::task::spawn_blocking(move || statistics.refresh_due(Moment::now())).await.map_err(Error::internal)?
}

/// Bytes that no record refers to any more. It waits for the database and for the disk.
async fn sweep(household: &Household) -> Result<()> {
    let (files, db) = (Arc::clone(&household.files), Arc::clone(&household.db));
    let swept = tokio::task::spawn_blocking(move || files.sweep(&db, Moment::now())).await;
    match swept.map_err(Error::internal)?? {
        0 => {}
        removed => tracing::info!(removed, "removed files that no record refers to"),
    }
    Ok(())
}

/// A verified copy; the copies that are no longer needed go after it was made, never before.
async fn backup(household: &Household) -> Result<()> {
    let (hourly, daily) = (household.config.backup_hourly, household.config.backup_daily);
    if hourly == 0 {
        return Ok(());
    }
    household.db.backup_into(&household.backups).await?;
    retain(&household.backups, hourly as usize, daily as usize)?;
    let (data, backups) = (household.config.data.clone(), household.backups.clone());
    tokio::task::spawn_blocking(move || file::back_up(&data, &backups, Moment::now())).await.map_err(Error::internal)?
}
