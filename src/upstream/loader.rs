//! The loader: threads that are there only while there is something to ask, each taking the next
//! question as soon as its last is answered.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::Duration;

use parking_lot::{Condvar, Mutex};

use crate::auth::Vault;
use crate::config::Config;
use crate::db::{Change, Db, Ticket, ticket};
use crate::kernel::{Error, Id, Moment, Result};
use crate::kind::{Registry, Tenant};
use crate::outbound::Gate;

use super::client::Client;
use super::errand::{Done, Errand, Tested, of_source, test};
use super::feed::{Feed, Job, Round};
use super::piece::{Dashboard, Piece};
use super::plan::Plan;
use super::store::{self, Source, Target};
use super::{Settings, commit};

/// Trying a source out ends after this, whatever calls may take otherwise.
const TRIAL: Duration = Duration::from_secs(10);
/// A plan that found something to ask is not made again before this.
const PLANNED_S: i64 = 1;
/// No dashboard is fresh for longer, and nobody is left alone for longer.
const LONGEST_DUE_MS: i64 = 3_600_000;
/// For so long it is remembered when a source became another.
const REMEMBERED_MS: i64 = 60_000;
/// Calls need no more than this.
const STACK: usize = 1 << 20;

/// How far the loading of a dashboard is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loading {
    pub done: usize,
    /// 0 while nothing is loaded.
    pub of: usize,
    /// Another number whenever something came.
    pub revision: i64,
}

/// What the loader is at, and what it has done since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    pub calls: u64,
    pub failed: u64,
    pub in_flight: usize,
    pub waiting: usize,
    /// Sources that are left alone.
    pub paused: usize,
}

#[derive(Default)]
pub(super) struct State {
    pub(super) feeds: HashMap<Id, Feed>,
    /// The sources in turn.
    order: Vec<Id>,
    threads: usize,
    pub(super) stopping: bool,
    /// One thread waits for a source that asked to be left alone.
    lingering: bool,
    /// When sources became others: what was planned before that is of no use.
    renewed: HashMap<Id, Moment>,
    /// When a dashboard of a tenant is worth a look again; not known is now.
    due: HashMap<(i64, Dashboard), Moment>,
    revisions: HashMap<(i64, Dashboard), i64>,
    /// Made since the start, and those of them that came to nothing.
    pub(super) calls: (u64, u64),
}

impl State {
    fn next(&mut self, window: usize, now: Moment) -> Option<Asked> {
        if self.stopping {
            return None;
        }
        for _ in 0..self.order.len() {
            self.order.rotate_left(1);
            let Some(feed) = self.order.last().and_then(|id| self.feeds.get_mut(id)) else { continue };
            if let Some(job) = feed.next(window, now) {
                let (source, tenant) = (feed.source.clone(), Arc::clone(&feed.tenant));
                return Some(Asked { source, tenant, generation: feed.generation(), job });
            }
        }
        None
    }
}

/// A question on its way, and of which of the sources that this was one after the other.
struct Asked {
    source: Source,
    tenant: Arc<Tenant>,
    generation: u64,
    job: Job,
}

/// The one who asks the upstream.
pub struct Loader {
    db: Arc<Db>,
    registry: Arc<Registry>,
    pub(super) vault: Arc<Vault>,
    pub settings: Settings,
    pub(super) client: Client,
    trial: Client,
    gate: Gate,
    pub(super) state: Mutex<State>,
    /// The server stops.
    pub(super) stopped: Condvar,
    trying: AtomicBool,
    /// Where revisions begin, so that none of an earlier start is taken for one of this.
    started: Moment,
}

impl Loader {
    pub fn new(config: &Config, db: Arc<Db>, registry: Arc<Registry>, vault: Arc<Vault>) -> Arc<Self> {
        let settings = Settings::of(config);
        let gate = Gate::new("upstream.allow_private", settings.allow_private);
        let trial = Settings { timeout: settings.timeout.min(TRIAL), ..settings.clone() };
        Arc::new(Self {
            db,
            registry,
            vault,
            client: Client::new(&settings, gate.clone()),
            trial: Client::new(&trial, gate.clone()),
            settings,
            gate,
            state: Mutex::default(),
            stopped: Condvar::new(),
            trying: AtomicBool::new(false),
            started: Moment::now(),
        })
    }

    /// Lets calls to one address inside pass: the demo's own service.
    pub fn allow(&self, address: SocketAddr) {
        self.gate.allow(address);
    }

    /// May a source do without TLS? Only inside; the gate has the last word on each call.
    pub fn admits_plain(&self, address: Option<SocketAddr>) -> bool {
        match address {
            Some(address) => self.gate.check(address, true).is_ok(),
            None => self.settings.allow_private,
        }
    }

    /// Is it worth looking what of a dashboard is too old?
    pub fn is_due(&self, tenant: i64, dashboard: Dashboard, now: Moment) -> bool {
        // One further away than any is was set on a clock that was set back since.
        let is_due = |due: &Moment| *due <= now || due.0 - now.0 > LONGEST_DUE_MS;
        self.state.lock().due.get(&(tenant, dashboard)).is_none_or(is_due)
    }

    /// Takes in what is to be asked. Nobody waits for it.
    pub fn take(self: &Arc<Self>, tenant: &Arc<Tenant>, plan: Plan) {
        let now = Moment::now();
        let mut state = self.state.lock();
        // Whichever source comes first: one that rests keeps no other from being asked.
        let mut due = plan.due;
        for wanted in plan.wanted {
            if state.renewed.get(&wanted.source.id).is_some_and(|renewed| plan.at < *renewed) {
                due = now;
                continue;
            }
            let soon = now.plus_s(PLANNED_S);
            let feed = self.feed(&mut state, wanted.source, tenant);
            if !feed.breaker.would_admit(now) {
                due = due.min(feed.breaker.open_until().map_or(soon, |until| until.max(now)));
                continue;
            }
            due = due.min(soon);
            let list = wanted.list.then_some(Job::List);
            let pieces = wanted.pieces.into_iter().map(|(target, piece)| Job::Piece(target, piece));
            feed.enqueue(plan.dashboard, list.into_iter().chain(pieces).collect(), plan.at, now);
        }
        if let Some(dashboard) = plan.dashboard {
            state.due.insert((tenant.key, dashboard), due);
        }
        self.hire(&mut state, now);
    }

    fn feed<'a>(&self, state: &'a mut State, source: Source, tenant: &Arc<Tenant>) -> &'a mut Feed {
        let id = source.id;
        if !state.feeds.contains_key(&id) {
            state.order.push(id);
        }
        let feed =
            state.feeds.entry(id).or_insert_with(|| Feed::new(source.clone(), Arc::clone(tenant), &self.settings));
        feed.source = source;
        feed.tenant = Arc::clone(tenant);
        feed
    }

    /// Has a token made for each of these workspaces.
    pub fn make_tokens(self: &Arc<Self>, tenant: &Arc<Tenant>, source: Source, targets: Vec<Target>) {
        let now = Moment::now();
        let mut state = self.state.lock();
        let feed = self.feed(&mut state, source, tenant);
        feed.enqueue(None, targets.into_iter().map(Job::Token).collect(), now, now);
        self.hire(&mut state, now);
    }

    /// A tenant's sources are others by now; one of them is to be asked as if for the first time.
    pub fn renew(&self, tenant: i64, source: Option<Id>) {
        let mut state = self.state.lock();
        state.due.retain(|(of, _), _| *of != tenant);
        let Some(source) = source else { return };
        // No plan is under way for longer than a read takes.
        let now = Moment::now();
        state.renewed.retain(|_, at| (0..REMEMBERED_MS).contains(&(now.0 - at.0)));
        state.renewed.insert(source, now);
        if let Some(feed) = state.feeds.get_mut(&source) {
            feed.renew(&self.settings);
        }
    }

    /// A tenant has this source no more.
    pub fn forget(&self, tenant: i64, source: Id) {
        self.renew(tenant, Some(source));
        let mut state = self.state.lock();
        state.feeds.remove(&source);
        state.order.retain(|id| *id != source);
    }

    /// How far the loading of a dashboard is.
    pub fn loading(&self, tenant: i64, dashboard: Dashboard) -> Loading {
        let state = self.state.lock();
        let revision = state.revisions.get(&(tenant, dashboard)).copied().unwrap_or(self.started.0);
        let feeds = state.feeds.values().filter(|feed| feed.tenant.key == tenant);
        let rounds = feeds.flat_map(Feed::rounds).filter(|round| round.dashboard == dashboard);
        rounds.fold(Loading { revision, ..Loading::default() }, |loading, round| Loading {
            done: loading.done + round.done(),
            of: loading.of + round.of,
            revision,
        })
    }

    /// What it is at.
    pub fn load(&self) -> Load {
        let state = self.state.lock();
        let (calls, failed) = state.calls;
        state.feeds.values().fold(Load { calls, failed, ..Load::default() }, |load, feed| {
            let (in_flight, waiting) = feed.depth();
            Load {
                in_flight: load.in_flight + in_flight,
                waiting: load.waiting + waiting,
                paused: load.paused + usize::from(!feed.breaker.is_closed()),
                ..load
            }
        })
    }

    /// Tries a source out with a sealed token. One is tried at a time.
    ///
    /// # Errors
    /// Busy while another is tried.
    pub fn try_out(self: &Arc<Self>, tenant: Arc<Tenant>, source: Source) -> Result<Ticket<Tested>> {
        if self.trying.swap(true, Relaxed) {
            return Err(Error::busy("trying", "Another source is being tried out. Try again in a few seconds."));
        }
        let (sender, ticket) = ticket();
        let loader = Arc::clone(self);
        let work = move || {
            let token = match source.admin.as_deref() {
                Some(sealed) => loader.vault.open(of_source(&tenant, source.id), sealed),
                None => Err(Error::conflict("no_token", "There is no token for this source. Give one first.")),
            };
            let tested = token.map(|token| test(&loader.trial, &source.base_url, &token));
            loader.trying.store(false, Relaxed);
            sender.send(tested);
        };
        if let Err(error) = std::thread::Builder::new().name("larder-trial".to_owned()).spawn(work) {
            self.trying.store(false, Relaxed);
            return Err(Error::internal(error));
        }
        Ok(ticket)
    }

    /// Seals a source's or a workspace's token.
    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    /// Asks nothing more. What is being asked is not waited for: it may take as long as a call may.
    pub fn close(&self) {
        self.state.lock().stopping = true;
        self.stopped.notify_all();
    }

    /// As many threads as there is work for, and no more than may be.
    fn hire(self: &Arc<Self>, state: &mut State, now: Moment) {
        if state.stopping {
            return;
        }
        let ready: usize = state.feeds.values().map(|feed| feed.ready(self.settings.window, now)).sum();
        for _ in 0..ready.min(self.settings.threads.saturating_sub(state.threads)) {
            let loader = Arc::clone(self);
            let thread = std::thread::Builder::new().name("larder-upstream".to_owned()).stack_size(STACK);
            match thread.spawn(move || loader.work()) {
                Ok(_) => state.threads += 1,
                Err(error) => return tracing::error!(%error, "no thread to ask the upstream with"),
            }
        }
    }

    fn work(self: Arc<Self>) {
        while let Some(asked) = self.next() {
            let kept = self.carry_out(&asked);
            let now = Moment::now();
            let mut state = self.state.lock();
            if let Some(feed) = state.feeds.get_mut(&asked.source.id) {
                if let Err(error) = kept {
                    // What came is lost and asked for again by whoever looks after a while.
                    tracing::warn!(%error, tenant = &*asked.tenant.slug, "what the upstream said could not be kept");
                    feed.stumble(now);
                }
                feed.finish(asked.generation, &asked.job, now);
            }
            self.hire(&mut state, now);
        }
    }

    /// The next question of the source whose turn it is; none ends the thread. One thread stays for as
    /// long as a source has asked to be left alone, so that what waits for that is not forgotten.
    fn next(self: &Arc<Self>) -> Option<Asked> {
        let window = self.settings.window;
        let mut state = self.state.lock();
        loop {
            let now = Moment::now();
            if let Some(found) = state.next(window, now) {
                return Some(found);
            }
            let held = state.feeds.values().filter(|feed| feed.depth().1 > 0).map(|feed| feed.held_for(now));
            let rest = held.filter(|rest| !rest.is_zero()).min().filter(|_| !state.lingering && !state.stopping);
            let Some(rest) = rest else {
                state.threads -= 1;
                return None;
            };
            state.lingering = true;
            let _ = self.stopped.wait_for(&mut state, rest);
            state.lingering = false;
            self.hire(&mut state, Moment::now());
        }
    }

    /// Asks, keeps what came, and says so.
    fn carry_out(self: &Arc<Self>, asked: &Asked) -> Result<()> {
        let Asked { source, tenant, job, .. } = asked;
        let answered = catch_unwind(AssertUnwindSafe(|| Errand::new(self, source, tenant).run(job)));
        let Ok(done) = answered else {
            self.settle(asked, true);
            return Err(Error::internal("asking the upstream panicked"));
        };
        // It is of a source that this is no more: neither its figures nor its token mean anything here.
        if !self.is_current(asked) {
            return Ok(());
        }
        let failed = done.got.is_err();
        if let Err(fault) = &done.got {
            let (api, workspace) = (done.api, done.workspace.map(|id| id.to_string()));
            tracing::warn!(tenant = &*tenant.slug, api, workspace, fault = fault.code(), "the upstream gave nothing");
        }
        let open_until = self.state.lock().feeds.get(&source.id).and_then(|feed| feed.breaker.open_until());
        if let Job::List = job {
            let kept = self.keep_list(source, tenant, &done, open_until);
            // What is new is part of what is being loaded.
            self.plan_again(source, tenant);
            let mut change = Change::new();
            commit::ended(&mut change, tenant, source, &self.settle(asked, failed), done.ended);
            self.write(tenant, change, None)?;
            return kept;
        }
        let mut change = commit::of_piece(tenant, source, job, &done, open_until);
        commit::ended(&mut change, tenant, source, &self.settle(asked, failed), done.ended);
        let piece = if let Job::Piece(_, piece) = job { Some(*piece) } else { None };
        self.write(tenant, change, piece)
    }

    fn is_current(&self, asked: &Asked) -> bool {
        let state = self.state.lock();
        state.feeds.get(&asked.source.id).is_some_and(|feed| feed.generation() == asked.generation)
    }

    fn settle(&self, asked: &Asked, failed: bool) -> Vec<Round> {
        let mut state = self.state.lock();
        let feed = state.feeds.get_mut(&asked.source.id).filter(|feed| feed.generation() == asked.generation);
        let Some(feed) = feed else { return Vec::new() };
        let (ended, key) = (feed.settle(&asked.job, failed), feed.tenant.key);
        for round in &ended {
            state.due.remove(&(key, round.dashboard));
        }
        ended
    }

    fn keep_list(&self, source: &Source, tenant: &Tenant, done: &Done, open_until: Option<Moment>) -> Result<()> {
        let (key, id) = (tenant.key, source.id);
        let known = self.db.read(move |conn| store::known(conn, key, id)).wait()?;
        let change = commit::of_list(tenant, &self.registry, source, &known, done, open_until)?;
        self.write(tenant, change, None)
    }

    fn plan_again(self: &Arc<Self>, source: &Source, tenant: &Arc<Tenant>) {
        let state = self.state.lock();
        let rounds = state.feeds.get(&source.id).map_or(&[][..], Feed::rounds);
        let open: Vec<Dashboard> = rounds.iter().map(|round| round.dashboard).collect();
        drop(state);
        for dashboard in open {
            let (of, settings) = (Arc::clone(tenant), self.settings.clone());
            let plan =
                self.db.read(move |conn| Plan::make(conn, &of, dashboard, &settings, Moment::now(), None)).wait();
            match plan {
                Ok(plan) => self.take(tenant, plan),
                Err(error) => tracing::warn!(%error, "what is to be asked could not be found out"),
            }
        }
    }

    /// Keeps it, and says that there is more to read of the dashboards that the piece is part of: of all
    /// of them where it is none.
    fn write(&self, tenant: &Tenant, change: Change, piece: Option<Piece>) -> Result<()> {
        if change.statements.is_empty() {
            return Ok(());
        }
        self.db.write(change).wait()?;
        let mut state = self.state.lock();
        for dashboard in Dashboard::ALL {
            if piece.is_none_or(|piece| dashboard.pieces().contains(&piece)) {
                *state.revisions.entry((tenant.key, dashboard)).or_insert(self.started.0) += 1;
            }
        }
        Ok(())
    }
}
