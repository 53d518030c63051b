//! What is watched: each figure with its thresholds, and how it is said.

use std::time::Duration;

use crate::config::{Config, Levels};

use super::sample::Sample;
use super::say::{duration_ms, megabytes, one};

/// One thing that may alert.
pub struct Rule {
    pub name: &'static str,
    pub title: &'static str,
    pub more_is_worse: bool,
    /// How long a figure must be off before anybody is told.
    pub after: Duration,
    pub levels: fn(&Config) -> Option<Levels>,
    /// The figure; `None` where it cannot be told just now, which counts as well.
    pub figure: fn(&Sample) -> Option<f64>,
    pub says: fn(f64, &Sample) -> String,
    pub advice: &'static str,
}

const AT_ONCE: Duration = Duration::ZERO;
const SOON: Duration = Duration::from_secs(10);

/// Shares of fewer than so many tell nothing.
pub const FEW: u64 = 20;
const FEW_LOOK_UPS: u64 = 200;

pub const RULES: &[Rule] = &[
    Rule {
        name: "store",
        title: "Database",
        more_is_worse: true,
        after: AT_ONCE,
        levels: |_| Some(Levels { warn: 1.0, critical: 1.0 }),
        figure: |s| Some(f64::from(u8::from(!s.store_lives || s.store.damaged > 0))),
        says: |_, s| match s.store.damaged {
            0 => "The database does not answer.".to_owned(),
            n => format!("The database met {n} damaged pages."),
        },
        advice: "Run `larder doctor` beside the server: it says what is wrong and how to get back to the last good backup.",
    },
    Rule {
        name: "memory",
        title: "Memory",
        more_is_worse: true,
        after: AT_ONCE,
        levels: |c| c.alerts_memory,
        figure: Sample::memory_percent,
        says: |v, s| {
            let (used, limit) = (megabytes(s.memory.resident), megabytes(s.memory_limit));
            format!("Memory is at {used} of {limit} ({} %).", one(v))
        },
        advice: "Caches shrink by themselves. If it stays so, give the machine more memory or lower cache.max_mb.",
    },
    Rule {
        name: "disk_free",
        title: "Disk space",
        more_is_worse: false,
        after: AT_ONCE,
        levels: |c| c.alerts_disk_free_mb,
        figure: |s| s.disk_free.map(|bytes| bytes as f64 / 1e6),
        says: |_, s| format!("Only {} are free on the disk.", megabytes(s.disk_free.unwrap_or(0))),
        advice: "Free some space on the disk, or move the data folder to a larger one. Without space nothing can be saved.",
    },
    Rule {
        name: "backup",
        title: "Backup",
        more_is_worse: true,
        after: AT_ONCE,
        levels: |c| c.alerts_backup_h,
        figure: Sample::backup_age_h,
        says: |v, s| match s.edge.backup {
            Some(_) => format!("The last backup is {} old.", duration_ms(v * 3_600_000.0)),
            None => format!("No backup was made in {}.", duration_ms(v * 3_600_000.0)),
        },
        advice: "The log says why the hourly one failed. `larder backup` makes one now.",
    },
    Rule {
        name: "errors",
        title: "Failed requests",
        more_is_worse: true,
        after: SOON,
        levels: |c| c.alerts_errors,
        figure: |s| s.requests.failed_percent().filter(|_| s.requests.total() >= FEW),
        says: |v, s| {
            let (failed, total) = (s.requests.failed(), s.requests.total());
            format!("{failed} of {total} requests in the last five minutes failed ({} %).", one(v))
        },
        advice: "The log names each failure under its request id. Send it with a report if it goes on.",
    },
    Rule {
        name: "queries",
        title: "Failed queries",
        more_is_worse: true,
        after: SOON,
        levels: |c| c.alerts_errors,
        figure: |s| s.reads.failed_percent().filter(|_| s.reads.total() >= FEW),
        says: |v, s| {
            let (failed, total) = (s.reads.failed(), s.reads.total());
            format!("{failed} of {total} queries in the last five minutes failed or took too long ({} %).", one(v))
        },
        advice: "Long questions are stopped after two seconds. The slow queries below name them.",
    },
    Rule {
        name: "p95",
        title: "Slow answers",
        more_is_worse: true,
        after: SOON,
        levels: |c| c.alerts_p95_ms,
        figure: |s| s.requests.quantile_ms(0.95).filter(|_| s.requests.total() >= FEW),
        says: |v, _| format!("5 of 100 requests wait longer than {}.", duration_ms(v)),
        advice: "Look at the slow queries below: the first of them costs most.",
    },
    Rule {
        name: "hit_rate",
        title: "Answers from cache",
        more_is_worse: false,
        after: Duration::from_secs(60),
        levels: |c| c.alerts_hit_rate,
        figure: |s| s.hit_rate.filter(|_| s.is_warm()),
        says: |v, _| format!("Only {} of 100 answers come from the cache.", one(v)),
        advice: "After an import this is usual. If it stays so, raise cache.max_mb.",
    },
    Rule {
        name: "cpu",
        title: "Processor",
        more_is_worse: true,
        after: Duration::from_secs(30),
        levels: |c| c.alerts_cpu,
        figure: |s| s.cpu,
        says: |v, _| format!("The processor is {} % busy with Larder.", one(v)),
        advice: "An import, a report or a backup may be running. If it stays so, the machine needs another core.",
    },
    Rule {
        name: "lag",
        title: "Late threads",
        more_is_worse: true,
        after: SOON,
        levels: |c| c.alerts_lag_ms,
        figure: |s| s.lag.quantile_ms(0.99),
        says: |v, _| format!("The thread that answers is up to {} late.", duration_ms(v)),
        advice: "The machine is too busy, perhaps with something other than Larder.",
    },
    Rule {
        name: "connections",
        title: "Connections",
        more_is_worse: true,
        after: SOON,
        levels: |c| c.alerts_connections,
        figure: Sample::connections_percent,
        says: |_, s| format!("{} of {} connections are taken.", s.edge.connections, s.edge.most_connections),
        advice: "Raise http.max_connections, or look for who holds so many.",
    },
    Rule {
        name: "database",
        title: "Waiting for the database",
        more_is_worse: true,
        after: SOON,
        levels: |c| c.alerts_database,
        figure: Sample::waiting_percent,
        says: |_, s| {
            format!("{} reads and {} changes wait for the database.", s.store.waiting_reads, s.store.waiting_changes)
        },
        advice: "Slow queries or a slow disk hold it up; both are shown below.",
    },
    Rule {
        name: "wal",
        title: "Write-ahead log",
        more_is_worse: true,
        after: Duration::from_secs(60),
        levels: |c| c.alerts_wal_mb,
        figure: |s| Some(s.store.wal_bytes as f64 / 1e6),
        says: |_, s| format!("The write-ahead log has grown to {}.", megabytes(s.store.wal_bytes)),
        advice: "A long read, such as an export, holds it; it shrinks again when that is over.",
    },
    Rule {
        name: "disk_busy",
        title: "Disk at work",
        more_is_worse: true,
        after: Duration::from_secs(30),
        levels: |c| c.alerts_disk_busy,
        figure: |s| s.disk_busy,
        says: |v, _| format!("The disk is at work {} % of the time.", one(v)),
        advice: "A backup or an import may be running, or another program uses the disk.",
    },
];

pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name)
}

/// The share of hits, where there were enough to speak of one.
pub fn hit_rate(hits: u64, misses: u64) -> Option<f64> {
    super::sample::percent(hits, hits + misses).filter(|_| hits + misses >= FEW_LOOK_UPS)
}
