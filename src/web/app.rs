//! What every request shares. Built once, outside actix, so that no worker has its own.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use actix_web::web::Bytes;
use parking_lot::Mutex;
use tokio::sync::{Notify, Semaphore};

use crate::auth::{Auth, Digest, Epochs, Sealed, Settings, Token, Vault};
use crate::cache::{self, Cache, Memory, watch_memory};
use crate::chore::{Bell, CHORES, Household, KINDS, Kinds, Queue, Workers};
use crate::config::Config;
use crate::db::{Change, Db, Limits, Meter, Observer, Options, TableSet, Told, Touch};
use crate::file::Files;
use crate::kernel::{Id, Moment, Result};
use crate::kind::{Kind, Registry};
use crate::limit::{self, Limiter};
use crate::live::{self, Live};
use crate::monitor::Monitor;
use crate::notify::mail::Postman;
use crate::notify::webhook::{self, Courier, WEBHOOKS, Wake};
use crate::notify::{self, Note, Sort};
use crate::record::{Imports, Statistics, search_tables};
use crate::stream::{self, Streams};
use crate::upstream::{self, Loader};

use super::reaper::Reaper;
use super::recipes::Recipes;
use super::routes;
use super::table::Table;
use super::{imports, monitoring};

/// The server's shared state.
pub struct App {
    pub config: Config,
    pub registry: Arc<Registry>,
    pub db: Arc<Db>,
    pub auth: Arc<Auth>,
    pub limiter: Arc<Limiter>,
    pub imports: Arc<Imports>,
    pub statistics: Arc<Statistics>,
    /// Where a mail server is named.
    pub postman: Option<Arc<Postman>>,
    /// What other services' secrets are sealed with.
    pub vault: Arc<Vault>,
    /// Takes messages to other programs.
    pub courier: Arc<Courier>,
    pub files: Arc<Files>,
    pub live: Arc<Live>,
    pub streams: Arc<Streams>,
    pub chores: Arc<Queue>,
    /// Who asks the service behind the portal.
    pub upstream: Arc<Loader>,
    /// What chores work with, for the clock.
    pub household: Arc<Household>,
    workers: Workers,
    pub cache: Arc<Cache>,
    pub memory: Arc<Memory>,
    pub(super) recipes: Recipes,
    /// How all of this is doing.
    pub monitor: Arc<Monitor>,
    /// How many files may be on their way in at once.
    pub(super) uploads: Arc<Semaphore>,
    pub(super) routes: Table,
    /// The first peer that sent forwarding headers without being a trusted proxy; the health page says so.
    pub(super) strange_forwarding: Arc<OnceLock<IpAddr>>,
    pub(super) reaper: Arc<Reaper>,
    /// The API's description, once somebody asked for it.
    pub(super) openapi: OnceLock<Bytes>,
    /// The pages of the API's documentation, once somebody asked for them.
    pub(super) docs: OnceLock<Bytes>,
    /// False while the demo is being filled in.
    ready: AtomicBool,
    /// Somebody inside asked the server to stop.
    stop: Notify,
    /// Opens everything to the commands that read it from the run file.
    run_token: Token,
    /// Makes request ids: the moment of the start and a running number.
    first_request: u64,
    requests: AtomicU64,
}

impl App {
    /// Opens the folder that the settings name, with these kinds.
    ///
    /// Waits for the database, so it is not to be called on an async thread.
    pub fn open(config: Config, kinds: &[&'static Kind]) -> Result<Arc<Self>> {
        let (registry, epochs) = (Arc::new(Registry::new(kinds)), Epochs::new());
        let budget = if config.cache_enabled { config.cache_mb << 20 } else { 0 };
        let (cache, memory) = (Cache::new(cache::Epochs::new(), budget), Arc::<Memory>::default());
        let monitor = monitoring::monitor(&config);
        let live_hub = live::Hub::new(Arc::clone(&registry), config.max_sockets);
        let (stream_hub, bell) = (stream::Hub::new(config.live_streams), Arc::<Bell>::default());
        let waker = webhook::waker();
        let options = Options {
            meter: monitor.is_on().then(|| Arc::clone(&monitor) as Arc<dyn Meter>),
            search: search_tables(&registry),
            observer: Arc::new(Observers {
                cache: Arc::clone(&cache.epochs),
                people: Arc::clone(&epochs),
                live: Arc::clone(&live_hub),
                streams: Arc::clone(&stream_hub),
                bell: Arc::clone(&bell),
                webhooks: waker.0.clone(),
            }),
            allow_network_fs: config.allow_network_folder,
            limits: Limits { reads: config.db_waiting_reads, changes: config.db_waiting_changes, ..Limits::default() },
            ..Options::default()
        };
        let db = Db::open(&config.data, options)?;
        let limits = limit::Settings {
            enabled: config.limit_enabled,
            scale: config.limit_scale,
            identities: config.limit_identities,
        };
        let limiter = Limiter::open(&db, limits, Moment::now())?;
        let settings = Settings { sessions: config.sessions_in_memory, ..Settings::default() };
        let auth = Auth::new(Arc::clone(&db), Arc::clone(&registry), epochs, Arc::clone(&limiter), settings)?;
        let live = Live::open(Arc::clone(&db), Arc::clone(&registry), Arc::clone(&auth), live_hub)?;
        let turn = Arc::<Mutex<()>>::default();
        tell_former_holders(&live, &db);
        let imports = Imports::new(Arc::clone(&db), Arc::clone(&registry), &config.data, Arc::clone(&turn))?;
        imports::resume(&imports, &auth)?;
        // What a killed server left half sent is of no use to anybody.
        let _ = std::fs::remove_dir_all(config.upload_folder());
        let statistics = Statistics::new(Arc::clone(&db), Arc::clone(&registry));
        let postman = Postman::new(&config, &db, &auth, &registry)?;
        let vault = Arc::new(Vault::new(&config).guarding(&db, &sealed_places())?);
        let courier = Courier::new(&config, &db, &vault, waker);
        let files = Arc::new(Files::new(&config.data));
        watch_memory(&cache, &memory, config.memory_mb)?;
        let kept = stream::Limits { messages: config.stream_messages, days: config.stream_days };
        let streams = Streams::new(Arc::clone(&db), stream_hub, kept);
        let chores = Queue::new(Arc::clone(&db), Arc::clone(&streams), Kinds(KINDS), bell, config.chores_open);
        let upstream = Loader::new(&config, Arc::clone(&db), Arc::clone(&registry), Arc::clone(&vault));
        let household = Arc::new(Household {
            db: Arc::clone(&db),
            registry: Arc::clone(&registry),
            auth: Arc::clone(&auth),
            limiter: Arc::clone(&limiter),
            imports: Arc::clone(&imports),
            files: Arc::clone(&files),
            live: Arc::clone(&live),
            statistics: Arc::clone(&statistics),
            streams: Arc::clone(&streams),
            queue: Arc::clone(&chores),
            cache: Arc::clone(&cache),
            upstream: Arc::clone(&upstream),
            process: Id::new(),
            turn,
            warmer: OnceLock::new(),
            backups: backup_folder(&config.data),
            config: config.clone(),
        });
        let workers = Workers::start(Arc::clone(&household))?;
        let uploads = Arc::new(Semaphore::new(config.uploads));
        let (reaper, strange_forwarding) = (Arc::new(Reaper::new(config.max_connections)), Arc::default());
        monitoring::connect(&monitor, &config, &reaper, &streams.hub, &strange_forwarding);
        monitoring::connect_cache(&monitor, &cache, &memory);
        monitoring::connect_limits(&monitor, &limiter);
        monitoring::connect_live(&monitor, &live);
        monitoring::connect_statistics(&monitor, &statistics);
        monitoring::connect_mail(&monitor, &postman);
        monitoring::connect_chores(&monitor, &chores);
        monitoring::connect_upstream(&monitor, &upstream);
        monitoring::connect_webhooks(&monitor, &config, &courier);
        Ok(Arc::new(Self {
            config,
            registry,
            db,
            auth,
            limiter,
            imports,
            statistics,
            postman,
            vault,
            courier,
            files,
            live,
            streams,
            chores,
            upstream,
            household,
            workers,
            cache,
            memory,
            recipes: Recipes::default(),
            monitor,
            uploads,
            routes: Table::new(routes::all()),
            strange_forwarding,
            reaper,
            openapi: OnceLock::new(),
            docs: OnceLock::new(),
            ready: AtomicBool::new(true),
            stop: Notify::new(),
            run_token: Token::fresh(),
            first_request: Moment::now().0.cast_unsigned(),
            requests: AtomicU64::new(0),
        }))
    }

    /// Writes what is left to write and closes the database. Not to be called on an async thread.
    pub fn close(&self) {
        self.upstream.close();
        self.workers.tell();
        self.imports.close();
        self.workers.close();
        self.db.close();
    }

    /// Asks the server to stop, as a signal would.
    pub fn stop(&self) {
        self.stop.notify_one();
    }

    pub(super) async fn stopped(&self) {
        self.stop.notified().await;
    }

    /// The token for the run file.
    pub fn run_token(&self) -> &str {
        &self.run_token.text
    }

    pub(super) fn is_run_token(&self, presented: &str) -> bool {
        Digest::of(presented) == Some(self.run_token.digest)
    }

    /// What `/readyz` answers: false while the server fills in what it was asked to.
    pub fn set_ready(&self, ready: bool) {
        self.ready.store(ready, Ordering::Relaxed);
    }

    pub(super) fn is_ready(&self) -> bool {
        self.ready.load(Ordering::Relaxed)
    }

    /// The next request's id, unique over restarts: `18f2c1a9e30-1a`.
    pub(super) fn next_request_id(&self) -> String {
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        format!("{:x}-{number:x}", self.first_request)
    }
}

/// Whoever held a lock that ran out and was taken over hears of it. Nobody waits for that, and a server
/// that stops loses it: the screen of the former holder says so, too.
fn tell_former_holders(live: &Live, db: &Arc<Db>) {
    // The database holds what listens to it, so a listener must not hold the database.
    let db = Arc::downgrade(db);
    live.on_take_over(move |taken| {
        let Some(db) = db.upgrade() else { return };
        let note = Note {
            tenant: taken.tenant,
            user: taken.former,
            sort: Sort::LockTaken,
            by: Some(taken.by),
            about: Some((taken.kind, taken.id)),
            told: None,
        };
        let mut change = Change::new();
        notify::note(&mut change, note, Moment::now());
        drop(db.write(change));
    });
}

/// Answers die before people's facts do, both before anybody hears of the commit: screens that follow
/// a record or a stream, and then who asked for it.
struct Observers {
    cache: Arc<cache::Epochs>,
    people: Arc<Epochs>,
    live: Arc<live::Hub>,
    streams: Arc<stream::Hub>,
    bell: Arc<Bell>,
    webhooks: Wake,
}

impl Observer for Observers {
    fn committed(&self, touched: &[Touch]) {
        self.people.committed(touched);
        if Epochs::concerns(touched) {
            self.live.rights_moved();
            self.streams.rights_moved();
        }
        if touched.iter().any(|touch| touch.set == CHORES) {
            self.bell.ring();
        }
        if touched.iter().any(|touch| touch.set == WEBHOOKS) {
            self.webhooks.wake();
        }
        if touched.iter().any(|touch| touch.set == "tenants") {
            self.bell.tenants_moved();
        }
    }
    fn changed(&self, changed: &[(i64, TableSet)]) {
        self.cache.changed(changed);
    }
    fn appended(&self, streams: &[Id]) {
        self.streams.appended(streams);
    }
    fn told(&self, told: &[Told]) {
        self.live.told(told);
    }
}

/// Where something is kept that the server's key alone opens.
pub fn sealed_places() -> Vec<Sealed> {
    [upstream::SEALED, webhook::SEALED].concat()
}

/// Where the hourly and daily backups lie.
pub fn backup_folder(data: &Path) -> PathBuf {
    data.join("backups")
}
