//! Sessions: who a token belongs to, from memory as long as nothing about them has changed.
//!
//! A session lives 14 days from its last use and 90 days in all; its cached facts live 24 hours at
//! most (C24). It is bound to one tenant. When the person's role changes, is switched off or taken
//! away, a trigger ends the session in the same change, so the new rights begin with a new token.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};

use crate::db::Change;
use crate::kernel::{Error, Id, Moment, Result};
use crate::kind::Access;
use crate::limit::Tier;

use super::access::access;
use super::epochs::{Stamp, sessions_of};
use super::facts::{self, House, Person};
use super::{Auth, Digest, Role, Shipped};

const DAY_S: i64 = 86_400;
const IDLE_S: i64 = 14 * DAY_S;
const LONGEST_S: i64 = 90 * DAY_S;
const FACTS_S: i64 = DAY_S;
/// The last use is written at most this often.
const NOTE_USE_S: i64 = 3_600;

/// A signed-in person in one tenant.
pub struct Session {
    pub id: Id,
    pub identity: Id,
    pub user: Id,
    pub name: Arc<str>,
    /// The address that they sign in with.
    pub email: Arc<str>,
    /// May see the server's own pages: metrics, administration, backups. Never business rows.
    pub operator: bool,
    pub tier: Tier,
    pub access: Arc<Access>,
    pub created_at: Moment,
    pub(super) digest: Digest,
    last_used_at: AtomicI64,
    loaded_at: Moment,
    stamp: Stamp,
}

/// A tenant's facts and the state of its counters when they were read.
pub(super) struct Stamped {
    pub house: House,
    stamp: Stamp,
}

/// One line of the list of own sessions.
#[derive(Debug)]
pub struct SessionLine {
    pub id: Id,
    pub created_at: Moment,
    pub last_used_at: Moment,
    pub expires_at: Moment,
    pub address: String,
    pub agent: String,
    /// The one that asks.
    pub current: bool,
}

/// When a session ends that began and was last used then.
pub(super) fn end(created_at: Moment, last_used_at: Moment) -> Moment {
    last_used_at.plus_s(IDLE_S).min(created_at.plus_s(LONGEST_S))
}

impl Session {
    pub fn expires_at(&self) -> Moment {
        end(self.created_at, Moment(self.last_used_at.load(Relaxed)))
    }

    /// The state of the tenant's rights and definitions that [`Self::access`] was compiled from: for
    /// the names of cached answers.
    pub fn rights(&self) -> u64 {
        self.stamp.rights()
    }

    fn is_fresh(&self, now: Moment) -> bool {
        now < self.loaded_at.plus_s(FACTS_S) && now < self.expires_at()
    }

    pub fn is_owner(&self) -> bool {
        &*self.access.role == Shipped::Owner.name()
    }
}

impl Auth {
    /// The session of a token.
    ///
    /// # Errors
    /// Unauthorized when there is none, or it has ended.
    pub async fn session(&self, token: &str, now: Moment) -> Result<Arc<Session>> {
        let digest = Digest::of(token).ok_or_else(not_signed_in)?;
        if let Some(session) = self.remembered(digest, now) {
            return Ok(session);
        }
        let session = self.load(digest, now).await?;
        self.note_use(&session, now);
        Ok(session)
    }

    /// The sessions that were used last within a day, into memory.
    pub async fn latest_sessions(&self, most: usize, now: Moment) -> Result<Vec<Arc<Session>>> {
        let digests = self.db.read(move |connection| facts::latest_digests(connection, most, now.plus_s(-DAY_S), now));
        let mut sessions = Vec::new();
        for digest in digests.await? {
            // One that ended meanwhile is not missed.
            sessions.extend(self.load(digest, now).await.ok());
        }
        Ok(sessions)
    }

    /// The session of a token when it can be told without asking the database. This is the way of
    /// nearly every request: one digest, one look into memory, three counters.
    pub fn session_at_hand(&self, token: &str, now: Moment) -> Option<Arc<Session>> {
        self.remembered(Digest::of(token)?, now)
    }

    /// The same session as it stands now: itself while nothing about it has changed.
    ///
    /// # Errors
    /// Unauthorized when it has ended.
    pub async fn renewed(&self, session: &Arc<Session>, now: Moment) -> Result<Arc<Session>> {
        if self.epochs.stands(&session.stamp) && session.is_fresh(now) {
            return Ok(Arc::clone(session));
        }
        match self.remembered(session.digest, now) {
            Some(session) => Ok(session),
            None => self.load(session.digest, now).await,
        }
    }

    fn remembered(&self, digest: Digest, now: Moment) -> Option<Arc<Session>> {
        let session = self.sessions.get(&digest)?;
        if !self.epochs.stands(&session.stamp) || !session.is_fresh(now) {
            return None;
        }
        self.note_use(&session, now);
        Some(session)
    }

    async fn load(&self, digest: Digest, now: Moment) -> Result<Arc<Session>> {
        let before = self.epochs.any();
        let (registry, houses, epochs) =
            (Arc::clone(&self.registry), Arc::clone(&self.houses), Arc::clone(&self.epochs));
        let found = self.db.read(move |connection| {
            let Some(person) = facts::person(connection, digest, now)? else { return Ok(None) };
            let known = houses.get(&person.who.tenant).filter(|known| epochs.stands(&known.stamp));
            let house = match known {
                Some(known) => Ok(known),
                None => Err(facts::house(connection, person.who.tenant, &registry)?),
            };
            Ok(Some((person, house)))
        });
        let Some((person, house)) = found.await? else {
            self.sessions.remove(&digest);
            return Err(not_signed_in());
        };
        let stamp = self.epochs.stamp(person.who.tenant, person.identity);
        // Nothing moved since before the read, so what was read may be kept. Otherwise it still is
        // good for this request, which began before the change was acknowledged.
        let keep = self.epochs.any() == before;
        let house = house.unwrap_or_else(|house| {
            let stamped = Arc::new(Stamped { house, stamp: stamp.clone() });
            if keep {
                self.houses.insert(person.who.tenant, Arc::clone(&stamped));
            }
            stamped
        });
        let role = self.role(&house.house, &person.who.role).ok_or_else(not_signed_in)?;
        let access = access(&person.who, &house.house, &role);
        let session = Arc::new(seat(person, access, &role, digest, stamp, now));
        if keep {
            self.sessions.insert(digest, Arc::clone(&session));
        }
        Ok(session)
    }

    /// Writes the last use once an hour. Nobody waits for it: a lost one ends the session an hour
    /// early in two weeks.
    fn note_use(&self, session: &Session, now: Moment) {
        let last = session.last_used_at.load(Relaxed);
        let due = now.0 >= Moment(last).plus_s(NOTE_USE_S).0;
        if due && session.last_used_at.compare_exchange(last, now.0, Relaxed, Relaxed).is_ok() {
            let mut change = Change::new();
            change.push(
                "UPDATE sessions SET last_used_at = ?2, expires_at = ?3 WHERE token_sha256 = ?1",
                vec![session.digest.into(), now.into(), end(session.created_at, now).into()],
            );
            drop(self.db.write(change));
        }
    }

    /// Ends this session at once.
    pub async fn sign_out(&self, session: &Session) -> Result<()> {
        let mut change = Change::new();
        change.push("DELETE FROM sessions WHERE token_sha256 = ?1", vec![session.digest.into()]);
        change.touch(0, sessions_of(session.identity));
        self.db.write(change).await
    }

    /// The sessions of the same person in the same tenant, the last used first.
    pub async fn sessions(&self, session: &Session, now: Moment) -> Result<Vec<SessionLine>> {
        let (tenant, user, own) = (session.access.tenant.key, session.user, session.id);
        let lines = self.db.read(move |connection| {
            let sql = "SELECT id, created_at, last_used_at, expires_at, address, agent FROM sessions
                       WHERE tenant_id = ?1 AND user_id = ?2 AND expires_at > ?3 ORDER BY last_used_at DESC, id LIMIT 200";
            let mut statement = connection.prepare_cached(sql).map_err(crate::db::fault)?;
            let rows = statement.query_map((tenant, user.as_bytes(), now.0), |row| {
                let id = facts::id(row, 0)?;
                Ok(SessionLine {
                    id,
                    created_at: Moment(row.get(1)?),
                    last_used_at: Moment(row.get(2)?),
                    expires_at: Moment(row.get(3)?),
                    address: row.get::<_, Option<String>>(4)?.unwrap_or_default(),
                    agent: row.get::<_, Option<String>>(5)?.unwrap_or_default(),
                    current: id == own,
                })
            });
            rows.and_then(Iterator::collect).map_err(crate::db::fault)
        });
        lines.await
    }

    /// Ends one of the same person's sessions in the same tenant, from any device.
    ///
    /// # Errors
    /// Not found when it is somebody else's or none at all.
    pub async fn revoke(&self, session: &Session, id: Id) -> Result<()> {
        let whose = "tenant_id = ?1 AND user_id = ?2 AND id = ?3";
        let params = vec![session.access.tenant.key.into(), session.user.into(), id.into()];
        let mut change = Change::new();
        change.guard("gone", &format!("EXISTS (SELECT 1 FROM sessions WHERE {whose})"), params.clone());
        change.push(format!("DELETE FROM sessions WHERE {whose}"), params);
        change.touch(0, sessions_of(session.identity));
        self.db.write(change).await
    }
}

fn seat(person: Person, access: Access, role: &Role, digest: Digest, stamp: Stamp, now: Moment) -> Session {
    Session {
        id: person.session,
        identity: person.identity,
        user: person.who.user,
        name: person.name,
        email: person.email,
        operator: person.operator,
        tier: person.tier.unwrap_or(role.tier),
        access: Arc::new(access),
        created_at: person.created_at,
        digest,
        last_used_at: AtomicI64::new(person.last_used_at.0),
        loaded_at: now,
        stamp,
    }
}

fn not_signed_in() -> Error {
    Error::unauthorized("not_signed_in", "You are not signed in, or your session has ended. Sign in again.")
}
