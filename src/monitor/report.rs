//! The figures as JSON: for the owner's page, and for whoever runs the server.

use serde_json::{Value, json};

use crate::kernel::Moment;

use super::alert::{Alert, Severity, severity};
use super::histogram::Counts;
use super::rules::rule;
use super::sample::{Sample, percent};
use super::say::one;
use super::score::score;
use super::series::{QUARTER_MS, Window};
use super::slow::SlowStatement;
use super::tally::Tally;
use super::{Monitor, Route};

/// What an open connection takes, by measurement; nobody counts it one by one.
const CONNECTION_BYTES: u64 = 40 * 1024;
/// The pages that a connection to the database may keep.
const PAGE_CACHE_BYTES: u64 = 16 << 20;
const DATABASE_CONNECTIONS: u64 = 3;

impl Monitor {
    /// How the server is: verdict, score, issues, recommendations, and the figures of the last
    /// minute up to the last day.
    pub fn performance(&self, now: Moment) -> Value {
        let sample = self.present();
        let open = self.alerts.lock().open();
        let score = score(&sample, &self.config);
        let (status, headline) = verdict(&open);
        let alerts = |part: &str| open.iter().any(|alert| alert.rule == part);
        let well: Vec<&str> =
            score.parts.iter().filter(|p| p.well && !alerts(p.name)).map(|p| p.says.as_str()).collect();
        json!({
            "measured_at": sample.at.map(|at| at.to_string()),
            "since": self.since.to_string(),
            "status": status,
            "headline": headline,
            "score": score.score,
            "parts": score.parts,
            "held_by": score.held_by,
            "well": well,
            "issues": open.iter().map(|alert| self.issue_now(alert, &sample)).collect::<Vec<_>>(),
            "recommendations": self.recommend(&sample, now),
            "requests": windows(&self.requests, now),
            "database": self.database(&sample, now),
            "memory": memory(&sample),
            "cpu_percent": sample.cpu.map(round),
            "lag": windows(&self.lag, now),
            "disk": {
                "free_bytes": sample.disk_free,
                "busy_percent": sample.disk_busy.map(round),
            },
            "connections": {
                "open": sample.edge.connections,
                "most": sample.edge.most_connections,
            },
            "backup": sample.edge.backup.map(|(at, bytes)| json!({"at": at.to_string(), "bytes": bytes})),
            "cache": {"hit_rate": sample.hit_rate.map(round), "target": 90},
            "limits": sample.limits,
            "routes": self.busiest(now),
            "day": self.day(now),
        })
    }

    /// The cache, tier by tier; `on` is false where there is none.
    pub fn cache(&self) -> Value {
        let sample = self.present();
        let Some(cache) = &sample.cache else { return json!({"on": false, "tiers": [], "pressure": []}) };
        let asked = cache.hits() + cache.misses;
        let mut left = asked;
        let tiers: Vec<Value> = cache
            .tiers
            .iter()
            .map(|tier| {
                // A tier is asked for what those before it did not have.
                let rate = percent(tier.hits, left).map(round);
                left = left.saturating_sub(tier.hits);
                let mut shown = json!(tier);
                shown["hit_rate"] = json!(rate);
                shown
            })
            .collect();
        json!({
            "on": true,
            "hits": cache.hits(),
            "misses": cache.misses,
            "stale": cache.stale,
            "outdated": cache.outdated,
            "bytes": cache.bytes(),
            "hit_rate": percent(cache.hits(), asked).map(round),
            "recent_hit_rate": sample.hit_rate.map(round),
            "tiers": tiers,
            "pressure": cache.pressure,
        })
    }

    /// Open alerts, and the latest that are over.
    pub fn alerts(&self) -> Value {
        let alerts = self.alerts.lock();
        let over: Vec<Value> = alerts.over().map(issue).collect();
        json!({"open": alerts.open().iter().map(issue).collect::<Vec<_>>(), "over": over})
    }

    /// The slow statements that took most in all. `whole` shows their text, which tells how the
    /// store is made.
    pub fn slow_queries(&self, whole: bool) -> Value {
        let data: Vec<Value> = self.slow.top().iter().map(|statement| slow_query(statement, whole)).collect();
        json!({"threshold_ms": self.config.metrics_slow_ms, "count": self.slow.len(), "data": data})
    }

    /// An open alert with its figure as it is now, not as it was when the alert fired.
    fn issue_now(&self, alert: &Alert, sample: &Sample) -> Value {
        let mut shown = issue(alert);
        if let Some(rule) = rule(&alert.rule)
            && let Some(levels) = (rule.levels)(&self.config)
            && let Some(value) = (rule.figure)(sample)
        {
            let says = (rule.says)(value, sample);
            let is_off = severity(levels, value, rule.more_is_worse).is_some();
            shown["message"] =
                if is_off { says.into() } else { format!("{says} It has eased: this goes away by itself.").into() };
        }
        shown
    }

    fn database(&self, sample: &Sample, now: Moment) -> Value {
        let store = &sample.store;
        json!({
            "reads": windows(&self.reads, now),
            "heavy_reads": windows(&self.heavy_reads, now),
            "turns": windows(&self.turns, now),
            "commits": windows(&self.commits, now),
            "waiting_reads": store.waiting_reads + store.waiting_heavy_reads,
            "waiting_changes": store.waiting_changes + store.waiting_bulk_changes,
            "bytes": store.db_bytes,
            "wal_bytes": store.wal_bytes,
            "changes": store.changes,
            "stopped": store.interrupted,
            "slow_queries": self.slow.len(),
        })
    }

    /// The routes that took most time in the last hour.
    fn busiest(&self, now: Moment) -> Vec<Value> {
        const SHOWN: usize = 20;
        let used = self.routes.iter().filter(|route| route.tally.count() > 0);
        let mut hours: Vec<(&Route, Counts)> = used.map(|r| (r, r.tally.within(Window::Hour, now))).collect();
        hours.retain(|(_, hour)| hour.total() > 0);
        hours.sort_by_key(|(_, hour)| std::cmp::Reverse(hour.sum_us));
        hours.truncate(SHOWN);
        let line = |(route, hour): &(&Route, Counts)| {
            let mut shown = brief(hour);
            shown["name"] = json!(route.label.name);
            shown["method"] = json!(route.label.method);
            shown["route"] = json!(route.label.pattern);
            shown
        };
        hours.iter().map(line).collect()
    }

    /// The quarters of an hour of the last day, oldest first.
    fn day(&self, now: Moment) -> Vec<Value> {
        let requests = self.requests.quarters(now);
        let history = self.history.lock();
        let quarters = history.quarters().map(|quarter| {
            let counts = requests.iter().find(|(number, _)| *number == quarter.number).map(|(_, counts)| counts);
            let of = |f: fn(&Counts) -> Option<f64>| counts.and_then(f).map(round);
            json!({
                "at": Moment(quarter.number * QUARTER_MS).to_string(),
                "requests": counts.map_or(0, Counts::total),
                "failed": counts.map_or(0, Counts::failed),
                "p50_ms": of(|c| c.quantile_ms(0.5)),
                "p95_ms": of(|c| c.quantile_ms(0.95)),
                "p99_ms": of(|c| c.quantile_ms(0.99)),
                "memory_bytes": quarter.memory,
                "cpu_percent": round(quarter.cpu),
                "connections": quarter.connections,
                "hit_rate": percent(quarter.hits, quarter.hits + quarter.misses).map(round),
            })
        });
        quarters.collect()
    }
}

fn verdict(open: &[Alert]) -> (&'static str, String) {
    let things = |n: usize| if n == 1 { "One thing".to_owned() } else { format!("{n} things") };
    match open.first().map(|alert| alert.severity) {
        None => ("healthy", "All is well. Nothing needs you today.".to_owned()),
        Some(Severity::Warn) => ("warning", format!("{} to look at. Everybody can go on working.", things(open.len()))),
        Some(Severity::Critical) => {
            let critical = open.iter().filter(|alert| alert.severity == Severity::Critical).count();
            let verb = if critical == 1 { "needs" } else { "need" };
            ("critical", format!("{} {verb} you now.", things(critical)))
        }
    }
}

fn issue(alert: &Alert) -> Value {
    let rule = rule(&alert.rule);
    json!({
        "id": alert.id.to_string(),
        "rule": alert.rule,
        "title": rule.map_or(alert.rule.as_str(), |rule| rule.title),
        "severity": alert.severity.as_str(),
        "since": alert.since.to_string(),
        "until": alert.until.map(|until| until.to_string()),
        "message": alert.message,
        "advice": rule.map_or("", |rule| rule.advice),
        "worst": round(alert.worst),
        "threshold": alert.threshold,
    })
}

fn slow_query(statement: &SlowStatement, whole: bool) -> Value {
    let mut shown = json!({
        "route": statement.purpose.route,
        "kind": statement.purpose.kind,
        "count": statement.count,
        "mean_ms": round(statement.mean_ms()),
        "longest_ms": round(statement.longest_ms()),
        "total_ms": round(statement.total_ms()),
        "first_at": statement.first.to_string(),
        "last_at": statement.last.to_string(),
        "scans": statement.scans(),
        "plan": statement.plan,
    });
    if whole {
        shown["sql"] = json!(statement.sql);
    }
    shown
}

fn windows(tally: &Tally, now: Moment) -> Value {
    Window::ALL.into_iter().map(|w| (w.as_str().to_owned(), brief(&tally.within(w, now)))).collect()
}

fn brief(counts: &Counts) -> Value {
    json!({
        "count": counts.total(),
        "failed": counts.failed(),
        "failed_percent": counts.failed_percent().map(round),
        "mean_ms": counts.mean_ms().map(round),
        "p50_ms": counts.quantile_ms(0.5).map(round),
        "p95_ms": counts.quantile_ms(0.95).map(round),
        "p99_ms": counts.quantile_ms(0.99).map(round),
    })
}

fn memory(sample: &Sample) -> Value {
    let pages = (PAGE_CACHE_BYTES.min(sample.store.db_bytes)) * DATABASE_CONNECTIONS;
    let open = sample.edge.connections + sample.edge.streams + sample.live.as_ref().map_or(0, |live| live.sockets);
    let source = |name: &str, bytes: u64, exact: bool| json!({"name": name, "bytes": bytes, "exact": exact});
    json!({
        "resident_bytes": sample.memory.resident,
        "limit_bytes": sample.memory_limit,
        "percent": sample.memory_percent().map(|p| one(p).parse::<f64>().unwrap_or(p)),
        "sources": [
            source("allocated", sample.memory.allocated, true),
            source("allocator", sample.memory.metadata, true),
            source("cache", sample.cache.as_ref().map_or(0, super::CacheFigures::bytes), true),
            source("database_at_most", pages, false),
            source("connections", open * CONNECTION_BYTES, false),
        ],
    })
}

/// To three decimals: a microsecond where milliseconds are told.
fn round(n: f64) -> f64 {
    (n * 1000.0).round() / 1000.0
}
