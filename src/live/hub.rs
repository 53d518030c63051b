//! Who watches what. Commits, locks and presence are noted here in passing; [`super::feed`] then
//! tells the sockets.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed, Ordering::SeqCst};

use parking_lot::Mutex;
use tokio::sync::Notify;

use crate::auth::Session;
use crate::db::Told;
use crate::kernel::{Error, Id, Result};
use crate::kind::{Access, Registry};

use super::seat::{Seat, Watch};

/// A record of a tenant, by the position of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Record {
    pub tenant: i64,
    pub position: usize,
    pub id: Id,
}

impl Record {
    pub fn of(access: &Access, position: usize, id: Id) -> Self {
        Self { tenant: access.tenant.key, position, id }
    }
}

/// What became of a watched record since the sockets were last told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct News {
    pub changed: bool,
    /// Who changed it last, where that is known.
    pub by: Option<Id>,
    pub lock: bool,
    pub presence: bool,
}

impl News {
    /// In two: what reads alike to all who see the same of the record, and what reads otherwise to each
    /// person. Told together, the record would be read once for every person, not once for each role.
    pub(super) fn parts(self) -> impl Iterator<Item = Self> {
        let alike = Self { changed: self.changed, by: self.by, ..Self::default() };
        let personal = Self { lock: self.lock, presence: self.presence, ..Self::default() };
        [alike, personal].into_iter().filter(|part| *part != Self::default())
    }
}

/// Figures for the gauges.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stats {
    pub open: usize,
    pub most: usize,
    pub watched: usize,
    pub sent: u64,
    pub resyncs: u64,
}

/// The register of sockets and of what they watch.
pub struct Hub {
    registry: Arc<Registry>,
    most: usize,
    inner: Mutex<Inner>,
    /// Watched records: while there are none, a commit costs one look at this.
    watched: AtomicUsize,
    open: AtomicUsize,
    sent: AtomicU64,
    resyncs: AtomicU64,
    bell: Notify,
    /// Somebody's session or rights moved.
    rights: Notify,
}

#[derive(Default)]
struct Inner {
    next: u64,
    seats: HashMap<u64, Arc<Seat>>,
    watchers: HashMap<Record, Vec<Arc<Seat>>>,
    news: HashMap<Record, News>,
    closed: bool,
}

impl Hub {
    /// For at most so many sockets.
    pub fn new(registry: Arc<Registry>, most: usize) -> Arc<Self> {
        Arc::new(Self {
            registry,
            most,
            inner: Mutex::default(),
            watched: AtomicUsize::new(0),
            open: AtomicUsize::new(0),
            sent: AtomicU64::new(0),
            resyncs: AtomicU64::new(0),
            bell: Notify::new(),
            rights: Notify::new(),
        })
    }

    /// A place for one more socket.
    ///
    /// # Errors
    /// Busy when there is none.
    pub fn join(&self, session: Arc<Session>) -> Result<Arc<Seat>> {
        let mut inner = self.inner.lock();
        if inner.closed || inner.seats.len() >= self.most {
            return Err(Error::busy(
                "sockets_full",
                "So many screens are connected that no further one can follow changes as they happen. Everything else works.",
            ));
        }
        inner.next += 1;
        let seat = Arc::new(Seat::new(inner.next, session));
        inner.seats.insert(seat.number, Arc::clone(&seat));
        self.open.store(inner.seats.len(), Relaxed);
        Ok(seat)
    }

    /// The socket is gone.
    pub fn leave(&self, seat: &Arc<Seat>) {
        let mut inner = self.inner.lock();
        for watch in seat.watched() {
            inner.forget(watch.record, seat);
        }
        inner.seats.remove(&seat.number);
        self.open.store(inner.seats.len(), Relaxed);
        self.watched.store(inner.watchers.len(), SeqCst);
    }

    /// Begins to watch; false when the socket watches as much as it may, or is gone by now. What a
    /// seat watches moves under the register's lock alone, so that the two always say the same.
    pub(super) fn watch(&self, seat: &Arc<Seat>, watch: Watch) -> bool {
        let record = watch.record;
        let mut inner = self.inner.lock();
        if !inner.seats.contains_key(&seat.number) || !seat.watch(watch) {
            return false;
        }
        let watchers = inner.watchers.entry(record).or_default();
        if !watchers.iter().any(|other| other.number == seat.number) {
            watchers.push(Arc::clone(seat));
        }
        self.watched.store(inner.watchers.len(), SeqCst);
        true
    }

    pub fn unwatch(&self, seat: &Arc<Seat>, record: Record) {
        let mut inner = self.inner.lock();
        seat.unwatch(record);
        inner.forget(record, seat);
        self.watched.store(inner.watchers.len(), SeqCst);
    }

    /// Hears of a commit, on the writer's thread.
    pub fn told(&self, told: &[Told]) {
        if self.watched.load(SeqCst) == 0 {
            return;
        }
        let mut inner = self.inner.lock();
        let Inner { watchers, news: all, .. } = &mut *inner;
        let mut changed = |record: Record, by: Option<Id>| {
            let news = all.entry(record).or_default();
            (news.changed, news.by) = (true, by);
        };
        for told in told {
            let Some(position) = self.registry.position(told.kind) else { continue };
            match told.id {
                Some(id) => {
                    let record = Record { tenant: told.tenant, position, id };
                    if watchers.contains_key(&record) {
                        changed(record, told.by);
                    }
                }
                None => {
                    let of_kind = |record: &&Record| record.tenant == told.tenant && record.position == position;
                    watchers.keys().filter(of_kind).for_each(|record| changed(*record, told.by));
                }
            }
        }
        let any = !all.is_empty();
        drop(inner);
        if any {
            self.bell.notify_one();
        }
    }

    /// Somebody's session or rights moved: every socket's are looked at.
    pub fn rights_moved(&self) {
        if self.open.load(Relaxed) > 0 {
            self.rights.notify_one();
        }
    }

    pub fn lock_moved(&self, record: Record) {
        self.note(record, |news| news.lock = true);
    }

    pub fn presence_moved(&self, record: Record) {
        self.note(record, |news| news.presence = true);
    }

    fn note(&self, record: Record, note: impl FnOnce(&mut News)) {
        let mut inner = self.inner.lock();
        if inner.watchers.contains_key(&record) {
            note(inner.news.entry(record).or_default());
            drop(inner);
            self.bell.notify_one();
        }
    }

    /// Waits until there is something to tell, and takes it.
    pub(super) async fn news(&self) -> HashMap<Record, News> {
        loop {
            self.bell.notified().await;
            let news = std::mem::take(&mut self.inner.lock().news);
            if !news.is_empty() {
                return news;
            }
        }
    }

    /// Waits until somebody's session or rights moved.
    pub(super) async fn rights(&self) {
        self.rights.notified().await;
    }

    pub(super) fn watchers(&self, record: Record) -> Vec<Arc<Seat>> {
        self.inner.lock().watchers.get(&record).cloned().unwrap_or_default()
    }

    pub(super) fn seats(&self) -> Vec<Arc<Seat>> {
        self.inner.lock().seats.values().cloned().collect()
    }

    /// Queues a message for a socket.
    pub fn send(&self, seat: &Seat, message: bytes::Bytes) {
        if seat.outbox.push(message) {
            self.resyncs.fetch_add(1, Relaxed);
        }
    }

    /// A message left, for the gauge.
    pub fn note_sent(&self) {
        self.sent.fetch_add(1, Relaxed);
    }

    /// Sends everybody home: the server stops.
    pub fn close(&self) {
        let seats = {
            let mut inner = self.inner.lock();
            inner.closed = true;
            inner.seats.values().cloned().collect::<Vec<_>>()
        };
        seats.iter().for_each(|seat| seat.outbox.close());
    }

    pub fn stats(&self) -> Stats {
        Stats {
            open: self.open.load(Relaxed),
            most: self.most,
            watched: self.watched.load(SeqCst),
            sent: self.sent.load(Relaxed),
            resyncs: self.resyncs.load(Relaxed),
        }
    }
}

impl Inner {
    fn forget(&mut self, record: Record, seat: &Seat) {
        if let Some(watchers) = self.watchers.get_mut(&record) {
            watchers.retain(|other| other.number != seat.number);
            if watchers.is_empty() {
                self.watchers.remove(&record);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reads_otherwise_to_each_person_is_told_apart_from_the_record() {
        let by = Some(Id::new());
        let record = News { changed: true, by, ..News::default() };
        let beside = News { lock: true, presence: true, ..News::default() };
        let both = News { changed: true, by, ..beside };
        assert_eq!(both.parts().collect::<Vec<_>>(), [record, beside]);
        assert_eq!(record.parts().collect::<Vec<_>>(), [record]);
        assert_eq!(beside.parts().collect::<Vec<_>>(), [beside]);
    }
}
