//! How the server is at one moment: what alerts, score and report are drawn from.

use crate::db::Stats;
use crate::kernel::Moment;

use super::figures::{
    CacheFigures, ChoreFigures, EdgeFigures, LimitFigures, LiveFigures, MailFigures, StatisticFigures, UpstreamFigures,
    WebhookFigures,
};
use super::histogram::Counts;
use super::probe::Memory;

#[derive(Clone, Debug, Default)]
pub struct Sample {
    pub at: Option<Moment>,
    pub memory: Memory,
    pub memory_limit: u64,
    /// Over the last minute, in percent of what may be used.
    pub cpu: Option<f64>,
    pub disk_free: Option<u64>,
    /// Over the last minute, in percent.
    pub disk_busy: Option<f64>,
    pub store: Stats,
    pub store_lives: bool,
    pub most_reads: u64,
    pub most_changes: u64,
    /// Requests of the API over the last five minutes.
    pub requests: Counts,
    /// Reads of the database over the last five minutes.
    pub reads: Counts,
    /// By how much the answering threads were late, over the last minute.
    pub lag: Counts,
    /// The last five minutes' share of answers from the cache, in percent.
    pub hit_rate: Option<f64>,
    pub cache: Option<CacheFigures>,
    pub limits: Option<LimitFigures>,
    pub live: Option<LiveFigures>,
    pub statistics: Option<StatisticFigures>,
    pub mail: Option<MailFigures>,
    pub chores: Option<ChoreFigures>,
    pub upstream: Option<UpstreamFigures>,
    pub webhooks: Option<WebhookFigures>,
    pub edge: EdgeFigures,
    /// Backups are switched on.
    pub backs_up: bool,
    /// Since when the server runs.
    pub since: Option<Moment>,
}

/// So long after the start the cache has what people ask for, if it ever will.
const WARM_MS: i64 = 15 * 60 * 1000;

impl Sample {
    /// The server has run for long enough that its cache can be judged.
    pub fn is_warm(&self) -> bool {
        let ran = self.at.zip(self.since).map(|(at, since)| at.0 - since.0);
        ran.is_none_or(|ran| ran >= WARM_MS)
    }

    pub fn memory_percent(&self) -> Option<f64> {
        percent(self.memory.resident, self.memory_limit)
    }

    pub fn connections_percent(&self) -> Option<f64> {
        percent(self.edge.connections, self.edge.most_connections)
    }

    /// How full the fuller of the two waiting rooms of the database is.
    pub fn waiting_percent(&self) -> Option<f64> {
        let reads = percent(self.store.waiting_reads as u64, self.most_reads)?;
        let changes = percent(self.store.waiting_changes as u64, self.most_changes)?;
        Some(reads.max(changes))
    }

    /// Of the last backup; while there is none yet, of the server itself, which makes the first
    /// one soon after its start.
    pub fn backup_age_h(&self) -> Option<f64> {
        let from = self.edge.backup.map(|(at, _)| at).or(self.since)?;
        self.backs_up.then(|| (self.at.map_or(from.0, |at| at.0) - from.0) as f64 / 3_600_000.0)
    }
}

/// `None` of nothing.
pub fn percent(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 * 100.0 / whole as f64)
}
