//! The scheduled recount of all statistics (R19): their check, and their repair.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use crate::db::{Db, fault};
use crate::kernel::Result;
use crate::kind::{Kind, Registry, Statistic};

use super::recount::{Slice, all};
use super::walk::{Verdict, Walk};

/// A recount of one slice may take so long.
const DEADLINE: Duration = Duration::from_secs(5);
/// Records that one read counts: a few hundredths of a second, and others have their turn.
const PIECE: i64 = 20_000;
/// Walks over a kind that changes too much under way; then it is left for the next time.
const WALKS: usize = 3;

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
    /// Records that one read counts.
    piece: i64,
    found: Arc<Found>,
}

/// What all recounts since the start have found. By itself, so that whoever watches it holds nothing else.
#[derive(Default)]
pub struct Found {
    slices: AtomicU64,
    repaired: AtomicU64,
    /// Kinds that were counted in one read after a walk, because something did not agree.
    whole: AtomicU64,
}

impl Found {
    /// How often a walk over a large kind ended in doubt, and all of it was counted in one read.
    pub fn whole(&self) -> u64 {
        self.whole.load(Relaxed)
    }

    pub fn so_far(&self) -> Refreshed {
        Refreshed { slices: self.slices.load(Relaxed), repaired: self.repaired.load(Relaxed) }
    }
}

impl Statistics {
    pub fn new(db: Arc<Db>, registry: Arc<Registry>) -> Arc<Self> {
        Self::in_pieces(db, registry, PIECE)
    }

    /// With so many records to a read.
    pub fn in_pieces(db: Arc<Db>, registry: Arc<Registry>, piece: i64) -> Arc<Self> {
        Arc::new(Self { db, registry, piece, found: Arc::default() })
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
            if !of.1.of_each && self.agrees(tenant, of, &mut found)? {
                continue;
            }
            let mut last = None;
            let most = self.piece;
            loop {
                let after = last.take();
                let compared = self.db.read_heavy(DEADLINE, move |conn| {
                    let Some(slice) = Slice::after(conn, tenant, of, after.as_ref(), most)? else { return Ok(None) };
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

    /// True when a walk over the kind has found nothing wrong, or could find nothing at all because too
    /// much changed. What is small, and what does not agree, is for one read to tell.
    fn agrees(&self, tenant: i64, of: (&'static Kind, &'static Statistic), found: &mut Refreshed) -> Result<bool> {
        let piece = self.piece;
        for _ in 0..WALKS {
            let begun = self.db.read_heavy(DEADLINE, move |conn| Walk::begin(conn, tenant, of, piece));
            let Some(mut walk) = begun.wait()? else { return Ok(false) };
            let mut more = true;
            while more {
                let step = self.db.read_heavy(DEADLINE, move |conn| walk.step(conn).map(|more| (walk, more)));
                (walk, more) = step.wait()?;
                found.slices += 1;
            }
            match self.db.read_heavy(DEADLINE, move |conn| walk.judge(conn)).wait()? {
                Verdict::Right => return Ok(true),
                Verdict::Doubtful => {
                    self.found.whole.fetch_add(1, Relaxed);
                    return Ok(false);
                }
                Verdict::Moved => {}
            }
        }
        tracing::info!(tenant, statistic = of.1.table, "too much changes to recount this now; the next time will do");
        Ok(true)
    }
}
