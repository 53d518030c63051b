//! A request as a handler sees it.

use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::http::header::HeaderMap;

use crate::kernel::{Error, Id, Result};
use crate::kind::Kind;
use crate::record::Selection;

use super::app::App;
use super::body::Incoming;
use super::route::Route;
use super::table::{Params, parts};

/// One request, read and checked.
pub struct Call {
    pub app: Arc<App>,
    pub route: &'static Route,
    pub params: Params,
    /// Decoded pairs, no name twice.
    pub query: Vec<(String, String)>,
    pub body: Incoming,
    pub request_id: Arc<str>,
    /// The request that came over the wire; a batch shares it among its items.
    pub request: HttpRequest,
    /// The headers of an item of a batch, which has none of the outer request's.
    pub item_headers: Option<HeaderMap>,
}

impl Call {
    /// A header of this request (or of this item of a batch), when it is readable text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.item_headers.as_ref().unwrap_or_else(|| self.request.headers()).get(name)?.to_str().ok()
    }

    /// A header that decides about a write: unreadable or sent twice it is an error, since to
    /// overlook it would carry out what its sender meant to prevent.
    pub fn only_header(&self, name: &str) -> Result<Option<&str>> {
        let mut all = self.item_headers.as_ref().unwrap_or_else(|| self.request.headers()).get_all(name);
        let Some(first) = all.next() else { return Ok(None) };
        match (first.to_str(), all.next()) {
            (Ok(text), None) => Ok(Some(text)),
            _ => Err(Error::malformed(format!("Send the header {name} once, in visible ASCII characters."))),
        }
    }

    /// A query parameter.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// The path as the route names it, with its variables filled in.
    pub fn path(&self) -> String {
        let parts = parts(self.route.pattern).map(|part| match part {
            "{kind}" => self.params.kind.map_or("", |k| self.app.registry.at(k).name),
            name => match name.strip_prefix('{').and_then(|n| n.strip_suffix('}')) {
                Some(name) => self.params.get(name).unwrap_or_default(),
                None => name,
            },
        });
        parts.fold(String::new(), |path, part| path + "/" + part)
    }

    /// The position of the `{kind}` in the registry.
    pub fn position(&self) -> Result<usize> {
        self.params.kind.ok_or_else(Error::not_found)
    }

    /// The kind of a `{kind}` route.
    pub fn kind(&self) -> Result<&'static Kind> {
        self.position().map(|position| self.app.registry.at(position))
    }

    /// The `{id}` of the path; what is no id names no record.
    pub fn id(&self) -> Result<Id> {
        self.params.get("id").and_then(|id| id.parse().ok()).ok_or_else(Error::not_found)
    }

    /// What `fields` and `include` ask for.
    pub fn selection(&self) -> Result<Selection> {
        Selection::parse(self.param("fields"), self.param("include"))
    }
}
