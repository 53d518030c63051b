//! How kept answers were made, so that those in use can be made again before somebody asks, and all
//! of them compared with the store.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

use actix_web::rt;
use parking_lot::Mutex;
use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::cache::{Epochs, Key, Life, Made, Stamp, hash};
use crate::chore::Warmer;
use crate::db::watched;
use crate::kernel::Result;
use crate::kind::Access;
use crate::record::View;

use super::app::App;
use super::warm_start;
use super::who::{Asked, read_as};

/// Recipes that are remembered.
const MOST: usize = 512;
/// Of so many that come to hand, the one whose answer was used least makes room for another.
const LOOKED_AT: usize = 8;
/// How often the warmer looks whether there is something to do.
const ROUND: Duration = Duration::from_secs(1);
/// Reads in a round up to which the server counts as idle.
const IDLE_READS: u64 = 20;
/// Answers warmed in a round: a request that comes meanwhile waits for one of them at most.
const AT_ONCE: usize = 4;
/// What depends on the clock may differ from one reading to the next.
const STEADY: Duration = Duration::from_secs(60);

type Make = dyn Fn(&View<'_>) -> Result<Made> + Send + Sync;

/// One answer's making.
#[derive(Clone)]
pub struct Recipe {
    /// The route and the kind that it is about.
    purpose: (&'static str, &'static str),
    access: Arc<Access>,
    heavy: bool,
    keep: Duration,
    make: Arc<Make>,
}

impl Recipe {
    pub fn new<F>(asked: &Asked<'_>, heavy: bool, keep: Duration, make: F) -> Self
    where
        F: Fn(&View<'_>) -> Result<Made> + Send + Sync + 'static,
    {
        Self { purpose: asked.purpose, access: Arc::clone(&asked.viewer.access), heavy, keep, make: Arc::new(make) }
    }

    /// Reads the answer from the store.
    pub async fn read(&self, app: &App) -> Result<(Made, Stamp)> {
        let (make, epochs, tenant) = (Arc::clone(&self.make), Arc::clone(&app.cache.epochs), self.access.tenant.key);
        read_as(app, &self.access, self.heavy, self.purpose, move |view| stamped(&epochs, tenant, || make(view))).await
    }
}

/// Runs a read and says what it was read from. The clock is looked at before the snapshot, which the
/// read's first statement opens.
pub fn stamped<T>(epochs: &Epochs, tenant: i64, read: impl FnOnce() -> Result<T>) -> Result<(T, Stamp)> {
    let horizon = epochs.horizon(tenant);
    let (out, tables) = watched(read);
    out.map(|out| (out, horizon.stamp(tables)))
}

/// The recipes of answers that were built lately.
#[derive(Default)]
pub struct Recipes {
    all: Mutex<HashMap<Key, (Recipe, Arc<Life>)>>,
    /// As the last round found.
    idle: AtomicBool,
}

/// What a comparison with the store has found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Compared {
    pub same: usize,
    /// Changed meanwhile, or about the clock.
    pub passed_over: usize,
    pub different: usize,
}

impl Recipes {
    /// Remembers how an answer was made.
    pub fn note(&self, key: Vec<u8>, recipe: Recipe, life: &Arc<Life>) {
        let mut all = self.all.lock();
        if all.len() >= MOST && !all.contains_key(&key[..]) {
            let least = all.iter().take(LOOKED_AT).min_by_key(|(_, (_, life))| (life.is_fresh(), life.uses()));
            if let Some(least) = least.map(|(key, _)| Arc::clone(key)) {
                all.remove(&least);
            }
        }
        all.insert(key.into(), (recipe, Arc::clone(life)));
    }

    /// Makes answers again that have died and were in use, those most in use first, and forgets those
    /// that were not. Only while nobody else wants to read.
    pub async fn warm(&self, app: &App) {
        let mut dead: Vec<_> = {
            let mut all = self.all.lock();
            all.retain(|_, (_, life)| life.is_fresh() || life.uses() > 0);
            let dead = all.iter().filter(|(_, (_, life))| !life.is_fresh());
            dead.map(|(key, (recipe, life))| (Arc::clone(key), recipe.clone(), life.uses())).collect()
        };
        dead.sort_by_key(|(_, _, uses)| std::cmp::Reverse(*uses));
        for (key, recipe, _) in dead.into_iter().take(AT_ONCE) {
            let Ok((made, stamp)) = recipe.read(app).await else {
                self.all.lock().remove(&key);
                continue;
            };
            let entry = app.cache.warm(&key, recipe.keep, made, stamp);
            self.all.lock().insert(key, (recipe, Arc::clone(&entry.life)));
        }
    }

    /// Compares every answer that may be shown with what the store says now.
    pub async fn compare(&self, app: &App) -> Compared {
        let all: Vec<_> = {
            let all = self.all.lock();
            all.iter().map(|(key, (recipe, life))| (Arc::clone(key), recipe.clone(), Arc::clone(life))).collect()
        };
        let mut compared = Compared::default();
        for (key, recipe, life) in all {
            let steady = recipe.keep >= STEADY && life.is_fresh();
            let now = if steady { recipe.read(app).await.ok() } else { None };
            match now {
                Some((made, _)) if hash(&made.body) == life.hash => compared.same += 1,
                Some(_) if life.is_fresh() => {
                    compared.different += 1;
                    app.cache.mistrust(&key, &life);
                }
                _ => compared.passed_over += 1,
            }
        }
        compared
    }
}

/// Warms what was in use before the start, then what is in use whenever the server is idle, until it stops.
/// By the second, so not in the queue; what can wait for its turn there is [`AppWarmer`]'s.
pub async fn keep_warm(app: Arc<App>) {
    let wanted = app.cache.is_enabled() && app.config.cache_warming;
    if wanted {
        warm_start::run(&app).await;
    }
    let mut before = app.db.stats().reads;
    loop {
        rt::time::sleep(ROUND).await;
        let stats = app.db.stats();
        let idle = stats.waiting_reads == 0 && stats.reads.saturating_sub(before) <= IDLE_READS;
        app.recipes.idle.store(idle, Ordering::Relaxed);
        if idle && wanted {
            app.recipes.warm(&app).await;
        }
        before = app.db.stats().reads;
    }
}

/// What the schedule asks for: dashboards of those who were here last, and the comparison with the store.
pub struct AppWarmer(pub Weak<App>);

impl Warmer for AppWarmer {
    fn is_idle(&self) -> bool {
        self.0.upgrade().is_some_and(|app| app.recipes.idle.load(Ordering::Relaxed))
    }

    fn warm(&self) -> Result<Json> {
        let Some(app) = self.0.upgrade() else { return Ok(json!({})) };
        let compared = app.household.wait(async {
            warm_start::run(&app).await;
            app.recipes.compare(&app).await
        })?;
        tracing::debug!(?compared, "kept answers were compared with the store");
        Ok(json!(compared))
    }
}
