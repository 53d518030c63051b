//! `larder admin`: who runs the server, and the way back in for who forgot a password.

use std::io::Read;
use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command};
use serde_json::json;

use crate::kernel::{Error, Result};

use super::beside::Server;
use super::{folder, say, settings};

pub fn command() -> Command {
    let option = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    let email = option("email", "EMAIL", "The address that they sign in with").required(true);
    let password = option("password-file", "FILE", "A file that holds the password; - reads it from standard input")
        .required(true);
    let create = Command::new("create")
        .about("Make an operator who owns a tenant, and the tenant when it is missing")
        .arg(option("tenant", "NAME", "What the business is called").required(true))
        .arg(&email)
        .arg(&password)
        .arg(option("name", "NAME", "What the person is called [default: the address up to its @]"))
        .args(settings::folder());
    let reset = Command::new("reset-password")
        .about("Set somebody's password and end their sessions")
        .arg(email)
        .arg(password)
        .args(settings::folder());
    Command::new("admin")
        .about("Make an operator, or set somebody's password")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(create)
        .subcommand(reset)
}

pub fn run(matches: &ArgMatches) -> Result<ExitCode> {
    match matches.subcommand() {
        Some(("create", matches)) => create(matches)?,
        Some((_, matches)) => reset_password(matches)?,
        None => {}
    }
    Ok(ExitCode::SUCCESS)
}

fn create(matches: &ArgMatches) -> Result<()> {
    let text = |name: &str| matches.get_one::<String>(name).map(String::as_str).unwrap_or_default();
    let (email, password) = (text("email"), read_password(text("password-file"))?);
    let name = matches.get_one::<String>("name").map_or(email.split('@').next().unwrap_or(email), String::as_str);
    let body = json!({"tenant_name": text("tenant"), "name": name, "email": email, "password": password});
    Server::of(settings::read(matches)?)?.post("admin/operators", &body)?;
    say(&format!("{email} runs this server and owns {}.", text("tenant")));
    Ok(())
}

fn reset_password(matches: &ArgMatches) -> Result<()> {
    let text = |name: &str| matches.get_one::<String>(name).map(String::as_str).unwrap_or_default();
    let config = settings::read(matches)?;
    folder::must_exist(&config.data)?;
    let body = json!({"email": text("email"), "password": read_password(text("password-file"))?});
    Server::of(config)?.post("admin/passwords", &body)?;
    say(&format!("{} signs in with the new password from now on.", text("email")));
    Ok(())
}

/// A password is one line; the break at its end, which editors add, is no part of it.
fn read_password(file: &str) -> Result<String> {
    let mut text = String::new();
    let read = match file {
        "-" => std::io::stdin().read_to_string(&mut text).map(|_| ()),
        _ => std::fs::read_to_string(file).map(|found| text = found),
    };
    read.map_err(|error| Error::invalid("password_file", format!("{file} cannot be read: {error}.")))?;
    let password = text.trim_end_matches(['\r', '\n']);
    if password.contains(['\r', '\n']) {
        return Err(Error::invalid(
            "password_file",
            format!("{file} holds several lines; give one with the password."),
        ));
    }
    Ok(password.to_owned())
}
