//! The server's own housekeeping: copies of the data, and what has ended goes.

use serde_json::{Value as Json, json};

use crate::db::retain;
use crate::file;
use crate::kernel::{Moment, Result};
use crate::notify::{self, webhook};
use crate::stream::{Progress, Step};
use crate::upstream;

use super::{Household, Task, documents, queue};

pub fn backs_up(household: &Household, _: i64) -> Result<bool> {
    Ok(household.config.backup_hourly > 0)
}

/// A verified copy; the copies that are no longer needed go after it was made, never before.
pub fn backup(household: &Household, task: &Task) -> Result<Json> {
    let (hourly, daily) = (household.config.backup_hourly, household.config.backup_daily);
    let made = household.db.backup_into(&household.backups).wait()?;
    retain(&household.backups, hourly as usize, daily as usize)?;
    task.tell(Step::new("files", 70.0, "The database is copied and verified. Now the files"))?;
    file::back_up(&household.config.data, &household.backups, Moment::now())?;
    Ok(json!({ "bytes": made.bytes }))
}

/// Bytes that no record refers to any more.
pub fn sweep(household: &Household, _: &Task) -> Result<Json> {
    let removed = household.files.sweep(&household.db, Moment::now())?;
    Ok(json!({ "removed": removed }))
}

/// Sessions, links and penalties that have ended; drafts of imports that nobody started; streams, chores
/// and documents of reports that are kept no longer; what the portal asked long ago.
pub fn tidy(household: &Household, task: &Task) -> Result<Json> {
    let now = Moment::now();
    household.wait(household.auth.tidy(now))??;
    household.db.write(household.limiter.tidy(now)).wait()?;
    household.wait(household.live.tidy())??;
    household.imports.tidy()?;
    let chores = queue::outdated(household.config.chores_days, now);
    let told = webhook::outdated(household.config.webhooks_keep_days, now);
    let others = [documents::outdated(now), household.streams.outdated(now), chores, told];
    let portal = upstream::outdated(household.config.upstream_keep_days, now);
    for purge in notify::outdated(now).into_iter().chain(others).chain(portal) {
        purge.run(&household.db, &|| task.check())?;
    }
    Ok(json!({}))
}

/// Statistics are exact at every commit; this is their check (R19).
pub fn statistics(household: &Household, task: &Task) -> Result<Json> {
    let found = household.statistics.refresh_dashboard_stats(task.chore.tenant)?;
    Ok(json!(found))
}
