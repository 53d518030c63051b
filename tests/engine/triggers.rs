//! What the triggers of the statistics cost and where they begin.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use larder::db::MIGRATIONS;
use larder::kinds;
use rusqlite::{Connection, params};

fn connection(before: &str) -> Connection {
    let conn = Connection::open_in_memory().expect("a database");
    for (_, sql) in MIGRATIONS.iter().take_while(|(name, _)| *name < before) {
        conn.execute_batch(sql).expect("a migration");
    }
    conn.execute("INSERT INTO tenants(id, slug, name, created_at, updated_at) VALUES(x'01','a','A',0,0)", [])
        .expect("a tenant");
    conn.execute(
        "INSERT INTO companies(id, tenant_id, created_at, updated_at, name, active) VALUES(x'0c',1,0,0,'Acme',1)",
        [],
    )
    .expect("a company");
    conn
}

fn order(conn: &Connection, id: u8, status: &str) {
    conn.execute(
        "INSERT INTO work_orders(id, tenant_id, created_at, updated_at, title, priority, status, company_id)
         VALUES(?,1,0,0,'Fix it','normal',?,x'0c')",
        params![[id], status],
    )
    .expect("an order");
}

fn number(conn: &Connection, sql: &str) -> i64 {
    conn.query_row(sql, [], |row| row.get(0)).unwrap_or_else(|error| panic!("{sql}: {error}"))
}

/// Writes that are no business of a statistic do not touch it: neither time nor a cached answer is lost.
#[test]
fn only_what_counts_fires_a_trigger() {
    let conn = connection("9");
    order(&conn, 1, "new");
    let told = Arc::<Mutex<BTreeMap<String, usize>>>::default();
    let heard = Arc::clone(&told);
    let hook = move |_, _: &str, table: &str, _| *heard.lock().unwrap().entry(table.to_owned()).or_default() += 1;
    conn.update_hook(Some(hook)).expect("a hook");
    let fired = |sql: &str| {
        told.lock().unwrap().clear();
        conn.execute(sql, []).unwrap_or_else(|error| panic!("{sql}: {error}"));
        let told = told.lock().unwrap();
        told.keys().filter(|table| table.starts_with("statistics")).cloned().collect::<Vec<_>>()
    };
    let nothing: [String; 0] = [];
    assert_eq!(fired("UPDATE work_orders SET version=2, updated_at=1, title='Fix it now', due_at=5"), nothing);
    assert_eq!(fired("UPDATE work_orders SET status='new', priority='normal', company_id=x'0c'"), nothing);
    assert_eq!(fired("UPDATE work_orders SET priority='high'"), ["statistics_of_work_orders"]);
    let both = ["statistics_of_work_orders", "statistics_of_work_orders_by_company"];
    assert_eq!(fired("UPDATE work_orders SET status='assigned'"), both);
    assert_eq!(fired("UPDATE work_orders SET deleted_at=1"), ["statistics_of_kinds", both[0], both[1]]);
    assert_eq!(fired("UPDATE work_orders SET status='new'"), nothing, "of a deleted record");
    assert_eq!(number(&conn, "SELECT sum(n) FROM statistics_of_work_orders"), 0);
    assert_eq!(fired("DELETE FROM work_orders"), nothing);
}

/// A database from before begins with the figures of what it holds.
#[test]
fn what_is_there_already_is_counted_when_the_tables_are_made() {
    let conn = connection("0016");
    for (id, status) in [(1, "new"), (2, "new"), (3, "completed")] {
        order(&conn, id, status);
    }
    conn.execute("UPDATE work_orders SET deleted_at=1 WHERE id=x'02'", []).expect("deleted");
    for (id, stage, value) in [(1, None, Some(5_000_000_000_i64)), (2, Some("lead"), None), (3, Some("lead"), Some(-7))]
    {
        conn.execute(
            "INSERT INTO deals(id, tenant_id, created_at, updated_at, name, stage, value) VALUES(?,1,0,0,'D',?,?)",
            params![[id as u8], stage, value],
        )
        .expect("a deal");
    }
    let (_, sql) = MIGRATIONS.iter().find(|(name, _)| name.starts_with("0016")).expect("the migration");
    conn.execute_batch(sql).expect("the figures");
    for (sql, due) in [
        ("SELECT n FROM statistics_of_work_orders WHERE status='new'", 1),
        ("SELECT sum(n) FROM statistics_of_work_orders_by_company WHERE company_id=x'0c'", 2),
        ("SELECT n FROM statistics_of_kinds WHERE kind='work-orders'", 2),
        ("SELECT sum_high*4294967296+sum_low FROM statistics_of_deals WHERE stage IS NULL", 5_000_000_000),
        ("SELECT sum_high*4294967296+sum_low FROM statistics_of_deals WHERE stage='lead'", -7),
        ("SELECT summed*10+n FROM statistics_of_deals WHERE stage='lead'", 12),
    ] {
        assert_eq!(number(&conn, sql), due, "{sql}");
    }
}

/// A kind that is added later must be counted too.
#[test]
fn every_kind_is_counted_and_every_statistic_has_its_triggers() {
    let conn = connection("9");
    let has = |name: String| {
        number(&conn, &format!("SELECT count(*) FROM sqlite_schema WHERE type='trigger' AND name='{name}'"))
    };
    for kind in kinds::ALL {
        for end in ["counted", "counted_again", "counted_out"] {
            assert_eq!(has(format!("{}_{end}", kind.table)), 1, "{}", kind.name);
        }
        for statistic in kind.statistics {
            for end in ["new", "changed", "gone"] {
                assert_eq!(has(format!("{}_{end}", statistic.table)), 1, "{}", statistic.table);
            }
            for name in statistic.by.iter().chain(&statistic.sum) {
                assert!(kind.field(name).is_some(), "{} counts by {name}", statistic.table);
            }
        }
    }
}

/// The bound is one of letters: where the oldest has waited while thousands came and went, there is room.
#[test]
fn ten_thousand_letters_wait_at_most_whatever_their_numbers() {
    let conn = connection("9");
    let run = |sql: &str| conn.execute_batch(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    run("INSERT INTO identities(id, email, created_at, updated_at) VALUES(x'1d', 'a@b.c', 0, 0);
         INSERT INTO users(id, tenant_id, created_at, updated_at, name, active, identity_id)
         VALUES(x'0a', 1, 0, 0, 'Sarah', 1, x'1d');
         INSERT INTO notification_settings(tenant_id, user_id, sort, way) VALUES(1, x'0a', 'assigned', 'mail')");
    let letter = |seq: i64| {
        run(&format!(
            "INSERT INTO mails(seq, tenant_id, user_id, number, created_at, attempts, next_at)
             VALUES({seq}, 1, x'0a', 1, 0, 0, 0)"
        ));
    };
    let told = || {
        run("INSERT INTO notices(tenant_id, user_id, at, sort) VALUES(1, x'0a', 5, 'assigned')");
        number(&conn, "SELECT count(*) FROM mails")
    };
    letter(1);
    letter(20_001);
    assert_eq!(told(), 3);
    run("DELETE FROM mails");
    (1..=9_999).for_each(letter);
    assert_eq!(told(), 10_000);
    assert_eq!(told(), 10_000, "there is no room for more");
}
