//! Who may see a chore and its stream: whoever asked for it, and the owners and managers of the tenant.

use crate::auth::Shipped;
use crate::kernel::{Error, Id, Result};
use crate::kind::Access;
use crate::stream::Stream;

use super::state::Chore;

/// Sees all chores of the tenant, and may stop and repeat them.
pub fn sees_all(access: &Access) -> bool {
    [Shipped::Owner, Shipped::Manager].iter().any(|role| *access.role == *role.name())
}

/// Refuses whoever is neither owner nor manager.
pub fn only_managers(access: &Access) -> Result<()> {
    match sees_all(access) {
        true => Ok(()),
        false => Err(Error::forbidden("Only an owner or a manager can do this.")),
    }
}

fn sees(access: &Access, tenant: i64, whose: Option<Id>) -> bool {
    tenant == access.tenant.key && (sees_all(access) || (whose.is_some() && whose == access.actor.user))
}

/// # Errors
/// Not found for everybody else: that it is there is nobody's business either.
pub fn check_chore(access: &Access, chore: &Chore) -> Result<()> {
    if sees(access, chore.tenant, chore.created_by) { Ok(()) } else { Err(Error::not_found()) }
}

/// # Errors
/// As [`check_chore`].
pub fn check_stream(access: &Access, stream: Option<Stream>) -> Result<Stream> {
    stream.filter(|stream| sees(access, stream.tenant, stream.user)).ok_or_else(Error::not_found)
}
