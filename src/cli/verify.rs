//! `larder verify`: reads every page of a database or backup and says whether it is sound.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command, value_parser};

use crate::db::{Report, verify};
use crate::file::{self, Examined};
use crate::kernel::{Error, Result, plural};

use super::{folder, say, settings};

pub fn command() -> Command {
    Command::new("verify")
        .about("Check every page, every reference and every attached file of a database or backup")
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .help("A backup; without it the database of the data folder, which may be in use"),
        )
        .arg(Arg::new("counts").long("counts").action(clap::ArgAction::SetTrue).help("List the rows of each table too"))
        .args(settings::folder())
}

/// Exit code 1 when something is wrong with it.
pub fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let path = match matches.get_one::<PathBuf>("file") {
        Some(file) => file.clone(),
        None => {
            let config = settings::read(matches)?;
            folder::must_exist(&config.data)?;
            folder::database(&config.data)
        }
    };
    let report = verify(&path)?;
    show(&report);
    if matches.get_flag("counts") {
        report.counts.iter().for_each(|(table, rows)| say(&format!("{rows:>10}  {table}")));
    }
    if !report.is_sound() {
        return Ok(ExitCode::FAILURE);
    }
    let files = file::verify(&path)?;
    files.complaints.iter().for_each(|line| say(&format!("{}: {line}", path.display())));
    if !files.complaints.is_empty() {
        return Ok(ExitCode::FAILURE);
    }
    say(&format!("{} is sound: {}{}", path.display(), tally(&report), tally_files(&files)));
    Ok(ExitCode::SUCCESS)
}

/// What is wrong, line by line.
pub fn show(report: &Report) {
    let file = report.path.display();
    report.integrity.iter().for_each(|line| say(&format!("{file} is damaged: {line}")));
    report.references.iter().for_each(|line| say(&format!("{file}: {line}")));
    report.refusal.iter().for_each(|line| say(&format!("{file}: {line}")));
}

/// `412906 rows in 45 tables`, without the search index's own.
pub fn tally(report: &Report) -> String {
    let rows: u64 = report.counts.iter().map(|(_, rows)| rows).sum();
    let tables = report.counts.len() as u64;
    format!("{} in {}", plural(rows, "row", "rows"), plural(tables, "table", "tables"))
}

/// `, 31 files (4120 KB)`; nothing where there are none.
pub fn tally_files(files: &Examined) -> String {
    match files.files {
        0 => String::new(),
        n => format!(", {} ({} KB)", plural(n, "file", "files"), files.bytes / 1024),
    }
}

/// Refuses files of which some are missing or damaged.
pub fn complain(files: Examined) -> Result<()> {
    match files.complaints.first() {
        None => Ok(()),
        Some(first) => Err(Error::conflict("files_missing", format!("The backup is not whole: {first}."))),
    }
}
