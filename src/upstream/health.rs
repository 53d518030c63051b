//! How the portal is: one score with its parts, what each question to the service took, and what was
//! not as declared (D24 to D29).

use rusqlite::{OptionalExtension, Params, Row};
use serde_json::{Value as Json, json};

use crate::db::{Value, fault};
use crate::kernel::{Moment, Result};
use crate::record::View;

use super::alerts::{self, Alert};
use super::piece::Dashboard;
use super::watch::findings;
use super::{Settings, rights, store};

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
/// Complaints that are shown, the latest first.
const SHOWN: i64 = 20;

/// The portal's health as the viewer may see it.
///
/// # Errors
/// 403 where they may not see the portal.
pub fn health(view: &View<'_>, settings: &Settings, now: Moment) -> Result<Json> {
    rights::check_any(view.registry, view.access)?;
    let tenant = view.access.tenant.key;
    let summary = summary(view, tenant)?;
    let calls = calls(view, tenant, now)?;
    let findings = findings(view.conn, tenant, now)?;
    let findings = findings.iter().map(|found| json!({"code": found.rule.as_str(), "message": found.message}));
    let alerts = alerts::latest(view.conn, tenant)?;
    Ok(json!({
        "score": summary["score"],
        "parts": summary["parts"],
        "last_call_at": summary["last_call_at"],
        "findings": findings.collect::<Vec<_>>(),
        "alerts": alerts.iter().map(Alert::wire).collect::<Vec<_>>(),
        "dashboards": dashboards(view, settings, now)?,
        "calls": calls,
        "errors": {
            "by_source": counted(view, tenant, now)?,
            "latest": latest(view, tenant, now)?,
        },
    }))
}

/// The score and its parts, from the view that the database keeps.
fn summary(view: &View<'_>, tenant: i64) -> Result<Json> {
    let sql = "SELECT score, availability, completeness, validity, speed, last_call_at, calls, errors, average_ms, \
        validation_errors, pieces, failed, sources, paused FROM dashboard_health_summary WHERE tenant_id=?";
    let found = view.conn.prepare_cached(sql).map_err(fault)?.query_row([tenant], |row| {
        let number = |at: usize| row.get::<_, i64>(at);
        let part = |name: &str, score: i64, weight: i64, about: String| {
            json!({"name": name, "score": score, "weight": weight, "about": about})
        };
        let average = row.get::<_, Option<f64>>(8)?.unwrap_or_default().round();
        let paused = match (number(12)?, number(13)?) {
            (_, 0) => String::new(),
            (1, _) => " The service is left alone, because it failed several times in a row.".to_owned(),
            (sources, paused) => format!(" {paused} of {sources} services are left alone, because they failed."),
        };
        Ok(json!({
            "score": number(0)?,
            "last_call_at": Moment(number(5)?).to_string(),
            "parts": [
                part("availability", number(1)?, 40,
                    format!("{} of {} calls of the last hour failed.{paused}", number(7)?, number(6)?)),
                part("completeness", number(2)?, 30,
                    format!("{} of {} parts could not be made newer.", number(11)?, number(10)?)),
                part("validity", number(3)?, 20,
                    format!("{} values of the last day were not as declared.", number(9)?)),
                part("speed", number(4)?, 10, format!("A call takes {average} ms on average.")),
            ],
        }))
    });
    let nothing = || json!({"score": null, "parts": [], "last_call_at": null});
    Ok(found.optional().map_err(fault)?.unwrap_or_else(nothing))
}

fn rows(
    view: &View<'_>,
    sql: &str,
    params: impl Params,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<Json>,
) -> Result<Vec<Json>> {
    let mut statement = view.conn.prepare_cached(sql).map_err(fault)?;
    let found = statement.query_map(params, read).map_err(fault)?;
    found.collect::<rusqlite::Result<_>>().map_err(fault)
}

/// D25: average response and failures by question, over the last hour.
fn calls(view: &View<'_>, tenant: i64, now: Moment) -> Result<Vec<Json>> {
    let sql = "SELECT api, count(*), sum(outcome<>'ok'), sum(attempt>1), avg(CASE WHEN outcome='ok' THEN took_ms END), \
        max(took_ms) FROM api_health_logs WHERE tenant_id=?1 AND at>?2 GROUP BY api ORDER BY api";
    rows(view, sql, (tenant, now.0 - HOUR_MS), |row| {
        Ok(json!({
            "api": row.get::<_, String>(0)?,
            "calls": row.get::<_, i64>(1)?,
            "errors": row.get::<_, i64>(2)?,
            "repeats": row.get::<_, i64>(3)?,
            "average_ms": row.get::<_, Option<f64>>(4)?.map(f64::round),
            "longest_ms": row.get::<_, i64>(5)?,
        }))
    })
}

/// D26: what was not as declared on the last day, by question and sort.
fn counted(view: &View<'_>, tenant: i64, now: Moment) -> Result<Vec<Json>> {
    let sql = "SELECT api, sort, count(*) FROM data_validation_errors WHERE tenant_id=?1 AND at>?2 \
        GROUP BY api, sort ORDER BY count(*) DESC, api, sort";
    rows(view, sql, (tenant, now.0 - DAY_MS), |row| {
        Ok(
            json!({"source": row.get::<_, String>(0)?, "type": row.get::<_, String>(1)?, "count": row.get::<_, i64>(2)?}),
        )
    })
}

/// D26: the latest of the last hour.
fn latest(view: &View<'_>, tenant: i64, now: Moment) -> Result<Vec<Json>> {
    let sql = format!(
        "SELECT e.api, e.sort, e.pointer, e.message, e.at, e.workspace_id, w.name FROM data_validation_errors e \
         LEFT JOIN workspaces w ON w.tenant_id=e.tenant_id AND w.id=e.workspace_id \
         WHERE e.tenant_id=?1 AND e.at>?2 ORDER BY e.at DESC, e.seq DESC LIMIT {SHOWN}"
    );
    rows(view, &sql, (tenant, now.0 - HOUR_MS), |row| {
        let workspace = Value::from_sql(row.get_ref(5)?).as_id();
        Ok(json!({
            "source": row.get::<_, String>(0)?,
            "type": row.get::<_, String>(1)?,
            "pointer": row.get::<_, String>(2)?,
            "message": row.get::<_, String>(3)?,
            "at": Moment(row.get(4)?).to_string(),
            "workspace_id": workspace.map(|id| id.to_string()),
            "name": row.get::<_, Option<String>>(6)?,
        }))
    })
}

/// D24: each dashboard that the viewer may see, as it is kept, with its latest load.
fn dashboards(view: &View<'_>, settings: &Settings, now: Moment) -> Result<Vec<Json>> {
    let sql = "SELECT dashboard, max(loaded_at), max(duration_ms) FROM data_cache_metadata \
        WHERE tenant_id=? GROUP BY dashboard";
    let loaded = rows(view, sql, [view.access.tenant.key], |row| {
        let (dashboard, at, took) = (row.get::<_, String>(0)?, Moment(row.get(1)?), row.get::<_, i64>(2)?);
        Ok(json!({"dashboard": dashboard, "loaded_at": at.to_string(), "duration_ms": took}))
    })?;
    let seen = Dashboard::ALL.into_iter().filter(|d| rights::allowed(*d, view.registry, view.access));
    let line = |dashboard: Dashboard| {
        let load = loaded.iter().find(|line| line["dashboard"] == dashboard.as_str());
        let board = store::ages(view, dashboard, settings, now)?;
        let (pieces, failed) = board.parts();
        let status = match failed {
            _ if load.is_none() || pieces == 0 => "never",
            0 => "fresh",
            failed if failed < pieces => "partial",
            _ => "failed",
        };
        Ok(json!({
            "dashboard": dashboard.as_str(),
            "title": dashboard.title(),
            "ttl_seconds": dashboard.ttl_s(settings),
            "status": status,
            "loaded_at": load.map(|load| &load["loaded_at"]),
            "duration_ms": load.map(|load| &load["duration_ms"]),
            "pieces": pieces,
            "failed": failed,
            // What it is made of may have come with another one.
            "fetched_at": board.fetched_at().map(|at| at.to_string()),
        }))
    };
    seen.map(line).collect()
}
