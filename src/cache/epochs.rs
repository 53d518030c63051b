//! When each table was last written to, for each tenant, on a clock that ticks with every commit.
//!
//! The writer bumps after COMMIT and before it acknowledges. A read takes the clock before its
//! snapshot: what it has seen stands as long as none of its tables was written to later than that.
//! A value that was read before a change and arrives after it is thus dead on arrival.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};

use parking_lot::RwLock;

use crate::db::{Observer, TableSet, Touch};

/// For each table, the tick of the last change to it.
#[derive(Debug)]
struct Last([AtomicU64; TableSet::MOST]);

impl Default for Last {
    fn default() -> Self {
        Self([const { AtomicU64::new(0) }; TableSet::MOST])
    }
}

impl Last {
    fn set(&self, tables: TableSet, tick: u64) {
        for number in tables.numbers() {
            self.0[number].fetch_max(tick, SeqCst);
        }
    }
    fn none_after(&self, tables: TableSet, tick: u64) -> bool {
        tables.numbers().all(|number| self.0[number].load(SeqCst) <= tick)
    }
}

/// The clock and the tables of one server.
#[derive(Debug, Default)]
pub struct Epochs {
    clock: AtomicU64,
    /// Changes that did not say whose they are, and those of the whole server.
    everyone: Arc<Last>,
    /// Of every tenant that something was read for since the start.
    tenants: RwLock<HashMap<i64, Arc<Last>>>,
}

/// What a read must know before it begins, so that its result can be told fresh from stale.
#[derive(Clone, Debug)]
pub struct Horizon {
    everyone: Arc<Last>,
    tenant: Arc<Last>,
    tick: u64,
}

/// What a result was read from, and when. Checked without a lock.
#[derive(Clone, Debug)]
pub struct Stamp {
    horizon: Horizon,
    tables: TableSet,
}

impl Epochs {
    pub fn new() -> Arc<Self> {
        Arc::default()
    }

    /// Taken before the snapshot is opened.
    pub fn horizon(&self, tenant: i64) -> Horizon {
        let last = self.last(tenant);
        Horizon { everyone: Arc::clone(&self.everyone), tenant: last, tick: self.clock.load(SeqCst) }
    }

    /// The clock as it stands.
    pub fn now(&self) -> u64 {
        self.clock.load(SeqCst)
    }

    /// Makes everything dead that was read from these tables of a tenant, of all tenants for 0.
    pub fn bump(&self, tenant: i64, tables: TableSet) {
        let tick = self.clock.fetch_add(1, SeqCst) + 1;
        if tenant == 0 {
            self.everyone.set(tables, tick);
        } else if let Some(last) = self.tenants.read().get(&tenant) {
            // Nothing was ever read for a tenant that is not there.
            last.set(tables, tick);
        }
    }

    fn last(&self, tenant: i64) -> Arc<Last> {
        if let Some(last) = self.tenants.read().get(&tenant) {
            return Arc::clone(last);
        }
        Arc::clone(self.tenants.write().entry(tenant).or_default())
    }
}

impl Horizon {
    /// The stamp of what was read from these tables since.
    pub fn stamp(self, tables: TableSet) -> Stamp {
        Stamp { horizon: self, tables }
    }
}

impl Stamp {
    /// True while nothing has changed that the result was read from.
    pub fn stands(&self) -> bool {
        let Horizon { everyone, tenant, tick } = &self.horizon;
        tenant.none_after(self.tables, *tick) && everyone.none_after(self.tables, *tick)
    }

    /// True for who came when the clock showed `tick`: the snapshot was opened later than that, so it
    /// holds whatever they may have heard of.
    pub fn is_later_than(&self, tick: u64) -> bool {
        self.horizon.tick >= tick
    }

    pub fn tables(&self) -> TableSet {
        self.tables
    }

    /// What the clock showed before the read.
    pub fn tick(&self) -> u64 {
        self.horizon.tick
    }
}

impl Observer for Epochs {
    fn committed(&self, _: &[Touch]) {}

    fn changed(&self, changed: &[(i64, TableSet)]) {
        changed.iter().for_each(|(tenant, tables)| self.bump(*tenant, *tables));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_falls_with_its_own_tables_of_its_own_tenant() {
        let epochs = Epochs::default();
        let stamp = epochs.horizon(1).stamp(TableSet::only(4) | TableSet::only(90));
        epochs.changed(&[(1, TableSet::only(5)), (2, TableSet::only(4))]);
        assert!(stamp.stands());
        epochs.changed(&[(1, TableSet::only(90))]);
        assert!(!stamp.stands());
        assert!(epochs.horizon(1).stamp(TableSet::only(90)).stands());
    }

    #[test]
    fn what_nobody_owns_reaches_everybody() {
        let epochs = Epochs::default();
        let stamp = epochs.horizon(7).stamp(TableSet::only(0));
        epochs.bump(0, TableSet::only(0));
        assert!(!stamp.stands());
    }

    #[test]
    fn what_was_read_before_a_change_is_dead_on_arrival() {
        let epochs = Epochs::default();
        let horizon = epochs.horizon(1);
        epochs.bump(1, TableSet::only(3));
        let heard = epochs.now();
        let stamp = horizon.stamp(TableSet::only(3));
        assert!(!stamp.stands() && !stamp.is_later_than(heard));
    }
}
