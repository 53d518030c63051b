//! One socket's place: whose it is, what it watches, and what waits for it.

use std::sync::Arc;

use parking_lot::Mutex;

use crate::auth::Session;
use crate::kind::Access;

use super::{Outbox, Record};

/// What one socket watches: what is on screen, and what lies over it.
pub(super) const MOST_WATCHED: usize = 4;

/// A record on somebody's screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watch {
    pub record: Record,
    /// The references that are shown whole.
    pub include: Arc<str>,
}

/// One socket's place.
pub struct Seat {
    pub(super) number: u64,
    session: Mutex<Arc<Session>>,
    watched: Mutex<Vec<Watch>>,
    pub outbox: Outbox,
}

impl Seat {
    pub(super) fn new(number: u64, session: Arc<Session>) -> Self {
        Self { number, session: Mutex::new(session), watched: Mutex::default(), outbox: Outbox::default() }
    }

    pub fn session(&self) -> Arc<Session> {
        Arc::clone(&self.session.lock())
    }

    pub fn access(&self) -> Arc<Access> {
        Arc::clone(&self.session.lock().access)
    }

    pub(super) fn renew(&self, session: Arc<Session>) {
        *self.session.lock() = session;
    }

    /// Begins to watch; false when it watches as much as it may.
    pub(super) fn watch(&self, watch: Watch) -> bool {
        let mut watched = self.watched.lock();
        watched.retain(|other| other.record != watch.record);
        let room = watched.len() < MOST_WATCHED;
        if room {
            watched.push(watch);
        }
        room
    }

    pub(super) fn unwatch(&self, record: Record) {
        self.watched.lock().retain(|watch| watch.record != record);
    }

    pub(super) fn watched(&self) -> Vec<Watch> {
        self.watched.lock().clone()
    }

    pub(super) fn watch_of(&self, record: Record) -> Option<Watch> {
        self.watched.lock().iter().find(|watch| watch.record == record).cloned()
    }
}
