//! What comes by the clock, and when it is next due: kept in the store, and moved on in the change
//! that puts it into the queue, so that a restart neither skips nor repeats anything. What fell due
//! while the server was down is done once.

use std::collections::HashMap;

use rusqlite::Connection;
use serde_json::{Value as Json, json};

use crate::db::{Change, Value, fault};
use crate::kernel::{Error, Id, Moment, Result};

use super::Household;
use super::kind::ChoreKind;
use super::kinds::SCHEDULES;
use super::queue::Order;
use super::rhythm::Rhythm;

/// A sort of chore that comes round again.
pub struct Schedule {
    /// The sort of chore; also the schedule's own name.
    pub kind: &'static str,
    pub rhythm: Rhythm,
    /// For each tenant, in its time zone, or once for the whole server.
    pub for_tenants: bool,
    /// Is there anything to do? A cheap look that spares an entry in the queue.
    pub needed: fn(&Household, i64) -> Result<bool>,
}

/// One line of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub tenant: i64,
    pub name: String,
    pub next_at: Moment,
    pub last_at: Option<Moment>,
}

impl Line {
    /// The lines of a tenant.
    pub fn of(conn: &Connection, tenant: i64) -> Result<Vec<Self>> {
        let sql = "SELECT tenant_id, name, next_at, last_at FROM schedules WHERE tenant_id=?1 ORDER BY name";
        let mut statement = conn.prepare_cached(sql).map_err(fault)?;
        let rows = statement.query_map([tenant], read).map_err(fault)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault)
    }

    pub fn wire(&self) -> Json {
        json!({
            "kind": self.name,
            "next_at": self.next_at.to_string(),
            "last_at": self.last_at.map(|at| at.to_string()),
        })
    }
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Line> {
    Ok(Line {
        tenant: row.get(0)?,
        name: row.get(1)?,
        next_at: Moment(row.get(2)?),
        last_at: row.get::<_, Option<i64>>(3)?.map(Moment),
    })
}

/// Every tenant's key and time zone, and the server's own.
fn zones(conn: &Connection) -> Result<Vec<(i64, String)>> {
    let mut statement = conn.prepare_cached("SELECT seq, zone FROM tenants ORDER BY seq").map_err(fault)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(fault)?;
    let mut all = vec![(0, "UTC".to_owned())];
    for row in rows {
        all.push(row.map_err(fault)?);
    }
    Ok(all)
}

/// All lines, by tenant.
fn lines(conn: &Connection) -> Result<HashMap<i64, Vec<Line>>> {
    let sql = "SELECT tenant_id, name, next_at, last_at FROM schedules";
    let mut statement = conn.prepare_cached(sql).map_err(fault)?;
    let mut all = HashMap::<_, Vec<_>>::new();
    for line in statement.query_map([], read).map_err(fault)? {
        let line = line.map_err(fault)?;
        all.entry(line.tenant).or_default().push(line);
    }
    Ok(all)
}

/// Puts what is due into the queue, and gives what is to be done newly its first time. Answers when
/// to come again. Nothing begins before `from`.
pub fn round(household: &Household, now: Moment, from: Moment) -> Result<Option<Moment>> {
    let (zones, lines) = household.db.read(|conn| Ok((zones(conn)?, lines(conn)?))).wait()?;
    let mut soonest: Option<Moment> = None;
    let mut quiet = Quiet::default();
    for (tenant, zone) in &zones {
        let lines = lines.get(tenant).map_or(&[][..], Vec::as_slice);
        for schedule in SCHEDULES.iter().filter(|schedule| schedule.for_tenants == (*tenant != 0)) {
            let line = lines.iter().find(|line| line.name == schedule.kind);
            let next = schedule.rhythm.next(now, zone);
            let at = match line {
                // The tenant lives by other clocks than when this was written down.
                Some(line) if line.next_at > now && schedule.for_tenants && line.next_at != next => {
                    quiet.move_on(line, next)
                }
                Some(line) if line.next_at > now => line.next_at,
                Some(_) if now < from => from,
                Some(line) if fire(household, schedule, line, next, now)? => next,
                Some(line) => quiet.move_on(line, next),
                None => quiet.begin(*tenant, schedule, next.min(soon(schedule, now))),
            };
            soonest = Some(soonest.map_or(at, |soonest| soonest.min(at)));
        }
    }
    quiet.write(household)?;
    Ok(soonest)
}

/// What comes round within hours is first done a minute from now; what has its hour waits for it.
fn soon(schedule: &Schedule, now: Moment) -> Moment {
    match schedule.rhythm {
        Rhythm::Minutes(_) => now.plus_s(60),
        _ => Moment(i64::MAX),
    }
}

/// What puts nothing into the queue: written together once all tenants were looked at, and no reason to wake
/// whoever works the queue off.
#[derive(Default)]
struct Quiet {
    begun: Vec<Vec<Value>>,
    moved: Vec<Vec<Value>>,
}

impl Quiet {
    fn begin(&mut self, tenant: i64, schedule: &Schedule, next: Moment) -> Moment {
        self.begun.push(vec![tenant.into(), schedule.kind.into(), next.into()]);
        next
    }

    fn move_on(&mut self, line: &Line, next: Moment) -> Moment {
        self.moved.push(vec![line.tenant.into(), line.name.clone().into(), line.next_at.into(), next.into()]);
        next
    }

    /// What somebody else has begun or moved meanwhile stays as it is.
    fn write(self, household: &Household) -> Result<()> {
        let mut change = Change::new();
        change.push_many("INSERT OR IGNORE INTO schedules(tenant_id, name, next_at) VALUES(?1, ?2, ?3)", self.begun);
        change.push_many("UPDATE schedules SET next_at=?4 WHERE tenant_id=?1 AND name=?2 AND next_at=?3", self.moved);
        if change.statements.is_empty() { Ok(()) } else { household.db.write(change).wait() }
    }
}

/// Into the queue with it, and on to its next time; false where it is there already or there is nothing to
/// do.
fn fire(household: &Household, schedule: &Schedule, line: &Line, next: Moment, now: Moment) -> Result<bool> {
    if !(schedule.needed)(household, line.tenant)? {
        return Ok(false);
    }
    let mut change = Change::new();
    // Somebody else may have moved it meanwhile.
    change.guard(
        "schedule_moved",
        "EXISTS(SELECT 1 FROM schedules WHERE tenant_id=? AND name=? AND next_at=?)",
        vec![line.tenant.into(), schedule.kind.into(), line.next_at.into()],
    );
    change.push(
        "UPDATE schedules SET next_at=?3, last_at=?4 WHERE tenant_id=?1 AND name=?2",
        vec![line.tenant.into(), schedule.kind.into(), next.into(), now.into()],
    );
    household.queue.plan(&mut change, Id::new(), &by_clock(line.tenant, schedule.kind), now);
    match household.db.write(change).wait() {
        Ok(()) => Ok(true),
        // The one before is not done yet, or the tenant has more open than it may: this turn falls out.
        Err(Error::Conflict(_) | Error::Busy(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// A chore without parameters, open once in a tenant whoever asks.
pub fn by_clock(tenant: i64, kind: &'static str) -> Order {
    Order { tenant, kind, parameters: json!({}), dedupe: Some(String::new()), ..Order::default() }
}

/// The same asked for by a person. What leaves no line behind when the clock asked for it would be gone when
/// they come to look: they get one of their own.
pub fn by_hand(tenant: i64, kind: &ChoreKind, user: Option<Id>) -> Order {
    let order = by_clock(tenant, kind.name);
    let dedupe = if kind.quiet { Some("by hand".to_owned()) } else { order.dedupe };
    Order { user, dedupe, ..order }
}
