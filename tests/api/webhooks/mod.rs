//! Messages to other programs, against receivers that take, refuse, hang and go away.

mod alerts;
mod failures;
pub mod receiver;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use larder::kernel::Moment;
use serde_json::{Value, json};
use sha2::Sha256;

use crate::server::{Client, Server};
use receiver::{Answer, Post, Receiver};

/// A server whose webhooks may go to this machine, and its owner. It does not watch itself: on a busy
/// machine it would have alerts of its own to tell.
fn server() -> (Server, Client) {
    let server = Server::with(|config| {
        config.webhooks_allow_private = true;
        config.metrics_enabled = false;
    });
    let owner = server.make_owner();
    (server, owner)
}

const ALL: [&str; 3] = ["alert.fired", "alert.worsened", "alert.recovered"];

/// Sets one up and gives what was answered.
fn set_up(owner: &Client, name: &str, sort: &str, url: &str) -> Value {
    let body = json!({"name": name, "sort": sort, "url": url, "events": ALL});
    owner.post("/api/v1/webhooks", &body).expect(201).json()
}

fn id(webhook: &Value) -> String {
    webhook["id"].as_str().expect("an id").to_owned()
}

/// Delivers what is due so many seconds from now.
fn deliver(server: &Server, later_s: i64) {
    server.app.courier.deliver(Moment::now().plus_s(later_s)).expect("delivered");
}

fn log(owner: &Client, id: &str) -> Vec<Value> {
    let log = owner.get(&format!("/api/v1/webhooks/{id}/deliveries")).expect(200).json();
    log["data"].as_array().expect("messages").clone()
}

fn shown(owner: &Client, id: &str) -> Value {
    let all = owner.get("/api/v1/webhooks").expect(200).json();
    all["data"].as_array().expect("webhooks").iter().find(|one| one["id"] == id).expect("the webhook").clone()
}

fn test(owner: &Client, id: &str) -> Value {
    owner.post(&format!("/api/v1/webhooks/{id}/test"), &json!({})).expect(202).json()
}

/// The signature as a receiver computes it, by the specification and not by Larder's code.
pub fn signed(secret: &str, post: &Post) -> String {
    let key = STANDARD.decode(secret.strip_prefix("whsec_").expect("a secret")).expect("base64");
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("a key");
    mac.update(format!("{}.{}.{}", post.header("webhook-id"), post.header("webhook-timestamp"), post.body).as_bytes());
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

// X09
#[test]
fn a_test_arrives_signed_and_is_in_the_log() {
    let (server, owner) = server();
    let receiver = Receiver::start();
    let made = set_up(&owner, "Desk", "standard", &receiver.url("/hooks?desk=1"));
    let (hook, secret) = (id(&made), made["secret"].as_str().expect("a secret").to_owned());
    assert_eq!((made["state"].as_str(), made["host"].as_str()), (Some("new"), Some(&*receiver.url(""))));

    receiver.answers(Answer::Says(200, "", "thanks\n".into()));
    let sent = test(&owner, &hook);
    assert_eq!((sent["state"].as_str(), sent["attempts"].as_i64()), (Some("waiting"), Some(0)));
    deliver(&server, 1);
    let posts = receiver.posts();
    let post = &posts[0];
    assert_eq!((posts.len(), post.path.as_str()), (1, "/hooks?desk=1"));
    assert_eq!(post.header("webhook-id"), format!("msg_{}", sent["id"].as_str().expect("an id")));
    assert_eq!(post.header("content-type"), "application/json");
    assert_eq!(post.header("webhook-signature"), signed(&secret, post));
    let seconds: i64 = post.header("webhook-timestamp").parse().expect("seconds");
    assert!((seconds - Moment::now().0 / 1000).abs() < 60, "{seconds}");
    assert_eq!(post.json()["type"], "test");
    assert!(post.json()["data"]["message"].as_str().is_some_and(|text| text.contains("Graham Pell")), "{}", post.body);

    let line = &log(&owner, &hook)[0];
    assert_eq!((line["state"].as_str(), line["status"].as_i64()), (Some("delivered"), Some(200)));
    assert_eq!((line["answer"].as_str(), line["attempts"].as_i64()), (Some("thanks"), Some(1)));
    assert_eq!(shown(&owner, &hook)["state"], "well");
    deliver(&server, 100_000);
    assert_eq!(receiver.posts().len(), 1, "once is enough");
}

#[test]
fn the_thread_sends_by_itself_as_soon_as_there_is_something() {
    let (server, owner) = server();
    let receiver = Receiver::start();
    let hook = id(&set_up(&owner, "Desk", "slack", &receiver.url("/")));
    let round = server.app.courier.start().expect("a thread");
    test(&owner, &hook);
    let post = &receiver.wait_for(1)[0];
    assert_eq!(post.json().as_object().expect("an object").len(), 1, "a chat is told text alone: {}", post.body);
    assert_eq!(post.header("webhook-signature"), "");
    drop(round);
    assert_eq!(log(&owner, &hook)[0]["state"], "delivered");
}

#[test]
fn what_is_sent_again_has_the_same_id_and_body_and_a_new_moment() {
    let (server, owner) = server();
    let receiver = Receiver::start();
    let made = set_up(&owner, "Desk", "standard", &receiver.url("/"));
    let (hook, secret) = (id(&made), made["secret"].as_str().expect("a secret").to_owned());
    let sent = id(&test(&owner, &hook));
    deliver(&server, 1);
    let again = format!("/api/v1/webhooks/{hook}/deliveries/{sent}/resend");
    assert_eq!(owner.post(&again, &json!({})).expect(202).json()["state"], "waiting");
    deliver(&server, 7200);
    let posts = receiver.posts();
    assert_eq!(posts.len(), 2);
    assert_eq!(posts[0].header("webhook-id"), posts[1].header("webhook-id"));
    assert_eq!(posts[0].body, posts[1].body);
    assert_ne!(posts[0].header("webhook-timestamp"), posts[1].header("webhook-timestamp"));
    // A signature is good for its own moment alone.
    assert_ne!(posts[0].header("webhook-signature"), posts[1].header("webhook-signature"));
    assert_eq!(posts[1].header("webhook-signature"), signed(&secret, &posts[1]));
    assert_eq!(log(&owner, &hook).len(), 1);
    owner.patch(&format!("/api/v1/webhooks/{hook}"), &json!({"enabled": false})).expect(200);
    assert_eq!(owner.post(&again, &json!({})).expect(409).code(), "webhook_off");
    owner.post(&format!("/api/v1/webhooks/{hook}/deliveries/{hook}/resend"), &json!({})).expect(404);
}

#[test]
fn an_address_and_a_secret_are_shown_on_request_alone_and_kept_sealed() {
    let (server, owner) = server();
    let url = "https://hooks.chat.example/services/T0/B0/verysecretpath";
    let made = set_up(&owner, "Desk", "standard", url);
    let (hook, secret) = (id(&made), made["secret"].as_str().expect("a secret"));
    let listed = owner.get("/api/v1/webhooks").expect(200);
    assert!(!listed.text().contains("verysecretpath") && !listed.text().contains("whsec_"), "{}", listed.text());
    assert_eq!(listed.json()["data"][0]["host"], "https://hooks.chat.example");
    let shown = owner.get(&format!("/api/v1/webhooks/{hook}/secret")).expect(200);
    assert_eq!(shown.json(), json!({"url": url, "secret": secret}));
    assert!(shown.header("cache-control").contains("no-store"), "{}", shown.header("cache-control"));
    let chat = id(&set_up(&owner, "Chat", "slack", url));
    assert_eq!(owner.get(&format!("/api/v1/webhooks/{chat}/secret")).expect(200).json()["secret"], Value::Null);
    for file in std::fs::read_dir(&server.app.config.data).expect("the folder").flatten() {
        let bytes = std::fs::read(file.path()).unwrap_or_default();
        let holds = |text: &str| bytes.windows(text.len()).any(|part| part == text.as_bytes());
        assert!(!holds("verysecretpath") && !holds(&secret[6..]), "{}", file.path().display());
    }
}

#[test]
fn a_webhook_is_changed_as_far_as_it_makes_sense_and_removed_with_its_log() {
    let (server, owner) = server();
    let receiver = Receiver::start();
    let hook = id(&set_up(&owner, "Desk", "slack", &receiver.url("/")));
    let path = format!("/api/v1/webhooks/{hook}");
    let wrong = |body: Value, pointer: &str| {
        let reply = owner.patch(&path, &body).expect(422).json();
        assert_eq!(reply["errors"][0]["pointer"], pointer, "{reply}");
    };
    wrong(json!({"url": "nonsense"}), "/url");
    wrong(json!({"events": ["weather"]}), "/events");
    wrong(json!({"events": "alert.fired"}), "/events");
    wrong(json!({"name": " "}), "/name");
    wrong(json!({"sort": "standard"}), "/sort");
    let changed = owner.patch(&path, &json!({"name": "Office", "events": ["alert.fired", "alert.fired"]})).expect(200);
    assert_eq!((changed.json()["name"].as_str(), &changed.json()["events"]), (Some("Office"), &json!(["alert.fired"])));
    let taken = json!({"name": "office", "sort": "slack", "url": "https://chat.example/", "events": []});
    owner.post("/api/v1/webhooks", &taken).expect(409);
    let other = Receiver::start();
    owner.patch(&path, &json!({"url": other.url("/new")})).expect(200);
    test(&owner, &hook);
    deliver(&server, 1);
    assert_eq!((receiver.posts().len(), other.posts().len()), (0, 1));
    owner.delete(&path).expect(204);
    owner.get(&format!("{path}/deliveries")).expect(404);
    assert_eq!(owner.get("/api/v1/webhooks").expect(200).json()["data"], json!([]));
}

#[test]
fn there_are_ten_at_most() {
    let (_server, owner) = server();
    let make = |n: u32| {
        let body = json!({"name": format!("Hook {n}"), "sort": "slack", "url": "https://chat.example/", "events": []});
        owner.post("/api/v1/webhooks", &body)
    };
    for n in 0..10 {
        make(n).expect(201);
    }
    assert_eq!(make(10).expect(409).code(), "webhooks_full");
}

#[test]
fn only_owners_may_have_anything_to_do_with_webhooks_and_only_with_their_own() {
    let (server, owner) = server();
    let hook = id(&set_up(&owner, "Desk", "standard", "https://chat.example/"));
    let sent = id(&test(&owner, &hook));
    let manager = server.hire(&owner, "manager", "Hannah Mills", &json!({}));
    let neighbour = server.make_neighbour();
    for (client, status) in [(&manager, 403), (&neighbour, 404)] {
        let path = format!("/api/v1/webhooks/{hook}");
        client.patch(&path, &json!({"name": "Mine"})).expect(status);
        client.delete(&path).expect(status);
        client.get(&format!("{path}/secret")).expect(status);
        client.get(&format!("{path}/deliveries")).expect(status);
        client.post(&format!("{path}/test"), &json!({})).expect(status);
        client.post(&format!("{path}/deliveries/{sent}/resend"), &json!({})).expect(status);
    }
    manager.get("/api/v1/webhooks").expect(403);
    assert_eq!(neighbour.get("/api/v1/webhooks").expect(200).json()["data"], json!([]));
    assert_eq!(log(&owner, &hook).len(), 1);
}

#[test]
fn the_log_is_read_page_by_page_and_is_bounded() {
    let (server, owner) = server();
    let hook = id(&set_up(&owner, "Desk", "slack", "https://chat.example/"));
    let path = format!("/api/v1/webhooks/{hook}/deliveries");
    let mut sent: Vec<String> = (0..5).map(|_| id(&test(&owner, &hook))).collect();
    sent.reverse();
    let page = owner.get(&format!("{path}?limit=3")).expect(200).json();
    let ids = |page: &Value| -> Vec<String> { page["data"].as_array().expect("messages").iter().map(id).collect() };
    assert_eq!((ids(&page), page["has_more"].as_bool()), (sent[..3].to_vec(), Some(true)));
    let page = owner.get(&format!("{path}?limit=3&before={}", sent[2])).expect(200).json();
    assert_eq!((ids(&page), page["has_more"].as_bool()), (sent[3..].to_vec(), Some(false)));
    owner.get(&format!("{path}?limit=0")).expect(422);
    owner.get(&format!("{path}?before=yesterday")).expect(422);

    let mut change = larder::db::Change::new();
    let view = "INSERT INTO webhook_deliveries
                  (tenant_id, webhook, id, event, about, at, text, body, urgent, attempts, next_at, delivered)
                SELECT tenant_id, seq, ?1, 'test', ?1, 0, '', '{}', 0, 0, 0, 0 FROM webhooks";
    change.push_many(view, (0..1_200).map(|_| vec![larder::kernel::Id::new().into()]).collect());
    server.app.db.write(change).wait().expect("written");
    assert_eq!(count(&server), 1_000);
    // They were written at the beginning of time: too long ago to be kept.
    let outdated = larder::notify::webhook::outdated(14, Moment::now());
    outdated.run(&server.app.db, &|| Ok(())).expect("forgotten");
    assert_eq!(count(&server), 0);
    test(&owner, &hook);
    larder::notify::webhook::outdated(14, Moment::now().plus_s(13 * 86_400))
        .run(&server.app.db, &|| Ok(()))
        .expect("kept");
    assert_eq!(count(&server), 1);
}

fn count(server: &Server) -> i64 {
    let count = server.app.db.read(|conn| {
        conn.query_row("SELECT count(*) FROM webhook_deliveries", [], |row| row.get(0))
            .map_err(larder::kernel::Error::internal)
    });
    count.wait().expect("a count")
}
