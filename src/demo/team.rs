//! The people who sign in to the demo, and the technicians behind them.

use crate::auth::Shipped;
use crate::db::Change;
use crate::kernel::{Id, Moment};

use super::calendar::later;
use super::names::{email, mobile, person};
use super::random::Random;
use super::world::{Entry, World, id_of};

/// Everybody's password. It stands in the documentation: the demo is for looking around, and its
/// folder is never one to keep.
pub const PASSWORD: &str = "larder-demo";

/// One line of the banner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    pub email: String,
    pub password: &'static str,
    pub role: &'static str,
}

struct Member {
    first: &'static str,
    last: &'static str,
    role: Shipped,
    /// What comes after the @, before `.example`.
    domain: &'static str,
    region: &'static str,
}

const fn ours(first: &'static str, last: &'static str, role: Shipped, region: &'static str) -> Member {
    Member { first, last, role, domain: "northgate", region }
}

/// Those with a login. The owner comes first; the last two belong to others, and come in after
/// the firms that they work for.
const MEMBERS: [Member; 16] = [
    ours("Graham", "Pell", Shipped::Owner, "Leeds"),
    ours("Hannah", "Whitlock", Shipped::Manager, "Leeds"),
    ours("Sarah", "Oldroyd", Shipped::Staff, "Leeds"),
    ours("Imogen", "Hale", Shipped::Staff, "Leeds and the west"),
    ours("Jonas", "Arden", Shipped::Staff, "York and the east"),
    ours("Ruth", "Calloway", Shipped::Staff, "Leeds"),
    ours("Marek", "Kowalski", Shipped::Technician, "Leeds"),
    ours("Priya", "Nair", Shipped::Technician, "Leeds"),
    ours("Lewis", "Grant", Shipped::Technician, "York and the east"),
    ours("Tom", "Bassett", Shipped::Technician, "Leeds and the west"),
    ours("Aoife", "Brennan", Shipped::Technician, "Sheffield"),
    ours("Dev", "Mistry", Shipped::Technician, "Manchester"),
    ours("Callum", "Reid", Shipped::Technician, "Newcastle"),
    ours("Nadia", "Rahman", Shipped::Technician, "Leeds and the west"),
    Member { first: "Piotr", last: "Zielinski", role: Shipped::Contractor, domain: "halden-escalators", region: "" },
    Member { first: "Olivia", last: "Trent", role: Shipped::Client, domain: "ashdown-property-group", region: "" },
];
const MANAGER: usize = 1;
const DISPATCHER: usize = 2;
const SELLERS: [usize; 2] = [3, 4];
const ACCOUNTS: usize = 5;
const FIRST_TECHNICIAN: usize = 6;
const TECHNICIANS: usize = 8;
const GUESTS: usize = 14;
pub const CONTRACTOR: usize = 14;
pub const CLIENT: usize = 15;

/// The lines of the banner.
pub fn logins() -> Vec<Login> {
    let line = |m: &Member| Login { email: address(m), password: PASSWORD, role: m.role.name() };
    MEMBERS.iter().map(line).collect()
}

fn address(member: &Member) -> String {
    email(member.first, member.last, member.domain)
}

/// Who works here, in the order in which they were written down.
pub struct Team {
    beginning: Moment,
    /// Technicians beyond those with a login, in a larger demo.
    more: usize,
}

impl Team {
    pub fn new(world: &World) -> Self {
        // Four times as many customers do not need four times as many technicians to look busy.
        Self { beginning: world.beginning(), more: TECHNICIANS * (world.scale.isqrt() - 1) }
    }

    pub fn user(&self, number: usize) -> Id {
        id_of("users", number, self.since(number))
    }
    fn since(&self, number: usize) -> Moment {
        later(self.beginning, number as i64 * 2)
    }
    pub fn owner(&self) -> Id {
        self.user(0)
    }
    pub fn manager(&self) -> Id {
        self.user(MANAGER)
    }
    pub fn dispatcher(&self) -> Id {
        self.user(DISPATCHER)
    }
    pub fn accounts(&self) -> Id {
        self.user(ACCOUNTS)
    }
    pub fn client(&self) -> Id {
        self.user(CLIENT)
    }
    pub fn seller(&self, random: &mut Random) -> Id {
        self.user(random.pick(&SELLERS))
    }
    pub fn technicians(&self) -> usize {
        TECHNICIANS + self.more
    }
    pub fn technician(&self, number: usize) -> Id {
        self.user(if number < TECHNICIANS { FIRST_TECHNICIAN + number } else { MEMBERS.len() + number - TECHNICIANS })
    }
    /// Anybody in the office but the owner.
    pub fn office(&self, random: &mut Random) -> Id {
        self.user(random.between(MANAGER as i64, ACCOUNTS as i64) as usize)
    }

    /// Our own people.
    pub fn staff<'a>(&'a self, world: &'a World) -> impl Iterator<Item = Entry> + 'a {
        let known = (0..GUESTS).map(|n| self.member(world, n));
        let more = (MEMBERS.len()..MEMBERS.len() + self.more).map(|n| {
            let (first, last) = person(n + 200);
            let mut random = Random::of("users", n);
            let entry = self.person(world, n, first, last, &mut random).set("role", Shipped::Technician.name());
            entry.set("email", email(first, last, "northgate")).set("manager", self.manager_name())
        });
        known.chain(more)
    }

    /// The contractor's and the client's logins, bound to the firms that they work for.
    pub fn guests<'a>(&'a self, world: &'a World, contractor: Id, company: Id) -> impl Iterator<Item = Entry> + 'a {
        [(CONTRACTOR, "contractor_id", contractor), (CLIENT, "company_id", company)]
            .into_iter()
            .map(|(number, field, firm)| self.member(world, number).set(field, firm))
    }

    /// The logins of all members, under one hash: the demo's password is no secret anyway.
    pub fn identities(&self, password: &str) -> Change {
        let mut change = Change::new();
        for (number, member) in MEMBERS.iter().enumerate() {
            let since = self.since(number);
            let (identity, user) = (id_of("identities", number, since), self.user(number));
            let operator = member.role == Shipped::Owner;
            change.push(
                "INSERT INTO identities(id, email, password, operator, created_at, updated_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
                vec![identity.into(), address(member).into(), password.into(), operator.into(), since.into()],
            );
            change.push("UPDATE users SET identity_id = ?2 WHERE id = ?1", vec![user.into(), identity.into()]);
        }
        change.touch(0, "users");
        change
    }

    fn member(&self, world: &World, number: usize) -> Entry {
        let member = &MEMBERS[number];
        let mut random = Random::of("users", number);
        let entry = self.person(world, number, member.first, member.last, &mut random);
        let entry = entry.set("role", member.role.name()).set("email", address(member));
        let entry = if member.region.is_empty() { entry } else { entry.set("region", member.region) };
        match member.role {
            Shipped::Staff | Shipped::Technician => entry.set("manager", self.manager_name()),
            _ => entry,
        }
    }

    fn person(&self, world: &World, number: usize, first: &str, last: &str, random: &mut Random) -> Entry {
        let entry = world.entry("users", number, self.since(number)).by(self.owner());
        entry.set("name", format!("{first} {last}")).set("phone", mobile(random))
    }

    fn manager_name(&self) -> String {
        let manager = &MEMBERS[MANAGER];
        format!("{} {}", manager.first, manager.last)
    }
}
