//! Fills the placeholders of declared lists in, and leaves out what the viewer could not ask for.

use crate::kernel::{Date, Error, Moment, Result};
use crate::kind::{Access, FieldRight, Kind};

use super::table::MINE;

/// The parameters of a list.
pub type Params = Vec<(String, String)>;

/// Moments between which a page looks, as they stand in filters.
#[derive(Clone, Debug, Default)]
pub struct Span {
    pub from: String,
    pub to: String,
}

impl Span {
    /// Reads two days or moments; a day means its first moment in the tenant's zone.
    pub fn read(access: &Access, from: &str, to: &str) -> Result<Self> {
        let read = |name: &str, text: &str| {
            let day = || Moment::local(Date::parse(text)?, 0, &access.tenant.zone);
            let moment = day().or_else(|| Moment::parse(text)).map(|moment| moment.to_string());
            moment.ok_or_else(|| Error::query(name, "format", "Give a day as YYYY-MM-DD, or a moment as RFC 3339."))
        };
        Ok(Self { from: read("from", from)?, to: read("to", to)? })
    }

    /// From midnight to midnight of a day in the tenant's zone.
    pub fn of_day(access: &Access, day: &str) -> Result<Self> {
        let day = Date::parse(day).ok_or_else(|| Error::query("day", "format", "Give a day as YYYY-MM-DD."))?;
        Self::read(access, &day.to_string(), &day.plus_days(1).to_string())
    }
}

/// The parameters of a declared list of `kind`, as this viewer asks for it.
pub fn fill(access: &Access, position: usize, kind: &Kind, declared: &[(&str, &str)], span: &Span) -> Params {
    let mut params = Params::new();
    for (name, value) in declared {
        let (name, value) = match (*name, *value) {
            pair if pair == MINE => mine(access),
            ("include", names) => match visible(access, position, kind, names) {
                names if names.is_empty() => continue,
                names => ("include".to_owned(), names),
            },
            ("fields", names) => ("fields".to_owned(), readable(access, position, kind, names)),
            (name, value) => (name.to_owned(), value.replace("{from}", &span.from).replace("{to}", &span.to)),
        };
        params.push((name, value));
    }
    params
}

fn mine(access: &Access) -> (String, String) {
    match access.contractor {
        Some(id) => ("contractor_id".to_owned(), id.to_string()),
        None => ("assigned_to".to_owned(), "me".to_owned()),
    }
}

/// Those of the references that the viewer may see. A page is the same for all roles, and a hidden
/// field would be an error.
fn visible(access: &Access, position: usize, kind: &Kind, names: &str) -> String {
    let seen = |name: &&str| {
        let field = kind.reference(name).and_then(|field| kind.position(field.name));
        field.is_some_and(|at| right(access, position, at) != FieldRight::Hidden)
    };
    names.split(',').filter(seen).collect::<Vec<_>>().join(",")
}

/// Those of the fields, their own and those of what they refer to, that the viewer may see.
fn readable(access: &Access, position: usize, kind: &Kind, names: &str) -> String {
    let seen = |name: &&str| match name.split_once('.') {
        Some((reference, _)) => !visible(access, position, kind, reference).is_empty(),
        None => kind.position(name).is_none_or(|at| right(access, position, at) != FieldRight::Hidden),
    };
    names.split(',').filter(seen).collect::<Vec<_>>().join(",")
}

/// What the viewer may do with a field.
pub fn right(access: &Access, position: usize, field: usize) -> FieldRight {
    access.grants[position].fields.get(field).copied().unwrap_or(FieldRight::Hidden)
}

/// Every reference of the kind that the viewer may see.
pub fn references(access: &Access, position: usize, kind: &Kind) -> String {
    let seen = kind.fields.iter().enumerate().filter(|(at, _)| right(access, position, *at) != FieldRight::Hidden);
    seen.filter_map(|(_, field)| field.expands_as()).collect::<Vec<_>>().join(",")
}
