//! What the operator of the server may do about people without being one of a tenant's owners:
//! `larder admin create` and `larder admin reset-password`.

use rusqlite::{Connection, OptionalExtension};

use crate::db::{Change, fault};
use crate::kernel::{Error, Id, Moment, Result};

use super::people::{Login, NewPerson, add_person, check_email, create_identity, set_password};
use super::sign_in::find;
use super::tenants::{create_tenant, slug_of};
use super::{Auth, Setup, Shipped, check_password, facts};

/// What is there already of what an operator asks for.
struct Found {
    tenant: Option<Id>,
    identity: Option<Id>,
    /// The person's row in that tenant, with a login or without.
    user: Option<Id>,
}

impl Auth {
    /// Makes an operator who owns the named tenant, and the tenant when there is none of that slug.
    /// Somebody whose address is known already is given the new password.
    pub async fn create_operator(&self, setup: Setup, now: Moment) -> Result<()> {
        let email = check_email(&setup.email)?;
        check_password("password", &setup.password, &[&email, &setup.name, &setup.tenant.name])?;
        let (slug, wanted) = (slug_of(&setup.tenant), email.clone());
        let found = self.db.read(move |connection| look_for(connection, &slug, &wanted)).await?;
        let (tenant, mut change) = match found.tenant {
            Some(id) => (id, Change::new()),
            None => create_tenant(&setup.tenant, &mut Id::new, now)?,
        };
        let password = self.passwords.hash(setup.password).await?;
        let identity = found.identity.unwrap_or_default();
        if found.identity.is_some() {
            change.extend(set_password(identity, &password, None, now));
            change.push("UPDATE identities SET operator = 1 WHERE id = ?1", vec![identity.into()]);
        } else {
            change.extend(create_identity(identity, &email, &password, true, now));
        }
        let role = Shipped::Owner.name();
        if let Some(user) = found.user {
            change.push(
                "UPDATE users SET role = ?3, active = 1, identity_id = ?4, version = version + 1, updated_at = ?5
                 WHERE tenant_id = (SELECT seq FROM tenants WHERE id = ?1) AND id = ?2",
                vec![tenant.into(), user.into(), role.into(), identity.into(), now.into()],
            );
            change.touch(0, "users");
        } else {
            let login = Login::Known(identity);
            let owner = NewPerson {
                id: Id::new(),
                tenant,
                name: &setup.name,
                email: &email,
                role,
                company: None,
                contractor: None,
                login,
            };
            change.extend(add_person(&owner, now)?);
        }
        self.db.write(change).await
    }

    /// Sets somebody's password from the command line and ends their sessions.
    ///
    /// # Errors
    /// Not found when nobody signs in with that address.
    pub async fn reset_password(&self, email: &str, password: String, now: Moment) -> Result<()> {
        let email = check_email(email)?;
        check_password("password", &password, &[&email])?;
        let identity = self.db.read(move |connection| find(connection, &email)).await?;
        let identity = identity.ok_or_else(Error::not_found)?;
        let password = self.passwords.hash(password).await?;
        self.db.write(set_password(identity.id, &password, None, now)).await
    }
}

fn look_for(connection: &Connection, slug: &str, email: &str) -> Result<Found> {
    let sql = "SELECT seq, id FROM tenants WHERE slug = ?1";
    let row = connection.query_row(sql, [slug], |row| Ok((row.get::<_, i64>(0)?, facts::id(row, 1)?)));
    let tenant = row.optional().map_err(fault)?;
    let identity = find(connection, email)?.map(|identity| identity.id);
    let sql = "SELECT id FROM users WHERE tenant_id = ?1 AND deleted_at IS NULL
               AND (identity_id = ?2 OR (identity_id IS NULL AND email = ?3)) ORDER BY identity_id IS NULL LIMIT 1";
    let params = (tenant.map(|(key, _)| key), identity.as_ref().map(Id::as_bytes), email);
    let user = connection.query_row(sql, params, |row| facts::id(row, 0)).optional().map_err(fault)?;
    Ok(Found { tenant: tenant.map(|(_, id)| id), identity, user })
}
