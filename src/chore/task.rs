//! One attempt at a chore: what its function is given.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::Mutex;
use serde_json::Value as Json;

use crate::db::{Change, Db};
use crate::kernel::{Error, Id, Moment, Result};
use crate::stream::{Progress, Step, Streams};

use super::kind::ChoreKind;
use super::queue::{LEASE_S, Queue};
use super::state::Chore;

/// What may be said to a running chore.
pub struct Flags {
    pub cancelled: AtomicBool,
    stopping: Arc<AtomicBool>,
}

impl Flags {
    pub fn new(stopping: &Arc<AtomicBool>) -> Arc<Self> {
        Arc::new(Self { cancelled: AtomicBool::new(false), stopping: Arc::clone(stopping) })
    }
}

/// One attempt at a chore.
pub struct Task {
    pub kind: &'static ChoreKind,
    /// As it was when it was taken.
    pub chore: Chore,
    /// The name of this claim: what is told or kept under another is refused.
    holder: Id,
    pub(super) flags: Arc<Flags>,
    at: Mutex<(f64, Option<Json>)>,
    last: Mutex<Change>,
    db: Arc<Db>,
    streams: Arc<Streams>,
}

impl Task {
    pub(super) fn new(kind: &'static ChoreKind, chore: Chore, holder: Id, flags: Arc<Flags>, queue: &Queue) -> Self {
        let at = chore.told.as_ref().map_or(0.0, |told| told.step.percentage);
        let at = Mutex::new((at, chore.checkpoint.clone()));
        let (db, streams) = (Arc::clone(&queue.db), Arc::clone(&queue.streams));
        Self { kind, chore, holder, flags, at, last: Mutex::default(), db, streams }
    }

    /// What the chore was asked with.
    pub fn parameters(&self) -> &Json {
        &self.chore.parameters
    }

    /// Refuses the change it stands in when another has taken the chore meanwhile.
    pub(super) fn hold(&self, change: &mut Change) {
        change.guard(
            "chore_taken",
            "EXISTS(SELECT 1 FROM chores WHERE id=? AND state='running' AND holder=?)",
            vec![self.chore.id.into(), self.holder.into()],
        );
    }

    /// Leaves what is written together with its end: that it is done, its last message and this, or
    /// none of them.
    pub fn leave(&self, change: Change) {
        self.last.lock().extend(change);
    }

    pub(super) fn last(&self) -> Change {
        self.last.lock().clone()
    }

    /// How far it said that it is.
    pub(super) fn percentage(&self) -> f64 {
        self.at.lock().0
    }
}

impl Progress for Task {
    fn commit(&self, step: Step, checkpoint: Option<Json>, change: Change) -> Result<()> {
        let (id, now) = (self.chore.id, Moment::now());
        let mut all = Change::new();
        self.hold(&mut all);
        all.extend(change);
        self.streams.append(&mut all, id, &step, false, now);
        let kept = checkpoint.as_ref().map(Json::to_string);
        all.push(
            "UPDATE chores SET checkpoint=coalesce(?2, checkpoint), lease_until=?3, updated_at=?4 WHERE id=?1",
            vec![id.into(), kept.into(), now.plus_s(LEASE_S).into(), now.into()],
        );
        self.db.write_bulk(all).wait()?;
        let mut at = self.at.lock();
        at.0 = step.percentage;
        if checkpoint.is_some() {
            at.1 = checkpoint;
        }
        Ok(())
    }

    fn checkpoint(&self) -> Option<Json> {
        self.at.lock().1.clone()
    }

    fn is_cancelled(&self) -> bool {
        self.flags.cancelled.load(Ordering::SeqCst)
    }

    fn check(&self) -> Result<()> {
        if self.flags.stopping.load(Ordering::SeqCst) {
            return Err(Error::busy("stopping", "The server is stopping."));
        }
        match self.is_cancelled() {
            true => Err(Error::conflict("cancelled", "It was cancelled.")),
            false => Ok(()),
        }
    }
}
