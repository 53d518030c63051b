//! Figures of records by several fields at once: what reports are made of. The rows are those that a
//! list with the same conditions shows, and no field stands in a figure that may not be seen.

use rusqlite::types::ValueRef;
use serde_json::Value as Json;

use crate::db::{Value, fault};
use crate::kernel::{Date, Error, Id, Moment, Period, Result};
use crate::kind::{Access, Action, FieldRight, Kind, Registry, Type};

use super::View;
use super::query::Query;
use super::scope::{field_right, narrow};
use super::sql::Sql;
use super::summary::{column, day_in, period_of, too_large};

/// More lines than a report can be folded from.
const MOST: usize = 50_000;

/// What the rows are told apart by.
#[derive(Clone, Debug)]
pub enum By {
    /// A field, a period of one (`closed_on:quarter`), or a field of what it refers to
    /// (`owner_id.region`).
    Field(&'static str),
    /// What a reference refers to: its id, and behind it in a column of its own what it is called.
    Named(&'static str),
    /// The stretch of days that a day or moment lies in: 0 is before the first of these days, 1 from it
    /// on, and so forth.
    Stretch(&'static str, Vec<Date>),
}

/// What is told of each group, one column each.
#[derive(Clone, Copy, Debug)]
pub enum Measure {
    Count,
    Sum(&'static str),
    /// A number times so many hundredths, added up: the value of deals by their probability.
    Weighted(&'static str, &'static str),
    /// How many have this field.
    Having(&'static str),
    /// The days since 1970 of a day, added up.
    Days(&'static str),
    /// From one moment to another, in milliseconds, added up where the second is not before the first.
    Between(&'static str, &'static str),
    /// How many rows that is made of.
    Betweens(&'static str, &'static str),
}

/// A question, read and checked.
#[derive(Clone, Debug)]
pub struct Breakdown {
    query: Query,
    by: Vec<Dimension>,
    measures: Vec<Sql>,
    joins: Sql,
    /// Only the row with the greatest of one field among those with the same value of another.
    latest: Option<(Sql, Sql)>,
}

#[derive(Clone, Debug)]
struct Dimension {
    value: Sql,
    period: Option<Period>,
    /// The kind whose title is told beside the id.
    named: Option<usize>,
}

/// The groups, each with the values of its dimensions and then its measures.
#[derive(Debug, Default)]
pub struct Lines {
    pub lines: Vec<Vec<Json>>,
    /// There are more than anybody could fold.
    pub more: bool,
}

impl Breakdown {
    /// `params` say which rows, as those of a list do.
    ///
    /// # Errors
    /// Where a field is not to be seen, as a list says it.
    pub fn new(
        registry: &Registry,
        access: &Access,
        position: usize,
        params: &[(String, String)],
        by: &[By],
        measures: &[Measure],
    ) -> Result<Self> {
        let query = Query::parse(registry, access, position, params)?;
        let mut reader = Reader { registry, access, position, kind: registry.at(position), joins: Sql::default() };
        let by = by.iter().enumerate().map(|(at, by)| reader.dimension(at, by)).collect::<Result<_>>()?;
        let measures = measures.iter().map(|measure| reader.measure(*measure)).collect::<Result<_>>()?;
        Ok(Self { query, by, measures, joins: reader.joins, latest: None })
    }

    /// Of the rows with the same `of` only the one with the greatest `by` counts: the latest
    /// certificate of each machine.
    pub fn latest(mut self, registry: &Registry, access: &Access, of: &str, by: &str) -> Result<Self> {
        let position = self.query.position;
        let reader = Reader { registry, access, position, kind: registry.at(position), joins: Sql::default() };
        self.latest = Some((reader.seen(of)?.0, reader.seen(by)?.0));
        Ok(self)
    }
}

struct Reader<'a> {
    registry: &'a Registry,
    access: &'a Access,
    position: usize,
    kind: &'static Kind,
    joins: Sql,
}

impl Reader<'_> {
    fn seen(&self, name: &str) -> Result<(Sql, Type)> {
        column(self.access, self.position, self.kind, name)
            .ok_or_else(|| Error::forbidden(format!("You may not see \"{name}\" of {}.", self.kind.many)))
    }

    fn dimension(&mut self, at: usize, by: &By) -> Result<Dimension> {
        match by {
            By::Named(name) => {
                let (value, ty) = match name.split_once('.') {
                    Some((reference, field)) => self.through(at, reference, field)?,
                    None => self.seen(name)?,
                };
                let Type::Ref(target) = ty else { return Err(Error::internal("only references have names")) };
                Ok(Dimension { value, period: None, named: self.registry.position(target) })
            }
            By::Stretch(name, days) => {
                let (value, ty) = self.seen(name)?;
                let mut sql = Sql::new("CASE WHEN ");
                sql.append(&value).push(" IS NULL THEN NULL");
                for (n, day) in days.iter().enumerate() {
                    sql.push(" WHEN ").append(&value).push("<");
                    match ty {
                        Type::Time => sql.bind(Moment::local(*day, 0, &self.access.tenant.zone).unwrap_or(Moment(0))),
                        _ => sql.bind(day.to_string()),
                    };
                    sql.push(&format!(" THEN {n}"));
                }
                sql.push(&format!(" ELSE {} END", days.len()));
                Ok(Dimension { value: sql, period: None, named: None })
            }
            By::Field(path) => {
                let (name, word) = path.split_once(':').map_or((*path, None), |(name, word)| (name, Some(word)));
                let (mut value, ty) = match name.split_once('.') {
                    Some((reference, field)) => self.through(at, reference, field)?,
                    None => self.seen(name)?,
                };
                if ty == Type::Time {
                    value = day_in(&self.access.tenant.zone, &value);
                }
                let period = word.map_or(matches!(ty, Type::Date | Type::Time).then_some(Period::Day), Period::parse);
                Ok(Dimension { value, period, named: None })
            }
        }
    }

    /// A field of the record that `reference` refers to, as far as the viewer may read that.
    fn through(&mut self, at: usize, reference: &str, field: &str) -> Result<(Sql, Type)> {
        let (id, ty) = self.seen(reference)?;
        let target = if let Type::Ref(kind) = ty { self.registry.position(kind) } else { None };
        let Some(target) = target else { return Err(Error::internal("only references can be followed")) };
        let kind = self.registry.at(target);
        let (_, ty) = column(self.access, target, kind, field)
            .ok_or_else(|| Error::forbidden(format!("You may not see \"{field}\" of {}.", kind.many)))?;
        let j = format!("j{at}");
        self.joins.push(&format!(" LEFT JOIN {} {j} ON {j}.tenant_id=", kind.table)).bind(self.access.tenant.key);
        self.joins.push(&format!(" AND {j}.id=")).append(&id).push(&format!(" AND {j}.deleted_at IS NULL"));
        narrow(&mut self.joins, self.registry, self.access, target, Action::Read, &j);
        Ok((Sql::new(&format!("{j}.{field}")), ty))
    }

    fn measure(&self, measure: Measure) -> Result<Sql> {
        let of = |name: &str| self.seen(name).map(|(sql, _)| sql.text);
        let text = match measure {
            Measure::Count => "1".to_owned(),
            Measure::Sum(name) => of(name)?,
            Measure::Weighted(value, part) => {
                format!("CAST(round({}*coalesce({},0)/100.0) AS INTEGER)", of(value)?, of(part)?)
            }
            Measure::Having(name) => format!("{} IS NOT NULL", of(name)?),
            Measure::Days(name) => format!("CAST(unixepoch({})/86400 AS INTEGER)", of(name)?),
            Measure::Between(from, to) => {
                let (from, to) = (of(from)?, of(to)?);
                format!("CASE WHEN {to}>={from} THEN {to}-{from} END")
            }
            Measure::Betweens(from, to) => format!("coalesce({}>={},0)", of(to)?, of(from)?),
        };
        Ok(Sql::new(&text))
    }
}

impl View<'_> {
    /// The groups of a question, in no order that could be relied on.
    pub fn breakdown(&self, asked: &Breakdown) -> Result<Lines> {
        // Innermost are the rows that the viewer may see, around them the groups, outermost their names.
        let mut rows = Sql::new("SELECT ");
        let of_latest = asked.latest.iter().map(|(_, by)| {
            let mut greatest = Sql::new("max(");
            greatest.append(by).push(")");
            greatest
        });
        let values = asked.by.iter().map(|by| by.value.clone()).chain(asked.measures.iter().cloned()).chain(of_latest);
        for (at, value) in values.enumerate() {
            rows.push(if at > 0 { "," } else { "" });
            // Without the plus SQLite may walk all there are by the index of a group, for its order.
            rows.push(if at < asked.by.len() { "+(" } else { "(" }).append(&value).push(&format!(") AS v{at}"));
        }
        self.source(&mut rows, &asked.query, Some(&asked.joins))?;
        if let Some((of, by)) = &asked.latest {
            // With the greatest of a group SQLite gives the other columns from the row that has it.
            rows.push(" AND ")
                .append(of)
                .push(" IS NOT NULL AND ")
                .append(by)
                .push(" IS NOT NULL GROUP BY ")
                .append(of);
        }
        let dimensions = asked.by.len();
        let mut groups = Sql::new("SELECT ");
        for (at, by) in asked.by.iter().enumerate() {
            groups.push(&format!("{} AS g{at},", period_of(by.period, &format!("v{at}"))));
        }
        for at in 0..asked.measures.len() {
            groups.push(if at > 0 { "," } else { "" }).push(&format!("sum(v{}) AS m{at}", dimensions + at));
        }
        groups.push(" FROM (").append(&rows).push(")");
        for at in 0..dimensions {
            groups.push(if at > 0 { "," } else { " GROUP BY " }).push(&format!("g{at}"));
        }
        groups.push(&format!(" LIMIT {}", MOST + 1));
        let mut sql = Sql::new("SELECT ");
        for (at, by) in asked.by.iter().enumerate() {
            sql.push(&format!("g{at},"));
            if let Some(target) = by.named {
                self.title(&mut sql, target, &format!("g{at}"));
                sql.push(",");
            }
        }
        for at in 0..asked.measures.len() {
            sql.push(if at > 0 { "," } else { "" }).push(&format!("m{at}"));
        }
        sql.push(" FROM (").append(&groups).push(")");
        self.lines(&sql, asked)
    }

    /// What the record with that id is called, as far as the viewer may read it.
    fn title(&self, sql: &mut Sql, target: usize, id: &str) {
        let kind = self.registry.at(target);
        let right = kind.position(kind.title).map(|i| field_right(self.access, target, i));
        if !matches!(right, Some(FieldRight::Full | FieldRight::ReadOnly)) {
            sql.push("NULL");
            return;
        }
        sql.push(&format!("(SELECT t.{} FROM {} t WHERE t.tenant_id=", kind.title, kind.table));
        sql.bind(self.access.tenant.key).push(&format!(" AND t.id={id} AND t.deleted_at IS NULL"));
        narrow(sql, self.registry, self.access, target, Action::Read, "t");
        sql.push(")");
    }

    fn lines(&self, sql: &Sql, asked: &Breakdown) -> Result<Lines> {
        let mut statement = sql.prepare(self.conn)?;
        let columns = statement.column_count();
        let mut found = sql.rows(&mut statement)?;
        let mut told = Lines::default();
        while let Some(row) = found.next().map_err(too_large)? {
            if told.lines.len() == MOST {
                told.more = true;
                break;
            }
            let line = (0..columns).map(|at| row.get_ref(at).map(plain)).collect::<rusqlite::Result<Vec<_>>>();
            let line = line.map_err(fault)?;
            // Without groups there is one line, whose sums are null when it is made of no row.
            if !asked.by.is_empty() || line.iter().any(|cell| !cell.is_null()) {
                told.lines.push(line);
            }
        }
        Ok(told)
    }

    /// What a record is called that the viewer may read; `None` when there is none.
    pub fn called(&self, kind: &str, id: Id) -> Result<Option<String>> {
        let title = self.title_seen(kind, id)?;
        Ok(title.map(|title| match &title {
            Value::Text(text) => text.to_string(),
            _ => String::new(),
        }))
    }
}

/// A column as JSON: moments stay numbers, since groups of them are days already.
fn plain(value: ValueRef<'_>) -> Json {
    match Value::from_sql(value) {
        Value::Null | Value::Blob(_) => Json::Null,
        Value::Int(n) => n.into(),
        Value::Real(x) => x.into(),
        Value::Text(text) => Json::String(text.to_string()),
        Value::Id(id) => Json::String(id.to_string()),
    }
}
