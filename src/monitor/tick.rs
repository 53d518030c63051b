//! One look at everything: figures into their windows, thresholds, and what has to be done.

use std::sync::Arc;

use crate::db::Db;
use crate::kernel::{Moment, Result};

use super::alert::{Alert, Alerts, Severity};
use super::rules::hit_rate;
use super::sample::Sample;
use super::series::Window;
use super::{Monitor, ledger, probe};

/// While memory stays critical, it is cleaned up again after so long.
const CLEAN_UP_MS: i64 = 30_000;
const HOUR_S: i64 = 3600;

impl Monitor {
    /// Goes on with the alerts that the last run left open. Waits for the database.
    pub fn resume(&self, db: &Db) -> Result<()> {
        let kept = db.read(ledger::read).wait()?;
        *self.alerts.lock() = Alerts::resume(kept);
        Ok(())
    }

    /// Looks at the server. Waits for the database, so it is not for an async thread.
    pub fn tick(&self, db: &Db, now: Moment) {
        let sample = Arc::new(self.look(db, now));
        *self.present.lock() = Arc::clone(&sample);
        let changed = self.alerts.lock().observe(&sample, &self.config, now);
        changed.iter().for_each(announce);
        self.clean_up(now);
        self.keep(db, &changed, now);
        self.explain(db);
        self.slow.tidy(now);
    }

    fn look(&self, db: &Db, now: Moment) -> Sample {
        self.tallies().for_each(|tally| tally.collect(now));
        let sources = self.sources.read().clone();
        let host = self.probes.lock().look(now);
        let mut sample = Sample {
            at: Some(now),
            since: Some(self.since),
            memory: host.memory,
            memory_limit: sources.memory_limit.map_or_else(probe::memory_limit, |limit| limit()),
            cpu: host.cpu,
            disk_free: host.disk_free,
            disk_busy: host.disk_busy,
            store: db.stats(),
            store_lives: db.ready(),
            most_reads: self.config.db_waiting_reads as u64,
            most_changes: self.config.db_waiting_changes as u64,
            requests: self.requests.within(Window::FiveMinutes, now),
            reads: self.reads.within(Window::FiveMinutes, now),
            lag: self.lag.within(Window::Minute, now),
            hit_rate: None,
            cache: sources.cache.map(|cache| cache()),
            limits: sources.limits.map(|limits| limits()),
            live: sources.live.map(|live| live()),
            statistics: sources.statistics.map(|statistics| statistics()),
            mail: sources.mail.map(|mail| mail()),
            chores: sources.chores.map(|chores| chores()),
            upstream: sources.upstream.map(|upstream| upstream()),
            webhooks: sources.webhooks.map(|webhooks| webhooks()),
            edge: sources.edge.map(|edge| edge()).unwrap_or_default(),
            backs_up: self.config.backup_hourly > 0,
        };
        let mut history = self.history.lock();
        history.note(&sample, now);
        if let Some(cache) = &sample.cache {
            let (hits, misses) = history.cache(cache.hits(), cache.misses, now);
            sample.hit_rate = hit_rate(hits, misses);
        }
        sample
    }

    /// Tells whoever can give back memory to do so, while it is critical.
    fn clean_up(&self, now: Moment) {
        if self.alerts.lock().severity("memory") != Some(Severity::Critical) {
            return;
        }
        let Some(clean_up) = self.sources.read().clean_up.clone() else { return };
        let mut clean_ups = self.clean_ups.lock();
        if clean_ups.last.is_some_and(|last| now.0 - last.0 < CLEAN_UP_MS) {
            return;
        }
        clean_ups.last = Some(now);
        clean_ups.count += 1;
        drop(clean_ups);
        tracing::warn!("memory is critical: giving back what can be given back");
        clean_up();
    }

    fn keep(&self, db: &Db, changed: &[Alert], now: Moment) {
        // What is kept tells what is new, so others are told first, in the same change.
        let announce = self.sources.read().announce.clone().filter(|_| !changed.is_empty());
        let mut change = announce.map(|announce| announce(changed, now)).unwrap_or_default();
        change.extend(ledger::keep(changed));
        if changed.iter().any(|alert| alert.until.is_some()) || self.an_hour_passed(now) {
            change.extend(ledger::forget(now.plus_s(-24 * HOUR_S * i64::from(self.config.alerts_keep_days))));
        }
        if change.statements.is_empty() {
            return;
        }
        if let Err(error) = db.write(change).wait() {
            tracing::error!(%error, "alerts could not be kept");
        }
    }

    /// True once an hour.
    fn an_hour_passed(&self, now: Moment) -> bool {
        let mut last = self.tidied.lock();
        let due = now.0 - last.0 >= HOUR_S * 1000;
        if due {
            *last = now;
        }
        due
    }

    /// Looks at the plan of one slow statement, after the fact and on a reader that has nothing else to do.
    fn explain(&self, db: &Db) {
        let Some(sql) = self.slow.unexplained() else { return };
        let plan = db.plan(&sql).wait().unwrap_or_else(|error| {
            tracing::debug!(%error, "a slow statement has no plan");
            Vec::new()
        });
        self.slow.explain(&sql, plan);
    }
}

fn announce(alert: &Alert) {
    let Alert { rule, severity, message, .. } = alert;
    match (alert.until, severity) {
        (Some(_), _) => tracing::info!(rule, "an alert is over"),
        (None, Severity::Warn) => tracing::warn!(rule, message, "an alert"),
        (None, Severity::Critical) => tracing::error!(rule, message, "a critical alert"),
    }
}
