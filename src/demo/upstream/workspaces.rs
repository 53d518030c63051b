//! The workspaces: one for each made-up customer whose mail is sent.

use serde_json::{Value, json};

use crate::demo::random::Random;
use crate::kernel::kebab;

const NAMES: [&str; 27] = [
    "Alderway Payroll",
    "Bramley & Stoke Recruitment",
    "Brightmoor Software",
    "Calloway Freight",
    "Castlegate Insurance Brokers",
    "Copperline Telecoms",
    "Dovetail Interiors",
    "Eastholme Energy",
    "Fernhill Training",
    "Fletcher Quay Accountants",
    "Greyfriars Security",
    "Harrowfield Packaging",
    "Inkwell Print & Post",
    "Juniper Row Events",
    "Kingsmere Facilities",
    "Larkspur Dental Supplies",
    "Longshore Logistics",
    "Millrace Water Coolers",
    "Nettleton Fleet Hire",
    "Oakhurst Solar",
    "Pellworth Data Rooms",
    "Quarrybank Tools",
    "Redshank Analytics",
    "Saltmarsh Catering",
    "Tidewell Translations",
    "Underhill Legal Search",
    "Winterbourne Windows",
];

/// Its month brings more than a thousand leads, which nobody believes unchecked.
const BUSY: u64 = 3;
/// It sends nothing at all.
const IDLE: u64 = 11;
/// A fifth of its sender accounts are not connected.
const TROUBLED: u64 = 19;

/// What sort of workspace it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Temper {
    Usual,
    Busy,
    Idle,
    Troubled,
}

#[derive(Clone, Debug)]
pub struct Workspace {
    /// 1 and up.
    pub id: u64,
    pub name: String,
    /// How many sender accounts it has.
    pub senders: usize,
    pub temper: Temper,
    /// How many accounts the workspaces before it have.
    pub(super) senders_before: usize,
}

impl Workspace {
    /// As the list has it.
    pub fn served(&self, seed: u64) -> Value {
        let mut random = Random::seeded(seed, "workspace", self.id);
        let month = random.between(1, 12);
        let day = random.between(1, 28);
        json!({
            "id": self.id,
            "name": self.name,
            "personal_team": false,
            "main": self.id == 1,
            "parent_id": if self.id == 1 { Value::Null } else { Value::from(1) },
            "sender_email_limit": self.senders.next_multiple_of(50),
            "created_at": format!("2024-{month:02}-{day:02}T09:00:00.000000Z"),
            "updated_at": format!("2025-{month:02}-{day:02}T16:30:00.000000Z"),
        })
    }

    /// Its name as a part of an address.
    pub(super) fn slug(&self) -> String {
        kebab(&self.name)
    }
}

/// All of them, with the sender accounts spread unevenly: none is left without, if there are enough.
pub fn workspaces(seed: u64, count: usize, senders: usize) -> Vec<Workspace> {
    let each = usize::from(senders >= count);
    let shares = shares(&weights(seed, count), senders - each * count);
    let mut before = 0;
    let workspace = |(at, share): (usize, usize)| {
        let id = at as u64 + 1;
        let senders = each + share;
        before += senders;
        Workspace { id, name: name(at), senders, temper: temper(id), senders_before: before - senders }
    };
    shares.into_iter().enumerate().map(workspace).collect()
}

fn temper(id: u64) -> Temper {
    match id {
        BUSY => Temper::Busy,
        IDLE => Temper::Idle,
        TROUBLED => Temper::Troubled,
        _ => Temper::Usual,
    }
}

fn name(at: usize) -> String {
    match (NAMES[at % NAMES.len()], at / NAMES.len()) {
        (name, 0) => name.to_owned(),
        (name, again) => format!("{name} {}", again + 1),
    }
}

fn weights(seed: u64, count: usize) -> Vec<usize> {
    let weight = |id: u64| {
        let x = Random::seeded(seed, "weight", id).below(100);
        if temper(id) == Temper::Busy { 420 } else { 10 + x * x / 25 }
    };
    (1..=count as u64).map(weight).collect()
}

/// Splits a number by weights, so that nothing is lost: each gets what lies between its borders.
fn shares(weights: &[usize], total: usize) -> Vec<usize> {
    let all: usize = weights.iter().sum();
    let (mut sum, mut given) = (0, 0);
    let share = |weight: &usize| {
        sum += weight;
        let until = total * sum / all;
        let share = until - given;
        given = until;
        share
    };
    weights.iter().map(share).collect()
}
