//! One page, one load (P10, P11, P34): parts are what their own routes answer.

use serde_json::{Value, json};

use crate::server::{Client, Server};

fn parts(client: &Client, page: &str) -> Value {
    client.get(&format!("/api/v1/pages/{page}")).expect(200).json()["parts"].clone()
}

fn names(parts: &Value) -> Vec<&String> {
    parts.as_object().expect("parts").keys().collect()
}

/// Without the quotes around it.
fn etag(client: &Client, path: &str) -> String {
    client.get(path).expect(200).header("etag").trim_matches('"').to_owned()
}

#[test]
fn a_list_page_comes_in_one_answer_and_what_is_known_is_not_sent_again() {
    let (_server, owner) = Server::set_up();
    for name in ["Acme", "Zenith"] {
        owner.create("companies", &json!({"name": name}));
    }
    let query = "sort=-name&limit=1&fields=name";
    let page = "list?kind=companies&list=sort%3D-name%26limit%3D1%26fields%3Dname";
    let told = parts(&owner, page);
    assert_eq!(names(&told), ["session", "schema", "views", "list"]);
    assert_eq!(told["session"]["data"]["user"]["name"], "Graham Pell");
    for (part, path) in [("list", format!("companies?{query}")), ("schema", "schema".to_owned())] {
        let path = format!("/api/v1/{path}");
        assert_eq!(told[part]["data"], owner.get(&path).json());
        assert_eq!(told[part]["etag"], etag(&owner, &path));
    }
    let known = format!("schema:{},list:0000000000000000", told["schema"]["etag"].as_str().expect("a tag"));
    let again = parts(&owner, &format!("{page}&parts=list,schema,suppliers&known={known}"));
    assert_eq!(names(&again), ["list", "schema", "suppliers"]);
    assert_eq!(again["schema"], json!({"etag": told["schema"]["etag"], "same": true}));
    assert_eq!(again["list"]["data"]["data"], json!([{"name": "Zenith"}]));
    let wrong = parts(&owner, "list?kind=companies&parts=list&list=nothing%3D1");
    assert_eq!((&wrong["list"]["status"], &wrong["list"]["problem"]["code"]), (&json!(422), &json!("invalid")));
}

#[test]
fn a_record_page_shows_what_refers_to_it() {
    let (_server, owner) = Server::set_up();
    let (company, _) = owner.create("companies", &json!({"name": "Acme"}));
    let (site, _) = owner.create("sites", &json!({"name": "Tower", "company_id": company}));
    owner.create("equipment", &json!({"name": "Lift 1", "site_id": site}));
    owner.create("notes", &json!({"body": "Key at the desk", "about_kind": "sites", "about_id": site}));
    let told = parts(&owner, &format!("record?kind=sites&id={site}"));
    assert_eq!(told["record"]["data"]["company"]["name"], "Acme");
    assert_eq!(told["record"]["etag"], etag(&owner, &format!("/api/v1/sites/{site}?include=company")));
    assert_eq!(told["related"]["data"]["equipment.site_id"]["data"][0]["name"], "Lift 1");
    assert_eq!(told["related"]["data"]["equipment.site_id"]["page"]["total"], 1);
    assert_eq!(told["notes"]["data"]["data"][0]["body"], "Key at the desk");
    assert_eq!(told["history"]["data"]["data"][0]["action"], "create");
    let schema = owner.get("/api/v1/schema").json();
    let sites = schema["kinds"].as_array().expect("kinds").iter().find(|k| k["name"] == "sites").expect("sites");
    let mut described: Vec<String> = sites["related"]
        .as_array()
        .expect("related")
        .iter()
        .map(|r| format!("{}.{}", r["kind"].as_str().expect("a kind"), r["field"].as_str().expect("a field")))
        .collect();
    let mut sent: Vec<String> = names(&told["related"]["data"]).into_iter().cloned().collect();
    described.sort();
    sent.sort();
    assert_eq!(described, sent);
}

#[test]
fn a_board_has_its_columns_and_their_totals() {
    let (_server, owner) = Server::set_up();
    owner.create("deals", &json!({"name": "Big", "stage": "lead", "value": 500, "currency": "EUR"}));
    owner.create("deals", &json!({"name": "Old", "stage": "won", "value": 100, "currency": "EUR"}));
    let told = parts(&owner, "board?kind=deals&parts=columns,summary&sum=value&list=value%5Bgte%5D%3D200");
    let columns = told["columns"]["data"]["columns"].as_array().expect("columns");
    assert_eq!(columns.len(), 6);
    assert_eq!(columns[0]["list"]["data"][0]["name"], "Big");
    assert_eq!(columns[4]["list"]["data"], json!([]));
    assert_eq!(told["summary"]["data"]["groups"].as_array().map(Vec::len), Some(1));
    assert_eq!(told["summary"]["data"]["sum"], json!({"EUR": 500}));
    assert_eq!(parts(&owner, "board?kind=companies&parts=columns")["columns"]["status"], 422);
}

#[test]
fn work_is_found_on_its_day() {
    let (_server, owner) = Server::set_up();
    let order = |title: &str, at: Value, due: Value| {
        owner.create("work-orders", &json!({"title": title, "scheduled_at": at, "due_at": due}));
    };
    order("Morning", json!("2026-11-21T09:00:00Z"), Value::Null);
    order("Due only", Value::Null, json!("2026-11-21T17:00:00Z"));
    order("Moved", json!("2026-11-22T09:00:00Z"), json!("2026-11-21T17:00:00Z"));
    let titles = |list: &Value| -> Vec<Value> {
        list["data"]["data"].as_array().expect("rows").iter().map(|row| row["title"].clone()).collect()
    };
    let told = parts(&owner, "dispatch?day=2026-11-21");
    assert_eq!(titles(&told["work_orders"]), ["Due only", "Morning"]);
    assert_eq!(titles(&told["unassigned"]).len(), 3);
    let told = parts(&owner, "calendar?from=2026-11-21&to=2026-11-23");
    assert_eq!(titles(&told["work_orders"]), ["Due only", "Morning", "Moved"]);
    assert_eq!(parts(&owner, "today")["stops"]["data"]["data"], json!([]));
}

#[test]
fn the_dashboard_counts_what_lists_show() {
    let (_server, owner) = Server::set_up();
    let company = owner.create("companies", &json!({"name": "Harbour"})).0;
    let site = owner.create("sites", &json!({"name": "Dock 4", "company_id": company})).0;
    for (title, priority, due) in [("A", "high", "2020-01-01T00:00:00Z"), ("B", "low", "2099-01-01T00:00:00Z")] {
        owner.create("work-orders", &json!({"title": title, "priority": priority, "due_at": due, "site_id": site}));
    }
    owner.create("deals", &json!({"stage": "lead", "value": 500, "currency": "EUR"}));
    owner.create("deals", &json!({"stage": "won", "value": 100, "currency": "EUR"}));
    let told = owner.get("/api/v1/dashboard").expect(200).json();
    assert_eq!(told["layout"], "office");
    let tiles = &told["tiles"];
    assert_eq!(tiles["overdue"]["list"]["page"]["total"], 1);
    let late = &tiles["overdue"]["list"]["data"][0];
    assert_eq!((&late["title"], &late["site"]["name"]), (&json!("A"), &json!("Dock 4")), "{late}");
    assert_eq!(tiles["open_by_priority"]["summary"]["groups"][0]["value"], "low");
    assert_eq!(tiles["deals_by_stage"]["summary"]["sum"], json!({"EUR": 500}));
    assert_eq!(tiles["won_by_month"]["summary"]["groups"][0]["sum"], json!({"EUR": 100}));
    assert_eq!(tiles["latest"]["activity"]["data"][0]["kind"], "deals");
    assert_eq!(tiles["latest"]["activity"]["data"][2]["title"], "B");
    let query = tiles["overdue"]["query"].as_str().expect("a query");
    let rows = owner.get(&format!("/api/v1/work-orders?{query}")).expect(200).json();
    assert_eq!(rows["data"].as_array().map(Vec::len), Some(1));
    assert_eq!(parts(&owner, "dashboard")["dashboard"]["data"]["tiles"]["overdue"], tiles["overdue"]);
}

#[test]
fn a_page_says_what_it_needs() {
    let (_server, owner) = Server::set_up();
    for (page, code) in [
        ("list", "required"),
        ("list?kind=companies&parts=moon", "unknown_value"),
        ("today?kind=companies", "unknown_parameter"),
        ("dispatch?day=monday", "format"),
    ] {
        let refused = owner.get(&format!("/api/v1/pages/{page}")).expect(422).json();
        assert_eq!(refused["errors"][0]["code"], code, "{page}");
    }
    owner.get("/api/v1/pages/moon").expect(404);
    owner.get("/api/v1/pages/list?kind=moons").expect(404);
}
