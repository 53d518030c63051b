//! What a sort of chore declares. [`super::kinds`] lists them all.

use serde_json::Value as Json;

use crate::kernel::Result;

use super::{Household, Task};

/// A sort of chore.
///
/// To add one, write its function and its line in [`super::kinds::KINDS`], and the words for it in the
/// web app. The function is given what it works with and its [`Task`]: the parameters, and as
/// [`crate::stream::Progress`] a way to tell how far it is, to keep a checkpoint, and to hear that it
/// was cancelled. It is plain synchronous code on a thread of its own and waits for what it needs;
/// what it reads for long goes through [`crate::db::Db::read_heavy`].
pub struct ChoreKind {
    /// A word: `report`, `due-orders`.
    pub name: &'static str,
    pub lane: Lane,
    /// After so many failed attempts it is given up, until somebody says to try again.
    pub attempts: u32,
    /// An owner or manager may ask for it out of its turn, without parameters.
    pub by_hand: bool,
    /// One that the clock asked for and that went well leaves no line behind: it comes too often to be news.
    pub quiet: bool,
    /// Does it, and says what came of it. An error of the caller's making ends it at once; any other
    /// is tried again later.
    pub run: fn(&Household, &Task) -> Result<Json>,
}

/// Who works it off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lane {
    /// Over in a moment, and done beside what is heavy.
    Light,
    /// Takes the processor or the disk for long: one at a time on the whole server.
    Heavy,
}

impl Lane {
    pub fn as_str(self) -> &'static str {
        ["light", "heavy"][self as usize]
    }
}
