//! What one viewer may do in one tenant: a role compiled for the engine.
//!
//! `auth` makes an [`Access`] at sign-in; every function of `record` that shows or changes
//! anything takes one, so a path without rights does not compile.

use std::sync::Arc;

use crate::kernel::{Date, Id, Moment};

use super::Type;

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
}

impl Grant {
    pub fn level(&self, action: Action) -> Level {
        self.levels[action as usize]
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
}

/// One choice of a tenant's own list.
#[derive(Clone, Debug)]
pub struct Choice {
    pub list: Arc<str>,
    pub name: Arc<str>,
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
    /// The same for all viewers who see the same rows and fields: part of cache keys, ETags, cursors.
    pub fingerprint: u64,
}
