//! Which rows are "own" and which belong to a company: declared per kind, compiled to SQL by
//! `record::scope`.

use super::Level;

/// How rights at the levels `own` and `company` narrow a kind.
#[derive(Clone, Copy, Debug)]
pub struct Scope {
    /// A row is own when any of these holds; none means that nothing is ever own.
    pub own: &'static [Own],
    pub company: Company,
    /// The fields (kind name, id) of the record that this one is about. Such a row is visible only
    /// where that record is, whatever the level.
    pub about: Option<(&'static str, &'static str)>,
    /// Rows that their maker shares are read by others at the level `own`, too.
    pub shared: Option<Shared>,
}

/// Which rows are shared, and with whom.
#[derive(Clone, Copy, Debug)]
pub struct Shared {
    /// The column that says that a row is.
    pub flag: &'static str,
    /// The column with the name of a kind: the row is for those who may read that.
    pub kind: &'static str,
}

impl Scope {
    /// Nothing is own and nothing belongs to a company: only the level `all` shows anything.
    pub const NOBODY: Self = Self { own: &[], company: Company::Never, about: None, shared: None };

    /// Does the kind say which rows such a level reaches?
    pub fn offers(&self, level: Level) -> bool {
        match level {
            Level::None | Level::All => true,
            Level::Own => !self.own.is_empty(),
            Level::Company => !matches!(self.company, Company::Never),
        }
    }
}

/// One way in which a row is somebody's own.
#[derive(Clone, Copy, Debug)]
pub enum Own {
    /// The column holds the viewer's user id.
    User(&'static str),
    /// It is the viewer: a user's own row.
    Itself,
    /// The column holds the contractor that the viewer works for.
    Contractor(&'static str),
    /// An own row of that kind refers to this one with that field: (kind, field).
    ReferredBy(&'static str, &'static str),
    /// This row refers with that field to a row of that kind which is own: (field, kind).
    Through(&'static str, &'static str),
}

/// How a row belongs to a company.
#[derive(Clone, Copy, Debug)]
pub enum Company {
    Never,
    /// It is the company.
    Itself,
    /// The column, kept by trigger, holds the company's id.
    Column(&'static str),
    /// It refers with that field to a row of that kind which belongs to the company: (field, kind).
    Through(&'static str, &'static str),
}
