//! Records over HTTP: what the engine's own tests cannot see.

use serde_json::json;

use crate::server::Server;

#[test]
fn a_list_says_how_to_go_on() {
    let (_server, owner) = Server::set_up();
    for n in 0..5 {
        owner.create("companies", &json!({"name": format!("Company {n}")}));
    }
    let first = owner.get("/api/v1/companies?limit=2&sort=name&fields=name").expect(200);
    assert_eq!(first.json()["data"], json!([{"name": "Company 0"}, {"name": "Company 1"}]));
    let link = first.header("link");
    let next = link.split('>').next().and_then(|l| l.strip_prefix('<')).expect("a link");
    assert!(next.starts_with("/api/v1/companies?limit=2&sort=name&fields=name&cursor="), "{link}");
    assert!(link.ends_with("rel=\"next\""), "{link}");
    assert_eq!(owner.get(next).expect(200).json()["data"], json!([{"name": "Company 2"}, {"name": "Company 3"}]));
    let foreign = next.replace("sort=name", "sort=-name");
    assert_eq!(owner.get(&foreign).expect(400).code(), "cursor");
}

#[test]
fn a_record_is_made_changed_deleted_and_brought_back() {
    let (_server, owner) = Server::set_up();
    let made = owner.post("/api/v1/companies", &json!({"name": "Acme"})).expect(201);
    let path = made.header("location").to_owned();
    let any = owner.with("if-match", "*");
    any.patch(&path, &json!({"phone": "+44 20 7946 0000"})).expect(200);
    assert_eq!(
        owner.get(&format!("{path}?fields=name,phone")).json(),
        json!({"name": "Acme", "phone": "+44 20 7946 0000"})
    );
    any.delete(&path).expect(204);
    owner.get(&path).expect(404);
    owner.post(&format!("{path}/restore"), &json!({})).expect(200);
    let history = owner.get(&format!("{path}/history")).expect(200).json();
    let actions: Vec<_> = history["data"].as_array().expect("entries").iter().map(|e| e["action"].clone()).collect();
    assert_eq!(actions, ["restore", "delete", "update", "create"]);
    assert_eq!(
        owner.get("/api/v1/activity?kind=companies").expect(200).json()["data"].as_array().map(Vec::len),
        Some(4)
    );
}

#[test]
fn many_records_are_changed_each_for_itself() {
    let (_server, owner) = Server::set_up();
    let records: Vec<_> = (0..120).map(|n| json!({"name": format!("C{n}")})).collect();
    let made =
        owner.post("/api/v1/companies/bulk", &json!({"action": "create", "records": records})).expect(200).json();
    let results = made["results"].as_array().expect("results");
    assert!(results.len() == 120 && results.iter().all(|r| r["status"] == 201), "{made}");
    let (good, bad) = (&results[0]["id"], "01a1fc05-08d1-7448-99b0-07aac7ae6094");
    let body = json!({"action": "update", "ids": [good, bad], "changes": {"sector": "lifts"}});
    let changed = owner.post("/api/v1/companies/bulk", &body).expect(200).json();
    assert_eq!(changed["results"][0]["version"], 2);
    assert_eq!(changed["results"][1]["status"], 404);
    assert_eq!(changed["results"][1]["problem"]["code"], "not_found");
    assert_eq!(owner.get("/api/v1/companies?sector=lifts&count=true").json()["page"]["total"], 1);
}

#[test]
fn one_record_takes_over_what_another_had() {
    let (_server, owner) = Server::set_up();
    let (keep, _) = owner.create("companies", &json!({"name": "Acme"}));
    let (gone, _) = owner.create("companies", &json!({"name": "ACME"}));
    let (site, _) = owner.create("sites", &json!({"name": "Tower", "company_id": gone}));
    let twins = owner.get(&format!("/api/v1/companies/{keep}/duplicates")).expect(200).json();
    assert_eq!(twins["data"][0]["id"], json!(gone));
    owner.post(&format!("/api/v1/companies/{keep}/merge"), &json!({"from": [gone]})).expect(200);
    owner.get(&format!("/api/v1/companies/{gone}")).expect(404);
    assert_eq!(owner.get(&format!("/api/v1/sites/{site}")).json()["company_id"], json!(keep));
}

#[test]
fn a_record_with_dependants_stays_and_says_which() {
    let (_server, owner) = Server::set_up();
    let (company, _) = owner.create("companies", &json!({"name": "Acme"}));
    owner.create("deals", &json!({"name": "Big", "company_id": company}));
    let reply = owner.with("if-match", "*").delete(&format!("/api/v1/companies/{company}")).expect(409);
    assert_eq!(reply.code(), "in_use");
}

#[test]
fn reference_data_answers_under_the_sources_own_names() {
    let (_server, owner) = Server::set_up();
    owner.create("categories", &json!({"name": "Doors"}));
    let options = owner.get("/api/v1/status_options").expect(200).json();
    assert!(options["data"].as_array().is_some_and(|list| list.iter().any(|o| o["name"] == "won")), "{options}");
    assert_eq!(owner.get("/api/v1/reference_data").expect(200).json()["categories"]["data"][0]["name"], "Doors");
    owner.get("/api/v1/suppliers").expect(200);
}

#[test]
fn a_list_is_exported_in_each_format_and_offered_to_save() {
    let (_server, owner) = Server::set_up();
    for n in 0..3 {
        owner.create("companies", &json!({"name": format!("Company {n}"), "sector": "=1+1"}));
    }
    let csv = owner.get("/api/v1/companies/export?sort=name&name[ne]=Company%202").expect(200);
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert!(csv.header("content-disposition").starts_with("attachment; filename=\"companies-"));
    assert!(csv.header("content-security-policy").contains("sandbox"));
    let text = csv.text();
    let lines: Vec<&str> = text.trim_end().split("\r\n").collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert!(lines[0].starts_with("id,external_id,name") && lines[1].contains("Company 0"), "{text}");
    assert!(lines[1].contains("'=1+1"), "a formula went out as one: {text}");
    let lines = owner.get("/api/v1/companies/export?format=jsonl&sort=name").expect(200).text();
    let first: serde_json::Value = serde_json::from_str(lines.lines().next().expect("a line")).expect("JSON");
    assert_eq!((lines.lines().count(), &first["name"]), (3, &json!("Company 0")));
    let book = owner.get("/api/v1/companies/export?format=xlsx").expect(200);
    assert!(book.body.starts_with(b"PK"));
    assert_eq!(book.header("content-length"), book.body.len().to_string());
    owner.get("/api/v1/companies/export?format=pdf").expect(422);
}
