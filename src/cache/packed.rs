//! An answer set aside: compressed, with a header of its own that says what it is.
//!
//! Header, little-endian: tenant (8 bytes), tick of its read (8), length of the body (4), checksum
//! of the body (8); then an lz4 block. Bytes that do not agree with their header are no answer.

use std::time::{Duration, Instant};

use xxhash_rust::xxh3::xxh3_64;

use super::entry::{Entry, Made};
use super::{Stamp, entry};

const HEADER: usize = 28;

/// A kept answer in its small form.
#[derive(Debug)]
pub struct Packed {
    bytes: Box<[u8]>,
    version: Option<i64>,
    link: Option<String>,
    pub stamp: Stamp,
    made: Instant,
    keep: Duration,
}

impl Packed {
    pub fn pack(tenant: i64, entry: &Entry) -> Self {
        let mut bytes = Vec::with_capacity(HEADER + entry.body.len() / 4);
        bytes.extend_from_slice(&tenant.to_le_bytes());
        bytes.extend_from_slice(&entry.stamp.tick().to_le_bytes());
        bytes.extend_from_slice(&u32::try_from(entry.body.len()).unwrap_or(u32::MAX).to_le_bytes());
        bytes.extend_from_slice(&entry.hash.to_le_bytes());
        bytes.extend_from_slice(&lz4_flex::block::compress(&entry.body));
        Self {
            bytes: bytes.into_boxed_slice(),
            version: entry.version,
            link: entry.link.as_ref().map(|link| String::from_utf8_lossy(link).into_owned()),
            stamp: entry.stamp.clone(),
            made: entry.made,
            keep: entry.keep,
        }
    }

    pub fn is_fresh(&self) -> bool {
        self.stamp.stands() && self.made.elapsed() < self.keep
    }

    /// The answer again, or nothing when it is not what was set aside.
    pub fn unpack(&self, tenant: i64) -> Option<Entry> {
        let number = |at: usize| self.bytes.get(at..at + 8)?.try_into().ok().map(u64::from_le_bytes);
        let length = self.bytes.get(16..20)?.try_into().ok().map(u32::from_le_bytes)? as usize;
        if number(0)? != tenant.cast_unsigned() || number(8)? != self.stamp.tick() {
            return None;
        }
        let body = lz4_flex::block::decompress(self.bytes.get(HEADER..)?, length).ok()?;
        if xxh3_64(&body) != number(20)? {
            return None;
        }
        let made = Made { body, version: self.version, link: self.link.clone() };
        let mut entry = Entry::new(made, self.stamp.clone(), self.keep);
        entry.made = self.made;
        Some(entry)
    }

    /// Since it was built.
    pub fn age(&self) -> Duration {
        self.made.elapsed()
    }

    pub fn weight(&self) -> usize {
        self.bytes.len() + entry::OVERHEAD
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::Epochs;
    use crate::db::TableSet;

    #[test]
    fn what_was_set_aside_comes_back_or_not_at_all() {
        let stamp = Epochs::new().horizon(3).stamp(TableSet::only(1));
        let body = br#"{"data":[{"name":"Merchant Quay"},{"name":"Merchant Quay"}]}"#.repeat(40);
        let made = Made { body, version: Some(4), link: Some("<x>; rel=\"next\"".into()) };
        let entry = Entry::new(made, stamp, Duration::from_secs(60));
        let mut packed = Packed::pack(3, &entry);
        assert!(packed.weight() < entry.weight() / 2);
        let back = packed.unpack(3).expect("the same");
        assert_eq!((&back.body, back.version, &back.link, back.hash), (&entry.body, Some(4), &entry.link, entry.hash));
        assert!(packed.unpack(4).is_none(), "another tenant's");
        let last = packed.bytes.len() - 1;
        packed.bytes[last] ^= 1;
        assert!(packed.unpack(3).is_none(), "a flipped bit");
    }
}
