//! An import as the database keeps it, so that a stop at any moment loses nothing of it.

use rusqlite::{Connection, OptionalExtension};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json, json};

use crate::db::{Change, Value, fault};
use crate::kernel::{Error, Id, Moment, Result};

use super::profile::Column;
use super::report::{Counts, Report};
use super::settings::Settings;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The file is there; nothing has begun.
    Draft,
    /// A dry run is under way.
    Checking,
    /// A dry run has said what would happen.
    Checked,
    Running,
    Done,
    /// It stopped with an error and can be started again where it stopped.
    Failed,
    /// Somebody stopped it. It can be gone on with, or taken back, like one that failed.
    Cancelled,
    Reverting,
    Reverted,
}

impl State {
    pub const ALL: [Self; 9] = [
        Self::Draft,
        Self::Checking,
        Self::Checked,
        Self::Running,
        Self::Done,
        Self::Failed,
        Self::Cancelled,
        Self::Reverting,
        Self::Reverted,
    ];
    pub fn as_str(self) -> &'static str {
        ["draft", "checking", "checked", "running", "done", "failed", "cancelled", "reverting", "reverted"]
            [self as usize]
    }
    fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == word)
    }
    /// Something works on it now, or did when the server stopped.
    pub fn is_under_way(self) -> bool {
        matches!(self, Self::Checking | Self::Running | Self::Reverting)
    }
}

/// One import.
#[derive(Clone, Debug)]
pub struct Import {
    pub id: Id,
    pub tenant: i64,
    pub kind: String,
    pub file_name: String,
    pub format: String,
    pub state: State,
    pub settings: Settings,
    pub columns: Vec<Column>,
    pub report: Report,
    /// Rows of the file.
    pub total: u64,
    pub counts: Counts,
    /// Who brought the file, and later who began it: it goes on with that person's rights.
    pub created_by: Option<Id>,
    pub created_at: Moment,
    pub updated_at: Moment,
    pub error: Option<String>,
}

const COLUMNS: &str = "id, tenant_id, kind, file_name, format, state, settings, columns, report, total, created, updated, \
                       unchanged, rejected, warnings, created_by, created_at, updated_at, error";

impl Import {
    fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        let id = |i: usize| row.get_ref(i).map(|v| Value::from_sql(v).as_id());
        let count = |i: usize| row.get::<_, i64>(i).map(|n| u64::try_from(n).unwrap_or(0));
        Ok(Self {
            id: id(0)?.unwrap_or_default(),
            tenant: row.get(1)?,
            kind: row.get(2)?,
            file_name: row.get(3)?,
            format: row.get(4)?,
            state: State::parse(&row.get::<_, String>(5)?).unwrap_or(State::Failed),
            settings: json_column(row, 6)?,
            columns: json_column(row, 7)?,
            report: json_column(row, 8)?,
            total: count(9)?,
            counts: Counts {
                created: count(10)?,
                updated: count(11)?,
                unchanged: count(12)?,
                rejected: count(13)?,
                warnings: count(14)?,
            },
            created_by: id(15)?,
            created_at: Moment(row.get(16)?),
            updated_at: Moment(row.get(17)?),
            error: row.get(18)?,
        })
    }

    pub fn load(conn: &Connection, tenant: i64, id: Id) -> Result<Self> {
        let sql = format!("SELECT {COLUMNS} FROM imports WHERE tenant_id=? AND id=?");
        let mut statement = conn.prepare_cached(&sql).map_err(fault)?;
        let found = statement.query_row((tenant, Value::Id(id)), Self::read).optional().map_err(fault)?;
        found.ok_or_else(Error::not_found)
    }

    /// The newest imports of a tenant, at most `limit`.
    pub fn newest(conn: &Connection, tenant: i64, limit: i64) -> Result<Vec<Self>> {
        let sql = format!("SELECT {COLUMNS} FROM imports WHERE tenant_id=? ORDER BY seq DESC LIMIT ?");
        Self::all(conn, &sql, (tenant, limit))
    }

    /// What was under way when the server stopped, in all tenants, oldest first.
    pub fn under_way(conn: &Connection) -> Result<Vec<Self>> {
        let sql =
            format!("SELECT {COLUMNS} FROM imports WHERE state IN ('checking', 'running', 'reverting') ORDER BY seq");
        Self::all(conn, &sql, ())
    }

    fn all(conn: &Connection, sql: &str, params: impl rusqlite::Params) -> Result<Vec<Self>> {
        let mut statement = conn.prepare_cached(sql).map_err(fault)?;
        statement.query_map(params, Self::read).map_err(fault)?.collect::<rusqlite::Result<_>>().map_err(fault)
    }

    pub fn insert(&self) -> Change {
        let mut change = Change::new();
        change.push(
            "INSERT INTO imports(id, tenant_id, kind, file_name, format, state, settings, columns, report, total, \
             created_by, created_at, updated_at) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)",
            vec![
                Value::Id(self.id),
                Value::Int(self.tenant),
                Value::from(self.kind.as_str()),
                Value::from(self.file_name.as_str()),
                Value::from(self.format.as_str()),
                Value::from(self.state.as_str()),
                text_of(&self.settings),
                text_of(&self.columns),
                text_of(&self.report),
                number(self.total),
                Value::from(self.created_by),
                Value::from(self.created_at),
                Value::from(self.updated_at),
            ],
        );
        change
    }

    /// Refuses the change it stands in when the import is no longer where the caller has seen it.
    pub fn guard(&self, change: &mut Change) {
        change.guard(
            "import_moved",
            "EXISTS(SELECT 1 FROM imports WHERE tenant_id=? AND id=? AND state=? AND done=?)",
            vec![
                Value::Int(self.tenant),
                Value::Id(self.id),
                Value::from(self.state.as_str()),
                number(self.counts.done()),
            ],
        );
    }

    /// Moves it to another state, with everything that a person may have decided meanwhile.
    pub fn step(&self, next: State, error: Option<&str>) -> Change {
        let mut change = Change::new();
        self.guard(&mut change);
        change.push(
            "UPDATE imports SET state=?, settings=?, columns=?, report=?, error=?, created_by=?, updated_at=? \
             WHERE tenant_id=? AND id=?",
            vec![
                Value::from(next.as_str()),
                text_of(&self.settings),
                text_of(&self.columns),
                text_of(&self.report),
                Value::from(error.map(str::to_owned)),
                Value::from(self.created_by),
                Value::from(Moment::now()),
                Value::Int(self.tenant),
                Value::Id(self.id),
            ],
        );
        // A trigger puts what happens to it into the queue and on its stream.
        change.touch(self.tenant, "chores");
        change.appends(self.id);
        change
    }

    /// Stops it where it is. That is all it takes: every later step of whoever works on it is guarded by
    /// the state that it was in. Its owner hears of it where somebody else did it.
    pub fn cancel(&self, next: State, by: Option<Id>) -> Change {
        let now = Moment::now();
        let mut change = Change::new();
        change.guard(
            "import_moved",
            "EXISTS(SELECT 1 FROM imports WHERE tenant_id=? AND id=? AND state=?)",
            vec![Value::Int(self.tenant), Value::Id(self.id), Value::from(self.state.as_str())],
        );
        change.push(
            "UPDATE imports SET state=?, error=NULL, updated_at=? WHERE tenant_id=? AND id=?",
            vec![Value::from(next.as_str()), Value::from(now), Value::Int(self.tenant), Value::Id(self.id)],
        );
        if let (State::Cancelled, Some(owner)) = (next, self.created_by) {
            change.push(
                "INSERT INTO notices(tenant_id, user_id, at, sort, by_id, kind, record_id, told) \
                 VALUES(?, ?, ?, 'import_finished', ?, 'imports', ?, 'cancelled')",
                vec![Value::Int(self.tenant), Value::Id(owner), Value::from(now), Value::from(by), Value::Id(self.id)],
            );
            change.touch(self.tenant, "notifications");
        }
        change.touch(self.tenant, "chores");
        change.appends(self.id);
        change
    }

    pub fn place(&self) -> Place {
        Place { tenant: self.tenant, id: self.id, state: self.state, updated_at: self.updated_at }
    }

    /// Notes how far it came, together with the rows themselves. The report is written where it
    /// says something new.
    pub fn progress(&self, change: &mut Change, counts: Counts, report: Option<&Report>) {
        let mut params = vec![
            number(counts.done()),
            number(counts.created),
            number(counts.updated),
            number(counts.unchanged),
            number(counts.rejected),
            number(counts.warnings),
            Value::from(Moment::now()),
        ];
        let set = "done=done+?, created=created+?, updated=updated+?, unchanged=unchanged+?, rejected=rejected+?, \
                   warnings=warnings+?, updated_at=?";
        let report_set = if report.is_some() { ", report=?" } else { "" };
        params.extend(report.map(text_of));
        params.extend([Value::Int(self.tenant), Value::Id(self.id)]);
        change.push(format!("UPDATE imports SET {set}{report_set} WHERE tenant_id=? AND id=?"), params);
        change.appends(self.id);
    }

    /// As the API shows it.
    pub fn wire(&self) -> Json {
        let mapping: Map<String, Json> =
            self.columns.iter().map(|c| (c.name.clone(), c.field.clone().map_or(Json::Null, Json::String))).collect();
        json!({
            "id": self.id.to_string(),
            "kind": self.kind,
            "file_name": self.file_name,
            "format": self.format,
            "state": self.state.as_str(),
            "mapping": mapping,
            "columns": self.columns,
            "settings": self.settings,
            "total": self.total,
            "done": self.counts.done(),
            "created": self.counts.created,
            "updated": self.counts.updated,
            "unchanged": self.counts.unchanged,
            "rejected": self.counts.rejected,
            "warnings": self.counts.warnings,
            "report": self.report,
            "created_by": self.created_by.map(|id| id.to_string()),
            "created_at": self.created_at.to_string(),
            "updated_at": self.updated_at.to_string(),
            "error": self.error,
        })
    }
}

/// Where an import was when somebody began to work on it.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    tenant: i64,
    id: Id,
    state: State,
    updated_at: Moment,
}

impl Place {
    /// Is it there still? A check says nothing until its end, so that its moment tells whether it was
    /// begun anew.
    pub fn holds(self, conn: &Connection) -> Result<bool> {
        let sql = "SELECT EXISTS(SELECT 1 FROM imports WHERE tenant_id=?1 AND id=?2 AND state=?3 \
                   AND (state<>'checking' OR updated_at=?4))";
        let mut statement = conn.prepare_cached(sql).map_err(fault)?;
        let of = (self.tenant, Value::Id(self.id), self.state.as_str(), self.updated_at.0);
        statement.query_row(of, |row| row.get(0)).map_err(fault)
    }
}

fn json_column<T: DeserializeOwned>(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<T> {
    serde_json::from_str(&row.get::<_, String>(at)?)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(at, rusqlite::types::Type::Text, Box::new(e)))
}

fn text_of(value: &impl serde::Serialize) -> Value {
    Value::from(serde_json::to_string(value).unwrap_or_else(|_| "{}".to_owned()))
}

fn number(n: u64) -> Value {
    Value::Int(i64::try_from(n).unwrap_or(i64::MAX))
}

/// Rows of one sort that the user gets back, after the row given, at most `limit`: (row, reason, cells).
pub fn notes(conn: &Connection, id: Id, sort: &str, after: i64, limit: i64) -> Result<Vec<(i64, String, Vec<String>)>> {
    let mut statement = conn
        .prepare_cached(
            "SELECT row, reason, cells FROM import_rows WHERE import_id=? AND sort=? AND row>? ORDER BY row LIMIT ?",
        )
        .map_err(fault)?;
    let rows = statement
        .query_map((Value::Id(id), sort, after, limit), |row| Ok((row.get(0)?, row.get(1)?, json_column(row, 2)?)))
        .map_err(fault)?;
    rows.collect::<rusqlite::Result<_>>().map_err(fault)
}
