//! X10: when a work order that repeats is completed, the next one is made, once, with its checklist.

use std::sync::Arc;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension};
use serde_json::{Value as Json, json};

use crate::db::{Change, Value, fault};
use crate::kernel::{Date, Error, Id, Moment, Result};
use crate::kind::{Kind, Tenant};
use crate::record::{Stored, View};
use crate::stream::{Progress, Step};

use super::orders::{self, Draft};
use super::series::{Place, Rule};
use super::{Household, Task};

/// Orders looked at in one go; the next round takes the rest.
const MOST: i64 = 500;
const PATIENCE: Duration = Duration::from_secs(15);

/// What the next order has in common with the one before.
const COPIED: [&str; 9] = [
    "title",
    "description",
    "priority",
    "site_id",
    "equipment_id",
    "contact_id",
    "service_id",
    "contractor_id",
    "assigned_to",
];

/// Completed orders that repeat and have no next one yet.
const WAITING: &str = "SELECT w.id FROM work_orders w WHERE w.tenant_id=?1 AND w.recurrence IS NOT NULL \
    AND w.deleted_at IS NULL AND w.status IN ('completed', 'invoiced') AND NOT EXISTS(SELECT 1 FROM work_order_repeats r \
    WHERE r.tenant_id=w.tenant_id AND r.work_order_id=w.id) LIMIT ?2";

pub fn is_wanted(household: &Household, tenant: i64) -> Result<bool> {
    let found = household.db.read(move |conn| waiting(conn, tenant, 1)).wait()?;
    Ok(!found.is_empty())
}

pub fn run(household: &Household, task: &Task) -> Result<Json> {
    let access = household.tenant(task.chore.tenant)?;
    let tenant = access.tenant.key;
    let orders = household.db.read_heavy(PATIENCE, move |conn| waiting(conn, tenant, MOST)).wait()?;
    let (total, mut made) = (orders.len(), 0);
    for (n, order) in orders.into_iter().enumerate() {
        task.check()?;
        let write = |goes_on: bool| -> Result<bool> {
            let (registry, access) = (Arc::clone(&household.registry), Arc::clone(&access));
            let read = household.db.read(move |conn| plan(&View::new(conn, &registry, &access), order, goes_on));
            let (change, next) = read.wait()?;
            let said = format!("{} of {total} looked at", n + 1);
            let step = Step::new("writing", (n + 1) as f64 * 100.0 / total as f64, said);
            task.commit(step, None, change).map(|()| next)
        };
        let outcome = write(true).or_else(|error| match error {
            error if stops(&error) => Err(error),
            error @ Error::Conflict(_) => Err(error),
            // What cannot be now cannot be in five minutes either, and must not be in the way of the others.
            error => {
                tracing::warn!(%order, %error, "a repeating order ends here: its next one cannot be made");
                write(false)
            }
        });
        match outcome {
            Ok(next) => made += i64::from(next),
            Err(error) if stops(&error) => return Err(error),
            // Somebody else was quicker, or the order has changed since: the next round looks again.
            Err(error) => tracing::info!(%order, %error, "the next of a repeating order was not made"),
        }
    }
    Ok(json!({ "made": made }))
}

/// Errors that are about the whole chore and not about one order.
fn stops(error: &Error) -> bool {
    matches!(error, Error::Busy(_) | Error::Internal(_)) || error.code() == "chore_taken"
}

fn waiting(conn: &Connection, tenant: i64, most: i64) -> Result<Vec<Id>> {
    let mut statement = conn.prepare_cached(WAITING).map_err(fault)?;
    let read = |row: &rusqlite::Row<'_>| Ok(Value::from_sql(row.get_ref(0)?).as_id().unwrap_or_default());
    let rows = statement.query_map((tenant, most), read).map_err(fault)?;
    rows.collect::<rusqlite::Result<_>>().map_err(fault)
}

/// The next order after this one, or the note that the series has ended or does not go on; and whether there
/// is a next.
fn plan(view: &View<'_>, id: Id, goes_on: bool) -> Result<(Change, bool)> {
    let position = view.registry.position(orders::KIND).ok_or_else(Error::not_found)?;
    let (kind, tenant) = (view.registry.at(position), &view.access.tenant);
    let Some(stored) = view.stored(position, id, &[], false)? else { return Ok((Change::new(), false)) };
    let get = |field: &str| kind.position(field).map_or(&Value::Null, |at| &stored.row.values[at]);
    let text = get("recurrence").as_text().unwrap_or_default().to_owned();
    let done = get("completed_at").as_int().map_or_else(Moment::now, Moment);
    let due = get("due_at").as_int().map(Moment);
    let day = due.unwrap_or(done).day_in(&tenant.zone);
    let before =
        place(view.conn, tenant.key, id)?.filter(|(rule, place)| *rule == text && place.day(rule) == Some(day));
    let place = before.map_or(Place { anchor: day, step: 0 }, |(_, place)| place);
    let next = Rule::parse(&text).filter(|_| goes_on).and_then(|rule| place.after(&rule, done.day_in(&tenant.zone)));
    let made = next.map(|next| (Id::new(), next));
    let mut change = Change::new();
    if let Some((next_id, next)) = made {
        let day = next.day(&text).unwrap_or(day);
        let seconds = due.map_or(17 * 3_600, |due| due.seconds_in(&tenant.zone));
        let draft = copy(kind, &stored, next_id, Moment::local(day, seconds, &tenant.zone), &text);
        change.extend(insert(view, tenant, draft)?);
    }
    let kept = made.map_or(place, |(_, next)| next);
    change.push(
        "INSERT INTO work_order_repeats(tenant_id, work_order_id, next_id, rule, anchor, step) VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
        vec![
            tenant.key.into(),
            id.into(),
            made.map(|(next_id, _)| next_id).into(),
            text.into(),
            kept.anchor.to_string().into(),
            kept.step.into(),
        ],
    );
    Ok((change, made.is_some()))
}

/// Where in its series an order stands that was made by this chore.
fn place(conn: &Connection, tenant: i64, id: Id) -> Result<Option<(String, Place)>> {
    let sql = "SELECT rule, anchor, step FROM work_order_repeats WHERE tenant_id=?1 AND next_id=?2";
    let mut statement = conn.prepare_cached(sql).map_err(fault)?;
    let read =
        |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?));
    let found = statement.query_row((tenant, Value::from(id)), read).optional().map_err(fault)?;
    Ok(found.and_then(|(rule, anchor, step)| Some((rule, Place { anchor: Date::parse(&anchor)?, step }))))
}

fn copy(kind: &Kind, before: &Stored, id: Id, due: Option<Moment>, rule: &str) -> Draft {
    let mut draft = Draft { id, custom: before.row.custom.clone(), ..Draft::new() };
    let get = |field: &str| kind.position(field).map_or(&Value::Null, |at| &before.row.values[at]);
    for field in COPIED {
        draft.set(field, get(field).clone());
    }
    let checklist = get("checklist").as_text().and_then(orders::fresh_checklist);
    draft.set("checklist", checklist).set("recurrence", rule).set("due_at", due);
    draft
}

/// Plans the order. A reference to what has gone since, such as a contact who left, is let go.
fn insert(view: &View<'_>, tenant: &Tenant, mut draft: Draft) -> Result<Change> {
    for (field, value) in &mut draft.fields {
        let of = match *field {
            "contact_id" => "contacts",
            "service_id" => "services",
            "contractor_id" => "contractors",
            "assigned_to" => "users",
            "equipment_id" => "equipment",
            "site_id" => "sites",
            _ => continue,
        };
        let Some(position) = view.registry.position(of) else { continue };
        if let Some(id) = value.as_id()
            && view.stored(position, id, &[], false)?.is_none()
        {
            *value = Value::Null;
        }
    }
    orders::plan(view, tenant, &draft, Moment::now())
}
