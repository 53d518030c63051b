//! Killed while a list is written into a file: it goes on from where it was, and the file has every row once.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::chores::told;
use crate::client::{Client, sign_in};
use crate::shell::{Server, set_up};

/// So many that the file is put aside in a dozen pieces.
const MACHINES: usize = 20_000;
const KILLS: usize = 2;

fn machines(client: &Client) {
    let about = "Landing doors tested, governor rope measured. ".repeat(8);
    for half in 0..MACHINES / 500 {
        let rows: Vec<Value> =
            (0..500).map(|n| json!({"name": format!("Lift {half}-{n}"), "description": about})).collect();
        let body = json!({"action": "create", "records": rows});
        let made = client.send("POST", "equipment/bulk", None, Some(&body)).expect("an answer");
        assert_eq!(made.status, 200, "{made:?}");
    }
}

/// Waits until the stream has told so many messages of that stage.
fn wait(client: &Client, id: &str, stage: &str, many: usize) {
    let begun = Instant::now();
    while told(client, id).iter().filter(|m| m["stage"] == stage).count() < many {
        assert!(begun.elapsed() < Duration::from_secs(120), "{:?}", told(client, id).last());
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn an_export_survives_kills_in_the_middle_and_its_file_has_every_row_once() {
    // N22, N25, D30
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    set_up(data);
    let mut server = Server::start(data, &[], "data lies in");
    let token = sign_in(&server.url);
    let mut client = Client::new(&server.url, &token);
    machines(&client);
    let asked = client.send("POST", "equipment/export?format=csv&sort=name", None, None).expect("an answer");
    assert_eq!(asked.status, 202, "{asked:?}");
    let id = asked.body["id"].as_str().expect("an id").to_owned();
    for kill in 1..=KILLS {
        wait(&client, &id, "reading", 1 + kill);
        server.kill();
        server = Server::start(data, &[], "data lies in");
        client = Client::new(&server.url, &token);
    }
    wait(&client, &id, "done", 1);

    let run = client.get(&format!("exports/{id}")).expect("an answer").body;
    assert_eq!((&run["state"], &run["rows"]), (&json!("done"), &json!(MACHINES)), "{run}");
    let (made, direct) =
        (client.text(&format!("exports/{id}/file")), client.text("equipment/export?format=csv&sort=name"));
    assert_eq!(made.lines().count(), MACHINES + 1);
    assert!(made == direct, "as if nothing had happened");

    let all = told(&client, &id);
    let sequences: Vec<_> = all.iter().filter_map(|m| m["sequence"].as_i64()).collect();
    assert_eq!(sequences, (1..=all.len() as i64).collect::<Vec<_>>(), "neither gap nor repeat");
    let resumed = all.iter().filter(|m| m["stage"] == "resumed").count();
    assert_eq!(resumed, KILLS, "each kill came in the middle: {all:?}");
    let places: Vec<_> = all.iter().map(|m| m["percentage"].as_f64().expect("a number")).collect();
    assert!(places.is_sorted(), "it went on from where it was: {places:?}");
    server.stop();
}
