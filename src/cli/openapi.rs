//! `larder openapi`: the API's description, for generators and tests.

use std::process::ExitCode;

use clap::{ArgMatches, Command};

use crate::kernel::{Error, Result};
use crate::kind::Registry;
use crate::{kinds, web};

use super::{say, settings};

pub fn command() -> Command {
    // It depends on nothing but the program; `--data` is taken as everywhere.
    Command::new("openapi").about("Print the description of the API (OpenAPI 3.1)").args(settings::folder())
}

pub fn run(_: &ArgMatches) -> Result<ExitCode> {
    let document = web::describe(&Registry::new(kinds::ALL));
    say(&serde_json::to_string_pretty(&document).map_err(Error::internal)?);
    Ok(ExitCode::SUCCESS)
}
