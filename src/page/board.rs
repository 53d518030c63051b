//! A board: one column for each state that a record of the kind may be in.

use crate::kernel::{Error, Result};
use crate::kind::{Kind, Tenant, Type};
use crate::record::{View, write_text};

use super::ask::list;

/// Cards of a column that are shown at first.
const CARDS: &str = "25";
/// More columns than fit any board.
const MOST: usize = 30;

/// The field by which the kind's records stand in columns.
pub fn field(kind: &'static Kind) -> Result<&'static str> {
    let none = || Error::query("kind", "unknown_value", format!("{} have no states to make columns of.", kind.many));
    kind.states.map(|states| states.field).ok_or_else(none)
}

/// The names of a field's choices, in order.
fn choices(tenant: &Tenant, ty: Type) -> Vec<&str> {
    match ty {
        Type::Enum(names) => names.to_vec(),
        Type::Option(list) => tenant.choices_of(list).map(|choice| &*choice.name).collect(),
        _ => Vec::new(),
    }
}

/// `{"field":"stage","columns":[{"value":"lead","list":{…}},…]}`, the same list for each column.
pub fn columns(view: &View<'_>, position: usize, asked: &[(String, String)]) -> Result<Vec<u8>> {
    let kind = view.registry.at(position);
    let field = field(kind)?;
    let ty = kind.field(field).map_or(Type::Bool, |field| field.ty);
    let mut out = Vec::from(*b"{\"field\":");
    write_text(&mut out, field);
    out.extend_from_slice(b",\"columns\":[");
    for (i, name) in choices(&view.access.tenant, ty).into_iter().take(MOST).enumerate() {
        let mut params = asked.to_vec();
        params.push((field.to_owned(), name.to_owned()));
        if !params.iter().any(|(name, _)| name == "limit") {
            params.push(("limit".to_owned(), CARDS.to_owned()));
        }
        out.extend_from_slice(if i > 0 { b",{\"value\":" } else { b"{\"value\":" });
        write_text(&mut out, name);
        out.extend_from_slice(b",\"list\":");
        out.extend_from_slice(&list(view, position, &params)?);
        out.push(b'}');
    }
    out.extend_from_slice(b"]}");
    Ok(out)
}
