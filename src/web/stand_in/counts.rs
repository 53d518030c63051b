//! What was asked of the service, for tests to hold the caller to its word.

use std::collections::BTreeMap;
use std::sync::Arc;

use parking_lot::Mutex;
use serde::Serialize;

use super::endpoint::Endpoint;

/// As `GET /_demo/counts` gives it, since the start or since the counts were reset.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Told {
    pub calls: u64,
    /// Right now, and the most at once.
    pub in_flight: u64,
    pub most_in_flight: u64,
    /// How often a workspace was selected.
    pub switches: u64,
    /// Calls with the super-admin token during which another workspace was selected: what they read
    /// may be another workspace's.
    pub crossed: u64,
    /// Calls whose caller went away before the answer.
    pub abandoned: u64,
    pub statuses: BTreeMap<u16, u64>,
    pub endpoints: BTreeMap<Endpoint, Line>,
}

/// One endpoint.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Line {
    pub calls: u64,
    pub in_flight: u64,
    pub most_in_flight: u64,
    pub workspaces: BTreeMap<u64, u64>,
}

#[derive(Default)]
pub struct Counts(Mutex<Told>);

impl Counts {
    pub fn told(&self) -> Told {
        self.0.lock().clone()
    }

    /// Begins anew; what is under way stays under way.
    pub fn reset(&self) {
        let mut told = self.0.lock();
        let old = std::mem::take(&mut *told);
        told.in_flight = old.in_flight;
        told.most_in_flight = old.in_flight;
        let lines = old.endpoints.into_iter().filter(|(_, line)| line.in_flight > 0);
        told.endpoints = lines
            .map(|(endpoint, Line { in_flight, .. })| {
                (endpoint, Line { in_flight, most_in_flight: in_flight, ..Line::default() })
            })
            .collect();
    }

    pub fn switched(&self) {
        self.0.lock().switches += 1;
    }

    pub fn crossed(&self) {
        self.0.lock().crossed += 1;
    }

    /// Counts a call, which is under way until the value is dropped.
    pub fn begin(self: &Arc<Self>, endpoint: Endpoint, workspace: Option<u64>) -> InFlight {
        let mut told = self.0.lock();
        told.calls += 1;
        told.in_flight += 1;
        told.most_in_flight = told.most_in_flight.max(told.in_flight);
        let line = told.endpoints.entry(endpoint).or_default();
        line.calls += 1;
        line.in_flight += 1;
        line.most_in_flight = line.most_in_flight.max(line.in_flight);
        if let Some(workspace) = workspace {
            *line.workspaces.entry(workspace).or_default() += 1;
        }
        InFlight { counts: Arc::clone(self), endpoint, answered: false }
    }
}

/// A call that is under way.
pub struct InFlight {
    counts: Arc<Counts>,
    endpoint: Endpoint,
    answered: bool,
}

impl InFlight {
    /// The status is decided; a body may still be on its way.
    pub fn answered(&mut self, status: u16) {
        self.answered = true;
        *self.counts.0.lock().statuses.entry(status).or_default() += 1;
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        let mut told = self.counts.0.lock();
        told.in_flight -= 1;
        told.abandoned += u64::from(!self.answered);
        if let Some(line) = told.endpoints.get_mut(&self.endpoint) {
            line.in_flight -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_at_once_is_remembered_and_a_reset_keeps_what_is_under_way() {
        let counts = Arc::new(Counts::default());
        let mut calls: Vec<InFlight> = (1..=3).map(|id| counts.begin(Endpoint::Stats, Some(id))).collect();
        calls.remove(0).answered(200);
        drop(calls.remove(0));
        let told = counts.told();
        assert_eq!((told.calls, told.in_flight, told.most_in_flight, told.abandoned), (3, 1, 3, 1));
        assert_eq!(told.statuses, BTreeMap::from([(200, 1)]));
        counts.reset();
        drop(calls);
        let told = counts.told();
        assert_eq!((told.calls, told.in_flight, told.most_in_flight), (0, 0, 1));
    }
}
