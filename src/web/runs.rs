//! What somebody had made behind the scenes, for nobody but them: managers see that it runs, not what it
//! says.

use crate::chore::{Chore, Document, State};
use crate::kernel::{Error, Id, Result};
use crate::record::View;

use super::call::Call;
use super::who::Viewer;

/// The viewer's own chore of this kind that the path names, with its document once it is done.
///
/// # Errors
/// A conflict when it was made with other rights than the viewer has now.
pub async fn own(call: &Call, viewer: &Viewer, kind: &'static str) -> Result<(Chore, Option<Document>)> {
    let id = call.id()?;
    let found = viewer.read(call, move |view| {
        let chore = mine(view, id, kind)?;
        let document = if chore.state == State::Done { Document::load(view.conn, id)? } else { None };
        Ok((chore, document))
    });
    let (chore, document) = found.await?;
    if document.is_some_and(|document| document.rights != viewer.access.fingerprint) {
        return Err(Error::conflict("rights_changed", "Your rights have changed since this was made. Run it again."));
    }
    Ok((chore, document))
}

/// The chore of this kind and id that the viewer asked for.
pub fn mine(view: &View<'_>, id: Id, kind: &str) -> Result<Chore> {
    let user = view.access.actor.user;
    let own = |chore: &Chore| {
        chore.kind == kind && chore.tenant == view.access.tenant.key && user.is_some() && chore.created_by == user
    };
    Chore::load(view.conn, id)?.filter(own).ok_or_else(Error::not_found)
}
