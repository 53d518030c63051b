//! The tables of the database by number, and which of them a statement names: what a cached answer
//! was read from, and what a commit has changed, are sets of these numbers.

use std::collections::HashMap;
use std::ops::{BitOr, BitOrAssign};

use rusqlite::Connection;

use crate::kernel::{Error, Result};

use super::fault::fault;

/// A set of tables, one bit for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TableSet(u128);

impl TableSet {
    /// For whoever cannot tell: every table there is.
    pub const ALL: Self = Self(u128::MAX);
    /// The most tables that a set can tell apart.
    pub const MOST: usize = u128::BITS as usize;

    pub fn only(number: usize) -> Self {
        Self(1 << number)
    }
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
    pub fn contains(self, number: usize) -> bool {
        self.0 >> number & 1 == 1
    }
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
    /// The numbers in the set, smallest first.
    pub fn numbers(self) -> impl Iterator<Item = usize> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let number = left.trailing_zeros() as usize;
            left &= left.wrapping_sub(1);
            (number < Self::MOST).then_some(number)
        })
    }
    /// As two halves, for atomics.
    pub(super) fn halves(self) -> [u64; 2] {
        [self.0 as u64, (self.0 >> 64) as u64]
    }
    pub(super) fn of_halves([low, high]: [u64; 2]) -> Self {
        Self(u128::from(low) | u128::from(high) << 64)
    }
}

impl BitOr for TableSet {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for TableSet {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// All tables, numbered. A search index counts as one table, whatever it is made of.
#[derive(Debug, Default)]
pub struct Tables {
    names: Vec<String>,
    numbers: HashMap<String, usize>,
    /// Tables of whose rows SQLite tells its update hook nothing.
    silent: TableSet,
}

impl Tables {
    pub fn read(connection: &Connection) -> Result<Self> {
        let mut statement = connection
            .prepare("SELECT name, type, wr FROM pragma_table_list WHERE schema='main' AND name NOT LIKE 'sqlite%' ORDER BY type='shadow', name")
            .map_err(fault)?;
        let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).map_err(fault)?;
        let mut tables = Self::default();
        for found in found {
            let (name, sort, silent): (String, String, bool) = found.map_err(fault)?;
            let number = match sort.as_str() {
                "view" => continue,
                "shadow" => match name.rsplit_once('_').and_then(|(owner, _)| tables.numbers.get(owner)) {
                    Some(number) => *number,
                    None => continue,
                },
                _ => {
                    tables.names.push(name.clone());
                    tables.names.len() - 1
                }
            };
            if number >= TableSet::MOST {
                return Err(Error::internal("there are more tables than a set of them can hold"));
            }
            if silent && sort == "table" {
                tables.silent |= TableSet::only(number);
            }
            tables.numbers.insert(name, number);
        }
        Ok(tables)
    }

    pub fn number(&self, name: &str) -> Option<usize> {
        self.numbers.get(name).copied()
    }

    /// Names of the tables in a set.
    pub fn names(&self, set: TableSet) -> impl Iterator<Item = &str> {
        set.numbers().filter_map(|number| self.names.get(number).map(String::as_str))
    }

    /// Every table whose name stands in the text of a statement, a few too many perhaps: values are
    /// never part of it, so each of them is there by our own hand.
    pub fn named_in(&self, sql: &str) -> TableSet {
        let words = sql.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        words.filter_map(|word| self.number(word)).fold(TableSet::default(), |set, number| set | TableSet::only(number))
    }

    /// The table that a statement writes to, where the update hook is silent about it.
    pub fn written_silently(&self, sql: &str) -> TableSet {
        if self.silent.is_empty() {
            return TableSet::default();
        }
        let mut words = sql.split_ascii_whitespace();
        let target = match words.next().map(str::to_ascii_uppercase).as_deref() {
            Some("INSERT" | "REPLACE" | "DELETE") => {
                words.find(|word| word.eq_ignore_ascii_case("INTO") || word.eq_ignore_ascii_case("FROM"));
                words.next()
            }
            Some("UPDATE") => words.next(),
            // A statement of another shape is taken for one that may write to any of them.
            _ => return self.named_in(sql) & self.silent,
        };
        let name = target.map(|word| word.split('(').next().unwrap_or_default());
        name.and_then(|name| self.number(name)).map_or(TableSet::default(), TableSet::only) & self.silent
    }
}

impl std::ops::BitAnd for TableSet {
    type Output = Self;
    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables() -> Tables {
        let connection = Connection::open_in_memory().expect("a database");
        connection
            .execute_batch(
                "CREATE TABLE sites(seq INTEGER PRIMARY KEY, name TEXT);
                 CREATE TABLE recents(id INTEGER PRIMARY KEY) WITHOUT ROWID;
                 CREATE VIRTUAL TABLE sites_words USING fts5(name, content='');",
            )
            .expect("tables");
        Tables::read(&connection).expect("read")
    }

    #[test]
    fn what_a_text_names_is_found() {
        let tables = tables();
        let set = tables.named_in("SELECT a.name FROM sites a WHERE a.seq IN (SELECT rowid FROM sites_words)");
        assert_eq!(tables.names(set).collect::<Vec<_>>(), ["sites", "sites_words"]);
        assert_eq!(tables.number("sites_words_data"), tables.number("sites_words"));
        assert!(tables.named_in("SELECT websites FROM offsites").is_empty());
    }

    #[test]
    fn a_table_without_row_ids_is_known_by_its_statement() {
        let tables = tables();
        let recents = tables.named_in("recents");
        for sql in ["INSERT INTO recents(id) VALUES(?)", "DELETE FROM recents WHERE id=?", "UPDATE recents SET id=?"] {
            assert_eq!(tables.written_silently(sql), recents, "{sql}");
        }
        assert!(tables.written_silently("INSERT INTO sites SELECT id FROM recents").is_empty());
    }

    #[test]
    fn a_set_gives_its_numbers_back() {
        let set = TableSet::only(3) | TableSet::only(127);
        assert_eq!(set.numbers().collect::<Vec<_>>(), [3, 127]);
        assert_eq!(TableSet::of_halves(set.halves()), set);
        assert_eq!(TableSet::ALL.numbers().count(), 128);
    }
}
