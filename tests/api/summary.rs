//! Counts and sums by group, and references that are shown under their own name.

use larder::kernel::encode;
use serde_json::{Value, json};

use crate::server::{Client, Server};

fn groups(client: &Client, path: &str) -> Value {
    let told = client.get(path).expect(200).json();
    let groups = told["groups"].as_array().expect("groups").iter();
    groups.map(|g| json!([g["value"], g["label"], g["count"], g["sum"]])).collect()
}

#[test]
fn a_board_is_told_what_its_columns_hold_and_add_up_to() {
    let (_server, owner) = Server::set_up();
    assert_eq!(owner.get("/api/v1/deals/summary?sum=value").expect(200).json(), json!({"count": 0, "sum": {}}));
    for (stage, value, currency) in
        [("won", 100, "EUR"), ("lead", 20, "USD"), ("lead", 5, "USD"), ("lead", 7, "EUR"), ("proposal", 0, "USD")]
    {
        owner.create("deals", &json!({"stage": stage, "value": value, "currency": currency}));
    }
    owner.create("deals", &json!({"stage": "lead"}));
    // In the order of the stages, and no two currencies in one figure.
    let due = json!([
        ["lead", "Lead", 4, {"EUR": 7, "USD": 25}],
        ["proposal", "Proposal", 1, {"USD": 0}],
        ["won", "Won", 1, {"EUR": 100}],
    ]);
    assert_eq!(groups(&owner, "/api/v1/deals/summary?group=stage&sum=value"), due);
    let all = owner.get("/api/v1/deals/summary?sum=value&stage[ne]=won&sort=name&limit=1").expect(200).json();
    assert_eq!(all, json!({"count": 5, "sum": {"EUR": 7, "USD": 25}}));
    assert_eq!(owner.get("/api/v1/deals/summary?sum=probability&stage=won").json(), json!({"count": 1, "sum": 100}));
    for (query, code) in [
        ("group=nothing", "unknown_field"),
        ("group=value", "type"),
        ("group=stage:month", "unknown_period"),
        ("sum=name", "type"),
    ] {
        let refused = owner.get(&format!("/api/v1/deals/summary?{query}")).expect(422).json();
        assert_eq!(refused["errors"][0]["code"], code, "{query}");
    }
}

#[test]
fn days_and_moments_are_grouped_by_the_tenants_own_calendar() {
    let (_server, owner) = Server::set_up();
    let me = owner.get("/api/v1/auth/me").json();
    let tenant = format!("/api/v1/tenants/{}", me["tenant"]["id"].as_str().expect("an id"));
    owner.with("if-match", "*").patch(&tenant, &json!({"zone": "Europe/Berlin"})).expect(200);
    for day in ["2026-03-30", "2026-04-05", "2026-04-06", "2027-01-01"] {
        owner.create("deals", &json!({"expected_on": day}));
    }
    owner.create("deals", &json!({}));
    let by = |period: &str| groups(&owner, &format!("/api/v1/deals/summary?group=expected_on:{period}"));
    assert_eq!(
        by("week"),
        json!([
            [null, null, 1, null],
            ["2026-03-30", "2026-03-30", 2, null],
            ["2026-04-06", "2026-04-06", 1, null],
            ["2026-12-28", "2026-12-28", 1, null]
        ])
    );
    assert_eq!(by("quarter")[2][0], "2026-Q2");
    assert_eq!(by("year")[2][0], "2027");
    // Half past eleven at night in London is the next day, month and year in Berlin; in summer the
    // clocks are two hours ahead.
    for due in ["2026-12-31T22:30:00Z", "2026-12-31T23:30:00Z", "2026-06-30T22:30:00Z"] {
        owner.create("tasks", &json!({"title": "Call back", "due_at": due}));
    }
    let months = groups(&owner, "/api/v1/tasks/summary?group=due_at:month");
    assert_eq!(
        months,
        json!([["2026-07", "2026-07", 1, null], ["2026-12", "2026-12", 1, null], ["2027-01", "2027-01", 1, null]])
    );
}

#[test]
fn groups_of_references_carry_their_names_and_own_fields_count_too() {
    let (_server, owner) = Server::set_up();
    let own = json!({"kind": "companies", "name": "level", "label": "Level", "type": "int"});
    owner.create("custom-fields", &own);
    let (acme, _) = owner.create("companies", &json!({"name": "Acme", "custom": {"level": 3}}));
    owner.create("companies", &json!({"name": "Zenith", "custom": {"level": 4}}));
    for _ in 0..2 {
        owner.create("sites", &json!({"name": "Tower", "company_id": acme}));
    }
    let due = json!([[acme, "Acme", 2, null]]);
    assert_eq!(groups(&owner, "/api/v1/sites/summary?group=company_id"), due);
    assert_eq!(groups(&owner, "/api/v1/companies/summary?group=custom.level")[1], json!([4, "4", 1, null]));
    assert_eq!(owner.get("/api/v1/companies/summary?sum=custom.level").json(), json!({"count": 2, "sum": 7}));
    assert_eq!(groups(&owner, "/api/v1/companies/summary?group=active"), json!([[true, "true", 2, null]]));
}

#[test]
fn a_reference_shown_under_its_own_name_stands_once() {
    let (_server, owner) = Server::set_up();
    let me = owner.get("/api/v1/auth/me").json();
    let (order, _) = owner.create("work-orders", &json!({"title": "Fix it", "assigned_to": me["user"]["id"]}));
    for query in [
        "include=assigned_to",
        "fields=assigned_to.name",
        "fields=assigned_to,assigned_to.name",
        "fields=assigned_to.name,assigned_to",
        "fields=id,assigned_to&include=assigned_to,assigned_to",
    ] {
        for path in [format!("work-orders?{query}"), format!("work-orders/{order}?{query}")] {
            let reply = owner.get(&format!("/api/v1/{path}")).expect(200);
            assert_eq!(reply.text().matches("\"assigned_to\":").count(), 1, "{path}: {}", reply.text());
            let told = reply.json();
            let record = told.get("data").map_or(&told, |rows| &rows[0]);
            assert_eq!(record["assigned_to"]["name"], "Graham Pell", "{path}");
        }
    }
    let twice = owner.get(&format!("/api/v1/work-orders/{order}?fields=site.name&include=site")).expect(200);
    assert_eq!(twice.text(), "{\"site\":null}");
}

/// What the indexes of open work are for changes nothing about who is found.
#[test]
fn a_filter_by_state_finds_the_same_whether_or_not_an_index_helps() {
    let (_server, owner) = Server::set_up();
    for status in ["pending", "in_progress", "done", "done"] {
        owner.create("tasks", &json!({"title": status, "status": status}));
    }
    let either =
        |other: Value| format!("filter={}", encode(&json!({"or": [{"status": "pending"}, other]}).to_string()));
    for (filter, expected) in [
        ("status=pending", 1),
        ("status[in]=pending,in_progress", 2),
        ("status[in]=pending,done", 3),
        ("status[in]=done", 2),
        ("status[ne]=done", 2),
        ("status[ne]=pending", 3),
        (&either(json!({"status": "done"})), 3),
        (&either(json!({"title": "done"})), 3),
    ] {
        let path = format!("/api/v1/tasks/summary?{filter}");
        assert_eq!(owner.get(&path).expect(200).json()["count"], expected, "{filter}");
    }
}
