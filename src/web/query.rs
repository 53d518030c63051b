//! Percent-decoding of paths and query strings, strict about UTF-8.

use std::borrow::Cow;

use crate::kernel::{Error, FieldError, Result};

/// More parameters than any real request has.
const MOST_PAIRS: usize = 100;

/// Decodes one path segment. `%2F` inside a segment does not split it.
pub fn segment(text: &str) -> Result<Cow<'_, str>> {
    decode(text, false)
}

/// Decodes a query string into pairs; a name may appear once.
pub fn pairs(query: &str) -> Result<Vec<(String, String)>> {
    let mut all: Vec<(String, String)> = Vec::new();
    let mut twice = Vec::new();
    for pair in query.split('&').filter(|p| !p.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (decode(name, true)?.into_owned(), decode(value, true)?.into_owned());
        if all.iter().any(|(n, _)| *n == name) {
            twice.push(FieldError::query(&name, "duplicate", "This parameter stands twice. Give it once."));
        } else if all.len() == MOST_PAIRS {
            return Err(Error::malformed("There are more than 100 query parameters. Send fewer."));
        } else {
            all.push((name, value));
        }
    }
    if twice.is_empty() { Ok(all) } else { Err(Error::fields(twice)) }
}

fn decode(text: &str, plus_is_space: bool) -> Result<Cow<'_, str>> {
    if !text.bytes().any(|b| b == b'%' || (plus_is_space && b == b'+')) {
        return Ok(Cow::Borrowed(text));
    }
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'%' => match (bytes.next().and_then(digit), bytes.next().and_then(digit)) {
                (Some(high), Some(low)) => high << 4 | low,
                _ => return Err(Error::malformed("A % in the address is not followed by two hexadecimal digits.")),
            },
            b'+' if plus_is_space => b' ',
            other => other,
        });
    }
    if out.contains(&0) {
        return Err(Error::malformed("The address contains a zero byte."));
    }
    String::from_utf8(out).map(Cow::Owned).map_err(|_| Error::malformed("The address is not valid UTF-8."))
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|d| u8::try_from(d).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_decoded_in_order() {
        let got = pairs("q=l%C3%BCfte+r&created_at%5Bgte%5D=2026-01-01&empty").expect("pairs");
        assert_eq!(got[0], ("q".to_owned(), "lüfte r".to_owned()));
        assert_eq!(got[1].0, "created_at[gte]");
        assert_eq!(got[2], ("empty".to_owned(), String::new()));
    }

    #[test]
    fn what_is_not_utf_8_is_malformed_and_a_repeated_name_is_an_error() {
        for bad in ["q=%FF", "q=%", "q=%G0", "q=%00"] {
            assert_eq!(pairs(bad).expect_err(bad).code(), "malformed");
        }
        assert_eq!(pairs("limit=1&limit=2").expect_err("twice").code(), "invalid");
        assert_eq!(segment("a%2Fb").expect("a segment"), "a/b");
        assert_eq!(segment("a+b").expect("a segment"), "a+b");
    }
}
