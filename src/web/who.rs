//! Who asks: what a handler may be given, and how it is found out.

use std::sync::Arc;
use std::time::Duration;

use actix_web::HttpRequest;

use crate::auth::{Session, only_owners};
use crate::db::{Ticket, purpose};
use crate::kernel::{Error, Moment, Result};
use crate::kind::Access;
use crate::record::View;

use super::app::App;
use super::call::Call;
use super::cookie;
use super::limits;
use super::route::{Handler, Route};

/// Who acts in a tenant: somebody signed in, or the server's own command line on its behalf.
pub struct Viewer {
    pub access: Arc<Access>,
    session: Option<Arc<Session>>,
}

/// What is read for whom: that much of a request counts for an answer that is kept.
pub struct Asked<'a> {
    pub app: &'a App,
    pub viewer: &'a Viewer,
    /// What slow statements are put down to: a route and a kind.
    pub purpose: (&'static str, &'static str),
}

/// Who runs the server.
pub struct Operator(());

/// Who has to know how the server is.
pub struct Keeper {
    /// Runs the server, and may see how it is made.
    pub operator: bool,
    /// Their own, where they are in one.
    pub tenant: Option<i64>,
}

/// Who was found behind a request.
pub enum Who {
    /// Nobody, or nobody was looked for.
    Nobody,
    Person(Arc<Session>),
    /// A command beside the running server, which could as well change the folder itself; with
    /// the rights in the tenant that it named.
    CommandLine(Option<Arc<Access>>),
}

/// What a heavy read may take.
const HEAVY: Duration = Duration::from_secs(5);

/// Names the tenant that a command works in.
const TENANT: &str = "larder-tenant";

/// Finds out who asks, as far as the route wants to know.
pub async fn admit(app: &App, request: &HttpRequest, route: &Route) -> Result<Who> {
    if route.is_api() && !route.before_setup && !app.auth.is_set_up().await? {
        return Err(Error::busy(
            "not_set_up",
            "Larder is not set up yet. Open the set-up link that it prints when it starts.",
        ));
    }
    match route.handler {
        Handler::Public(_) => Ok(Who::Nobody),
        // Nobody's body is not read: a file of theirs would be on the disk before they were refused.
        Handler::Viewer(_) | Handler::Keeper(_) | Handler::Operator(_) => match find(app, request).await? {
            Who::Nobody => Err(signed_out()),
            who => Ok(who),
        },
    }
}

/// The person or the command that a request's token stands for.
pub async fn find(app: &App, request: &HttpRequest) -> Result<Who> {
    let Some(token) = cookie::token(app, request)? else { return Ok(Who::Nobody) };
    if app.is_run_token(token) {
        let tenant = request.headers().get(TENANT).and_then(|v| v.to_str().ok());
        return Ok(Who::CommandLine(match tenant {
            Some(slug) => Some(Arc::new(app.auth.system_access(slug).await.map_err(|error| named(error, slug))?)),
            None => None,
        }));
    }
    let now = Moment::now();
    if let Some(session) = app.auth.session_at_hand(token, now) {
        return Ok(Who::Person(session));
    }
    limits::before_lookup(app, request, now)?;
    app.auth.session(token, now).await.map(Who::Person).inspect_err(|error| {
        if matches!(error, Error::Unauthorized(_)) {
            limits::note_bad_token(app, request, now);
        }
    })
}

/// Who asks, as far as memory alone can tell.
pub fn at_hand(app: &App, request: &HttpRequest) -> Who {
    match cookie::token(app, request) {
        Ok(Some(token)) if app.is_run_token(token) => Who::CommandLine(None),
        Ok(Some(token)) => app.auth.session_at_hand(token, Moment::now()).map_or(Who::Nobody, Who::Person),
        _ => Who::Nobody,
    }
}

/// Says which tenant it is that is not there.
fn named(error: Error, slug: &str) -> Error {
    let Error::NotFound(mut detail) = error else { return error };
    detail.message = format!("There is no tenant \"{slug}\".").into();
    Error::NotFound(detail)
}

/// The session that a request carries, for routes that go on without one.
pub async fn known(app: &App, request: &HttpRequest) -> Option<Arc<Session>> {
    match find(app, request).await {
        Ok(Who::Person(session)) => Some(session),
        _ => None,
    }
}

impl From<Viewer> for Who {
    fn from(viewer: Viewer) -> Self {
        match viewer.session {
            Some(session) => Self::Person(session),
            None => Self::CommandLine(Some(viewer.access)),
        }
    }
}

impl Who {
    pub fn viewer(self) -> Result<Viewer> {
        match self {
            Self::Person(session) => Ok(Viewer::of(session)),
            Self::CommandLine(Some(access)) => Ok(Viewer { access, session: None }),
            Self::CommandLine(None) => Err(Error::malformed("Name the tenant in the header Larder-Tenant.")),
            Self::Nobody => Err(signed_out()),
        }
    }

    pub fn keeper(self) -> Result<Keeper> {
        match self {
            Self::CommandLine(access) => Ok(Keeper { operator: true, tenant: access.map(|access| access.tenant.key) }),
            Self::Person(session) if session.operator || only_owners(&session.access).is_ok() => {
                Ok(Keeper { operator: session.operator, tenant: Some(session.access.tenant.key) })
            }
            Self::Person(_) => Err(Error::forbidden("Only an owner may see how the server is.")),
            Self::Nobody => Err(signed_out()),
        }
    }

    pub fn operator(self) -> Result<Operator> {
        match self {
            Self::CommandLine(_) => Ok(Operator(())),
            Self::Person(session) if session.operator => Ok(Operator(())),
            Self::Person(_) => Err(Error::forbidden("Only the operator of this server may do this.")),
            Self::Nobody => Err(signed_out()),
        }
    }
}

fn signed_out() -> Error {
    Error::unauthorized("not_signed_in", "You are not signed in. Send a token, or sign in first.")
}

/// What slow statements of a call are put down to.
pub fn purpose_of(call: &Call) -> (&'static str, &'static str) {
    (call.route.name, call.params.kind.map_or("", |kind| call.app.registry.at(kind).name))
}

impl<'a> Asked<'a> {
    pub fn of(call: &'a Call, viewer: &'a Viewer) -> Self {
        Self { app: &call.app, viewer, purpose: purpose_of(call) }
    }

    /// Runs `f` on a reader thread, over the store as the viewer may see it.
    pub fn read<T: Send + 'static>(
        &self,
        heavy: bool,
        f: impl FnOnce(&View<'_>) -> Result<T> + Send + 'static,
    ) -> Ticket<T> {
        read_as(self.app, &self.viewer.access, heavy, self.purpose, f)
    }
}

impl Viewer {
    /// Somebody who has not asked yet.
    pub fn of(session: Arc<Session>) -> Self {
        Self { access: Arc::clone(&session.access), session: Some(session) }
    }

    /// The session of somebody signed in, to be kept.
    pub fn seated(&self) -> Result<Arc<Session>> {
        self.session.clone().ok_or_else(|| Error::forbidden("Only somebody who is signed in may do this."))
    }

    /// One of the server's own commands, which has no session that could end.
    pub fn is_command(&self) -> bool {
        self.session.is_none()
    }

    /// The session of somebody signed in, for what is about that person.
    pub fn session(&self) -> Result<&Session> {
        self.session.as_deref().ok_or_else(|| Error::forbidden("Only somebody who is signed in may do this."))
    }

    /// Runs `f` on a reader thread, over the store as this viewer may see it. The
    /// reading begins at once; the ticket is waited for.
    pub fn read<T: Send + 'static>(
        &self,
        call: &Call,
        f: impl FnOnce(&View<'_>) -> Result<T> + Send + 'static,
    ) -> Ticket<T> {
        read_as(&call.app, &self.access, false, purpose_of(call), f)
    }

    /// The same for a query that walks over many rows: on the reader that takes one at a time.
    pub fn read_heavy<T: Send + 'static>(
        &self,
        call: &Call,
        f: impl FnOnce(&View<'_>) -> Result<T> + Send + 'static,
    ) -> Ticket<T> {
        read_as(&call.app, &self.access, true, purpose_of(call), f)
    }
}

/// Runs `f` on a reader thread, over the store as whoever has this access may see it, for the named
/// route and kind.
pub fn read_as<T: Send + 'static>(
    app: &App,
    access: &Arc<Access>,
    heavy: bool,
    (route, kind): (&'static str, &'static str),
    f: impl FnOnce(&View<'_>) -> Result<T> + Send + 'static,
) -> Ticket<T> {
    let (registry, access) = (Arc::clone(&app.registry), Arc::clone(access));
    let read = move |conn: &_| {
        purpose(route, kind);
        f(&View::new(conn, &registry, &access))
    };
    if heavy { app.db.read_heavy(HEAVY, read) } else { app.db.read(read) }
}
