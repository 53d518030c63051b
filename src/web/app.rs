//! What every request shares. Built once, outside actix, so that no worker has its own.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use actix_web::web::Bytes;

use crate::auth::Auth;
use crate::config::Config;
use crate::db::Db;
use crate::kind::Registry;

use super::reaper::Reaper;
use super::table::Table;

/// The server's shared state.
pub struct App {
    pub config: Config,
    pub registry: Arc<Registry>,
    pub db: Arc<Db>,
    pub auth: Arc<Auth>,
    pub(super) routes: Table,
    /// The first peer that sent forwarding headers without being a trusted proxy; the health page says so.
    pub(super) strange_forwarding: OnceLock<IpAddr>,
    pub(super) reaper: Arc<Reaper>,
    /// The API's description, once somebody asked for it.
    pub(super) openapi: OnceLock<Bytes>,
    /// The pages of the API's documentation, once somebody asked for them.
    pub(super) docs: OnceLock<Bytes>,
    /// False while the demo is being filled in.
    ready: AtomicBool,
    /// Makes request ids: the moment of the start and a running number.
    first_request: u64,
    requests: AtomicU64,
}

impl App {
    pub fn new(config: Config, registry: Arc<Registry>, db: Arc<Db>, auth: Arc<Auth>) -> Arc<Self> {
        Arc::new(Self {
            config,
            registry,
            db,
            auth,
            routes: Table::new(super::routes::ROUTES),
            strange_forwarding: OnceLock::new(),
            reaper: Arc::default(),
            openapi: OnceLock::new(),
            docs: OnceLock::new(),
            ready: AtomicBool::new(true),
            first_request: crate::kernel::Moment::now().0.cast_unsigned(),
            requests: AtomicU64::new(0),
        })
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

/// Where the hourly and daily backups lie.
pub fn backup_folder(data: &Path) -> PathBuf {
    data.join("backups")
}
