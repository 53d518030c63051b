//! How the server is: counted, shown to whom it concerns, and alarming when it should be.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use larder::config::Levels;
use larder::db::Change;
use larder::kernel::Moment;
use larder::monitor::{CacheFigures, TierFigures};
use serde_json::{Value, json};

use crate::server::{Client, Server};

/// Has the server look at itself now rather than within five seconds.
fn look(server: &Server) {
    server.app.monitor.tick(&server.app.db, Moment::now());
}

fn ask(client: &Client, what: &str) -> Value {
    client.get(&format!("/api/v1/admin/{what}")).expect(200).json()
}

fn line<'a>(page: &'a str, start: &str) -> &'a str {
    let found = page.lines().find(|line| line.starts_with(start));
    found.unwrap_or_else(|| panic!("{start} is missing:\n{page}"))
}

fn value(page: &str, start: &str) -> f64 {
    line(page, start).rsplit(' ').next().and_then(|n| n.parse().ok()).expect("a number")
}

/// Somebody else of the tenant, who does not run the server.
fn colleague(server: &Server, owner: &Client, role: &str) -> Client {
    let (id, _) = owner.create("users", &json!({"name": "Hannah", "email": "hannah@northgate.example", "role": role}));
    let link = owner.post(&format!("/api/v1/users/{id}/invite"), &json!({})).expect(201).json();
    let accept = json!({"token": link["token"], "password": "another good phrase"});
    server.nobody().post("/api/v1/auth/accept", &accept).expect(204);
    server.sign_in("hannah@northgate.example", "another good phrase")
}

#[test]
fn a_server_that_is_well_says_so_with_a_score_and_what_it_is_made_of() {
    let server = Server::with(|config| config.cache_enabled = false);
    let owner = server.make_owner();
    for _ in 0..25 {
        owner.get("/api/v1/companies").expect(200);
    }
    look(&server);
    let seen = ask(&owner, "performance");
    assert!(seen["headline"].as_str().is_some_and(|said| !said.is_empty()), "{seen}");
    let points: f64 = seen["parts"].as_array().expect("parts").iter().map(|p| p["of"].as_f64().expect("points")).sum();
    assert_eq!(points, 100.0);
    assert!(seen["well"].as_array().is_some_and(|well| !well.is_empty()), "{seen}");
    assert!(seen["memory"]["resident_bytes"].as_u64() < seen["memory"]["limit_bytes"].as_u64(), "{seen}");
    let minute = &seen["requests"]["minute"];
    assert!(minute["count"].as_u64() >= Some(25) && minute["p95_ms"].is_number(), "{seen}");
    assert!(seen["database"]["reads"]["hour"]["count"].as_u64() >= Some(25), "{seen}");
    assert!(seen["day"].as_array().is_some_and(|day| day[0]["requests"].as_u64() >= Some(25)), "{seen}");
    assert!(seen["lag"].is_object() && seen["disk"]["free_bytes"].is_number(), "{seen}");
}

#[test]
fn routes_are_counted_by_their_patterns_and_failures_by_whose_they_are() {
    let (server, owner) = Server::set_up();
    let (id, _) = owner.create("companies", &json!({"name": "Harbour Lifts"}));
    for _ in 0..3 {
        owner.get(&format!("/api/v1/companies/{id}")).expect(200);
    }
    owner.get("/api/v1/companies/00000000-0000-7000-8000-000000000000").expect(404);
    // An item of a batch counts for its own route.
    let batch = json!({"requests": [{"method": "GET", "path": format!("companies/{id}")}]});
    owner.post("/api/v1/batch", &batch).expect(200);
    server.nobody().get("/no/such/address");
    let page = owner.get("/metrics").expect(200);
    assert!(page.header("content-type").starts_with("text/plain"));
    let page = page.text();
    let shows = "larder_requests_total{method=\"GET\",route=\"/api/v1/{kind}/{id}\",outcome=";
    assert_eq!(value(&page, &format!("{shows}\"done\"")), 4.0);
    assert_eq!(value(&page, &format!("{shows}\"refused\"")), 1.0);
    assert_eq!(value(&page, &format!("{shows}\"failed\"")), 0.0);
    assert!(!page.contains(&id) && !page.contains("Harbour") && !page.contains("such/address"), "{page}");
}

#[test]
fn every_line_for_prometheus_is_one_that_it_reads() {
    let (server, owner) = Server::set_up();
    look(&server);
    let page = owner.get("/metrics").expect(200).text();
    let mut described = BTreeSet::new();
    for line in page.lines() {
        if let Some(rest) = line.strip_prefix("# TYPE ") {
            let (name, kind) = rest.split_once(' ').expect("a name and a type");
            assert!(["counter", "gauge", "histogram"].contains(&kind), "{line}");
            assert!(described.insert(name.to_owned()), "{name} is described twice");
        } else if !line.starts_with("# HELP ") {
            let (series, value) = line.rsplit_once(' ').expect("a series and a value");
            assert!(value.parse::<f64>().is_ok_and(f64::is_finite), "{line}");
            let name = series.split('{').next().expect("a name");
            let base = ["_bucket", "_sum", "_count"].iter().find_map(|end| name.strip_suffix(end));
            assert!([Some(name), base].into_iter().flatten().any(|n| described.contains(n)), "{line}");
        }
    }
    // The buckets of a histogram hold each other, and the last holds all.
    let buckets: Vec<f64> = page
        .lines()
        .filter(|l| l.starts_with("larder_database_seconds_bucket{what=\"read\""))
        .map(|l| l.rsplit(' ').next().expect("a value").parse().expect("a number"))
        .collect();
    assert!(
        buckets.is_sorted() && buckets.last() == Some(&value(&page, "larder_database_seconds_count{what=\"read\"}"))
    );
}

#[test]
fn figures_are_for_operators_owners_and_allowed_networks() {
    let (server, operator) = Server::set_up();
    let staff = colleague(&server, &operator, "staff");
    for what in ["performance", "cache", "alerts", "slow-queries"] {
        staff.get(&format!("/api/v1/admin/{what}")).expect(403);
        server.nobody().get(&format!("/api/v1/admin/{what}")).expect(401);
    }
    staff.get("/metrics").expect(403);
    server.nobody().get("/metrics").expect(401);
    let near =
        Server::with(|config| config.metrics_allow = larder::config::Networks::parse("127.0.0.0/8").expect("one"));
    near.nobody().get("/metrics").expect(200);
    let far = Server::with(|config| config.metrics_allow = larder::config::Networks::parse("10.0.0.0/8").expect("one"));
    far.nobody().get("/metrics").expect(401);
    // Whoever claims to come from there is not believed.
    far.nobody().with("x-forwarded-for", "10.0.0.1").get("/metrics").expect(401);
}

#[test]
fn a_slow_query_is_shown_with_its_plan_and_never_with_what_was_asked_for() {
    // Every query is slow here.
    let server = Server::with(|config| {
        config.metrics_slow_ms = 0;
        config.cache_enabled = false;
    });
    let operator = server.make_owner();
    let owner = colleague(&server, &operator, "owner");
    let command = server.nobody().with("authorization", &format!("Bearer {}", server.app.run_token()));
    // What the start took is forgotten after a day, and the list is all that was asked for since.
    server.app.db.search_caught_up().wait().expect("searched");
    server.app.monitor.tick(&server.app.db, Moment::now().plus_s(25 * 3600));
    for _ in 0..50 {
        operator.get("/api/v1/companies?name[contains]=Quicksilver&sort=name").expect(200);
    }
    let about = |seen: &Value| {
        let all = seen["data"].as_array().expect("queries").clone();
        all.into_iter().find(|q| q["kind"] == "companies" && q["route"] == "index").expect("the list of companies")
    };
    // One plan is looked at each time.
    for _ in 0..20 {
        look(&server);
    }
    let whole = ask(&command, "slow-queries");
    let query = about(&whole);
    assert_eq!(query["count"], 50, "{query}");
    assert!(query["sql"].as_str().is_some_and(|sql| sql.starts_with("SELECT") && sql.contains('?')), "{query}");
    assert!(query["plan"][0].as_str().is_some_and(|line| line.contains("companies_by_name")), "{query}");
    assert_eq!(query["scans"], false);
    assert!(whole["data"].as_array().is_some_and(|all| all.len() <= 20));
    assert!(!whole.to_string().contains("Quicksilver"), "{whole}");
    // An owner sees the same without the text.
    let seen = ask(&owner, "slow-queries");
    assert!(about(&seen)["plan"].is_array() && !seen.to_string().contains("\"sql\""), "{seen}");
}

/// S62
#[test]
fn an_alert_fires_is_kept_over_a_restart_and_recovers() {
    let low = Some(Levels { warn: 0.000_01, critical: 0.000_1 });
    let server = Server::with(|config| config.alerts_memory = low);
    let owner = server.make_owner();
    let cleaned = Arc::new(AtomicU64::new(0));
    let count = Arc::clone(&cleaned);
    server.app.monitor.connect(|sources| {
        sources.clean_up = Some(Arc::new(move || {
            count.fetch_add(1, Ordering::Relaxed);
        }));
    });
    look(&server);
    look(&server);
    // The server's own looks may have come first, before there was anybody to call.
    let ends = Moment::now().plus_s(120);
    server.app.monitor.tick(&server.app.db, ends);
    assert!(cleaned.load(Ordering::Relaxed) >= 1);
    let seen = ask(&owner, "performance");
    assert_eq!((seen["status"].as_str(), seen["score"].as_u64()), (Some("critical"), Some(40)), "{seen}");
    assert_eq!(seen["held_by"], "memory");
    let alerts = ask(&owner, "alerts");
    let memory = &alerts["open"][0];
    assert_eq!((memory["rule"].as_str(), memory["severity"].as_str()), (Some("memory"), Some("critical")), "{alerts}");
    assert!(memory["message"].as_str().is_some_and(|m| m.contains('%')) && memory["since"].is_string(), "{alerts}");
    let id = memory["id"].clone();

    // What is read again from the store is the same alert.
    server.app.monitor.resume(&server.app.db).expect("resumed");
    assert_eq!(ask(&owner, "alerts")["open"][0]["id"], id);
    // The server has as much memory as it wants from now on.
    server.app.monitor.connect(|sources| sources.memory_limit = Some(Arc::new(|| u64::MAX)));
    let tick = |seconds| server.app.monitor.tick(&server.app.db, Moment::now().plus_s(seconds));
    tick(121);
    // It is not over yet, and is told once, as it is now.
    let seen = ask(&owner, "performance");
    let told = seen["issues"].as_array().and_then(|all| all.iter().find(|issue| issue["id"] == id));
    assert!(told.is_some_and(|i| i["message"].as_str().is_some_and(|m| m.contains("It has eased"))), "{seen}");
    assert!(!seen["well"].to_string().contains("Memory is steady"), "{seen}");
    tick(190);
    assert!(ask(&owner, "performance")["well"].to_string().contains("Memory is steady"));
    let alerts = ask(&owner, "alerts");
    assert_eq!(alerts["open"].as_array().map(|open| open.iter().any(|a| a["id"] == id)), Some(false), "{alerts}");
    assert!(alerts["over"].as_array().is_some_and(|over| over.iter().any(|a| a["id"] == id && a["until"].is_string())));
    server.app.monitor.resume(&server.app.db).expect("resumed");
    assert!(ask(&owner, "alerts")["over"].as_array().is_some_and(|over| over.iter().any(|a| a["id"] == id)));
}

/// D28
#[test]
fn the_cache_is_shown_as_off_until_there_is_one_and_then_tier_by_tier() {
    let server = Server::with(|config| config.cache_enabled = false);
    let owner = server.make_owner();
    look(&server);
    assert_eq!(ask(&owner, "cache"), json!({"on": false, "tiers": [], "pressure": []}));
    let asked = Arc::new(AtomicU64::new(0));
    let rounds = Arc::clone(&asked);
    let tier = |name, hits| TierFigures { name, hits, bytes: 1000, most_bytes: 4000, ..TierFigures::default() };
    server.app.monitor.connect(|sources| {
        sources.cache = Some(Arc::new(move || {
            let n = rounds.load(Ordering::Relaxed);
            CacheFigures {
                misses: 2 * n,
                tiers: vec![tier("hot", 4 * n), tier("warm", 2 * n)],
                ..CacheFigures::default()
            }
        }));
    });
    look(&server);
    asked.store(100, Ordering::Relaxed);
    look(&server);
    let cache = ask(&owner, "cache");
    assert_eq!((cache["on"].as_bool(), cache["hit_rate"].as_f64()), (Some(true), Some(75.0)), "{cache}");
    assert_eq!(cache["tiers"][0]["hit_rate"], 50.0);
    assert_eq!(cache["tiers"][1]["hit_rate"], 50.0, "of what the first had not: {cache}");
    assert_eq!(cache["recent_hit_rate"], 75.0);
    let seen = ask(&owner, "performance");
    let advice = seen["recommendations"].as_array().expect("advice").iter().find(|r| r["name"] == "cache");
    assert!(advice.is_some_and(|a| a["text"].as_str().is_some_and(|t| t.starts_with("75 of 100 answers"))), "{seen}");
    assert_eq!(value(&owner.get("/metrics").text(), "larder_cache_hits_total{tier=\"warm\"}"), 200.0);
}

#[test]
fn a_stranger_in_front_and_missing_backups_are_recommended_against() {
    let server = Server::with(|config| config.backup_hourly = 0);
    let owner = server.make_owner();
    server.nobody().with("x-forwarded-for", "203.0.113.9").get("/livez");
    look(&server);
    let seen = ask(&owner, "performance");
    let texts = seen["recommendations"].to_string();
    assert!(texts.contains("http.trusted_proxies = 127.0.0.1") && texts.contains("backup.hourly"), "{seen}");
}

#[test]
fn metrics_can_be_switched_off() {
    let server = Server::with(|config| config.metrics_enabled = false);
    let owner = server.make_owner();
    owner.get("/api/v1/companies").expect(200);
    for path in ["/metrics", "/api/v1/admin/performance", "/api/v1/admin/slow-queries"] {
        assert_eq!(owner.get(path).expect(404).code(), "metrics_off");
    }
}

#[test]
fn the_latest_deeds_are_found_without_sorting_all_of_them() {
    let server = Server::with(|config| {
        config.metrics_slow_ms = 0;
        config.cache_enabled = false;
    });
    let operator = server.make_owner();
    for n in 0..4 {
        operator.create("companies", &json!({"name": format!("Company {n}")}));
    }
    // Whatever the start took is forgotten, so that these are among the twenty that are shown.
    server.app.db.search_caught_up().wait().expect("searched");
    server.app.monitor.tick(&server.app.db, Moment::now().plus_s(25 * 3600));
    let first = operator.get("/api/v1/activity?limit=3").expect(200).json();
    let next = first["page"]["next_cursor"].as_str().expect("a next page");
    let second = operator.get(&format!("/api/v1/activity?limit=3&cursor={next}")).expect(200).json();
    let titles = |page: &Value| -> Vec<Value> {
        page["data"].as_array().expect("deeds").iter().map(|deed| deed["title"].clone()).collect()
    };
    assert_eq!(titles(&first), ["Company 3", "Company 2", "Company 1"]);
    assert_eq!(titles(&second)[0], "Company 0");
    for _ in 0..50 {
        operator.get("/api/v1/activity?kind=companies").expect(200);
    }
    let command = server.nobody().with("authorization", &format!("Bearer {}", server.app.run_token()));
    let told = |query: &Value| {
        query["route"] == "activity" && query["sql"].as_str().is_some_and(|sql| sql.contains("FROM activity a"))
    };
    for _ in 0..30 {
        look(&server);
    }
    let seen = ask(&command, "slow-queries");
    let plans: Vec<&Value> = seen["data"].as_array().expect("queries").iter().filter(|query| told(query)).collect();
    assert!(!plans.is_empty(), "{seen}");
    for query in plans {
        let plan = query["plan"].to_string();
        assert!(plan.contains("activity_by_time") && !plan.contains("TEMP B-TREE"), "{query}");
    }
}

#[test]
fn the_queue_of_chores_has_its_gauges() {
    // D30
    let (server, owner) = Server::set_up();
    let depth = || {
        look(&server);
        let page = owner.get("/metrics").expect(200).text();
        ["waiting", "running", "failed", "dead"]
            .map(|state| value(&page, &format!("larder_chores{{state=\"{state}\"}}")))
    };
    assert_eq!(depth(), [0.0; 4]);
    let turn = server.app.household.turn.lock();
    for kind in ["companies", "deals"] {
        owner.send("POST", &format!("/api/v1/{kind}/export"), b"").expect(202);
    }
    assert_eq!(depth(), [2.0, 0.0, 0.0, 0.0]);
    let mut change = Change::new();
    change.push("UPDATE chores SET state='dead' WHERE seq=(SELECT min(seq) FROM chores)", vec![]);
    server.app.db.write(change).wait().expect("written");
    assert_eq!(depth(), [1.0, 0.0, 0.0, 1.0]);
    drop(turn);
}
