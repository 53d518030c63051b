//! Which field takes which column.

use crate::kernel::{Error, Result};
use crate::kind::{Access, FieldRight, Kind, Type};
use crate::record::scope::{field_right, system_right};

use super::near::{distance, squeezed};
use super::profile::Column;

/// The last column of a file of rejected rows: it says why, and is no part of the data.
pub const REASON: &str = "reason";

/// What a column becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// A declared field, by its position.
    Field(usize),
    ExternalId,
    CreatedAt,
    /// A field of the tenant's own, by its position in the tenant's list.
    Custom(usize),
}

/// What people call `field` besides its name, in words that are no field of any kind.
const SYNONYMS: [(&str, &str); 14] = [
    ("telephone", "phone"),
    ("mobile", "phone"),
    ("location", "address"),
    ("street", "address"),
    ("industry", "sector"),
    ("segment", "sector"),
    ("amount", "value"),
    ("revenue", "value"),
    ("cost", "price"),
    ("title", "name"),
    ("notes", "description"),
    ("comment", "description"),
    ("state", "status"),
    ("url", "website"),
];

/// The fields that an importer may fill, and the words by which columns name them.
pub struct Fields<'a> {
    pub kind: &'static Kind,
    pub access: &'a Access,
    /// (target, word without case and punctuation, how exactly it names the target: 0 is its name).
    words: Vec<(Target, String, u8)>,
}

impl<'a> Fields<'a> {
    pub fn of(kind: &'static Kind, position: usize, access: &'a Access) -> Self {
        let mut words = Vec::new();
        let mut add = |target, word: &str, rank| words.push((target, squeezed(word), rank));
        if system_right(access, position, "external_id") == FieldRight::Full {
            add(Target::ExternalId, "external_id", 0);
        }
        add(Target::CreatedAt, "created_at", 0);
        for (i, field) in kind.fields.iter().enumerate() {
            let full = field_right(access, position, i) == FieldRight::Full;
            if !full || field.derived.is_some() || field.read_only || is_login(kind, field.name) {
                continue;
            }
            let target = Target::Field(i);
            add(target, field.name, 0);
            if let Some(short) = field.expands_as() {
                add(target, short, 1);
            }
            add(target, field.label, 3);
            field.aliases.iter().for_each(|alias| add(target, alias, 4));
        }
        for (i, own) in access.tenant.custom.iter().enumerate().filter(|(_, c)| &*c.kind == kind.name) {
            if access.custom_right(position, kind, &own.name) != FieldRight::Full {
                continue;
            }
            add(Target::Custom(i), &own.name, 2);
            add(Target::Custom(i), &format!("custom.{}", own.name), 2);
            add(Target::Custom(i), &own.label, 3);
        }
        Self { kind, access, words }
    }

    /// The target that a word names, and how exactly.
    pub fn find(&self, word: &str) -> Option<(Target, u8)> {
        let word = squeezed(word);
        self.words.iter().filter(|(_, w, _)| *w == word).min_by_key(|(.., rank)| *rank).map(|(t, _, rank)| (*t, *rank))
    }

    /// The one name of a target, as settings and answers have it.
    pub fn name(&self, target: Target) -> String {
        match target {
            Target::Field(i) => self.kind.fields[i].name.to_owned(),
            Target::ExternalId => "external_id".to_owned(),
            Target::CreatedAt => "created_at".to_owned(),
            Target::Custom(i) => format!("custom.{}", self.access.tenant.custom[i].name),
        }
    }

    pub fn type_of(&self, target: Target) -> Type {
        match target {
            Target::Field(i) => self.kind.fields[i].ty,
            Target::ExternalId => Type::Text(200),
            Target::CreatedAt => Type::Time,
            Target::Custom(i) => self.access.tenant.custom[i].ty,
        }
    }

    /// The target of that name, or a refusal that says which there are.
    pub fn named(&self, name: &str, pointer: &str) -> Result<Target> {
        if let Some((target, _)) = self.find(name) {
            return Ok(target);
        }
        let hidden = self.kind.field(name).is_some() && !is_login(self.kind, name);
        let mut names: Vec<String> = Vec::new();
        for (target, ..) in &self.words {
            let name = self.name(*target);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let message = match hidden {
            true => format!("You may not fill the field \"{name}\"."),
            false => format!("{} have no field \"{name}\" to fill. There are: {}.", self.kind.many, names.join(", ")),
        };
        Err(Error::field(pointer, "unknown_field", message))
    }

    /// Gives every column that names a field to that field; of two that name the same one, the
    /// better named, else the first. For the others a field that may be meant is only suggested.
    pub fn map(&self, columns: &mut [Column]) {
        let found: Vec<_> = columns.iter().map(|c| self.find(&c.name)).collect();
        for (i, hit) in found.iter().enumerate() {
            let Some((target, rank)) = hit else { continue };
            let taken = found
                .iter()
                .enumerate()
                .any(|(j, other)| other.is_some_and(|(t, r)| t == *target && (r < *rank || (r == *rank && j < i))));
            if !taken {
                columns[i].field = Some(self.name(*target));
            }
        }
        for i in 0..columns.len() {
            if columns[i].field.is_none() && columns[i].name != REASON {
                let used: Vec<String> =
                    columns.iter().filter_map(|c| c.field.clone().or(c.suggestion.clone())).collect();
                columns[i].suggestion = self.suggest(&columns[i].name).filter(|name| !used.contains(name));
            }
        }
    }

    /// A field that may be meant by a header: spelt almost alike, or called so elsewhere.
    fn suggest(&self, header: &str) -> Option<String> {
        let word = squeezed(header);
        let most = (word.chars().count() / 4).min(2);
        let near =
            self.words.iter().filter_map(|(t, w, _)| distance(&word, w, most).map(|n| (n, *t))).min_by_key(|(n, _)| *n);
        if let Some((_, target)) = near {
            return Some(self.name(target));
        }
        let contained = self
            .words
            .iter()
            .find(|(_, w, rank)| *rank <= 1 && w.len() >= 4 && (word.starts_with(w) || word.ends_with(w)));
        if let Some((target, ..)) = contained {
            return Some(self.name(*target));
        }
        let tail = header.rsplit([' ', '_', '-']).next().map(squeezed)?;
        let (_, meant) = SYNONYMS.iter().find(|(from, _)| *from == tail || *from == word)?;
        self.find(meant).map(|(target, _)| self.name(target))
    }
}

/// An import makes people, never logins: what decides about somebody's rights is given by hand.
fn is_login(kind: &Kind, field: &str) -> bool {
    kind.name == "users" && matches!(field, "role" | "tier" | "company_id" | "contractor_id")
}
