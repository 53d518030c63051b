//! Who is asking, and what they may do: people, passwords, sessions, roles, tenants, one-time links.
//!
//! A [`Session`] carries an [`Access`](crate::kind::Access), and every function of `record` takes
//! one. Rights therefore reach the engine from this room alone.

mod accept;
mod access;
mod device;
mod epochs;
mod facts;
mod links;
mod operator;
mod password;
mod people;
mod policy;
mod role;
mod session;
mod shipped;
mod sign_in;
mod tenants;
mod token;
mod vault;

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use quick_cache::sync::Cache;

use crate::db::{Change, Db};
use crate::kernel::{Moment, Result};
use crate::kind::Registry;
use crate::limit::Limiter;

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
pub use token::{Digest, Token};
pub use vault::{For, KEY, Sealed, Vault, holds_sealed, key_file, lost_key};

use device::Devices;
use session::Stamped;

/// The limits of this room.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Sessions kept in memory, about 600 bytes each; further ones are read when they are used.
    pub sessions: usize,
    /// Tenants whose facts are kept in memory.
    pub tenants: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { sessions: 10_000, tenants: 1_000 }
    }
}

/// The one who knows who is who. Shared by everything that answers requests.
pub struct Auth {
    db: Arc<Db>,
    registry: Arc<Registry>,
    epochs: Arc<Epochs>,
    passwords: Passwords,
    limiter: Arc<Limiter>,
    devices: Devices,
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
    pub fn new(
        db: Arc<Db>,
        registry: Arc<Registry>,
        epochs: Arc<Epochs>,
        limiter: Arc<Limiter>,
        settings: Settings,
    ) -> Result<Arc<Self>> {
        let devices = db.read(Devices::read).wait()?;
        let shipped = Shipped::ALL.map(|role| Arc::new(Role::shipped(role, &registry)));
        Ok(Arc::new(Self {
            db,
            registry,
            epochs,
            passwords: Passwords::new()?,
            limiter,
            devices,
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

    /// How many sessions lie in memory, for the gauge.
    pub fn sessions_at_hand(&self) -> usize {
        self.sessions.len()
    }

    /// Clears away what has ended: sessions and links. To be called about once an hour.
    pub async fn tidy(&self, now: Moment) -> Result<()> {
        let mut change = Change::new();
        change.push("DELETE FROM sessions WHERE expires_at <= ?1", vec![now.into()]);
        change.push("DELETE FROM links WHERE expires_at <= ?1", vec![now.into()]);
        self.db.write(change).await
    }
}
