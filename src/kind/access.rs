//! What one viewer may do in one tenant: a role compiled for the engine.
//!
//! `auth` makes an [`Access`] at sign-in; every function of `record` that shows or changes
//! anything takes one, so a path without rights does not compile.

use std::sync::Arc;

use crate::kernel::{Date, Id, Moment};

use super::{Kind, Type};

/// How far a right reaches. The order matters: each level includes those before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    #[default]
    None,
    Own,
    Company,
    All,
}

impl Level {
    pub fn parse(s: &str) -> Option<Self> {
        Some(match s {
            "none" => Self::None,
            "own" => Self::Own,
            "company" => Self::Company,
            "all" => Self::All,
            _ => return None,
        })
    }
    pub fn as_str(self) -> &'static str {
        ["none", "own", "company", "all"][self as usize]
    }
}

/// What a right allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Read,
    Create,
    Update,
    Delete,
    Export,
}

impl Action {
    pub const ALL: [Self; 5] = [Self::Read, Self::Create, Self::Update, Self::Delete, Self::Export];
    pub fn as_str(self) -> &'static str {
        ["read", "create", "update", "delete", "export"][self as usize]
    }
}

/// What a viewer may do with one field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum FieldRight {
    #[default]
    Full,
    /// Visible, not to be changed.
    ReadOnly,
    /// Visible while the field's `shown_while` holds, never changed.
    Conditional,
    Hidden,
}

/// The rights on one kind.
#[derive(Clone, Debug, Default)]
pub struct Grant {
    /// One level per action, in the order of [`Action::ALL`].
    pub levels: [Level; 5],
    /// One right per declared field, in the kind's order.
    pub fields: Vec<FieldRight>,
    /// The right on what a source system calls the record.
    pub external_id: FieldRight,
    /// The rights on the fields that the tenant defined for itself.
    pub custom: CustomRights,
}

impl Grant {
    pub fn level(&self, action: Action) -> Level {
        self.levels[action as usize]
    }

    /// Every field of the kind can be seen at any time, whatever a tenant may add to it.
    pub fn shows_everything(&self) -> bool {
        let seen = |right: &FieldRight| matches!(right, FieldRight::Full | FieldRight::ReadOnly);
        self.fields.iter().chain([&self.external_id]).all(seen) && self.shows_all_custom()
    }

    /// None of the fields that a tenant may define is hidden.
    pub fn shows_all_custom(&self) -> bool {
        let rights = &self.custom;
        let seen = |right: &FieldRight| *right != FieldRight::Hidden;
        !rights.client && seen(&rights.usual) && rights.named.iter().all(|(_, right)| seen(right))
    }
}

/// The rights on the fields that a tenant defined for one kind. They are kept by name, because
/// fields come and go while a role stays.
#[derive(Clone, Debug, Default)]
pub struct CustomRights {
    /// The right on a field that is not named below.
    pub usual: FieldRight,
    pub named: Vec<(Arc<str>, FieldRight)>,
    /// A client's rights: no field is more than to be looked at, and that only where the tenant
    /// said of it that clients may.
    pub client: bool,
}

impl CustomRights {
    /// The right on the field of that name; `field` is what is known of it while it is there.
    fn on(&self, name: &str, field: Option<&CustomField>) -> FieldRight {
        let right = self.named.iter().find(|(n, _)| **n == *name).map_or(self.usual, |(_, right)| *right);
        match (self.client, right) {
            (false, right) => right,
            (true, FieldRight::Full | FieldRight::ReadOnly) if field.is_some_and(|f| f.client_visible) => {
                FieldRight::ReadOnly
            }
            (true, _) => FieldRight::Hidden,
        }
    }
}

/// A field that a tenant defined for itself. It appears under `custom` in a record.
#[derive(Clone, Debug)]
pub struct CustomField {
    pub seq: i64,
    pub kind: Arc<str>,
    pub name: Arc<str>,
    pub label: Arc<str>,
    /// One of Text, LongText, Int, Real, Bool, Date, Time, Email, Url.
    pub ty: Type,
    /// The choices of a list, empty for free values.
    pub options: Arc<[String]>,
    pub required: bool,
    /// Copied to the index table, so that filters and sorts by it are quick.
    pub filterable: bool,
    /// Clients see it where they see the record.
    pub client_visible: bool,
}

/// One choice of a tenant's own list.
#[derive(Clone, Debug)]
pub struct Choice {
    pub list: Arc<str>,
    pub name: Arc<str>,
    /// What people call it.
    pub label: Arc<str>,
    /// What it counts as: `open`, `won`, `lost` for deal stages, else empty.
    pub counts_as: Arc<str>,
}

/// The facts of a tenant that the engine needs with every request.
#[derive(Clone, Debug)]
pub struct Tenant {
    /// The integer that leads every index; never on the wire.
    pub key: i64,
    pub id: Id,
    /// Of its name, zone and currency.
    pub version: i64,
    pub slug: Arc<str>,
    pub name: Arc<str>,
    /// IANA time zone.
    pub zone: Arc<str>,
    /// ISO 4217 code for money without one.
    pub currency: Arc<str>,
    /// The digest and the media type of its logo.
    pub logo: Option<(Arc<str>, Arc<str>)>,
    /// So many days before an inspection or calibration is due its work order is made; `None` makes none.
    pub due_ahead_days: Option<i64>,
    pub custom: Arc<[CustomField]>,
    pub choices: Arc<[Choice]>,
}

impl Tenant {
    pub fn today(&self) -> Date {
        Moment::now().day_in(&self.zone)
    }
    pub fn custom_of<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a CustomField> {
        self.custom.iter().filter(move |c| &*c.kind == kind)
    }
    pub fn choices_of<'a>(&'a self, list: &'a str) -> impl Iterator<Item = &'a Choice> {
        self.choices.iter().filter(move |c| &*c.list == list)
    }
}

/// Who acts, for `created_by` and the activity log.
#[derive(Clone, Copy, Debug, Default)]
pub struct Actor {
    /// The user, or nobody for the system.
    pub user: Option<Id>,
    /// The import that acts on the user's behalf.
    pub import: Option<Id>,
}

/// One viewer in one tenant.
#[derive(Clone, Debug)]
pub struct Access {
    pub tenant: Arc<Tenant>,
    pub actor: Actor,
    /// The role's name.
    pub role: Arc<str>,
    /// The company of a client's login.
    pub company: Option<Id>,
    /// The contractor that the viewer works for.
    pub contractor: Option<Id>,
    /// By the kind's position in the registry.
    pub grants: Arc<[Grant]>,
    /// The same for all viewers who see the same rows and fields, of every kind that is not shared by
    /// its makers: see [`Access::fingerprint_of`].
    pub fingerprint: u64,
}

impl Access {
    /// The same for all viewers who see the same rows and fields of the kind: part of cache keys and
    /// cursors. What people share by themselves, such as views, is different for each of them; it
    /// must not make everything else so.
    pub fn fingerprint_of(&self, kind: &Kind) -> (u64, Option<Id>) {
        (self.fingerprint, kind.scope.shared.and(self.actor.user))
    }

    /// The tenant's own fields of a kind, each with what the viewer may do with it. A hidden one is
    /// left out: for this viewer it is not there.
    pub fn custom_of<'a>(
        &'a self,
        position: usize,
        kind: &'a Kind,
    ) -> impl Iterator<Item = (&'a CustomField, FieldRight)> {
        let rights = &self.grants[position].custom;
        let all = self.tenant.custom_of(kind.name).map(|field| (field, rights.on(&field.name, Some(field))));
        all.filter(|(_, right)| *right != FieldRight::Hidden)
    }

    /// What the viewer may do with a field of the tenant's own, whether it is still there or not.
    pub fn custom_right(&self, position: usize, kind: &Kind, name: &str) -> FieldRight {
        let field = self.tenant.custom_of(kind.name).find(|field| *field.name == *name);
        self.grants[position].custom.on(name, field)
    }
}
