//! Sites: a company's branches, where the machines stand.

use crate::kind::{Company, Field, Kind, Own, Scope, Statistic, Type};

/// Access codes open doors. Besides those who may see everything about sites, only somebody with
/// open work there sees them, and only until that work is done.
const WORK_IS_OPEN_HERE: &str = "EXISTS (SELECT 1 FROM work_orders w WHERE w.tenant_id = {a}.tenant_id \
     AND w.site_id = {a}.id AND w.deleted_at IS NULL \
     AND w.status NOT IN ('completed', 'invoiced', 'cancelled') \
     AND (w.assigned_to = :user OR w.contractor_id = :contractor))";

pub const KIND: Kind = Kind {
    about: "The places you drive to: a company's branches and buildings, with the equipment that stands there.",
    fields: &[
        Field::text("name", "Name").required().by_part().indexed().aliases(&["site", "branch", "building"]),
        Field::refer("company_id", "Company", "companies").aliases(&["account", "customer"]),
        Field::new("address", "Address", Type::LongText(500)).searched(),
        Field::new("lat", "Latitude", Type::Real(-90.0, 90.0)).aliases(&["latitude"]),
        Field::new("lng", "Longitude", Type::Real(-180.0, 180.0)).aliases(&["longitude", "lon"]),
        Field::new("phone", "Phone", Type::Phone).aliases(&["telephone"]),
        Field::new("access_codes", "Access codes", Type::LongText(2_000)).protected(Some(WORK_IS_OPEN_HERE)),
        Field::long_text("description", "Description"),
        Field::new("health_score", "Health score", Type::Int(0, 100)).indexed(),
        Field::bool("active", "Active").required().default("true"),
    ],
    scope: Scope {
        own: &[Own::ReferredBy("work-orders", "site_id")],
        company: Company::Column("company_id"),
        about: None,
        ..Scope::NOBODY
    },
    natural_key: &["company_id", "name"],
    large: true,
    // R04
    stale_s: 300,
    statistics: &[Statistic::of_each("statistics_of_sites_by_company", &["company_id"])],
    ..Kind::new("sites", "sites", "site", "sites")
};
