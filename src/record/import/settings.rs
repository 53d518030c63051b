//! What a person decides about an import: aliases, the rule for duplicates, what becomes of the rest.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::kernel::{Error, FieldError, Result};

use super::dates::Order;
use super::mapping::Fields;
use super::near::{candidates, squeezed};
use super::profile::Column;
use super::source::Dialect;

/// What to do with a row whose record is already there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OnDuplicate {
    /// Leave the record as it is. The default, because it can destroy nothing.
    #[default]
    Skip,
    /// Give the record the values of the row; blank cells change nothing.
    Update,
    /// Make another record.
    Create,
}

impl OnDuplicate {
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "skip" => Self::Skip,
            "update" => Self::Update,
            "create" => Self::Create,
            _ => return None,
        })
    }
}

/// A value of the file that stands for another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alias {
    /// A field or a column.
    pub field: String,
    pub from: String,
    pub to: String,
}

impl Alias {
    /// Reads `field:from=to`.
    pub fn parse(text: &str) -> Option<Self> {
        let (field, rest) = text.split_once(':')?;
        let (from, to) = rest.rsplit_once('=')?;
        let trimmed = |s: &str| s.trim().to_owned();
        (!field.trim().is_empty() && !from.trim().is_empty()).then(|| Self {
            field: trimmed(field),
            from: trimmed(from),
            to: trimmed(to),
        })
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub aliases: Vec<Alias>,
    pub on_duplicate: OnDuplicate,
    pub keep_unmapped: bool,
    pub create_missing: bool,
    /// The order of day and month where a person has said it, by column.
    pub dates: BTreeMap<String, Order>,
    /// How the kept file is written; found out, never given.
    pub dialect: Dialect,
}

/// Applies `{"mapping":{…},"aliases":[…],"on_duplicate":…,"keep_unmapped":…,"create_missing":…,
/// "dates":{…}}`: members that are absent stay as they are.
pub fn apply(
    body: &Map<String, Json>,
    fields: &Fields<'_>,
    columns: &mut [Column],
    settings: &mut Settings,
) -> Result<()> {
    let mut errors = Vec::new();
    // The mapping goes first wherever it stands: aliases speak of fields that it gives to columns.
    let (first, rest): (Vec<_>, Vec<_>) = body.iter().partition(|(name, _)| *name == "mapping");
    for (name, json) in first.into_iter().chain(rest) {
        let outcome = match name.as_str() {
            "mapping" => mapping(json, fields, columns),
            "aliases" => aliases(json, fields, columns).map(|list| settings.aliases = list),
            "dates" => dates(json, columns, &mut settings.dates),
            "on_duplicate" => match json.as_str().and_then(OnDuplicate::parse) {
                Some(rule) => {
                    settings.on_duplicate = rule;
                    Ok(())
                }
                None => Err(Error::field(name, "unknown_value", "Give one of: skip, update, create.")),
            },
            "keep_unmapped" => flag(name, json).map(|b| settings.keep_unmapped = b),
            "create_missing" => flag(name, json).map(|b| settings.create_missing = b),
            _ => Err(Error::field(name, "unknown_field", "There is no such field.")),
        };
        if let Err(error) = outcome {
            errors.extend(error.detail().map(|d| d.fields.clone()).unwrap_or_default());
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(Error::fields(errors)) }
}

fn flag(name: &str, json: &Json) -> Result<bool> {
    json.as_bool().ok_or_else(|| Error::field(name, "type", "Give true or false."))
}

fn object<'a>(name: &str, json: &'a Json) -> Result<&'a Map<String, Json>> {
    json.as_object().ok_or_else(|| Error::field(name, "type", "Give an object: a column's name for each field's."))
}

/// The column of that name, or a refusal that says which there are.
fn column(columns: &[Column], name: &str, pointer: &str) -> Result<usize> {
    let wanted = squeezed(name);
    let exact = columns.iter().position(|c| c.name == name);
    if let Some(at) = exact.or_else(|| columns.iter().position(|c| squeezed(&c.name) == wanted)) {
        return Ok(at);
    }
    let names: Vec<&str> = columns.iter().map(|c| c.name.as_str()).collect();
    let message = format!("The file has no column \"{name}\". It has: {}.", names.join(", "));
    Err(Error::field(pointer, "unknown_column", message))
}

fn mapping(json: &Json, fields: &Fields<'_>, columns: &mut [Column]) -> Result<()> {
    let pointer = "mapping";
    for (name, to) in object(pointer, json)? {
        let at = column(columns, name, pointer)?;
        let field = match to {
            Json::Null => None,
            Json::String(s) if s.trim().is_empty() => None,
            Json::String(s) => Some(fields.name(fields.named(s, pointer)?)),
            _ => return Err(Error::field(pointer, "type", "Give the name of a field, or null to leave a column out.")),
        };
        if field.is_some() {
            // What a person says takes the field from the column that had it by its name alone.
            columns.iter_mut().filter(|c| c.field == field).for_each(|c| c.field = None);
        }
        columns[at].left_out = field.is_none();
        columns[at].field = field;
        columns[at].suggestion = None;
    }
    Ok(())
}

fn aliases(json: &Json, fields: &Fields<'_>, columns: &[Column]) -> Result<Vec<Alias>> {
    let pointer = "aliases";
    let wrong = || Error::field(pointer, "format", "Give aliases as \"field:from=to\" or {field, from, to}.");
    let list = json.as_array().ok_or_else(wrong)?;
    let mut out = Vec::with_capacity(list.len());
    for item in list {
        let alias = match item {
            Json::String(text) => Alias::parse(text).ok_or_else(wrong)?,
            other => serde_json::from_value::<Alias>(other.clone()).map_err(|_| wrong())?,
        };
        let target = fields.find(&alias.field).map(|(t, _)| fields.name(t));
        let known = columns
            .iter()
            .any(|c| (c.field.is_some() && c.field == target) || squeezed(&c.name) == squeezed(&alias.field));
        if !known {
            let names = columns.iter().flat_map(|c| [Some(c.name.as_str()), c.field.as_deref()]).flatten();
            let near = candidates(&alias.field, names);
            let hint = near.first().map_or(String::new(), |n| format!(" Did you mean \"{n}\"?"));
            let message =
                format!("No column is taken as \"{}\", so its alias would change nothing.{hint}", alias.field);
            return Err(Error::fields(vec![FieldError::at(pointer, "unknown_field", message)]));
        }
        out.push(alias);
    }
    Ok(out)
}

fn dates(json: &Json, columns: &[Column], orders: &mut BTreeMap<String, Order>) -> Result<()> {
    let pointer = "dates";
    for (name, order) in object(pointer, json)? {
        let at = column(columns, name, pointer)?;
        let order: Order = serde_json::from_value(order.clone())
            .map_err(|_| Error::field(pointer, "unknown_value", "Give one of: M/D/YYYY, D/M/YYYY."))?;
        orders.insert(columns[at].name.clone(), order);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alias_is_read_as_it_is_typed() {
        let alias = Alias::parse("status:WK IN PROG=in_work").expect("an alias");
        assert_eq!((alias.field.as_str(), alias.from.as_str(), alias.to.as_str()), ("status", "WK IN PROG", "in_work"));
        assert_eq!(Alias::parse("size:a=b=c").map(|a| (a.from, a.to)), Some(("a=b".into(), "c".into())));
        assert_eq!(Alias::parse("status"), None);
        assert_eq!(Alias::parse("status:=x"), None);
    }
}
