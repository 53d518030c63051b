//! A write as a value: an ordered list of statements that any node could apply alike.

use std::borrow::Cow;

use crate::kernel::Id;

use super::Value;

/// SQL text. Texts come from a bounded set: values are always parameters, never part of it.
pub type Sql = Cow<'static, str>;

/// One statement, run once for each row of parameters.
#[derive(Clone, Debug)]
pub struct Statement {
    pub sql: Sql,
    pub rows: Vec<Vec<Value>>,
}

/// What a change touches: a tenant's records of one kind, or one of its named sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Touch {
    /// The tenant's integer key; 0 is the server as a whole.
    pub tenant: i64,
    /// A kind's name, or a named set such as `rights`.
    pub set: &'static str,
}

/// What is told of a record after the commit, to whoever has it on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    pub tenant: i64,
    /// A kind's name.
    pub kind: &'static str,
    /// The record; `None` for some of the kind, nobody said which.
    pub id: Option<Id>,
    /// The user who did it.
    pub by: Option<Id>,
}

/// Records of a kind that one change tells of by name; when there are more, it tells of the kind.
const MOST_TOLD: usize = 64;

/// An ordered list of statements applied in one savepoint: all of them or none.
///
/// Rules are checked before, on a reader. What must still hold at commit is said with [`Self::guard`].
#[derive(Clone, Debug, Default)]
pub struct Change {
    pub statements: Vec<Statement>,
    pub touched: Vec<Touch>,
    pub told: Vec<Told>,
    /// The streams that it appends to, whose subscribers are woken once it is on disk.
    pub appended: Vec<Id>,
}

impl Change {
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one statement with one row of parameters.
    pub fn push(&mut self, sql: impl Into<Sql>, params: Vec<Value>) -> &mut Self {
        self.statements.push(Statement { sql: sql.into(), rows: vec![params] });
        self
    }

    /// Adds one statement that runs for each of many rows; nothing when there are none.
    pub fn push_many(&mut self, sql: impl Into<Sql>, rows: Vec<Vec<Value>>) -> &mut Self {
        if !rows.is_empty() {
            self.statements.push(Statement { sql: sql.into(), rows });
        }
        self
    }

    /// Refuses the whole change with `code` unless `holds`, an SQL condition, is true at commit.
    /// See [`super::guard_error`] for the codes and what they become.
    pub fn guard(&mut self, code: &str, holds: &str, params: Vec<Value>) -> &mut Self {
        debug_assert!(!code.contains('\''), "a guard's code is part of the SQL text");
        self.push(format!("INSERT INTO guard(code) SELECT '{code}' WHERE NOT ({holds})"), params)
    }

    pub fn touch(&mut self, tenant: i64, set: &'static str) -> &mut Self {
        let touch = Touch { tenant, set };
        if !self.touched.contains(&touch) {
            self.touched.push(touch);
        }
        self
    }

    /// Says that a record changes, or some of a kind.
    pub fn tell(&mut self, tenant: i64, kind: &'static str, id: Option<Id>, by: Option<Id>) -> &mut Self {
        let of_kind = |told: &&Told| told.tenant == tenant && told.kind == kind;
        if self.told.iter().filter(of_kind).any(|told| told.id.is_none()) {
            return self;
        }
        if id.is_some() && self.told.len() < MOST_TOLD {
            self.told.push(Told { tenant, kind, id, by });
            return self;
        }
        self.told.retain(|told| !of_kind(&told));
        self.told.push(Told { tenant, kind, id: None, by });
        self
    }

    /// Has the subscribers of a stream woken.
    pub fn appends(&mut self, stream: Id) -> &mut Self {
        if !self.appended.contains(&stream) {
            self.appended.push(stream);
        }
        self
    }

    /// Appends another change; both then stand or fall together.
    pub fn extend(&mut self, other: Self) -> &mut Self {
        self.statements.extend(other.statements);
        for t in other.touched {
            self.touch(t.tenant, t.set);
        }
        for t in other.told {
            self.tell(t.tenant, t.kind, t.id, t.by);
        }
        for stream in other.appended {
            self.appends(stream);
        }
        self
    }

    /// The number of statement runs, the measure for a bulk slice.
    pub fn weight(&self) -> usize {
        self.statements.iter().map(|s| s.rows.len()).sum()
    }
}
