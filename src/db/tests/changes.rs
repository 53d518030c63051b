//! Changes: grouped, each on its own, acknowledged in the right order.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use crate::db::{Change, Observer, Options, Touch};
use crate::kernel::Error;

use super::fixture::{Larder, options, part, thing};

#[test]
fn a_failing_change_leaves_the_others_of_its_group_alone() {
    let larder = Larder::new();
    larder.write(thing(1, "one")).expect("written");
    let tickets: Vec<_> = (0..32)
        .map(|i| larder.db.write(if i == 7 { part(999, "nobody's") } else { part(1, &format!("part {i}")) }))
        .collect();
    let refused: Vec<_> = tickets.into_iter().map(crate::db::Ticket::wait).filter_map(Result::err).collect();
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].code(), "reference");
    assert_eq!(larder.count("SELECT count(*) FROM parts"), 31);
}

#[test]
fn half_a_change_is_never_kept() {
    let larder = Larder::new();
    let mut change = thing(1, "one");
    change.extend(part(1, "wheel")).extend(part(1, "wheel"));
    assert_eq!(larder.write(change).expect_err("a name twice").code(), "taken");
    assert_eq!(larder.count("SELECT count(*) FROM things"), 0);
    assert_eq!(larder.count("SELECT count(*) FROM history"), 0);
}

#[test]
fn a_guard_says_why_it_refused() {
    let larder = Larder::new();
    larder.write(thing(1, "one")).expect("written");
    let guarded = |code: &str, holds: &str| {
        let mut change = Change::new();
        change.guard(code, holds, vec![]);
        change.push("UPDATE things SET version = version + 1", vec![]);
        larder.write(change)
    };
    let version = "EXISTS (SELECT 1 FROM things WHERE seq = 1 AND version = 1)";
    guarded("version", version).expect("the first version");
    assert!(matches!(guarded("version", version), Err(Error::Conflict(d)) if d.code == "version_mismatch"));
    assert!(matches!(guarded("rights", "0"), Err(Error::Forbidden(_))));
    assert!(matches!(guarded("gone", "0"), Err(Error::NotFound(_))));
    assert!(matches!(guarded("reference:site_id", "0"), Err(Error::Invalid(d)) if d.fields[0].pointer == "/site_id"));
    assert_eq!(larder.count("SELECT version FROM things"), 2);
}

/// Panics on demand and counts what it heard.
#[derive(Default)]
struct Listener {
    heard: AtomicUsize,
}

impl Observer for Listener {
    fn committed(&self, touched: &[Touch]) {
        self.heard.fetch_add(touched.len(), SeqCst);
        assert!(!touched.iter().any(|t| t.set == "panic"), "as asked");
    }
}

#[test]
fn the_observer_hears_of_a_commit_before_the_writer_of_the_change_does() {
    let listener = Arc::new(Listener::default());
    let larder = Larder::with(Options { observer: Arc::clone(&listener) as _, search: vec![], ..options() });
    for i in 1..=20 {
        larder.write(thing(i, "a thing")).expect("written");
        assert_eq!(listener.heard.load(SeqCst), i as usize);
    }
    assert!(larder.write(part(999, "nobody's")).is_err());
    assert_eq!(listener.heard.load(SeqCst), 20, "what was refused is not told");
    let mut change = thing(21, "a thing");
    change.touch(1, "panic");
    larder.write(change).expect("committed, whatever the observer does");
    larder.write(thing(22, "a thing")).expect("the writer lives");
}

#[test]
fn accepted_changes_are_finished_before_the_database_closes() {
    let mut larder = Larder::new();
    let tickets: Vec<_> = (1..=500).map(|i| larder.db.write(thing(i, "late"))).collect();
    larder.reopen().expect("opened again");
    assert!(tickets.into_iter().all(|ticket| ticket.wait().is_ok()));
    assert_eq!(larder.count("SELECT count(*) FROM things"), 500);
}

#[test]
fn a_full_lane_answers_at_once() {
    let larder = Larder::with(Options { limits: crate::db::Limits { changes: 2, ..Default::default() }, ..options() });
    let mut slow = Change::new();
    slow.push(
        "INSERT INTO history(at, thing, what) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)
         SELECT i, i, 'slow' FROM n",
        vec![],
    );
    let first = larder.db.write(slow);
    let rest: Vec<_> = (1..=50).map(|i| larder.db.write(thing(i, "more"))).collect();
    let refused =
        rest.into_iter().filter_map(|ticket| ticket.wait().err()).inspect(|e| assert_eq!(e.code(), "writer_full"));
    assert!(refused.count() >= 40);
    first.wait().expect("written");
}

#[test]
fn a_full_disk_is_said_to_be_full_and_passes() {
    let larder = Larder::new();
    larder.write(thing(1, "one")).expect("written");
    // The pragma works although a change may not return rows.
    let pages = |most: u32| {
        let mut change = Change::new();
        change.push(format!("PRAGMA max_page_count = {most}"), vec![]);
        assert!(larder.write(change).is_err());
    };
    pages(1);
    let tickets: Vec<_> = (2..100).map(|i| larder.db.write(thing(i, &"full ".repeat(1000)))).collect();
    let refused: Vec<_> = tickets.into_iter().filter_map(|ticket| ticket.wait().err()).collect();
    assert!(!refused.is_empty() && refused.iter().all(|e| e.code() == "disk_full"), "{refused:?}");
    let kept = larder.count("SELECT count(*) FROM things");
    assert_eq!(kept, 99 - refused.len() as i64, "what was acknowledged is there, and nothing else");
    pages(1_000_000);
    larder.write(thing(200, &"room ".repeat(1000))).expect("room again");
}
