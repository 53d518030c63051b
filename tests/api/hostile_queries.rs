//! Addresses that mean harm: cursors, filters, sorts, searches. Whatever is asked, the answer is a
//! list or a problem that says what to change.

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use crate::server::{Client, Server};

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |out, byte| out + &format!("%{byte:02X}"))
}

fn names(owner: &Client, query: &str) -> Vec<String> {
    let list = owner.get(&format!("/api/v1/companies?sort=name&fields=name&{query}")).expect(200).json();
    let rows = list["data"].as_array().expect("rows");
    rows.iter().map(|row| row["name"].as_str().expect("a name").to_owned()).collect()
}

fn three_companies(owner: &Client) {
    for name in ["100 Lifts", "100% Lifts", "Robert'); DROP TABLE companies;--"] {
        owner.create("companies", &json!({ "name": name }));
    }
}

/// Waits for the search to catch up, which follows a commit by at most a second.
fn searched(owner: &Client) {
    let begun = std::time::Instant::now();
    while names(owner, "q=lifts").len() < 2 {
        assert!(begun.elapsed().as_secs() < 10, "the search did not follow");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

#[test]
fn sql_in_a_request_is_text_or_an_unknown_field() {
    let (_server, owner) = Server::set_up();
    three_companies(&owner);
    let attacks = [
        "'",
        "\"",
        "' OR '1'='1",
        "name; DROP TABLE companies",
        "name) OR 1=1 --",
        "a.tenant_id",
        "seq",
        "1,(SELECT 1)",
        "/*",
    ];
    for attack in attacks {
        let attack = encoded(attack);
        for place in ["sort", "fields", "include", "filter"] {
            let reply = owner.get(&format!("/api/v1/companies?{place}={attack}")).expect(422);
            assert_eq!(reply.json()["errors"][0]["pointer"], format!("?{place}"), "{attack}");
        }
        owner.get(&format!("/api/v1/companies?{attack}=1")).expect(422);
        owner.get(&format!("/api/v1/companies?name%5B{attack}%5D=1")).expect(422);
        assert_eq!(names(&owner, &format!("name={attack}")), [""; 0]);
        assert_eq!(names(&owner, &format!("name%5Bin%5D={attack}")), [""; 0]);
        let key = encoded(&json!({"name' OR '1'='1": "x"}).to_string());
        owner.get(&format!("/api/v1/companies?filter={key}")).expect(422);
    }
    assert_eq!(names(&owner, "").len(), 3);
}

#[test]
fn wildcards_are_plain_characters() {
    let (_server, owner) = Server::set_up();
    three_companies(&owner);
    assert_eq!(names(&owner, "name%5Bcontains%5D=%25"), ["100% Lifts"]);
    assert_eq!(names(&owner, "name%5Bcontains%5D=_"), [""; 0]);
    assert_eq!(names(&owner, "name%5Bcontains%5D=%5C"), [""; 0]);
    assert_eq!(names(&owner, "name%5Bcontains%5D=0%25"), ["100% Lifts"]);
}

#[test]
fn every_field_of_every_kind_takes_any_value_under_any_operator() {
    let (_server, owner) = Server::set_up();
    let longest = "%F0%9F%8F%97".repeat(200);
    let values = ["", "null", "today+36600", "9999-12-31T23:59:59Z", "1e999", "-0", "%25%5F%5C%27", &longest];
    let operators = ["", "[ne]", "[lt]", "[gte]", "[in]", "[contains]", "[null]"];
    let schema = owner.get("/api/v1/schema").expect(200).json();
    for kind in schema["kinds"].as_array().expect("kinds") {
        let path = format!("/api/v1/{}?limit=1", kind["name"].as_str().expect("a name"));
        let mut fields = vec!["id", "version", "created_at", "created_by", "external_id"];
        fields.extend(kind["fields"].as_array().expect("fields").iter().filter_map(|f| f["name"].as_str()));
        // All at once would be refused for the first of them: each stands alone, in one batch of many.
        let asked: Vec<String> = fields
            .iter()
            .flat_map(|f| operators.iter().map(move |o| (f, o)))
            .flat_map(|(f, o)| values.map(|v| format!("{path}&{f}{o}={v}")))
            .collect();
        for some in asked.chunks(20) {
            let requests: Vec<Value> = some.iter().map(|path| json!({"method": "GET", "path": path})).collect();
            let answers = owner.post("/api/v1/batch", &json!({ "requests": requests })).expect(200).json();
            for (path, answer) in some.iter().zip(answers["responses"].as_array().expect("responses")) {
                assert!([200, 422].contains(&answer["status"].as_u64().unwrap_or(0)), "{path}: {answer}");
            }
        }
    }
}

#[test]
fn the_syntax_of_the_search_engine_is_only_words() {
    let (_server, owner) = Server::set_up();
    three_companies(&owner);
    searched(&owner);
    for q in [
        "\"",
        "\"\"",
        "\"lifts",
        "lifts\"",
        "*",
        "lifts*",
        "li*",
        "NEAR(100 lifts)",
        "-lifts",
        "lifts -100",
        "NOT lifts",
        "lifts AND",
        "OR",
        "(",
        "((lifts)",
        "^lifts",
        "name : lifts",
        "{name tenant} : t1",
        "tenant : t2",
        "+",
        "' OR 1",
        "\\",
        "%",
        "_",
        "lifts\"*",
        "🦀",
        "\u{1}",
        "\u{202e}lifts",
        "½",
        "\u{f8ff}",
    ] {
        let reply = owner.get(&format!("/api/v1/companies?q={}", encoded(q))).expect(200);
        assert!(reply.json()["data"].is_array(), "{q}");
    }
    // A word of another tenant's marker is looked for in names, not in the column that parts tenants.
    assert_eq!(names(&owner, "q=t1"), [""; 0]);
    owner.get(&format!("/api/v1/companies?q={}", "x".repeat(201))).expect(422);
}

#[test]
fn a_cursor_belongs_to_its_list_its_query_and_its_tenant() {
    let (server, owner) = Server::set_up();
    let neighbour = server.make_neighbour();
    let mut cursors = Vec::new();
    for client in [&owner, &neighbour] {
        three_companies(client);
        let page = client.get("/api/v1/companies?limit=1").expect(200).json();
        cursors.push(page["page"]["next_cursor"].as_str().expect("a cursor").to_owned());
    }
    let own = &cursors[0];
    owner.get(&format!("/api/v1/companies?limit=1&cursor={own}")).expect(200);
    let giant = "A".repeat(30_000);
    let shortened = &own[..own.len() - 3];
    let lengthened = format!("{own}AAAA");
    for (list, cursor) in [
        ("companies?", cursors[1].as_str()),
        ("companies?sort=name&", own),
        ("companies?name=x&", own),
        ("companies?deleted=true&", own),
        ("contacts?", own),
        ("companies?", shortened),
        ("companies?", lengthened.as_str()),
        ("companies?", giant.as_str()),
        ("companies?", ""),
        ("companies?", "%F0%9F%A6%80"),
        ("companies?", "..%2F..%2F"),
        ("activity?", own),
        ("activity?", "%27"),
    ] {
        let reply = owner.get(&format!("/api/v1/{list}cursor={cursor}")).expect(400);
        assert_eq!(reply.code(), "cursor", "{list}{cursor}");
        assert!(reply.json()["detail"].as_str().is_some_and(|d| d.contains("first page")), "{}", reply.text());
    }
}

#[test]
fn a_cursor_of_long_names_is_one_that_the_server_takes_back() {
    let (_server, owner) = Server::set_up();
    let own = json!({"kind": "companies", "name": "motto", "label": "Motto", "type": "text", "filterable": true});
    owner.create("custom-fields", &own);
    for _ in 0..2 {
        let custom = json!({"motto": "🏗".repeat(1_000)});
        let website = format!("https://{}", "🏢".repeat(490));
        owner.create("companies", &json!({"name": "🛗".repeat(200), "website": website, "custom": custom}));
    }
    let path = "/api/v1/companies?sort=custom.motto,website,name&limit=1&fields=id";
    let first = owner.get(path).expect(200).json();
    let cursor = first["page"]["next_cursor"].as_str().expect("a cursor").to_owned();
    let second = owner.get(&format!("{path}&cursor={cursor}")).expect(200).json();
    assert_ne!(first["data"], second["data"]);
}

#[test]
fn pages_and_limits_beyond_all_measure_are_refused() {
    let (_server, owner) = Server::set_up();
    let long_part = format!("name%5Bcontains%5D={}", "x".repeat(201));
    for (query, place) in [
        ("page=18446744073709551615", "?page"),
        ("page=0", "?page"),
        ("page=-1", "?page"),
        ("page=401&limit=26", "?page"),
        ("page=99999999999999999999999", "?page"),
        ("limit=0", "?limit"),
        ("limit=201", "?limit"),
        ("limit=1e3", "?limit"),
        ("page=1&cursor=x", "?page"),
        ("count=yes", "?count"),
        ("sort=name,sector,phone,email", "?sort"),
        ("sort=", "?sort"),
        ("active%5Blt%5D=", "?active"),
        ("name%5Bnull%5D=maybe", "?name"),
        (long_part.as_str(), "?name"),
    ] {
        let body = owner.get(&format!("/api/v1/companies?{query}")).expect(422).json();
        assert_eq!(body["errors"][0]["pointer"], place, "{query}: {body}");
    }
    // A refused sort says what would do.
    for key in ["description", "nonsense", "seq", "custom.none"] {
        let body = owner.get(&format!("/api/v1/equipment?sort={key}")).expect(422).json();
        let message = body["errors"][0]["message"].as_str().unwrap_or_default().to_owned();
        assert!(key == "custom.none" || message.contains("Sort by one of: "), "{message}");
        assert!(!message.contains("one of: description"), "{message}");
    }
    let unknown = owner.get("/api/v1/notes?about_kind=compnay").expect(422).json();
    assert_eq!(unknown["errors"][0]["code"], "unknown_value", "{unknown}");
}

#[test]
fn what_is_asked_for_twice_is_shown_once() {
    let (_server, owner) = Server::set_up();
    let (site, _) = owner.create("sites", &json!({"name": "Quay"}));
    owner.create("work-orders", &json!({"title": "Doors", "site_id": site}));
    let list = |query: &str| owner.get(&format!("/api/v1/work-orders?{query}")).expect(200);
    // Each include is a join, and SQLite joins 64 tables at most.
    for query in [format!("include={}", vec!["site"; 90].join(",")), "fields=id,site.name&include=site".to_owned()] {
        let reply = list(&query);
        assert_eq!(reply.json()["data"][0]["site"]["name"], "Quay", "{query}");
        assert_eq!(reply.text().matches("\"site\":").count(), 1, "{query}: {}", reply.text());
    }
    let only = list("fields=site.name&include=site").json();
    assert_eq!(only["data"][0].as_object().map(|row| row.len()), Some(1), "{only}");
    assert_eq!(list(&format!("fields={}", vec!["id"; 100].join(","))).text().matches("\"id\":").count(), 1);
    owner.get(&format!("/api/v1/work-orders?fields={}", vec!["id"; 101].join(","))).expect(422);
}

#[test]
fn filters_without_measure_are_refused() {
    let (_server, owner) = Server::set_up();
    let filter = |value: &Value| owner.get(&format!("/api/v1/companies?filter={}", encoded(&value.to_string())));
    let mut deep = json!({"name": "x"});
    for _ in 0..6 {
        deep = json!({"or": [deep]});
    }
    assert_eq!(filter(&deep).expect(422).json()["errors"][0]["code"], "too_deep");
    let many: Vec<Value> = (0..21).map(|n| json!({"name": n.to_string()})).collect();
    assert_eq!(filter(&json!({"or": many})).expect(422).json()["errors"][0]["code"], "too_many");
    let values: Vec<Value> = (0..101).map(|n| json!(n.to_string())).collect();
    filter(&json!({"name": {"in": values}})).expect(422);
    filter(&json!({"name": {"in": []}})).expect(422);
    filter(&json!({"name": "a\u{0}b"})).expect(422);
    let nested = "[".repeat(10_000);
    owner.get(&format!("/api/v1/companies?filter={nested}")).expect(422);
    owner.get("/api/v1/sites?company.owner.company.owner.company.name=x").expect(422);
    let pairs: Vec<String> = (0..500).map(|n| format!("p{n}=1")).collect();
    owner.get(&format!("/api/v1/companies?{}", pairs.join("&"))).expect(400);
    assert_eq!(owner.get("/api/v1/companies?q=%ED%A0%80").expect(400).code(), "malformed");
}

#[test]
fn whatever_is_asked_the_server_has_an_answer() {
    let (_server, owner) = Server::set_up();
    three_companies(&owner);
    let mut runner =
        TestRunner::new(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() });
    let places = prop::sample::select(vec![
        "cursor", "q", "filter", "sort", "fields", "include", "limit", "page", "name", "custom.x", "owner_id",
    ]);
    let text = prop_oneof![".{0,60}", "\\PC{0,40}", "[-\"'*(){}:^a-z0-9 ,.\\[\\]]{0,40}"];
    let kinds = prop::sample::select(vec!["companies", "work-orders", "notes", "activity"]);
    runner
        .run(&(kinds, places, text), |(kind, place, text)| {
            let reply = owner.get(&format!("/api/v1/{kind}?{place}={}", encoded(&text)));
            prop_assert!(reply.status < 500, "{kind} {place} {text:?}: {}", reply.text());
            if reply.status >= 400 {
                prop_assert!(reply.json()["detail"].is_string());
            }
            Ok(())
        })
        .expect("an answer to everything");
}
