//! Who is asking, and what they may do: people, passwords, sessions, roles, tenants, one-time links.
//!
//! A [`Session`] carries an [`Access`](crate::kind::Access), and every function of `record` takes
//! one. Rights therefore reach the engine from this room alone.

mod accept;
mod access;
mod epochs;
mod facts;
mod links;
mod operator;
mod password;
mod penalty;
mod people;
mod policy;
mod role;
mod session;
mod shipped;
mod sign_in;
mod tenants;
mod throttle;
mod tier;
mod token;

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use quick_cache::sync::Cache;

use crate::db::Db;
use crate::kernel::{Moment, Result};
use crate::kind::Registry;

pub use accept::Setup;
pub use epochs::Epochs;
pub use links::{Link, LinkView, Purpose};
pub use password::{Passwords, Verdict};
pub use people::{Login, NewPerson, add_person};
pub use policy::check_password;
pub use role::{Role, RoleText};
pub use session::{Session, SessionLine};
pub use shipped::Shipped;
pub use sign_in::{Origin, SignIn, SignedIn};
pub use tenants::{NewTenant, TenantChange, TenantLine, create_tenant, only_owners, plan_tenant_change};
pub use throttle::Throttle;
pub use tier::Tier;
pub use token::{Digest, Token};

use session::Stamped;

/// The limits of this room.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Multiplies the budgets of failed sign-ins (`LARDER_LIMIT_SCALE`).
    pub limit_scale: f64,
    /// Sessions kept in memory, about 600 bytes each; further ones are read when they are used.
    pub sessions: usize,
    /// Tenants whose facts are kept in memory.
    pub tenants: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { limit_scale: 1.0, sessions: 10_000, tenants: 1_000 }
    }
}

/// The one who knows who is who. Shared by everything that answers requests.
pub struct Auth {
    db: Arc<Db>,
    registry: Arc<Registry>,
    epochs: Arc<Epochs>,
    passwords: Passwords,
    throttle: Throttle,
    /// In the order of [`Shipped::ALL`].
    shipped: Vec<Arc<Role>>,
    sessions: Cache<Digest, Arc<Session>>,
    houses: Arc<Cache<i64, Arc<Stamped>>>,
    /// Anybody can sign in; once true it stays so.
    set_up: AtomicBool,
}

impl Auth {
    /// `epochs` must be the observer that the database was opened with. Waits for a read, so it is
    /// not to be called on an async thread.
    pub fn new(db: Arc<Db>, registry: Arc<Registry>, epochs: Arc<Epochs>, settings: Settings) -> Result<Arc<Self>> {
        let now = Moment::now();
        let throttle = db
            .read(move |connection| {
                let throttle = Throttle::new(settings.limit_scale);
                throttle.recall(connection, now)?;
                Ok(throttle)
            })
            .wait()?;
        let shipped = Shipped::ALL.map(|role| Arc::new(Role::shipped(role, &registry)));
        Ok(Arc::new(Self {
            db,
            registry,
            epochs,
            passwords: Passwords::new()?,
            throttle,
            shipped: shipped.into(),
            sessions: Cache::new(settings.sessions),
            houses: Arc::new(Cache::new(settings.tenants)),
            set_up: AtomicBool::new(false),
        }))
    }

    /// The thread that hashes, for whoever makes people in changes of their own (the demo).
    pub fn passwords(&self) -> &Passwords {
        &self.passwords
    }

    /// How many identities the throttle remembers, for the gauge.
    pub fn throttled(&self) -> usize {
        self.throttle.remembered()
    }

    /// How many sessions lie in memory, for the gauge.
    pub fn sessions_at_hand(&self) -> usize {
        self.sessions.len()
    }

    /// Writes what the throttle has learned. To be called about once a second.
    pub fn write_throttle(&self, now: Moment) {
        if let Some(change) = self.throttle.unwritten(now) {
            drop(self.db.write(change));
        }
    }

    /// Writes what is left to write. To be called before the server stops.
    pub async fn close(&self, now: Moment) -> Result<()> {
        match self.throttle.last_words(now) {
            Some(change) => self.db.write(change).await,
            None => Ok(()),
        }
    }

    /// Clears away what has ended: sessions, links, forgiven penalties. To be called about once an hour.
    pub async fn tidy(&self, now: Moment) -> Result<()> {
        let mut change = Throttle::tidy(now);
        change.push("DELETE FROM sessions WHERE expires_at <= ?1", vec![now.into()]);
        change.push("DELETE FROM links WHERE expires_at <= ?1", vec![now.into()]);
        self.db.write(change).await
    }
}
