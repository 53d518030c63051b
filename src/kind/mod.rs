//! What a kind of record may declare: the vocabulary of `src/kinds/`.
//!
//! A declaration is constant data. The engine (`record`) reads it to build SQL, forms, rights,
//! imports and documentation; nothing here runs a query.

mod access;
mod field;
mod hooks;
mod registry;
mod scope;
mod statistic;

pub use access::{Access, Action, Actor, Choice, CustomField, CustomRights, FieldRight, Grant, Level, Tenant};
pub use field::{Field, Type};
pub use hooks::{Draft, Hooks, Lookup, States};
pub use registry::Registry;
pub use scope::{Company, Own, Scope, Shared};
pub use statistic::Statistic;

/// A sort of record, such as companies or work orders.
#[derive(Debug)]
pub struct Kind {
    /// The one word for it everywhere: URL, scripts, tests. Kebab-case plural, `work-orders`.
    pub name: &'static str,
    /// The table, snake case of the name.
    pub table: &'static str,
    /// For people: one of them, "work order"; many, "work orders".
    pub one: &'static str,
    pub many: &'static str,
    /// What belongs here, in one sentence for people.
    pub about: &'static str,
    pub fields: &'static [Field],
    /// The field that names a record to people (the title of its page, what a search matches first).
    pub title: &'static str,
    /// Which rows are a person's own, and which a company's.
    pub scope: Scope,
    /// The fields that tell two records apart when neither has an `external_id`; empty means that
    /// nothing does, and no row of an import is ever a duplicate.
    pub natural_key: &'static [&'static str],
    /// (kind, field): records that go with this one when it is deleted. Every other live record
    /// that refers to it makes the deletion a conflict.
    pub cascades: &'static [(&'static str, &'static str)],
    /// Expected to hold more than 10,000 rows in one tenant: sorting is by index only.
    pub large: bool,
    /// How long the web app may show it without asking again, in seconds (R03 to R09).
    pub stale_s: u32,
    /// `WO` numbers records `WO-2026-0001` per tenant and year in the field `number`.
    pub numbered: Option<&'static str>,
    /// May the API create, change and delete these records?
    pub writable: bool,
    /// Is such a record made by sending a file and never by a body?
    pub uploaded: bool,
    /// May these records be imported from a file?
    pub importable: bool,
    /// The field by which records go through states, if they do: the columns of a board.
    pub states: Option<States>,
    /// Those that are still to be done, where most are done and an index holds the others.
    pub open: Option<Open>,
    /// What is counted as it changes, the shortest tables first.
    pub statistics: &'static [Statistic],
    pub hooks: Hooks,
}

/// The records of a kind that are still to be done.
#[derive(Clone, Copy, Debug)]
pub struct Open {
    /// A required choice.
    pub field: &'static str,
    /// Its values that mean so.
    pub states: &'static [&'static str],
    /// The condition of the partial indexes, without the column: SQLite takes such an index only for a
    /// query that says the same, to the letter.
    pub sql: &'static str,
}

impl Kind {
    /// A small, writable, importable kind; the declaration overrides what differs.
    pub const fn new(name: &'static str, table: &'static str, one: &'static str, many: &'static str) -> Self {
        Self {
            name,
            table,
            one,
            many,
            about: "",
            fields: &[],
            title: "name",
            scope: Scope::NOBODY,
            natural_key: &[],
            cascades: &[],
            large: false,
            stale_s: 300,
            numbered: None,
            writable: true,
            uploaded: false,
            importable: true,
            states: None,
            open: None,
            statistics: &[],
            hooks: Hooks::NONE,
        }
    }

    /// The position of a declared field.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|f| f.name == name)
    }

    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|f| f.name == name)
    }

    /// The field that refers to another kind and is expanded under `name` (`company` for `company_id`).
    pub fn reference(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|f| f.expands_as() == Some(name))
    }
}
