//! Reports in the client area: each over the client's own company, and over nothing else.

use serde_json::{Value, json};

use crate::server::{Client, Server};

const MINE: &str = "Ashdown Property Group";
const THEIRS: &str = "Kestrel Hotels";
const REPORTS: [&str; 3] = ["work-orders", "equipment-due", "compliance"];

struct Town {
    server: Server,
    owner: Client,
    client: Client,
    mine: String,
}

/// So many machines of a company: each due for inspection, the first with a certificate, and an order on each.
fn company(owner: &Client, name: &str, machines: usize) -> String {
    let (id, _) = owner.create("companies", &json!({"name": name}));
    let (site, _) = owner.create("sites", &json!({"name": format!("{name} House"), "company_id": id}));
    for n in 0..machines {
        let body = json!({"name": format!("{name} lift {n}"), "site_id": site, "inspection_due": "2020-01-01"});
        let (machine, _) = owner.create("equipment", &body);
        owner.create("work-orders", &json!({"title": "Look at it", "site_id": site, "equipment_id": machine}));
        if n == 0 {
            let paper = json!({"equipment_id": machine, "number": format!("C-{name}"), "issued_on": "2020-01-01",
                "valid_until": "2099-01-01", "result": "passed"});
            owner.create("certificates", &paper);
        }
    }
    id
}

impl Town {
    fn new() -> Self {
        let (server, owner) = Server::set_up();
        let mine = company(&owner, MINE, 2);
        company(&owner, THEIRS, 5);
        let client = server.hire(&owner, "client", "Olivia Trent", &json!({"company_id": mine}));
        Self { server, owner, client, mine }
    }
}

fn figure(report: &Value, label: &str) -> Value {
    let all = report["summary"].as_array().expect("figures");
    all.iter().find(|f| f["label"] == label).unwrap_or_else(|| panic!("no figure {label} in {all:?}"))["value"].clone()
}

// X12
#[test]
fn a_client_has_the_reports_of_what_they_may_read_with_their_own_figures() {
    let town = Town::new();
    let told = town.client.get("/api/v1/reports").expect(200).json();
    let names: Vec<_> = told["data"].as_array().expect("reports").iter().map(|r| r["name"].clone()).collect();
    assert_eq!(names, REPORTS);
    let of = |name: &str| town.client.get(&format!("/api/v1/reports/{name}")).expect(200).json();
    let (compliance, orders) = (of("compliance"), of("work-orders"));
    assert_eq!((figure(&compliance, "Equipment"), figure(&compliance, "No certificate")), (json!(2), json!(1)));
    assert_eq!(figure(&orders, "Work orders"), json!(2));
    assert_eq!(of("equipment-due")["table"]["rows"].as_array().map(Vec::len), Some(2));
    // It would tell the score of a site, which a client may not see.
    town.client.get("/api/v1/reports/site-health").expect(403);
}

#[test]
fn what_a_client_reads_is_what_the_office_reads_of_that_company_alone() {
    let town = Town::new();
    for name in REPORTS {
        let own = town.client.get(&format!("/api/v1/reports/{name}")).expect(200);
        assert!(!own.text().contains(THEIRS), "{name}: {}", own.text());
        let office = town.owner.get(&format!("/api/v1/reports/{name}?company={}", town.mine)).expect(200).json();
        assert_eq!(own.json()["summary"], office["summary"], "{name}");
        let rows = |report: &Value| report["table"]["rows"].as_array().map(Vec::len);
        assert_eq!(rows(&own.json()), rows(&office), "{name}");
        let all = town.owner.get(&format!("/api/v1/reports/{name}")).expect(200).json();
        assert_ne!(own.json()["summary"], all["summary"], "{name} of everybody says something else");
    }
}

#[test]
fn there_is_no_company_to_choose_for_whoever_has_one() {
    let town = Town::new();
    let told = town.client.get("/api/v1/reports").expect(200).json();
    for report in told["data"].as_array().expect("reports") {
        let has = |list: &str| report[list].as_array().expect("a list").iter().any(|one| one["name"] == "company");
        assert!(!has("parameters") && !has("columns"), "{report}");
        let path = format!("/api/v1/reports/{}?company={}", report["name"].as_str().expect("a name"), town.mine);
        assert_eq!(town.client.get(&path).expect(422).json()["errors"][0]["code"], "unknown_parameter");
    }
    // The office goes on choosing.
    let office = town.owner.get("/api/v1/reports").expect(200).text();
    assert!(office.contains("\"name\":\"company\""), "{office}");
    drop(town.server);
}
