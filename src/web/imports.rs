//! Imports over HTTP: a file comes in, is looked at, set up, tried, carried out and, if need be, taken back.

use std::fs::File;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::rt;
use actix_web::web::{Bytes, block};
use serde_json::Value;
use tokio::sync::mpsc;

use crate::auth::Auth;
use crate::kernel::{Error, Id, Result};
use crate::kind::Access;
use crate::record::{Imports, Unfinished};

use super::answer::Answer;
use super::body::Incoming;
use super::call::Call;
use super::who::Viewer;

const CSV: &str = "text/csv; charset=utf-8";
pub const MEDIA: &[&str] = &[CSV];

/// Takes a file in as a draft; with `start=true` it is carried out with the suggested mapping.
pub async fn create(mut call: Call, viewer: Viewer) -> Result<Answer> {
    call.app.memory.check_heavy()?;
    let kind = call
        .param("kind")
        .ok_or_else(|| Error::query("kind", "required", "Say what the rows are, such as companies."))?;
    if call.app.registry.get(kind).is_none() {
        return Err(Error::query("kind", "unknown_value", "There is no such kind of record."));
    }
    let start = match call.param("start") {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => return Err(Error::query("start", "type", "Give true or false.")),
    };
    let (kind, name) = (kind.to_owned(), call.param("file_name").unwrap_or("import").to_owned());
    let Incoming::Upload(upload) = std::mem::replace(&mut call.body, Incoming::Nothing) else {
        return Err(Error::malformed("Send the file as the body."));
    };
    if upload.size == 0 {
        return Err(Error::malformed("The file is empty. Send the file itself as the body."));
    }
    let import = work(&call, &viewer, move |imports, access| {
        let file = File::open(upload.path()).map_err(Error::internal)?;
        let draft = imports.create(access, &kind, &name, file)?;
        if start { imports.start(access, id_of(&draft)?) } else { Ok(draft) }
    });
    let import = import.await?;
    let place = format!("/api/v1/imports/{}", id_of(&import)?);
    let status = if start { StatusCode::ACCEPTED } else { StatusCode::CREATED };
    Answer::fresh(&import).status(status).with(header::LOCATION, &place)
}

pub async fn index(call: Call, viewer: Viewer) -> Result<Answer> {
    work(&call, &viewer, |imports, access| imports.list(access)).await.map(|all| Answer::fresh(&all))
}

pub async fn show(call: Call, viewer: Viewer) -> Result<Answer> {
    let id = call.id()?;
    work(&call, &viewer, move |imports, access| imports.show(access, id)).await.map(|import| Answer::fresh(&import))
}

/// Sets mapping, aliases and rules.
pub async fn update(call: Call, viewer: Viewer) -> Result<Answer> {
    let (id, body) = (call.id()?, call.body.object()?);
    let import = work(&call, &viewer, move |imports, access| imports.set(access, id, &body)).await?;
    Ok(Answer::fresh(&import))
}

pub async fn dry_run(call: Call, viewer: Viewer) -> Result<Answer> {
    call.app.memory.check_heavy()?;
    begin(&call, &viewer, |imports, access, id| imports.dry_run(access, id)).await
}

pub async fn start(call: Call, viewer: Viewer) -> Result<Answer> {
    call.app.memory.check_heavy()?;
    begin(&call, &viewer, |imports, access, id| imports.start(access, id)).await
}

/// Stops it where it is.
pub async fn cancel(call: Call, viewer: Viewer) -> Result<Answer> {
    let id = call.id()?;
    stop(&call, &viewer, id).await.map(|import| Answer::fresh(&import))
}

/// The same for whoever comes by way of the queue.
pub(super) async fn stop(call: &Call, viewer: &Viewer, id: Id) -> Result<Value> {
    work(call, viewer, move |imports, access| imports.cancel(access, id)).await
}

pub async fn revert(call: Call, viewer: Viewer) -> Result<Answer> {
    begin(&call, &viewer, |imports, access, id| imports.revert(access, id)).await
}

/// The rejected rows as a file with a reason in each, to be corrected and sent again.
pub async fn rejected(call: Call, viewer: Viewer) -> Result<Answer> {
    rows(&call, &viewer, "rejected").await
}

/// The rows that were taken with something left out, as a file with a reason in each.
pub async fn warnings(call: Call, viewer: Viewer) -> Result<Answer> {
    rows(&call, &viewer, "warning").await
}

/// Something that goes on after the answer, which says where to watch it.
async fn begin(call: &Call, viewer: &Viewer, deed: fn(&Imports, &Arc<Access>, Id) -> Result<Value>) -> Result<Answer> {
    let id = call.id()?;
    let import = work(call, viewer, move |imports, access| deed(imports, access, id)).await?;
    Answer::fresh(&import).status(StatusCode::ACCEPTED).with(header::LOCATION, &format!("/api/v1/imports/{id}"))
}

async fn rows(call: &Call, viewer: &Viewer, sort: &'static str) -> Result<Answer> {
    let id = call.id()?;
    let first = work(call, viewer, move |imports, access| imports.rows(access, id, sort, 0)).await?;
    let (sender, pieces) = mpsc::channel(2);
    let (imports, access) = (Arc::clone(&call.app.imports), Arc::clone(&viewer.access));
    rt::spawn(async move {
        let mut piece = first;
        loop {
            if sender.send(Ok(Bytes::from(piece.bytes))).await.is_err() {
                return;
            }
            let Some(after) = piece.next else { return };
            let (imports, access) = (Arc::clone(&imports), Arc::clone(&access));
            piece = match settle(block(move || imports.rows(&access, id, sort, after)).await) {
                Ok(next) => next,
                Err(error) => return drop(sender.send(Err(error)).await),
            };
        }
    });
    Answer::stream(CSV, &format!("{sort}-{id}.csv"), pieces)
}

/// The engine of imports waits for the database, so it works on the blocking pool.
async fn work<T: Send + 'static>(
    call: &Call,
    viewer: &Viewer,
    deed: impl FnOnce(&Imports, &Arc<Access>) -> Result<T> + Send + 'static,
) -> Result<T> {
    let (imports, access) = (Arc::clone(&call.app.imports), Arc::clone(&viewer.access));
    settle(block(move || deed(&imports, &access)).await)
}

fn settle<T>(outcome: Result<Result<T>, actix_web::error::BlockingError>) -> Result<T> {
    outcome.map_err(Error::internal)?
}

fn id_of(import: &Value) -> Result<Id> {
    let id = import["id"].as_str().and_then(|id| id.parse().ok());
    id.ok_or_else(|| Error::internal("an import without an id"))
}

/// Goes on with what was under way when the server stopped, with the rights that whoever began it
/// has now. Not to be called on an async thread.
pub fn resume(imports: &Imports, auth: &Auth) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().map_err(Error::internal)?;
    for unfinished in imports.unfinished()? {
        match runtime.block_on(rights(auth, unfinished)) {
            Ok(access) => imports.resume(&Arc::new(access), unfinished)?,
            Err(error) => imports.give_up(unfinished, &error.to_string())?,
        }
    }
    Ok(())
}

async fn rights(auth: &Auth, unfinished: Unfinished) -> Result<Access> {
    if let Some(user) = unfinished.user {
        return auth.access_of(unfinished.tenant, user).await;
    }
    // Nobody's import was begun on the command line, for the tenant as a whole.
    for line in auth.tenants().await? {
        let access = auth.system_access(&line.slug).await?;
        if access.tenant.key == unfinished.tenant {
            return Ok(access);
        }
    }
    Err(Error::not_found())
}
