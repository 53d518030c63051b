//! `larder tenant`: the businesses on this server.

use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command};
use serde_json::{Map, Value};

use crate::kernel::Result;

use super::beside::Server;
use super::folder::{Reading, wait};
use super::{say, settings};

pub fn command() -> Command {
    let option = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    let create = Command::new("create")
        .about("Make a tenant")
        .arg(Arg::new("name").value_name("NAME").required(true).help("What the business is called"))
        .arg(option("slug", "SLUG", "Its name at sign-in and for commands [default: the name in kebab-case]"))
        .arg(option("zone", "ZONE", "Its time zone, such as Europe/Berlin [default: UTC]"))
        .arg(option("currency", "CODE", "Its currency, such as EUR [default: USD]"))
        .args(settings::folder());
    Command::new("tenant")
        .about("Make or list tenants")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(create)
        .subcommand(Command::new("list").about("List the tenants of this server").args(settings::folder()))
}

pub fn run(matches: &ArgMatches) -> Result<ExitCode> {
    match matches.subcommand() {
        Some(("create", matches)) => create(matches)?,
        Some((_, matches)) => list(matches)?,
        None => {}
    }
    Ok(ExitCode::SUCCESS)
}

fn create(matches: &ArgMatches) -> Result<()> {
    let given = ["name", "slug", "zone", "currency"].into_iter();
    let given = given.filter_map(|name| Some((name.to_owned(), matches.get_one::<String>(name)?.clone().into())));
    let body = Value::Object(given.collect::<Map<_, _>>());
    let made = Server::of(settings::read(matches)?)?.post("admin/tenants", &body)?;
    say(made["slug"].as_str().unwrap_or_default());
    Ok(())
}

fn list(matches: &ArgMatches) -> Result<()> {
    let folder = Reading::open(&settings::read(matches)?)?;
    for tenant in wait(folder.auth.tenants())? {
        let logins = crate::kernel::plural(tenant.logins.unsigned_abs(), "login", "logins");
        say(&format!("{}\t{}\t{logins}", tenant.slug, tenant.name));
    }
    Ok(())
}
