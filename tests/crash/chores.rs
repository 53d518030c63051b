//! Killed while a chore is under way: it goes on from where it was, and its stream has neither gap nor
//! repeat.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{Client, sign_in};
use crate::shell::{Server, set_up};

const MACHINES: usize = 2_000;
const KILLS: usize = 3;

fn machines(client: &Client) {
    for half in 0..MACHINES / 500 {
        let rows: Vec<Value> =
            (0..500).map(|n| json!({"name": format!("Lift {half}-{n}"), "inspection_due": "2020-01-01"})).collect();
        let body = json!({"action": "create", "records": rows});
        let made = client.send("POST", "equipment/bulk", None, Some(&body)).expect("an answer");
        assert_eq!(made.status, 200, "{made:?}");
    }
}

/// Everything that the stream has told so far, read as a program reads it.
pub fn told(client: &Client, id: &str) -> Vec<Value> {
    let mut all: Vec<Value> = Vec::new();
    loop {
        let after = all.last().map_or(0, |m| m["sequence"].as_i64().expect("a number"));
        let page = client.get(&format!("streams/{id}/messages?after={after}")).expect("an answer");
        assert_eq!(page.status, 200, "{page:?}");
        all.extend(page.body["data"].as_array().expect("messages").iter().cloned());
        if page.body["has_more"] == false {
            return all;
        }
    }
}

/// Waits until the stream has told so many messages of that stage.
fn wait(client: &Client, id: &str, stage: &str, many: usize) {
    let begun = Instant::now();
    while told(client, id).iter().filter(|m| m["stage"] == stage).count() < many {
        assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", told(client, id).last());
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_chore_survives_kills_in_the_middle_and_does_nothing_twice() {
    // S23, N25
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    set_up(data);
    let mut server = Server::start(data, &[], "data lies in");
    let token = sign_in(&server.url);
    let mut client = Client::new(&server.url, &token);
    machines(&client);
    let asked = client.send("POST", "chores", None, Some(&json!({"kind": "due-orders"}))).expect("an answer");
    assert_eq!(asked.status, 202, "{asked:?}");
    let id = asked.body["id"].as_str().expect("an id").to_owned();
    for kill in 1..=KILLS {
        wait(&client, &id, "writing", kill * 6);
        server.kill();
        server = Server::start(data, &[], "data lies in");
        client = Client::new(&server.url, &token);
    }
    wait(&client, &id, "done", 1);

    let chore = client.get(&format!("chores/{id}")).expect("an answer").body;
    assert_eq!((&chore["state"], &chore["result"]["made"]), (&json!("done"), &json!(MACHINES)));
    let all = told(&client, &id);
    let sequences: Vec<_> = all.iter().filter_map(|m| m["sequence"].as_i64()).collect();
    assert_eq!(sequences, (1..=all.len() as i64).collect::<Vec<_>>(), "neither gap nor repeat");
    assert_eq!(all.iter().filter(|m| m["stage"] == "resumed").count(), KILLS, "each kill came in the middle");
    let steps = all.iter().filter(|m| m["stage"] == "writing");
    let places: Vec<_> = steps.map(|m| m["percentage"].as_f64().expect("a number")).collect();
    assert!(places.windows(2).all(|two| two[0] < two[1]), "a step was told twice: {places:?}");
    assert_eq!(all.last().expect("messages")["last"], true);

    let orders = client.get("work-orders?count=true&limit=1").expect("an answer").body;
    assert_eq!(orders["page"]["total"], MACHINES, "one for each machine");
    server.stop();
    let database = rusqlite::Connection::open(data.join("larder.db")).expect("the database");
    let distinct: i64 = database
        .query_row("SELECT count(DISTINCT equipment_id) FROM work_orders", [], |row| row.get(0))
        .expect("a count");
    assert_eq!(distinct, MACHINES as i64);
}
