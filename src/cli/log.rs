//! Log lines on standard error. Standard output is for what a command was asked for.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::config::{Config, LogFormat};
use crate::kernel::{Error, Result};
use crate::web::QUIET;

/// Begins to log as the settings say; a second call changes nothing.
pub fn start(config: &Config) -> Result<()> {
    let filter = EnvFilter::try_new(format!("{QUIET},{}", config.log_level)).map_err(|e| {
        Error::invalid("setting", format!("log.level is \"{}\", which cannot be read: {e}.", config.log_level))
    })?;
    let colour = std::io::stderr().is_terminal();
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false);
    let lines = lines.with_ansi(colour);
    let _ = match config.log_format {
        LogFormat::Text => lines.try_init(),
        LogFormat::Json => lines.json().try_init(),
    };
    Ok(())
}
