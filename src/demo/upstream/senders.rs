//! Sender accounts: the addresses that a workspace sends from.

use serde_json::{Value, json};

use crate::demo::names::{FIRST, LAST};
use crate::demo::random::Random;

use super::told;
use super::workspaces::{Temper, Workspace};

/// A number that shares no factor with the number of names, so that none comes twice before all have come.
const STEP: usize = 1_009;
const TYPES: [(usize, &str); 3] = [(5, "google_workspace_oauth"), (4, "microsoft_oauth"), (1, "custom")];
const LIMITS: [u64; 5] = [15, 20, 25, 30, 40];
const TAGS: [&str; 4] = ["warm", "new domain", "north", "reserve"];

/// Account number `n` of a workspace.
pub fn sender(seed: u64, workspace: &Workspace, n: usize) -> Value {
    let id = 1_001 + workspace.senders_before + n;
    let mut random = Random::seeded(seed, "sender", id as u64);
    let (name, email) = who(workspace, n);
    let troubled = workspace.temper == Temper::Troubled;
    let connected = !random.chance(if troubled { 20 } else { 4 });
    let limit = random.pick(&LIMITS);
    let days = random.between(40, 400).unsigned_abs();
    let sent = if workspace.temper == Temper::Idle { 0 } else { limit * days * 7 / 10 };
    // One in twenty bounces too much to go on.
    let bounced = if random.chance(5) { random.between(50, 120) } else { random.between(4, 28) };
    let mut part = |low: i64, high: i64| sent * random.between(low, high).unsigned_abs() / 1_000;
    let (replied, opened, unsubscribed) = (part(8, 40), part(280, 520), part(0, 5));
    let unique_replied = replied * 8 / 10;
    let as_text = id.is_multiple_of(7);
    json!({
        "id": id,
        "email": email,
        "name": name,
        "status": if connected { "Connected" } else { "Not connected" },
        "daily_limit": told(limit, id.is_multiple_of(5)),
        "type": random.weighted(&TYPES),
        "emails_sent_count": told(sent, as_text),
        "total_replied_count": told(replied, as_text),
        "total_opened_count": told(opened, as_text),
        "unique_replied_count": told(unique_replied, as_text),
        "unique_opened_count": told(opened * 6 / 10, as_text),
        "bounced_count": told(sent * bounced.unsigned_abs() / 1_000, as_text),
        "unsubscribed_count": told(unsubscribed, as_text),
        "interested_leads_count": told(unique_replied * 6 / 100, as_text),
        "tags": tags(&mut random),
        "created_at": format!("2025-{:02}-{:02}T08:15:00.000000Z", random.between(1, 12), random.between(1, 28)),
    })
}

/// A name and an address that no other account has. Addresses end in `.example`: nobody real is there.
fn who(workspace: &Workspace, n: usize) -> (String, String) {
    let names = FIRST.len() * LAST.len();
    let at = (n + workspace.senders_before).wrapping_mul(STEP) % names;
    let (first, last) = (FIRST[at % FIRST.len()], LAST[at / FIRST.len()]);
    let again = if n < names { String::new() } else { (n / names + 1).to_string() };
    let slug = workspace.slug();
    let domain = match n % 4 {
        0 => format!("{slug}.example"),
        1 => format!("try-{slug}.example"),
        2 => format!("get-{slug}.example"),
        _ => format!("{slug}-team.example"),
    };
    let email = format!("{}.{}{again}@{domain}", first.to_lowercase(), last.to_lowercase());
    (format!("{first} {last}"), email)
}

fn tags(random: &mut Random) -> Vec<Value> {
    let tags = TAGS.iter().enumerate().filter(|_| random.chance(20));
    tags.map(|(at, name)| json!({"id": at + 1, "name": name})).collect()
}
