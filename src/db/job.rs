//! A read as the reader threads see it: something that runs over a connection and answers for itself.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rusqlite::Connection;

use crate::kernel::{Error, Result};

use super::deadline::Deadline;
use super::fault::{DAMAGED, DISK_FAULT};
use super::ticket::Sender;

/// How a job ended, as far as its reader cares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ending {
    /// With an answer, or an error that says nothing against the connection.
    Fine,
    /// At its deadline.
    Late,
    /// With a fault that may lie in the connection.
    Suspect,
    /// With a disk that failed: what the connection knows of its file may be wrong.
    Broken,
    /// At a page that is not what it was when it was written.
    Damaged,
}

/// Work that waits for a reader.
pub trait Job: Send {
    /// True when nobody waits for the answer any more.
    fn is_abandoned(&self) -> bool;
    /// Does the work and answers. A panic becomes an internal error.
    fn run(self: Box<Self>, connection: &Connection, deadline: &Deadline) -> Ending;
    /// Answers without doing the work.
    fn refuse(self: Box<Self>, error: Error);
}

/// The one sort of job there is: a closure and the place for what it gives.
pub struct Read<T, F> {
    pub work: F,
    pub sender: Sender<T>,
}

impl<T, F> Job for Read<T, F>
where
    T: Send + 'static,
    F: FnOnce(&Connection) -> Result<T> + Send + 'static,
{
    fn is_abandoned(&self) -> bool {
        self.sender.is_abandoned()
    }

    fn run(self: Box<Self>, connection: &Connection, deadline: &Deadline) -> Ending {
        let Self { work, sender } = *self;
        let answer = catch_unwind(AssertUnwindSafe(|| work(connection))).unwrap_or_else(|panic| Err(panicked(&*panic)));
        let late = deadline.end();
        let (answer, ending) = match answer {
            // However the work dressed up the interruption, this is what happened.
            Err(_) if late => (Err(too_late()), Ending::Late),
            Err(Error::Internal(source)) => (Err(Error::Internal(source)), Ending::Suspect),
            Err(error) if error.code() == DISK_FAULT => (Err(error), Ending::Broken),
            Err(error) if error.code() == DAMAGED => (Err(error), Ending::Damaged),
            other => (other, Ending::Fine),
        };
        sender.send(answer);
        ending
    }

    fn refuse(self: Box<Self>, error: Error) {
        self.sender.send(Err(error));
    }
}

/// What a query gets that ran into its deadline, or waited for its turn until then.
pub fn too_late() -> Error {
    Error::busy("deadline", "This took too long and was stopped. Narrow the filter and try again.")
}

/// A caught panic as an error.
pub fn panicked(panic: &(dyn Any + Send)) -> Error {
    let said = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    Error::internal(format!("panic: {}", said.unwrap_or("without a message")))
}
