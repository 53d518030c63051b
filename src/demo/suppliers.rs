//! Where parts come from, which lie on the shelf, and the outside firms that help.

use crate::kernel::{Id, kebab};

use super::catalogue::{CARS, CONTROLS, DOORS, DRIVES, ROPES, SAFETY, STAIRS, category_id, typed_in};
use super::machines::MAKERS;
use super::names::{email, mobile, person};
use super::places::{place_in, town_of};
use super::random::Random;
use super::team::Team;
use super::world::{Entry, World, id_of};

const TRADES: [&str; 6] =
    ["Lift Components", "Door Systems", "Ropes & Chains", "Controls", "Bearings", "Electrical Supplies"];
const SUPPLIERS: [&str; 20] = [
    "Hallbeck",
    "Tarnholt",
    "Orvane",
    "Merevale",
    "Brannock",
    "Skellan",
    "Lumarc",
    "Aire Valley",
    "Corran",
    "Deltimer",
    "Eastmoor",
    "Farrow",
    "Gantry",
    "Helmsdale",
    "Ivelle",
    "Jarrow Road",
    "Kelso & Dunn",
    "Lowther",
    "Mossfield",
    "Nidd",
];

pub fn suppliers(world: &World) -> usize {
    12 * world.scale
}

pub fn supplier_id(world: &World, number: usize) -> Id {
    let number = number % suppliers(world);
    id_of("suppliers", number, typed_in(world, number))
}

/// `Hallbeck Lift Components`; a larger demo goes round the list again.
fn firm_name(number: usize, roots: &[&str], trades: &[&str]) -> String {
    let (root, round) = (number % roots.len(), number / roots.len());
    let name = format!("{} {}", roots[root], trades[(root + round) % trades.len()]);
    match round / trades.len() {
        0 => name,
        again => format!("{name} {}", again + 1),
    }
}

pub fn supplier(world: &World, team: &Team, number: usize) -> Entry {
    let name = firm_name(number, &SUPPLIERS, &TRADES);
    let mut random = Random::of("suppliers", number);
    let place = place_in(town_of(&mut random), &mut random);
    let domain = kebab(&name);
    let entry = world.entry("suppliers", number, typed_in(world, number)).by(team.manager());
    let entry = entry.set("name", name).set("website", format!("https://www.{domain}.example"));
    entry.set("email", format!("orders@{domain}.example")).set("phone", place.phone).set("address", place.address)
}

/// Name, category, unit, price in pence.
const PARTS: [(&str, usize, &str, i64); 20] = [
    ("Door shoe set", DOORS, "set", 3_850),
    ("Door roller", DOORS, "piece", 1_240),
    ("Door contact", DOORS, "piece", 2_190),
    ("Door drive belt", DOORS, "piece", 4_600),
    ("Light curtain cable", SAFETY, "piece", 2_850),
    ("Call button", CARS, "piece", 3_100),
    ("Car light, LED", CARS, "piece", 1_890),
    ("Floor indicator", CARS, "piece", 11_200),
    ("Levelling sensor", CONTROLS, "piece", 6_750),
    ("Relay, 24 V", CONTROLS, "piece", 980),
    ("Control board, door", CONTROLS, "piece", 28_400),
    ("Emergency battery", SAFETY, "piece", 5_400),
    ("Phone unit", SAFETY, "piece", 14_900),
    ("Guide shoe insert", ROPES, "set", 2_460),
    ("Guide rail oil", ROPES, "litre", 890),
    ("Brake lining", DRIVES, "set", 9_300),
    ("Encoder", DRIVES, "piece", 17_600),
    ("Step roller", STAIRS, "piece", 2_150),
    ("Comb plate", STAIRS, "piece", 6_900),
    ("Handrail guide", STAIRS, "metre", 3_400),
];

/// A part, of each maker and then of each size.
pub fn parts(world: &World) -> usize {
    PARTS.len() * 3 * world.scale
}

pub struct Part {
    pub id: Id,
    pub name: String,
    pub price: i64,
}

/// The number of some part with this name; the first when there is none.
pub fn part_named(world: &World, name: &str, random: &mut Random) -> usize {
    let row = PARTS.iter().position(|(part, ..)| *part == name).unwrap_or_default();
    row + PARTS.len() * random.below(parts(world) / PARTS.len())
}

pub fn part_at(world: &World, number: usize) -> Part {
    let (name, _, _, price) = PARTS[number % PARTS.len()];
    let round = number / PARTS.len();
    let maker = MAKERS[round % MAKERS.len()];
    let name = match round / MAKERS.len() {
        0 => format!("{name}, {maker}"),
        size => format!("{name}, {maker}, size {}", size + 1),
    };
    let price = price + price * Random::of("price", number).between(-8, 12) / 100;
    Part { id: id_of("stock-items", number, typed_in(world, number)), name, price }
}

pub fn stock_item(world: &World, team: &Team, number: usize) -> Entry {
    let part = part_at(world, number);
    let (_, category, unit, _) = PARTS[number % PARTS.len()];
    let mut random = Random::of("stock-items", number);
    let minimum = random.between(2, 8);
    // One in eight waits for a delivery.
    let quantity = if random.chance(12) { random.between(0, minimum) } else { minimum + random.between(1, 30) };
    let shelf = match random.below(4) {
        0 => format!("Van {}", random.between(1, 8)),
        _ => format!("Shelf {}{}", char::from(b'A' + random.below(8) as u8), random.between(1, 12)),
    };
    let entry = world.entry("stock-items", number, typed_in(world, number)).by(team.dispatcher());
    entry
        .set("name", part.name)
        .set("number", format!("P-{:05}", 10_000 + number * 7))
        .set("category_id", category_id(world, category))
        .set("supplier_id", supplier_id(world, number * 3))
        .set("quantity", quantity as f64)
        .set("unit", unit)
        .set("reorder_at", minimum as f64)
        .set("location", shelf)
        .set("price", part.price)
}

const CONTRACTORS: [&str; 12] = [
    "Halden",
    "Northmoor",
    "Calder",
    "Ridgeway",
    "Tyke",
    "Summit",
    "Vale",
    "Pennine Edge",
    "Thackray",
    "Moss & Keighley",
    "Wolds",
    "Humberside",
];
const CRAFTS: [(&str, &str); 6] = [
    ("Escalators", "Escalators and moving walks"),
    ("Access", "Platform lifts and stairlifts"),
    ("Electrical", "Electrical installation"),
    ("Doors", "Automatic doors"),
    ("Ropes", "Rope changes and rigging"),
    ("Builders", "Pits, shafts and making good"),
];

pub fn contractors(world: &World) -> usize {
    6 * world.scale
}

pub fn contractor_id(world: &World, number: usize) -> Id {
    id_of("contractors", number, typed_in(world, number))
}

pub fn contractor(world: &World, team: &Team, number: usize) -> Entry {
    let names: Vec<&str> = CRAFTS.iter().map(|(name, _)| *name).collect();
    let name = firm_name(number, &CONTRACTORS, &names);
    let craft = CRAFTS.iter().find(|(craft, _)| name.contains(craft)).unwrap_or(&CRAFTS[0]).1;
    let mut random = Random::of("contractors", number);
    let place = place_in(town_of(&mut random), &mut random);
    let (first, last) = person(number + 500);
    let entry = world.entry("contractors", number, typed_in(world, number)).by(team.manager());
    entry
        .set("trade", craft)
        .set("email", email(first, last, &kebab(&name)))
        .set("phone", mobile(&mut random))
        .set("address", place.address)
        .set("description", format!("Ask for {first} {last}."))
        .set("name", name)
}
