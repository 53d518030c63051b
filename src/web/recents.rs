//! The records that this person opened lately.

use crate::kernel::{Error, Id, Result};
use crate::kind::{Field, Type};

use super::answer::Answer;
use super::call::Call;
use super::form::Form;
use super::who::Viewer;

pub const RECENT: &[Field] = &[
    Field::new("kind", "Kind", Type::KindName).required(),
    Field::new("id", "Record", Type::RefAny { kind_field: "kind" }).required(),
];

pub async fn index(call: Call, viewer: Viewer) -> Result<Answer> {
    Ok(Answer::json(viewer.read(&call, |view| view.recents()).await?))
}

/// Remembers that this person opened a record.
pub async fn create(call: Call, viewer: Viewer) -> Result<Answer> {
    let form = Form::read(RECENT, &call.body)?;
    let position = call.app.registry.position(form.text("kind")).ok_or_else(Error::not_found)?;
    let id: Id = form.text("id").parse().map_err(|()| Error::field("id", "format", "Give the id of a record."))?;
    let change = viewer.read(&call, move |view| view.plan_recent(position, id)).await?;
    call.app.db.write(change).await?;
    Ok(Answer::no_content())
}
