//! The stand-in, run inside the test, with what it counts and what its figures are.

use std::net::SocketAddr;
use std::sync::mpsc;

use larder::demo::upstream::{Account, Figures, Size, Workspace};
use larder::kernel::{Date, Moment};
use larder::web::stand_in::{self, Faults, StandIn};
use serde_json::{Value, json};
use tokio::sync::oneshot;

pub struct Peer {
    pub url: String,
    account: Account,
    size: Size,
    agent: ureq::Agent,
    /// Dropped, it ends the service.
    _end: oneshot::Sender<()>,
}

impl Peer {
    /// A service with so many workspaces.
    pub fn start(workspaces: usize) -> Self {
        let size = Size { seed: 7, workspaces, senders: workspaces * 150 };
        let (sender, receiver) = mpsc::channel();
        let (end, ended) = oneshot::channel::<()>();
        std::thread::spawn(move || {
            let listening = |address: SocketAddr| sender.send(address).map_err(larder::kernel::Error::internal);
            let told = async move { drop(ended.await) };
            let stand_in = StandIn::new(size, Faults::default());
            stand_in::run(stand_in, ([127, 0, 0, 1], 0).into(), listening, told).expect("a service");
        });
        let address = receiver.recv().expect("an address");
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        Self { url: format!("http://{address}"), account: Account::new(size), size, agent, _end: end }
    }

    pub fn workspaces(&self) -> usize {
        self.size.workspaces
    }

    /// Makes it go wrong in these ways, and in no others.
    pub fn set(&self, faults: &Value) {
        let answer = self.agent.put(format!("{}/_demo/faults", self.url)).send_json(faults).expect("an answer");
        assert_eq!(answer.status(), 200);
    }

    pub fn well(&self) {
        self.set(&json!({}));
    }

    pub fn counts(&self) -> Value {
        let mut answer = self.agent.get(format!("{}/_demo/counts", self.url)).call().expect("an answer");
        answer.body_mut().read_json().expect("JSON")
    }

    pub fn reset(&self) {
        let answer = self.agent.delete(format!("{}/_demo/counts", self.url)).call().expect("an answer");
        assert_eq!(answer.status(), 204);
    }

    /// How often an endpoint was asked.
    pub fn calls(&self, endpoint: &str) -> u64 {
        self.counts()["endpoints"][endpoint]["calls"].as_u64().unwrap_or_default()
    }

    /// How often an endpoint was asked about a workspace.
    pub fn calls_about(&self, endpoint: &str, workspace: u64) -> u64 {
        self.counts()["endpoints"][endpoint]["workspaces"][workspace.to_string()].as_u64().unwrap_or_default()
    }

    pub fn all(&self) -> &[Workspace] {
        self.account.workspaces()
    }

    pub fn named(&self, id: u64) -> &str {
        &self.account.workspace(id).expect("a workspace").name
    }

    /// Its figures from the first of the month to today, worked out anew.
    pub fn month(&self, workspace: &Workspace) -> Figures {
        let today = today();
        let first = Date::new(today.year(), today.month(), 1).expect("a day");
        self.account.range(workspace, first, today)
    }

    pub fn day(&self, workspace: &Workspace) -> Figures {
        self.account.day(workspace, today())
    }

    /// Every account of a workspace, as the service gives them.
    pub fn senders(&self, workspace: &Workspace) -> Vec<Value> {
        let mut all = Vec::new();
        for page in 1.. {
            let got = self.account.senders(workspace, Some(page), Some(100));
            let rows = got["data"].as_array().expect("rows");
            all.extend(rows.iter().cloned());
            if rows.len() < 100 {
                break;
            }
        }
        all
    }
}

/// The tenant of these tests keeps UTC.
pub fn today() -> Date {
    Moment::now().day_in("UTC")
}

/// A number, however the service writes it.
pub fn number(value: &Value) -> i64 {
    value.as_i64().unwrap_or_else(|| value.as_str().and_then(|text| text.parse().ok()).expect("a number"))
}
