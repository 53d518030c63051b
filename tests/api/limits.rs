//! Budgets, their headers, and who shares one with whom.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Barrier;

use serde_json::{Value, json};

use crate::server::{Client, EMAIL, PASSWORD, Reply, Server};

/// A server whose budgets are multiplied by `scale`, and its owner, whose tier is ten times basic.
fn scaled(scale: f64) -> (Server, Client) {
    let server = Server::with(|config| config.limit_scale = scale);
    let owner = server.make_owner();
    (server, owner)
}

/// How many of `n` answers have each status.
fn statuses(n: usize, mut ask: impl FnMut(usize) -> Reply) -> BTreeMap<u16, usize> {
    let mut counts = BTreeMap::new();
    (0..n).for_each(|i| *counts.entry(ask(i).status).or_default() += 1);
    counts
}

/// The quota and what is left of it, by the headers.
fn told(reply: &Reply) -> (String, u32, u32) {
    let (policy, left) = (reply.header("ratelimit-policy"), reply.header("ratelimit"));
    let name = left.split(';').next().unwrap_or_default().to_owned();
    assert!(policy.starts_with(&name), "{policy} | {left}");
    let number = |text: &str, part: &str| {
        let found = text.split([';', ',']).find_map(|p| p.trim().strip_prefix(part));
        found.and_then(|n| n.parse().ok()).unwrap_or_else(|| panic!("{text} has no {part}"))
    };
    assert!((1..=3_600).contains(&number(left, "t=")), "{left}");
    (name, number(policy, "q="), number(left, "r="))
}

#[test]
fn every_answer_of_the_api_tells_how_its_budget_stands() {
    let (server, owner) = scaled(1.0);
    let (id, _) = owner.create("companies", &json!({"name": "Oakfield"}));
    let path = format!("/api/v1/companies/{id}");
    for (reply, expected) in [
        (owner.get("/api/v1/companies").expect(200), ("\"read\"", 1_000)),
        (owner.get("/api/v1/companies?nonsense=1").expect(422), ("\"read\"", 1_000)),
        (owner.get("/api/v1/nowhere").expect(404), ("\"read\"", 1_000)),
        (owner.send("PUT", &path, b"").expect(405), ("\"read\"", 1_000)),
        (owner.get("/api/v1/pages/list?kind=companies").expect(200), ("\"read\"", 1_000)),
        (owner.get("/api/v1/companies?q=oak").expect(200), ("\"search\"", 500)),
        (owner.post("/api/v1/companies", &json!({"name": "Elm"})).expect(201), ("\"write\"", 200)),
        (owner.delete(&path).expect(428), ("\"delete\"", 50)),
        (server.nobody().get("/api/v1/companies").expect(401), ("\"public\"", 15)),
        (server.nobody().get("/api/v1/companies?q=oak").expect(401), ("\"search\"", 15)),
        (server.nobody().post("/api/v1/batch", &json!({})).expect(401), ("\"public\"", 15)),
        (server.nobody().get("/api/openapi.json").expect(200), ("\"public\"", 15)),
    ] {
        let (name, quota, remaining) = told(&reply);
        assert_eq!((name.as_str(), quota), expected);
        assert!(remaining < quota);
    }
    let login = server.nobody().post("/api/v1/auth/login", &json!({"email": EMAIL, "password": "wrong as can be"}));
    assert_eq!(told(&login.expect(401)), ("\"sign-in\"".to_owned(), 5, 4));
    for path in ["/livez", "/healthz", "/"] {
        assert_eq!(server.nobody().get(path).expect(200).header("ratelimit"), "", "{path}");
    }
}

#[test]
fn a_refusal_says_how_long_to_wait_and_how_bad_it_is() {
    let (server, owner) = scaled(0.01);
    assert_eq!(statuses(11, |_| owner.get("/api/v1/companies")), [(200, 10), (429, 1)].into());
    let reply = owner.get("/api/v1/companies").expect(429);
    assert_eq!(reply.header("content-type"), "application/problem+json");
    let (wait, body) = (reply.header("retry-after").to_owned(), reply.json());
    assert!((1..=60).contains(&wait.parse::<u32>().expect("seconds")), "{wait}");
    assert_eq!((&body["code"], &body["penalty_level"]), (&json!("too_many"), &json!(1)));
    assert_eq!(body["retry_after"].to_string(), wait);
    let words = body["wait"].as_str().expect("words");
    assert!(body["detail"].as_str().is_some_and(|detail| detail.contains(words)), "{body}");
    assert_eq!(told(&reply), ("\"read\"".to_owned(), 10, 0));

    // A stranger is blocked for a minute, and that block is told too.
    let nobody = server.nobody();
    statuses(2, |_| nobody.get("/api/v1/companies"));
    let blocked = nobody.get("/api/v1/companies").expect(429);
    assert!(blocked.json()["detail"].as_str().is_some_and(|detail| detail.contains("1 minute")), "{}", blocked.text());
    assert_eq!(nobody.get("/livez").expect(200).text(), "ok\n");
}

#[test]
fn whatever_headers_they_rotate_ten_thousand_requests_are_those_of_one_identity() {
    let (server, owner) = scaled(1.0);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for connection in 0..100 {
        let mut requests = String::new();
        for n in 0..100 {
            let n = connection * 100 + n;
            let last = if n % 100 == 99 { "Connection: close\r\n" } else { "" };
            let (token, hop) = (format!("{n:043}"), format!("203.0.{}.{}", n / 250, n % 250));
            let _ = write!(
                requests,
                "GET /api/v1/companies HTTP/1.1\r\nHost: localhost\r\nUser-Agent: browser/{n}\r\n\
                 X-Forwarded-For: {hop}\r\nForwarded: for={hop}\r\nX-Real-IP: {hop}\r\n\
                 Cookie: larder={token}; larder-device={token}\r\nLarder-Purpose: refetch\r\n{last}\r\n"
            );
        }
        let mut stream = TcpStream::connect(server.address).expect("a connection");
        stream.write_all(requests.as_bytes()).expect("sent");
        let mut answers = String::new();
        stream.read_to_string(&mut answers).expect("answers");
        for answer in answers.split("HTTP/1.1 ").skip(1) {
            *counts.entry(answer[..3].to_owned()).or_default() += 1;
        }
    }
    // One request went into setting the server up.
    assert_eq!(counts, [("401".to_owned(), 14), ("429".to_owned(), 9_986)].into());
    // Who is signed in behind the same address notices nothing, and others may still sign in.
    owner.get("/api/v1/companies").expect(200);
    server.sign_in(EMAIL, PASSWORD).get("/api/v1/companies").expect(200);
    let stats = server.app.limiter.stats(larder::kernel::Moment::now());
    assert_eq!((stats.identities, stats.blocked), (2, 1));
    assert_eq!(stats.refused.iter().find(|(name, _)| *name == "public"), Some(&("public", 9_986)));
}

#[test]
fn behind_an_honest_proxy_the_last_hop_that_is_not_one_counts() {
    let server = Server::with(|config| {
        config.limit_scale = 1.0;
        config.trusted_proxies = larder::config::Networks::parse("127.0.0.1, 10.0.0.0/8").expect("networks");
    });
    server.make_owner();
    let ask = |hops: String| server.nobody().with("x-forwarded-for", &hops).get("/api/v1/companies");
    let spoofed = statuses(40, |n| ask(format!("198.51.100.{n}, 203.0.113.9, 10.0.0.7")));
    assert_eq!(spoofed, [(401, 15), (429, 25)].into());
    assert_eq!(statuses(20, |_| ask("203.0.113.10".to_owned())), [(401, 15), (429, 5)].into());
    // All of a /64 is one customer of its provider.
    let house = |n| format!("2001:db8:1:2:{n:x}::1");
    assert_eq!(statuses(20, |n| ask(house(n))), [(401, 15), (429, 5)].into());
}

#[test]
fn people_behind_one_address_have_a_budget_each() {
    let (server, owner) = scaled(0.2);
    let user = json!({"name": "Hannah", "email": "hannah@northgate.example", "role": "staff"});
    let (id, _) = owner.create("users", &user);
    let link = owner.post(&format!("/api/v1/users/{id}/invite"), &json!({})).expect(201).json();
    let accept = json!({"token": link["token"], "password": PASSWORD});
    server.nobody().post("/api/v1/auth/accept", &accept).expect(204);
    let hannah = server.sign_in("hannah@northgate.example", PASSWORD);
    // Staff have three times the basic budget; two sessions of one person share it.
    let again = server.sign_in("hannah@northgate.example", PASSWORD);
    let both = statuses(70, |n| if n % 2 == 0 { hannah.get("/api/v1/auth/me") } else { again.get("/api/v1/auth/me") });
    assert_eq!(both, [(200, 60), (429, 10)].into());
    owner.get("/api/v1/auth/me").expect(200);
}

#[test]
fn a_batch_is_one_unit_of_the_weightiest_in_it() {
    let (_server, owner) = scaled(0.02);
    let batch = |method: &str, path: &str| {
        let body = if method == "POST" { json!({"name": "Oakfield"}) } else { Value::Null };
        let items = vec![json!({"method": method, "path": path, "body": body}); 5];
        owner.post("/api/v1/batch", &json!({"requests": items}))
    };
    assert_eq!(statuses(5, |_| batch("POST", "companies")), [(200, 4), (429, 1)].into());
    assert_eq!(told(&batch("GET", "companies").expect(200)), ("\"read\"".to_owned(), 20, 19));
    assert_eq!(told(&batch("GET", "companies?q=oak").expect(200)).0, "\"search\"");
    assert_eq!(told(&batch("POST", "companies").expect(429)).0, "\"write\"");
}

#[test]
fn the_next_page_and_what_a_screen_reads_by_itself_cost_a_tenth() {
    let (_server, owner) = scaled(0.01);
    let screen = owner.with("larder-purpose", "refetch");
    assert_eq!(statuses(50, |_| screen.get("/api/v1/companies")), [(200, 50)].into());
    let next = |_| owner.get("/api/v1/companies?cursor=nonsense");
    assert_eq!(statuses(50, next), [(400, 50)].into());
    owner.get("/api/v1/companies").expect(429);
    // A write is a write, whatever it says of itself.
    let write = |n| screen.post("/api/v1/companies", &json!({"name": format!("Company {n}")}));
    assert_eq!(statuses(4, write), [(201, 2), (429, 2)].into());
}

#[test]
fn a_victim_under_attack_still_gets_in_from_a_known_device() {
    let (server, _) = scaled(1.0);
    let login = |client: &Client, password: &str| {
        client.post("/api/v1/auth/login", &json!({"email": EMAIL, "password": password}))
    };
    let first = login(&server.nobody(), PASSWORD).expect(200);
    let cookies: Vec<&str> = first.headers.get_all("set-cookie").iter().filter_map(|v| v.to_str().ok()).collect();
    let mark = cookies.iter().find(|c| c.starts_with("larder-device=")).expect("a mark");
    assert!(mark.contains("HttpOnly") && mark.contains("SameSite=Lax"), "{mark}");
    let mark = mark.split(';').next().expect("a pair");

    let nobody = server.nobody();
    assert_eq!(statuses(8, |_| login(&nobody, "a wrong one here")), [(401, 5), (429, 3)].into());
    let refused = login(&nobody, PASSWORD).expect(429);
    assert_eq!(refused.json()["penalty_level"], 1);
    assert_eq!(told(&refused), ("\"sign-in\"".to_owned(), 5, 0));
    login(&nobody.with("cookie", mark), PASSWORD).expect(200);
}

#[test]
fn a_flood_of_sign_ins_is_turned_away_while_readers_are_answered() {
    let (server, owner) = scaled(100.0);
    let start = Barrier::new(41);
    std::thread::scope(|scope| {
        let flood: Vec<_> = (0..40)
            .map(|n| {
                let (nobody, start) = (server.nobody(), &start);
                scope.spawn(move || {
                    start.wait();
                    let body = json!({"email": format!("{n}@elsewhere.example"), "password": "a wrong one here"});
                    nobody.post("/api/v1/auth/login", &body)
                })
            })
            .collect();
        start.wait();
        assert_eq!(statuses(20, |_| owner.get("/api/v1/companies")), [(200, 20)].into());
        let replies: Vec<Reply> = flood.into_iter().map(|one| one.join().expect("an answer")).collect();
        let busy = replies.iter().filter(|reply| reply.status == 503);
        assert!(busy.clone().all(|reply| reply.code() == "sign_in_busy"));
        // One is at work and twelve may wait; while they do, a few of the others may find a place.
        assert!(busy.count() >= 10);
        assert!(replies.iter().all(|reply| reply.status == 503 || reply.status == 401));
    });
}

#[test]
fn limits_can_be_switched_off() {
    let server = Server::with(|config| {
        config.limit_scale = 0.01;
        config.limit_enabled = false;
    });
    let owner = server.make_owner();
    assert_eq!(statuses(30, |_| owner.get("/api/v1/companies")), [(200, 30)].into());
    assert_eq!(owner.get("/api/v1/companies").header("ratelimit"), "");
}
