//! Who may see which dashboard: whoever may see all workspaces, and of them what the dashboard shows.

use crate::kernel::{Error, Result};
use crate::kind::{Access, Action, FieldRight, Level, Registry};
use crate::kinds::WORKSPACES;

use super::Dashboard;

/// May the viewer see this dashboard?
pub fn allowed(dashboard: Dashboard, registry: &Registry, access: &Access) -> bool {
    let Some(position) = registry.position(WORKSPACES) else { return false };
    let (kind, grant) = (registry.at(position), &access.grants[position]);
    let sees = |field: &str| {
        let right = kind.position(field).and_then(|at| grant.fields.get(at));
        matches!(right, Some(FieldRight::Full | FieldRight::ReadOnly))
    };
    grant.level(Action::Read) == Level::All && dashboard.needs().iter().all(|field| sees(field))
}

/// # Errors
/// 403 where the viewer may not see it.
pub fn check(dashboard: Dashboard, registry: &Registry, access: &Access) -> Result<()> {
    match allowed(dashboard, registry, access) {
        true => Ok(()),
        false => Err(Error::forbidden(format!(
            "The dashboard \"{}\" shows more of portal workspaces than you may see.",
            dashboard.title()
        ))),
    }
}

/// # Errors
/// 403 where there is no dashboard that the viewer may see.
pub fn check_any(registry: &Registry, access: &Access) -> Result<()> {
    match Dashboard::ALL.into_iter().any(|dashboard| allowed(dashboard, registry, access)) {
        true => Ok(()),
        false => Err(Error::forbidden("You may not see the portal.")),
    }
}
