//! A household in a folder of its own, with two tenants.

use std::sync::{Arc, OnceLock};

use serde_json::Value as Json;
use tempfile::TempDir;

use crate::auth::{Auth, Epochs, NewTenant, Settings, Vault, create_tenant};
use crate::cache::{self, Cache};
use crate::chore::{Bell, CHORES, Chore, ChoreKind, Household, KINDS, Kinds, Order, Queue};
use crate::config::Config;
use crate::db::{Change, Db, Observer, Options, Touch};
use crate::file::Files;
use crate::kernel::{Id, Moment, Result};
use crate::kind::Registry;
use crate::limit::{self, Limiter};
use crate::live::{self, Live};
use crate::record::Statistics;
use crate::record::{Imports, View};
use crate::stream::{Hub, Limits, Message, Streams};
use crate::upstream::Loader;

pub const NOW: Moment = Moment(1_700_000_000_000);

struct Ear(Arc<Hub>, Arc<Bell>);

impl Observer for Ear {
    fn committed(&self, touched: &[Touch]) {
        if touched.iter().any(|touch| touch.set == CHORES) {
            self.1.ring();
        }
    }
    fn appended(&self, streams: &[Id]) {
        self.0.appended(streams);
    }
}

pub struct House {
    pub it: Arc<Household>,
    _folder: TempDir,
}

/// With the server's own sorts of chores.
pub fn house() -> House {
    House::with(KINDS, 500)
}

impl House {
    pub fn with(kinds: &'static [ChoreKind], most: u32) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (hub, bell) = (Hub::new(100), Arc::<Bell>::default());
        let observer = Arc::new(Ear(Arc::clone(&hub), Arc::clone(&bell)));
        let db = Db::open(folder.path(), Options { observer, ..Options::default() }).unwrap();
        let registry = Arc::new(Registry::new(crate::kinds::ALL));
        let limiter = Limiter::open(&db, limit::Settings::default(), NOW).unwrap();
        let auth =
            Auth::new(Arc::clone(&db), Arc::clone(&registry), Epochs::new(), Arc::clone(&limiter), Settings::default())
                .unwrap();
        let turn = Arc::default();
        let imports = Imports::new(Arc::clone(&db), Arc::clone(&registry), folder.path(), Arc::clone(&turn)).unwrap();
        let streams = Streams::new(Arc::clone(&db), hub, Limits { messages: 1000, days: 14 });
        let queue = Queue::new(Arc::clone(&db), Arc::clone(&streams), Kinds(kinds), bell, most);
        let live = live::Hub::new(Arc::clone(&registry), 10);
        let live = Live::open(Arc::clone(&db), Arc::clone(&registry), Arc::clone(&auth), live).unwrap();
        let statistics = Statistics::new(Arc::clone(&db), Arc::clone(&registry));
        let config = Config::for_folder(folder.path());
        let vault = Arc::new(Vault::new(&config));
        let upstream = Loader::new(&config, Arc::clone(&db), Arc::clone(&registry), vault);
        let it = Arc::new(Household {
            db,
            registry,
            auth,
            limiter,
            imports,
            files: Arc::new(Files::new(folder.path())),
            live,
            statistics,
            streams,
            queue,
            cache: Cache::new(cache::Epochs::new(), 0),
            upstream,
            process: Id::new(),
            turn,
            warmer: OnceLock::new(),
            backups: folder.path().join("backups"),
            config,
        });
        let house = Self { it, _folder: folder };
        for (name, zone) in [("Northgate Lifts", "Europe/Berlin"), ("Southgate Stairs", "UTC")] {
            let new = NewTenant { name: name.into(), slug: None, zone: zone.into(), currency: "EUR".into() };
            house.write(create_tenant(&new, &mut Id::new, NOW).unwrap().1);
        }
        house
    }

    /// The same household, with a turn of its own for what is heavy.
    pub fn twin(&self) -> Arc<Household> {
        let it = &self.it;
        Arc::new(Household {
            db: Arc::clone(&it.db),
            registry: Arc::clone(&it.registry),
            auth: Arc::clone(&it.auth),
            limiter: Arc::clone(&it.limiter),
            imports: Arc::clone(&it.imports),
            files: Arc::clone(&it.files),
            live: Arc::clone(&it.live),
            statistics: Arc::clone(&it.statistics),
            streams: Arc::clone(&it.streams),
            queue: Arc::clone(&it.queue),
            cache: Arc::clone(&it.cache),
            upstream: Arc::clone(&it.upstream),
            process: it.process,
            turn: Arc::default(),
            warmer: OnceLock::new(),
            config: it.config.clone(),
            backups: it.backups.clone(),
        })
    }

    pub fn write(&self, change: Change) {
        self.it.db.write(change).wait().unwrap();
    }

    pub fn sql(&self, text: &'static str) {
        let mut change = Change::new();
        change.push(text, vec![]);
        self.write(change);
    }

    /// The one value that a query gives.
    pub fn ask<T: rusqlite::types::FromSql + Send + 'static>(&self, text: &'static str) -> T {
        self.it
            .db
            .read(move |conn| conn.query_row(text, [], |row| row.get(0)).map_err(crate::db::fault))
            .wait()
            .unwrap()
    }

    /// The texts that a query gives.
    pub fn texts(&self, text: &'static str) -> Vec<String> {
        let read = self.it.db.read(move |conn| {
            let mut statement = conn.prepare(text).map_err(crate::db::fault)?;
            let rows = statement.query_map([], |row| row.get(0)).map_err(crate::db::fault)?;
            rows.collect::<rusqlite::Result<_>>().map_err(crate::db::fault)
        });
        read.wait().unwrap()
    }

    pub fn order(&self, kind: &'static str) -> Chore {
        self.it.queue.order(Order { tenant: 1, kind, ..Order::default() }, NOW).unwrap()
    }

    pub fn chore(&self, id: Id) -> Chore {
        self.it.queue.load(id).unwrap()
    }

    pub fn messages(&self, stream: Id) -> Vec<Message> {
        self.it.streams.page(stream, 0, 10_000).unwrap().messages
    }

    pub fn stages(&self, stream: Id) -> Vec<String> {
        let messages = self.messages(stream);
        let numbers: Vec<i64> = messages.iter().map(|message| message.sequence).collect();
        assert_eq!(numbers, (1..=messages.len() as i64).collect::<Vec<_>>(), "neither gap nor repeat");
        messages.into_iter().map(|message| message.step.stage).collect()
    }

    /// Makes a record of the first tenant, as its owner would.
    pub fn create(&self, kind: &'static str, body: Json) -> Id {
        let (access, registry) = (self.it.tenant(1).unwrap(), Arc::clone(&self.it.registry));
        let id = Id::new();
        let read = self.it.db.read(move |conn| {
            let position = registry.position(kind).unwrap();
            View::new(conn, &registry, &access).plan_create(position, id, body.as_object().unwrap())
        });
        self.write(read.wait().unwrap().change);
        id
    }

    pub fn update(&self, kind: &'static str, id: Id, body: Json) {
        let (access, registry) = (self.it.tenant(1).unwrap(), Arc::clone(&self.it.registry));
        let read = self.it.db.read(move |conn| {
            let position = registry.position(kind).unwrap();
            View::new(conn, &registry, &access).plan_update(position, id, body.as_object().unwrap(), None)
        });
        self.write(read.wait().unwrap().change);
    }
}

/// A chore that does nothing.
pub fn nothing(_: &Household, _: &crate::chore::Task) -> Result<Json> {
    Ok(Json::Null)
}
