//! Streams of progress: what long work tells of itself, kept in the store and read at one's own pace.
//!
//! A message is appended by a [`Change`], gets the stream's next sequence number in it, and wakes
//! subscribers only once it is on disk. A subscriber holds a position and never a copy: it reads pages
//! from the store, so a slow one costs nothing, a late one misses nothing, and a restart neither
//! repeats nor skips a number.

mod group;
mod hub;
mod message;
mod progress;
mod store;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::db::{Change, Db, Purge};
use crate::kernel::{Id, Moment, Result};

pub use hub::{Hub, Subscription, Wake};
pub use message::{Message, Step};
pub use progress::Progress;
pub use store::{Page, Stream};

/// How much of each stream is kept.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Messages of one stream; the oldest go first.
    pub messages: u32,
    /// Days after its last message.
    pub days: u32,
}

/// The streams of one server. Its methods wait for the database, so none is for an async thread,
/// except those that only plan a change.
pub struct Streams {
    db: Arc<Db>,
    pub hub: Arc<Hub>,
    limits: Limits,
}

impl Streams {
    /// `hub` must hear of what the database commits.
    pub fn new(db: Arc<Db>, hub: Arc<Hub>, limits: Limits) -> Arc<Self> {
        Arc::new(Self { db, hub, limits })
    }

    /// Plans the next message of a stream; with `last`, nothing comes after it. The change is refused
    /// where the stream has ended or is not there.
    pub fn append(&self, change: &mut Change, stream: Id, step: &Step, last: bool, now: Moment) {
        store::append(change, stream, step, last, self.limits.messages, now);
    }

    /// The messages after a sequence number.
    pub fn page(&self, stream: Id, after: i64, most: i64) -> Result<Page> {
        self.db.read(move |conn| Page::read(conn, stream, after, most)).wait()
    }

    /// Hands out up to `most` messages that no other reader of the group has, for so many seconds.
    ///
    /// Each comes once, unless its reader lets the time pass without [`Self::acknowledge`]; then it
    /// comes again, with one delivery more, to whoever asks next.
    pub fn claim(&self, stream: Id, group: &str, most: u32, for_s: i64, now: Moment) -> Result<group::Claim> {
        let id = Id::new();
        self.db.write(group::claim(stream, group, id, most, now.plus_s(for_s), now)).wait()?;
        let group = group.to_owned();
        self.db.read(move |conn| group::Claim::read(conn, stream, &group, id)).wait()
    }

    /// Is there something to claim? Spares a write where there is not.
    pub fn has_news(&self, stream: Id, group: &str, now: Moment) -> Result<bool> {
        let group = group.to_owned();
        self.db.read(move |conn| group::has_news(conn, stream, &group, now)).wait()
    }

    /// Plans that a claimed message was dealt with, in the change that deals with it: both happen or
    /// neither. The change is refused when the claim's time was over and another reader has the message.
    pub fn acknowledge(&self, change: &mut Change, stream: Id, group: &str, claim: Id, sequence: i64) {
        group::acknowledge(change, stream, group, claim, sequence);
    }

    /// Gives back what the readers of a process before this one had claimed.
    pub fn release(&self, stream: Id, group: &str) -> Result<()> {
        self.db.write(group::release(stream, group)).wait()
    }

    /// The streams on which nothing came for as long as they are kept.
    pub fn outdated(&self, now: Moment) -> Purge {
        store::outdated(now.plus_s(-i64::from(self.limits.days) * 86_400))
    }
}
