//! What belongs to one record: the lists of everything that refers to it.

use crate::kernel::{Id, Result};
use crate::kind::{Access, Action, Field, FieldRight, Kind, Level, Registry};
use crate::record::{Selection, View, write_text};

use super::ask::list;
use super::fill::right;

/// Rows of each list on a record's page.
pub const MOST: usize = 25;

/// Who may refer to records of the kind at `position`, as far as the viewer may see it.
pub fn referrers<'a>(
    registry: &'a Registry,
    access: &'a Access,
    position: usize,
) -> impl Iterator<Item = (usize, &'static Kind, &'static Field)> + 'a {
    let all = registry.referrers(position).iter().map(|(at, field)| (*at, registry.at(*at), *field));
    all.filter(|(at, kind, field)| {
        let own = kind.position(field.name).map(|i| right(access, *at, i));
        access.grants[*at].level(Action::Read) != Level::None
            && matches!(own, Some(FieldRight::Full | FieldRight::ReadOnly))
    })
}

/// One object with a list for each field that refers to the record: `{"sites.company_id":{…},…}`.
pub fn related(view: &View<'_>, position: usize, id: Id) -> Result<Vec<u8>> {
    // What is not seen has no relations.
    view.get(position, id, &Selection::parse(Some("id"), None)?)?;
    let mut out = Vec::from(*b"{");
    for (at, kind, field) in referrers(view.registry, view.access, position) {
        if out.len() > 1 {
            out.push(b',');
        }
        write_text(&mut out, &format!("{}.{}", kind.name, field.name));
        out.push(b':');
        let params = [
            (field.name, id.to_string()),
            ("sort", "-created_at".to_owned()),
            ("limit", MOST.to_string()),
            ("count", "true".to_owned()),
        ];
        let params: Vec<_> = params.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        out.extend_from_slice(&list(view, at, &params)?);
    }
    out.push(b'}');
    Ok(out)
}
