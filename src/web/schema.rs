//! Kinds and fields as this viewer may see them.

use crate::kernel::Result;
use crate::page;

use super::answer::Answer;
use super::call::Call;
use super::who::Viewer;

pub async fn show(call: Call, viewer: Viewer) -> Result<Answer> {
    Ok(Answer::json(page::schema(&call.app.registry, &viewer.access).to_string().into_bytes()))
}
