//! The limits of the portal, as the operator set them.

use std::time::Duration;

use crate::config::Config;

use super::breaker::Rules;
use super::retry::Policy;

/// Longer than this nothing is waited between two attempts (D09).
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

#[derive(Clone, Debug)]
pub struct Settings {
    /// Workspaces of one source that are asked about at once (D01).
    pub window: usize,
    /// Threads over all sources.
    pub threads: usize,
    pub timeout: Duration,
    /// Bytes of one answer.
    pub body: u64,
    pub retry: Policy,
    pub breaker: Rules,
    /// Seconds for which each dashboard is fresh, in the order of [`super::Dashboard::ALL`].
    pub ttl_s: [i64; 4],
    /// The same for a source's list of workspaces.
    pub list_ttl_s: i64,
    pub allow_private: bool,
    pub keep_days: u32,
}

impl Settings {
    pub fn of(config: &Config) -> Self {
        let ttls = [
            config.upstream_ttl_kpi,
            config.upstream_ttl_volume,
            config.upstream_ttl_revenue,
            config.upstream_ttl_infrastructure,
        ];
        Self {
            window: config.upstream_window,
            threads: config.upstream_max_threads,
            timeout: Duration::from_secs(config.upstream_timeout_s),
            body: config.upstream_body_mib << 20,
            retry: Policy {
                attempts: config.upstream_attempts,
                first: Duration::from_millis(config.upstream_pause_ms),
                longest: LONGEST_PAUSE,
            },
            breaker: Rules { row: config.upstream_failures, pause: Duration::from_secs(config.upstream_rest_s) },
            ttl_s: ttls.map(i64::from),
            list_ttl_s: config.upstream_ttl_workspaces.into(),
            allow_private: config.upstream_allow_private,
            keep_days: config.upstream_keep_days,
        }
    }
}
