//! Kept figures: right at every moment, for whoever may see what they are about (R16 to R19, C02).

use larder::auth::{Login, NewPerson, add_person};
use larder::db::{Change, Value as Sql};
use larder::kernel::{Id, Moment};
use serde_json::{Value, json};

use crate::server::{Client, PASSWORD, Server};

/// Lets somebody in, and gives their id too.
fn let_in(server: &Server, owner: &Client, role: &str, company: Option<&str>) -> (Client, String) {
    let hash = larder::auth::Passwords::new().expect("hashes").hash(PASSWORD.to_owned()).wait().expect("a hash");
    let tenant = owner.get("/api/v1/auth/me").json()["tenant"]["id"].as_str().expect("an id").parse().expect("an id");
    let email = format!("{role}@northgate.example");
    let login = Login::New { identity: Id::new(), password: hash, operator: false };
    let company = company.map(|id| id.parse().expect("an id"));
    let id = Id::new();
    let person = NewPerson { id, tenant, name: role, email: &email, role, company, contractor: None, login };
    let change = add_person(&person, Moment::now()).expect("a person");
    server.app.db.write(change).wait().expect("added");
    (server.sign_in(&email, PASSWORD), id.to_string())
}

/// Two customers with a site each: machines, orders and deals at the first one.
fn customers(owner: &Client, assigned_to: &str) -> [String; 2] {
    let made = ["Acme", "Zenith"].map(|name| owner.create("companies", &json!({"name": name})).0);
    let sites = made.each_ref().map(|id| owner.create("sites", &json!({"name": "Tower", "company_id": id})).0);
    for status in ["active", "active", "in_work"] {
        owner.create("equipment", &json!({"name": "Lift", "status": status, "site_id": sites[0]}));
    }
    owner.create(
        "work-orders",
        &json!({"title": "Stuck", "site_id": sites[0], "priority": "emergency", "assigned_to": assigned_to}),
    );
    owner.create("work-orders", &json!({"title": "Squeaks", "site_id": sites[0]}));
    owner.create("work-orders", &json!({"title": "Elsewhere", "site_id": sites[1]}));
    owner.create("deals", &json!({"company_id": made[0], "stage": "lead", "value": 700, "currency": "EUR"}));
    owner.create("deals", &json!({"company_id": made[0], "stage": "proposal", "value": 500, "currency": "USD"}));
    owner.create("deals", &json!({"company_id": made[0], "stage": "won", "value": 9000, "currency": "EUR"}));
    made
}

fn company(client: &Client, id: &str) -> Value {
    client.get(&format!("/api/v1/statistics/company/{id}")).expect(200).json()
}

/// R16
#[test]
fn a_companys_figures_follow_every_change() {
    let (server, owner) = Server::set_up();
    let (_, technician) = let_in(&server, &owner, "technician", None);
    let [acme, zenith] = customers(&owner, &technician);
    let due = json!({
        "sites": {"count": 1},
        "equipment": {"count": 3},
        "open_work_orders": {"count": 2},
        "open_deals": {"count": 2, "sum": {"EUR": 700, "USD": 500}},
    });
    assert_eq!(company(&owner, &acme), due);
    let orders = owner.get("/api/v1/work-orders?title=Stuck").json();
    let order = format!("/api/v1/work-orders/{}", orders["data"][0]["id"].as_str().expect("an id"));
    let any = owner.with("if-match", "*");
    any.patch(&order, &json!({"status": "cancelled"})).expect(200);
    assert_eq!(company(&owner, &acme)["open_work_orders"], json!({"count": 1}));
    let site = owner.get("/api/v1/sites?company.name=Acme").json()["data"][0]["id"].as_str().expect("an id").to_owned();
    any.patch(&format!("/api/v1/sites/{site}"), &json!({"company_id": zenith})).expect(200);
    assert_eq!(company(&owner, &acme)["equipment"], json!({"count": 0}));
    assert_eq!(company(&owner, &zenith)["equipment"], json!({"count": 3}));
    assert_eq!(company(&owner, &zenith)["sites"], json!({"count": 2}));
    owner.get("/api/v1/statistics/company/01a1fc05-08d1-7448-99b0-07aac7ae6094").expect(404);
}

/// The stages that are open are the tenant's own: what counts as open changes with them.
#[test]
fn a_stage_that_no_longer_counts_as_open_takes_its_deals_along() {
    let (server, owner) = Server::set_up();
    let (_, technician) = let_in(&server, &owner, "technician", None);
    let [acme, _] = customers(&owner, &technician);
    let stages = owner.get("/api/v1/status-options?list=deal-stage&name=proposal").expect(200).json();
    let stage = format!("/api/v1/status-options/{}", stages["data"][0]["id"].as_str().expect("an id"));
    owner.with("if-match", "*").patch(&stage, &json!({"counts_as": "lost"})).expect(200);
    assert_eq!(company(&owner, &acme)["open_deals"], json!({"count": 1, "sum": {"EUR": 700}}));
}

/// R17, R18: and nobody is told of what they may not see.
#[test]
fn everybody_sees_the_figures_of_what_they_may_see() {
    let (server, owner) = Server::set_up();
    let (technician, id) = let_in(&server, &owner, "technician", None);
    let [acme, zenith] = customers(&owner, &id);
    owner.create("tasks", &json!({"title": "Call back", "assignee_id": id}));
    let (client, _) = let_in(&server, &owner, "client", Some(&acme));
    let staff = |client: &Client| client.get("/api/v1/statistics/staff").expect(200).json()["people"].clone();
    let due = json!([{"id": id, "name": "technician", "open_work_orders": 1, "pending_tasks": 1}]);
    assert_eq!((staff(&owner), staff(&technician)), (due.clone(), due));
    assert_eq!(staff(&client), json!([]));

    let system = |client: &Client| client.get("/api/v1/statistics/system").expect(200).json();
    let all = system(&owner);
    assert_eq!(all["records"]["work-orders"], json!({"count": 3}));
    assert_eq!(all["records"]["equipment"], json!({"count": 3}));
    assert_eq!(all["open_work_orders_by_priority"]["groups"][1]["value"], "emergency", "{all}");
    assert_eq!(all["deals_by_stage"]["sum"], json!({"EUR": 9700, "USD": 500}));
    let own = system(&technician);
    assert_eq!((&own["records"]["work-orders"], &own["records"]["deals"]), (&json!({"count": 1}), &Value::Null));
    assert_eq!(own.get("deals_by_stage"), None);
    let theirs = system(&client);
    assert_eq!(theirs["records"]["work-orders"], json!({"count": 2}));
    assert_eq!(theirs["equipment_by_status"]["count"], 3);
    assert_eq!(company(&client, &acme).get("open_deals"), None, "a client sees no deals");
    client.get(&format!("/api/v1/statistics/company/{zenith}")).expect(404);

    let neighbour = server.make_neighbour();
    assert_eq!(system(&neighbour)["records"]["companies"], json!({"count": 0}));
    assert_eq!(staff(&neighbour), json!([]));
    neighbour.get(&format!("/api/v1/statistics/company/{acme}")).expect(404);
}

/// R19
#[test]
fn a_refresh_by_hand_repairs_and_reports_what_is_wrong() {
    let (server, owner) = Server::set_up();
    let (technician, id) = let_in(&server, &owner, "technician", None);
    let [acme, _] = customers(&owner, &id);
    let refresh = || owner.post("/api/v1/admin/statistics/refresh", &json!({})).expect(200).json();
    assert_eq!(refresh()["repaired"], 0);
    let mut change = Change::new();
    change.push("UPDATE statistics_of_sites_by_company SET n=n+?", vec![Sql::Int(5)]).touch(1, "statistics");
    server.app.db.write(change).wait().expect("spoilt");
    assert_eq!(company(&owner, &acme)["sites"], json!({"count": 6}), "told as it is kept");
    assert_eq!(refresh()["repaired"], 2);
    assert_eq!(company(&owner, &acme)["sites"], json!({"count": 1}));
    technician.post("/api/v1/admin/statistics/refresh", &json!({})).expect(403);
    let metrics = server.nobody().with("authorization", &format!("Bearer {}", server.app.run_token()));
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while !metrics.get("/metrics").expect(200).text().contains("larder_statistics_repaired_total 2") {
        assert!(std::time::Instant::now() < deadline, "the repair is not told to whoever watches");
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
}
