//! What is wrong with the portal just now (D29, D33): rules over what is kept, with fixed limits.

use rusqlite::{Connection, OptionalExtension, Row};

use crate::db::{Value, fault, note};
use crate::kernel::{Id, Moment, Result};

/// So many calls in a row that failed say that a source is down.
const IN_A_ROW: i64 = 5;
/// A workspace that could not be loaded for so long is missed.
const MISSED_S: i64 = 600;
/// What nobody has tried to load for longer than this is missed by nobody.
const LATELY_S: i64 = 900;
/// Slower than this on average, the service is slow or holds us back (D29).
const SLOW_MS: f64 = 2_000.0;
/// Of fewer calls an average says nothing.
const LEAST_CALLS: i64 = 10;
/// Values within an hour that were not as declared.
const INVALID: i64 = 10;
/// Of 100.
const LOW: i64 = 50;
/// Workspaces that are named.
const NAMED: usize = 5;
const HOUR_S: i64 = 3_600;

/// What can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// A source does not answer, or refuses us.
    Source,
    /// Single workspaces cannot be loaded.
    Workspaces,
    Slow,
    /// Much of what comes is not as declared.
    Invalid,
    Score,
}

impl Rule {
    const ALL: [Self; 5] = [Self::Source, Self::Workspaces, Self::Slow, Self::Invalid, Self::Score];

    pub fn as_str(self) -> &'static str {
        ["source", "workspaces", "slow", "invalid", "score"][self as usize]
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.as_str() == word)
    }

    pub fn severity(self) -> &'static str {
        if self == Self::Source { "critical" } else { "warn" }
    }

    /// What follows from it is no news of its own.
    pub fn explains(self, other: Self) -> bool {
        match self {
            Self::Source => other != Self::Source,
            Self::Score => false,
            _ => other == Self::Score,
        }
    }
}

/// A rule that holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    pub rule: Rule,
    pub source: Option<Id>,
    /// One or two sentences for people.
    pub message: String,
}

/// All that is wrong with a tenant's portal, the causes first.
pub fn findings(conn: &Connection, tenant: i64, now: Moment) -> Result<Vec<Finding>> {
    let mut found = sources(conn, tenant, now)?;
    let of_all = [
        (Rule::Workspaces, workspaces(conn, tenant, now)?),
        (Rule::Slow, slow(conn, tenant, now)?),
        (Rule::Invalid, invalid(conn, tenant, now)?),
        (Rule::Score, score(conn, tenant, now)?),
    ];
    let told = of_all.into_iter().filter_map(|(rule, message)| Some((rule, message?)));
    found.extend(told.map(|(rule, message)| Finding { rule, source: None, message }));
    Ok(found)
}

/// The one row that an aggregate always has, or the first.
fn one<T>(
    conn: &Connection,
    sql: &str,
    params: (i64, i64),
    read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Option<T>> {
    note(conn, sql);
    conn.prepare_cached(sql).map_err(fault)?.query_row(params, read).optional().map_err(fault)
}

/// Sources that are left alone, whose list could not be read and that answered nothing since, or whose
/// last calls all failed: of several workspaces, since one that is refused says nothing of the others.
fn sources(conn: &Connection, tenant: i64, now: Moment) -> Result<Vec<Finding>> {
    let sql = format!(
        "SELECT s.id, s.name, s.list_message FROM upstream_sources s WHERE s.tenant_id=?1 AND s.enabled=1 AND (\
           s.open_until IS NOT NULL OR \
           (s.list_failed_at IS NOT NULL AND NOT EXISTS(SELECT 1 FROM api_health_logs l \
             WHERE l.tenant_id=s.tenant_id AND l.source_id=s.id AND l.at>s.list_failed_at AND l.outcome='ok')) OR \
           (SELECT count(*)={IN_A_ROW} AND sum(outcome='ok')=0 AND (count(DISTINCT workspace_id)>1 \
               OR sum(outcome IN ('network', 'timeout', 'server_error'))={IN_A_ROW}) \
             FROM (SELECT outcome, workspace_id FROM api_health_logs l \
             WHERE l.tenant_id=s.tenant_id AND l.source_id=s.id AND l.at>?2 ORDER BY l.at DESC LIMIT {IN_A_ROW}))) \
         ORDER BY s.seq"
    );
    note(conn, &sql);
    let mut statement = conn.prepare_cached(&sql).map_err(fault)?;
    let rows = statement.query_map((tenant, now.plus_s(-HOUR_S).0), |row| {
        let (name, why) = (row.get::<_, String>(1)?, row.get::<_, Option<String>>(2)?);
        let why = why
            .map_or_else(|| "its last calls all failed.".to_owned(), |why| format!("{}.", why.trim_end_matches('.')));
        Ok(Finding {
            rule: Rule::Source,
            source: Value::from_sql(row.get_ref(0)?).as_id(),
            message: format!(
                "The service “{name}” does not answer as it should: {why} The portal shows what it had, with its age."
            ),
        })
    });
    rows.map_err(fault)?.collect::<rusqlite::Result<_>>().map_err(fault)
}

/// Workspaces that fail while somebody looks, other than because the whole source failed.
fn workspaces(conn: &Connection, tenant: i64, now: Moment) -> Result<Option<String>> {
    let sql = "SELECT DISTINCT w.name FROM upstream_snapshots p \
        JOIN workspaces w ON w.tenant_id=p.tenant_id AND w.id=p.workspace_id AND w.deleted_at IS NULL AND w.active=1 \
        JOIN upstream_workspaces u ON u.tenant_id=p.tenant_id AND u.workspace_id=p.workspace_id AND u.missing=0 \
        JOIN upstream_sources s ON s.tenant_id=u.tenant_id AND s.id=u.source_id AND s.enabled=1 \
        WHERE p.tenant_id=?1 AND (p.fetched_at IS NULL OR p.fetched_at<?2) AND p.failed_at>?3 AND p.failed_at>ifnull(\
          (SELECT max(until) FROM portal_alerts a WHERE a.tenant_id=?1 AND a.rule='source' AND a.source_id=s.id), 0) \
        ORDER BY w.name";
    note(conn, sql);
    let mut statement = conn.prepare_cached(sql).map_err(fault)?;
    let of = (tenant, now.plus_s(-MISSED_S).0, now.plus_s(-LATELY_S).0);
    let rows = statement.query_map(of, |row| row.get::<_, String>(0));
    let names: Vec<String> = rows.map_err(fault)?.collect::<rusqlite::Result<_>>().map_err(fault)?;
    Ok(missed(&names))
}

fn missed(names: &[String]) -> Option<String> {
    let shown = names.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = match names.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    match names.len() {
        0 => None,
        1 => Some(format!("One workspace cannot be loaded: {shown}.")),
        count => Some(format!("{count} workspaces cannot be loaded: {shown}{more}.")),
    }
}

/// D29: the question that it is slowest at.
fn slow(conn: &Connection, tenant: i64, now: Moment) -> Result<Option<String>> {
    let sql = format!(
        "SELECT api, avg(took_ms) FROM api_health_logs WHERE tenant_id=?1 AND at>?2 AND outcome='ok' GROUP BY api \
         HAVING count(*)>={LEAST_CALLS} AND avg(took_ms)>{SLOW_MS} ORDER BY 2 DESC LIMIT 1"
    );
    let found = one(conn, &sql, (tenant, now.plus_s(-HOUR_S).0), |row| Ok((row.get(0)?, row.get::<_, f64>(1)?)))?;
    Ok(found.map(|(api, average): (String, f64)| {
        format!("The service takes {average:.0} ms on average for “{api}”: it is slow, or holds us back.")
    }))
}

fn invalid(conn: &Connection, tenant: i64, now: Moment) -> Result<Option<String>> {
    let sql = "SELECT count(*) FROM data_validation_errors WHERE tenant_id=?1 AND at>?2";
    let found = one(conn, sql, (tenant, now.plus_s(-HOUR_S).0), |row| row.get::<_, i64>(0))?;
    Ok(found.filter(|count| *count >= INVALID).map(|count| {
        format!(
            "Within an hour {count} values of the service were not as declared. What cannot be relied on is left out."
        )
    }))
}

fn score(conn: &Connection, tenant: i64, now: Moment) -> Result<Option<String>> {
    let sql = "SELECT score, calls FROM dashboard_health_summary WHERE tenant_id=?1 AND last_call_at>?2";
    let found =
        one(conn, sql, (tenant, now.plus_s(-HOUR_S).0), |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))?;
    Ok(found
        .filter(|(score, calls)| *calls >= LEAST_CALLS && *score < LOW)
        .map(|(score, _)| format!("The portal's health is {score} of 100.")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_workspaces_are_named_and_many_are_counted() {
        let names: Vec<String> = (1..=7).map(|n| format!("W{n}")).collect();
        assert_eq!(missed(&[]), None);
        assert_eq!(missed(&names[..1]).as_deref(), Some("One workspace cannot be loaded: W1."));
        let many = "7 workspaces cannot be loaded: W1, W2, W3, W4, W5 and 2 more.";
        assert_eq!(missed(&names).as_deref(), Some(many));
    }

    #[test]
    fn what_follows_from_a_cause_is_no_news() {
        assert!(Rule::Source.explains(Rule::Score) && Rule::Source.explains(Rule::Workspaces));
        assert!(Rule::Slow.explains(Rule::Score) && !Rule::Slow.explains(Rule::Invalid));
        assert!(!Rule::Source.explains(Rule::Source), "two sources may fail at once");
    }
}
