//! The figures in Prometheus's text format: names and numbers, never a path, a person or a row.

use std::fmt::Write;
use std::time::Duration;

use crate::cache;

use super::histogram::{Counts, Outcome};
use super::{Monitor, Severity};

/// Upper bounds of the buckets that are told, in seconds.
const BOUNDS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];
const OUTCOMES: [(Outcome, &str); 3] =
    [(Outcome::Done, "done"), (Outcome::Refused, "refused"), (Outcome::Failed, "failed")];

struct Page(String);

impl Page {
    fn head(&mut self, name: &str, kind: &str, help: &str) {
        let _ = write!(self.0, "# HELP larder_{name} {help}\n# TYPE larder_{name} {kind}\n");
    }

    fn line(&mut self, name: &str, labels: &str, value: f64) {
        let _ = match labels {
            "" => writeln!(self.0, "larder_{name} {value}"),
            labels => writeln!(self.0, "larder_{name}{{{labels}}} {value}"),
        };
    }

    fn one(&mut self, name: &str, kind: &str, help: &str, value: Option<f64>) {
        let Some(value) = value else { return };
        self.head(name, kind, help);
        self.line(name, "", value);
    }

    /// A histogram's lines; its head stands before the first.
    fn histogram(&mut self, name: &str, labels: &str, counts: &Counts) {
        let with = |more: &str| [labels, more].into_iter().filter(|l| !l.is_empty()).collect::<Vec<_>>().join(",");
        for bound in BOUNDS {
            let below = counts.below(Duration::from_secs_f64(bound));
            self.line(&format!("{name}_bucket"), &with(&format!("le=\"{bound}\"")), below as f64);
        }
        let total: u64 = counts.buckets.iter().sum();
        self.line(&format!("{name}_bucket"), &with("le=\"+Inf\""), total as f64);
        self.line(&format!("{name}_sum"), labels, counts.sum_us as f64 / 1e6);
        self.line(&format!("{name}_count"), labels, total as f64);
    }
}

impl Monitor {
    /// The whole page.
    pub fn prometheus(&self) -> String {
        let mut page = Page(String::with_capacity(32 * 1024));
        self.requests_of_routes(&mut page);
        self.store(&mut page);
        self.host(&mut page);
        self.others(&mut page);
        page.0
    }

    fn requests_of_routes(&self, page: &mut Page) {
        let used: Vec<(String, Counts)> = self
            .routes
            .iter()
            .filter(|route| route.tally.count() > 0)
            .map(|r| {
                let labels = format!("method=\"{}\",route=\"{}\"", r.label.method, r.label.pattern);
                (labels, r.tally.counts())
            })
            .collect();
        page.head("requests_total", "counter", "Requests by route and outcome: refused is 4xx, failed 5xx.");
        let elsewhere = self.elsewhere.counts();
        let files = ("method=\"\",route=\"\"".to_owned(), elsewhere);
        for (labels, counts) in used.iter().chain([&files]) {
            for (outcome, word) in OUTCOMES {
                let n = counts.outcomes[outcome as usize];
                page.line("requests_total", &format!("{labels},outcome=\"{word}\""), n as f64);
            }
        }
        page.head("request_seconds", "histogram", "Time until the answer was made, by route.");
        for (labels, counts) in &used {
            page.histogram("request_seconds", labels, counts);
        }
    }

    fn store(&self, page: &mut Page) {
        page.head("database_seconds", "histogram", "Time of reads, of heavy reads, of their waiting, and of commits.");
        for (what, tally) in
            [("read", &self.reads), ("heavy_read", &self.heavy_reads), ("turn", &self.turns), ("commit", &self.commits)]
        {
            page.histogram("database_seconds", &format!("what=\"{what}\""), &tally.counts());
        }
        let sample = self.present();
        let store = &sample.store;
        page.head("database_waiting", "gauge", "What waits for the database.");
        for (queue, n) in [
            ("reads", store.waiting_reads),
            ("heavy_reads", store.waiting_heavy_reads),
            ("changes", store.waiting_changes),
            ("bulk_changes", store.waiting_bulk_changes),
        ] {
            page.line("database_waiting", &format!("queue=\"{queue}\""), n as f64);
        }
        for (name, help, n) in [
            ("database_changes_total", "Changes that were committed.", store.changes),
            ("database_refused_total", "Changes that were refused.", store.refused),
            ("database_stopped_total", "Reads that ran into their deadline.", store.interrupted),
            ("database_damaged_total", "Damaged pages that were met.", store.damaged),
            ("database_checkpoints_total", "Checkpoints of the write-ahead log.", store.checkpoints),
        ] {
            page.one(name, "counter", help, Some(n as f64));
        }
        page.one("database_bytes", "gauge", "Size of the database file.", Some(store.db_bytes as f64));
        page.one("wal_bytes", "gauge", "Size of the write-ahead log.", Some(store.wal_bytes as f64));
        page.one("slow_statements", "gauge", "Slow statements of the last day.", Some(self.slow.len() as f64));
    }

    fn host(&self, page: &mut Page) {
        let sample = self.present();
        let ratio = |percent: Option<f64>| percent.map(|p| p / 100.0);
        page.head("lag_seconds", "histogram", "By how much a thread that answers woke up late.");
        page.histogram("lag_seconds", "", &self.lag.counts());
        for (name, help, value) in [
            ("memory_resident_bytes", "Memory that the process occupies.", Some(sample.memory.resident as f64)),
            ("memory_allocated_bytes", "Memory in use, by the allocator.", Some(sample.memory.allocated as f64)),
            ("memory_limit_bytes", "Memory that the process may occupy.", Some(sample.memory_limit as f64)),
            ("cpu_ratio", "Processor time of the last minute.", ratio(sample.cpu)),
            ("disk_free_bytes", "Free space where the data lies.", sample.disk_free.map(|n| n as f64)),
            ("disk_busy_ratio", "Share of the last minute in which the disk was at work.", ratio(sample.disk_busy)),
            ("connections", "Open connections.", Some(sample.edge.connections as f64)),
            ("connections_most", "Connections that may be open.", Some(sample.edge.most_connections as f64)),
            ("streams", "Open streams of progress.", Some(sample.edge.streams as f64)),
            ("streams_most", "Streams of progress that may be open.", Some(sample.edge.most_streams as f64)),
            ("backup_age_seconds", "Age of the last backup.", sample.backup_age_h().map(|h| h * 3600.0)),
            ("start_time_seconds", "When the server was started.", Some(self.since.0 as f64 / 1000.0)),
        ] {
            page.one(name, "gauge", help, value);
        }
    }

    fn others(&self, page: &mut Page) {
        let sample = self.present();
        page.head("answer_seconds", "histogram", "Time of answers that the cache keeps, by where they came from.");
        for source in cache::Source::ALL {
            let counts = self.kept[source as usize].counts();
            page.histogram("answer_seconds", &format!("from=\"{}\"", source.as_str()), &counts);
        }
        if let Some(cache) = &sample.cache {
            page.head("cache_hits_total", "counter", "Answers from the cache, by tier.");
            for tier in &cache.tiers {
                page.line("cache_hits_total", &format!("tier=\"{}\"", tier.name), tier.hits as f64);
            }
            page.one("cache_misses_total", "counter", "Answers that were built.", Some(cache.misses as f64));
            page.one("cache_stale_total", "counter", "Answers given although too old.", Some(cache.stale as f64));
            page.head("cache_bytes", "gauge", "Size of the cache, by tier.");
            for tier in &cache.tiers {
                page.line("cache_bytes", &format!("tier=\"{}\"", tier.name), tier.bytes as f64);
            }
        }
        if let Some(limits) = &sample.limits {
            page.one("limit_refused_total", "counter", "Requests over their limit.", Some(limits.refused as f64));
            page.one("limit_identities", "gauge", "Identities that are remembered.", Some(limits.identities as f64));
        }
        if let Some(live) = &sample.live {
            page.one("sockets", "gauge", "Open sockets.", Some(live.sockets as f64));
            page.one("sockets_most", "gauge", "Sockets that may be open.", Some(live.most_sockets as f64));
            page.one("watched_records", "gauge", "Records that sockets watch.", Some(live.watched as f64));
            page.one("people_on_records", "gauge", "People with a record on screen.", Some(live.present as f64));
            page.one("socket_messages_total", "counter", "Messages to sockets.", Some(live.sent as f64));
            page.one("socket_resyncs_total", "counter", "Times that a socket was too slow.", Some(live.resyncs as f64));
        }
        if let Some(found) = &sample.statistics {
            let compared = "Parts of the statistics that were compared with the records.";
            page.one("statistics_compared_total", "counter", compared, Some(found.slices as f64));
            let wrong = "Statistics that differed from the records and were put right.";
            page.one("statistics_repaired_total", "counter", wrong, Some(found.repaired as f64));
        }
        if let Some(upstream) = &sample.upstream {
            let calls = "Calls to the services behind the portal, repeats included.";
            page.one("upstream_calls_total", "counter", calls, Some(upstream.calls as f64));
            let failed = "Calls to the services behind the portal that came to nothing.";
            page.one("upstream_failed_total", "counter", failed, Some(upstream.failed as f64));
            let in_flight = "Questions of the portal that are being asked.";
            page.one("upstream_in_flight", "gauge", in_flight, Some(upstream.in_flight as f64));
            page.one("upstream_waiting", "gauge", "Questions of the portal that wait.", Some(upstream.waiting as f64));
            let paused = "Sources of the portal that are left alone because they failed.";
            page.one("upstream_paused", "gauge", paused, Some(upstream.paused as f64));
        }
        if let Some(mail) = &sample.mail {
            page.one("mail_sent_total", "counter", "Letters that the mail server took.", Some(mail.sent as f64));
            let given_up = "Letters that no mail server would take.";
            page.one("mail_given_up_total", "counter", given_up, Some(mail.given_up as f64));
            let waiting = "Letters that wait for the mail server, a round's worth at most.";
            page.one("mail_waiting", "gauge", waiting, Some(mail.waiting as f64));
        }
        if let Some(chores) = &sample.chores {
            page.head("chores", "gauge", "Chores in the queue: failed ones are tried again, dead ones were given up.");
            for (state, n) in [
                ("waiting", chores.waiting),
                ("running", chores.running),
                ("failed", chores.failed),
                ("dead", chores.dead),
            ] {
                page.line("chores", &format!("state=\"{state}\""), f64::from(n));
            }
        }
        if let Some(told) = &sample.webhooks {
            let taken = "Messages that webhooks took.";
            page.one("webhook_delivered_total", "counter", taken, Some(told.delivered as f64));
            let failed = "Attempts at webhooks that failed.";
            page.one("webhook_failed_total", "counter", failed, Some(told.failed as f64));
            let given_up = "Messages that webhooks would not take.";
            page.one("webhook_given_up_total", "counter", given_up, Some(told.given_up as f64));
            let waiting = "Messages that wait for a webhook, 10,000 at most.";
            page.one("webhook_waiting", "gauge", waiting, Some(told.waiting as f64));
        }
        page.head("alerts", "gauge", "Open alerts, by severity.");
        let open = self.alerts.lock().open();
        for severity in [Severity::Warn, Severity::Critical] {
            let n = open.iter().filter(|alert| alert.severity == severity).count();
            page.line("alerts", &format!("severity=\"{}\"", severity.as_str()), n as f64);
        }
        let clean_ups = self.clean_ups.lock().count;
        page.one("clean_ups_total", "counter", "Times that critical memory was cleaned up.", Some(clean_ups as f64));
    }
}
