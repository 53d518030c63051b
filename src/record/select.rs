//! Which fields of a record an answer holds, and how a row becomes JSON bytes.

use rusqlite::Row;

use crate::db::fault;
use crate::kernel::{Error, Result};
use crate::kind::{Access, Action, Field, FieldRight, Kind, Registry, Type};

use super::scope::{field_right, narrow, system_right, visible_column, visible_custom};
use super::sql::Sql;
use super::wire::{Wire, write_column, write_text};

/// The columns that every record has beside its declared fields, in the order they are shown.
const SYSTEM: &[(&str, Wire)] = &[
    ("external_id", Wire::Plain),
    ("created_at", Wire::Moment),
    ("created_by", Wire::Plain),
    ("updated_at", Wire::Moment),
    ("custom", Wire::Json),
];
const MAX_DEPTH: usize = 3;
const MAX_FIELDS: usize = 100;

/// One step of writing a record.
#[derive(Debug)]
enum Step {
    /// Bytes as they are: the brace or comma before a member, and its name.
    Literal(Box<[u8]>),
    /// A column, by its position after [`Compiled::first`].
    Column(usize, Wire),
    /// An expanded reference: `null` when the column (the other record's id) is NULL.
    Object(usize, Vec<Step>),
}

/// What was asked for: a tree of names. Empty means the whole record.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    fields: Vec<String>,
    include: Vec<String>,
}

/// A selection compiled for one kind and viewer.
#[derive(Debug)]
pub struct Compiled {
    /// The columns, each with a comma before it.
    pub columns: Sql,
    /// The joins of expanded references.
    pub joins: Sql,
    steps: Vec<Step>,
    /// How many columns stand before the selection's own in the query.
    first: usize,
}

struct Compiler<'a> {
    registry: &'a Registry,
    access: &'a Access,
    columns: Sql,
    joins: Sql,
    count: usize,
    aliases: usize,
}

impl Selection {
    /// The whole record.
    pub fn whole() -> Self {
        Self::default()
    }

    /// Reads `fields=id,number,site.name` and `include=site`.
    pub fn parse(fields: Option<&str>, include: Option<&str>) -> Result<Self> {
        let split = |s: Option<&str>| -> Vec<String> {
            s.unwrap_or_default().split(',').map(str::trim).filter(|s| !s.is_empty()).map(str::to_owned).collect()
        };
        let (fields, mut include) = (split(fields), split(include));
        include.sort();
        include.dedup();
        let selection = Self { fields, include };
        if selection.fields.len() + selection.include.len() > MAX_FIELDS {
            return Err(Error::query("fields", "too_many", format!("Ask for at most {MAX_FIELDS} fields.")));
        }
        Ok(selection)
    }

    /// Every name asked for, for the fingerprint of a query.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().chain(&self.include).map(String::as_str)
    }

    /// Compiles for rows of `kind` under the alias `a`; `first` columns stand before.
    pub fn compile(&self, registry: &Registry, access: &Access, position: usize, first: usize) -> Result<Compiled> {
        let mut compiler =
            Compiler { registry, access, columns: Sql::default(), joins: Sql::default(), count: first, aliases: 0 };
        let kind = registry.at(position);
        let mut steps = Vec::new();
        if self.fields.is_empty() {
            compiler.whole(&mut steps, position, "a");
        } else {
            // A reference that is shown whole has what was picked of it: no member stands twice.
            let whole = |name: &&str| self.include.iter().any(|i| name.split('.').next() == Some(i.as_str()));
            let names: Vec<&str> = self.fields.iter().map(String::as_str).filter(|name| !whole(name)).collect();
            compiler.pick(&mut steps, position, "a", &names, "fields", 0)?;
        }
        for name in &self.include {
            let Some(field) = kind.reference(name) else {
                return Err(unknown("include", name, kind));
            };
            compiler.expand(&mut steps, position, "a", field, &[], "include", 0)?;
        }
        Ok(Compiled { columns: compiler.columns, joins: compiler.joins, steps, first })
    }
}

fn unknown(parameter: &str, name: &str, kind: &Kind) -> Error {
    Error::query(parameter, "unknown_field", format!("{} have no field \"{name}\" that you may see.", kind.many))
}

impl Compiler<'_> {
    fn column(&mut self, steps: &mut Vec<Step>, name: &str, wire: Wire, write: impl FnOnce(&mut Sql)) {
        self.columns.push(",");
        write(&mut self.columns);
        steps.push(member(steps.is_empty(), name));
        steps.push(Step::Column(self.count, wire));
        self.count += 1;
    }

    /// A column that every record has, whoever looks.
    fn plain(&mut self, steps: &mut Vec<Step>, a: &str, name: &str, wire: Wire) {
        self.column(steps, name, wire, |sql| {
            sql.push(&format!("{a}.{name}"));
        });
    }

    /// A column that every record has; false where the viewer may not see it.
    fn system(&mut self, steps: &mut Vec<Step>, position: usize, a: &str, name: &str, wire: Wire) -> bool {
        let (access, kind) = (self.access, self.registry.at(position));
        if name == "custom" {
            self.column(steps, name, wire, |sql| visible_custom(sql, access, position, kind, a));
        } else if system_right(access, position, name) == FieldRight::Hidden {
            return false;
        } else {
            self.plain(steps, a, name, wire);
        }
        true
    }

    fn field(&mut self, steps: &mut Vec<Step>, a: &str, field: &Field, right: FieldRight) {
        let access = self.access;
        self.column(steps, field.name, Wire::of(field.ty), |sql| visible_column(sql, access, right, field, a));
    }

    fn whole(&mut self, steps: &mut Vec<Step>, position: usize, a: &str) {
        self.plain(steps, a, "id", Wire::Plain);
        self.plain(steps, a, "version", Wire::Plain);
        for (i, field) in self.registry.at(position).fields.iter().enumerate() {
            let right = field_right(self.access, position, i);
            if right != FieldRight::Hidden {
                self.field(steps, a, field, right);
            }
        }
        for (name, wire) in SYSTEM {
            self.system(steps, position, a, name, *wire);
        }
    }

    /// Compiles a list of names in which dotted ones go through references.
    fn pick(
        &mut self,
        steps: &mut Vec<Step>,
        position: usize,
        a: &str,
        names: &[&str],
        parameter: &str,
        depth: usize,
    ) -> Result<()> {
        let kind = self.registry.at(position);
        let mut done: Vec<&str> = Vec::new();
        for name in names {
            let head = name.split('.').next().unwrap_or(name);
            let dotted = head.len() < name.len();
            if done.contains(&if dotted { head } else { name }) {
                continue;
            }
            // A reference that is expanded under its own name is either its id or an object.
            let opened = || names.iter().any(|n| n.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')));
            if !dotted && kind.position(name).is_some() && opened() {
                continue;
            }
            done.push(if dotted { head } else { name });
            if dotted && head == "custom" {
                self.custom(steps, position, a, names, parameter)?;
            } else if dotted {
                let field = kind.reference(head).ok_or_else(|| unknown(parameter, name, kind))?;
                let prefix = format!("{head}.");
                let rest: Vec<&str> = names.iter().filter_map(|n| n.strip_prefix(prefix.as_str())).collect();
                self.expand(steps, position, a, field, &rest, parameter, depth)?;
            } else {
                self.pick_one(steps, position, a, name, parameter)?;
            }
        }
        Ok(())
    }

    fn pick_one(&mut self, steps: &mut Vec<Step>, position: usize, a: &str, name: &str, parameter: &str) -> Result<()> {
        let kind = self.registry.at(position);
        if let Some(i) = kind.position(name) {
            let right = field_right(self.access, position, i);
            if right == FieldRight::Hidden {
                return Err(unknown(parameter, name, kind));
            }
            self.field(steps, a, &kind.fields[i], right);
        } else if name == "id" || name == "version" {
            self.plain(steps, a, name, Wire::Plain);
        } else if let Some((_, wire)) = SYSTEM.iter().find(|(n, _)| *n == name) {
            if !self.system(steps, position, a, name, *wire) {
                return Err(unknown(parameter, name, kind));
            }
        } else if name == "deleted_at" {
            self.plain(steps, a, name, Wire::Moment);
        } else if let Some(field) = kind.reference(name) {
            // `fields=site` means the site in short: its id and what it is called.
            let title = self.registry.get(field.refers_to().unwrap_or_default()).map_or("name", |k| k.title);
            self.expand(steps, position, a, field, &["id", title], parameter, 0)?;
        } else {
            return Err(unknown(parameter, name, kind));
        }
        Ok(())
    }

    /// `custom.floor,custom.code` gives an object with just these.
    fn custom(
        &mut self,
        steps: &mut Vec<Step>,
        position: usize,
        a: &str,
        names: &[&str],
        parameter: &str,
    ) -> Result<()> {
        let kind = self.registry.at(position);
        let mut members = Sql::new("json_object(");
        for (i, name) in names.iter().filter_map(|n| n.strip_prefix("custom.")).enumerate() {
            if self.access.custom_of(position, kind).all(|(own, _)| &*own.name != name) {
                return Err(unknown(parameter, &format!("custom.{name}"), kind));
            }
            if i > 0 {
                members.push(",");
            }
            members.bind(name).push(&format!(",json({a}.custom->")).bind(format!("$.{name}")).push(")");
        }
        members.push(")");
        self.column(steps, "custom", Wire::Json, |sql| {
            sql.append(&members);
        });
        Ok(())
    }

    /// Joins the referred record, narrowed to what the viewer may read, and writes it as an object.
    #[expect(clippy::too_many_arguments, reason = "one recursive walk with its whole state in view")]
    fn expand(
        &mut self,
        steps: &mut Vec<Step>,
        position: usize,
        a: &str,
        field: &'static Field,
        names: &[&str],
        parameter: &str,
        depth: usize,
    ) -> Result<()> {
        let kind = self.registry.at(position);
        let own = kind.position(field.name).unwrap_or_default();
        let target = field.refers_to().and_then(|k| self.registry.position(k));
        let (Some(target), Some(name)) = (target, field.expands_as()) else {
            return Err(unknown(parameter, field.name, kind));
        };
        if field_right(self.access, position, own) == FieldRight::Hidden {
            return Err(unknown(parameter, name, kind));
        }
        if depth >= MAX_DEPTH {
            return Err(Error::query(parameter, "too_deep", format!("Follow at most {MAX_DEPTH} references.")));
        }
        let j = format!("j{}", self.aliases);
        self.aliases += 1;
        let table = self.registry.at(target).table;
        self.joins.push(&format!(" LEFT JOIN {table} {j} ON {j}.tenant_id=")).bind(self.access.tenant.key);
        self.joins.push(&format!(" AND {j}.id={a}.{} AND {j}.deleted_at IS NULL", field.name));
        narrow(&mut self.joins, self.registry, self.access, target, Action::Read, &j);
        self.columns.push(&format!(",{j}.id"));
        let test = self.count;
        self.count += 1;
        let mut inner = Vec::new();
        if names.is_empty() {
            self.whole(&mut inner, target, &j);
        } else {
            self.pick(&mut inner, target, &j, names, parameter, depth + 1)?;
        }
        // What stands under this name already gives way: the id of a reference that is expanded under
        // its own name, or a part of what is now shown whole.
        let stands = |step: &Step| matches!(step, Step::Literal(bytes) if is_member(bytes, name));
        match steps.iter().position(stands) {
            Some(at) => steps[at + 1] = Step::Object(test, inner),
            None => {
                steps.push(member(steps.is_empty(), name));
                steps.push(Step::Object(test, inner));
            }
        }
        Ok(())
    }
}

impl Compiled {
    /// Appends one row as a JSON object.
    pub fn write(&self, out: &mut Vec<u8>, row: &Row<'_>) -> Result<()> {
        write_object(out, row, &self.steps)
    }
    /// How many columns stand before the selection's own.
    pub fn first(&self) -> usize {
        self.first
    }
}

/// What stands before a member's value.
fn member(first: bool, name: &str) -> Step {
    let mut bytes = vec![if first { b'{' } else { b',' }];
    write_text(&mut bytes, name);
    bytes.push(b':');
    Step::Literal(bytes.into())
}

/// Are these the bytes before the value of that member?
fn is_member(bytes: &[u8], name: &str) -> bool {
    bytes.get(2..).and_then(|rest| rest.strip_suffix(b"\":")) == Some(name.as_bytes())
}

fn write_object(out: &mut Vec<u8>, row: &Row<'_>, steps: &[Step]) -> Result<()> {
    for step in steps {
        match step {
            Step::Literal(bytes) => out.extend_from_slice(bytes),
            Step::Column(at, wire) => write_column(out, row.get_ref(*at).map_err(fault)?, *wire),
            Step::Object(at, inner) => {
                if row.get_ref(*at).map_err(fault)? == rusqlite::types::ValueRef::Null {
                    out.extend_from_slice(b"null");
                } else {
                    write_object(out, row, inner)?;
                }
            }
        }
    }
    out.push(b'}');
    Ok(())
}

/// The type of a field that every record has.
pub fn system_type(name: &str) -> Option<Type> {
    Some(match name {
        "created_at" | "updated_at" | "deleted_at" => Type::Time,
        "created_by" => Type::Ref("users"),
        "external_id" => Type::Text(200),
        "version" => Type::Int(1, i64::MAX),
        _ => return None,
    })
}
