//! Who edits a record, and who looks at it.

use crate::kernel::{Error, Result};
use crate::kind::{Field, Type};
use crate::record::{self, Planned, View};

use super::answer::Answer;
use super::call::Call;
use super::form::Form;
use super::who::Viewer;

pub const TOKEN: &[Field] = &[Field::new("token", "Token", Type::Int(1, i64::MAX)).required()];

/// The header in which a save says which lock it was made under.
const LOCK: &str = "larder-lock";

pub async fn show(call: Call, viewer: Viewer) -> Result<Answer> {
    Ok(Answer::fresh(&call.app.live.tell(&viewer.access, call.position()?, call.id()?).await?))
}

pub async fn take(call: Call, viewer: Viewer) -> Result<Answer> {
    Ok(Answer::fresh(&call.app.live.take(&viewer.access, call.position()?, call.id()?).await?))
}

pub async fn extend(call: Call, viewer: Viewer) -> Result<Answer> {
    let (position, id) = (call.position()?, call.id()?);
    let token = Form::read(TOKEN, &call.body)?.value("token").and_then(serde_json::Value::as_i64).unwrap_or_default();
    Ok(Answer::fresh(&call.app.live.extend(&viewer.access, position, id, token).await?))
}

pub async fn release(call: Call, viewer: Viewer) -> Result<Answer> {
    let token = call.param("token").map(|text| text.parse()).transpose();
    let token = token.map_err(|_| Error::query("token", "type", "Give a whole number."))?;
    call.app.live.release(&viewer.access, call.position()?, call.id()?, token).await?;
    Ok(Answer::no_content())
}

pub async fn beat(call: Call, viewer: Viewer) -> Result<Answer> {
    Ok(Answer::fresh(&call.app.live.beat(&viewer.access, call.position()?, call.id()?).await?))
}

pub async fn leave(call: Call, viewer: Viewer) -> Result<Answer> {
    call.app.live.leave(&viewer.access, call.position()?, call.id()?).await?;
    Ok(Answer::no_content())
}

/// The lock that a save names.
pub fn token(call: &Call) -> Result<Option<i64>> {
    let number = |text: &str| text.trim().parse().map_err(|_| Error::malformed("Larder-Lock is the token of a lock."));
    call.only_header(LOCK)?.map(number).transpose()
}

/// Has a save stand only under the lock that it names.
pub fn fence(view: &View<'_>, position: usize, planned: &mut Planned, token: Option<i64>) {
    if let (Some(token), false) = (token, planned.unchanged) {
        let (kind, access) = (view.registry.at(position), view.access);
        record::fence(&mut planned.change, access.tenant.key, kind, access.actor, planned.id, token);
    }
}
