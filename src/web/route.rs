//! What a route is: the words in which [`super::routes`] is written.

use std::future::Future;
use std::pin::Pin;

use actix_web::http::Method;

use crate::kernel::{Error, FieldError, Result};
use crate::kind::{Field, Kind};

use super::answer::Answer;
use super::call::Call;
use super::who::{Keeper, Operator, Viewer};

/// A handler's answer on its way. It stays on the worker that took the request.
pub type Reply = Pin<Box<dyn Future<Output = Result<Answer>>>>;

/// Who may call a handler stands in its signature: what it is given it could not have without.
#[derive(Clone, Copy)]
pub enum Handler {
    /// Anybody.
    Public(fn(Call) -> Reply),
    /// Whoever is signed in to a tenant; the rows and fields are the engine's to narrow.
    Viewer(fn(Call, Viewer) -> Reply),
    /// An owner of a tenant, or who runs the server: whoever has to know how the server is.
    Keeper(fn(Call, Keeper) -> Reply),
    /// Who runs the server.
    Operator(fn(Call, Operator) -> Reply),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Verb {
    pub fn as_str(self) -> &'static str {
        ["GET", "POST", "PUT", "PATCH", "DELETE"][self as usize]
    }
    /// HEAD is answered as GET is; actix leaves the body out.
    pub fn of(method: &Method) -> Option<Self> {
        Some(match *method {
            Method::GET | Method::HEAD => Self::Get,
            Method::POST => Self::Post,
            Method::PUT => Self::Put,
            Method::PATCH => Self::Patch,
            Method::DELETE => Self::Delete,
            _ => return None,
        })
    }
}

/// A JSON body or an answer, as the API's description shows it.
#[derive(Clone, Copy)]
pub enum Shape {
    /// One record of the path's kind.
    Record,
    /// A page of records of the path's kind.
    Page,
    /// What may be sent to create a record of the path's kind.
    NewRecord,
    /// What may be sent to change a record of the path's kind.
    RecordChange,
    /// An object with these members.
    Fields(&'static str, &'static [Field]),
    /// A schema of [`super::openapi`], by its name.
    Named(&'static str),
}

/// What a request carries.
#[derive(Clone, Copy)]
pub enum Takes {
    Nothing,
    /// A JSON body; an absent one is an error.
    Json(Shape),
    /// A merge patch: JSON by either of its names.
    Patch(Shape),
    /// A file to import, streamed to the data folder.
    Upload,
    /// A file to keep, of so many bytes at most; its digest is taken on the way.
    File(u64),
    /// The fields of a page's own form.
    PageForm,
    /// Whatever comes over the connection from then on.
    Socket,
}

/// What a successful answer carries.
#[derive(Clone, Copy)]
pub enum Gives {
    Nothing,
    Json(Shape),
    Text,
    Page,
    /// A file of one of these types.
    File(&'static [&'static str]),
    /// A file of whatever type it is.
    Bytes,
    /// Messages both ways, which the API's description has no words for.
    Socket,
    /// Server-sent events, for as long as there are any.
    Events,
}

/// A query parameter or a header that a route reads.
#[derive(Clone, Copy)]
pub struct Param {
    pub name: &'static str,
    pub about: &'static str,
}

/// How a request is counted against its sender's budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// By its method: a read, a write, a deletion; a search where it has words to search for.
    Whole,
    /// A tenth of that: what a screen sends by itself.
    Light,
    /// By what its body turns out to hold, which the handler sees to.
    Body,
    /// By a budget of its own: failed sign-ins.
    Own,
}

/// One entry of the table.
#[derive(Clone, Copy)]
pub struct Route {
    pub verb: Verb,
    /// Literal segments and `{names}`; `{kind}` matches the registered kinds only.
    pub pattern: &'static str,
    pub handler: Handler,
    /// One word for it in the API's description: `records.show`.
    pub name: &'static str,
    /// Under which heading the documentation shows it; routes of `{kind}` stand under each kind.
    pub tag: &'static str,
    pub summary: &'static str,
    pub about: &'static str,
    pub takes: Takes,
    pub gives: Gives,
    /// The status of success.
    pub status: u16,
    /// Another one, and what is given with it.
    pub or: Option<(u16, Gives)>,
    pub query: &'static [Param],
    /// Any further parameter is a filter, which the engine judges.
    pub filters: bool,
    /// Works while nobody has been set up yet.
    pub before_setup: bool,
    /// For routes of `{kind}`: only kinds that the API may write.
    pub writes: bool,
    /// For routes of `{kind}`: only kinds whose records are made by a body.
    pub makes: bool,
    /// PATCH and DELETE: needs `If-Match`.
    pub conditional: bool,
    /// It is there when the work is done, under the rights that it was done with: else 409.
    pub awaited: bool,
    /// POST: takes `Idempotency-Key`.
    pub repeatable: bool,
    pub weight: Weight,
}

impl Route {
    const fn new(verb: Verb, pattern: &'static str, handler: Handler, name: &'static str) -> Self {
        Self {
            verb,
            pattern,
            handler,
            name,
            tag: "",
            summary: "",
            about: "",
            takes: Takes::Nothing,
            gives: Gives::Nothing,
            status: 200,
            or: None,
            query: &[],
            filters: false,
            before_setup: false,
            writes: false,
            makes: false,
            conditional: false,
            awaited: false,
            repeatable: false,
            weight: Weight::Whole,
        }
    }
    pub const fn get(pattern: &'static str, name: &'static str, handler: Handler) -> Self {
        Self::new(Verb::Get, pattern, handler, name)
    }
    pub const fn post(pattern: &'static str, name: &'static str, handler: Handler) -> Self {
        Self::new(Verb::Post, pattern, handler, name)
    }
    pub const fn put(pattern: &'static str, name: &'static str, handler: Handler) -> Self {
        Self::new(Verb::Put, pattern, handler, name)
    }
    pub const fn patch(pattern: &'static str, name: &'static str, handler: Handler) -> Self {
        Self::new(Verb::Patch, pattern, handler, name)
    }
    pub const fn delete(pattern: &'static str, name: &'static str, handler: Handler) -> Self {
        Self::new(Verb::Delete, pattern, handler, name)
    }
    /// The heading, one line, and what else there is to know.
    pub const fn says(mut self, tag: &'static str, summary: &'static str, about: &'static str) -> Self {
        self.tag = tag;
        self.summary = summary;
        self.about = about;
        self
    }
    pub const fn takes(mut self, takes: Takes) -> Self {
        self.takes = takes;
        self
    }
    pub const fn gives(mut self, status: u16, gives: Gives) -> Self {
        self.status = status;
        self.gives = gives;
        self
    }
    pub const fn or_gives(mut self, status: u16, gives: Gives) -> Self {
        self.or = Some((status, gives));
        self
    }
    pub const fn query(mut self, query: &'static [Param]) -> Self {
        self.query = query;
        self
    }
    pub const fn filters(mut self) -> Self {
        self.filters = true;
        self
    }
    pub const fn before_setup(mut self) -> Self {
        self.before_setup = true;
        self
    }
    pub const fn writes(mut self) -> Self {
        self.writes = true;
        self
    }
    pub const fn makes(mut self) -> Self {
        self.makes = true;
        self
    }
    pub const fn conditional(mut self) -> Self {
        self.conditional = true;
        self
    }
    pub const fn awaited(mut self) -> Self {
        self.awaited = true;
        self
    }
    pub const fn repeatable(mut self) -> Self {
        self.repeatable = true;
        self
    }
    pub const fn weighs(mut self, weight: Weight) -> Self {
        self.weight = weight;
        self
    }

    /// Refuses parameters that mean nothing here: a misspelt one would be missed in silence.
    pub fn check_query(&self, pairs: &[(String, String)]) -> Result<()> {
        if self.filters || !self.is_api() {
            return Ok(());
        }
        let unknown = pairs.iter().filter(|(name, _)| self.query.iter().all(|p| p.name != name));
        let errors: Vec<_> = unknown
            .map(|(name, _)| FieldError::query(name, "unknown_parameter", "There is no such parameter here."))
            .collect();
        if errors.is_empty() { Ok(()) } else { Err(Error::fields(errors)) }
    }

    /// Is the route of `{kind}` one of this kind?
    pub fn is_for(&self, kind: &Kind) -> bool {
        (kind.writable || !self.writes) && !(kind.uploaded && self.makes)
    }

    /// Part of the API, as against pages and probes.
    pub fn is_api(&self) -> bool {
        self.pattern.starts_with("/api/")
    }
    pub fn is_of_kind(&self) -> bool {
        self.pattern.starts_with("/api/v1/{kind}")
    }
}

/// The parameter `name`.
pub const fn param(name: &'static str, about: &'static str) -> Param {
    Param { name, about }
}
