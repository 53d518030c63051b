//! The query parameters that several routes read.

use crate::web::route::{Param, param};

pub const SELECT: &[Param] = &[FIELDS, INCLUDE];
pub const FIELDS: Param = param("fields", "Only these fields, with dots into references: `id,number,site.name`.");
pub const INCLUDE: Param = param("include", "References to show whole beside their ids: `site,equipment`.");
pub const LIMIT: Param = param("limit", "How many, 1 to 200; 25 when not given, 50 at most with `page`.");
pub const CURSOR: Param =
    param("cursor", "Where to go on: `page.next_cursor` or `page.prev_cursor` of the last answer.");
pub const LIST: &[Param] = &[
    FIELDS,
    INCLUDE,
    LIMIT,
    CURSOR,
    param("sort", "Up to three fields, `-` for descending: `-created_at,name`."),
    param("q", "Words to search for in everything that may be searched."),
    param("filter", "Conditions as JSON, for OR: `{\"or\":[{\"status\":\"new\"},{\"due_at\":{\"lt\":\"today\"}}]}`."),
    param("page", "The number of a page instead of a cursor, for short lists."),
    param("count", "`true` adds `page.total`."),
    param("deleted", "`true` lists the deleted records that may be restored."),
];
pub const EXPORT: &[Param] = &[
    param("format", "`csv`, `xlsx` or `jsonl`; CSV when not given."),
    param("sort", "Up to three fields, `-` for descending."),
    param("q", "Words to search for."),
    param("filter", "Conditions as JSON."),
    param("deleted", "`true` exports the deleted records."),
];
pub const SUMMARY: &[Param] = &[
    param(
        "group",
        "The field to group by; days and moments with `:day`, `:week`, `:month`, `:quarter` or `:year` behind it.",
    ),
    param("sum", "The number or amount of money to add up; amounts are added up by currency."),
    param("q", "Words to search for."),
    param("filter", "Conditions as JSON."),
    param("deleted", "`true` counts the deleted records."),
];
/// Each report says which of these it has.
pub const REPORT: &[Param] = &[BY, FROM, TO, COMPANY, REGION, WITHIN, WHAT, MONTHS];
pub const REPORT_FILE: &[Param] = &[
    param("format", "`csv`, `xlsx` or `pdf`; CSV when not given."),
    BY,
    FROM,
    TO,
    COMPANY,
    REGION,
    WITHIN,
    WHAT,
    MONTHS,
];
pub const BY: Param = param("by", "What the rows are grouped by: one of the report's choices.");
pub const FROM: Param = param("from", "The first day, `2026-11-21`, or relative to today: `month-2`, `quarter`.");
pub const TO: Param = param("to", "The last day.");
pub const COMPANY: Param = param("company", "Only this company, by its id.");
pub const REGION: Param = param("region", "Only this region.");
pub const WITHIN: Param = param("within", "Due within so many days: 30, 60 or 90.");
pub const WHAT: Param = param("what", "What is due: `both`, `inspection` or `calibration`.");
pub const MONTHS: Param = param("months", "So many months ahead: 3, 6 or 12.");
pub const HISTORY: &[Param] = &[CURSOR, LIMIT];
