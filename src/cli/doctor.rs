//! `larder doctor`: looks at a folder and everything around it, and says what is wrong and what to do.

use std::process::ExitCode;

use clap::{ArgMatches, Command};

use crate::config::Config;
use crate::kernel::Result;

use super::finding::{Finding, Level};
use super::{examine, say, settings};

/// What is looked at, in an order in which each rests on those before it.
const CHECKS: [fn(&Config) -> Vec<Finding>; 9] = [
    examine::folder,
    examine::file_system,
    examine::disk,
    examine::rights,
    examine::database,
    examine::key,
    examine::backups,
    examine::server,
    examine::certificate,
];

pub fn command() -> Command {
    Command::new("doctor")
        .about("Say what is wrong with a data folder and what to do about it; changes nothing")
        .args(settings::folder())
}

/// Exit code 1 on a failure, 0 when all is well or only warned of.
pub fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let config = settings::read(matches)?;
    let findings: Vec<Finding> = CHECKS.iter().flat_map(|check| check(&config)).collect();
    for finding in &findings {
        let mark = ["ok", "WARN", "FAIL"][finding.level as usize];
        say(&format!("{mark:<5} {:<12} {}", finding.what, finding.message));
    }
    let worst = findings.iter().map(|finding| finding.level).max().unwrap_or(Level::Well);
    Ok(if worst == Level::Failure { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
