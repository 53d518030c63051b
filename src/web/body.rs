//! Request bodies: small ones in memory, files on disk, all of them within a limit and a deadline.

use std::future::poll_fn;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::{Bytes, BytesMut};
use futures_core::Stream;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Instant, timeout_at};

use crate::kernel::{Error, FieldError, Id, Result};

use super::app::App;
use super::route::{Takes, Verb};

/// A body has this long, and a second more for every 8 KiB that came.
const DEADLINE: Duration = Duration::from_secs(10);
const BYTES_PER_SECOND: u64 = 8 * 1024;
/// Uploads go to disk in pieces of this size.
const SPOOL: usize = 256 * 1024;

/// The body of a request, as its route takes it.
pub enum Incoming {
    Nothing,
    Bytes(Bytes),
    Upload(Upload),
    /// The connection itself.
    Wire(Payload),
}

/// A file that came in, under the data folder until this is dropped.
pub struct Upload {
    path: PathBuf,
    pub size: u64,
    /// Where the route asks for it.
    pub sha256: Option<[u8; 32]>,
    /// One of the few places for those who send files.
    _place: OwnedSemaphorePermit,
}

impl Upload {
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        // Whoever keeps the file has moved it away by now.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Reads what the route takes, and refuses what it does not.
pub async fn read(app: &App, request: &HttpRequest, payload: Payload, verb: Verb, takes: Takes) -> Result<Incoming> {
    if matches!(takes, Takes::Socket) {
        return Ok(Incoming::Wire(payload));
    }
    if verb == Verb::Get {
        return Ok(Incoming::Nothing);
    }
    if request.headers().get(header::CONTENT_ENCODING).is_some_and(|v| v != "identity") {
        return Err(unsupported("Send the body uncompressed, without Content-Encoding."));
    }
    match takes {
        Takes::Upload => {
            let limit = app.config.import_mb * 1_000_000;
            return spool(app, Pieces::new(request, payload, limit)?, None).await.map(Incoming::Upload);
        }
        Takes::File(limit) => {
            let digest = Some(Sha256::new());
            return spool(app, Pieces::new(request, payload, limit)?, digest).await.map(Incoming::Upload);
        }
        _ => {}
    }
    let bytes = collect(request, payload, app.config.body_kib * 1024).await?;
    let patch = matches!(takes, Takes::Patch(_));
    match takes {
        Takes::Nothing if bytes.is_empty() || bytes.trim_ascii() == b"{}" => Ok(Incoming::Nothing),
        Takes::Nothing => Err(unexpected()),
        Takes::Json(_) | Takes::Patch(_) => match media(request) {
            "application/json" => Ok(Incoming::Bytes(bytes)),
            "application/merge-patch+json" if patch => Ok(Incoming::Bytes(bytes)),
            _ => Err(unsupported("Send JSON, with `Content-Type: application/json`.")),
        },
        Takes::PageForm if media(request) == "application/x-www-form-urlencoded" => Ok(Incoming::Bytes(bytes)),
        Takes::PageForm | Takes::Upload | Takes::File(_) | Takes::Socket => {
            Err(unsupported("This address takes the fields of its own page."))
        }
    }
}

impl Incoming {
    /// The body as a JSON object; an absent one, where it may be, is empty.
    pub fn object(&self) -> Result<Map<String, Value>> {
        let bytes = match self {
            Self::Bytes(bytes) => bytes,
            Self::Nothing | Self::Upload(_) | Self::Wire(_) => return Ok(Map::new()),
        };
        match serde_json::from_slice(bytes) {
            Ok(Value::Object(object)) => Ok(object),
            Ok(_) => Err(Error::fields(vec![FieldError {
                pointer: String::new(),
                code: "type",
                message: "The body must be a JSON object.".to_owned(),
            }])),
            Err(e) if bytes.is_empty() => Err(Error::malformed(format!("A JSON body is missing ({e})."))),
            Err(e) => Err(Error::malformed(format!("The body is not valid JSON: {e}."))),
        }
    }
}

/// A body came where there is none to take.
pub fn unexpected() -> Error {
    Error::invalid("unexpected_body", "This address takes no body. Send none.")
}

fn unsupported(message: &'static str) -> Error {
    Error::invalid("unsupported_media", message)
}

/// The media type without its parameters; several headers of that name are none.
fn media(request: &HttpRequest) -> &str {
    let mut all = request.headers().get_all(header::CONTENT_TYPE);
    let first = all.next().and_then(|v| v.to_str().ok()).unwrap_or_default();
    if all.next().is_some() { "" } else { first.split(';').next().unwrap_or_default().trim() }
}

/// The pieces of a body, under a limit and a deadline that grows with what came.
struct Pieces {
    payload: Payload,
    started: Instant,
    read: u64,
    limit: u64,
}

impl Pieces {
    fn new(request: &HttpRequest, payload: Payload, limit: u64) -> Result<Self> {
        let stated = request.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<u64>().ok());
        if stated.is_some_and(|n| n > limit) {
            return Err(too_large(limit));
        }
        Ok(Self { payload, started: Instant::now(), read: 0, limit })
    }

    async fn next(&mut self) -> Result<Option<Bytes>> {
        let deadline = self.started + DEADLINE + Duration::from_secs(self.read / BYTES_PER_SECOND);
        let payload = &mut self.payload;
        let next = timeout_at(deadline, poll_fn(|cx| Pin::new(&mut *payload).poll_next(cx))).await;
        match next {
            Err(_) => Err(Error::invalid("body_timeout", "The body came too slowly. Send the request again.")),
            Ok(None) => Ok(None),
            Ok(Some(Err(e))) => Err(Error::malformed(format!("The body broke off: {e}."))),
            Ok(Some(Ok(bytes))) => {
                self.read += bytes.len() as u64;
                if self.read > self.limit { Err(too_large(self.limit)) } else { Ok(Some(bytes)) }
            }
        }
    }
}

fn too_large(limit: u64) -> Error {
    let limit = if limit >= 1_000_000 { format!("{} MB", limit / 1_000_000) } else { format!("{} KiB", limit / 1024) };
    Error::too_large(format!("The body is larger than {limit}. Send less at a time."))
}

async fn collect(request: &HttpRequest, payload: Payload, limit: usize) -> Result<Bytes> {
    let mut pieces = Pieces::new(request, payload, limit as u64)?;
    // Most bodies come in one piece, which is then passed on as it is.
    let Some(first) = pieces.next().await? else { return Ok(Bytes::new()) };
    let Some(second) = pieces.next().await? else { return Ok(first) };
    let mut all = BytesMut::from(&first[..]);
    all.extend_from_slice(&second);
    while let Some(piece) = pieces.next().await? {
        all.extend_from_slice(&piece);
    }
    Ok(all.freeze())
}

async fn spool(app: &App, mut pieces: Pieces, digest: Option<Sha256>) -> Result<Upload> {
    let place = Arc::clone(&app.uploads).try_acquire_owned().map_err(|_| {
        Error::busy("uploads_full", "Too many files are being sent at this moment. Try again in a few seconds.")
    })?;
    let folder = app.config.upload_folder();
    std::fs::create_dir_all(&folder).map_err(|error| Error::file(&folder, &error))?;
    let mut upload = Upload { path: folder.join(Id::new().to_string()), size: 0, sha256: None, _place: place };
    let file = std::fs::File::create_new(&upload.path).map_err(|error| Error::file(&upload.path, &error))?;
    let mut spool = Spool { file, buffer: Vec::with_capacity(SPOOL), digest };
    loop {
        let piece = pieces.next().await?;
        let end = piece.is_none();
        spool.buffer.extend_from_slice(&piece.unwrap_or_default());
        if spool.buffer.len() >= SPOOL || end {
            upload.size += spool.buffer.len() as u64;
            spool = spool.write_out().await?;
        }
        if end {
            upload.sha256 = spool.digest.map(|digest| digest.finalize().into());
            return Ok(upload);
        }
    }
}

/// A file on its way to the disk.
struct Spool {
    file: std::fs::File,
    buffer: Vec<u8>,
    digest: Option<Sha256>,
}

impl Spool {
    /// Writes on the blocking pool: a slow disk must not hold up the other requests of this worker.
    async fn write_out(mut self) -> Result<Self> {
        let written = actix_web::web::block(move || {
            self.file.write_all(&self.buffer)?;
            if let Some(digest) = &mut self.digest {
                digest.update(&self.buffer);
            }
            self.buffer.clear();
            Ok(self)
        });
        written
            .await
            .map_err(Error::internal)?
            .map_err(|error: std::io::Error| Error::file(Path::new("The upload"), &error))
    }
}
