//! Schemas of what is gathered for the screens: sums, dashboards, whole pages.

use serde_json::{Value, json};

use crate::chore::State;
use crate::notify::Sort;
use crate::record::Format;

use super::named::moment;

pub fn schemas() -> Value {
    json!({
        "Summary": {
            "type": "object",
            "required": ["count"],
            "properties": {
                "count": {"type": "integer"},
                "sum": figure(),
                "groups": {"type": "array", "maxItems": 200, "items": {
                    "type": "object",
                    "required": ["value", "label", "count"],
                    "properties": {
                        "value": {"description": "The field's value; a period by its day, `2026-11`, `2026-Q4` or `2026`."},
                        "label": {"type": ["string", "null"], "description": "What people call it."},
                        "count": {"type": "integer"},
                        "sum": figure(),
                    },
                }},
                "more": {"type": "boolean", "description": "There are more groups."},
            },
        },
        "PageLoad": {
            "type": "object",
            "required": ["page", "parts"],
            "properties": {
                "page": {"type": "string"},
                "parts": {"type": "object", "additionalProperties": {
                    "type": "object",
                    "properties": {
                        "etag": {"type": "string"},
                        "data": {"type": "object", "description": "What the part's own route answers."},
                        "same": {"type": "boolean", "description": "It is as you have it."},
                        "status": {"type": "integer", "description": "Why it is not there."},
                        "problem": {"$ref": "#/components/schemas/Problem"},
                    },
                }},
            },
        },
        "Dashboard": {
            "type": "object",
            "required": ["layout", "tiles"],
            "properties": {
                "layout": {"type": "string", "enum": ["office", "field", "client"]},
                "tiles": {"type": "object", "additionalProperties": {
                    "type": "object",
                    "properties": {
                        "kind": {"type": "string"},
                        "query": {"type": "string", "description": "The list with these rows."},
                        "summary": {"$ref": "#/components/schemas/Summary"},
                        "list": {"type": "object"},
                        "activity": {"$ref": "#/components/schemas/History"},
                    },
                }},
            },
        },
        "ReportList": {
            "type": "object",
            "required": ["data"],
            "properties": {"data": {"type": "array", "items": {
                "type": "object",
                "required": ["name", "title", "about", "chart", "export", "parameters", "columns", "stages"],
                "properties": {
                    "name": {"type": "string"},
                    "title": {"type": "string"},
                    "about": {"type": "string", "description": "What it answers."},
                    "chart": {"type": "string", "enum": ["bars", "columns"]},
                    "export": {"type": "boolean", "description": "May it be saved as a file?"},
                    "parameters": {"type": "array", "items": {
                        "type": "object",
                        "required": ["name", "title", "type"],
                        "properties": {
                            "name": {"type": "string"},
                            "title": {"type": "string"},
                            "type": {"type": "string", "enum": ["day", "choice", "text", "record"]},
                            "choices": {"type": "array", "items": {
                                "type": "object",
                                "required": ["name", "title"],
                                "properties": {"name": {"type": "string"}, "title": {"type": "string"}},
                            }},
                            "kind": {"type": "string", "description": "Of a record."},
                            "default": {"type": "string"},
                        },
                    }},
                    "columns": {"type": "array", "items": column()},
                    "stages": {"type": "array", "items": {"type": "string"}},
                },
            }}},
        },
        "ReportRun": {
            "type": "object",
            "required": ["id", "report", "parameters", "state", "error", "stream_id", "document"],
            "properties": {
                "id": {"type": "string", "format": "uuid"},
                "report": {"type": "string"},
                "parameters": {"type": "object", "additionalProperties": {"type": "string"}, "description": "As they were understood."},
                "state": {"type": "string", "enum": State::ALL.map(State::as_str)},
                "error": {"type": ["string", "null"], "description": "Why it ended without a document, or is tried again."},
                "stream_id": {"type": "string", "format": "uuid", "description": "Where it tells how far it is."},
                "document": {"oneOf": [{"$ref": "#/components/schemas/Report"}, {"type": "null"}]},
            },
        },
        "ExportRun": {
            "type": "object",
            "required": ["id", "kind", "format", "file_name", "state", "error", "stream_id", "rows", "bytes"],
            "properties": {
                "id": {"type": "string", "format": "uuid"},
                "kind": {"type": "string"},
                "format": {"type": "string", "enum": Format::ALL.map(Format::as_str)},
                "file_name": {"type": "string"},
                "state": {"type": "string", "enum": State::ALL.map(State::as_str)},
                "error": {"type": ["string", "null"], "description": "Why it ended without a file, or is tried again."},
                "stream_id": {"type": "string", "format": "uuid", "description": "Where it tells how far it is."},
                "rows": {"type": ["integer", "null"], "description": "Of the file, once it is made."},
                "bytes": {"type": ["integer", "null"]},
            },
        },
        "Report": {
            "type": "object",
            "required": ["report", "title", "about", "parameters", "made_at", "as_of", "summary", "table", "notes"],
            "properties": {
                "report": {"type": "string"},
                "title": {"type": "string"},
                "about": {"type": "string"},
                "parameters": {"type": "array", "items": {
                    "type": "object",
                    "required": ["name", "title", "value", "text"],
                    "properties": {
                        "name": {"type": "string"},
                        "title": {"type": "string"},
                        "value": {"type": "string"},
                        "text": {"type": "string", "description": "What people read."},
                    },
                }},
                "made_at": moment(),
                "as_of": {"type": "string", "format": "date", "description": "The day that all is relative to."},
                "summary": {"type": "array", "items": {
                    "type": "object",
                    "required": ["label", "value", "unit"],
                    "properties": {
                        "label": {"type": "string"},
                        "value": {"type": ["number", "null"], "description": "Money in minor units."},
                        "unit": unit(),
                    },
                }},
                "chart": {
                    "type": ["object", "null"],
                    "required": ["kind", "title", "unit", "points"],
                    "properties": {
                        "kind": {"type": "string", "enum": ["bars", "columns"]},
                        "title": {"type": "string"},
                        "unit": unit(),
                        "points": {"type": "array", "maxItems": 24, "items": {
                            "type": "object",
                            "required": ["label", "value"],
                            "properties": {"label": {"type": "string"}, "value": {"type": "number"}},
                        }},
                    },
                },
                "table": {
                    "type": "object",
                    "required": ["columns", "rows"],
                    "properties": {
                        "columns": {"type": "array", "items": column()},
                        "rows": {"type": "array", "maxItems": 10_000, "items": {"type": "array", "items": {
                            "description": "As the column's type says; a record is `{id, title}`, money is minor units of the row's currency.",
                        }}},
                    },
                },
                "notes": {"type": "array", "items": {"type": "string"}},
            },
        },
        "CompanyStatistics": {
            "type": "object",
            "description": "What you may not see is left out.",
            "properties": {
                "sites": summary(), "equipment": summary(), "open_work_orders": summary(), "open_deals": summary(),
            },
        },
        "StaffStatistics": {
            "type": "object",
            "required": ["people", "more"],
            "properties": {
                "people": {"type": "array", "items": {
                    "type": "object",
                    "required": ["id", "name"],
                    "properties": {
                        "id": {"type": "string", "format": "uuid"},
                        "name": {"type": ["string", "null"]},
                        "open_work_orders": {"type": "integer"},
                        "pending_tasks": {"type": "integer"},
                    },
                }},
                "more": {"type": "boolean", "description": "There are more people."},
            },
        },
        "SystemStatistics": {
            "type": "object",
            "required": ["records"],
            "properties": {
                "records": {"type": "object", "additionalProperties": summary(), "description": "By kind."},
                "work_orders_by_status": summary(),
                "open_work_orders_by_priority": summary(),
                "deals_by_stage": summary(),
                "equipment_by_status": summary(),
            },
        },
        "RefreshedStatistics": {
            "type": "object",
            "required": ["slices", "repaired"],
            "properties": {
                "slices": {"type": "integer", "description": "Parts that were counted."},
                "repaired": {"type": "integer", "description": "Figures that were wrong and were put right."},
            },
        },
        "Notifications": {
            "type": "object",
            "required": ["unread", "data"],
            "properties": {
                "unread": {"type": "integer"},
                "data": {"type": "array", "maxItems": 200, "items": {"$ref": "#/components/schemas/Notification"}},
            },
        },
        "Notification": {
            "type": "object",
            "required": ["id", "sort", "at", "read", "by", "record", "told"],
            "properties": {
                "id": {"type": "integer"},
                "sort": sort_of_notification(),
                "at": moment(),
                "read": {"type": "boolean"},
                "by": {"type": ["string", "null"], "description": "Who caused it, where you may see that."},
                "record": {
                    "type": ["object", "null"],
                    "description": "What it is about, where you may see it.",
                    "required": ["kind", "id", "title"],
                    "properties": {
                        "kind": {"type": "string"},
                        "id": {"type": "string", "format": "uuid"},
                        "title": {"type": ["string", "null"]},
                    },
                },
                "told": {"type": ["string", "null"], "description": "How it went: `done`, `failed`, `cancelled` or `reverted` of an import."},
            },
        },
        "ReadNotifications": {
            "type": "object",
            "properties": {
                "ids": {"type": "array", "maxItems": 200, "items": {"type": "integer"}},
                "all": {"type": "boolean"},
            },
        },
        "NotificationChoice": ways(&[]),
        "NotificationSettings": ways(&["mail"]),
        "Recents": {
            "type": "object",
            "required": ["data"],
            "properties": {"data": {"type": "array", "maxItems": 20, "items": {
                "type": "object",
                "required": ["kind", "id", "title", "opened_at"],
                "properties": {
                    "kind": {"type": "string"},
                    "id": {"type": "string", "format": "uuid"},
                    "title": {"type": ["string", "null"]},
                    "opened_at": moment(),
                },
            }}},
        },
    })
}

fn unit() -> Value {
    json!({"type": "string", "description": "`count`, `percent`, `hours`, `days`, `score`, or a currency."})
}

/// A column of a report.
fn column() -> Value {
    let types = ["text", "count", "money", "percent", "hours", "days", "date", "score", "record"];
    json!({
        "type": "object",
        "required": ["name", "title", "type"],
        "properties": {
            "name": {"type": "string"},
            "title": {"type": "string"},
            "type": {"type": "string", "enum": types},
            "kind": {"type": "string", "description": "Of the records that its cells lead to."},
        },
    })
}

fn summary() -> Value {
    json!({"$ref": "#/components/schemas/Summary"})
}

fn sort_of_notification() -> Value {
    json!({"type": "string", "enum": Sort::ALL.map(Sort::as_str)})
}

/// A way of telling for each sort of notification.
fn ways(required: &[&str]) -> Value {
    let mut members = serde_json::Map::new();
    for sort in Sort::ALL {
        members.insert(sort.as_str().to_owned(), json!({"type": "string", "enum": ["app", "mail", "none"]}));
    }
    let mut all: Vec<&str> = Vec::new();
    if !required.is_empty() {
        members.insert("mail".to_owned(), json!({"type": "boolean", "description": "The server can send e-mail."}));
        all.extend(Sort::ALL.map(Sort::as_str));
    }
    all.extend(required);
    json!({"type": "object", "required": all, "properties": members, "additionalProperties": false})
}

/// A sum: a number, or minor units by currency.
fn figure() -> Value {
    json!({"type": ["number", "object", "null"], "additionalProperties": {"type": "integer"}})
}
