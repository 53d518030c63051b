//! Deals: what might be sold, is, or was not.

use crate::kernel::{Id, Moment};

use super::calendar::{at, date, day_of, later, working};
use super::catalogue::{Product, product_at, products};
use super::customers::{company_at, company_id, contact_id, contact_of, site_name};
use super::random::Random;
use super::team::Team;
use super::world::{Entry, SITES, World, id_of};

pub fn deals(world: &World) -> usize {
    150 * world.scale
}

fn created(world: &World, number: usize) -> Moment {
    world.passed((number as f64 / deals(world) as f64).powf(0.8))
}

pub fn deal_id(world: &World, number: usize) -> Id {
    id_of("deals", number, created(world, number))
}

pub fn deal(world: &World, team: &Team, number: usize) -> Entry {
    let created = created(world, number);
    let mut random = Random::of("deals", number);
    let company = customer(world, created, &mut random);
    let product = product_at(world, random.below(products(world)));
    let pieces = if product.price < 500_000 { random.between(1, 12) } else { random.between(1, 3) };
    let opened = day_of(created);
    let expected = working(opened + random.between(30, 190));
    // Decided a little before or after it was expected to be; what lies ahead of us is open.
    let decided = working((expected + random.between(-40, 30)).max(opened + 5));
    let stage = match decided < world.today() {
        true => random.weighted(&[(58, "won"), (42, "lost")]),
        false => stage_after(world.today() - opened, decided - opened, &mut random),
    };
    let entry = world.entry("deals", number, created).by(team.seller(&mut random));
    let entry = entry
        .set("name", name(world, company, &product, &mut random))
        .set("company_id", company_id(world, company))
        .set("contact_id", contact_id(world, contact_of(company)))
        .set("product_id", product.id)
        .set("stage", stage)
        .set("value", product.price * pieces)
        .set("currency", "GBP")
        .set("probability", probability(stage, &mut random))
        .set("opened_on", date(opened).to_string())
        .set("expected_on", date(expected).to_string())
        .set("owner_id", team.seller(&mut random));
    let entry = if random.chance(40) { entry.set("description", random.pick(&STORIES)) } else { entry };
    match stage {
        "won" | "lost" => entry.set("closed_on", date(decided).to_string()),
        _ => entry,
    }
}

/// A company that was a customer by then; one in four deals is with those that everybody knows.
fn customer(world: &World, by: Moment, random: &mut Random) -> usize {
    let candidates = [random.below(world.companies()), random.below(world.companies() / 2)];
    let known = if random.chance(25) { Some(random.below(10)) } else { None };
    known.or_else(|| candidates.into_iter().find(|c| later(company_at(world, *c).created, 60) < by)).unwrap_or_default()
}

/// How far a deal has come by its age.
fn stage_after(age: i64, whole: i64, random: &mut Random) -> &'static str {
    let reached = age * 4 / whole.max(1) + random.between(-1, 1);
    ["lead", "qualified", "proposal", "negotiation"][usize::try_from(reached.clamp(0, 3)).unwrap_or(0)]
}

fn probability(stage: &str, random: &mut Random) -> i64 {
    match stage {
        "won" => 100,
        "lost" => 0,
        "lead" => random.between(1, 4) * 5,
        "qualified" => random.between(5, 8) * 5,
        "proposal" => random.between(9, 12) * 5,
        _ => random.between(14, 18) * 5,
    }
}

fn name(world: &World, company: usize, product: &Product, random: &mut Random) -> String {
    let customer = company_at(world, company);
    let sites = SITES.of(company);
    let site = site_name(sites.start + random.below(sites.len()), customer.sector);
    match random.below(3) {
        0 => format!("{} – {}", customer.name, product.name),
        1 => format!("{}, {site}", product.name),
        _ => format!("{site}: {}", product.name),
    }
}

const STORIES: [&str; 8] = [
    "Asked for it after the last inspection report.",
    "Two other firms are quoting. Decision by the board.",
    "Wants a price with and without new doors.",
    "Budget is there this year, must be ordered before it ends.",
    "Site visit done, measurements are in the notes.",
    "Waiting for the architect's drawings.",
    "Came by way of the caretaker, who likes us.",
    "Price is fine; they ask for a shorter stop of the lift.",
];

/// When a deal was last worked on, for notes and tasks about it.
pub fn touched(world: &World, number: usize) -> Moment {
    let created = created(world, number);
    let days = Random::of("touched", number).between(1, 25);
    Moment(at(working(day_of(created) + days), 11 * 60).0.clamp(created.0, world.now.0))
}
