//! The few messages that wait for one socket. When it is too slow for them all of them go, and it is
//! told once to ask anew: a slow reader costs this queue and no more.

use std::collections::VecDeque;

use bytes::Bytes;
use parking_lot::Mutex;
use tokio::sync::Notify;

use super::seat::MOST_WATCHED;

/// Messages that wait for one socket.
const MOST_WAITING: usize = 16;
/// A larger record is not sent: the screen is told to read it, like any other that asks.
pub const MOST_SENT: usize = 32 << 10;
/// What waits, by its bytes: everything that a window follows, each as large as is sent.
const MOST_BYTES: usize = MOST_WATCHED * (MOST_SENT + 1024);

/// Ask anew for what is on screen.
pub const RESYNC: Bytes = Bytes::from_static(b"{\"resync\":true}");

/// What a socket does next.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    Send(Bytes),
    /// The session ended, or the server stops.
    Close,
}

/// The queue of one socket. Empty it holds no buffer.
#[derive(Default)]
pub struct Outbox {
    waiting: Mutex<Waiting>,
    bell: Notify,
}

#[derive(Default)]
struct Waiting {
    messages: VecDeque<Bytes>,
    bytes: usize,
    resync: bool,
    over: bool,
}

impl Outbox {
    /// Queues a message; true when there was no room and everything that waited was dropped.
    pub fn push(&self, message: Bytes) -> bool {
        let mut waiting = self.waiting.lock();
        if waiting.resync || waiting.over {
            return false;
        }
        let full = waiting.messages.len() >= MOST_WAITING || waiting.bytes + message.len() > MOST_BYTES;
        if full {
            *waiting = Waiting { resync: true, ..Waiting::default() };
        } else {
            waiting.bytes += message.len();
            waiting.messages.push_back(message);
        }
        drop(waiting);
        self.bell.notify_one();
        full
    }

    /// Ends it: the socket closes as soon as it looks.
    pub fn close(&self) {
        *self.waiting.lock() = Waiting { over: true, ..Waiting::default() };
        self.bell.notify_one();
    }

    /// Waits for the next thing to do. While there is no `room` on the way to the other side, nothing is
    /// taken, and what waits stays bounded here.
    pub async fn next(&self, room: bool) -> Next {
        loop {
            if let Some(next) = self.waiting.lock().take(room) {
                return next;
            }
            self.bell.notified().await;
        }
    }
}

impl Waiting {
    fn take(&mut self, room: bool) -> Option<Next> {
        if self.over {
            return Some(Next::Close);
        }
        if !room {
            return None;
        }
        if std::mem::take(&mut self.resync) {
            return Some(Next::Send(RESYNC));
        }
        let message = self.messages.pop_front()?;
        self.bytes -= message.len();
        if self.messages.is_empty() {
            // An idle socket holds no buffer.
            self.messages = VecDeque::new();
        }
        Some(Next::Send(message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks once, without waiting.
    fn look(outbox: &Outbox) -> Option<Next> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
        let at_once = std::time::Duration::from_millis(1);
        runtime.block_on(async { tokio::time::timeout(at_once, outbox.next(true)).await.ok() })
    }

    fn send(text: &str) -> Option<Next> {
        Some(Next::Send(Bytes::from(text.to_owned())))
    }

    #[test]
    fn what_does_not_fit_is_dropped_and_said_once() {
        let outbox = Outbox::default();
        for n in 0..16 {
            assert!(!outbox.push(Bytes::from(n.to_string())));
        }
        assert!(outbox.push(Bytes::from_static(b"one too many")));
        // Until it has asked anew, nothing is worth queueing.
        assert!(!outbox.push(Bytes::from_static(b"later")));
        assert_eq!(look(&outbox), send("{\"resync\":true}"));
        assert_eq!(look(&outbox), None);
        outbox.push(Bytes::from_static(b"after"));
        assert_eq!(look(&outbox), send("after"));
    }

    #[test]
    fn large_messages_are_bounded_by_their_bytes() {
        let outbox = Outbox::default();
        let large = || Bytes::from(vec![b'x'; MOST_SENT]);
        (0..MOST_WATCHED).for_each(|_| assert!(!outbox.push(large())));
        assert!(outbox.push(large()));
        assert_eq!(look(&outbox), send("{\"resync\":true}"));
    }

    #[test]
    fn without_room_nothing_is_taken_but_the_end() {
        let outbox = Outbox::default();
        outbox.push(Bytes::from_static(b"later"));
        assert_eq!(outbox.waiting.lock().take(false), None);
        assert_eq!(look(&outbox), send("later"));
        outbox.close();
        assert_eq!(outbox.waiting.lock().take(false), Some(Next::Close));
    }

    #[test]
    fn a_closed_outbox_says_nothing_more() {
        let outbox = Outbox::default();
        outbox.push(Bytes::from_static(b"too late"));
        outbox.close();
        assert_eq!(look(&outbox), Some(Next::Close));
    }
}
