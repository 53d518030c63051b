//! The bytes of files: each content once for each tenant, under the digest of what is in it.
//!
//! ```text
//!   files/<tenant>/ab/cd/abcd…   the bytes, complete and on disk before any row refers to them
//! ```
//!
//! A row that is rolled back, or a crash before its commit, leaves bytes that nobody refers to;
//! [`Files::sweep`] removes them. Nothing is ever written over: other bytes have another name.

mod backup;
mod media;

use std::fs::{self, DirBuilder, File, FileTimes};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use parking_lot::Mutex;
use sha2::{Digest, Sha256};

use crate::db::{Db, fault};
use crate::kernel::{Error, Id, Moment, Result};

pub use backup::{Examined, back_up, carry, restore, verify};
pub use media::{LOGOS, Media, clean_name, of_name, recognise};

/// The largest file that is taken.
pub const MAX_BYTES: u64 = 20_000_000;
/// The largest logo.
pub const MAX_LOGO_BYTES: u64 = 512 * 1024;

/// Bytes that nobody refers to are left alone for so long: their row may be about to be written.
const YOUNG_S: i64 = 24 * 3600;
/// So long after its row was deleted a file can still be restored.
const RESTORABLE_S: i64 = 30 * 24 * 3600;

/// The files of one data folder.
pub struct Files {
    folder: PathBuf,
    /// Held while a file comes or goes, so that no sweep takes away what has just come again.
    moving: Mutex<()>,
}

/// Where the files of a data folder lie.
pub fn folder(data: &Path) -> PathBuf {
    data.join("files")
}

impl Files {
    pub fn new(data: &Path) -> Self {
        Self { folder: folder(data), moving: Mutex::default() }
    }

    fn path(&self, tenant: Id, sha256: &str) -> Option<PathBuf> {
        place(&self.folder.join(tenant.to_string()), sha256)
    }

    /// Takes a file over from where it was received, and returns when it is on disk under its digest.
    pub fn keep(&self, tenant: Id, sha256: &str, from: &Path) -> Result<()> {
        let to = self.path(tenant, sha256).ok_or_else(|| Error::internal("a digest is 64 hexadecimal digits"))?;
        let _moving = self.moving.lock();
        take_in(from, &to).map_err(|error| match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                Error::busy("disk_full", "The disk is full, nothing was kept. Free some space and try again.")
            }
            _ => Error::internal(error),
        })
    }

    /// Keeps bytes that are at hand, and gives their digest.
    pub fn keep_bytes(&self, tenant: Id, bytes: &[u8]) -> Result<String> {
        let sha256: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let from = self.folder.join(format!(".{}", Id::new()));
        let written = make_way(&from).and_then(|()| fs::write(&from, bytes)).map_err(Error::internal);
        let kept = written.and_then(|()| self.keep(tenant, &sha256, &from));
        let _ = fs::remove_file(&from);
        kept.map(|()| sha256)
    }

    /// The bytes with this digest, while they are there.
    pub fn open(&self, tenant: Id, sha256: &str) -> Result<Option<File>> {
        let Some(path) = self.path(tenant, sha256) else { return Ok(None) };
        match File::open(path) {
            Ok(file) => Ok(Some(file)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::internal(error)),
        }
    }

    /// Removes the bytes that no row refers to, or only rows that were deleted long ago, and gives
    /// their number. Waits for the database.
    pub fn sweep(&self, db: &Db, now: Moment) -> Result<u64> {
        let mut removed = 0;
        each(&self.folder, &mut |tenant, sha256, path| {
            let young = |path: &Path| fs::metadata(path).map_or(true, |m| m.ctime() > now.0 / 1000 - YOUNG_S);
            if young(path) || is_wanted(db, tenant, sha256, now)? {
                return Ok(());
            }
            let _moving = self.moving.lock();
            // Somebody may have sent it again meanwhile.
            if !young(path) {
                fs::remove_file(path).map_err(Error::internal)?;
                removed += 1;
            }
            Ok(())
        })?;
        Ok(removed)
    }
}

/// Does a row of the tenant still need these bytes?
fn is_wanted(db: &Db, tenant: Id, sha256: &str, now: Moment) -> Result<bool> {
    let (sha256, since) = (sha256.to_owned(), now.plus_s(-RESTORABLE_S));
    let sql = "SELECT EXISTS (SELECT 1 FROM tenants t WHERE t.id = ?1 AND (t.logo_sha256 = ?2 OR EXISTS (
                 SELECT 1 FROM attachments a WHERE a.tenant_id = t.seq AND a.sha256 = ?2
                   AND (a.deleted_at IS NULL OR a.deleted_at > ?3))))";
    let read = db.read(move |connection| {
        connection.query_row(sql, (tenant.as_bytes(), sha256, since.0), |row| row.get(0)).map_err(fault)
    });
    read.wait()
}

/// `ab/cd/abcd…` below the folder; none for what is no digest.
fn place(folder: &Path, sha256: &str) -> Option<PathBuf> {
    let digest = sha256.len() == 64 && sha256.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    digest.then(|| folder.join(&sha256[..2]).join(&sha256[2..4]).join(sha256))
}

/// Makes the folder of a file, and sees to it that the names on the way are on disk.
fn make_way(to: &Path) -> io::Result<()> {
    let mut missing: Vec<&Path> = to.ancestors().skip(1).take_while(|folder| !folder.exists()).collect();
    while let Some(folder) = missing.pop() {
        match DirBuilder::new().mode(0o700).create(folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => sync_parent(folder)?,
        }
    }
    Ok(())
}

fn sync_parent(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

fn take_in(from: &Path, to: &Path) -> io::Result<()> {
    if to.exists() {
        // The same bytes are there already; that they were sent again makes them young again.
        return settle(&File::open(to)?);
    }
    let file = File::open(from)?;
    settle(&file)?;
    file.sync_all()?;
    make_way(to)?;
    fs::rename(from, to)?;
    sync_parent(to)
}

/// Bytes under their digest have no time of their own: see [`backup`], which uses it as a mark.
fn settle(file: &File) -> io::Result<()> {
    file.set_times(FileTimes::new().set_modified(SystemTime::UNIX_EPOCH))
}

/// Calls `f` for each file of a store, with the tenant and the digest that its place stands for.
fn each(folder: &Path, f: &mut dyn FnMut(Id, &str, &Path) -> Result<()>) -> Result<()> {
    for tenant in entries(folder)? {
        let Some(id) = name(&tenant).parse().ok() else { continue };
        for first in entries(&tenant)? {
            for second in entries(&first)? {
                for path in entries(&second)? {
                    let sha256 = name(&path);
                    if place(&tenant, &sha256).is_some_and(|place| place == path) {
                        f(id, &sha256, &path)?;
                    }
                }
            }
        }
    }
    Ok(())
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// What a folder holds; nothing, when it is not there or is none.
fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    match fs::read_dir(folder) {
        Ok(entries) => entries.map(|entry| entry.map(|e| e.path())).collect::<io::Result<_>>().map_err(Error::internal),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(Vec::new()),
        Err(error) => Err(Error::internal(error)),
    }
}

#[cfg(test)]
mod tests;
