//! Who may see a report, and what of it. The rows are the engine's to narrow; here is decided
//! whether there is anything to ask it for.

use crate::kernel::{Error, Result};
use crate::kind::{Access, Action, FieldRight, Level, Registry};

use super::declare::{Choice, Holds, Need, Parameter, Report, Sort};

/// One viewer's eyes.
#[derive(Clone, Copy)]
pub struct Sees<'a> {
    pub registry: &'a Registry,
    pub access: &'a Access,
}

impl<'a> Sees<'a> {
    fn may(self, about: Option<(&str, &str)>) -> bool {
        about.is_none_or(|(kind, field)| sees(self.registry, self.access, kind, field))
    }
    /// The parameters that there are for the viewer. Among one company there is nothing to choose.
    pub fn parameters(self, report: &'static Report) -> impl Iterator<Item = &'static Parameter> + 'a {
        let choosable = move |sort| !matches!(sort, Sort::Record("companies") if self.is_of_one_company());
        report.parameters.iter().filter(move |parameter| self.may(parameter.about) && choosable(parameter.sort))
    }
    /// A client, say: whose company it is goes without saying.
    fn is_of_one_company(self) -> bool {
        level(self.registry, self.access, "companies", Action::Read) == Level::Company
    }
    /// The choices that there are for the viewer.
    pub fn choices(self, all: &'static [Choice]) -> impl Iterator<Item = &'static Choice> + 'a {
        all.iter().filter(move |choice| self.may(choice.about))
    }
}

/// May the viewer see this field at all times?
fn sees(registry: &Registry, access: &Access, kind: &str, field: &str) -> bool {
    let Some(position) = registry.position(kind) else { return false };
    let grant = &access.grants[position];
    if grant.level(Action::Read) == Level::None {
        return false;
    }
    match registry.at(position).position(field) {
        Some(at) => matches!(grant.fields.get(at), Some(FieldRight::Full | FieldRight::ReadOnly)),
        None => field == "created_at",
    }
}

fn level(registry: &Registry, access: &Access, kind: &str, action: Action) -> Level {
    registry.position(kind).map_or(Level::None, |position| access.grants[position].level(action))
}

fn meets(registry: &Registry, access: &Access, need: &Need) -> bool {
    level(registry, access, need.kind, Action::Read) >= need.level
        && need.fields.iter().all(|field| sees(registry, access, need.kind, field))
}

/// Is there such a report for this viewer?
pub fn allows(report: &Report, registry: &Registry, access: &Access) -> bool {
    report.needs.iter().all(|need| meets(registry, access, need))
}

/// # Errors
/// 403 with what is missing.
pub fn check(report: &Report, registry: &Registry, access: &Access) -> Result<()> {
    match report.needs.iter().find(|need| !meets(registry, access, need)) {
        None => Ok(()),
        Some(need) => {
            let many = registry.get(need.kind).map_or(need.kind, |kind| kind.many);
            Err(Error::forbidden(format!("The report \"{}\" shows more of {many} than you may see.", report.title)))
        }
    }
}

/// What may be looked at may not always be carried out of the house.
pub fn may_export(report: &Report, registry: &Registry, access: &Access) -> bool {
    report.needs.iter().all(|need| {
        let export = level(registry, access, need.kind, Action::Export);
        export != Level::None && export >= level(registry, access, need.kind, Action::Read)
            // Names of people stand in reports of the business, which who may export that may carry along.
            || (need.kind == "users" && level(registry, access, "users", Action::Read) == Level::All)
    })
}

/// The columns that the viewer gets, by their place.
pub fn columns(report: &Report, registry: &Registry, access: &Access) -> Vec<usize> {
    let one_company = Sees { registry, access }.is_of_one_company();
    let shown = |at: &usize| {
        let column = &report.columns[*at];
        let obvious = one_company && column.holds == Holds::Record("companies");
        !obvious && column.shows.is_none_or(|(kind, field)| sees(registry, access, kind, field))
    };
    (0..report.columns.len()).filter(shown).collect()
}

/// Does the viewer see some rows only of what the report counts?
pub fn is_partial(report: &Report, registry: &Registry, access: &Access) -> bool {
    report.needs.iter().any(|need| level(registry, access, need.kind, Action::Read) != Level::All)
}
