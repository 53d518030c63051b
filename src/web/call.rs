//! A request as a handler sees it.

use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::http::header::HeaderMap;

use crate::kernel::{Error, Id, Result};
use crate::kind::Kind;

use super::app::App;
use super::body::Incoming;
use super::route::Route;
use super::table::Params;

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

    /// A query parameter.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// The kind of a `{kind}` route.
    pub fn kind(&self) -> Result<&'static Kind> {
        self.params.kind.ok_or_else(Error::not_found)
    }

    /// The `{id}` of the path; what is no id names no record.
    pub fn id(&self) -> Result<Id> {
        self.params.get("id").and_then(|id| id.parse().ok()).ok_or_else(Error::not_found)
    }
}
