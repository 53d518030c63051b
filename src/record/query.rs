//! A list query: what was asked for, read and checked.

use std::hash::{DefaultHasher, Hash, Hasher};

use rusqlite::Connection;

use crate::kernel::{Error, Result};
use crate::kind::{Access, Action, Field, FieldRight, Kind, Level, Registry, Type};

use super::cursor::Cursor;
use super::custom;
use super::filter::Filter;
use super::scope::field_right;
use super::select::Selection;
use super::sql::Sql;

/// C06: the size of a page when nothing is asked for, and the most that may be.
pub const DEFAULT_LIMIT: usize = 25;
pub const MAX_CURSOR_LIMIT: usize = 200;
pub const MAX_PAGE_LIMIT: usize = 50;
/// Offset pages walk over what they skip, so they end here; cursors go on.
const MAX_OFFSET: usize = 10_000;
const MAX_SORT_KEYS: usize = 3;
/// Up to so many rows any field may be sorted by; beyond, an index must exist.
const SMALL_TABLE: i64 = 10_000;

/// Which part of the list.
#[derive(Clone, Debug, PartialEq)]
pub enum Window {
    Cursor {
        limit: usize,
        cursor: Option<Cursor>,
    },
    /// Numbered from 1.
    Page {
        limit: usize,
        number: usize,
    },
}

/// One sort key.
#[derive(Clone, Debug)]
pub struct SortKey {
    /// The SQL expression, over `a` (the record) or `s` (the custom index).
    pub column: String,
    pub descending: bool,
    /// May the column be NULL? Then a page needs more than one range to read (see `list`).
    pub nullable: bool,
}

/// A list query.
#[derive(Clone, Debug)]
pub struct Query {
    pub position: usize,
    pub filter: Filter,
    pub q: Option<String>,
    pub sort: Vec<SortKey>,
    /// The custom field (its seq) that the list is sorted by first.
    pub sort_custom: Option<i64>,
    /// Fields without an index in the sort: fine on a small table only.
    unindexed: Vec<String>,
    /// True when the caller chose the order.
    pub sorted: bool,
    pub selection: Selection,
    pub window: Window,
    pub count: bool,
    /// The deleted records instead of the live ones.
    pub deleted: bool,
    /// Binds cursors to this query, tenant and scope.
    pub digest: u64,
}

impl Query {
    /// Reads the parameters of a list. Unknown ones are refused: a misspelt filter that is ignored
    /// shows rows that nobody asked for.
    pub fn parse(registry: &Registry, access: &Access, position: usize, params: &[(String, String)]) -> Result<Self> {
        let kind = registry.at(position);
        // Before the rest is judged: what is wrong with it would tell of the fields there are.
        if access.grants[position].level(Action::Read) == Level::None {
            return Err(Error::forbidden(format!("You may not see {}.", kind.many)));
        }
        let get = |name: &str| params.iter().find(|(k, _)| k == name).map(|(_, v)| v.as_str());
        let mut terms = Vec::new();
        for (i, (name, value)) in params.iter().enumerate() {
            if params[..i].iter().any(|(n, _)| n == name) {
                return Err(Error::query(name, "duplicate", "Give this parameter once."));
            }
            match name.as_str() {
                "fields" | "include" | "sort" | "limit" | "cursor" | "page" | "q" | "count" | "deleted" | "format" => {}
                "filter" => terms.push(Filter::from_json(value)?),
                _ => terms.push(Filter::from_parameter(name, value)?),
            }
        }
        let filter = Filter::And(terms);
        filter.measure()?;
        let flag = |name: &str| match get(name) {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(_) => Err(Error::query(name, "type", "Give true or false.")),
        };
        let mut query = Self {
            position,
            filter,
            q: get("q").map(str::trim).filter(|q| !q.is_empty()).map(str::to_owned),
            sort: Vec::new(),
            sort_custom: None,
            unindexed: Vec::new(),
            sorted: get("sort").is_some(),
            selection: Selection::parse(get("fields"), get("include"))?,
            window: Window::Cursor { limit: DEFAULT_LIMIT, cursor: None },
            count: flag("count")?,
            deleted: flag("deleted")?,
            digest: digest(access, kind, params),
        };
        if query.q.as_ref().is_some_and(|q| q.chars().count() > 200) {
            return Err(Error::query("q", "too_long", "Search for at most 200 characters."));
        }
        query.read_sort(access, kind, get("sort").unwrap_or("-created_at"))?;
        query.read_window(get("limit"), get("page"), get("cursor"))?;
        Ok(query)
    }

    fn read_sort(&mut self, access: &Access, kind: &'static Kind, text: &str) -> Result<()> {
        let names: Vec<&str> = text.split(',').map(str::trim).filter(|s| !s.is_empty()).collect();
        if names.is_empty() || names.len() > MAX_SORT_KEYS {
            return Err(Error::query("sort", "range", format!("Sort by 1 to {MAX_SORT_KEYS} fields.")));
        }
        for (i, name) in names.iter().enumerate() {
            let (name, descending) = name.strip_prefix('-').map_or((*name, false), |n| (n, true));
            if let Some(own) = name.strip_prefix("custom.") {
                let field = custom::filterable(access, self.position, kind, own, "sort")?;
                if i > 0 {
                    return Err(Error::query(
                        "sort",
                        "order",
                        "One of your own fields may only be the first sort key.",
                    ));
                }
                if let Type::LongText(_) = field.ty {
                    return Err(self.unsortable(access, kind, name));
                }
                self.sort_custom = Some(field.seq);
                self.sort.push(SortKey { column: "s.value".into(), descending, nullable: true });
                continue;
            }
            let nullable = match kind.position(name) {
                Some(at) => {
                    let field = &kind.fields[at];
                    if !may_sort(access, self.position, at, field) {
                        return Err(self.unsortable(access, kind, name));
                    }
                    if !field.indexed {
                        self.unindexed.push(name.to_owned());
                    }
                    !field.required
                }
                None if matches!(name, "created_at" | "id") => false,
                None if name == "updated_at" => {
                    self.unindexed.push(name.to_owned());
                    false
                }
                None => return Err(self.unsortable(access, kind, name)),
            };
            self.sort.push(SortKey { column: format!("a.{name}"), descending, nullable });
        }
        Ok(())
    }

    fn read_window(&mut self, limit: Option<&str>, page: Option<&str>, cursor: Option<&str>) -> Result<()> {
        let most = if page.is_some() { MAX_PAGE_LIMIT } else { MAX_CURSOR_LIMIT };
        let limit = match limit {
            None => DEFAULT_LIMIT,
            Some(text) => match text.parse::<usize>() {
                Ok(n) if (1..=most).contains(&n) => n,
                _ => return Err(Error::query("limit", "range", format!("Give a number from 1 to {most}."))),
            },
        };
        self.window = match (page, cursor) {
            (Some(_), Some(_)) => return Err(Error::query("page", "conflict", "Give a page or a cursor, not both.")),
            (Some(page), None) => match page.parse::<usize>() {
                Ok(number) if number >= 1 && (number - 1).saturating_mul(limit) <= MAX_OFFSET => {
                    Window::Page { limit, number }
                }
                _ => {
                    return Err(Error::query(
                        "page",
                        "range",
                        format!("Pages start at 1 and end after {MAX_OFFSET} rows; use a cursor to go on."),
                    ));
                }
            },
            (None, cursor) => {
                let cursor = cursor.map(|c| Cursor::decode(c, self.digest, self.sort.len())).transpose()?;
                Window::Cursor { limit, cursor }
            }
        };
        Ok(())
    }

    /// Refuses to sort a large table by a field without an index, and says which ones have one.
    pub fn check_sort(&self, conn: &Connection, access: &Access, kind: &Kind) -> Result<()> {
        if self.unindexed.is_empty() || !kind.large {
            return Ok(());
        }
        if Sql::new(&format!("SELECT max(seq) FROM {}", kind.table)).number(conn)? <= SMALL_TABLE {
            return Ok(());
        }
        Err(Error::query(
            "sort",
            "not_indexed",
            format!(
                "There are too many {} to sort by {}. Sort by one of: {}.",
                kind.many,
                self.unindexed.join(", "),
                self.sortable(access, kind).join(", ")
            ),
        ))
    }

    /// The fields that this viewer may sort by whatever the size of the list.
    fn sortable(&self, access: &Access, kind: &Kind) -> Vec<&'static str> {
        let fields = kind.fields.iter().enumerate();
        let good = fields.filter(|(at, f)| (f.indexed || !kind.large) && may_sort(access, self.position, *at, f));
        good.map(|(_, field)| field.name).chain(["created_at"]).collect()
    }

    fn unsortable(&self, access: &Access, kind: &Kind, name: &str) -> Error {
        let good = self.sortable(access, kind).join(", ");
        let message = format!("{} cannot be sorted by \"{name}\". Sort by one of: {good}.", kind.many);
        Error::query("sort", "unknown_field", message)
    }
}

fn may_sort(access: &Access, position: usize, at: usize, field: &Field) -> bool {
    let open = matches!(field_right(access, position, at), FieldRight::Full | FieldRight::ReadOnly);
    open && !field.protected && !matches!(field.ty, Type::Json(_) | Type::LongText(_))
}

/// What a cursor is bound to: everything that decides which rows come in which order. The fields
/// shown and the size of a page may change from page to page.
fn digest(access: &Access, kind: &Kind, params: &[(String, String)]) -> u64 {
    let mut hasher = DefaultHasher::new();
    access.tenant.id.hash(&mut hasher);
    access.fingerprint_of(kind).hash(&mut hasher);
    kind.name.hash(&mut hasher);
    let mut rows: Vec<_> = params
        .iter()
        .filter(|(k, _)| !matches!(k.as_str(), "cursor" | "limit" | "fields" | "include" | "count" | "page" | "format"))
        .collect();
    rows.sort();
    rows.hash(&mut hasher);
    hasher.finish()
}
