//! All sorts of chores, and which of them come by the clock.

use crate::kernel::Result;

use super::kind::{ChoreKind, Lane};
use super::rhythm::Rhythm;
use super::schedule::Schedule;
use super::{Household, due, export, portal, repeat, report, upkeep, warm};

/// Every sort of chore that a worker can be asked for.
pub const KINDS: &[ChoreKind] = &[
    ChoreKind { name: "backup", lane: Lane::Heavy, attempts: 3, by_hand: false, quiet: false, run: upkeep::backup },
    ChoreKind { name: "sweep", lane: Lane::Heavy, attempts: 3, by_hand: false, quiet: false, run: upkeep::sweep },
    ChoreKind { name: "tidy", lane: Lane::Light, attempts: 3, by_hand: false, quiet: true, run: upkeep::tidy },
    ChoreKind { name: "warm", lane: Lane::Light, attempts: 1, by_hand: false, quiet: true, run: warm::run },
    ChoreKind {
        name: "statistics",
        lane: Lane::Heavy,
        attempts: 3,
        by_hand: true,
        quiet: true,
        run: upkeep::statistics,
    },
    ChoreKind { name: "due-orders", lane: Lane::Heavy, attempts: 5, by_hand: true, quiet: false, run: due::run },
    ChoreKind { name: "repeat-orders", lane: Lane::Light, attempts: 5, by_hand: true, quiet: false, run: repeat::run },
    // D33
    ChoreKind { name: "watch-portal", lane: Lane::Light, attempts: 1, by_hand: false, quiet: true, run: portal::run },
    ChoreKind { name: report::REPORT, lane: Lane::Heavy, attempts: 3, by_hand: false, quiet: false, run: report::run },
    ChoreKind { name: export::EXPORT, lane: Lane::Heavy, attempts: 3, by_hand: false, quiet: false, run: export::run },
];

/// What comes by the clock.
pub const SCHEDULES: &[Schedule] = &[
    Schedule { kind: "backup", rhythm: Rhythm::Minutes(60), for_tenants: false, needed: upkeep::backs_up },
    // D30: what has ended goes by itself.
    Schedule { kind: "tidy", rhythm: Rhythm::Minutes(60), for_tenants: false, needed: always },
    Schedule { kind: "warm", rhythm: Rhythm::Minutes(30), for_tenants: false, needed: warm::is_wanted },
    Schedule { kind: "sweep", rhythm: Rhythm::Daily(3), for_tenants: false, needed: always },
    // S23
    Schedule { kind: "due-orders", rhythm: Rhythm::Daily(5), for_tenants: true, needed: due::is_wanted },
    Schedule {
        kind: "statistics",
        rhythm: Rhythm::Business { open: 5, closed: 15 },
        for_tenants: true,
        needed: always,
    },
    Schedule { kind: "watch-portal", rhythm: Rhythm::Minutes(1), for_tenants: true, needed: portal::is_wanted },
    // X10: soon after an order was completed, and only where one waits for it.
    Schedule {
        kind: "repeat-orders",
        rhythm: Rhythm::Business { open: 5, closed: 15 },
        for_tenants: true,
        needed: repeat::is_wanted,
    },
];

fn always(_: &Household, _: i64) -> Result<bool> {
    Ok(true)
}

/// The sorts of chores that one queue knows.
#[derive(Clone, Copy)]
pub struct Kinds(pub &'static [ChoreKind]);

impl Kinds {
    pub fn get(&self, name: &str) -> Option<&'static ChoreKind> {
        self.0.iter().find(|kind| kind.name == name)
    }
}
