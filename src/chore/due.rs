//! S23: machines whose inspection or calibration falls due get a work order each, so many days ahead
//! as the tenant says, and never a second one for the same day.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use rusqlite::Connection;
use serde_json::{Value as Json, json};

use crate::db::{Change, Value, fault};
use crate::kernel::{Date, Error, Id, Moment, Result, plural};
use crate::kind::Access;
use crate::record::View;
use crate::stream::{Progress, Step};

use super::orders::{self, Draft};
use super::{Household, Task};

/// Orders made and committed at a time: some 10 ms for the writer.
const SLICE: i64 = 25;
const PATIENCE: Duration = Duration::from_secs(15);
/// An order is due in the afternoon of the day.
const HOUR_S: i64 = 17 * 3_600;

/// What falls due: the word in the table, the column, the words for people.
const SORTS: [(&str, &str, &str); 2] =
    [("inspection", "inspection_due", "Inspection"), ("calibration", "calibration_due", "Calibration")];

/// One machine and what is due of it.
#[derive(Clone, Debug)]
struct Due {
    equipment: Id,
    name: String,
    /// The place in [`SORTS`].
    sort: usize,
    on: String,
}

pub fn is_wanted(household: &Household, tenant: i64) -> Result<bool> {
    let access = household.tenant(tenant)?;
    Ok(access.tenant.due_ahead_days.is_some())
}

pub fn run(household: &Household, task: &Task) -> Result<Json> {
    let access = household.tenant(task.chore.tenant)?;
    let Some(days) = access.tenant.due_ahead_days else { return Ok(json!({ "made": 0 })) };
    let until = Moment::now().day_in(&access.tenant.zone).plus_days(days).to_string();
    let tenant = access.tenant.key;
    let horizon = until.clone();
    let open = household.db.read_heavy(PATIENCE, move |conn| count(conn, tenant, &horizon)).wait()?;
    let number = |name: &str| task.checkpoint().and_then(|kept| kept[name].as_i64()).unwrap_or(0);
    let (mut made, mut skipped) = (number("made"), HashSet::new());
    let total = made + open;
    task.tell(Step::new("counting", share(made, total), counted(open, days)))?;
    loop {
        task.check()?;
        let (horizon, most) = (until.clone(), SLICE + skipped.len() as i64);
        let found = household.db.read_heavy(PATIENCE, move |conn| find(conn, tenant, &horizon, most)).wait()?;
        let slice: Vec<Due> = found
            .into_iter()
            .filter(|due| !skipped.contains(&(due.equipment, due.sort)))
            .take(SLICE as usize)
            .collect();
        if slice.is_empty() {
            break;
        }
        let write = |slice: Vec<Due>, made: i64| {
            let after = made + slice.len() as i64;
            let step = Step::new("writing", share(after, total), format!("{after} of {total} orders made"));
            let change = plan(household, &access, slice)?;
            task.commit(step, Some(json!({ "made": after })), change).map(|()| after)
        };
        match write(slice.clone(), made) {
            Ok(after) => made = after,
            Err(error) if stops(&error) => return Err(error),
            // One of them cannot be, or somebody else was quicker with one: each by itself.
            Err(_) => {
                for due in slice {
                    task.check()?;
                    let key = (due.equipment, due.sort);
                    match write(vec![due], made) {
                        Ok(after) => made = after,
                        Err(error) if stops(&error) => return Err(error),
                        Err(error) => {
                            tracing::warn!(equipment = %key.0, %error, "no order could be made for a machine that is due");
                            skipped.insert(key);
                        }
                    }
                }
            }
        }
    }
    Ok(json!({ "made": made, "skipped": skipped.len() }))
}

/// Errors that are about the whole chore and not about one order.
fn stops(error: &Error) -> bool {
    matches!(error, Error::Busy(_) | Error::Internal(_)) || error.code() == "chore_taken"
}

fn share(done: i64, total: i64) -> f64 {
    if total == 0 { 100.0 } else { done as f64 * 100.0 / total as f64 }
}

fn counted(open: i64, days: i64) -> String {
    let found = u64::try_from(open).unwrap_or(0);
    format!(
        "{} without an order fall due within {days} days",
        plural(found, "inspection or calibration", "inspections and calibrations")
    )
}

/// The condition for what is due and has no order yet.
fn condition(sort: usize) -> String {
    let (what, column, _) = SORTS[sort];
    format!(
        "e.tenant_id=?1 AND e.deleted_at IS NULL AND e.status<>'decommissioned' AND e.{column}<=?2 AND NOT EXISTS(\
         SELECT 1 FROM due_orders d WHERE d.tenant_id=e.tenant_id AND d.equipment_id=e.id AND d.what='{what}' \
         AND d.due_on=e.{column})"
    )
}

fn count(conn: &Connection, tenant: i64, until: &str) -> Result<i64> {
    let mut all = 0;
    for sort in 0..SORTS.len() {
        let sql = format!("SELECT count(*) FROM equipment e WHERE {}", condition(sort));
        let mut statement = conn.prepare_cached(&sql).map_err(fault)?;
        all += statement.query_row((tenant, until), |row| row.get::<_, i64>(0)).map_err(fault)?;
    }
    Ok(all)
}

fn find(conn: &Connection, tenant: i64, until: &str, most: i64) -> Result<Vec<Due>> {
    let mut all = Vec::new();
    for (sort, (_, column, _)) in SORTS.iter().enumerate() {
        let sql = format!(
            "SELECT e.id, e.name, e.{column} FROM equipment e WHERE {} ORDER BY e.{column}, e.seq LIMIT ?3",
            condition(sort)
        );
        let mut statement = conn.prepare_cached(&sql).map_err(fault)?;
        let read = |row: &rusqlite::Row<'_>| {
            let equipment = Value::from_sql(row.get_ref(0)?).as_id().unwrap_or_default();
            Ok(Due { equipment, name: row.get(1)?, sort, on: row.get(2)? })
        };
        let rows = statement.query_map((tenant, until, most), read).map_err(fault)?;
        for row in rows {
            all.push(row.map_err(fault)?);
        }
    }
    Ok(all)
}

/// The orders of some machines. The key of `due_orders` refuses a second one for the same day, also
/// when two of these are written at once.
fn plan(household: &Household, access: &Arc<Access>, slice: Vec<Due>) -> Result<Change> {
    let (registry, access) = (Arc::clone(&household.registry), Arc::clone(access));
    let planned = household.db.read_heavy(PATIENCE, move |conn| {
        let view = View::new(conn, &registry, &access);
        let (tenant, now, mut all) = (&access.tenant, Moment::now(), Change::new());
        for due in &slice {
            let (what, _, title) = SORTS[due.sort];
            let at = Date::parse(&due.on).and_then(|day| Moment::local(day, HOUR_S, &tenant.zone));
            let mut draft = Draft::new();
            draft
                .set("title", format!("{title} due: {}", due.name))
                .set("description", format!("The {what} of {} is due on {}.", due.name, due.on))
                .set("equipment_id", due.equipment)
                .set("due_at", at);
            all.extend(orders::plan(&view, tenant, &draft, now)?);
            all.push(
                "INSERT INTO due_orders(tenant_id, equipment_id, what, due_on, work_order_id) VALUES(?1, ?2, ?3, ?4, ?5)",
                vec![tenant.key.into(), due.equipment.into(), what.into(), due.on.as_str().into(), draft.id.into()],
            );
        }
        Ok(all)
    });
    planned.wait()
}
