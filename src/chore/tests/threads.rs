//! The threads that work the queue off.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};

use crate::chore::{ChoreKind, Household, Lane, State, Task, Workers};
use crate::db::Change;
use crate::kernel::{Error, Id, Result};
use crate::stream::{Progress, Step};

use super::fixture::House;

static UNDER_WAY: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

const KINDS: &[ChoreKind] = &[
    ChoreKind { name: "counts", lane: Lane::Heavy, attempts: 3, by_hand: true, quiet: false, run: counts },
    ChoreKind { name: "meets", lane: Lane::Heavy, attempts: 1, by_hand: true, quiet: false, run: meets },
    ChoreKind {
        name: "panics",
        lane: Lane::Light,
        attempts: 1,
        by_hand: true,
        quiet: false,
        run: |_, _| panic!("out of reach"),
    },
    ChoreKind { name: "looks", lane: Lane::Heavy, attempts: 1, by_hand: true, quiet: false, run: looks },
    ChoreKind { name: "endless", lane: Lane::Light, attempts: 3, by_hand: true, quiet: false, run: endless },
];

/// Counts to a hundred, a number at a time, and goes on where it was.
fn counts(_: &Household, task: &Task) -> Result<Json> {
    let begun = task.checkpoint().and_then(|kept| kept["at"].as_i64()).unwrap_or(0);
    for n in begun + 1..=100 {
        task.check()?;
        task.commit(Step::new("counting", n as f64, n.to_string()), Some(json!({ "at": n })), Change::new())?;
    }
    Ok(json!({ "begun": begun }))
}

fn meets(_: &Household, _: &Task) -> Result<Json> {
    MOST.fetch_max(UNDER_WAY.fetch_add(1, SeqCst) + 1, SeqCst);
    std::thread::sleep(Duration::from_millis(20));
    UNDER_WAY.fetch_sub(1, SeqCst);
    Ok(json!({}))
}

/// Says how many records the import has made.
fn looks(household: &Household, _: &Task) -> Result<Json> {
    let read = household.db.read(|conn| {
        let sql = "SELECT state, created FROM imports";
        let row = conn.query_row(sql, [], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)));
        row.map_err(crate::db::fault)
    });
    let (state, created) = read.wait()?;
    Ok(json!({ "state": state, "created": created }))
}

fn endless(_: &Household, task: &Task) -> Result<Json> {
    loop {
        task.check()?;
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Waits, for a generous time, until the chore is in that state.
fn wait(house: &House, id: Id, state: State) {
    let begun = Instant::now();
    while house.chore(id).state != state {
        assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", house.chore(id));
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_chore_that_is_stopped_in_the_middle_goes_on_without_gap_or_repeat() {
    let house = House::with(KINDS, 500);
    let id = house.order("counts").id;
    let workers = Workers::start(Arc::clone(&house.it)).unwrap();
    let begun = Instant::now();
    while house.messages(id).len() < 12 {
        assert!(begun.elapsed() < Duration::from_secs(30));
        std::thread::sleep(Duration::from_millis(1));
    }
    workers.close();
    assert_eq!(house.chore(id).state, State::Waiting);
    house.it.queue.stopping.store(false, SeqCst);
    let _again = Workers::start(Arc::clone(&house.it)).unwrap();
    wait(&house, id, State::Done);
    let chore = house.chore(id);
    assert!(chore.result.unwrap()["begun"].as_i64().unwrap() > 0, "it went on from its checkpoint");
    assert_eq!(chore.attempts, 1);
    house.stages(id);
    let counted: Vec<_> = house.messages(id).into_iter().filter(|m| m.step.stage == "counting").collect();
    let numbers: Vec<String> = counted.into_iter().map(|message| message.step.message).collect();
    assert_eq!(numbers, (1..=100).map(|n| n.to_string()).collect::<Vec<_>>());
}

#[test]
fn heavy_chores_never_meet_each_other_nor_an_import() {
    let house = House::with(KINDS, 500);
    let _workers = Workers::start(Arc::clone(&house.it)).unwrap();
    let turn = house.it.turn.lock();
    let all: Vec<Id> = (0..4).map(|_| house.order("meets").id).collect();
    std::thread::sleep(Duration::from_millis(30));
    assert!(all.iter().all(|id| house.chore(*id).state == State::Waiting), "an import has the turn");
    // Others who work the same queue off, but know nothing of that turn: only the claim keeps them apart.
    let _others = Workers::start(house.twin()).unwrap();
    drop(turn);
    house.it.queue.bell.ring();
    all.iter().for_each(|id| wait(&house, *id, State::Done));
    assert_eq!(MOST.load(SeqCst), 1);
}

#[test]
fn what_is_short_goes_between_the_slices_of_an_import_and_the_import_goes_on_between_two_of_them() {
    const ROWS: usize = 40_000;
    let house = House::with(KINDS, 500);
    let _workers = Workers::start(Arc::clone(&house.it)).unwrap();
    let file: String = std::iter::once("Name\n".to_owned()).chain((0..ROWS).map(|n| format!("Acme {n}\n"))).collect();
    let access = house.it.tenant(1).unwrap();
    let import = house.it.imports.create(&access, "companies", "acme.csv", file.as_bytes()).unwrap();
    let id: Id = import["id"].as_str().unwrap().parse().unwrap();
    house.it.imports.start(&access, id).unwrap();
    let begun = Instant::now();
    while house.ask::<i64>("SELECT done FROM imports") == 0 {
        assert!(begun.elapsed() < Duration::from_secs(30));
        std::thread::sleep(Duration::from_millis(1));
    }
    let all: Vec<Id> = (0..3).map(|_| house.order("looks").id).collect();
    all.iter().for_each(|id| wait(&house, *id, State::Done));
    let seen: Vec<Json> = all.iter().map(|id| house.chore(*id).result.unwrap()).collect();
    assert!(seen.iter().all(|seen| seen["state"] == "running"), "{seen:?}");
    let made: Vec<i64> = seen.iter().map(|seen| seen["created"].as_i64().unwrap()).collect();
    assert!(made.windows(2).all(|two| two[0] < two[1]), "a slice between two chores: {made:?}");
    while house.ask::<String>("SELECT state FROM imports") != "done" {
        assert!(begun.elapsed() < Duration::from_secs(120));
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(house.ask::<i64>("SELECT created FROM imports"), ROWS as i64);
}

#[test]
fn a_panic_is_a_failure_like_others() {
    let house = House::with(KINDS, 500);
    let _workers = Workers::start(Arc::clone(&house.it)).unwrap();
    let id = house.order("panics").id;
    wait(&house, id, State::Dead);
    assert!(!house.chore(id).error.unwrap().contains("out of reach"));
    let next = house.order("endless").id;
    wait(&house, next, State::Running);
    house.it.queue.cancel(next, crate::kernel::Moment::now()).unwrap();
    wait(&house, next, State::Cancelled);
    assert!(matches!(house.it.queue.retry(Id::new(), crate::kernel::Moment::now()), Err(Error::NotFound(_))));
}
