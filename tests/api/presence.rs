//! Who else looks at a record.

use serde_json::json;

use crate::server::Server;

// R25
#[test]
fn people_on_one_record_hear_of_each_other() {
    let (server, owner) = Server::set_up();
    let sarah = server.hire(&owner, "staff", "Sarah Miller", &json!({}));
    let (id, _) = owner.create("companies", &json!({"name": "Acme"}));
    let (path, lock) = (format!("/api/v1/companies/{id}/presence"), format!("/api/v1/companies/{id}/lock"));
    assert_eq!(owner.put(&path, &json!({})).expect(200).json(), json!({"people": []}));
    let seen = sarah.put(&path, &json!({})).expect(200).json();
    assert_eq!((&seen["people"][0]["name"], &seen["people"][0]["editing"]), (&json!("Graham Pell"), &json!(false)));
    sarah.post(&lock, &json!({})).expect(200);
    let seen = owner.put(&path, &json!({})).expect(200).json();
    assert_eq!((&seen["people"][0]["name"], &seen["people"][0]["editing"]), (&json!("Sarah Miller"), &json!(true)));
    sarah.delete(&path).expect(204);
    assert_eq!(owner.put(&path, &json!({})).expect(200).json(), json!({"people": []}));
}

#[test]
fn everybody_there_is_named_in_the_order_in_which_they_came() {
    let (server, owner) = Server::set_up();
    let (id, _) = owner.create("companies", &json!({"name": "Acme"}));
    let client = server.hire(&owner, "client", "Olivia Trent", &json!({"company_id": id}));
    let (sarah, tom) =
        (server.hire(&owner, "staff", "Sarah Miller", &json!({})), server.hire(&owner, "staff", "Tom Ash", &json!({})));
    let path = format!("/api/v1/companies/{id}/presence");
    [&tom, &client, &sarah].iter().for_each(|who| drop(who.put(&path, &json!({})).expect(200)));
    let seen = owner.put(&path, &json!({})).expect(200).json();
    let names: Vec<_> = seen["people"].as_array().expect("people").iter().map(|person| &person["name"]).collect();
    assert_eq!(names, ["Tom Ash", "Olivia Trent", "Sarah Miller"]);
}

#[test]
fn a_beat_costs_one_read_however_many_are_there() {
    let (server, owner) = Server::set_up();
    let (id, _) = owner.create("companies", &json!({"name": "Acme"}));
    let path = format!("/api/v1/companies/{id}/presence");
    for name in ["Sarah Miller", "Tom Ash", "Ann Other"] {
        server.hire(&owner, "staff", name, &json!({})).put(&path, &json!({})).expect(200);
    }
    let before = server.app.db.stats().reads;
    (0..40).for_each(|_| drop(owner.put(&path, &json!({})).expect(200)));
    // Others read now and again, too.
    let cost = server.app.db.stats().reads - before;
    assert!((39..60).contains(&cost), "{cost} reads for 40 beats");
}

#[test]
fn nobody_hears_of_people_whom_they_could_not_see_otherwise() {
    let (server, owner) = Server::set_up();
    let (id, _) = owner.create("companies", &json!({"name": "Acme"}));
    let client = server.hire(&owner, "client", "Olivia Trent", &json!({"company_id": id}));
    let neighbour = server.make_neighbour();
    let path = format!("/api/v1/companies/{id}/presence");
    owner.put(&path, &json!({})).expect(200);
    assert_eq!(client.put(&path, &json!({})).expect(200).json(), json!({"people": []}));
    // The office sees that the client looks.
    assert_eq!(owner.put(&path, &json!({})).expect(200).json()["people"][0]["name"], "Olivia Trent");
    neighbour.put(&path, &json!({})).expect(404);
    neighbour.delete(&path).expect(404);
    server.nobody().put(&path, &json!({})).expect(401);
}
