//! Secrets that have to be read again, such as tokens of other services: sealed with a key that lies
//! beside the database and never in it. Whoever has a backup alone cannot open them.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use parking_lot::Mutex;
use rusqlite::Connection;

use crate::config::Config;
use crate::db::{Db, fault};
use crate::kernel::{Error, Id, Result};

/// Bytes of the key.
pub const KEY: usize = 32;
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

/// A column of a table in which sealed texts are kept.
pub type Sealed = (&'static str, &'static str);

/// The file with the key.
pub fn key_file(config: &Config) -> PathBuf {
    config.secrets_key_file.clone().unwrap_or_else(|| config.data.join(FILE))
}

/// Is anything sealed in one of these places?
///
/// # Errors
/// When the database cannot be read, or is older than they are.
pub fn holds_sealed(conn: &Connection, places: &[Sealed]) -> Result<bool> {
    let any = places.iter().map(|(table, column)| format!("EXISTS(SELECT 1 FROM {table} WHERE {column} IS NOT NULL)"));
    let sql = format!("SELECT {}", any.collect::<Vec<_>>().join(" OR "));
    conn.query_row(&sql, [], |row| row.get(0)).map_err(fault)
}

/// What whoever runs the server does about a key that is not there though something was sealed with it.
pub fn lost_key(path: &Path) -> String {
    let path = path.display();
    format!(
        "{path} is missing, and the database holds tokens and webhooks that were sealed with it. Put a copy of it \
         back. If there is none, make a new one (head -c {KEY} /dev/urandom > {path}) and give them all anew."
    )
}

/// Seals and opens. The key is made when something is sealed for the first time.
pub struct Vault {
    path: PathBuf,
    /// Something was sealed before this start: a key that is not there is lost, and no other takes its
    /// place unasked.
    sealed: bool,
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    key: Option<[u8; KEY]>,
    /// Why there is none, as it was logged last: once, however often it is asked for.
    logged: String,
}

/// Why there is no key.
enum Refusal {
    Missing,
    /// For the log: it names the file.
    Unusable(String),
}

impl Vault {
    pub fn new(config: &Config) -> Self {
        Self { path: key_file(config), sealed: false, held: Mutex::default() }
    }

    /// Makes no key while something is sealed in one of these places.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn guarding(mut self, db: &Db, places: &[Sealed]) -> Result<Self> {
        let places = places.to_vec();
        self.sealed = db.read(move |conn| holds_sealed(conn, &places)).wait()?;
        if self.sealed && !self.path.exists() {
            tracing::warn!("{}", lost_key(&self.path));
        }
        Ok(self)
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
        let mut held = self.held.lock();
        let key = match held.key {
            Some(key) => key,
            None => match self.key(make) {
                Ok(key) => *held.key.insert(key),
                Err(Refusal::Missing) => return Err(unreadable()),
                Err(Refusal::Unusable(why)) => {
                    if held.logged != why {
                        tracing::warn!("{why}");
                        held.logged = why;
                    }
                    return Err(unusable());
                }
            },
        };
        Ok(XChaCha20Poly1305::new(&key.into()))
    }

    fn key(&self, make: bool) -> Result<[u8; KEY], Refusal> {
        let path = self.path.display();
        let failed = |error: io::Error| Refusal::Unusable(format!("{path}: {error}"));
        let bytes = match fs::read(&self.path) {
            Err(error) if error.kind() == ErrorKind::NotFound && !make => return Err(Refusal::Missing),
            Err(error) if error.kind() == ErrorKind::NotFound && self.sealed => {
                return Err(Refusal::Unusable(lost_key(&self.path)));
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                make_key(&self.path).and_then(|()| fs::read(&self.path)).map_err(failed)?
            }
            read => read.map_err(failed)?,
        };
        bytes.try_into().map_err(|_| {
            Refusal::Unusable(format!(
                "{path} is not a key of Larder: it must hold {KEY} bytes. Put a copy of it back."
            ))
        })
    }
}

fn unreadable() -> Error {
    Error::conflict("token_unreadable", "The stored token cannot be opened with the server's key. Give it anew.")
}

/// Without the path and the reason: these are for whoever runs the server.
fn unusable() -> Error {
    Error::conflict(
        "secret_key",
        "The server's key cannot be used. Whoever runs the server finds the reason in its log.",
    )
}

/// Makes a key that only this user can read. It is whole on the disk before it bears its name, and one
/// that came there meanwhile stays.
fn make_key(path: &Path) -> io::Result<()> {
    let mut new = path.as_os_str().to_owned();
    new.push(".new");
    let new = Path::new(&new);
    // Whoever was to make it may have been killed.
    match fs::remove_file(new) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(new)?;
    file.write_all(&rand::random::<[u8; KEY]>())?;
    file.sync_all()?;
    match fs::hard_link(new, path) {
        // Not every file system has links.
        Err(error) if error.kind() != ErrorKind::AlreadyExists && !path.exists() => fs::rename(new, path)?,
        Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
        _ => fs::remove_file(new)?,
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
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
        assert_eq!(fs::metadata(&file).expect("a key").permissions().mode() & 0o777, 0o600);

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

        fs::remove_file(&file).expect("removed");
        let vault = Vault::new(&config);
        assert_eq!(vault.open(purpose, &sealed).expect_err("no key").code(), "token_unreadable");
        assert!(!file.exists(), "a key is made to seal with, not to open");
    }

    /// A server that was killed as it made its first key.
    #[test]
    fn half_a_key_that_was_left_behind_is_no_key() {
        let folder = tempfile::tempdir().expect("a folder");
        let config = Config::for_folder(folder.path());
        let purpose = For { tenant: Id::new(), purpose: "token", about: Id::new() };
        let (file, new) = (folder.path().join(FILE), folder.path().join(format!("{FILE}.new")));
        fs::write(&new, [7; 9]).expect("written");
        let sealed = Vault::new(&config).seal(purpose, "s3cret").expect("sealed");
        assert_eq!(fs::read(&file).expect("a key").len(), KEY);
        assert!(!new.exists());
        let key = fs::read(&file).expect("a key");
        make_key(&file).expect("one is there");
        assert_eq!((fs::read(&file).expect("a key"), new.exists()), (key, false), "it stays as it is");
        assert_eq!(Vault::new(&config).open(purpose, &sealed).expect("opened"), "s3cret");

        fs::write(&file, [7; 9]).expect("written");
        let vault = Vault::new(&config);
        for error in [vault.seal(purpose, "x").expect_err("no key"), vault.open(purpose, &sealed).expect_err("no key")]
        {
            assert_eq!(error.code(), "secret_key");
            assert!(!error.to_string().contains(FILE), "{error}");
        }
        assert_eq!(fs::read(&file).expect("a file").len(), 9, "nobody knows what it was");
    }

    #[test]
    fn a_key_that_is_lost_is_replaced_by_nobody_but_the_operator() {
        let folder = tempfile::tempdir().expect("a folder");
        let config = Config::for_folder(folder.path());
        let purpose = For { tenant: Id::new(), purpose: "token", about: Id::new() };
        let vault = Vault { sealed: true, ..Vault::new(&config) };
        assert_eq!(vault.seal(purpose, "x").expect_err("no key").code(), "secret_key");
        let file = folder.path().join(FILE);
        assert!(!file.exists());
        fs::write(&file, [7; KEY]).expect("written");
        assert_eq!(vault.open(purpose, &vault.seal(purpose, "x").expect("sealed")).expect("opened"), "x");
    }
}
