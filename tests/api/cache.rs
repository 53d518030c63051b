//! Answers from memory: shown to whoever may see them, dead with the first change, true to the store.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::SeqCst};
use std::time::{Duration, Instant};

use larder::chore::{Order, State};
use larder::kernel::Moment;
use serde_json::{Value, json};

use crate::server::{Client, Reply, Server};

fn cached(reply: &Reply) -> bool {
    reply.header("cache-status").starts_with("larder; hit")
}

fn rename(client: &Client, kind: &str, id: &str, name: &str) {
    client.with("if-match", "*").patch(&format!("/api/v1/{kind}/{id}"), &json!({"name": name})).expect(200);
}

#[test]
fn what_was_read_once_is_shown_from_memory_until_it_changes() {
    let (_server, owner) = Server::set_up();
    let (company, _) = owner.create("companies", &json!({"name": "Harbour"}));
    let (site, _) = owner.create("sites", &json!({"name": "Dock 4", "company_id": company}));
    let (order, _) = owner.create("work-orders", &json!({"title": "Look at it", "site_id": site}));
    for path in [
        format!("/api/v1/sites/{site}"),
        "/api/v1/sites?sort=name".to_owned(),
        "/api/v1/sites?name[contains]=Dock".to_owned(),
        "/api/v1/work-orders?fields=id,title,site.name".to_owned(),
        format!("/api/v1/work-orders/{order}?include=site"),
        "/api/v1/sites/summary?group=name".to_owned(),
        format!("/api/v1/sites/{site}/history"),
        format!("/api/v1/pages/record?kind=sites&id={site}&parts=record,history"),
    ] {
        let first = owner.get(&path).expect(200);
        assert!(!cached(&first), "{path}: {:?}", first.headers);
        let second = owner.get(&path).expect(200);
        assert!(cached(&second), "{path}: {:?}", second.headers);
        assert_eq!((first.text(), first.header("etag")), (second.text(), second.header("etag")), "{path}");
        owner.with("if-none-match", second.header("etag")).get(&path).expect(304);
        // Another kind's change is none of its business, except where all deeds stand in one log.
        owner.create("suppliers", &json!({"name": format!("For {path}")}));
        assert!(path.contains("history") || cached(&owner.get(&path).expect(200)), "{path}");
        rename(&owner, "sites", &site, &format!("Dock {}", path.len()));
        let third = owner.get(&path).expect(200);
        assert!(!cached(&third) && third.text().contains(&format!("Dock {}", path.len())), "{path}: {}", third.text());
        rename(&owner, "sites", &site, "Dock 4");
    }
}

#[test]
fn many_share_what_they_may_all_see_and_nobody_gets_what_is_anothers() {
    let (server, owner) = Server::set_up();
    let paula = another_owner(&server, &owner);
    owner.create("tasks", &json!({"title": "Ring them up"}));
    assert!(!cached(&owner.get("/api/v1/tasks").expect(200)));
    assert!(cached(&paula.get("/api/v1/tasks").expect(200)), "both may see the same");
    let mine = "/api/v1/tasks?assignee_id=me";
    owner.get(mine).expect(200);
    assert!(!cached(&paula.get(mine).expect(200)), "each has tasks of their own");
    owner.create("views", &json!({"name": "Late", "kind": "tasks", "query": "sort=due_at"}));
    assert_eq!(owner.get("/api/v1/views").json()["data"].as_array().map(Vec::len), Some(1));
    assert_eq!(paula.get("/api/v1/views").json()["data"], json!([]));
    let neighbour = server.make_neighbour();
    assert_eq!(neighbour.get("/api/v1/tasks").expect(200).json()["data"], json!([]));
}

/// C14, and the negative answers of §6: that there is nothing is as good an answer as any other.
#[test]
fn what_is_not_there_is_known_from_memory_until_it_is_there() {
    let (server, owner) = Server::set_up();
    let (company, _) = owner.create("companies", &json!({"name": "Harbour"}));
    let path = format!("/api/v1/companies/{company}");
    owner.with("if-match", "*").delete(&path).expect(204);
    let hits = || server.app.cache.figures().hot.hits;
    owner.get(&path).expect(404);
    let before = hits();
    let told = owner.get(&path).expect(404).json();
    assert_eq!((hits() - before, &told["code"]), (1, &json!("not_found")), "{told}");
    owner.get("/api/v1/companies").expect(200);
    assert!(cached(&owner.get("/api/v1/companies").expect(200)), "an empty list is an answer");
    owner.post(&format!("{path}/restore"), &json!({})).expect(200);
    assert_eq!(owner.get(&path).expect(200).json()["name"], "Harbour");
}

fn another_owner(server: &Server, owner: &Client) -> Client {
    let paula = json!({"name": "Paula", "email": "paula@northgate.example", "role": "owner"});
    let (paula, _) = owner.create("users", &paula);
    let link = owner.post(&format!("/api/v1/users/{paula}/invite"), &json!({})).json();
    let token = link["token"].as_str().expect("a token");
    server.nobody().post("/api/v1/auth/accept", &json!({"token": token, "password": "a long way home"})).expect(204);
    server.sign_in("paula@northgate.example", "a long way home")
}

#[test]
fn a_dashboard_is_read_tile_by_tile_and_only_what_changed_or_is_about_oneself() {
    let (server, owner) = Server::set_up();
    let paula = another_owner(&server, &owner);
    let read = |client: &Client| {
        let before = server.app.cache.figures().misses;
        client.get("/api/v1/dashboard").expect(200);
        server.app.cache.figures().misses - before
    };
    let all = read(&owner);
    assert!(all > 10, "{all} tiles");
    assert_eq!(read(&owner), 0);
    assert_eq!(read(&paula), 2, "her tasks and her work orders");
    owner.create("suppliers", &json!({"name": "Ropes and pulleys"}));
    assert_eq!((read(&paula), read(&owner)), (1, 0), "the latest deeds, once for both");
}

#[test]
fn a_new_definition_makes_every_answer_anew() {
    let (_server, owner) = Server::set_up();
    owner.create("companies", &json!({"name": "Harbour"}));
    let shown = |path: &str| owner.get(path).expect(200).text();
    assert!(!shown("/api/v1/schema").contains("Berth") && shown("/api/v1/companies").contains("Harbour"));
    owner.get("/api/v1/companies?fields=custom.berth").expect(422);
    owner.create("custom-fields", &json!({"kind": "companies", "name": "berth", "label": "Berth", "type": "text"}));
    assert!(shown("/api/v1/schema").contains("Berth"));
    owner.get("/api/v1/companies?fields=custom.berth").expect(200);
}

#[test]
fn a_compressed_answer_from_memory_is_the_same() {
    let (_server, owner) = Server::set_up();
    for n in 0..20 {
        owner.create("companies", &json!({"name": format!("Company {n}")}));
    }
    let zipped = owner.with("accept-encoding", "gzip");
    let (first, second) = (zipped.get("/api/v1/companies").expect(200), zipped.get("/api/v1/companies").expect(200));
    assert!(cached(&second));
    assert_eq!(first.body, second.body);
    assert!(second.header("etag").ends_with("-gzip\""), "{}", second.header("etag"));
    assert_eq!(second.header("vary"), "accept-encoding");
    zipped.with("if-none-match", second.header("etag")).get("/api/v1/companies").expect(304);
}

#[test]
fn a_page_from_memory_still_leads_to_the_next() {
    let (_server, owner) = Server::set_up();
    for n in 0..3 {
        owner.create("companies", &json!({"name": format!("Company {n}")}));
    }
    let page = || owner.get("/api/v1/companies?sort=name&limit=2").expect(200);
    let (first, second) = (page(), page());
    assert!(cached(&second));
    assert!(second.header("link").contains("rel=\"next\""), "{}", second.header("link"));
    assert_eq!(first.header("link"), second.header("link"));
}

#[test]
fn without_the_cache_everything_is_read_anew_and_just_the_same() {
    let server = Server::with(|config| config.cache_enabled = false);
    let owner = server.make_owner();
    owner.create("companies", &json!({"name": "Harbour"}));
    for _ in 0..2 {
        let reply = owner.get("/api/v1/companies").expect(200);
        assert_eq!((reply.header("cache-status"), &reply.json()["data"][0]["name"]), ("", &json!("Harbour")));
    }
    assert_eq!(server.app.cache.figures().bytes(), 0);
}

#[test]
fn whoever_has_heard_of_a_change_never_reads_what_was_before() {
    const ROUNDS: u64 = 150;
    let (_server, owner) = Server::set_up();
    let (id, _) = owner.create("companies", &json!({"name": "0"}));
    let (heard, over) = (AtomicU64::new(0), AtomicBool::new(false));
    let number = |value: &Value| value.as_str().and_then(|name| name.parse::<u64>().ok()).expect("a number");
    std::thread::scope(|scope| {
        for path in [format!("/api/v1/companies/{id}"), "/api/v1/companies?fields=name".to_owned()] {
            for _ in 0..2 {
                let (reader, path, heard, over) = (owner.clone(), path.clone(), &heard, &over);
                scope.spawn(move || {
                    while !over.load(SeqCst) {
                        let least = heard.load(SeqCst);
                        let told = reader.get(&path).expect(200).json();
                        let row = if told["data"].is_array() { &told["data"][0] } else { &told };
                        assert!(number(&row["name"]) >= least, "{path} says {row} after {least}");
                    }
                });
            }
        }
        for n in 1..=ROUNDS {
            rename(&owner, "companies", &id, &n.to_string());
            heard.store(n, SeqCst);
        }
        over.store(true, SeqCst);
    });
}

#[test]
fn heavy_work_waits_until_there_is_memory() {
    let (server, owner) = Server::set_up();
    server.app.memory.note(95, 100, Moment::now());
    // What watches the memory sees every second that there is enough.
    let refused = owner.get("/api/v1/companies/export");
    if refused.status == 503 {
        assert_eq!(refused.code(), "memory_full");
        assert!(!refused.header("retry-after").is_empty());
    }
    owner.get("/api/v1/companies").expect(200);
    server.app.memory.note(50, 100, Moment::now());
    owner.get("/api/v1/companies/export").expect(200);
    // The owner's page says when that was.
    server.app.monitor.tick(&server.app.db, Moment::now());
    let cache = owner.get("/api/v1/admin/cache").expect(200).json();
    let steps: Vec<&Value> = cache["pressure"].as_array().expect("events").iter().map(|event| &event["step"]).collect();
    assert_eq!(steps, ["none", "heavy"], "{cache}");
}

#[test]
fn whoever_runs_the_server_drops_answers_by_name_and_compares_them_with_the_store() {
    let (server, owner) = Server::set_up();
    owner.create("companies", &json!({"name": "Harbour"}));
    for path in ["/api/v1/companies", "/api/v1/sites", "/api/v1/pages/list?kind=companies&list=sort%3Dname"] {
        owner.get(path).expect(200);
    }
    let command = server.nobody().with("authorization", &format!("Bearer {}", server.app.run_token()));
    let compared = command.post("/api/v1/admin/cache/check", &json!({})).expect(200).json();
    assert!(compared["same"].as_u64() >= Some(3) && compared["different"] == 0, "{compared}");
    let drop = |pattern: &str| command.post("/api/v1/admin/cache/drop", &json!({"pattern": pattern}));
    assert_eq!(drop("org:northgate-lifts:site:*").expect(200).json(), json!({"tables": ["sites"]}));
    assert!(!cached(&owner.get("/api/v1/sites").expect(200)));
    assert!(cached(&owner.get("/api/v1/companies").expect(200)));
    drop("org:northgate-lifts:*").expect(200);
    assert!(!cached(&owner.get("/api/v1/companies").expect(200)));
    assert!(drop("org:nobody:*").expect(422).text().contains("cache:organization:*"));
    drop("no such thing").expect(422);
}

#[test]
fn what_is_in_use_is_made_again_before_anybody_asks() {
    let (server, owner) = Server::set_up();
    let (id, _) = owner.create("companies", &json!({"name": "Harbour"}));
    for _ in 0..3 {
        owner.get("/api/v1/companies").expect(200);
    }
    rename(&owner, "companies", &id, "Quay");
    let begun = std::time::Instant::now();
    while server.app.cache.figures().warmed == 0 {
        assert!(begun.elapsed() < std::time::Duration::from_secs(20), "nothing was warmed");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let reply = owner.get("/api/v1/companies").expect(200);
    assert!(cached(&reply) && reply.text().contains("Quay"), "{}", reply.text());
}

#[test]
fn what_was_asked_relative_to_now_is_never_made_again_as_of_then() {
    let (server, owner) = Server::set_up();
    owner.create("work-orders", &json!({"title": "Late", "due_at": "2020-01-01T00:00:00Z"}));
    let (plain, late) = ("/api/v1/work-orders", "/api/v1/work-orders?due_at[lt]=now");
    for path in [plain, late, plain, late] {
        owner.get(path).expect(200);
    }
    owner.create("work-orders", &json!({"title": "Another"}));
    let begun = std::time::Instant::now();
    while server.app.cache.figures().warmed == 0 {
        assert!(begun.elapsed() < std::time::Duration::from_secs(20), "nothing was warmed");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    // Both died together; a round makes four answers, and this is the round after.
    std::thread::sleep(std::time::Duration::from_millis(1_500));
    assert!(cached(&owner.get(plain).expect(200)));
    assert!(!cached(&owner.get(late).expect(200)));
}

/// N34, N36: a restart forgets what was kept, not who works here.
#[test]
fn whoever_was_here_before_a_restart_finds_their_dashboard_ready() {
    let (server, owner) = Server::set_up();
    owner.create("companies", &json!({"name": "Harbour"}));
    let server = server.restart();
    let owner = owner.at(&server);
    let begun = std::time::Instant::now();
    while server.app.cache.figures().misses < 10 {
        assert!(begun.elapsed() < std::time::Duration::from_secs(20), "nothing was made ready");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    std::thread::sleep(std::time::Duration::from_millis(500));
    let before = server.app.cache.figures().misses;
    owner.get("/api/v1/dashboard").expect(200);
    assert_eq!(server.app.cache.figures().misses, before);
}

#[test]
fn the_schedule_makes_dashboards_ready_and_compares_what_is_kept() {
    // N36
    let (server, owner) = Server::set_up();
    let household = &server.app.household;
    owner.create("companies", &json!({"name": "Harbour"}));
    owner.get("/api/v1/companies?sort=name").expect(200);
    assert!(cached(&owner.get("/api/v1/companies?sort=name").expect(200)));
    let misses = || server.app.cache.figures().misses;
    assert!(misses() < 10, "nobody has asked for a dashboard");
    // As the clock orders it; what somebody asked for leaves its line behind.
    let user = owner.get("/api/v1/auth/me").json()["user"]["id"].as_str().and_then(|id| id.parse().ok());
    let order = Order { kind: "warm", user, ..Order::default() };
    let id = household.queue.order(order, Moment::now()).expect("ordered").id;
    let begun = Instant::now();
    let done = loop {
        let chore = household.queue.load(id).expect("a chore");
        if chore.state == State::Done {
            break chore.result.expect("a result");
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "{chore:?}");
        std::thread::sleep(Duration::from_millis(5));
    };
    assert!(done["same"].as_u64() >= Some(1) && done["different"] == 0, "{done}");
    let before = misses();
    assert!(before > 10, "{before} tiles");
    owner.get("/api/v1/dashboard").expect(200);
    assert_eq!(misses(), before, "its tiles are at hand");
}
