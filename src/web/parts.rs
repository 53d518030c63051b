//! The parts of a page: those at hand from the cache, the others read in two goes at most.

use std::sync::Arc;

use crate::cache::{Made, Stamp};
use crate::kernel::Result;
use crate::page::{Ask, Load};
use crate::record::View;

use super::call::Call;
use super::kept::{Keep, Kept, Name};
use super::recipes::stamped;
use super::who::Viewer;

/// One part on its way.
struct Part {
    part: &'static str,
    name: Option<Name>,
    state: State,
}

enum State {
    Known(Result<Kept>),
    Asked(Ask),
    /// Handed to a reader.
    Read,
}

/// A page's parts, in the order asked for.
pub struct Parts(Vec<Part>);

/// What a reader gives for a part, by its place among the others.
type Outcome = (usize, Ask, Result<(Made, Stamp)>);

impl Parts {
    /// Takes from the cache what is there.
    pub fn find(call: &Call, viewer: &Viewer, load: Load) -> Self {
        let find = |(part, ask): (&'static str, Result<Ask>)| {
            let ask = match ask {
                Ok(ask) => ask,
                Err(error) => return Part { part, name: None, state: State::Known(Err(error)) },
            };
            let keep = match &ask {
                Ask::Dashboard => Some(Keep::Dashboard),
                Ask::Schema => Some(Keep::Definitions),
                // The session is another one with every sign-in.
                Ask::Ready(_) => None,
                _ if ask.is_search() => Some(Keep::Search),
                _ => Some(Keep::Records),
            };
            let personal =
                ask.is_personal() || ask.kind().is_some_and(|kind| call.app.registry.at(kind).scope.shared.is_some());
            let name = keep.and_then(|keep| Name::of_part(call, viewer, &format!("{ask:?}"), keep, personal));
            let state = match name.as_ref().and_then(|name| name.find(call)) {
                Some(found) => State::Known(Ok(found)),
                None => State::Asked(ask),
            };
            Part { part, name, state }
        };
        Self(load.parts().into_iter().map(find).collect())
    }

    /// Reads the others. A chart holds no list up: what walks over many rows is read beside the rest.
    pub async fn read(mut self, call: &Call, viewer: &Viewer) -> Result<Vec<(&'static str, Result<Kept>)>> {
        let (heavy, light) = (self.hand_out(true), self.hand_out(false));
        let (epochs, tenant) = (&call.app.cache.epochs, viewer.access.tenant.key);
        let all = |asks: Vec<(usize, Ask)>| {
            let epochs = Arc::clone(epochs);
            move |view: &View<'_>| -> Result<Vec<Outcome>> {
                let read = |(at, ask): (usize, Ask)| {
                    let made = stamped(&epochs, tenant, || ask.run(view));
                    (at, ask, made)
                };
                Ok(asks.into_iter().map(read).collect())
            }
        };
        let light = (!light.is_empty()).then(|| viewer.read(call, all(light)));
        let heavy = (!heavy.is_empty()).then(|| viewer.read_heavy(call, all(heavy)));
        for read in [light, heavy].into_iter().flatten() {
            for (at, ask, outcome) in read.await? {
                let part = &mut self.0[at];
                part.state = State::Known(outcome.map(|(made, stamp)| match part.name.take() {
                    Some(name) => name.keep(call, viewer, made, stamp, ask),
                    None => Kept::once(made, stamp),
                }));
            }
        }
        let known = |part: Part| match part.state {
            State::Known(kept) => Some((part.part, kept)),
            State::Asked(_) | State::Read => None,
        };
        Ok(self.0.into_iter().filter_map(known).collect())
    }

    fn hand_out(&mut self, heavy: bool) -> Vec<(usize, Ask)> {
        let mut out = Vec::new();
        for (at, part) in self.0.iter_mut().enumerate() {
            match std::mem::replace(&mut part.state, State::Read) {
                State::Asked(ask) if ask.is_heavy() == heavy => out.push((at, ask)),
                other => part.state = other,
            }
        }
        out
    }
}
