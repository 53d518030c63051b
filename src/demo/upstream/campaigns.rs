//! Campaigns: a few for each workspace.

use serde_json::{Value, json};

use crate::demo::random::Random;

use super::told;
use super::workspaces::{Temper, Workspace};

const WHO: [&str; 6] =
    ["Finance directors", "Office managers", "Heads of people", "Founders", "Plant managers", "IT leads"];
const WHERE: [&str; 5] = ["north", "south", "midlands", "Scotland", "capital"];
const STATUSES: [(usize, &str); 3] = [(6, "Active"), (2, "Paused"), (3, "Completed")];

pub fn campaigns(seed: u64, workspace: &Workspace) -> Vec<Value> {
    let count = 2 + Random::seeded(seed, "campaigns", workspace.id).below(4) as u64;
    (0..count).map(|n| campaign(seed, workspace, n)).collect()
}

fn campaign(seed: u64, workspace: &Workspace, n: u64) -> Value {
    let id = workspace.id * 100 + n;
    let mut random = Random::seeded(seed, "campaign", id);
    let idle = workspace.temper == Temper::Idle;
    let leads = random.between(400, 6_000).unsigned_abs();
    let sent = if idle { 0 } else { leads * random.between(80, 240).unsigned_abs() / 100 };
    let contacted = sent.min(leads);
    let mut part = |low: i64, high: i64| contacted * random.between(low, high).unsigned_abs() / 1_000;
    let (opened, replied, bounced, unsubscribed) = (part(250, 450), part(20, 60), part(5, 30), part(1, 5));
    json!({
        "id": id,
        "uuid": format!("00000000-0000-4000-8000-{id:012}"),
        "name": format!("{}, {}", random.pick(&WHO), random.pick(&WHERE)),
        "type": "outbound",
        "status": if idle { "Paused" } else { random.weighted(&STATUSES) },
        "emails_sent": told(sent, id.is_multiple_of(2)),
        "opened": opened,
        "unique_opens": opened * 8 / 10,
        "replied": replied,
        "unique_replies": replied * 9 / 10,
        "bounced": bounced,
        "unsubscribed": unsubscribed,
        "interested": replied * 6 / 100,
        "total_leads_contacted": contacted,
        "total_leads": leads,
        "max_emails_per_day": workspace.senders * 20,
        "max_new_leads_per_day": workspace.senders * 10,
        "created_at": "2025-02-03T09:00:00.000000Z",
        "updated_at": "2025-11-03T09:00:00.000000Z",
        "tags": [],
    })
}
