//! People as changes: a user in a tenant, and the identity that signs in.

use crate::db::{Change, Value};
use crate::kernel::{Error, Id, Moment, Result, fold};

use super::epochs::sessions_of;

/// Somebody new in a tenant.
pub struct NewPerson<'a> {
    /// The user's, from the caller.
    pub id: Id,
    /// The tenant's; it may be part of the same change.
    pub tenant: Id,
    pub name: &'a str,
    pub email: &'a str,
    /// The name of a role.
    pub role: &'a str,
    /// For clients.
    pub company: Option<Id>,
    /// For contractors.
    pub contractor: Option<Id>,
    pub login: Login,
}

/// How somebody signs in.
pub enum Login {
    /// Not at all, for now.
    None,
    /// With an address that nobody signs in with yet, and the hash of a password.
    New { identity: Id, password: String, operator: bool },
    /// As somebody who is known on this server already.
    Known(Id),
}

/// Plans a user, with a login or without.
///
/// # Errors
/// Invalid when the e-mail address cannot be one. A taken address is a conflict at commit.
pub fn add_person(new: &NewPerson<'_>, now: Moment) -> Result<Change> {
    let email = check_email(new.email)?;
    let mut change = Change::new();
    let identity = match &new.login {
        Login::None => None,
        Login::Known(identity) => Some(*identity),
        Login::New { identity, password, operator } => {
            change.extend(create_identity(*identity, &email, password, *operator, now));
            Some(*identity)
        }
    };
    change.push(
        "INSERT INTO users(tenant_id, id, created_at, updated_at, name, email, role, company_id, contractor_id, active,
                           identity_id)
         VALUES ((SELECT seq FROM tenants WHERE id = ?1), ?2, ?3, ?3, ?4, ?5, ?6, ?7, ?8, 1, ?9)",
        vec![
            new.tenant.into(),
            new.id.into(),
            now.into(),
            new.name.trim().into(),
            email.into(),
            new.role.into(),
            new.company.into(),
            new.contractor.into(),
            identity.into(),
        ],
    );
    // Every live record has a row for each filterable field of the tenant's own.
    change.push(
        "INSERT INTO custom_index(tenant_id, field, value, seq)
         SELECT u.tenant_id, f.seq, NULL, u.seq FROM users u
         JOIN custom_fields f ON f.tenant_id = u.tenant_id AND f.kind = 'users' AND f.filterable = 1
          AND f.deleted_at IS NULL
         WHERE u.tenant_id = (SELECT seq FROM tenants WHERE id = ?1) AND u.id = ?2",
        vec![new.tenant.into(), new.id.into()],
    );
    change.push(
        "INSERT INTO activity(tenant_id, at, kind, record_id, action, version)
         VALUES ((SELECT seq FROM tenants WHERE id = ?1), ?2, 'users', ?3, 'create', 1)",
        vec![new.tenant.into(), now.into(), new.id.into()],
    );
    // The tenant may be part of the same change and has no key yet: all tenants look again.
    change.touch(0, "users");
    Ok(change)
}

/// Plans an identity. `email` is folded.
pub(super) fn create_identity(id: Id, email: &str, password: &str, operator: bool, now: Moment) -> Change {
    let mut change = Change::new();
    change.push(
        "INSERT INTO identities(id, email, password, operator, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
        vec![id.into(), email.into(), password.into(), operator.into(), now.into()],
    );
    change
}

/// Plans a new password: the old sessions end, for whoever opened them knew the old one, and links
/// to set another no longer work.
pub(super) fn set_password(identity: Id, password: &str, keep: Option<Id>, now: Moment) -> Change {
    let mut change = Change::new();
    change.push(
        "UPDATE identities SET password = ?2, updated_at = ?3 WHERE id = ?1",
        vec![identity.into(), password.into(), now.into()],
    );
    change.push(
        "DELETE FROM sessions WHERE identity_id = ?1 AND id IS NOT ?2",
        vec![identity.into(), keep.map_or(Value::Null, Value::from)],
    );
    change.push("DELETE FROM links WHERE identity_id = ?1 AND purpose = 'reset'", vec![identity.into()]);
    change.touch(0, sessions_of(identity));
    change
}

/// The address in the form that people are found by.
pub(super) fn check_email(email: &str) -> Result<String> {
    let folded = fold(email);
    let plausible = folded.len() <= 254
        && !folded.contains(char::is_whitespace)
        && folded
            .split_once('@')
            .is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty() && !domain.contains('@'));
    if plausible { Ok(folded) } else { Err(Error::field("email", "format", "Give an e-mail address.")) }
}
