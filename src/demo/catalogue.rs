//! What the firm sells, does, buys and keeps on the shelf, and the fields that it added for itself.

use crate::kernel::{Id, Moment};

use super::calendar::later;
use super::machines::MAKERS;
use super::names::{email, mobile, person};
use super::places::{place_in, town_of};
use super::random::Random;
use super::team::Team;
use super::world::{Entry, World, id_of};

/// The choices of the companies' own field `contract`.
pub const CONTRACTS: [&str; 3] = ["Full service", "Service plan", "On call"];

/// When the catalogue was typed in: the first afternoon.
fn typed_in(world: &World, row: usize) -> Moment {
    later(world.beginning(), 60 + row as i64 / 4)
}

/// Kind, name, label, type, choices, filterable.
const FIELDS: [(&str, &str, &str, &str, Option<&str>, bool); 3] = [
    ("companies", "contract", "Contract", "text", Some("[\"Full service\",\"Service plan\",\"On call\"]"), true),
    ("equipment", "stops", "Stops", "int", None, true),
    ("equipment", "load_kg", "Load (kg)", "int", None, false),
];

pub fn custom_fields<'a>(world: &'a World, team: &'a Team) -> impl Iterator<Item = Entry> + 'a {
    FIELDS.iter().enumerate().map(|(n, (kind, name, label, ty, options, filterable))| {
        let entry = world.entry("custom-fields", n, typed_in(world, n)).by(team.owner());
        let entry = entry.set("kind", *kind).set("name", *name).set("label", *label).set("type", *ty);
        entry.set("options", *options).set("filterable", *filterable)
    })
}

const CATEGORIES: [&str; 9] = [
    "Doors",
    "Drives and brakes",
    "Ropes and guides",
    "Controls",
    "Cars and lighting",
    "Safety gear",
    "Escalators",
    "Service plans",
    "New machines",
];
const DOORS: usize = 0;
const DRIVES: usize = 1;
const ROPES: usize = 2;
const CONTROLS: usize = 3;
const CARS: usize = 4;
const SAFETY: usize = 5;
const STAIRS: usize = 6;
const PLANS: usize = 7;
const MACHINES: usize = 8;

fn category_id(world: &World, number: usize) -> Id {
    id_of("categories", number, typed_in(world, number))
}

pub fn categories<'a>(world: &'a World, team: &'a Team) -> impl Iterator<Item = Entry> + 'a {
    CATEGORIES.iter().enumerate().map(|(n, name)| {
        world.entry("categories", n, typed_in(world, n)).by(team.manager()).set("name", *name)
    })
}

const TRADES: [&str; 6] =
    ["Lift Components", "Door Systems", "Ropes & Chains", "Controls", "Bearings", "Electrical Supplies"];
const SUPPLIERS: [&str; 20] = [
    "Hallbeck", "Tarnholt", "Orvane", "Merevale", "Brannock", "Skellan", "Lumarc", "Aire Valley", "Corran", "Deltimer",
    "Eastmoor", "Farrow", "Gantry", "Helmsdale", "Ivelle", "Jarrow Road", "Kelso & Dunn", "Lowther", "Mossfield", "Nidd",
];

pub fn suppliers(world: &World) -> usize {
    12 * world.scale
}

fn supplier_id(world: &World, number: usize) -> Id {
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
    let domain = crate::kernel::kebab(&name);
    let entry = world.entry("suppliers", number, typed_in(world, number)).by(team.manager());
    let entry = entry.set("name", name).set("website", format!("https://www.{domain}.example"));
    entry.set("email", format!("orders@{domain}.example")).set("phone", place.phone).set("address", place.address)
}

/// Name, category, price in pence.
const PRODUCTS: [(&str, usize, i64); 24] = [
    ("Service plan Basic", PLANS, 96_000),
    ("Service plan Plus", PLANS, 168_000),
    ("Full service contract", PLANS, 312_000),
    ("Emergency line, per year", PLANS, 18_000),
    ("Door drive D2", DOORS, 148_000),
    ("Door drive D4 heavy", DOORS, 214_000),
    ("Light curtain, full height", SAFETY, 62_000),
    ("Car operating panel Clear", CARS, 189_000),
    ("Landing buttons, set of six", CARS, 74_000),
    ("LED car lighting", CARS, 41_000),
    ("Car interior Oak", CARS, 620_000),
    ("Controller C8", CONTROLS, 1_450_000),
    ("Controller C8 duplex", CONTROLS, 2_380_000),
    ("Emergency phone 4G", SAFETY, 39_000),
    ("Gearless drive G3", DRIVES, 1_980_000),
    ("Energy return unit", DRIVES, 460_000),
    ("Rope set and sheave", ROPES, 385_000),
    ("Modernisation M, up to 6 stops", MACHINES, 3_850_000),
    ("Modernisation L, up to 12 stops", MACHINES, 5_400_000),
    ("Passenger lift P8, 630 kg", MACHINES, 4_950_000),
    ("Goods lift G20, 2000 kg", MACHINES, 7_200_000),
    ("Platform lift Step", MACHINES, 1_640_000),
    ("Escalator step chain, pair", STAIRS, 890_000),
    ("Handrail, per metre", STAIRS, 14_500),
];

pub fn products(world: &World) -> usize {
    PRODUCTS.len() * world.scale
}

pub struct Product {
    pub id: Id,
    pub name: String,
    pub price: i64,
}

pub fn product_at(world: &World, number: usize) -> Product {
    let (name, _, price) = PRODUCTS[number % PRODUCTS.len()];
    let name = match number / PRODUCTS.len() {
        0 => name.to_owned(),
        series => format!("{name}, series {}", series + 1),
    };
    Product { id: id_of("products", number, typed_in(world, number)), name, price }
}

pub fn product(world: &World, team: &Team, number: usize) -> Entry {
    let product = product_at(world, number);
    let category = PRODUCTS[number % PRODUCTS.len()].1;
    let entry = world.entry("products", number, typed_in(world, number)).by(team.manager());
    let entry = entry.set("name", product.name).set("number", format!("A-{:04}", 1000 + number * 3));
    let entry = entry.set("category_id", category_id(world, category)).set("price", product.price);
    if category == PLANS { entry } else { entry.set("supplier_id", supplier_id(world, number * 5)) }
}

/// Name, category, minutes, price in pence.
const SERVICES: [(&str, usize, i64, i64); 12] = [
    ("Monthly service", PLANS, 50, 9_800),
    ("Quarterly service", PLANS, 80, 14_200),
    ("Annual inspection", SAFETY, 120, 24_500),
    ("Load test", SAFETY, 180, 38_000),
    ("Breakdown, working hours", PLANS, 75, 12_400),
    ("Breakdown, night and weekend", PLANS, 90, 21_600),
    ("Release of people", PLANS, 45, 15_000),
    ("Door repair", DOORS, 110, 16_800),
    ("Control repair", CONTROLS, 140, 22_400),
    ("Rope change", ROPES, 420, 118_000),
    ("Escalator service", STAIRS, 150, 27_500),
    ("Survey and quotation", MACHINES, 60, 0),
];
pub const SERVICE: usize = 0;
pub const INSPECTION: usize = 2;
pub const BREAKDOWN: usize = 4;
pub const RELEASE: usize = 6;
pub const DOOR_REPAIR: usize = 7;
pub const REPAIR: usize = 8;
pub const STAIR_SERVICE: usize = 10;

pub fn service_id(world: &World, number: usize) -> Id {
    id_of("services", number, typed_in(world, number))
}

pub fn services<'a>(world: &'a World, team: &'a Team) -> impl Iterator<Item = Entry> + 'a {
    SERVICES.iter().enumerate().map(|(n, (name, category, minutes, price))| {
        let entry = world.entry("services", n, typed_in(world, n)).by(team.manager());
        let entry = entry.set("name", *name).set("category_id", category_id(world, *category));
        entry.set("minutes", *minutes).set("price", *price)
    })
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
    "Halden", "Northmoor", "Calder", "Ridgeway", "Tyke", "Summit", "Vale", "Pennine Edge", "Thackray", "Moss & Keighley",
    "Wolds", "Humberside",
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
        .set("email", email(first, last, &crate::kernel::kebab(&name)))
        .set("phone", mobile(&mut random))
        .set("address", place.address)
        .set("description", format!("Ask for {first} {last}."))
        .set("name", name)
}
