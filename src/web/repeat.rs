//! `Idempotency-Key`: a POST that is sent twice does its deed once.

use actix_web::http::header::HeaderName;
use sha2::{Digest, Sha256};

use crate::kernel::{Error, Id, Result};
use crate::record::{Idempotency, Planned, View};

use super::answer::Answer;
use super::body::{Incoming, Upload};
use super::call::Call;
use super::who::Viewer;

/// What a deed made, now or at an earlier request with the same key.
pub struct Made {
    pub id: Id,
    replayed: bool,
}

impl Made {
    /// Says so when the deed was done before.
    pub fn mark(&self, answer: Answer) -> Answer {
        mark(self.replayed, answer)
    }
}

/// Says so when the deed was done before.
pub fn mark(replayed: bool, answer: Answer) -> Answer {
    let name = HeaderName::from_static("idempotency-replayed");
    if replayed { answer.with_static(name, "true") } else { answer }
}

/// The request's key, bound to its address and its body.
pub fn key(call: &Call) -> Result<Option<Idempotency>> {
    let Some(key) = call.only_header("idempotency-key")? else { return Ok(None) };
    Idempotency::check_key(key)?;
    let body_sha256 = match &call.body {
        Incoming::Bytes(bytes) => Sha256::digest(bytes).into(),
        Incoming::Upload(Upload { sha256: Some(sha256), .. }) => *sha256,
        Incoming::Nothing | Incoming::Upload(_) | Incoming::Wire(_) => Sha256::digest([]).into(),
    };
    Ok(Some(Idempotency {
        route: format!("{} {}", call.route.verb.as_str(), call.path()),
        key: key.to_owned(),
        body_sha256,
    }))
}

/// What an earlier request with this key made; for deeds of several steps, which ask before the first.
pub async fn earlier(call: &Call, viewer: &Viewer, key: Option<&Idempotency>) -> Result<Option<Made>> {
    let Some(key) = key.cloned() else { return Ok(None) };
    let found = viewer.read(call, move |view| key.earlier(view)).await?;
    Ok(found.map(|id| Made { id, replayed: true }))
}

/// Plans and commits a deed that makes a record of that kind; the key is kept in the same change.
pub async fn once<F>(
    call: &Call,
    viewer: &Viewer,
    kind: &'static str,
    key: Option<Idempotency>,
    plan: F,
) -> Result<Made>
where
    F: Fn(&View<'_>) -> Result<Planned> + Send + 'static,
{
    let again = key.clone();
    let outcome = viewer.read(call, move |view| {
        if let Some(earlier) = key.as_ref().map_or(Ok(None), |k| k.earlier(view))? {
            return Ok(Err(earlier));
        }
        let mut planned = plan(view)?;
        if let Some(key) = &key {
            key.remember(view, &mut planned.change, kind, planned.id);
        }
        Ok(Ok(planned))
    });
    let planned = match outcome.await? {
        Ok(planned) => planned,
        Err(earlier) => return Ok(Made { id: earlier, replayed: true }),
    };
    let id = planned.id;
    let written = call.app.db.write(planned.change).await;
    Ok(match settle(call, viewer, again, written).await? {
        Some(earlier) => Made { id: earlier, replayed: true },
        None => Made { id, replayed: false },
    })
}

/// Of two requests with one key that come at the same time the second finds, at its commit, that
/// the first was there: then this gives what that one made.
pub async fn settle(call: &Call, viewer: &Viewer, key: Option<Idempotency>, written: Result<()>) -> Result<Option<Id>> {
    let (error, key) = match (written, key) {
        (Ok(()), _) => return Ok(None),
        (Err(error @ Error::Conflict(_)), Some(key)) => (error, key),
        (Err(error), _) => return Err(error),
    };
    match viewer.read(call, move |view| key.earlier(view)).await? {
        Some(id) => Ok(Some(id)),
        None => Err(error),
    }
}
