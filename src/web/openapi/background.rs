//! Schemas of what goes on behind the scenes: chores and streams of progress.

use serde_json::{Map, Value, json};

use crate::chore::State;

use super::named::moment;

fn maybe(of: &str) -> Value {
    json!({"type": [of, "null"]})
}

fn maybe_moment() -> Value {
    json!({"type": ["string", "null"], "format": "date-time"})
}

fn count() -> Value {
    json!({"type": "integer", "minimum": 0})
}

pub fn schemas() -> Map<String, Value> {
    let states: Vec<&str> = State::ALL.iter().map(|state| state.as_str()).collect();
    let told = json!({
        "sequence": {"type": "integer", "minimum": 1},
        "stage": {"type": "string", "description": "A word for programs."},
        "percentage": {"type": "number", "minimum": 0, "maximum": 100},
        "message": {"type": "string"},
        "timestamp": moment(),
    });
    let mut message = told.clone();
    message["stream_id"] = json!({"type": "string", "format": "uuid"});
    message["user_id"] = json!({"type": ["string", "null"], "format": "uuid", "description": "Whose it is."});
    message["last"] = json!({"type": "boolean", "description": "Nothing comes after it."});
    let all = json!({
        "Progress": {
            "type": "object",
            "required": ["sequence", "stage", "percentage", "message", "timestamp"],
            "properties": told,
        },
        "StreamMessage": {
            "type": "object",
            "required": ["sequence", "stream_id", "user_id", "stage", "percentage", "message", "timestamp", "last"],
            "properties": message,
        },
        "StreamMessages": {
            "type": "object",
            "required": ["data", "last", "finished", "has_more"],
            "properties": {
                "data": {"type": "array", "items": {"$ref": "#/components/schemas/StreamMessage"}},
                "last": {"type": "integer", "description": "The last sequence number of the stream."},
                "finished": {"type": "boolean", "description": "Nothing is told any more."},
                "has_more": {"type": "boolean", "description": "There are messages after these already."},
            },
        },
        "Chore": {
            "type": "object",
            "required": ["id", "kind", "parameters", "priority", "state", "attempts", "max_attempts", "run_after",
                "cancelling", "can_cancel", "can_retry", "stream_id", "progress", "result", "error", "created_by",
                "created_at", "started_at", "ended_at"],
            "properties": {
                "id": {"type": "string", "format": "uuid"},
                "kind": {"type": "string"},
                "parameters": {},
                "priority": {"type": "integer"},
                "state": {"type": "string", "enum": states},
                "attempts": count(),
                "max_attempts": count(),
                "run_after": moment(),
                "cancelling": {"type": "boolean", "description": "It stops after the step that it is at."},
                "can_cancel": {"type": "boolean"},
                "can_retry": {"type": "boolean"},
                "stream_id": {"type": "string", "format": "uuid"},
                "progress": {"oneOf": [{"$ref": "#/components/schemas/Progress"}, {"type": "null"}]},
                "result": {},
                "error": maybe("string"),
                "created_by": {"type": ["string", "null"], "format": "uuid", "description": "Nobody where the clock did."},
                "created_at": moment(),
                "started_at": maybe_moment(),
                "ended_at": maybe_moment(),
            },
        },
        "Schedule": {
            "type": "object",
            "required": ["kind", "next_at", "last_at", "by_hand"],
            "properties": {
                "kind": {"type": "string"},
                "next_at": moment(),
                "last_at": maybe_moment(),
                "by_hand": {"type": "boolean", "description": "It may be asked for out of its turn."},
            },
        },
        "ChoreList": {
            "type": "object",
            "required": ["data", "schedules"],
            "properties": {
                "data": {"type": "array", "items": {"$ref": "#/components/schemas/Chore"}},
                "schedules": {"type": "array", "items": {"$ref": "#/components/schemas/Schedule"}},
            },
        },
    });
    if let Value::Object(all) = all { all } else { Map::new() }
}
