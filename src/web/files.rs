//! Files over HTTP: what is attached to records, and the tenant's logo.

use std::fs::File;
use std::io::{Seek, SeekFrom};
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::web::{Bytes, block};
use serde_json::{Map, Value, json};

use crate::auth::only_owners;
use crate::db::Value as Stored;
use crate::file::{self, LOGOS, Media};
use crate::kernel::{Detail, Error, Id, Moment, Result, encode};
use crate::kind::{Action, Level};
use crate::kinds::ATTACHMENTS;
use crate::record::Selection;

use super::answer::{self, Answer, Body};
use super::body::{Incoming, Upload};
use super::call::Call;
use super::range::{Wanted, wanted};
use super::records::seen;
use super::repeat;
use super::who::Viewer;

/// A digest names its bytes for ever; whether somebody may see them is asked by the record.
const KEPT: &str = "private, max-age=31536000, immutable";
/// Another picture may come under the same address.
const ASKED: &str = "private, no-cache";

/// Takes a file in and attaches it to the record of the path.
pub async fn attach(mut call: Call, viewer: Viewer) -> Result<Answer> {
    let (position, about, about_kind) = (call.position()?, call.id()?, call.kind()?.name);
    let attached = call.app.registry.position(ATTACHMENTS).ok_or_else(Error::not_found)?;
    if viewer.access.grants[attached].level(Action::Create) == Level::None {
        return Err(Error::forbidden("You may not attach files."));
    }
    if !viewer.read(&call, move |view| view.readable(position, about)).await? {
        return Err(Error::not_found());
    }
    let key = repeat::key(&call)?;
    let upload = sent(&mut call)?.ok_or_else(|| Error::malformed("Send the file itself as the body."))?;
    let name = call.param("name").unwrap_or_default().to_owned();
    let kept = keep(&call, &viewer, upload, name).await?;
    let body: Map<String, Value> = match json!({"name": kept.name, "about_kind": about_kind, "about_id": about.to_string()})
    {
        Value::Object(body) => body,
        _ => Map::new(),
    };
    let known = [
        ("media_type", Stored::from(kept.media.name)),
        ("bytes", Stored::Int(i64::try_from(kept.size).unwrap_or(i64::MAX))),
        ("sha256", Stored::from(kept.sha256.as_str())),
    ];
    let plan = move |view: &crate::record::View<'_>| view.plan_create_with(attached, Id::new(), &body, &known);
    let made = repeat::once(&call, &viewer, ATTACHMENTS, key, plan).await?;
    let found = viewer.read(&call, move |view| seen(view, attached, made.id, &Selection::whole())).await?;
    let place = format!("/api/v1/{}/{}", ATTACHMENTS, made.id);
    let answer = Answer::record(found.version, found.body).status(StatusCode::CREATED);
    Ok(made.mark(answer.with(header::LOCATION, &place)?))
}

/// The bytes of an attachment, wherever its record is seen.
pub async fn content(call: Call, viewer: Viewer) -> Result<Answer> {
    let attached = call.app.registry.position(ATTACHMENTS).ok_or_else(Error::not_found)?;
    let id = call.id()?;
    if viewer.access.grants[attached].level(Action::Read) == Level::None {
        return Err(Error::forbidden("You may not see attachments."));
    }
    let stored = viewer.read(&call, move |view| view.stored(attached, id, &[Action::Read], false)).await?;
    let stored = stored.ok_or_else(Error::not_found)?;
    let text = |field: &str| {
        let at = call.app.registry.at(attached).position(field);
        at.and_then(|at| stored.row.values[at].as_text()).unwrap_or_default()
    };
    let media = file::of_name(text("media_type"));
    bytes(&call, &viewer, text("sha256"), media, text("name"), KEPT).await
}

/// The logo of the viewer's own tenant.
pub async fn logo(call: Call, viewer: Viewer) -> Result<Answer> {
    let tenant = &viewer.access.tenant;
    let logo = tenant.logo.as_ref().filter(|_| call.id().is_ok_and(|id| id == tenant.id));
    let (sha256, media) = logo.ok_or_else(Error::not_found)?;
    let cache = if call.param("v").is_some_and(|v| !v.is_empty() && sha256.starts_with(v)) { KEPT } else { ASKED };
    bytes(&call, &viewer, sha256, file::of_name(media), "logo", cache).await
}

/// Gives the tenant another logo; an empty body takes it away.
pub async fn change_logo(mut call: Call, viewer: Viewer) -> Result<Answer> {
    if call.id()? != viewer.access.tenant.id {
        return Err(Error::not_found());
    }
    let upload = sent(&mut call)?;
    // Before a file is looked at: whoever may not is told that, and not what is wrong with it.
    only_owners(&viewer.access)?;
    let logo = match upload {
        Some(upload) => {
            let kept = keep(&call, &viewer, upload, String::new()).await?;
            if !LOGOS.contains(&kept.media.name) {
                return Err(Error::invalid("unsupported_media", "A logo is a PNG, JPEG or WebP picture."));
            }
            Some((kept.sha256, kept.media.name))
        }
        None => None,
    };
    call.app.auth.change_logo(&viewer.access, logo, Moment::now()).await?;
    Ok(Answer::no_content())
}

/// The file that came as the body; none, when the body is empty.
fn sent(call: &mut Call) -> Result<Option<Upload>> {
    match std::mem::replace(&mut call.body, Incoming::Nothing) {
        Incoming::Upload(upload) if upload.size > 0 => Ok(Some(upload)),
        Incoming::Upload(_) | Incoming::Nothing | Incoming::Wire(_) => Ok(None),
        Incoming::Bytes(_) => Err(Error::malformed("Send the file itself as the body.")),
    }
}

/// A file that is on disk, and what it was found to be.
struct Kept {
    sha256: String,
    size: u64,
    media: &'static Media,
    name: String,
}

/// Looks at a file and keeps it, on the blocking pool.
async fn keep(call: &Call, viewer: &Viewer, upload: Upload, name: String) -> Result<Kept> {
    let claimed = call.header("content-type").unwrap_or_default().to_owned();
    let (files, tenant) = (Arc::clone(&call.app.files), viewer.access.tenant.id);
    let work = move || {
        let mut file = File::open(upload.path()).map_err(Error::internal)?;
        let media = file::recognise(&mut file, &claimed, &name)?;
        let digest = upload.sha256.ok_or_else(|| Error::internal("a file to keep has a digest"))?;
        let sha256: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        files.keep(tenant, &sha256, upload.path())?;
        Ok(Kept { sha256, size: upload.size, media, name: file::clean_name(&name, media) })
    };
    block(work).await.map_err(Error::internal)?
}

/// Bytes by their digest: all of them, a part, or that the client has them already.
async fn bytes(
    call: &Call,
    viewer: &Viewer,
    sha256: &str,
    media: Option<&'static Media>,
    name: &str,
    cache: &'static str,
) -> Result<Answer> {
    let tag = format!("\"{sha256}\"");
    if call.header("if-none-match").is_some_and(|known| answer::is_known(known, &tag)) {
        let same = Answer { body: Body::Empty, ..Answer::new(StatusCode::NOT_MODIFIED, "", Bytes::new()) };
        return same.with_static(header::CACHE_CONTROL, cache).with(header::ETAG, &tag);
    }
    let (files, tenant, digest) = (Arc::clone(&call.app.files), viewer.access.tenant.id, sha256.to_owned());
    // A part of another file than the one that is here would be of no use.
    let same = call.header("if-range").is_none_or(|tags| tags == tag);
    let range = call.header("range").filter(|_| same).map(str::to_owned);
    let open = move || {
        let Some(mut file) = files.open(tenant, &digest)? else { return Err(gone()) };
        let size = file.metadata().map_err(Error::internal)?.len();
        let part = wanted(range.as_deref(), size);
        if let Wanted::Part(from, _) = part {
            file.seek(SeekFrom::Start(from)).map_err(Error::internal)?;
        }
        Ok((file, size, part))
    };
    let (file, size, part) = block(open).await.map_err(Error::internal)??;
    let (status, length, place) = match part {
        Wanted::Whole => (StatusCode::OK, size, None),
        Wanted::Part(from, n) => {
            (StatusCode::PARTIAL_CONTENT, n, Some(format!("bytes {from}-{}/{size}", from + n - 1)))
        }
        Wanted::Beyond => {
            let problem =
                Error::invalid("range", format!("The file has {size} bytes. Ask for a part of it that is there."));
            let answer = super::problem::problem(&problem, &call.request_id);
            return answer.with(header::CONTENT_RANGE, &format!("bytes */{size}"));
        }
    };
    let kind = media.map_or("application/octet-stream", |media| media.name);
    let answer = Answer { body: Body::Part(file, length), ..Answer::new(status, kind, Bytes::new()) }
        .with_static(header::CACHE_CONTROL, cache)
        .with_static(header::ACCEPT_RANGES, "bytes")
        .with(header::ETAG, &tag)?
        .with(header::CONTENT_DISPOSITION, &disposition(media.is_some_and(|m| m.shown), name))?;
    match place {
        Some(place) => answer.with(header::CONTENT_RANGE, &place),
        None => Ok(answer),
    }
}

/// Shown where a browser can show it without running anything, else to be saved; under its name,
/// once in plain letters and once as it is.
fn disposition(shown: bool, name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "-_. ".contains(c) { c } else { '_' }).collect();
    let way = if shown { "inline" } else { "attachment" };
    format!("{way}; filename=\"{plain}\"; filename*=UTF-8''{}", encode(name).replace(',', "%2C"))
}

fn gone() -> Error {
    Error::NotFound(Box::new(Detail {
        code: "content_gone",
        message: "The file itself is no longer there: it was deleted more than 30 days ago.".into(),
        ..Detail::default()
    }))
}
