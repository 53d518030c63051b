//! Schemas of working together: who edits, who looks on.

use serde_json::{Map, Value, json};

pub fn schemas() -> Map<String, Value> {
    let all = json!({
        "Lock": {
            "type": "object",
            "required": ["token", "holder", "mine", "expires_at", "seconds_left"],
            "properties": {
                "token": {"type": ["integer", "null"], "description": "Yours alone to know: null for others."},
                "holder": {
                    "type": ["object", "null"],
                    "description": "Who edits; null where you may not see who.",
                    "required": ["id", "name"],
                    "properties": {"id": {"type": "string", "format": "uuid"}, "name": {"type": "string"}},
                },
                "mine": {"type": "boolean"},
                "expires_at": {"type": "string", "format": "date-time"},
                "seconds_left": {"type": "integer"},
            },
        },
        "LockState": {
            "type": "object",
            "required": ["lock"],
            "properties": {"lock": {"anyOf": [{"$ref": "#/components/schemas/Lock"}, {"type": "null"}]}},
        },
        "Presence": {
            "type": "object",
            "required": ["people"],
            "properties": {"people": {"type": "array", "items": {
                "type": "object",
                "required": ["id", "name", "since", "editing"],
                "properties": {
                    "id": {"type": "string", "format": "uuid"},
                    "name": {"type": "string"},
                    "since": {"type": "string", "format": "date-time"},
                    "editing": {"type": "boolean"},
                },
            }}},
        },
    });
    if let Value::Object(all) = all { all } else { Map::new() }
}
