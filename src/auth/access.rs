//! From facts to rights: an [`Access`] for a person, or for the server acting on a tenant's behalf.

use std::sync::Arc;

use rusqlite::OptionalExtension;

use crate::db::fault;
use crate::kernel::{Error, Id, Result};
use crate::kind::{Access, Actor};

use super::facts::{self, House, Who};
use super::{Auth, Role, Shipped};

/// The rights of somebody who has this role in this tenant.
pub(super) fn access(who: &Who, house: &House, role: &Role) -> Access {
    Access {
        tenant: Arc::clone(&house.tenant),
        actor: Actor { user: Some(who.user), import: None },
        role: Arc::clone(&role.name),
        company: who.company,
        contractor: who.contractor,
        grants: Arc::clone(&role.grants),
        fingerprint: role.fingerprint(house.tenant.key, who.user, who.contractor, who.company),
    }
}

impl Auth {
    /// An owner's rights for nobody in particular: for commands that work on a folder without a
    /// server, where whoever can read the file may do anything.
    ///
    /// # Errors
    /// Not found when no tenant has that slug.
    pub async fn system_access(&self, slug: &str) -> Result<Access> {
        let slug = slug.to_owned();
        let read = self.db.read(move |connection| {
            let sql = "SELECT seq FROM tenants WHERE slug = ?1";
            connection.query_row(sql, [slug], |row| row.get(0)).optional().map_err(fault)?.ok_or_else(Error::not_found)
        });
        self.system_access_to(read.await?).await
    }

    /// The same for the tenant with this key.
    pub async fn system_access_to(&self, key: i64) -> Result<Access> {
        let registry = Arc::clone(&self.registry);
        let tenant = self.db.read(move |connection| facts::house(connection, key, &registry)).await?.tenant;
        let role = &self.shipped[Shipped::Owner as usize];
        Ok(Access {
            fingerprint: role.fingerprint(tenant.key, Id::default(), None, None),
            tenant,
            actor: Actor::default(),
            role: Arc::clone(&role.name),
            company: None,
            contractor: None,
            grants: Arc::clone(&role.grants),
        })
    }

    /// The rights that a user has now, for work that goes on after their request: an import that is
    /// taken up again after a restart.
    ///
    /// # Errors
    /// Forbidden when they are no longer active in the tenant.
    pub async fn access_of(&self, tenant: i64, user: Id) -> Result<Access> {
        let registry = Arc::clone(&self.registry);
        let read = self.db.read(move |connection| {
            let Some(who) = facts::who(connection, tenant, user)? else { return Ok(None) };
            Ok(Some((who, facts::house(connection, tenant, &registry)?)))
        });
        let gone = || Error::forbidden("Whoever began this is no longer active here.");
        let (who, house) = read.await?.ok_or_else(gone)?;
        let role = self.role(&house, &who.role).ok_or_else(gone)?;
        Ok(access(&who, &house, &role))
    }

    pub(super) fn role(&self, house: &House, name: &str) -> Option<Arc<Role>> {
        match Shipped::parse(name) {
            Some(shipped) => Some(Arc::clone(&self.shipped[shipped as usize])),
            None => house.roles.get(name).map(Arc::clone),
        }
    }
}
