//! Who is signed in, as the web app keeps it (P01 to P04).

use serde_json::{Value, json};

use crate::auth::Session;
use crate::kind::Tenant;

/// The signed-in person and their tenant: the answer of `auth/me`.
pub fn session(session: &Session) -> Value {
    json!({
        "user": user(session),
        "tenant": tenant(&session.access.tenant),
        "expires_at": session.expires_at().to_string(),
    })
}

/// The signed-in person, as `auth/me` and the sign-in show them.
pub fn user(session: &Session) -> Value {
    json!({
        "id": session.user.to_string(),
        "name": &*session.name,
        "email": &*session.email,
        "role": &*session.access.role,
        "tier": session.tier.as_str(),
        "operator": session.operator,
        "company_id": session.access.company.map(|id| id.to_string()),
        "contractor_id": session.access.contractor.map(|id| id.to_string()),
    })
}

pub fn tenant(tenant: &Tenant) -> Value {
    json!({
        "id": tenant.id.to_string(),
        "version": tenant.version,
        "slug": &*tenant.slug,
        "name": &*tenant.name,
        "zone": &*tenant.zone,
        "currency": &*tenant.currency,
        "due_ahead_days": tenant.due_ahead_days,
        "logo": tenant.logo.as_ref().map(|(sha256, _)| &sha256[..16]),
    })
}
