//! Finds the records that a file names: by their own id, by the identifier that their source gave
//! them, or by name. What is not found is never guessed, only offered.

use std::collections::HashMap;
use std::sync::Arc;

use crate::db::{Value, fault};
use crate::kernel::{Id, Result, fold};
use crate::kind::{Action, FieldRight, Kind, Level, Type};
use crate::record::View;
use crate::record::row::Row;
use crate::record::scope::{field_right, narrow, system_right};
use crate::record::sql::Sql;

use super::near::candidates;

/// Names remembered; past that they are forgotten all at once.
const REMEMBERED: usize = 50_000;
/// So many names of a kind are compared with an unknown one.
const COMPARED: i64 = 20_000;
/// So many unknown names get an offer, the rest is only reported.
const OFFERED: usize = 500;

#[derive(Clone, Debug)]
pub enum Found {
    One(Id),
    /// Several records go by this name.
    Several,
    /// None does; these are spelt almost alike.
    None(Arc<[String]>),
}

#[derive(Default)]
pub struct Refs {
    known: HashMap<(usize, String), Found>,
    /// The names of a kind, read when the first unknown one turns up.
    names: HashMap<usize, Arc<[String]>>,
    offered: usize,
}

impl Refs {
    /// The record of the kind at `position` that the text names, among those that the viewer may read.
    pub fn find(&mut self, view: &View<'_>, position: usize, text: &str) -> Result<Found> {
        let key = (position, fold(text));
        if let Some(found) = self.known.get(&key) {
            return Ok(found.clone());
        }
        let found = match look_up(view, position, text)? {
            Some(found) => found,
            None => Found::None(self.offer(view, position, text)?),
        };
        self.remember(key, found.clone());
        Ok(found)
    }

    /// From now on the text names this record, which is about to be made.
    pub fn learn(&mut self, position: usize, text: &str, id: Id) {
        self.remember((position, fold(text)), Found::One(id));
    }

    /// Forgets everything: somebody else changed what was found.
    pub fn forget(&mut self) {
        self.known.clear();
    }

    fn remember(&mut self, key: (usize, String), found: Found) {
        if self.known.len() >= REMEMBERED {
            self.known.clear();
        }
        self.known.insert(key, found);
    }

    fn offer(&mut self, view: &View<'_>, position: usize, text: &str) -> Result<Arc<[String]>> {
        self.offered += 1;
        if self.offered > OFFERED {
            return Ok(Arc::new([]));
        }
        let names = match self.names.get(&position) {
            Some(names) => Arc::clone(names),
            None => {
                let names = names(view, position)?;
                self.names.insert(position, Arc::clone(&names));
                names
            }
        };
        Ok(candidates(text, names.iter().map(String::as_str)).into())
    }
}

/// The columns that tell a record of the kind from others, in the order in which they are asked.
fn keys(view: &View<'_>, position: usize) -> Vec<&'static str> {
    let kind = view.registry.at(position);
    let mut keys = Vec::new();
    if system_right(view.access, position, "external_id") != FieldRight::Hidden {
        keys.push("external_id");
    }
    let mut add = |name: &'static str| {
        let text = kind.field(name).is_some_and(|f| !matches!(f.ty, Type::Ref(_)));
        let seen = kind
            .position(name)
            .is_some_and(|i| matches!(field_right(view.access, position, i), FieldRight::Full | FieldRight::ReadOnly));
        if text && seen && !keys.contains(&name) {
            keys.push(name);
        }
    };
    if let [only] = kind.natural_key {
        add(only);
    }
    add(kind.title);
    keys
}

fn look_up(view: &View<'_>, position: usize, text: &str) -> Result<Option<Found>> {
    let kind = view.registry.at(position);
    if view.access.grants[position].level(Action::Read) == Level::None {
        return Ok(None);
    }
    if let Ok(id) = text.parse::<Id>() {
        return Ok(view.readable(position, id)?.then_some(Found::One(id)));
    }
    for column in keys(view, position) {
        let mut sql = Sql::new(&format!("SELECT a.id FROM {} a WHERE a.tenant_id=", kind.table));
        sql.bind(view.access.tenant.key).push(&format!(" AND a.{column} IN ("));
        for (i, spelling) in spellings(text).into_iter().enumerate() {
            sql.push(if i > 0 { "," } else { "" }).bind(spelling);
        }
        sql.push(") AND a.deleted_at IS NULL");
        narrow(&mut sql, view.registry, view.access, position, Action::Read, "a");
        sql.push(" LIMIT 2");
        let mut statement = sql.prepare(view.conn)?;
        let mut rows = sql.rows(&mut statement)?;
        let mut ids = Vec::with_capacity(2);
        while let Some(row) = rows.next().map_err(fault)? {
            ids.extend(Value::from_sql(row.get_ref(0).map_err(fault)?).as_id());
        }
        match ids.as_slice() {
            [] => {}
            [one] => return Ok(Some(Found::One(*one))),
            _ => return Ok(Some(Found::Several)),
        }
    }
    Ok(None)
}

/// The ways in which a name may stand in the store. Columns of names compare without case, but
/// know the case of plain letters only; an É is looked for in both.
pub fn spellings(text: &str) -> Vec<String> {
    let one = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut all = vec![one];
    if !text.is_ascii() {
        let one = all[0].clone();
        let mut first = one.chars();
        let capital: String = first.next().into_iter().flat_map(char::to_uppercase).chain(first).collect();
        for other in [one.to_lowercase(), one.to_uppercase(), capital] {
            if !all.contains(&other) {
                all.push(other);
            }
        }
    }
    all
}

fn names(view: &View<'_>, position: usize) -> Result<Arc<[String]>> {
    let kind = view.registry.at(position);
    if view.access.grants[position].level(Action::Read) == Level::None || !keys(view, position).contains(&kind.title) {
        return Ok(Arc::new([]));
    }
    let mut sql = Sql::new(&format!("SELECT a.{} FROM {} a WHERE a.tenant_id=", kind.title, kind.table));
    sql.bind(view.access.tenant.key).push(" AND a.deleted_at IS NULL");
    narrow(&mut sql, view.registry, view.access, position, Action::Read, "a");
    sql.push(" LIMIT ").bind(COMPARED);
    let mut statement = sql.prepare(view.conn)?;
    let mut rows = sql.rows(&mut statement)?;
    let mut names = Vec::new();
    while let Some(row) = rows.next().map_err(fault)? {
        names.extend(row.get::<_, Option<String>>(0).map_err(fault)?);
    }
    Ok(names.into())
}

/// A record of the kind with nothing but its name, where that is all it needs and the viewer may
/// make it.
pub fn bare(view: &View<'_>, position: usize, text: &str) -> Option<Row> {
    let kind: &'static Kind = view.registry.at(position);
    let title = kind.position(kind.title)?;
    let may = kind.writable
        && view.access.grants[position].level(Action::Create) == Level::All
        && field_right(view.access, position, title) == FieldRight::Full
        && !kind.fields[title].read_only;
    let only = kind.fields.iter().enumerate().all(|(i, f)| i == title || !f.required || f.default.is_some());
    if !may || !only {
        return None;
    }
    let mut row = Row::empty(kind);
    row.values[title] = crate::record::from_text(kind.fields[title].ty, text, &view.access.tenant).ok()?;
    Some(row)
}
