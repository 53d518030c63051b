//! A record in memory, on its way in or just read.

use crate::db::Value;
use crate::kernel::Moment;
use crate::kind::Kind;

/// The values of one record, in the order of its kind's fields.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub values: Vec<Value>,
    pub external_id: Value,
    /// The tenant's own fields as a JSON object.
    pub custom: String,
    /// When it was made, where that is not now: the demo and imports of history know better.
    pub created_at: Option<Moment>,
}

impl Row {
    /// An empty record of the kind.
    pub fn empty(kind: &Kind) -> Self {
        Self {
            values: vec![Value::Null; kind.fields.len()],
            external_id: Value::Null,
            custom: "{}".into(),
            created_at: None,
        }
    }
}
