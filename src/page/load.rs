//! A page's load: which parts were asked for, and their reading.

use crate::auth::Session;
use crate::kernel::{Error, FieldError, Id, Result};
use crate::kind::{Access, Registry};
use crate::record::Selection;

use super::ask::{Ask, position};
use super::board;
use super::dashboard::{Dashboard, dashboard};
use super::fill::{Params, Span, fill, references};
use super::record::MOST;
use super::session;
use super::table::{Page, Source};

/// What the request says of a page.
#[derive(Default)]
pub struct Asked<'a> {
    pub kind: Option<&'a str>,
    pub id: Option<&'a str>,
    pub include: Option<&'a str>,
    pub sum: Option<&'a str>,
    pub from: Option<&'a str>,
    pub to: Option<&'a str>,
    pub day: Option<&'a str>,
    /// The parameters of the list.
    pub list: Params,
    /// The names of the parts, all of the page's own when nobody names any.
    pub parts: Option<&'a str>,
}

/// What a part is made of.
pub enum Content {
    One(Ask),
    Many(Dashboard),
}

/// The parts of a page that are read in one go.
pub struct Load {
    parts: Vec<(&'static str, Result<Content>)>,
}

/// Finds out what every part asks for. What is wrong with one part alone, such as that the viewer
/// may not see it, is that part's matter.
struct Planner<'a> {
    registry: &'a Registry,
    access: &'a Access,
    session: Option<&'a Session>,
    asked: &'a Asked<'a>,
    span: Span,
    id: Option<Id>,
    kind: Option<usize>,
}

impl Load {
    pub fn plan(
        registry: &Registry,
        access: &Access,
        session: Option<&Session>,
        page: &'static Page,
        asked: &Asked<'_>,
    ) -> Result<Self> {
        let kind = asked.kind.map(|name| position(registry, name)).transpose()?;
        let id = asked.id.map(|id| id.parse().map_err(|()| Error::not_found())).transpose()?;
        let span = match (asked.day, asked.from, asked.to) {
            (Some(day), ..) => Span::of_day(access, day)?,
            (None, Some(from), Some(to)) => Span::read(access, from, to)?,
            _ => Span::default(),
        };
        let planner = Planner { registry, access, session, asked, span, id, kind };
        let mut parts: Vec<(&'static str, Result<Content>)> = Vec::new();
        let mut wrong = Vec::new();
        for name in asked.parts.map_or_else(|| page.parts.to_vec(), |parts| parts.split(',').map(str::trim).collect()) {
            match page.part(name) {
                Some((name, _)) if parts.iter().any(|(known, _)| *known == name) => {}
                Some((name, source)) => parts.push((name, planner.content(source))),
                None => {
                    let message = format!("The page {} has no part \"{name}\".", page.name);
                    wrong.push(FieldError::query("parts", "unknown_value", message));
                }
            }
        }
        if wrong.is_empty() { Ok(Self { parts }) } else { Err(Error::fields(wrong)) }
    }

    /// The dashboard alone.
    pub fn dashboard(registry: &Registry, access: &Access) -> Self {
        Self { parts: vec![("dashboard", Ok(Content::Many(dashboard(registry, access))))] }
    }

    /// The parts in the order asked for, each with what it asks the store for.
    pub fn parts(self) -> Vec<(&'static str, Result<Content>)> {
        self.parts
    }
}

impl Planner<'_> {
    fn content(&self, source: Source) -> Result<Content> {
        Ok(Content::One(match source {
            Source::Dashboard => return Ok(Content::Many(dashboard(self.registry, self.access))),
            Source::Session => {
                let known = self.session.ok_or_else(|| Error::forbidden("Nobody is signed in."))?;
                Ask::Ready(session(known).to_string().into_bytes())
            }
            Source::Schema => Ask::Schema,
            Source::Recents => Ask::Recents,
            Source::Notifications => Ask::Notifications,
            Source::Rows(kind, declared) => self.rows(kind, declared)?,
            Source::List => Ask::List(self.kind()?, self.asked.list.clone()),
            Source::Views => {
                let kind = self.registry.at(self.kind()?).name;
                self.rows("views", &[("kind", kind), ("sort", "position"), ("limit", "200")])?
            }
            Source::Record => {
                let (at, id) = (self.kind()?, self.id()?);
                let all = || references(self.access, at, self.registry.at(at));
                let include = self.asked.include.map_or_else(all, str::to_owned);
                Ask::Record(at, id, Selection::parse(None, Some(&include))?)
            }
            Source::Figures => match self.registry.at(self.kind()?).name {
                "companies" => Ask::Figures(self.id()?),
                _ => return Err(Error::not_found()),
            },
            Source::Related => Ask::Related(self.kind()?, self.id()?),
            Source::History => Ask::History(self.kind()?, self.id()?),
            Source::About(kind, sort) => {
                let (about, id) = (self.registry.at(self.kind()?).name, self.id()?.to_string());
                let most = MOST.to_string();
                self.rows(kind, &[("about_kind", about), ("about_id", &id), ("sort", sort), ("limit", &most)])?
            }
            Source::Columns => Ask::Columns(self.kind()?, self.asked.list.clone()),
            Source::Totals => {
                let at = self.kind()?;
                let mut params = self.asked.list.clone();
                params.push(("group".to_owned(), board::field(self.registry.at(at))?.to_owned()));
                params.extend(self.asked.sum.map(|sum| ("sum".to_owned(), sum.to_owned())));
                Ask::Summary(at, params)
            }
        }))
    }

    fn rows(&self, kind: &str, declared: &[(&str, &str)]) -> Result<Ask> {
        let at = position(self.registry, kind)?;
        Ok(Ask::Rows(at, fill(self.access, at, self.registry.at(at), declared, &self.span)))
    }

    fn kind(&self) -> Result<usize> {
        self.kind.ok_or_else(Error::not_found)
    }

    fn id(&self) -> Result<Id> {
        self.id.ok_or_else(Error::not_found)
    }
}
