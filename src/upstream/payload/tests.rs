//! Answers as they come and as they should not.

use serde_json::json;

use super::*;

fn bytes(value: &Json) -> Vec<u8> {
    value.to_string().into_bytes()
}

fn sorts(fault: Fault) -> Vec<(String, &'static str)> {
    let Fault::Invalid(complaints) = fault else { panic!("{fault:?}") };
    complaints.into_iter().map(|c| (c.pointer, c.sort)).collect()
}

fn whole_stats() -> Json {
    json!({
        "emails_sent": "12,340", "total_leads_contacted": 900, "opened": 10.0, "unique_replies_per_contact": " 41 ",
        "bounced": 7, "unsubscribed": null, "interested": "18", "interested_percentage": "2.0",
    })
}

/// D16
#[test]
fn numbers_come_as_numbers_or_as_texts() {
    let read = stats(&bytes(&json!({ "data": whole_stats() }))).expect("figures");
    let due = Stats {
        sent: 12_340,
        contacted: 900,
        replied: 41,
        bounced: 7,
        interested: 18,
        opened: Some(10),
        unsubscribed: None,
    };
    assert_eq!(read.good, due);
    assert_eq!((read.there, read.declared), (6, 7), "D37: one of seven is not there");
}

/// D15
#[test]
fn figures_that_cannot_be_are_refused_with_their_place() {
    for (name, value, sort) in [
        ("interested", json!(-3), "range"),
        ("interested", json!("-3"), "range"),
        ("emails_sent", json!("many"), "type"),
        ("emails_sent", json!(1.5), "type"),
        ("bounced", json!(true), "type"),
        ("bounced", json!([1]), "type"),
        ("bounced", Json::Null, "missing"),
        ("opened", json!("x"), "type"),
        ("emails_sent", json!(1e30), "type"),
        ("emails_sent", json!(2_000_000_000_000_i64), "range"),
    ] {
        let mut figures = whole_stats();
        figures[name] = value;
        let fault = stats(&bytes(&json!({ "data": figures }))).expect_err(name);
        assert_eq!(sorts(fault), [(format!("/data/{name}"), sort)]);
    }
}

#[test]
fn what_is_no_such_answer_is_refused() {
    for (body, sort) in [
        (&b"<!doctype html><title>Down</title>"[..], "not_json"),
        (b"{\"data\": {\"emails_sent\": 1", "not_json"),
        (b"", "not_json"),
        (b"[1, 2]", "not_json"),
        (b"{}", "missing"),
        (b"{\"data\": 7}", "type"),
    ] {
        for fault in [stats(body).expect_err("no figures"), workspaces(body).expect_err("no list")] {
            assert_eq!(sorts(fault)[0].1, sort, "{}", String::from_utf8_lossy(body));
        }
    }
}

/// D14, D15
#[test]
fn a_bad_entry_is_left_out_and_the_others_go_on() {
    let body = json!({"data": [
        {"id": 1, "name": "Leeds"}, {"id": "2", "name": " York "}, {"name": "No number"}, {"id": 4, "name": "  "},
        {"id": 0, "name": "Zero"}, "nonsense", {"id": 1, "name": "Leeds again"},
    ]});
    let read = workspaces(&bytes(&body)).expect("a list");
    assert_eq!(read.good.iter().map(|w| (w.id, w.name.as_str())).collect::<Vec<_>>(), [(1, "Leeds"), (2, "York")]);
    let places: Vec<_> = read.complaints.iter().map(|c| (c.pointer.as_str(), c.sort)).collect();
    assert_eq!(
        places,
        [("/data/2/id", "missing"), ("/data/3/name", "missing"), ("/data/4/id", "range"), ("/data/5", "type")]
    );
    let all_bad = json!({"data": [{"id": null}]});
    assert!(workspaces(&bytes(&all_bad)).is_err());
    assert!(workspaces(b"{\"data\": []}").expect("none").good.is_empty());
}

/// D14
#[test]
fn of_many_bad_entries_the_number_is_kept_and_twenty_complaints() {
    let mut entries = vec![json!({}); 4_000];
    entries.push(json!({"id": 1, "name": "Leeds"}));
    let read = workspaces(&bytes(&json!({ "data": entries }))).expect("a list");
    assert_eq!((read.good.len(), read.left_out, read.complaints.len()), (1, 4_000, COMPLAINTS));
    let all_bad = workspaces(&bytes(&json!({"data": vec![7; 4_000]}))).expect_err("none is good");
    assert_eq!(sorts(all_bad).len(), COMPLAINTS);
}

#[test]
fn more_than_is_ever_shown_is_not_read() {
    let list = |n: i64| bytes(&json!({"data": (1..=n).map(|id| json!({"id": id, "name": "A"})).collect::<Vec<_>>()}));
    assert_eq!(workspaces(&list(5_000)).expect("a list").good.len(), 5_000);
    assert_eq!(workspaces(&list(5_001)).expect_err("too many"), Fault::TooLarge);
    let empty = |n: usize| format!("{{\"data\":[{}{{}}]}}", "{},".repeat(n)).into_bytes();
    assert_eq!(senders(&empty(2_700_000), 1).expect_err("too many"), Fault::TooLarge);
    assert_eq!(sorts(senders(&empty(19_999), 1).expect_err("none is good")).len(), COMPLAINTS);
}

#[test]
fn a_page_says_how_many_there_are() {
    let sender = json!({
        "id": 9, "email": "a@b.example", "name": "A", "status": "Connected", "daily_limit": "40",
        "emails_sent_count": 100, "unique_replied_count": "3", "bounced_count": 2,
    });
    let page = |meta: Json| senders(&bytes(&json!({"data": [sender], "meta": meta})), 2);
    let read = page(json!({"current_page": "2", "last_page": "7"})).expect("a page");
    assert_eq!((read.good.last_page, read.good.senders[0].daily_limit), (7, 40));
    assert_eq!(page(Json::Null).expect("a page").good.last_page, 2);
    assert_eq!(sorts(page(json!({"current_page": 1})).expect_err("another page"))[0].0, "/meta/current_page");
    assert_eq!(sorts(page(json!({"last_page": 0})).expect_err("no page"))[0].0, "/meta/last_page");
}
