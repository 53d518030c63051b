//! The dashboard of each role (S71), made of lists and sums: it can show nothing that these would
//! not show.

use serde_json::json;

use crate::kernel::{Error, Result, encode};
use crate::kind::{Access, Action, Level, Registry};
use crate::record::write_text;

use super::ask::Ask;
use super::fill::{Params, Span, fill};
use super::table::MINE;

/// One figure, chart or list.
struct Tile {
    name: &'static str,
    kind: &'static str,
    /// Which rows it is about, as a list asks for them.
    rows: &'static [(&'static str, &'static str)],
    /// How it shows them.
    shows: Shows,
}

enum Shows {
    /// By a field, adding another one up.
    Groups(&'static str, Option<&'static str>),
    /// The first ten, sorted so, and these fields of them.
    Rows(&'static str, &'static str),
    /// The latest deeds, whatever the rows.
    Activity,
}

const OPEN: (&str, &str) = ("status[in]", "new,assigned,in_progress,on_hold");
const TO_DO: (&str, &str) = ("status[in]", "pending,in_progress");
const IN_USE: (&str, &str) = ("status[ne]", "decommissioned");
const FEW: &str = "10";

const OF_ORDERS: &str = "id,version,number,title,status,priority,due_at,scheduled_at,site.name,assigned_to.name";
const OF_TASKS: &str = "id,version,title,status,due_at,about_kind,about_id";
const OF_EQUIPMENT: &str = "id,version,name,serial,inspection_due,calibration_due,site.name";
const OF_CERTIFICATES: &str = "id,version,number,result,valid_until,equipment.name";

const fn tile(
    name: &'static str,
    kind: &'static str,
    rows: &'static [(&'static str, &'static str)],
    shows: Shows,
) -> Tile {
    Tile { name, kind, rows, shows }
}

const MY_TASKS: Tile = tile("my_tasks", "tasks", &[("assignee_id", "me"), TO_DO], Shows::Rows("due_at", OF_TASKS));

const OFFICE: &[Tile] = &[
    tile("open_by_status", "work-orders", &[OPEN], Shows::Groups("status", None)),
    tile("open_by_priority", "work-orders", &[OPEN], Shows::Groups("priority", None)),
    tile("overdue", "work-orders", &[OPEN, ("due_at[lt]", "now")], Shows::Rows("due_at", OF_ORDERS)),
    tile(
        "due_this_week",
        "work-orders",
        &[OPEN, ("due_at[gte]", "week"), ("due_at[lt]", "week+1")],
        Shows::Rows("due_at", OF_ORDERS),
    ),
    tile(
        "completed_by_week",
        "work-orders",
        &[("completed_at[gte]", "week-11")],
        Shows::Groups("completed_at:week", None),
    ),
    tile("deals_by_stage", "deals", &[("stage[in]", "{open}")], Shows::Groups("stage", Some("value"))),
    tile(
        "won_by_month",
        "deals",
        &[("stage[in]", "{won}"), ("closed_on[gte]", "month-11")],
        Shows::Groups("closed_on:month", Some("value")),
    ),
    tile(
        "won_this_quarter",
        "deals",
        &[("stage[in]", "{won}"), ("closed_on[gte]", "quarter")],
        Shows::Groups("closed_on:quarter", Some("value")),
    ),
    tile(
        "inspections_due",
        "equipment",
        &[IN_USE, ("inspection_due[lt]", "today+31")],
        Shows::Rows("inspection_due", OF_EQUIPMENT),
    ),
    tile(
        "calibrations_due",
        "equipment",
        &[IN_USE, ("calibration_due[lt]", "today+31")],
        Shows::Rows("calibration_due", OF_EQUIPMENT),
    ),
    MY_TASKS,
    tile("my_work_orders", "work-orders", &[("assigned_to", "me"), OPEN], Shows::Rows("due_at", OF_ORDERS)),
    tile("latest", "", &[], Shows::Activity),
];

const FIELD: &[Tile] = &[
    tile(
        "stops_today",
        "work-orders",
        &[MINE, OPEN, ("scheduled_at[gte]", "today"), ("scheduled_at[lt]", "today+1")],
        Shows::Rows("scheduled_at", OF_ORDERS),
    ),
    tile("open_work", "work-orders", &[MINE, OPEN], Shows::Rows("due_at", OF_ORDERS)),
    MY_TASKS,
];

const CLIENT: &[Tile] = &[
    tile("equipment_by_status", "equipment", &[], Shows::Groups("status", None)),
    tile("open_work_orders", "work-orders", &[OPEN], Shows::Rows("-created_at", OF_ORDERS)),
    tile(
        "certificates_expiring",
        "certificates",
        &[("valid_until[gte]", "today"), ("valid_until[lt]", "today+61")],
        Shows::Rows("valid_until", OF_CERTIFICATES),
    ),
];

/// A role that a tenant made for itself sees what the office sees, as far as it may.
fn layout(access: &Access) -> (&'static str, &'static [Tile]) {
    match &*access.role {
        "technician" | "contractor" => ("field", FIELD),
        "client" => ("client", CLIENT),
        _ => ("office", OFFICE),
    }
}

/// A dashboard, each of its tiles to be read for itself: whoever sees the same rows shares a tile, and
/// a change costs the tiles that are about it.
#[derive(Debug)]
pub struct Dashboard {
    pub layout: &'static str,
    pub tiles: Vec<(Frame, Ask)>,
}

/// What stands around a tile's answer.
#[derive(Debug)]
pub struct Frame {
    name: &'static str,
    /// `{"kind":…,"query":…,"summary" or "list" or "activity":`.
    head: String,
}

/// What the dashboard of the viewer's role asks for. What is about a kind that they do not see is left out.
pub fn dashboard(registry: &Registry, access: &Access) -> Dashboard {
    let (layout, tiles) = layout(access);
    Dashboard { layout, tiles: tiles.iter().filter_map(|tile| tile.plan(registry, access)).collect() }
}

/// `{"layout":…,"tiles":{name:{"kind":…,"query":…,"summary" or "list" or "activity":…}}}` of what the
/// tiles' reading gave. One that the viewer may not see is left out.
pub fn join<B: AsRef<[u8]>>(layout: &str, tiles: impl Iterator<Item = (Frame, Result<B>)>) -> Result<Vec<u8>> {
    let mut out = Vec::from(*b"{\"layout\":");
    write_text(&mut out, layout);
    out.extend_from_slice(b",\"tiles\":{");
    let begin = out.len();
    for (frame, body) in tiles {
        let body = match body {
            Ok(body) => body,
            // A field that the tile is about is not for this viewer.
            Err(Error::Forbidden(_) | Error::Invalid(_)) => continue,
            Err(error) => return Err(error),
        };
        if out.len() > begin {
            out.push(b',');
        }
        write_text(&mut out, frame.name);
        out.push(b':');
        out.extend_from_slice(frame.head.as_bytes());
        out.extend_from_slice(body.as_ref());
        out.push(b'}');
    }
    out.extend_from_slice(b"}}");
    Ok(out)
}

impl Tile {
    fn plan(&self, registry: &Registry, access: &Access) -> Option<(Frame, Ask)> {
        if let Shows::Activity = self.shows {
            let ask = Ask::Activity(vec![("limit".to_owned(), FEW.to_owned())]);
            return Some((Frame { name: self.name, head: "{\"activity\":".to_owned() }, ask));
        }
        let position = registry.position(self.kind)?;
        if access.grants[position].level(Action::Read) == Level::None {
            return None;
        }
        let fill =
            |declared: &[(&str, &str)]| fill(access, position, registry.at(position), declared, &Span::default());
        let mut rows = fill(self.rows);
        for (_, value) in &mut rows {
            if let Some(counts_as) = value.strip_prefix('{').and_then(|v| v.strip_suffix('}')) {
                *value = stages(access, counts_as);
                if value.is_empty() {
                    return None;
                }
            }
        }
        let with = |more: &[(&str, &str)]| -> Params { rows.iter().cloned().chain(fill(more)).collect() };
        let (word, ask) = match self.shows {
            Shows::Groups(field, None) => ("summary", Ask::Summary(position, with(&[("group", field)]))),
            Shows::Groups(field, Some(sum)) => {
                ("summary", Ask::Summary(position, with(&[("group", field), ("sum", sum)])))
            }
            Shows::Rows(sort, fields) => {
                // What has no date stands first in a list sorted by it, and is not what is due next.
                let dated = format!("{sort}[null]");
                let mut more = vec![("sort", sort), ("limit", FEW), ("count", "true"), ("fields", fields)];
                if !sort.starts_with('-') {
                    more.push((&dated, "false"));
                }
                ("list", Ask::Rows(position, with(&more)))
            }
            Shows::Activity => return None,
        };
        let query: Vec<String> =
            rows.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        let head = json!({"kind": self.kind, "query": query.join("&")}).to_string();
        let head = format!("{},\"{word}\":", head.trim_end_matches('}'));
        Some((Frame { name: self.name, head }, ask))
    }
}

/// The stages that count as `open` or `won`.
fn stages(access: &Access, counts_as: &str) -> String {
    let all = access.tenant.choices.iter().filter(|choice| &*choice.counts_as == counts_as);
    all.map(|choice| &*choice.name).collect::<Vec<_>>().join(",")
}
