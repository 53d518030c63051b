//! Who asks: what a handler may be given, and how it is found out.

use std::ops::Deref;
use std::sync::Arc;

use actix_web::HttpRequest;

use crate::auth::Session;
use crate::kernel::{Error, Moment, Result};
use crate::record::View;

use super::app::App;
use super::call::Call;
use super::cookie;
use super::route::{Handler, Route};

/// Who is signed in to a tenant.
pub struct Viewer(Arc<Session>);

/// Who runs the server.
pub struct Operator(Arc<Session>);

/// Who was found behind a request; nobody, for routes that do not ask.
pub struct Who(Option<Arc<Session>>);

/// Finds out who asks, as far as the route wants to know.
pub async fn admit(app: &App, request: &HttpRequest, route: &Route) -> Result<Who> {
    if route.is_api() && !route.before_setup && !app.auth.is_set_up().await? {
        return Err(Error::busy(
            "not_set_up",
            "Larder is not set up yet. Open the set-up link that it prints when it starts.",
        ));
    }
    match route.handler {
        Handler::Public(_) => Ok(Who(None)),
        Handler::Viewer(_) | Handler::Operator(_) => Ok(Who(find(app, request).await?)),
    }
}

/// The session of the token that the request brings, if it brings one.
pub async fn find(app: &App, request: &HttpRequest) -> Result<Option<Arc<Session>>> {
    let Some(token) = cookie::token(app, request)? else { return Ok(None) };
    let now = Moment::now();
    match app.auth.session_at_hand(token, now) {
        Some(session) => Ok(Some(session)),
        None => app.auth.session(token, now).await.map(Some),
    }
}

impl Who {
    pub fn viewer(self) -> Result<Viewer> {
        self.0.map(Viewer).ok_or_else(signed_out)
    }

    pub fn operator(self) -> Result<Operator> {
        match self.0 {
            Some(session) if session.operator => Ok(Operator(session)),
            Some(_) => Err(Error::forbidden("Only the operator of this server may do this.")),
            None => Err(signed_out()),
        }
    }
}

fn signed_out() -> Error {
    Error::unauthorized("not_signed_in", "You are not signed in. Send a token, or sign in first.")
}

impl Deref for Viewer {
    type Target = Session;
    fn deref(&self) -> &Session {
        &self.0
    }
}

impl Deref for Operator {
    type Target = Session;
    fn deref(&self) -> &Session {
        &self.0
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
