//! No path shows a row or a field that its viewer may not see: every route of the API's
//! description, with everybody, held against a table written by hand.

mod chores;
mod followers;
mod guesses;
mod judge;
mod loads;
mod people;
mod reports;
mod strangers;
mod table;
mod walk;
mod world;
mod writes;

use std::collections::BTreeSet;
use std::sync::Mutex;

use serde_json::Value;

use people::{Person, World};
use table::{KIND_ROUTES, KINDS, ROUTES, has_route};

/// Every method and path that the table has.
fn routes() -> BTreeSet<(String, String)> {
    let of_kinds = KINDS.iter().flat_map(|(kind, _)| {
        let routes = KIND_ROUTES.iter().filter(move |(method, rest)| has_route(kind, method, rest));
        routes.map(move |(method, rest)| ((*method).to_owned(), format!("/api/v1/{kind}{rest}")))
    });
    of_kinds.chain(ROUTES.iter().map(|(method, path, ..)| ((*method).to_owned(), (*path).to_owned()))).collect()
}

/// Runs a part of the test for each person, several at a time, and gathers what was wrong.
fn everybody(world: &World, part: impl Fn(usize, &Person, &mut Vec<String>) + Sync) {
    let wrong = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for (column, person) in world.people.iter().enumerate() {
            let (part, wrong) = (&part, &wrong);
            scope.spawn(move || {
                let mut notes = Vec::new();
                part(column, person, &mut notes);
                wrong.lock().expect("the notes").extend(notes);
            });
        }
    });
    let wrong = wrong.into_inner().expect("the notes");
    let shown: Vec<_> = wrong.iter().take(60).cloned().collect();
    assert!(wrong.is_empty(), "{} answers are wrong, such as\n{}", wrong.len(), shown.join("\n"));
}

#[test]
fn every_route_gives_everybody_what_their_role_says_and_nothing_else() {
    let world = World::new();
    let document = world.server.nobody().get("/api/openapi.json").expect(200).json();
    let mut described = BTreeSet::new();
    for (path, operations) in document["paths"].as_object().expect("paths") {
        let methods = operations.as_object().expect("operations").keys();
        described.extend(methods.map(|method| (method.clone(), path.clone())));
    }
    let off: Vec<_> = routes().symmetric_difference(&described).cloned().collect();
    assert!(off.is_empty(), "in the table or in openapi.json, but not in both: {off:?}");

    everybody(&world, |_, person, notes| {
        if person.member {
            world.compare_schema(person, notes);
            world.ask(person, "GET", "/api/v1/activity?limit=200", &Value::Null, notes);
            world.open_pages(person, notes);
            world.run_reports(person, notes);
        }
        for (kind, _) in KINDS {
            world.walk_kind(person, kind, notes);
            world.walk_pages(person, kind, notes);
            if person.member || person.name == "stranger" {
                world.follow_kind(person, kind, notes);
            }
            if person.member {
                world.compare_rows(person, kind, notes);
                world.guess(person, kind, notes);
                world.compare_writes(person, kind, notes);
            }
        }
    });
    world.try_writes();
    world.meet_strangers();
    world.set_up_alerts();
    let (import, draft) = (world.finished_import(), world.draft_import());
    everybody(&world, |column, person, notes| {
        for (method, path, body, statuses) in ROUTES.into_iter().filter(|(.., statuses)| statuses[column] != 0) {
            let id = if path.starts_with("/api/v1/attachments") {
                world.ours.id_of("attachments", "near")
            } else if path.ends_with("/revert") {
                &draft
            } else if ["/api/v1/imports", "/api/v1/chores", "/api/v1/streams"].iter().any(|of| path.starts_with(of)) {
                // In the queue an import goes by its own id.
                &import
            } else if path.starts_with("/api/v1/statistics/company") {
                world.ours.id_of("companies", "near")
            } else if path.starts_with("/api/v1/users") {
                world.ours.id_of("users", "near")
            } else {
                &world.ours.id
            };
            let file = path == "/api/v1/imports" && method == "post";
            let body = if file || path.ends_with("/logo") && method == "put" {
                Value::String(body.into())
            } else {
                serde_json::from_str(body).unwrap_or_default()
            };
            let path = path
                .replace("{id}", id)
                .replace("{page}", "dashboard")
                .replace("{dashboard}", "revenue")
                .replace("{name}", "work-orders")
                .replace("{message}", id)
                + match (file, path) {
                    (true, _) => "?kind=companies",
                    // Whoever may run it is told what is wrong with this, and none is begun.
                    (_, "/api/v1/reports/{name}/runs") => "?by=colour",
                    _ => "",
                };
            let reply = world.ask(person, &method.to_uppercase(), &path, &body, notes);
            if reply.status != statuses[column] {
                let (name, due, was) = (person.name, statuses[column], reply.status);
                notes.push(format!("{name} {method} {path}: {was} instead of {due}: {}", reply.text()));
            }
        }
    });
}
