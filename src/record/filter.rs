//! Filters: from query parameters and JSON to SQL under the viewer's rights.

use serde_json::Value as Json;

use crate::db::Value;
use crate::kernel::{Error, Result};
use crate::kind::{Access, Action, FieldRight, Kind, Registry, Type};

use super::check::from_text;
use super::custom;
use super::scope::{field_right, narrow, system_right};
use super::select::system_type;
use super::sql::Sql;

const MAX_TERMS: usize = 20;
const MAX_DEPTH: usize = 4;
const MAX_VALUES: usize = 100;
/// Characters that `contains` looks for; a long pattern is slow over every row.
const MAX_PART: usize = 200;

/// A condition over the rows of a kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    And(Vec<Filter>),
    Or(Vec<Filter>),
    Term(Term),
}

/// `path op values`, such as `site.name contains "tower"`.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    pub path: String,
    pub op: Op,
    pub values: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    Eq,
    Ne,
    Lt,
    Lte,
    Gt,
    Gte,
    In,
    Contains,
    /// The value `true` asks for rows without one, `false` for rows with one.
    Null,
}

impl Op {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "eq" => Self::Eq,
            "ne" => Self::Ne,
            "lt" => Self::Lt,
            "lte" => Self::Lte,
            "gt" => Self::Gt,
            "gte" => Self::Gte,
            "in" => Self::In,
            "contains" => Self::Contains,
            "null" => Self::Null,
            _ => return None,
        })
    }
}

fn refuse<T>(pointer: &str, code: &'static str, message: impl Into<String>) -> Result<T> {
    Err(Error::query(pointer, code, message))
}

impl Filter {
    /// Only rows that refer to one certain record are left; every reference leads an index.
    pub fn names_a_record(&self, kind: &Kind) -> bool {
        match self {
            Self::And(all) => all.iter().any(|filter| filter.names_a_record(kind)),
            Self::Or(any) => !any.is_empty() && any.iter().all(|filter| filter.names_a_record(kind)),
            Self::Term(Term { path, op, .. }) => {
                let field = kind.position(path).map(|at| &kind.fields[at]);
                *op == Op::Eq && field.is_some_and(|field| matches!(field.ty, Type::Ref(_)))
            }
        }
    }

    /// Reads one query parameter: `status`, `created_at[gte]`, `site.name[contains]`.
    pub fn from_parameter(name: &str, value: &str) -> Result<Self> {
        let (path, op) = match name.split_once('[') {
            None => (name, Op::Eq),
            Some((path, rest)) => {
                let op = rest.strip_suffix(']').and_then(Op::parse);
                match op {
                    Some(op) => (path, op),
                    None => {
                        return refuse(
                            name,
                            "unknown_operator",
                            "Use one of eq, ne, lt, lte, gt, gte, in, contains, null.",
                        );
                    }
                }
            }
        };
        let values =
            if op == Op::In { value.split(',').map(|s| s.trim().to_owned()).collect() } else { vec![value.to_owned()] };
        Ok(Self::Term(Term { path: path.to_owned(), op, values }))
    }

    /// Reads `filter={"or":[{"status":"new"},{"due_at":{"lt":"…"}}]}`.
    pub fn from_json(text: &str) -> Result<Self> {
        let json: Json =
            serde_json::from_str(text).map_err(|_| Error::query("filter", "malformed", "This is not valid JSON."))?;
        read(&json, 0)
    }

    fn count(&self) -> usize {
        match self {
            Self::And(list) | Self::Or(list) => list.iter().map(Self::count).sum(),
            Self::Term(_) => 1,
        }
    }

    /// Refuses more terms than a query may have.
    pub fn measure(&self) -> Result<()> {
        if self.count() > MAX_TERMS {
            return refuse("filter", "too_many", format!("Use at most {MAX_TERMS} conditions."));
        }
        Ok(())
    }

    /// Appends the condition over the alias `a` (rows of the kind at `position`).
    pub fn write(&self, sql: &mut Sql, registry: &Registry, access: &Access, position: usize, a: &str) -> Result<()> {
        match self {
            Self::And(list) | Self::Or(list) => {
                let (word, empty) = if matches!(self, Self::And(_)) { (" AND ", "1") } else { (" OR ", "0") };
                sql.push("(");
                if list.is_empty() {
                    sql.push(empty);
                }
                for (i, filter) in list.iter().enumerate() {
                    if i > 0 {
                        sql.push(word);
                    }
                    filter.write(sql, registry, access, position, a)?;
                }
                sql.push(")");
                Ok(())
            }
            Self::Term(term) => term.write(sql, registry, access, position, a, &term.path, 0),
        }
    }
}

fn read(json: &Json, depth: usize) -> Result<Filter> {
    if depth > MAX_DEPTH {
        return refuse("filter", "too_deep", format!("Nest conditions at most {MAX_DEPTH} deep."));
    }
    let Json::Object(members) = json else {
        return refuse("filter", "malformed", "Give an object, such as {\"status\":\"new\"}.");
    };
    let mut list = Vec::new();
    for (name, value) in members {
        match (name.as_str(), value) {
            ("and" | "or", Json::Array(items)) => {
                let items = items.iter().map(|item| read(item, depth + 1)).collect::<Result<Vec<_>>>()?;
                list.push(if name == "and" { Filter::And(items) } else { Filter::Or(items) });
            }
            ("and" | "or", _) => {
                return refuse("filter", "malformed", format!("Give a list of conditions for \"{name}\"."));
            }
            (path, Json::Object(ops)) => {
                for (op, value) in ops {
                    let Some(op) = Op::parse(op) else {
                        return refuse(
                            "filter",
                            "unknown_operator",
                            "Use one of eq, ne, lt, lte, gt, gte, in, contains, null.",
                        );
                    };
                    list.push(Filter::Term(Term { path: path.to_owned(), op, values: texts(value)? }));
                }
            }
            (path, Json::Null) => {
                list.push(Filter::Term(Term { path: path.to_owned(), op: Op::Null, values: vec!["true".into()] }))
            }
            (path, Json::Array(_)) => {
                list.push(Filter::Term(Term { path: path.to_owned(), op: Op::In, values: texts(value)? }))
            }
            (path, _) => list.push(Filter::Term(Term { path: path.to_owned(), op: Op::Eq, values: texts(value)? })),
        }
    }
    if list.len() == 1 {
        return Ok(list.remove(0));
    }
    Ok(Filter::And(list))
}

fn texts(json: &Json) -> Result<Vec<String>> {
    let one = |json: &Json| match json {
        Json::String(s) => Ok(s.clone()),
        Json::Number(n) => Ok(n.to_string()),
        Json::Bool(b) => Ok(b.to_string()),
        Json::Null => Ok(String::new()),
        _ => refuse("filter", "malformed", "Give plain values."),
    };
    match json {
        Json::Array(items) => items.iter().map(one).collect(),
        other => Ok(vec![one(other)?]),
    }
}

impl Term {
    /// `path` is what remains of the term's path below the alias `a`.
    #[expect(clippy::too_many_arguments, reason = "one recursive walk with its whole state in view")]
    fn write(
        &self,
        sql: &mut Sql,
        registry: &Registry,
        access: &Access,
        position: usize,
        a: &str,
        path: &str,
        depth: usize,
    ) -> Result<()> {
        let kind = registry.at(position);
        if let Some((head, rest)) = path.split_once('.') {
            if head == "custom" {
                return custom::filter(sql, access, position, kind, a, rest, self);
            }
            return self.through(sql, registry, access, position, a, head, rest, depth);
        }
        let ty = match kind.position(path) {
            Some(i) => {
                let field = &kind.fields[i];
                let open = matches!(field_right(access, position, i), FieldRight::Full | FieldRight::ReadOnly);
                if !open || field.protected || matches!(field.ty, Type::Json(_)) {
                    return self.unknown(kind);
                }
                field.ty
            }
            None if path == "id" => Type::Ref(kind.name),
            None => match system_type(path) {
                Some(ty) if system_right(access, position, path) != FieldRight::Hidden => ty,
                _ => return self.unknown(kind),
            },
        };
        if ty == Type::KindName && matches!(self.op, Op::Eq | Op::Ne | Op::In) {
            let unknown = |name: &&String| !name.trim().is_empty() && registry.get(name.trim()).is_none();
            if let Some(name) = self.values.iter().find(unknown) {
                return refuse(&self.path, "unknown_value", format!("There is no kind of record \"{name}\"."));
            }
        }
        self.compare(sql, access, &format!("{a}.{path}"), ty)?;
        if let Some(open) = kind.open.filter(|open| open.field == path && self.leaves_only(open.states, ty, access)) {
            sql.push(&format!(" AND {a}.{path} {}", open.sql));
        }
        Ok(())
    }

    /// Whatever passes has one of these values of a choice.
    fn leaves_only(&self, states: &[&str], ty: Type, access: &Access) -> bool {
        let Type::Enum(all) = ty else { return false };
        let read = |text: &String| self.value(text, ty, access).ok()?.as_text().map(str::to_owned);
        let Some(named) = self.values.iter().map(read).collect::<Option<Vec<_>>>() else { return false };
        match self.op {
            Op::Eq | Op::In => named.iter().all(|state| states.contains(&&**state)),
            Op::Ne => all.iter().all(|state| states.contains(state) || named.iter().any(|named| named == state)),
            _ => false,
        }
    }

    /// A condition on the record that `head` refers to, as far as the viewer may read it.
    #[expect(clippy::too_many_arguments, reason = "one recursive walk with its whole state in view")]
    fn through(
        &self,
        sql: &mut Sql,
        registry: &Registry,
        access: &Access,
        position: usize,
        a: &str,
        head: &str,
        rest: &str,
        depth: usize,
    ) -> Result<()> {
        let kind = registry.at(position);
        let Some(field) = kind.reference(head) else { return self.unknown(kind) };
        let own = kind.position(field.name).unwrap_or_default();
        let target = field.refers_to().and_then(|k| registry.position(k));
        let hidden = matches!(field_right(access, position, own), FieldRight::Hidden | FieldRight::Conditional);
        let (Some(target), false) = (target, hidden) else { return self.unknown(kind) };
        if depth >= 3 {
            return refuse(&self.path, "too_deep", "Follow at most 3 references.");
        }
        let f = format!("f{depth}");
        let table = registry.at(target).table;
        // An uncorrelated list lets SQLite choose: look the row up, or walk the few that match.
        sql.push(&format!("{a}.{} IN (SELECT {f}.id FROM {table} {f} WHERE {f}.tenant_id=", field.name))
            .bind(access.tenant.key);
        sql.push(&format!(" AND {f}.deleted_at IS NULL"));
        narrow(sql, registry, access, target, Action::Read, &f);
        sql.push(" AND ");
        self.write(sql, registry, access, target, &f, rest, depth + 1)?;
        sql.push(")");
        Ok(())
    }

    fn unknown<T>(&self, kind: &Kind) -> Result<T> {
        refuse(
            &self.path,
            "unknown_field",
            format!("{} have no field \"{}\" that you may filter by.", kind.many, self.path),
        )
    }

    fn value(&self, text: &str, ty: Type, access: &Access) -> Result<Value> {
        if text == "me" && matches!(ty, Type::Ref("users")) {
            return Ok(Value::from(access.actor.user));
        }
        // Text is compared as it is, whatever the form of the field: part of an address is a fair question.
        let ty = match ty {
            Type::LongText(n) => Type::LongText(n),
            Type::Email | Type::Phone | Type::Url | Type::KindName | Type::Currency => Type::Text(500),
            other => other,
        };
        from_text(ty, text, &access.tenant).or_else(|(code, message)| refuse(&self.path, code, message))
    }

    /// Appends the comparison of `column` with the term's values.
    pub fn compare(&self, sql: &mut Sql, access: &Access, column: &str, ty: Type) -> Result<()> {
        let first = self.values.first().map(String::as_str).unwrap_or_default();
        match self.op {
            Op::Null => {
                match first {
                    "true" | "1" => sql.push(&format!("{column} IS NULL")),
                    "false" | "0" => sql.push(&format!("{column} IS NOT NULL")),
                    _ => return refuse(&self.path, "type", "Give true or false."),
                };
            }
            Op::In => {
                if self.values.is_empty() || self.values.len() > MAX_VALUES {
                    return refuse(&self.path, "range", format!("Give 1 to {MAX_VALUES} values."));
                }
                sql.push(&format!("{column} IN ("));
                for (i, text) in self.values.iter().enumerate() {
                    if i > 0 {
                        sql.push(",");
                    }
                    sql.bind(self.value(text, ty, access)?);
                }
                sql.push(")");
            }
            Op::Contains => {
                if !matches!(
                    ty,
                    Type::Text(_)
                        | Type::LongText(_)
                        | Type::Email
                        | Type::Phone
                        | Type::Url
                        | Type::Option(_)
                        | Type::Enum(_)
                ) {
                    return refuse(&self.path, "unknown_operator", "Only text can be asked what it contains.");
                }
                if first.chars().count() > MAX_PART {
                    return refuse(&self.path, "too_long", format!("Look for at most {MAX_PART} characters."));
                }
                let pattern = first.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
                sql.push(&format!("{column} LIKE ")).bind(format!("%{pattern}%")).push(" ESCAPE '\\'");
            }
            Op::Eq | Op::Ne | Op::Lt | Op::Lte | Op::Gt | Op::Gte => {
                let [text] = self.values.as_slice() else {
                    return refuse(&self.path, "range", "Give one value.");
                };
                let value = self.value(text, ty, access)?;
                if value.is_null() && !matches!(self.op, Op::Eq | Op::Ne) {
                    return refuse(
                        &self.path,
                        "required",
                        "Give a value. Records without one are found with [null]=true.",
                    );
                }
                let operator = match (self.op, value.is_null()) {
                    (Op::Eq, true) => " IS ",
                    (Op::Eq, false) => "=",
                    (Op::Ne, _) => " IS NOT ",
                    (Op::Lt, _) => "<",
                    (Op::Lte, _) => "<=",
                    (Op::Gt, _) => ">",
                    _ => ">=",
                };
                sql.push(column).push(operator).bind(value);
            }
        }
        Ok(())
    }
}
