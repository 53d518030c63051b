//! The dashboard of the viewer's role, under the path that the sources name (C20).

use crate::kernel::Result;
use crate::page;

use super::answer::Answer;
use super::call::Call;
use super::who::Viewer;

pub async fn show(call: Call, viewer: Viewer) -> Result<Answer> {
    Ok(Answer::json(viewer.read_heavy(&call, page::dashboard).await?))
}
