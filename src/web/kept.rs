//! Answers by way of the cache: found there, or read once and kept.

use std::sync::Arc;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use tokio::time::timeout;

use crate::cache::{Entry, Made, Source, Stamp};
use crate::chore;
use crate::db::TableSet;
use crate::kernel::{Date, Error, Id, Result};
use crate::page;
use crate::record::View;
use crate::report::Ask;

use super::answer::{Answer, Body, JSON, Tag};
use super::app::App;
use super::call::Call;
use super::recipes::Recipe;
use super::who::{Asked, Viewer};

pub const CACHE_STATUS: HeaderName = HeaderName::from_static("cache-status");

/// How long an answer may be shown while nothing changes that it was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Records and lists (C01).
    Records,
    /// What follows the index, a second late (S33).
    Search,
    /// What depends on definitions more than on records (S35).
    Definitions,
    /// Reports: what they were read from is watched, and the day is part of the question (N17).
    Reports,
    /// The portal: what is read says itself when it becomes older than its words (C08).
    Portal,
}

impl Keep {
    fn time(self) -> Duration {
        Duration::from_secs(match self {
            Self::Records => 5 * 60,
            Self::Search => 60,
            Self::Definitions => 60 * 60,
            Self::Portal => 60 * 60,
            Self::Reports => return chore::KEPT,
        })
    }
}

/// What is asked for relative to now, where the minute hardly matters: much of a dashboard (S34).
const BY_THE_CLOCK: Duration = Duration::from_secs(30);
/// Words in a value that may mean a moment relative to now; too many rather than too few.
const CLOCK_WORDS: [&str; 6] = ["now", "today", "week", "month", "quarter", "year"];
/// Whoever waits for another's reading gives up after this.
const PATIENCE: Duration = Duration::from_secs(6);

/// How an answer is named: the tenant and its rights as they stand, who sees it, and what was asked.
pub struct Name {
    key: Vec<u8>,
    keep: Duration,
    /// Whose answer it is, should it turn out to be about a person.
    user: Id,
    today: Date,
    personal: bool,
    /// Asked for relative to now.
    by_the_clock: bool,
}

impl Name {
    /// Of a route with its parameters. `personal`: it is another answer for each person.
    /// The command line has no session whose rights could be told apart, so nothing of it is kept.
    pub fn of(call: &Call, viewer: &Viewer, keep: Keep, personal: bool) -> Option<Self> {
        let mut name = Self::begin(&call.app, viewer, call.route.name, keep)?;
        if let Some(kind) = call.params.kind {
            name.add(call.app.registry.at(kind).name);
            // Each sees what they share by themselves, and what others share with them.
            name.personal |= call.app.registry.at(kind).scope.shared.is_some();
        }
        name.add(call.params.get("id").unwrap_or_default());
        for (param, value) in &call.query {
            name.ask(param, value);
        }
        Some(name.end(personal))
    }

    /// Of one part of a page.
    pub fn of_part(asked: &Asked<'_>, ask: &str, keep: Keep, personal: bool) -> Option<Self> {
        let mut name = Self::begin(asked.app, asked.viewer, "part", keep)?;
        name.ask("", ask);
        Some(name.end(personal))
    }

    /// Of a report: by its parameters as they were understood, and the day that they are relative to.
    pub fn of_report(call: &Call, viewer: &Viewer, ask: &Ask) -> Option<Self> {
        let mut name = Self::begin(&call.app, viewer, "report", Keep::Reports)?;
        name.add(ask.report.name);
        name.add(&ask.today.to_string());
        for given in &ask.given {
            name.add(given.parameter.name);
            name.add(&given.value);
        }
        Some(name.end(false))
    }

    /// Of a dashboard of the portal, which is about today.
    pub fn of_portal(call: &Call, viewer: &Viewer, dashboard: &str) -> Option<Self> {
        let mut name = Self::begin(&call.app, viewer, "portal", Keep::Portal)?;
        name.add(dashboard);
        name.add(&name.today.to_string());
        // Read again it would be as old as it is by then.
        name.by_the_clock = true;
        Some(name.end(false))
    }
    fn begin(app: &App, viewer: &Viewer, what: &str, keep: Keep) -> Option<Self> {
        if !app.cache.is_enabled() {
            return None;
        }
        let (access, session) = (&viewer.access, viewer.session().ok()?);
        let today = access.tenant.today();
        let mut name = Self {
            key: Vec::with_capacity(192),
            keep: keep.time(),
            user: session.user,
            today,
            personal: false,
            by_the_clock: false,
        };
        // The cache reads the tenant off the first eight bytes.
        name.key.extend_from_slice(&access.tenant.key.to_le_bytes());
        name.key.extend_from_slice(&session.rights().to_le_bytes());
        name.key.extend_from_slice(&access.fingerprint.to_le_bytes());
        name.add(what);
        Some(name)
    }

    fn ask(&mut self, param: &str, value: &str) {
        self.add(param);
        self.add(value);
        let says = |word: &str| value.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').any(|w| w == word);
        // It stands for whoever asks.
        self.personal |= says("me");
        if param == "q" {
            self.keep = self.keep.min(Keep::Search.time());
        }
        if CLOCK_WORDS.iter().any(|word| says(word)) {
            self.by_the_clock = true;
            self.keep = self.keep.min(BY_THE_CLOCK);
            self.key.extend_from_slice(self.today.to_string().as_bytes());
        }
    }

    fn end(mut self, personal: bool) -> Self {
        if personal || self.personal {
            self.key.extend_from_slice(self.user.as_bytes());
        }
        self
    }

    /// Texts end with a byte that none of them holds, so that no two rows of them read the same.
    fn add(&mut self, text: &str) {
        self.key.extend_from_slice(text.as_bytes());
        self.key.push(0xff);
    }

    /// For whoever puts the answer in place.
    pub fn key(&self) -> &[u8] {
        &self.key
    }

    /// The answer of that name, if it is at hand.
    pub fn find(&self, app: &App) -> Option<Kept> {
        app.cache.find(&self.key).map(|(entry, source)| Kept { entry, source })
    }

    /// Keeps what was read for it among other things; `again` reads it anew.
    pub fn keep(self, asked: &Asked<'_>, made: Made, stamp: Stamp, again: page::Ask) -> Kept {
        let entry = asked.app.cache.keep(&self.key, self.keep, made, stamp);
        let heavy = again.is_heavy(&asked.app.registry, &asked.viewer.access);
        let recipe = Recipe::new(asked, heavy, self.keep, move |view: &View<'_>| again.run(view));
        asked.app.recipes.note(self.key, recipe, &entry.life);
        Kept { entry, source: Source::Built }
    }

    /// Reads the answer, once for all who ask for it at the same time. `again`: the same reading gives
    /// the right answer later on, too.
    pub async fn build<F>(self, asked: &Asked<'_>, heavy: bool, again: bool, make: F) -> Result<Kept>
    where
        F: Fn(&View<'_>) -> Result<Made> + Send + Sync + 'static,
    {
        let recipe = Recipe::new(asked, heavy, self.keep, make);
        let build = asked.app.cache.build(&self.key, self.keep, recipe.read(asked.app));
        let (entry, source) = timeout(PATIENCE, build).await.map_err(|_| too_many_wait())??;
        if source == Source::Built && again {
            asked.app.recipes.note(self.key, recipe, &entry.life);
        }
        Ok(Kept { entry, source })
    }
}

/// The answer of a name, built in as many reads as it takes. Nobody makes it anew by the clock: it is
/// made when it is asked for.
pub async fn built<B>(call: &Call, name: &Name, patience: Duration, build: B) -> Result<Kept>
where
    B: Future<Output = Result<(Made, Stamp)>>,
{
    let found = timeout(patience, call.app.cache.build(&name.key, name.keep, build)).await;
    let (entry, source) = found.map_err(|_| too_many_wait())??;
    Ok(Kept { entry, source })
}

/// An answer that was kept, or is now.
#[derive(Clone)]
pub struct Kept {
    pub entry: Arc<Entry>,
    pub source: Source,
}

/// The answer of a read, where it is not at hand under that name already. `plan` is what can be done
/// without the store, its errors included; `read` runs over it, as the viewer may see it.
pub async fn kept<P, F>(call: &Call, viewer: &Viewer, name: Option<Name>, heavy: bool, plan: P) -> Result<Answer>
where
    P: FnOnce() -> Result<F>,
    F: Fn(&View<'_>) -> Result<Made> + Send + Sync + 'static,
{
    if let Some(found) = name.as_ref().and_then(|name| name.find(&call.app)) {
        return Answer::kept(found);
    }
    let make = plan()?;
    let Some(name) = name else {
        let made = if heavy { viewer.read_heavy(call, make).await } else { viewer.read(call, make).await };
        return Answer::made(made?);
    };
    // That there is nothing is an answer too, and no other answer is empty.
    let make = move |view: &View<'_>| match make(view) {
        Err(Error::NotFound(_)) => Ok(Made::default()),
        other => other,
    };
    // What was read relative to this moment would not be what a later one asks for.
    let again = !name.by_the_clock;
    Answer::kept(name.build(&Asked::of(call, viewer), heavy, again, make).await?)
}

impl Answer {
    /// An answer that is shown to many.
    pub fn kept(kept: Kept) -> Result<Self> {
        if kept.entry.body.is_empty() {
            return Err(Error::not_found());
        }
        let tag = Some(Tag::known(kept.entry.version, kept.entry.life.hash));
        let mut headers = vec![(CACHE_STATUS, HeaderValue::from_str(&kept.status()).map_err(Error::internal)?)];
        if let Some(link) = &kept.entry.link {
            headers.push((header::LINK, HeaderValue::from_maybe_shared(link.clone()).map_err(Error::internal)?));
        }
        let source = Some(kept.source);
        Ok(Self { status: StatusCode::OK, media: JSON, headers, body: Body::Kept(kept.entry), tag, source })
    }

    /// The same, made for this one request.
    pub fn made(made: Made) -> Result<Self> {
        let Made { body, version, link, .. } = made;
        let answer = match version {
            Some(version) => Self::record(version, body),
            None => Self::json(body),
        };
        match link {
            Some(link) => answer.with(header::LINK, &link),
            None => Ok(answer),
        }
    }
}

impl Kept {
    /// An answer that nobody else will be shown.
    pub fn once(asked: &Asked<'_>, made: Made) -> Self {
        let stamp = asked.app.cache.epochs.horizon(asked.viewer.access.tenant.key).stamp(TableSet::default());
        Self { entry: Arc::new(Entry::new(made, stamp, Duration::ZERO)), source: Source::Built }
    }

    /// What RFC 9211 says of it.
    pub fn status(&self) -> String {
        let life = &self.entry.life;
        let left = life.keep.saturating_sub(life.made.elapsed()).as_secs();
        match self.source {
            Source::Hot => format!("larder; hit; ttl={left}"),
            Source::Warm | Source::Cold => format!("larder; hit; ttl={left}; detail={}", self.source.as_str()),
            Source::Shared => "larder; fwd=uri-miss; collapsed".to_owned(),
            Source::Built => "larder; fwd=uri-miss; stored".to_owned(),
        }
    }
}

fn too_many_wait() -> Error {
    Error::busy("too_slow", "Many wait for this answer, and it takes too long. Try again in a moment.")
}
