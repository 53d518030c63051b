//! Each endpoint, as the service answers it when it is well.

use larder::demo::upstream::{Account, Size};
use larder::kernel::Date;
use serde_json::{Value, json};

use super::peer::{Peer, number};
use crate::shell::run;

const MAY: &str = "/api/workspaces/v1.1/stats?start_date=2026-05-01&end_date=2026-05-31";

#[test]
fn each_endpoint_answers_in_the_services_shape() {
    let peer = Peer::start(&[]);
    let list = peer.get("demo-admin", "/api/workspaces/v1.1").json();
    let workspaces = list["data"].as_array().expect("rows");
    assert_eq!(workspaces.len(), 27);
    assert!(workspaces.iter().all(|w| w["id"].is_u64() && w["name"].is_string() && w["created_at"].is_string()));

    let own = peer.get("demo-workspace-5", "/api/workspaces/v1.1").json();
    assert_eq!(own["data"].as_array().map(|rows| (rows.len(), &rows[0]["id"])), Some((1, &json!(5))));

    let stats = peer.get("demo-workspace-5", MAY).json();
    assert!(number(&stats["data"]["emails_sent"]) > 0, "{stats}");
    assert!(stats["data"].get("interested_percentage").is_some(), "{stats}");

    let campaigns = peer.get("demo-workspace-5", "/api/campaigns").json();
    let first = &campaigns["data"][0];
    assert!(first["name"].is_string() && first["total_leads"].is_u64() && first["tags"].is_array(), "{first}");
    peer.stop();
}

#[test]
fn the_pages_of_senders_hold_every_account_once() {
    let peer = Peer::start(&[]);
    let mut total = 0;
    for workspace in 1..=27 {
        let token = format!("demo-workspace-{workspace}");
        let mut held = 0;
        for page in 1.. {
            let served = peer.get(&token, &format!("/api/sender-emails?page={page}&per_page=100")).json();
            held += served["data"].as_array().expect("rows").len() as u64;
            if served["meta"]["last_page"] == page {
                assert_eq!(served["meta"]["total"], held);
                break;
            }
        }
        total += held;
    }
    assert_eq!(total, 4_200);
    let usual = peer.get("demo-workspace-1", "/api/sender-emails").json();
    assert_eq!(usual["meta"]["per_page"], 15);
    peer.stop();
}

#[test]
fn what_is_served_is_what_the_seed_says() {
    let peer = Peer::start(&["--seed", "7", "--workspaces", "3", "--senders", "90"]);
    let account = Account::new(Size { seed: 7, workspaces: 3, senders: 90 });
    let date = |text| Date::parse(text).expect("a date");
    for workspace in account.workspaces() {
        let served = peer.get(&format!("demo-workspace-{}", workspace.id), MAY).json();
        let figures = account.range(workspace, date("2026-05-01"), date("2026-05-31"));
        assert_eq!(number(&served["data"]["interested"]), figures.interested);
        assert_eq!(number(&served["data"]["bounced"]), figures.bounced);
    }
    assert_eq!(peer.get("demo-workspace-4", MAY).status, 401);
    peer.stop();
}

#[test]
fn the_super_admin_acts_in_the_workspace_that_was_selected_last() {
    let peer = Peer::start(&[]);
    let switch = |id: Value| peer.post("demo-admin", "/api/workspaces/v1.1/switch-workspace", &json!({"team_id": id}));
    for id in [9, 4] {
        assert_eq!(switch(json!(id)).json()["data"]["id"], id);
        let own = peer.get(&format!("demo-workspace-{id}"), MAY).json();
        assert_eq!(peer.get("demo-admin", MAY).json(), own);
    }
    assert_eq!(switch(json!(99)).status, 404);
    assert_eq!(switch(Value::Null).status, 422);
    let other = peer.post("demo-workspace-2", "/api/workspaces/v1.1/switch-workspace", &json!({"team_id": 4}));
    assert_eq!(other.status, 403);
    peer.stop();
}

#[test]
fn a_token_that_was_made_for_a_workspace_reads_that_workspace() {
    let peer = Peer::start(&[]);
    let made = peer.post("demo-admin", "/api/workspaces/v1.1/6/api-tokens", &json!({"name": "Larder"}));
    assert_eq!(made.status, 201);
    let token = made.json()["data"]["plain_text_token"].as_str().expect("a token").to_owned();
    let list = peer.get(&token, "/api/workspaces/v1.1").json();
    assert_eq!(list["data"][0]["id"], 6);
    assert_eq!(peer.post("demo-admin", "/api/workspaces/v1.1/6/api-tokens", &json!({})).status, 422);
    peer.stop();
}

#[test]
fn what_is_not_understood_is_refused_as_json() {
    let peer = Peer::start(&[]);
    let cases = [
        ("nobody", "/api/workspaces/v1.1", 401),
        ("demo-workspace-0", "/api/workspaces/v1.1", 401),
        ("demo-admin", "/api/nothing", 404),
        ("demo-admin", "/api/workspaces/v1.1/stats", 422),
        ("demo-admin", "/api/workspaces/v1.1/stats?start_date=2026-05-31&end_date=2026-05-01", 422),
        ("demo-admin", "/api/workspaces/v1.1/stats?start_date=0001-01-01&end_date=9999-12-31", 422),
        ("demo-admin", "/api/sender-emails?page=two", 422),
    ];
    for (token, path, status) in cases {
        let said = peer.get(token, path);
        assert_eq!(said.status, status, "{path}");
        assert!(said.json()["message"].is_string(), "{path}");
    }
    peer.stop();
}

#[test]
fn it_listens_on_this_machine_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = run(folder.path(), &["demo-upstream", "--listen", "0.0.0.0:0"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("can be reached from outside"), "{}", said.err);
}
