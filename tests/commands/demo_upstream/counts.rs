//! What the stand-in counts, and how it ends.

use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::json;

use super::peer::Peer;
use crate::shell::Server;

const MAY: &str = "/api/workspaces/v1.1/stats?start_date=2026-05-01&end_date=2026-05-31";

#[test]
fn calls_are_counted_by_endpoint_and_workspace() {
    let peer = Peer::start(&[]);
    for token in ["demo-workspace-2", "demo-workspace-2", "demo-workspace-3", "nobody"] {
        peer.get(token, MAY);
    }
    peer.get("demo-admin", "/api/workspaces/v1.1");
    peer.post("demo-admin", "/api/workspaces/v1.1/switch-workspace", &json!({"team_id": 8}));
    peer.get("demo-admin", "/api/sender-emails");
    let counts = peer.counts();
    assert_eq!((&counts["calls"], &counts["switches"], &counts["crossed"]), (&json!(7), &json!(1), &json!(0)));
    assert_eq!(counts["endpoints"]["stats"]["workspaces"], json!({"2": 2, "3": 1}));
    assert_eq!(counts["endpoints"]["senders"]["workspaces"], json!({"8": 1}));
    assert_eq!(counts["endpoints"]["workspaces"]["calls"], 1);
    assert_eq!(counts["statuses"], json!({"200": 6, "401": 1}));
    let reset = peer.agent.delete(peer.url("/_demo/counts")).call().expect("an answer");
    assert_eq!(reset.status(), 204);
    assert_eq!(peer.counts()["calls"], 0);
    peer.stop();
}

#[test]
fn the_most_calls_at_once_are_remembered() {
    let peer = Peer::start(&["--hanging", "1,2,3,4"]);
    thread::scope(|scope| {
        let peer = &peer;
        for workspace in 1..=4 {
            let token = format!("demo-workspace-{workspace}");
            scope.spawn(move || assert!(peer.impatient(Duration::from_secs(3), &token, MAY).is_err()));
        }
        peer.until("four at once", |counts| counts["in_flight"] == 4);
    });
    let counts = peer.until("given up", |counts| counts["in_flight"] == 0);
    assert_eq!((&counts["most_in_flight"], &counts["abandoned"]), (&json!(4), &json!(4)));
    assert_eq!(counts["endpoints"]["stats"]["most_in_flight"], 4);
    peer.stop();
}

#[test]
fn a_call_whose_workspace_was_switched_under_it_is_counted() {
    let peer = Peer::start(&["--latency-ms", "2000"]);
    thread::scope(|scope| {
        let peer = &peer;
        let reading = scope.spawn(move || peer.get("demo-admin", MAY).status);
        peer.until("under way", |counts| counts["in_flight"] == 1);
        peer.post("demo-admin", "/api/workspaces/v1.1/switch-workspace", &json!({"team_id": 2}));
        assert_eq!(reading.join().expect("read"), 200);
    });
    assert_eq!(peer.counts()["crossed"], 1);
    peer.stop();
}

#[test]
fn without_a_parent_it_runs_until_it_is_told_to_stop() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_larder"));
    command.arg("demo-upstream").env_clear().stdin(Stdio::null()).stderr(Stdio::null());
    let server = Server::spawn(&mut command, "listening on http://127.0.0.1:");
    let answer = ureq::get(format!("{}/_demo/counts", server.url)).call().expect("an answer");
    assert_eq!(answer.status(), 200);
    server.stop();
}
