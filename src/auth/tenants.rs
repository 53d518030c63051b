//! Tenants: one business on the server, with the roles and lists that it starts with.

use crate::db::{Change, Value, fault};
use crate::kernel::{Error, FieldError, Id, Moment, Result, kebab, shorten};
use crate::kind::Access;

use super::{Auth, Shipped, facts};

/// What a tenant is made of.
#[derive(Clone, Debug)]
pub struct NewTenant {
    pub name: String,
    /// Its name in URLs and at sign-in; the name in kebab-case when absent.
    pub slug: Option<String>,
    /// IANA time zone.
    pub zone: String,
    /// ISO 4217.
    pub currency: String,
}

/// The stages of a deal that every tenant starts with: name, label, what it counts as, probability.
const STAGES: [(&str, &str, &str, i64); 6] = [
    ("lead", "Lead", "open", 10),
    ("qualified", "Qualified", "open", 30),
    ("proposal", "Proposal", "open", 50),
    ("negotiation", "Negotiation", "open", 75),
    ("won", "Won", "won", 100),
    ("lost", "Lost", "lost", 0),
];

/// One line of the operator's list.
#[derive(Debug)]
pub struct TenantLine {
    pub id: Id,
    pub slug: String,
    pub name: String,
    /// Who can sign in there.
    pub logins: i64,
    pub created_at: Moment,
}

impl Auth {
    /// Every tenant of the server, by slug.
    pub async fn tenants(&self) -> Result<Vec<TenantLine>> {
        let sql = "SELECT t.id, t.slug, t.name, t.created_at,
                          (SELECT COUNT(*) FROM users u WHERE u.tenant_id = t.seq AND u.identity_id IS NOT NULL
                            AND u.active = 1 AND u.deleted_at IS NULL)
                   FROM tenants t ORDER BY t.slug";
        let read = self.db.read(move |connection| {
            let mut statement = connection.prepare(sql).map_err(fault)?;
            let lines = statement.query_map([], |row| {
                Ok(TenantLine {
                    id: facts::id(row, 0)?,
                    slug: row.get(1)?,
                    name: row.get(2)?,
                    created_at: Moment(row.get(3)?),
                    logins: row.get(4)?,
                })
            });
            lines.and_then(Iterator::collect).map_err(fault)
        });
        read.await
    }
}

/// What an owner changes about the tenant; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct TenantChange {
    pub name: Option<String>,
    pub zone: Option<String>,
    pub currency: Option<String>,
    /// 0 to 365; nothing inside makes no orders ahead.
    pub due_ahead_days: Option<Option<i64>>,
}

/// Plans a change of the tenant by its owner. The slug stays: links and scripts hold it. `expect` is
/// the version that the caller has seen; without it the tenant is taken as it stands.
///
/// # Errors
/// Forbidden unless an owner asks; one field error for each part that cannot be; a conflict when
/// the version is another.
pub fn plan_tenant_change(access: &Access, wish: TenantChange, expect: Option<i64>, now: Moment) -> Result<Change> {
    only_owners(access)?;
    let tenant = &access.tenant;
    let new = NewTenant {
        name: wish.name.unwrap_or_else(|| tenant.name.to_string()),
        slug: Some(tenant.slug.to_string()),
        zone: wish.zone.unwrap_or_else(|| tenant.zone.to_string()),
        currency: wish.currency.unwrap_or_else(|| tenant.currency.to_string()),
    };
    let name = new.name.trim();
    check(&new, "name", name, &tenant.slug)?;
    let mut change = Change::new();
    if let Some(version) = expect {
        if version != tenant.version {
            return Err(Error::conflict("version_mismatch", "The tenant was modified. Please refresh."));
        }
        let same = "EXISTS(SELECT 1 FROM tenants WHERE seq = ? AND version = ?)";
        change.guard("version", same, vec![tenant.key.into(), version.into()]);
    }
    change.push(
        "UPDATE tenants SET name = ?2, zone = ?3, currency = ?4, due_ahead_days = ?6, version = version + 1,
         updated_at = ?5 WHERE seq = ?1",
        vec![
            tenant.key.into(),
            name.into(),
            new.zone.clone().into(),
            new.currency.clone().into(),
            now.into(),
            wish.due_ahead_days.unwrap_or(tenant.due_ahead_days).into(),
        ],
    );
    change.touch(tenant.key, "tenants");
    Ok(change)
}

impl Auth {
    /// Gives the tenant of its owner a logo, by digest and media type, or takes it away.
    pub async fn change_logo(&self, access: &Access, logo: Option<(String, &str)>, now: Moment) -> Result<()> {
        only_owners(access)?;
        let (sha256, media) = logo.map_or((Value::Null, Value::Null), |(sha256, media)| (sha256.into(), media.into()));
        let mut change = Change::new();
        change.push(
            "UPDATE tenants SET logo_sha256 = ?2, logo_type = ?3, version = version + 1, updated_at = ?4 WHERE seq = ?1",
            vec![access.tenant.key.into(), sha256, media, now.into()],
        );
        change.touch(access.tenant.key, "tenants");
        self.db.write(change).await
    }
}

/// Refuses whoever does not own the tenant.
pub fn only_owners(access: &Access) -> Result<()> {
    match &*access.role == Shipped::Owner.name() {
        true => Ok(()),
        false => Err(Error::forbidden("Only an owner can change this.")),
    }
}

/// Plans a tenant with the shipped roles and the stages of deals. Its integer key is given by the
/// store at commit; until then it is known by its id. `ids` gives a fresh id each time.
///
/// # Errors
/// One field error for each part that cannot be. A taken slug is a conflict at commit.
pub fn create_tenant(new: &NewTenant, ids: &mut dyn FnMut() -> Id, now: Moment) -> Result<(Id, Change)> {
    let (name, slug) = (new.name.trim(), slug_of(new));
    check(new, "tenant_name", name, &slug)?;
    let id = ids();
    let mut change = Change::new();
    change.push(
        "INSERT INTO tenants(id, slug, name, zone, currency, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)",
        vec![id.into(), slug.into(), name.into(), new.zone.clone().into(), new.currency.clone().into(), now.into()],
    );
    let roles = Shipped::ALL.map(|role| {
        let texts = [role.name(), role.label(), role.about(), role.tier().as_str()];
        let start: [Value; 3] = [id.into(), ids().into(), now.into()];
        start.into_iter().chain(texts.map(Value::from)).collect()
    });
    change.push_many(
        "INSERT INTO roles(tenant_id, id, created_at, updated_at, name, label, about, tier, shipped)
         VALUES ((SELECT seq FROM tenants WHERE id = ?1), ?2, ?3, ?3, ?4, ?5, ?6, ?7, 1)",
        roles.into(),
    );
    let stages = STAGES.iter().enumerate().map(|(position, (name, label, counts_as, probability))| {
        vec![
            id.into(),
            ids().into(),
            now.into(),
            (*name).into(),
            (*label).into(),
            (*counts_as).into(),
            Value::Int(position as i64 + 1),
            (*probability).into(),
        ]
    });
    change.push_many(
        "INSERT INTO status_options(tenant_id, id, created_at, updated_at, list, name, label, counts_as, position, probability)
         VALUES ((SELECT seq FROM tenants WHERE id = ?1), ?2, ?3, ?3, 'deal-stage', ?4, ?5, ?6, ?7, ?8)",
        stages.collect(),
    );
    change.touch(0, "tenants");
    Ok((id, change))
}

/// The tenant's name in URLs and at sign-in.
pub(super) fn slug_of(new: &NewTenant) -> String {
    match &new.slug {
        Some(slug) => slug.clone(),
        None => shorten(&kebab(&new.name), 60).trim_end_matches(['…', '-']).to_owned(),
    }
}

/// Checks the parts of a tenant; the name's complaint is about the member `place`.
fn check(new: &NewTenant, place: &str, name: &str, slug: &str) -> Result<()> {
    let mut errors = Vec::new();
    if name.is_empty() || name.chars().count() > 200 {
        errors.push(FieldError::at(place, "required", "Give the business a name of 1 to 200 characters."));
    } else if name.chars().any(char::is_control) {
        errors.push(FieldError::at(place, "format", "Give the name as one line without control characters."));
    } else if slug.is_empty() || slug != kebab(slug) || slug.chars().count() > 60 {
        errors.push(FieldError::at(
            "slug",
            "format",
            "Give small letters, digits and hyphens, such as \"acme-lifts\".",
        ));
    }
    if jiff::tz::TimeZone::get(&new.zone).is_err() {
        errors.push(FieldError::at("zone", "unknown_value", "Give an IANA time zone, such as \"Europe/Berlin\"."));
    }
    if new.currency.len() != 3 || !new.currency.bytes().all(|b| b.is_ascii_uppercase()) {
        errors.push(FieldError::at("currency", "format", "Give an ISO 4217 code, such as \"EUR\"."));
    }
    if errors.is_empty() { Ok(()) } else { Err(Error::fields(errors)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> NewTenant {
        NewTenant { name: name.into(), slug: None, zone: "UTC".into(), currency: "EUR".into() }
    }

    #[test]
    fn the_slug_is_the_name_in_kebab_case() {
        assert_eq!(slug_of(&named("Acme & Sons Ltd.")), "acme-sons-ltd");
        let long = slug_of(&named(&"lifts and stairs ".repeat(20)));
        assert!(long.len() <= 60 && !long.ends_with('-'), "{long}");
        assert!(create_tenant(&named(&"lifts and stairs ".repeat(10)), &mut Id::new, Moment(0)).is_ok());
    }

    #[test]
    fn what_cannot_be_is_said_part_by_part() {
        let new = NewTenant { name: " ".into(), slug: None, zone: "Mars/Base".into(), currency: "euro".into() };
        let Err(Error::Invalid(detail)) = create_tenant(&new, &mut Id::new, Moment(0)) else {
            panic!("it should be refused")
        };
        let pointers: Vec<_> = detail.fields.iter().map(|f| f.pointer.as_str()).collect();
        assert_eq!(pointers, ["/tenant_name", "/zone", "/currency"]);
    }
}
