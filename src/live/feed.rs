//! Tells the sockets what became of the records on their screens: each only as its viewer would read
//! it, and once for all who see the same.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use serde_json::{Map, Value as Json, json};

use crate::auth::Session;
use crate::kernel::{Error, Id, Moment, Result};
use crate::record::{Lock, Selection, View};

use super::hub::News;
use super::outbox::{MOST_SENT, RESYNC};
use super::presence::Here;
use super::seat::{Seat, Watch};
use super::{Live, Record};

/// After so long the rights are looked at again, when the store could not say.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// What a socket asks for.
#[derive(Clone, Debug)]
pub struct Wish {
    pub position: usize,
    pub id: Id,
    /// The version that is on screen.
    pub version: Option<i64>,
    pub include: String,
}

/// All who are told the very same of a record.
struct Group {
    seats: Vec<Arc<Seat>>,
    rights: u64,
    /// The one person whom it is for, where it reads otherwise to each.
    user: Option<Id>,
    include: Arc<str>,
}

impl Live {
    /// Tells the sockets, for as long as the server runs.
    pub async fn feed(self: Arc<Self>) {
        loop {
            for (record, news) in self.hub.news().await {
                for part in news.parts() {
                    self.deliver(record, part).await;
                }
            }
        }
    }

    /// Closes sockets of sessions that ended, and takes away what somebody may no longer see, for as
    /// long as the server runs. Beside [`Self::feed`], which looks at the rights of everybody whom it
    /// tells anything and does not have to wait for this.
    pub async fn watch_rights(self: Arc<Self>) {
        loop {
            self.hub.rights().await;
            if !self.look_after_rights().await {
                tokio::time::sleep(LOOK_AGAIN).await;
                self.hub.rights_moved();
            }
        }
    }

    /// Has a socket watch a record, and tells it how that stands.
    ///
    /// # Errors
    /// As for reading the record; `too_many_watched` when the socket watches as much as it may.
    pub async fn watch(&self, seat: &Arc<Seat>, wish: Wish) -> Result<()> {
        let access = self.present(seat).await?.access.clone();
        let record = Record::of(&access, wish.position, wish.id);
        let selection = selection(&wish.include)?;
        // Who may not see it is not told either that something happened to it.
        self.read(&access, move |view| view.check_readable(record.position, record.id)).await?;
        // Watched first and read then: what is committed in between is told of twice, not missed.
        if !self.hub.watch(seat, Watch { record, include: wish.include.as_str().into() }) {
            let why = "One window follows at most four records. Leave one of them first.";
            return Err(Error::invalid("too_many_watched", why));
        }
        let here = self.presence.of(record, Moment::steady());
        let news = News { lock: true, presence: true, ..News::default() };
        let read = self.read(&access, move |view| {
            let found = view.get(record.position, record.id, &selection)?;
            let mut all = match wish.version {
                Some(version) if version == found.version => Vec::new(),
                _ => vec![changed(view, record, found.version, &found.body, None)?],
            };
            all.extend(beside(view, record, news, &here)?);
            Ok(all)
        });
        match read.await {
            Ok(messages) => {
                messages.into_iter().for_each(|message| self.hub.send(seat, message));
                Ok(())
            }
            Err(error) => {
                self.hub.unwatch(seat, record);
                Err(error)
            }
        }
    }

    /// The session behind a socket as it stands now; a socket whose session has ended closes.
    async fn present(&self, seat: &Arc<Seat>) -> Result<Arc<Session>> {
        let session = seat.session();
        let renewed = self.auth.renewed(&session, Moment::now()).await;
        match &renewed {
            Ok(renewed) if !Arc::ptr_eq(&session, renewed) => seat.renew(Arc::clone(renewed)),
            Err(Error::Unauthorized(_)) => seat.outbox.close(),
            _ => {}
        }
        renewed
    }

    /// Somebody's rights moved: sockets of ended sessions close, and nobody goes on watching what they
    /// may no longer see. False when the store could not say that of everybody.
    async fn look_after_rights(&self) -> bool {
        let mut all = true;
        for seat in self.hub.seats() {
            let before = seat.session();
            let session = match self.present(&seat).await {
                Ok(session) => session,
                Err(error) => {
                    all &= matches!(error, Error::Unauthorized(_));
                    continue;
                }
            };
            if Arc::ptr_eq(&before, &session) {
                continue;
            }
            for Watch { record, .. } in seat.watched() {
                let own = record.tenant == session.access.tenant.key;
                let read = self.read(&session.access, move |view| view.check_readable(record.position, record.id));
                if !own || matches!(read.await, Err(Error::NotFound(_) | Error::Forbidden(_))) {
                    self.gone(&seat, record);
                }
            }
        }
        all
    }

    async fn deliver(&self, record: Record, news: News) {
        for group in self.groups(record, news).await {
            let Some(first) = group.seats.first() else { continue };
            let here = self.presence.of(record, Moment::steady());
            let Ok(selection) = selection(&group.include) else { continue };
            let read = self.read(&first.access(), move |view| {
                let mut all = Vec::new();
                if news.changed {
                    let found = view.get(record.position, record.id, &selection)?;
                    all.push(changed(view, record, found.version, &found.body, news.by)?);
                }
                all.extend(beside(view, record, news, &here)?);
                Ok(all)
            });
            match read.await {
                Ok(messages) => {
                    for (seat, message) in group.seats.iter().flat_map(|seat| messages.iter().map(move |m| (seat, m))) {
                        self.hub.send(seat, message.clone());
                    }
                }
                Err(Error::NotFound(_) | Error::Forbidden(_)) => {
                    group.seats.iter().for_each(|seat| self.gone(seat, record));
                }
                Err(error) => {
                    tracing::warn!(%error, "sockets could not be told of a change and ask for it themselves");
                    group.seats.iter().for_each(|seat| self.hub.send(seat, RESYNC));
                }
            }
        }
    }

    /// Those who watch the record, by what they see of it. Lock and presence read otherwise to each
    /// person, as do records that people share by themselves.
    async fn groups(&self, record: Record, news: News) -> Vec<Group> {
        let personal = self.registry.at(record.position).scope.shared.is_some() || news.lock || news.presence;
        let mut groups: Vec<Group> = Vec::new();
        for seat in self.hub.watchers(record) {
            let session = match self.present(&seat).await {
                Ok(session) => session,
                Err(Error::Unauthorized(_)) => continue,
                // The store cannot say just now, so nothing is told; what was missed is asked for later.
                Err(_) => {
                    self.hub.send(&seat, RESYNC);
                    continue;
                }
            };
            let Some(watch) = seat.watch_of(record) else { continue };
            let (rights, user) = (session.access.fingerprint, personal.then_some(session.user));
            let alike =
                |group: &&mut Group| group.rights == rights && group.user == user && group.include == watch.include;
            match groups.iter_mut().find(alike) {
                Some(group) => group.seats.push(seat),
                None => groups.push(Group { seats: vec![seat], rights, user, include: watch.include }),
            }
        }
        groups
    }

    /// The record was deleted, or moved out of this viewer's sight.
    fn gone(&self, seat: &Arc<Seat>, record: Record) {
        self.hub.unwatch(seat, record);
        let mut told = Map::new();
        told.insert("gone".to_owned(), named(self.registry.at(record.position).name, record));
        self.hub.send(seat, Json::Object(told).to_string().into());
    }
}

fn selection(include: &str) -> Result<Selection> {
    Selection::parse(None, Some(include).filter(|include| !include.is_empty()))
}

fn named(kind: &str, record: Record) -> Json {
    json!({"kind": kind, "id": record.id.to_string()})
}

/// `{"changed":{kind,id,version,by,record}}`: the record as GET would answer it to this viewer. Without
/// `record` it is too large to be sent to everybody who looks on, some of whom may read slowly.
fn changed(view: &View<'_>, record: Record, version: i64, body: &[u8], by: Option<Id>) -> Result<Bytes> {
    let by = match by {
        Some(user) => view.person_seen(user)?.map(|name| json!({"id": user.to_string(), "name": name})),
        None => None,
    };
    let head = json!({
        "by": by,
        "kind": view.registry.at(record.position).name,
        "id": record.id.to_string(),
        "version": version,
    })
    .to_string();
    let mut message = Vec::with_capacity(body.len().min(MOST_SENT) + 200);
    message.extend_from_slice(b"{\"changed\":");
    message.extend_from_slice(head.strip_suffix('}').unwrap_or(&head).as_bytes());
    if body.len() <= MOST_SENT {
        message.extend_from_slice(b",\"record\":");
        message.extend_from_slice(body);
    }
    message.extend_from_slice(b"}}");
    Ok(message.into())
}

/// The lock and who is there.
fn beside(view: &View<'_>, record: Record, news: News, here: &[Here]) -> Result<Vec<Bytes>> {
    let mut all = Vec::new();
    let mut tell = |what: &str, name: &str, value: Json| {
        let mut told = named(view.registry.at(record.position).name, record);
        told[name] = value;
        all.push(json!({ what: told }).to_string().into());
    };
    if !news.lock && !news.presence {
        return Ok(all);
    }
    let lock = view.lock(record.position, record.id)?;
    if news.lock {
        let told = lock.as_ref().map(|lock| view.lock_told(lock, Moment::steady())).transpose()?;
        tell("lock", "lock", told.unwrap_or(Json::Null));
    }
    tell("presence", "people", people(view, lock.as_ref(), here, view.access.actor.user)?);
    Ok(all)
}

/// Who is on the record beside the viewer: `[{id,name,since,editing}]`. Only people whose names the
/// viewer may read. Who of the office looks at a record is nobody else's business, so a client hears
/// of no one there, and not even that somebody is: a lock alone, which stands in their way, is
/// shown to them, and then without a name.
pub fn people(view: &View<'_>, lock: Option<&Lock>, here: &[Here], own: Option<Id>) -> Result<Json> {
    let others: Vec<_> = here.iter().filter(|here| Some(here.user) != own).collect();
    let names = view.people_seen(&others.iter().map(|here| here.user).collect::<Vec<_>>())?;
    let told = |here: &&Here| {
        let name = names.get(&here.user)?;
        let editing = lock.is_some_and(|lock| lock.holder == here.user);
        Some(json!({
            "id": here.user.to_string(),
            "name": name,
            "since": here.since.to_string(),
            "editing": editing,
        }))
    };
    Ok(others.iter().filter_map(told).collect())
}
