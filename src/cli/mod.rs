//! The command line: one file per command.

mod admin;
mod backup;
mod beside;
mod copy;
mod demo_service;
mod demo_upstream;
mod doctor;
mod examine;
mod export;
mod finding;
mod folder;
mod import;
mod log;
mod migrate;
mod openapi;
mod print;
mod restore;
mod run_file;
mod serve;
mod settings;
mod tenant;
mod verify;

use std::io::Write;
use std::process::ExitCode;

use clap::{ArgMatches, Command};

use crate::kernel::{Error, Result};

/// What a command line command is: how it is called and what it does.
struct Entry {
    command: fn() -> Command,
    run: fn(&ArgMatches) -> Result<ExitCode>,
}

/// Every command, in the order of `--help`.
const COMMANDS: &[Entry] = &[
    Entry { command: serve::command, run: serve::run },
    Entry { command: admin::command, run: admin::run },
    Entry { command: tenant::command, run: tenant::run },
    Entry { command: import::command, run: import::run },
    Entry { command: export::command, run: export::run },
    Entry { command: backup::command, run: backup::run },
    Entry { command: restore::command, run: restore::run },
    Entry { command: verify::command, run: verify::run },
    Entry { command: migrate::command, run: migrate::run },
    Entry { command: doctor::command, run: doctor::run },
    Entry { command: openapi::command, run: openapi::run },
    Entry { command: demo_upstream::command, run: demo_upstream::run },
    Entry { command: print::command, run: print::run },
];

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

/// Prints a line for people. Nobody may be listening, which is no reason to stop.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
