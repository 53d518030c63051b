//! A page of a list, straight to JSON.

use rusqlite::Row;

use crate::db::{Value, fault};
use crate::kernel::{Error, Id, Result};
use crate::kind::{Action, FieldRight, Level};

use super::View;
use super::cursor::Cursor;
use super::query::{Query, SortKey, Window};
use super::scope::{field_right, narrow};
use super::search::narrow_to_matches;
use super::select::Compiled;
use super::sql::Sql;
use super::wire::write_text;

/// A search without a sort looks at no more than so many matches.
const MAX_CANDIDATES: usize = 1000;

/// A page as the API answers it.
#[derive(Debug)]
pub struct Listing {
    /// `{"data":[…],"page":{…}}`.
    pub body: Vec<u8>,
    pub next: Option<String>,
    pub prev: Option<String>,
}

/// The rows of one page while they are read: JSON end to end, with where each row ends.
struct Rows {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    /// How many rows the page shows; one more is read to learn whether there are more.
    limit: usize,
    /// The row read first, and the last one that the page shows: where its neighbours begin.
    near: Option<Edge>,
    far: Option<Edge>,
}

/// What a cursor remembers of a row.
struct Edge {
    id: Id,
    keys: Vec<Value>,
}

impl View<'_> {
    /// Reads the page that the query asks for.
    pub fn list(&self, query: &Query) -> Result<Listing> {
        let kind = self.registry.at(query.position);
        let grant = &self.access.grants[query.position];
        if grant.level(Action::Read) == Level::None || (query.deleted && grant.level(Action::Delete) == Level::None) {
            return Err(Error::forbidden(format!("You may not see {}.", kind.many)));
        }
        query.check_sort(self.conn, self.access, kind)?;
        let compiled = query.selection.compile(self.registry, self.access, query.position, 1 + query.sort.len())?;
        let (limit, cursor, offset) = match &query.window {
            Window::Cursor { limit, cursor } => (*limit, cursor.as_ref(), 0),
            Window::Page { limit, number } => (*limit, None, (number - 1) * limit),
        };
        let mut rows = Rows::of(limit);
        let ranked = query.q.is_some() && !query.sorted;
        if ranked {
            self.read_ranked(query, &compiled, limit + 1, offset, &mut rows)?;
        } else {
            self.read_ordered(query, &compiled, cursor, limit + 1, offset, &mut rows)?;
        }
        let more = rows.ends.len() > limit;
        let backwards = cursor.is_some_and(|c| c.backwards);
        rows.trim(backwards);
        let paged = !ranked && matches!(query.window, Window::Cursor { .. });
        let near = rows.near.take().filter(|_| paged && cursor.is_some());
        let far = rows.far.take().filter(|_| paged && more);
        let (next, prev) = if backwards { (near, far) } else { (far, near) };
        let cursor_at = |edge: Option<Edge>, backwards| {
            edge.map(|Edge { id, keys }| Cursor { backwards, id, keys }.encode(query.digest))
        };
        let (next, prev) = (cursor_at(next, false), cursor_at(prev, true));
        let has_more = if backwards { true } else { more };
        let total = if query.count { Some(self.count(query)?) } else { None };
        Ok(Listing { body: envelope(rows.bytes, next.as_deref(), prev.as_deref(), has_more, total), next, prev })
    }

    /// Counts all rows of the query, whatever the page.
    pub fn count(&self, query: &Query) -> Result<i64> {
        let mut sql = Sql::new("SELECT count(*)");
        self.source(&mut sql, query, None)?;
        sql.number(self.conn)
    }

    /// A company's rows are few, and so are those about one person or one place.
    fn finds_few(&self, query: &Query) -> bool {
        let level = self.access.grants[query.position].level(Action::Read);
        level == Level::Company || query.filter.names_a_record(self.registry.at(query.position))
    }

    /// Appends `FROM … WHERE …` with tenant, rights, filter and search.
    pub(super) fn source(&self, sql: &mut Sql, query: &Query, joins: Option<&Sql>) -> Result<()> {
        let kind = self.registry.at(query.position);
        if query.sort_custom.is_some() {
            sql.push(" FROM custom_index s CROSS JOIN ").push(kind.table).push(" a ON a.seq=s.seq");
        } else {
            sql.push(" FROM ").push(kind.table).push(" a");
        }
        if let Some(joins) = joins {
            sql.append(joins);
        }
        sql.push(" WHERE a.tenant_id=").bind(self.access.tenant.key);
        if let Some(field) = query.sort_custom {
            sql.push(" AND s.tenant_id=").bind(self.access.tenant.key).push(" AND s.field=").bind(field);
        }
        sql.push(if query.deleted { " AND a.deleted_at IS NOT NULL" } else { " AND a.deleted_at IS NULL" });
        narrow(sql, self.registry, self.access, query.position, Action::Read, "a");
        if query.deleted {
            narrow(sql, self.registry, self.access, query.position, Action::Delete, "a");
        }
        sql.push(" AND ");
        query.filter.write(sql, self.registry, self.access, query.position, "a")?;
        if let Some(q) = &query.q {
            narrow_to_matches(sql, self.registry, self.access, query.position, q)?;
        }
        Ok(())
    }

    /// Best matches first: the title as typed, titles that begin so, titles that hold it, the rest;
    /// newer before older among equals.
    fn read_ranked(
        &self,
        query: &Query,
        compiled: &Compiled,
        limit: usize,
        offset: usize,
        rows: &mut Rows,
    ) -> Result<()> {
        let kind = self.registry.at(query.position);
        let q = query.q.as_deref().unwrap_or_default();
        let pattern = q.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let mut sql = Sql::new("SELECT a.id");
        for key in &query.sort {
            sql.push(",").push(&key.column);
        }
        sql.append(&compiled.columns).push(" FROM (SELECT a.seq");
        self.source(&mut sql, query, None)?;
        sql.push(&format!(" LIMIT {MAX_CANDIDATES}) c CROSS JOIN {} a ON a.seq=c.seq", kind.table))
            .append(&compiled.joins);
        // The order must not tell of a title that may not be read.
        let right = kind.position(kind.title).map(|i| field_right(self.access, query.position, i));
        let seen = matches!(right, Some(FieldRight::Full | FieldRight::ReadOnly));
        let title = if seen { format!("a.{}", kind.title) } else { "''".to_owned() };
        sql.push(&format!(" ORDER BY CASE WHEN {title} LIKE ")).bind(pattern.clone()).push(" ESCAPE '\\' THEN 0 WHEN ");
        sql.push(&title).push(" LIKE ").bind(format!("{pattern}%")).push(" ESCAPE '\\' THEN 1 WHEN ");
        sql.push(&title)
            .push(" LIKE ")
            .bind(format!("%{pattern}%"))
            .push(" ESCAPE '\\' THEN 2 ELSE 3 END, a.seq DESC LIMIT ");
        sql.bind(limit as i64).push(" OFFSET ").bind(offset as i64);
        self.read_rows(&sql, query, compiled, usize::MAX, rows)
    }

    fn read_ordered(
        &self,
        query: &Query,
        compiled: &Compiled,
        cursor: Option<&Cursor>,
        limit: usize,
        offset: usize,
        rows: &mut Rows,
    ) -> Result<()> {
        let backwards = cursor.is_some_and(|c| c.backwards);
        let ranges = match cursor {
            None => vec![Sql::default()],
            Some(cursor) => {
                let kind = self.registry.at(query.position);
                let mut edge = Sql::new(&format!("SELECT seq FROM {} WHERE tenant_id=", kind.table));
                edge.bind(self.access.tenant.key).push(" AND id=").bind(cursor.id);
                let seq = edge.number(self.conn)?;
                if seq == 0 {
                    return Err(Error::invalid(
                        "cursor",
                        "The row at which this page begins is gone. Start again from the first page.",
                    ));
                }
                beyond(&query.sort, cursor, seq)
            }
        };
        for range in &ranges {
            let mut sql = Sql::new("SELECT a.id");
            for key in &query.sort {
                sql.push(",").push(&key.column);
            }
            sql.append(&compiled.columns);
            self.source(&mut sql, query, Some(&compiled.joins))?;
            sql.append(range);
            // Few rows are found by an index of their own. Without the plus SQLite may walk everybody's in
            // the order asked for, only to spare the sorting.
            let few = self.finds_few(query);
            order_by(&mut sql, &query.sort, backwards, if few { "+" } else { "" });
            sql.push(" LIMIT ").bind((limit - rows.ends.len()) as i64);
            if offset > 0 {
                sql.push(" OFFSET ").bind(offset as i64);
            }
            self.read_rows(&sql, query, compiled, limit, rows)?;
            if rows.ends.len() >= limit {
                break;
            }
        }
        Ok(())
    }

    fn read_rows(&self, sql: &Sql, query: &Query, compiled: &Compiled, limit: usize, rows: &mut Rows) -> Result<()> {
        let mut statement = sql.prepare(self.conn)?;
        let mut found = sql.rows(&mut statement)?;
        while let Some(row) = found.next().map_err(fault)? {
            rows.add(row, query.sort.len(), compiled)?;
            if rows.ends.len() >= limit {
                break;
            }
        }
        Ok(())
    }
}

impl Rows {
    fn of(limit: usize) -> Self {
        Self { bytes: Vec::with_capacity(16 * 1024), ends: Vec::with_capacity(limit + 1), limit, near: None, far: None }
    }

    fn add(&mut self, row: &Row<'_>, keys: usize, compiled: &Compiled) -> Result<()> {
        if !self.ends.is_empty() {
            self.bytes.push(b',');
        }
        compiled.write(&mut self.bytes, row)?;
        self.ends.push(self.bytes.len());
        if self.ends.len() == 1 {
            self.near = Some(Edge::of(row, keys)?);
        }
        if self.ends.len() == self.limit {
            self.far = Some(Edge::of(row, keys)?);
        }
        Ok(())
    }

    /// Drops the row read only to learn that there are more, and turns a backward page around.
    fn trim(&mut self, backwards: bool) {
        if self.ends.len() > self.limit {
            self.ends.truncate(self.limit);
            self.bytes.truncate(self.ends.last().copied().unwrap_or(0));
        }
        if backwards {
            let mut turned = Vec::with_capacity(self.bytes.len());
            for (i, end) in self.ends.iter().enumerate().rev() {
                let start = if i == 0 { 0 } else { self.ends[i - 1] + 1 };
                if !turned.is_empty() {
                    turned.push(b',');
                }
                turned.extend_from_slice(&self.bytes[start..*end]);
            }
            self.bytes = turned;
        }
    }
}

impl Edge {
    /// The id stands first in every row of a list, the sort keys after it.
    fn of(row: &Row<'_>, keys: usize) -> Result<Self> {
        let id = Value::from_sql(row.get_ref(0).map_err(fault)?).as_id().unwrap_or_default();
        let keys = (1..=keys).map(|i| row.get_ref(i).map(Value::from_sql));
        Ok(Self { id, keys: keys.collect::<rusqlite::Result<_>>().map_err(fault)? })
    }
}

/// Appends the order; ties are broken by `seq`, which every index ends with.
pub(super) fn order_by(sql: &mut Sql, sort: &[SortKey], backwards: bool, plus: &str) {
    sql.push(" ORDER BY ");
    let mut last = false;
    for key in sort {
        last = key.descending != backwards;
        sql.push(plus).push(&key.column).push(if last { " DESC," } else { "," });
    }
    sql.push(plus).push(if last { "a.seq DESC" } else { "a.seq" });
}

/// The rows beyond a cursor, as ranges in the order of the sort, nearest first.
///
/// With keys k1, k2 and the edge (v1, v2, seq) these are: k1=v1 and k2=v2 and seq beyond; k1=v1 and
/// k2 beyond v2; k1 beyond v1. Read one after the other until the page is full they give exactly
/// the sorted list, each by one index range, with NULLs and mixed directions in their places. Where
/// no key can be NULL and all go one way, SQLite's own row comparison does it in one range.
pub(super) fn beyond(sort: &[SortKey], cursor: &Cursor, seq: i64) -> Vec<Sql> {
    let down = |key: &SortKey| key.descending != cursor.backwards;
    let last_down = sort.last().is_some_and(down);
    if sort.iter().all(|k| !k.nullable && down(k) == last_down) {
        let mut sql = Sql::new(" AND (");
        for key in sort {
            sql.push(&key.column).push(",");
        }
        sql.push(if last_down { "a.seq)<(" } else { "a.seq)>(" });
        for value in &cursor.keys {
            sql.bind(value.clone()).push(",");
        }
        sql.bind(seq).push(")");
        return vec![sql];
    }
    let equal = |n: usize| {
        let mut sql = Sql::default();
        for (key, value) in sort.iter().zip(&cursor.keys).take(n) {
            sql.push(" AND ").push(&key.column);
            if value.is_null() {
                sql.push(" IS NULL");
            } else {
                sql.push("=").bind(value.clone());
            }
        }
        sql
    };
    let mut ranges = Vec::with_capacity(2 * sort.len() + 1);
    let mut tie = equal(sort.len());
    tie.push(if last_down { " AND a.seq<" } else { " AND a.seq>" }).bind(seq);
    ranges.push(tie);
    for n in (0..sort.len()).rev() {
        let (key, value) = (&sort[n], &cursor.keys[n]);
        let mut range = equal(n);
        match (down(key), value.is_null()) {
            // NULL is the smallest: nothing lies below it, everything else above.
            (true, true) => continue,
            (false, true) => {
                range.push(" AND ").push(&key.column).push(" IS NOT NULL");
            }
            (false, false) => {
                range.push(" AND ").push(&key.column).push(">").bind(value.clone());
            }
            (true, false) => {
                range.push(" AND ").push(&key.column).push("<").bind(value.clone());
                ranges.push(range);
                range = equal(n);
                range.push(" AND ").push(&key.column).push(" IS NULL");
            }
        }
        ranges.push(range);
    }
    ranges
}

/// Wraps rows into the answer of a list.
pub(super) fn envelope(
    rows: Vec<u8>,
    next: Option<&str>,
    prev: Option<&str>,
    more: bool,
    total: Option<i64>,
) -> Vec<u8> {
    let mut out = Vec::with_capacity(rows.len() + 200);
    out.extend_from_slice(b"{\"data\":[");
    out.extend_from_slice(&rows);
    out.extend_from_slice(b"],\"page\":{\"next_cursor\":");
    let cursor = |out: &mut Vec<u8>, text: Option<&str>| match text {
        Some(text) => write_text(out, text),
        None => out.extend_from_slice(b"null"),
    };
    cursor(&mut out, next);
    out.extend_from_slice(b",\"prev_cursor\":");
    cursor(&mut out, prev);
    out.extend_from_slice(if more { b",\"has_more\":true".as_slice() } else { b",\"has_more\":false" });
    if let Some(total) = total {
        out.extend_from_slice(format!(",\"total\":{total}").as_bytes());
    }
    out.extend_from_slice(b"}}");
    out
}
