//! Work orders before they are written down: what is done where, by whom, and when.
//!
//! A job is a plan in time; what has passed by now decides its state. So the open ones are young,
//! the old ones are invoiced, and nothing contradicts its own dates.

use crate::kernel::{Id, Moment};

use super::calendar::{DAY, MINUTE, SLOTS, at, day_of, later, working};
use super::calls::{CALLS, Call, Work};
use super::machines::{Machine, Sort, machine_at, since, status_of};
use super::random::Random;
use super::suppliers::{contractor_id, contractors};
use super::team::Team;
use super::world::{World, id_of};

/// Jobs that are the first technician's round of today: one for each of the first slots.
const TODAY: usize = 6;
/// Machines of the customers that the screens show, where more happens than elsewhere.
const WELL_KNOWN: usize = 50;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    New,
    Assigned,
    InProgress,
    OnHold,
    Completed,
    Invoiced,
    Cancelled,
}

impl State {
    pub fn name(self) -> &'static str {
        ["new", "assigned", "in_progress", "on_hold", "completed", "invoiced", "cancelled"][self as usize]
    }
    pub fn is_open(self) -> bool {
        self < Self::Completed
    }
}

pub struct Job {
    pub number: usize,
    pub id: Id,
    pub machine: Machine,
    pub call: &'static Call,
    pub priority: &'static str,
    pub technician: Id,
    /// Some jobs go to outside firms.
    pub contractor: Option<Id>,
    pub plan: Plan,
    pub state: State,
}

/// When everything happens, if nothing is cancelled.
#[derive(Clone, Copy)]
pub struct Plan {
    pub created: Moment,
    pub assigned: Moment,
    pub due: Moment,
    pub scheduled: Moment,
    pub started: Moment,
    /// The end of a first visit that did not finish it.
    pub broke_off: Option<Moment>,
    pub completed: Moment,
    pub invoiced: Moment,
    pub cancelled: Option<Moment>,
}

impl Plan {
    fn state(&self, now: Moment, waits: bool) -> State {
        let state = match self {
            _ if self.cancelled.is_some_and(|at| at <= now) => State::Cancelled,
            _ if self.invoiced <= now => State::Invoiced,
            _ if self.completed <= now => State::Completed,
            _ if self.started <= now => State::InProgress,
            // The day has gone by and nobody could do it.
            _ if day_of(self.scheduled) < day_of(now) && waits => State::OnHold,
            _ if self.assigned <= now => State::Assigned,
            _ => State::New,
        };
        match (state, self.broke_off) {
            (State::InProgress, Some(end)) if end <= now && waits => State::OnHold,
            (state, _) => state,
        }
    }
}

/// The moment and with it the id of an order; the firm has grown, so there are more of late.
fn created(world: &World, number: usize) -> Moment {
    world.passed((number as f64 / world.orders() as f64).powf(0.85))
}

pub fn order_id(world: &World, number: usize) -> Id {
    id_of("work-orders", number, created(world, number))
}

pub fn job_at(world: &World, team: &Team, number: usize) -> Job {
    let created = created(world, number);
    let mut random = Random::of("work-orders", number);
    let work =
        random.weighted(&[(44, Work::Service), (12, Work::Inspection), (30, Work::Breakdown), (14, Work::Repair)]);
    let priority = random.weighted(match work {
        Work::Breakdown => &[(12, "emergency"), (34, "high"), (46, "normal"), (8, "low")],
        Work::Repair => &[(18, "high"), (66, "normal"), (16, "low")],
        Work::Service | Work::Inspection => &[(6, "high"), (84, "normal"), (10, "low")],
    });
    let stop = (number + TODAY).checked_sub(world.orders());
    let plan = match stop {
        Some(stop) => round_of_today(world, created, stop),
        None => planned(work, priority, created, &mut random),
    };
    let state = plan.state(world.now, random.chance(50));
    let machine = choose(world, state, day_of(created), stop.is_some() || is_well_known(world, number), &mut random);
    let calls: Vec<&Call> = CALLS.iter().filter(|c| c.work == work && c.on.contains(&machine.sort)).collect();
    // The first of its sort is the everyday one: the monthly service, the lift that stopped.
    let call = if random.chance(35) { calls[0] } else { random.pick(&calls) };
    let outside = stop.is_none() && random.chance(if machine.sort == Sort::Escalator { 40 } else { 5 });
    // The first contractor has a login, so there is work in that list at any scale.
    let firm = if random.chance(30) { 0 } else { random.below(contractors(world)) };
    let contractor = outside.then(|| contractor_id(world, firm));
    let technician = team.technician(if stop.is_some() { 0 } else { random.below(team.technicians()) });
    let id = id_of("work-orders", number, created);
    Job { number, id, machine, call, priority, technician, contractor, plan, state }
}

/// As many jobs at any scale: a customer does not break more lifts because others were added.
fn is_well_known(world: &World, number: usize) -> bool {
    number.is_multiple_of(world.scale) && Random::of("well known", number).chance(6)
}

/// A machine that can have this job: looked after by then, and in a condition that fits.
fn choose(world: &World, state: State, day: i64, well_known: bool, random: &mut Random) -> Machine {
    let among = if well_known { WELL_KNOWN } else { world.machines() };
    for attempt in 0..400 {
        let number = random.below(among);
        let fits = match (state, status_of(number)) {
            (State::InProgress | State::OnHold, status) if attempt < 200 => {
                matches!(status, "in_work" | "out_of_service")
            }
            (state, "decommissioned") => !state.is_open(),
            _ => true,
        };
        if fits && since(world, number) <= day {
            return machine_at(number);
        }
    }
    machine_at(0)
}

fn slot(random: &mut Random) -> i64 {
    random.pick(&SLOTS)
}

fn planned(work: Work, priority: &str, created: Moment, random: &mut Random) -> Plan {
    let day = day_of(created);
    let emergency = priority == "emergency";
    let ahead = match (work, priority) {
        (Work::Breakdown, "high") => 1,
        (Work::Breakdown, "normal") => random.between(1, 4),
        (Work::Breakdown, _) => random.between(3, 10),
        (Work::Service, _) => random.between(6, 20),
        (Work::Inspection, _) => random.between(14, 28),
        (Work::Repair, _) => random.between(4, 24),
    };
    let scheduled = match emergency {
        true => later(created, random.between(25, 80)),
        false => at(working(day + ahead), slot(random)),
    };
    let due = match (work, priority) {
        (_, "emergency") => later(created, 240),
        (Work::Breakdown, "high") => at(working(day + 2), 17 * 60),
        (Work::Breakdown, _) => at(working(day + ahead + 3), 17 * 60),
        _ => at(working(day + ahead + 5), 17 * 60),
    };
    let late = !emergency && random.chance(8);
    let started = match late {
        true => at(working(day_of(scheduled) + random.between(3, 25)), slot(random)),
        false => later(scheduled, random.between(-10, 20)),
    };
    let minutes = match work {
        Work::Service => random.between(35, 75),
        Work::Inspection => random.between(80, 150),
        Work::Breakdown => random.between(25, 115),
        Work::Repair => random.between(70, 250),
    };
    // Some need a part that is not in the van, and a second visit.
    let again = !emergency && matches!(work, Work::Breakdown | Work::Repair) && random.chance(35);
    let broke_off = again.then(|| later(started, minutes / 2));
    let completed = match again {
        true => later(at(working(day_of(started) + random.between(2, 14)), slot(random)), minutes / 2),
        false => later(started, minutes),
    };
    let invoiced = at(working(day_of(completed) + random.between(3, 20)), random.between(9 * 60, 16 * 60));
    // Breakdowns are given out within hours, planned work when the week is planned.
    let minutes_open = match work {
        Work::Breakdown if emergency => 8,
        Work::Breakdown => random.between(10, 900),
        _ => random.between(120, 9 * 24 * 60),
    };
    let assigned = Moment(later(created, minutes_open).0.min(scheduled.0 - 15 * MINUTE));
    let called_off = later(created, random.between(60, 4000));
    let cancelled = (random.chance(4) && called_off < started).then_some(called_off);
    Plan { created, assigned, due, scheduled, started, broke_off, completed, invoiced, cancelled }
}

/// One stop of the first technician's round.
fn round_of_today(world: &World, created: Moment, stop: usize) -> Plan {
    let scheduled = at(world.today(), SLOTS[stop]);
    let started = later(scheduled, 4 + stop as i64);
    let completed = later(started, 50);
    Plan {
        created,
        assigned: later(created, 5),
        due: at(world.today(), 17 * 60),
        scheduled,
        started,
        broke_off: None,
        completed,
        invoiced: Moment(completed.0 + 5 * DAY),
        cancelled: None,
    }
}
