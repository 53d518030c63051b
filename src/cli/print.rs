//! `larder print systemd-unit`: what the system needs to run the bare file as a service.

use std::process::ExitCode;

use clap::{ArgMatches, Command};

use crate::kernel::Result;

use super::{say, settings};

/// For Debian 12 (systemd 252) and later.
const UNIT: &str = include_str!("larder.service");

pub fn command() -> Command {
    let unit = Command::new("systemd-unit").about("A systemd unit that runs this file as a service of its own user");
    Command::new("print")
        .about("Print files that other programs read")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(unit.args(settings::folder()))
}

pub fn run(_: &ArgMatches) -> Result<ExitCode> {
    say(UNIT.trim_end());
    Ok(ExitCode::SUCCESS)
}
