//! `larder demo-upstream`: a made-up mail-campaign service for the portal to read.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use tokio::sync::oneshot;

use crate::demo::upstream::{MAX_SENDERS, MAX_WORKSPACES, Size};
use crate::kernel::{Error, Result};
use crate::web::stand_in::{self, Faults, Scope, StandIn};

use super::say;

pub fn command() -> Command {
    let option = |name: &'static str, value: &'static str, default: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).default_value(default).help(help)
    };
    Command::new("demo-upstream")
        .about("Serve a made-up mail-campaign service for the portal, on this machine alone")
        .arg(
            option("listen", "ADDRESS", "127.0.0.1:0", "Where to listen; a port of 0 finds a free one")
                .value_parser(value_parser!(SocketAddr)),
        )
        .arg(option("seed", "N", "1", "Which made-up account").value_parser(value_parser!(u64)))
        .arg(
            option("workspaces", "N", "27", "How many workspaces it has")
                .value_parser(value_parser!(u64).range(1..=MAX_WORKSPACES as u64)),
        )
        .arg(
            option("senders", "N", "4200", "How many sender accounts they have together")
                .value_parser(value_parser!(u64).range(..=MAX_SENDERS as u64)),
        )
        .args(faults())
        .arg(
            Arg::new("with-parent")
                .long("with-parent")
                .action(ArgAction::SetTrue)
                .help("Leave when the standard input is closed, as it is when the parent ends"),
        )
}

/// What can be wrong from the start; `PUT /_demo/faults` sets these and more while it runs.
fn faults() -> Vec<Arg> {
    let option = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    let number = |name, value, help| option(name, value, help).value_parser(value_parser!(u64)).default_value("0");
    let share = |name, help| option(name, "0..1", help).value_parser(value_parser!(f64)).default_value("0");
    let some = |name, help| option(name, "N,N", help).value_parser(value_parser!(u64)).value_delimiter(',');
    vec![
        number("latency-ms", "MS", "How long stats, campaigns and senders take"),
        number("list-latency-ms", "MS", "How long the list of workspaces takes"),
        share("error-rate", "The share of calls that fail with a 5xx"),
        share("bad-rate", "The share of answers whose body is broken"),
        option("per-second", "N", "Calls beyond this many within a second get a 429; 0 for no limit")
            .value_parser(value_parser!(u32))
            .default_value("0"),
        some("failing", "Workspaces that always fail"),
        some("hanging", "Workspaces that never get an answer"),
        some("endless", "Workspaces whose body is a gigabyte"),
        Arg::new("outage").long("outage").action(ArgAction::SetTrue).help("Answer nothing but 503"),
    ]
}

fn faults_of(matches: &ArgMatches) -> Faults {
    let number = |name: &str| matches.get_one::<u64>(name).copied().unwrap_or_default();
    let share = |name: &str| matches.get_one::<f64>(name).copied().unwrap_or_default();
    let some = |name: &str| Scope::These(matches.get_many(name).into_iter().flatten().copied().collect());
    Faults {
        latency_ms: number("latency-ms"),
        list_latency_ms: number("list-latency-ms"),
        error_rate: share("error-rate"),
        bad_rate: share("bad-rate"),
        per_second: matches.get_one("per-second").copied().unwrap_or_default(),
        failing: some("failing"),
        hanging: some("hanging"),
        endless: some("endless"),
        outage: matches.get_flag("outage"),
        ..Faults::default()
    }
}

pub fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let number = |name: &str| matches.get_one::<u64>(name).copied().unwrap_or_default();
    let size =
        Size { seed: number("seed"), workspaces: number("workspaces") as usize, senders: number("senders") as usize };
    let listen = matches.get_one::<SocketAddr>("listen").copied();
    let listen = listen.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 0)));
    let listening = |address| {
        say(&format!("listening on http://{address}"));
        Ok(())
    };
    stand_in::run(StandIn::new(size, faults_of(matches)), listen, listening, told(matches.get_flag("with-parent"))?)?;
    Ok(ExitCode::SUCCESS)
}

/// Comes when the standard input is closed, or never.
fn told(with_parent: bool) -> Result<impl Future<Output = ()> + 'static> {
    let (end, ended) = oneshot::channel::<()>();
    if with_parent {
        let read = move || {
            let _ = io::copy(&mut io::stdin(), &mut io::sink());
            drop(end);
        };
        std::thread::Builder::new().name("larder-parent".into()).spawn(read).map_err(Error::internal)?;
    }
    Ok(async move {
        match with_parent {
            true => drop(ended.await),
            false => std::future::pending().await,
        }
    })
}
