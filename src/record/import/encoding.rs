//! The bytes of a file as text: UTF-8, or Windows-1252, in which older spreadsheets save.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// How a file's text is encoded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    #[default]
    Utf8,
    Windows1252,
}

impl Encoding {
    /// The text of a cell; `None` when it is no text in this encoding.
    pub fn text(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        match (std::str::from_utf8(bytes), self) {
            (Ok(text), _) if self == Self::Utf8 || bytes.is_ascii() => Some(Cow::Borrowed(text)),
            (_, Self::Utf8) => None,
            (_, Self::Windows1252) => Some(Cow::Owned(bytes.iter().map(|b| windows_1252(*b)).collect())),
        }
    }
}

/// Windows-1252 is Latin-1 but for these 32 places; its five empty ones stay control characters.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}

/// Looks at a file piece by piece and says at the end which encoding it must be in.
#[derive(Debug, Default)]
pub struct Guess {
    /// Sequences of several bytes that are sound UTF-8, and bytes that are part of none.
    sound: u64,
    broken: u64,
    /// The beginning of a sequence whose end is in the next piece.
    open: Vec<u8>,
}

impl Guess {
    pub fn look(&mut self, piece: &[u8]) {
        if self.open.is_empty() {
            self.scan(piece);
        } else {
            let joined = [std::mem::take(&mut self.open).as_slice(), piece].concat();
            self.scan(&joined);
        }
    }

    fn scan(&mut self, mut bytes: &[u8]) {
        loop {
            match std::str::from_utf8(bytes) {
                Ok(text) => {
                    self.sound += several(text);
                    return;
                }
                Err(error) => {
                    let (good, rest) = bytes.split_at(error.valid_up_to());
                    self.sound += several(std::str::from_utf8(good).unwrap_or_default());
                    let Some(wrong) = error.error_len() else {
                        self.open = rest.to_vec();
                        return;
                    };
                    self.broken += 1;
                    bytes = &rest[wrong..];
                }
            }
        }
    }

    /// UTF-8 where most of what is not plain ASCII is sound UTF-8: a few broken rows in such a
    /// file are to be rejected, not to change the reading of all others.
    pub fn encoding(&self) -> Encoding {
        let broken = self.broken + u64::from(!self.open.is_empty());
        if broken > self.sound { Encoding::Windows1252 } else { Encoding::Utf8 }
    }
}

/// How many characters of the text need several bytes.
fn several(text: &str) -> u64 {
    if text.is_ascii() { 0 } else { text.chars().filter(|c| !c.is_ascii()).count() as u64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(pieces: &[&[u8]]) -> Encoding {
        let mut guess = Guess::default();
        pieces.iter().for_each(|p| guess.look(p));
        guess.encoding()
    }

    #[test]
    fn a_sequence_may_be_cut_between_two_pieces() {
        assert_eq!(guessed(&[b"caf\xc3", b"\xa9 bar"]), Encoding::Utf8);
        assert_eq!(guessed(&[b"caf\xe9", b" bar"]), Encoding::Windows1252);
        assert_eq!(guessed(&[b"plain"]), Encoding::Utf8);
    }

    #[test]
    fn one_broken_byte_does_not_change_the_reading_of_the_rest() {
        assert_eq!(guessed(&["é è ü \u{20ac}".as_bytes(), b"\xff"]), Encoding::Utf8);
    }

    #[test]
    fn windows_text_is_read() {
        assert_eq!(Encoding::Windows1252.text(b"\x80 5 caf\xe9").as_deref(), Some("€ 5 café"));
        assert_eq!(Encoding::Utf8.text(b"caf\xe9"), None);
    }
}
