//! Who listens: wakes the subscribers of a stream when something was appended, and counts them.
//!
//! It holds no message. A subscriber that was woken reads from the store what came after its position.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::watch;

use crate::kernel::{Error, Id, Result};

/// Streams that one person may have open: some tabs, and not all that there are.
pub(super) const EACH: usize = 32;

/// All subscribers of a server.
pub struct Hub {
    most: usize,
    open: Mutex<Open>,
    /// Reaches all of them at once.
    all: watch::Sender<Signal>,
}

#[derive(Default)]
struct Open {
    count: usize,
    streams: HashMap<Id, watch::Sender<u64>>,
    people: HashMap<Id, usize>,
}

#[derive(Clone, Copy, Default)]
struct Signal {
    /// Moves when somebody's rights may have changed.
    round: u64,
    closed: bool,
}

/// Why a subscriber was woken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wake {
    /// Something was appended.
    News,
    /// Somebody's session or rights may have changed: look again whether one may still listen.
    Look,
    /// Nothing happened for as long as one cared to wait.
    Quiet,
    /// The server stops.
    Stop,
}

/// One subscriber; its place is free again when this is dropped.
pub struct Subscription {
    hub: Arc<Hub>,
    stream: Id,
    person: Option<Id>,
    news: watch::Receiver<u64>,
    all: watch::Receiver<Signal>,
}

impl Hub {
    /// A hub for so many subscribers at once.
    pub fn new(most: usize) -> Arc<Self> {
        Arc::new(Self { most, open: Mutex::default(), all: watch::Sender::new(Signal::default()) })
    }

    /// Begins to listen. Whoever reads the store after this misses nothing.
    ///
    /// # Errors
    /// Busy when as many listen as may, or this person has too many open.
    pub fn subscribe(self: &Arc<Self>, stream: Id, person: Option<Id>) -> Result<Subscription> {
        let mut open = self.open.lock();
        if open.count >= self.most {
            return Err(full("As many progress streams are open as this server holds."));
        }
        if let Some(person) = person {
            let own = open.people.entry(person).or_default();
            if *own >= EACH {
                return Err(full("You have too many progress streams open. Close some windows."));
            }
            *own += 1;
        }
        open.count += 1;
        let news = open.streams.entry(stream).or_insert_with(|| watch::Sender::new(0)).subscribe();
        Ok(Subscription { hub: Arc::clone(self), stream, person, news, all: self.all.subscribe() })
    }

    /// Wakes those who listen to these streams. Called by the writer's thread: it waits for nothing.
    pub fn appended(&self, streams: &[Id]) {
        let open = self.open.lock();
        for news in streams.iter().filter_map(|stream| open.streams.get(stream)) {
            news.send_modify(|n| *n = n.wrapping_add(1));
        }
    }

    /// Has everybody look whether they may still listen.
    pub fn rights_moved(&self) {
        self.all.send_modify(|signal| signal.round = signal.round.wrapping_add(1));
    }

    /// Tells everybody that the server stops.
    pub fn close(&self) {
        self.all.send_modify(|signal| signal.closed = true);
    }

    /// How many listen to one stream.
    pub fn listeners(&self, stream: Id) -> usize {
        self.open.lock().streams.get(&stream).map_or(0, watch::Sender::receiver_count)
    }

    /// How many listen, and how many may.
    pub fn load(&self) -> (usize, usize) {
        (self.open.lock().count, self.most)
    }
}

impl Subscription {
    /// Waits for something to happen, for so long at most.
    pub async fn wait(&mut self, patience: Duration) -> Wake {
        if self.all.borrow().closed {
            return Wake::Stop;
        }
        tokio::select! {
            _ = self.news.changed() => Wake::News,
            moved = self.all.changed() => match moved.is_err() || self.all.borrow().closed {
                true => Wake::Stop,
                false => Wake::Look,
            },
            () = tokio::time::sleep(patience) => Wake::Quiet,
        }
    }
}

impl Subscription {
    /// Ends when the server stops.
    pub fn stopped(&self) -> impl Future<Output = ()> + use<> {
        let mut all = self.all.clone();
        async move {
            // An error means that there is no hub any more, which comes to the same.
            let _ = all.wait_for(|signal| signal.closed).await;
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let mut open = self.hub.open.lock();
        open.count = open.count.saturating_sub(1);
        if let Some(person) = self.person
            && let Some(own) = open.people.get_mut(&person)
        {
            *own -= 1;
            if *own == 0 {
                open.people.remove(&person);
            }
        }
        // This one still counts as a listener.
        if open.streams.get(&self.stream).is_some_and(|news| news.receiver_count() <= 1) {
            open.streams.remove(&self.stream);
        }
    }
}

fn full(why: &'static str) -> Error {
    Error::busy("streams_full", why)
}
