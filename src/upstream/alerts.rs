//! The portal's alerts: what [`super::watch`] finds, from when it is found to when it is over for good.

use rusqlite::{Connection, Row};
use serde_json::{Value as Json, json};

use crate::db::{Change, Purge, Value, fault, note};
use crate::kernel::{Id, Moment, Result};

use super::watch::{Finding, Rule, findings};

/// An alert is over when nothing was found for so long.
const CALM_MS: i64 = 90_000;
/// The latest that are shown.
const SHOWN: usize = 20;

/// One of them; over when it has an end.
#[derive(Clone, Debug, PartialEq)]
pub struct Alert {
    pub id: Id,
    pub rule: String,
    pub source: Option<Id>,
    /// `warn` or `critical`.
    pub severity: String,
    pub message: String,
    pub since: Moment,
    calm_since: Option<Moment>,
    pub until: Option<Moment>,
}

impl Alert {
    fn new(finding: &Finding, now: Moment) -> Self {
        Self {
            id: Id::new(),
            rule: finding.rule.as_str().to_owned(),
            source: finding.source,
            severity: finding.rule.severity().to_owned(),
            message: finding.message.clone(),
            since: now,
            calm_since: None,
            until: None,
        }
    }

    fn is_of(&self, finding: &Finding) -> bool {
        self.rule == finding.rule.as_str() && self.source == finding.source
    }

    pub fn wire(&self) -> Json {
        json!({
            "id": self.id.to_string(),
            "rule": self.rule,
            "severity": self.severity,
            "message": self.message,
            "since": self.since.to_string(),
            "until": self.until.map(|until| until.to_string()),
        })
    }
}

/// What a look came to.
pub struct Look {
    /// Those that began or ended, to be told of.
    pub turned: Vec<Alert>,
    pub change: Change,
}

/// Compares what is wrong with what is known, and plans to keep it.
pub fn look(conn: &Connection, tenant: i64, now: Moment) -> Result<Look> {
    let (found, open) = (findings(conn, tenant, now)?, open(conn, tenant)?);
    let turns = turns(&found, &open, now);
    let (mut change, mut turned) = (Change::new(), Vec::new());
    for turn in turns {
        match turn {
            Turn::Began(alert) => {
                insert(&mut change, tenant, &alert);
                turned.push(alert);
            }
            Turn::Moved(alert) => {
                update(&mut change, tenant, &alert);
                turned.extend(alert.until.is_some().then_some(alert));
            }
        }
    }
    if !change.statements.is_empty() {
        change.touch(tenant, "portal");
    }
    Ok(Look { turned, change })
}

/// What becomes of alerts.
#[derive(Debug, PartialEq)]
enum Turn {
    Began(Alert),
    /// It says something else, calms down, is back, or is over.
    Moved(Alert),
}

fn turns(found: &[Finding], open: &[Alert], now: Moment) -> Vec<Turn> {
    let mut turns = Vec::new();
    for alert in open {
        let mut next = alert.clone();
        match found.iter().find(|finding| alert.is_of(finding)) {
            Some(finding) => {
                next.message.clone_from(&finding.message);
                next.calm_since = None;
            }
            None => {
                let calm_since = *next.calm_since.get_or_insert(now);
                next.until = (now.0 - calm_since.0 >= CALM_MS).then_some(now);
            }
        }
        if next != *alert {
            turns.push(Turn::Moved(next));
        }
    }
    // While a cause lasts, and until it is believed to be over, what follows from it is not told.
    let causes: Vec<Rule> =
        found.iter().map(|finding| finding.rule).chain(open.iter().filter_map(|a| Rule::parse(&a.rule))).collect();
    let news = found.iter().filter(|finding| open.iter().all(|alert| !alert.is_of(finding)));
    let news = news.filter(|finding| !causes.iter().any(|cause| cause.explains(finding.rule)));
    turns.extend(news.map(|finding| Turn::Began(Alert::new(finding, now))));
    turns
}

fn insert(change: &mut Change, tenant: i64, alert: &Alert) {
    change.push(
        "INSERT INTO portal_alerts(id, tenant_id, rule, source_id, severity, message, since) VALUES(?,?,?,?,?,?,?) \
         ON CONFLICT DO NOTHING",
        vec![
            alert.id.into(),
            tenant.into(),
            alert.rule.as_str().into(),
            alert.source.into(),
            alert.severity.as_str().into(),
            alert.message.as_str().into(),
            alert.since.into(),
        ],
    );
}

fn update(change: &mut Change, tenant: i64, alert: &Alert) {
    change.push(
        "UPDATE portal_alerts SET message=?, calm_since=?, until=? WHERE tenant_id=? AND id=?",
        vec![
            alert.message.as_str().into(),
            alert.calm_since.into(),
            alert.until.into(),
            tenant.into(),
            alert.id.into(),
        ],
    );
}

const COLUMNS: &str = "id, rule, source_id, severity, message, since, calm_since, until";

fn read(row: &Row<'_>) -> rusqlite::Result<Alert> {
    let id = |at: usize| row.get_ref(at).map(|value| Value::from_sql(value).as_id());
    let moment = |at: usize| row.get::<_, Option<i64>>(at).map(|ms| ms.map(Moment));
    Ok(Alert {
        id: id(0)?.unwrap_or_default(),
        rule: row.get(1)?,
        source: id(2)?,
        severity: row.get(3)?,
        message: row.get(4)?,
        since: Moment(row.get(5)?),
        calm_since: moment(6)?,
        until: moment(7)?,
    })
}

fn all(conn: &Connection, tenant: i64, which: &str) -> Result<Vec<Alert>> {
    let sql = format!("SELECT {COLUMNS} FROM portal_alerts WHERE tenant_id=? {which}");
    note(conn, &sql);
    let mut statement = conn.prepare_cached(&sql).map_err(fault)?;
    let found = statement.query_map([tenant], read).map_err(fault)?;
    found.collect::<rusqlite::Result<_>>().map_err(fault)
}

fn open(conn: &Connection, tenant: i64) -> Result<Vec<Alert>> {
    all(conn, tenant, "AND until IS NULL ORDER BY severity, since")
}

/// Those that are open, the gravest and oldest first, and then the latest that are over.
pub fn latest(conn: &Connection, tenant: i64) -> Result<Vec<Alert>> {
    let mut alerts = open(conn, tenant)?;
    alerts.extend(all(conn, tenant, &format!("AND until IS NOT NULL ORDER BY since DESC LIMIT {SHOWN}"))?);
    Ok(alerts)
}

/// Those that were over long ago.
pub fn outdated(before: Moment) -> Purge {
    Purge { table: "portal_alerts", key: "seq", gone: "until<?1", before, piece: 1_000, touches: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(s: i64) -> Moment {
        Moment(s * 1000)
    }

    fn finding(rule: Rule) -> Finding {
        Finding { rule, source: None, message: rule.as_str().to_owned() }
    }

    fn began(turns: &[Turn]) -> Vec<&str> {
        turns.iter().filter_map(|turn| if let Turn::Began(alert) = turn { Some(&*alert.rule) } else { None }).collect()
    }

    #[test]
    fn an_alert_ends_when_it_has_been_calm_for_a_while() {
        let slow = [finding(Rule::Slow)];
        let mut open = vec![Alert::new(&slow[0], at(0))];
        assert_eq!(turns(&slow, &open, at(60)), [], "what stays is no news");
        let mut step = |found: &[Finding], s: i64| match turns(found, &open, at(s)).pop() {
            Some(Turn::Moved(alert)) => {
                open[0] = alert.clone();
                Some(alert.until)
            }
            other => {
                assert_eq!(other, None);
                None
            }
        };
        assert_eq!(step(&[], 120), Some(None), "calm for the first time");
        assert_eq!(step(&[], 180), None);
        assert_eq!(step(&slow, 200), Some(None), "back again");
        assert_eq!(step(&[], 240), Some(None));
        assert_eq!(step(&[], 330), Some(Some(at(330))));
    }

    #[test]
    fn a_cause_is_told_and_what_follows_from_it_is_not() {
        let all = [Rule::Source, Rule::Workspaces, Rule::Slow, Rule::Invalid, Rule::Score].map(finding);
        assert_eq!(began(&turns(&all, &[], at(0))), ["source"]);
        assert_eq!(began(&turns(&all[1..], &[], at(0))), ["workspaces", "slow", "invalid"]);
        assert_eq!(began(&turns(&all[4..], &[], at(0))), ["score"]);
        let calming = Alert::new(&all[0], at(0));
        assert_eq!(began(&turns(&all[1..], &[calming], at(60))), Vec::<&str>::new());
    }

    #[test]
    fn sources_fail_each_by_itself() {
        let of = |n: u8| Finding { source: Some(Id::from_parts(1, [n; 10])), ..finding(Rule::Source) };
        let first = Alert::new(&of(1), at(0));
        assert_eq!(began(&turns(&[of(1), of(2)], &[first], at(60))), ["source"]);
    }
}
