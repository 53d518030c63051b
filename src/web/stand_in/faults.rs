//! What goes wrong on purpose, and whom it meets.
//!
//! Chance is drawn from the seed, the endpoint, the workspace and how many calls there were of that
//! sort since the faults were set: the order in which calls of different workspaces come in does not
//! change which of them fail.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::demo::upstream::Chance;

use super::endpoint::Endpoint;

/// All faults; the default is a service that is well. `PUT /_demo/faults` takes this as JSON, where
/// whatever is left out is as the default has it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// How long stats, campaigns and senders take.
    pub latency_ms: u64,
    /// How long the list of workspaces takes.
    pub list_latency_ms: u64,
    /// How long single endpoints take, instead.
    pub latency: BTreeMap<Endpoint, u64>,
    /// Nothing is answered but 503.
    pub outage: bool,
    /// More calls than this within a second get a 429; 0 for no limit.
    pub per_second: u32,
    /// What the 429 says in `Retry-After`.
    pub retry_after_s: RetryAfter,
    /// These always get a 500.
    pub failing: Scope,
    /// These never get an answer.
    pub hanging: Scope,
    /// These get a body that is far too long.
    pub endless: Scope,
    /// How long that body is; 0 for one without an end.
    pub endless_mb: EndlessMb,
    /// The share of calls that get a 500, 502 or 503: 0 to 1.
    pub error_rate: f64,
    /// The share of answers whose body is broken: 0 to 1.
    pub bad_rate: f64,
    /// How bodies are broken; each as likely as the others, all of them when none is named.
    pub bad_kinds: Vec<Bad>,
    /// Where `failing`, `hanging`, `endless` and the two rates apply; when none is named, wherever
    /// something is read.
    pub only: Vec<Endpoint>,
}

/// Seconds; 1 by default.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RetryAfter(pub u64);

impl Default for RetryAfter {
    fn default() -> Self {
        Self(1)
    }
}

/// Megabytes; a gigabyte by default.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct EndlessMb(pub u64);

impl Default for EndlessMb {
    fn default() -> Self {
        Self(1_024)
    }
}

/// Whom a fault meets: `true` for everyone, or the workspaces named.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Scope {
    All(bool),
    These(Vec<u64>),
}

impl Default for Scope {
    fn default() -> Self {
        Self::All(false)
    }
}

impl Scope {
    fn meets(&self, workspace: Option<u64>) -> bool {
        match self {
            Self::All(all) => *all,
            Self::These(these) => workspace.is_some_and(|id| these.contains(&id)),
        }
    }
}

/// How a body is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bad {
    WrongTypes,
    Missing,
    Negative,
    Truncated,
    Html,
}

const BAD: [Bad; 5] = [Bad::WrongTypes, Bad::Missing, Bad::Negative, Bad::Truncated, Bad::Html];

/// What is in store for one call.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fate {
    Well,
    Hang,
    Status(u16),
    /// So many megabytes; 0 for no end.
    Endless(u64),
    Spoilt(Bad),
}

/// The faults that are set, and how many calls of each sort they have met.
#[derive(Default)]
pub struct Mischief {
    faults: Faults,
    met: HashMap<(Endpoint, Option<u64>), u64>,
}

impl Mischief {
    /// Sets faults; chance begins anew.
    pub fn new(faults: Faults) -> Self {
        Self { faults, met: HashMap::new() }
    }

    pub fn faults(&self) -> &Faults {
        &self.faults
    }

    /// What happens to the next call of a sort.
    pub fn fate(&mut self, seed: u64, endpoint: Endpoint, workspace: Option<u64>) -> Fate {
        let faults = &self.faults;
        if faults.outage {
            return Fate::Status(503);
        }
        let applies = if faults.only.is_empty() { endpoint.reads() } else { faults.only.contains(&endpoint) };
        if !applies {
            return Fate::Well;
        }
        let met = self.met.entry((endpoint, workspace)).or_default();
        *met += 1;
        let number = ((endpoint as u64) << 56) ^ (workspace.unwrap_or_default() << 32) ^ *met;
        let mut chance = Chance::seeded(seed, "fault", number);
        let mut falls = |rate: f64| chance.below(1_000_000) < (rate.clamp(0.0, 1.0) * 1e6) as usize;
        if faults.hanging.meets(workspace) {
            Fate::Hang
        } else if faults.failing.meets(workspace) {
            Fate::Status(500)
        } else if faults.endless.meets(workspace) {
            Fate::Endless(faults.endless_mb.0)
        } else if falls(faults.error_rate) {
            Fate::Status(chance.pick(&[500, 502, 503]))
        } else if falls(faults.bad_rate) {
            Fate::Spoilt(chance.pick(if faults.bad_kinds.is_empty() { &BAD } else { &faults.bad_kinds }))
        } else {
            Fate::Well
        }
    }
}

impl Faults {
    pub fn latency_of(&self, endpoint: Endpoint) -> Duration {
        let usual = match endpoint {
            Endpoint::Workspaces => self.list_latency_ms,
            Endpoint::Stats | Endpoint::Campaigns | Endpoint::Senders => self.latency_ms,
            Endpoint::Switch | Endpoint::Tokens => 0,
        };
        Duration::from_millis(self.latency.get(&endpoint).copied().unwrap_or(usual))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fates(faults: &Faults, seed: u64, order: impl Iterator<Item = u64>) -> HashMap<u64, Vec<Fate>> {
        let mut mischief = Mischief::new(faults.clone());
        let mut fates: HashMap<u64, Vec<Fate>> = HashMap::new();
        for workspace in order {
            fates.entry(workspace).or_default().push(mischief.fate(seed, Endpoint::Stats, Some(workspace)));
        }
        fates
    }

    #[test]
    fn chance_is_the_seeds_and_not_the_order_of_calls() {
        let faults = Faults { error_rate: 0.3, bad_rate: 0.3, ..Faults::default() };
        let in_turn = fates(&faults, 1, (0..400).map(|n| n % 20));
        let one_by_one = fates(&faults, 1, (0..400).map(|n| n / 20));
        assert_eq!(in_turn, one_by_one);
        assert_ne!(in_turn, fates(&faults, 2, (0..400).map(|n| n % 20)));
        let all: Vec<Fate> = in_turn.into_values().flatten().collect();
        let failed = all.iter().filter(|fate| matches!(fate, Fate::Status(_))).count();
        let spoilt = all.iter().filter(|fate| matches!(fate, Fate::Spoilt(_))).count();
        assert!((90..150).contains(&failed) && (55..115).contains(&spoilt), "{failed} {spoilt}");
    }

    #[test]
    fn a_fault_meets_those_it_names_where_something_is_read() {
        let set = serde_json::from_str(r#"{"failing": [15], "hanging": [7]}"#).expect("faults");
        let mut mischief = Mischief::new(set);
        assert_eq!(mischief.fate(1, Endpoint::Stats, Some(15)), Fate::Status(500));
        assert_eq!(mischief.fate(1, Endpoint::Senders, Some(7)), Fate::Hang);
        assert_eq!(mischief.fate(1, Endpoint::Stats, Some(14)), Fate::Well);
        assert_eq!(mischief.fate(1, Endpoint::Switch, Some(15)), Fate::Well);
        assert_eq!(mischief.fate(1, Endpoint::Workspaces, None), Fate::Well);
        let set = serde_json::from_str(r#"{"failing": true, "only": ["tokens"]}"#).expect("faults");
        let mut mischief = Mischief::new(set);
        assert_eq!(mischief.fate(1, Endpoint::Tokens, Some(1)), Fate::Status(500));
        assert_eq!(mischief.fate(1, Endpoint::Stats, Some(1)), Fate::Well);
    }

    #[test]
    fn a_fault_that_nobody_knows_is_refused() {
        assert!(serde_json::from_str::<Faults>(r#"{"fialing": true}"#).is_err());
        assert!(serde_json::from_str::<Faults>(r#"{"bad_kinds": ["rotten"]}"#).is_err());
    }
}
