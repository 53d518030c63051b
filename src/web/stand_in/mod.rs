//! A stand-in for the mail-campaign service behind the portal, for the demo and for tests: the
//! service's API over made-up figures, on loopback alone.
//!
//! It has nothing to do with Larder's own API, and shares no route, session or data with it.
//!
//! ```text
//!   server ── handle ─┬─ endpoint   which is asked?
//!                     ├─ counts     what was asked
//!                     ├─ faults     what is to go wrong ── rate, spoil, endless
//!                     ├─ api        what it answers ── demo::upstream
//!                     └─ control    faults and counts, from outside
//! ```

mod api;
mod control;
mod counts;
mod endless;
mod endpoint;
mod faults;
mod handle;
mod rate;
mod server;
mod spoil;

use std::sync::Arc;

use parking_lot::Mutex;

use crate::demo::upstream::{Account, Size};

use counts::Counts;
use faults::Mischief;
use rate::Rate;

pub use faults::{Faults, Scope};
pub use server::run;

/// The service: its figures, and what its callers have changed.
pub struct StandIn {
    account: Account,
    seed: u64,
    selected: Mutex<Selected>,
    mischief: Mutex<Mischief>,
    rate: Mutex<Rate>,
    counts: Arc<Counts>,
}

/// The workspace that the super-admin token acts in: one for all who hold it.
struct Selected {
    id: u64,
    /// How often another was selected.
    changes: u64,
}

impl StandIn {
    pub fn new(size: Size, faults: Faults) -> Self {
        Self {
            account: Account::new(size),
            seed: size.seed,
            selected: Mutex::new(Selected { id: 1, changes: 0 }),
            mischief: Mutex::new(Mischief::new(faults)),
            rate: Mutex::default(),
            counts: Arc::default(),
        }
    }
}
