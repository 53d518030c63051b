//! From the text of a cell to the value of a field.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value as Json;

use crate::db::Value;
use crate::kernel::fold;
use crate::kind::{Kind, Registry, Tenant, Type};
use crate::record::check::{from_json, from_text};

use super::dates::{Cell, Order};
use super::mapping::Target;
use super::near::{candidates, squeezed};
use super::numbers::{self, Decimal, Number};
use super::profile::{Column, yes_or_no};
use super::settings::Settings;

/// What a cell turned out to be.
#[derive(Debug)]
pub enum Taken {
    Empty,
    Value(Value),
    /// The name or identifier of another record, still to be found.
    Refers(String),
    /// It cannot be read as what the field holds.
    Unreadable(String),
    /// It is not in the list that the field takes its values from.
    Unknown {
        text: String,
        near: Vec<String>,
        message: String,
    },
}

/// Takes the cells of one column.
pub struct Taker {
    /// The column's place in the file.
    pub at: usize,
    pub target: Target,
    /// What the field is called in answers.
    pub name: String,
    pub ty: Type,
    pub required: bool,
    /// The kind that a reference names, by its position.
    pub refers_to: Option<usize>,
    aliases: HashMap<String, String>,
    order: Order,
    decimal: Decimal,
    /// The choices of a list in the form that they are compared in.
    choices: Option<Vec<(String, Value)>>,
    /// Values of a list that were looked up before.
    known: HashMap<String, Value>,
}

/// Values remembered per column.
const REMEMBERED: usize = 1000;

impl Taker {
    pub fn new(
        at: usize,
        column: &Column,
        target: Target,
        name: String,
        kind: &'static Kind,
        registry: &Registry,
        tenant: &Tenant,
        settings: &Settings,
        same: impl Fn(&str) -> bool,
    ) -> Self {
        let (ty, required, options) = match target {
            Target::Field(i) => (kind.fields[i].ty, kind.fields[i].required, None),
            Target::ExternalId => (Type::Text(200), false, None),
            Target::CreatedAt => (Type::Time, false, None),
            Target::Custom(i) => {
                let own = &tenant.custom[i];
                (own.ty, own.required, (!own.options.is_empty()).then(|| Arc::clone(&own.options)))
            }
        };
        let choice = |name: &str| (squeezed(name), Value::from(name));
        let choices = match (ty, options) {
            (_, Some(options)) => Some(options.iter().map(|o| choice(o)).collect()),
            (Type::Enum(of), _) => Some(of.iter().map(|v| choice(v)).collect()),
            (Type::Option(list), _) => Some(tenant.choices_of(list).map(|c| choice(&c.name)).collect()),
            _ => None,
        };
        let aliases =
            settings.aliases.iter().filter(|a| same(&a.field) || squeezed(&a.field) == squeezed(&column.name));
        Self {
            at,
            target,
            name,
            ty,
            required,
            refers_to: match ty {
                Type::Ref(kind) => registry.position(kind),
                _ => None,
            },
            aliases: aliases.map(|a| (fold(&a.from), a.to.clone())).collect(),
            order: settings.dates.get(&column.name).copied().unwrap_or(column.order),
            decimal: column.decimal,
            choices,
            known: HashMap::new(),
        }
    }

    /// Reads a cell. Aliases come first, so that they may stand for anything.
    pub fn take(&mut self, cell: &str, tenant: &Tenant) -> Taken {
        let mut text = cell.trim();
        // An export puts an apostrophe before what a spreadsheet would run as a formula.
        if let Some(rest) = text.strip_prefix('\'')
            && rest.starts_with(['=', '+', '-', '@'])
        {
            text = rest;
        }
        if let Some(known) = self.known.get(text) {
            return Taken::Value(known.clone());
        }
        let alias = if self.aliases.is_empty() { None } else { self.aliases.get(&fold(text)).cloned() };
        let meant = alias.as_deref().unwrap_or(text);
        if meant.is_empty() {
            return Taken::Empty;
        }
        let Some(choices) = &self.choices else { return self.read(meant, tenant) };
        let wanted = squeezed(meant);
        match choices.iter().find(|(word, _)| *word == wanted) {
            Some((_, value)) => {
                if self.known.len() < REMEMBERED {
                    self.known.insert(text.to_owned(), value.clone());
                }
                Taken::Value(value.clone())
            }
            None => self.unknown(meant, choices),
        }
    }

    fn unknown(&self, text: &str, choices: &[(String, Value)]) -> Taken {
        let names: Vec<&str> = choices.iter().filter_map(|(_, v)| v.as_text()).collect();
        let near = candidates(text, names.iter().copied());
        let message = match near.first() {
            Some(name) => format!("did you mean \"{name}\"?"),
            None => format!("give one of {}", names.join(", ")),
        };
        Taken::Unknown { text: text.to_owned(), near, message }
    }

    fn read(&self, text: &str, tenant: &Tenant) -> Taken {
        let unreadable = || Taken::Unreadable(format!("\"{text}\" is no {}", self.what()));
        let value = match self.ty {
            Type::Ref(_) | Type::RefAny { .. } => return Taken::Refers(text.to_owned()),
            Type::Date => Cell::read(text).and_then(|c| c.day.date(self.order)).map(|d| Value::from(d.to_string())),
            Type::Time => {
                let written = || Cell::read(text).and_then(|c| c.moment(self.order, &tenant.zone));
                crate::kernel::Moment::parse(text).filter(|_| text.contains('T')).or_else(written).map(Value::from)
            }
            Type::Bool => yes_or_no(text).map(|(yes, _)| Value::from(yes)),
            Type::Real(low, high) => {
                let plain = if self.decimal == Decimal::Point { numbers::plain_real(text) } else { None };
                let real = plain.or_else(|| Number::read(text, self.decimal).and_then(|n| n.real()));
                match real {
                    Some(x) if x < low || x > high => {
                        return Taken::Unreadable(format!("\"{text}\" is not from {low} to {high}"));
                    }
                    other => other.map(Value::from),
                }
            }
            Type::Int(low, high) => match Number::read(text, self.decimal).and_then(|n| n.whole()) {
                Some(n) if n < low || n > high => {
                    return Taken::Unreadable(format!("\"{text}\" is not from {low} to {high}"));
                }
                other => other.map(Value::Int),
            },
            Type::Money { .. } => {
                let cents = Number::read(text, self.decimal).and_then(|n| n.hundredths());
                cents.filter(|n| n.abs() <= 9_007_199_254_740_991).map(Value::Int)
            }
            Type::Json(_) => {
                let json: Option<Json> = serde_json::from_str(text).ok();
                json.and_then(|json| from_json(self.ty, &json, tenant).ok())
            }
            ty => match from_text(ty, text, tenant) {
                Ok(value) => Some(value),
                Err((_, message)) => {
                    let shown = crate::kernel::shorten(text, 60);
                    return Taken::Unreadable(format!("\"{shown}\" cannot be taken. {message}"));
                }
            },
        };
        value.map_or_else(unreadable, Taken::Value)
    }

    fn what(&self) -> &'static str {
        match self.ty {
            Type::Date => "date",
            Type::Time => "date and time",
            Type::Bool => "yes or no",
            Type::Int(..) => "whole number",
            Type::Json(_) => "list or object in JSON",
            _ => "number",
        }
    }
}
