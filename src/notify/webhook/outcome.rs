//! What an attempt leads to: it is done, it is tried again later, or its webhook is switched off.

use crate::db::{Change, Value};
use crate::kernel::Moment;
use crate::notify::Sort;

use super::WEBHOOKS;
use super::event::Event;
use super::post::Attempt;
use super::settings::SWITCHED_OFF;
use super::turn::Job;

/// Seconds from one attempt to the next. With the first there are seven, over some 18 hours.
const WAITS_S: [i64; 6] = [5, 300, 1_800, 7_200, 18_000, 36_000];
/// For so long a receiver is left alone after so many failures in a row, whatever waits for it.
const HOLDS_S: [i64; 5] = [5, 30, 120, 600, 1_800];
/// A receiver that did nothing but fail for so long is given up.
const PATIENCE_S: i64 = 5 * 24 * 3600;
/// The status with which a receiver says that it will never be back.
const GONE: u16 = 410;

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Delivered,
    /// It is tried again.
    Later,
    GivenUp,
}

/// What an attempt that ended at `now` changes. `jitter` is between 0 and 1: it keeps those that failed
/// together from coming back together.
pub fn settle(job: &Job, attempt: &Attempt, jitter: f64, now: Moment) -> (Fate, Change) {
    let mut change = Change::new();
    change.touch(job.tenant, WEBHOOKS);
    if attempt.error.is_none() {
        delivered(&mut change, job, attempt, now);
        return (Fate::Delivered, change);
    }
    let test = job.event == Event::Test.as_str();
    let gone = attempt.status == Some(GONE);
    let tired = !test && job.failing_since.is_some_and(|since| now.0 - since.0 >= PATIENCE_S * 1000);
    let wait = WAITS_S.get(usize::try_from(job.attempts).unwrap_or(usize::MAX)).filter(|_| !test && !gone && !tired);
    let next = wait.map(|wait| now.plus_s(spread(*wait, jitter).max(attempt.rest_s.unwrap_or(0))));
    note(&mut change, job, attempt, next, now);
    if test {
        // It says that the receiver does not take messages just now, and begins no count of failures.
        let sql = "UPDATE webhooks SET last_at=? WHERE seq=? AND id=?";
        change.push(sql, vec![now.into(), job.webhook.into(), job.webhook_id.into()]);
    } else {
        hold(&mut change, job, attempt, jitter, now);
    }
    if job.enabled && (gone || tired) {
        switch_off(&mut change, job, if gone { "gone" } else { "failing" }, now);
    }
    (if next.is_some() { Fate::Later } else { Fate::GivenUp }, change)
}

/// A message of a webhook that was switched off while it waited.
pub fn drop_it(job: &Job, now: Moment) -> Change {
    let mut change = Change::new();
    change.push(
        "UPDATE webhook_deliveries SET done_at=?, error=? WHERE seq=? AND id=?",
        vec![now.into(), SWITCHED_OFF.into(), job.seq.into(), job.id.into()],
    );
    change.touch(job.tenant, WEBHOOKS);
    change
}

/// A fifth more or less.
fn spread(seconds: i64, jitter: f64) -> i64 {
    (seconds as f64 * (0.8 + 0.4 * jitter)).ceil() as i64
}

fn delivered(change: &mut Change, job: &Job, attempt: &Attempt, now: Moment) {
    note(change, job, attempt, None, now);
    change.push(
        "UPDATE webhooks SET failures=0, failing_since=NULL, held_until=0, last_at=?1, last_delivered_at=?1
         WHERE seq=?2 AND id=?3",
        vec![now.into(), job.webhook.into(), job.webhook_id.into()],
    );
    if job.failures > 0 {
        // It is back, and whatever waits for it need not wait any longer.
        let sql = "UPDATE webhook_deliveries SET next_at=min(next_at, ?) WHERE webhook=? AND done_at IS NULL";
        change.push(sql, vec![now.into(), job.webhook.into()]);
    }
}

/// Writes the attempt down.
fn note(change: &mut Change, job: &Job, attempt: &Attempt, next: Option<Moment>, now: Moment) {
    change.push(
        "UPDATE webhook_deliveries SET urgent=0, attempts=attempts+1, tried_at=?1, status=?2, answer=?3, error=?4,
           took_ms=?5, delivered=?6, done_at=?7, next_at=coalesce(?8, next_at) WHERE seq=?9 AND id=?10",
        vec![
            now.into(),
            attempt.status.map(i64::from).into(),
            attempt.answer.clone().into(),
            attempt.error.clone().into(),
            i64::try_from(attempt.took.as_millis()).unwrap_or(i64::MAX).into(),
            attempt.error.is_none().into(),
            if next.is_none() { now.into() } else { Value::Null },
            next.into(),
            job.seq.into(),
            job.id.into(),
        ],
    );
}

/// Leaves a receiver that failed alone for a while, so that many messages for one that is dead cost no
/// more than one does.
fn hold(change: &mut Change, job: &Job, attempt: &Attempt, jitter: f64, now: Moment) {
    let step = usize::try_from(job.failures).unwrap_or(usize::MAX).min(HOLDS_S.len() - 1);
    let until = now.plus_s(spread(HOLDS_S[step], jitter).max(attempt.rest_s.unwrap_or(0)));
    change.push(
        "UPDATE webhooks SET failures=failures+1, failing_since=coalesce(failing_since, ?1), last_at=?1, held_until=?2
         WHERE seq=?3 AND id=?4",
        vec![now.into(), until.into(), job.webhook.into(), job.webhook_id.into()],
    );
    change.push(
        "UPDATE webhook_deliveries SET next_at=?1 WHERE webhook=?2 AND done_at IS NULL AND urgent=0 AND next_at<?1",
        vec![until.into(), job.webhook.into()],
    );
}

/// Switches the webhook off, and tells the owners so.
fn switch_off(change: &mut Change, job: &Job, why: &'static str, now: Moment) {
    change.push(
        "UPDATE webhooks SET enabled=0, off_because=? WHERE seq=? AND id=? AND enabled=1",
        vec![why.into(), job.webhook.into(), job.webhook_id.into()],
    );
    change.push(
        "UPDATE webhook_deliveries SET done_at=?, error=coalesce(error, ?) WHERE webhook=? AND done_at IS NULL AND urgent=0",
        vec![now.into(), SWITCHED_OFF.into(), job.webhook.into()],
    );
    change.push(
        "INSERT INTO notices(tenant_id, user_id, at, sort, kind, record_id, told)
         SELECT tenant_id, id, ?, ?, 'webhooks', ?, ? FROM users WHERE tenant_id=? AND role='owner'",
        vec![
            now.into(),
            Sort::WebhookOff.as_str().into(),
            job.webhook_id.into(),
            job.name.as_str().into(),
            job.tenant.into(),
        ],
    );
    change.touch(job.tenant, "notifications");
}
