//! What people wrote down, and what they mean to do.

use crate::kernel::{Id, Moment};

use super::calendar::{DAY, MINUTE, at, working};
use super::calls::Work;
use super::customers::{company_at, company_id, site_at};
use super::jobs::{Job, State, job_at, order_id};
use super::random::Random;
use super::sales::{deal_id, deals, touched};
use super::team::Team;
use super::world::{Entry, World};

pub fn notes(world: &World) -> usize {
    900 * world.scale
}

/// Six in ten are about work orders, the rest about companies, sites and deals.
pub fn note(world: &World, team: &Team, number: usize) -> Entry {
    let mut random = Random::of("notes", number);
    let (body, about, id, at, by): (&str, &str, Id, Moment, Id) = match number % 10 {
        0..=5 => {
            // Spread over all orders, from the oldest to the newest.
            let job = job_at(world, team, number * world.orders() / notes(world));
            let (by, from) = writer(team, &job, world.now, &mut random);
            let after = Moment(from.0 + random.between(2, 50) * MINUTE);
            (random.pick(remarks(job.call.work, job.state)), "work-orders", job.id, after, by)
        }
        6 | 7 => {
            let company = random.below(world.companies());
            let after = some_day_since(world, company_at(world, company).created, &mut random);
            (random.pick(&ABOUT_COMPANIES), "companies", company_id(world, company), after, team.office(&mut random))
        }
        8 => {
            let site = site_at(world, random.below(world.sites()));
            let after = some_day_since(world, site.created, &mut random);
            let technician = team.technician(random.below(team.technicians()));
            (random.pick(&ABOUT_SITES), "sites", site.id, after, technician)
        }
        _ => {
            let deal = random.below(deals(world));
            let by = team.seller(&mut random);
            (random.pick(&ABOUT_DEALS), "deals", deal_id(world, deal), touched(world, deal), by)
        }
    };
    let created = Moment(at.0.min(world.now.0));
    world.entry("notes", number, created).by(by).set("body", body).set("about_kind", about).set("about_id", id)
}

/// The technician writes from the job, the dispatcher before it.
fn writer(team: &Team, job: &Job, now: Moment, random: &mut Random) -> (Id, Moment) {
    let begun = job.plan.started <= now && job.state != State::Cancelled && job.contractor.is_none();
    if begun && random.chance(75) { (job.technician, job.plan.started) } else { (team.dispatcher(), job.plan.created) }
}

fn some_day_since(world: &World, since: Moment, random: &mut Random) -> Moment {
    let day = since.0 + (world.now.0 - since.0) / 1000 * random.between(1, 999);
    at(working(day.div_euclid(DAY)), random.between(8 * 60, 17 * 60))
}

fn remarks(work: Work, state: State) -> &'static [&'static str] {
    match (work, state) {
        (_, State::Cancelled) => &["Caller rang again: it runs. Cancelled.", "Same as another order, cancelled here."],
        (_, State::New | State::Assigned) => &[
            "Caller will be on site until five.",
            "Key is with the caretaker this week.",
            "Please ring half an hour before.",
            "Parking is behind the building, ask for the barrier.",
        ],
        (_, State::OnHold) => {
            &["Part is ordered, three days.", "Site shut, nobody opens. Tried twice.", "Waiting for the electrician."]
        }
        (Work::Service | Work::Inspection, _) => &[
            "All in order. Log book signed.",
            "Pit light is out, told the caretaker.",
            "Door shoe will not last until spring; price sent.",
            "Emergency phone test answered after 15 seconds.",
            "Rope 3 shows the first broken wires, watch it.",
        ],
        (Work::Breakdown | Work::Repair, _) => &[
            "Everyone is out and well, thank you.",
            "Door contact was worn through. Fitted a new one, now setting the sensor.",
            "Fault comes and goes; left the recorder in for a week.",
            "Took the last one from the van, please order two.",
            "Cleaner's bucket was in the sill again.",
            "Customer asks for a price for new doors.",
        ],
    }
}

const ABOUT_COMPANIES: [&str; 8] = [
    "Rang about the invoice of last month; sent a copy.",
    "New facilities manager starts in spring.",
    "Happy with the last repair, said so twice.",
    "Wants all inspections in one week from now on.",
    "Contract runs out at the end of the year, talk in autumn.",
    "Asked for a list of all lifts with their ages.",
    "Pays late, but pays.",
    "Insurance needs the certificates as one file.",
];
const ABOUT_SITES: [&str; 6] = [
    "Caretaker's flat is on the ground floor, ring left.",
    "Motor room floods when it rains hard. Boots.",
    "No signal in the shaft; radio works.",
    "Loading bay shuts at four.",
    "Guard dog after eight. Really.",
    "Lift key no. 4 fits all doors here.",
];
const ABOUT_DEALS: [&str; 6] = [
    "Sent the quotation, two options.",
    "They compare with another firm; our date is better.",
    "Price is agreed, order follows in writing.",
    "Was on site, measured doors and shaft.",
    "Nobody answers since the holidays. Try again on Monday.",
    "Board meets on the last Thursday of the month.",
];

pub fn tasks(world: &World) -> usize {
    240 * world.scale
}

/// Half of the tasks are done; of the others most lie ahead and some are late.
pub fn task(world: &World, team: &Team, number: usize) -> Entry {
    let mut random = Random::of("tasks", number);
    let made = world.passed(0.5 + 0.5 * number as f64 / tasks(world) as f64);
    let recent = number * 2 >= tasks(world);
    let status = if recent { random.weighted(&[(70, "pending"), (30, "in_progress")]) } else { "done" };
    let minute = random.between(9, 17) * 60;
    let due = match status {
        "done" => Moment(at(working(made.0 / DAY + random.between(1, 9)), minute).0),
        _ if random.chance(22) => at(world.today() - random.between(1, 12), minute),
        _ => at(working(world.today() + random.between(0, 28)), minute),
    };
    let order = world.orders() - 1 - random.below(world.orders() / 12);
    let company = random.below(world.companies());
    let deal = random.below(deals(world));
    let (title, about): (&str, Option<(&str, Id)>) = match random.below(6) {
        0 => (random.pick(&FOR_ORDERS), Some(("work-orders", order_id(world, order)))),
        1 | 2 => (random.pick(&FOR_COMPANIES), Some(("companies", company_id(world, company)))),
        3 | 4 => (random.pick(&FOR_DEALS), Some(("deals", deal_id(world, deal)))),
        _ => (random.pick(&FOR_NOTHING), None),
    };
    // Technicians cannot see deals, so tasks about them stay in the office.
    let assignee = match about {
        Some(("work-orders", _)) | None if random.chance(45) => team.technician(random.below(team.technicians())),
        Some(("deals", _)) => team.seller(&mut random),
        _ => team.office(&mut random),
    };
    let entry = world.entry("tasks", number, made).by(team.manager());
    let entry = entry.set("title", title).set("status", status).set("assignee_id", assignee).set("due_at", due);
    let entry = match about {
        Some((kind, id)) => entry.set("about_kind", kind).set("about_id", id),
        None => entry,
    };
    if status == "done" { entry.set("completed_at", Moment((due.0 - 40 * MINUTE).max(made.0))) } else { entry }
}

const FOR_ORDERS: [&str; 6] = [
    "Approve the hours",
    "Order the part and tell the customer",
    "Find someone for this one",
    "Ring the customer about access",
    "Send the report to the insurer",
    "Check the invoice before it goes out",
];
const FOR_COMPANIES: [&str; 6] = [
    "Plan the inspections of next month",
    "Send certificates",
    "Call about the contract",
    "Visit before the end of the quarter",
    "Ask for the new invoice address",
    "Send the list of lifts with their ages",
];
const FOR_DEALS: [&str; 5] = [
    "Send the quotation",
    "Ring about the decision",
    "Ask the maker for delivery dates",
    "Measure on site",
    "Write up the visit",
];
const FOR_NOTHING: [&str; 7] = [
    "Order two door drives",
    "Van 3 to the garage",
    "Renew the first-aid course",
    "Count the stock on shelves A to D",
    "Return the load weights",
    "Bring the old controller to the tip",
    "Book the training for the new door drive",
];
