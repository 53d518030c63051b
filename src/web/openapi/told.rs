//! Schemas of what other programs are told.

use serde_json::{Map, Value, json};

use crate::notify::webhook::{Event, Sort};

use super::named::moment;

fn maybe(of: &str) -> Value {
    json!({"type": [of, "null"]})
}

fn maybe_moment() -> Value {
    json!({"type": ["string", "null"], "format": "date-time"})
}

pub fn schemas() -> Map<String, Value> {
    let events = json!({"type": "string", "enum": Event::CHOICES.map(Event::as_str)});
    let webhook = json!({
        "id": {"type": "string", "format": "uuid"},
        "name": {"type": "string"},
        "sort": {"type": "string", "enum": Sort::ALL},
        "host": {"type": "string", "description": "What is shown of its address."},
        "events": {"type": "array", "items": events},
        "enabled": {"type": "boolean"},
        "state": {"type": "string", "enum": ["new", "well", "failing", "off", "stopped"],
            "description": "`stopped`: the server switched it off."},
        "stopped_because": {"type": ["string", "null"], "enum": ["gone", "failing", null],
            "description": "Its receiver said that it is gone for good, or did nothing but fail for five days."},
        "failures": {"type": "integer", "minimum": 0, "description": "In a row."},
        "failing_since": maybe_moment(),
        "last_at": maybe_moment(),
        "last_delivered_at": maybe_moment(),
        "waiting": {"type": "integer", "minimum": 0},
        "alerts_held_back": {"type": "boolean",
            "description": "It follows the server's alerts, and whoever chose them no longer runs the server."},
        "created_at": moment(),
        "updated_at": moment(),
    });
    let required: Vec<String> = webhook.as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect();
    let mut made = webhook.clone();
    made["secret"] = json!({"type": ["string", "null"], "description": "What messages are signed with."});
    let message = json!({
        "id": {"type": "string", "format": "uuid", "description": "`msg_` and this is the header `webhook-id`."},
        "event": {"type": "string"},
        "at": moment(),
        "text": {"type": "string"},
        "body": {"type": "string", "description": "As programs are told it."},
        "state": {"type": "string", "enum": ["waiting", "retrying", "delivered", "given_up"]},
        "attempts": {"type": "integer", "minimum": 0},
        "next_at": maybe_moment(),
        "done_at": maybe_moment(),
        "tried_at": maybe_moment(),
        "status": maybe("integer"),
        "answer": {"type": ["string", "null"], "description": "The beginning of what the receiver said."},
        "error": maybe("string"),
        "took_ms": maybe("integer"),
    });
    let all_of_message: Vec<String> = message.as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect();
    let all = json!({
        "Webhook": {"type": "object", "required": required, "properties": webhook},
        "NewWebhookMade": {"type": "object", "required": required, "properties": made},
        "WebhookList": {
            "type": "object",
            "required": ["data", "most", "events"],
            "properties": {
                "data": {"type": "array", "items": {"$ref": "#/components/schemas/Webhook"}},
                "most": {"type": "integer", "description": "As many may there be."},
                "events": {"type": "array", "items": {
                    "type": "object",
                    "required": ["name", "allowed"],
                    "properties": {
                        "name": events,
                        "allowed": {"type": "boolean", "description": "You may choose it."},
                    },
                }},
            },
        },
        "WebhookSecret": {
            "type": "object",
            "required": ["url", "secret"],
            "properties": {"url": {"type": "string"}, "secret": maybe("string")},
        },
        "WebhookMessage": {"type": "object", "required": all_of_message, "properties": message},
        "WebhookLog": {
            "type": "object",
            "required": ["data", "has_more"],
            "properties": {
                "data": {"type": "array", "items": {"$ref": "#/components/schemas/WebhookMessage"}},
                "has_more": {"type": "boolean"},
            },
        },
    });
    if let Value::Object(all) = all { all } else { Map::new() }
}
