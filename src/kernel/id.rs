//! Record identifiers: UUIDv7, 16 bytes in the store, 36 characters on the wire.

use std::fmt;
use std::str::FromStr;

/// A UUIDv7. Ids made later sort later, so indexes over them grow at one edge.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id([u8; 16]);

impl Id {
    /// A fresh id for now.
    pub fn new() -> Self {
        Self(*uuid::Uuid::now_v7().as_bytes())
    }

    /// An id from its stored form; anything but 16 bytes is `None`.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// An id made of a given moment (Unix milliseconds) and random bits; used where a result must
    /// be the same on every run, such as the demo.
    pub fn from_parts(ms: i64, random: [u8; 10]) -> Self {
        let ms = u64::try_from(ms).unwrap_or(0);
        Self(*uuid::Builder::from_unix_timestamp_millis(ms, &random).into_uuid().as_bytes())
    }

    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// Appends the 36 characters without a detour over a `String`.
    pub fn write(&self, out: &mut Vec<u8>) {
        let mut buffer = [0u8; 36];
        uuid::Uuid::from_bytes(self.0).hyphenated().encode_lower(&mut buffer);
        out.extend_from_slice(&buffer);
    }
}

impl Default for Id {
    fn default() -> Self {
        Self::new()
    }
}

impl FromStr for Id {
    type Err = ();
    /// Accepts the hyphenated form only: one spelling, so that a cache has one key.
    fn from_str(s: &str) -> Result<Self, ()> {
        if s.len() != 36 {
            return Err(());
        }
        uuid::Uuid::try_parse(s).map(|u| Self(*u.as_bytes())).map_err(|_| ())
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        uuid::Uuid::from_bytes(self.0).hyphenated().fmt(f)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_the_round_trip() {
        let id = Id::new();
        assert_eq!(id.to_string().parse::<Id>(), Ok(id));
        assert_eq!(Id::from_slice(id.as_bytes()), Some(id));
        let mut out = Vec::new();
        id.write(&mut out);
        assert_eq!(out, id.to_string().into_bytes());
    }

    #[test]
    fn other_spellings_are_refused() {
        let id = Id::new().to_string();
        assert!(format!("{{{id}}}").parse::<Id>().is_err());
        assert!(id.replace('-', "").parse::<Id>().is_err());
        assert!("".parse::<Id>().is_err());
    }
}
