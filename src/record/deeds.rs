//! How much was done: the log counted by one thing at a time, under the rights of the records that it
//! is about.

use serde_json::Value as Json;

use crate::db::{Value, fault};
use crate::kernel::{Id, Moment, Period, Result};
use crate::kind::{Action, FieldRight};

use super::View;
use super::scope::{about, field_right, narrow};
use super::sql::Sql;
use super::summary::{day_in, period_of};

/// Longer answers are cut.
const MOST: i64 = 10_000;

/// Which deeds, and what they are counted by.
#[derive(Clone, Debug)]
pub struct Deeds {
    pub from: Moment,
    /// The moment after the last.
    pub to: Moment,
    pub user: Option<Id>,
    pub by: &'static str,
}

impl View<'_> {
    /// Lines of value, what people call it, action and count. `by` is `person`, `kind` or a period.
    pub fn deeds(&self, asked: &Deeds) -> Result<Vec<Vec<Json>>> {
        let group = match asked.by {
            "person" => "a.user_id".to_owned(),
            "kind" => "a.kind".to_owned(),
            period => {
                let day = day_in(&self.access.tenant.zone, &Sql::new("a.at"));
                period_of(Period::parse(period), &day.text)
            }
        };
        let mut deeds = Sql::new(&format!("SELECT {group} AS g,a.action AS action,count(*) AS n FROM activity a"));
        deeds.push(" WHERE a.tenant_id=").bind(self.access.tenant.key);
        deeds.push(" AND a.at>=").bind(asked.from).push(" AND a.at<").bind(asked.to);
        if let Some(user) = asked.user {
            deeds.push(" AND +a.user_id=").bind(user);
        }
        about(&mut deeds, self.registry, self.access, "+a", ("kind", "record_id"));
        deeds.push(" GROUP BY 1,2 ORDER BY 1,2 LIMIT ").bind(MOST);
        let mut sql = Sql::new("SELECT g,");
        match asked.by {
            "person" => self.name(&mut sql),
            _ => {
                sql.push("NULL");
            }
        }
        sql.push(",action,n FROM (").append(&deeds).push(")");
        let mut statement = sql.prepare(self.conn)?;
        let mut rows = sql.rows(&mut statement)?;
        let mut lines = Vec::new();
        while let Some(row) = rows.next().map_err(fault)? {
            let cell = |at: usize| row.get_ref(at).map(Value::from_sql);
            let line = (0..4).map(cell).collect::<rusqlite::Result<Vec<_>>>().map_err(fault)?;
            lines.push(line.into_iter().map(told).collect());
        }
        Ok(lines)
    }

    fn name(&self, sql: &mut Sql) {
        let users = self.registry.position("users").filter(|at| {
            let name = self.registry.at(*at).position("name").map(|i| field_right(self.access, *at, i));
            matches!(name, Some(FieldRight::Full | FieldRight::ReadOnly))
        });
        let Some(at) = users else {
            sql.push("NULL");
            return;
        };
        sql.push("(SELECT t.name FROM users t WHERE t.tenant_id=").bind(self.access.tenant.key).push(" AND t.id=g");
        narrow(sql, self.registry, self.access, at, Action::Read, "t");
        sql.push(")");
    }
}

fn told(value: Value) -> Json {
    match value {
        Value::Null | Value::Blob(_) => Json::Null,
        Value::Int(n) => n.into(),
        Value::Real(x) => x.into(),
        Value::Text(text) => Json::String(text.to_string()),
        Value::Id(id) => Json::String(id.to_string()),
    }
}
