//! Who is told that a chore has come to its end.
//!
//! What was done is told in the change that ends it: whoever waits for it and sees it there has seen the
//! notification too. That one was given up is a message on a stream, which a group reads: each message is
//! claimed, it is found out whom it concerns, and they are told in the change that acknowledges it. So
//! none is lost by a kill, and none is sent twice.

use rusqlite::Connection;

use crate::db::{Change, Value, fault};
use crate::kernel::{Error, Id, Moment, Result};
use crate::notify::{self, Note, Sort};
use crate::stream::{Message, Step};

use super::export::EXPORT;
use super::report::REPORT;
use super::state::{Chore, State};
use super::{Household, Queue};

/// The stream of chores that were given up; `migrations/0020` begins it.
const GIVEN_UP: [u8; 16] = [0, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, 1];
/// Those who read it.
const GROUP: &str = "notices";
/// Claimed at a time, and for so long.
const AT_ONCE: u32 = 16;
const CLAIMED_S: i64 = 60;
/// Whoever asked so lately still has it before their eyes, and needs no notification.
const LATELY_S: i64 = 2;

fn given_up() -> Id {
    Id::from_slice(&GIVEN_UP).unwrap_or_default()
}

/// Plans what is told of the end of a chore.
pub fn end(queue: &Queue, change: &mut Change, chore: &Chore, state: State, now: Moment) {
    let lately = chore.created_by.is_some() && chore.created_at.plus_s(LATELY_S) > now;
    match (state, sort_of(&chore.kind), chore.created_by) {
        _ if lately => {}
        (State::Done, (Some(sort), _), Some(user)) => notify::note(change, note(chore, sort, user), now),
        // Nobody is told of the server's own; the monitor watches what it is for.
        (State::Dead, ..) if chore.tenant != 0 => {
            queue.streams.append(change, given_up(), &Step::new("dead", 100.0, chore.id.to_string()), false, now);
        }
        _ => {}
    }
}

/// The claims of the process before this one are nobody's any more.
pub fn recover(queue: &Queue) -> Result<()> {
    queue.streams.release(given_up(), GROUP)
}

/// Tells those whom it concerns what was given up since.
pub fn tell(household: &Household, now: Moment) -> Result<()> {
    let streams = &household.streams;
    while streams.has_news(given_up(), GROUP, now)? {
        let claim = streams.claim(given_up(), GROUP, AT_ONCE, CLAIMED_S, now)?;
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
    household.streams.acknowledge(&mut change, given_up(), GROUP, claim, message.sequence);
    if let Ok(id) = message.step.message.parse::<Id>() {
        let read = household.db.read(move |conn| {
            let Some(chore) = Chore::load(conn, id)?.filter(|chore| chore.state == State::Dead) else {
                return Ok(None);
            };
            let whom = chore.created_by.map_or_else(|| owners(conn, chore.tenant), |user| Ok(vec![user]))?;
            Ok(Some((chore, whom)))
        });
        let found = read.wait()?;
        for (chore, user) in found.iter().flat_map(|(chore, whom)| whom.iter().map(move |user| (chore, *user))) {
            notify::note(&mut change, note(chore, Sort::GaveUp, user), now);
        }
    }
    match household.db.write(change).wait() {
        // Its time was over: whoever has it now tells of it.
        Err(Error::Conflict(_)) => Ok(()),
        outcome => outcome,
    }
}

/// What came by the clock is the owners' affair.
fn owners(conn: &Connection, tenant: i64) -> Result<Vec<Id>> {
    let sql = "SELECT id FROM users WHERE tenant_id=?1 AND role='owner' AND active=1 AND deleted_at IS NULL LIMIT 20";
    let mut statement = conn.prepare_cached(sql).map_err(fault)?;
    let read = |row: &rusqlite::Row<'_>| Ok(Value::from_sql(row.get_ref(0)?).as_id().unwrap_or_default());
    let rows = statement.query_map([tenant], read).map_err(fault)?;
    rows.collect::<rusqlite::Result<_>>().map_err(fault)
}

/// What tells that it is done, where something came of it that can be looked at; and the place for that.
fn sort_of(kind: &str) -> (Option<Sort>, &'static str) {
    match kind {
        REPORT => (Some(Sort::ReportFinished), "reports"),
        EXPORT => (Some(Sort::ExportFinished), "exports"),
        _ => (None, "chores"),
    }
}

fn note(chore: &Chore, sort: Sort, user: Id) -> Note {
    let named = chore.parameters["name"].as_str();
    let told = named.map_or_else(|| capital(&chore.kind.replace('-', " ")), str::to_owned);
    let about = Some((sort_of(&chore.kind).1, chore.id));
    Note { tenant: chore.tenant, user, sort, by: None, about, told: Some(told) }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}
