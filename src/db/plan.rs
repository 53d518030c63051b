//! How SQLite would go about a statement.

use std::collections::HashMap;

use super::{Db, Ticket, fault};

impl Db {
    /// The plan of a statement, line by line, the parts of a step indented below it. Nothing is run.
    pub fn plan(&self, sql: &str) -> Ticket<Vec<String>> {
        let explain = format!("EXPLAIN QUERY PLAN {sql}");
        self.read(move |connection| {
            let mut statement = connection.prepare(&explain).map_err(fault)?;
            let mut depths: HashMap<i64, usize> = HashMap::new();
            // Unbound parameters are NULL, and a plan is made without looking at them.
            let mut rows = statement.raw_query();
            let mut lines = Vec::new();
            while let Some(row) = rows.next().map_err(fault)? {
                let (id, parent): (i64, i64) = (row.get(0).map_err(fault)?, row.get(1).map_err(fault)?);
                let depth = depths.get(&parent).map_or(0, |depth| depth + 1);
                depths.insert(id, depth);
                let detail: String = row.get(3).map_err(fault)?;
                lines.push(format!("{}{detail}", "  ".repeat(depth)));
            }
            Ok(lines)
        })
    }
}
