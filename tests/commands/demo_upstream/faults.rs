//! Each fault, set from outside, as the caller meets it.

use std::io::Read;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::peer::{Peer, Said};

const MAY: &str = "/api/workspaces/v1.1/stats?start_date=2026-05-01&end_date=2026-05-31";

fn stats(peer: &Peer, workspace: u64) -> Said {
    peer.get(&format!("demo-workspace-{workspace}"), MAY)
}

/// Asks each of the workspaces once and gives the statuses.
fn round(peer: &Peer) -> Vec<u16> {
    (1..=27).map(|workspace| stats(peer, workspace).status).collect()
}

#[test]
fn one_workspace_fails_and_the_others_do_not() {
    let peer = Peer::start(&["--failing", "15"]);
    let expected: Vec<u16> = (1..=27).map(|w| if w == 15 { 500 } else { 200 }).collect();
    assert_eq!(round(&peer), expected);
    assert!(stats(&peer, 15).json()["message"].is_string());
    peer.set(&json!({}));
    assert_eq!(stats(&peer, 15).status, 200);
    peer.stop();
}

#[test]
fn an_outage_lasts_until_it_is_switched_off() {
    let peer = Peer::start(&["--outage"]);
    assert_eq!(stats(&peer, 1).status, 503);
    assert_eq!(peer.get("demo-admin", "/api/workspaces/v1.1").status, 503);
    peer.set(&json!({}));
    assert_eq!(stats(&peer, 1).status, 200);
    peer.set(&json!({"outage": true}));
    assert_eq!(stats(&peer, 1).status, 503);
    peer.stop();
}

#[test]
fn a_share_of_calls_fails_and_the_same_seed_fails_the_same() {
    let peer = Peer::start(&["--error-rate", "0.5"]);
    let first = round(&peer);
    let failed = first.iter().filter(|status| (500..=503).contains(*status)).count();
    assert!((5..=22).contains(&failed), "{first:?}");
    assert_ne!(round(&peer), first, "another call of the same sort has its own luck");
    peer.set(&json!({"error_rate": 0.5}));
    assert_eq!(round(&peer), first, "set anew, chance begins anew");
    peer.stop();
}

#[test]
fn calls_take_as_long_as_is_set_for_them() {
    let peer = Peer::start(&["--latency-ms", "300"]);
    let took = |path: &str| {
        let since = Instant::now();
        assert_eq!(peer.get("demo-workspace-1", path).status, 200);
        since.elapsed()
    };
    assert!(took(MAY) >= Duration::from_millis(300));
    peer.set(&json!({"list_latency_ms": 200, "latency": {"senders": 250}}));
    assert!(took("/api/workspaces/v1.1") >= Duration::from_millis(200));
    assert!(took("/api/sender-emails") >= Duration::from_millis(250));
    peer.stop();
}

#[test]
fn a_limit_of_calls_says_when_to_come_again() {
    let peer = Peer::start(&[]);
    peer.set(&json!({"per_second": 1, "retry_after_s": 3}));
    let refused = (0..50).map(|_| stats(&peer, 1)).find(|said| said.status == 429).expect("one within the second");
    assert_eq!(refused.headers.get("retry-after").and_then(|v| v.to_str().ok()), Some("3"));
    assert!(refused.json()["message"].is_string());
    peer.set(&json!({}));
    assert!(round(&peer).iter().all(|status| *status == 200));
    peer.stop();
}

#[test]
fn a_hanging_connection_is_taken_and_never_answered() {
    let peer = Peer::start(&["--hanging", "7"]);
    let waited = peer.impatient(Duration::from_millis(500), "demo-workspace-7", MAY);
    assert!(matches!(waited, Err(ureq::Error::Timeout(_))), "{:?}", waited.map(|said| said.status));
    assert_eq!(stats(&peer, 8).status, 200);
    let counts = peer.until("noticed", |counts| counts["abandoned"] == 1);
    assert_eq!(counts["in_flight"], 0);
    // With one more that hangs it still leaves at once.
    assert!(peer.impatient(Duration::from_millis(100), "demo-workspace-7", MAY).is_err());
    peer.stop();
}

#[test]
fn a_body_of_a_gigabyte_goes_on_for_as_long_as_somebody_reads() {
    let peer = Peer::start(&["--endless", "4"]);
    let read = |bytes: u64| {
        let call = peer.agent.get(peer.url(MAY)).header("Authorization", "Bearer demo-workspace-4");
        let answer = call.call().expect("an answer");
        assert_eq!(answer.status(), 200);
        let mut body = Vec::new();
        answer.into_body().into_reader().take(bytes).read_to_end(&mut body).expect("read");
        body
    };
    assert_eq!(read(9 << 20).len(), 9 << 20);
    assert_eq!(stats(&peer, 5).status, 200);
    peer.until("ended", |counts| counts["in_flight"] == 0);
    peer.set(&json!({"endless": [4], "endless_mb": 1}));
    let whole: Value = serde_json::from_slice(&read(u64::MAX)).expect("JSON in the end");
    assert_eq!(whole["data"][0].as_str().map(str::len), Some(1 << 20));
    peer.set(&json!({"endless": [4], "endless_mb": 0}));
    assert_eq!(read(3 << 20).len(), 3 << 20);
    peer.stop();
}

#[test]
fn a_broken_body_is_broken_in_the_way_that_is_set() {
    let peer = Peer::start(&[]);
    let broken = |how: &str, path: &str| {
        peer.set(&json!({"bad_rate": 1.0, "bad_kinds": [how]}));
        let said = peer.get("demo-workspace-5", path);
        assert_eq!(said.status, 200);
        said
    };
    assert_eq!(broken("negative", MAY).json()["data"]["interested"], -5);
    assert!(broken("wrong_types", MAY).json()["data"]["interested"].is_object());
    assert_eq!(broken("missing", MAY).json()["data"].get("interested"), None);
    let list = broken("missing", "/api/workspaces/v1.1").json();
    assert_eq!((list["data"][0].get("id"), list["data"][0].get("name")), (None, None));
    assert_eq!(broken("negative", "/api/sender-emails").json()["data"][0]["bounced_count"], -5);
    assert!(serde_json::from_str::<Value>(&broken("truncated", MAY).text).is_err());
    let page = broken("html", MAY);
    assert_eq!(page.headers.get("content-type").and_then(|v| v.to_str().ok()), Some("text/html"));
    assert!(page.text.starts_with("<!doctype html>"));
    peer.stop();
}

#[test]
fn a_share_of_bodies_is_broken_and_the_rest_is_whole() {
    let peer = Peer::start(&["--bad-rate", "0.5"]);
    let whole = (1..=27).filter(|workspace| {
        let text = stats(&peer, *workspace).text;
        let served: Value = serde_json::from_str(&text).unwrap_or_default();
        let count = &served["data"]["interested"];
        count.as_u64().is_some() || count.as_str().is_some_and(|text| text.parse::<u64>().is_ok())
    });
    assert!((5..=22).contains(&whole.count()));
    peer.stop();
}

#[test]
fn a_fault_may_be_kept_to_some_endpoints() {
    let peer = Peer::start(&[]);
    peer.set(&json!({"failing": true, "only": ["senders"]}));
    assert_eq!(peer.get("demo-workspace-1", "/api/sender-emails").status, 500);
    assert_eq!(stats(&peer, 1).status, 200);
    let refused = peer.agent.put(peer.url("/_demo/faults")).send_json(json!({"fialing": true})).expect("an answer");
    assert_eq!(refused.status(), 400);
    let set = peer.get("demo-admin", "/_demo/faults").json();
    assert_eq!(set["only"], json!(["senders"]), "a refusal changes nothing");
    peer.stop();
}
