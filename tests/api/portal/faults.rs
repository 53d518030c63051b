//! What is on screen, what is logged, what is repeated and what is not, when the service goes wrong.

use serde_json::{Value, json};

use super::peer::Peer;
use super::{Desk, row, until};

fn count(health: &Value, api: &str, what: &str) -> i64 {
    let calls = health["calls"].as_array().expect("calls");
    calls.iter().find(|line| line["api"] == api).map_or(0, |line| line[what].as_i64().expect("a number"))
}

/// D09, D14
#[test]
fn one_workspace_that_fails_stops_no_other() {
    let peer = Peer::start(20);
    let desk = Desk::ready(peer, |_| {});
    desk.peer.set(&json!({"failing": [15]}));
    let shown = desk.refresh("kpi");
    let bad = desk.peer.named(15).to_owned();
    assert_eq!(row(&shown, &bad)["error"]["code"], "server_error");
    assert!(row(&shown, &bad)["figures"]["leads"].is_number(), "what was kept of it");
    assert_eq!(shown["rows"].as_array().expect("rows").iter().filter(|row| row["error"].is_null()).count(), 19);
    assert_eq!((&shown["freshness"], &shown["errors"][0]["name"]), (&json!("fresh"), &json!(bad)));
    assert_eq!((desk.peer.calls_about("stats", 15), desk.peer.calls("stats")), (3, 19 + 3));
    let health = desk.health();
    assert_eq!((count(&health, "stats", "errors"), count(&health, "stats", "repeats")), (3, 2));
    assert_eq!(health["dashboards"][0]["status"], "partial");
    assert_eq!(health["dashboards"][0]["failed"], 1);
    // It is not beaten on: the next look within half a minute asks nothing.
    desk.show("kpi");
    assert_eq!(desk.peer.calls_about("stats", 15), 3);
    desk.peer.well();
    desk.age(31);
    assert_eq!(until("it comes back", || desk.show("kpi"), |shown| shown["errors"] == json!([]))["loaded"], 20);
}

/// C09: what was told to wait waits as long, and comes again.
#[test]
fn too_many_calls_are_made_again_after_as_long_as_is_asked_for() {
    let peer = Peer::start(12);
    let desk = Desk::ready(peer, |_| {});
    desk.peer.set(&json!({"per_second": 5, "retry_after_s": 1}));
    let shown = desk.refresh("kpi");
    assert_eq!((&shown["loaded"], &shown["errors"]), (&json!(12), &json!([])));
    let counts = desk.peer.counts();
    let refused = counts["statuses"]["429"].as_u64().expect("some were refused");
    assert_eq!(counts["statuses"]["200"], 12 + 1, "the list is one of them");
    let health = desk.health();
    assert_eq!(count(&health, "stats", "errors") + count(&health, "workspaces", "errors"), refused as i64);
}

/// What waits while the service wants to be left alone is asked by itself when that is over.
#[test]
fn what_was_put_off_is_not_forgotten() {
    let desk = Desk::ready(Peer::start(9), |config| config.upstream_attempts = 1);
    desk.peer.set(&json!({"per_second": 1, "retry_after_s": 1}));
    desk.owner.post("/api/v1/portal/kpi/refresh", &json!({})).expect(202);
    let portal = || desk.owner.get("/api/v1/portal").expect(200).json();
    until("the end", portal, |portal| portal["dashboards"][0]["loading"].is_null());
    assert_eq!(desk.peer.calls("stats"), 9, "each was asked once, whoever looked meanwhile");
}

/// C19, D12, D32
#[test]
fn an_outage_opens_the_breaker_and_its_end_closes_it() {
    let peer = Peer::start(27);
    let desk = Desk::ready(peer, |config| config.upstream_rest_s = 1);
    let score = desk.health()["score"].as_i64().expect("a score");
    desk.peer.set(&json!({"outage": true}));
    desk.owner.post("/api/v1/portal/kpi/refresh", &json!({})).expect(202);
    let portal = || desk.owner.get("/api/v1/portal").expect(200).json();
    until("the breaker", portal, |portal| portal["sources"][0]["state"] == "paused");
    until("the end", portal, |portal| portal["dashboards"][0]["loading"].is_null());
    let calls = desk.peer.counts()["calls"].as_u64().expect("calls");
    assert!((5..=9).contains(&calls), "five failures, and what was under way by then: {calls}");
    let shown = desk.show("kpi");
    assert_eq!(shown["loaded"], 27, "what is kept is on screen");
    assert!(shown["errors"].as_array().expect("errors").iter().any(|error| error["code"] == "paused"));
    let worse = desk.health();
    assert!(worse["score"].as_i64().expect("a score") <= score.min(60), "{}", worse["parts"]);
    assert_eq!(worse["parts"][0]["score"], 0, "a service that is left alone answers nothing");
    let kpi = &worse["dashboards"][0];
    assert_eq!(kpi["status"], "partial", "what was kept is on screen, and some of it could not be made newer");
    assert_eq!((&kpi["pieces"], kpi["failed"].as_u64() >= Some(1)), (&json!(27), true), "{kpi}");

    // One call finds out, and it is not back; later one call finds out that it is.
    desk.age(130);
    until("a probe", || desk.show("kpi"), |_| desk.peer.counts()["calls"].as_u64() > Some(calls));
    desk.peer.well();
    desk.age(130);
    let back =
        until("it is back", || desk.show("kpi"), |shown| shown["freshness"] == "fresh" && shown["errors"] == json!([]));
    assert_eq!(back["loaded"], 27);
    assert_eq!(portal()["sources"][0]["state"], "ok");
    desk.settled("kpi");
    // An hour later the calls that failed are forgotten.
    desk.write("UPDATE api_health_logs SET at=at-3600000 WHERE outcome<>'ok'");
    assert!(desk.health()["score"].as_i64() >= Some(score), "{}", desk.health()["parts"]);
}

/// D15, D18, D19: bad data is never repeated, never shown, and logged.
#[test]
fn half_of_the_answers_broken_leaves_the_other_half() {
    let peer = Peer::start(20);
    let desk = Desk::ready(peer, |_| {});
    let before = desk.show("kpi");
    desk.peer.set(&json!({"bad_rate": 0.5, "only": ["stats"]}));
    let shown = desk.refresh("kpi");
    assert_eq!(desk.peer.calls("stats"), 20, "nothing is asked twice");
    let rows = shown["rows"].as_array().expect("rows");
    let bad: Vec<&Value> = rows.iter().filter(|row| !row["error"].is_null()).collect();
    assert!((3..=17).contains(&bad.len()), "{}", bad.len());
    for bad in &bad {
        assert_eq!(bad["error"]["code"], "invalid");
        let name = bad["name"].as_str().expect("a name");
        assert_eq!(bad["figures"], row(&before, name)["figures"], "what was kept of {name}");
    }
    let health = desk.health();
    assert_eq!(count(&health, "stats", "errors"), bad.len() as i64);
    let logged: i64 = health["errors"]["by_source"]
        .as_array()
        .expect("counts")
        .iter()
        .map(|l| l["count"].as_i64().expect("a count"))
        .sum();
    assert!(logged >= bad.len() as i64);
    let latest = &health["errors"]["latest"][0];
    assert!(latest["name"].is_string() && latest["source"] == "stats" && !latest["message"].is_null(), "{latest}");
    assert_eq!(health["dashboards"][0]["status"], "partial");
}

/// D14: a bad entry of a list is left out, and said.
#[test]
fn bad_entries_of_a_list_are_left_out_and_the_others_go_on() {
    let peer = Peer::start(3);
    let desk = Desk::ready(peer, |_| {});
    desk.peer.set(&json!({"bad_rate": 1.0, "bad_kinds": ["missing"], "only": ["senders"]}));
    let shown = desk.settled("infrastructure");
    let errors = desk.health()["errors"]["by_source"].clone();
    assert!(
        errors.as_array().expect("counts").iter().any(|line| line["source"] == "senders" && line["type"] == "missing")
    );
    for row in shown["rows"].as_array().expect("rows") {
        let left_out =
            row["warnings"].as_array().expect("warnings").iter().any(|warning| warning["code"] == "left_out");
        assert!(left_out || row["error"]["code"] == "invalid", "{}", row["error"]);
    }
}

/// D11
#[test]
fn a_connection_that_hangs_ends_and_is_made_again() {
    let peer = Peer::start(6);
    let desk = Desk::ready(peer, |config| config.upstream_timeout_s = 1);
    desk.peer.set(&json!({"hanging": [2]}));
    let shown = desk.refresh("kpi");
    let bad = row(&shown, desk.peer.named(2));
    assert_eq!(bad["error"]["code"], "timeout");
    assert_eq!(shown["rows"].as_array().expect("rows").iter().filter(|row| row["error"].is_null()).count(), 5);
    assert_eq!(desk.peer.calls_about("stats", 2), 3);
}

#[test]
fn a_body_of_a_gigabyte_is_not_read_to_its_end_nor_asked_for_again() {
    let peer = Peer::start(6);
    let desk = Desk::ready(peer, |config| config.upstream_body_mib = 1);
    desk.peer.set(&json!({"endless": [3], "endless_mb": 1024}));
    let shown = desk.refresh("kpi");
    assert_eq!(row(&shown, desk.peer.named(3))["error"]["code"], "too_large");
    assert_eq!(shown["rows"].as_array().expect("rows").iter().filter(|row| row["error"].is_null()).count(), 5);
    assert_eq!(desk.peer.calls_about("stats", 3), 1);
}

/// Each repeat could leave one over there that nobody holds.
#[test]
fn a_token_that_may_have_been_made_is_not_made_again() {
    let peer = Peer::start(3);
    let desk = Desk::open(peer, |_| {});
    desk.load("kpi");
    desk.peer.reset();
    desk.peer.set(&json!({"failing": [2], "only": ["tokens"]}));
    desk.owner.post(&format!("/api/v1/portal/sources/{}/tokens", desk.source), &json!({})).expect(202);
    let load = || {
        let load = desk.server.app.upstream.load();
        json!({"made": desk.peer.calls("tokens"), "open": load.in_flight + load.waiting})
    };
    until("tokens", load, |load| load["made"].as_u64() >= Some(3) && load["open"] == 0);
    let made = |workspace| desk.peer.calls_about("tokens", workspace);
    assert_eq!([made(1), made(2), made(3)], [1, 1, 1]);
    assert_eq!(count(&desk.health(), "tokens", "errors"), 1);
}

/// Whoever looks at a dashboard is not told how the server's files are called.
#[test]
fn a_key_that_cannot_be_used_is_said_without_its_place() {
    let peer = Peer::start(3);
    let Desk { server, owner, peer, source } = Desk::ready(peer, |_| {});
    std::fs::write(server.app.config.data.join("secret.key"), [7; 9]).expect("written");
    let server = server.restart();
    let desk = Desk { owner: owner.at(&server), server, peer, source };
    let shown = desk.refresh("kpi");
    assert_eq!(shown["rows"][0]["error"]["code"], "no_token");
    assert!(!shown.to_string().contains("secret.key"), "{}", shown["rows"][0]["error"]);
    let body = json!({"token": "demo-admin"});
    let refused = desk.owner.patch(&format!("/api/v1/portal/sources/{}", desk.source), &body).expect(409);
    assert_eq!(refused.code(), "secret_key");
    assert!(!refused.json().to_string().contains("secret.key"));
}

/// D10
#[test]
fn a_token_that_is_refused_is_not_tried_again() {
    let peer = Peer::start(3);
    let desk = Desk::ready(peer, |_| {});
    let workspace = desk.show("kpi")["rows"][0]["workspace_id"].as_str().expect("an id").to_owned();
    let path = format!("/api/v1/portal/workspaces/{workspace}/token");
    desk.owner.put(&path, &json!({"token": "not-a-token-of-theirs"})).expect(204);
    let shown = desk.refresh("kpi");
    assert_eq!(shown["rows"][0]["error"]["code"], "token_refused");
    assert_eq!(desk.peer.counts()["statuses"]["401"], 1);
    assert!(!shown.to_string().contains("not-a-token"));
}

/// C09: a service that asks for a long rest gets it, and the screen says until when.
#[test]
fn a_long_rest_is_kept_and_said() {
    let peer = Peer::start(9);
    let desk = Desk::ready(peer, |_| {});
    desk.peer.set(&json!({"per_second": 1, "retry_after_s": 900}));
    desk.owner.post("/api/v1/portal/kpi/refresh", &json!({})).expect(202);
    let portal = || desk.owner.get("/api/v1/portal").expect(200).json();
    let resting = until("the rest", portal, |portal| portal["sources"][0]["state"] == "paused");
    assert!(resting["sources"][0]["paused_until"].is_string(), "{resting}");
    until("the end", portal, |portal| portal["dashboards"][0]["loading"].is_null());
    let calls = desk.peer.counts()["calls"].as_u64();
    desk.peer.well();
    for _ in 0..3 {
        desk.owner.post("/api/v1/portal/kpi/refresh", &json!({})).expect(202);
        assert!(desk.show("kpi")["errors"].as_array().is_some_and(|errors| !errors.is_empty()));
    }
    assert_eq!(desk.peer.counts()["calls"].as_u64(), calls, "nobody asks before that");
}

/// D10: what was refused is not asked again every half minute, but in the dashboard's own time.
#[test]
fn what_was_refused_is_asked_again_in_its_time() {
    let peer = Peer::start(3);
    let desk = Desk::ready(peer, |_| {});
    desk.write("UPDATE upstream_workspaces SET token=NULL WHERE upstream_id=2");
    desk.write("UPDATE upstream_sources SET admin_token=NULL");
    desk.server.app.upstream.renew(1, None);
    desk.refresh("kpi");
    let name = desk.peer.named(2).to_owned();
    assert_eq!(row(&desk.show("kpi"), &name)["error"]["code"], "no_token");
    desk.write(
        "UPDATE upstream_snapshots SET failed_at=failed_at-60000, fetched_at=fetched_at-61000, message='before'",
    );
    desk.server.app.upstream.renew(1, None);
    desk.settled("kpi");
    assert_eq!(row(&desk.show("kpi"), &name)["error"]["message"], "before", "not after a minute");
    desk.age(130);
    until("the next time", || row(&desk.show("kpi"), &name)["error"]["message"].clone(), |said| said != "before");
}
