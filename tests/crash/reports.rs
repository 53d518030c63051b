//! Killed while a report is worked out: it goes on from where it was, and its stream has neither gap nor
//! repeat.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::chores::told;
use crate::client::{Client, sign_in};
use crate::shell::{Server, set_up};

/// So many that the report is read in dozens of pieces.
const MACHINES: usize = 10_000;

fn machines(client: &Client) {
    for half in 0..MACHINES / 500 {
        let due = json!({"inspection_due": "2020-01-01", "calibration_due": "2020-01-02"});
        let rows = (0..500).map(|n| {
            let mut row = due.clone();
            row["name"] = json!(format!("Lift {half}-{n}"));
            row
        });
        let body = json!({"action": "create", "records": rows.collect::<Vec<_>>()});
        let made = client.send("POST", "equipment/bulk", None, Some(&body)).expect("an answer");
        assert_eq!(made.status, 200, "{made:?}");
    }
}

/// Waits until the stream has told that.
fn wait(client: &Client, id: &str, said: &str) {
    let begun = Instant::now();
    while !told(client, id).iter().any(|m| m["message"] == said) {
        assert!(begun.elapsed() < Duration::from_secs(120), "{:?}", told(client, id).last());
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn a_report_survives_kills_in_the_middle_and_its_stream_has_neither_gap_nor_repeat() {
    // N22, N25
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    set_up(data);
    let mut server = Server::start(data, &[], "data lies in");
    let token = sign_in(&server.url);
    let mut client = Client::new(&server.url, &token);
    machines(&client);
    let asked = client.send("POST", "reports/equipment-due/runs", None, None).expect("an answer");
    assert_eq!(asked.status, 202, "{asked:?}");
    let id = asked.body["id"].as_str().expect("an id").to_owned();
    let stages = ["Looking up inspections (2 of 3)", "Looking up calibrations (3 of 3)"];
    for stage in stages {
        wait(&client, &id, stage);
        server.kill();
        server = Server::start(data, &[], "data lies in");
        client = Client::new(&server.url, &token);
    }
    wait(&client, &id, "Done");

    let run = client.get(&format!("reports/runs/{id}")).expect("an answer").body;
    assert_eq!((&run["state"], &run["error"]), (&json!("done"), &Value::Null));
    let mut read = client.get("reports/equipment-due").expect("an answer").body;
    let mut made = run["document"].clone();
    assert_eq!(made["summary"][0]["value"], MACHINES);
    for document in [&mut read, &mut made] {
        document.as_object_mut().expect("a document").remove("made_at");
    }
    assert_eq!(made, read, "as if nothing had happened");

    let all = told(&client, &id);
    let sequences: Vec<_> = all.iter().filter_map(|m| m["sequence"].as_i64()).collect();
    assert_eq!(sequences, (1..=all.len() as i64).collect::<Vec<_>>(), "neither gap nor repeat");
    let resumed = all.iter().filter(|m| m["stage"] == "resumed").count();
    assert_eq!(resumed, stages.len(), "each kill came in the middle: {all:?}");
    let places: Vec<_> = all.iter().map(|m| m["percentage"].as_f64().expect("a number")).collect();
    assert!(places.is_sorted(), "it went on from where it was: {places:?}");
    assert_eq!(all.iter().filter(|m| m["message"] == "Counting what is due (1 of 3)").count(), 1);
    assert_eq!(all.last().expect("messages")["last"], true);
    server.stop();
}
