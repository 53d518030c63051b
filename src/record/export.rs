//! Export of any list, piece by piece: each piece is a read of its own, so a slow client never
//! pins a connection.

use serde_json::{Value as Json, json};

use crate::db::{Value, fault};
use crate::kernel::{Error, Moment, Result};
use crate::kind::{Action, FieldRight, Kind, Level, Tenant, Type};

use super::View;
use super::cursor::Cursor;
use super::list::{beyond, order_by};
use super::query::Query;
use super::scope::{field_right, narrow, system_right, visible_column};
use super::sql::Sql;
use super::wire::{write_text, write_value};

/// Rows in one piece.
const PIECE: i64 = 1000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Csv,
    /// Cells as text, for the writer of the workbook.
    Cells,
    JsonLines,
}

impl Format {
    pub const ALL: [Self; 3] = [Self::Csv, Self::Cells, Self::JsonLines];

    /// The word for it, which is also how its files end.
    pub fn as_str(self) -> &'static str {
        ["csv", "xlsx", "jsonl"][self as usize]
    }

    /// # Errors
    /// Invalid for any other word.
    pub fn parse(word: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|format| format.as_str() == word);
        found.ok_or_else(|| Error::query("format", "unknown_value", "Give one of: csv, xlsx, jsonl."))
    }

    /// What a list is called as a file of that day.
    pub fn file_name(self, kind: &Kind, tenant: &Tenant, now: Moment) -> String {
        format!("{}-{}.{}", kind.name, now.day_in(&tenant.zone), self.as_str())
    }

    pub fn media(self) -> &'static str {
        Self::MEDIA[self as usize]
    }

    /// Of all of them, in their order.
    pub const MEDIA: &'static [&'static str] = &[
        "text/csv; charset=utf-8",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/x-ndjson",
    ];
}

/// One column of the export.
#[derive(Clone, Debug)]
pub struct Column {
    pub header: String,
    sql: Sql,
    ty: Type,
}

/// Walks through a list.
#[derive(Clone)]
pub struct Exporter {
    query: Query,
    pub columns: Vec<Column>,
    joins: Sql,
    edge: Option<Cursor>,
    pub format: Format,
    /// True once the last piece was given.
    pub done: bool,
    /// So many were given.
    pub rows: u64,
}

impl Exporter {
    /// Prepares an export of all rows of the query, with every field that the viewer may see.
    pub fn new(view: &View<'_>, query: Query, format: Format) -> Result<Self> {
        let (position, kind) = (query.position, view.registry.at(query.position));
        let rights = &view.access.grants[position];
        if rights.level(Action::Export) == Level::None || rights.level(Action::Read) == Level::None {
            return Err(Error::forbidden(format!("You may not export {}.", kind.many)));
        }
        query.check_sort(view.conn, view.access, kind)?;
        let mut joins = Sql::default();
        let mut columns = vec![plain("id", "a.id", Type::Ref(kind.name))];
        if system_right(view.access, position, "external_id") != FieldRight::Hidden {
            columns.push(plain("external_id", "a.external_id", Type::Text(200)));
        }
        for (i, field) in kind.fields.iter().enumerate() {
            let right = field_right(view.access, position, i);
            if right == FieldRight::Hidden {
                continue;
            }
            let mut sql = Sql::default();
            visible_column(&mut sql, view.access, right, field, "a");
            columns.push(Column { header: field.name.to_owned(), sql, ty: field.ty });
            // A reference is an id to programs and a name to people: both are given.
            if let (Some(target), Some(name)) =
                (field.refers_to().and_then(|k| view.registry.position(k)), field.expands_as())
            {
                let title = view.registry.at(target).title;
                let shown = view
                    .registry
                    .at(target)
                    .position(title)
                    .is_some_and(|t| field_right(view.access, target, t) != FieldRight::Hidden);
                if shown && name != field.name {
                    let j = format!("j{i}");
                    joins
                        .push(&format!(" LEFT JOIN {} {j} ON {j}.tenant_id=", view.registry.at(target).table))
                        .bind(view.access.tenant.key);
                    joins.push(&format!(" AND {j}.id=a.{} AND {j}.deleted_at IS NULL", field.name));
                    narrow(&mut joins, view.registry, view.access, target, Action::Read, &j);
                    columns.push(plain(name, &format!("{j}.{title}"), Type::Text(0)));
                }
            }
        }
        for (own, _) in view.access.custom_of(position, kind) {
            let mut sql = Sql::new("a.custom->>");
            sql.bind(format!("$.{}", own.name));
            let ty = if own.ty == Type::Time { Type::Text(0) } else { own.ty };
            columns.push(Column { header: format!("custom.{}", own.name), sql, ty });
        }
        columns.push(plain("created_at", "a.created_at", Type::Time));
        columns.push(plain("updated_at", "a.updated_at", Type::Time));
        Ok(Self { query, columns, joins, edge: None, format, done: false, rows: 0 })
    }

    /// How many rows there are, as far as the viewer may see them.
    pub fn count(&self, view: &View<'_>) -> Result<u64> {
        view.count(&self.query).map(|n| u64::try_from(n).unwrap_or(0))
    }

    /// What [`Self::resume`] goes on from.
    pub fn put_aside(&self) -> Json {
        let columns: Vec<_> = self.columns.iter().map(|column| column.header.as_str()).collect();
        let edge = self.edge.as_ref().map(|edge| edge.encode(self.query.digest));
        json!({"edge": edge, "rows": self.rows, "done": self.done, "columns": columns})
    }

    /// Goes on behind the last row of an export of the same list that was put aside; false when this is
    /// another list, other rights or other columns by now.
    pub fn resume(&mut self, aside: &Json) -> bool {
        let same = self.columns.iter().map(|column| &column.header[..]).eq(texts(&aside["columns"]));
        let edge = aside["edge"].as_str().map(|text| Cursor::decode(text, self.query.digest, self.query.sort.len()));
        match (same, aside["done"].as_bool(), edge) {
            (true, Some(true), _) => self.done = true,
            (true, Some(false), Some(Ok(edge))) => self.edge = Some(edge),
            _ => return false,
        }
        self.rows = aside["rows"].as_u64().unwrap_or(0);
        true
    }

    pub fn headers(&self) -> Vec<String> {
        self.columns.iter().map(|column| column.header.clone()).collect()
    }

    /// The header line of a CSV export.
    pub fn header(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for (i, column) in self.columns.iter().enumerate() {
            if i > 0 {
                out.push(b',');
            }
            write_cell(&mut out, &column.header, false);
        }
        out.extend_from_slice(b"\r\n");
        out
    }

    /// Reads the first piece as bytes, after the header line where there is one.
    pub fn first(&mut self, view: &View<'_>) -> Result<Vec<u8>> {
        let mut out = if self.format == Format::Csv { self.header() } else { Vec::new() };
        out.extend_from_slice(&self.next(view)?);
        Ok(out)
    }

    /// Reads the next piece as bytes (CSV lines or JSON lines).
    pub fn next(&mut self, view: &View<'_>) -> Result<Vec<u8>> {
        let mut out = Vec::with_capacity(128 * 1024);
        let (format, columns) = (self.format, self.columns.clone());
        self.walk(view, |values| {
            for (i, (value, column)) in values.iter().zip(&columns).enumerate() {
                match format {
                    Format::JsonLines => {
                        out.push(if i == 0 { b'{' } else { b',' });
                        write_text(&mut out, &column.header);
                        out.push(b':');
                        write_value(&mut out, value, column.ty);
                    }
                    _ => {
                        if i > 0 {
                            out.push(b',');
                        }
                        // Numbers and days are ours; text is whatever somebody typed.
                        write_cell(&mut out, &cell(value, column.ty), value.as_text().is_some());
                    }
                }
            }
            out.extend_from_slice(if format == Format::JsonLines { b"}\n".as_slice() } else { b"\r\n" });
        })?;
        Ok(out)
    }

    /// Reads the next piece as cells, for the writer of a workbook.
    pub fn next_cells(&mut self, view: &View<'_>) -> Result<Vec<Vec<String>>> {
        let mut rows = Vec::with_capacity(PIECE as usize);
        let columns = self.columns.clone();
        self.walk(view, |values| rows.push(values.iter().zip(&columns).map(|(v, c)| cell(v, c.ty)).collect()))?;
        Ok(rows)
    }

    fn walk(&mut self, view: &View<'_>, mut row: impl FnMut(&[Value])) -> Result<()> {
        let kind = view.registry.at(self.query.position);
        let ranges = match &self.edge {
            None => vec![Sql::default()],
            Some(cursor) => {
                let mut seq = Sql::new(&format!("SELECT seq FROM {} WHERE tenant_id=", kind.table));
                seq.bind(view.access.tenant.key).push(" AND id=").bind(cursor.id);
                beyond(&self.query.sort, cursor, seq.number(view.conn)?)
            }
        };
        let keys = self.query.sort.len();
        let mut left = PIECE;
        for range in &ranges {
            let mut sql = Sql::new("SELECT a.id");
            for key in &self.query.sort {
                sql.push(",").push(&key.column);
            }
            for column in &self.columns {
                sql.push(",").append(&column.sql);
            }
            view.source(&mut sql, &self.query, Some(&self.joins))?;
            // What may be looked at may not always be carried out of the house.
            narrow(&mut sql, view.registry, view.access, self.query.position, Action::Export, "a");
            sql.append(range);
            order_by(&mut sql, &self.query.sort, false, "");
            sql.push(" LIMIT ").bind(left);
            let mut statement = sql.prepare(view.conn)?;
            let mut rows = sql.rows(&mut statement)?;
            let mut values = Vec::with_capacity(self.columns.len());
            while let Some(found) = rows.next().map_err(fault)? {
                values.clear();
                for i in 0..self.columns.len() {
                    values.push(Value::from_sql(found.get_ref(1 + keys + i).map_err(fault)?));
                }
                row(&values);
                self.rows += 1;
                left -= 1;
                if left == 0 {
                    let id = Value::from_sql(found.get_ref(0).map_err(fault)?).as_id().unwrap_or_default();
                    let keys = (1..=keys)
                        .map(|i| found.get_ref(i).map(Value::from_sql))
                        .collect::<rusqlite::Result<_>>()
                        .map_err(fault)?;
                    self.edge = Some(Cursor { backwards: false, id, keys });
                }
            }
            if left == 0 {
                return Ok(());
            }
        }
        self.done = true;
        Ok(())
    }
}

fn texts(list: &Json) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().map(|text| text.as_str().unwrap_or_default())
}

fn plain(header: &str, sql: &str, ty: Type) -> Column {
    Column { header: header.to_owned(), sql: Sql::new(sql), ty }
}

/// A value as people read it in a file: money in major units, true and false in words.
fn cell(value: &Value, ty: Type) -> String {
    match (value, ty) {
        (Value::Null | Value::Blob(_), _) => String::new(),
        (Value::Int(n), Type::Money { .. }) => {
            let sign = if *n < 0 { "-" } else { "" };
            format!("{sign}{}.{:02}", n.unsigned_abs() / 100, n.unsigned_abs() % 100)
        }
        (Value::Int(n), Type::Bool) => if *n == 0 { "false" } else { "true" }.to_owned(),
        (Value::Int(n), Type::Time) => Moment(*n).to_string(),
        (Value::Int(n), _) => n.to_string(),
        (Value::Real(x), _) => x.to_string(),
        (Value::Text(s), _) => s.to_string(),
        (Value::Id(id), _) => id.to_string(),
    }
}

/// Appends one CSV cell, quoted where needed. A text cell that a spreadsheet would run as a
/// formula gets an apostrophe before it.
pub fn write_cell(out: &mut Vec<u8>, text: &str, typed: bool) {
    // The wide forms count too: East Asian editions of spreadsheets read them as the plain ones.
    let opens = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    let formula = typed && text.starts_with(opens) && text.parse::<f64>().is_err();
    let quote = text.contains([',', '"', '\n', '\r', ';']) || text.starts_with(' ') || text.ends_with(' ');
    if quote {
        out.push(b'"');
    }
    if formula {
        out.push(b'\'');
    }
    for byte in text.bytes() {
        if byte == b'"' {
            out.push(b'"');
        }
        out.push(byte);
    }
    if quote {
        out.push(b'"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        let mut out = Vec::new();
        write_cell(&mut out, text, true);
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn formulas_are_neutralised_and_numbers_are_not() {
        assert_eq!(written("=1+1"), "'=1+1");
        assert_eq!(written("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(written("\n=1"), "\"'\n=1\"");
        assert_eq!(written("＝1+1"), "'＝1+1");
        assert_eq!(written("-12.5"), "-12.5");
        assert_eq!(written("+49 30 1234"), "'+49 30 1234");
    }

    #[test]
    fn cells_with_commas_and_quotes_are_quoted() {
        assert_eq!(written("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!(cell(&Value::Int(-105), Type::Money { currency: "currency" }), "-1.05");
    }
}
