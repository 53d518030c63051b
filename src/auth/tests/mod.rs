//! The rooms of `auth` together, over a real database and a clock that is handed in.

mod links;
mod rights;
mod sessions;
mod sign_in;

use std::future::Future;
use std::net::IpAddr;
use std::sync::{Arc, OnceLock};

use serde_json::Value as Json;

use crate::db::{Change, Db, Options, Value};
use crate::kernel::{Error, Id, Moment, Result};
use crate::kind::Registry;
use crate::limit::{self, Limiter};
use crate::record::{Query, View};

use super::{
    Auth, Epochs, Login, NewPerson, NewTenant, Origin, Session, Settings, Setup, SignIn, SignedIn, add_person,
    create_tenant,
};

pub const NOW: Moment = Moment(1_800_000_000_000);
pub const PASSWORD: &str = "a lift in every shaft";

/// A server without its web.
pub struct Desk {
    pub db: Arc<Db>,
    pub auth: Arc<Auth>,
    pub limiter: Arc<Limiter>,
    pub registry: Arc<Registry>,
    _folder: tempfile::TempDir,
}

/// Runs one future to its end, as the web would.
pub fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

/// The hash of [`PASSWORD`], made once.
fn hash() -> String {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| super::Passwords::new().unwrap().hash(PASSWORD.into()).wait().unwrap()).clone()
}

pub fn home() -> IpAddr {
    "192.0.2.17".parse().unwrap()
}

pub fn origin(address: &str) -> Origin {
    Origin { address: address.parse().unwrap(), agent: "a test".into() }
}

pub fn sign_in_as(email: &str, password: &str) -> SignIn {
    SignIn {
        email: email.into(),
        password: password.into(),
        tenant: None,
        origin: origin("192.0.2.17"),
        known: None,
        device: None,
    }
}

pub fn setup(email: &str, tenant: &str) -> Setup {
    let tenant = NewTenant { name: tenant.into(), slug: None, zone: "UTC".into(), currency: "EUR".into() };
    Setup { name: "Ada Owner".into(), email: email.into(), password: PASSWORD.into(), tenant }
}

pub fn code<T>(result: Result<T>) -> &'static str {
    result.map_or_else(|error| error.code(), |_| "fine")
}

impl Desk {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let registry = Arc::new(Registry::new(crate::kinds::ALL));
        let epochs = Epochs::new();
        let observer = Arc::clone(&epochs);
        let db = Db::open(folder.path(), Options { observer, ..Options::default() }).unwrap();
        let limiter = Limiter::open(&db, limit::Settings::default(), NOW).unwrap();
        let settings = Settings::default();
        let auth = Auth::new(Arc::clone(&db), Arc::clone(&registry), epochs, Arc::clone(&limiter), settings).unwrap();
        Self { db, auth, limiter, registry, _folder: folder }
    }

    /// The same server after a restart.
    pub fn again(&self) -> Arc<Auth> {
        let limiter = Limiter::open(&self.db, limit::Settings::default(), NOW).unwrap();
        let (db, registry) = (Arc::clone(&self.db), Arc::clone(&self.registry));
        Auth::new(db, registry, Epochs::new(), limiter, Settings::default()).unwrap()
    }

    pub fn write(&self, change: Change) {
        self.db.write(change).wait().unwrap();
    }

    pub fn tenant(&self, name: &str) -> Id {
        let (id, change) = create_tenant(&setup("nobody@example.com", name).tenant, &mut Id::new, NOW).unwrap();
        self.write(change);
        id
    }

    /// A user who signs in with [`PASSWORD`]; with the same address again, in another tenant too.
    pub fn person(&self, tenant: Id, email: &str, role: &str) -> Id {
        self.member(tenant, email, role, None)
    }

    pub fn member(&self, tenant: Id, email: &str, role: &str, company: Option<Id>) -> Id {
        let address = email.to_owned();
        let known = self.db.read(move |c| super::sign_in::find(c, &address)).wait().unwrap();
        let login = match known {
            Some(identity) => Login::Known(identity.id),
            None => Login::New { identity: Id::new(), password: hash(), operator: false },
        };
        let id = Id::new();
        let person = NewPerson { id, tenant, name: email, email, role, company, contractor: None, login };
        self.write(add_person(&person, NOW).unwrap());
        id
    }

    /// A user without a login.
    pub fn agent(&self, tenant: Id, email: &str, role: &str) -> Id {
        let id = Id::new();
        let person =
            NewPerson { id, tenant, name: "Agent", email, role, company: None, contractor: None, login: Login::None };
        self.write(add_person(&person, NOW).unwrap());
        id
    }

    pub fn enter(&self, email: &str) -> SignedIn {
        wait(self.auth.sign_in(sign_in_as(email, PASSWORD), NOW)).map_err(|e| format!("{email}: {e}")).unwrap()
    }

    pub fn session(&self, token: &str, now: Moment) -> Result<Arc<Session>> {
        wait(self.auth.session(token, now))
    }

    /// Changes one column of a user as the engine would.
    pub fn set(&self, session: &Session, user: Id, column: &str, value: impl Into<Value>) -> Result<()> {
        let key = session.access.tenant.key;
        let mut change = Change::new();
        let sql = format!("UPDATE users SET {column} = ?3 WHERE tenant_id = ?1 AND id = ?2");
        change.push(sql, vec![key.into(), user.into(), value.into()]);
        change.touch(key, "users");
        self.db.write(change).wait()
    }

    pub fn plan(&self, session: &Session, kind: &str, body: Json) -> Result<Id> {
        let (registry, access) = (Arc::clone(&self.registry), Arc::clone(&session.access));
        let position = registry.position(kind).unwrap();
        let body = body.as_object().unwrap().clone();
        let planned = self.db.read(move |c| View::new(c, &registry, &access).plan_create(position, Id::new(), &body));
        let planned = planned.wait()?;
        self.db.write(planned.change).wait().map(|()| planned.id)
    }

    /// The whole answer to a list.
    pub fn list(&self, session: &Session, kind: &str) -> Result<String> {
        let (registry, access) = (Arc::clone(&self.registry), Arc::clone(&session.access));
        let position = registry.position(kind).unwrap();
        let read = self.db.read(move |c| {
            let query = Query::parse(&registry, &access, position, &[])?;
            View::new(c, &registry, &access).list(&query).map(|listing| listing.body)
        });
        read.wait().map(|body| String::from_utf8(body).unwrap())
    }
}

pub fn extra(error: &Error, name: &str) -> Option<Json> {
    error.detail()?.extra.as_ref()?.get(name).cloned()
}
