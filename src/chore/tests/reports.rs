//! Reports that are worked out behind the scenes, with the task in the test's hands.

use std::time::{Duration, Instant};

use crate::chore::queue::Next;
use crate::chore::{Lane, ReportOrder, State};
use crate::kernel::Moment;
use crate::report::{self, Ask};
use crate::stream::{Progress, Step};

use super::fixture::house;

#[test]
fn a_report_that_is_done_at_once_puts_nothing_aside() {
    // N22
    let house = house();
    let (access, now) = (house.it.tenant(1).unwrap(), Moment::now());
    let ask = Ask::read(report::find("equipment-due").unwrap(), &house.it.registry, &access, &[]).unwrap();
    let id = house.it.queue.order(ReportOrder::of(&house.it, &access, &ask, None), now).unwrap().id;
    let Next::Task(task) = house.it.queue.take(Lane::Heavy, now).unwrap() else { panic!("nothing to do") };
    let begun = Instant::now();
    let outcome = (task.kind.run)(&house.it, &task);
    // On a machine that is busy with other things it may not be done at once.
    if begun.elapsed() < Duration::from_secs(1) {
        assert_eq!(task.checkpoint(), None);
    }
    house.it.queue.settle(&task, &outcome, now).unwrap();
    assert_eq!(house.chore(id).state, State::Done);
    assert_eq!(house.stages(id), ["waiting", "started", "reading", "reading", "reading", "writing", "done"]);
}

#[test]
fn a_report_that_begins_anew_does_not_tell_again_what_it_told() {
    // N22, N25
    let house = house();
    let (access, now) = (house.it.tenant(1).unwrap(), Moment::now());
    let ask = Ask::read(report::find("equipment-due").unwrap(), &house.it.registry, &access, &[]).unwrap();
    let id = house.it.queue.order(ReportOrder::of(&house.it, &access, &ask, None), now).unwrap().id;
    let Next::Task(lost) = house.it.queue.take(Lane::Heavy, now).unwrap() else { panic!("nothing to do") };
    for (at, said) in [(0.0, "Counting what is due (1 of 3)"), (25.0, "Looking up inspections (2 of 3)")] {
        lost.tell(Step::new("reading", at, said)).unwrap();
    }
    // As if the server had been killed in its second stage, before anything was put aside.
    house.it.queue.let_go(id);
    house.it.queue.recover().unwrap();
    let Next::Task(task) = house.it.queue.take(Lane::Heavy, now).unwrap() else { panic!("nothing to do") };
    let outcome = (task.kind.run)(&house.it, &task);
    house.it.queue.settle(&task, &outcome, now).unwrap();
    let told = house.messages(id);
    assert!(told.iter().map(|message| message.step.percentage).is_sorted(), "{told:?}");
    let counted = told.iter().filter(|message| message.step.message.starts_with("Counting"));
    assert_eq!(counted.count(), 1);
    assert_eq!(house.chore(id).state, State::Done);
}
