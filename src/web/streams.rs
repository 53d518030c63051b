//! Streams of progress over HTTP: as server-sent events that come by themselves, and as plain JSON.

use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;

use actix_web::rt;
use actix_web::web::Bytes;
use serde_json::json;
use tokio::sync::mpsc;

use crate::chore::check_stream;
use crate::kernel::{Error, Id, Moment, Result};
use crate::stream::{Page, Stream, Subscription, Wake};

use super::answer::Answer;
use super::app::App;
use super::call::Call;
use super::cookie;
use super::reaper::{Held, Watched};
use super::who::Viewer;

/// Messages read at a time: what a slow reader may leave lying here is one such page.
const PAGE: i64 = 32;
/// What is quiet for longer is taken for dead, by proxies and by our own watch over connections.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How long a browser waits before it comes again, in milliseconds.
const RETRY: &str = "retry: 2000\n\n";
const MESSAGES: i64 = 200;

/// Server-sent events from the first message on, or from behind the one that the listener has.
pub async fn show(call: Call, viewer: Viewer) -> Result<Answer> {
    let id = call.id()?;
    let resumed = call.only_header("last-event-id")?.map(str::to_owned);
    let after = match &resumed {
        Some(text) => number("Last-Event-ID", text)?,
        None => after(&call)?,
    };
    let subscription = call.app.streams.hub.subscribe(id, viewer.access.actor.user)?;
    let stream = find(&call, &viewer, id).await?;
    if resumed.is_some() && stream.finished && after >= stream.last {
        // A browser that is told so does not come again.
        return Ok(Answer::no_content());
    }
    let token = if viewer.is_command() { None } else { cookie::token(&call.app, &call.request)?.map(str::to_owned) };
    let held = call.request.conn_data::<Arc<Watched>>().map(Watched::hold);
    let (sender, events) = mpsc::channel(1);
    let listener = Listener { app: Arc::clone(&call.app), stream, after, token, sender, _held: held };
    rt::spawn(listener.follow(subscription));
    Ok(Answer::events(events))
}

pub async fn messages(call: Call, viewer: Viewer) -> Result<Answer> {
    let (id, after) = (call.id()?, after(&call)?);
    let most = match call.param("limit").map(str::parse::<i64>) {
        None => MESSAGES,
        Some(Ok(n @ 1..=MESSAGES)) => n,
        Some(_) => return Err(Error::query("limit", "range", "Give a number from 1 to 200.")),
    };
    let stream = find(&call, &viewer, id).await?;
    let page = viewer.read(&call, move |view| Page::read(view.conn, id, after, most)).await?;
    let shown = page.messages.iter().map(|m| m.wire(id, stream.user, page.finished && m.sequence == page.last));
    let data: Vec<_> = shown.collect();
    Ok(Answer::fresh(
        &json!({ "data": data, "last": page.last, "finished": page.finished, "has_more": !page.is_all() }),
    ))
}

async fn find(call: &Call, viewer: &Viewer, id: Id) -> Result<Stream> {
    viewer.read(call, move |view| check_stream(view.access, Stream::load(view.conn, id)?)).await
}

fn after(call: &Call) -> Result<i64> {
    call.param("after").map_or(Ok(0), |text| number("after", text))
}

fn number(name: &str, text: &str) -> Result<i64> {
    let number = text.parse::<i64>().ok().filter(|n| *n >= 0);
    number.ok_or_else(|| Error::query(name, "type", "Give the sequence number of a message, such as 12."))
}

/// Somebody who listens: a position in a stream, and the token that lets them.
struct Listener {
    app: Arc<App>,
    stream: Stream,
    after: i64,
    /// Nothing for the server's own commands.
    token: Option<String>,
    sender: mpsc::Sender<Result<Bytes>>,
    /// Its connection is none of the ordinary ones.
    _held: Option<Held>,
}

impl Listener {
    /// Reads page by page at the listener's own pace, until the stream or the right to it ends.
    async fn follow(mut self, mut subscription: Subscription) {
        if !self.send(&subscription, RETRY.to_owned()).await {
            return;
        }
        loop {
            if !self.may_listen().await {
                return;
            }
            let (id, after) = (self.stream.id, self.after);
            let Ok(page) = self.app.db.read(move |conn| Page::read(conn, id, after, PAGE)).await else { return };
            if let Some(last) = page.messages.last() {
                self.after = last.sequence;
                if !self.send(&subscription, self.text(&page)).await || page.is_last() {
                    return;
                }
                continue;
            }
            if page.finished {
                return;
            }
            let wake = tokio::select! {
                wake = subscription.wait(HEARTBEAT) => wake,
                () = self.sender.closed() => return,
            };
            match wake {
                Wake::Stop => return,
                Wake::Quiet if !self.send(&subscription, ":\n\n".to_owned()).await => return,
                Wake::News | Wake::Look | Wake::Quiet => {}
            }
        }
    }

    /// False when nobody listens any more, or the server stops.
    async fn send(&self, subscription: &Subscription, text: String) -> bool {
        tokio::select! {
            sent = self.sender.send(Ok(Bytes::from(text))) => sent.is_ok(),
            () = subscription.stopped() => false,
        }
    }

    fn text(&self, page: &Page) -> String {
        let mut out = String::new();
        for message in &page.messages {
            let last = page.finished && message.sequence == page.last;
            let wire = message.wire(self.stream.id, self.stream.user, last);
            let _ = write!(out, "id: {}\ndata: {wire}\n\n", message.sequence);
        }
        out
    }

    /// Is the session still there, and may its person still see this? From memory, as long as nothing
    /// about them has changed.
    async fn may_listen(&self) -> bool {
        let Some(token) = &self.token else { return true };
        let now = Moment::now();
        let session = match self.app.auth.session_at_hand(token, now) {
            Some(session) => session,
            None => match self.app.auth.session(token, now).await {
                Ok(session) => session,
                Err(_) => return false,
            },
        };
        check_stream(&session.access, Some(self.stream)).is_ok()
    }
}
