//! What every request shares. Built once, outside actix, so that no worker has its own.

use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

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
    pub(super) routes: Table,
    /// The first peer that sent forwarding headers without being a trusted proxy; the health page says so.
    pub(super) strange_forwarding: OnceLock<IpAddr>,
    pub(super) reaper: Arc<Reaper>,
    /// Makes request ids: the moment of the start and a running number.
    first_request: u64,
    requests: AtomicU64,
}

impl App {
    pub fn new(config: Config, registry: Arc<Registry>, db: Arc<Db>) -> Arc<Self> {
        Arc::new(Self {
            config,
            registry,
            db,
            routes: Table::new(super::routes::ROUTES),
            strange_forwarding: OnceLock::new(),
            reaper: Arc::default(),
            first_request: crate::kernel::Moment::now().0.cast_unsigned(),
            requests: AtomicU64::new(0),
        })
    }

    /// The next request's id, unique over restarts: `18f2c1a9e30-1a`.
    pub(super) fn next_request_id(&self) -> String {
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        format!("{:x}-{number:x}", self.first_request)
    }
}
