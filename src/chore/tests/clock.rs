//! What comes by the clock: neither skipped nor repeated.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

use serde_json::Value as Json;

use crate::chore::queue::Next;
use crate::chore::schedule::{self, Line};
use crate::chore::{Household, KINDS, Lane, State, Warmer, by_clock, by_hand};
use crate::kernel::{Error, Moment, Result};

use super::fixture::{House, house};

fn at(text: &str) -> Moment {
    Moment::parse(text).unwrap()
}

/// Of a server that has been up for long.
fn round(household: &Household, now: Moment) -> Result<Option<Moment>> {
    schedule::round(household, now, now)
}

fn line(house: &House, tenant: i64, name: &str) -> Line {
    let lines = house.it.db.read(move |conn| Line::of(conn, tenant)).wait().unwrap();
    lines.into_iter().find(|line| line.name == name).unwrap()
}

fn queued(house: &House) -> i64 {
    house.ask("SELECT count(*) FROM chores WHERE kind='due-orders' AND tenant_id=1")
}

fn end_all(house: &House) {
    house.sql("UPDATE chores SET state='done', ended_at=1");
}

#[test]
fn a_daily_chore_comes_once_a_day_by_the_tenants_own_clock() {
    // S23, D30; Berlin's clocks change on 28 March 2027.
    let house = house();
    round(&house.it, at("2027-03-26T20:00:00Z")).unwrap();
    assert_eq!(line(&house, 1, "due-orders").next_at, at("2027-03-27T04:00:00Z"));
    assert_eq!(line(&house, 2, "due-orders").next_at, at("2027-03-27T05:00:00Z"), "each tenant has its own zone");
    assert_eq!(queued(&house), 0, "not at the start itself");
    let mut fired = Vec::new();
    let mut now = at("2027-03-26T20:00:00Z");
    while now < at("2027-03-30T00:00:00Z") {
        now = now.plus_s(600);
        let before = queued(&house);
        round(&house.it, now).unwrap();
        if queued(&house) > before {
            fired.push(now.to_string());
            end_all(&house);
        }
    }
    assert_eq!(fired, ["2027-03-27T04:00:00.000Z", "2027-03-28T03:00:00.000Z", "2027-03-29T03:00:00.000Z"]);
}

#[test]
fn what_fell_due_while_the_server_was_down_is_done_once() {
    let house = house();
    round(&house.it, at("2027-06-01T12:00:00Z")).unwrap();
    // Five days later it is back, and has other things to do at first.
    let up = at("2027-06-06T11:59:00Z");
    let back = up.plus_s(60);
    assert_eq!(schedule::round(&house.it, up, back).unwrap(), Some(back));
    assert_eq!(queued(&house), 0);
    round(&house.it, back).unwrap();
    assert_eq!(queued(&house), 1);
    let line = line(&house, 1, "due-orders");
    assert_eq!((line.last_at, line.next_at), (Some(back), at("2027-06-07T03:00:00Z")));
    end_all(&house);
    round(&house.it, back.plus_s(60)).unwrap();
    assert_eq!(queued(&house), 1, "and no second time");
}

#[test]
fn two_clocks_at_once_put_it_into_the_queue_once() {
    let house = house();
    round(&house.it, at("2027-06-01T12:00:00Z")).unwrap();
    let back = at("2027-06-02T12:00:00Z");
    std::thread::scope(|scope| {
        for _ in 0..4 {
            let household = Arc::clone(&house.it);
            scope.spawn(move || round(&household, back).unwrap());
        }
    });
    assert_eq!(queued(&house), 1);
}

#[test]
fn a_turn_falls_out_while_the_one_before_is_open() {
    let house = house();
    round(&house.it, at("2027-06-01T12:00:00Z")).unwrap();
    round(&house.it, at("2027-06-02T12:00:00Z")).unwrap();
    round(&house.it, at("2027-06-03T12:00:00Z")).unwrap();
    assert_eq!(queued(&house), 1);
    assert_eq!(line(&house, 1, "due-orders").next_at, at("2027-06-04T03:00:00Z"));
}

#[test]
fn what_is_not_wanted_does_not_fill_the_queue() {
    let house = house();
    house.sql("UPDATE tenants SET due_ahead_days=NULL WHERE seq=1");
    round(&house.it, at("2027-06-01T12:00:00Z")).unwrap();
    round(&house.it, at("2027-06-02T12:00:00Z")).unwrap();
    assert_eq!(queued(&house), 0);
    let repeats: i64 = house.ask("SELECT count(*) FROM chores WHERE kind='repeat-orders'");
    assert_eq!(repeats, 0, "no order waits for its next one");
}

#[test]
fn a_round_in_which_nothing_is_to_be_done_is_one_change_and_wakes_nobody() {
    let house = house();
    house.sql("UPDATE tenants SET due_ahead_days=NULL");
    let written = |now: &str| {
        let before = (house.it.db.stats().changes, house.it.queue.bell.rounds());
        round(&house.it, at(now)).unwrap();
        (house.it.db.stats().changes - before.0, house.it.queue.bell.rounds() - before.1)
    };
    assert_eq!(written("2027-06-01T12:00:00Z"), (1, 0), "all lines begin together");
    assert_eq!(written("2027-06-01T12:00:01Z"), (0, 0), "nothing is due");
    // The server's own three turns and the statistics of two tenants are due and the rest is not wanted.
    assert_eq!(written("2027-06-02T12:00:00Z").0, 5 + 1);
    let open: i64 = house.ask("SELECT count(*) FROM chores");
    assert_eq!(open, 5);
    assert_eq!(line(&house, 2, "repeat-orders").last_at, None);
    assert_eq!(line(&house, 2, "repeat-orders").next_at, line(&house, 2, "statistics").next_at);
    // Nothing is done with them: these turns fall out, and the lines move on together.
    let (changes, rings) = written("2027-06-03T12:00:00Z");
    assert_eq!((changes, rings), (1, 0));
}

#[test]
fn what_a_person_asks_for_is_there_when_they_look_though_the_clock_asked_too() {
    // R19
    let house = house();
    let statistics = KINDS.iter().find(|kind| kind.name == "statistics").unwrap();
    let now = Moment::now();
    let user = house.create("users", serde_json::json!({"name": "Mary Manager"}));
    let ours = house.it.queue.order(by_clock(1, "statistics"), now).unwrap().id;
    let theirs = house.it.queue.order(by_hand(1, statistics, Some(user)), now).unwrap().id;
    assert_ne!(ours, theirs);
    assert_eq!(house.it.queue.order(by_hand(1, statistics, Some(user)), now).unwrap().id, theirs, "once");
    for _ in 0..2 {
        let Next::Task(task) = house.it.queue.take(Lane::Heavy, now).unwrap() else { panic!("nothing to do") };
        let outcome = (task.kind.run)(&house.it, &task);
        house.it.queue.settle(&task, &outcome, now).unwrap();
        house.it.queue.let_go(task.chore.id);
    }
    assert!(matches!(house.it.queue.load(ours), Err(Error::NotFound(_))), "the clock's leaves no line");
    assert_eq!(house.chore(theirs).state, State::Done);
    // What leaves a line anyway is one and the same, whoever asks.
    let loud = KINDS.iter().find(|kind| kind.name == "due-orders").unwrap();
    let ours = house.it.queue.order(by_clock(1, "due-orders"), now).unwrap().id;
    assert_eq!(house.it.queue.order(by_hand(1, loud, Some(user)), now).unwrap().id, ours);
}

#[test]
fn a_tenant_that_moves_goes_by_its_new_clocks_at_once() {
    let house = house();
    round(&house.it, at("2027-06-01T12:00:00Z")).unwrap();
    assert_eq!(line(&house, 1, "due-orders").next_at, at("2027-06-02T03:00:00Z"));
    house.sql("UPDATE tenants SET zone='Australia/Sydney' WHERE seq=1");
    round(&house.it, at("2027-06-01T12:01:00Z")).unwrap();
    assert_eq!(line(&house, 1, "due-orders").next_at, at("2027-06-01T19:00:00Z"));
    assert_eq!(queued(&house), 0);
}

/// Says whether somebody is busy, and warms nothing.
struct Idle(AtomicBool);

impl Warmer for Idle {
    fn is_idle(&self) -> bool {
        self.0.load(SeqCst)
    }
    fn warm(&self) -> Result<Json> {
        Ok(Json::Null)
    }
}

#[test]
fn answers_are_made_ready_only_while_nobody_else_reads() {
    // N34
    let house = house();
    let queued = || house.ask::<i64>("SELECT count(*) FROM chores WHERE kind='warm'");
    round(&house.it, at("2027-06-01T12:00:00Z")).unwrap();
    round(&house.it, at("2027-06-01T13:00:00Z")).unwrap();
    assert_eq!(queued(), 0, "there is nobody who could");
    let warmer = Arc::new(Idle(AtomicBool::new(false)));
    assert!(house.it.warmer.set(Arc::clone(&warmer) as Arc<dyn Warmer>).is_ok());
    round(&house.it, at("2027-06-01T14:00:00Z")).unwrap();
    assert_eq!(queued(), 0, "others read");
    warmer.0.store(true, SeqCst);
    round(&house.it, at("2027-06-01T15:00:00Z")).unwrap();
    assert_eq!(queued(), 1);
}
