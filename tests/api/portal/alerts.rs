//! The portal's watch: what it finds, who is told, and that it asks by itself when nobody does.

use larder::chore::watch_portal;
use larder::kernel::Moment;
use larder::upstream::Plan;
use serde_json::{Value, json};

use super::peer::Peer;
use super::{Desk, until};
use crate::server::Client;
use crate::webhooks::receiver::{Answer, Receiver};

fn desk(workspaces: usize) -> Desk {
    Desk::ready(Peer::start(workspaces), |config| {
        config.webhooks_allow_private = true;
        config.metrics_enabled = false;
        config.upstream_rest_s = 1;
        config.public_url = Some("https://desk.northgate.example".into());
    })
}

fn follow(owner: &Client, sort: &str, url: &str, events: &[&str]) -> Value {
    let body = json!({"name": format!("{sort} {url}"), "sort": sort, "url": url, "events": events});
    owner.post("/api/v1/webhooks", &body).expect(201).json()
}

const BOTH: [&str; 2] = ["portal.alert.fired", "portal.alert.recovered"];

impl Desk {
    /// The watch looks, so many seconds from now.
    fn watch(&self, later_s: i64) -> usize {
        watch_portal(&self.server.app.household, 1, Moment::now().plus_s(later_s)).expect("looked")
    }

    fn deliver(&self) {
        self.server.app.courier.deliver(Moment::now().plus_s(3_600)).expect("delivered");
    }

    fn paused(&self) {
        self.owner.post("/api/v1/portal/kpi/refresh", &json!({})).expect(202);
        let portal = || self.owner.get("/api/v1/portal").expect(200).json();
        until("the breaker", portal, |portal| portal["sources"][0]["state"] == "paused");
    }

    /// Looks until the breaker has let a call through.
    fn back(&self) {
        until("the service", || self.refresh("kpi"), |shown| shown["errors"] == json!([]));
    }

    /// Asks what the watch would ask.
    fn probe(&self) -> usize {
        let tenant = self.server.app.household.tenant(1).expect("the tenant").tenant.clone();
        let (of, settings) = (tenant.clone(), self.server.app.upstream.settings.clone());
        let plan = self.server.app.db.read(move |conn| Plan::probe(conn, &of, &settings, Moment::now()));
        let plan = plan.wait().expect("planned");
        let asked = plan.wanted.len();
        self.server.app.upstream.take(&tenant, plan);
        asked
    }
}

/// D33, D34
#[test]
fn an_outage_is_told_once_and_its_end_once() {
    let desk = desk(9);
    let (chat, program, deaf) = (Receiver::start(), Receiver::start(), Receiver::start());
    follow(&desk.owner, "slack", &chat.url("/services/x"), &BOTH);
    let made = follow(&desk.owner, "standard", &program.url("/"), &BOTH);
    follow(&desk.owner, "slack", &deaf.url("/"), &["alert.fired"]);
    let neighbour = desk.server.make_neighbour();
    let theirs = Receiver::start();
    follow(&neighbour, "slack", &theirs.url("/"), &BOTH);
    assert_eq!(desk.watch(0), 0, "all is well");

    desk.peer.set(&json!({"outage": true}));
    desk.paused();
    assert_eq!(desk.watch(0), 1, "what follows from it is no alert of its own");
    assert_eq!((desk.watch(60), desk.watch(120)), (0, 0), "one that stays is no news");
    desk.deliver();
    let health = desk.health();
    assert_eq!(health["findings"][0]["code"], "source", "{health}");
    assert_eq!((&health["alerts"][0]["rule"], &health["alerts"][0]["until"]), (&json!("source"), &Value::Null));

    desk.peer.well();
    desk.back();
    assert_eq!((desk.watch(180), desk.watch(240)), (0, 0), "it is not believed at once");
    assert_eq!((desk.watch(300), desk.watch(360)), (1, 0));
    desk.deliver();
    let told: Vec<String> = chat.posts().iter().map(|post| post.json()["text"].as_str().unwrap_or("").into()).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("Critical: The service “Mail service” does not answer"), "{told:?}");
    assert!(told[0].ends_with(" https://desk.northgate.example/portal/health"), "{told:?}");
    assert!(told[1].starts_with("Over: ") && told[1].contains("It lasted "), "{told:?}");
    let posts = program.posts();
    let types: Vec<Value> = posts.iter().map(|post| post.json()["type"].clone()).collect();
    assert_eq!(types, BOTH);
    let secret = made["secret"].as_str().expect("a secret");
    for post in &posts {
        assert_eq!(post.header("webhook-signature"), crate::webhooks::signed(secret, post));
        assert_eq!(post.json()["data"]["id"], health["alerts"][0]["id"]);
    }
    assert_eq!((deaf.posts().len(), theirs.posts().len()), (0, 0));
    assert!(desk.health()["alerts"][0]["until"].is_string());
}

/// D33: a dead receiver costs nothing but its lines in the log.
#[test]
fn a_dead_receiver_keeps_nobody_waiting() {
    let desk = desk(3);
    let dead = Receiver::start();
    dead.answers(Answer::HangsUp);
    let hook = follow(&desk.owner, "slack", &dead.url("/"), &BOTH);
    desk.peer.set(&json!({"outage": true}));
    desk.paused();
    assert_eq!(desk.watch(0), 1);
    desk.deliver();
    let path = format!("/api/v1/webhooks/{}/deliveries", hook["id"].as_str().expect("an id"));
    let log = desk.owner.get(&path).expect(200).json();
    assert_eq!(log["data"][0]["event"], "portal.alert.fired", "{log}");
    assert_eq!(desk.show("kpi")["loaded"], 3, "the dashboards are as they were");
    desk.peer.well();
    desk.back();
}

/// D14, D33
#[test]
fn workspaces_that_are_missed_are_named() {
    let desk = desk(5);
    desk.peer.set(&json!({"failing": [2]}));
    desk.refresh("kpi");
    assert_eq!(desk.watch(0), 0, "one that failed just now is on screen with its age");
    assert_eq!(desk.watch(601), 1);
    let alert = desk.health()["alerts"][0].clone();
    assert_eq!((&alert["rule"], &alert["severity"]), (&json!("workspaces"), &json!("warn")));
    let named = format!("One workspace cannot be loaded: {}.", desk.peer.named(2));
    assert_eq!(alert["message"], named);
}

/// D30, D33
#[test]
fn a_service_that_nobody_asks_is_asked_now_and_then() {
    let desk = desk(4);
    assert_eq!(desk.probe(), 0, "it was asked a moment ago");
    desk.write("UPDATE api_health_logs SET at=at-901000");
    desk.peer.reset();
    let begun = desk.health()["last_call_at"].as_str().map(str::to_owned);
    assert_eq!(desk.probe(), 1);
    until("the list", || desk.peer.counts(), |counts| counts["calls"] == 1);
    until("the log", || desk.health(), |health| health["last_call_at"].as_str() > begun.as_deref());
    assert_eq!(desk.probe(), 0);
    // In an alert it is asked sooner, so that its end is noticed while nobody looks.
    desk.peer.set(&json!({"outage": true}));
    desk.paused();
    desk.watch(0);
    desk.peer.well();
    desk.write("UPDATE api_health_logs SET at=at-46000");
    desk.peer.reset();
    until("the breaker", || json!(desk.probe()), |_| desk.peer.counts()["calls"].as_u64() > Some(0));
    assert_eq!(desk.peer.calls("stats"), 0);
    // A source without a token for its list is asked about one workspace.
    let path = format!("/api/v1/portal/sources/{}", desk.source);
    until("the list", || desk.owner.get("/api/v1/portal").expect(200).json(), |p| p["sources"][0]["state"] == "ok");
    desk.owner.patch(&path, &json!({"token": null})).expect(200);
    desk.write("UPDATE api_health_logs SET at=at-901000");
    desk.peer.reset();
    assert_eq!(desk.probe(), 1);
    until("one workspace", || desk.peer.counts(), |counts| counts["calls"] == 1);
    assert_eq!(desk.peer.calls("stats"), 1);
}

/// D10: a refusal is no outage, and is not asked about every minute.
#[test]
fn a_service_that_refuses_the_token_is_asked_again_after_a_while() {
    let desk = desk(3);
    let path = format!("/api/v1/portal/sources/{}", desk.source);
    desk.owner.patch(&path, &json!({"token": "not-this-one"})).expect(200);
    desk.refresh("kpi");
    let portal = || desk.owner.get("/api/v1/portal").expect(200).json();
    assert_eq!(portal()["sources"][0]["error"]["code"], "token_refused");
    desk.write("UPDATE api_health_logs SET at=at-960000");
    assert_eq!(desk.probe(), 0);
    desk.write("UPDATE upstream_sources SET list_failed_at=list_failed_at-960000");
    assert_eq!(desk.probe(), 1);
}

/// D33: it is the one that does not answer that is asked again soon, and no other.
#[test]
fn a_service_that_is_down_has_no_other_asked_more_often() {
    let (desk, other) = (desk(3), Peer::start(2));
    let body = json!({"name": "Another", "base_url": other.url, "token": "demo-admin"});
    desk.owner.post("/api/v1/portal/sources", &body).expect(201);
    until("both", || desk.show("kpi"), |shown| shown["loaded"] == 5);
    desk.peer.set(&json!({"outage": true}));
    desk.paused();
    assert_eq!(desk.watch(0), 1);
    desk.write("UPDATE api_health_logs SET at=at-46000");
    assert_eq!(desk.probe(), 1);
    desk.write("UPDATE api_health_logs SET at=at-900000");
    assert_eq!(desk.probe(), 2);
}
