//! Imports that somebody cancels: what came in stays, and they go on or back from there.

use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::imports::{Office, id};

#[test]
fn an_import_that_is_cancelled_keeps_what_it_has_and_goes_on_or_back() {
    let office = Office::new();
    let rows: String = (0..30_000).map(|i| format!("C{i}\n")).collect();
    let draft = office.draft("companies", format!("name\n{rows}").as_bytes()).expect("a draft");
    let refused = office.imports.cancel(&office.access, id(&draft)).expect_err("nothing to cancel");
    assert_eq!(refused.code(), "import_ended");
    office.imports.start(&office.access, id(&draft)).expect("begun");
    while office.imports.show(&office.access, id(&draft)).expect("an import")["done"] == 0 {
        std::thread::sleep(Duration::from_millis(1));
    }
    let cancelled = office.imports.cancel(&office.access, id(&draft)).expect("cancelled");
    let stopped = office.settled(&draft);
    assert_eq!((&stopped["state"], &stopped["error"]), (&json!("cancelled"), &Json::Null));
    let kept = stopped["created"].as_u64().expect("a number");
    assert!((1..30_000).contains(&kept), "{kept}");
    assert_eq!(cancelled["created"], kept, "nothing came after the answer");
    let count = || office.desk.list("companies", &[("count", "true"), ("limit", "1")])["page"]["total"].clone();
    assert_eq!(count(), kept);
    // It goes on where it was, and no row comes twice.
    let done = office.run(&draft);
    assert_eq!((&done["state"], &done["created"]), (&json!("done"), &json!(30_000)), "{}", done["error"]);
    assert_eq!(count(), 30_000);
}

#[test]
fn a_cancelled_import_is_taken_back_and_a_cancelled_check_is_a_draft() {
    let office = Office::new();
    let rows: String = (0..30_000).map(|i| format!("C{i}\n")).collect();
    let draft = office.draft("companies", format!("name\n{rows}").as_bytes()).expect("a draft");
    office.imports.dry_run(&office.access, id(&draft)).expect("begun");
    office.imports.cancel(&office.access, id(&draft)).expect("cancelled");
    assert_eq!(office.settled(&draft)["state"], "draft");
    // Another that waits behind it, and is cancelled before its turn.
    let waits = office.draft("companies", b"name\nNever\n").expect("a draft");
    office.imports.start(&office.access, id(&draft)).expect("begun");
    office.imports.start(&office.access, id(&waits)).expect("begun");
    office.imports.cancel(&office.access, id(&waits)).expect("cancelled");
    while office.imports.show(&office.access, id(&draft)).expect("an import")["done"] == 0 {
        std::thread::sleep(Duration::from_millis(1));
    }
    office.imports.cancel(&office.access, id(&draft)).expect("cancelled");
    let kept = office.settled(&draft)["created"].clone();
    let reverted = office.revert(&draft);
    assert_eq!((&reverted["state"], &reverted["report"]["reverted"]["removed"]), (&json!("reverted"), &kept));
    assert!(office.names("companies").is_empty());
}
