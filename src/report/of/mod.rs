//! The reports, one file each, in the order in which they are shown.

mod activity;
mod compliance;
mod deals;
mod equipment_due;
mod forecast;
mod pipeline;
mod score;
mod site_health;
mod won_lost;
mod work_orders;

use super::declare::Report;

/// All reports.
pub const ALL: &[&Report] = &[
    &pipeline::REPORT,
    &forecast::REPORT,
    &won_lost::REPORT,
    &work_orders::REPORT,
    &equipment_due::REPORT,
    &compliance::REPORT,
    &site_health::REPORT,
    &activity::REPORT,
];
