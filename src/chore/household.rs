//! What a chore works with.

use std::future::Future;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use parking_lot::Mutex;

use crate::auth::Auth;
use crate::cache::Cache;
use crate::config::Config;
use crate::db::Db;
use crate::file::Files;
use crate::kernel::{Error, Id, Result};
use crate::kind::{Access, Registry};
use crate::limit::Limiter;
use crate::live::Live;
use crate::record::{Imports, Statistics};
use crate::stream::Streams;
use crate::upstream::Loader;

use super::{Queue, Task, Warmer};

/// The parts of the server that chores use. They wait for what they need, on threads of their own.
pub struct Household {
    pub db: Arc<Db>,
    pub registry: Arc<Registry>,
    pub auth: Arc<Auth>,
    pub limiter: Arc<Limiter>,
    pub imports: Arc<Imports>,
    pub files: Arc<Files>,
    pub live: Arc<Live>,
    pub statistics: Arc<Statistics>,
    pub streams: Arc<Streams>,
    pub queue: Arc<Queue>,
    pub cache: Arc<Cache>,
    pub upstream: Arc<Loader>,
    /// Names this process: what was ordered from another one carries another name.
    pub process: Id,
    /// Held by whoever is at something heavy, imports included.
    pub turn: Arc<Mutex<()>>,
    /// Set once the server answers.
    pub warmer: OnceLock<Arc<dyn Warmer>>,
    pub config: Config,
    /// Where backups go.
    pub backups: PathBuf,
}

impl Household {
    /// Waits for something of the edge's kind.
    pub fn wait<T>(&self, work: impl Future<Output = T>) -> Result<T> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().map_err(Error::internal)?;
        Ok(runtime.block_on(work))
    }

    /// The rights of whoever asked for the chore, as they are now; an owner's where nobody did.
    ///
    /// # Errors
    /// Forbidden when that person is no longer active in the tenant.
    pub fn access(&self, task: &Task) -> Result<Arc<Access>> {
        match task.chore.created_by {
            Some(user) => self.wait(self.auth.access_of(task.chore.tenant, user))?.map(Arc::new),
            None => self.tenant(task.chore.tenant),
        }
    }

    /// A tenant with an owner's rights, for what the server does there by itself.
    pub fn tenant(&self, key: i64) -> Result<Arc<Access>> {
        self.wait(self.auth.system_access_to(key))?.map(Arc::new)
    }
}
