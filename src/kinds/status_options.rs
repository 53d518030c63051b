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
