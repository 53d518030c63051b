//! Portal workspaces: one each at the mail-campaign service, with what is expected of it.

use crate::kernel::Result;
use crate::kind::{Draft, Field, Hooks, Kind, Type};

use super::money;

pub const NAME: &str = "workspaces";

/// A target or a number of mails.
const COUNT: Type = Type::Int(0, 1_000_000_000);

pub const KIND: Kind = Kind {
    about: "The workspaces whose figures the portal shows, with their monthly targets, prices and costs. New ones come by themselves from the mail service; one made by hand appears in the portal once it is connected to a mail service. An inactive one is not asked about.",
    fields: &[
        Field::text("name", "Name").required().searched().indexed().aliases(&["workspace"]),
        Field::new("monthly_target", "Target: leads a month", COUNT).aliases(&[
            "leads_a_month",
            "lead_target",
            "kpi",
            "monthly_kpi",
        ]),
        Field::new("sending_target", "Target: mails a month", COUNT).aliases(&["mails_a_month", "mail_target"]),
        Field::new("price_per_lead", "Price per lead", Type::Money { currency: "currency" }),
        Field::new("cost_per_month", "Cost a month", Type::Money { currency: "currency" }).aliases(&["monthly_cost"]),
        money::CURRENCY,
        Field::bool("active", "Active").required().default("true"),
    ],
    natural_key: &["name"],
    hooks: Hooks { prepare: Some(prepare) },
    ..Kind::new(NAME, "workspaces", "portal workspace", "portal workspaces")
};

fn prepare(draft: &mut Draft<'_>) -> Result<()> {
    money::complete(draft, "price_per_lead");
    money::complete(draft, "cost_per_month");
    Ok(())
}
