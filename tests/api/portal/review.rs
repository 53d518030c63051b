//! The last weeks of the portal.

use larder::db::Change;
use serde_json::{Value, json};

use super::Desk;
use super::peer::Peer;

/// D31
#[test]
fn the_last_weeks_are_summed_day_by_day() {
    let desk = Desk::ready(Peer::start(3), |_| {});
    let review = || desk.owner.get("/api/v1/portal/review").expect(200).json();
    let fresh = review();
    let calls = fresh["month"]["calls"].as_i64().expect("a number");
    assert!(calls >= 7, "the list, three figures, three tokens: {fresh}");
    assert_eq!((&fresh["month"]["errors"], &fresh["month"]["answered"]), (&json!(0), &json!(1.0)));
    assert_eq!(fresh["recurring"], json!([]));
    assert_eq!(fresh["days"].as_array().map(Vec::len), Some(1), "days without a call are left out");

    // Three of them failed nine days ago, one twenty days ago; and a value was not as declared.
    let mut change = Change::new();
    let logged = "INSERT INTO api_health_logs(tenant_id, source_id, api, at, took_ms, attempt, outcome) \
        SELECT tenant_id, source_id, api, at-?1*86400000, 400, 1, 'timeout' FROM api_health_logs WHERE api='workspaces' AND outcome='ok'";
    for days in [9_i64, 9, 9, 20, 40] {
        change.push(logged, vec![days.into()]);
    }
    change.push(
        "INSERT INTO data_validation_errors(tenant_id, source_id, api, at, sort, pointer, message) \
         SELECT tenant_id, source_id, 'stats', at, 'range', '/x', 'Too little.' FROM api_health_logs \
         WHERE api='workspaces' AND outcome='ok'",
        Vec::new(),
    );
    desk.server.app.db.write(change).wait().expect("written");
    let after = review();
    assert_eq!(after["week"]["errors"], 0);
    assert_eq!(after["week_before"]["errors"], 3);
    assert_eq!(after["month"]["errors"], 4, "what is older than a month is no part of it: {after}");
    assert_eq!(after["month"]["calls"], calls + 4);
    assert_eq!(after["month"]["invalid"], 1);
    assert_eq!(after["month"]["average_ms"], fresh["month"]["average_ms"], "calls that failed have no say in it");
    assert_eq!(after["days"].as_array().map(Vec::len), Some(3));
    let worst = &after["recurring"][0];
    assert_eq!(worst, &json!({"source": "workspaces", "type": "timeout", "count": 4, "days": 2}));
    assert_eq!(after["recurring"][1]["type"], "range");
    assert_eq!((&after["settings"]["window"], &after["settings"]["attempts"]), (&json!(5), &json!(3)));
    let ttls: Vec<&Value> = after["settings"]["ttls"].as_array().expect("ttls").iter().map(|t| &t["seconds"]).collect();
    assert_eq!(ttls, [&json!(120), &json!(120), &json!(300), &json!(600)]);
}
