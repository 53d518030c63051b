//! One round: the letters whose turn it is, each written under the rights that its reader has now.

use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use rusqlite::OptionalExtension;

use crate::db::{Change, Value, fault};
use crate::kernel::{Error, Id, Moment, Result};
use crate::kind::Access;
use crate::notify::list::one;
use crate::record::View;

use super::letter::Letter;
use super::{Postman, Sent};

/// Letters of one round.
const AT_ONCE: i64 = 50;
/// The first wait after a failure; each further one is twice as long, up to the longest.
const WAIT_S: i64 = 60;
const LONGEST_S: i64 = 6 * 3600;
/// Then a letter is given up, some 14 hours after it was written.
const ATTEMPTS: i64 = 10;

/// What one round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    pub sent: u64,
    pub later: u64,
    pub given_up: u64,
}

struct Waiting {
    seq: i64,
    tenant: i64,
    user: Id,
    number: i64,
    attempts: i64,
}

impl Postman {
    /// Sends what is due. It waits for the database and for the mail server.
    pub fn deliver(&self, now: Moment) -> Result<Delivered> {
        let runtime = tokio::runtime::Builder::new_current_thread().build().map_err(Error::internal)?;
        let mut done = Delivered::default();
        let due = self.due(now)?;
        let mut left = due.len() as u64;
        for waiting in due {
            self.tally.waiting.store(left + done.later, Relaxed);
            if self.stopping.load(Relaxed) {
                break;
            }
            // Who was let go, or has read it by now, is not written to.
            let letter = match runtime.block_on(self.auth.access_of(waiting.tenant, waiting.user)) {
                Ok(access) => self.letter(&waiting, Arc::new(access))?,
                Err(Error::Internal(source)) => return Err(Error::Internal(source)),
                Err(_) => None,
            };
            let outcome = letter.map(|letter| self.send(&letter));
            let (number, nowhere) = (waiting.seq, matches!(outcome, Some(Sent::Nowhere(_))));
            left -= 1;
            let again = match outcome {
                Some(Sent::Later(why) | Sent::Nowhere(why)) if waiting.attempts + 1 < ATTEMPTS => {
                    tracing::warn!(letter = number, why, "a letter could not be sent and is tried again");
                    done.later += 1;
                    true
                }
                Some(Sent::Later(why) | Sent::Nowhere(why) | Sent::Refused(why)) => {
                    tracing::warn!(letter = number, why, "a letter could not be sent and was given up");
                    done.given_up += 1;
                    false
                }
                Some(Sent::Taken) => {
                    tracing::debug!(letter = number, "a letter was sent");
                    done.sent += 1;
                    false
                }
                None => false,
            };
            self.db.write(put_away(&waiting, again, now)).wait()?;
            if nowhere {
                break;
            }
        }
        self.tally.sent.fetch_add(done.sent, Relaxed);
        self.tally.given_up.fetch_add(done.given_up, Relaxed);
        self.tally.waiting.store(left + done.later, Relaxed);
        Ok(done)
    }

    fn due(&self, now: Moment) -> Result<Vec<Waiting>> {
        let read = self.db.read(move |conn| {
            let sql =
                "SELECT seq, tenant_id, user_id, number, attempts FROM mails WHERE next_at<=? ORDER BY next_at LIMIT ?";
            let mut statement = conn.prepare_cached(sql).map_err(fault)?;
            let rows = statement.query_map((now.0, AT_ONCE), |row| {
                Ok(Waiting {
                    seq: row.get(0)?,
                    tenant: row.get(1)?,
                    user: Value::from_sql(row.get_ref(2)?).as_id().unwrap_or_default(),
                    number: row.get(3)?,
                    attempts: row.get(4)?,
                })
            });
            rows.map_err(fault)?.collect::<rusqlite::Result<Vec<_>>>().map_err(fault)
        });
        read.wait()
    }

    fn letter(&self, waiting: &Waiting, access: Arc<Access>) -> Result<Option<Letter>> {
        let (registry, number, url) = (Arc::clone(&self.registry), waiting.number, self.public_url.clone());
        let read = self.db.read(move |conn| {
            let view = View::new(conn, &registry, &access);
            let Some(told) = one(&view, number)?.filter(|told| told["read"] == false) else { return Ok(None) };
            let sql =
                "SELECT i.email FROM users u JOIN identities i ON i.id=u.identity_id WHERE u.tenant_id=? AND u.id=?";
            let mut statement = conn.prepare_cached(sql).map_err(fault)?;
            let of = (access.tenant.key, access.actor.user.unwrap_or_default());
            let to: Option<String> =
                statement.query_row((of.0, of.1.as_bytes()), |row| row.get(0)).optional().map_err(fault)?;
            Ok(to.map(|to| Letter::about(&told, &to, &access.tenant.name, url.as_deref())))
        });
        read.wait()
    }
}

/// Takes the letter out of the table, or puts it behind.
fn put_away(waiting: &Waiting, again: bool, now: Moment) -> Change {
    let mut change = Change::new();
    if again {
        let wait = (WAIT_S << waiting.attempts.min(20)).min(LONGEST_S);
        change.push(
            "UPDATE mails SET attempts=attempts+1, next_at=? WHERE seq=?",
            vec![Value::from(now.plus_s(wait)), Value::Int(waiting.seq)],
        );
    } else {
        change.push("DELETE FROM mails WHERE seq=?", vec![Value::Int(waiting.seq)]);
    }
    change.touch(waiting.tenant, "mails");
    change
}
