//! Schemas of the portal.

use serde_json::{Map, Value, json};

use crate::upstream::Dashboard;

use super::named::moment;

fn count() -> Value {
    json!({"type": "integer", "minimum": 0})
}

fn maybe(of: &str) -> Value {
    json!({"type": [of, "null"]})
}

fn ratio(description: &str) -> Value {
    json!({"type": ["number", "null"], "description": format!("{description} 1 is all of it.")})
}

fn money() -> Value {
    json!({"type": ["integer", "null"], "description": "Minor units."})
}

fn total() -> Value {
    json!({"type": "integer", "description": "Minor units; a loss is below 0."})
}

fn maybe_moment(description: &str) -> Value {
    json!({"type": ["string", "null"], "format": "date-time", "description": description})
}

fn id() -> Value {
    json!({"type": "string", "format": "uuid"})
}

fn maybe_id() -> Value {
    json!({"type": ["string", "null"], "format": "uuid"})
}

fn named(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn list(name: &str) -> Value {
    json!({"type": "array", "items": named(name)})
}

/// An object all of whose members are there.
fn object(properties: Value) -> Value {
    let required: Vec<String> = properties.as_object().into_iter().flat_map(Map::keys).cloned().collect();
    json!({"type": "object", "required": required, "properties": properties})
}

fn dashboard() -> Value {
    json!({"type": "string", "enum": Dashboard::ALL.map(Dashboard::as_str)})
}

pub fn schemas() -> Map<String, Value> {
    let all = [state(), shown(), figures(), sources(), health(), review()];
    all.into_iter()
        .filter_map(|part| if let Value::Object(members) = part { Some(members) } else { None })
        .flatten()
        .collect()
}

fn state() -> Value {
    json!({
        "Portal": object(json!({
            "dashboards": list("PortalState"),
            "demo": {"type": "boolean", "description": "The figures are made up."},
            "sources": list("PortalSource"),
            "may_manage": {"type": "boolean", "description": "The viewer may connect sources."},
        })),
        "PortalState": object(json!({
            "dashboard": dashboard(),
            "title": {"type": "string"},
            "ttl_seconds": count(),
            "loading": {"oneOf": [object(json!({"done": count(), "of": count()})), {"type": "null"}]},
            "revision": {"type": "integer", "description": "Another number when there is more to read."},
        })),
    })
}

fn shown() -> Value {
    json!({
        "PortalDashboard": object(json!({
            "dashboard": dashboard(),
            "title": {"type": "string"},
            "month": {"type": "string", "description": "`2026-11`: what the figures are about."},
            "today": {"type": "string", "format": "date"},
            "day_of_month": count(),
            "days_in_month": count(),
            "freshness": {
                "type": "string", "enum": ["fresh", "stale", "very_stale", "none"],
                "description": "Relative to the dashboard's own TTL: fresh within it, stale up to five times of it.",
            },
            "fetched_at": maybe_moment("The age of the oldest part that could be loaded."),
            "ttl_seconds": count(),
            "fresh_until": maybe_moment("Then it is stale."),
            "stale_until": maybe_moment("Then it is very stale."),
            "gone_at": maybe_moment("Then it is shown no more."),
            "fetch_duration_ms": maybe("integer"),
            "cached": {"type": "boolean", "description": "The figures are kept from an earlier load, because none came within the TTL."},
            "workspaces": count(),
            "loaded": {"type": "integer", "description": "Of how many workspaces there are figures."},
            "totals": {"oneOf": [
                named("PortalKpiTotals"), named("PortalVolumeTotals"), named("PortalRevenueTotals"),
                named("PortalInfrastructureTotals"),
            ]},
            "rows": list("PortalRow"),
            "warnings": {"type": "array", "items": object(json!({
                "workspace_id": id(), "name": {"type": "string"}, "code": {"type": "string"}, "message": {"type": "string"},
            }))},
            "errors": {"type": "array", "items": object(json!({
                "workspace_id": maybe_id(), "name": {"type": "string"}, "code": {"type": "string"},
                "message": {"type": "string"}, "at": maybe_moment("When it failed, or when it is tried again."),
            }))},
        })),
        "PortalRow": object(json!({
            "workspace_id": id(),
            "name": {"type": "string"},
            "fetched_at": maybe_moment("When these figures came."),
            "completeness": {"type": ["integer", "null"], "description": "Percent of the declared values that were there."},
            "warnings": {"type": "array", "items": object(json!({"code": {"type": "string"}, "message": {"type": "string"}}))},
            "error": {"oneOf": [
                object(json!({"code": {"type": "string"}, "message": {"type": "string"}, "at": moment()})),
                {"type": "null"},
            ]},
            "figures": {"oneOf": [
                named("PortalKpi"), named("PortalVolume"), named("PortalRevenue"), named("PortalInfrastructure"),
                {"type": "null"},
            ]},
        })),
    })
}

fn figures() -> Value {
    let statuses = json!({"type": "object", "additionalProperties": {"type": "integer"}});
    json!({
        "PortalKpi": object(json!({
            "leads": count(), "target": maybe("integer"), "progress": ratio("Of the target."),
            "on_target": maybe("boolean"), "projected_leads": count(), "projected_progress": ratio("Of the target."),
            "replies": count(), "projected_replies": count(), "sent": count(), "contacted": count(),
        })),
        "PortalKpiTotals": object(json!({
            "leads": count(), "target": count(), "leads_to_target": count(), "progress": ratio("Of the target."),
            "projected_leads": count(), "projected_to_target": count(), "replies": count(),
            "projected_replies": count(), "sent": count(), "with_target": count(), "on_target": count(),
        })),
        "PortalVolume": object(json!({
            "sent_today": maybe("integer"), "sent": count(), "daily_average": count(), "target": maybe("integer"),
            "daily_target": maybe("integer"), "progress": ratio("Of the target."), "on_target": maybe("boolean"),
            "projected_sent": count(), "replies": count(), "reply_rate": ratio("Of the mails."), "bounced": count(),
            "bounce_rate": ratio("Of the mails."),
        })),
        "PortalVolumeTotals": object(json!({
            "sent_today": count(), "known_today": count(), "sent": count(), "target": count(),
            "sent_to_target": count(), "progress": ratio("Of the target."), "projected_sent": count(),
            "projected_to_target": count(), "replies": count(), "reply_rate": ratio("Of the mails."), "bounced": count(),
            "bounce_rate": ratio("Of the mails."), "with_target": count(), "on_target": count(),
        })),
        "PortalRevenue": object(json!({
            "leads": count(), "price_per_lead": money(), "cost": money(), "currency": {"type": "string"},
            "revenue": money(), "profit": money(), "margin": ratio("Of the revenue."), "projected_leads": count(),
            "projected_revenue": money(), "projected_profit": money(), "projected_margin": ratio("Of the revenue."),
        })),
        "PortalRevenueTotals": object(json!({
            "leads": count(), "projected_leads": count(),
            "priced": {"type": "integer", "description": "Workspaces that have a price and a cost."},
            "currencies": {"type": "array", "items": object(json!({
                "currency": {"type": "string"}, "revenue": total(), "projected_revenue": total(), "cost": total(),
                "profit": total(), "projected_profit": total(), "margin": ratio("Of the revenue."),
                "projected_margin": ratio("Of the revenue."),
            }))},
        })),
        "PortalInfrastructure": object(json!({
            "accounts": count(), "statuses": statuses, "daily_limit": count(), "sent": count(), "replied": count(),
            "reply_rate": ratio("Of the mails."), "bounced": count(), "bounce_rate": ratio("Of the mails."),
            "senders": list("PortalSender"),
        })),
        "PortalInfrastructureTotals": object(json!({
            "accounts": count(), "statuses": statuses, "daily_limit": count(), "sent": count(), "replied": count(),
            "reply_rate": ratio("Of the mails."), "bounced": count(), "bounce_rate": ratio("Of the mails."),
        })),
        "PortalSender": object(json!({
            "id": count(), "email": {"type": "string"}, "name": maybe("string"), "status": {"type": "string"},
            "daily_limit": count(), "sent": count(), "reply_rate": ratio("Of the mails."),
            "bounce_rate": ratio("Of the mails."),
        })),
    })
}

fn sources() -> Value {
    let mut source = object(json!({
        "id": id(),
        "name": {"type": "string"},
        "enabled": {"type": "boolean"},
        "demo": {"type": "boolean", "description": "Its figures are made up."},
        "has_token": {"type": "boolean"},
        "workspaces": count(),
        "tokens": {"type": "integer", "description": "Workspaces with a token of their own."},
        "serial": {"type": "boolean", "description": "Some workspaces are asked one after the other, because they share one token."},
        "state": {
            "type": "string", "enum": ["new", "ok", "off", "paused", "failing"], "description": "New: its list was never read.",
        },
        "listed_at": maybe_moment("When its list of workspaces was last read."),
        "paused_until": maybe_moment("It failed several times in a row and is left alone until then."),
        "error": {"oneOf": [
            object(json!({"code": {"type": "string"}, "message": {"type": "string"}, "at": moment()})), {"type": "null"},
        ]},
    }));
    source["properties"]["base_url"] = json!({"type": "string", "description": "For owners."});
    json!({
        "PortalSource": source,
        "PortalSources": object(json!({
            "data": list("PortalSource"),
            "workspaces": {"type": "array", "items": object(json!({
                "workspace_id": id(), "name": {"type": "string"}, "active": {"type": "boolean"}, "source_id": id(),
                "upstream_id": count(), "has_token": {"type": "boolean"},
                "missing": {"type": "boolean", "description": "The service lists it no more."},
            }))},
        })),
        "PortalSourceTest": object(json!({
            "ok": {"type": "boolean"}, "workspaces": maybe("integer"), "duration_ms": count(), "code": maybe("string"),
            "message": maybe("string"),
        })),
        "PortalTokens": object(json!({
            "wanted": {"type": "integer", "description": "How many are made, behind the scenes."},
        })),
    })
}

fn health() -> Value {
    json!({
        "PortalHealth": object(json!({
            "score": {"type": ["integer", "null"], "minimum": 0, "maximum": 100, "description": "None before the first call."},
            "parts": {"type": "array", "items": object(json!({
                "name": {"type": "string", "enum": ["availability", "completeness", "validity", "speed"]},
                "score": count(),
                "weight": {"type": "integer", "description": "Of 100."},
                "about": {"type": "string"},
            }))},
            "last_call_at": maybe_moment("The score is of the time up to then."),
            "findings": {
                "type": "array", "description": "What is wrong just now.",
                "items": object(json!({"code": {"type": "string"}, "message": {"type": "string"}})),
            },
            "alerts": {
                "type": "array",
                "description": "What the watch found, which looks every minute: those that are open, and the latest that are over.",
                "items": object(json!({
                    "id": id(), "rule": {"type": "string", "enum": ["source", "workspaces", "slow", "invalid", "score"]},
                    "severity": {"type": "string", "enum": ["warn", "critical"]}, "message": {"type": "string"},
                    "since": moment(), "until": maybe_moment("None while it lasts."),
                })),
            },
            "dashboards": {"type": "array", "items": object(json!({
                "dashboard": dashboard(), "title": {"type": "string"}, "ttl_seconds": count(),
                "status": {"type": "string", "enum": ["fresh", "partial", "failed", "never"]},
                "loaded_at": maybe_moment("When it was last loaded by itself."),
                "fetched_at": maybe_moment("As the dashboard says it: what it is made of may have come with another one."), "duration_ms": maybe("integer"),
                "pieces": count(), "failed": count(),
            }))},
            "calls": {"type": "array", "description": "Of the last hour.", "items": object(json!({
                "api": {"type": "string"}, "calls": count(), "errors": count(), "repeats": count(),
                "average_ms": maybe("number"), "longest_ms": count(),
            }))},
            "errors": object(json!({
                "by_source": {"type": "array", "description": "Of the last day.", "items": object(json!({
                    "source": {"type": "string"}, "type": {"type": "string"}, "count": count(),
                }))},
                "latest": {"type": "array", "description": "Of the last hour.", "items": object(json!({
                    "source": {"type": "string"}, "type": {"type": "string"}, "pointer": {"type": "string"},
                    "message": {"type": "string"}, "at": moment(), "workspace_id": maybe_id(), "name": maybe("string"),
                }))},
            })),
        })),
    })
}

fn review() -> Value {
    let span = json!({
        "calls": count(), "errors": count(), "answered": ratio("Of the calls, those that came to something."),
        "average_ms": maybe("number"), "invalid": {"type": "integer", "description": "Values that were not as declared."},
    });
    let mut day = span.clone();
    day["day"] = json!({"type": "string", "format": "date"});
    json!({
        "PortalReview": object(json!({
            "days": {"type": "array", "description": "The oldest first, without those on which nothing was asked.", "items": object(day)},
            "week": object(span.clone()),
            "week_before": object(span.clone()),
            "month": object(span),
            "recurring": {"type": "array", "description": "What went wrong most often within thirty days.", "items": object(json!({
                "source": {"type": "string"}, "type": {"type": "string"}, "count": count(), "days": count(),
            }))},
            "settings": object(json!({
                "window": count(), "attempts": count(), "timeout_seconds": count(),
                "keep_days": {"type": "integer", "description": "Calls older than this are kept no more."},
                "ttls": {"type": "array", "items": object(json!({"dashboard": dashboard(), "seconds": count()}))},
            })),
        })),
    })
}
