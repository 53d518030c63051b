//! A stand-in for the mail-campaign service behind the portal, for the demo and for tests: the
//! service's API over made-up figures, on loopback alone.
//!
//! It has nothing to do with Larder's own API, and shares no route, session or data with it.
//!
//! ```text
//!   server ── handle ── endpoint (which is asked?) ── api (what it answers) ── demo::upstream
//! ```

mod api;
mod endpoint;
mod handle;
mod server;

use parking_lot::Mutex;

use crate::demo::upstream::{Account, Size};

pub use server::run;

/// The service: its figures, and what its callers have changed.
pub struct StandIn {
    account: Account,
    seed: u64,
    /// The workspace that the super-admin token acts in: one for all who hold it.
    selected: Mutex<u64>,
}

impl StandIn {
    pub fn new(size: Size) -> Self {
        Self { account: Account::new(size), seed: size.seed, selected: Mutex::new(1) }
    }
}
