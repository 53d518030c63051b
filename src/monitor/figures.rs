//! What other parts tell the monitor about themselves.

use std::net::IpAddr;
use std::sync::Arc;

use crate::db::Change;
use crate::kernel::Moment;

use super::alert::Alert;

/// One tier of the cache since the start.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct TierFigures {
    pub name: &'static str,
    /// Answers that came from this tier.
    pub hits: u64,
    pub entries: u64,
    pub bytes: u64,
    pub most_bytes: u64,
    pub evicted: u64,
    /// How long an entry lives, in seconds.
    pub lives_s: u64,
}

/// The cache since the start.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct CacheFigures {
    /// Answers that no tier had and that were built.
    pub misses: u64,
    /// Answers that were given although they were too old, as is allowed for upstream data.
    pub stale: u64,
    /// Entries that a change made worthless.
    pub outdated: u64,
    pub tiers: Vec<TierFigures>,
    /// What was given up for memory and taken back, newest first.
    pub pressure: Vec<PressureFigures>,
}

/// A step that the cache took because of memory.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct PressureFigures {
    pub at: String,
    /// `none`, `aside`, `hot`, `heavy`: each includes those before it.
    pub step: &'static str,
    pub used_bytes: u64,
    pub limit_bytes: u64,
}

impl CacheFigures {
    pub fn hits(&self) -> u64 {
        self.tiers.iter().map(|tier| tier.hits).sum()
    }
    pub fn bytes(&self) -> u64 {
        self.tiers.iter().map(|tier| tier.bytes).sum()
    }
}

/// The limits since the start.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct LimitFigures {
    pub refused: u64,
    /// Identities that are remembered just now, and how many of them serve a penalty.
    pub identities: u64,
    pub penalised: u64,
}

/// Screens that follow records.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct LiveFigures {
    pub sockets: u64,
    pub most_sockets: u64,
    /// Records that are watched, and people who have a record on screen.
    pub watched: u64,
    pub present: u64,
    /// Messages, and times that a socket was too slow for them, since the start.
    pub sent: u64,
    pub resyncs: u64,
}

/// The recounts of statistics since the start.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct StatisticFigures {
    /// Parts that were compared with the records.
    pub slices: u64,
    /// Figures that were wrong.
    pub repaired: u64,
}

/// E-mail since the start.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct MailFigures {
    /// Letters that the mail server took, and those that were given up.
    pub sent: u64,
    pub given_up: u64,
    /// Letters that waited when somebody last looked, a round's worth at most.
    pub waiting: u64,
}

/// The queue of chores.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct ChoreFigures {
    pub waiting: u32,
    pub running: u32,
    /// To be tried again, and given up.
    pub failed: u32,
    pub dead: u32,
}

/// The portal's calls to the services behind it.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct UpstreamFigures {
    /// Since the start, repeats included.
    pub calls: u64,
    pub failed: u64,
    /// Questions that are being asked, and those that wait.
    pub in_flight: u64,
    pub waiting: u64,
    /// Sources that are left alone because they failed.
    pub paused: u64,
}

/// Messages to other programs since the start.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct WebhookFigures {
    /// Messages that were taken, attempts that failed, and messages that were given up.
    pub delivered: u64,
    pub failed: u64,
    pub given_up: u64,
    /// Messages that wait, tired receivers' among them; 10,000 are counted at most.
    pub waiting: u64,
}

/// What the edge knows.
#[derive(Clone, Debug, Default)]
pub struct EdgeFigures {
    /// Those of ordinary requests; sockets and streams have places of their own.
    pub connections: u64,
    pub most_connections: u64,
    /// Open streams of progress.
    pub streams: u64,
    pub most_streams: u64,
    /// Somebody who sends forwarding headers and is not trusted to.
    pub stranger: Option<IpAddr>,
    /// The last backup and its size.
    pub backup: Option<(Moment, u64)>,
}

/// What is to be written when alerts changed, beside and before themselves.
pub type Announce = Arc<dyn Fn(&[Alert], Moment) -> Change + Send + Sync>;

pub type Source<T> = Arc<dyn Fn() -> T + Send + Sync>;

/// Who is asked, and who is called when memory is critical. What is not set is shown as off.
#[derive(Clone, Default)]
pub struct Sources {
    pub cache: Option<Source<CacheFigures>>,
    pub limits: Option<Source<LimitFigures>>,
    pub live: Option<Source<LiveFigures>>,
    pub statistics: Option<Source<StatisticFigures>>,
    pub mail: Option<Source<MailFigures>>,
    pub chores: Option<Source<ChoreFigures>>,
    pub upstream: Option<Source<UpstreamFigures>>,
    pub webhooks: Option<Source<WebhookFigures>>,
    pub edge: Option<Source<EdgeFigures>>,
    /// The memory limit in bytes, where somebody else watches it already.
    pub memory_limit: Option<Source<u64>>,
    /// Gives back whatever memory can be given back at once.
    pub clean_up: Option<Arc<dyn Fn() + Send + Sync>>,
    /// Has others told of alerts.
    pub announce: Option<Announce>,
}
