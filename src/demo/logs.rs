//! What is left of a job: hours, parts, certificates.

use crate::kernel::{Id, Moment};

use super::calendar::{HOUR, MINUTE, at, date, day_of, later};
use super::calls::Work;
use super::jobs::{Job, State};
use super::machines::{last_inspection, machine_at, since};
use super::random::Random;
use super::suppliers::{part_at, part_named};
use super::team::Team;
use super::world::{Entry, World};

/// The visits of a job that have begun and ended: from, to.
fn visits(job: &Job, now: Moment) -> impl Iterator<Item = (Moment, Moment)> {
    let plan = job.plan;
    let begun = job.state >= State::InProgress && job.state != State::Cancelled;
    let (first, second) = match plan.broke_off {
        Some(end) => {
            ((plan.started, end), Some((later(plan.completed, -(end.0 - plan.started.0) / MINUTE), plan.completed)))
        }
        None => ((plan.started, plan.completed), None),
    };
    [Some(first), second].into_iter().flatten().filter(move |(_, to)| begun && *to <= now)
}

/// The hours of a job, with the way there for some. `number` counts the logs of all jobs.
pub fn time_logs(world: &World, job: &Job, mut number: usize) -> Vec<Entry> {
    let mut random = Random::of("time-logs", job.number);
    let mut logs = Vec::new();
    for (from, to) in visits(job, world.now) {
        if job.contractor.is_some() {
            break;
        }
        let mut log = |from: Moment, to: Moment, billable: bool, what: &str| {
            let entry = world.entry("time-logs", number, to).by(job.technician).set("work_order_id", job.id);
            let entry = entry.set("user_id", job.technician).set("started_at", from).set("ended_at", to);
            logs.push(entry.set("billable", billable).set("description", what));
            number += 1;
        };
        if random.chance(35) {
            log(later(from, -random.between(12, 50)), from, false, "Way there");
        }
        let what = match job.call.work {
            Work::Service => "Service",
            Work::Inspection => "With the inspector",
            Work::Breakdown => "Finding the fault and putting it right",
            Work::Repair => "Repair",
        };
        log(from, to, job.call.work != Work::Service, what);
    }
    logs
}

/// The part that a finished job used up, if it did.
pub fn part_log(world: &World, job: &Job) -> Option<Entry> {
    let mut random = Random::of("part-logs", job.number);
    let done = matches!(job.state, State::Completed | State::Invoiced);
    let needed = done && random.chance(if job.call.work == Work::Service { 25 } else { 75 });
    let part = part_at(world, part_named(world, job.call.part.filter(|_| needed)?, &mut random));
    let entry = world.entry("part-logs", job.number, job.plan.completed).by(job.technician);
    let entry = entry.set("work_order_id", job.id).set("stock_item_id", part.id).set("description", part.name);
    let quantity = random.weighted(&[(80, 1.0), (16, 2.0), (4, 4.0)]);
    Some(entry.set("quantity", quantity).set("price", part.price))
}

/// The certificate that a finished inspection ended in, numbered by us.
pub fn certificate(world: &World, job: &Job) -> Option<Entry> {
    let done = matches!(job.state, State::Completed | State::Invoiced) && job.call.work == Work::Inspection;
    let mut random = Random::of("certificates", job.number);
    let issued = done.then(|| day_of(job.plan.completed))?;
    let entry = world.entry("certificates", job.number, later(job.plan.completed, 20)).by(job.technician);
    let entry = entry.set("work_order_id", job.id).set("inspector", inspector(&mut random));
    Some(described(entry, job.machine.id(world), issued, issued + 365, &mut random))
}

/// How many machines have a certificate from the time before they came to us.
pub fn old_papers(world: &World) -> usize {
    world.machines() / 5
}

/// The certificate of a machine's last inspection, as the inspecting body numbered it.
pub fn old_paper(world: &World, team: &Team, number: usize) -> Entry {
    // All machines of the first sites have one, and every sixth of the others.
    let machine = if number < 50 { number } else { (number * 6) % world.machines() };
    let (issued, until) = last_inspection(world, machine);
    let written = at(since(world, machine).max(issued), 0).0 + 16 * HOUR + number as i64 % 50 * MINUTE;
    let mut random = Random::of("papers", number);
    let created = Moment(written.min(world.now.0));
    let entry = world.entry("certificates", world.orders() + number, created).by(team.accounts());
    let entry =
        entry.set("number", format!("VIB-{:06}", 204_000 + number * 13)).set("inspector", "Vale Inspection Body");
    described(entry, machine_at(machine).id(world), issued, until, &mut random)
}

fn described(entry: Entry, machine: Id, issued: i64, until: i64, random: &mut Random) -> Entry {
    let (result, remark) = random.weighted(&[
        (84, ("passed", None)),
        (6, ("passed_with_defects", Some("Light in the pit is out."))),
        (5, ("passed_with_defects", Some("Comb segment or door shoe to be changed within six months."))),
        (4, ("passed_with_defects", Some("Sign for the load is missing in the car."))),
        (1, ("failed", Some("Governor does not trip. Out of service until it is put right."))),
    ]);
    entry
        .set("equipment_id", machine)
        .set("issued_on", date(issued).to_string())
        .set("valid_until", date(until).to_string())
        .set("result", result)
        .set("description", remark)
}

fn inspector(random: &mut Random) -> &'static str {
    random.pick(&[
        "D. Ormerod, Vale Inspection Body",
        "K. Lister, Vale Inspection Body",
        "J. Prentice, Northern Lift Inspection",
    ])
}
