//! The portal, against the stand-in for the service behind it: a real peer on loopback, whose own
//! count says what it was asked.

mod alerts;
mod faults;
mod figures;
mod health;
mod loading;
mod peer;
mod review;
mod sources;

use std::time::{Duration, Instant};

use larder::config::Config;
use larder::db::Change;
use serde_json::{Value, json};

use crate::server::{Client, Server};

use peer::Peer;

/// Nothing that is waited for here takes longer on any machine.
const LONGEST: Duration = Duration::from_secs(120);

/// Asks until what comes is as it should be.
fn until(what: &str, ask: impl Fn() -> Value, right: impl Fn(&Value) -> bool) -> Value {
    let begun = Instant::now();
    loop {
        let got = ask();
        if right(&got) {
            return got;
        }
        assert!(begun.elapsed() < LONGEST, "{what}: {got}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A server whose owner has connected the peer.
struct Desk {
    server: Server,
    owner: Client,
    peer: Peer,
    source: String,
}

impl Desk {
    /// Pauses are short, so that no test waits for them.
    fn open(peer: Peer, change: impl FnOnce(&mut Config)) -> Self {
        let server = Server::with(|config| {
            config.upstream_allow_private = true;
            config.upstream_pause_ms = 5;
            change(config);
        });
        let owner = server.make_owner();
        let body = json!({"name": "Mail service", "base_url": peer.url, "token": "demo-admin"});
        let source = owner.post("/api/v1/portal/sources", &body).expect(201).json();
        let source = source["id"].as_str().expect("an id").to_owned();
        Self { server, owner, peer, source }
    }

    /// The same once every workspace is known and has a token of its own.
    fn ready(peer: Peer, change: impl FnOnce(&mut Config)) -> Self {
        let desk = Self::open(peer, change);
        desk.load("kpi");
        let path = format!("/api/v1/portal/sources/{}/tokens", desk.source);
        desk.owner.post(&path, &json!({})).expect(202);
        let portal = || desk.owner.get("/api/v1/portal").expect(200).json();
        until("tokens", portal, |portal| portal["sources"][0]["serial"] == false);
        desk.peer.reset();
        desk
    }

    fn show(&self, dashboard: &str) -> Value {
        self.owner.get(&format!("/api/v1/portal/{dashboard}")).expect(200).json()
    }

    fn is_loading(&self, dashboard: &str) -> bool {
        let portal = self.owner.get("/api/v1/portal").expect(200).json();
        let found = portal["dashboards"].as_array().expect("dashboards").iter().find(|d| d["dashboard"] == dashboard);
        !found.expect("the dashboard")["loading"].is_null()
    }

    /// Looks at a dashboard until nothing of it is being loaded.
    fn settled(&self, dashboard: &str) -> Value {
        let ask = || {
            let shown = self.show(dashboard);
            if self.is_loading(dashboard) { Value::Null } else { shown }
        };
        until(dashboard, ask, |shown| !shown.is_null());
        // What came last may have come between the two questions.
        self.show(dashboard)
    }

    /// Looks at a dashboard until all of it is there.
    fn load(&self, dashboard: &str) -> Value {
        let whole =
            |shown: &Value| shown["workspaces"] == self.peer.workspaces() && shown["loaded"] == shown["workspaces"];
        until(dashboard, || self.show(dashboard), whole);
        self.settled(dashboard)
    }

    /// Has it loaded anew, and waits.
    fn refresh(&self, dashboard: &str) -> Value {
        self.owner.post(&format!("/api/v1/portal/{dashboard}/refresh"), &json!({})).expect(202);
        self.settled(dashboard)
    }

    fn write(&self, sql: &'static str) {
        let mut change = Change::new();
        change.push(sql, Vec::new());
        self.server.app.db.write(change).wait().expect("written");
    }

    /// As if all that came had come so long ago.
    fn age(&self, seconds: i64) {
        let mut change = Change::new();
        for (table, column) in [
            ("upstream_snapshots", "fetched_at"),
            ("upstream_snapshots", "failed_at"),
            ("upstream_sources", "open_until"),
            ("upstream_sources", "listed_at"),
            ("upstream_sources", "list_failed_at"),
        ] {
            change.push(format!("UPDATE {table} SET {column}={column}-?1"), vec![(seconds * 1000).into()]);
        }
        self.server.app.db.write(change).wait().expect("written");
        self.server.app.upstream.renew(1, None);
    }

    fn health(&self) -> Value {
        self.owner.get("/api/v1/portal/health").expect(200).json()
    }
}

fn row<'a>(shown: &'a Value, name: &str) -> &'a Value {
    let rows = shown["rows"].as_array().expect("rows");
    rows.iter().find(|row| row["name"] == name).unwrap_or_else(|| panic!("no row of {name}"))
}
