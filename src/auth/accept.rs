//! What one-time links do when they are used.

use std::net::IpAddr;
use std::sync::atomic::Ordering::Relaxed;

use crate::db::{Change, Value, fault};
use crate::kernel::{Error, Id, Moment, Result};
use crate::limit::{Attempt, Tier};

use super::links::{BEYOND, OpenLink, Purpose, spent, use_up};
use super::people::{Login, NewPerson, add_person, check_email, create_identity, set_password};
use super::tenants::{NewTenant, create_tenant};
use super::{Auth, Shipped, check_password, sign_in};

/// The first set-up: the owner, who also runs the server, and their business.
pub struct Setup {
    pub name: String,
    pub email: String,
    pub password: String,
    pub tenant: NewTenant,
}

impl Auth {
    /// True once anybody can sign in. Until then only the set-up page works.
    pub async fn is_set_up(&self) -> Result<bool> {
        if !self.set_up.load(Relaxed) {
            let sql = "SELECT EXISTS (SELECT 1 FROM identities)";
            let read = self.db.read(move |connection| connection.query_row(sql, [], |row| row.get(0)).map_err(fault));
            self.set_up.store(read.await?, Relaxed);
        }
        Ok(self.set_up.load(Relaxed))
    }

    /// Uses a link of [`Purpose::Setup`]: makes the tenant and its owner, who may sign in from then on.
    ///
    /// # Errors
    /// Unauthorized `link_spent`; invalid with one field error for each part that cannot be.
    pub async fn set_up(&self, token: &str, setup: Setup, now: Moment) -> Result<()> {
        let link = self.find_link(token, now).await?;
        if link.purpose != Purpose::Setup {
            return Err(spent());
        }
        let mut change = use_up(&link, now);
        change.guard("set_up", "NOT EXISTS (SELECT 1 FROM identities)", vec![]);
        change.extend(self.first_owner(setup, now).await?);
        self.use_link(change).await
    }

    /// Plans a tenant and its owner, who is an operator too.
    async fn first_owner(&self, setup: Setup, now: Moment) -> Result<Change> {
        let Setup { name, email, password, tenant } = setup;
        if name.trim().is_empty() {
            return Err(Error::field("name", "required", "Give your name."));
        }
        check_email(&email)?;
        check_password("password", &password, &[&email, &name, &tenant.name])?;
        let (tenant, mut change) = create_tenant(&tenant, &mut Id::new, now)?;
        let password = self.passwords.hash(password).await?;
        let owner = NewPerson {
            id: Id::new(),
            tenant,
            name: &name,
            email: &email,
            role: Shipped::Owner.name(),
            company: None,
            contractor: None,
            login: Login::New { identity: Id::new(), password, operator: true },
        };
        change.extend(add_person(&owner, now)?);
        Ok(change)
    }

    /// Uses an invitation or a link for a new password.
    ///
    /// Who is invited under an address that already signs in somewhere on this server proves it with
    /// that password: a copied link alone must not take over a person.
    ///
    /// # Errors
    /// Unauthorized `link_spent`, or `sign_in_failed` for a person who is known; invalid when the new
    /// password cannot be taken; too many.
    pub async fn accept(&self, token: &str, password: String, address: IpAddr, now: Moment) -> Result<()> {
        let link = self.find_link(token, now).await?;
        let change = match link.purpose {
            Purpose::Invite => self.accept_invitation(&link, password, address, now).await?,
            Purpose::Reset => self.accept_reset(&link, password, now).await?,
            Purpose::Setup => return Err(spent()),
        };
        self.use_link(change).await
    }

    async fn accept_invitation(
        &self,
        link: &OpenLink,
        password: String,
        address: IpAddr,
        now: Moment,
    ) -> Result<Change> {
        let (Some(tenant), Some(user)) = (link.tenant, link.user) else { return Err(spent()) };
        let email = check_email(&link.email)?;
        let wanted = email.clone();
        let known = self.db.read(move |connection| sign_in::find(connection, &wanted)).await?;
        let mut change = use_up(link, now);
        let identity = if known.is_some() {
            let attempt = Attempt { email: &email, address, device: None, tier: Tier::Basic };
            self.recognise(&attempt, password, now).await?.0.id
        } else {
            check_password("password", &password, &[&email, &link.person, &link.tenant_name])?;
            let identity = Id::new();
            let password = self.passwords.hash(password).await?;
            change.extend(create_identity(identity, &email, &password, false, now));
            identity
        };
        // The owner may have thought again since the link was made.
        change.guard(
            "link",
            "EXISTS (SELECT 1 FROM users WHERE tenant_id = ?1 AND id = ?2 AND email = ?3 AND identity_id IS NULL
                     AND active = 1 AND role IS NOT NULL AND deleted_at IS NULL)",
            vec![tenant.into(), user.into(), email.into()],
        );
        change.push(
            "UPDATE users SET identity_id = ?3 WHERE tenant_id = ?1 AND id = ?2",
            vec![tenant.into(), user.into(), identity.into()],
        );
        change.touch(tenant, "users");
        Ok(change)
    }

    async fn accept_reset(&self, link: &OpenLink, password: String, now: Moment) -> Result<Change> {
        let identity = link.identity.ok_or_else(spent)?;
        check_password("password", &password, &[&link.email, &link.person, &link.tenant_name])?;
        let mut change = use_up(link, now);
        if let Some(tenant) = link.tenant {
            // An owner made it. Who has meanwhile come to count in another tenant is out of reach,
            // and so is who no longer works here.
            let params: Vec<Value> = vec![tenant.into(), identity.into(), link.user.into()];
            change.guard(
                "link",
                &format!(
                    "EXISTS (SELECT 1 FROM identities i JOIN users u ON u.identity_id = i.id
                             WHERE i.id = ?2 AND u.tenant_id = ?1 AND u.id = ?3 AND u.deleted_at IS NULL
                               AND NOT ({BEYOND}))"
                ),
                params,
            );
        }
        let password = self.passwords.hash(password).await?;
        change.extend(set_password(identity, &password, None, now));
        Ok(change)
    }

    async fn use_link(&self, change: Change) -> Result<()> {
        self.db.write(change).await.map_err(|error| match error.code() {
            // A guard: used meanwhile, or no longer what it was made for.
            "refused" => spent(),
            _ => error,
        })
    }
}
