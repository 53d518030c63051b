//! Secrets that have to be read again, such as tokens of other services: sealed with a key that lies
//! beside the database and never in it. Whoever has a backup alone cannot open them.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use parking_lot::Mutex;

use crate::config::Config;
use crate::kernel::{Error, Id, Result};

const KEY: usize = 32;
const NONCE: usize = 24;
/// The name of the key file in the data folder.
const FILE: &str = "secret.key";

/// What a sealed text was sealed for. It cannot be opened for anything else, so that one that was
/// copied to another place in the database opens nothing there.
#[derive(Clone, Copy, Debug)]
pub struct For<'a> {
    pub tenant: Id,
    pub purpose: &'a str,
    pub about: Id,
}

impl For<'_> {
    fn bytes(&self) -> Vec<u8> {
        [self.tenant.as_bytes(), self.about.as_bytes(), self.purpose.as_bytes()].concat()
    }
}

/// Seals and opens. The key is made when something is sealed for the first time.
pub struct Vault {
    path: PathBuf,
    key: Mutex<Option<[u8; KEY]>>,
}

impl Vault {
    pub fn new(config: &Config) -> Self {
        let path = config.secrets_key_file.clone().unwrap_or_else(|| config.data.join(FILE));
        Self { path, key: Mutex::default() }
    }

    /// Seals a text. Sealed twice it reads differently.
    ///
    /// # Errors
    /// When the key can be neither read nor made.
    pub fn seal(&self, purpose: For<'_>, secret: &str) -> Result<Vec<u8>> {
        let cipher = self.cipher(true)?;
        let nonce = rand::random::<[u8; NONCE]>();
        let payload = Payload { msg: secret.as_bytes(), aad: &purpose.bytes() };
        let sealed =
            cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| Error::internal("nothing was sealed"))?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// Opens what was sealed for the same purpose.
    ///
    /// # Errors
    /// A conflict when it was sealed with another key or for something else, or was changed.
    pub fn open(&self, purpose: For<'_>, sealed: &[u8]) -> Result<String> {
        let (nonce, rest) = sealed.split_first_chunk::<NONCE>().ok_or_else(unreadable)?;
        let cipher = self.cipher(false)?;
        let payload = Payload { msg: rest, aad: &purpose.bytes() };
        let opened = cipher.decrypt(&XNonce::from(*nonce), payload).map_err(|_| unreadable())?;
        String::from_utf8(opened).map_err(|_| unreadable())
    }

    fn cipher(&self, make: bool) -> Result<XChaCha20Poly1305> {
        let mut known = self.key.lock();
        let key = match *known {
            Some(key) => key,
            None => *known.insert(read(&self.path, make)?),
        };
        Ok(XChaCha20Poly1305::new(&key.into()))
    }
}

fn unreadable() -> Error {
    Error::conflict("token_unreadable", "The stored token cannot be opened with the server's key. Give it anew.")
}

fn read(path: &Path, make: bool) -> Result<[u8; KEY]> {
    match std::fs::read(path) {
        Ok(bytes) => bytes.try_into().map_err(|_| {
            let path = path.display();
            Error::conflict("secret_key", format!("{path} is not a key of Larder: it must hold {KEY} bytes."))
        }),
        Err(error) if error.kind() == ErrorKind::NotFound && make => write(path),
        Err(error) if error.kind() == ErrorKind::NotFound => Err(unreadable()),
        Err(error) => Err(Error::file(path, &error)),
    }
}

/// Makes a key that only this user can read, whole on the disk before it is used.
fn write(path: &Path) -> Result<[u8; KEY]> {
    let key = rand::random::<[u8; KEY]>();
    let written = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).and_then(|mut file| {
        file.write_all(&key)?;
        file.sync_all()
    });
    written.map_err(|error| Error::file(path, &error))?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn what_was_sealed_opens_after_a_restart_and_for_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let config = Config::for_folder(folder.path());
        let (tenant, about) = (Id::new(), Id::new());
        let purpose = For { tenant, purpose: "token", about };
        let vault = Vault::new(&config);
        let sealed = vault.seal(purpose, "s3cret").expect("sealed");
        assert!(!sealed.windows(6).any(|part| part == b"s3cret"));
        assert_ne!(sealed, vault.seal(purpose, "s3cret").expect("sealed"), "no two look alike");
        let file = folder.path().join(FILE);
        assert_eq!(std::fs::metadata(&file).expect("a key").permissions().mode() & 0o777, 0o600);

        let vault = Vault::new(&config);
        assert_eq!(vault.open(purpose, &sealed).expect("opened"), "s3cret");
        let (other, name) = (For { tenant: Id::new(), ..purpose }, For { purpose: "other", ..purpose });
        for wrong in [other, name, For { about: Id::new(), ..purpose }] {
            assert_eq!(vault.open(wrong, &sealed).expect_err("another purpose").code(), "token_unreadable");
        }
        let mut changed = sealed.clone();
        *changed.last_mut().expect("a byte") ^= 1;
        assert!(vault.open(purpose, &changed).is_err());
        assert!(vault.open(purpose, &sealed[..10]).is_err());

        std::fs::remove_file(&file).expect("removed");
        let vault = Vault::new(&config);
        assert_eq!(vault.open(purpose, &sealed).expect_err("no key").code(), "token_unreadable");
        assert!(!file.exists(), "a key is made to seal with, not to open");
    }
}
