//! Every setting, once: its name, default and doc line. The command line, the environment and the
//! config file are all read from this one table.
//!
//! A setting `http.trusted_proxies` is the flag `--http-trusted-proxies`, the environment variable
//! `LARDER_HTTP_TRUSTED_PROXIES` and the same key in the config file; a flag beats the environment,
//! which beats the file, which beats the default. `LARDER_HTTP_TRUSTED_PROXIES_FILE` names a file
//! that holds the value, so that no secret need stand in the environment itself.

mod file;
mod levels;
mod network;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use crate::kernel::{Error, Result};

pub use levels::Levels;
pub use network::{Network, Networks};

/// What is known of a setting before it is read: enough for `--help` and the README.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    pub name: &'static str,
    pub default: &'static str,
    pub about: &'static str,
    /// `--demo` alone means `--demo=true`.
    pub switch: bool,
}

impl Setting {
    /// The flag's name without its dashes: `http-trusted-proxies`.
    pub fn flag(&self) -> String {
        self.name.replace(['.', '_'], "-")
    }
    /// The environment variable: `LARDER_HTTP_TRUSTED_PROXIES`.
    pub fn variable(&self) -> String {
        format!("LARDER_{}", self.name.replace('.', "_").to_uppercase())
    }
}

/// Declares each setting in one entry: its doc line, its field, type, name and default.
macro_rules! settings {
    ($(#[doc = $about:literal] $field:ident: $type:ty = $name:literal or $default:literal;)*) => {
        /// The settings of one server, read and checked.
        #[derive(Clone, Debug)]
        pub struct Config {
            $(#[doc = $about] pub $field: $type,)*
        }

        /// All settings, in the order of `--help`.
        pub const SETTINGS: &[Setting] = &[
            $(Setting { name: $name, default: $default, about: $about.trim_ascii(), switch: <$type as Read>::SWITCH },)*
        ];

        impl Config {
            /// Reads every setting from the first source that has it.
            fn gather(find: impl Fn(&Setting) -> Result<Option<String>>) -> Result<Self> {
                let mut all = SETTINGS.iter();
                $(let $field = {
                    let setting = all.next().expect("the table has one entry for each field");
                    let text = find(setting)?;
                    <$type as Read>::read(text.as_deref().unwrap_or($default))
                        .map_err(|why| unreadable(setting, text.as_deref().unwrap_or($default), &why))?
                };)*
                Ok(Self { $($field,)* })
            }
        }
    };
}

settings! {
    /// The folder that holds the database, its backups and its files
    data: PathBuf = "data" or "larder-data";
    /// A file of settings, one `name = value` to a line (default: larder.conf in the data folder, when there is one)
    config: Option<PathBuf> = "config" or "";
    /// The address and port to listen on
    listen: SocketAddr = "listen" or "127.0.0.1:8080";
    /// The certificate chain for HTTPS, a PEM file
    tls_cert: Option<PathBuf> = "tls.cert" or "";
    /// The private key for HTTPS, a PEM file
    tls_key: Option<PathBuf> = "tls.key" or "";
    /// Let people sign in over plain HTTP from other machines; passwords then cross the network readable
    insecure_http: bool = "insecure_http" or "false";
    /// Proxies whose forwarding headers are believed: addresses or networks, such as 10.0.0.0/8, with commas between
    trusted_proxies: Networks = "http.trusted_proxies" or "";
    /// Connections held open at once, over all workers, beside those of sockets and streams; when all are taken, the idlest gives way
    max_connections: usize = "http.max_connections" or "1024";
    /// Screens that follow changes as they happen, over all workers; 18 KB each, and up to 200 for one that reads slowly
    max_sockets: usize = "live.max_sockets" or "2000";
    /// Seconds after which such a screen is asked whether it is still there; after two silences it is not. Less than a proxy's patience
    heartbeat_s: u32 = "live.heartbeat_s" or "30";
    /// The largest JSON body, in KiB
    body_kib: usize = "http.body_kib" or "256";
    /// Threads that answer requests; 0 is one for each processor
    workers: usize = "workers" or "0";
    /// Files that may be on their way in at once, over all connections
    uploads: usize = "http.max_uploads" or "16";
    /// The largest file that may be imported, in MB
    import_mb: u64 = "import.max_mb" or "256";
    /// Streams of progress that may be open at once; whoever comes when so many are is told to try again
    live_streams: usize = "live.max_streams" or "1000";
    /// Messages kept of each stream of progress; the oldest go first
    stream_messages: u32 = "stream.keep_messages" or "1000";
    /// Days for which a stream of progress is kept after its last message
    stream_days: u32 = "stream.keep_days" or "14";
    /// Chores that may be open at once for each tenant; whoever asks for more is told to wait
    chores_open: u32 = "chores.max_open" or "500";
    /// Days for which a chore that has ended is kept
    chores_days: u32 = "chores.keep_days" or "30";
    /// What reports and exports made in the background may take together for each tenant, in MB; the oldest go first
    documents_mb: u32 = "chores.documents_mb" or "256";
    /// Reads that may wait for a reader thread; whoever comes when so many wait is told to try again
    db_waiting_reads: usize = "db.waiting_reads" or "256";
    /// Changes that may wait for the writer thread
    db_waiting_changes: usize = "db.waiting_changes" or "1024";
    /// Signed-in sessions kept in memory, about 600 bytes each; further ones are read when they are used
    sessions_in_memory: usize = "auth.sessions_in_memory" or "10000";
    /// Answers kept in memory, in MB; 0 keeps none
    cache_mb: u64 = "cache.max_mb" or "100";
    /// Keep answers in memory; without it every one is read anew
    cache_enabled: bool = "cache.enabled" or "true";
    /// Make answers that are in use again before somebody asks for them, while there is nothing else to do
    cache_warming: bool = "cache.warming" or "true";
    /// The memory that may be used, in MB; 0 is what the control group or the machine has
    memory_mb: u64 = "memory.limit_mb" or "0";
    /// Multiplies every rate limit, sign-in's included; for load tests
    limit_scale: f64 = "limit.scale" or "1";
    /// Limit how often each person and each address may ask; guessing passwords is slowed down in any case
    limit_enabled: bool = "limit.enabled" or "true";
    /// Identities whose requests are counted at once, about 150 bytes each; the idlest make room
    limit_identities: usize = "limit.identities" or "100000";
    /// Fill an empty folder with a demo tenant and print its logins
    demo: bool = "demo" or "false";
    /// Multiplies every kind of the demo
    demo_scale: u32 = "demo.scale" or "1";
    /// Hourly backups to keep; 0 makes none
    backup_hourly: u32 = "backup.hourly" or "24";
    /// Daily backups to keep
    backup_daily: u32 = "backup.daily" or "7";
    /// Run from a network file system all the same, at the risk of a corrupt database
    allow_network_folder: bool = "data.allow_network" or "false";
    /// Count requests, queries and what the host does, watch over it, and show it on the health page and at /metrics
    metrics_enabled: bool = "metrics.enabled" or "true";
    /// Who may read /metrics without a token: addresses or networks with commas between
    metrics_allow: Networks = "metrics.allow" or "";
    /// A statement is slow from so many milliseconds on
    metrics_slow_ms: u64 = "metrics.slow_ms" or "100";
    /// Memory, in percent of the limit: warn, critical. Empty switches an alert off
    alerts_memory: Option<Levels> = "alerts.memory" or "80,85";
    /// Answers from the cache, in percent of what might come from it
    alerts_hit_rate: Option<Levels> = "alerts.hit_rate" or "70,60";
    /// Requests that failed, in percent
    alerts_errors: Option<Levels> = "alerts.errors" or "1,5";
    /// Milliseconds within which 95 of 100 requests are answered
    alerts_p95_ms: Option<Levels> = "alerts.p95_ms" or "500,2000";
    /// Processor time, in percent of what the process may use
    alerts_cpu: Option<Levels> = "alerts.cpu" or "80,95";
    /// Open connections, in percent of http.max_connections
    alerts_connections: Option<Levels> = "alerts.connections" or "80,95";
    /// Waiting reads or changes, in percent of what may wait
    alerts_database: Option<Levels> = "alerts.database" or "80,95";
    /// Free space on the disk, in MB
    alerts_disk_free_mb: Option<Levels> = "alerts.disk_free_mb" or "1000,100";
    /// The time in which the disk is at work, in percent
    alerts_disk_busy: Option<Levels> = "alerts.disk_busy" or "80,95";
    /// The write-ahead log, in MB
    alerts_wal_mb: Option<Levels> = "alerts.wal_mb" or "64,256";
    /// Milliseconds by which the thread that answers is late, 99 times of 100
    alerts_lag_ms: Option<Levels> = "alerts.lag_ms" or "100,500";
    /// The age of the last backup, in hours
    alerts_backup_h: Option<Levels> = "alerts.backup_h" or "2,24";
    /// Days for which an alert that is over is kept
    alerts_keep_days: u32 = "alerts.keep_days" or "30";
    /// The file with the key that tokens of other services are sealed with; secret.key in the data folder when not given
    secrets_key_file: Option<PathBuf> = "secrets.key_file" or "";
    /// Workspaces of one source that the portal asks about at once
    upstream_window: usize = "upstream.window" or "5";
    /// Calls to all sources at once
    upstream_max_threads: usize = "upstream.max_threads" or "20";
    /// Seconds within which a call must be answered
    upstream_timeout_s: u64 = "upstream.timeout_s" or "45";
    /// The largest answer to a call, in MiB
    upstream_body_mib: u64 = "upstream.body_mib" or "8";
    /// Calls in all before a question is given up
    upstream_attempts: u32 = "upstream.attempts" or "3";
    /// Milliseconds waited at most before the second call; twice as much before each further one, up to 10 s
    upstream_pause_ms: u64 = "upstream.pause_ms" or "1000";
    /// Failures in a row after which a source is left alone
    upstream_failures: u32 = "upstream.failures" or "5";
    /// Seconds for which it is left alone
    upstream_rest_s: u64 = "upstream.rest_s" or "30";
    /// Seconds for which the KPI dashboard is fresh
    upstream_ttl_kpi: u32 = "upstream.ttl_kpi" or "120";
    /// Seconds for which the Volume dashboard is fresh
    upstream_ttl_volume: u32 = "upstream.ttl_volume" or "120";
    /// Seconds for which the Revenue dashboard is fresh
    upstream_ttl_revenue: u32 = "upstream.ttl_revenue" or "300";
    /// Seconds for which the Infrastructure dashboard is fresh
    upstream_ttl_infrastructure: u32 = "upstream.ttl_infrastructure" or "600";
    /// Seconds after which a source's list of workspaces is read again
    upstream_ttl_workspaces: u32 = "upstream.ttl_workspaces" or "600";
    /// Let the portal call addresses in private networks and this machine
    upstream_allow_private: bool = "upstream.allow_private" or "false";
    /// Days for which the portal's calls and what was wrong with their answers are kept
    upstream_keep_days: u32 = "upstream.keep_days" or "30";
    /// Let webhooks go to addresses in private networks and this machine, where plain HTTP is fine; their owners then see what answers there
    webhooks_allow_private: bool = "webhooks.allow_private" or "false";
    /// Webhooks that are called at once
    webhooks_at_once: usize = "webhooks.at_once" or "4";
    /// Days for which the messages of webhooks are kept; 1,000 of each at most
    webhooks_keep_days: u32 = "webhooks.keep_days" or "14";
    /// The mail server, such as smtps://mail.example.com or smtp://mail.example.com:587?tls=required; without one no e-mail is sent
    mail_smtp_url: Option<String> = "mail.smtp_url" or "";
    /// The address that e-mail comes from, such as Larder <desk@example.com>
    mail_from: Option<String> = "mail.from" or "";
    /// Who signs in to the mail server
    mail_user: Option<String> = "mail.user" or "";
    /// The password for the mail server; better in a file, named by LARDER_MAIL_PASSWORD_FILE
    mail_password: Option<String> = "mail.password" or "";
    /// The address under which people reach this server, such as https://desk.example.com; links in e-mail begin with it
    public_url: Option<String> = "http.public_url" or "";
    /// What to log: error, warn, info, debug or trace, or a filter such as larder=debug
    log_level: String = "log.level" or "info";
    /// How to log: text or json
    log_format: LogFormat = "log.format" or "text";
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

impl Config {
    /// The folder that files pass through on their way in, and in which workbooks are put together.
    pub fn upload_folder(&self) -> PathBuf {
        self.data.join("uploads")
    }

    /// What the documents of one tenant may take.
    pub fn document_bytes(&self) -> u64 {
        u64::from(self.documents_mb) << 20
    }

    /// Reads the settings: `flag` and `variable` answer for the command line and the environment.
    pub fn load(flag: impl Fn(&Setting) -> Option<String>, variable: impl Fn(&str) -> Option<String>) -> Result<Self> {
        let given = |setting: &Setting| match flag(setting) {
            Some(text) => Ok(Some(text)),
            None => from_environment(setting, &variable),
        };
        // The file's own place is known only once flags and environment were asked for it.
        let outer = Self::gather(given)?;
        let entries = match &outer.config {
            Some(path) => file::read(path)?,
            None => file::read_if_there(&outer.data.join("larder.conf"))?,
        };
        if let Some((name, _)) = entries.iter().find(|(name, _)| SETTINGS.iter().all(|s| s.name != name)) {
            return Err(wrong(format!("The config file sets \"{name}\", but there is no such setting.")));
        }
        let config = Self::gather(|setting| {
            Ok(given(setting)?.or_else(|| entries.iter().find(|(n, _)| n == setting.name).map(|(_, v)| v.clone())))
        })?;
        config.check()
    }

    /// The settings as they are when nothing is set; for tests and commands without a server.
    pub fn for_folder(data: &Path) -> Self {
        let mut config = Self::gather(|_| Ok(None)).expect("the defaults can be read");
        config.data = data.to_owned();
        config
    }

    /// What no single setting can say about itself.
    fn check(self) -> Result<Self> {
        if self.tls_cert.is_some() != self.tls_key.is_some() {
            return Err(wrong("HTTPS needs both tls.cert and tls.key; only one of them is set."));
        }
        if !self.limit_scale.is_finite() || self.limit_scale <= 0.0 {
            return Err(wrong("limit.scale must be above 0."));
        }
        let least = [self.max_connections, self.body_kib, self.db_waiting_reads, self.db_waiting_changes];
        if self.limit_identities == 0 {
            return Err(wrong("limit.identities must be above 0."));
        }
        if self.heartbeat_s == 0 {
            return Err(wrong("live.heartbeat_s must be above 0."));
        }
        if self.stream_messages == 0 || self.chores_open == 0 || self.documents_mb == 0 {
            return Err(wrong("stream.keep_messages, chores.max_open and chores.documents_mb must be above 0."));
        }
        let upstream = [self.upstream_window, self.upstream_max_threads, self.upstream_attempts as usize];
        if upstream.contains(&0) || self.upstream_failures == 0 || self.upstream_timeout_s == 0 {
            return Err(wrong("upstream.window, max_threads, attempts, failures and timeout_s must be above 0."));
        }
        let ttls = [self.upstream_ttl_kpi, self.upstream_ttl_volume, self.upstream_ttl_revenue];
        let lists = [self.upstream_ttl_infrastructure, self.upstream_ttl_workspaces];
        if ttls.into_iter().chain(lists).any(|ttl| !(1..=3_600).contains(&ttl)) {
            return Err(wrong("upstream.ttl_… are seconds from 1 to 3600: older figures are not shown."));
        }
        if self.webhooks_at_once == 0 || self.webhooks_keep_days == 0 {
            return Err(wrong("webhooks.at_once and webhooks.keep_days must be above 0."));
        }
        if least.contains(&0) {
            return Err(wrong("http.max_connections, http.body_kib and the db.waiting_ limits must be above 0."));
        }
        Ok(self)
    }
}

fn from_environment(setting: &Setting, variable: &impl Fn(&str) -> Option<String>) -> Result<Option<String>> {
    let name = setting.variable();
    if let Some(text) = variable(&name) {
        return Ok(Some(text));
    }
    let Some(path) = variable(&format!("{name}_FILE")) else { return Ok(None) };
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned())),
        Err(e) => Err(wrong(format!("{name}_FILE names {path}, which cannot be read: {e}."))),
    }
}

fn wrong(message: impl Into<String>) -> Error {
    Error::invalid("setting", message.into())
}

fn unreadable(setting: &Setting, text: &str, why: &str) -> Error {
    wrong(format!(
        "{} is \"{text}\", which is not {why}. Set it with --{} or {}.",
        setting.name,
        setting.flag(),
        setting.variable()
    ))
}

/// A type that a setting may have.
trait Read: Sized {
    const SWITCH: bool = false;
    /// Reads the value, or says what it ought to be: "a whole number".
    fn read(text: &str) -> Result<Self, String>;
}

impl Read for bool {
    const SWITCH: bool = true;
    fn read(text: &str) -> Result<Self, String> {
        match text {
            "true" | "1" | "yes" | "on" => Ok(true),
            "false" | "0" | "no" | "off" | "" => Ok(false),
            _ => Err("true or false".to_owned()),
        }
    }
}

impl Read for String {
    fn read(text: &str) -> Result<Self, String> {
        Ok(text.to_owned())
    }
}

impl Read for PathBuf {
    fn read(text: &str) -> Result<Self, String> {
        if text.is_empty() { Err("a path".to_owned()) } else { Ok(text.into()) }
    }
}

/// An empty text means that the setting is not set.
impl<T: Read> Read for Option<T> {
    fn read(text: &str) -> Result<Self, String> {
        if text.is_empty() { Ok(None) } else { T::read(text).map(Some) }
    }
}

impl Read for SocketAddr {
    /// An address with a port; a port alone, or with a colon before it, means this machine only.
    fn read(text: &str) -> Result<Self, String> {
        let port = text.strip_prefix(':').unwrap_or(text);
        if let Ok(port) = port.parse::<u16>() {
            return Ok(Self::from(([127, 0, 0, 1], port)));
        }
        let text = text.strip_prefix("localhost:").map_or_else(|| text.to_owned(), |port| format!("127.0.0.1:{port}"));
        text.parse().map_err(|_| "an address and a port, such as 0.0.0.0:8080".to_owned())
    }
}

impl Read for LogFormat {
    fn read(text: &str) -> Result<Self, String> {
        match text {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err("text or json".to_owned()),
        }
    }
}

impl Read for Networks {
    fn read(text: &str) -> Result<Self, String> {
        Self::parse(text).ok_or_else(|| "a list of addresses or networks".to_owned())
    }
}

impl Read for Levels {
    fn read(text: &str) -> Result<Self, String> {
        Self::parse(text).ok_or_else(|| "two numbers with a comma between, for warn and critical".to_owned())
    }
}

macro_rules! numbers {
    ($($type:ty = $what:literal),*) => {$(
        impl Read for $type {
            fn read(text: &str) -> Result<Self, String> {
                text.parse().map_err(|_| $what.to_owned())
            }
        }
    )*};
}
numbers!(u32 = "a whole number", u64 = "a whole number", usize = "a whole number", f64 = "a number");

#[cfg(test)]
mod tests {
    use super::*;

    fn load(flags: &[(&str, &str)], variables: &[(&str, &str)]) -> Result<Config> {
        let find =
            |list: &[(&str, &str)], name: &str| list.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned());
        Config::load(|s| find(flags, &s.flag()), |name| find(variables, name))
    }

    #[test]
    fn a_flag_beats_the_environment_which_beats_the_file_which_beats_the_default() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("larder.conf");
        std::fs::write(&path, "# ours\nworkers = 3\nlog.level = \"warn\"\nlisten = 9000\n").expect("written");
        let file = path.to_str().expect("a path");
        let config =
            load(&[("config", file), ("workers", "5")], &[("LARDER_WORKERS", "4"), ("LARDER_LOG_LEVEL", "debug")])
                .expect("settings");
        assert_eq!(config.workers, 5);
        assert_eq!(config.log_level, "debug");
        assert_eq!(config.listen.to_string(), "127.0.0.1:9000");
        assert_eq!(config.backup_hourly, 24);
    }

    #[test]
    fn the_environment_may_name_a_file_that_holds_the_value() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), "trace\n").expect("written");
        let config = load(&[], &[("LARDER_LOG_LEVEL_FILE", file.path().to_str().expect("a path"))]).expect("settings");
        assert_eq!(config.log_level, "trace");
    }

    #[test]
    fn a_wrong_value_names_the_setting_and_the_ways_to_set_it() {
        let message = load(&[("http-body-kib", "many")], &[]).expect_err("refused").to_string();
        assert!(message.contains("--http-body-kib") && message.contains("LARDER_HTTP_BODY_KIB"), "{message}");
        assert!(load(&[("tls-cert", "a.pem")], &[]).is_err());
    }

    #[test]
    fn an_unknown_name_in_the_file_is_refused() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), "wokers = 3\n").expect("written");
        let path = file.path().to_str().expect("a path");
        assert!(load(&[("config", path)], &[]).expect_err("refused").to_string().contains("wokers"));
    }

    #[test]
    fn names_are_derived_in_one_way() {
        let setting = SETTINGS.iter().find(|s| s.name == "http.trusted_proxies").expect("there");
        assert_eq!(setting.flag(), "http-trusted-proxies");
        assert_eq!(setting.variable(), "LARDER_HTTP_TRUSTED_PROXIES");
    }
}
