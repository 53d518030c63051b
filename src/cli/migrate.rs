//! `larder migrate`: what made the database, and what is still to come.

use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::db::{Db, Options, status};
use crate::kernel::{Moment, Result};

use super::{folder, say, settings};

pub fn command() -> Command {
    Command::new("migrate")
        .about("Bring the database to this version; the server does the same when it starts")
        .arg(Arg::new("status").long("status").action(ArgAction::SetTrue).help("Change nothing, only list"))
        .args(settings::folder())
}

pub fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let config = settings::read(matches)?;
    folder::must_exist(&config.data)?;
    if !matches.get_flag("status") {
        // Opening is migrating, after a copy was made; the folder's lock keeps a server out meanwhile.
        let options = Options { allow_network_fs: config.allow_network_folder, ..Options::default() };
        Db::open(&config.data, options)?.close();
    }
    for migration in status(&folder::database(&config.data))? {
        let when = migration.applied_at.map_or_else(|| "pending".to_owned(), |at| Moment(at).to_string());
        say(&format!("{when:<24}  {}", migration.name));
    }
    Ok(ExitCode::SUCCESS)
}
