//! Which budget a request draws on, and the headers that say how it stands.

use std::net::IpAddr;

use actix_web::HttpRequest;
use actix_web::http::header::{HeaderName, HeaderValue};

use crate::kernel::{Error, Moment, Result};
use crate::limit::{Class, Cost, Identity, Refusal, Standing, Tier};

use super::answer::Answer;
use super::app::App;
use super::origin::client_address;
use super::route::{Route, Verb, Weight};
use super::who::{self, Who};

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const LEFT: HeaderName = HeaderName::from_static("ratelimit");

/// A program or a screen that reads again because time has passed says so in this header, with the
/// value `refetch`. Whoever says it without need asks ten times as much at the most, and has to be
/// signed in for that.
const PURPOSE: &str = "larder-purpose";

/// Who a request is counted for, and how much they may ask.
#[derive(Clone, Copy)]
pub struct Counted {
    identity: Identity,
    tier: Tier,
}

/// The outcome of counting: whether the request goes on, and what its answer says either way.
#[derive(Default)]
pub struct Admission {
    pub standing: Option<Standing>,
    pub refused: Option<Error>,
}

impl From<Result<Option<Standing>, Refusal>> for Admission {
    fn from(outcome: Result<Option<Standing>, Refusal>) -> Self {
        match outcome {
            Ok(standing) => Self { standing, refused: None },
            Err(refusal) => Self { standing: Some(refusal.standing), refused: Some(refusal.error()) },
        }
    }
}

/// Counts a request of the wire before anything of its body is read. `who` is what was found out
/// about its sender: even one who is refused, or who brings a token that opens nothing, is counted,
/// by the address.
pub fn admit(app: &App, request: &HttpRequest, route: &Route, query: &str, who: &Result<Who>) -> Admission {
    let free = !route.is_api() && route.verb == Verb::Get || route.weight == Weight::Own;
    let counted = match who {
        _ if free => return Admission::default(),
        Ok(who) => Counted::of(app, request, who),
        // Nobody can be let in yet, and nothing was looked up to know it.
        Err(error) if error.code() == "not_set_up" => return Admission::default(),
        Err(_) => Some(Counted::stranger(app, request)),
    };
    let Some(counted) = counted else { return Admission::default() };
    let class = counted.class(route.verb, query);
    let now = Moment::now();
    // A stranger's body is not read, so there is nothing to wait for.
    if route.weight == Weight::Body && counted.identity.is_person() {
        let refused = app.limiter.refuse_blocked(counted.identity, counted.tier, class, now);
        return refused.map(|()| None).into();
    }
    let cost = cost(request, route, query);
    app.limiter.admit(counted.identity, counted.tier, class, cost, now).into()
}

/// Counts a request to the API that has no route: an unknown address or method.
pub fn admit_astray(app: &App, request: &HttpRequest) -> Admission {
    if !request.path().starts_with("/api/") {
        return Admission::default();
    }
    let Some(counted) = Counted::of(app, request, &Who::Nobody) else { return Admission::default() };
    let class = if counted.identity.is_person() { Class::Read } else { Class::Public };
    app.limiter.admit(counted.identity, counted.tier, class, Cost::Whole, Moment::now()).into()
}

/// Counts several requests that came as one, by the weightiest among them: one unit (C07).
pub fn admit_batch<'a>(
    app: &App,
    request: &HttpRequest,
    who: &Who,
    items: impl Iterator<Item = (&'a str, &'a str)>,
) -> Admission {
    let Some(counted) = Counted::of(app, request, who) else { return Admission::default() };
    let class = items.fold(Class::Read, |class, (method, path)| match (class, method) {
        (_, "POST" | "PATCH" | "DELETE") | (Class::Write, _) => Class::Write,
        _ if is_search(path.split_once('?').map_or("", |(_, query)| query)) => Class::Search,
        _ => class,
    });
    app.limiter.admit(counted.identity, counted.tier, class, Cost::Whole, Moment::now()).into()
}

/// Refuses to look up a token that is not in memory, where too many from this address opened nothing.
pub fn before_lookup(app: &App, request: &HttpRequest, now: Moment) -> Result<()> {
    let who = Identity::Address(address(app, request));
    let refused = app.limiter.refuse_spent(who, Class::BadToken, now);
    refused.map_err(|refusal| refusal.error())
}

/// Takes note of a token that was looked up and opened nothing.
pub fn note_bad_token(app: &App, request: &HttpRequest, now: Moment) {
    app.limiter.note(Identity::Address(address(app, request)), Class::BadToken, now);
}

impl Counted {
    /// `None` for a command on the server itself, which is not counted.
    fn of(app: &App, request: &HttpRequest, who: &Who) -> Option<Self> {
        match who {
            Who::CommandLine(_) => None,
            Who::Person(session) => Some(Self { identity: Identity::Person(session.user), tier: session.tier }),
            // Whoever is signed in is known by that on public addresses too, where it costs no lookup.
            Who::Nobody => match who::at_hand(app, request) {
                Who::Nobody => Some(Self::stranger(app, request)),
                who => Self::of(app, request, &who),
            },
        }
    }

    fn stranger(app: &App, request: &HttpRequest) -> Self {
        Self { identity: Identity::Address(address(app, request)), tier: Tier::Basic }
    }

    fn class(&self, verb: Verb, query: &str) -> Class {
        match verb {
            Verb::Get if is_search(query) => Class::Search,
            _ if !self.identity.is_person() => Class::Public,
            Verb::Get => Class::Read,
            Verb::Delete => Class::Delete,
            Verb::Post | Verb::Put | Verb::Patch => Class::Write,
        }
    }
}

fn address(app: &App, request: &HttpRequest) -> IpAddr {
    client_address(request, &app.config.trusted_proxies)
}

fn cost(request: &HttpRequest, route: &Route, query: &str) -> Cost {
    let again = || request.headers().get(PURPOSE).is_some_and(|purpose| purpose == "refetch");
    let light = match route.weight {
        Weight::Light => true,
        _ => route.verb == Verb::Get && (names(query).any(|(name, _)| name == "cursor") || again()),
    };
    if light { Cost::Tenth } else { Cost::Whole }
}

/// Words to search for make a search of any list.
fn is_search(query: &str) -> bool {
    names(query).any(|(name, value)| name == "q" && !value.is_empty())
}

/// The parameters as they came, undecoded: a name that is written in a roundabout way is judged by
/// the routes, and gains nothing here that a budget would not bound.
fn names(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query.split('&').filter_map(|pair| pair.split_once('='))
}

/// Adds the headers that tell how the budget stands.
pub fn tell(answer: &mut Answer, standing: &Standing) {
    for (name, text) in [(POLICY, standing.policy()), (LEFT, standing.left())] {
        if let Ok(value) = HeaderValue::try_from(text) {
            answer.headers.push((name, value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_to_search_for_make_a_search() {
        for (query, expected) in
            [("q=pump", true), ("status=new&q=a", true), ("q=", false), ("q", false), ("", false), ("qq=a", false)]
        {
            assert_eq!(is_search(query), expected, "{query}");
        }
    }

    #[test]
    fn a_stranger_has_no_classes_but_search_and_public() {
        let stranger = Counted { identity: Identity::Address([192, 0, 2, 1].into()), tier: Tier::Basic };
        assert_eq!(stranger.class(Verb::Get, "q=a"), Class::Search);
        for verb in [Verb::Get, Verb::Post, Verb::Delete] {
            assert_eq!(stranger.class(verb, ""), Class::Public);
        }
    }
}
