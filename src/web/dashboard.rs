//! The dashboard of the viewer's role, under the path that the sources name (C20).

use crate::cache::Made;
use crate::kernel::Result;
use crate::page;
use crate::record::View;

use super::answer::Answer;
use super::call::Call;
use super::kept::{Keep, Name, kept};
use super::who::Viewer;

pub async fn show(call: Call, viewer: Viewer) -> Result<Answer> {
    let name = Name::of(&call, &viewer, Keep::Dashboard, true);
    let read = |view: &View<'_>| Ok(Made { body: page::dashboard(view)?, ..Made::default() });
    kept(&call, &viewer, name, true, || Ok(read)).await
}
