//! Equipment: lifts, escalators, platform lifts, dumbwaiters, doors.

use crate::kernel::{Id, Moment};

use super::calendar::{date, day_of, later};
use super::customers::{joined, opened, sector_of, site_at};
use super::random::Random;
use super::team::Team;
use super::world::{Entry, MACHINES, SITES, World, id_of};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    Passenger,
    Goods,
    Bed,
    Car,
    Escalator,
    Platform,
    Dumbwaiter,
    Door,
}

impl Sort {
    pub fn label(self) -> &'static str {
        match self {
            Self::Passenger => "Passenger lift",
            Self::Goods => "Goods lift",
            Self::Bed => "Bed lift",
            Self::Car => "Car park lift",
            Self::Escalator => "Escalator",
            Self::Platform => "Platform lift",
            Self::Dumbwaiter => "Dumbwaiter",
            Self::Door => "Automatic door",
        }
    }

    /// Kilograms that it may carry, for those that carry.
    fn loads(self) -> &'static [i64] {
        match self {
            Self::Passenger => &[320, 450, 630, 630, 800, 1000],
            Self::Goods => &[1000, 1600, 2000, 3000],
            Self::Bed => &[1600, 2000, 2500],
            Self::Car => &[1000, 3500],
            Self::Platform => &[300, 400, 500],
            Self::Dumbwaiter => &[50, 100],
            Self::Escalator | Self::Door => &[],
        }
    }
}

pub const MAKERS: [&str; 7] = ["Hallbeck", "Orvane", "Tarnholt", "Merevale", "Brannock", "Skellan", "Lumarc"];
const ROOMS: [&str; 6] = ["kitchen", "bar", "laundry", "archive", "pharmacy", "store"];

/// What there is to know of a machine before it is written down.
pub struct Machine {
    pub number: usize,
    pub site: usize,
    pub sort: Sort,
    pub floors: i64,
}

/// Cheap: asked of many machines before one is chosen.
pub fn status_of(number: usize) -> &'static str {
    let shares = [(90, "active"), (4, "in_work"), (3, "out_of_service"), (3, "decommissioned")];
    Random::of("condition", number).weighted(&shares)
}

fn sort_of(number: usize, site: usize) -> Sort {
    match number {
        // As the screens show them: Merchant Quay and Wharf Mill.
        0 | 1 | 2 | 6 | 7 => Sort::Passenger,
        3..=5 => Sort::Goods,
        _ => Random::of("sort", number).weighted(sector_of(SITES.parent(site)).machines),
    }
}

pub fn machine_at(number: usize) -> Machine {
    let site = MACHINES.parent(number);
    let sort = sort_of(number, site);
    let floors = match sort {
        Sort::Escalator | Sort::Door => 2,
        Sort::Platform => Random::of("floors", number).between(2, 3),
        // All lifts of a building stop at the same floors.
        _ => Random::of("storeys", site).between(3, 9),
    };
    Machine { number, site, sort, floors }
}

impl Machine {
    fn created(&self, world: &World) -> Moment {
        later(
            opened(world, SITES.parent(self.site), self.site),
            1 + (self.number - MACHINES.of(self.site).start) as i64,
        )
    }
    pub fn id(&self, world: &World) -> Id {
        id_of("equipment", self.number, self.created(world))
    }

    /// `Passenger lift A`, `Goods lift 2`, `Escalator 3, up`, `Dumbwaiter, kitchen`.
    pub fn name(&self) -> String {
        let alike = (MACHINES.of(self.site).start..self.number).filter(|n| sort_of(*n, self.site) == self.sort).count();
        let label = self.sort.label();
        match self.sort {
            Sort::Escalator => format!("{label} {}, {}", alike + 1, if alike % 2 == 0 { "up" } else { "down" }),
            Sort::Dumbwaiter => match ROOMS.get(alike) {
                Some(room) => format!("{label}, {room}"),
                None => format!("{label} {}", alike + 1),
            },
            Sort::Passenger if self.site == 0 => format!("{label} {}", ["A", "B", "C", "D"][alike % 4]),
            _ => format!("{label} {}", alike + 1),
        }
    }
}

pub fn machine(world: &World, team: &Team, number: usize) -> Entry {
    let machine = machine_at(number);
    let site = site_at(world, machine.site);
    let mut random = Random::of("equipment", number);
    let today = world.today();
    let installed = today - random.between(900, 13_000);
    let (calibration, inspection) = dues(number, today);
    let maker = random.pick(&MAKERS);
    let mut entry = world.entry("equipment", number, machine.created(world)).by(team.manager());
    entry.row.custom = custom(&machine, &mut random);
    let mut entry = entry
        .set("name", machine.name())
        .set("serial", format!("NL-{:05}", 10_000 + number))
        .set("type", machine.sort.label())
        .set("status", status_of(number))
        .set("site_id", site.id)
        .set("manufacturer", maker)
        .set("model", format!("{}{} {}", &maker[..1], random.between(2, 9) * 100, random.pick(&["MRL", "H", "T", "S"])))
        .set("installed_on", date(installed).to_string())
        .set("calibration_due", date(calibration).to_string())
        .set("inspection_due", date(inspection).to_string())
        .set("lat", site.place.lat)
        .set("lng", site.place.lng);
    if random.chance(12) {
        entry = entry.set("warranty_until", date(today + random.between(-400, 700)).to_string());
    }
    if random.chance(10) { entry.set("description", random.pick(&REMARKS)) } else { entry }
}

const REMARKS: [&str; 6] = [
    "Motor room on the roof; the ladder is behind the plant room.",
    "Controller was replaced, the machine was not.",
    "Doors are original and getting noisy.",
    "Emergency phone runs over the building's own line.",
    "No refuge space in the pit: use the prop.",
    "Spare fuses are in the controller's door.",
];

/// Days on which calibration and inspection fall due: spread over the coming year, a few missed.
fn dues(number: usize, today: i64) -> (i64, i64) {
    let mut random = Random::of("dues", number);
    let mut due = |missed| {
        if random.chance(missed) { today - random.between(1, 40) } else { today + random.between(0, 364) }
    };
    (due(4), due(2))
}

/// The last inspection was a year before the next.
pub fn last_inspection(world: &World, number: usize) -> (i64, i64) {
    let (_, due) = dues(number, world.today());
    (due - 365, due)
}

/// The demo's own fields of a machine: where it stops and what it carries.
fn custom(machine: &Machine, random: &mut Random) -> String {
    match machine.sort.loads() {
        [] => "{}".into(),
        loads => format!("{{\"stops\":{},\"load_kg\":{}}}", machine.floors, random.pick(loads)),
    }
}

/// The day since which a machine is looked after: no work on it is older.
pub fn since(world: &World, number: usize) -> i64 {
    day_of(joined(world, SITES.parent(MACHINES.parent(number))))
}
