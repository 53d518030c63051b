//! One value of a statement's parameters or of a record.

use std::sync::Arc;

use rusqlite::ToSql;
use rusqlite::types::{ToSqlOutput, Value as SqlValue, ValueRef};

use crate::kernel::Id;

/// A stored value. Booleans are 0 and 1, moments are milliseconds, days are `YYYY-MM-DD`, ids are
/// 16 bytes, money is minor units, lists are JSON text.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Value {
    #[default]
    Null,
    Int(i64),
    Real(f64),
    Text(Arc<str>),
    Id(Id),
    Blob(Arc<[u8]>),
}

impl Value {
    pub fn text(s: impl AsRef<str>) -> Self {
        Self::Text(Arc::from(s.as_ref()))
    }
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(s) = self { Some(s) } else { None }
    }
    pub fn as_int(&self) -> Option<i64> {
        if let Self::Int(n) = self { Some(*n) } else { None }
    }
    pub fn as_id(&self) -> Option<Id> {
        if let Self::Id(id) = self { Some(*id) } else { None }
    }

    /// Reads a column. A blob of 16 bytes is an id: no kind stores other blobs in its fields.
    pub fn from_sql(value: ValueRef<'_>) -> Self {
        match value {
            ValueRef::Null => Self::Null,
            ValueRef::Integer(n) => Self::Int(n),
            ValueRef::Real(x) => Self::Real(x),
            ValueRef::Text(t) => Self::Text(String::from_utf8_lossy(t).as_ref().into()),
            ValueRef::Blob(b) => Id::from_slice(b).map_or_else(|| Self::Blob(b.into()), Self::Id),
        }
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::Owned(SqlValue::Null),
            Self::Int(n) => ToSqlOutput::Owned(SqlValue::Integer(*n)),
            Self::Real(x) => ToSqlOutput::Owned(SqlValue::Real(*x)),
            Self::Text(s) => ToSqlOutput::Borrowed(ValueRef::Text(s.as_bytes())),
            Self::Id(id) => ToSqlOutput::Borrowed(ValueRef::Blob(id.as_bytes())),
            Self::Blob(b) => ToSqlOutput::Borrowed(ValueRef::Blob(b)),
        })
    }
}

impl From<i64> for Value {
    fn from(n: i64) -> Self {
        Self::Int(n)
    }
}
impl From<bool> for Value {
    fn from(b: bool) -> Self {
        Self::Int(i64::from(b))
    }
}
impl From<f64> for Value {
    fn from(x: f64) -> Self {
        Self::Real(x)
    }
}
impl From<Id> for Value {
    fn from(id: Id) -> Self {
        Self::Id(id)
    }
}
impl From<&str> for Value {
    fn from(s: &str) -> Self {
        Self::text(s)
    }
}
impl From<String> for Value {
    fn from(s: String) -> Self {
        Self::Text(s.into())
    }
}
impl From<crate::kernel::Moment> for Value {
    fn from(m: crate::kernel::Moment) -> Self {
        Self::Int(m.0)
    }
}
impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(v: Option<T>) -> Self {
        v.map_or(Self::Null, Into::into)
    }
}
