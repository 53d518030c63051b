//! The one way in: every request passes here, in the same order of checks, to its handler.

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Instant;

use actix_http::ConnectionType;
use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderMap};
use actix_web::http::{Method, StatusCode};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};

use crate::kernel::{Detail, Error, Result};
use crate::limit::Standing;

use super::answer::Answer;
use super::app::App;
use super::body::{self, Incoming};
use super::call::Call;
use super::deliver::deliver;
use super::limits::{self, Admission};
use super::problem::{method_not_allowed, problem};
use super::reaper::Watched;
use super::route::{Gives, Handler, Route, Takes, Verb};
use super::table::{Found, Params, parts};
use super::who::{self, Who};
use super::{assets, origin, query};

/// What is known of a request once it is answered, whatever became of it.
#[derive(Default)]
struct Told {
    route: Option<&'static Route>,
    standing: Option<Standing>,
}

/// Answers one request of the wire.
pub async fn handle(app: Arc<App>, request: HttpRequest, payload: Payload) -> HttpResponse {
    let started = Instant::now();
    let id: Arc<str> = app.next_request_id().into();
    let watched = request.conn_data::<Arc<Watched>>();
    let busy = watched.map(Watched::begin);
    let refused = watched.and_then(|watched| app.reaper.admit(watched).err());
    let full = refused.is_some();
    let mut told = Told::default();
    let outcome = guarded(answer(&app, &request, payload, &id, refused, &mut told)).await;
    drop(busy);
    let mut answer = outcome.unwrap_or_else(|error| problem(&error, &id));
    if let Some(standing) = &told.standing {
        limits::tell(&mut answer, standing);
    }
    let took = started.elapsed();
    app.monitor.answered(told.route.map(|route| route.name), answer.status.as_u16(), took);
    if let Some(source) = answer.source {
        app.monitor.answered_from(source, took);
    }
    tracing::debug!(request_id = &*id, method = %request.method(), path = request.path(), status = answer.status.as_u16());
    let mut response = deliver(&request, &id, started, answer);
    if full && response.status() != StatusCode::SWITCHING_PROTOCOLS {
        response.head_mut().set_connection_type(ConnectionType::Close);
    }
    response
}

/// A panic in a handler costs its request, not the connection's other ones.
async fn guarded(work: impl Future<Output = Result<Answer>>) -> Result<Answer> {
    let mut work = pin!(work);
    poll_fn(|cx| match catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(cx))) {
        Ok(poll) => poll,
        Err(_) => Poll::Ready(Err(Error::internal("a handler panicked; the message stands above"))),
    })
    .await
}

async fn answer(
    app: &Arc<App>,
    request: &HttpRequest,
    payload: Payload,
    id: &Arc<str>,
    full: Option<Error>,
    told: &mut Told,
) -> Result<Answer> {
    origin::note_forwarding(app, request);
    let seen = &mut told.standing;
    let mut pass = |admission: Admission| {
        *seen = admission.standing;
        admission.refused.map_or(Ok(()), Err)
    };
    let (route, params) = match find(app, request.method(), request.path(), id) {
        Ok(Step::Go(route, params)) => (route, params),
        astray => {
            pass(limits::admit_astray(app, request))?;
            return match astray? {
                Step::Stop(answer) => Ok(answer),
                Step::Go(..) => Err(Error::not_found()),
            };
        }
    };
    told.route = Some(route);
    if let Some(full) = full.filter(|_| takes_ordinary_place(route)) {
        return Err(full);
    }
    if route.verb != Verb::Get {
        origin::check_same_site(request)?;
    }
    // Who asks is settled before the body is read: a stranger's upload ends at its head.
    let who = who::admit(app, request, route).await;
    pass(limits::admit(app, request, route, request.query_string(), &who))?;
    let who = who?;
    let query = query::pairs(request.query_string())?;
    route.check_query(&query)?;
    let body = body::read(app, request, payload, route.verb, route.takes).await?;
    perform(
        Call {
            app: Arc::clone(app),
            route,
            params,
            query,
            body,
            request_id: Arc::clone(id),
            request: request.clone(),
            item_headers: None,
        },
        who,
    )
    .await
}

/// Sockets and streams have places of their own, and whoever asks whether the process lives is told.
fn takes_ordinary_place(route: &Route) -> bool {
    !matches!(route.gives, Gives::Socket | Gives::Events) && route.name != "live"
}

enum Step {
    Go(&'static Route, Params),
    /// There is nothing to run: OPTIONS, or a method that the address does not take.
    Stop(Answer),
}

fn find(app: &App, method: &Method, path: &str, id: &str) -> Result<Step> {
    let decoded = parts(path).map(query::segment).collect::<Result<Vec<_>>>()?;
    let segments: Vec<&str> = decoded.iter().map(AsRef::as_ref).collect();
    match app.routes.find(Verb::of(method), &segments, &app.registry) {
        Found::Route(route, params) => Ok(Step::Go(route, params)),
        Found::OtherMethods(verbs) => {
            let allowed = allow(&verbs);
            let answer = match *method {
                Method::OPTIONS => Answer::no_content(),
                _ => problem(&method_not_allowed(&allowed), id),
            };
            Ok(Step::Stop(answer.with(header::ALLOW, &allowed)?))
        }
        Found::Nothing if let Some(route) = assets::elsewhere(method, path) => Ok(Step::Go(route, Params::default())),
        Found::Nothing => Err(Error::NotFound(Box::new(Detail {
            code: "no_such_address",
            message: "There is nothing at this address. /api/docs lists what there is.".into(),
            ..Detail::default()
        }))),
    }
}

/// Calls the handler with what its signature asks for.
async fn perform(call: Call, who: Who) -> Result<Answer> {
    match call.route.handler {
        Handler::Public(handler) => handler(call).await,
        Handler::Viewer(handler) => {
            let viewer = who.viewer()?;
            handler(call, viewer).await
        }
        Handler::Keeper(handler) => {
            let keeper = who.keeper()?;
            handler(call, keeper).await
        }
        Handler::Operator(handler) => {
            let operator = who.operator()?;
            handler(call, operator).await
        }
    }
}

/// Carries out one item of a batch. It is signed in as the outer request is, and passes the same
/// table and the same rights.
pub async fn item(outer: &Call, method: &str, path: &str, headers: HeaderMap, body: Incoming) -> Answer {
    let id = &outer.request_id;
    let (started, mut asked) = (Instant::now(), None);
    let run = async {
        let method = Method::from_bytes(method.as_bytes()).map_err(|_| Error::malformed("There is no such method."))?;
        let (path, text) = path.split_once('?').unwrap_or((path, ""));
        let (route, params) = match find(&outer.app, &method, path, id)? {
            Step::Go(route, params) => (route, params),
            Step::Stop(answer) => return Ok(answer),
        };
        asked = Some(route.name);
        if let Some(why) = unfit(route) {
            return Err(Error::invalid("not_in_batch", why));
        }
        let body = match (body, route.takes) {
            (Incoming::Bytes(_), Takes::Nothing) => return Err(body::unexpected()),
            (Incoming::Nothing, Takes::Json(_) | Takes::Patch(_)) => Incoming::Bytes(Bytes::new()),
            (body, _) => body,
        };
        let who = who::admit(&outer.app, &outer.request, route).await?;
        let query = query::pairs(text)?;
        route.check_query(&query)?;
        perform(
            Call {
                app: Arc::clone(&outer.app),
                route,
                params,
                query,
                body,
                request_id: Arc::clone(id),
                request: outer.request.clone(),
                item_headers: Some(headers),
            },
            who,
        )
        .await
    };
    let answer = guarded(run).await.unwrap_or_else(|error| problem(&error, id));
    if let Some(name) = asked {
        outer.app.monitor.answered_within(name, answer.status.as_u16(), started.elapsed());
    }
    answer
}

/// Why a route cannot be part of a batch.
fn unfit(route: &Route) -> Option<&'static str> {
    match (route.handler, route.takes, route.gives) {
        _ if route.name == "batch" => Some("A batch cannot hold another batch."),
        (Handler::Public(_), ..) => Some("What needs no sign-in cannot be part of a batch."),
        (_, Takes::Upload | Takes::File(_), _) | (.., Gives::File(_) | Gives::Bytes | Gives::Socket) => {
            Some("Files are sent and fetched one by one, not in a batch.")
        }
        (.., Gives::Events) => Some("A stream of events is opened by itself, not in a batch."),
        _ => None,
    }
}

/// `GET, HEAD, PATCH, OPTIONS`.
fn allow(verbs: &[Verb]) -> String {
    let mut names: Vec<&str> = verbs.iter().map(|v| v.as_str()).collect();
    if names.contains(&"GET") {
        names.push("HEAD");
    }
    names.push("OPTIONS");
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::answer::Body;

    #[actix_web::test]
    async fn a_panic_is_an_answer_with_the_id_to_report() {
        let handlers: [fn() -> Result<Answer>; 2] = [|| panic!("out of reach"), || Ok(Answer::text("well\n"))];
        for (handler, expected) in handlers.into_iter().zip([500, 200]) {
            let work = async {
                // A handler that has waited once, as most do.
                tokio::task::yield_now().await;
                handler()
            };
            let answer = guarded(work).await.unwrap_or_else(|error| problem(&error, "r-1"));
            assert_eq!(answer.status.as_u16(), expected);
            let Body::Bytes(bytes) = answer.body else { panic!("a body") };
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains("out of reach") && (expected == 200 || text.contains("r-1")), "{text}");
        }
    }
}
