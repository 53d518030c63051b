//! The other end of work handed to a database thread.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::sync::oneshot;

use crate::kernel::{Error, Result};

/// An answer that will come: `await` it at the edge, [`Ticket::wait`] for it elsewhere.
pub struct Ticket<T>(oneshot::Receiver<Result<T>>);

/// Where the answer is put.
pub struct Sender<T>(oneshot::Sender<Result<T>>);

/// A fresh pair.
pub fn ticket<T>() -> (Sender<T>, Ticket<T>) {
    let (sender, receiver) = oneshot::channel();
    (Sender(sender), Ticket(receiver))
}

impl<T> Sender<T> {
    /// Answers; whoever no longer waits is not disturbed.
    pub fn send(self, result: Result<T>) {
        let _ = self.0.send(result);
    }
    /// True when nobody waits any more, so that the work can be left undone.
    pub fn is_abandoned(&self) -> bool {
        self.0.is_closed()
    }
}

impl<T> Ticket<T> {
    /// Blocks this thread until the answer is there. Never call it on an async thread.
    pub fn wait(self) -> Result<T> {
        self.0.blocking_recv().unwrap_or_else(|_| Err(stopped()))
    }
}

impl<T> Future for Ticket<T> {
    type Output = Result<T>;
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(cx).map(|r| r.unwrap_or_else(|_| Err(stopped())))
    }
}

/// What whoever comes too late is told.
pub fn stopped() -> Error {
    Error::busy("stopping", "The server is stopping. Try again in a moment.")
}
