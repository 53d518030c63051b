//! A report as it was asked for: its parameters, read and checked.

use serde_json::{Map, Value as Json, json};

use crate::kernel::{Date, Error, FieldError, Id, Moment, Result, relative_day};
use crate::kind::{Access, Choice, Registry};
use crate::record::View;

use super::declare::{Column, Parameter, Report, Sort};
use super::rights::{self, Sees};

/// Longer than any region is called.
const MAX_TEXT: usize = 200;

/// One parameter as it was given.
#[derive(Clone, Debug)]
pub struct Given {
    pub parameter: &'static Parameter,
    /// In its plain form: a day is a day, whatever word stood for it.
    pub value: String,
    /// What people read.
    pub text: String,
}

/// What was asked for.
#[derive(Clone, Debug)]
pub struct Ask {
    pub report: &'static Report,
    pub given: Vec<Given>,
    /// The day that all is relative to, in the tenant's zone.
    pub today: Date,
    /// The tenant's stages of deals.
    pub stages: Vec<Choice>,
    pub zone: String,
    pub currency: String,
    /// The columns that this viewer gets, by their place in the declaration.
    pub columns: Vec<usize>,
    /// Only what concerns the viewer is counted.
    pub partial: bool,
}

impl Ask {
    /// Reads the parameters for a viewer.
    ///
    /// # Errors
    /// 403 where the viewer has no right to the report, 422 with every parameter that is wrong.
    pub fn read(
        report: &'static Report,
        registry: &Registry,
        access: &Access,
        params: &[(String, String)],
    ) -> Result<Self> {
        rights::check(report, registry, access)?;
        let sees = Sees { registry, access };
        let today = access.tenant.today();
        let mut wrong = Vec::new();
        for (at, (name, _)) in params.iter().enumerate() {
            if sees.parameters(report).all(|p| p.name != name) {
                let known = sees.parameters(report).map(|p| p.name).collect::<Vec<_>>().join(", ");
                let message = format!("This report has no parameter \"{name}\". It has: {known}.");
                wrong.push(FieldError::query(name, "unknown_parameter", message));
            } else if params[..at].iter().any(|(earlier, _)| earlier == name) {
                wrong.push(FieldError::query(name, "duplicate", "Give this parameter once."));
            }
        }
        let mut given = Vec::new();
        for parameter in sees.parameters(report) {
            let said = params.iter().find(|(name, value)| name == parameter.name && !value.trim().is_empty());
            let text = said.map_or(parameter.default, |(_, value)| value.trim());
            if text.is_empty() {
                continue;
            }
            match parameter.read(text, today, sees) {
                Ok((value, text)) => given.push(Given { parameter, value, text }),
                Err((code, message)) => wrong.push(FieldError::query(parameter.name, code, message)),
            }
        }
        let ask = Self {
            report,
            given,
            today,
            stages: access.tenant.choices_of("deal-stage").cloned().collect(),
            zone: access.tenant.zone.to_string(),
            currency: access.tenant.currency.to_string(),
            columns: rights::columns(report, registry, access),
            partial: rights::is_partial(report, registry, access),
        };
        if wrong.is_empty() && ask.day("from").zip(ask.day("to")).is_some_and(|(from, to)| to < from) {
            wrong.push(FieldError::query("to", "range", "Give a day that is not before \"from\"."));
        }
        if wrong.is_empty() { Ok(ask) } else { Err(Error::fields(wrong)) }
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.given.iter().find(|given| given.parameter.name == name).map(|given| given.value.as_str())
    }

    /// A choice that always stands, since it has a default.
    pub fn choice(&self, name: &str) -> &'static str {
        let given = self.given.iter().find(|given| given.parameter.name == name);
        given.map_or("", |given| match given.parameter.sort {
            Sort::Choice(all) => all.iter().find(|choice| choice.name == given.value).map_or("", |choice| choice.name),
            _ => "",
        })
    }

    /// What people read of a parameter.
    pub fn text(&self, name: &str) -> &str {
        self.given.iter().find(|given| given.parameter.name == name).map_or("", |given| &given.text)
    }

    pub fn day(&self, name: &str) -> Option<Date> {
        self.get(name).and_then(Date::parse)
    }

    /// The first moment of a day.
    pub fn start_of(&self, day: Date) -> Moment {
        Moment::local(day, 0, &self.zone).unwrap_or(Moment(day.days() * 86_400_000))
    }

    /// The conditions of a list on a day or moment between `from` and `to`, both included.
    pub fn span(&self, field: &str, is_moment: bool) -> Vec<(String, String)> {
        let text = |day: Date| if is_moment { self.start_of(day).to_string() } else { day.to_string() };
        let from = self.day("from").map(|day| (format!("{field}[gte]"), text(day)));
        let to = self.day("to").map(|day| (format!("{field}[lt]"), text(day.plus_days(1))));
        from.into_iter().chain(to).collect()
    }

    /// A condition for a parameter, when it was given: `only("company", "company_id")`.
    pub fn only(&self, parameter: &str, field: &str) -> Option<(String, String)> {
        self.get(parameter).map(|value| (field.to_owned(), value.to_owned()))
    }

    pub fn shown(&self) -> impl Iterator<Item = (usize, &'static Column)> + '_ {
        self.columns.iter().map(|at| (*at, &self.report.columns[*at]))
    }

    /// Looks the records up that were named.
    ///
    /// # Errors
    /// 422 where there is none that the viewer may see.
    pub fn name_records(&mut self, view: &View<'_>) -> Result<()> {
        for given in &mut self.given {
            if let Sort::Record(kind) = given.parameter.sort {
                let id: Id = given.value.parse().map_err(|()| Error::not_found())?;
                let Some(title) = view.called(kind, id)? else {
                    let message = "There is no such record, or you may not see it. Choose another one.";
                    return Err(Error::query(given.parameter.name, "unknown_reference", message));
                };
                given.text = title;
            }
        }
        Ok(())
    }

    /// What was asked for, as a document tells it.
    pub fn told(&self) -> Vec<Json> {
        let told = |given: &Given| {
            let Parameter { name, title, .. } = given.parameter;
            json!({"name": name, "title": title, "value": given.value, "text": given.text})
        };
        self.given.iter().map(told).collect()
    }
}

impl Parameter {
    /// The plain form of what was given, and what people read.
    fn read(&self, text: &str, today: Date, sees: Sees<'_>) -> Result<(String, String), (&'static str, String)> {
        match self.sort {
            Sort::Day => match Date::parse(text).or_else(|| relative_day(text, today)) {
                Some(day) => Ok((day.to_string(), day.to_string())),
                None => Err(("format", "Give a day as YYYY-MM-DD, or one like month-1, quarter or today.".to_owned())),
            },
            Sort::Choice(all) => match sees.choices(all).find(|choice| choice.name == text) {
                Some(choice) => Ok((choice.name.to_owned(), choice.title.to_owned())),
                None => {
                    let names = sees.choices(all).map(|choice| choice.name).collect::<Vec<_>>().join(", ");
                    Err(("unknown_value", format!("Give one of: {names}.")))
                }
            },
            Sort::Text if text.chars().count() > MAX_TEXT => {
                Err(("too_long", format!("Give at most {MAX_TEXT} characters.")))
            }
            Sort::Text => Ok((text.to_owned(), text.to_owned())),
            Sort::Record(_) => match text.parse::<Id>() {
                Ok(id) => Ok((id.to_string(), id.to_string())),
                Err(()) => Err(("format", "Give the id of a record.".to_owned())),
            },
        }
    }

    /// How it is described to whoever may ask.
    pub fn described(&self, today: Date, sees: Sees<'_>) -> Json {
        let mut told = Map::new();
        told.insert("name".into(), self.name.into());
        told.insert("title".into(), self.title.into());
        let default = self.read(self.default, today, sees).map_or(String::new(), |(value, _)| value);
        match self.sort {
            Sort::Day => {
                told.insert("type".into(), "day".into());
            }
            Sort::Choice(all) => {
                told.insert("type".into(), "choice".into());
                let choices = sees.choices(all).map(|choice| json!({"name": choice.name, "title": choice.title}));
                told.insert("choices".into(), choices.collect());
            }
            Sort::Text => {
                told.insert("type".into(), "text".into());
            }
            Sort::Record(kind) => {
                told.insert("type".into(), "record".into());
                told.insert("kind".into(), kind.into());
            }
        }
        if !self.default.is_empty() {
            told.insert("default".into(), default.into());
        }
        Json::Object(told)
    }
}
