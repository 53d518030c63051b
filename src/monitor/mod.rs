//! How the server is: what it counts, what alarms it, and how that is told.
//!
//! Counting is done where things happen, by a few atomic additions. Every five seconds a thread
//! takes over what was counted into sliding windows, looks at the host, and holds the figures
//! against their thresholds; what it finds is kept here, and alerts in the store too.
//!
//! No path, no parameter and no name of a person or a business ever comes here: requests are known
//! by their routes, statements by their texts, in which values are `?`.

mod advice;
mod alert;
mod figures;
mod histogram;
mod history;
mod ledger;
mod probe;
mod probes;
mod prometheus;
mod report;
mod rules;
mod sample;
mod say;
mod score;
mod series;
mod slow;
mod tally;
mod tick;
mod watch;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::{Mutex, RwLock};

use crate::cache;
use crate::config::Config;
use crate::db::{Meter, Purpose};
use crate::kernel::Moment;

use alert::Alerts;
use histogram::Outcome;
use history::History;
use probes::Probes;
use sample::Sample;
use slow::Slow;
use tally::Tally;

pub use alert::{Alert, Severity};
pub use figures::{
    Announce, CacheFigures, ChoreFigures, EdgeFigures, LimitFigures, LiveFigures, MailFigures, PressureFigures, Source,
    Sources, StatisticFigures, TierFigures, UpstreamFigures, WebhookFigures,
};
pub use slow::SlowStatement;
pub use watch::Watch;

/// A route as the figures show it.
#[derive(Clone, Copy, Debug)]
pub struct RouteLabel {
    pub name: &'static str,
    pub method: &'static str,
    pub pattern: &'static str,
    /// Its time is the server's own, and not that of a client who sends a file.
    pub timed: bool,
}

struct Route {
    label: RouteLabel,
    tally: Tally,
}

/// What all of the server tells its figures to. Cheap to share.
pub struct Monitor {
    config: Config,
    since: Moment,
    routes: Vec<Route>,
    by_name: HashMap<&'static str, usize>,
    /// All timed routes together.
    requests: Tally,
    /// The web app's files, and addresses where there is nothing.
    elsewhere: Tally,
    /// By what the cache had to do with the answer.
    kept: [Tally; cache::Source::ALL.len()],
    reads: Tally,
    heavy_reads: Tally,
    /// How long reads wait for their turn.
    turns: Tally,
    commits: Tally,
    lag: Tally,
    slow: Slow,
    sources: RwLock<Sources>,
    probes: Mutex<Probes>,
    present: Mutex<Arc<Sample>>,
    history: Mutex<History>,
    alerts: Mutex<Alerts>,
    clean_ups: Mutex<CleanUps>,
    /// When alerts that are long over were last removed.
    tidied: Mutex<Moment>,
}

/// How often memory was critical, and when somebody was told to clean up.
#[derive(Default)]
struct CleanUps {
    count: u64,
    last: Option<Moment>,
}

impl Monitor {
    pub fn new(config: &Config, routes: impl IntoIterator<Item = RouteLabel>) -> Arc<Self> {
        let routes: Vec<_> = routes.into_iter().map(|label| Route { label, tally: Tally::default() }).collect();
        Arc::new(Self {
            by_name: routes.iter().enumerate().map(|(at, route)| (route.label.name, at)).collect(),
            config: config.clone(),
            since: Moment::now(),
            routes,
            requests: Tally::default(),
            elsewhere: Tally::default(),
            kept: Default::default(),
            reads: Tally::default(),
            heavy_reads: Tally::default(),
            turns: Tally::default(),
            commits: Tally::default(),
            lag: Tally::default(),
            slow: Slow::default(),
            sources: RwLock::default(),
            probes: Mutex::new(Probes::new(&config.data)),
            present: Mutex::default(),
            history: Mutex::default(),
            alerts: Mutex::new(Alerts::resume(Vec::new())),
            clean_ups: Mutex::default(),
            tidied: Mutex::new(Moment::now()),
        })
    }

    /// Anything is counted at all.
    pub fn is_on(&self) -> bool {
        self.config.metrics_enabled
    }

    /// Says who is to be asked for the figures of other parts.
    pub fn connect(&self, set: impl FnOnce(&mut Sources)) {
        set(&mut self.sources.write());
    }

    /// Counts an answer: of which route, its status, and how long it took.
    pub fn answered(&self, route: Option<&'static str>, status: u16, took: Duration) {
        if !self.config.metrics_enabled {
            return;
        }
        let outcome = Outcome::of(status);
        match route.and_then(|name| self.by_name.get(name)) {
            Some(at) => {
                let Route { label, tally } = &self.routes[*at];
                tally.record(took, outcome);
                if label.timed {
                    self.requests.record(took, outcome);
                }
            }
            None => self.elsewhere.record(took, outcome),
        }
    }

    /// Counts an item of a batch, which is part of an answer that is counted itself.
    pub fn answered_within(&self, route: &'static str, status: u16, took: Duration) {
        if let Some(at) = self.by_name.get(route).filter(|_| self.is_on()) {
            self.routes[*at].tally.record(took, Outcome::of(status));
        }
    }

    /// Counts an answer by the tier of the cache that had it, or by how it was come by.
    pub fn answered_from(&self, source: cache::Source, took: Duration) {
        if self.is_on() {
            self.kept[source as usize].record(took, Outcome::Done);
        }
    }

    /// Notes by how much a thread that answers woke up late.
    pub fn late(&self, by: Duration) {
        self.lag.record(by, Outcome::Done);
    }

    /// The latest look at the server.
    fn present(&self) -> Arc<Sample> {
        Arc::clone(&self.present.lock())
    }

    fn tallies(&self) -> impl Iterator<Item = &Tally> {
        let own =
            [&self.requests, &self.elsewhere, &self.reads, &self.heavy_reads, &self.turns, &self.commits, &self.lag];
        own.into_iter().chain(&self.kept).chain(self.routes.iter().map(|route| &route.tally))
    }
}

impl Meter for Monitor {
    fn read(&self, heavy: bool, waited: Duration, took: Duration, failed: bool) {
        let outcome = if failed { Outcome::Failed } else { Outcome::Done };
        let tally = if heavy { &self.heavy_reads } else { &self.reads };
        tally.record(took, outcome);
        self.turns.record(waited, Outcome::Done);
    }

    fn commit(&self, took: Duration) {
        self.commits.record(took, Outcome::Done);
    }

    fn slow(&self) -> Duration {
        Duration::from_millis(self.config.metrics_slow_ms)
    }

    fn statement(&self, sql: &str, took: Duration, purpose: Purpose) {
        // Looking at a plan is our own doing.
        if sql.starts_with("EXPLAIN ") {
            return;
        }
        // Its beginning says which one it is; the whole of it stands among the slow queries.
        let begins: String = sql.chars().take(200).collect();
        tracing::warn!(ms = took.as_millis(), route = purpose.route, kind = purpose.kind, begins, "a slow statement");
        self.slow.note(sql, took, purpose, Moment::now());
    }
}

/// Wakes every 100 ms and tells by how much it was late; one runs on each thread that answers.
pub async fn pulse(monitor: Arc<Monitor>) {
    const BEAT: Duration = Duration::from_millis(100);
    loop {
        let due = Instant::now() + BEAT;
        tokio::time::sleep_until(due.into()).await;
        monitor.late(due.elapsed());
    }
}
