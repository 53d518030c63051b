//! Devices that have been in an account before. Each holds a mark for it, so that a sign-in from
//! there is told from a stranger's: whoever guesses from next door keeps nobody out.
//!
//! A mark opens nothing. It names one account and one device, and lasts beyond signing out.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use rusqlite::{Connection, OptionalExtension};
use sha2::Sha256;

use crate::db::{Change, Value, fault};
use crate::kernel::{Result, fold};

/// Under this name the server keeps what it signs marks with.
const NAME: &str = "device_secret";
const DEVICE: usize = 16;

pub(super) struct Devices {
    secret: [u8; 32],
    kept: AtomicBool,
}

impl Devices {
    /// With the secret of the store, or with a new one that is still to be kept.
    pub fn read(connection: &Connection) -> Result<Self> {
        let sql = "SELECT value FROM server WHERE name = ?1";
        let kept: Option<Vec<u8>> = connection.query_row(sql, [NAME], |row| row.get(0)).optional().map_err(fault)?;
        let kept = kept.and_then(|secret| <[u8; 32]>::try_from(secret).ok());
        Ok(Self { secret: kept.unwrap_or_else(rand::random), kept: AtomicBool::new(kept.is_some()) })
    }

    /// Adds to `change` what is needed for marks to hold over a restart.
    pub fn keep(&self, change: &mut Change) {
        if !self.kept.load(Relaxed) {
            change.push(
                "INSERT INTO server(name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                vec![NAME.into(), Value::Blob(self.secret.as_slice().into())],
            );
        }
    }

    /// The change was committed.
    pub fn is_kept(&self) {
        self.kept.store(true, Relaxed);
    }

    /// A mark for an account and a device that nobody has seen yet.
    pub fn mark(&self, email: &str) -> String {
        let device: [u8; DEVICE] = rand::random();
        let mut text = device.to_vec();
        text.extend_from_slice(&self.sign(email, &device).finalize().into_bytes());
        URL_SAFE_NO_PAD.encode(text)
    }

    /// The device of a mark, if it was made for this account.
    pub fn find(&self, email: &str, mark: &str) -> Option<[u8; DEVICE]> {
        let bytes = URL_SAFE_NO_PAD.decode(mark).ok()?;
        let (device, signature) = bytes.split_first_chunk::<DEVICE>()?;
        self.sign(email, device).verify_slice(signature).ok()?;
        Some(*device)
    }

    fn sign(&self, email: &str, device: &[u8; DEVICE]) -> Hmac<Sha256> {
        let hmac = Hmac::<Sha256>::new_from_slice(&self.secret).expect("HMAC takes a key of any length");
        hmac.chain_update(device).chain_update(fold(email))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_holds_for_its_account_alone() {
        let devices = Devices { secret: [1; 32], kept: AtomicBool::new(true) };
        let mark = devices.mark("Ada@example.com");
        assert!(devices.find(" ada@example.com", &mark).is_some());
        assert_ne!(
            devices.find("ada@example.com", &mark),
            devices.find("ada@example.com", &devices.mark("ada@example.com"))
        );
        assert!(devices.find("bob@example.com", &mark).is_none());
        let other = Devices { secret: [2; 32], kept: AtomicBool::new(true) };
        assert!(other.find("ada@example.com", &mark).is_none());
        for rubbish in ["", "AAAA", &mark[1..], &mark[..20], "é"] {
            assert!(devices.find("ada@example.com", rubbish).is_none());
        }
    }
}
