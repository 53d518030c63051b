//! What a workspace's campaigns did on a day. The figures of a range are the sum of its days.

use std::iter::Sum;

use serde_json::{Map, Value};

use crate::demo::random::Random;
use crate::kernel::Date;

use super::told;
use super::workspaces::{Temper, Workspace};

/// How many mails an account sends on a working day, about.
const PACE: u64 = 18;
/// A share of all.
const MILLION: u64 = 1_000_000;

/// What was counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    pub emails_sent: u64,
    pub total_leads_contacted: u64,
    pub opened: u64,
    pub unique_opens_per_contact: u64,
    pub unique_replies_per_contact: u64,
    pub bounced: u64,
    pub unsubscribed: u64,
    /// Leads generated.
    pub interested: u64,
}

/// The same for the same seed, workspace and date.
pub fn day(seed: u64, workspace: &Workspace, date: Date) -> Figures {
    if workspace.temper == Temper::Idle {
        return Figures::default();
    }
    let day = u64::try_from(date.days() + 1_000_000).unwrap_or_default();
    let mut random = Random::seeded(seed, "day", (workspace.id << 32) ^ day);
    // Little is sent at weekends, and never nothing: a screen that is all zeros looks broken.
    let busy = match date.days_since_monday() {
        5 => 25,
        6 => 12,
        _ => 100,
    };
    let pace = workspace.senders as u64 * PACE;
    let sent = share(&mut random, pace * busy / 100, 700_000, 999_000);
    let contacted = share(&mut random, sent, 450_000, 600_000);
    let opened = share(&mut random, sent, 300_000, 500_000);
    let unique_opens = share(&mut random, contacted, 250_000, 450_000).min(opened);
    let replies = share(&mut random, contacted, 20_000, 60_000);
    let (bounced, unsubscribed) = (share(&mut random, sent, 5_000, 30_000), share(&mut random, sent, 1_000, 5_000));
    let interested = match workspace.temper {
        Temper::Busy => share(&mut random, replies, 550_000, 700_000),
        _ => share(&mut random, replies, 30_000, 90_000),
    };
    Figures {
        emails_sent: sent,
        total_leads_contacted: contacted,
        opened,
        unique_opens_per_contact: unique_opens,
        unique_replies_per_contact: replies,
        bounced,
        unsubscribed,
        interested,
    }
}

/// A part of a number, between two shares in millionths. What is left of a whole falls by chance to
/// one side or the other, so that small numbers do not all become nothing.
fn share(random: &mut Random, of: u64, low: i64, high: i64) -> u64 {
    let millionths = random.between(low, high).unsigned_abs();
    let left = random.below(MILLION as usize) as u64;
    (of * millionths + left) / MILLION
}

impl Sum for Figures {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |a, b| Self {
            emails_sent: a.emails_sent + b.emails_sent,
            total_leads_contacted: a.total_leads_contacted + b.total_leads_contacted,
            opened: a.opened + b.opened,
            unique_opens_per_contact: a.unique_opens_per_contact + b.unique_opens_per_contact,
            unique_replies_per_contact: a.unique_replies_per_contact + b.unique_replies_per_contact,
            bounced: a.bounced + b.bounced,
            unsubscribed: a.unsubscribed + b.unsubscribed,
            interested: a.interested + b.interested,
        })
    }
}

impl Figures {
    /// As the service serves them: each count with its percentage, and some counts as text, in every
    /// workspace others.
    pub(super) fn served(self, workspace: u64) -> Value {
        let counts = [
            ("emails_sent", self.emails_sent, None),
            ("total_leads_contacted", self.total_leads_contacted, None),
            ("opened", self.opened, Some(self.emails_sent)),
            ("unique_opens_per_contact", self.unique_opens_per_contact, Some(self.total_leads_contacted)),
            ("unique_replies_per_contact", self.unique_replies_per_contact, Some(self.total_leads_contacted)),
            ("bounced", self.bounced, Some(self.emails_sent)),
            ("unsubscribed", self.unsubscribed, Some(self.emails_sent)),
            ("interested", self.interested, Some(self.total_leads_contacted)),
        ];
        let mut served = Map::new();
        for (at, (name, count, of)) in counts.into_iter().enumerate() {
            let as_text = (workspace + at as u64).is_multiple_of(3);
            served.insert(name.to_owned(), told(count, as_text));
            if let Some(of) = of {
                served.insert(format!("{name}_percentage"), percentage(count, of, as_text));
            }
        }
        Value::Object(served)
    }
}

/// Two decimals.
fn percentage(count: u64, of: u64, as_text: bool) -> Value {
    let hundredths = (count * 10_000 + of / 2).checked_div(of).unwrap_or_default();
    match as_text {
        true => Value::from(format!("{}.{:02}", hundredths / 100, hundredths % 100)),
        false => Value::from(hundredths as f64 / 100.0),
    }
}
