//! The queue itself, with the time in the test's hands.

use serde_json::{Value as Json, json};

use crate::chore::queue::{LEASE_S, Next, outdated};
use crate::chore::{Chore, ChoreKind, Lane, Order, State, Task};
use crate::db::Change;
use crate::kernel::{Error, Moment, Result};
use crate::stream::{Progress, Step};

use super::fixture::{House, NOW, nothing};

const KINDS: &[ChoreKind] = &[
    ChoreKind { name: "light", lane: Lane::Light, attempts: 3, by_hand: true, quiet: false, run: nothing },
    ChoreKind { name: "heavy", lane: Lane::Heavy, attempts: 3, by_hand: true, quiet: false, run: nothing },
];

fn house() -> House {
    House::with(KINDS, 500)
}

fn take(house: &House, lane: Lane, now: Moment) -> Option<Box<Task>> {
    match house.it.queue.take(lane, now).unwrap() {
        Next::Task(task) => Some(task),
        Next::Nothing(_) => None,
    }
}

fn busy() -> Error {
    Error::busy("elsewhere", "The other end is busy.")
}

/// Takes what is next and lets it fail.
fn fail(house: &House, now: Moment) {
    let task = take(house, Lane::Light, now).expect("something to do");
    house.it.queue.settle(&task, &Err(busy()), now).unwrap();
    house.it.queue.let_go(task.chore.id);
}

#[test]
fn what_matters_more_goes_first_then_what_came_first() {
    let house = house();
    let order = |priority| {
        let order = Order { tenant: 1, kind: "light", priority, ..Order::default() };
        house.it.queue.order(order, NOW).unwrap().id
    };
    let (first, second, urgent) = (order(0), order(0), order(5));
    for expected in [urgent, first, second] {
        let task = take(&house, Lane::Light, NOW).unwrap();
        assert_eq!(task.chore.id, expected);
        assert_eq!(house.chore(expected).state, State::Running);
        house.it.queue.settle(&task, &Ok(json!({"n": 1})), NOW).unwrap();
        house.it.queue.let_go(expected);
    }
    let done = house.chore(first);
    assert_eq!((done.state, done.result, done.attempts), (State::Done, Some(json!({"n": 1})), 1));
    assert_eq!(house.stages(first), ["waiting", "started", "done"]);
    assert!(house.it.streams.page(first, 0, 10).unwrap().is_last());
}

#[test]
fn the_same_work_is_asked_for_once_while_it_is_open() {
    let house = house();
    let order = |tenant, dedupe: &str| {
        let order = Order { tenant, kind: "light", dedupe: Some(dedupe.to_owned()), ..Order::default() };
        house.it.queue.order(order, NOW).unwrap().id
    };
    let first = order(1, "a");
    assert_eq!(order(1, "a"), first);
    assert_ne!(order(1, "b"), first);
    assert_ne!(order(2, "a"), first, "another tenant's work is other work");
    house.it.queue.cancel(first, NOW).unwrap();
    assert_ne!(order(1, "a"), first, "what has ended can be asked for again");
}

#[test]
fn a_tenant_has_only_so_much_open() {
    let house = House::with(KINDS, 2);
    let order = |tenant| house.it.queue.order(Order { tenant, kind: "light", ..Order::default() }, NOW);
    let first = order(1).unwrap();
    order(1).unwrap();
    assert_eq!(order(1).unwrap_err().code(), "chores_full");
    assert!(order(2).is_ok(), "another tenant has its own room");
    house.it.queue.cancel(first.id, NOW).unwrap();
    assert!(order(1).is_ok());
}

#[test]
fn what_fails_waits_longer_each_time_and_is_given_up_until_somebody_asks() {
    let house = house();
    let id = house.order("light").id;
    fail(&house, NOW);
    let once = house.chore(id);
    assert_eq!((once.state, once.run_after), (State::Failed, NOW.plus_s(30)));
    assert_eq!(once.error.as_deref(), Some("The other end is busy."));
    assert!(take(&house, Lane::Light, NOW.plus_s(29)).is_none(), "not before its time");
    fail(&house, NOW.plus_s(30));
    assert_eq!(house.chore(id).run_after, NOW.plus_s(30 + 60), "twice as long");
    fail(&house, NOW.plus_s(90));
    assert_eq!(house.chore(id).state, State::Dead, "three attempts and no more");
    assert!(take(&house, Lane::Light, NOW.plus_s(1_000_000)).is_none());
    let waiting = house.it.queue.retry(id, NOW.plus_s(100)).unwrap();
    assert_eq!((waiting.state, waiting.attempts, waiting.error), (State::Waiting, 0, None));
    let task = take(&house, Lane::Light, NOW.plus_s(100)).unwrap();
    house.it.queue.settle(&task, &Ok(json!({})), NOW.plus_s(100)).unwrap();
    assert_eq!(house.chore(id).state, State::Done);
    let stages = ["waiting", "started", "failed", "started", "failed", "started", "dead", "waiting", "started", "done"];
    assert_eq!(house.stages(id), stages);
    assert_eq!(house.it.queue.retry(id, NOW).unwrap_err().code(), "chore_not_failed");
}

#[test]
fn what_can_never_work_is_not_tried_again() {
    let house = house();
    let id = house.order("light").id;
    let task = take(&house, Lane::Light, NOW).unwrap();
    house.it.queue.settle(&task, &Err(Error::invalid("x", "There is no such region.")), NOW).unwrap();
    let dead = house.chore(id);
    assert_eq!((dead.state, dead.error.as_deref()), (State::Dead, Some("There is no such region.")));
}

#[test]
fn an_error_inside_is_not_told_to_people() {
    let house = house();
    let id = house.order("light").id;
    let task = take(&house, Lane::Light, NOW).unwrap();
    house.it.queue.settle(&task, &Err(Error::internal("SELECT secret FROM vault")), NOW).unwrap();
    assert!(!house.chore(id).error.unwrap().contains("vault"));
    assert!(house.messages(id).iter().all(|message| !message.step.message.contains("vault")));
}

#[test]
fn one_heavy_chore_at_a_time_and_light_ones_beside() {
    let house = house();
    let (first, second, light) = (house.order("heavy").id, house.order("heavy").id, house.order("light").id);
    let one = take(&house, Lane::Heavy, NOW).unwrap();
    assert_eq!(one.chore.id, first);
    assert!(take(&house, Lane::Heavy, NOW).is_none(), "the second waits");
    assert_eq!(take(&house, Lane::Light, NOW).unwrap().chore.id, light);
    house.it.queue.settle(&one, &Ok(json!({})), NOW).unwrap();
    house.it.queue.let_go(first);
    assert_eq!(take(&house, Lane::Heavy, NOW).unwrap().chore.id, second);
}

#[test]
fn a_lease_that_ran_out_lets_another_go_on_from_the_checkpoint() {
    let house = house();
    let id = house.order("heavy").id;
    let lost = take(&house, Lane::Heavy, NOW).unwrap();
    let step = Step::new("writing", 40.0, "40 of 100");
    lost.commit(step, Some(json!({"at": 40})), Change::new()).unwrap();
    // As if its process had been killed: nobody here is at it.
    house.it.queue.let_go(id);
    let kept: i64 = house.ask("SELECT lease_until FROM chores");
    assert!(take(&house, Lane::Heavy, Moment(kept - 1)).is_none(), "while the lease holds it is left alone");
    let later = Moment(kept + 1);
    let found = take(&house, Lane::Heavy, later).unwrap();
    assert_eq!((found.chore.id, found.chore.attempts), (id, 2));
    assert_eq!(found.checkpoint(), Some(json!({"at": 40})));
    let late = lost.tell(Step::new("writing", 50.0, "50 of 100")).unwrap_err();
    assert_eq!(late.code(), "chore_taken", "whoever lost it can tell nothing more");
    assert!(house.it.queue.settle(&lost, &Ok(json!({})), later).is_err());
    found.tell(Step::new("writing", 60.0, "60 of 100")).unwrap();
    house.it.queue.settle(&found, &Ok(json!({})), later).unwrap();
    assert_eq!(house.stages(id), ["waiting", "started", "writing", "resumed", "writing", "done"]);
}

#[test]
fn what_was_put_aside_is_kept_for_as_long_as_somebody_may_go_on_from_it() {
    let house = house();
    let begin = |aside: &str, now: Moment| {
        let task = take(&house, Lane::Light, now).unwrap();
        task.commit(Step::new("writing", 40.0, "40 of 100"), Some(json!({ "at": aside })), Change::new()).unwrap();
        task
    };
    let end = |task: &Task, outcome: Result<Json>, now: Moment| {
        house.it.queue.settle(task, &outcome, now).unwrap();
        house.it.queue.let_go(task.chore.id);
    };
    let kept = || house.ask::<i64>("SELECT count(*) FROM chores WHERE checkpoint IS NOT NULL");
    let (small, large) = ("40", "x".repeat(100_000));
    house.order("light");
    let task = begin(small, NOW);
    assert_eq!(kept(), 1);
    let shown = house.it.db.read(|conn| Chore::list(conn, 1, None, 9)).wait().unwrap();
    assert!(shown[0].state == State::Running && shown[0].checkpoint.is_none(), "it is not read to be shown");
    end(&task, Ok(json!({})), NOW);
    assert_eq!(kept(), 0, "nobody goes on from what is done");

    // What failed goes on however much it is, what was given up only where that is little.
    for (aside, left) in [(small, 1), (&*large, 0)] {
        let id = house.order("light").id;
        let task = begin(aside, NOW);
        end(&task, Err(busy()), NOW);
        assert_eq!(kept(), 1);
        let task = take(&house, Lane::Light, NOW.plus_s(30)).unwrap();
        assert_eq!(task.checkpoint(), Some(json!({ "at": aside })));
        end(&task, Err(Error::invalid("x", "There is no such region.")), NOW.plus_s(30));
        assert_eq!((house.chore(id).state, kept()), (State::Dead, left));
        house.it.queue.retry(id, NOW.plus_s(40)).unwrap();
        let task = take(&house, Lane::Light, NOW.plus_s(40)).unwrap();
        assert_eq!(task.checkpoint().is_some(), left == 1);
        end(&task, Ok(json!({})), NOW.plus_s(40));
        assert_eq!(kept(), 0);
    }
}

#[test]
fn a_restart_takes_up_at_once_what_a_kill_left_and_gives_up_what_kills_again_and_again() {
    let house = house();
    let id = house.order("heavy").id;
    for attempt in 1..=3 {
        let task = take(&house, Lane::Heavy, NOW).unwrap();
        assert_eq!(task.chore.attempts, attempt);
        house.it.queue.let_go(id);
        house.it.queue.recover().unwrap();
    }
    assert!(take(&house, Lane::Heavy, NOW).is_none());
    let dead = house.chore(id);
    assert_eq!(dead.state, State::Dead);
    assert!(dead.error.unwrap().contains("3 times"));
}

#[test]
fn claims_are_extended_while_their_process_lives() {
    let house = house();
    house.order("heavy");
    let _task = take(&house, Lane::Heavy, NOW).unwrap();
    house.it.queue.extend(NOW.plus_s(LEASE_S - 1)).unwrap();
    assert_eq!(house.ask::<i64>("SELECT lease_until FROM chores"), NOW.plus_s(2 * LEASE_S - 1).0);
}

#[test]
fn a_chore_is_cancelled_at_once_while_it_waits_and_after_its_step_while_it_runs() {
    let house = house();
    let waiting = house.order("light").id;
    house.it.queue.cancel(waiting, NOW).unwrap();
    assert_eq!(house.chore(waiting).state, State::Cancelled);
    assert!(take(&house, Lane::Light, NOW).is_none());
    assert_eq!(house.it.queue.cancel(waiting, NOW).unwrap_err().code(), "chore_ended");

    let running = house.order("light").id;
    let task = take(&house, Lane::Light, NOW).unwrap();
    task.check().unwrap();
    house.it.queue.cancel(running, NOW).unwrap();
    let heard = task.check().unwrap_err();
    assert!(task.is_cancelled());
    assert_eq!(house.chore(running).state, State::Running, "until it hears of it");
    house.it.queue.settle(&task, &Err(heard), NOW).unwrap();
    assert_eq!(house.chore(running).state, State::Cancelled);

    // Cancelled, and then the server was killed before it heard of it.
    let killed = house.order("light").id;
    let _task = take(&house, Lane::Light, NOW).unwrap();
    house.it.queue.cancel(killed, NOW).unwrap();
    house.it.queue.let_go(killed);
    house.it.queue.recover().unwrap();
    assert!(take(&house, Lane::Light, NOW).is_none());
    assert_eq!(house.chore(killed).state, State::Cancelled);
}

#[test]
fn a_stop_of_the_server_costs_no_attempt() {
    let house = house();
    let id = house.order("light").id;
    let task = take(&house, Lane::Light, NOW).unwrap();
    house.it.queue.stopping.store(true, std::sync::atomic::Ordering::SeqCst);
    let told = task.check().unwrap_err();
    house.it.queue.settle(&task, &Err(told), NOW).unwrap();
    let back = house.chore(id);
    assert_eq!((back.state, back.attempts), (State::Waiting, 0));
}

#[test]
fn ended_chores_are_forgotten_in_time_and_open_ones_never() {
    // D30
    let house = house();
    let (ended, open) = (house.order("light").id, house.order("light").id);
    house.it.queue.cancel(ended, NOW).unwrap();
    outdated(30, NOW.plus_s(29 * 86_400)).run(&house.it.db, &|| Ok(())).unwrap();
    assert_eq!(house.ask::<i64>("SELECT count(*) FROM chores"), 2);
    outdated(30, NOW.plus_s(31 * 86_400)).run(&house.it.db, &|| Ok(())).unwrap();
    assert_eq!(house.ask::<i64>("SELECT count(*) FROM chores"), 1);
    assert_eq!(house.chore(open).state, State::Waiting);
}

#[test]
fn all_that_is_old_goes_at_once_and_a_stop_is_heard_between_two_pieces() {
    // D30
    let house = house();
    house.sql(
        "INSERT INTO chores(id, tenant_id, kind, lane, state, run_after, ended_at, created_at, updated_at) \
         WITH n(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM n WHERE n<1200) \
         SELECT unhex(printf('%032x', n)), 1, 'light', 'light', 'done', 1, n, 1, 1 FROM n",
    );
    let left = || house.ask::<i64>("SELECT count(*) FROM chores");
    let asked = std::cell::Cell::new(0);
    let stops = || {
        asked.set(asked.get() + 1);
        if asked.get() < 3 { Ok(()) } else { Err(busy()) }
    };
    assert_eq!(outdated(30, NOW).run(&house.it.db, &stops).unwrap_err().code(), "elsewhere");
    assert_eq!(left(), 200, "two pieces of 500");
    outdated(30, NOW).run(&house.it.db, &|| Ok(())).unwrap();
    assert_eq!(left(), 0);
}
