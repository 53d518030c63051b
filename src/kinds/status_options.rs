//! Status options: the choices of lists that a tenant shapes itself, such as deal stages.

use crate::kind::{Field, Kind, Type};

pub const KIND: Kind = Kind {
    about: "The choices in your own lists, such as the stages of a deal. What a stage counts as decides which deals are open, won or lost.",
    fields: &[
        Field::new("list", "List", Type::Text(60)).required(),
        Field::new("name", "Name", Type::Text(60)).required().indexed(),
        Field::text("label", "Label"),
        Field::choice("counts_as", "Counts as", &["open", "won", "lost"]),
        Field::new("position", "Position", Type::Int(0, 10_000)).required().default("0"),
        Field::new("probability", "Probability (%)", Type::Int(0, 100)),
    ],
    natural_key: &["list", "name"],
    ..Kind::new("status-options", "status_options", "status option", "status options")
};

/// A choice that every new tenant begins with.
pub struct ShippedChoice {
    pub list: &'static str,
    pub name: &'static str,
    pub label: &'static str,
    pub counts_as: &'static str,
    pub probability: i64,
}

/// The lists of a new tenant, in the order of their positions. From then on they are the tenant's.
pub const SHIPPED: &[ShippedChoice] = &[
    stage("lead", "Lead", "open", 10),
    stage("qualified", "Qualified", "open", 25),
    stage("proposal", "Proposal", "open", 50),
    stage("negotiation", "Negotiation", "open", 75),
    stage("won", "Won", "won", 100),
    stage("lost", "Lost", "lost", 0),
];

const fn stage(name: &'static str, label: &'static str, counts_as: &'static str, probability: i64) -> ShippedChoice {
    ShippedChoice { list: super::deals::STAGES, name, label, counts_as, probability }
}
