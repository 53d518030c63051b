//! Holds the tables against the declarations: what a kind declares has its column, its index, its
//! foreign key and its search, and nothing lies in the database that no kind declares.

use larder::db::MIGRATIONS;
use larder::kind::{Field, Kind, Type};
use larder::kinds::ALL;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params, params_from_iter};

mod lists;

/// The columns that every kind's table begins with.
const COMMON: [&str; 11] = [
    "seq",
    "id",
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

fn scratch() -> Connection {
    let conn = Connection::open_in_memory().unwrap();
    conn.execute_batch("PRAGMA foreign_keys = ON").unwrap();
    for (name, sql) in MIGRATIONS {
        conn.execute_batch(sql).unwrap_or_else(|e| panic!("{name}: {e}"));
    }
    for tenant in [1, 2] {
        conn.execute(
            "INSERT INTO tenants (id, slug, name, created_at, updated_at) VALUES (?, ?, 'T', 0, 0)",
            params![id(tenant), tenant.to_string()],
        )
        .unwrap();
    }
    conn
}

fn id(n: u8) -> Sql {
    Sql::Blob(vec![n; 16])
}

fn strings(conn: &Connection, sql: &str) -> Vec<String> {
    let mut statement = conn.prepare(sql).unwrap_or_else(|e| panic!("{sql}: {e}"));
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn count(conn: &Connection, sql: &str) -> i64 {
    conn.query_row(sql, [], |row| row.get(0)).unwrap()
}

/// A value that the column of a required field takes.
fn sample(field: &Field) -> Sql {
    match field.ty {
        Type::Int(..) | Type::Money { .. } | Type::Bool | Type::Time => Sql::Integer(1),
        Type::Real(..) => Sql::Real(1.0),
        Type::Ref(_) | Type::RefAny { .. } => id(1),
        Type::Enum(of) => Sql::Text(of[0].into()),
        _ => Sql::Text("x".into()),
    }
}

/// Inserts the smallest record of a table, with the given columns on top.
fn insert(conn: &Connection, table: &str, tenant: i64, n: u8, more: &[(&str, Sql)]) -> rusqlite::Result<usize> {
    let kind = ALL.iter().find(|k| k.table == table).unwrap();
    let mut row = vec![("id", id(n)), ("tenant_id", Sql::Integer(tenant)), ("created_at", Sql::Integer(n.into()))];
    row.push(("updated_at", Sql::Integer(0)));
    for field in kind.fields.iter().filter(|f| f.required || f.name == "name") {
        row.push((field.name, sample(field)));
    }
    for (name, value) in more {
        row.retain(|(n, _)| n != name);
        row.push((name, value.clone()));
    }
    let names: Vec<&str> = row.iter().map(|(n, _)| *n).collect();
    let marks = vec!["?"; row.len()].join(",");
    let sql = format!("INSERT INTO {table} ({}) VALUES ({marks})", names.join(","));
    conn.execute(&sql, params_from_iter(row.into_iter().map(|(_, v)| v)))
}

fn indexes(conn: &Connection, table: &str) -> Vec<(Vec<String>, String)> {
    strings(conn, &format!("SELECT name FROM pragma_index_list('{table}')"))
        .into_iter()
        .map(|name| {
            let columns = strings(conn, &format!("SELECT name FROM pragma_index_info('{name}') ORDER BY seqno"));
            let sql = strings(conn, &format!("SELECT ifnull(sql, '') FROM sqlite_schema WHERE name = '{name}'"));
            (
                columns,
                sql[0]
                    .split_once("WHERE")
                    .map_or(String::new(), |(_, w)| w.split_whitespace().collect::<Vec<_>>().join(" ")),
            )
        })
        .collect()
}

fn storage(ty: Type) -> &'static str {
    match ty {
        Type::Int(..) | Type::Money { .. } | Type::Bool | Type::Time => "INTEGER",
        Type::Real(..) => "REAL",
        Type::Ref(_) | Type::RefAny { .. } => "BLOB",
        _ => "TEXT",
    }
}

fn words(kind: &Kind) -> Vec<&str> {
    kind.fields.iter().filter(|f| f.searched).map(|f| f.name).collect()
}

fn grams(kind: &Kind) -> Vec<&str> {
    kind.fields.iter().filter(|f| f.by_part).map(|f| f.name).collect()
}

#[test]
fn every_declared_field_has_its_column_in_its_place() {
    let conn = scratch();
    for kind in ALL {
        let columns = strings(&conn, &format!("SELECT name || ' ' || type FROM pragma_table_info('{}')", kind.table));
        let (common, own) = columns.split_at(COMMON.len());
        assert_eq!(common.iter().map(|c| c.split(' ').next().unwrap()).collect::<Vec<_>>(), COMMON, "{}", kind.table);
        let mut declared: Vec<String> = kind.fields.iter().map(|f| format!("{} {}", f.name, storage(f.ty))).collect();
        if kind.name == "users" {
            declared.push("identity_id BLOB".into());
        }
        assert_eq!(own, declared, "{}", kind.table);
        for field in kind.fields {
            let not_null = count(
                &conn,
                &format!("SELECT \"notnull\" FROM pragma_table_info('{}') WHERE name = '{}'", kind.table, field.name),
            ) == 1;
            let filled_in =
                ["equipment.name", "deals.name"].contains(&format!("{}.{}", kind.table, field.name).as_str());
            assert_eq!(not_null, field.required || filled_in, "{}.{}: NOT NULL means required", kind.table, field.name);
        }
    }
}

#[test]
fn what_is_declared_indexed_is_sorted_by_index_alone() {
    let conn = scratch();
    for kind in ALL {
        let found = indexes(&conn, kind.table);
        for field in kind.fields.iter().filter(|f| f.indexed && kind.large) {
            let exact = ["tenant_id", field.name];
            assert!(
                found.iter().any(|(columns, condition)| *columns == exact && condition == "deleted_at IS NULL"),
                "{}.{} needs an index (tenant_id, {}) WHERE deleted_at IS NULL",
                kind.table,
                field.name,
                field.name
            );
            let sql = format!(
                "SELECT seq FROM {} a WHERE a.tenant_id = ? AND a.deleted_at IS NULL ORDER BY a.{} DESC, a.seq DESC LIMIT 26",
                kind.table, field.name
            );
            assert_eq!(plan(&conn, &sql).matches("TEMP B-TREE").count(), 0, "{sql}");
        }
        if kind.large {
            let sql = format!(
                "SELECT seq FROM {} a WHERE a.tenant_id = ? AND a.deleted_at IS NULL ORDER BY a.created_at DESC, a.seq DESC LIMIT 26",
                kind.table
            );
            assert!(plan(&conn, &sql).contains(&format!("{}_by_creation", kind.table)), "{sql}");
        }
        assert!(found.iter().any(|(c, w)| *c == ["tenant_id", "id"] && w.is_empty()), "{}", kind.table);
        assert!(
            found
                .iter()
                .any(|(c, w)| *c == ["tenant_id", "external_id"]
                    && w == "external_id IS NOT NULL AND deleted_at IS NULL"),
            "{}",
            kind.table
        );
    }
}

#[test]
fn references_are_composite_foreign_keys_led_by_an_index() {
    let conn = scratch();
    for kind in ALL {
        let keys = strings(
            &conn,
            &format!(
                "SELECT group_concat(\"from\" || '>' || \"to\", ' ') || ' ' || \"table\" FROM (SELECT * FROM pragma_foreign_key_list('{}') ORDER BY id, seq) GROUP BY id",
                kind.table
            ),
        );
        let mut keys: Vec<String> = keys
            .into_iter()
            .filter(|k| !matches!(k.as_str(), "tenant_id>seq tenants" | "identity_id>id identities"))
            .collect();
        let mut declared: Vec<String> = kind
            .fields
            .iter()
            .filter_map(|f| {
                let of = ALL.iter().find(|k| Some(k.name) == f.refers_to())?;
                Some(format!("tenant_id>tenant_id {}>id {}", f.name, of.table))
            })
            .collect();
        keys.sort();
        declared.sort();
        assert_eq!(keys, declared, "{}", kind.table);
        let found = indexes(&conn, kind.table);
        for field in kind.fields.iter().filter(|f| f.refers_to().is_some()) {
            let condition = format!("{} IS NOT NULL", field.name);
            let condition = if field.required { "" } else { condition.as_str() };
            assert!(
                found.iter().any(|(c, w)| c.starts_with(&["tenant_id".into(), field.name.into()]) && w == condition),
                "{}.{} is not indexed",
                kind.table,
                field.name
            );
        }
    }
}

#[test]
fn conditions_on_fields_are_sound_sql() {
    let conn = scratch();
    for (kind, field) in ALL.iter().flat_map(|k| k.fields.iter().map(move |f| (k, f))) {
        if let Some(condition) = field.shown_while {
            let condition = condition.replace("{a}", "a");
            let shown = plan(&conn, &format!("SELECT CASE WHEN {condition} THEN 1 END FROM {} a", kind.table));
            assert!(shown.contains("SEARCH w USING INDEX"), "{}.{}: {shown}", kind.table, field.name);
        }
    }
}

#[test]
fn names_are_compared_without_case() {
    let conn = scratch();
    for kind in ALL {
        let sql = strings(&conn, &format!("SELECT sql FROM sqlite_schema WHERE name = '{}'", kind.table)).remove(0);
        for field in kind.fields.iter().filter(|f| matches!(f.ty, Type::Text(_) | Type::Email)) {
            let named = field.name == kind.title || kind.natural_key.contains(&field.name) || field.indexed;
            if named && !["description", "list"].contains(&field.name) {
                let column = sql.lines().find(|l| l.trim_start().starts_with(&format!("{} ", field.name))).unwrap();
                assert!(column.contains("COLLATE NOCASE"), "{}.{}", kind.table, field.name);
            }
        }
    }
}

#[test]
fn the_search_follows_what_is_declared() {
    let conn = scratch();
    conn.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    let mut expected = Vec::new();
    for kind in ALL.iter().filter(|k| !words(k).is_empty()) {
        let columns =
            |suffix: &str| strings(&conn, &format!("SELECT name FROM pragma_table_info('{}_{suffix}')", kind.table));
        let mut wanted = words(kind);
        wanted.push("tenant");
        assert_eq!(columns("words"), wanted, "{}", kind.table);
        assert_eq!(columns("grams"), grams(kind), "{}", kind.table);
        expected.extend(
            [("words", true), ("grams", !grams(kind).is_empty())]
                .iter()
                .filter(|t| t.1)
                .map(|t| format!("{}_{}", kind.table, t.0)),
        );

        let dirty = || -> bool {
            let n = count(&conn, &format!("SELECT count(*) FROM search_dirty WHERE kind = '{}'", kind.name));
            conn.execute("DELETE FROM search_dirty", []).unwrap();
            n == 1
        };
        insert(&conn, kind.table, 1, 1, &[]).unwrap();
        assert!(dirty(), "{}: a new record is not found", kind.table);
        for field in words(kind).iter().chain(&["deleted_at"]) {
            conn.execute(&format!("UPDATE {} SET {field} = {field}", kind.table), []).unwrap();
            assert!(dirty(), "{}.{field}: a change is not found", kind.table);
        }
        conn.execute(&format!("UPDATE {} SET version = 2", kind.table), []).unwrap();
        assert!(!dirty(), "{}: what is not searched needs no search", kind.table);
        conn.execute(&format!("DELETE FROM {}", kind.table), []).unwrap();
        assert!(dirty(), "{}: what is gone is still found", kind.table);
    }
    let mut found = strings(&conn, "SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE%'");
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
}

#[test]
fn every_table_is_strict_and_says_why_it_is_there() {
    let conn = scratch();
    let tables = strings(
        &conn,
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
    );
    for table in &tables {
        let sql = strings(&conn, &format!("SELECT sql FROM sqlite_schema WHERE name = '{table}'")).remove(0);
        assert!(sql.contains("--"), "{table} does not say why");
        assert_eq!(count(&conn, &format!("SELECT strict FROM pragma_table_list WHERE name = '{table}'")), 1, "{table}");
    }
    assert!(ALL.iter().all(|k| tables.iter().any(|t| t == k.table)));
    assert_eq!(count(&conn, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
    assert_eq!(strings(&conn, "PRAGMA integrity_check"), ["ok"]);
}

#[test]
fn a_move_carries_down_to_machines_orders_and_certificates() {
    let conn = scratch();
    for n in [1, 2] {
        insert(&conn, "companies", 1, n, &[]).unwrap();
    }
    insert(&conn, "sites", 1, 1, &[("company_id", id(1))]).unwrap();
    insert(&conn, "equipment", 1, 1, &[("site_id", id(1)), ("company_id", id(1))]).unwrap();
    insert(&conn, "work_orders", 1, 1, &[("site_id", id(1)), ("company_id", id(1))]).unwrap();
    insert(&conn, "certificates", 1, 1, &[("equipment_id", id(1)), ("company_id", id(1))]).unwrap();
    conn.execute("UPDATE sites SET company_id = ?", [id(2)]).unwrap();
    for kind in ALL {
        for field in kind.fields.iter().filter(|f| f.derived.is_some()) {
            let moved = format!(
                "SELECT count(*) FROM {} WHERE {} = x'02020202020202020202020202020202' AND version = 1",
                kind.table, field.name
            );
            assert_eq!(count(&conn, &moved), 1, "{}.{} stayed behind", kind.table, field.name);
        }
    }
    conn.execute("UPDATE sites SET company_id = NULL", []).unwrap();
    assert_eq!(count(&conn, "SELECT count(*) FROM certificates WHERE company_id IS NULL"), 1);
}

#[test]
fn a_reference_cannot_cross_into_another_tenant() {
    let conn = scratch();
    insert(&conn, "companies", 1, 1, &[]).unwrap();
    assert!(insert(&conn, "sites", 2, 1, &[("company_id", id(1))]).is_err());
    assert!(insert(&conn, "sites", 1, 1, &[("company_id", id(1))]).is_ok());
}

#[test]
fn guards_raise_their_code_and_history_stays() {
    let conn = scratch();
    let says = |sql: &str| conn.execute_batch(sql).map_err(|e| e.to_string());
    assert_eq!(says("INSERT INTO guard (code) SELECT 'version' WHERE 1"), Err("guard:version".into()));
    assert_eq!(says("INSERT INTO guard (code) SELECT 'version' WHERE 0"), Ok(()));
    says("INSERT INTO activity (tenant_id, at, kind, record_id, action) VALUES (1, 0, 'sites', x'00', 'create')")
        .unwrap();
    assert_eq!(says("UPDATE activity SET at = 1"), Err("guard:append_only".into()));
    assert_eq!(says("DELETE FROM activity"), Err("guard:append_only".into()));
    insert(&conn, "roles", 1, 1, &[("name", Sql::Text("owner".into())), ("shipped", Sql::Integer(1))]).unwrap();
    insert(&conn, "roles", 1, 2, &[("name", Sql::Text("driver".into()))]).unwrap();
    insert(&conn, "users", 1, 1, &[("role", Sql::Text("driver".into()))]).unwrap();
    assert_eq!(says("UPDATE roles SET deleted_at = 1 WHERE name = 'owner'"), Err("guard:shipped_role".into()));
    assert_eq!(says("UPDATE roles SET deleted_at = 1 WHERE name = 'driver'"), Err("guard:in_use".into()));
    says("UPDATE users SET role = NULL; UPDATE roles SET deleted_at = 1 WHERE name = 'driver'").unwrap();
}

#[test]
fn a_number_from_outside_moves_the_counter_past_it() {
    let conn = scratch();
    let last = || count(&conn, "SELECT ifnull(max(value), 0) FROM counters WHERE name = 'work-orders' AND year = 2024");
    let number = |s: &str| [("number", Sql::Text(s.into()))];
    insert(&conn, "work_orders", 1, 1, &number("WO-2024-0234")).unwrap();
    assert_eq!(last(), 234);
    insert(&conn, "work_orders", 1, 2, &number("WO-2024-0007")).unwrap();
    insert(&conn, "work_orders", 1, 3, &number("WO-2024-9223372036854775807")).unwrap();
    insert(&conn, "work_orders", 1, 4, &number("JOB 12")).unwrap();
    assert_eq!(last(), 234);
    conn.execute("UPDATE work_orders SET number = 'WO-2024-0300' WHERE number = 'JOB 12'", []).unwrap();
    assert_eq!(last(), 300);
    assert!(insert(&conn, "work_orders", 1, 5, &number("wo-2024-0300")).is_err(), "two orders with one number");
}

fn plan(conn: &Connection, sql: &str) -> String {
    let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap_or_else(|e| panic!("{sql}: {e}"));
    let none = vec![Sql::Null; statement.parameter_count()];
    let lines = statement.query_map(params_from_iter(none), |row| row.get::<_, String>(3)).unwrap();
    lines.map(Result::unwrap).collect::<Vec<_>>().join("; ")
}
