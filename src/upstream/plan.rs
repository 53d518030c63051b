//! What is too old and has to be asked for, and what nobody has asked for a while.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, Row};

use crate::db::{fault, note};
use crate::kernel::{Date, Id, Moment, Result};
use crate::kind::Tenant;

use super::Settings;
use super::fault::{Fault, PASSING};
use super::piece::{Dashboard, Piece};
use super::store::{LIVE, Source, Target, id, moment, rows};

/// What failed is not tried again before this.
const AGAIN_S: i64 = 30;
/// A source that nobody has asked anything for so long is asked whether it answers, and sooner while it
/// is thought not to.
const SILENT_S: i64 = 900;
const ALARMED_S: i64 = 45;
/// What was asked so lately has not been looked at by the watch, which comes every minute.
const LATELY_S: i64 = 120;

/// What a source is to be asked.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub source: Source,
    pub list: bool,
    pub pieces: Vec<(Target, Piece)>,
}

/// What has to be loaded for a dashboard, and when it is worth looking again.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Nothing where nobody looks: what is asked for is whether the sources answer.
    pub dashboard: Option<Dashboard>,
    pub wanted: Vec<Wanted>,
    pub due: Moment,
    /// When the plan was made: what came later is not asked for again.
    pub at: Moment,
}

fn passes(row: &Row<'_>, at: usize) -> rusqlite::Result<bool> {
    Ok(row.get::<_, Option<String>>(at)?.is_none_or(|code| Fault::passes(&code)))
}

/// When a piece came and when it last failed.
struct Age {
    asked_on: Option<Date>,
    fetched: Option<Moment>,
    failed: Option<Moment>,
    /// How it failed passes by itself, as an outage does and a refusal does not.
    passes: bool,
}

impl Plan {
    /// Looks what of a dashboard is too old; with `since`, everything that is older than that.
    pub fn make(
        conn: &Connection,
        tenant: &Tenant,
        dashboard: Dashboard,
        settings: &Settings,
        now: Moment,
        since: Option<Moment>,
    ) -> Result<Self> {
        let today = now.day_in(&tenant.zone);
        let sources = "SELECT id, base_url, admin_token, open_until, listed_at, list_failed_at, list_fault FROM upstream_sources \
            WHERE tenant_id=? AND enabled=1 ORDER BY seq";
        // At midnight there is a day of which nothing is known, and perhaps a month.
        let midnight = Moment::local(today.plus_days(1), 0, &tenant.zone);
        let ttl_due = now.plus_s(dashboard.ttl_s(settings));
        let mut due = midnight.map_or(ttl_due, |midnight| midnight.min(ttl_due));
        let mut wanted = rows(conn, sources, tenant.key, |row| {
            let source =
                Source { id: id(row, 0)?, base_url: row.get(1)?, admin: row.get(2)?, open_until: moment(row, 3)? };
            let age =
                Age { asked_on: None, fetched: moment(row, 4)?, failed: moment(row, 5)?, passes: passes(row, 6)? };
            let list =
                source.admin.is_some() && age.is_due(Piece::Senders, settings.list_ttl_s, today, now, since, &mut due);
            Ok(Wanted { source, list, pieces: Vec::new() })
        })?;
        let ages = "SELECT workspace_id, piece, asked_on, fetched_at, failed_at, fault FROM upstream_snapshots WHERE tenant_id=?";
        let ages: HashMap<(Id, String), Age> = rows(conn, ages, tenant.key, |row| {
            let asked_on = row.get::<_, Option<String>>(2)?.and_then(|day| Date::parse(&day));
            Ok((
                (id(row, 0)?, row.get(1)?),
                Age { asked_on, fetched: moment(row, 3)?, failed: moment(row, 4)?, passes: passes(row, 5)? },
            ))
        })?
        .into_iter()
        .collect();
        let targets = format!("SELECT u.source_id, u.workspace_id, u.upstream_id, u.token {LIVE}");
        let targets = rows(conn, &targets, tenant.key, |row| {
            Ok((id(row, 0)?, Target { workspace: id(row, 1)?, upstream: row.get(2)?, token: row.get(3)? }))
        })?;
        let ttl = dashboard.ttl_s(settings);
        for (source, target) in targets {
            let Some(wanted) = wanted.iter_mut().find(|wanted| wanted.source.id == source) else { continue };
            for piece in dashboard.pieces() {
                let age = ages.get(&(target.workspace, piece.as_str().to_owned()));
                if age.is_none_or(|age| age.is_due(*piece, ttl, today, now, since, &mut due)) {
                    wanted.pieces.push((target.clone(), *piece));
                }
            }
        }
        wanted.retain(|wanted| wanted.list || !wanted.pieces.is_empty());
        Ok(Self { dashboard: Some(dashboard), wanted, due, at: now })
    }

    /// What tells whether sources answer that nobody has asked anything for a while, one question to
    /// each: for its list, or else about one workspace.
    pub fn probe(conn: &Connection, tenant: &Tenant, settings: &Settings, now: Moment) -> Result<Self> {
        // Sooner where it is thought not to answer. A refusal lasts until somebody does something about it.
        let lately = format!(
            "SELECT l.source_id FROM api_health_logs l WHERE l.tenant_id=?1 AND l.at>?2 AND (l.at>?3 OR NOT EXISTS(\
               SELECT 1 FROM portal_alerts a WHERE a.tenant_id=?1 AND a.until IS NULL AND a.source_id=l.source_id)) \
             UNION SELECT id FROM upstream_sources \
             WHERE tenant_id=?1 AND list_failed_at>?2 AND list_fault NOT IN ('{}')",
            PASSING.join("', '")
        );
        note(conn, &lately);
        let mut statement = conn.prepare_cached(&lately).map_err(fault)?;
        let of = (tenant.key, now.plus_s(-SILENT_S).0, now.plus_s(-ALARMED_S).0);
        let asked = statement.query_map(of, |row| id(row, 0)).map_err(fault)?;
        let asked: HashSet<Id> = asked.collect::<rusqlite::Result<_>>().map_err(fault)?;
        let mut plan = Self::make(conn, tenant, Dashboard::Kpi, settings, now, Some(now))?;
        plan.dashboard = None;
        plan.wanted.retain(|wanted| !asked.contains(&wanted.source.id));
        for wanted in &mut plan.wanted {
            // Another one each time: a workspace of which nothing comes says nothing of the others.
            let place = now.0.div_euclid(60_000).rem_euclid((wanted.pieces.len() as i64).max(1));
            wanted.pieces.rotate_left(usize::try_from(place).unwrap_or(0));
            wanted.pieces.truncate(usize::from(!wanted.list));
        }
        Ok(plan)
    }
}

impl Age {
    /// Is it time to ask? If not, `due` is when it will be, where nothing else is due before.
    fn is_due(
        &self,
        piece: Piece,
        ttl_s: i64,
        today: Date,
        now: Moment,
        since: Option<Moment>,
        due: &mut Moment,
    ) -> bool {
        // What is to come was noted on a clock that was set back since, and nobody knows how old it is.
        let (fetched, failed) = (self.fetched.filter(|at| *at <= now), self.failed.filter(|at| *at <= now));
        if let Some(since) = since {
            return fetched.max(failed).is_none_or(|at| at < since);
        }
        let fresh = fetched.filter(|_| piece.is_of(self.asked_on, today) || self.asked_on.is_none());
        // What could not be made newer is tried again before it is old.
        let fresh = fresh.filter(|at| failed.is_none_or(|failed| failed < *at));
        let old = fresh.map_or(now, |at| at.plus_s(ttl_s));
        let rested = failed.map_or(now, |at| at.plus_s(if self.passes { AGAIN_S } else { ttl_s }));
        let at = old.max(rested);
        if at > now {
            *due = (*due).min(at);
        }
        at <= now
    }
}

/// Does the portal's watch have something to look at? Not while nobody uses the portal and all is well.
pub fn is_watched(conn: &Connection, tenant: i64, now: Moment) -> Result<bool> {
    if is_alarmed(conn, tenant)? {
        return Ok(true);
    }
    let last = "SELECT (SELECT max(at) FROM api_health_logs WHERE tenant_id=?1), \
        EXISTS(SELECT 1 FROM upstream_sources WHERE tenant_id=?1 AND enabled=1)";
    note(conn, last);
    let read = |row: &Row<'_>| Ok((moment(row, 0)?, row.get(1)?));
    let (last, any): (_, bool) = conn.prepare_cached(last).map_err(fault)?.query_row([tenant], read).map_err(fault)?;
    let silent = last.is_none_or(|last| last < now.plus_s(-SILENT_S));
    Ok(any && (silent || last > Some(now.plus_s(-LATELY_S))))
}

fn is_alarmed(conn: &Connection, tenant: i64) -> Result<bool> {
    let sql = "SELECT EXISTS(SELECT 1 FROM portal_alerts WHERE tenant_id=? AND until IS NULL)";
    note(conn, sql);
    conn.prepare_cached(sql).map_err(fault)?.query_row([tenant], |row| row.get(0)).map_err(fault)
}
