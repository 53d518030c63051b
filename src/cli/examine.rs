//! What a doctor looks at.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use crate::auth::{KEY, holds_sealed, key_file, lost_key};
use crate::config::Config;
use crate::db::{self, free_space, refuse_network, verify, way_out};
use crate::kernel::{Moment, plural};
use crate::web::{backup_folder, sealed_places};

use super::beside::Running;
use super::finding::Finding;
use super::folder::database as database_of;
use super::verify::tally;

/// Below this the disk is a warning, and below a tenth of it a failure.
const DISK_LOW: u64 = 1_000_000_000;
/// As much as a busy minute writes.
const PROBE: usize = 1 << 20;
const WAL_HIGH: u64 = 64 << 20;
const STALE_BACKUP_S: i64 = 2 * 3600;

pub fn folder(config: &Config) -> Vec<Finding> {
    let data = config.data.display();
    vec![match fs::metadata(&config.data) {
        Ok(found) if found.is_dir() => Finding::well("folder", format!("{data} is there.")),
        Ok(_) => Finding::failure("folder", format!("{data} is a file. Name a folder with --data.")),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            Finding::failure("folder", format!("{data} is not there. Name it with --data, or start `larder serve`."))
        }
        Err(error) => Finding::failure("folder", format!("{data} cannot be looked at: {error}.")),
    }]
}

pub fn file_system(config: &Config) -> Vec<Finding> {
    let Some(kind) = db::file_system(&config.data) else { return Vec::new() };
    vec![match refuse_network(&config.data) {
        Ok(()) => Finding::well("file system", format!("{kind}, on this machine.")),
        Err(error) if config.allow_network_folder => {
            Finding::warning("file system", format!("{error} It is allowed by data.allow_network."))
        }
        Err(error) => Finding::failure("file system", error.to_string()),
    }]
}

/// Free space is what the system promises; whether it can be written is another matter (quotas,
/// reserved blocks), so a little is written and removed again.
pub fn disk(config: &Config) -> Vec<Finding> {
    if !config.data.is_dir() {
        return Vec::new();
    }
    let probe = config.data.join(".larder-doctor");
    let written = write_probe(&probe);
    let _ = fs::remove_file(&probe);
    let data = config.data.display();
    let written = match written {
        Ok(()) => None,
        Err(error) if matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded) => {
            Some(Finding::failure("disk", "The disk is full: nothing more can be written. Free some space."))
        }
        Err(error) => {
            let message = format!("{data} cannot be written: {error}. Run this as the server's user.");
            Some(Finding::failure("rights", message))
        }
    };
    let free = free_space(&config.data).map(|free| match free {
        DISK_LOW.. => Finding::well("disk", format!("{} MB are free.", free / 1_000_000)),
        _ => {
            let message = format!("Only {} MB are free. Free some space, or move the folder.", free / 1_000_000);
            if free < DISK_LOW / 10 { Finding::failure("disk", message) } else { Finding::warning("disk", message) }
        }
    });
    match written {
        Some(failure) => vec![failure],
        None => free.into_iter().collect(),
    }
}

fn write_probe(path: &Path) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(&vec![0; PROBE])?;
    file.sync_all()
}

/// The server's files are its owner's alone, and all of one owner: a command that was run as root
/// leaves files behind that the server cannot write.
pub fn rights(config: &Config) -> Vec<Finding> {
    let Ok(folder) = fs::metadata(&config.data) else { return Vec::new() };
    let mut findings = Vec::new();
    if folder.permissions().mode() & 0o007 != 0 {
        let message = format!("Other users can look into {0}. Run: chmod 700 {0}", config.data.display());
        findings.push(Finding::warning("rights", message));
    }
    for name in ["larder.db", "larder.db-wal", "larder.db-shm", "larder.lock", "larder.run"] {
        let path = config.data.join(name);
        let Ok(file) = fs::metadata(&path) else { continue };
        if file.uid() != folder.uid() {
            let message = format!(
                "{} does not belong to the folder's owner. Run: chown --reference={} {0}",
                path.display(),
                config.data.display()
            );
            findings.push(Finding::failure("rights", message));
        } else if file.permissions().mode() & 0o077 != 0 {
            let message = format!("Other users can read {0}. Run: chmod 600 {0}", path.display());
            findings.push(Finding::warning("rights", message));
        }
    }
    if findings.is_empty() {
        findings.push(Finding::well("rights", "The files are their owner's alone."));
    }
    findings
}

pub fn database(config: &Config) -> Vec<Finding> {
    let file = database_of(&config.data);
    if !config.data.is_dir() {
        return Vec::new();
    }
    if let Err(error) = db::refuse_emptied(&config.data) {
        return vec![Finding::failure("database", error.to_string())];
    }
    if !file.exists() {
        return vec![Finding::warning("database", "There is none yet; `larder serve` makes it.")];
    }
    let report = match verify(&file) {
        Ok(report) => report,
        Err(error) if [db::DAMAGED, "not_larder"].contains(&error.code()) => {
            return vec![Finding::failure("database", format!("{error} {}", way_out(&config.data)))];
        }
        Err(error) => return vec![Finding::failure("database", format!("It cannot be examined: {error}"))],
    };
    let mut findings = Vec::new();
    for complaint in report.integrity.iter().chain(&report.references).take(5) {
        findings.push(Finding::failure("database", format!("It is damaged: {complaint}")));
    }
    if !findings.is_empty() {
        findings.push(Finding::failure("database", way_out(&config.data)));
    }
    findings.extend(report.refusal.iter().map(|refusal| Finding::failure("database", refusal)));
    let pending = report.migrations.iter().filter(|migration| migration.applied_at.is_none()).count() as u64;
    if findings.is_empty() && pending > 0 {
        let message =
            format!("{} to come; the next start applies them.", plural(pending, "migration is", "migrations are"));
        findings.push(Finding::warning("database", message));
    }
    if findings.is_empty() {
        findings.push(Finding::well("database", format!("Sound: {}.", tally(&report))));
    }
    let mut log = file.into_os_string();
    log.push("-wal");
    if fs::metadata(&log).is_ok_and(|log| log.len() > WAL_HIGH) {
        findings.push(Finding::warning(
            "database",
            "The write-ahead log is large: a long read holds it. Restart the server.",
        ));
    }
    findings
}

/// Only where there is one, or something that it was needed for.
pub fn key(config: &Config) -> Vec<Finding> {
    let (file, path) = (database_of(&config.data), key_file(config));
    // One that cannot be read, or is older than what is sealed, was told of already.
    let sealed = file.exists() && db::look(&file, |conn| holds_sealed(conn, &sealed_places())).unwrap_or_default();
    let shown = path.display();
    match fs::metadata(&path) {
        Ok(found) if found.len() == KEY as u64 => {
            let message = format!("{shown} is in no backup: keep a copy of it elsewhere.");
            vec![Finding::well("key", message)]
        }
        Ok(_) => vec![Finding::failure("key", format!("{shown} is not a key of Larder: it must hold {KEY} bytes."))],
        Err(error) if error.kind() == ErrorKind::NotFound && !sealed => Vec::new(),
        Err(error) if error.kind() == ErrorKind::NotFound => vec![Finding::failure("key", lost_key(&path))],
        Err(error) => vec![Finding::failure("key", format!("{shown} cannot be looked at: {error}."))],
    }
}

pub fn backups(config: &Config) -> Vec<Finding> {
    if !database_of(&config.data).exists() {
        return Vec::new();
    }
    if config.backup_hourly == 0 {
        return vec![Finding::warning("backups", "They are switched off. Set backup.hourly to keep some.")];
    }
    let found = match db::backups(&backup_folder(&config.data)) {
        Ok(found) => found,
        Err(error) => return vec![Finding::failure("backups", format!("They cannot be listed: {error}"))],
    };
    let Some((at, path)) = found.first() else {
        return vec![Finding::warning(
            "backups",
            "There is none yet. The server makes one each hour, or: larder backup",
        )];
    };
    let count = plural(found.len() as u64, "backup", "backups");
    let age_s = (Moment::now().0 - at.0) / 1000;
    vec![match age_s {
        ..=STALE_BACKUP_S => Finding::well("backups", format!("{count}, the last {} minutes old.", age_s / 60)),
        _ => {
            let message = format!(
                "The last of {count} is {} hours old: {}. Is the server running?",
                age_s / 3600,
                path.display()
            );
            Finding::warning("backups", message)
        }
    }]
}

/// What a running server says of itself.
pub fn server(config: &Config) -> Vec<Finding> {
    let running = match Running::read(&config.data) {
        Ok(Some(running)) => running,
        Ok(None) => return vec![Finding::well("server", "None is running on this folder.")],
        Err(error) => return vec![Finding::failure("server", error.to_string())],
    };
    if !running.answers() {
        let message =
            format!("It runs as process {} at {}, and does not answer. Restart it.", running.pid, running.url);
        return vec![match is_locked(&config.data) {
            true => Finding::failure("server", message),
            false => Finding::warning("server", "It was killed the last time. Nothing is lost; start it again."),
        }];
    }
    let mut findings = vec![Finding::well("server", format!("Running at {}.", running.url))];
    for (name, check) in
        running.ask("healthz").iter().flat_map(|health| health["checks"].as_object().into_iter().flatten())
    {
        let message = format!("{name}: {}", check["message"].as_str().unwrap_or_default());
        match check["status"].as_str() {
            Some("warn") => findings.push(Finding::warning("server", message)),
            Some("fail") => findings.push(Finding::failure("server", message)),
            _ => {}
        }
    }
    findings
}

/// A server holds the lock of its folder for as long as it lives.
fn is_locked(data: &Path) -> bool {
    File::open(data.join("larder.lock")).is_ok_and(|lock| matches!(lock.try_lock(), Err(TryLockError::WouldBlock)))
}

pub fn certificate(config: &Config) -> Vec<Finding> {
    let files = [("tls.cert", &config.tls_cert), ("tls.key", &config.tls_key)];
    let files = files.into_iter().filter_map(|(name, path)| Some((name, path.as_ref()?)));
    files
        .map(|(name, path)| match fs::read(path) {
            Ok(_) => Finding::well("certificate", format!("{name}: {} can be read.", path.display())),
            Err(error) => {
                Finding::failure("certificate", format!("{name}: {} cannot be read: {error}.", path.display()))
            }
        })
        .collect()
}
