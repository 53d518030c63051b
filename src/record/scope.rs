//! Row rights as SQL: which rows of a kind a viewer's level reaches.
//!
//! The predicates are part of each query, never a filter over its result, so counts, pages, sorts
//! and searches cannot tell of rows that the viewer may not see.

use crate::kind::{Access, Action, Company, Field, FieldRight, Kind, Level, Own, Registry, Shared};

use super::sql::Sql;

/// A row about a row about a row is followed this far, then it is nobody's.
const ABOUT_DEPTH: usize = 2;

/// Appends ` AND …` so that only rows of `kind` (under the alias `a`) remain for which the viewer
/// has the right to `action`.
pub fn narrow(sql: &mut Sql, registry: &Registry, access: &Access, position: usize, action: Action, a: &str) {
    narrow_at(sql, registry, access, position, action, a, 0);
}

fn narrow_at(
    sql: &mut Sql,
    registry: &Registry,
    access: &Access,
    position: usize,
    action: Action,
    a: &str,
    depth: usize,
) {
    let kind = registry.at(position);
    match access.grants[position].level(action) {
        Level::None => {
            sql.push(" AND 0");
            return;
        }
        Level::Own => {
            sql.push(" AND ");
            match kind.scope.shared.filter(|_| action == Action::Read) {
                Some(columns) => shared(sql, registry, access, kind, a, columns),
                None => own(sql, registry, access, kind, a, 0),
            }
        }
        Level::Company => {
            sql.push(" AND ");
            company(sql, registry, access, kind, a, 0);
        }
        Level::All => {}
    }
    if let Some((kind_field, id_field)) = kind.scope.about {
        about_at(sql, registry, access, a, (kind_field, id_field), depth);
    }
}

fn own(sql: &mut Sql, registry: &Registry, access: &Access, kind: &Kind, a: &str, depth: usize) {
    sql.push("(0");
    for rule in kind.scope.own {
        match *rule {
            Own::User(column) => {
                sql.push(&format!(" OR {a}.{column}=")).bind(access.actor.user);
            }
            Own::Itself => {
                sql.push(&format!(" OR {a}.id=")).bind(access.actor.user);
            }
            Own::Contractor(column) => {
                if access.contractor.is_some() {
                    sql.push(&format!(" OR {a}.{column}=")).bind(access.contractor);
                }
            }
            Own::ReferredBy(from, field) => {
                if let Some(from) = registry.get(from) {
                    let x = format!("o{depth}");
                    sql.push(&format!(
                        " OR {a}.id IN (SELECT {x}.{field} FROM {} {x} WHERE {x}.tenant_id=",
                        from.table
                    ));
                    sql.bind(access.tenant.key).push(&format!(" AND {x}.deleted_at IS NULL AND "));
                    own(sql, registry, access, from, &x, depth + 1);
                    sql.push(")");
                }
            }
            Own::Through(field, to) => {
                if let Some(to) = registry.get(to) {
                    let x = format!("o{depth}");
                    sql.push(&format!(" OR {a}.{field} IN (SELECT {x}.id FROM {} {x} WHERE {x}.tenant_id=", to.table));
                    sql.bind(access.tenant.key).push(&format!(" AND {x}.deleted_at IS NULL AND "));
                    own(sql, registry, access, to, &x, depth + 1);
                    sql.push(")");
                }
            }
        }
    }
    sql.push(")");
}

/// One's own rows, and those that are shared with whoever may read a kind that the viewer may read.
fn shared(sql: &mut Sql, registry: &Registry, access: &Access, kind: &Kind, a: &str, columns: Shared) {
    sql.push("(");
    own(sql, registry, access, kind, a, 0);
    sql.push(&format!(" OR ({a}.{}=1 AND {a}.{} IN (''", columns.flag, columns.kind));
    let read = |position: usize| access.grants[position].level(Action::Read) != Level::None;
    for (_, other) in registry.all().filter(|(position, _)| read(*position)) {
        sql.push(&format!(",'{}'", other.name));
    }
    sql.push(")))");
}

fn company(sql: &mut Sql, registry: &Registry, access: &Access, kind: &Kind, a: &str, depth: usize) {
    let Some(id) = access.company else {
        sql.push("0");
        return;
    };
    match kind.scope.company {
        Company::Never => {
            sql.push("0");
        }
        Company::Itself => {
            sql.push(&format!("{a}.id=")).bind(id);
        }
        Company::Column(column) => {
            sql.push(&format!("{a}.{column}=")).bind(id);
        }
        Company::Through(field, to) => match registry.get(to) {
            None => {
                sql.push("0");
            }
            Some(to) => {
                let x = format!("c{depth}");
                sql.push(&format!("{a}.{field} IN (SELECT {x}.id FROM {} {x} WHERE {x}.tenant_id=", to.table));
                sql.bind(access.tenant.key).push(&format!(" AND {x}.deleted_at IS NULL AND "));
                company(sql, registry, access, to, &x, depth + 1);
                sql.push(")");
            }
        },
    }
}

/// Appends ` AND …` so that a row about another record remains only where that record may be read.
/// `fields` are the columns that hold the other record's kind and id. No row is about a record that its
/// maker alone may see, so people with the same rights see the same.
pub fn about(sql: &mut Sql, registry: &Registry, access: &Access, a: &str, fields: (&str, &str)) {
    about_at(sql, registry, access, a, fields, 0);
}

/// The kinds whose records are not each person's own to share.
pub fn common(registry: &Registry) -> impl Iterator<Item = (usize, &'static Kind)> {
    registry.all().filter(|(_, kind)| kind.scope.shared.is_none())
}

/// May everything be read that a row can be about?
pub fn reads_all(registry: &Registry, access: &Access) -> bool {
    common(registry).all(|(position, _)| access.grants[position].level(Action::Read) == Level::All)
}

fn about_at(sql: &mut Sql, registry: &Registry, access: &Access, a: &str, fields: (&str, &str), depth: usize) {
    if reads_all(registry, access) {
        return;
    }
    let (kind_field, id_field) = fields;
    sql.push(&format!(" AND ({a}.{kind_field} IS NULL"));
    for (position, kind) in common(registry) {
        let level = access.grants[position].level(Action::Read);
        if level == Level::None || (kind.scope.about.is_some() && depth >= ABOUT_DEPTH) {
            continue;
        }
        if level == Level::All && kind.scope.about.is_none() {
            sql.push(&format!(" OR {a}.{kind_field}='{}'", kind.name));
            continue;
        }
        let b = format!("b{depth}");
        sql.push(&format!(
            " OR ({a}.{kind_field}='{}' AND {a}.{id_field} IN (SELECT {b}.id FROM {} {b} WHERE {b}.tenant_id=",
            kind.name, kind.table
        ));
        sql.bind(access.tenant.key).push(&format!(" AND {b}.deleted_at IS NULL"));
        narrow_at(sql, registry, access, position, Action::Read, &b, depth + 1);
        sql.push("))");
    }
    sql.push(")");
}

/// What the viewer may do with a field, its kind's position given.
pub fn field_right(access: &Access, position: usize, field: usize) -> FieldRight {
    access.grants[position].fields.get(field).copied().unwrap_or(FieldRight::Hidden)
}

/// What the viewer may do with a column that every record has.
pub fn system_right(access: &Access, position: usize, name: &str) -> FieldRight {
    if name == "external_id" { access.grants[position].external_id } else { FieldRight::Full }
}

/// The SQL of the tenant's own fields as this viewer may see them: the whole object, or an object
/// of those that are not hidden. The patch leaves out what a record has no value for.
pub fn visible_custom(sql: &mut Sql, access: &Access, position: usize, kind: &Kind, a: &str) {
    if access.grants[position].shows_all_custom() {
        sql.push(&format!("{a}.custom"));
        return;
    }
    sql.push("json_patch('{}',json_object(");
    for (i, (field, _)) in access.custom_of(position, kind).enumerate() {
        sql.push(if i > 0 { "," } else { "" }).bind(&*field.name);
        sql.push(&format!(",json({a}.custom->")).bind(format!("$.{}", field.name)).push(")");
    }
    sql.push("))");
}

/// The SQL of a field's value as this viewer may see it: the column, or the column while its
/// condition holds.
pub fn visible_column(sql: &mut Sql, access: &Access, right: FieldRight, field: &Field, a: &str) {
    match (right, field.shown_while) {
        (FieldRight::Conditional, Some(condition)) => {
            sql.push("CASE WHEN ");
            let text = condition.replace("{a}", a);
            let mut rest = text.as_str();
            while let Some(at) = rest.find(':') {
                sql.push(&rest[..at]);
                rest = &rest[at + 1..];
                if let Some(tail) = rest.strip_prefix("contractor") {
                    sql.bind(access.contractor);
                    rest = tail;
                } else if let Some(tail) = rest.strip_prefix("user") {
                    sql.bind(access.actor.user);
                    rest = tail;
                }
            }
            sql.push(rest).push(&format!(" THEN {a}.{} END", field.name));
        }
        (FieldRight::Conditional | FieldRight::Hidden, _) => {
            sql.push("NULL");
        }
        _ => {
            sql.push(&format!("{a}.{}", field.name));
        }
    }
}
