//! The dashboard of each role (S71), made of lists and sums: it can show nothing that these would
//! not show.

use serde_json::json;

use crate::kernel::{Error, Result, encode};
use crate::kind::Access;
use crate::record::{Query, Summary, View, write_text};

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
    Count,
    /// By a field, adding another one up.
    Groups(&'static str, Option<&'static str>),
    /// The first ten, sorted so.
    Rows(&'static str),
    /// The latest deeds, whatever the rows.
    Activity,
}

const OPEN: (&str, &str) = ("status[in]", "new,assigned,in_progress,on_hold");
const TO_DO: (&str, &str) = ("status[in]", "pending,in_progress");
const IN_USE: (&str, &str) = ("status[ne]", "decommissioned");
const FEW: &str = "10";

const fn tile(
    name: &'static str,
    kind: &'static str,
    rows: &'static [(&'static str, &'static str)],
    shows: Shows,
) -> Tile {
    Tile { name, kind, rows, shows }
}

const MY_TASKS: Tile = tile("my_tasks", "tasks", &[("assignee_id", "me"), TO_DO], Shows::Rows("due_at"));

const OFFICE: &[Tile] = &[
    tile("open_by_status", "work-orders", &[OPEN], Shows::Groups("status", None)),
    tile("open_by_priority", "work-orders", &[OPEN], Shows::Groups("priority", None)),
    tile("overdue", "work-orders", &[OPEN, ("due_at[lt]", "now")], Shows::Count),
    tile("due_this_week", "work-orders", &[OPEN, ("due_at[gte]", "week"), ("due_at[lt]", "week+1")], Shows::Count),
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
    tile("inspections_due", "equipment", &[IN_USE, ("inspection_due[lt]", "today+31")], Shows::Rows("inspection_due")),
    tile(
        "calibrations_due",
        "equipment",
        &[IN_USE, ("calibration_due[lt]", "today+31")],
        Shows::Rows("calibration_due"),
    ),
    MY_TASKS,
    tile("my_work_orders", "work-orders", &[("assigned_to", "me"), OPEN], Shows::Rows("due_at")),
    tile("latest", "", &[], Shows::Activity),
];

const VISIT: &str = "id,version,title,status,priority,due_at,scheduled_at,site.name";

const FIELD: &[Tile] = &[
    tile(
        "stops_today",
        "work-orders",
        &[MINE, OPEN, ("scheduled_at[gte]", "today"), ("scheduled_at[lt]", "today+1")],
        Shows::Rows("scheduled_at"),
    ),
    tile("open_work", "work-orders", &[MINE, OPEN], Shows::Rows("due_at")),
    MY_TASKS,
];

const CLIENT: &[Tile] = &[
    tile("equipment_by_status", "equipment", &[], Shows::Groups("status", None)),
    tile("open_work_orders", "work-orders", &[OPEN], Shows::Rows("-created_at")),
    tile(
        "certificates_expiring",
        "certificates",
        &[("valid_until[gte]", "today"), ("valid_until[lt]", "today+61")],
        Shows::Rows("valid_until"),
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

/// `{"layout":…,"tiles":{name:{"kind":…,"query":…,"summary" or "list" or "activity":…}}}`. A tile
/// that the viewer may not see is left out.
pub fn dashboard(view: &View<'_>) -> Result<Vec<u8>> {
    let (layout, tiles) = layout(view.access);
    let mut out = Vec::from(*b"{\"layout\":");
    write_text(&mut out, layout);
    out.extend_from_slice(b",\"tiles\":{");
    let mut any = false;
    for tile in tiles {
        match tile.show(view) {
            Ok(Some(body)) => {
                if any {
                    out.push(b',');
                }
                any = true;
                write_text(&mut out, tile.name);
                out.push(b':');
                out.extend_from_slice(&body);
            }
            // Not for this viewer: the kind, or a field that the tile is about.
            Ok(None) | Err(Error::Forbidden(_) | Error::Invalid(_)) => {}
            Err(error) => return Err(error),
        }
    }
    out.extend_from_slice(b"}}");
    Ok(out)
}

impl Tile {
    fn show(&self, view: &View<'_>) -> Result<Option<Vec<u8>>> {
        if let Shows::Activity = self.shows {
            let listing = view.activity(&[("limit".to_owned(), FEW.to_owned())])?;
            return Ok(Some([b"{\"activity\":", &listing.body[..], b"}"].concat()));
        }
        let (registry, access) = (view.registry, view.access);
        let Some(position) = registry.position(self.kind) else { return Ok(None) };
        let mut rows = fill(access, position, registry.at(position), self.rows, &Span::default());
        for (_, value) in &mut rows {
            if let Some(counts_as) = value.strip_prefix('{').and_then(|v| v.strip_suffix('}')) {
                *value = stages(access, counts_as);
                if value.is_empty() {
                    return Ok(None);
                }
            }
        }
        let with = |more: &[(&str, &str)]| -> Params {
            let more = more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
            rows.iter().cloned().chain(more).collect()
        };
        let sums = |params: Params| view.summary(&Summary::parse(registry, access, position, &params)?);
        let (word, body) = match self.shows {
            Shows::Count => ("summary", sums(with(&[]))?),
            Shows::Groups(field, None) => ("summary", sums(with(&[("group", field)]))?),
            Shows::Groups(field, Some(sum)) => ("summary", sums(with(&[("group", field), ("sum", sum)]))?),
            Shows::Rows(sort) => {
                // What has no date stands first in a list sorted by it, and is not what is due next.
                let dated = format!("{sort}[null]");
                let mut more = vec![("sort", sort), ("limit", FEW), ("count", "true")];
                if !sort.starts_with('-') {
                    more.push((&dated, "false"));
                }
                // Of a visit, what one has to know: above all where it is. Whoever may not see that gets the rest.
                let brief = (self.kind == "work-orders").then(|| with(&[&more[..], &[("fields", VISIT)]].concat()));
                let brief = brief.and_then(|params| Query::parse(registry, access, position, &params).ok());
                let query = match brief {
                    Some(query) => query,
                    None => Query::parse(registry, access, position, &with(&more))?,
                };
                ("list", view.list(&query)?.body)
            }
            Shows::Activity => return Ok(None),
        };
        let query: Vec<String> =
            rows.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        let head = json!({"kind": self.kind, "query": query.join("&")}).to_string();
        let head = head.trim_end_matches('}');
        Ok(Some([head.as_bytes(), b",\"", word.as_bytes(), b"\":", &body, b"}"].concat()))
    }
}

/// The stages that count as `open` or `won`.
fn stages(access: &Access, counts_as: &str) -> String {
    let all = access.tenant.choices.iter().filter(|choice| &*choice.counts_as == counts_as);
    all.map(|choice| &*choice.name).collect::<Vec<_>>().join(",")
}
