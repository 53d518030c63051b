//! Who asks: what a handler may be given, and how it is found out.

use std::sync::Arc;

use actix_web::HttpRequest;

use crate::kernel::{Error, Result};
use crate::kind::Access;
use crate::record::View;

use super::app::App;
use super::call::Call;
use super::route::Route;

/// Who is signed in to a tenant.
pub struct Viewer {
    pub access: Arc<Access>,
}

/// Who runs the server.
pub struct Operator;

pub struct Who;

pub async fn admit(_app: &App, _request: &HttpRequest, _route: &Route) -> Result<Who> {
    Ok(Who)
}

impl Who {
    pub fn viewer(self) -> Result<Viewer> {
        Err(Error::unauthorized("signed_out", "Sign in first."))
    }
    pub fn operator(self) -> Result<Operator> {
        Err(Error::unauthorized("signed_out", "Sign in first."))
    }
}

impl Viewer {
    /// Runs `f` on a reader thread, over the store as this viewer may see it.
    pub async fn read<T: Send + 'static>(
        &self,
        call: &Call,
        f: impl FnOnce(&View<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (registry, access) = (Arc::clone(&call.app.registry), Arc::clone(&self.access));
        call.app.db.read(move |conn| f(&View::new(conn, &registry, &access))).await
    }
}
