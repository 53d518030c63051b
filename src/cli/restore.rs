//! `larder restore`: a backup becomes a new folder, verified before and after.

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command, value_parser};

use crate::auth::{holds_sealed, key_file, lost_key};
use crate::db::{self, refuse_network, verify};
use crate::file;
use crate::kernel::{Error, Result};
use crate::web::sealed_places;

use super::verify::{show, tally, tally_files};
use super::{copy, folder, say, settings};

pub fn command() -> Command {
    Command::new("restore")
        .about("Make a new data folder out of a backup")
        .arg(
            Arg::new("backup")
                .value_name("BACKUP")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help("A file made by `larder backup` or by the server each hour"),
        )
        .args(settings::folder())
        .after_help("--data names the new folder. Start `larder serve` with it when all is well.")
}

pub fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let config = settings::read(matches)?;
    let (data, backup) = (&config.data, &matches.get_one::<PathBuf>("backup").cloned().unwrap_or_default());
    if !is_empty(data)? {
        let message = format!("{} is not empty. A backup is only restored into a new folder.", data.display());
        return Err(Error::conflict("not_empty", message));
    }
    refuse_live(backup)?;
    let report = verify(backup)?;
    if !report.is_sound() {
        show(&report);
        return Err(Error::conflict("damaged", "The backup is damaged; nothing was restored. Take another one."));
    }
    let unusable =
        |error: std::io::Error| Error::conflict("not_writable", format!("{} cannot be made: {error}.", data.display()));
    DirBuilder::new().recursive(true).mode(0o700).create(data).map_err(unusable)?;
    if !config.allow_network_folder {
        refuse_network(data)?;
    }
    let database = folder::database(data);
    copy::whole(backup, &database)?;
    let restored = verify(&database)?;
    if !restored.is_sound() || restored.counts != report.counts {
        let _ = std::fs::remove_file(&database);
        return Err(Error::internal("the restored database is not the same as the backup; it was removed again"));
    }
    let files = file::restore(backup, data)?;
    say(&format!("Restored into {}, verified: {}{}", data.display(), tally(&restored), tally_files(&files)));
    // What is missing in the backup is missing here: the rest is better than nothing.
    files.complaints.iter().for_each(|line| say(line));
    if db::look(&database, |conn| holds_sealed(conn, &sealed_places())).unwrap_or_default() {
        // A backup alone must open nothing, so it has no key.
        say(&lost_key(&key_file(&config)));
    }
    say(&format!("Start it with: larder serve --data {}", data.display()));
    Ok(ExitCode::SUCCESS)
}

/// True for a folder that is not there or holds nothing.
fn is_empty(folder: &Path) -> Result<bool> {
    match std::fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(Error::conflict("unreadable", format!("{} cannot be read: {error}.", folder.display()))),
    }
}

/// A database in use keeps its newest changes in a file beside it, which a copy would miss.
fn refuse_live(backup: &Path) -> Result<()> {
    let mut log = backup.as_os_str().to_owned();
    log.push("-wal");
    match std::fs::metadata(&log) {
        Ok(log) if log.len() > 0 => Err(Error::conflict(
            "live",
            format!("{} is a database in use and no backup. Make one with `larder backup`.", backup.display()),
        )),
        _ => Ok(()),
    }
}
