//! The fields of a kind and their types.

/// What a field holds, and with it how it is checked, stored, written and drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Type {
    /// One line, at most so many characters. Stored as TEXT.
    Text(u32),
    /// Several lines, at most so many characters.
    LongText(u32),
    Email,
    Phone,
    Url,
    /// A whole number within bounds, both included.
    Int(i64, i64),
    /// A real number within bounds, both included.
    Real(f64, f64),
    /// Minor units of a currency; the field named says which (ISO 4217).
    Money {
        currency: &'static str,
    },
    /// A three-letter currency code.
    Currency,
    Bool,
    /// A day, `YYYY-MM-DD`.
    Date,
    /// A moment: milliseconds in the store, RFC 3339 on the wire.
    Time,
    /// One of a fixed list.
    Enum(&'static [&'static str]),
    /// One of the tenant's own list: the `name` of a status option whose `list` is this text.
    Option(&'static str),
    /// Another record: the kind's name. Stored as its id.
    Ref(&'static str),
    /// The id of a record whose kind stands in the named field.
    RefAny {
        kind_field: &'static str,
    },
    /// The name of a kind.
    KindName,
    /// JSON checked by the kind's hook: an array or object, at most so many bytes.
    Json(u32),
}

/// One field of a kind. Built in constants: `Field::text("name", "Name").required().searched()`.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The column, the JSON member, the CSV header: one word. References end in `_id`.
    pub name: &'static str,
    /// For people.
    pub label: &'static str,
    pub ty: Type,
    /// Must be there and not empty.
    pub required: bool,
    /// Set by the server alone; a body that carries it is refused.
    pub read_only: bool,
    /// Taken into the search by words.
    pub searched: bool,
    /// Taken into the search by parts of words too (trigrams): names, numbers, serials.
    pub by_part: bool,
    /// An index (tenant_id, field, …) exists, so sorting a large kind by it is fine.
    pub indexed: bool,
    /// May not be filtered, sorted or searched by, and is not part of the history: an access code.
    pub protected: bool,
    /// SQL over the row alias `{a}` that is true while a viewer with a conditional right may see the
    /// field; parameters `:user` and `:contractor`.
    pub shown_while: Option<&'static str>,
    /// What an absent value becomes on create, as JSON text (`"new"`, `true`, `0`).
    pub default: Option<&'static str>,
    /// Kept by trigger from what the record refers to: the reference and its column there, such as
    /// `("site_id", "company_id")`. Never part of a body.
    pub derived: Option<(&'static str, &'static str)>,
    /// What people call it besides its name: headers that an import takes as this field.
    pub aliases: &'static [&'static str],
}

impl Field {
    pub const fn new(name: &'static str, label: &'static str, ty: Type) -> Self {
        Self {
            name,
            label,
            ty,
            required: false,
            read_only: false,
            searched: false,
            by_part: false,
            indexed: false,
            protected: false,
            shown_while: None,
            default: None,
            derived: None,
            aliases: &[],
        }
    }
    pub const fn text(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Type::Text(200))
    }
    pub const fn long_text(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Type::LongText(20_000))
    }
    pub const fn date(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Type::Date)
    }
    pub const fn time(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Type::Time)
    }
    pub const fn bool(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Type::Bool)
    }
    pub const fn refer(name: &'static str, label: &'static str, kind: &'static str) -> Self {
        Self::new(name, label, Type::Ref(kind))
    }
    pub const fn choice(name: &'static str, label: &'static str, of: &'static [&'static str]) -> Self {
        Self::new(name, label, Type::Enum(of))
    }
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }
    pub const fn read_only(mut self) -> Self {
        self.read_only = true;
        self
    }
    pub const fn searched(mut self) -> Self {
        self.searched = true;
        self
    }
    /// Found by any part of three characters and more, and by words.
    pub const fn by_part(mut self) -> Self {
        self.searched = true;
        self.by_part = true;
        self
    }
    pub const fn indexed(mut self) -> Self {
        self.indexed = true;
        self
    }
    pub const fn protected(mut self, shown_while: Option<&'static str>) -> Self {
        self.protected = true;
        self.shown_while = shown_while;
        self
    }
    pub const fn default(mut self, json: &'static str) -> Self {
        self.default = Some(json);
        self
    }
    pub const fn derived(mut self, from: (&'static str, &'static str)) -> Self {
        self.derived = Some(from);
        self.read_only = true;
        self
    }
    pub const fn aliases(mut self, names: &'static [&'static str]) -> Self {
        self.aliases = names;
        self
    }

    /// The name under which the referred record is expanded: `company` for `company_id`.
    pub fn expands_as(&self) -> Option<&'static str> {
        match self.ty {
            Type::Ref(_) => self.name.strip_suffix("_id").or(Some(self.name)),
            _ => None,
        }
    }

    /// The kind that a reference names.
    pub fn refers_to(&self) -> Option<&'static str> {
        if let Type::Ref(kind) = self.ty { Some(kind) } else { None }
    }
}
