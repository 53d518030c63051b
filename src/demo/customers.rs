//! Companies, their sites and the people there.

use crate::kernel::{Id, Moment, kebab};

use super::calendar::later;
use super::catalogue::CONTRACTS;
use super::names::{email, mobile, person};
use super::places::{Place, TOWNS, place_in, town_of};
use super::random::Random;
use super::sectors::{BUILDINGS, ROOTS, SECTORS, Sector};
use super::team::Team;
use super::world::{Entry, SITES, World, id_of};

/// The customers that everybody meets first: name, sector, contract, and their sites.
const FIRST: [(&str, usize, usize, &[&str]); 10] = [
    ("Ashdown Property Group", 0, 0, &["Merchant Quay", "Wharf Mill", "Exchange Point"]),
    (
        "Calderbrook Hospital Trust",
        1,
        0,
        &["Calderbrook General", "Women's Centre", "Day Surgery", "Eye Clinic", "Staff Residences", "Laundry"],
    ),
    ("Kestrel Hotels", 2, 0, &["Kestrel York", "Kestrel Leeds", "Kestrel Harrogate", "Kestrel Hull"]),
    (
        "Wexley Council",
        3,
        1,
        &[
            "Alder Tower",
            "Dunmore House",
            "Rowan Tower",
            "Town Hall",
            "Central Library",
            "Market Hall",
            "Swimming Baths",
            "Sycamore House",
            "Elm Court",
        ],
    ),
    ("Brackley Foods", 4, 1, &["Brackley Works", "Cold Store"]),
    ("Foundry Street Flats", 5, 1, &["Foundry Street"]),
    ("Peel Street Car Parks", 6, 1, &["Peel Street", "Staithe Street"]),
    ("Thornfield College", 7, 1, &["Thornfield College"]),
    ("Holt & Marsh Solicitors", 8, 2, &["Holt & Marsh Chambers"]),
    ("Moorgate Centre", 9, 0, &["Moorgate Centre"]),
];

const ABOUT: [&str; 6] = [
    "Invoices go to head office, with the order number on them.",
    "Came to us from another firm; the old log books are scanned.",
    "Quarterly review with the estates manager.",
    "Visits before nine, please: the doors open to the public then.",
    "Prefers one price for all lifts at a site.",
    "New machines are handed over to us by the builder.",
];

/// What there is to know of a company before it is written down.
pub struct Company {
    pub id: Id,
    pub created: Moment,
    pub name: String,
    pub sector: &'static Sector,
}

/// Seven in ten came along in the first days, the others one by one since.
pub fn joined(world: &World, number: usize) -> Moment {
    let part = number as f64 / world.companies() as f64;
    world.passed(if part < 0.7 { part / 0.7 * 0.015 } else { 0.015 + (part - 0.7) / 0.3 * 0.95 })
}

pub fn company_id(world: &World, number: usize) -> Id {
    id_of("companies", number, joined(world, number))
}

/// The parts of a firm's name: the place, the word after it, and how often the pair came before.
fn parts(number: usize) -> (usize, usize, usize) {
    // Steps that have no divisor in common with the lists' lengths: every pair comes once.
    let words = SECTORS.len() * 4;
    let (root, round) = (number % ROOTS.len(), number / ROOTS.len());
    (root, (round + root * 5) % words, round / words)
}

pub fn sector_of(number: usize) -> &'static Sector {
    &SECTORS[FIRST.get(number).map_or_else(|| parts(number).1 / 4, |(_, sector, ..)| *sector)]
}

fn name_of(number: usize) -> String {
    if let Some((name, ..)) = FIRST.get(number) {
        return (*name).into();
    }
    let (root, word, again) = parts(number);
    let name = format!("{} {}", ROOTS[root], SECTORS[word / 4].firms[word % 4]);
    if again == 0 { name } else { format!("{name} {}", again + 1) }
}

fn contract_of(number: usize) -> &'static str {
    let known = FIRST.get(number).map(|(_, _, contract, _)| *contract);
    CONTRACTS[known.unwrap_or_else(|| Random::of("contract", number).below(CONTRACTS.len()))]
}

pub fn company_at(world: &World, number: usize) -> Company {
    let created = joined(world, number);
    Company { id: id_of("companies", number, created), created, name: name_of(number), sector: sector_of(number) }
}

pub fn company(world: &World, team: &Team, number: usize) -> Entry {
    let company = company_at(world, number);
    let mut random = Random::of("companies", number);
    let domain = kebab(&company.name);
    let place = place_in(town_of(&mut random), &mut random);
    let mut entry = world.entry("companies", number, company.created).by(team.office(&mut random));
    entry.row.custom = format!("{{\"contract\":\"{}\"}}", contract_of(number));
    let entry = entry
        .set("name", company.name)
        .set("sector", company.sector.name)
        .set("website", format!("https://www.{domain}.example"))
        .set("email", format!("office@{domain}.example"))
        .set("phone", place.phone)
        .set("address", place.address)
        .set("owner_id", team.seller(&mut random))
        .set("active", number < FIRST.len() || !random.chance(5));
    if random.chance(35) { entry.set("description", random.pick(&ABOUT)) } else { entry }
}

/// What there is to know of a site before it is written down.
pub struct Site {
    pub id: Id,
    pub created: Moment,
    pub company: usize,
    pub name: String,
    pub place: Place,
}

/// A site is written down minutes after its company.
pub fn opened(world: &World, company: usize, number: usize) -> Moment {
    later(joined(world, company), 4 + 3 * (number - SITES.of(company).start) as i64)
}

pub fn site_id(world: &World, number: usize) -> Id {
    id_of("sites", number, opened(world, SITES.parent(number), number))
}

pub fn site_name(number: usize, sector: &Sector) -> String {
    let company = SITES.parent(number);
    let place = number - SITES.of(company).start;
    match FIRST.get(company) {
        Some((.., names)) => names[place].into(),
        // Neighbours in the list never share a word, so a company has no two sites of one name.
        None => format!(
            "{} {}",
            BUILDINGS[number % BUILDINGS.len()],
            Random::of("building", number).pick(&sector.buildings)
        ),
    }
}

pub fn site_at(world: &World, number: usize) -> Site {
    let company = SITES.parent(number);
    let created = opened(world, company, number);
    let mut random = Random::of("place", number);
    let name = site_name(number, sector_of(company));
    let anywhere = town_of(&mut random);
    // "Kestrel York" is in York; the other first customers are neighbours.
    let named = TOWNS.iter().find(|town| name.ends_with(town.name));
    let town = named.unwrap_or(if company < FIRST.len() { &TOWNS[0] } else { anywhere });
    let place = place_in(town, &mut random);
    Site { id: id_of("sites", number, created), created, company, name, place }
}

pub fn site(world: &World, team: &Team, number: usize) -> Entry {
    let site = site_at(world, number);
    let mut random = Random::of("sites", number);
    let health = 100 - random.below(30).min(random.below(60)) as i64;
    let entry = world.entry("sites", number, site.created).by(team.office(&mut random));
    let entry = entry
        .set("name", site.name)
        .set("company_id", company_id(world, site.company))
        .set("address", site.place.address)
        .set("lat", site.place.lat)
        .set("lng", site.place.lng)
        .set("phone", site.place.phone)
        .set("health_score", health);
    if random.chance(80) { entry.set("access_codes", way_in(&mut random)) } else { entry }
}

/// How to get in when nobody opens.
fn way_in(random: &mut Random) -> String {
    let code = random.between(1000, 9899);
    match random.below(5) {
        0 => format!("Key safe left of the main door: {code}. Motor room key on the red tag."),
        1 => format!("Gate {code}, then ring for the caretaker."),
        2 => format!("Alarm {code}, 40 seconds. Panel behind the reception desk."),
        3 => format!("Motor room {code}. Roof hatch key at security."),
        _ => format!("Door code {code}, ends with the hash key."),
    }
}

/// The first three are who we talk to.
const JOBS: [&str; 8] = [
    "Facilities manager",
    "Estates manager",
    "Building manager",
    "Caretaker",
    "Head of property",
    "Office manager",
    "Health and safety adviser",
    "Accounts payable",
];

/// Two people for each company, on average.
pub fn contacts(world: &World) -> usize {
    2 * world.companies()
}

pub fn contact_id(world: &World, number: usize) -> Id {
    id_of("contacts", number, known(world, number))
}

/// The first contact of a company.
pub fn contact_of(company: usize) -> usize {
    company * 2
}

fn known(world: &World, number: usize) -> Moment {
    later(joined(world, number / 2), 30 + 7 * (number % 2) as i64)
}

pub fn contact(world: &World, team: &Team, number: usize) -> Entry {
    let company = company_at(world, number / 2);
    let mut random = Random::of("contacts", number);
    let (first, last) = match number {
        0 => ("Olivia", "Trent"),
        6 => ("Martin", "Lowe"),
        _ => person(number),
    };
    let place = place_in(town_of(&mut random), &mut random);
    let entry = world.entry("contacts", number, known(world, number)).by(team.office(&mut random));
    let entry = entry
        .set("first_name", first)
        .set("last_name", last)
        .set("email", email(first, last, &kebab(&company.name)))
        .set("phone", place.phone)
        .set("job_title", random.pick(if number.is_multiple_of(2) { &JOBS[..3] } else { &JOBS[3..] }))
        .set("company_id", company.id);
    if random.chance(60) { entry.set("mobile", mobile(&mut random)) } else { entry }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::sync::Arc;

    use super::*;
    use crate::kind::Registry;

    #[test]
    fn no_two_companies_share_a_name_nor_two_sites_of_one_company() {
        let world = World::new(Arc::new(Registry::new(crate::kinds::ALL)), Moment(1_795_000_000_000), 20);
        let names: HashSet<String> = (0..world.companies()).map(|n| company_at(&world, n).name).collect();
        assert_eq!(names.len(), world.companies());
        for company in 0..200 {
            let sector = sector_of(company);
            let names: HashSet<String> = SITES.of(company).map(|n| site_name(n, sector)).collect();
            assert_eq!(names.len(), SITES.of(company).len());
        }
    }
}
