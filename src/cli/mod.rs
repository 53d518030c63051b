//! The command line: one file per command.

mod log;
mod run_file;
mod serve;

use std::process::ExitCode;

use clap::{ArgMatches, Command};

use crate::kernel::{Error, Result};

/// What a command line command is: how it is called and what it does.
struct Entry {
    command: fn() -> Command,
    run: fn(&ArgMatches) -> Result<ExitCode>,
}

/// Every command, in the order of `--help`.
const COMMANDS: &[Entry] = &[Entry { command: serve::command, run: serve::run }];

/// Reads the command line, runs one command and gives its exit code: 0 when all went well, 1 when
/// it failed, 2 when it was not understood.
pub fn main() -> ExitCode {
    let mut parser = Command::new("larder")
        .about(env!("CARGO_PKG_DESCRIPTION"))
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true);
    for entry in COMMANDS {
        parser = parser.subcommand((entry.command)());
    }
    let matches = parser.get_matches();
    let Some((name, matches)) = matches.subcommand() else { return ExitCode::from(2) };
    let Some(entry) = COMMANDS.iter().find(|e| (e.command)().get_name() == name) else { return ExitCode::from(2) };
    match (entry.run)(matches) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("larder {name}: {error}");
            if let Error::Invalid(_) = error { ExitCode::from(2) } else { ExitCode::FAILURE }
        }
    }
}
