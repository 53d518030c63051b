//! The six roles that every tenant has, as code. A tenant may add roles, never change these.
//!
//! Technicians, contractors and clients are described by what they may see: a kind or (for clients)
//! a field that is not named here stays hidden, so a new one leaks nothing before somebody decides.

use crate::kind::{CustomRights, Field, FieldRight, Kind, Level, Type};
use crate::limit::Tier;

/// Read, create, update, delete, export.
pub(super) type Levels = [Level; 5];

const NOTHING: Levels = [Level::None; 5];
const EVERYTHING: Levels = [Level::All; 5];
const LOOK: Levels = [Level::All, Level::None, Level::None, Level::None, Level::None];
const LOOK_AND_EXPORT: Levels = [Level::All, Level::None, Level::None, Level::None, Level::All];
/// People of the tenant, for who may not say who signs in: correct them, never remove them.
const KEEP_UP: Levels = [Level::All, Level::All, Level::All, Level::None, Level::All];
const LOOK_AT_OWN: Levels = [Level::Own, Level::None, Level::None, Level::None, Level::None];
const WORK_ON_OWN: Levels = [Level::Own, Level::None, Level::Own, Level::None, Level::None];
const ADD_TO_OWN: Levels = [Level::Own, Level::Own, Level::None, Level::None, Level::None];
const ADD_ABOUT_WHAT_THEY_SEE: Levels = [Level::All, Level::Own, Level::Own, Level::Own, Level::None];
const KEEP_OWN: Levels = [Level::Own, Level::Own, Level::Own, Level::None, Level::None];
const LOOK_AT_COMPANYS: Levels = [Level::Company, Level::None, Level::None, Level::None, Level::None];
const ASK_FOR_COMPANY: Levels = [Level::Company, Level::Company, Level::None, Level::None, Level::None];

/// A role that every tenant has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shipped {
    Owner,
    Manager,
    Staff,
    Technician,
    Contractor,
    Client,
}

/// Views: one's own, and for owners those of others too where they are shared.
const KEEP_VIEWS: Levels = [Level::Own, Level::Own, Level::Own, Level::Own, Level::Own];
const TIDY_VIEWS: Levels = [Level::Own, Level::Own, Level::All, Level::All, Level::Own];

impl Shipped {
    pub const ALL: [Self; 6] =
        [Self::Owner, Self::Manager, Self::Staff, Self::Technician, Self::Contractor, Self::Client];

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    pub fn name(self) -> &'static str {
        ["owner", "manager", "staff", "technician", "contractor", "client"][self as usize]
    }

    pub fn label(self) -> &'static str {
        ["Owner", "Manager", "Staff", "Technician", "Contractor", "Client"][self as usize]
    }

    pub fn about(self) -> &'static str {
        match self {
            Self::Owner => "Everything in the tenant, people, roles and settings included.",
            Self::Manager => "All records; people and lists, but not who may sign in, roles or settings.",
            Self::Staff => "All business records, no administration.",
            Self::Technician => "Their own work orders and tasks, and what these refer to. No deals, no prices.",
            Self::Contractor => "The work orders of their firm, and what these refer to. No deals, no prices.",
            Self::Client => "Their own company's sites, equipment, work orders and certificates; new requests.",
        }
    }

    pub fn tier(self) -> Tier {
        match self {
            Self::Owner => Tier::Admin,
            Self::Manager | Self::Staff | Self::Technician | Self::Contractor => Tier::Premium,
            Self::Client => Tier::Basic,
        }
    }

    pub(super) fn levels(self, kind: &str) -> Levels {
        match self {
            Self::Client => client(kind),
            Self::Owner if kind == "views" => TIDY_VIEWS,
            _ if kind == "views" => KEEP_VIEWS,
            Self::Owner => EVERYTHING,
            Self::Manager => match kind {
                "roles" | "custom-fields" => LOOK_AND_EXPORT,
                "users" => KEEP_UP,
                _ => EVERYTHING,
            },
            Self::Staff => match kind {
                "roles" => NOTHING,
                "users" | "custom-fields" | "status-options" | "workspaces" => LOOK,
                _ => EVERYTHING,
            },
            Self::Technician | Self::Contractor => in_the_field(kind),
        }
    }

    pub(super) fn field(self, kind: &Kind, field: &Field) -> FieldRight {
        match self {
            Self::Owner | Self::Manager | Self::Staff => FieldRight::Full,
            Self::Technician | Self::Contractor => {
                if matches!(field.ty, Type::Money { .. }) {
                    FieldRight::Hidden
                } else if field.protected {
                    FieldRight::Conditional
                } else if kind.name == "work-orders" && DISPATCH.contains(&field.name) {
                    FieldRight::ReadOnly
                } else if (kind.name, field.name) == OPINION {
                    FieldRight::Hidden
                } else {
                    FieldRight::Full
                }
            }
            Self::Client => {
                let (visible, writable) = client_fields(kind.name);
                if field.protected {
                    FieldRight::Hidden
                } else if writable.contains(&field.name) {
                    FieldRight::Full
                } else if visible.contains(&field.name) {
                    FieldRight::ReadOnly
                } else {
                    FieldRight::Hidden
                }
            }
        }
    }

    /// What a source system calls a record is the office's matter: it links the two systems.
    pub(super) fn external_id(self) -> FieldRight {
        match self {
            Self::Owner | Self::Manager | Self::Staff => FieldRight::Full,
            Self::Technician | Self::Contractor => FieldRight::ReadOnly,
            Self::Client => FieldRight::Hidden,
        }
    }

    pub(super) fn custom(self) -> CustomRights {
        CustomRights { client: self == Self::Client, ..CustomRights::default() }
    }
}

/// What the office decides about a work order, not who carries it out.
const DISPATCH: &[&str] = &[
    "priority",
    "site_id",
    "equipment_id",
    "contact_id",
    "service_id",
    "contractor_id",
    "assigned_to",
    "due_at",
    "scheduled_at",
    "invoiced_at",
    "recurrence",
];

/// What the office wrote down about a firm, which the firm is not to read.
const OPINION: (&str, &str) = ("contractors", "description");

fn in_the_field(kind: &str) -> Levels {
    match kind {
        "work-orders" => WORK_ON_OWN,
        "tasks" => KEEP_OWN,
        "sites" | "equipment" | "contacts" | "stock-items" | "users" | "contractors" => LOOK_AT_OWN,
        // All of them, and still only about records that they may see: so it is declared.
        "notes" | "attachments" => ADD_ABOUT_WHAT_THEY_SEE,
        "time-logs" | "part-logs" | "certificates" => ADD_TO_OWN,
        "services" | "status-options" | "custom-fields" => LOOK,
        _ => NOTHING,
    }
}

fn client(kind: &str) -> Levels {
    match kind {
        "companies" | "sites" | "equipment" | "certificates" => LOOK_AT_COMPANYS,
        "work-orders" => ASK_FOR_COMPANY,
        _ => NOTHING,
    }
}

/// What a client sees of each kind, and what a new request may say.
pub(super) fn client_fields(kind: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match kind {
        "companies" => (&["name", "website", "phone", "email", "address"], &[]),
        "sites" => (&["name", "company_id", "address", "lat", "lng"], &[]),
        "equipment" => (
            &[
                "name",
                "serial",
                "type",
                "status",
                "site_id",
                "manufacturer",
                "model",
                "installed_on",
                "warranty_until",
                "calibration_due",
                "inspection_due",
                "company_id",
            ],
            &[],
        ),
        "certificates" => {
            (&["number", "equipment_id", "work_order_id", "issued_on", "valid_until", "result", "company_id"], &[])
        }
        "work-orders" => (
            &["number", "priority", "status", "due_at", "scheduled_at", "started_at", "completed_at", "company_id"],
            &["title", "description", "site_id", "equipment_id"],
        ),
        _ => (&[], &[]),
    }
}
