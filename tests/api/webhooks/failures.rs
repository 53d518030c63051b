//! Receivers that are dead, slow, gone or inside, and a server that is killed.

use std::net::TcpListener;
use std::time::Instant;

use larder::kernel::Moment;
use serde_json::{Value, json};

use super::receiver::{Answer, Receiver};
use super::{ALL, deliver, id, log, server, set_up, shown, test};
use crate::server::{Client, Server};

/// Puts a message for every webhook in its log, as an alert would.
fn tell(server: &Server) -> larder::kernel::Id {
    use larder::notify::webhook::{Event, Message, announce};
    let id = larder::kernel::Id::new();
    let message = Message {
        id,
        event: Event::AlertFired,
        about: id,
        at: Moment::now(),
        text: "Something is wrong.".into(),
        data: json!({"message": "Something is wrong."}),
    };
    let mut change = larder::db::Change::new();
    announce(&mut change, 1, &message);
    server.app.db.write(change).wait().expect("told");
    id
}

/// The moment at which the webhook's newest message is tried again, in seconds from now.
fn next_in(owner: &Client, hook: &str) -> i64 {
    let next = log(owner, hook)[0]["next_at"].as_str().and_then(Moment::parse).expect("a moment");
    (next.0 - Moment::now().0) / 1000
}

fn dead_port() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    format!("http://{}/", listener.local_addr().expect("an address"))
}

// X09
#[test]
fn a_message_is_tried_seven_times_over_a_day_with_one_id() {
    let (server, owner) = server();
    let receiver = Receiver::start();
    let hook = id(&set_up(&owner, "Desk", "standard", &receiver.url("/")));
    receiver.answers(Answer::Says(500, "", "out of order".into()));
    let message = tell(&server).to_string();
    let mut later = 1;
    for (attempt, wait) in [5, 300, 1_800, 7_200, 18_000, 36_000].into_iter().enumerate() {
        deliver(&server, later);
        let line = &log(&owner, &hook)[0];
        assert_eq!(line["attempts"], attempt + 1);
        assert_eq!((line["state"].as_str(), line["status"].as_i64()), (Some("retrying"), Some(500)));
        assert_eq!(line["answer"], "out of order");
        let due = next_in(&owner, &hook) - later;
        assert!(due >= wait * 8 / 10 - 2 && due <= wait * 12 / 10 + 12, "attempt {attempt}: {due} for {wait}");
        deliver(&server, later + wait / 2);
        assert_eq!(receiver.posts().len(), attempt + 1, "not before its time");
        later += wait * 12 / 10 + 15;
    }
    assert_eq!(shown(&owner, &hook)["state"], "failing");
    deliver(&server, later);
    let line = &log(&owner, &hook)[0];
    assert_eq!((line["state"].as_str(), line["attempts"].as_i64()), (Some("given_up"), Some(7)));
    let ids: Vec<String> = receiver.posts().iter().map(|post| post.header("webhook-id").to_owned()).collect();
    assert_eq!(ids, vec![format!("msg_{message}"); 7]);
    deliver(&server, later + 100_000);
    assert_eq!(receiver.posts().len(), 7);
}

#[test]
fn a_receiver_that_is_back_gets_all_that_waited_in_order() {
    let (server, owner) = server();
    let receiver = Receiver::start();
    let hook = id(&set_up(&owner, "Desk", "slack", &receiver.url("/")));
    receiver.answers(Answer::HangsUp);
    tell(&server);
    deliver(&server, 1);
    let told: Vec<String> = (0..3).map(|_| tell(&server).to_string()).collect();
    deliver(&server, 1);
    // The others wait while the receiver is left alone.
    assert_eq!(receiver.posts().len(), 1);
    assert_eq!(log(&owner, &hook)[3]["error"], "The connection broke off.");
    receiver.answers(Answer::status(204));
    deliver(&server, 30);
    assert_eq!(receiver.posts().len(), 5);
    let states: Vec<Value> = log(&owner, &hook).iter().map(|line| line["state"].clone()).collect();
    assert_eq!(states, ["delivered"; 4]);
    let newest: Vec<String> = log(&owner, &hook).iter().take(3).map(id).collect();
    assert_eq!(newest, told.into_iter().rev().collect::<Vec<_>>());
    assert_eq!(
        (shown(&owner, &hook)["state"].as_str(), shown(&owner, &hook)["failures"].as_i64()),
        (Some("well"), Some(0))
    );
}

// D34
#[test]
fn after_five_days_of_nothing_but_failure_it_is_switched_off_and_its_owner_told() {
    let (server, owner) = server();
    let hook = id(&set_up(&owner, "Old desk", "slack", &dead_port()));
    let mut later = 1;
    for day in 0..5 {
        tell(&server);
        for _ in 0..12 {
            deliver(&server, later);
            later += 7_200;
        }
        assert_eq!(shown(&owner, &hook)["enabled"], true, "day {day}");
    }
    assert_eq!(log(&owner, &hook)[0]["error"], "The connection was refused.");
    let unread = || owner.get("/api/v1/notifications?unread=true").expect(200).json();
    assert_eq!(unread()["unread"], 0);
    tell(&server);
    deliver(&server, later + 10);
    let off = shown(&owner, &hook);
    assert_eq!((off["state"].as_str(), off["stopped_because"].as_str()), (Some("stopped"), Some("failing")));
    assert_eq!(off["waiting"], 0);
    let told = unread()["data"][0].clone();
    assert_eq!((told["sort"].as_str(), told["told"].as_str()), (Some("webhook_off"), Some("Old desk")));
    // Nothing more is put into its log until it is switched on again.
    let before = log(&owner, &hook).len();
    tell(&server);
    assert_eq!(log(&owner, &hook).len(), before);
    let path = format!("/api/v1/webhooks/{hook}");
    let on = owner.patch(&path, &json!({"enabled": true})).expect(200).json();
    assert_eq!((on["state"].as_str(), &on["failing_since"]), (Some("new"), &Value::Null));
}

#[test]
fn a_receiver_that_says_that_it_is_gone_is_believed_at_once() {
    let (server, owner) = server();
    let receiver = Receiver::start();
    let hook = id(&set_up(&owner, "Desk", "standard", &receiver.url("/")));
    receiver.answers(Answer::status(410));
    tell(&server);
    tell(&server);
    deliver(&server, 1);
    let off = shown(&owner, &hook);
    assert_eq!((off["state"].as_str(), off["stopped_because"].as_str()), (Some("stopped"), Some("gone")));
    assert_eq!(receiver.posts().len(), 1);
    let states: Vec<Value> = log(&owner, &hook).iter().map(|line| line["state"].clone()).collect();
    assert_eq!(states, ["given_up"; 2]);
    // Whoever sets it right tests it first, switched off as it is.
    receiver.answers(Answer::status(200));
    test(&owner, &hook);
    deliver(&server, 1);
    assert_eq!(log(&owner, &hook)[0]["state"], "delivered");
}

#[test]
fn a_redirect_is_not_followed_and_a_long_answer_is_not_read_to_its_end() {
    let (server, owner) = server();
    let (receiver, inside) = (Receiver::start(), Receiver::start());
    let hook = id(&set_up(&owner, "Desk", "slack", &receiver.url("/")));
    let place: &'static str = Box::leak(format!("location: {}\r\n", inside.url("/")).into_boxed_str());
    receiver.answers(Answer::Says(307, place, String::new()));
    test(&owner, &hook);
    deliver(&server, 1);
    assert!(log(&owner, &hook)[0]["error"].as_str().is_some_and(|why| why.contains("redirect")));
    assert_eq!(log(&owner, &hook)[0]["state"], "given_up", "a test is tried once");
    receiver.answers(Answer::Says(200, "", "x".repeat(50_000_000)));
    test(&owner, &hook);
    deliver(&server, 1);
    let line = &log(&owner, &hook)[0];
    assert_eq!(line["state"], "delivered");
    assert_eq!(line["answer"].as_str().map(|answer| answer.chars().count()), Some(500));
    assert_eq!(inside.posts().len(), 0);
}

#[test]
fn a_receiver_that_asks_for_a_rest_gets_it() {
    let (server, owner) = server();
    let receiver = Receiver::start();
    let hook = id(&set_up(&owner, "Desk", "slack", &receiver.url("/")));
    receiver.answers(Answer::Says(429, "retry-after: 900\r\n", String::new()));
    tell(&server);
    deliver(&server, 1);
    assert!(next_in(&owner, &hook) > 880, "{}", next_in(&owner, &hook));
}

/// Four hands, and more receivers than two that take all the time there is.
#[test]
fn receivers_that_hang_hold_up_nobody_but_themselves() {
    let (server, owner) = server();
    let (slow, quick) = (Receiver::start(), Receiver::start());
    let hung: Vec<String> =
        (0..3).map(|n| id(&set_up(&owner, &format!("Slow {n}"), "slack", &slow.url("/")))).collect();
    slow.answers(Answer::HangsUp);
    tell(&server);
    deliver(&server, 1);
    // They are known to fail by now, and when their time comes they hang.
    slow.answers(Answer::Hangs);
    let had = slow.posts().len();
    let hook = id(&set_up(&owner, "Quick", "slack", &quick.url("/")));
    let courier = std::sync::Arc::clone(&server.app.courier);
    let late = std::thread::spawn(move || courier.deliver(Moment::now().plus_s(60)));
    slow.wait_for(had + 2);
    let began = Instant::now();
    test(&owner, &hook);
    let courier = std::sync::Arc::clone(&server.app.courier);
    let on_time = std::thread::spawn(move || courier.deliver(Moment::now().plus_s(1)));
    quick.wait_for(1);
    assert!(began.elapsed().as_secs() < 8, "it waited for those that hang");
    assert_eq!(slow.posts().len(), had + 2, "half of the hands are kept free of those that fail");
    late.join().expect("a thread").expect("delivered");
    on_time.join().expect("a thread").expect("delivered");
    assert_eq!(log(&owner, &hung[0])[0]["error"], "It did not answer within 10 seconds.");
    assert_eq!(shown(&owner, &hook)["state"], "well");
}

/// Whoever runs the server decides whether anything goes inside.
#[test]
fn nothing_goes_inside_by_number_or_by_name() {
    let (server, owner) = Server::set_up();
    let body = |url: &str| json!({"name": "Inside", "sort": "slack", "url": url, "events": []});
    for url in ["https://127.0.0.1/", "https://169.254.169.254/latest", "https://[::1]/", "http://chat.example/"] {
        let refused = owner.post("/api/v1/webhooks", &body(url)).expect(422).json();
        assert_eq!(refused["errors"][0]["pointer"], "/url", "{url}: {refused}");
    }
    // A name tells nothing of where it leads until it is looked up.
    let receiver = Receiver::start();
    let url = format!("https://localhost:{}/", receiver.address.port());
    let hook = id(&owner.post("/api/v1/webhooks", &body(&url)).expect(201).json());
    test(&owner, &hook);
    deliver(&server, 1);
    let line = &log(&owner, &hook)[0];
    assert!(line["error"].as_str().is_some_and(|why| why.contains("webhooks.allow_private")), "{line}");
    assert_eq!(receiver.posts().len(), 0);
}

#[test]
fn a_message_that_was_not_sent_before_the_end_is_sent_after_the_restart_and_once() {
    let (server, owner) = server();
    let receiver = Receiver::start();
    let hook = id(&set_up(&owner, "Desk", "standard", &receiver.url("/")));
    tell(&server);
    let server = server.restart();
    let owner = owner.at(&server);
    assert_eq!(receiver.posts().len(), 0);
    let round = server.app.courier.start().expect("a thread");
    receiver.wait_for(1);
    drop(round);
    assert_eq!(log(&owner, &hook)[0]["state"], "delivered");
    let server = server.restart();
    deliver(&server, 1_000);
    assert_eq!(receiver.posts().len(), 1);
}

#[test]
fn a_key_that_is_lost_is_said_and_nothing_is_sent() {
    let (server, owner) = server();
    let receiver = Receiver::start();
    let hook = id(&set_up(&owner, "Desk", "standard", &receiver.url("/")));
    let key = server.app.config.data.join("secret.key");
    std::fs::remove_file(&key).expect("removed");
    let server = server.restart();
    let owner = owner.at(&server);
    test(&owner, &hook);
    deliver(&server, 1);
    assert!(log(&owner, &hook)[0]["error"].as_str().is_some_and(|why| why.contains("set it up anew")));
    owner.get(&format!("/api/v1/webhooks/{hook}/secret")).expect(409);
    assert_eq!(receiver.posts().len(), 0);
    // Nor does a new key take the place of the lost one, which may still be found, unless it is put there.
    let body = json!({"name": "Shop", "sort": "standard", "url": receiver.url("/"), "events": ALL});
    let refused = owner.post("/api/v1/webhooks", &body).expect(409);
    assert_eq!(refused.code(), "secret_key");
    assert!(!key.exists() && !refused.json().to_string().contains("secret.key"));
    std::fs::write(&key, [7; 32]).expect("a key");
    owner.post("/api/v1/webhooks", &body).expect(201);
}
