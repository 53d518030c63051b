//! Schemas of how the server is.

use serde_json::{Map, Value, json};

use super::named::moment;

/// Of any of these members none is required: what cannot be told is null.
fn number() -> Value {
    json!({"type": ["number", "null"]})
}

fn count() -> Value {
    json!({"type": "integer", "minimum": 0})
}

fn moment_or_null() -> Value {
    json!({"type": ["string", "null"], "format": "date-time"})
}

fn object(required: &[&str], properties: Value) -> Value {
    json!({"type": "object", "required": required, "properties": properties})
}

fn list(name: &str) -> Value {
    json!({"type": "array", "items": named(name)})
}

fn named(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

pub fn schemas() -> Map<String, Value> {
    let windows: Map<String, Value> =
        ["minute", "five_minutes", "hour", "day"].map(|w| (w.to_owned(), named("Timing"))).into_iter().collect();
    let all = json!({
        "Timing": object(
            &["count", "failed", "failed_percent", "mean_ms", "p50_ms", "p95_ms", "p99_ms"],
            json!({"count": count(), "failed": count(), "failed_percent": number(), "mean_ms": number(),
                "p50_ms": number(), "p95_ms": number(), "p99_ms": number()}),
        ),
        "Timings": object(&["minute", "five_minutes", "hour", "day"], Value::Object(windows)),
        "Alert": object(
            &["id", "rule", "title", "severity", "since", "until", "message", "advice", "worst", "threshold"],
            json!({
                "id": {"type": "string", "format": "uuid"},
                "rule": {"type": "string"},
                "title": {"type": "string"},
                "severity": {"type": "string", "enum": ["warn", "critical"]},
                "since": moment(),
                "until": moment_or_null(),
                "message": {"type": "string", "description": "How it was when it fired."},
                "advice": {"type": "string", "description": "What to do about it."},
                "worst": {"type": "number", "description": "The figure that was furthest off."},
                "threshold": {"type": "number"},
            }),
        ),
        "Alerts": object(&["open", "over"], json!({"open": list("Alert"), "over": list("Alert")})),
        "ScorePart": object(
            &["name", "title", "points", "of", "says", "judged", "well"],
            json!({"name": {"type": "string"}, "title": {"type": "string"}, "points": {"type": "number"},
                "of": {"type": "number"}, "says": {"type": "string"}, "judged": {"type": "boolean"},
                "well": {"type": "boolean"}}),
        ),
        "Quarter": object(
            &["at", "requests", "failed", "p50_ms", "p95_ms", "p99_ms", "memory_bytes", "cpu_percent", "connections", "hit_rate"],
            json!({"at": moment(), "requests": count(), "failed": count(), "p50_ms": number(), "p95_ms": number(),
                "p99_ms": number(), "memory_bytes": count(), "cpu_percent": {"type": "number"},
                "connections": count(), "hit_rate": number()}),
        ),
        "MemorySource": object(
            &["name", "bytes", "exact"],
            json!({"name": {"type": "string"}, "bytes": count(),
                "exact": {"type": "boolean", "description": "Counted, and not an upper bound or an estimate."}}),
        ),
        "Performance": performance(),
        "CacheTier": object(
            &["name", "hits", "entries", "bytes", "most_bytes", "evicted", "lives_s", "hit_rate"],
            json!({"name": {"type": "string"}, "hits": count(), "entries": count(), "bytes": count(),
                "most_bytes": count(), "evicted": count(), "lives_s": count(), "hit_rate": number()}),
        ),
        "CacheFigures": object(
            &["on", "tiers", "pressure"],
            json!({"on": {"type": "boolean"}, "hits": count(), "misses": count(), "stale": count(),
                "outdated": count(), "bytes": count(), "hit_rate": number(),
                "recent_hit_rate": number(), "tiers": list("CacheTier"), "pressure": list("PressureEvent")}),
        ),
        "PressureEvent": object(
            &["at", "step", "used_bytes", "limit_bytes"],
            json!({"at": moment(), "used_bytes": count(), "limit_bytes": count(),
                "step": {"type": "string", "enum": ["none", "aside", "hot", "heavy"],
                    "description": "What was given up for memory from then on; each step includes those before it."}}),
        ),
        "SlowQuery": object(
            &["route", "kind", "count", "mean_ms", "longest_ms", "total_ms", "first_at", "last_at", "scans", "plan"],
            json!({
                "route": {"type": "string", "description": "What it was last done for; `own.` and a word for the server's own work."},
                "kind": {"type": "string"},
                "count": count(),
                "mean_ms": {"type": "number"},
                "longest_ms": {"type": "number"},
                "total_ms": {"type": "number"},
                "first_at": moment(),
                "last_at": moment(),
                "scans": {"type": "boolean", "description": "It reads a whole table."},
                "plan": {"type": ["array", "null"], "items": {"type": "string"},
                    "description": "Null until somebody has looked."},
                "sql": {"type": "string", "description": "For operators alone; values are `?`."},
            }),
        ),
        "SlowQueries": object(
            &["threshold_ms", "count", "data"],
            json!({"threshold_ms": count(), "count": count(), "data": list("SlowQuery")}),
        ),
    });
    if let Value::Object(all) = all { all } else { Map::new() }
}

fn performance() -> Value {
    let texts = json!({"type": "array", "items": {"type": "string"}});
    object(
        &[
            "measured_at",
            "since",
            "status",
            "headline",
            "score",
            "parts",
            "held_by",
            "well",
            "issues",
            "recommendations",
            "requests",
            "database",
            "memory",
            "cpu_percent",
            "lag",
            "disk",
            "connections",
            "backup",
            "cache",
            "routes",
            "day",
        ],
        json!({
            "measured_at": moment_or_null(),
            "since": moment(),
            "status": {"type": "string", "enum": ["healthy", "warning", "critical"]},
            "headline": {"type": "string"},
            "score": {"type": "integer", "minimum": 0, "maximum": 100},
            "parts": list("ScorePart"),
            "held_by": {"type": ["string", "null"], "description": "The part without which the score would be higher."},
            "well": texts,
            "issues": list("Alert"),
            "recommendations": {"type": "array", "items": object(
                &["name", "text"],
                json!({"name": {"type": "string"}, "text": {"type": "string"}}),
            )},
            "requests": named("Timings"),
            "database": object(
                &["reads", "heavy_reads", "turns", "commits", "waiting_reads", "waiting_changes", "bytes",
                    "wal_bytes", "changes", "stopped", "slow_queries"],
                json!({"reads": named("Timings"), "heavy_reads": named("Timings"), "turns": named("Timings"),
                    "commits": named("Timings"), "waiting_reads": count(), "waiting_changes": count(),
                    "bytes": count(), "wal_bytes": count(), "changes": count(), "stopped": count(),
                    "slow_queries": count()}),
            ),
            "memory": object(
                &["resident_bytes", "limit_bytes", "percent", "sources"],
                json!({"resident_bytes": count(), "limit_bytes": count(), "percent": number(),
                    "sources": list("MemorySource")}),
            ),
            "cpu_percent": number(),
            "lag": named("Timings"),
            "disk": object(&["free_bytes", "busy_percent"], json!({"free_bytes": number(), "busy_percent": number()})),
            "connections": object(&["open", "most"], json!({"open": count(), "most": count()})),
            "backup": {"type": ["object", "null"], "required": ["at", "bytes"],
                "properties": {"at": moment(), "bytes": count()}},
            "cache": object(&["hit_rate", "target"], json!({"hit_rate": number(), "target": count()})),
            "limits": {"type": ["object", "null"], "additionalProperties": count()},
            "routes": {"type": "array", "items": {"allOf": [named("Timing"), object(
                &["name", "method", "route"],
                json!({"name": {"type": "string"}, "method": {"type": "string"}, "route": {"type": "string"}}),
            )]}},
            "day": list("Quarter"),
        }),
    )
}
