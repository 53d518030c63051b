//! Chores and streams: everybody sees their own, owners and managers all of their tenant's, and nobody
//! anything of another's.

use std::collections::BTreeSet;

use larder::chore::Order;
use larder::db::Change;
use larder::kernel::{Id, Moment};
use serde_json::json;

use super::people::World;
use super::table::ROLES;
use super::world::House;

/// A chore of each person of a tenant, and one of nobody's, all of them ended. By role.
fn chores(world: &World, house: &House) -> Vec<(&'static str, String)> {
    let app = &world.server.app;
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let tenant = runtime.block_on(app.auth.system_access(&house.slug)).expect("a tenant").tenant.key;
    let make = |role: &'static str, user: Option<Id>| {
        let (id, now, mut change) = (Id::new(), Moment::now(), Change::new());
        let order = Order { tenant, kind: "tidy", parameters: json!({}), user, ..Order::default() };
        app.chores.plan(&mut change, id, &order, now);
        // As if it were for the far future, so that nobody takes it before it is cancelled.
        change.push("UPDATE chores SET run_after=9000000000000 WHERE id=?1", vec![id.into()]);
        app.db.write(change).wait().expect("written");
        app.chores.cancel(id, now).expect("cancelled");
        (role, id.to_string())
    };
    let mut all: Vec<_> = house.users.iter().map(|(role, user)| make(role, user.parse().ok())).collect();
    all.push(make("clock", None));
    all
}

#[test]
fn everybody_sees_their_own_chores_and_streams_and_managers_all_of_the_tenants() {
    let world = World::new();
    let (ours, theirs) = (chores(&world, &world.ours), chores(&world, &world.theirs));
    assert_eq!(ours.len(), ROLES.len() + 1);
    for person in world.people.iter().filter(|person| person.member) {
        let all = ["owner", "manager"].contains(&person.name);
        let may = |whose: &str| all || whose == person.name;
        let listed = person.client.get("/api/v1/chores").expect(200).json();
        let shown: BTreeSet<_> = listed["data"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|c| c["id"].as_str().expect("an id").to_owned())
            .collect();
        let due: BTreeSet<_> = ours.iter().filter(|(whose, _)| may(whose)).map(|(_, id)| id.clone()).collect();
        assert_eq!(shown, due, "{}", person.name);
        for (whose, id) in &ours {
            let status = if may(whose) { 200 } else { 404 };
            for path in [format!("chores/{id}"), format!("streams/{id}"), format!("streams/{id}/messages")] {
                let reply = person.client.get(&format!("/api/v1/{path}"));
                assert_eq!(reply.status, status, "{} {path} of {whose}: {}", person.name, reply.text());
            }
            let status = if may(whose) { 409 } else { 404 };
            person.client.send("POST", &format!("/api/v1/chores/{id}/cancel"), b"").expect(status);
        }
        for (_, id) in &theirs {
            for path in [format!("chores/{id}"), format!("streams/{id}"), format!("streams/{id}/messages")] {
                person.client.get(&format!("/api/v1/{path}")).expect(404);
            }
            for deed in ["cancel", "retry"] {
                person.client.send("POST", &format!("/api/v1/chores/{id}/{deed}"), b"").expect(404);
            }
        }
    }
    let (_, id) = &ours[0];
    world.server.nobody().get(&format!("/api/v1/streams/{id}")).expect(401);
}
