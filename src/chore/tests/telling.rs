//! Whom it concerns hears of the end of a chore: once, whatever happens in between.

use serde_json::json;

use crate::chore::queue::Next;
use crate::chore::telling::{recover, tell};
use crate::chore::{ChoreKind, Lane, Order};
use crate::db::Change;
use crate::kernel::{Error, Id, Moment, Result};

use super::fixture::{House, NOW, nothing};

const KINDS: &[ChoreKind] = &[
    ChoreKind { name: "report", lane: Lane::Light, attempts: 1, by_hand: false, quiet: false, run: nothing },
    ChoreKind { name: "fails", lane: Lane::Light, attempts: 1, by_hand: false, quiet: false, run: nothing },
];

/// A house with somebody in it.
fn house() -> (House, Id) {
    let (house, user) = (House::with(KINDS, 500), Id::new());
    let mut change = Change::new();
    change.push(
        "INSERT INTO identities(id, email, created_at, updated_at) VALUES(?1, 'sam@northgate.example', 0, 0)",
        vec![user.into()],
    );
    change.push(
        "INSERT INTO users(id, tenant_id, name, role, active, identity_id, created_at, updated_at) \
         SELECT ?1, 1, 'Sam', 'owner', 1, id, 0, 0 FROM identities",
        vec![user.into()],
    );
    house.write(change);
    (house, user)
}

/// Has a chore asked for and done, or given up, so many seconds later.
fn run(house: &House, user: Option<Id>, kind: &'static str, seconds: i64) -> Id {
    let parameters = json!({"name": "Pipeline"});
    let order = Order { tenant: 1, kind, user, parameters, ..Order::default() };
    let id = house.it.queue.order(order, NOW).unwrap().id;
    let end = NOW.plus_s(seconds);
    let Next::Task(task) = house.it.queue.take(Lane::Light, end).unwrap() else { panic!("nothing to do") };
    let outcome: Result<_> = if kind == "fails" { Err(Error::forbidden("No.")) } else { Ok(json!({})) };
    house.it.queue.settle(&task, &outcome, end).unwrap();
    house.it.queue.let_go(id);
    id
}

fn told(house: &House) -> Vec<String> {
    house.texts("SELECT sort || ' ' || kind || ' ' || told FROM notifications ORDER BY number")
}

fn at(seconds: i64) -> Moment {
    NOW.plus_s(seconds)
}

#[test]
fn what_was_done_is_told_at_once_to_whoever_did_not_wait_for_it() {
    let (house, user) = house();
    run(&house, Some(user), "report", 1);
    run(&house, None, "report", 60);
    assert!(told(&house).is_empty());
    run(&house, Some(user), "report", 60);
    assert_eq!(told(&house), ["report_finished reports Pipeline"]);
}

#[test]
fn what_was_given_up_is_told_once_to_whoever_asked_and_to_the_owners_where_nobody_did() {
    // N24
    let (house, user) = house();
    run(&house, Some(user), "fails", 60);
    run(&house, Some(user), "fails", 1);
    run(&house, None, "fails", 60);
    let again = run(&house, Some(user), "fails", 60);
    house.it.queue.retry(again, at(61)).unwrap();
    for second in [60, 61, 200] {
        tell(&house.it, at(second)).unwrap();
        assert_eq!(
            told(&house),
            ["gave_up chores Pipeline", "gave_up chores Pipeline"],
            "but not of what is tried again"
        );
    }
    assert_eq!(house.ask::<i64>("SELECT count(*) FROM stream_claims"), 0, "all are acknowledged");
}

#[test]
fn a_notice_is_neither_lost_nor_repeated_when_its_reader_dies() {
    // N24
    let (house, user) = house();
    run(&house, Some(user), "fails", 60);
    let given_up = Id::from_slice(&[0, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, 1]).unwrap();
    // One that was killed behind its claim.
    let dead = house.it.streams.claim(given_up, "notices", 16, 60, at(60)).unwrap();
    assert_eq!(dead.messages.len(), 1);
    tell(&house.it, at(61)).unwrap();
    assert!(told(&house).is_empty(), "it is still the other's");
    tell(&house.it, at(121)).unwrap();
    assert_eq!(told(&house).len(), 1);
    // Should it come to life again, it finds that its time was over.
    let mut late = Change::new();
    house.it.streams.acknowledge(&mut late, given_up, "notices", dead.id, 1);
    assert!(matches!(house.it.db.write(late).wait(), Err(Error::Conflict(_))));
    // A server that is started again knows that nobody is at it.
    run(&house, Some(user), "fails", 60);
    house.it.streams.claim(given_up, "notices", 16, 60, at(130)).unwrap();
    recover(&house.it.queue).unwrap();
    tell(&house.it, at(131)).unwrap();
    assert_eq!(told(&house).len(), 2);
}
