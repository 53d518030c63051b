//! Sockets whose other side is slow, or gone, or asks while the store is busy: what they may cost.

use std::time::{Duration, Instant};

use larder::kernel::Moment;
use larder::live::Wish;
use serde_json::json;

use crate::server::Server;
use crate::sockets::Socket;

#[test]
fn who_left_while_a_watch_was_under_way_is_not_told_for_ever() {
    let (server, owner) = Server::set_up();
    let (id, _) = owner.create("companies", &json!({"name": "Acme"}));
    let live = &server.app.live;
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let session = server.app.auth.session(owner.token(), Moment::now()).await.expect("a session");
        let seat = live.hub.join(session).expect("a place");
        let position = server.app.registry.position("companies").expect("a kind");
        let wish = || Wish { position, id: id.parse().expect("an id"), version: Some(1), include: String::new() };
        live.watch(&seat, wish()).await.expect("watched");
        assert_eq!(live.hub.stats().watched, 1);
        live.hub.leave(&seat);
        assert!(live.watch(&seat, wish()).await.is_err());
        assert_eq!(live.hub.stats().watched, 0);
    });
}

#[test]
fn who_asks_while_the_store_is_busy_is_told_so_and_not_that_the_record_is_gone() {
    let (server, owner) = Server::set_up();
    let (id, _) = owner.create("companies", &json!({"name": "Acme"}));
    let live = &server.app.live;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    runtime.block_on(async {
        let session = server.app.auth.session(owner.token(), Moment::now()).await.expect("a session");
        // It has to be read anew, and there is nobody to read it.
        owner.create("roles", &json!({"name": "looker", "grants": {"companies": {"read": "all"}}}));
        let seat = live.hub.join(session).expect("a place");
        server.app.db.close();
        let position = server.app.registry.position("companies").expect("a kind");
        let wish = Wish { position, id: id.parse().expect("an id"), version: Some(1), include: String::new() };
        let error = live.watch(&seat, wish).await.expect_err("refused");
        assert!(matches!(error, larder::kernel::Error::Busy(_)), "{error}");
        // Nor is it told to ask again at once.
        let waiting = tokio::time::timeout(Duration::from_millis(50), seat.outbox.next(true)).await;
        assert!(waiting.is_err(), "{waiting:?}");
    });
}

#[test]
fn a_slow_socket_costs_a_bounded_queue_and_is_told_to_ask_anew() {
    let (server, owner) = Server::set_up();
    let (id, _) = owner.create("companies", &json!({"name": "Acme"}));
    let mut slow = Socket::open(&server, &owner);
    let mut quick = Socket::open(&server, &owner);
    slow.watch("companies", &id, 1);
    quick.watch("companies", &id, 1);
    let any = owner.with("if-match", "*");
    let path = format!("/api/v1/companies/{id}");
    let text = "long ".repeat(2_000);
    // Nobody reads from `slow`: 32 KiB are sent to it, 132 KiB wait, and then all that waits is dropped.
    let mut written = 0;
    while server.app.live.hub.stats().resyncs == 0 {
        written += 1;
        assert!(written < 40, "more is held for a socket that nobody reads from than it may cost");
        any.patch(&path, &json!({"description": format!("{text}{written}")})).expect(200);
        quick.until("changed");
    }
    let begun = Instant::now();
    let mut told = false;
    while !told {
        assert!(begun.elapsed() < Duration::from_secs(20), "no resync came");
        told = slow.next().expect("still there")["resync"] == true;
    }
    slow.say(&json!({"watch": {"kind": "companies", "id": id, "version": 1}}));
    assert_eq!(slow.until("changed")["version"], json!(written + 1));
}

#[test]
fn a_large_record_is_read_by_whoever_shows_it_and_not_sent_to_all() {
    let (server, owner) = Server::set_up();
    let (id, _) = owner.create("companies", &json!({"name": "Acme"}));
    let mut screen = Socket::open(&server, &owner);
    screen.watch("companies", &id, 1);
    let any = owner.with("if-match", "*");
    let large = json!({"description": "€".repeat(20_000)});
    any.patch(&format!("/api/v1/companies/{id}"), &large).expect(200);
    let changed = screen.until("changed");
    assert_eq!(
        (&changed["id"], &changed["version"], &changed["by"]["name"]),
        (&json!(id), &json!(2), &json!("Graham Pell"))
    );
    assert!(changed.get("record").is_none(), "{} bytes", changed.to_string().len());
    // Also to whoever comes back.
    screen.say(&json!({"watch": {"kind": "companies", "id": id, "version": 1}}));
    assert!(screen.until("changed").get("record").is_none());
    any.patch(&format!("/api/v1/companies/{id}"), &json!({"description": "short"})).expect(200);
    assert_eq!(screen.until("changed")["record"]["description"], "short");
}

#[test]
fn who_sends_but_never_reads_is_hung_up_on() {
    let server = Server::with(|config| config.heartbeat_s = 1);
    let owner = server.make_owner();
    let (id, _) = owner.create("companies", &json!({"name": "Acme"}));
    let mut deaf = Socket::open(&server, &owner);
    let begun = Instant::now();
    while server.app.live.hub.stats().open > 0 {
        assert!(begun.elapsed() < Duration::from_secs(20), "its place is still taken");
        deaf.say_if_open(&json!({"unwatch": {"kind": "companies", "id": id}}));
        std::thread::sleep(Duration::from_millis(600));
    }
}
