//! The orders that the server makes by itself.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use crate::chore::queue::Next;
use crate::chore::{Lane, State, by_clock};
use crate::kernel::{Id, Moment};

use super::fixture::{House, house};

/// Runs a chore as a worker would, and gives what came of it.
fn run(house: &House, kind: &'static str, lane: Lane) -> Json {
    let now = Moment::now();
    let id = house.it.queue.order(by_clock(1, kind), now).unwrap().id;
    let Next::Task(task) = house.it.queue.take(lane, now).unwrap() else { panic!("nothing to do") };
    let outcome = (task.kind.run)(&house.it, &task);
    house.it.queue.settle(&task, &outcome, now).unwrap();
    house.it.queue.let_go(id);
    let chore = house.chore(id);
    assert_eq!(chore.state, State::Done, "{chore:?}");
    chore.result.unwrap()
}

fn due(house: &House) -> Json {
    run(house, "due-orders", Lane::Heavy)
}

/// The day so many days from now, where the first tenant is.
fn day(days: i64) -> String {
    Moment::now().day_in("Europe/Berlin").plus_days(days).to_string()
}

fn site(house: &House) -> Id {
    let company = house.create("companies", json!({"name": "Harbour Hotel"}));
    house.create("sites", json!({"name": "Tower", "company_id": company.to_string()}))
}

fn machine(house: &House, site: Id, name: &str, fields: Json) -> Id {
    let mut body = json!({"name": name, "site_id": site.to_string()});
    body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    house.create("equipment", body)
}

#[test]
fn each_machine_that_falls_due_gets_one_order_and_never_a_second() {
    // S23
    let house = house();
    let site = site(&house);
    machine(&house, site, "Lift A", json!({"inspection_due": day(30), "calibration_due": day(-400)}));
    machine(&house, site, "Lift B", json!({"inspection_due": day(31)}));
    machine(&house, site, "Lift C", json!({"inspection_due": day(1), "status": "decommissioned"}));
    machine(&house, site, "Lift D", json!({}));
    assert_eq!(due(&house), json!({"made": 2, "skipped": 0}));
    let titles = "SELECT title FROM work_orders ORDER BY title";
    assert_eq!(house.texts(titles), ["Calibration due: Lift A", "Inspection due: Lift A"]);
    let numbers = house.texts("SELECT number FROM work_orders ORDER BY number");
    assert!(numbers[0].starts_with("WO-") && numbers[0] != numbers[1], "{numbers:?}");
    let placed: i64 =
        house.ask("SELECT count(*) FROM work_orders WHERE site_id IS NOT NULL AND company_id IS NOT NULL");
    assert_eq!(placed, 2, "the machine says where it stands and whose it is");
    let history: i64 =
        house.ask("SELECT count(*) FROM activity WHERE kind='work-orders' AND action='create' AND user_id IS NULL");
    assert_eq!(history, 2, "each has its line in the history, and nobody in particular did it");
    assert_eq!(due(&house), json!({"made": 0, "skipped": 0}));
    assert_eq!(house.texts(titles).len(), 2);
}

#[test]
fn the_next_due_day_of_the_same_machine_is_another_matter() {
    let house = house();
    let site = site(&house);
    let lift = machine(&house, site, "Lift A", json!({"inspection_due": day(3)}));
    assert_eq!(due(&house)["made"], 1);
    house.update("equipment", lift, json!({"inspection_due": day(20)}));
    assert_eq!(due(&house)["made"], 1);
    assert_eq!(house.ask::<i64>("SELECT count(*) FROM due_orders"), 2);
}

#[test]
fn the_tenant_says_how_many_days_ahead() {
    let house = house();
    let site = site(&house);
    machine(&house, site, "Lift A", json!({"inspection_due": day(20)}));
    house.sql("UPDATE tenants SET due_ahead_days=10 WHERE seq=1");
    assert_eq!(due(&house)["made"], 0);
    house.sql("UPDATE tenants SET due_ahead_days=NULL WHERE seq=1");
    assert_eq!(due(&house), json!({"made": 0}));
    house.sql("UPDATE tenants SET due_ahead_days=20 WHERE seq=1");
    assert_eq!(due(&house)["made"], 1);
}

#[test]
fn two_runs_at_once_make_each_order_once() {
    let house = house();
    let site = site(&house);
    for n in 0..120 {
        machine(&house, site, &format!("Lift {n}"), json!({"inspection_due": day(n % 30)}));
    }
    let now = Moment::now();
    // Two attempts at two chores that know nothing of each other.
    let tasks: Vec<_> = (0..2)
        .map(|n| {
            let mut order = by_clock(1, "due-orders");
            order.dedupe = Some(n.to_string());
            let id = house.it.queue.order(order, now).unwrap().id;
            let Next::Task(task) = house.it.queue.take(Lane::Heavy, now).unwrap() else { panic!("nothing to do") };
            // The lane would let the second wait.
            house.sql("UPDATE chores SET lane='light'");
            assert_eq!(task.chore.id, id);
            task
        })
        .collect();
    let made: i64 = std::thread::scope(|scope| {
        let runs: Vec<_> = tasks
            .iter()
            .map(|task| {
                let household = Arc::clone(&house.it);
                scope.spawn(move || (task.kind.run)(&household, task).unwrap()["made"].as_i64().unwrap())
            })
            .collect();
        runs.into_iter().map(|run| run.join().unwrap()).sum()
    });
    assert_eq!(made, 120);
    assert_eq!(house.ask::<i64>("SELECT count(*) FROM work_orders"), 120);
    assert_eq!(house.ask::<i64>("SELECT count(DISTINCT equipment_id) FROM work_orders"), 120);
    assert_eq!(house.ask::<i64>("SELECT count(DISTINCT number) FROM work_orders"), 120);
}

fn repeat(house: &House) -> Json {
    run(house, "repeat-orders", Lane::Light)
}

fn complete(house: &House, order: Id, at: &str) {
    house.update("work-orders", order, json!({"status": "in_progress"}));
    house.update("work-orders", order, json!({"status": "completed", "completed_at": at}));
}

/// The order that is neither completed nor gone.
fn open(house: &House) -> Id {
    let hex = house.texts("SELECT hex(id) FROM work_orders WHERE completed_at IS NULL");
    assert_eq!(hex.len(), 1);
    let bytes: Vec<u8> = (0..16).map(|i| u8::from_str_radix(&hex[0][2 * i..2 * i + 2], 16).unwrap()).collect();
    Id::from_slice(&bytes).unwrap()
}

fn due_days(house: &House) -> Vec<String> {
    let all = house.texts("SELECT CAST(due_at AS TEXT) FROM work_orders ORDER BY due_at");
    all.iter().map(|ms| Moment(ms.parse().unwrap()).to_string()).collect()
}

#[test]
fn a_repeating_order_is_followed_by_its_next_at_the_end_of_each_month() {
    // X10
    let house = house();
    let site = site(&house);
    let technician = house.create("users", json!({"name": "Tess Technician", "role": "technician"}));
    let first = house.create(
        "work-orders",
        json!({
            "title": "Monthly check", "site_id": site.to_string(), "assigned_to": technician.to_string(),
            "due_at": "2027-01-31T08:00:00Z", "recurrence": {"every": 1, "unit": "month"},
            "checklist": [{"text": "Brake", "done": true}, {"text": "Doors", "done": true}],
        }),
    );
    assert_eq!(repeat(&house)["made"], 0, "it is not done yet");
    complete(&house, first, "2027-01-31T10:00:00Z");
    assert_eq!(repeat(&house)["made"], 1);
    assert_eq!(repeat(&house)["made"], 0, "once");
    let second = open(&house);
    complete(&house, second, "2027-02-27T10:00:00Z");
    assert_eq!(repeat(&house)["made"], 1);
    let third = open(&house);
    complete(&house, third, "2027-04-02T10:00:00Z");
    assert_eq!(repeat(&house)["made"], 1);
    // 9:00 in Berlin, whose clocks have changed before the third and the fourth.
    let days = [
        "2027-01-31T08:00:00.000Z",
        "2027-02-28T08:00:00.000Z",
        "2027-03-31T07:00:00.000Z",
        "2027-04-30T07:00:00.000Z",
    ];
    assert_eq!(due_days(&house), days);
    let copied = "SELECT title || ' ' || status || ' ' || checklist FROM work_orders WHERE completed_at IS NULL";
    assert_eq!(house.texts(copied), [r#"Monthly check assigned [{"text":"Brake"},{"text":"Doors"}]"#]);
}

#[test]
fn a_series_ends_and_a_moved_day_begins_it_anew() {
    let house = house();
    let order = |due: &str, rule: Json| {
        house.create(
            "work-orders",
            json!({"title": "Check", "status": "in_progress", "due_at": due, "recurrence": rule}),
        )
    };
    let last = order("2027-01-10T08:00:00Z", json!({"every": 1, "unit": "week", "until": "2027-01-16"}));
    house.update("work-orders", last, json!({"status": "completed", "completed_at": "2027-01-10T10:00:00Z"}));
    assert_eq!(repeat(&house), json!({"made": 0}));
    assert_eq!(house.ask::<i64>("SELECT count(*) FROM work_order_repeats WHERE next_id IS NULL"), 1);
    house.sql("DELETE FROM work_orders");

    let first = order("2027-01-31T08:00:00Z", json!({"every": 1, "unit": "month"}));
    house.update("work-orders", first, json!({"status": "completed", "completed_at": "2027-01-31T10:00:00Z"}));
    repeat(&house);
    let second = open(&house);
    house.update("work-orders", second, json!({"due_at": "2027-02-10T08:00:00Z"}));
    complete_from_new(&house, second);
    repeat(&house);
    assert_eq!(due_days(&house)[2], "2027-03-10T08:00:00.000Z");
}

#[test]
fn an_order_whose_next_one_cannot_be_ends_its_own_series_and_no_other() {
    // X10
    let house = house();
    let all: Vec<Id> = (0..3)
        .map(|n| {
            let order = house.create(
                "work-orders",
                json!({
                    "title": format!("Check {n}"), "status": "in_progress", "due_at": "2027-01-31T08:00:00Z",
                    "recurrence": {"every": 1, "unit": "month"}, "checklist": [{"text": "Brake"}],
                }),
            );
            house.update("work-orders", order, json!({"status": "completed", "completed_at": "2027-01-31T10:00:00Z"}));
            order
        })
        .collect();
    // Steps without words, from a time when that was allowed.
    house.sql(r#"UPDATE work_orders SET checklist='[{"text": ""}]' WHERE title='Check 0'"#);
    assert_eq!(repeat(&house), json!({"made": 2}));
    let titles = "SELECT title FROM work_orders WHERE status='new' ORDER BY title";
    assert_eq!(house.texts(titles), ["Check 1", "Check 2"]);
    assert_eq!(house.ask::<i64>("SELECT count(*) FROM work_order_repeats WHERE next_id IS NULL"), 1);
    assert_eq!(all.len(), 3);
    assert_eq!(repeat(&house), json!({"made": 0}), "nor is it tried for ever");
}

fn complete_from_new(house: &House, order: Id) {
    let technician = house.create("users", json!({"name": "Tess Technician", "role": "technician"}));
    house.update("work-orders", order, json!({"assigned_to": technician.to_string()}));
    complete(house, order, "2027-02-10T10:00:00Z");
}
