//! Cursors: where a page ended, bound to the query that it belongs to.
//!
//! A cursor carries every sort key of the row at the edge and the row's id (C12), and a digest of
//! the query, the tenant and the viewer's scope. It grants nothing: the page that it opens is
//! read under the viewer's rights like any other.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::db::Value;
use crate::kernel::{Error, Id, Result};

/// The row at the edge of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Cursor {
    /// Read the rows before the edge rather than those after it.
    pub backwards: bool,
    pub id: Id,
    /// The row's sort keys, one for each key of the query.
    pub keys: Vec<Value>,
}

/// Longer ones are hostile: three keys of 1,000 characters, of four bytes each, come to 16,084.
const MAX_LENGTH: usize = 16_384;

impl Cursor {
    pub fn encode(&self, query: u64) -> String {
        let mut bytes = Vec::with_capacity(64);
        bytes.push(u8::from(self.backwards));
        bytes.extend_from_slice(&query.to_le_bytes());
        bytes.extend_from_slice(self.id.as_bytes());
        for key in &self.keys {
            match key {
                Value::Int(n) => {
                    bytes.push(b'i');
                    bytes.extend_from_slice(&n.to_le_bytes());
                }
                Value::Real(x) => {
                    bytes.push(b'r');
                    bytes.extend_from_slice(&x.to_le_bytes());
                }
                Value::Text(s) => {
                    bytes.push(b't');
                    bytes.extend_from_slice(&u16::try_from(s.len()).unwrap_or(u16::MAX).to_le_bytes());
                    bytes.extend_from_slice(s.as_bytes().get(..usize::from(u16::MAX)).unwrap_or(s.as_bytes()));
                }
                Value::Id(id) => {
                    bytes.push(b'u');
                    bytes.extend_from_slice(id.as_bytes());
                }
                Value::Null | Value::Blob(_) => bytes.push(b'n'),
            }
        }
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads a cursor of the query with this digest and number of sort keys.
    ///
    /// # Errors
    /// `Invalid` with the code `cursor` for anything else, another query's cursor included.
    pub fn decode(text: &str, query: u64, keys: usize) -> Result<Self> {
        let refused =
            || Error::invalid("cursor", "This cursor does not belong to this list. Start again from the first page.");
        if text.len() > MAX_LENGTH {
            return Err(refused());
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| refused())?;
        let mut rest = Reader(&bytes);
        let backwards = match rest.take::<1>() {
            Some([0]) => false,
            Some([1]) => true,
            _ => return Err(refused()),
        };
        if rest.take::<8>().map(u64::from_le_bytes) != Some(query) {
            return Err(refused());
        }
        let id = rest.take::<16>().and_then(|b| Id::from_slice(&b)).ok_or_else(refused)?;
        let keys = (0..keys).map(|_| rest.value()).collect::<Option<Vec<_>>>().ok_or_else(refused)?;
        if !rest.0.is_empty() {
            return Err(refused());
        }
        Ok(Self { backwards, id, keys })
    }
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, tail) = self.0.split_first_chunk::<N>()?;
        self.0 = tail;
        Some(*head)
    }
    fn value(&mut self) -> Option<Value> {
        Some(match self.take::<1>()? {
            [b'i'] => Value::Int(i64::from_le_bytes(self.take()?)),
            [b'r'] => Value::Real(Some(f64::from_le_bytes(self.take()?)).filter(|x| x.is_finite())?),
            [b'u'] => Value::Id(Id::from_slice(&self.take::<16>()?)?),
            [b't'] => {
                let length = usize::from(u16::from_le_bytes(self.take()?));
                let (head, tail) = self.0.split_at_checked(length)?;
                self.0 = tail;
                Value::text(std::str::from_utf8(head).ok()?)
            }
            [b'n'] => Value::Null,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Cursor {
        Cursor {
            backwards: false,
            id: Id::new(),
            keys: vec![Value::Int(-5), Value::Null, Value::text("Zürich"), Value::Real(1.5), Value::Id(Id::new())],
        }
    }

    #[test]
    fn a_cursor_comes_back_as_it_went() {
        let cursor = sample();
        assert_eq!(Cursor::decode(&cursor.encode(7), 7, 5).ok(), Some(cursor));
    }

    #[test]
    fn another_querys_cursor_is_refused() {
        assert_eq!(Cursor::decode(&sample().encode(7), 8, 5).map_err(|e| e.code()), Err("cursor"));
        assert_eq!(Cursor::decode(&sample().encode(7), 7, 4).map_err(|e| e.code()), Err("cursor"));
    }

    #[test]
    fn hostile_cursors_are_refused_without_a_panic() {
        let good = sample().encode(7);
        for cut in 0..good.len() {
            assert!(Cursor::decode(&good[..cut], 7, 5).is_err());
        }
        for text in ["", "=", "AAAA", "%00", &"A".repeat(10_000)] {
            assert!(Cursor::decode(text, 7, 1).is_err());
        }
    }
}
