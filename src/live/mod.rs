//! People at work on the same records: who edits (locks), who looks on (presence), and the hub that
//! tells those who have a record on screen what becomes of it.
//!
//! Locks live in the database, since they must outlast a restart and be part of every change; see
//! `record::locks` for what they forbid. Presence and the hub live in memory: whoever is still there
//! says so again. All of it goes through a [`View`], so nobody hears of what they may not see.

mod event;
mod feed;
mod hub;
mod outbox;
mod presence;
mod seat;

use std::sync::Arc;

use parking_lot::Mutex;
use serde_json::{Value as Json, json};

use crate::auth::Auth;
use crate::db::{Db, Ticket};
use crate::kernel::{Error, Id, Moment, Result};
use crate::kind::{Access, Registry};
use crate::record::{Lock, View, tidy_locks};

pub use event::LockTakenOver;
pub use feed::Wish;
pub use hub::{Hub, Record, Stats};
pub use outbox::{MOST_SENT, Next, Outbox};
pub use presence::{BEAT_S, Here, Presence};
pub use seat::Seat;

use event::Listener;

/// Everything about working together. Shared by all that answers requests.
pub struct Live {
    db: Arc<Db>,
    registry: Arc<Registry>,
    auth: Arc<Auth>,
    pub hub: Arc<Hub>,
    pub presence: Arc<Presence>,
    listeners: Mutex<Vec<Listener>>,
}

impl Live {
    /// `hub` must be an observer of the database. Waits for it, so this is not to be called on an
    /// async thread.
    pub fn open(db: Arc<Db>, registry: Arc<Registry>, auth: Arc<Auth>, hub: Arc<Hub>) -> Result<Arc<Self>> {
        db.write(tidy_locks(Moment::steady())).wait()?;
        Ok(Arc::new(Self { db, registry, auth, hub, presence: Arc::default(), listeners: Mutex::default() }))
    }

    /// Has `hear` called whenever somebody takes over a lock that ran out.
    pub fn on_take_over(&self, hear: impl Fn(&LockTakenOver) + Send + Sync + 'static) {
        self.listeners.lock().push(Arc::new(hear));
    }

    /// Clears away locks that ran out long ago. To be called about once an hour.
    pub async fn tidy(&self) -> Result<()> {
        self.db.write(tidy_locks(Moment::steady())).await
    }

    /// Takes a record for editing, or takes it again (R28): what [`View::lock_told`] says of it.
    pub async fn take(&self, access: &Arc<Access>, position: usize, id: Id) -> Result<Json> {
        let now = Moment::steady();
        let plan = || self.read(access, move |view| view.plan_lock(position, id, now));
        if let Err(error) = self.db.write(plan().await?).await {
            if error.code() == "locked" {
                // Somebody came in between. Planned once more, the refusal knows who it is.
                plan().await?;
            }
            return Err(error);
        }
        let (lock, told) = self.told(access, position, id).await?;
        // Of a take-over only the taking itself tells, not one that came after it.
        self.note(access, position, id, lock.as_ref().filter(|lock| lock.since == now));
        Ok(told)
    }

    /// Holds on to it for as long again (R31).
    pub async fn extend(&self, access: &Arc<Access>, position: usize, id: Id, token: i64) -> Result<Json> {
        let change = self.read(access, move |view| view.plan_extend(position, id, token)).await?;
        self.db.write(change).await?;
        self.hub.lock_moved(Record::of(access, position, id));
        Ok(self.told(access, position, id).await?.1)
    }

    /// Lets go of it (R34).
    pub async fn release(&self, access: &Arc<Access>, position: usize, id: Id, token: Option<i64>) -> Result<()> {
        let change = self.read(access, move |view| view.plan_release(position, id, token)).await?;
        self.db.write(change).await?;
        self.hub.lock_moved(Record::of(access, position, id));
        Ok(())
    }

    /// Who edits it: `{"lock":null}`, or with what [`View::lock_told`] says.
    pub async fn tell(&self, access: &Arc<Access>, position: usize, id: Id) -> Result<Json> {
        Ok(json!({ "lock": self.told(access, position, id).await?.1 }))
    }

    async fn told(&self, access: &Arc<Access>, position: usize, id: Id) -> Result<(Option<Lock>, Json)> {
        let read = self.read(access, move |view| {
            let lock = view.lock(position, id)?;
            let told = lock.as_ref().map(|lock| view.lock_told(lock, Moment::steady())).transpose()?;
            Ok((lock, told.unwrap_or(Json::Null)))
        });
        read.await
    }

    /// Tells who is concerned that a lock was taken.
    fn note(&self, access: &Access, position: usize, id: Id, lock: Option<&Lock>) {
        self.hub.lock_moved(Record::of(access, position, id));
        if let Some(Lock { holder, former: Some(former), .. }) = lock {
            let (tenant, kind) = (access.tenant.key, self.registry.at(position).name);
            let taken = LockTakenOver { tenant, kind, id, former: *former, by: *holder };
            let listeners = self.listeners.lock().clone();
            listeners.iter().for_each(|hear| hear(&taken));
        }
    }

    /// A sign of life of somebody who has the record on screen (R25): who else is there.
    pub async fn beat(&self, access: &Arc<Access>, position: usize, id: Id) -> Result<Json> {
        let user = access.actor.user.ok_or_else(|| Error::forbidden("Only somebody who is signed in is anywhere."))?;
        let record = Record::of(access, position, id);
        let (presence, hub) = (Arc::clone(&self.presence), Arc::clone(&self.hub));
        let told = self.read(access, move |view| {
            // Rights first: a beat on what one may not see leaves no trace.
            let lock = view.lock(position, id)?;
            let now = Moment::steady();
            if presence.beat(record, user, now) {
                hub.presence_moved(record);
            }
            feed::people(view, lock.as_ref(), &presence.of(record, now), Some(user))
        });
        Ok(json!({ "people": told.await? }))
    }

    /// Somebody left the record.
    pub async fn leave(&self, access: &Arc<Access>, position: usize, id: Id) -> Result<()> {
        self.read(access, move |view| view.check_readable(position, id)).await?;
        let record = Record::of(access, position, id);
        if access.actor.user.is_some_and(|user| self.presence.leave(record, user)) {
            self.hub.presence_moved(record);
        }
        Ok(())
    }

    fn read<T: Send + 'static>(
        &self,
        access: &Arc<Access>,
        f: impl FnOnce(&View<'_>) -> Result<T> + Send + 'static,
    ) -> Ticket<T> {
        let (registry, access) = (Arc::clone(&self.registry), Arc::clone(access));
        self.db.read(move |conn| f(&View::new(conn, &registry, &access)))
    }
}
