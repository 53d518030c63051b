//! Settings on the command line: the flags that the table of settings makes, and how they are read.

use clap::{Arg, ArgAction, ArgMatches};

use crate::config::{Config, SETTINGS, Setting};
use crate::kernel::Result;

/// The flag of a setting. A switch may stand alone.
pub fn flag(setting: &Setting) -> Arg {
    let help = match setting.default {
        "" => format!("{} [{}]", setting.about, setting.variable()),
        default => format!("{} [default: {default}] [{}]", setting.about, setting.variable()),
    };
    let arg = Arg::new(setting.name).long(setting.flag()).help(help).action(ArgAction::Set);
    if setting.switch {
        arg.num_args(0..=1).require_equals(true).default_missing_value("true").value_name("true|false")
    } else {
        arg.value_name(setting.name.rsplit(['.', '_']).next().unwrap_or(setting.name).to_uppercase())
    }
}

/// The flags that say where the data lies; every command has them.
pub fn folder() -> impl Iterator<Item = Arg> {
    SETTINGS.iter().filter(|setting| ["data", "config"].contains(&setting.name)).map(flag)
}

/// The settings of a command: its flags, then the environment, the config file, the defaults.
pub fn read(matches: &ArgMatches) -> Result<Config> {
    Config::load(
        // A command has the flags of some settings; of the others clap knows nothing.
        |setting| matches.try_get_one::<String>(setting.name).ok().flatten().cloned(),
        |name| std::env::var(name).ok().filter(|text| !text.is_empty()),
    )
}
