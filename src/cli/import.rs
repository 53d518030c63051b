//! `larder import`: a file becomes records.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread::sleep;
use std::time::{Duration, Instant};

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::{Map, Value, json};

use crate::kernel::{Error, Result, plural};

use super::beside::Server;
use super::{say, settings};

/// Some rows were rejected.
const REJECTED: u8 = 3;
/// How often the server is asked how far it is.
const GLANCE: Duration = Duration::from_millis(100);
/// How often that is said where nobody watches a terminal.
const TOLD: Duration = Duration::from_secs(5);

pub fn command() -> Command {
    let option = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name.replace('_', "-")).value_name(value).help(help)
    };
    let several = |name, value, help| option(name, value, help).action(ArgAction::Append);
    let switch = |name: &'static str, help: &'static str| {
        Arg::new(name).long(name.replace('_', "-")).help(help).action(ArgAction::SetTrue)
    };
    Command::new("import")
        .about("Make records of the rows of a CSV or XLSX file")
        .after_help("Exit code 0 when every row was taken, 3 when some were rejected.")
        .arg(Arg::new("kind").value_name("KIND").required(true).help("Such as companies or work-orders"))
        .arg(Arg::new("file").value_name("FILE").required(true).value_parser(value_parser!(PathBuf)))
        .arg(option("tenant", "SLUG", "Whose records; see `larder tenant list`").required(true))
        .arg(several("map", "COLUMN=FIELD", "Which field takes a column; `COLUMN=` leaves it out"))
        .arg(several("alias", "FIELD:FROM=TO", "A value that stands for another, such as 'product:GTXPro=GTX Pro'"))
        .arg(several("dates", "COLUMN=ORDER", "How a column's days are written: M/D/YYYY or D/M/YYYY"))
        .arg(
            option("on_duplicate", "RULE", "What to do with a row whose record is there already")
                .value_parser(["skip", "update", "create"])
                .default_value("skip"),
        )
        .arg(switch("keep_unmapped", "Keep the other columns as fields of your own"))
        .arg(switch("create_missing", "Make reference data that rows name and that is not there"))
        .arg(
            option("rejected", "OUT.csv", "Where to write the rows that were rejected, with the reason")
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(switch("dry_run", "Only say what would happen"))
        .args(settings::folder())
}

pub fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let text = |name: &str| matches.get_one::<String>(name).map(String::as_str).unwrap_or_default();
    let path = matches.get_one::<PathBuf>("file").cloned().unwrap_or_default();
    let file = File::open(&path)
        .map_err(|error| Error::invalid("file", format!("{} cannot be read: {error}.", path.display())))?;
    let settings = wishes(matches)?;
    let server = Server::of(settings::read(matches)?)?.in_tenant(text("tenant"));
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let draft = server.upload("imports", &[("kind", text("kind")), ("file_name", &name)], file)?;
    let place = format!("imports/{}", draft["id"].as_str().unwrap_or_default());
    let draft = server.patch(&place, &settings)?;
    tell_columns(&draft);

    let dry = matches.get_flag("dry_run");
    server.post(&format!("{place}/{}", if dry { "dry-run" } else { "start" }), &json!({}))?;
    let import = watch(&server, &place)?;
    if let Some(error) = import["error"].as_str() {
        return Err(Error::conflict("import_failed", format!("The import stopped: {error}")));
    }
    if import["state"] == "cancelled" || (dry && import["state"] == "draft") {
        let how_far =
            format!("Somebody cancelled it: {} of {} rows are done and stay.", import["done"], import["total"]);
        return Err(Error::conflict("import_cancelled", how_far));
    }
    tell_report(&import);
    let counts = if dry { &import["report"]["dry_run"] } else { &import };
    let count = |name: &str| counts[name].as_u64().unwrap_or(0);
    if let (Some(out), false) = (matches.get_one::<PathBuf>("rejected"), dry) {
        keep_rejected(&server, &place, out, count("rejected"))?;
    }
    say(&format!(
        "created {}, updated {}, unchanged {}, rejected {}, warnings {}",
        count("created"),
        count("updated"),
        count("unchanged"),
        count("rejected"),
        count("warnings")
    ));
    Ok(if count("rejected") > 0 { ExitCode::from(REJECTED) } else { ExitCode::SUCCESS })
}

/// The options as the server takes them.
fn wishes(matches: &ArgMatches) -> Result<Value> {
    let all = |name: &str| matches.get_many::<String>(name).into_iter().flatten();
    let pairs = |name: &'static str, form: &str| -> Result<Map<String, Value>> {
        let pair = |text: &String| match text.rsplit_once('=') {
            Some((column, "")) => Ok((column.to_owned(), Value::Null)),
            Some((column, to)) => Ok((column.to_owned(), to.into())),
            None => Err(Error::invalid(name, format!("--{name} {text} is not {form}."))),
        };
        all(name).map(pair).collect()
    };
    if let Some(wrong) = all("alias").find(|text| !text.split_once(':').is_some_and(|(_, rest)| rest.contains('='))) {
        return Err(Error::invalid("alias", format!("--alias {wrong} is not FIELD:FROM=TO.")));
    }
    Ok(json!({
        "mapping": pairs("map", "COLUMN=FIELD")?,
        "aliases": all("alias").collect::<Vec<_>>(),
        "dates": pairs("dates", "COLUMN=ORDER")?,
        "on_duplicate": matches.get_one::<String>("on_duplicate"),
        "keep_unmapped": matches.get_flag("keep_unmapped"),
        "create_missing": matches.get_flag("create_missing"),
    }))
}

/// Asks until nothing works on the import any more.
fn watch(server: &Server, place: &str) -> Result<Value> {
    let terminal = std::io::stderr().is_terminal();
    let mut told = Instant::now();
    loop {
        let import = server.get(place)?;
        let under_way = matches!(import["state"].as_str(), Some("checking" | "running"));
        let progress = format!("{} of {} rows", import["done"], import["total"]);
        if terminal {
            eprint!("\r{progress}{}", if under_way { "" } else { "\n" });
            let _ = std::io::stderr().flush();
        } else if under_way && told.elapsed() >= TOLD {
            eprintln!("{progress}");
            told = Instant::now();
        }
        if !under_way {
            return Ok(import);
        }
        sleep(GLANCE);
    }
}

/// Which column becomes which field, what is left out, and what of that may be a field after all.
fn tell_columns(import: &Value) {
    let (mut taken, mut left) = (Vec::new(), Vec::new());
    for column in import["columns"].as_array().into_iter().flatten() {
        let name = column["name"].as_str().unwrap_or_default();
        match (column["field"].as_str(), column["suggestion"].as_str()) {
            (Some(field), _) => taken.push(format!("{name} as {field}")),
            (None, Some(near)) => left.push(format!("{name} (is it {near}? --map '{name}={near}')")),
            (None, None) => left.push(name.to_owned()),
        }
    }
    eprintln!("Taken: {}.", taken.join(", "));
    if !left.is_empty() {
        let kept = import["settings"]["keep_unmapped"].as_bool().unwrap_or(false);
        let what = if kept { "Kept as fields of your own" } else { "Left out" };
        eprintln!("{what}: {}.", left.join(", "));
    }
    let report = &import["report"];
    for days in report["dates"].as_array().into_iter().flatten() {
        let text = |name: &str| days[name].as_str().unwrap_or_default();
        eprintln!("Days in {} are read as {}.", text("column"), text("taken"));
    }
    for notice in report["notices"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        eprintln!("{notice}");
    }
}

/// What could not be taken, how often, and the option that would help.
fn tell_report(import: &Value) {
    let report = &import["report"];
    for (list, word) in [("rejections", "rejected"), ("warnings", "warning"), ("spellings", "as it is")] {
        for trouble in report[list].as_array().into_iter().flatten() {
            let text = |name: &str| trouble[name].as_str().unwrap_or_default();
            let rows = plural(trouble["count"].as_u64().unwrap_or(0), "row", "rows");
            let field = if text("field").is_empty() { String::new() } else { format!("{}: ", text("field")) };
            let help = trouble["near"][0]
                .as_str()
                .map_or(String::new(), |near| format!(" Try --alias '{}:{}={near}'.", text("field"), text("value")));
            eprintln!("{rows} {word}: {field}{}{help}", text("message"));
        }
    }
    if let Some(n) = report["duplicates"].as_u64().filter(|n| *n > 0) {
        eprintln!("{} were about records that were there already, or about an earlier row.", plural(n, "row", "rows"));
    }
    let made: BTreeMap<String, u64> = serde_json::from_value(report["made"].clone()).unwrap_or_default();
    for (kind, n) in made {
        eprintln!("Made on the way: {n} {kind}.");
    }
    for field in report["fields_made"].as_array().into_iter().flatten() {
        let text = |name: &str| field[name].as_str().unwrap_or_default();
        eprintln!("A field of your own: {} ({}), from {}.", text("name"), text("type"), text("column"));
    }
    for change in report["changes"].as_array().into_iter().flatten().filter(|c| c["action"] == "update") {
        eprintln!(
            "Row {} would change {}: {}",
            change["row"],
            change["id"].as_str().unwrap_or("a record"),
            change["changes"]
        );
    }
}

fn keep_rejected(server: &Server, place: &str, out: &Path, rows: u64) -> Result<()> {
    if rows == 0 {
        eprintln!("No row was rejected, so {} was not written.", out.display());
        return Ok(());
    }
    let file = File::create(out)
        .map_err(|error| Error::invalid("rejected", format!("{} cannot be written: {error}.", out.display())))?;
    server.download(&format!("{place}/rejected"), file)?;
    eprintln!("The rejected rows are in {}, each with its reason.", out.display());
    Ok(())
}
