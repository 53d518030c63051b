//! What the firm sells, does, buys and keeps on the shelf, and the fields that it added for itself.

use crate::kernel::{Id, Moment};

use super::calendar::later;
use super::suppliers::supplier_id;
use super::team::Team;
use super::world::{Entry, World, id_of};

/// The choices of the companies' own field `contract`.
pub const CONTRACTS: [&str; 3] = ["Full service", "Service plan", "On call"];

/// When the catalogue was typed in: the first afternoon.
pub fn typed_in(world: &World, row: usize) -> Moment {
    later(world.beginning(), 60 + row as i64 / 4)
}

/// A field that the firm added for itself.
struct Added {
    kind: &'static str,
    name: &'static str,
    label: &'static str,
    ty: &'static str,
    options: Option<&'static str>,
    filterable: bool,
}

const FIELDS: [Added; 3] = [
    Added {
        kind: "companies",
        name: "contract",
        label: "Contract",
        ty: "text",
        options: Some("[\"Full service\",\"Service plan\",\"On call\"]"),
        filterable: true,
    },
    Added { kind: "equipment", name: "stops", label: "Stops", ty: "int", options: None, filterable: true },
    Added { kind: "equipment", name: "load_kg", label: "Load (kg)", ty: "int", options: None, filterable: false },
];

pub fn custom_fields<'a>(world: &'a World, team: &'a Team) -> impl Iterator<Item = Entry> + 'a {
    FIELDS.iter().enumerate().map(|(n, field)| {
        let entry = world.entry("custom-fields", n, typed_in(world, n)).by(team.owner());
        let entry = entry.set("kind", field.kind).set("name", field.name).set("label", field.label);
        entry.set("type", field.ty).set("options", field.options).set("filterable", field.filterable)
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
pub const DOORS: usize = 0;
pub const DRIVES: usize = 1;
pub const ROPES: usize = 2;
pub const CONTROLS: usize = 3;
pub const CARS: usize = 4;
pub const SAFETY: usize = 5;
pub const STAIRS: usize = 6;
const PLANS: usize = 7;
const MACHINES: usize = 8;

pub fn category_id(world: &World, number: usize) -> Id {
    id_of("categories", number, typed_in(world, number))
}

pub fn categories<'a>(world: &'a World, team: &'a Team) -> impl Iterator<Item = Entry> + 'a {
    CATEGORIES
        .iter()
        .enumerate()
        .map(|(n, name)| world.entry("categories", n, typed_in(world, n)).by(team.manager()).set("name", *name))
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
