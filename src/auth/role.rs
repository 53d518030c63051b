//! A role compiled for one registry: levels and field rights by position, ready for the engine.

use std::sync::Arc;

use serde_json::{Map, Value as Json};
use sha2::Digest as _;

use crate::kernel::{Error, FieldError, Id, Result, fold};
use crate::kind::{Action, Company, Field, FieldRight, Grant, Kind, Level, Registry};

use super::{Shipped, Tier};

/// What only an owner may say of a person: who may sign in, and as what.
const OWNERS_SAY: &[&str] = &["role", "email", "active", "company_id", "contractor_id", "tier"];

/// A compiled role, shared by everybody who has it.
#[derive(Debug)]
pub struct Role {
    pub name: Arc<str>,
    pub tier: Tier,
    pub grants: Arc<[Grant]>,
    /// Over every level and field right.
    digest: [u8; 32],
    /// Two people of this role may see different rows or fields.
    personal: bool,
}

/// A tenant's own role as it is stored: three JSON texts and a tier.
#[derive(Clone, Debug, Default)]
pub struct RoleText {
    pub name: String,
    /// `{"companies": {"read": "all", "update": "own"}}`; what is not named is `none`.
    pub grants: Map<String, Json>,
    /// `{"sites": ["health_score"]}`
    pub hidden: Map<String, Json>,
    /// `{"sites": ["name"]}`: visible, not to be changed.
    pub locked: Map<String, Json>,
    pub tier: Option<Tier>,
}

impl Role {
    pub fn shipped(role: Shipped, registry: &Registry) -> Self {
        let grants = registry
            .all()
            .map(|(_, kind)| Grant {
                levels: role.levels(kind.name),
                fields: kind.fields.iter().map(|field| role.field(kind, field)).collect(),
            })
            .collect();
        Self::sealed(role.name().into(), role.tier(), grants, registry, role == Shipped::Owner)
    }

    /// Compiles a tenant's own role. What it says of kinds, fields or levels that do not exist (any
    /// more) grants nothing; [`check_role`] refuses such words when the role is written.
    pub fn custom(text: &RoleText, registry: &Registry) -> Self {
        let grants = registry.all().map(|(_, kind)| custom_grant(text, kind)).collect();
        Self::sealed(text.name.as_str().into(), text.tier.unwrap_or(Tier::Premium), grants, registry, false)
    }

    /// The last word on every role: what holds whatever it says.
    fn sealed(name: Arc<str>, tier: Tier, mut grants: Vec<Grant>, registry: &Registry, owner: bool) -> Self {
        for ((_, kind), grant) in registry.all().zip(&mut grants) {
            for level in &mut grant.levels {
                if !offers(kind, *level) {
                    *level = Level::None;
                }
            }
            // What may not be seen may be neither changed nor carried out.
            let read = grant.level(Action::Read);
            for action in [Action::Update, Action::Delete, Action::Export] {
                let level = &mut grant.levels[action as usize];
                *level = (*level).min(read);
            }
            if !owner {
                leave_to_owners(kind, grant);
            }
        }
        let personal = grants.iter().any(|grant| {
            grant.levels.iter().any(|level| matches!(level, Level::Own | Level::Company))
                || grant.fields.contains(&FieldRight::Conditional)
        });
        let digest = digest(&grants);
        Self { name, tier, grants: grants.into(), digest, personal }
    }

    /// The same for all viewers who see the same rows and fields of a tenant, and after every
    /// restart: all owners share one, each technician has an own one.
    pub fn fingerprint(&self, tenant: i64, user: Id, contractor: Option<Id>, company: Option<Id>) -> u64 {
        let mut hash = sha2::Sha256::new().chain_update(tenant.to_le_bytes()).chain_update(self.digest);
        if self.personal {
            hash.update(user.as_bytes());
            for id in [contractor, company] {
                hash.update(id.map_or([0; 16], |id| *id.as_bytes()));
            }
        }
        hash.finalize().iter().take(8).fold(0, |all, byte| all << 8 | u64::from(*byte))
    }
}

fn leave_to_owners(kind: &Kind, grant: &mut Grant) {
    match kind.name {
        "roles" => {
            for action in [Action::Create, Action::Update, Action::Delete] {
                grant.levels[action as usize] = Level::None;
            }
        }
        "users" => {
            grant.levels[Action::Delete as usize] = Level::None;
            for (field, right) in kind.fields.iter().zip(&mut grant.fields) {
                if OWNERS_SAY.contains(&field.name) && *right == FieldRight::Full {
                    *right = FieldRight::ReadOnly;
                }
            }
        }
        _ => {}
    }
}

fn digest(grants: &[Grant]) -> [u8; 32] {
    let mut hash = sha2::Sha256::new();
    for grant in grants {
        hash.update(grant.levels.map(|level| level as u8));
        // Field counts differ between kinds: the separator keeps two registries apart.
        hash.update([0xff]);
        hash.update(grant.fields.iter().map(|right| *right as u8).collect::<Vec<_>>());
    }
    hash.finalize().into()
}

fn custom_grant(text: &RoleText, kind: &Kind) -> Grant {
    let said = text.grants.get(kind.name).and_then(Json::as_object);
    let levels = Action::ALL.map(|action| {
        let level = said.and_then(|levels| levels.get(action.as_str())).and_then(Json::as_str);
        level.and_then(Level::parse).unwrap_or_default()
    });
    let names = |map: &Map<String, Json>, field: &Field| {
        let list = map.get(kind.name).and_then(Json::as_array);
        list.is_some_and(|names| names.iter().any(|name| name.as_str() == Some(field.name)))
    };
    let fields = kind.fields.iter().map(|field| {
        if names(&text.hidden, field) {
            FieldRight::Hidden
        } else if field.protected && levels[Action::Read as usize] != Level::All {
            // As for the shipped roles: the office sees it, who works there sees it while it may,
            // and a client never does.
            if levels[Action::Read as usize] == Level::Own { FieldRight::Conditional } else { FieldRight::Hidden }
        } else if names(&text.locked, field) {
            FieldRight::ReadOnly
        } else {
            FieldRight::Full
        }
    });
    Grant { levels, fields: fields.collect() }
}

/// Does the kind say which rows such a level reaches?
fn offers(kind: &Kind, level: Level) -> bool {
    match level {
        Level::None | Level::All => true,
        Level::Own => !kind.scope.own.is_empty(),
        Level::Company => !matches!(kind.scope.company, Company::Never),
    }
}

/// Checks the members `grants`, `hidden` and `locked` of a role's body, where present.
///
/// # Errors
/// One field error for each word that means nothing here.
pub fn check_role(registry: &Registry, body: &Map<String, Json>) -> Result<()> {
    let mut errors = Vec::new();
    if body.get("name").and_then(Json::as_str).is_some_and(|name| Shipped::parse(&fold(name)).is_some()) {
        errors.push(FieldError::at("name", "taken", "This is the name of a shipped role. Choose another."));
    }
    for (member, check) in [("grants", check_grant as Check), ("hidden", check_fields), ("locked", check_fields)] {
        match body.get(member) {
            None | Some(Json::Null) => {}
            Some(Json::Object(kinds)) => {
                for (name, value) in kinds {
                    let at = format!("{member}/{}", name.replace('~', "~0").replace('/', "~1"));
                    match registry.get(name) {
                        Some(kind) => check(kind, &at, value, &mut errors),
                        None => errors.push(complaint(&at, "unknown_kind", "There is no such kind.".into())),
                    }
                }
            }
            Some(_) => errors.push(FieldError::at(member, "type", "This must be an object by kind.")),
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(Error::fields(errors)) }
}

type Check = fn(&Kind, &str, &Json, &mut Vec<FieldError>);

fn complaint(at: &str, code: &'static str, message: String) -> FieldError {
    FieldError { pointer: format!("/{at}"), code, message }
}

fn check_grant(kind: &Kind, at: &str, value: &Json, errors: &mut Vec<FieldError>) {
    let Some(levels) = value.as_object() else {
        return errors.push(complaint(at, "type", "This must be an object of levels by action.".into()));
    };
    for (action, level) in levels {
        let at = format!("{at}/{}", action.replace('~', "~0").replace('/', "~1"));
        if !Action::ALL.iter().any(|known| known.as_str() == action) {
            let message = "The actions are read, create, update, delete and export.";
            errors.push(complaint(&at, "unknown_action", message.into()));
            continue;
        }
        match level.as_str().and_then(Level::parse) {
            None => errors.push(complaint(&at, "unknown_level", "The levels are none, own, company and all.".into())),
            Some(level) if !offers(kind, level) => {
                let message = format!("No {} are anybody's {}: choose none or all.", kind.many, level.as_str());
                errors.push(complaint(&at, "no_such_scope", message));
            }
            Some(_) => {}
        }
    }
}

fn check_fields(kind: &Kind, at: &str, value: &Json, errors: &mut Vec<FieldError>) {
    let Some(names) = value.as_array() else {
        return errors.push(complaint(at, "type", "This must be a list of field names.".into()));
    };
    for (position, name) in names.iter().enumerate() {
        if name.as_str().and_then(|name| kind.field(name)).is_none() {
            let message = format!("{} has no such field.", kind.name);
            errors.push(complaint(&format!("{at}/{position}"), "unknown_field", message));
        }
    }
}
