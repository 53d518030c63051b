//! Which rows are about a record that is already there: by the identifier that the source gave it,
//! else by what tells records of the kind apart. A kind of which the file holds neither has no
//! duplicates, however alike its rows are.

use crate::db::{Value, fault};
use crate::kernel::{Result, fold};
use crate::kind::Kind;
use crate::record::View;
use crate::record::row::Row;
use crate::record::sql::Sql;
use crate::record::stored::{Stored, columns, read};

use super::mapping::Target;
use super::refs::spellings;

/// How the rows of one file are told apart.
pub struct Keys {
    external: bool,
    /// The fields of the natural key, when the file holds all of them.
    natural: Vec<usize>,
}

/// What makes a row the one it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    External,
    Natural,
}

impl Keys {
    pub fn new(kind: &Kind, targets: impl Iterator<Item = Target> + Clone) -> Self {
        let natural: Vec<usize> = kind.natural_key.iter().filter_map(|name| kind.position(name)).collect();
        let mapped = |i: &usize| targets.clone().any(|t| t == Target::Field(*i));
        Self {
            external: targets.clone().any(|t| t == Target::ExternalId),
            natural: if natural.iter().all(mapped) { natural } else { Vec::new() },
        }
    }

    /// The key of a row, and a text that is the same for the same key.
    pub fn of(&self, row: &Row) -> Option<(Key, String)> {
        if let (true, Some(text)) = (self.external, row.external_id.as_text()) {
            return Some((Key::External, format!("e{text}")));
        }
        let mut text = String::from("n");
        let mut any = false;
        for i in &self.natural {
            text.push('\u{1f}');
            match &row.values[*i] {
                Value::Text(s) => {
                    any = true;
                    text.push_str(&fold(s));
                }
                Value::Id(id) => text.push_str(&id.to_string()),
                Value::Null => {}
                other => {
                    any = true;
                    text.push_str(&format!("{other:?}"));
                }
            }
        }
        any.then_some((Key::Natural, text))
    }

    /// The live records with the key of the row, at most two.
    pub fn existing(&self, view: &View<'_>, kind: &'static Kind, key: Key, row: &Row) -> Result<Vec<Stored>> {
        let mut sql = Sql::new(&format!("SELECT {} FROM {} a WHERE a.tenant_id=", columns(kind), kind.table));
        sql.bind(view.access.tenant.key).push(" AND a.deleted_at IS NULL");
        match key {
            Key::External => {
                sql.push(" AND a.external_id=").bind(row.external_id.clone());
            }
            Key::Natural => {
                for i in &self.natural {
                    sql.push(&format!(" AND a.{}", kind.fields[*i].name));
                    match row.values[*i].as_text() {
                        Some(text) => {
                            sql.push(" IN (");
                            for (n, spelling) in spellings(text).into_iter().enumerate() {
                                sql.push(if n > 0 { "," } else { "" }).bind(spelling);
                            }
                            sql.push(")");
                        }
                        None => {
                            sql.push(" IS ").bind(row.values[*i].clone());
                        }
                    }
                }
            }
        }
        sql.push(" LIMIT 2");
        let mut statement = sql.prepare(view.conn)?;
        let mut rows = sql.rows(&mut statement)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(fault)? {
            found.push(read(kind, row).map_err(fault)?);
        }
        Ok(found)
    }
}
