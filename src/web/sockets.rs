//! Sockets: what happens to the record on screen, as it happens (R22 to R24, R27).
//!
//! A socket holds next to nothing while it is idle. It asks with `{"watch":{"kind","id",…}}` and
//! `{"unwatch":{"kind","id"}}`; what it is told is made by [`crate::live`]. The record comes as this
//! viewer would GET it, so that a screen can show it at once. Whatever else changes, lists above all,
//! is not followed.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use actix_web::web::{Bytes, Payload};
use actix_web::{FromRequest, rt};
use actix_ws::{CloseCode, CloseReason, Message, MessageStream, Session as Wire};
use serde::Deserialize;
use serde_json::json;
use tokio::time::{Instant, MissedTickBehavior, interval_at, timeout};

use crate::kernel::{Error, Id, Result};
use crate::live::{Hub, Live, MOST_SENT, Next, Record, Seat, Wish};

use super::answer::Answer;
use super::app::App;
use super::body::Incoming;
use super::call::Call;
use super::origin::check_same_site;
use super::reaper::{Held, Watched};
use super::who::Viewer;

/// Who did not answer so many times is not there any more.
const SILENCES: u32 = 2;
/// The largest message that anybody has reason to send.
const MOST_BYTES: usize = 4 * 1024;
/// So many messages in so long: a person goes from record to record, and not faster.
const MOST_MESSAGES: u32 = 60;
const WINDOW: Duration = Duration::from_secs(30);
/// So much is sent before the other side has to say that it read it. The library's own queue holds 32
/// messages of any size, and as many more on their way: for who does not read, this is the bound.
const MOST_UNREAD: usize = MOST_SENT;
/// Who does not read for so long is gone.
const STALL: Duration = Duration::from_secs(30);

/// What a screen asks for.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Asked {
    Watch(Named),
    Unwatch(Named),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    kind: String,
    id: String,
    #[serde(default)]
    version: Option<i64>,
    #[serde(default)]
    include: String,
}

/// One open socket.
struct Socket {
    app: Arc<App>,
    seat: Arc<Seat>,
    wire: Wire,
    /// Messages of the present window.
    heard: u32,
    window: Instant,
    silent: u32,
    /// Bytes sent since the other side last said that it read.
    unread: usize,
    /// What it has to say for that, while it is asked; until then nothing more is sent.
    asked: Option<Id>,
    /// Its connection is none of the ordinary ones, and has a heartbeat of its own.
    _held: Option<Held>,
}

/// Why a socket ends.
enum End {
    /// The other side is gone, or does not answer.
    Gone,
    Told(CloseCode, &'static str),
}

pub async fn open(call: Call, viewer: Viewer) -> Result<Answer> {
    // A page of another site can open sockets, and the browser sends our cookie along.
    check_same_site(&call.request)?;
    let Incoming::Wire(mut payload) = call.body else { return Err(upgrade()) };
    let session = viewer.seated()?;
    let payload = Payload::from_request(&call.request, &mut payload).await.map_err(|_| upgrade())?;
    let (handshake, wire, messages) = actix_ws::handle(&call.request, payload).map_err(|_| upgrade())?;
    let seat = call.app.live.hub.join(session)?;
    let held = call.request.conn_data::<Arc<Watched>>().map(|watched| {
        watched.let_go((SILENCES + 1) * heartbeat(&call.app));
        watched.hold()
    });
    let now = Instant::now();
    let socket =
        Socket { app: call.app, seat, wire, heard: 0, window: now, silent: 0, unread: 0, asked: None, _held: held };
    rt::spawn(socket.serve(messages.max_frame_size(MOST_BYTES)));
    Ok(Answer::socket(handshake))
}

fn upgrade() -> Error {
    Error::invalid("upgrade_required", "This address speaks the WebSocket protocol. Open it as ws:// or wss://.")
}

fn heartbeat(app: &App) -> Duration {
    Duration::from_secs(app.config.heartbeat_s.into())
}

impl Socket {
    async fn serve(mut self, mut messages: MessageStream) {
        let end = self.go_on(&mut messages).await;
        self.live().hub.leave(&self.seat);
        if let End::Told(code, why) = end {
            let reason = CloseReason { code, description: Some(why.to_owned()) };
            let _ = timeout(STALL, self.wire.close(Some(reason))).await;
        }
    }

    fn live(&self) -> &Arc<Live> {
        &self.app.live
    }

    async fn go_on(&mut self, messages: &mut MessageStream) -> End {
        let often = heartbeat(&self.app);
        let mut beat = interval_at(Instant::now() + often, often);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let seat = Arc::clone(&self.seat);
        loop {
            let ended = {
                let next = pin!(seat.outbox.next(self.asked.is_none()));
                tokio::select! {
                    message = messages.recv() => self.hear(message).await,
                    next = next => self.tell(next).await,
                    _ = beat.tick() => self.beat().await,
                }
            };
            if let Err(end) = ended {
                return end;
            }
        }
    }

    async fn hear(
        &mut self,
        message: Option<std::result::Result<Message, actix_ws::ProtocolError>>,
    ) -> Result<(), End> {
        let message = match message {
            Some(Ok(message)) => message,
            Some(Err(_)) => return Err(End::Told(CloseCode::Protocol, "This message could not be read.")),
            None => return Err(End::Gone),
        };
        if let Message::Pong(said) = &message
            && self.asked.is_some_and(|asked| said == asked.as_bytes().as_slice())
        {
            (self.asked, self.unread, self.silent) = (None, 0, 0);
            return Ok(());
        }
        self.count()?;
        match message {
            Message::Text(text) => self.obey(&text).await,
            Message::Ping(bytes) => sent(timeout(STALL, self.wire.pong(&bytes)).await),
            Message::Pong(_) => {
                // Only an answer shows that the other side reads, and only to the last question.
                if self.asked.is_none() {
                    self.silent = 0;
                }
                Ok(())
            }
            Message::Nop => Ok(()),
            Message::Close(_) => Err(End::Told(CloseCode::Normal, "")),
            Message::Binary(_) | Message::Continuation(_) => {
                Err(End::Told(CloseCode::Unsupported, "Send short messages of text."))
            }
        }
    }

    /// Counts what comes: nobody needs to say much.
    fn count(&mut self) -> Result<(), End> {
        if self.window.elapsed() > WINDOW {
            (self.window, self.heard) = (Instant::now(), 0);
        }
        self.heard += 1;
        match self.heard > MOST_MESSAGES {
            true => Err(End::Told(CloseCode::Policy, "Too many messages. Connect again in a while.")),
            false => Ok(()),
        }
    }

    async fn obey(&mut self, text: &str) -> Result<(), End> {
        let Ok(asked) = serde_json::from_str::<Asked>(text) else {
            return Err(End::Told(CloseCode::Policy, "Ask with watch or unwatch."));
        };
        let (Asked::Watch(named) | Asked::Unwatch(named)) = &asked;
        let found = self.app.registry.position(&named.kind).zip(named.id.parse::<Id>().ok());
        let Some((position, id)) = found else { return self.refuse(named, &Error::not_found()) };
        match &asked {
            Asked::Unwatch(_) => {
                let record = Record::of(&self.seat.access(), position, id);
                self.live().hub.unwatch(&self.seat, record);
                Ok(())
            }
            Asked::Watch(named) => {
                let wish = Wish { position, id, version: named.version, include: named.include.clone() };
                match self.live().watch(&self.seat, wish).await {
                    Ok(()) => Ok(()),
                    Err(error) => self.refuse(named, &error),
                }
            }
        }
    }

    /// A record that cannot be watched is told of like one that is gone, with the reason.
    fn refuse(&mut self, named: &Named, error: &Error) -> Result<(), End> {
        let detail = error.detail().map_or("It cannot be followed just now.", |detail| &detail.message);
        let told = json!({"refused": {"kind": named.kind, "id": named.id, "code": error.code(), "detail": detail}});
        self.hub().send(&self.seat, told.to_string().into());
        Ok(())
    }

    async fn tell(&mut self, next: Next) -> Result<(), End> {
        match next {
            Next::Send(message) => {
                self.unread += message.len();
                sent(timeout(STALL, self.wire.text(text(message))).await)?;
                self.hub().note_sent();
                if self.unread < MOST_UNREAD {
                    return Ok(());
                }
                // Nobody guesses it: who says it has read everything up to here.
                let asked = self.asked.insert(Id::new()).as_bytes().to_owned();
                sent(timeout(STALL, self.wire.ping(&asked)).await)
            }
            Next::Close => Err(End::Told(CloseCode::Away, "Signed out, or the server stops.")),
        }
    }

    fn hub(&self) -> &Hub {
        &self.app.live.hub
    }

    async fn beat(&mut self) -> Result<(), End> {
        if self.silent >= SILENCES {
            return Err(End::Gone);
        }
        self.silent += 1;
        sent(timeout(STALL, self.wire.ping(b"")).await)
    }
}

fn sent<T, E>(outcome: std::result::Result<std::result::Result<(), T>, E>) -> Result<(), End> {
    match outcome {
        Ok(Ok(())) => Ok(()),
        _ => Err(End::Gone),
    }
}

/// Our own JSON is text; shared by all sockets that get it.
fn text(message: Bytes) -> String {
    String::from_utf8_lossy(&message).into_owned()
}
