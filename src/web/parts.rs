//! The parts of a page: those at hand from the cache, the others read as few times as can be.

use std::sync::Arc;

use crate::cache::{Made, Source, Stamp};
use crate::db::Ticket;
use crate::kernel::{Error, Result};
use crate::page::{Ask, Content, Dashboard, Frame, Load, join};
use crate::record::View;

use super::kept::{Keep, Kept, Name};
use super::recipes::stamped;
use super::who::Asked;

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
    pub fn find(asked: &Asked<'_>, load: Load) -> Self {
        let find = |(name, content)| {
            let part = match content {
                Ok(Content::One(ask)) => Part::One(Piece::find(asked, ask)),
                Ok(Content::Many(dashboard)) => Part::many(asked, dashboard),
                Err(error) => Part::One(Piece::Known(Err(error))),
            };
            (name, part)
        };
        Self(load.parts().into_iter().map(find).collect())
    }

    /// Reads the others. A chart holds no list up: what walks over many rows is read beside the rest.
    pub async fn read(mut self, asked: &Asked<'_>) -> Result<Vec<(&'static str, Result<Kept>)>> {
        let mut pieces: Vec<&mut Piece> = self.0.iter_mut().flat_map(|(_, part)| part.pieces()).collect();
        let light = Light::begin(asked, &mut pieces);
        for piece in &mut pieces {
            piece.read_heavy(asked).await;
        }
        light.finish(asked, &mut pieces).await?;
        Ok(self.0.into_iter().map(|(name, part)| (name, part.known(asked))).collect())
    }
}

impl Part {
    fn many(asked: &Asked<'_>, dashboard: Dashboard) -> Self {
        let find = |(frame, ask)| (frame, Piece::find(asked, ask));
        Self::Many(dashboard.layout, dashboard.tiles.into_iter().map(find).collect())
    }

    fn pieces(&mut self) -> Vec<&mut Piece> {
        match self {
            Self::One(piece) => vec![piece],
            Self::Many(_, tiles) => tiles.iter_mut().map(|(_, piece)| piece).collect(),
        }
    }

    fn known(self, asked: &Asked<'_>) -> Result<Kept> {
        match self {
            Self::One(piece) => piece.known(),
            Self::Many(layout, tiles) => {
                let mut source = Source::Hot;
                let tiles = tiles.into_iter().map(|(frame, piece)| {
                    let known = piece.known().inspect(|kept| source = source.max(kept.source));
                    (frame, known.map(|kept| kept.entry.body.clone()))
                });
                let body = join(layout, tiles)?;
                Ok(Kept { source, ..Kept::once(asked, Made { body, ..Made::default() }) })
            }
        }
    }
}

impl Piece {
    fn find(asked: &Asked<'_>, ask: Ask) -> Self {
        let keep = match &ask {
            // The session is another one with every sign-in.
            Ask::Ready(_) => return Self::Asked(None, ask),
            Ask::Schema => Keep::Definitions,
            _ if ask.is_search() => Keep::Search,
            _ => Keep::Records,
        };
        let shared = |kind| asked.app.registry.at(kind).scope.shared.is_some();
        let personal = ask.is_personal() || ask.kind().is_some_and(shared);
        let name = Name::of_part(asked, &format!("{ask:?}"), keep, personal);
        match name.as_ref().and_then(|name| name.find(asked.app)) {
            Some(found) => Self::Known(Ok(found)),
            None => Self::Asked(name, ask),
        }
    }

    /// Takes out what is still to be asked for, if it is of that weight.
    fn take(&mut self, asked: &Asked<'_>, heavy: bool) -> Option<(Option<Name>, Ask)> {
        match std::mem::replace(self, Self::Awaited) {
            Self::Asked(name, ask) if ask.is_heavy(&asked.app.registry, &asked.viewer.access) == heavy => {
                Some((name, ask))
            }
            other => {
                *self = other;
                None
            }
        }
    }

    /// One after the other, so that nobody has more than one turn in the queue, and each once for all
    /// who ask for the same.
    async fn read_heavy(&mut self, asked: &Asked<'_>) {
        let Some((name, ask)) = self.take(asked, true) else { return };
        let read = move |view: &View<'_>| ask.run(view);
        *self = Self::Known(match name {
            Some(name) => name.build(asked, true, true, read).await,
            None => asked.read(true, read).await.map(|made| Kept::once(asked, made)),
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
    fn begin(asked: &Asked<'_>, pieces: &mut [&mut Piece]) -> Self {
        let (mut names, mut asks) = (Names::new(), Vec::new());
        for (at, piece) in pieces.iter_mut().enumerate() {
            if let Some((name, ask)) = piece.take(asked, false) {
                names.push((at, name));
                asks.push(ask);
            }
        }
        if asks.is_empty() {
            return Self(None);
        }
        let (epochs, tenant) = (Arc::clone(&asked.app.cache.epochs), asked.viewer.access.tenant.key);
        let ticket = asked.read(false, move |view| {
            let read = |ask: Ask| {
                let made = stamped(&epochs, tenant, || ask.run(view));
                (ask, made)
            };
            Ok(asks.into_iter().map(read).collect())
        });
        Self(Some((names, ticket)))
    }

    async fn finish(self, asked: &Asked<'_>, pieces: &mut [&mut Piece]) -> Result<()> {
        let Some((names, ticket)) = self.0 else { return Ok(()) };
        for ((at, name), (ask, outcome)) in names.into_iter().zip(ticket.await?) {
            *pieces[at] = Piece::Known(outcome.map(|(made, stamp)| match name {
                Some(name) => name.keep(asked, made, stamp, ask),
                None => Kept::once(asked, made),
            }));
        }
        Ok(())
    }
}
