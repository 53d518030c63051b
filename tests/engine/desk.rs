//! A scratch database with two tenants, and viewers with any rights in them.

use std::path::Path;
use std::sync::Arc;

use larder::db::{Change, Db, Options, Value};
use larder::kernel::{Id, Moment, Result};
use larder::kind::{Access, Actor, Choice, FieldRight, Grant, Level, Registry, Tenant};
use larder::kinds;
use larder::record::{self, Planned, Query, Selection, View};
use serde_json::{Map, Value as Json};

/// Everything that a test needs.
pub struct Desk {
    pub db: Arc<Db>,
    pub registry: Arc<Registry>,
    pub access: Access,
    pub folder: tempfile::TempDir,
}

pub fn object(json: Json) -> Map<String, Json> {
    json.as_object().cloned().expect("an object")
}

fn grants(registry: &Registry, level: Level) -> Arc<[Grant]> {
    let grant =
        |fields: usize| Grant { levels: [level; 5], fields: vec![FieldRight::Full; fields], ..Grant::default() };
    registry.all().map(|(_, kind)| grant(kind.fields.len())).collect()
}

fn open(folder: &Path, registry: &Registry) -> Arc<Db> {
    Db::open(folder, Options { search: record::search_tables(registry), ..Options::default() })
        .expect("the database opens")
}

impl Desk {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let registry = Arc::new(Registry::new(kinds::ALL));
        let db = open(folder.path(), &registry);
        let mut change = Change::new();
        for (name, slug) in [("Acme Lifts", "acme"), ("Other", "other")] {
            change.push(
                "INSERT INTO tenants(id, slug, name, created_at, updated_at) VALUES(?,?,?,1,1)",
                vec![Value::Id(Id::new()), Value::from(slug), Value::from(name)],
            );
        }
        db.write(change).wait().expect("tenants");
        let choice = |name: &str, counts: &str| Choice {
            list: "deal-stage".into(),
            name: name.into(),
            label: name.into(),
            counts_as: counts.into(),
        };
        let tenant = Tenant {
            key: 1,
            id: Id::new(),
            version: 1,
            slug: "acme".into(),
            name: "Acme Lifts".into(),
            zone: "UTC".into(),
            currency: "EUR".into(),
            logo: None,
            due_ahead_days: None,
            custom: Arc::new([]),
            choices: [choice("lead", "open"), choice("won", "won"), choice("lost", "lost")].into(),
        };
        let access = Access {
            tenant: Arc::new(tenant),
            actor: Actor::default(),
            role: "owner".into(),
            company: None,
            contractor: None,
            grants: grants(&registry, Level::All),
            fingerprint: 1,
        };
        Self { db, registry, access, folder }
    }

    /// The same desk seen from the other tenant.
    pub fn stranger(&self) -> Access {
        let mut access = self.access.clone();
        let mut tenant = (*access.tenant).clone();
        tenant.key = 2;
        tenant.id = Id::new();
        access.tenant = Arc::new(tenant);
        access
    }

    pub fn at(&self, kind: &str) -> usize {
        self.registry.position(kind).expect("a kind")
    }

    pub fn see<T: Send + 'static>(
        &self,
        access: &Access,
        f: impl FnOnce(&View<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (registry, access) = (self.registry.clone(), access.clone());
        self.db.read(move |conn| f(&View::new(conn, &registry, &access))).wait()
    }

    pub fn commit(&self, planned: Planned) -> Result<Id> {
        self.db.write(planned.change).wait().map(|()| planned.id)
    }

    pub fn try_create(&self, access: &Access, kind: &str, body: Json) -> Result<Id> {
        let at = self.at(kind);
        let planned = self.see(access, move |view| view.plan_create(at, Id::new(), &object(body)))?;
        self.commit(planned)
    }

    pub fn create(&self, kind: &str, body: Json) -> Id {
        self.try_create(&self.access.clone(), kind, body).expect("created")
    }

    pub fn update(&self, kind: &str, id: Id, body: Json, expect: Option<i64>) -> Result<Id> {
        let at = self.at(kind);
        let planned = self.see(&self.access, move |view| view.plan_update(at, id, &object(body), expect))?;
        self.commit(planned)
    }

    pub fn get_as(&self, access: &Access, kind: &str, id: Id) -> Result<Json> {
        let at = self.at(kind);
        let found = self.see(access, move |view| view.get(at, id, &Selection::whole()))?;
        Ok(serde_json::from_slice(&found.body).expect("JSON"))
    }

    pub fn get(&self, kind: &str, id: Id) -> Json {
        self.get_as(&self.access.clone(), kind, id).expect("found")
    }

    pub fn list_as(&self, access: &Access, kind: &str, params: &[(&str, &str)]) -> Result<Json> {
        let at = self.at(kind);
        let params: Vec<_> = params.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        let query = Query::parse(&self.registry, access, at, &params)?;
        let listing = self.see(access, move |view| view.list(&query))?;
        Ok(serde_json::from_slice(&listing.body).expect("JSON"))
    }

    pub fn list(&self, kind: &str, params: &[(&str, &str)]) -> Json {
        self.list_as(&self.access.clone(), kind, params).expect("listed")
    }

    /// One member of each row.
    pub fn column(&self, kind: &str, params: &[(&str, &str)], name: &str) -> Vec<String> {
        texts(&self.list(kind, params), name)
    }

    /// Sets one level for a kind, for all actions.
    pub fn with_level(&self, kind: &str, level: Level) -> Access {
        let mut access = self.access.clone();
        let mut grants = access.grants.to_vec();
        grants[self.at(kind)].levels = [level; 5];
        access.grants = grants.into();
        access.fingerprint = 2;
        access
    }

    pub fn hiding(&self, access: &Access, kind: &str, field: &str) -> Access {
        let mut access = access.clone();
        let mut grants = access.grants.to_vec();
        let kind = self.at(kind);
        let field = self.registry.at(kind).position(field).expect("a field");
        grants[kind].fields[field] = FieldRight::Hidden;
        access.grants = grants.into();
        access
    }
}

pub fn texts(list: &Json, name: &str) -> Vec<String> {
    let rows = list["data"].as_array().expect("rows");
    rows.iter().map(|r| r[name].as_str().map_or_else(|| r[name].to_string(), str::to_owned)).collect()
}

pub fn today() -> String {
    Moment::now().day_in("UTC").to_string()
}
