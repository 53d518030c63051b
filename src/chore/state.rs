//! One chore as the queue keeps it, and as the API shows it.

use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::{Value as Json, json};

use crate::db::{Value, fault};
use crate::kernel::{Id, Moment, Result};
use crate::stream::{Message, Step};

use super::kinds::Kinds;

/// Where a chore is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Waiting,
    Running,
    Done,
    /// An attempt failed; it is tried again at [`Chore::run_after`].
    Failed,
    Cancelled,
    /// It was given up, and waits for somebody to look at it.
    Dead,
}

impl State {
    pub const ALL: [Self; 6] = [Self::Waiting, Self::Running, Self::Done, Self::Failed, Self::Cancelled, Self::Dead];
    pub fn as_str(self) -> &'static str {
        ["waiting", "running", "done", "failed", "cancelled", "dead"][self as usize]
    }
    fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
    /// It is still to be done, or being done.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Running | Self::Failed)
    }
}

/// How much is in the queue, of all tenants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Depth {
    pub waiting: u32,
    pub running: u32,
    /// To be tried again.
    pub failed: u32,
    /// Given up.
    pub dead: u32,
}

impl Depth {
    pub(super) fn read(conn: &Connection) -> Result<Self> {
        let count = |state: &str| {
            let sql = format!("SELECT count(*) FROM chores WHERE {OPEN} AND state=?1");
            let mut statement = conn.prepare_cached(&sql).map_err(fault)?;
            statement.query_row([state], |row| row.get(0)).map_err(fault)
        };
        let mut dead = conn.prepare_cached("SELECT count(*) FROM chores WHERE state IN ('dead')").map_err(fault)?;
        Ok(Self {
            waiting: count("waiting")?,
            running: count("running")?,
            failed: count("failed")?,
            dead: dead.query_row([], |row| row.get(0)).map_err(fault)?,
        })
    }
}

/// The member of a chore's parameters that is shown to nobody.
pub const OWN: &str = "own";

/// One chore.
#[derive(Clone, Debug)]
pub struct Chore {
    pub id: Id,
    /// The tenant's key; 0 is the server itself.
    pub tenant: i64,
    pub kind: String,
    pub parameters: Json,
    pub priority: i64,
    pub state: State,
    pub attempts: u32,
    /// Not before this moment.
    pub run_after: Moment,
    /// Somebody no longer wants it.
    pub cancel: bool,
    /// What it put aside to go on from; it may be large, and only [`Self::load_whole`] reads it.
    pub checkpoint: Option<Json>,
    pub result: Option<Json>,
    pub error: Option<String>,
    /// Who asked for it; nobody where the clock did.
    pub created_by: Option<Id>,
    pub created_at: Moment,
    pub started_at: Option<Moment>,
    pub ended_at: Option<Moment>,
    /// What its stream said last.
    pub told: Option<Message>,
}

const SELECT: &str = "SELECT c.id, c.tenant_id, c.kind, c.parameters, c.priority, c.state, c.attempts, c.run_after, \
    c.cancel, c.result, c.error, c.created_by, c.created_at, c.started_at, c.ended_at, \
    m.sequence, m.at, m.stage, m.percentage, m.message FROM chores c LEFT JOIN streams s ON s.id=c.id \
    LEFT JOIN stream_messages m ON m.stream_id=s.id AND m.sequence=s.last";

/// The condition that stands for "open" in the indexes.
pub const OPEN: &str = "state IN ('waiting', 'running', 'failed')";

impl Chore {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let id = |at: usize| row.get_ref(at).map(|value| Value::from_sql(value).as_id());
        let json =
            |at: usize| row.get::<_, Option<String>>(at).map(|text| text.and_then(|t| serde_json::from_str(&t).ok()));
        let moment = |at: usize| row.get::<_, Option<i64>>(at).map(|ms| ms.map(Moment));
        let told = row.get::<_, Option<i64>>(15)?.is_some();
        let step = |_| -> rusqlite::Result<Message> {
            Ok(Message {
                sequence: row.get(15)?,
                at: Moment(row.get(16)?),
                step: Step { stage: row.get(17)?, percentage: row.get(18)?, message: row.get(19)? },
            })
        };
        Ok(Self {
            id: id(0)?.unwrap_or_default(),
            tenant: row.get(1)?,
            kind: row.get(2)?,
            parameters: json(3)?.unwrap_or_default(),
            priority: row.get(4)?,
            state: State::parse(&row.get::<_, String>(5)?).unwrap_or(State::Dead),
            attempts: row.get(6)?,
            run_after: Moment(row.get(7)?),
            cancel: row.get(8)?,
            checkpoint: None,
            result: json(9)?,
            error: row.get(10)?,
            created_by: id(11)?,
            created_at: Moment(row.get(12)?),
            started_at: moment(13)?,
            ended_at: moment(14)?,
            told: told.then_some(()).map(step).transpose()?,
        })
    }

    pub fn load(conn: &Connection, id: Id) -> Result<Option<Self>> {
        let mut statement = conn.prepare_cached(&format!("{SELECT} WHERE c.id=?1")).map_err(fault)?;
        statement.query_row([Value::from(id)], Self::read).optional().map_err(fault)
    }

    /// With what it put aside, for whoever goes on with it.
    pub fn load_whole(conn: &Connection, id: Id) -> Result<Option<Self>> {
        let Some(chore) = Self::load(conn, id)? else { return Ok(None) };
        let mut statement = conn.prepare_cached("SELECT checkpoint FROM chores WHERE id=?1").map_err(fault)?;
        let aside: Option<String> = statement.query_row([Value::from(id)], |row| row.get(0)).map_err(fault)?;
        Ok(Some(Self { checkpoint: aside.and_then(|text| serde_json::from_str(&text).ok()), ..chore }))
    }

    /// The open chores of a tenant, oldest first, and the latest that ended, newest first: so many of
    /// each at most. With a person, only theirs.
    pub fn list(conn: &Connection, tenant: i64, whose: Option<Id>, most: i64) -> Result<Vec<Self>> {
        let own = if whose.is_some() { "AND c.created_by=?2" } else { "AND ?2 IS NULL" };
        let open = format!("{SELECT} WHERE c.tenant_id=?1 AND c.{OPEN} {own} ORDER BY c.seq LIMIT ?3");
        let ended = format!("{SELECT} WHERE c.tenant_id=?1 AND NOT c.{OPEN} {own} ORDER BY c.seq DESC LIMIT ?3");
        let mut all = Vec::new();
        for sql in [open, ended] {
            let mut statement = conn.prepare_cached(&sql).map_err(fault)?;
            let rows = statement.query_map((tenant, Value::from(whose), most), Self::read).map_err(fault)?;
            for row in rows {
                all.push(row.map_err(fault)?);
            }
        }
        Ok(all)
    }

    /// The one that is open under this key.
    pub fn open_as(conn: &Connection, tenant: i64, kind: &str, dedupe: &str) -> Result<Option<Self>> {
        let sql = format!("{SELECT} WHERE c.tenant_id=?1 AND c.kind=?2 AND c.dedupe=?3 AND c.{OPEN}");
        let mut statement = conn.prepare_cached(&sql).map_err(fault)?;
        statement.query_row((tenant, kind, dedupe), Self::read).optional().map_err(fault)
    }

    /// An import has a thread, a table and a page of its own; the queue only shows it.
    pub fn is_import(&self) -> bool {
        self.kind == "import"
    }

    /// Somebody may stop it now. What is being taken back has to come to its end.
    fn can_cancel(&self, known: bool) -> bool {
        let stops = if self.is_import() { self.parameters["step"] != "reverting" } else { known };
        stops && self.state.is_open() && !self.cancel
    }

    /// What it was asked with, without what is between the server and whoever asked.
    fn shown(&self) -> Json {
        let mut shown = self.parameters.clone();
        if let Json::Object(members) = &mut shown {
            members.shift_remove(OWN);
        }
        shown
    }

    /// As the API shows it.
    pub fn wire(&self, kinds: &Kinds) -> Json {
        let kind = kinds.get(&self.kind);
        let told = self.told.as_ref().map(|message| {
            json!({
                "sequence": message.sequence,
                "stage": message.step.stage,
                "percentage": message.step.percentage,
                "message": message.step.message,
                "timestamp": message.at.to_string(),
            })
        });
        json!({
            "id": self.id.to_string(),
            "kind": self.kind,
            "parameters": self.shown(),
            "priority": self.priority,
            "state": self.state.as_str(),
            "attempts": self.attempts,
            "max_attempts": kind.map_or(1, |kind| kind.attempts),
            "run_after": self.run_after.to_string(),
            "cancelling": self.cancel && self.state.is_open(),
            "can_cancel": self.can_cancel(kind.is_some()),
            // An import has a page of its own, where it is started again or taken back.
            "can_retry": kind.is_some() && matches!(self.state, State::Dead | State::Failed | State::Cancelled),
            "stream_id": self.id.to_string(),
            "progress": told,
            "result": self.result,
            "error": self.error,
            "created_by": self.created_by.map(|id| id.to_string()),
            "created_at": self.created_at.to_string(),
            "started_at": self.started_at.map(|at| at.to_string()),
            "ended_at": self.ended_at.map(|at| at.to_string()),
        })
    }
}
