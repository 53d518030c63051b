//! An answer as it is kept: the bytes, what they were read from, and how long they may be used.

use std::io::Write;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use xxhash_rust::xxh3::xxh3_64;

use super::Stamp;

/// Smaller bodies gain nothing by being compressed.
pub const WORTH_COMPRESSING: usize = 1_000;

/// What an entry weighs beside its bytes: itself, its key, and its place in the table.
pub(super) const OVERHEAD: usize = 512;

/// What tells one body from another.
pub fn hash(body: &[u8]) -> u64 {
    xxh3_64(body)
}

/// How an answer is named in the cache: tenant, rights, address and parameters, as bytes. The whole
/// name is kept and compared, so that no two of them can be mistaken for each other.
pub type Key = Arc<[u8]>;

/// What a build gives.
#[derive(Clone, Debug, Default)]
pub struct Made {
    pub body: Vec<u8>,
    /// Of a single record.
    pub version: Option<i64>,
    /// The `Link` header of a page.
    pub link: Option<String>,
    /// It may be shown no longer than this, where only its reading could tell.
    pub keep: Option<Duration>,
}

/// What is known of a kept answer without its bytes. Whoever wants to hear of an answer holds this, so
/// that nobody but the tiers holds bytes.
#[derive(Debug)]
pub struct Life {
    /// Of the body, for its ETag.
    pub hash: u64,
    pub stamp: Stamp,
    pub made: Instant,
    /// At most so long, however little changes.
    pub keep: Duration,
    uses: AtomicU32,
}

impl Life {
    /// May be shown to whoever asks now.
    pub fn is_fresh(&self) -> bool {
        self.stamp.stands() && self.made.elapsed() < self.keep
    }

    pub fn note_use(&self) {
        self.uses.fetch_add(1, Relaxed);
    }

    /// How often it was shown from memory.
    pub fn uses(&self) -> u32 {
        self.uses.load(Relaxed)
    }
}

/// A kept answer.
#[derive(Debug)]
pub struct Entry {
    pub body: Bytes,
    pub version: Option<i64>,
    pub link: Option<Bytes>,
    pub life: Arc<Life>,
    gzip: OnceLock<Bytes>,
}

impl Entry {
    pub fn new(made: Made, stamp: Stamp, keep: Duration) -> Self {
        let keep = made.keep.map_or(keep, |most| keep.min(most));
        let life = Life { hash: hash(&made.body), stamp, made: Instant::now(), keep, uses: AtomicU32::new(0) };
        Self::of(made, Arc::new(life))
    }

    /// The bytes of an answer that is known already.
    pub(super) fn of(made: Made, life: Arc<Life>) -> Self {
        Self {
            body: made.body.into(),
            version: made.version,
            link: made.link.map(Bytes::from),
            life,
            gzip: OnceLock::new(),
        }
    }

    pub fn is_worth_compressing(&self) -> bool {
        self.body.len() >= WORTH_COMPRESSING
    }

    /// The body compressed, once for all who ask: at the quickest level where only one will.
    pub fn gzip(&self) -> &Bytes {
        self.gzip.get_or_init(|| {
            let level = if self.life.keep.is_zero() { Compression::fast() } else { Compression::new(5) };
            let mut encoder = GzEncoder::new(Vec::with_capacity(self.body.len() / 4), level);
            let written = encoder.write_all(&self.body).and_then(|()| encoder.finish());
            written.map(|bytes| bytes.into_boxed_slice().into()).unwrap_or_default()
        })
    }

    /// Bytes in memory. The compressed form is counted from the start, at a third, since a weight
    /// must never change.
    pub fn weight(&self) -> usize {
        let gzip = if self.is_worth_compressing() { self.body.len() / 3 } else { 0 };
        self.body.len() + gzip + OVERHEAD
    }
}
