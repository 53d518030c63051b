//! The portal's watch (D33): every minute it looks what is wrong, tells whoever follows that by webhook,
//! and asks services whether they answer that nobody has asked anything for a while.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use crate::kernel::{Id, Moment, Result};
use crate::notify::webhook::{self, Event, Message};
use crate::upstream::{self, Alert, Plan};

use super::{Household, Task};

/// Somebody uses the portal, or something is wrong there, or nobody knows whether it still answers.
pub fn is_wanted(household: &Household, tenant: i64) -> Result<bool> {
    household.db.read(move |conn| upstream::is_watched(conn, tenant, Moment::now())).wait()
}

pub fn run(household: &Household, task: &Task) -> Result<Json> {
    let tenant = household.tenant(task.chore.tenant)?;
    let (of, settings) = (Arc::clone(&tenant.tenant), household.upstream.settings.clone());
    let plan = household.db.read(move |conn| Plan::probe(conn, &of, &settings, Moment::now())).wait()?;
    household.upstream.take(&tenant.tenant, plan);
    let turned = watch(household, task.chore.tenant, Moment::now())?;
    Ok(json!({"turned": turned}))
}

/// Looks what is wrong with a tenant's portal, keeps it, and has those told who follow it. Gives how many
/// alerts began or ended.
pub fn watch(household: &Household, tenant: i64, now: Moment) -> Result<usize> {
    let look = household.db.read(move |conn| upstream::look(conn, tenant, now)).wait()?;
    if look.change.statements.is_empty() {
        return Ok(0);
    }
    let mut change = look.change;
    for alert in &look.turned {
        webhook::announce(&mut change, tenant, &message(household.config.public_url.as_deref(), alert, now));
    }
    household.db.write(change).wait()?;
    Ok(look.turned.len())
}

fn message(public_url: Option<&str>, alert: &Alert, now: Moment) -> Message {
    let (event, beginning) = match (alert.until, &*alert.severity) {
        (Some(_), _) => (Event::PortalAlertRecovered, "Over"),
        (None, "critical") => (Event::PortalAlertFired, "Critical"),
        (None, _) => (Event::PortalAlertFired, "Warning"),
    };
    let page = public_url.map(|url| (url, "portal/health"));
    let text = webhook::sentence(beginning, &alert.message, (alert.since, alert.until), page);
    let mut data = alert.wire();
    data["server"] = public_url.into();
    Message { id: Id::new(), event, about: alert.id, at: now, text, data }
}
