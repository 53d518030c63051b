//! Secrets that open something: 32 random bytes, given out once as text and stored as a digest.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::Digest as _;

use crate::db::Value;

/// What the store keeps of a token. Looking it up compares digests, whose bytes a guesser cannot
/// steer, so no comparison in constant time is needed.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest([u8; 32]);

/// A fresh secret. Its text is shown once and never kept.
pub struct Token {
    pub text: String,
    pub digest: Digest,
}

/// The length of every token's text: 32 bytes in base64url without padding.
const LENGTH: usize = 43;

impl Token {
    pub fn fresh() -> Self {
        let text = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
        let digest = Digest(sha2::Sha256::digest(&text).into());
        Self { text, digest }
    }
}

impl Digest {
    /// The digest of what somebody presents; `None` when it cannot be a token, so that garbage
    /// costs no look into the database.
    pub fn of(presented: &str) -> Option<Self> {
        let plausible =
            presented.len() == LENGTH && presented.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        plausible.then(|| Self(sha2::Sha256::digest(presented).into()))
    }

    /// As the store has it.
    pub(super) fn kept(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl From<Digest> for Value {
    fn from(digest: Digest) -> Self {
        Self::Blob(digest.0.as_slice().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_found_again_by_its_text() {
        let token = Token::fresh();
        assert_eq!(token.text.len(), LENGTH);
        assert!(Digest::of(&token.text) == Some(token.digest));
        assert!(Token::fresh().text != token.text);
    }

    #[test]
    fn what_cannot_be_a_token_has_no_digest() {
        assert!(Digest::of("").is_none());
        assert!(Digest::of(&"é".repeat(43)).is_none());
        assert!(Digest::of(&"a".repeat(44)).is_none());
        assert!(Digest::of(&format!("{}=", "a".repeat(42))).is_none());
    }
}
