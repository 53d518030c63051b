//! The figures on the dashboards are those that the service has, worked out here once more.

use serde_json::{Value, json};

use super::peer::{Peer, number, today};
use super::{Desk, row};

fn sum(values: impl Iterator<Item = u64>) -> Value {
    json!(values.sum::<u64>())
}

/// D02, D37
#[test]
fn kpi_volume_and_revenue_say_what_the_service_says() {
    let peer = Peer::start(27);
    let desk = Desk::ready(peer, |_| {});
    let any = desk.owner.with("if-match", "*");
    for (n, shown) in desk.show("kpi")["rows"].as_array().expect("rows").iter().enumerate() {
        let path = format!("/api/v1/workspaces/{}", shown["workspace_id"].as_str().expect("an id"));
        let settings = json!({
            "monthly_target": 100 + n, "sending_target": 30_000, "price_per_lead": 4_500, "cost_per_month": 90_000,
        });
        any.patch(&path, &settings).expect(200);
    }
    let (kpi, volume, revenue) = (desk.load("kpi"), desk.load("volume"), desk.load("revenue"));
    let (day, days) = (kpi["day_of_month"].as_i64().expect("a day"), kpi["days_in_month"].as_i64().expect("days"));
    assert_eq!(kpi["month"], today().to_string()[..7]);
    let projected = |count: u64| (count as f64 * days as f64 / day as f64).round() as i64;
    for workspace in desk.peer.all() {
        let (month, today) = (desk.peer.month(workspace), desk.peer.day(workspace));
        let figures = &row(&kpi, &workspace.name)["figures"];
        assert_eq!(figures["leads"], month.interested, "{}", workspace.name);
        assert_eq!(figures["replies"], month.unique_replies_per_contact);
        assert_eq!(
            (&figures["sent"], &figures["contacted"]),
            (&json!(month.emails_sent), &json!(month.total_leads_contacted))
        );
        assert_eq!(figures["projected_leads"], projected(month.interested));
        let target = figures["target"].as_i64().expect("a target");
        let due = (month.interested as f64 / target as f64 * 10_000.0).round() / 10_000.0;
        assert_eq!(figures["progress"], due.min(10.0));
        assert_eq!(figures["on_target"], (month.interested as i64) * days >= target * day);

        let figures = &row(&volume, &workspace.name)["figures"];
        assert_eq!((&figures["sent"], &figures["sent_today"]), (&json!(month.emails_sent), &json!(today.emails_sent)));
        assert_eq!((&figures["bounced"], &figures["target"]), (&json!(month.bounced), &json!(30_000)));

        let figures = &row(&revenue, &workspace.name)["figures"];
        let earned = 4_500 * month.interested as i64;
        assert_eq!((&figures["revenue"], &figures["profit"]), (&json!(earned), &json!(earned - 90_000)));
        assert_eq!(figures["projected_profit"], 4_500 * projected(month.interested) - 90_000);
    }
    let all = || desk.peer.all().iter().map(|workspace| desk.peer.month(workspace));
    assert_eq!(kpi["totals"]["leads"], sum(all().map(|month| month.interested)));
    assert_eq!(kpi["totals"]["target"], (0..27).map(|n| 100 + n).sum::<i64>());
    assert_eq!(volume["totals"]["sent"], sum(all().map(|month| month.emails_sent)));
    let earned: i64 = all().map(|month| 4_500 * month.interested as i64).sum();
    assert_eq!(revenue["totals"]["currencies"][0]["profit"], earned - 27 * 90_000);
    assert_eq!(kpi["rows"][0]["completeness"], 100);
}

/// D06
#[test]
fn infrastructure_lists_every_account() {
    let peer = Peer::start(27);
    let desk = Desk::ready(peer, |_| {});
    let shown = desk.load("infrastructure");
    assert_eq!(shown["totals"]["accounts"], 27 * 150);
    let (mut sent, mut bounced) = (0, 0);
    for workspace in desk.peer.all() {
        let due = desk.peer.senders(workspace);
        let figures = &row(&shown, &workspace.name)["figures"];
        let listed = figures["senders"].as_array().expect("senders");
        assert_eq!((listed.len(), &figures["accounts"]), (due.len(), &json!(due.len())), "{}", workspace.name);
        for (got, due) in listed.iter().zip(&due) {
            assert_eq!((&got["email"], &got["status"]), (&due["email"], &due["status"]));
            assert_eq!(got["daily_limit"], number(&due["daily_limit"]));
        }
        let total = |name: &str| due.iter().map(|sender| number(&sender[name])).sum::<i64>();
        assert_eq!(figures["sent"], total("emails_sent_count"));
        assert_eq!(figures["bounced"], total("bounced_count"));
        sent += total("emails_sent_count");
        bounced += total("bounced_count");
    }
    assert_eq!((&shown["totals"]["sent"], &shown["totals"]["bounced"]), (&json!(sent), &json!(bounced)));
    let pages: usize = desk.peer.all().iter().map(|workspace| desk.peer.senders(workspace).len().div_ceil(100)).sum();
    assert_eq!(desk.peer.calls("senders"), pages as u64);
}

/// D17
#[test]
fn what_deserves_a_second_look_is_said() {
    let peer = Peer::start(3);
    let desk = Desk::ready(peer, |_| {});
    let shown = desk.show("kpi");
    assert!(shown["rows"].as_array().expect("rows").iter().all(|row| row["warnings"][0]["code"] == "no_target"));
    assert_eq!(shown["warnings"].as_array().map(Vec::len), Some(3));
    let path = format!("/api/v1/workspaces/{}", shown["rows"][0]["workspace_id"].as_str().expect("an id"));
    let settings = json!({"monthly_target": 1, "price_per_lead": 1, "cost_per_month": 99_999_999});
    desk.owner.with("if-match", "*").patch(&path, &settings).expect(200);
    assert_eq!(desk.load("revenue")["rows"][0]["warnings"][0]["code"], "negative_margin");
    assert_ne!(desk.show("kpi")["rows"][0]["warnings"][0]["code"], "no_target", "a target is in force at once");
}
