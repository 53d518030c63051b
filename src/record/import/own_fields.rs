//! Columns that no field takes, kept as fields of the tenant's own.

use std::sync::Arc;

use serde_json::json;

use crate::db::Change;
use crate::kernel::{Error, Id, Result};
use crate::kind::{Access, CustomField, Kind, Type};
use crate::record::View;

use super::mapping::REASON;
use super::profile::{Column, Holds};
use super::report::FieldMade;

/// What an import would keep: the fields to make, by column.
pub struct OwnFields {
    kind: &'static Kind,
    fields: Vec<(usize, FieldMade)>,
}

impl OwnFields {
    /// Plans a field for each column that holds something and that no field takes.
    pub fn plan(kind: &'static Kind, access: &Access, columns: &[Column]) -> Self {
        let mut fields: Vec<(usize, FieldMade)> = Vec::new();
        for (at, column) in columns.iter().enumerate() {
            let reason = column.name == REASON && at + 1 == columns.len();
            if column.field.is_some() || column.left_out || column.filled == 0 || reason {
                continue;
            }
            let taken = |name: &str| {
                kind.fields.iter().any(|f| f.name == name || f.expands_as() == Some(name))
                    || RESERVED.contains(&name)
                    || access.tenant.custom_of(kind.name).any(|c| &*c.name == name)
                    || fields.iter().any(|(_, f)| f.name == name)
            };
            let name = free_name(&column.name, taken);
            let word = TYPES.iter().find(|(holds, ..)| *holds == column.holds).map_or("text", |(_, word, _)| *word);
            fields.push((at, FieldMade { column: column.name.clone(), name, ty: word.to_owned() }));
        }
        Self { kind, fields }
    }

    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    pub fn told(&self) -> Vec<FieldMade> {
        self.fields.iter().map(|(_, made)| made.clone()).collect()
    }

    /// The change that makes them, under the importer's right to define fields.
    pub fn make(&self, view: &View<'_>) -> Result<Change> {
        let position = view.registry.position("custom-fields").ok_or_else(Error::not_found)?;
        let mut change = Change::new();
        for (_, made) in &self.fields {
            let body = json!({"kind": self.kind.name, "name": made.name, "label": made.column, "type": made.ty});
            let body = body.as_object().cloned().unwrap_or_default();
            change.extend(view.plan_create(position, Id::new(), &body)?.change);
        }
        Ok(change)
    }

    /// Maps the columns to them.
    pub fn map(&self, columns: &mut [Column]) {
        for (at, made) in &self.fields {
            columns[*at].field = Some(format!("custom.{}", made.name));
        }
    }
}

/// The importer's rights in a tenant that has these fields of the kind too.
pub fn known(kind: &'static Kind, access: &Arc<Access>, made: &[FieldMade]) -> Arc<Access> {
    let missing: Vec<CustomField> = made
        .iter()
        .filter(|made| access.tenant.custom_of(kind.name).all(|own| *own.name != *made.name))
        .map(|made| CustomField {
            // Only filterable fields are found by their key, and these are not until somebody says so.
            seq: 0,
            kind: kind.name.into(),
            name: made.name.as_str().into(),
            label: made.column.as_str().into(),
            ty: TYPES.iter().find(|(_, word, _)| *word == made.ty).map_or(Type::Text(1_000), |(.., ty)| *ty),
            options: Arc::new([]),
            required: false,
            filterable: false,
            client_visible: false,
        })
        .collect();
    if missing.is_empty() {
        return Arc::clone(access);
    }
    let mut tenant = (*access.tenant).clone();
    tenant.custom = access.tenant.custom.iter().cloned().chain(missing).collect();
    Arc::new(Access { tenant: Arc::new(tenant), ..(**access).clone() })
}

/// What a column holds, as the type of a field.
const TYPES: [(Holds, &str, Type); 6] = [
    (Holds::Int, "int", Type::Int(-9_007_199_254_740_991, 9_007_199_254_740_991)),
    (Holds::Real, "real", Type::Real(f64::MIN, f64::MAX)),
    (Holds::Bool, "bool", Type::Bool),
    (Holds::Date, "date", Type::Date),
    (Holds::Text, "text", Type::Text(1_000)),
    (Holds::LongText, "long_text", Type::LongText(20_000)),
];

/// Names that every record has already.
const RESERVED: [&str; 11] = [
    "id",
    "seq",
    "tenant_id",
    "version",
    "created_at",
    "created_by",
    "updated_at",
    "deleted_at",
    "deleted_with",
    "external_id",
    "custom",
];

/// The header in snake case, and where that is taken with a number behind it.
fn free_name(header: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut name = String::new();
    for c in header.chars() {
        let plain = c.to_ascii_lowercase();
        if plain.is_ascii_lowercase() || plain.is_ascii_digit() {
            name.push(plain);
        } else if !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
    }
    name.truncate(50);
    let mut name = name.trim_end_matches('_').to_owned();
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        name.insert_str(0, "field_");
    }
    let name = name.trim_end_matches('_').to_owned();
    let mut free = name.clone();
    let mut n = 1;
    while taken(&free) {
        n += 1;
        free = format!("{name}_{n}");
    }
    free
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_become_names_that_are_free() {
        assert_eq!(free_name("Year established", |_| false), "year_established");
        assert_eq!(free_name("2nd phone (private)", |_| false), "field_2nd_phone_private");
        assert_eq!(free_name("größe", |_| false), "gr_e");
        assert_eq!(free_name("漢字", |_| false), "field");
        assert_eq!(free_name("name", |n| n == "name"), "name_2");
    }
}
