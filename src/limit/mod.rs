//! How often anybody may ask: budgets for each class of request, and penalties for who exhausts
//! them again and again (N01 to N14, C07, C18).
//!
//! A decision looks up one identity in memory; nothing in here waits for the store, which only keeps
//! penalties over a restart. The numbers stand in [`Class::budget`].

mod book;
mod budget;
mod identity;
mod penalties;
mod penalty;
mod refusal;
mod sign_ins;
mod store;
mod tier;
mod window;

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use crate::db::{Change, Db};
use crate::kernel::{Moment, Result};

use book::{Book, Entry};
use identity::Key;
use penalties::Penalties;
use window::{WHOLE, Window};

pub use budget::{Budget, Class};
pub use identity::Identity;
pub use refusal::{Refusal, Standing};
pub use sign_ins::{Attempt, SignIns};
pub use tier::Tier;

/// The limits' own limits.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Without it every request is let through; guessing passwords is slowed down all the same.
    pub enabled: bool,
    /// Multiplies every budget.
    pub scale: f64,
    /// How many identities are remembered, about 150 bytes each, and how many penalties.
    pub identities: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { enabled: true, scale: 1.0, identities: 100_000 }
    }
}

/// What a request costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cost {
    Whole,
    /// What a screen asks by itself, and the next page of a list: a tenth, for who is signed in.
    Tenth,
}

/// The figures of the limits, for the gauges.
#[derive(Clone, Debug)]
pub struct Stats {
    /// Identities whose requests are counted just now.
    pub identities: usize,
    /// Identities with a violation or a failed sign-in that is not forgotten yet.
    pub penalties: usize,
    /// Identities that are blocked at this moment.
    pub blocked: usize,
    /// Requests that were refused since the start, by the name of their class.
    pub refused: Vec<(&'static str, u64)>,
}

/// Counts, admits and refuses. Shared by everything that answers requests.
pub struct Limiter {
    settings: Settings,
    requests: Book<Requests>,
    penalties: Arc<Penalties>,
    sign_ins: SignIns,
    /// By [`Class`].
    refused: [AtomicU64; Class::ALL.len()],
}

/// The windows of one identity.
#[derive(Default)]
struct Requests([Window; 5]);

/// Where the window of a burst lies.
const BURST: usize = 4;
const BURST_MS: i64 = 1_000;

/// Why one more request does not fit.
struct Full {
    ms: i64,
    /// Not for the burst alone, and for the first time in this window.
    violation: bool,
}

impl Entry for Requests {
    fn blocked_until(&self, _: Moment) -> Option<Moment> {
        None
    }
}

impl Requests {
    /// Where the window of a class lies. An identity is signed in or it is not, so classes that
    /// never meet share a place.
    fn place(class: Class) -> usize {
        match class {
            Class::Search => 0,
            Class::Read | Class::Public => 1,
            Class::Write | Class::BadToken => 2,
            Class::Delete | Class::SignIn => 3,
        }
    }

    /// How long nothing is left of a budget.
    fn spent(&self, class: Class, budget: Budget, now: Moment) -> Option<i64> {
        let mut window = self.0[Self::place(class)];
        let left = window.left(budget.requests.saturating_mul(WHOLE), i64::from(budget.window_s) * 1_000, now);
        (left.tenths < WHOLE).then_some(left.ms)
    }

    /// Spends `tenths` of the budget, or nothing when that is more than is left.
    fn take(&mut self, class: Class, budget: Budget, tenths: u32, now: Moment) -> Result<Standing, Full> {
        let at = Self::place(class);
        let left = self.0[at].left(budget.requests.saturating_mul(WHOLE), i64::from(budget.window_s) * 1_000, now);
        if left.tenths < tenths {
            return Err(Full { ms: left.ms, violation: self.0[at].exhaust() });
        }
        if let Some(burst) = budget.burst {
            let burst = self.0[BURST].left(burst.saturating_mul(WHOLE), BURST_MS, now);
            if burst.tenths < tenths {
                return Err(Full { ms: burst.ms, violation: false });
            }
            self.0[BURST].spend(tenths);
        }
        self.0[at].spend(tenths);
        Ok(Standing { budget, remaining: (left.tenths - tenths) / WHOLE, reset_s: seconds(left.ms) })
    }
}

impl Limiter {
    /// Recalls the penalties of an earlier run. Waits for a read, so it is not to be called on an
    /// async thread.
    pub fn open(db: &Db, settings: Settings, now: Moment) -> Result<Arc<Self>> {
        let kept = db.read(move |connection| store::read(connection, settings.identities, now)).wait()?;
        let limiter = Self::new(settings);
        limiter.penalties.recall(kept, now);
        Ok(Arc::new(limiter))
    }

    fn new(settings: Settings) -> Self {
        let penalties = Arc::new(Penalties::new(settings.identities));
        Self {
            settings,
            requests: Book::new(settings.identities),
            sign_ins: SignIns::new(Arc::clone(&penalties), settings.scale),
            penalties,
            refused: Default::default(),
        }
    }

    /// The brake on guessing passwords.
    pub fn sign_ins(&self) -> &SignIns {
        &self.sign_ins
    }

    /// Counts a request and lets it through, or refuses it. `None` where limits are switched off.
    pub fn admit(
        &self,
        who: Identity,
        tier: Tier,
        class: Class,
        cost: Cost,
        now: Moment,
    ) -> Result<Option<Standing>, Refusal> {
        if !self.settings.enabled {
            return Ok(None);
        }
        let key = who.key();
        let budget = class.budget(who.is_person()).sized(tier, self.settings.scale);
        self.unblocked(key, budget, class, now)?;
        let tenths = if cost == Cost::Tenth && who.is_person() { 1 } else { WHOLE };
        self.requests.change(key, now, |requests| requests.take(class, budget, tenths, now)).map(Some).map_err(|full| {
            if full.violation {
                self.penalties.change(key, now, |penalty| penalty.violate(who.is_person(), now));
            }
            self.refuse(key, budget, class, full.ms, now)
        })
    }

    /// Refuses who is blocked and counts nothing: for a request whose class is told by its body.
    pub fn refuse_blocked(&self, who: Identity, tier: Tier, class: Class, now: Moment) -> Result<(), Refusal> {
        if !self.settings.enabled {
            return Ok(());
        }
        self.unblocked(who.key(), class.budget(who.is_person()).sized(tier, self.settings.scale), class, now)
    }

    /// Refuses who has spent a budget, and counts nothing.
    pub fn refuse_spent(&self, who: Identity, class: Class, now: Moment) -> Result<(), Refusal> {
        let (key, budget) = (who.key(), class.budget(who.is_person()).sized(Tier::Basic, self.settings.scale));
        let spent = || self.requests.peek(key, |requests| requests.spent(class, budget, now)).flatten();
        match spent() {
            Some(ms) if self.settings.enabled => Err(self.refuse(key, budget, class, ms, now)),
            _ => Ok(()),
        }
    }

    /// Counts what has happened already. It may spend a budget but is no violation.
    pub fn note(&self, who: Identity, class: Class, now: Moment) {
        if self.settings.enabled {
            let budget = class.budget(who.is_person()).sized(Tier::Basic, self.settings.scale);
            let _ = self.requests.change(who.key(), now, |requests| requests.take(class, budget, WHOLE, now));
        }
    }

    fn unblocked(&self, key: Key, budget: Budget, class: Class, now: Moment) -> Result<(), Refusal> {
        // What is refused during a block adds nothing to it.
        match self.penalties.wait_s(key, now) {
            Some(_) => Err(self.refuse(key, budget, class, 0, now)),
            None => Ok(()),
        }
    }

    fn refuse(&self, key: Key, budget: Budget, class: Class, window_ms: i64, now: Moment) -> Refusal {
        self.refused[class as usize].fetch_add(1, Relaxed);
        let penalty = self.penalties.find(key);
        let block_s = penalty.wait_s(now);
        let reset_s = block_s.unwrap_or_default().max(seconds(window_ms)).max(1);
        let standing = Standing { budget, remaining: 0, reset_s };
        Refusal { standing, level: penalty.level(now), blocked: block_s.is_some() }
    }

    /// Writes the penalties that have changed, at most once a second however often it is called.
    /// Nobody waits for it.
    pub fn write(&self, db: &Db, now: Moment) {
        if let Some(change) = self.penalties.unwritten(now) {
            drop(db.write(change));
        }
    }

    /// Writes what is left to write. To be called before the server stops.
    pub async fn close(&self, db: &Db, now: Moment) -> Result<()> {
        while let Some(change) = self.penalties.last_words(now) {
            db.write(change).await?;
        }
        Ok(())
    }

    /// Removes from the store what is forgiven and forgotten. To be done about once an hour.
    pub fn tidy(&self, now: Moment) -> Change {
        store::tidy(self.settings.identities, now)
    }

    pub fn stats(&self, now: Moment) -> Stats {
        let (penalties, blocked) = self.penalties.count(now);
        let refused = |class: Class| match class {
            Class::SignIn => self.sign_ins.refused(),
            _ => self.refused[class as usize].load(Relaxed),
        };
        let refused = Class::ALL.map(|class| (class.budget(true).name, refused(class)));
        Stats { identities: self.requests.len(), penalties, blocked, refused: refused.into() }
    }
}

fn seconds(ms: i64) -> u32 {
    u32::try_from(ms.max(0).unsigned_abs().div_ceil(1_000)).unwrap_or(u32::MAX)
}
