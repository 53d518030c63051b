//! Links that work once: the first set-up, an invitation, a forgotten password.
//!
//! No mail server is needed: an owner copies the link and hands it over. It is stored as a digest,
//! it ends by itself, and what it does and that it was used stand in one change. Every link that
//! does not work is refused with the same words, whether it was used, is too old or never was.

use rusqlite::{Connection, OptionalExtension};

use crate::db::{Change, Value, fault};
use crate::kernel::{Error, Id, Moment, Result, fold};

use super::{Auth, Digest, Session, Token, facts};

const MINUTE_S: i64 = 60;
const DAY_S: i64 = 86_400;

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Makes the first tenant and its owner, who runs the server.
    Setup,
    /// Gives a user of a tenant a login.
    Invite,
    /// Sets a new password.
    Reset,
}

impl Purpose {
    fn parse(s: &str) -> Option<Self> {
        [Self::Setup, Self::Invite, Self::Reset].into_iter().find(|purpose| purpose.as_str() == s)
    }

    pub fn as_str(self) -> &'static str {
        ["setup", "invite", "reset"][self as usize]
    }

    /// How long it works.
    fn life_s(self) -> i64 {
        [30 * MINUTE_S, 7 * DAY_S, DAY_S][self as usize]
    }
}

/// A fresh link. The token is shown this once.
pub struct Link {
    pub token: String,
    pub purpose: Purpose,
    pub expires_at: Moment,
}

/// What a link that still works says to whoever opens it.
#[derive(Debug)]
pub struct LinkView {
    pub purpose: Purpose,
    /// Whom it is for; empty for the first set-up.
    pub email: String,
    pub person: String,
    pub tenant: String,
    pub expires_at: Moment,
}

/// A link that still works.
pub(super) struct OpenLink {
    pub digest: Digest,
    pub purpose: Purpose,
    pub identity: Option<Id>,
    /// The tenant's key, or none when an operator made it for the whole server.
    pub tenant: Option<i64>,
    pub user: Option<Id>,
    pub email: String,
    pub person: String,
    pub tenant_name: String,
    pub expires_at: Moment,
}

/// Whom a link is to be made for.
struct Target {
    identity: Option<Id>,
    email: Option<String>,
    ready: bool,
    /// The identity counts outside this tenant too: it is at home elsewhere or runs the server.
    beyond: bool,
}

impl Auth {
    /// A new link for the first set-up; earlier ones stop working.
    pub async fn setup_link(&self, now: Moment) -> Result<Link> {
        let mut change = Change::new();
        change.guard("set_up", "NOT EXISTS (SELECT 1 FROM identities)", vec![]);
        change.push("DELETE FROM links WHERE purpose = 'setup'", vec![]);
        self.put(Purpose::Setup, change, [Value::Null, Value::Null, Value::Null, Value::Null], now).await
    }

    /// A link that gives a user of the owner's tenant a login; earlier ones stop working.
    ///
    /// # Errors
    /// Forbidden unless an owner asks; a conflict when the user has a login already, or no address,
    /// no role, or is switched off.
    pub async fn invite_link(&self, owner: &Session, user: Id, now: Moment) -> Result<Link> {
        let target = self.target(owner, user).await?;
        if target.identity.is_some() {
            return Err(Error::conflict(
                "has_login",
                "This person can sign in already. Make a link for a new password.",
            ));
        }
        if !target.ready {
            let message = "Give this person an e-mail address and a role, and switch them on, before you invite them.";
            return Err(Error::conflict("not_ready", message));
        }
        let key = owner.access.tenant.key;
        let mut change = Change::new();
        change.push("DELETE FROM links WHERE tenant_id = ?1 AND user_id = ?2", vec![key.into(), user.into()]);
        self.put(Purpose::Invite, change, [Value::Null, key.into(), user.into(), target.email.into()], now).await
    }

    /// A link with which a user of the owner's tenant sets a new password; earlier ones stop working.
    ///
    /// # Errors
    /// Forbidden unless an owner asks, and when the password opens more than the owner's own tenant:
    /// then only the operator may.
    pub async fn reset_link(&self, owner: &Session, user: Id, now: Moment) -> Result<Link> {
        let target = self.target(owner, user).await?;
        let Some(identity) = target.identity else {
            return Err(Error::conflict("no_login", "This person has no login yet. Invite them instead."));
        };
        if target.beyond && !owner.operator {
            return Err(Error::forbidden("Only the operator of this server can renew this person's password."));
        }
        // Without a tenant the link holds for the whole server; with one it is checked again when used.
        let scope = if owner.operator { Value::Null } else { owner.access.tenant.key.into() };
        let mut change = Change::new();
        change.push("DELETE FROM links WHERE identity_id = ?1 AND purpose = 'reset'", vec![identity.into()]);
        self.put(Purpose::Reset, change, [identity.into(), scope, user.into(), target.email.into()], now).await
    }

    /// What a link is for, to greet whoever opens it.
    pub async fn open_link(&self, token: &str, now: Moment) -> Result<LinkView> {
        let link = self.find_link(token, now).await?;
        Ok(LinkView {
            purpose: link.purpose,
            email: link.email,
            person: link.person,
            tenant: link.tenant_name,
            expires_at: link.expires_at,
        })
    }

    pub(super) async fn find_link(&self, token: &str, now: Moment) -> Result<OpenLink> {
        let digest = Digest::of(token).ok_or_else(spent)?;
        self.db.read(move |connection| find(connection, digest, now)).await?.ok_or_else(spent)
    }

    async fn put(&self, purpose: Purpose, mut change: Change, about: [Value; 4], now: Moment) -> Result<Link> {
        let token = Token::fresh();
        let expires_at = now.plus_s(purpose.life_s());
        let start: [Value; 3] = [token.digest.into(), purpose.as_str().into(), expires_at.into()];
        change.push(
            "INSERT INTO links(token_sha256, purpose, expires_at, identity_id, tenant_id, user_id, email)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            start.into_iter().chain(about).collect(),
        );
        self.db.write(change).await?;
        Ok(Link { token: token.text, purpose, expires_at })
    }

    async fn target(&self, owner: &Session, user: Id) -> Result<Target> {
        if !owner.is_owner() {
            return Err(Error::forbidden("Only an owner can let people in."));
        }
        let key = owner.access.tenant.key;
        self.db.read(move |connection| target(connection, key, user)).await?.ok_or_else(Error::not_found)
    }
}

/// The guard and the mark of a single use: of two who use a link at once, one is refused.
pub(super) fn use_up(link: &OpenLink, now: Moment) -> Change {
    let mut change = Change::new();
    change.guard(
        "link",
        "EXISTS (SELECT 1 FROM links WHERE token_sha256 = ?1 AND used_at IS NULL AND expires_at > ?2)",
        vec![link.digest.into(), now.into()],
    );
    change.push("UPDATE links SET used_at = ?2 WHERE token_sha256 = ?1", vec![link.digest.into(), now.into()]);
    change
}

/// The words for every link that does not work.
pub(super) fn spent() -> Error {
    Error::unauthorized("link_spent", "This link was used already or is too old. Ask for a new one.")
}

/// Is the identity at home in another tenant than this, or does it run the server?
pub(super) const BEYOND: &str = "EXISTS (SELECT 1 FROM users o WHERE o.identity_id = i.id AND o.tenant_id <> ?1)
     OR i.operator = 1";

fn target(connection: &Connection, tenant: i64, user: Id) -> Result<Option<Target>> {
    let sql = format!(
        "SELECT u.identity_id, COALESCE(i.email, u.email),
                u.active = 1 AND u.email IS NOT NULL AND u.role IS NOT NULL, COALESCE({BEYOND}, 0)
         FROM users u LEFT JOIN identities i ON i.id = u.identity_id
         WHERE u.tenant_id = ?1 AND u.id = ?2 AND u.deleted_at IS NULL"
    );
    let row = connection.query_row(&sql, (tenant, user.as_bytes()), |row| {
        Ok(Target {
            identity: facts::optional_id(row, 0)?,
            email: row.get(1)?,
            ready: row.get(2)?,
            beyond: row.get(3)?,
        })
    });
    row.optional().map_err(fault)
}

fn find(connection: &Connection, digest: Digest, now: Moment) -> Result<Option<OpenLink>> {
    let sql = "SELECT l.purpose, l.identity_id, l.tenant_id, l.user_id, l.email, u.name, t.name, l.expires_at
               FROM links l
               LEFT JOIN tenants t ON t.seq = l.tenant_id
               LEFT JOIN users u ON u.tenant_id = l.tenant_id AND u.id = l.user_id
               WHERE l.token_sha256 = ?1 AND l.used_at IS NULL AND l.expires_at > ?2";
    let row = connection.query_row(sql, (digest.as_bytes(), now.0), |row| {
        let Some(purpose) = Purpose::parse(&row.get::<_, String>(0)?) else { return Ok(None) };
        Ok(Some(OpenLink {
            digest,
            purpose,
            identity: facts::optional_id(row, 1)?,
            tenant: row.get(2)?,
            user: facts::optional_id(row, 3)?,
            email: row.get::<_, Option<String>>(4)?.map(|email| fold(&email)).unwrap_or_default(),
            person: row.get::<_, Option<String>>(5)?.unwrap_or_default(),
            tenant_name: row.get::<_, Option<String>>(6)?.unwrap_or_default(),
            expires_at: Moment(row.get(7)?),
        }))
    });
    Ok(row.optional().map_err(fault)?.flatten())
}
