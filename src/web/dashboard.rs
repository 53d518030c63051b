//! The dashboard of the viewer's role, under the path that the sources name (C20).

use crate::kernel::{Error, Result};
use crate::page::Load;

use super::answer::Answer;
use super::call::Call;
use super::parts::Parts;
use super::who::{Asked, Viewer};

pub async fn show(call: Call, viewer: Viewer) -> Result<Answer> {
    let load = Load::dashboard(&call.app.registry, &viewer.access);
    let asked = Asked::of(&call, &viewer);
    let parts = Parts::find(&asked, load).read(&asked).await?;
    let (_, dashboard) = parts.into_iter().next().ok_or_else(Error::not_found)?;
    Answer::kept(dashboard?)
}
