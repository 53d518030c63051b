//! A role compiled for one registry: levels and field rights by position, ready for the engine.

use std::sync::Arc;

use serde_json::{Map, Value as Json};
use sha2::Digest as _;

use crate::kernel::Id;
use crate::kind::{Action, CustomRights, FieldRight, Grant, Kind, Level, Registry};
use crate::limit::Tier;

use super::Shipped;

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
    /// `{"sites": ["health_score", "external_id", "custom.alarm_code"]}`; `custom` names all of the
    /// tenant's own fields that are not named by themselves.
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
                external_id: role.external_id(),
                custom: role.custom(),
            })
            .collect();
        Self::sealed(role.name().into(), role.tier(), grants, registry, role == Shipped::Owner)
    }

    /// Compiles a tenant's own role. What it says of kinds, fields or levels that do not exist (any
    /// more) grants nothing; the kind of roles refuses such words when a role is written.
    pub fn custom(text: &RoleText, registry: &Registry) -> Self {
        let grants = registry.all().map(|(_, kind)| custom_grant(text, kind)).collect();
        Self::sealed(text.name.as_str().into(), text.tier.unwrap_or(Tier::Premium), grants, registry, false)
    }

    /// The last word on every role: what holds whatever it says.
    fn sealed(name: Arc<str>, tier: Tier, mut grants: Vec<Grant>, registry: &Registry, owner: bool) -> Self {
        for ((_, kind), grant) in registry.all().zip(&mut grants) {
            for level in &mut grant.levels {
                if !kind.scope.offers(*level) {
                    *level = Level::None;
                }
            }
            // What may not be seen may be neither changed nor carried out. Where rows are shared, `own`
            // shows more than it lets change; a change asks for both rights in any case.
            let read = match (grant.level(Action::Read), kind.scope.shared) {
                (Level::Own, Some(_)) => Level::All,
                (read, _) => read,
            };
            for action in [Action::Update, Action::Delete, Action::Export] {
                let level = &mut grant.levels[action as usize];
                *level = (*level).min(read);
            }
            if !owner {
                leave_to_owners(kind, grant);
            }
        }
        let personal =
            registry.all().zip(&grants).filter(|((_, kind), _)| kind.scope.shared.is_none()).any(|(_, grant)| {
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
        hash.update([0xff, grant.external_id as u8, grant.custom.usual as u8, u8::from(grant.custom.client)]);
        for (name, right) in &grant.custom.named {
            hash.update(name.as_bytes());
            hash.update([0, *right as u8]);
        }
    }
    hash.finalize().into()
}

fn custom_grant(text: &RoleText, kind: &Kind) -> Grant {
    let said = text.grants.get(kind.name).and_then(Json::as_object);
    let levels = Action::ALL.map(|action| {
        let level = said.and_then(|levels| levels.get(action.as_str())).and_then(Json::as_str);
        level.and_then(Level::parse).unwrap_or_default()
    });
    let read = levels[Action::Read as usize];
    let named = |field: &str| {
        if names(&text.hidden, kind, field) {
            Some(FieldRight::Hidden)
        } else if names(&text.locked, kind, field) {
            Some(FieldRight::ReadOnly)
        } else {
            None
        }
    };
    let fields = kind.fields.iter().map(|field| match named(field.name) {
        Some(FieldRight::Hidden) => FieldRight::Hidden,
        // As for the shipped roles: the office sees it, who works there sees it while it may, and a
        // client never does.
        _ if field.protected && read == Level::Own => FieldRight::Conditional,
        _ if field.protected && read != Level::All => FieldRight::Hidden,
        right => right.unwrap_or_default(),
    });
    let mut own: Vec<(Arc<str>, FieldRight)> = Vec::new();
    for name in listed(&text.hidden, kind).chain(listed(&text.locked, kind)) {
        if let Some(name) = name.strip_prefix("custom.")
            && own.iter().all(|(known, _)| **known != *name)
        {
            own.push((name.into(), named(&format!("custom.{name}")).unwrap_or_default()));
        }
    }
    Grant {
        levels,
        fields: fields.collect(),
        external_id: named("external_id").unwrap_or_default(),
        // Who sees what belongs to one company is a client, by whatever name.
        custom: CustomRights { usual: named("custom").unwrap_or_default(), named: own, client: read == Level::Company },
    }
}

/// The fields of the kind that a list of a role names.
fn listed<'a>(map: &'a Map<String, Json>, kind: &Kind) -> impl Iterator<Item = &'a str> {
    map.get(kind.name).and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str)
}

fn names(map: &Map<String, Json>, kind: &Kind, field: &str) -> bool {
    listed(map, kind).any(|name| name == field)
}
