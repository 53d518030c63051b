//! The parts of a page: those at hand from the cache, the others read as few times as can be.

use std::sync::Arc;

use crate::cache::{Made, Source, Stamp};
use crate::db::Ticket;
use crate::kernel::{Error, Result};
use crate::page::{Ask, Content, Dashboard, Frame, Load, join};
use crate::record::View;

use super::call::Call;
use super::kept::{Keep, Kept, Name};
use super::recipes::stamped;
use super::who::Viewer;

/// One part on its way.
enum Part {
    One(Piece),
    /// A dashboard with its tiles.
    Many(&'static str, Vec<(Frame, Piece)>),
}

/// What is kept, or read, for itself.
enum Piece {
    Known(Result<Kept>),
    Asked(Option<Name>, Ask),
    /// In the hands of a reader.
    Awaited,
}

/// A page's parts, in the order asked for.
pub struct Parts(Vec<(&'static str, Part)>);

impl Parts {
    /// Takes from the cache what is there.
    pub fn find(call: &Call, viewer: &Viewer, load: Load) -> Self {
        let find = |(name, content)| {
            let part = match content {
                Ok(Content::One(ask)) => Part::One(Piece::find(call, viewer, ask)),
                Ok(Content::Many(dashboard)) => Part::many(call, viewer, dashboard),
                Err(error) => Part::One(Piece::Known(Err(error))),
            };
            (name, part)
        };
        Self(load.parts().into_iter().map(find).collect())
    }

    /// Reads the others. A chart holds no list up: what walks over many rows is read beside the rest.
    pub async fn read(mut self, call: &Call, viewer: &Viewer) -> Result<Vec<(&'static str, Result<Kept>)>> {
        let mut pieces: Vec<&mut Piece> = self.0.iter_mut().flat_map(|(_, part)| part.pieces()).collect();
        let light = Light::begin(call, viewer, &mut pieces);
        for piece in &mut pieces {
            piece.read_heavy(call, viewer).await;
        }
        light.finish(call, viewer, &mut pieces).await?;
        Ok(self.0.into_iter().map(|(name, part)| (name, part.known(call, viewer))).collect())
    }
}

impl Part {
    fn many(call: &Call, viewer: &Viewer, dashboard: Dashboard) -> Self {
        let find = |(frame, ask)| (frame, Piece::find(call, viewer, ask));
        Self::Many(dashboard.layout, dashboard.tiles.into_iter().map(find).collect())
    }

    fn pieces(&mut self) -> Vec<&mut Piece> {
        match self {
            Self::One(piece) => vec![piece],
            Self::Many(_, tiles) => tiles.iter_mut().map(|(_, piece)| piece).collect(),
        }
    }

    fn known(self, call: &Call, viewer: &Viewer) -> Result<Kept> {
        match self {
            Self::One(piece) => piece.known(),
            Self::Many(layout, tiles) => {
                let mut source = Source::Hot;
                let tiles = tiles.into_iter().map(|(frame, piece)| {
                    let known = piece.known().inspect(|kept| {
                        if kept.source == Source::Built {
                            source = Source::Built;
                        }
                    });
                    (frame, known.map(|kept| kept.entry.body.clone()))
                });
                let body = join(layout, tiles)?;
                Ok(Kept { source, ..Kept::once(call, viewer, Made { body, ..Made::default() }) })
            }
        }
    }
}

impl Piece {
    fn find(call: &Call, viewer: &Viewer, ask: Ask) -> Self {
        let keep = match &ask {
            // The session is another one with every sign-in.
            Ask::Ready(_) => return Self::Asked(None, ask),
            Ask::Schema => Keep::Definitions,
            _ if ask.is_search() => Keep::Search,
            _ => Keep::Records,
        };
        let shared = |kind| call.app.registry.at(kind).scope.shared.is_some();
        let personal = ask.is_personal() || ask.kind().is_some_and(shared);
        let name = Name::of_part(call, viewer, &format!("{ask:?}"), keep, personal);
        match name.as_ref().and_then(|name| name.find(call)) {
            Some(found) => Self::Known(Ok(found)),
            None => Self::Asked(name, ask),
        }
    }

    /// Takes out what is still to be asked for, if it is of that weight.
    fn take(&mut self, viewer: &Viewer, heavy: bool) -> Option<(Option<Name>, Ask)> {
        match std::mem::replace(self, Self::Awaited) {
            Self::Asked(name, ask) if ask.is_heavy(&viewer.access) == heavy => Some((name, ask)),
            other => {
                *self = other;
                None
            }
        }
    }

    /// One after the other, so that nobody has more than one turn in the queue, and each once for all
    /// who ask for the same.
    async fn read_heavy(&mut self, call: &Call, viewer: &Viewer) {
        let Some((name, ask)) = self.take(viewer, true) else { return };
        let read = move |view: &View<'_>| ask.run(view);
        *self = Self::Known(match name {
            Some(name) => name.build(call, viewer, true, true, read).await,
            None => viewer.read_heavy(call, read).await.map(|made| Kept::once(call, viewer, made)),
        });
    }

    fn known(self) -> Result<Kept> {
        match self {
            Self::Known(known) => known,
            Self::Asked(..) | Self::Awaited => Err(Error::internal("a part of a page was not read")),
        }
    }
}

/// The names of what a reader was asked for, by place among the pieces.
type Names = Vec<(usize, Option<Name>)>;
/// What it gives for each of them.
type Outcome = (Ask, Result<(Made, Stamp)>);

/// All that is quickly read, in one go.
struct Light(Option<(Names, Ticket<Vec<Outcome>>)>);

impl Light {
    fn begin(call: &Call, viewer: &Viewer, pieces: &mut [&mut Piece]) -> Self {
        let (mut names, mut asks) = (Names::new(), Vec::new());
        for (at, piece) in pieces.iter_mut().enumerate() {
            if let Some((name, ask)) = piece.take(viewer, false) {
                names.push((at, name));
                asks.push(ask);
            }
        }
        if asks.is_empty() {
            return Self(None);
        }
        let (epochs, tenant) = (Arc::clone(&call.app.cache.epochs), viewer.access.tenant.key);
        let ticket = viewer.read(call, move |view| {
            let read = |ask: Ask| {
                let made = stamped(&epochs, tenant, || ask.run(view));
                (ask, made)
            };
            Ok(asks.into_iter().map(read).collect())
        });
        Self(Some((names, ticket)))
    }

    async fn finish(self, call: &Call, viewer: &Viewer, pieces: &mut [&mut Piece]) -> Result<()> {
        let Some((names, ticket)) = self.0 else { return Ok(()) };
        for ((at, name), (ask, outcome)) in names.into_iter().zip(ticket.await?) {
            *pieces[at] = Piece::Known(outcome.map(|(made, stamp)| match name {
                Some(name) => name.keep(call, viewer, made, stamp, ask),
                None => Kept::once(call, viewer, made),
            }));
        }
        Ok(())
    }
}
