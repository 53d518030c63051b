//! What is kept of the upstream, and reading dashboards from it.

use std::collections::HashMap;
use std::time::Duration;

use rusqlite::{Connection, Row};

use crate::cache::Made;
use crate::db::{Purge, Value, fault, note};
use crate::kernel::{Date, Id, Moment, Result};
use crate::kind::Tenant;
use crate::record::View;

use super::dashboard::{Board, Data, Failure, Kept, Line, Trouble};
use super::piece::{Dashboard, Piece};
use super::{Settings, alerts, rights};

/// A source as its calls need it.
#[derive(Clone, Debug)]
pub struct Source {
    pub id: Id,
    pub base_url: String,
    /// Sealed.
    pub admin: Option<Vec<u8>>,
    pub open_until: Option<Moment>,
}

impl Source {
    /// What a workspace of this source is called in `external_id`: the host and its number.
    pub fn external_id(&self, upstream: i64) -> String {
        let host = self.base_url.split("://").nth(1).unwrap_or(&self.base_url);
        format!("{host}/{upstream}")
    }
}

/// A record that there is already.
#[derive(Clone, Debug)]
pub struct Known {
    pub workspace: Id,
    /// It stands for this one of the source.
    pub upstream: Option<i64>,
    /// It stands for one of any source.
    pub linked: bool,
    pub external_id: Option<String>,
}

/// A workspace as its calls need it.
#[derive(Clone, Debug)]
pub struct Target {
    pub workspace: Id,
    pub upstream: i64,
    /// Sealed.
    pub token: Option<Vec<u8>>,
}

pub(super) fn id(row: &Row<'_>, at: usize) -> rusqlite::Result<Id> {
    Ok(Value::from_sql(row.get_ref(at)?).as_id().unwrap_or_default())
}

pub(super) fn moment(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Moment>> {
    Ok(row.get::<_, Option<i64>>(at)?.map(Moment))
}

pub(super) fn rows<T>(
    conn: &Connection,
    sql: &str,
    tenant: i64,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>> {
    note(conn, sql);
    let mut statement = conn.prepare_cached(sql).map_err(fault)?;
    let found = statement.query_map([tenant], read).map_err(fault)?;
    found.collect::<rusqlite::Result<_>>().map_err(fault)
}

/// Workspaces that are looked at: live, active, and listed by a source that is on.
pub(super) const LIVE: &str = "FROM upstream_workspaces u \
    JOIN upstream_sources s ON s.tenant_id=u.tenant_id AND s.id=u.source_id AND s.enabled=1 \
    JOIN workspaces w ON w.tenant_id=u.tenant_id AND w.id=u.workspace_id AND w.deleted_at IS NULL AND w.active=1 \
    WHERE u.tenant_id=? AND u.missing=0 ORDER BY w.name, w.seq";

/// The workspaces of a source that are known, and every record that may turn out to be one of them.
pub fn known(conn: &Connection, tenant: i64, source: Id) -> Result<Vec<Known>> {
    let sql = "SELECT w.id, u.source_id, u.upstream_id, w.external_id, w.deleted_at FROM workspaces w \
        LEFT JOIN upstream_workspaces u ON u.tenant_id=w.tenant_id AND u.workspace_id=w.id WHERE w.tenant_id=?";
    let found = rows(conn, sql, tenant, |row| {
        let (of, upstream) = (id(row, 1)?, row.get::<_, Option<i64>>(2)?);
        // A name that a deleted record had is free again.
        let external_id = row.get::<_, Option<String>>(3)?.filter(|_| moment(row, 4).is_ok_and(|gone| gone.is_none()));
        let ours = upstream.filter(|_| of == source);
        Ok(Known { workspace: id(row, 0)?, upstream: ours, linked: upstream.is_some(), external_id })
    })?;
    Ok(found)
}

/// The workspaces of a source that have no token of their own, with the source.
pub fn without_token(conn: &Connection, tenant: i64, source: Id) -> Result<Option<(Source, Vec<Target>)>> {
    let sql = "SELECT id, base_url, admin_token, open_until FROM upstream_sources WHERE tenant_id=?";
    let sources = rows(conn, sql, tenant, |row| {
        Ok(Source { id: id(row, 0)?, base_url: row.get(1)?, admin: row.get(2)?, open_until: moment(row, 3)? })
    })?;
    let Some(found) = sources.into_iter().find(|found| found.id == source) else { return Ok(None) };
    let sql = "SELECT source_id, workspace_id, upstream_id FROM upstream_workspaces \
        WHERE tenant_id=? AND token IS NULL AND missing=0 ORDER BY upstream_id";
    let targets = rows(conn, sql, tenant, |row| {
        Ok((id(row, 0)?, Target { workspace: id(row, 1)?, upstream: row.get(2)?, token: None }))
    })?;
    Ok(Some((found, targets.into_iter().filter(|(of, _)| *of == source).map(|(_, target)| target).collect())))
}

/// A dashboard as the viewer may see it.
///
/// # Errors
/// 403 where they may not.
pub fn show(view: &View<'_>, dashboard: Dashboard, settings: &Settings, now: Moment) -> Result<Made> {
    rights::check(dashboard, view.registry, view.access)?;
    let shown = board(view, dashboard, settings, now)?.show();
    let keep = shown.until.map(|until| Duration::from_millis(u64::try_from(until.0 - now.0).unwrap_or(0)));
    Ok(Made { body: shown.body, keep, ..Made::default() })
}

/// All that a dashboard is made of.
fn board(view: &View<'_>, dashboard: Dashboard, settings: &Settings, now: Moment) -> Result<Board> {
    let tenant = &view.access.tenant;
    Ok(Board {
        lines: lines(view.conn, tenant, dashboard, true)?,
        troubles: troubles(view.conn, tenant.key, now)?,
        took_ms: took_ms(view.conn, tenant.key, dashboard)?,
        ..Board::empty(dashboard, dashboard.ttl_s(settings), now, now.day_in(&tenant.zone))
    })
}

/// The same without what there is to read: how old it is, and what failed.
pub fn ages(view: &View<'_>, dashboard: Dashboard, settings: &Settings, now: Moment) -> Result<Board> {
    let tenant = &view.access.tenant;
    Ok(Board {
        lines: lines(view.conn, tenant, dashboard, false)?,
        ..Board::empty(dashboard, dashboard.ttl_s(settings), now, now.day_in(&tenant.zone))
    })
}

fn lines(conn: &Connection, tenant: &Tenant, dashboard: Dashboard, whole: bool) -> Result<Vec<Line>> {
    let sql = format!(
        "SELECT w.id, w.name, w.monthly_target, w.sending_target, w.price_per_lead, w.cost_per_month, w.currency {LIVE}"
    );
    let mut lines = rows(conn, &sql, tenant.key, |row| {
        Ok(Line {
            id: id(row, 0)?,
            name: row.get(1)?,
            monthly_target: row.get(2)?,
            sending_target: row.get(3)?,
            price_per_lead: row.get(4)?,
            cost_per_month: row.get(5)?,
            currency: row.get::<_, Option<String>>(6)?.unwrap_or_else(|| tenant.currency.to_string()),
            kept: Vec::new(),
        })
    })?;
    let places: HashMap<Id, usize> = lines.iter().enumerate().map(|(at, line)| (line.id, at)).collect();
    for piece in dashboard.pieces() {
        let sql = "SELECT workspace_id, asked_on, fetched_at, left_out, completeness, iif(?3, body, NULL), failed_at, \
            fault, message FROM upstream_snapshots WHERE tenant_id=?1 AND piece=?2";
        note(conn, sql);
        let mut statement = conn.prepare_cached(sql).map_err(fault)?;
        let found = statement
            .query_map((tenant.key, piece.as_str(), whole), |row| Ok((id(row, 0)?, kept(row, *piece, whole)?)));
        for row in found.map_err(fault)? {
            let (workspace, kept) = row.map_err(fault)?;
            if let Some(at) = places.get(&workspace) {
                lines[*at].kept.push(kept);
            }
        }
    }
    Ok(lines)
}

fn kept(row: &Row<'_>, piece: Piece, whole: bool) -> rusqlite::Result<Kept> {
    let fetched = moment(row, 2)?;
    let body = row.get::<_, Option<String>>(5)?.unwrap_or_default();
    let data = match piece {
        _ if !whole => Some(Data::Unread),
        Piece::Month | Piece::Day => serde_json::from_str(&body).ok().map(Data::Stats),
        Piece::Senders => serde_json::from_str(&body).ok().map(Data::Senders),
    };
    let failed = moment(row, 6)?.filter(|failed| fetched.is_none_or(|fetched| *failed >= fetched));
    let failed = match failed {
        Some(at) => Some(Failure { at, code: row.get(7)?, message: row.get(8)? }),
        None => None,
    };
    Ok(Kept {
        piece,
        until: row.get::<_, Option<String>>(1)?.and_then(|day| Date::parse(&day)),
        fetched: fetched.zip(data),
        left_out: row.get(3)?,
        completeness: row.get(4)?,
        failed,
    })
}

/// Sources that are left alone, or whose list could not be read; of both the first is told.
fn troubles(conn: &Connection, tenant: i64, now: Moment) -> Result<Vec<Trouble>> {
    let sql = "SELECT name, open_until, list_failed_at, list_fault, list_message FROM upstream_sources \
        WHERE tenant_id=? AND enabled=1 AND (open_until IS NOT NULL OR list_failed_at IS NOT NULL) ORDER BY seq";
    rows(conn, sql, tenant, |row| {
        let source = row.get::<_, String>(0)?;
        let Some(until) = moment(row, 1)? else {
            return Ok(Trouble { source, code: row.get(3)?, message: row.get(4)?, at: moment(row, 2)? });
        };
        let message = match until > now {
            true => "The service failed several times in a row, or asked for a rest, and is left alone until then.",
            false => {
                "The service failed several times in a row, or asked for a rest; the next look asks whether it is back."
            }
        };
        Ok(Trouble { source, code: "paused".to_owned(), message: message.to_owned(), at: Some(until) })
    })
}

fn took_ms(conn: &Connection, tenant: i64, dashboard: Dashboard) -> Result<Option<i64>> {
    let sql = "SELECT dashboard, max(duration_ms) FROM data_cache_metadata WHERE tenant_id=? GROUP BY dashboard";
    let found = rows(conn, sql, tenant, |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?;
    Ok(found.into_iter().find(|(name, _)| name == dashboard.as_str()).map(|(_, took)| took))
}

/// Old calls, old complaints and old alerts (D30).
pub fn outdated(days: u32, now: Moment) -> [Purge; 3] {
    let before = now.plus_s(-i64::from(days) * 86_400);
    let of = |table| Purge { table, key: "seq", gone: "at<?1", before, piece: 1_000, touches: None };
    [of("api_health_logs"), of("data_validation_errors"), alerts::outdated(before)]
}
