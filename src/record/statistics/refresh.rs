//! The scheduled recount of all statistics (R19): their check, and their repair.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use crate::db::{Db, fault};
use crate::kernel::Result;
use crate::kind::Registry;

use super::recount::{Slice, all};

/// A recount of one slice may take so long.
const DEADLINE: Duration = Duration::from_secs(5);

/// What a recount found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Refreshed {
    /// Reads that compared a slice.
    pub slices: u64,
    /// Figures that differed from the records and were put right. Anything but 0 is a mistake in
    /// Larder, or a hand in its file.
    pub repaired: u64,
}

/// Keeps watch over the statistics of a server.
pub struct Statistics {
    db: Arc<Db>,
    registry: Arc<Registry>,
    found: Arc<Found>,
}

/// What all recounts since the start have found. By itself, so that whoever watches it holds nothing else.
#[derive(Default)]
pub struct Found {
    slices: AtomicU64,
    repaired: AtomicU64,
}

impl Found {
    pub fn so_far(&self) -> Refreshed {
        Refreshed { slices: self.slices.load(Relaxed), repaired: self.repaired.load(Relaxed) }
    }
}

impl Statistics {
    pub fn new(db: Arc<Db>, registry: Arc<Registry>) -> Arc<Self> {
        Arc::new(Self { db, registry, found: Arc::default() })
    }

    /// What all recounts since the start have found.
    pub fn found(&self) -> &Arc<Found> {
        &self.found
    }

    /// Recounts the statistics of every tenant.
    pub fn refresh_all(&self) -> Result<Refreshed> {
        let mut all = Refreshed::default();
        for tenant in self.tenants()? {
            let found = self.refresh_dashboard_stats(tenant)?;
            all.slices += found.slices;
            all.repaired += found.repaired;
        }
        Ok(all)
    }

    /// The keys of all tenants.
    fn tenants(&self) -> Result<Vec<i64>> {
        let read = self.db.read(|conn| {
            let mut statement = conn.prepare_cached("SELECT seq FROM tenants ORDER BY seq").map_err(fault)?;
            let rows = statement.query_map([], |row| row.get(0)).map_err(fault)?;
            rows.collect::<rusqlite::Result<_>>().map_err(fault)
        });
        read.wait()
    }

    /// Recounts one tenant's statistics from the records, repairs what is wrong and says so.
    pub fn refresh_dashboard_stats(&self, tenant: i64) -> Result<Refreshed> {
        let mut found = Refreshed::default();
        for of in all(&self.registry) {
            let mut last = None;
            loop {
                let after = last.take();
                let compared = self.db.read_heavy(DEADLINE, move |conn| {
                    let Some(slice) = Slice::after(conn, tenant, of, after.as_ref())? else { return Ok(None) };
                    let wrong = slice.wrong(conn)?;
                    Ok(Some((slice, wrong)))
                });
                let Some((slice, wrong)) = compared.wait()? else { break };
                found.slices += 1;
                if wrong > 0 {
                    tracing::error!(
                        tenant,
                        statistic = slice.table(),
                        figures = wrong,
                        "statistics were wrong and are counted anew"
                    );
                    self.db.write_bulk(slice.repair()).wait()?;
                    found.repaired += wrong.unsigned_abs();
                }
                last = slice.end();
            }
        }
        self.found.slices.fetch_add(found.slices, Relaxed);
        self.found.repaired.fetch_add(found.repaired, Relaxed);
        Ok(found)
    }
}
