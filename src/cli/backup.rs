//! `larder backup`: a verified copy, now.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command, value_parser};
use serde_json::json;

use crate::file;
use crate::kernel::{Error, Result};

use super::beside::Server;
use super::verify::complain;
use super::{copy, folder, say, settings};

pub fn command() -> Command {
    Command::new("backup")
        .about("Make a verified copy of the database and its files, also while the server runs")
        .arg(
            Arg::new("to")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .help("Put a copy here too, besides the one in the folder `backups` of the data; attached files go to a folder beside it, with the ending `.files`"),
        )
        .args(settings::folder())
}

pub fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let config = settings::read(matches)?;
    folder::must_exist(&config.data)?;
    let to = matches.get_one::<PathBuf>("to");
    if let Some(to) = to.filter(|to| to.exists()) {
        return Err(Error::conflict("exists", format!("{} exists already. Name a new file.", to.display())));
    }
    let server = Server::of(config)?;
    let made = server.post("admin/backups", &json!({}))?;
    let (path, bytes) = (made["path"].as_str().unwrap_or_default(), made["bytes"].as_u64().unwrap_or_default());
    match to {
        Some(to) => {
            copy::whole(Path::new(path), to)?;
            complain(file::carry(Path::new(path), to)?)?;
            say(&format!("{} ({} KB), verified; also {path}", to.display(), bytes / 1024));
        }
        None => say(&format!("{path} ({} KB), verified", bytes / 1024)),
    }
    Ok(ExitCode::SUCCESS)
}
