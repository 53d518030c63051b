//! What people are told about: by whom, of what they may see, and no other.

use larder::auth::{Login, NewPerson, add_person};
use larder::db::Change;
use larder::kernel::{Id, Moment};
use larder::notify::{self, Note, Sort, note};
use serde_json::{Value, json};

use crate::server::{Client, PASSWORD, Server};

/// Somebody who works here: their client and their id.
pub fn let_in(server: &Server, owner: &Client, role: &str, name: &str) -> (Client, String) {
    let hash = larder::auth::Passwords::new().expect("hashes").hash(PASSWORD.to_owned()).wait().expect("a hash");
    let tenant = owner.get("/api/v1/auth/me").json()["tenant"]["id"].as_str().expect("an id").parse().expect("an id");
    let email = format!("{name}@northgate.example");
    let (id, login) = (Id::new(), Login::New { identity: Id::new(), password: hash, operator: false });
    let person = NewPerson { id, tenant, name, email: &email, role, company: None, contractor: None, login };
    let change = add_person(&person, Moment::now()).expect("a person");
    server.app.db.write(change).wait().expect("added");
    (server.sign_in(&email, PASSWORD), id.to_string())
}

fn told(client: &Client) -> Value {
    client.get("/api/v1/notifications").expect(200).json()
}

/// The sort, the title of the record and who it was, of each.
fn lines(client: &Client) -> Vec<Value> {
    let told = told(client);
    let data = told["data"].as_array().expect("notifications").iter();
    data.map(|n| json!([n["sort"], n["record"]["title"], n["by"]])).collect()
}

#[test]
fn work_that_somebody_else_gives_is_told_to_whoever_gets_it() {
    let (server, owner) = Server::set_up();
    let (sarah, sarahs) = let_in(&server, &owner, "staff", "sarah");
    let (tom, toms) = let_in(&server, &owner, "technician", "tom");
    let (order, _) = sarah.create("work-orders", &json!({"title": "Stuck doors", "assigned_to": toms}));
    sarah.create("work-orders", &json!({"title": "Nobody's yet"}));
    sarah.create("tasks", &json!({"title": "Call the caretaker", "assignee_id": sarahs}));
    let (task, _) = owner.create("tasks", &json!({"title": "Write the offer"}));
    let any = owner.with("if-match", "*");
    any.patch(&format!("/api/v1/tasks/{task}"), &json!({"assignee_id": sarahs})).expect(200);
    any.patch(&format!("/api/v1/tasks/{task}"), &json!({"title": "Write the offer today"})).expect(200);
    owner.create("deals", &json!({"name": "New lift", "owner_id": sarahs}));
    // The newest first; nobody is told of their own deed, nor of what they knew already.
    let due =
        [json!(["assigned", "New lift", "Graham Pell"]), json!(["assigned", "Write the offer today", "Graham Pell"])];
    assert_eq!(lines(&sarah), due);
    // A technician sees the job, and no colleague but themselves.
    assert_eq!(lines(&tom), [json!(["assigned", "Stuck doors", null])]);
    assert_eq!(told(&tom)["data"][0]["record"], json!({"kind": "work-orders", "id": order, "title": "Stuck doors"}));
    assert_eq!(lines(&owner), Vec::<Value>::new());
    let neighbour = server.make_neighbour();
    assert_eq!(told(&neighbour), json!({"unread": 0, "data": []}));
}

#[test]
fn many_at_once_and_in_a_batch_tell_as_one_does() {
    let (server, owner) = Server::set_up();
    let (_, sarahs) = let_in(&server, &owner, "staff", "sarah");
    let (tom, toms) = let_in(&server, &owner, "technician", "tom");
    let ids: Vec<String> = (0..3)
        .map(|n| owner.create("work-orders", &json!({"title": format!("Job {n}"), "assigned_to": sarahs})).0)
        .collect();
    let body = json!({"action": "update", "ids": ids, "changes": {"assigned_to": toms}});
    owner.post("/api/v1/work-orders/bulk", &body).expect(200);
    let requests =
        json!({"requests": [{"method": "POST", "path": "tasks", "body": {"title": "And this", "assignee_id": toms}}]});
    owner.post("/api/v1/batch", &requests).expect(200);
    assert_eq!(told(&tom)["unread"], 4);
    // What a file brings was given long ago.
    let file = b"title,assigned_to\nFrom a file,tom\n";
    let import = owner.send("POST", "/api/v1/imports?kind=work-orders&start=true", file).expect(202).json();
    settled(&owner, import["id"].as_str().expect("an id"));
    assert_eq!(owner.get("/api/v1/work-orders?title=From%20a%20file").json()["data"][0]["assigned_to"], toms);
    assert_eq!(told(&tom)["unread"], 4);
}

fn settled(client: &Client, import: &str) {
    for _ in 0..600 {
        let state = client.get(&format!("/api/v1/imports/{import}")).expect(200).json()["state"].clone();
        if !["checking", "running", "reverting"].contains(&state.as_str().expect("a state")) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("the import does not end");
}

#[test]
fn an_import_that_is_over_is_told_to_whoever_began_it() {
    let (server, owner) = Server::set_up();
    let (sarah, _) = let_in(&server, &owner, "staff", "sarah");
    let file = b"name\nAcme\n";
    let import = sarah.send("POST", "/api/v1/imports?kind=companies&start=true", file).expect(202).json();
    settled(&sarah, import["id"].as_str().expect("an id"));
    let found = told(&sarah)["data"][0].clone();
    assert_eq!((&found["sort"], &found["told"]), (&json!("import_finished"), &json!("done")));
    assert_eq!(
        (&found["record"]["kind"], &found["record"]["id"], &found["record"]["title"]),
        (&json!("imports"), &import["id"], &import["file_name"])
    );
    assert_eq!(told(&owner)["unread"], 0);
}

#[test]
fn whoever_is_mentioned_in_a_note_is_told_once_and_only_what_they_may_see() {
    let (server, owner) = Server::set_up();
    let (sarah, sarahs) = let_in(&server, &owner, "staff", "sarah");
    let (tom, toms) = let_in(&server, &owner, "technician", "tom");
    let (deal, _) = owner.create("deals", &json!({"name": "Secret lift"}));
    let about = |body: &str, mentions: Value| json!({"body": body, "mentions": mentions, "about_kind": "deals", "about_id": deal});
    let (note, _) = owner.create("notes", &about("@sarah and @tom, see this", json!([sarahs, toms, sarahs])));
    assert_eq!(owner.get(&format!("/api/v1/notes/{note}")).json()["mentions"].as_array().map(Vec::len), Some(2));
    let change = json!({"body": "@sarah, @tom and myself", "mentions": [sarahs, toms]});
    owner.with("if-match", "*").patch(&format!("/api/v1/notes/{note}"), &change).expect(200);
    assert_eq!(lines(&sarah), [json!(["mentioned", "Secret lift", "Graham Pell"])]);
    // A technician sees no deals: neither its name nor where it is.
    assert_eq!(told(&tom)["data"][0]["record"], Value::Null);
    for wrong in [json!("sarah"), json!(["sarah"]), json!([1]), json!({"a": 1})] {
        owner.post("/api/v1/notes", &about("x", wrong.clone())).expect(422);
    }
    // What is gone is not named any more.
    owner.with("if-match", "*").delete(&format!("/api/v1/deals/{deal}")).expect(204);
    assert_eq!(lines(&sarah), [json!(["mentioned", null, "Graham Pell"])]);
}

#[test]
fn notifications_are_read_some_and_all() {
    let (server, owner) = Server::set_up();
    let (sarah, sarahs) = let_in(&server, &owner, "staff", "sarah");
    let (tom, _) = let_in(&server, &owner, "technician", "tom");
    for n in 0..3 {
        owner.create("tasks", &json!({"title": format!("Task {n}"), "assignee_id": sarahs}));
    }
    let all = told(&sarah);
    assert_eq!(all["unread"], 3);
    let first = all["data"][0]["id"].clone();
    // Another's numbers mean nothing to oneself.
    tom.post("/api/v1/notifications/read", &json!({"ids": [first]})).expect(204);
    assert_eq!(told(&sarah)["unread"], 3);
    sarah.post("/api/v1/notifications/read", &json!({"ids": [first]})).expect(204);
    assert_eq!((&told(&sarah)["unread"], &told(&sarah)["data"][0]["read"]), (&json!(2), &json!(true)));
    let unread = sarah.get("/api/v1/notifications?unread=true&limit=1").expect(200).json();
    assert_eq!(unread["data"][0]["record"]["title"], "Task 1");
    // It comes with whatever page is opened first.
    let page = sarah.get("/api/v1/pages/dashboard?parts=notifications,session").expect(200).json();
    assert_eq!(page["parts"]["notifications"]["data"]["unread"], 2);
    sarah.post("/api/v1/notifications/read", &json!({"all": true})).expect(204);
    assert_eq!(told(&sarah)["unread"], 0);
    for wrong in [json!({}), json!({"ids": ["1"]}), json!({"ids": [1], "all": true}), json!({"some": 1})] {
        sarah.post("/api/v1/notifications/read", &wrong).expect(422);
    }
    sarah.get("/api/v1/notifications?limit=201").expect(422);
}

#[test]
fn who_does_not_want_to_be_told_is_not() {
    let (server, owner) = Server::set_up();
    let (sarah, sarahs) = let_in(&server, &owner, "staff", "sarah");
    let settings = sarah.get("/api/v1/notifications/settings").expect(200).json();
    assert_eq!((&settings["assigned"], &settings["mail"]), (&json!("app"), &json!(false)));
    let put = |body: &Value| {
        sarah.with("content-type", "application/json").send(
            "PUT",
            "/api/v1/notifications/settings",
            body.to_string().as_bytes(),
        )
    };
    let refused = put(&json!({"assigned": "mail"})).expect(422).json();
    assert_eq!(refused["errors"][0]["code"], "no_mail");
    put(&json!({"assigned": "loud"})).expect(422);
    put(&json!({"asigned": "none"})).expect(422);
    assert_eq!(put(&json!({"assigned": "none"})).expect(200).json()["assigned"], "none");
    owner.create("tasks", &json!({"title": "Quietly", "assignee_id": sarahs}));
    assert_eq!(told(&sarah)["unread"], 0);
    put(&json!({"assigned": "app"})).expect(200);
    owner.create("tasks", &json!({"title": "Aloud", "assignee_id": sarahs}));
    assert_eq!(lines(&sarah), [json!(["assigned", "Aloud", "Graham Pell"])]);
}

/// The oldest make room, by number and by age; what others write comes with their change or not at all.
#[test]
fn there_are_never_more_than_two_hundred_and_none_is_older_than_ninety_days() {
    let (server, owner) = Server::set_up();
    let (sarah, sarahs) = let_in(&server, &owner, "staff", "sarah");
    let user: Id = sarahs.parse().expect("an id");
    let by: Id =
        owner.get("/api/v1/auth/me").json()["user"]["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
    let (company, _) = owner.create("companies", &json!({"name": "Acme"}));
    let company: Id = company.parse().expect("an id");
    let long_ago = Moment::now().plus_s(-91 * 24 * 3600);
    let lock = |by: Id| Note {
        tenant: 1,
        user,
        sort: Sort::LockTaken,
        by: Some(by),
        about: Some(("companies", company)),
        told: None,
    };
    let mut change = Change::new();
    for n in 0..250 {
        note(&mut change, lock(by), if n < 240 { long_ago } else { Moment::now() });
    }
    note(&mut change, lock(user), Moment::now());
    server.app.db.write(change).wait().expect("written");
    assert_eq!(told(&sarah)["unread"], 200);
    assert_eq!(lines(&sarah)[0], json!(["lock_taken", "Acme", "Graham Pell"]));
    for purge in notify::outdated(Moment::now()) {
        purge.run(&server.app.db, &|| Ok(())).expect("tidied");
    }
    assert_eq!(told(&sarah)["unread"], 10);
    let mut refused = Change::new();
    note(&mut refused, lock(by), Moment::now());
    refused.guard("version", "0", vec![]);
    server.app.db.write(refused).wait().expect_err("refused");
    assert_eq!(told(&sarah)["unread"], 10);
}
