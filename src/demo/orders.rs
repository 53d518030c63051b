//! Work orders as records, and for the recent ones how they came to be what they are.

use serde_json::json;

use crate::kernel::{Id, Moment};

use super::calls::Work;
use super::catalogue::service_id;
use super::checklists::checklist;
use super::customers::{contact_id, contact_of, site_id};
use super::jobs::{Job, State};
use super::random::Random;
use super::team::Team;
use super::world::{Entry, SITES, World};

/// Orders made in the last so many days carry every step in their history.
pub const RECENT: i64 = 30;

/// One step on the way: the state that it led to, when, and who took it.
pub struct Step {
    pub state: State,
    pub at: Moment,
    pub by: Id,
}

/// The steps that a job has taken after it was written down, in their order.
pub fn steps(job: &Job, team: &Team, now: Moment) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut step = |state, at: Moment, by| {
        if at <= now {
            steps.push(Step { state, at, by });
        }
    };
    let plan = &job.plan;
    if let Some(at) = plan.cancelled.filter(|at| *at <= now) {
        step(State::Cancelled, at, team.dispatcher());
        return steps;
    }
    step(State::Assigned, plan.assigned, team.dispatcher());
    step(State::InProgress, plan.started, job.technician);
    step(State::Completed, plan.completed, job.technician);
    step(State::Invoiced, plan.invoiced, team.accounts());
    if job.state == State::OnHold
        && let Some(last) = steps.last()
    {
        let at = plan.broke_off.unwrap_or(last.at);
        steps.push(Step { state: State::OnHold, at, by: job.technician });
    }
    steps
}

/// The order as it stands in a state that its job has been in.
pub fn order(world: &World, team: &Team, job: &Job, state: State) -> Entry {
    let mut random = Random::of("order", job.number);
    let (plan, site) = (&job.plan, job.machine.site);
    let company = SITES.parent(site);
    let said = said(job, &mut random);
    let by = if company == 0 && job.call.work == Work::Breakdown { team.client() } else { team.dispatcher() };
    let entry = world
        .entry("work-orders", job.number, plan.created)
        .by(by)
        .set("title", said.title)
        .set("description", said.description)
        .set("priority", job.priority)
        .set("status", state.name())
        .set("site_id", site_id(world, site))
        .set("equipment_id", job.machine.id(world))
        .set("contact_id", contact_id(world, contact_of(company)))
        .set("service_id", service_id(world, job.call.service))
        .set("due_at", plan.due);
    let started = state >= State::InProgress && (state != State::OnHold || plan.started <= world.now);
    let done = matches!(state, State::Completed | State::Invoiced);
    let mut entry = entry.set("checklist", steps_of(job, started, done, &mut random));
    if state == State::Cancelled || state == State::New {
        return entry;
    }
    entry = entry.set("scheduled_at", plan.scheduled);
    entry = match job.contractor {
        Some(contractor) => entry.set("contractor_id", contractor),
        None => entry.set("assigned_to", job.technician),
    };
    if started {
        entry = entry.set("started_at", plan.started);
    }
    if done {
        entry = entry.set("completed_at", plan.completed).set("resolution", said.resolution);
    }
    if state == State::Invoiced {
        entry = entry.set("invoiced_at", plan.invoiced);
    }
    entry
}

struct Said {
    title: String,
    description: String,
    resolution: String,
}

/// The call's words, about this machine.
fn said(job: &Job, random: &mut Random) -> Said {
    let name = job.machine.name();
    // "Lift A" for short, but a goods lift is always called one.
    let short = name.strip_prefix("Passenger ").unwrap_or(&name);
    let (first, rest) = short.split_at(1);
    let (upper, lower) = (format!("{}{rest}", first.to_uppercase()), format!("{}{rest}", first.to_lowercase()));
    let floor = random.between(1, job.machine.floors - 1);
    let fill = |text: &str| {
        let text = text.replace("{Lift}", &upper).replace("{lift}", &lower);
        text.replace("{floor}", &floor.to_string()).replace("{next}", &(floor + 1).to_string())
    };
    let which = random.below(2);
    Said {
        title: fill(job.call.title),
        description: fill(job.call.says[which]),
        resolution: fill(job.call.done[which]),
    }
}

fn steps_of(job: &Job, started: bool, done: bool, random: &mut Random) -> String {
    let steps = checklist(job.call.work, job.machine.sort);
    let reached = match (started, done) {
        (_, true) => steps.len(),
        (true, false) => 1 + random.below(steps.len() - 1),
        (false, false) => 0,
    };
    let items: Vec<_> = steps.iter().enumerate().map(|(n, text)| json!({"text": text, "done": n < reached})).collect();
    json!(items).to_string()
}
