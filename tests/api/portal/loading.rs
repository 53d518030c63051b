//! Loading: politely, once for all who ask, with something to see from the first answer on.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::peer::Peer;
use super::{Desk, until};

/// D01, D03, D08: nobody waits for the service; what has come is on screen.
#[test]
fn workspaces_appear_one_by_one_on_a_first_load() {
    let peer = Peer::start(12);
    peer.set(&json!({"latency_ms": 60, "list_latency_ms": 60}));
    let desk = Desk::open(peer, |_| {});
    let first = desk.show("kpi");
    assert_eq!(
        (&first["freshness"], &first["fetched_at"], &first["loaded"]),
        (&json!("none"), &Value::Null, &json!(0))
    );
    let seen = std::cell::RefCell::new(BTreeSet::new());
    let watch = || {
        let shown = desk.show("kpi");
        seen.borrow_mut().insert(shown["loaded"].as_u64().expect("a number"));
        shown
    };
    let whole = until("all workspaces", watch, |shown| shown["loaded"] == 12);
    assert!(seen.borrow().len() >= 4, "one after the other: {seen:?}");
    assert_eq!(whole["freshness"], "fresh");
    desk.settled("kpi");
    let counts = desk.peer.counts();
    assert_eq!(counts["endpoints"]["stats"]["most_in_flight"], 1, "one token for all of them");
    assert_eq!((&counts["endpoints"]["switch"]["calls"], &counts["crossed"]), (&json!(12), &json!(0)));
    let portal = desk.owner.get("/api/v1/portal").expect(200).json();
    assert_eq!((&portal["sources"][0]["serial"], &portal["sources"][0]["workspaces"]), (&json!(true), &json!(12)));
}

/// D01, D36: with a token each, several at a time and never more than the window.
#[test]
fn with_a_token_each_five_workspaces_are_asked_at_a_time_and_never_more() {
    let peer = Peer::start(27);
    let desk = Desk::ready(peer, |_| {});
    assert_eq!(desk.peer.counts()["calls"], 0);
    desk.peer.set(&json!({"latency_ms": 40}));
    for dashboard in ["kpi", "volume", "infrastructure"] {
        desk.owner.post(&format!("/api/v1/portal/{dashboard}/refresh"), &json!({})).expect(202);
    }
    for dashboard in ["kpi", "volume", "infrastructure"] {
        desk.settled(dashboard);
    }
    let counts = desk.peer.counts();
    assert_eq!(counts["most_in_flight"], 5, "{counts}");
    assert_eq!(counts["switches"], 0);
    // One for the month, which two dashboards share, and one for the day.
    assert_eq!(counts["endpoints"]["stats"]["calls"], 2 * 27);
    assert_eq!(counts["endpoints"]["workspaces"]["calls"], 1);
}

/// D04
#[test]
fn five_who_ask_at_once_cost_one_call() {
    let peer = Peer::start(9);
    let desk = Desk::ready(peer, |_| {});
    desk.peer.set(&json!({"latency_ms": 30}));
    desk.age(130);
    std::thread::scope(|scope| {
        for _ in 0..5 {
            scope.spawn(|| {
                for _ in 0..20 {
                    desk.show("kpi");
                }
            });
        }
    });
    let shown = desk.load("kpi");
    assert_eq!(shown["freshness"], "fresh");
    assert_eq!(desk.peer.calls("stats"), 9);
    for workspace in desk.peer.all() {
        assert_eq!(desk.peer.calls_about("stats", workspace.id), 1);
    }
    // Revenue is made of the same, and its TTL is longer.
    desk.load("revenue");
    assert_eq!(desk.peer.counts()["calls"], 9);
}

/// D05, D07, D08: within its TTL nothing is asked; after it, what is kept is shown while it is asked.
#[test]
fn a_dashboard_is_shown_at_once_and_loaded_anew_behind_the_scenes() {
    let peer = Peer::start(4);
    let desk = Desk::ready(peer, |_| {});
    let path = "/api/v1/portal/kpi";
    desk.owner.get(path).expect(200);
    let again = desk.owner.get(path).expect(200);
    assert!(again.header("cache-status").starts_with("larder; hit"), "{}", again.header("cache-status"));
    assert_eq!(desk.peer.counts()["calls"], 0);

    desk.peer.set(&json!({"hanging": true}));
    desk.age(130);
    let stale = desk.show("kpi");
    assert_eq!((&stale["freshness"], &stale["cached"], &stale["loaded"]), (&json!("stale"), &json!(true), &json!(4)));
    until("the calls", || desk.peer.counts(), |counts| counts["in_flight"] == 4);
    assert_eq!(desk.show("kpi")["loaded"], 4, "nobody waits for what hangs");
}

/// D13: up to an hour what is kept is shown with its age, then no more.
#[test]
fn figures_are_shown_for_an_hour_at_most_when_the_service_is_away() {
    let peer = Peer::start(3);
    let desk = Desk::ready(peer, |_| {});
    desk.peer.set(&json!({"outage": true}));
    for (age_s, word, loaded) in [(130, "stale", 3), (500, "very_stale", 3), (3_000, "none", 0)] {
        desk.age(age_s);
        let shown = desk.settled("kpi");
        assert_eq!((&shown["freshness"], &shown["loaded"]), (&json!(word), &json!(loaded)), "{age_s}");
        assert!(!shown["errors"].as_array().expect("errors").is_empty());
    }
    desk.peer.well();
    desk.age(60);
    assert_eq!(desk.load("kpi")["freshness"], "fresh");
    assert_eq!(desk.show("kpi")["errors"], json!([]));
}

/// D20: however fresh it is.
#[test]
fn a_forced_refresh_loads_all_of_it_anew() {
    let peer = Peer::start(5);
    let desk = Desk::ready(peer, |_| {});
    let before = desk.show("kpi");
    let after = desk.refresh("kpi");
    assert!(after["fetched_at"].as_str() > before["fetched_at"].as_str());
    assert_eq!((desk.peer.calls("stats"), desk.peer.calls("workspaces")), (5, 1));
    assert!(after["fetch_duration_ms"].as_i64().is_some_and(|ms| ms >= 0), "D22");
}

#[test]
fn after_a_restart_the_dashboards_are_there_at_once_with_their_age() {
    let peer = Peer::start(4);
    let desk = Desk::ready(peer, |_| {});
    let before = desk.load("infrastructure");
    desk.age(700);
    desk.peer.set(&json!({"hanging": true}));
    let Desk { server, owner, peer, source } = desk;
    let server = server.restart();
    let desk = Desk { owner: owner.at(&server), server, peer, source };
    let shown = desk.show("infrastructure");
    assert_eq!((&shown["freshness"], &shown["loaded"]), (&json!("stale"), &json!(4)));
    assert_eq!(shown["totals"], before["totals"]);
    until("the calls", || desk.peer.counts(), |counts| counts["in_flight"].as_u64() >= Some(4));
}

/// What is no longer active is not asked about; what the service no longer lists is not shown.
#[test]
fn an_inactive_workspace_is_left_out() {
    let peer = Peer::start(4);
    let desk = Desk::ready(peer, |_| {});
    let shown = desk.show("kpi");
    let path = format!("/api/v1/workspaces/{}", shown["rows"][0]["workspace_id"].as_str().expect("an id"));
    desk.owner.with("if-match", "*").patch(&path, &json!({"active": false})).expect(200);
    let shown = desk.refresh("kpi");
    assert_eq!((&shown["workspaces"], desk.peer.calls("stats")), (&json!(3), 3));
    desk.owner.with("if-match", "*").patch(&path, &json!({"active": true})).expect(200);
    assert_eq!(desk.show("kpi")["workspaces"], 4, "its figures are still there");
    // A list that has fewer of them.
    desk.write("UPDATE upstream_workspaces SET upstream_id=upstream_id+1000 WHERE upstream_id=1");
    let shown = desk.refresh("kpi");
    assert_eq!(shown["workspaces"], 4, "one is gone, and one is new");
}

/// One service that asks for an hour's rest keeps the figures of another from nobody.
#[test]
fn a_source_that_rests_does_not_keep_another_from_being_asked() {
    let (peer, other) = (Peer::start(3), Peer::start(2));
    let desk = Desk::ready(peer, |_| {});
    let body = json!({"name": "Another", "base_url": other.url, "token": "demo-admin"});
    desk.owner.post("/api/v1/portal/sources", &body).expect(201);
    until("both", || desk.show("kpi"), |shown| shown["loaded"] == 5);
    desk.settled("kpi");
    other.set(&json!({"per_second": 1, "retry_after_s": 3_000}));
    desk.owner.post("/api/v1/portal/kpi/refresh", &json!({})).expect(202);
    let portal = || desk.owner.get("/api/v1/portal").expect(200).json();
    until("the rest", portal, |portal| portal["sources"][1]["state"] == "paused");
    desk.settled("kpi");
    // Half a minute later the other would be asked again, if it did not rest.
    desk.age(31);
    desk.settled("kpi");
    let now = larder::kernel::Moment::now();
    // Once its own TTL is over the first is asked again: not when the other has rested.
    let due = desk.server.app.upstream.is_due(1, larder::upstream::Dashboard::Kpi, now.plus_s(121));
    assert!(due, "the first has to be asked by then");
}
