//! An answer set aside: compressed, with a header of its own that says what it is.
//!
//! Header, little-endian: tenant (8 bytes), tick of its read (8), length of the body (4), checksum
//! of the body (8); then an lz4 block. Bytes that do not agree with their header are no answer.

use std::sync::Arc;

use super::entry::{self, Entry, Life, Made, hash};

const HEADER: usize = 28;

/// A kept answer in its small form.
#[derive(Debug)]
pub struct Packed {
    bytes: Box<[u8]>,
    version: Option<i64>,
    link: Option<String>,
    pub life: Arc<Life>,
}

impl Packed {
    pub fn pack(tenant: i64, entry: &Entry) -> Self {
        let mut bytes = Vec::with_capacity(HEADER + entry.body.len() / 4);
        bytes.extend_from_slice(&tenant.to_le_bytes());
        bytes.extend_from_slice(&entry.life.stamp.tick().to_le_bytes());
        bytes.extend_from_slice(&u32::try_from(entry.body.len()).unwrap_or(u32::MAX).to_le_bytes());
        bytes.extend_from_slice(&entry.life.hash.to_le_bytes());
        bytes.extend_from_slice(&lz4_flex::block::compress(&entry.body));
        Self {
            bytes: bytes.into_boxed_slice(),
            version: entry.version,
            link: entry.link.as_ref().map(|link| String::from_utf8_lossy(link).into_owned()),
            life: Arc::clone(&entry.life),
        }
    }

    /// The answer again, or nothing when it is not what was set aside.
    pub fn unpack(&self, tenant: i64) -> Option<Entry> {
        let number = |at: usize| self.bytes.get(at..at + 8)?.try_into().ok().map(u64::from_le_bytes);
        let length = self.bytes.get(16..20)?.try_into().ok().map(u32::from_le_bytes)? as usize;
        if number(0)? != tenant.cast_unsigned() || number(8)? != self.life.stamp.tick() {
            return None;
        }
        let body = lz4_flex::block::decompress(self.bytes.get(HEADER..)?, length).ok()?;
        if hash(&body) != number(20)? {
            return None;
        }
        let made = Made { body, version: self.version, link: self.link.clone(), keep: None };
        Some(Entry::of(made, Arc::clone(&self.life)))
    }

    pub fn weight(&self) -> usize {
        self.bytes.len() + entry::OVERHEAD
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::cache::Epochs;
    use crate::db::TableSet;

    #[test]
    fn what_was_set_aside_comes_back_or_not_at_all() {
        let stamp = Epochs::new().horizon(3).stamp(TableSet::only(1));
        let body = br#"{"data":[{"name":"Merchant Quay"},{"name":"Merchant Quay"}]}"#.repeat(40);
        let made = Made { body, version: Some(4), link: Some("<x>; rel=\"next\"".into()), keep: None };
        let entry = Entry::new(made, stamp, Duration::from_secs(60));
        let mut packed = Packed::pack(3, &entry);
        assert!(packed.weight() < entry.weight() / 2);
        let back = packed.unpack(3).expect("the same");
        assert_eq!(
            (&back.body, back.version, &back.link, back.life.hash),
            (&entry.body, Some(4), &entry.link, entry.life.hash)
        );
        assert!(packed.unpack(4).is_none(), "another tenant's");
        let last = packed.bytes.len() - 1;
        packed.bytes[last] ^= 1;
        assert!(packed.unpack(3).is_none(), "a flipped bit");
    }
}
