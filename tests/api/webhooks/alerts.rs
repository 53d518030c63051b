//! The server's alerts, to whoever may have them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use larder::config::Levels;
use larder::kernel::Moment;
use larder::monitor::{CacheFigures, TierFigures};
use serde_json::{Value, json};

use super::receiver::Receiver;
use super::{deliver, id, log, set_up, shown, signed};
use crate::server::{Client, Server};

/// A server whose rate of answers from the cache the test sets; nothing else of it alarms.
struct Watched {
    server: Server,
    owner: Client,
    hits: Arc<AtomicU64>,
    misses: Arc<AtomicU64>,
    now: Moment,
}

impl Watched {
    fn new() -> Self {
        let server = Server::with(|config| {
            config.webhooks_allow_private = true;
            config.public_url = Some("https://desk.northgate.example/".into());
            config.alerts_hit_rate = Levels::parse("70,60");
            for off in [
                &mut config.alerts_memory,
                &mut config.alerts_errors,
                &mut config.alerts_p95_ms,
                &mut config.alerts_cpu,
                &mut config.alerts_connections,
                &mut config.alerts_database,
                &mut config.alerts_disk_free_mb,
                &mut config.alerts_disk_busy,
                &mut config.alerts_wal_mb,
                &mut config.alerts_lag_ms,
                &mut config.alerts_backup_h,
            ] {
                *off = None;
            }
        });
        let owner = server.make_owner();
        let (hits, misses) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        let (had, had_not) = (Arc::clone(&hits), Arc::clone(&misses));
        server.app.monitor.connect(|sources| {
            sources.cache = Some(Arc::new(move || CacheFigures {
                misses: had_not.load(Ordering::Relaxed),
                tiers: vec![TierFigures { name: "hot", hits: had.load(Ordering::Relaxed), ..TierFigures::default() }],
                ..CacheFigures::default()
            }));
        });
        Self { server, owner, hits, misses, now: Moment::now() }
    }

    /// Ten minutes in which so many of a hundred answers come from the cache.
    fn pass(&mut self, of_100: u64) {
        for _ in 0..120 {
            self.hits.fetch_add(of_100, Ordering::Relaxed);
            self.misses.fetch_add(100 - of_100, Ordering::Relaxed);
            self.now = self.now.plus_s(5);
            self.server.app.monitor.tick(&self.server.app.db, self.now);
        }
    }

    fn deliver(&self) {
        self.server.app.courier.deliver(self.now.plus_s(1)).expect("delivered");
    }
}

// D34
#[test]
fn a_chat_is_told_of_an_alert_once_when_it_turns_critical_once_and_of_its_end_once() {
    let mut watched = Watched::new();
    let (chat, program) = (Receiver::start(), Receiver::start());
    set_up(&watched.owner, "Chat", "slack", &chat.url("/services/x"));
    let made = set_up(&watched.owner, "Program", "standard", &program.url("/"));
    watched.pass(95);
    watched.pass(65);
    watched.deliver();
    watched.pass(65);
    watched.deliver();
    assert_eq!(chat.posts().len(), 1, "an alert that stays is no news");
    watched.pass(40);
    watched.deliver();
    watched.pass(95);
    watched.pass(95);
    watched.deliver();
    let told: Vec<String> = chat.posts().iter().map(|post| post.json()["text"].as_str().unwrap_or("").into()).collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[0].starts_with("Warning: Only ") && told[0].contains("from the cache"), "{told:?}");
    assert!(told[0].ends_with(" https://desk.northgate.example/health"), "{told:?}");
    assert!(told[1].starts_with("Critical by now: "), "{told:?}");
    assert!(told[2].starts_with("Over: ") && told[2].contains("It lasted "), "{told:?}");

    let posts = program.posts();
    let types: Vec<Value> = posts.iter().map(|post| post.json()["type"].clone()).collect();
    assert_eq!(types, ["alert.fired", "alert.worsened", "alert.recovered"]);
    let secret = made["secret"].as_str().expect("a secret");
    for post in &posts {
        assert_eq!(post.header("webhook-signature"), signed(secret, post));
        assert_eq!(post.json()["data"]["id"], posts[0].json()["data"]["id"]);
        assert_eq!(post.json()["data"]["rule"], "hit_rate");
    }
    assert_eq!(posts[0].json()["data"]["severity"], "warn");
    assert!(posts[2].json()["data"]["until"].is_string());
}

#[test]
fn a_restart_in_an_alert_tells_nobody_anew_and_whoever_follows_something_else_is_not_told() {
    let mut watched = Watched::new();
    let (chat, deaf) = (Receiver::start(), Receiver::start());
    let hook = id(&set_up(&watched.owner, "Chat", "slack", &chat.url("/")));
    let deaf_one = id(&set_up(&watched.owner, "Deaf", "slack", &deaf.url("/")));
    watched.owner.patch(&format!("/api/v1/webhooks/{deaf_one}"), &json!({"events": ["alert.recovered"]})).expect(200);
    watched.pass(95);
    watched.pass(40);
    watched.server.app.monitor.resume(&watched.server.app.db).expect("resumed");
    watched.pass(40);
    watched.deliver();
    assert_eq!((chat.posts().len(), deaf.posts().len()), (1, 0));
    assert_eq!(log(&watched.owner, &hook)[0]["event"], "alert.fired");
    assert!(chat.posts()[0].json()["text"].as_str().is_some_and(|text| text.starts_with("Critical: ")));
}

/// An alert is the server's and no tenant's.
#[test]
fn of_several_businesses_only_the_operators_is_told_of_alerts() {
    let mut watched = Watched::new();
    // Southgate's owner is an operator, too; one who is not is made of her.
    let neighbour = watched.server.make_neighbour();
    let body = json!({"name": "Olive", "email": "olive@southgate.example", "role": "owner"});
    let (olives, _) = neighbour.create("users", &body);
    let link = neighbour.post(&format!("/api/v1/users/{olives}/invite"), &json!({})).expect(201).json();
    let accept = json!({"token": link["token"], "password": crate::server::PASSWORD});
    watched.server.nobody().post("/api/v1/auth/accept", &accept).expect(204);
    let olive = watched.server.sign_in("olive@southgate.example", crate::server::PASSWORD);

    let alerts = json!({"name": "Mine", "sort": "slack", "url": "https://chat.example/", "events": ["alert.fired"]});
    let refused = olive.post("/api/v1/webhooks", &alerts).expect(422).json();
    assert_eq!(refused["errors"][0]["code"], "operator_only", "{refused}");
    let events = olive.get("/api/v1/webhooks").expect(200).json()["events"].clone();
    let of_the_server = |event: &Value| event["name"].as_str().is_some_and(|name| name.starts_with("alert."));
    for event in events.as_array().expect("events") {
        assert_eq!(event["allowed"], !of_the_server(event), "{events}");
    }

    let chat = Receiver::start();
    let hook = id(&set_up(&neighbour, "Chat", "slack", &chat.url("/")));
    let path = format!("/api/v1/webhooks/{hook}");
    // What the operator chose she leaves as it is, and may not lead elsewhere.
    olive.patch(&path, &json!({"name": "Our chat", "events": super::ALL})).expect(200);
    olive.patch(&path, &json!({"url": "https://elsewhere.example/"})).expect(422);
    olive.patch(&path, &json!({"events": ["alert.fired"]})).expect(422);
    assert_eq!(shown(&olive, &hook)["alerts_held_back"], false);
    watched.pass(95);
    watched.pass(40);
    watched.deliver();
    assert_eq!(chat.posts().len(), 1);

    // Once the operator is no owner there any more, nothing comes.
    let noras = neighbour.get("/api/v1/auth/me").expect(200).json()["user"]["id"].as_str().expect("an id").to_owned();
    olive.with("if-match", "*").patch(&format!("/api/v1/users/{noras}"), &json!({"role": "staff"})).expect(200);
    assert_eq!(shown(&olive, &hook)["alerts_held_back"], true);
    watched.pass(95);
    watched.pass(95);
    watched.deliver();
    assert_eq!(chat.posts().len(), 1);
    // She may take them out.
    olive.patch(&path, &json!({"events": []})).expect(200);
    assert_eq!(shown(&olive, &hook)["alerts_held_back"], false);
    deliver(&watched.server, 1);
}
