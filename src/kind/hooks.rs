//! What only one kind does: small functions in its own file, called by the engine before a write.

use crate::db::Value;
use crate::kernel::{Date, FieldError, Id, Moment, Result};

use super::{Kind, Tenant};

/// The hooks of a kind.
#[derive(Clone, Copy, Debug)]
pub struct Hooks {
    /// Fills in and checks a record before it is created or updated; runs on a reader, after the
    /// types were checked and the defaults set.
    pub prepare: Option<fn(&mut Draft<'_>) -> Result<()>>,
}

impl Hooks {
    pub const NONE: Self = Self { prepare: None };
}

/// The states of a kind: what boards and menus offer. The kind's hook holds records to it.
#[derive(Clone, Copy, Debug)]
pub struct States {
    /// A field of choices.
    pub field: &'static str,
    /// Where a record may go from a state; `None` where it may go anywhere.
    pub next: Option<fn(&str) -> &'static [&'static str]>,
}

impl States {
    /// Any state may follow any other.
    pub const fn any(field: &'static str) -> Option<Self> {
        Some(Self { field, next: None })
    }
}

/// What a hook may ask of the database.
pub trait Lookup {
    /// The name of a live record, to make another's name of; `None` when there is none.
    fn title(&self, kind: &str, id: Id) -> Result<Option<String>>;
    /// One field of a live record.
    fn field(&self, kind: &str, id: Id, field: &str) -> Result<Option<Value>>;
    /// A live record with these values, such as the choice of a list with a given name.
    fn find(&self, kind: &str, by: &[(&str, &Value)]) -> Result<Option<Id>>;
    /// Is there a live record with this value?
    fn exists(&self, kind: &str, field: &str, value: &Value) -> Result<bool> {
        Ok(self.find(kind, &[(field, value)])?.is_some())
    }
}

/// A record on its way in. Fields are read and set by name; an unknown name is a mistake in the
/// kind's own file and panics in the tests that write each kind.
pub struct Draft<'a> {
    pub kind: &'static Kind,
    pub tenant: &'a Tenant,
    /// The stored record, in the order of the kind's fields; absent on create.
    pub before: Option<&'a [Value]>,
    pub after: &'a mut [Value],
    pub now: Moment,
    pub lookup: &'a dyn Lookup,
    /// A migration of history (an import, the demo): states may be reached in any order.
    pub lenient: bool,
    pub errors: &'a mut Vec<FieldError>,
}

impl Draft<'_> {
    fn position(&self, field: &str) -> usize {
        self.kind.position(field).unwrap_or_else(|| panic!("{} has no field {field}", self.kind.name))
    }
    pub fn get(&self, field: &str) -> &Value {
        &self.after[self.position(field)]
    }
    pub fn text(&self, field: &str) -> &str {
        self.get(field).as_text().unwrap_or_default()
    }
    pub fn was(&self, field: &str) -> Option<&Value> {
        self.before.map(|b| &b[self.position(field)])
    }
    pub fn set(&mut self, field: &str, value: impl Into<Value>) {
        let at = self.position(field);
        self.after[at] = value.into();
    }
    /// True on create when the field holds something, on update when it changes.
    pub fn changed(&self, field: &str) -> bool {
        let at = self.position(field);
        self.before.map_or(!self.after[at].is_null(), |b| b[at] != self.after[at])
    }
    pub fn today(&self) -> Date {
        self.now.day_in(&self.tenant.zone)
    }
    /// The name of the record that the field refers to; empty when there is none.
    pub fn title_of(&self, field: &str) -> Result<String> {
        let kind = self.kind.fields[self.position(field)].refers_to().unwrap_or_default();
        match self.get(field).as_id() {
            Some(id) => Ok(self.lookup.title(kind, id)?.unwrap_or_default()),
            None => Ok(String::new()),
        }
    }
    pub fn refuse(&mut self, field: &str, code: &'static str, message: impl Into<String>) {
        self.errors.push(FieldError::at(field, code, message));
    }
}
