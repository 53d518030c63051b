//! Statistics counted anew from the records, slice by slice: what was found wrong, and its repair.

use rusqlite::Connection;

use crate::db::{Change, Value, fault};
use crate::kernel::{Id, Result};
use crate::kind::{Kind, Registry, Statistic};

use super::OF_KINDS;
use crate::record::sql::Sql;

/// Of a statistic of each company or person, so many of these at a time, and fewer where they have more
/// records together than one read should walk over. What one of them has is not taken apart.
const SLICE: i64 = 500;

/// Figures of one tenant that are compared in one read and, where they are wrong, put right in one
/// change. What is read is one snapshot, so a change under way makes no figure look wrong.
#[derive(Debug)]
pub struct Slice {
    kind: &'static Kind,
    statistic: &'static Statistic,
    tenant: i64,
    /// Above the first and up to the second value of the first field; all of them without.
    between: Option<(Value, Value)>,
}

/// Every statistic that is kept, with its kind.
pub fn all(registry: &Registry) -> Vec<(&'static Kind, &'static Statistic)> {
    let kinds = registry.all().map(|(_, kind)| kind);
    kinds.flat_map(|kind| kind.statistics.iter().chain([&OF_KINDS]).map(move |of| (kind, of))).collect()
}

impl Slice {
    /// The slice after the one that ended at `last`; nothing where there is no more to compare.
    pub fn after(
        conn: &Connection,
        tenant: i64,
        (kind, statistic): (&'static Kind, &'static Statistic),
        last: Option<&Value>,
        most: i64,
    ) -> Result<Option<Self>> {
        if !statistic.of_each {
            return Ok(last.is_none().then_some(Self::whole(kind, statistic, tenant)));
        }
        let from = last.cloned().unwrap_or_else(|| Value::Blob(Vec::new().into()));
        let first = statistic.by[0];
        let mut sql = Sql::new("SELECT max(k) FROM (");
        for (i, table) in [kind.table, statistic.table].into_iter().enumerate() {
            sql.push(if i > 0 { " UNION " } else { "" });
            sql.push(&format!("SELECT {first} AS k FROM {table} WHERE tenant_id=")).bind(tenant);
            sql.push(&format!(" AND {first}>")).bind(from.clone());
        }
        sql.push(" ORDER BY k LIMIT ").bind(SLICE).push(")");
        let mut full = Sql::new(&format!("SELECT {first} FROM {} WHERE tenant_id=", kind.table));
        full.bind(tenant).push(&format!(" AND {first}>")).bind(from.clone());
        full.push(&format!(" ORDER BY {first} LIMIT 1 OFFSET ")).bind(most);
        let mut both = Sql::new("SELECT min(k) FROM (SELECT (");
        both.append(&sql).push(") AS k UNION ALL SELECT (").append(&full).push("))");
        let mut statement = both.prepare(conn)?;
        let mut rows = both.rows(&mut statement)?;
        let to =
            rows.next().map_err(fault)?.map(|row| row.get_ref(0).map(Value::from_sql)).transpose().map_err(fault)?;
        Ok(to.filter(|to| !to.is_null()).map(|to| Self { kind, statistic, tenant, between: Some((from, to)) }))
    }

    /// All figures of a statistic of the tenant.
    pub fn whole(kind: &'static Kind, statistic: &'static Statistic, tenant: i64) -> Self {
        Self { kind, statistic, tenant, between: None }
    }

    /// The figures as the records between two ids say they are, up to the second one.
    pub fn counted_between(&self, from: Option<Id>, to: Option<Id>) -> Sql {
        // Two ends in any case: so the index over ids is taken, and not one that is in order of the groups.
        let bound = |id: Option<Id>, open: &[u8]| id.map_or_else(|| Value::Blob(open.into()), Value::Id);
        let mut ids = Sql::new(" AND id>");
        ids.bind(bound(from, &[])).push(" AND id<=").bind(bound(to, &[0xff; 17]));
        self.counted_of(&ids)
    }

    /// The figures as they are kept.
    pub fn kept_rows(&self) -> Sql {
        let mut sql = Sql::new(&format!("SELECT {} FROM ", self.columns()));
        sql.append(&self.kept());
        sql
    }

    /// Where the next slice begins.
    pub fn end(self) -> Option<Value> {
        self.between.map_or(Some(Value::Null), |(_, to)| Some(to))
    }

    pub fn table(&self) -> &'static str {
        self.statistic.table
    }

    fn columns(&self) -> String {
        let figures = if self.statistic.sum.is_some() { "n,summed,sum_high,sum_low" } else { "n" };
        self.names().chain([figures]).collect::<Vec<_>>().join(",")
    }

    /// What the figures are told apart by.
    fn names(&self) -> impl Iterator<Item = &'static str> {
        let kind: &[&str] = if *self.statistic == OF_KINDS { &["kind"] } else { &[] };
        kind.iter().chain(self.statistic.by).copied()
    }

    /// Appends ` AND …` for what belongs to this slice.
    fn narrow(&self, sql: &mut Sql) {
        if let Some((from, to)) = &self.between {
            let first = self.statistic.by[0];
            sql.push(&format!(" AND {first}>")).bind(from.clone());
            sql.push(&format!(" AND {first}<=")).bind(to.clone());
        }
    }

    /// The figures as the records say they are.
    fn counted(&self) -> Sql {
        let mut narrowed = Sql::default();
        self.narrow(&mut narrowed);
        self.counted_of(&narrowed)
    }

    /// The same of some records: ` AND …`.
    fn counted_of(&self, only: &Sql) -> Sql {
        let statistic = self.statistic;
        let mut sql = Sql::new("SELECT ");
        if *statistic == OF_KINDS {
            sql.bind(self.kind.name).push(" AS kind,");
        }
        // Letter by letter, as the triggers do: what people take for equal is put together when read.
        let by: Vec<String> = statistic.by.iter().map(|name| format!("{name} COLLATE BINARY")).collect();
        for (column, name) in by.iter().zip(statistic.by) {
            sql.push(&format!("{column} AS {name},"));
        }
        sql.push("count(*) AS n");
        if let Some(sum) = statistic.sum {
            sql.push(&format!(",count({sum}) AS summed,coalesce(sum({sum}>>32),0) AS sum_high"));
            sql.push(&format!(",coalesce(sum({sum}&4294967295),0) AS sum_low"));
        }
        sql.push(&format!(" FROM {} WHERE tenant_id=", self.kind.table)).bind(self.tenant);
        sql.push(" AND deleted_at IS NULL").append(only);
        match by.is_empty() {
            true => sql.push(" HAVING count(*)>0"),
            false => sql.push(" GROUP BY ").push(&by.join(",")),
        };
        sql
    }

    /// The rows of the statistic that belong to this slice, after FROM.
    fn kept(&self) -> Sql {
        let mut sql = Sql::new(&format!("{} WHERE tenant_id=", self.statistic.table));
        sql.bind(self.tenant);
        if *self.statistic == OF_KINDS {
            sql.push(" AND kind=").bind(self.kind.name);
        }
        self.narrow(&mut sql);
        sql
    }

    /// How many figures differ from what the records say.
    pub fn wrong(&self, conn: &Connection) -> Result<i64> {
        let (counted, columns) = (self.counted(), self.columns());
        let mut kept = Sql::new(&format!("SELECT {columns} FROM "));
        kept.append(&self.kept()).push(if self.statistic.sum.is_some() {
            " AND (n<>0 OR summed<>0 OR sum_high<>0 OR sum_low<>0)"
        } else {
            " AND n<>0"
        });
        let names = self.names().collect::<Vec<_>>().join(",");
        // Each side is read once and then compared both ways.
        let mut sql = Sql::new(&format!("WITH counted AS MATERIALIZED (SELECT {columns} FROM ("));
        sql.append(&counted).push(")),kept AS MATERIALIZED (").append(&kept).push(") ");
        let differs =
            |one: &str, other: &str| format!("SELECT {names} FROM (SELECT * FROM {one} EXCEPT SELECT * FROM {other})");
        let both = [differs("counted", "kept"), differs("kept", "counted")].join(" UNION ");
        sql.push(&format!("SELECT count(*) FROM ({both})"));
        sql.number(conn)
    }

    /// Replaces the figures by what the records say when it is committed.
    pub fn repair(&self) -> Change {
        let (kept, counted, columns) = (self.kept(), self.counted(), self.columns());
        let mut change = Change::new();
        change.push(format!("DELETE FROM {}", kept.text), kept.params);
        let mut sql = Sql::new(&format!("INSERT INTO {}(tenant_id,{columns}) SELECT ", self.statistic.table));
        sql.bind(self.tenant).push(&format!(",{columns} FROM (")).append(&counted).push(")");
        change.push(sql.text, sql.params).touch(self.tenant, "statistics");
        change
    }
}
