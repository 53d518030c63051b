//! Rows about another record: tasks, notes, files. The record's kind and id stand in two fields.

use crate::kernel::Result;
use crate::kind::{Draft, Field, Type};

pub const KIND: Field = Field::new("about_kind", "About (kind)", Type::KindName);
pub const ID: Field = Field::new("about_id", "About", Type::RefAny { kind_field: "about_kind" });
/// The two fields, for a scope: such a row is seen only where its record is.
pub const FIELDS: Option<(&str, &str)> = Some(("about_kind", "about_id"));

/// A kind without an id points nowhere, an id without a kind cannot be followed.
pub fn prepare(draft: &mut Draft<'_>) -> Result<()> {
    let (kind, id) = (draft.get("about_kind"), draft.get("about_id"));
    if kind.is_null() != id.is_null() {
        let missing = if kind.is_null() { "about_kind" } else { "about_id" };
        draft.refuse(missing, "required", "Give both about_kind and about_id, or neither.");
    } else if draft.changed("about_kind") && !kind.is_null() && !is_common(draft.text("about_kind")) {
        draft.refuse("about_kind", "unknown_value", "Give the name of a kind, such as \"work-orders\".");
    }
    Ok(())
}

/// What a person keeps for themselves is nothing that others can have something to do with.
fn is_common(kind: &str) -> bool {
    super::kind_of(kind).is_some_and(|kind| kind.scope.shared.is_none())
}
