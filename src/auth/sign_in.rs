//! Signing in: an e-mail address and a password become a session in one tenant.
//!
//! Until the password was found right, every answer is the same whether or not the address is
//! known: the same words, the same time, the same number of tries.

use std::net::IpAddr;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension};
use serde_json::json;

use crate::db::{Change, Value, fault};
use crate::kernel::{Error, Id, Moment, Result, fold, shorten};
use crate::limit::{Attempt, Tier};

use super::epochs::sessions_of;
use super::people::set_password;
use super::session::end;
use super::{Auth, Session, Token, Verdict, check_password, facts};

/// One identity's sessions at once; the least used make room. Bounds the table, not a team.
const SESSIONS_EACH: i64 = 1_000;

/// What somebody presents to sign in.
pub struct SignIn {
    pub email: String,
    pub password: String,
    /// The slug of the tenant, for people who belong to several.
    pub tenant: Option<String>,
    pub origin: Origin,
    /// The session that the request already carries, if any: its own tier then counts.
    pub known: Option<Arc<Session>>,
    /// The mark that an earlier sign-in left on the device, if it brings one.
    pub device: Option<String>,
}

/// Where a request came from, for the throttle and for the list of sessions.
#[derive(Clone, Debug)]
pub struct Origin {
    pub address: IpAddr,
    /// The program that asks, in its own words.
    pub agent: String,
}

/// The token is shown this once.
pub struct SignedIn {
    pub token: String,
    pub session: Arc<Session>,
    pub expires_at: Moment,
    /// The mark for the device to keep, by which it is known the next time.
    pub device: String,
}

/// A person who can sign in, as far as the store knows them.
pub(super) struct Identity {
    pub id: Id,
    pub password: Option<String>,
}

/// A tenant that an identity may enter.
struct Membership {
    key: i64,
    slug: String,
    name: String,
    user: Id,
}

impl Auth {
    /// Opens a session.
    ///
    /// # Errors
    /// - Unauthorized `sign_in_failed`: the address or the password is wrong.
    /// - Unauthorized `no_tenant`: right, but not (any more) active in that tenant or in any.
    /// - Conflict `tenant_needed` with `tenants`: right, and active in several.
    /// - Too many, or busy when many sign in at once.
    pub async fn sign_in(&self, request: SignIn, now: Moment) -> Result<SignedIn> {
        let attempt = self.attempt(&request);
        let (identity, renewed) = self.recognise(&attempt, request.password.clone(), now).await?;
        let SignIn { email, tenant, origin, device, .. } = request;
        let (home, sessions) = self.choose_tenant(identity.id, tenant).await?;
        let token = Token::fresh();
        let mut change = still_so(&identity, &home);
        if let Some(renewed) = renewed {
            change.push(
                "UPDATE identities SET password = ?2, updated_at = ?3 WHERE id = ?1",
                vec![identity.id.into(), renewed.into(), now.into()],
            );
        }
        if sessions >= SESSIONS_EACH {
            make_room(&mut change, identity.id);
        }
        change.push(
            "INSERT INTO sessions(token_sha256, id, identity_id, tenant_id, user_id, created_at, last_used_at, expires_at,
                                  address, agent)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7, ?8, ?9)",
            vec![
                token.digest.into(),
                Id::new().into(),
                identity.id.into(),
                home.key.into(),
                home.user.into(),
                now.into(),
                end(now, now).into(),
                origin.address.to_canonical().to_string().into(),
                shorten(&origin.agent, 200).into(),
            ],
        );
        self.devices.keep(&mut change);
        self.db.write(change).await.map_err(|error| match error.code() {
            // The password or the membership changed between the check and the commit.
            "refused" => failed(),
            _ => error,
        })?;
        self.devices.is_kept();
        let session = self.session(&token.text, now).await?;
        let device = device.filter(|mark| self.devices.find(&email, mark).is_some());
        let device = device.unwrap_or_else(|| self.devices.mark(&email));
        let expires_at = session.expires_at();
        Ok(SignedIn { token: token.text, session, expires_at, device })
    }

    /// A sign-in as the brake on guessing sees it: from a device that is known for this very account,
    /// by a session that it still holds or by its mark, or from a stranger.
    pub fn attempt<'a>(&self, request: &'a SignIn) -> Attempt<'a> {
        let email = request.email.as_str();
        let session = request.known.as_ref().filter(|session| *session.email == *fold(email));
        let mark = || request.device.as_ref().and_then(|mark| self.devices.find(email, mark));
        Attempt {
            email,
            address: request.origin.address,
            device: mark().or_else(|| session.map(|session| *session.id.as_bytes())),
            tier: session.map_or(Tier::Basic, |session| session.tier),
        }
    }

    /// Changes one's own password. This session goes on, every other of the same person ends.
    ///
    /// # Errors
    /// Unauthorized when the present password is wrong; invalid when the new one cannot be taken.
    pub async fn change_password(
        &self,
        session: &Session,
        present: String,
        new: String,
        address: IpAddr,
        now: Moment,
    ) -> Result<()> {
        check_password("password", &new, &[&session.email, &session.name, &session.access.tenant.name])?;
        let device = Some(*session.id.as_bytes());
        let attempt = Attempt { email: &session.email, address, device, tier: session.tier };
        let (identity, _) = self.recognise(&attempt, present, now).await?;
        let password = self.passwords.hash(new).await?;
        self.db.write(set_password(identity.id, &password, Some(session.id), now)).await
    }

    /// The identity whose e-mail address and password these are, and its password's new hash when
    /// the stored one is out of date. Failures are counted and slowed down.
    pub(super) async fn recognise(
        &self,
        attempt: &Attempt<'_>,
        password: String,
        now: Moment,
    ) -> Result<(Identity, Option<String>)> {
        let (email, brake) = (fold(attempt.email), self.limiter.sign_ins());
        let admitted = brake.admit(attempt, now)?;
        let identity = self.db.read(move |connection| find(connection, &email)).await?;
        let stored = identity.as_ref().and_then(|identity| identity.password.clone());
        let verdict = self.passwords.verify(password, stored, attempt.device.is_some()).await?;
        let settled = brake.settle(&admitted, verdict != Verdict::Wrong, now);
        self.limiter.write(&self.db, now);
        settled?;
        match (identity, verdict) {
            (Some(identity), Verdict::Right { renewed }) => Ok((identity, renewed)),
            _ => Err(failed()),
        }
    }

    async fn choose_tenant(&self, identity: Id, slug: Option<String>) -> Result<(Membership, i64)> {
        let (mut homes, sessions) = self.db.read(move |connection| memberships(connection, identity)).await?;
        if let Some(slug) = &slug {
            homes.retain(|home| home.slug == *slug);
        }
        match homes.len() {
            0 => Err(Error::unauthorized(
                "no_tenant",
                "You are not active in this tenant, or in any. Ask an owner to switch your login on.",
            )),
            1 => Ok((homes.remove(0), sessions)),
            _ => {
                let tenants = homes.iter().map(|home| json!({"slug": home.slug, "name": home.name})).collect();
                Err(Error::conflict("tenant_needed", "You belong to several tenants. Say which one to sign in to.")
                    .with("tenants", tenants))
            }
        }
    }
}

/// The words for every failure, lest they tell which addresses are known.
fn failed() -> Error {
    Error::unauthorized("sign_in_failed", "The e-mail address or the password is not right.")
}

pub(super) fn find(connection: &Connection, email: &str) -> Result<Option<Identity>> {
    let mut statement =
        connection.prepare_cached("SELECT id, password FROM identities WHERE email = ?1").map_err(fault)?;
    let row = statement.query_row([email], |row| Ok(Identity { id: facts::id(row, 0)?, password: row.get(1)? }));
    row.optional().map_err(fault)
}

fn memberships(connection: &Connection, identity: Id) -> Result<(Vec<Membership>, i64)> {
    let sql = "SELECT t.seq, t.slug, t.name, u.id FROM users u
               JOIN tenants t ON t.seq = u.tenant_id
               JOIN roles r ON r.tenant_id = u.tenant_id AND r.name = u.role AND r.deleted_at IS NULL
               WHERE u.identity_id = ?1 AND u.active = 1 AND u.deleted_at IS NULL ORDER BY t.name, t.seq";
    let mut statement = connection.prepare_cached(sql).map_err(fault)?;
    let homes = statement.query_map([identity.as_bytes()], |row| {
        Ok(Membership { key: row.get(0)?, slug: row.get(1)?, name: row.get(2)?, user: facts::id(row, 3)? })
    });
    let homes = homes.and_then(Iterator::collect).map_err(fault)?;
    let count = "SELECT COUNT(*) FROM sessions WHERE identity_id = ?1";
    let sessions = connection.query_row(count, [identity.as_bytes()], |row| row.get(0)).map_err(fault)?;
    Ok((homes, sessions))
}

/// A change that only goes through while what was checked still holds: a password reset or a
/// switched-off login that commits first wins.
fn still_so(identity: &Identity, home: &Membership) -> Change {
    let mut change = Change::new();
    change.guard(
        "sign_in",
        "EXISTS (SELECT 1 FROM identities i JOIN users u ON u.identity_id = i.id
                 WHERE i.id = ?1 AND i.password IS ?2 AND u.tenant_id = ?3 AND u.id = ?4
                   AND u.active = 1 AND u.deleted_at IS NULL)",
        vec![identity.id.into(), identity.password.clone().into(), home.key.into(), home.user.into()],
    );
    change
}

fn make_room(change: &mut Change, identity: Id) {
    change.push(
        "DELETE FROM sessions WHERE token_sha256 IN (
             SELECT token_sha256 FROM sessions WHERE identity_id = ?1 ORDER BY last_used_at DESC LIMIT -1 OFFSET ?2)",
        vec![identity.into(), Value::Int(SESSIONS_EACH - 1)],
    );
    change.touch(0, sessions_of(identity));
}
