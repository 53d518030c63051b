//! Schemas that belong to no kind: problems, pages, batches, sessions.

use serde_json::{Map, Value, json};

use crate::kind::Registry;

use super::{background, figures, gathered, portal, together, told};

/// One answer for each status of failure.
pub fn responses() -> Map<String, Value> {
    let problems = [
        (400, "The request cannot be read: bad JSON, bad UTF-8, a cursor of another list."),
        (401, "Nobody is signed in, or the sign-in failed."),
        (403, "Signed in, and still not allowed."),
        (404, "There is no such record, or you may not see it."),
        (408, "The body came too slowly."),
        (409, "The state does not allow it: live dependants, a taken value, a request in flight."),
        (410, "The one-time link was used already or is too old."),
        (412, "The record was changed meanwhile; `current` holds it as it stands."),
        (413, "The body is larger than the limit."),
        (415, "The body is not of a type that this address takes."),
        (416, "The file ends before the range that was asked for."),
        (422, "The request was read and breaks rules; `errors` says which, where."),
        (423, "Somebody else is editing it; `holder` says who and `seconds_left` for how long."),
        (428, "If-Match is missing."),
        (429, "Too many requests; `Retry-After` says when to try again."),
        (500, "A fault of the server, logged under the `request_id`."),
        (503, "The server cannot do it just now."),
        (507, "The disk of the server is full; nothing was kept."),
    ];
    let mut all: Map<String, Value> = problems
        .iter()
        .map(|(status, description)| {
            let content = json!({"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}});
            (status.to_string(), json!({"description": description, "content": content}))
        })
        .collect();
    all["429"]["headers"] = limits();
    let part = json!({"*/*": {"schema": {"type": "string", "format": "binary"}}});
    all.insert("206".to_owned(), json!({"description": "The part that was asked for.", "content": part}));
    all.insert("304".to_owned(), json!({"description": "What you have is still true."}));
    all
}

/// What a refusal says of the budget. Other answers of the API carry the same but `Retry-After`.
fn limits() -> Value {
    let header = |description: &str, of: &str| json!({"description": description, "schema": {"type": of}});
    json!({
        "Retry-After": header("Seconds to wait.", "integer"),
        "RateLimit-Policy": header("The budget: its name, how many requests, in how many seconds.", "string"),
        "RateLimit": header("How many requests are left, and for how many seconds.", "string"),
    })
}

/// A page of records of one kind.
pub fn page_of(name: &str) -> Value {
    json!({
        "type": "object",
        "required": ["data", "page"],
        "properties": {
            "data": {"type": "array", "items": {"$ref": format!("#/components/schemas/{name}")}},
            "page": {"$ref": "#/components/schemas/Page"},
        },
    })
}

pub fn schemas(registry: &Registry) -> Map<String, Value> {
    let kinds: Vec<&str> = registry.all().map(|(_, kind)| kind.name).collect();
    let all = json!({
        "Problem": {
            "type": "object",
            "description": "RFC 9457.",
            "required": ["title", "status", "code", "detail", "request_id"],
            "properties": {
                "title": {"type": "string"},
                "status": {"type": "integer"},
                "code": {"type": "string", "description": "A stable word for programs."},
                "detail": {"type": "string", "description": "What happened and what to do, for people."},
                "request_id": {"type": "string"},
                "errors": {"type": "array", "items": {"$ref": "#/components/schemas/FieldError"}},
                "current": {"type": "object", "description": "With 412: the record as it stands."},
                "retry_after": {"type": "integer", "description": "With 429: the seconds to wait."},
                "wait": {"type": "string", "description": "With 429: the wait in words."},
                "penalty_level": {"type": "integer", "description": "With 429: how often a budget was exhausted lately; the next block grows with it."},
            },
        },
        "FieldError": {
            "type": "object",
            "required": ["pointer", "code", "message"],
            "properties": {
                "pointer": {"type": "string", "description": "RFC 6901 into the body, or `?name` for a parameter."},
                "code": {"type": "string"},
                "message": {"type": "string"},
            },
        },
        "Page": {
            "type": "object",
            "required": ["next_cursor", "prev_cursor", "has_more"],
            "properties": {
                "next_cursor": {"type": ["string", "null"]},
                "prev_cursor": {"type": ["string", "null"]},
                "has_more": {"type": "boolean"},
                "total": {"type": "integer"},
            },
        },
        "History": {
            "type": "object",
            "required": ["data", "page"],
            "properties": {
                "data": {"type": "array", "items": {
                    "type": "object",
                    "properties": {
                        "at": moment(),
                        "user_id": id_or_null(),
                        "user_name": {"type": ["string", "null"]},
                        "kind": {"type": "string", "enum": kinds},
                        "record_id": {"type": "string", "format": "uuid"},
                        "title": {"type": ["string", "null"],
                            "description": "What the record is called today; in the activity of all records alone."},
                        "action": {"type": "string"},
                        "version": {"type": ["integer", "null"]},
                        "import_id": id_or_null(),
                        "changes": {
                            "type": ["object", "null"],
                            "description": "Field by field: from what, to what.",
                            "additionalProperties": {"type": "array", "minItems": 2, "maxItems": 2},
                        },
                    },
                }},
                "page": {"$ref": "#/components/schemas/Page"},
            },
        },
        "BulkRequest": {
            "type": "object",
            "required": ["action"],
            "additionalProperties": false,
            "properties": {
                "action": {"type": "string", "enum": ["create", "update", "delete", "restore"]},
                "ids": {"type": "array", "maxItems": 1000, "items": {"type": "string", "format": "uuid"}},
                "changes": {"type": "object", "description": "What changes in all records of `ids`."},
                "records": {"type": "array", "maxItems": 1000, "items": {"type": "object"},
                    "description": "To create: the records. Else `{id, version, changes}` for each."},
            },
        },
        "BulkResult": {
            "type": "object",
            "required": ["results"],
            "properties": {"results": {"type": "array", "items": {
                "type": "object",
                "required": ["id", "status"],
                "properties": {
                    "id": {"type": "string", "format": "uuid"},
                    "status": {"type": "integer"},
                    "version": {"type": "integer"},
                    "problem": {"$ref": "#/components/schemas/Problem"},
                },
            }}},
        },
        "MergeRequest": {
            "type": "object",
            "required": ["from"],
            "additionalProperties": false,
            "properties": {
                "from": {"type": "array", "minItems": 1, "maxItems": 20, "items": {"type": "string", "format": "uuid"}},
                "changes": {"type": "object", "description": "What the record that stays takes over."},
            },
        },
        "BatchRequest": {
            "type": "object",
            "required": ["requests"],
            "additionalProperties": false,
            "properties": {"requests": {"type": "array", "minItems": 1, "maxItems": 20, "items": {
                "type": "object",
                "required": ["method", "path"],
                "additionalProperties": false,
                "properties": {
                    "method": {"type": "string", "enum": ["GET", "POST", "PATCH", "DELETE"]},
                    "path": {"type": "string", "description": "Relative to `/api/v1`, or absolute."},
                    "body": {"type": ["object", "null"]},
                    "headers": {"type": ["object", "null"], "additionalProperties": false, "properties": {
                        "if-match": {"type": "string"},
                        "if-none-match": {"type": "string"},
                        "idempotency-key": {"type": "string"},
                    }},
                },
            }}},
        },
        "BatchResult": {
            "type": "object",
            "required": ["responses"],
            "properties": {"responses": {"type": "array", "items": {
                "type": "object",
                "required": ["status", "headers", "body"],
                "properties": {"status": {"type": "integer"}, "headers": {"type": "object"}, "body": {}},
            }}},
        },
        "User": {
            "type": "object",
            "required": ["id", "name", "email", "role"],
            "properties": {
                "id": {"type": "string", "format": "uuid"},
                "name": {"type": "string"},
                "email": {"type": "string"},
                "role": {"type": "string"},
                "tier": {"type": "string"},
                "operator": {"type": "boolean"},
                "company_id": id_or_null(),
                "contractor_id": id_or_null(),
            },
        },
        "Tenant": {
            "type": "object",
            "required": ["id", "version", "slug", "name", "zone", "currency", "due_ahead_days"],
            "properties": {
                "id": {"type": "string", "format": "uuid"},
                "version": {"type": "integer", "minimum": 1},
                "slug": {"type": "string"},
                "name": {"type": "string"},
                "zone": {"type": "string", "description": "An IANA time zone."},
                "currency": {"type": "string", "description": "ISO 4217."},
                "due_ahead_days": {"type": ["integer", "null"], "description": "So many days before an inspection or calibration is due its work order is made; null makes none."},
                "logo": {"type": ["string", "null"], "description": "Another text for another logo, null for none."},
            },
        },
        "Import": {
            "type": "object",
            "required": ["id", "kind", "state", "total", "done"],
            "properties": {
                "id": {"type": "string", "format": "uuid"},
                "kind": {"type": "string", "enum": kinds},
                "file_name": {"type": "string"},
                "format": {"type": "string", "enum": ["csv", "xlsx"]},
                "state": {"type": "string"},
                "mapping": {"type": "object", "additionalProperties": {"type": ["string", "null"]}},
                "columns": {"type": "array", "items": {"type": "object"}},
                "settings": {"type": "object"},
                "total": {"type": "integer", "description": "Rows in the file."},
                "done": {"type": "integer", "description": "Rows worked off: the next four together."},
                "created": {"type": "integer"},
                "updated": {"type": "integer"},
                "unchanged": {"type": "integer"},
                "rejected": {"type": "integer"},
                "warnings": {"type": "integer"},
                "report": {"type": "object"},
                "created_by": id_or_null(),
                "created_at": moment(),
                "updated_at": moment(),
                "error": {"type": ["string", "null"]},
            },
        },
        "ImportList": {
            "type": "object",
            "required": ["data"],
            "properties": {"data": {"type": "array", "items": {"$ref": "#/components/schemas/Import"}}},
        },
        "ImportSettings": {
            "type": "object",
            "additionalProperties": false,
            "properties": {
                "mapping": {"type": "object", "description": "For each column the field that it is, or null to leave it out.",
                    "additionalProperties": {"type": ["string", "null"]}},
                "aliases": {"type": "array", "description": "`field:from=to`, or an object of these three.", "items": {}},
                "on_duplicate": {"type": "string", "enum": ["skip", "update", "create"]},
                "keep_unmapped": {"type": "boolean", "description": "Keep other columns as fields of your own."},
                "create_missing": {"type": "boolean", "description": "Make reference data that is not there yet."},
                "dates": {"type": "object", "additionalProperties": {"type": "string", "enum": ["M/D/YYYY", "D/M/YYYY"]}},
            },
        },
        "Tenants": {
            "type": "object",
            "required": ["data"],
            "properties": {"data": {"type": "array", "items": {
                "type": "object",
                "required": ["id", "slug", "name", "logins", "created_at"],
                "properties": {
                    "id": {"type": "string", "format": "uuid"},
                    "slug": {"type": "string"},
                    "name": {"type": "string"},
                    "logins": {"type": "integer"},
                    "created_at": moment(),
                },
            }}},
        },
        "Dropped": {
            "type": "object",
            "required": ["tables"],
            "properties": {"tables": {"type": "array", "items": {"type": "string"}, "description": "What is read anew."}},
        },
        "Compared": {
            "type": "object",
            "required": ["same", "different", "passed_over"],
            "properties": {
                "same": {"type": "integer"},
                "different": {"type": "integer"},
                "passed_over": {"type": "integer", "description": "Changed meanwhile, or about the clock."},
            },
        },
        "Backup": {
            "type": "object",
            "required": ["path", "bytes", "ms"],
            "properties": {
                "path": {"type": "string"},
                "bytes": {"type": "integer"},
                "ms": {"type": "integer", "description": "How long it took."},
            },
        },
        "SignedIn": {
            "type": "object",
            "required": ["access_token", "token_type", "expires_at", "user", "tenant"],
            "properties": {
                "access_token": {"type": "string"},
                "token_type": {"type": "string", "const": "Bearer"},
                "expires_at": moment(),
                "user": {"$ref": "#/components/schemas/User"},
                "tenant": {"$ref": "#/components/schemas/Tenant"},
            },
        },
        "Me": {
            "type": "object",
            "required": ["user", "tenant", "expires_at"],
            "properties": {
                "user": {"$ref": "#/components/schemas/User"},
                "tenant": {"$ref": "#/components/schemas/Tenant"},
                "expires_at": moment(),
            },
        },
        "Sessions": {
            "type": "object",
            "required": ["data"],
            "properties": {"data": {"type": "array", "items": {
                "type": "object",
                "properties": {
                    "id": {"type": "string", "format": "uuid"},
                    "created_at": moment(),
                    "last_used_at": moment(),
                    "expires_at": moment(),
                    "address": {"type": "string"},
                    "agent": {"type": "string"},
                    "current": {"type": "boolean"},
                },
            }}},
        },
        "Link": {
            "type": "object",
            "required": ["purpose", "url", "token", "expires_at"],
            "properties": {
                "purpose": {"type": "string", "enum": ["setup", "invite", "reset"]},
                "url": {"type": "string", "description": "To be copied and handed over."},
                "token": {"type": "string"},
                "expires_at": moment(),
            },
        },
        "SetupState": {
            "type": "object",
            "required": ["set_up"],
            "properties": {"set_up": {"type": "boolean"}},
        },
        "Health": {
            "type": "object",
            "required": ["status", "checks"],
            "properties": {
                "status": {"type": "string", "enum": ["pass", "warn", "fail"]},
                "version": {"type": "string"},
                "checks": {"type": "object", "additionalProperties": {"type": "object"}},
            },
        },
        "Schema": {
            "type": "object",
            "required": ["kinds"],
            "properties": {"kinds": {"type": "array", "items": {"type": "object"}}},
        },
        "ReferenceData": {"type": "object", "additionalProperties": {"type": "object"}},
        "Description": {"type": "object", "description": "This document."},
    });
    let (Value::Object(mut all), Value::Object(gathered)) = (all, gathered::schemas()) else { return Map::new() };
    all.extend(gathered);
    all.extend(figures::schemas());
    all.extend(together::schemas());
    all.extend(background::schemas());
    all.extend(portal::schemas());
    all.extend(told::schemas());
    all
}

pub fn moment() -> Value {
    json!({"type": "string", "format": "date-time"})
}

fn id_or_null() -> Value {
    json!({"type": ["string", "null"], "format": "uuid"})
}
