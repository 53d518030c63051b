//! Webhooks: messages to other programs, in the words of a chat or signed as Standard Webhooks has it.
//!
//! A message is a row of `webhook_deliveries`, written in the change that causes it ([`announce`]), one
//! for each webhook that follows the event. A thread of its own ([`Courier`]) takes it there and tries
//! again for about a day, so that no change ever waits for a receiver and a restart loses none.

mod address;
mod alerts;
mod courier;
mod endpoint;
mod event;
mod log;
mod outcome;
mod post;
mod settings;
mod sign;
mod turn;

use crate::db::{Change, Purge, Value};
use crate::kernel::Moment;

pub use address::Place;
pub use alerts::{announce_alerts, sentence};
pub use courier::{Courier, Round, Tally, Wake, Woken, waker};
pub use endpoint::{SEALED, Sort, index, one, secret};
pub use event::{Event, Message};
pub use log::{log, logged, plan_resend, plan_test};
pub use settings::{Keys, MOST, Wish, plan_create, plan_delete, plan_update};

/// What a change touches that has something to send: the thread is woken by it.
pub const WEBHOOKS: &str = "webhooks";

/// Adds an event of a tenant to the change that causes it: its webhooks that follow it are told, each
/// once of the same thing.
pub fn announce(change: &mut Change, tenant: i64, message: &Message) {
    push(change, message, "w.tenant_id = ?7", vec![Value::Int(tenant)]);
    change.touch(tenant, WEBHOOKS);
}

/// One message for each webhook that is switched on, follows the event, and fulfils the condition,
/// whose parameters are `?7` and on.
fn push(change: &mut Change, message: &Message, whose: &str, more: Vec<Value>) {
    change.push(
        format!(
            "INSERT INTO webhook_deliveries
               (tenant_id, webhook, id, event, about, at, text, body, urgent, attempts, next_at, delivered)
             SELECT w.tenant_id, w.seq, ?1, ?2, ?3, ?4, ?5, ?6, 0, 0, max(?4, w.held_until), 0 FROM webhooks w
             WHERE w.enabled = 1 AND EXISTS (SELECT 1 FROM json_each(w.events) WHERE value = ?2) AND {whose}
             ON CONFLICT DO NOTHING"
        ),
        [message.row(), more].concat(),
    );
}

/// What is too old.
pub fn outdated(days: u32, now: Moment) -> Purge {
    Purge {
        table: "webhook_deliveries",
        key: "seq",
        gone: "at<?1",
        before: now.plus_s(-24 * 3600 * i64::from(days)),
        piece: 500,
        touches: None,
    }
}
