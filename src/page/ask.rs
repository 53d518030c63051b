//! One part of a page, ready to be read.

use crate::cache::Made;
use crate::kernel::{Error, Id, Result};
use crate::kind::{Access, Action, Level, Own, Registry};
use crate::notify;
use crate::record::{Query, Selection, Summary, View};

use super::fill::Params;
use super::{board, record, schema, statistics};

/// Notifications that come with a page: what the bell shows.
const NOTIFICATIONS: i64 = 25;

/// What a part asks the store for. Each does what the part's own route does.
#[derive(Debug)]
pub enum Ask {
    /// Known without asking.
    Ready(Vec<u8>),
    Schema,
    Recents,
    Notifications,
    /// The latest deeds.
    Activity(Params),
    List(usize, Params),
    /// A list that a page declares.
    Rows(usize, Params),
    Record(usize, Id, Selection),
    History(usize, Id),
    Related(usize, Id),
    /// The kept figures of a company.
    Figures(Id),
    Columns(usize, Params),
    Summary(usize, Params),
}

impl Ask {
    /// Walks over many rows, so that it waits for its turn at the heavy reader. Whoever sees a few rows
    /// alone has an index to them.
    pub fn is_heavy(&self, registry: &Registry, access: &Access) -> bool {
        let (kind, params) = match self {
            Self::Summary(kind, params) => (kind, params),
            Self::List(kind, params) | Self::Rows(kind, params) if params.iter().any(|(name, _)| name == "count") => {
                (kind, params)
            }
            _ => return false,
        };
        let owns =
            |name: &str| registry.at(*kind).scope.own.iter().any(|own| matches!(own, Own::User(c) if *c == name));
        access.grants[*kind].level(Action::Read) == Level::All
            && !params.iter().any(|(name, value)| value == "me" && owns(name))
    }

    /// The kind whose records it lists or shows.
    pub fn kind(&self) -> Option<usize> {
        match self {
            Self::List(kind, _) | Self::Rows(kind, _) | Self::Columns(kind, _) | Self::Summary(kind, _) => Some(*kind),
            Self::Record(kind, ..) | Self::History(kind, _) | Self::Related(kind, _) => Some(*kind),
            Self::Ready(_)
            | Self::Schema
            | Self::Recents
            | Self::Notifications
            | Self::Activity(_)
            | Self::Figures(_) => None,
        }
    }

    /// Looks into the search index.
    pub fn is_search(&self) -> bool {
        match self {
            Self::List(_, params) | Self::Rows(_, params) | Self::Columns(_, params) | Self::Summary(_, params) => {
                params.iter().any(|(name, _)| name == "q")
            }
            _ => false,
        }
    }

    /// Another answer for each person, whatever their rights.
    pub fn is_personal(&self) -> bool {
        matches!(self, Self::Recents | Self::Notifications)
    }

    pub fn run(&self, view: &View<'_>) -> Result<Made> {
        let body = match self {
            Self::Ready(body) => body.clone(),
            Self::Schema => schema(view.registry, view.access).to_string().into_bytes(),
            Self::Recents => view.recents()?,
            Self::Notifications => notify::index(view, NOTIFICATIONS, false)?,
            Self::Activity(params) => view.activity(params)?.body,
            Self::List(position, params) => list(view, *position, params)?,
            Self::Rows(position, params) => list(view, *position, params).map_err(|error| match error {
                // It is right for whoever sees its fields.
                Error::Invalid(_) => Error::forbidden("Your role does not show what this is about."),
                other => other,
            })?,
            Self::Record(position, id, selection) => {
                let found = view.get(*position, *id, selection)?;
                return Ok(Made { version: Some(found.version), body: found.body, ..Made::default() });
            }
            Self::History(position, id) => {
                view.history(*position, *id, &[("limit".to_owned(), record::MOST.to_string())])?.body
            }
            Self::Related(position, id) => record::related(view, *position, *id)?,
            Self::Figures(id) => statistics::company(view, *id)?,
            Self::Columns(position, params) => board::columns(view, *position, params)?,
            Self::Summary(position, params) => {
                view.summary(&Summary::parse(view.registry, view.access, *position, params)?)?
            }
        };
        Ok(Made { body, ..Made::default() })
    }
}

/// A page of a list.
pub fn list(view: &View<'_>, position: usize, params: &[(String, String)]) -> Result<Vec<u8>> {
    Ok(view.list(&Query::parse(view.registry, view.access, position, params)?)?.body)
}

/// The position of a kind that a page names.
pub fn position(registry: &Registry, kind: &str) -> Result<usize> {
    registry.position(kind).ok_or_else(Error::not_found)
}
