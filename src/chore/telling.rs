//! Who is told that a chore has come to its end.
//!
//! The change that ends a chore which somebody asked for leaves a message on one stream. A group reads
//! it: each message is claimed, and the notification is written in the change that acknowledges it. So
//! none is lost by a kill, and none is sent twice; and no chore needs to know who is told of it.

use crate::db::Change;
use crate::kernel::{Error, Id, Moment, Result};
use crate::notify::{self, Note, Sort};
use crate::stream::{Message, Step};

use super::export::EXPORT;
use super::report::REPORT;
use super::state::{Chore, State};
use super::{Household, Queue};

/// The stream of chores that have ended; `migrations/0020` begins it.
const ENDED: [u8; 16] = [0, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, 1];
/// Those who read it.
const GROUP: &str = "notices";
/// Claimed at a time, and for so long.
const AT_ONCE: u32 = 16;
const CLAIMED_S: i64 = 60;
/// Whoever asked so lately still has it before their eyes, and needs no notification.
const LATELY_S: i64 = 2;

fn ended() -> Id {
    Id::from_slice(&ENDED).unwrap_or_default()
}

/// Plans the message that a chore has come to its end, where somebody may want to know.
pub fn leave_word(queue: &Queue, change: &mut Change, chore: &Chore, state: State, now: Moment) {
    let lately = chore.created_at.plus_s(LATELY_S) > now;
    if chore.created_by.is_some() && !lately && matches!(state, State::Done | State::Dead) {
        queue.streams.append(change, ended(), &Step::new(state.as_str(), 100.0, chore.id.to_string()), false, now);
    }
}

/// The claims of the process before this one are nobody's any more.
pub fn recover(queue: &Queue) -> Result<()> {
    queue.streams.release(ended(), GROUP)
}

/// Tells whoever is to be told of what has ended since.
pub fn tell(household: &Household, now: Moment) -> Result<()> {
    let streams = &household.streams;
    while streams.has_news(ended(), GROUP, now)? {
        let claim = streams.claim(ended(), GROUP, AT_ONCE, CLAIMED_S, now)?;
        if claim.messages.is_empty() {
            return Ok(());
        }
        for (message, _) in &claim.messages {
            one(household, claim.id, message, now)?;
        }
    }
    Ok(())
}

fn one(household: &Household, claim: Id, message: &Message, now: Moment) -> Result<()> {
    let mut change = Change::new();
    household.streams.acknowledge(&mut change, ended(), GROUP, claim, message.sequence);
    let chore = match message.step.message.parse::<Id>() {
        Ok(id) => household.db.read(move |conn| Chore::load(conn, id)).wait()?,
        Err(_) => None,
    };
    if let Some(note) = chore.as_ref().and_then(note) {
        notify::note(&mut change, note, now);
    }
    match household.db.write(change).wait() {
        // Its time was over: whoever has it now tells of it.
        Err(Error::Conflict(_)) => Ok(()),
        outcome => outcome,
    }
}

/// A chore that was asked for in vain is always news; one that went well where something came of it that
/// can be looked at.
fn note(chore: &Chore) -> Option<Note> {
    let (done, place) = match chore.kind.as_str() {
        REPORT => (Some(Sort::ReportFinished), "reports"),
        EXPORT => (Some(Sort::ExportFinished), "exports"),
        _ => (None, "chores"),
    };
    let sort = match chore.state {
        State::Done => done?,
        State::Dead => Sort::GaveUp,
        _ => return None,
    };
    let name = chore.parameters["name"].as_str().unwrap_or(&chore.kind).to_owned();
    let about = Some((place, chore.id));
    Some(Note { tenant: chore.tenant, user: chore.created_by?, sort, by: None, about, told: Some(name) })
}
