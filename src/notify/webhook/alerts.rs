//! The server's alerts, each told when it fires, when it turns critical and when it is over.

use serde_json::{Value as Json, json};

use crate::db::Change;
use crate::kernel::{Id, Moment};
use crate::monitor::{Alert, Severity};

use super::event::{Event, Message};
use super::{WEBHOOKS, push};

/// Whose webhooks may have them: an alert is the server's and no tenant's. So whoever chose it runs the
/// server, or has it for their business alone. It is looked at when an alert comes, not only when it was
/// chosen: who no longer runs the server is told no more.
pub const MAY_HEAR: &str = "(w.alerts_by IS NULL
   OR NOT EXISTS (SELECT 1 FROM tenants t WHERE t.seq <> w.tenant_id)
   OR EXISTS (SELECT 1 FROM users u JOIN identities i ON i.id = u.identity_id
              WHERE u.tenant_id = w.tenant_id AND u.id = w.alerts_by AND u.role = 'owner' AND u.active = 1
                AND u.deleted_at IS NULL AND i.operator = 1))";

/// What is sent of alerts that changed: to be carried out before they are kept as they are now, since
/// what is kept tells a new one from one that is known.
pub fn announce_alerts(changed: &[Alert], public_url: Option<&str>, now: Moment) -> Change {
    let mut change = Change::new();
    for alert in changed {
        let mut tell = |event: Event, holds: &str| {
            let data = data(alert, public_url);
            let text = text(alert, event, public_url);
            let message = Message { id: Id::new(), event, about: alert.id, at: now, text, data };
            push(&mut change, &message, &format!("{MAY_HEAR} AND {holds}"), Vec::new());
        };
        match (alert.until, alert.severity) {
            (Some(_), _) => tell(Event::AlertRecovered, "EXISTS (SELECT 1 FROM alerts WHERE id = ?3)"),
            (None, severity) => {
                tell(Event::AlertFired, "NOT EXISTS (SELECT 1 FROM alerts WHERE id = ?3)");
                if severity == Severity::Critical {
                    let warned = "EXISTS (SELECT 1 FROM alerts WHERE id = ?3 AND severity = 'warn')";
                    tell(Event::AlertWorsened, warned);
                }
            }
        }
    }
    if !change.statements.is_empty() {
        change.touch(0, WEBHOOKS);
    }
    change
}

fn text(alert: &Alert, event: Event, public_url: Option<&str>) -> String {
    let Alert { message, severity, .. } = alert;
    let beginning = match (event, severity) {
        (Event::AlertRecovered, _) => "Over",
        (Event::AlertWorsened, _) => "Critical by now",
        (_, Severity::Critical) => "Critical",
        (_, Severity::Warn) => "Warning",
    };
    sentence(beginning, message, (alert.since, alert.until), public_url.map(|url| (url, "health")))
}

/// What is said of an alert of any sort: what it is, how long it lasted if it is over, and the page that
/// shows it.
pub fn sentence(
    beginning: &str,
    message: &str,
    (since, until): (Moment, Option<Moment>),
    page: Option<(&str, &str)>,
) -> String {
    let lasted = until.map_or_else(String::new, |until| format!(" It lasted {}.", lasted(since, until)));
    let page = page.map_or_else(String::new, |(url, page)| format!(" {}/{page}", url.trim_end_matches('/')));
    format!("{beginning}: {message}{lasted}{page}")
}

/// A time in the largest words that fit.
fn lasted(since: Moment, until: Moment) -> String {
    match (until.0 - since.0) / 1000 {
        seconds @ ..120 => format!("{seconds} seconds"),
        seconds @ 120..7_200 => format!("{} minutes", seconds / 60),
        seconds @ 7_200..172_800 => format!("{} hours", seconds / 3_600),
        seconds => format!("{} days", seconds / 86_400),
    }
}

fn data(alert: &Alert, public_url: Option<&str>) -> Json {
    json!({
        "id": alert.id.to_string(),
        "rule": alert.rule,
        "severity": alert.severity.as_str(),
        "since": alert.since.to_string(),
        "until": alert.until.map(|until| until.to_string()),
        "worst": alert.worst,
        "threshold": alert.threshold,
        "message": alert.message,
        "server": public_url,
    })
}
