//! Files in backups: all copies of the database in one folder share one store beside them, in which
//! each content lies once. Nothing there is written over, so a hard link is as good as a copy.

use std::fs::{self, File, FileTimes};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use sha2::{Digest, Sha256};

use crate::db::{backups, fault, look};
use crate::kernel::{Error, Id, Moment, Result};

use super::{RESTORABLE_S, each, make_way, place, settle, sync_parent};

/// At most so many complaints are told.
const COMPLAINTS: usize = 100;

/// What was found of the files that a database refers to.
#[derive(Debug, Default)]
pub struct Examined {
    pub files: u64,
    pub bytes: u64,
    /// What is missing or not what it was, in words.
    pub complaints: Vec<String>,
}

/// Adds to the store in the folder of backups what is new among the files of `data`, and removes
/// what no backup there can refer to any more.
///
/// What has gone from the data folder is marked with the moment at which that was noticed, as its
/// time of change; it goes from the backups when the oldest of them is younger than that.
pub fn back_up(data: &Path, folder: &Path, now: Moment) -> Result<()> {
    let (live, store) = (super::folder(data), super::folder(folder));
    each(&live, &mut |tenant, sha256, path| {
        let Some(to) = place(&store.join(tenant.to_string()), sha256) else { return Ok(()) };
        link(path, &to).and_then(|()| if left_at(&to)?.is_some() { settle(&File::open(&to)?) } else { Ok(()) }).or_else(
            |error| match (error.kind(), path.exists()) {
                // It was swept away meanwhile.
                (io::ErrorKind::NotFound, false) => Ok(()),
                _ => Err(failed(path, &error)),
            },
        )
    })?;
    let oldest = backups(folder)?.last().map_or(now, |(at, _)| *at);
    each(&store, &mut |tenant, sha256, path| {
        if place(&live.join(tenant.to_string()), sha256).is_some_and(|live| live.exists()) {
            return Ok(());
        }
        let done = match left_at(path) {
            Ok(Some(left)) if left < oldest => fs::remove_file(path),
            Ok(Some(_)) => Ok(()),
            Ok(None) => mark(path, now),
            Err(error) => Err(error),
        };
        done.map_err(|error| failed(path, &error))
    })
}

/// When a file of the store was found to have gone from the data folder.
fn left_at(path: &Path) -> io::Result<Option<Moment>> {
    let changed = fs::metadata(path)?.modified()?.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let ms = i64::try_from(changed.as_millis()).unwrap_or(i64::MAX);
    Ok((ms > 0).then_some(Moment(ms)))
}

fn mark(path: &Path, now: Moment) -> io::Result<()> {
    let at = SystemTime::UNIX_EPOCH + Duration::from_millis(now.0.unsigned_abs());
    File::open(path)?.set_times(FileTimes::new().set_modified(at))
}

/// The same bytes under another name: a link where both are on one disk, else a copy.
fn link(from: &Path, to: &Path) -> io::Result<()> {
    if to.exists() {
        return Ok(());
    }
    make_way(to)?;
    match fs::hard_link(from, to) {
        Ok(()) => sync_parent(to),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(error),
        Err(_) => copy(from, to),
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let partial = to.with_extension("partial");
    let done = fs::copy(from, &partial).and_then(|_| {
        let file = File::open(&partial)?;
        settle(&file)?;
        file.sync_all()?;
        fs::rename(&partial, to)?;
        sync_parent(to)
    });
    if done.is_err() {
        let _ = fs::remove_file(&partial);
    }
    done
}

/// The store that belongs to a database or a backup: one of its own, or the one that it shares.
fn store_of(database: &Path) -> PathBuf {
    let own = database.with_extension("files");
    if own.is_dir() { own } else { super::folder(database.parent().unwrap_or(Path::new("."))) }
}

/// Copies to a new backup's own store what it refers to.
pub fn carry(from: &Path, backup: &Path) -> Result<Examined> {
    let store = backup.with_extension("files");
    gather(from, &store_of(from), &store)
}

/// Copies into a new data folder what a backup refers to.
pub fn restore(backup: &Path, data: &Path) -> Result<Examined> {
    gather(backup, &store_of(backup), &super::folder(data))
}

fn gather(database: &Path, from: &Path, to: &Path) -> Result<Examined> {
    let mut found = Examined::default();
    referred(database, &mut |tenant, sha256| {
        let folder = tenant.to_string();
        let (Some(from), Some(to)) = (place(&from.join(&folder), sha256), place(&to.join(&folder), sha256)) else {
            return Ok(());
        };
        if to.exists() {
            return Ok(());
        }
        match make_way(&to).and_then(|()| copy(&from, &to)) {
            Ok(()) => found.add(&to),
            Err(error) if error.kind() == io::ErrorKind::NotFound => found.complain(sha256, "is missing"),
            Err(error) => return Err(failed(&from, &error)),
        }
        Ok(())
    })?;
    Ok(found)
}

/// Reads every file that a database or backup refers to and compares it with its digest.
pub fn verify(database: &Path) -> Result<Examined> {
    let store = store_of(database);
    let mut found = Examined::default();
    referred(database, &mut |tenant, sha256| {
        let Some(path) = place(&store.join(tenant.to_string()), sha256) else { return Ok(()) };
        match digest(&path) {
            Ok(digest) if digest == sha256 => found.add(&path),
            Ok(_) => found.complain(sha256, "is not what it was"),
            Err(error) if error.kind() == io::ErrorKind::NotFound => found.complain(sha256, "is missing"),
            Err(error) => found.complain(sha256, &format!("cannot be read: {error}")),
        }
        Ok(())
    })?;
    Ok(found)
}

impl Examined {
    fn add(&mut self, path: &Path) {
        self.files += 1;
        self.bytes += fs::metadata(path).map_or(0, |m| m.len());
    }
    fn complain(&mut self, sha256: &str, what: &str) {
        if self.complaints.len() < COMPLAINTS {
            self.complaints.push(format!("the file {sha256} {what}"));
        }
    }
}

fn digest(path: &Path) -> io::Result<String> {
    let (mut file, mut hash, mut piece) = (File::open(path)?, Sha256::new(), vec![0; 64 * 1024]);
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()),
            n => hash.update(&piece[..n]),
        }
    }
}

/// Each content that a live row refers to, or one that can still be restored; row by row, so memory
/// stays flat. A database from before there were logos has none.
fn referred(database: &Path, f: &mut dyn FnMut(Id, &str) -> Result<()>) -> Result<()> {
    look(database, |connection| {
        let attachments = "SELECT (SELECT id FROM tenants WHERE seq = tenant_id), sha256 FROM (
              SELECT DISTINCT tenant_id, sha256 FROM attachments
              WHERE sha256 IS NOT NULL AND (deleted_at IS NULL OR deleted_at > ?1))";
        let logos = " UNION ALL SELECT id, logo_sha256 FROM tenants WHERE logo_sha256 IS NOT NULL";
        let has_logos = "SELECT EXISTS (SELECT 1 FROM pragma_table_info('tenants') WHERE name = 'logo_sha256')";
        let has_logos: bool = connection.query_row(has_logos, [], |row| row.get(0)).map_err(fault)?;
        let sql = format!("{attachments}{}", if has_logos { logos } else { "" });
        let mut statement = connection.prepare(&sql).map_err(fault)?;
        let since = Moment::now().plus_s(-RESTORABLE_S);
        let mut rows = statement.query([since.0]).map_err(fault)?;
        while let Some(row) = rows.next().map_err(fault)? {
            let (id, sha256): (Vec<u8>, String) = (row.get(0).map_err(fault)?, row.get(1).map_err(fault)?);
            f(Id::from_slice(&id).unwrap_or_default(), &sha256)?;
        }
        Ok(())
    })
}

fn failed(path: &Path, error: &io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::StorageFull => Error::busy("disk_full", format!("{}: the disk is full.", path.display())),
        _ => Error::conflict("not_copied", format!("{} cannot be copied: {error}.", path.display())),
    }
}
