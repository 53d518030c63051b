//! The queue: what is to be done, who is at it, and what became of it.
//!
//! It is a table and not a stream with a group, because a chore has a priority, waits for its time
//! and is looked at while it waits; but it follows the same rules. Taking one is a claim with a time,
//! made by the one writer, and whoever lets the time pass finds every later step refused.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::Mutex;
use rusqlite::Connection;
use serde_json::Value as Json;

use crate::db::{Change, Db, Purge, Value, fault};
use crate::kernel::{Error, Id, Moment, Result};
use crate::stream::{Step, Stream, Streams};

use super::bell::Bell;
use super::kind::Lane;
use super::kinds::Kinds;
use super::state::{Chore, Depth, OPEN, State};
use super::task::{Flags, Task};
use super::telling;

/// The set that a change touches when it puts something into the queue.
pub const CHORES: &str = "chores";

/// How long a claim holds. It is extended in half of that while its thread lives.
pub const LEASE_S: i64 = 60;
/// The first wait after a failure; each further one is twice as long, up to the longest.
const BACKOFF_S: i64 = 30;
const LONGEST_BACKOFF_S: i64 = 3_600;

/// Ended chores that are forgotten in one change.
const FORGOTTEN: i64 = 500;
/// A chore that was given up or cancelled keeps what it put aside only up to so many characters: one who
/// tries it again may as well begin anew where there is more.
const KEPT_ASIDE: i64 = 4_096;

/// Something to be done.
#[derive(Clone, Debug, Default)]
pub struct Order {
    /// The tenant's key; 0 is the server itself.
    pub tenant: i64,
    pub kind: &'static str,
    pub parameters: Json,
    /// Who asks, with whose rights it is done; nobody where the clock does.
    pub user: Option<Id>,
    /// The higher goes first.
    pub priority: i64,
    /// The same word of the same kind is open once in a tenant.
    pub dedupe: Option<String>,
}

/// The queue of one server. Its methods wait for the database, except those that plan.
pub struct Queue {
    pub db: Arc<Db>,
    pub streams: Arc<Streams>,
    pub kinds: Kinds,
    pub bell: Arc<Bell>,
    /// Open chores of one tenant.
    most: u32,
    /// What this process is at.
    running: Mutex<HashMap<Id, Arc<Flags>>>,
    /// Set when the server stops.
    pub stopping: Arc<AtomicBool>,
}

/// What there is to do in a lane.
pub enum Next {
    Task(Box<Task>),
    /// Nothing before this moment, if there is one.
    Nothing(Option<Moment>),
}

impl Queue {
    pub fn new(db: Arc<Db>, streams: Arc<Streams>, kinds: Kinds, bell: Arc<Bell>, most: u32) -> Arc<Self> {
        Arc::new(Self { db, streams, kinds, bell, most, running: Mutex::default(), stopping: Arc::default() })
    }

    /// Plans that something is done. The change is refused as `taken` where the same is open already.
    pub fn plan(&self, change: &mut Change, id: Id, order: &Order, now: Moment) {
        let lane = self.kinds.get(order.kind).map_or(Lane::Light, |kind| kind.lane);
        change.guard(
            "chores_full",
            &format!("(SELECT count(*) FROM chores WHERE tenant_id=? AND {OPEN})<?"),
            vec![order.tenant.into(), i64::from(self.most).into()],
        );
        change.push(
            "INSERT INTO chores(id, tenant_id, kind, lane, parameters, priority, state, run_after, dedupe, created_by, \
             created_at, updated_at) VALUES(?1, ?2, ?3, ?4, ?5, ?6, 'waiting', ?7, ?8, ?9, ?7, ?7)",
            vec![
                id.into(),
                order.tenant.into(),
                order.kind.into(),
                lane.as_str().into(),
                order.parameters.to_string().into(),
                order.priority.into(),
                now.into(),
                order.dedupe.clone().into(),
                order.user.into(),
            ],
        );
        Stream::open(change, id, order.tenant, order.user, now);
        self.streams.append(change, id, &Step::new("waiting", 0.0, "Waiting for its turn"), false, now);
        change.touch(order.tenant, CHORES);
    }

    /// Has something done; where the same is open already, that is what the caller gets.
    pub fn order(&self, order: Order, now: Moment) -> Result<Chore> {
        let (id, mut change) = (Id::new(), Change::new());
        self.plan(&mut change, id, &order, now);
        match (self.db.write(change).wait(), order.dedupe) {
            (Err(Error::Conflict(detail)), Some(dedupe)) if detail.code == "taken" => {
                let (tenant, kind) = (order.tenant, order.kind);
                let open = self.db.read(move |conn| Chore::open_as(conn, tenant, kind, &dedupe)).wait()?;
                open.ok_or(Error::Conflict(detail))
            }
            (outcome, _) => {
                outcome?;
                self.load(id)
            }
        }
    }

    pub fn load(&self, id: Id) -> Result<Chore> {
        self.db.read(move |conn| Chore::load(conn, id)).wait()?.ok_or_else(Error::not_found)
    }

    /// What the process before this one was at when it ended: nobody is at it any more, since only one
    /// process has the folder. It is taken up again.
    pub fn recover(&self) -> Result<()> {
        let mut change = Change::new();
        change.push("UPDATE chores SET lease_until=0 WHERE lease_until IS NOT NULL AND lane<>'import'", vec![]);
        self.db.write(change).wait()
    }

    /// Takes what is next in a lane.
    pub fn take(&self, lane: Lane, now: Moment) -> Result<Next> {
        loop {
            let own: Vec<Id> = self.running.lock().keys().copied().collect();
            let (found, next) = self.db.read(move |conn| candidate(conn, lane, &own, now)).wait()?;
            let Some(chore) = found else { return Ok(Next::Nothing(next)) };
            match self.claim(lane, chore, now) {
                Ok(Some(task)) => return Ok(Next::Task(Box::new(task))),
                // It was given up or cancelled instead, or somebody else was quicker.
                Ok(None) => {}
                Err(Error::Conflict(_)) => return Ok(Next::Nothing(Some(now.plus_s(1)))),
                Err(error) => return Err(error),
            }
        }
    }

    fn claim(&self, lane: Lane, chore: Chore, now: Moment) -> Result<Option<Task>> {
        let (id, attempts) = (chore.id, chore.attempts);
        let lapsed = chore.state == State::Running;
        let kind = self.kinds.get(&chore.kind);
        let mut change = Change::new();
        change.guard(
            "chore_taken",
            "EXISTS(SELECT 1 FROM chores WHERE id=?1 AND attempts=?2 AND state=?3 AND coalesce(lease_until, 0)<=?4)",
            vec![id.into(), i64::from(attempts).into(), chore.state.as_str().into(), now.into()],
        );
        let most = kind.map_or(1, |kind| kind.attempts);
        let ends = match kind {
            _ if chore.cancel => Some((State::Cancelled, "It was cancelled.".to_owned())),
            None => Some((State::Dead, "This version of the server does not know this sort of chore.".to_owned())),
            Some(_) if lapsed && attempts >= most => {
                Some((State::Dead, format!("The server ended {attempts} times while it was at this.")))
            }
            Some(_) => None,
        };
        if let Some((state, why)) = ends {
            self.end(&mut change, &chore, state, None, Some(&why), now);
            return self.db.write(change).wait().map(|()| None);
        }
        if lane == Lane::Heavy {
            change.guard(
                "chore_taken",
                "NOT EXISTS(SELECT 1 FROM chores WHERE lane='heavy' AND id<>?1 AND state='running' AND lease_until>?2)",
                vec![id.into(), now.into()],
            );
        }
        let holder = Id::new();
        change.push(
            "UPDATE chores SET state='running', holder=?2, lease_until=?3, attempts=attempts+1, error=NULL, \
             started_at=coalesce(started_at, ?4), updated_at=?4 WHERE id=?1",
            vec![id.into(), holder.into(), now.plus_s(LEASE_S).into(), now.into()],
        );
        let at = chore.told.as_ref().map_or(0.0, |told| told.step.percentage);
        let (stage, said) = match (lapsed, chore.state) {
            (true, _) => ("resumed", "The server was stopped in the middle. It goes on from there."),
            (_, State::Failed) => ("started", "Begun again"),
            _ if chore.checkpoint.is_some() => ("resumed", "It goes on from where it was."),
            _ => ("started", "Begun"),
        };
        self.streams.append(&mut change, id, &Step::new(stage, at, said), false, now);
        // Before the commit: whoever cancels it from then on finds it here.
        let flags = Flags::new(&self.stopping);
        self.running.lock().insert(id, Arc::clone(&flags));
        let whole = || self.db.read(move |conn| Chore::load_whole(conn, id)).wait()?.ok_or_else(Error::not_found);
        let taken = self.db.write(change).wait().and_then(|()| whole());
        match (taken, kind) {
            (Ok(chore), Some(kind)) => {
                flags.cancelled.fetch_or(chore.cancel, Ordering::SeqCst);
                Ok(Some(Task::new(kind, chore, holder, flags, self)))
            }
            (taken, _) => {
                self.running.lock().remove(&id);
                taken.map(|_| None)
            }
        }
    }

    /// Ends a chore, or puts it back, by what became of its attempt.
    pub fn settle(&self, task: &Task, outcome: &Result<Json>, now: Moment) -> Result<()> {
        let chore = &task.chore;
        let mut change = Change::new();
        task.hold(&mut change);
        match outcome {
            Ok(_) if task.kind.quiet && chore.created_by.is_none() => {
                change.push("DELETE FROM chores WHERE id=?1", vec![chore.id.into()]);
                Stream::remove(&mut change, chore.id);
                change.touch(chore.tenant, CHORES);
            }
            Ok(result) => {
                change.extend(task.last());
                self.end(&mut change, chore, State::Done, Some(result), None, now);
            }
            Err(error) if error.code() == "stopping" => self.put_back(&mut change, task, now),
            Err(_) if task.flags.cancelled.load(Ordering::SeqCst) => {
                self.end(&mut change, chore, State::Cancelled, None, Some("It was cancelled."), now);
            }
            Err(error) => {
                let (again, said) = verdict(error, chore, task.kind.attempts);
                match again {
                    Some(seconds) => self.try_again(&mut change, task, seconds, &said, now),
                    None => self.end(&mut change, chore, State::Dead, None, Some(&said), now),
                }
            }
        }
        self.db.write(change).wait()
    }

    /// This process is no longer at it.
    pub fn let_go(&self, id: Id) {
        self.running.lock().remove(&id);
    }

    fn end(
        &self,
        change: &mut Change,
        chore: &Chore,
        state: State,
        result: Option<&Json>,
        error: Option<&str>,
        now: Moment,
    ) {
        change.push(
            "UPDATE chores SET state=?2, result=?3, error=?4, holder=NULL, lease_until=NULL, ended_at=?5, updated_at=?5, \
             started_at=coalesce(started_at, ?5), \
             checkpoint=CASE WHEN ?2<>'done' AND length(checkpoint)<=?6 THEN checkpoint END WHERE id=?1",
            vec![
                chore.id.into(),
                state.as_str().into(),
                result.map(Json::to_string).into(),
                error.map(str::to_owned).into(),
                now.into(),
                KEPT_ASIDE.into(),
            ],
        );
        let said = match (state, error) {
            (State::Done, _) => "Done".to_owned(),
            (_, error) => error.unwrap_or_default().to_owned(),
        };
        let at = if state == State::Done { 100.0 } else { chore.told.as_ref().map_or(0.0, |t| t.step.percentage) };
        self.streams.append(change, chore.id, &Step::new(state.as_str(), at, said), true, now);
        telling::end(self, change, chore, state, now);
        change.touch(chore.tenant, CHORES);
    }

    /// The server stops: the attempt does not count.
    fn put_back(&self, change: &mut Change, task: &Task, now: Moment) {
        change.push(
            "UPDATE chores SET state='waiting', holder=NULL, lease_until=NULL, attempts=max(0, attempts-1), run_after=?2, \
             updated_at=?2 WHERE id=?1",
            vec![task.chore.id.into(), now.into()],
        );
        let step = Step::new("waiting", task.percentage(), "The server stops. It goes on afterwards.");
        self.streams.append(change, task.chore.id, &step, false, now);
        change.touch(task.chore.tenant, CHORES);
    }

    fn try_again(&self, change: &mut Change, task: &Task, seconds: i64, said: &str, now: Moment) {
        change.push(
            "UPDATE chores SET state='failed', error=?2, holder=NULL, lease_until=NULL, run_after=?3, updated_at=?4 \
             WHERE id=?1",
            vec![task.chore.id.into(), said.into(), now.plus_s(seconds).into(), now.into()],
        );
        let step = Step::new("failed", task.percentage(), format!("{said} It is tried again in {seconds} seconds."));
        self.streams.append(change, task.chore.id, &step, false, now);
        change.touch(task.chore.tenant, CHORES);
    }

    /// Extends the claims of everything that this process is at.
    pub fn extend(&self, now: Moment) -> Result<()> {
        let held = self.running.lock().keys().map(|id| vec![(*id).into(), now.plus_s(LEASE_S).into()]).collect();
        let mut change = Change::new();
        change.push_many("UPDATE chores SET lease_until=?2 WHERE id=?1 AND state='running'", held);
        if change.statements.is_empty() { Ok(()) } else { self.db.write(change).wait() }
    }

    /// Has it stopped: at once while it waits, after its step while it runs.
    ///
    /// # Errors
    /// A conflict when it has ended.
    pub fn cancel(&self, id: Id, now: Moment) -> Result<Chore> {
        let chore = self.load(id)?;
        if self.kinds.get(&chore.kind).is_none() {
            return Err(elsewhere());
        }
        if !chore.state.is_open() {
            return Err(Error::conflict("chore_ended", "This has ended already. There is nothing to cancel."));
        }
        let mut change = Change::new();
        change.guard(
            "chore_moved",
            "EXISTS(SELECT 1 FROM chores WHERE id=? AND state=?)",
            vec![id.into(), chore.state.as_str().into()],
        );
        match chore.state {
            State::Running => {
                change.push("UPDATE chores SET cancel=1, updated_at=?2 WHERE id=?1", vec![id.into(), now.into()]);
                change.touch(chore.tenant, CHORES);
            }
            _ => self.end(&mut change, &chore, State::Cancelled, None, Some("It was cancelled."), now),
        }
        self.db.write(change).wait()?;
        if let Some(flags) = self.running.lock().get(&id) {
            flags.cancelled.store(true, Ordering::SeqCst);
        }
        self.load(id)
    }

    /// Has it tried again, now, with all its attempts before it.
    ///
    /// # Errors
    /// A conflict unless it failed, was given up or was cancelled.
    pub fn retry(&self, id: Id, now: Moment) -> Result<Chore> {
        let chore = self.load(id)?;
        if self.kinds.get(&chore.kind).is_none() {
            return Err(elsewhere());
        }
        if !matches!(chore.state, State::Failed | State::Dead | State::Cancelled) {
            return Err(Error::conflict("chore_not_failed", "Only what failed or was cancelled can be tried again."));
        }
        let mut change = Change::new();
        change.guard(
            "chore_moved",
            "EXISTS(SELECT 1 FROM chores WHERE id=? AND state=?)",
            vec![id.into(), chore.state.as_str().into()],
        );
        change.push(
            "UPDATE chores SET state='waiting', attempts=0, cancel=0, run_after=?2, ended_at=NULL, error=NULL, updated_at=?2 \
             WHERE id=?1",
            vec![id.into(), now.into()],
        );
        Stream::reopen(&mut change, id, now);
        let at = chore.told.as_ref().map_or(0.0, |told| told.step.percentage);
        self.streams.append(&mut change, id, &Step::new("waiting", at, "Waiting for another try"), false, now);
        change.touch(chore.tenant, CHORES);
        self.db.write(change).wait()?;
        self.load(id)
    }

    /// How many are in each state that somebody may have to do something about.
    pub fn depth(&self) -> Result<Depth> {
        self.db.read(Depth::read).wait()
    }
}

/// Chores that ended so many days ago.
pub fn outdated(days: u32, now: Moment) -> Purge {
    let before = now.plus_s(-i64::from(days) * 86_400);
    Purge { table: "chores", key: "seq", gone: "ended_at<?1", before, piece: FORGOTTEN, touches: None }
}

fn elsewhere() -> Error {
    Error::conflict("not_here", "An import is started again, or taken back, on its own page.")
}

/// Seconds until the next try, if there is to be one, and what people are told of it.
fn verdict(error: &Error, chore: &Chore, most: u32) -> (Option<i64>, String) {
    let said = match error {
        Error::Internal(_) => {
            tracing::error!(chore = %chore.id, kind = chore.kind, %error, "a chore failed");
            "Something went wrong inside the server; its log says what.".to_owned()
        }
        error => error.to_string(),
    };
    // What the caller got wrong stays wrong.
    let hopeless = matches!(error, Error::Invalid(_) | Error::NotFound(_) | Error::Forbidden(_) | Error::TooLarge(_));
    if hopeless || chore.attempts >= most {
        return (None, said);
    }
    let doubled = BACKOFF_S << chore.attempts.saturating_sub(1).min(16);
    (Some(doubled.min(LONGEST_BACKOFF_S)), said)
}

/// What is next in a lane, beside what this process is at; else when there will be something.
fn candidate(conn: &Connection, lane: Lane, own: &[Id], now: Moment) -> Result<(Option<Chore>, Option<Moment>)> {
    let ids = |sql: &str| -> Result<Vec<Id>> {
        let mut statement = conn.prepare_cached(sql).map_err(fault)?;
        let rows = statement
            .query_map((lane.as_str(), now.0), |row| Ok(Value::from_sql(row.get_ref(0)?).as_id().unwrap_or_default()))
            .map_err(fault)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault)
    };
    let lapsed =
        "SELECT id FROM chores WHERE lane=?1 AND lease_until IS NOT NULL AND lease_until<=?2 ORDER BY seq LIMIT 8";
    let due = "SELECT id FROM chores WHERE lane=?1 AND state IN ('waiting', 'failed') AND run_after<=?2 \
               ORDER BY priority DESC, run_after, seq LIMIT 1";
    let mut found = ids(lapsed)?;
    found.retain(|id| !own.contains(id));
    found.extend(ids(due)?);
    if let Some(id) = found.first() {
        return Ok((Chore::load_whole(conn, *id)?, None));
    }
    let sql = "SELECT min(run_after) FROM chores WHERE lane=?1 AND state IN ('waiting', 'failed')";
    let mut statement = conn.prepare_cached(sql).map_err(fault)?;
    let next: Option<i64> = statement.query_row([lane.as_str()], |row| row.get(0)).map_err(fault)?;
    Ok((None, next.map(Moment)))
}
