//! How the portal is: the score with its parts, the slow service, and what is kept of it.

use larder::db::Change;
use larder::kernel::Moment;
use larder::upstream;
use serde_json::{Value, json};

use super::Desk;
use super::peer::Peer;

/// D24, D25, D26, D27
#[test]
fn the_score_is_the_sum_of_its_parts() {
    let desk = Desk::ready(Peer::start(5), |_| {});
    let health = desk.health();
    assert_eq!(health["score"], 100, "{health}");
    let names: Vec<&Value> = health["parts"].as_array().expect("parts").iter().map(|part| &part["name"]).collect();
    assert_eq!(names, ["availability", "completeness", "validity", "speed"]);
    assert_eq!(health["findings"], json!([]));
    let kpi = &health["dashboards"][0];
    assert_eq!((&kpi["status"], &kpi["failed"]), (&json!("fresh"), &json!(0)));
    assert_eq!(health["dashboards"][1]["status"], "never");
    // Revenue was never loaded by itself, and is made of what KPI is made of.
    let revenue = &health["dashboards"][2];
    assert_eq!((&revenue["status"], &revenue["fetched_at"]), (&json!("never"), &kpi["fetched_at"]));
    assert_eq!(revenue["fetched_at"], desk.show("revenue")["fetched_at"]);
    assert_eq!(health["dashboards"][3]["fetched_at"], Value::Null);

    desk.peer.set(&json!({"bad_rate": 1.0, "bad_kinds": ["negative"], "only": ["stats"]}));
    desk.refresh("kpi");
    let worse = desk.health();
    let weighed: f64 = worse["parts"]
        .as_array()
        .expect("parts")
        .iter()
        .map(|part| part["score"].as_f64().expect("a score") * part["weight"].as_f64().expect("a weight") / 100.0)
        .sum();
    assert_eq!(worse["score"].as_f64(), Some(weighed.round()), "{worse}");
    assert!(weighed < 80.0, "{worse}");
}

/// D29
#[test]
fn a_slow_service_is_said_to_be_slow() {
    let desk = Desk::ready(Peer::start(12), |_| {});
    desk.write("UPDATE api_health_logs SET took_ms=2500 WHERE api='stats'");
    let health = desk.health();
    assert_eq!(
        (&health["findings"][0]["code"], health["findings"].as_array().map(Vec::len)),
        (&json!("slow"), Some(1))
    );
    desk.write("UPDATE api_health_logs SET took_ms=2500");
    let health = desk.health();
    assert!(health["score"].as_i64() < Some(100));
}

/// D30
#[test]
fn what_is_old_goes() {
    let desk = Desk::ready(Peer::start(2), |_| {});
    let mut change = Change::new();
    change.push("UPDATE api_health_logs SET at=at-40*86400000 WHERE api='stats'", Vec::new());
    desk.server.app.db.write(change).wait().expect("written");
    for purge in upstream::outdated(30, Moment::now()) {
        purge.run(&desk.server.app.db, &|| Ok(())).expect("cleared");
    }
    let left = desk.server.app.db.read(|conn| {
        let count =
            |api: &str| conn.query_row("SELECT count(*) FROM api_health_logs WHERE api=?", [api], |row| row.get(0));
        Ok((count("stats").unwrap_or(-1_i64), count("workspaces").unwrap_or(-1_i64)))
    });
    assert_eq!(left.wait().expect("read"), (0, 1));
}
