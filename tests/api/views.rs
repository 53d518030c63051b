//! X02: saved views belong to their maker, and to others as far as they are shared.

use larder::auth::{Login, NewPerson, add_person};
use larder::kernel::{Id, Moment};
use serde_json::{Value, json};

use crate::server::{Client, PASSWORD, Server};

fn let_in(server: &Server, owner: &Client, role: &str) -> Client {
    let hash = larder::auth::Passwords::new().expect("hashes").hash(PASSWORD.to_owned()).wait().expect("a hash");
    let me = owner.get("/api/v1/auth/me").json();
    let tenant = me["tenant"]["id"].as_str().expect("an id").parse().expect("an id");
    let email = format!("{role}@northgate.example");
    let login = Login::New { identity: Id::new(), password: hash, operator: false };
    let person =
        NewPerson { id: Id::new(), tenant, name: role, email: &email, role, company: None, contractor: None, login };
    let change = add_person(&person, Moment::now()).expect("a person");
    server.app.db.write(change).wait().expect("added");
    server.sign_in(&email, PASSWORD)
}

fn names(client: &Client) -> Vec<Value> {
    let told = client.get("/api/v1/views?sort=name").expect(200).json();
    told["data"].as_array().expect("rows").iter().map(|row| row["name"].clone()).collect()
}

#[test]
fn a_view_is_its_makers_and_shared_with_who_may_see_its_kind() {
    let (server, owner) = Server::set_up();
    let (staff, technician) = (let_in(&server, &owner, "staff"), let_in(&server, &owner, "technician"));
    let view = |client: &Client, name: &str, kind: &str, shared: bool| {
        let body = json!({"name": name, "kind": kind, "shared": shared, "query": "sort=name", "display": {"columns": ["name"]}});
        client.create("views", &body).0
    };
    view(&staff, "mine alone", "deals", false);
    let deals = view(&staff, "our deals", "deals", true);
    let orders = view(&staff, "our orders", "work-orders", true);
    assert_eq!(names(&staff), ["mine alone", "our deals", "our orders"]);
    assert_eq!(names(&owner), ["our deals", "our orders"]);
    assert_eq!(names(&technician), ["our orders"], "a technician sees no deals");
    let any = technician.with("if-match", "*");
    any.patch(&format!("/api/v1/views/{orders}"), &json!({"name": "theirs"})).expect(403);
    any.delete(&format!("/api/v1/views/{deals}")).expect(404);
    // Somebody must be able to tidy up after those who left.
    owner.with("if-match", "*").delete(&format!("/api/v1/views/{deals}")).expect(204);
    let wrong = staff.post("/api/v1/views", &json!({"name": "x", "kind": "moons"})).expect(422).json();
    assert_eq!(wrong["errors"][0]["pointer"], "/kind");
}

#[test]
fn what_a_person_keeps_for_themselves_is_told_to_nobody_with_the_same_rights() {
    let (server, owner) = Server::set_up();
    let (one, other) = (let_in(&server, &owner, "staff"), let_in(&server, &owner, "manager"));
    let (third, _) = (let_in(&server, &owner, "owner"), ());
    for client in [&one, &owner] {
        client.create("views", &json!({"name": "Umbra, quietly", "kind": "deals", "query": "sort=name"}));
        let (view, _) = client.create("views", &json!({"name": "Umbra, aloud", "kind": "deals", "shared": true}));
        let about = json!({"title": "Umbra's task", "about_kind": "views", "about_id": view});
        client.post("/api/v1/tasks", &about).expect(422);
    }
    // Whoever made them asks first, and what is kept of the answer is shown to colleagues.
    for path in ["/api/v1/activity", "/api/v1/statistics/system", "/api/v1/pages/dashboard"] {
        let told: Vec<String> = [&owner, &third, &one, &other].map(|client| client.get(path).expect(200).text()).into();
        assert!(told.iter().all(|told| !told.contains("Umbra") && !told.contains("\"views\":{\"count")), "{path}");
    }
}
