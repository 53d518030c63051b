//! Counters that say when cached facts about people are out of date.
//!
//! The writer bumps them after COMMIT and before it acknowledges, so whoever asks after an
//! acknowledgement finds old facts already dead. Facts carry a [`Stamp`] taken before their read.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};

use parking_lot::RwLock;

use crate::db::{Observer, Touch};
use crate::kernel::Id;

/// The sets whose change alters what people of a tenant may see or do.
const RIGHTS: [&str; 6] = ["users", "roles", "custom-fields", "status-options", "tenants", "rights"];

/// The ends of sessions, in sixteen sets by the last digit of the identity's id: a sign-out makes a
/// sixteenth of the cached sessions look again, not all of them.
const SESSIONS: [&str; 16] = [
    "sessions-0",
    "sessions-1",
    "sessions-2",
    "sessions-3",
    "sessions-4",
    "sessions-5",
    "sessions-6",
    "sessions-7",
    "sessions-8",
    "sessions-9",
    "sessions-a",
    "sessions-b",
    "sessions-c",
    "sessions-d",
    "sessions-e",
    "sessions-f",
];

/// The named set that a change touches (for tenant 0) when it ends sessions of an identity.
pub fn sessions_of(identity: Id) -> &'static str {
    SESSIONS[digit(identity)]
}

fn digit(identity: Id) -> usize {
    usize::from(identity.as_bytes()[15] & 15)
}

/// All counters of one server. Handed to the database as its observer and to [`super::Auth`].
#[derive(Default)]
pub struct Epochs {
    /// Moves with every bump of any counter, and before it.
    any: AtomicU64,
    everyone: AtomicU64,
    sessions: [AtomicU64; 16],
    /// One for each tenant that anyone has signed in to since the start.
    tenants: RwLock<HashMap<i64, Arc<AtomicU64>>>,
}

/// The state of the three counters that one person's facts depend on.
#[derive(Clone)]
pub struct Stamp {
    everyone: u64,
    sessions: u64,
    digit: usize,
    tenant: u64,
    /// Held so that a check takes no lock.
    counter: Arc<AtomicU64>,
}

impl Stamp {
    /// What [`Epochs::rights`] said when the facts were read.
    pub(super) fn rights(&self) -> u64 {
        self.everyone.wrapping_add(self.tenant)
    }
}

impl Epochs {
    pub fn new() -> Arc<Self> {
        Arc::default()
    }

    /// Read it before a read whose tenant is not known yet. When it still stands after the stamp
    /// was taken, nothing has moved since before the read, and the stamp is as good as an early one.
    pub fn any(&self) -> u64 {
        self.any.load(SeqCst)
    }

    /// True when a commit that touched these sets may have ended sessions or moved rights.
    pub fn concerns(touched: &[Touch]) -> bool {
        touched.iter().any(|touch| RIGHTS.contains(&touch.set) || SESSIONS.contains(&touch.set))
    }

    pub(super) fn stamp(&self, tenant: i64, identity: Id) -> Stamp {
        let counter = self.counter(tenant);
        let digit = digit(identity);
        Stamp {
            everyone: self.everyone.load(SeqCst),
            sessions: self.sessions[digit].load(SeqCst),
            digit,
            tenant: counter.load(SeqCst),
            counter,
        }
    }

    /// True while nothing that the stamped facts depend on has changed.
    pub(super) fn stands(&self, stamp: &Stamp) -> bool {
        stamp.counter.load(SeqCst) == stamp.tenant
            && self.sessions[stamp.digit].load(SeqCst) == stamp.sessions
            && self.everyone.load(SeqCst) == stamp.everyone
    }

    /// Moves whenever the rights, people or definitions of a tenant do: for the stamps of other
    /// rooms' caches.
    pub fn rights(&self, tenant: i64) -> u64 {
        // Both only ever grow, so their sum stands still exactly when both do.
        self.everyone.load(SeqCst).wrapping_add(self.counter(tenant).load(SeqCst))
    }

    fn counter(&self, tenant: i64) -> Arc<AtomicU64> {
        if let Some(counter) = self.tenants.read().get(&tenant) {
            return Arc::clone(counter);
        }
        Arc::clone(self.tenants.write().entry(tenant).or_default())
    }

    fn bump(&self, touch: Touch) {
        if let Some(digit) = SESSIONS.iter().position(|set| *set == touch.set) {
            self.any.fetch_add(1, SeqCst);
            self.sessions[digit].fetch_add(1, SeqCst);
        } else if RIGHTS.contains(&touch.set) {
            self.any.fetch_add(1, SeqCst);
            if touch.tenant == 0 {
                self.everyone.fetch_add(1, SeqCst);
            } else if let Some(counter) = self.tenants.read().get(&touch.tenant) {
                counter.fetch_add(1, SeqCst);
            }
        }
    }
}

impl Observer for Epochs {
    fn committed(&self, touched: &[Touch]) {
        for touch in touched {
            self.bump(*touch);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commit(epochs: &Epochs, tenant: i64, set: &'static str) {
        epochs.committed(&[Touch { tenant, set }]);
    }

    #[test]
    fn a_stamp_falls_with_its_own_tenant_and_with_no_other() {
        let epochs = Epochs::default();
        let stamp = epochs.stamp(1, Id::new());
        let _other = epochs.stamp(2, Id::new());
        commit(&epochs, 2, "users");
        commit(&epochs, 1, "companies");
        assert!(epochs.stands(&stamp));
        commit(&epochs, 1, "roles");
        assert!(!epochs.stands(&stamp));
    }

    #[test]
    fn a_change_of_the_whole_server_reaches_every_tenant() {
        let epochs = Epochs::default();
        let stamp = epochs.stamp(7, Id::new());
        commit(&epochs, 0, "tenants");
        assert!(!epochs.stands(&stamp));
    }

    #[test]
    fn the_end_of_a_session_reaches_its_identity() {
        let epochs = Epochs::default();
        let identity = Id::new();
        let stamp = epochs.stamp(7, identity);
        let before = epochs.any();
        commit(&epochs, 0, sessions_of(identity));
        assert!(!epochs.stands(&stamp));
        assert_ne!(before, epochs.any());
    }
}
