//! One person's notifications: reading them, and having read them.

use rusqlite::OptionalExtension;
use serde_json::{Value as Json, json};

use crate::db::{Change, Purge, Value, fault, note as note_read};
use crate::kernel::{Error, Id, Moment, Result};
use crate::record::View;

/// As many as are kept for one person.
pub const MOST: i64 = 200;
/// They are kept so long; letters that no server took, so long.
const KEPT_DAYS: i64 = 90;
const MAIL_DAYS: i64 = 3;
const DAY_S: i64 = 24 * 3600;
/// Removed in one change.
const FORGOTTEN: i64 = 500;

/// A line as it is stored.
struct Line {
    number: i64,
    at: Moment,
    sort: String,
    by: Option<Id>,
    kind: Option<String>,
    record: Option<Id>,
    told: Option<String>,
    read: bool,
}

const COLUMNS: &str = "number, at, sort, by_id, kind, record_id, told, read_at IS NOT NULL";

fn line(row: &rusqlite::Row<'_>) -> rusqlite::Result<Line> {
    let id = |at: usize| Ok::<_, rusqlite::Error>(Value::from_sql(row.get_ref(at)?).as_id());
    Ok(Line {
        number: row.get(0)?,
        at: Moment(row.get(1)?),
        sort: row.get(2)?,
        by: id(3)?,
        kind: row.get(4)?,
        record: id(5)?,
        told: row.get(6)?,
        read: row.get(7)?,
    })
}

/// The person whose notifications these are.
pub(super) fn reader(view: &View<'_>) -> Result<Id> {
    view.access.actor.user.ok_or_else(|| Error::forbidden("Only somebody who is signed in may do this."))
}

/// The latest, newest first: `{"unread":…,"data":[…]}`.
pub fn index(view: &View<'_>, limit: i64, unread_only: bool) -> Result<Vec<u8>> {
    let (tenant, user) = (view.access.tenant.key, reader(view)?);
    const COUNT: &str = "SELECT count(*) FROM notifications WHERE tenant_id=? AND user_id=? AND read_at IS NULL";
    note_read(view.conn, COUNT);
    let mut statement = view.conn.prepare_cached(COUNT).map_err(fault)?;
    let unread: i64 = statement.query_row((tenant, user.as_bytes()), |row| row.get(0)).map_err(fault)?;
    let only = if unread_only { " AND read_at IS NULL" } else { "" };
    let sql = format!(
        "SELECT {COLUMNS} FROM notifications WHERE tenant_id=? AND user_id=?{only} ORDER BY at DESC, number DESC LIMIT ?"
    );
    note_read(view.conn, &sql);
    let mut statement = view.conn.prepare_cached(&sql).map_err(fault)?;
    let rows = statement.query_map((tenant, user.as_bytes(), limit), line).map_err(fault)?;
    let mut data = Vec::new();
    for found in rows {
        data.push(show(view, &found.map_err(fault)?)?);
    }
    Ok(json!({"unread": unread, "data": data}).to_string().into_bytes())
}

/// One of them, as it is told to its owner.
pub(super) fn one(view: &View<'_>, number: i64) -> Result<Option<Json>> {
    let sql = format!("SELECT {COLUMNS} FROM notifications WHERE tenant_id=? AND user_id=? AND number=?");
    let mut statement = view.conn.prepare_cached(&sql).map_err(fault)?;
    let found = statement.query_row((view.access.tenant.key, reader(view)?.as_bytes(), number), line).optional();
    found.map_err(fault)?.map(|found| show(view, &found)).transpose()
}

/// A record that the reader may no longer see is not named, and neither is who they may not see.
fn show(view: &View<'_>, line: &Line) -> Result<Json> {
    let by = match line.by {
        Some(id) => view.title_seen("users", id)?.and_then(|name| name.as_text().map(str::to_owned)),
        None => None,
    };
    let record = match (line.kind.as_deref(), line.record) {
        (Some("imports"), Some(id)) => file_name(view, id)?.map(|name| (name.into(), id)),
        (Some(kind), Some(id)) if view.registry.get(kind).is_some() => {
            view.title_seen(kind, id)?.map(|title| (title.as_text().map_or(Json::Null, Json::from), id))
        }
        (Some(_), Some(id)) => Some((line.told.clone().map_or(Json::Null, Json::from), id)),
        _ => None,
    };
    Ok(json!({
        "id": line.number,
        "sort": line.sort,
        "at": line.at.to_string(),
        "read": line.read,
        "by": by,
        "record": record.map(|(title, id)| json!({"kind": line.kind, "id": id.to_string(), "title": title})),
        "told": line.told,
    }))
}

/// What an import's file was called, for whoever began it.
fn file_name(view: &View<'_>, id: Id) -> Result<Option<String>> {
    const NAME: &str = "SELECT file_name FROM imports WHERE tenant_id=? AND id=? AND created_by=?";
    note_read(view.conn, NAME);
    let mut statement = view.conn.prepare_cached(NAME).map_err(fault)?;
    let of = (view.access.tenant.key, id.as_bytes(), reader(view)?);
    statement.query_row((of.0, of.1, of.2.as_bytes()), |row| row.get(0)).optional().map_err(fault)
}

/// Marks some as read, or all without a list.
pub fn plan_read(view: &View<'_>, numbers: Option<&[i64]>, now: Moment) -> Result<Change> {
    let (tenant, user) = (Value::Int(view.access.tenant.key), Value::Id(reader(view)?));
    let mut change = Change::new();
    match numbers {
        None => change.push(
            "UPDATE notifications SET read_at=? WHERE tenant_id=? AND user_id=? AND read_at IS NULL",
            vec![Value::from(now), tenant, user],
        ),
        Some(numbers) => change.push_many(
            "UPDATE notifications SET read_at=? WHERE tenant_id=? AND user_id=? AND number=? AND read_at IS NULL",
            numbers.iter().map(|n| vec![Value::from(now), tenant.clone(), user.clone(), Value::Int(*n)]).collect(),
        ),
    };
    change.touch(view.access.tenant.key, "notifications");
    Ok(change)
}

/// Marks everybody's that are older as read: what a business begins with is no news to anybody.
pub fn catch_up(before: Moment) -> Change {
    let mut change = Change::new();
    change.push("UPDATE notifications SET read_at=at WHERE at<? AND read_at IS NULL", vec![Value::from(before)]);
    change.touch(0, "notifications");
    change
}

/// What is too old, letters that no server would take among it.
pub fn outdated(now: Moment) -> [Purge; 2] {
    let old = |table, gone, days: i64| Purge {
        table,
        key: "seq",
        gone,
        before: now.plus_s(-days * DAY_S),
        piece: FORGOTTEN,
        touches: Some("notifications"),
    };
    [old("notifications", "at<?1", KEPT_DAYS), old("mails", "created_at<?1", MAIL_DAYS)]
}
