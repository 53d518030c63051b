//! The demo as a whole: its size, its sameness, its good sense.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use rusqlite::Connection;
use sha2::{Digest, Sha256};

use super::*;
use crate::auth::{Epochs, Passwords, Settings, Shipped};
use crate::db::{Options, Value, fault};
use crate::kind::Type;
use crate::limit::{self, Limiter};
use crate::record::{from_text, search_tables};

/// A Saturday night, when nobody is at work.
const NOW: Moment = Moment(1_795_227_720_000);

struct House {
    db: Arc<Db>,
    registry: Arc<Registry>,
    auth: Arc<Auth>,
    files: Files,
}

fn open(folder: &Path) -> House {
    let (registry, epochs) = (Arc::new(Registry::new(crate::kinds::ALL)), Epochs::new());
    let options = Options { search: search_tables(&registry), observer: epochs.clone(), ..Options::default() };
    let db = Db::open(folder, options).unwrap();
    let limiter = Limiter::open(&db, limit::Settings::default(), NOW).unwrap();
    let auth = Auth::new(db.clone(), registry.clone(), epochs, limiter, Settings::default()).unwrap();
    House { db, registry, auth, files: Files::new(folder) }
}

impl House {
    fn fill(&self, scale: usize, progress: &dyn Fn(&str, u64) -> Result<()>) -> Result<Vec<Login>> {
        fill(&self.db, &self.registry, &self.auth, &self.files, Wish { scale, now: NOW }, progress)
    }
}

fn filled(folder: &Path, progress: &dyn Fn(&str, u64) -> Result<()>) -> House {
    let house = open(folder);
    assert_eq!(house.fill(1, progress).unwrap(), super::logins());
    house
}

/// One demo for all tests that only look at it.
static DEMO: LazyLock<(tempfile::TempDir, House)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let house = filled(folder.path(), &|_, _| Ok(()));
    (folder, house)
});

fn ask<T: Send + 'static>(sql: &'static str, read: impl Fn(&rusqlite::Row<'_>) -> T + Send + 'static) -> Vec<T> {
    ask_of(&DEMO.1.db, sql, read)
}

fn ask_of<T: Send + 'static>(
    db: &Db,
    sql: &'static str,
    read: impl Fn(&rusqlite::Row<'_>) -> T + Send + 'static,
) -> Vec<T> {
    let all = move |connection: &Connection| {
        let mut statement = connection.prepare(sql).map_err(fault)?;
        let rows = statement.query_map([], |row| Ok(read(row))).map_err(fault)?;
        rows.collect::<rusqlite::Result<Vec<_>>>().map_err(fault)
    };
    db.read(all).wait().unwrap()
}

fn number(sql: &'static str) -> i64 {
    ask(sql, |row| row.get(0).unwrap())[0]
}

#[test]
fn it_is_as_large_as_promised() {
    for (sql, count) in [
        ("SELECT count(*) FROM companies", 200),
        ("SELECT count(*) FROM sites", 600),
        ("SELECT count(*) FROM equipment", 5000),
        ("SELECT count(*) FROM work_orders", 3000),
        ("SELECT count(*) FROM deals", 150),
        ("SELECT count(*) FROM users WHERE role = 'technician'", 8),
    ] {
        assert_eq!(number(sql), count, "{sql}");
    }
    let active = number("SELECT count(*) FROM equipment WHERE status = 'active'");
    assert!((4400..4600).contains(&active), "{active} machines are active");
}

#[test]
fn every_kind_that_can_be_written_has_records_of_its_types() {
    let House { db, registry, auth, .. } = &DEMO.1;
    for (_, kind) in registry.all().filter(|(_, kind)| kind.writable) {
        let tenant = tenant(auth).unwrap();
        let check = move |connection: &Connection| {
            let columns: Vec<_> = kind.fields.iter().map(|f| f.name).collect();
            let sql = format!("SELECT {} FROM {}", columns.join(","), kind.table);
            let mut statement = connection.prepare(&sql).map_err(fault)?;
            let mut found = statement.query([]).map_err(fault)?;
            let mut count = 0;
            while let Some(row) = found.next().map_err(fault)? {
                count += 1;
                for (i, field) in kind.fields.iter().enumerate().filter(|(_, f)| !matches!(f.ty, Type::Json(_))) {
                    let value = Value::from_sql(row.get_ref(i).map_err(fault)?);
                    let mut wire = Vec::new();
                    crate::record::write_value(&mut wire, &value, field.ty);
                    let json: serde_json::Value = serde_json::from_slice(&wire).unwrap();
                    let text = json.as_str().map_or_else(|| json.to_string(), str::to_owned);
                    if !json.is_null() {
                        assert_eq!(from_text(field.ty, &text, &tenant), Ok(value), "{}.{}", kind.name, field.name);
                    }
                }
            }
            Ok(count)
        };
        let count = db.read_heavy(std::time::Duration::from_secs(60), check).wait().unwrap();
        assert!(count > 0, "there are no {}", kind.many);
    }
}

#[test]
fn every_role_has_a_login_and_the_owner_comes_first() {
    let logins = super::logins();
    assert_eq!(logins[0].role, "owner");
    for role in Shipped::ALL {
        assert!(logins.iter().any(|login| login.role == role.name()), "{role:?}");
    }
    let signing_in: BTreeMap<String, String> = ask(
        "SELECT i.email, u.role FROM identities i JOIN users u ON u.identity_id = i.id AND u.email = i.email
         WHERE (u.role <> 'client' OR u.company_id IS NOT NULL) AND (u.role <> 'contractor' OR u.contractor_id IS NOT NULL)",
        |row| (row.get(0).unwrap(), row.get(1).unwrap()),
    )
    .into_iter()
    .collect();
    assert_eq!(signing_in.len(), logins.len());
    assert!(logins.iter().all(|login| signing_in.get(&login.email).map(String::as_str) == Some(login.role)));
    let hash: String = ask("SELECT DISTINCT password FROM identities", |row| row.get(0).unwrap()).remove(0);
    let verdict = Passwords::new().unwrap().verify(PASSWORD.into(), Some(hash), false).wait().unwrap();
    assert_eq!(verdict, crate::auth::Verdict::Right { renewed: None });
}

#[test]
fn nothing_contradicts_itself() {
    for nonsense in [
        // Places and people.
        "SELECT count(*) FROM work_orders o JOIN equipment e ON e.id = o.equipment_id WHERE e.site_id IS NOT o.site_id",
        "SELECT count(*) FROM work_orders o JOIN contacts c ON c.id = o.contact_id WHERE c.company_id IS NOT o.company_id",
        "SELECT count(*) FROM equipment WHERE company_id IS NULL",
        "SELECT count(*) FROM work_orders WHERE (status IN ('new', 'cancelled')) IS NOT (assigned_to IS NULL AND contractor_id IS NULL)",
        // Times.
        "SELECT count(*) FROM work_orders WHERE started_at > completed_at OR completed_at > invoiced_at OR created_at > started_at",
        "SELECT count(*) FROM work_orders WHERE (status IN ('completed', 'invoiced')) IS NOT (completed_at IS NOT NULL)",
        "SELECT count(*) FROM work_orders WHERE status = 'in_progress' AND started_at IS NULL",
        "SELECT count(*) FROM work_orders o JOIN equipment e ON e.id = o.equipment_id WHERE e.created_at > o.created_at + 86400000",
        "SELECT count(*) FROM work_orders o JOIN equipment e ON e.id = o.equipment_id
         WHERE e.status = 'decommissioned' AND o.status NOT IN ('completed', 'invoiced', 'cancelled')",
        "SELECT count(*) FROM deals WHERE (stage IN ('won', 'lost')) IS NOT (closed_on IS NOT NULL)",
        "SELECT count(*) FROM time_logs t JOIN work_orders o ON o.id = t.work_order_id WHERE o.status IN ('new', 'assigned', 'cancelled')",
        "SELECT count(*) FROM sites s JOIN companies c ON c.id = s.company_id WHERE s.created_at < c.created_at",
        // Things about others.
        "SELECT count(*) FROM notes WHERE about_kind = 'work-orders' AND about_id NOT IN (SELECT id FROM work_orders)",
        "SELECT count(*) FROM notes WHERE about_kind = 'deals' AND about_id NOT IN (SELECT id FROM deals)",
        "SELECT count(*) FROM notes WHERE about_kind = 'sites' AND about_id NOT IN (SELECT id FROM sites)",
        "SELECT count(*) FROM tasks WHERE about_kind = 'work-orders' AND about_id NOT IN (SELECT id FROM work_orders)",
        "SELECT count(*) FROM tasks WHERE about_kind = 'companies' AND about_id NOT IN (SELECT id FROM companies)",
        "SELECT count(*) - count(DISTINCT serial) FROM equipment",
        "SELECT count(*) - count(DISTINCT email) FROM contacts",
        "SELECT count(*) FROM pragma_foreign_key_check",
        "SELECT count(*) FROM search_dirty",
    ] {
        assert_eq!(number(nonsense), 0, "{nonsense}");
    }
}

#[test]
fn nobody_has_lived_in_the_future() {
    for kind in DEMO.1.registry.all().map(|(_, kind)| kind) {
        let sql = format!("SELECT count(*) FROM {} WHERE created_at > {} OR updated_at > {}", kind.table, NOW.0, NOW.0);
        assert_eq!(number(sql.leak()), 0, "{}", kind.name);
    }
    assert_eq!(number(format!("SELECT count(*) FROM activity WHERE at > {}", NOW.0).leak()), 0);
}

#[test]
fn there_is_something_in_every_list_that_people_look_at() {
    for state in ["new", "assigned", "in_progress", "on_hold", "completed", "invoiced", "cancelled"] {
        let count = number(format!("SELECT count(*) FROM work_orders WHERE status = '{state}'").leak());
        assert!(count >= 3, "{count} orders are {state}");
    }
    for stage in ["lead", "qualified", "proposal", "negotiation", "won", "lost"] {
        let count = number(format!("SELECT count(*) FROM deals WHERE stage = '{stage}'").leak());
        assert!(count >= 3, "{count} deals are {stage}");
    }
    let today = NOW.0 / DAY * DAY;
    for (sql, least) in [
        ("SELECT count(*) FROM tasks WHERE status = 'pending' AND due_at < {today}", 5),
        ("SELECT count(*) FROM work_orders WHERE status IN ('new', 'assigned', 'on_hold') AND due_at < {today}", 3),
        ("SELECT count(*) FROM work_orders WHERE scheduled_at BETWEEN {today} AND {today} + 86400000", 6),
        ("SELECT count(*) FROM work_orders WHERE contractor_id IS NOT NULL", 100),
        ("SELECT count(*) FROM certificates c JOIN users u ON u.company_id = c.company_id", 10),
        ("SELECT count(*) FROM work_orders o JOIN users u ON u.company_id = o.company_id", 10),
        ("SELECT count(*) FROM work_orders o JOIN users u ON u.contractor_id = o.contractor_id", 10),
        ("SELECT count(*) FROM stock_items WHERE quantity <= reorder_at", 3),
        ("SELECT max(version) FROM work_orders", 4),
    ] {
        let count = number(sql.replace("{today}", &today.to_string()).leak());
        assert!(count >= least, "{count}: {sql}");
    }
}

/// Every kind's rows. The logins lie elsewhere: their hash has a salt of its own each time.
fn digest(house: &House) -> BTreeMap<&'static str, Vec<u8>> {
    let kinds: Vec<_> = house.registry.all().map(|(_, kind)| kind).collect();
    let sum = move |connection: &Connection| {
        let tables = kinds.iter().map(|kind| (kind.name, kind.table)).chain([("activity", "activity")]);
        tables
            .map(|(name, table)| {
                let mut statement =
                    connection.prepare(&format!("SELECT * FROM {table} ORDER BY seq")).map_err(fault)?;
                let columns = statement.column_count();
                let mut rows = statement.query([]).map_err(fault)?;
                let mut hash = Sha256::new();
                while let Some(row) = rows.next().map_err(fault)? {
                    for i in 0..columns {
                        hash.update(format!("{:?}", row.get_ref(i).map_err(fault)?));
                    }
                }
                Ok((name, hash.finalize().to_vec()))
            })
            .collect()
    };
    house.db.read_heavy(std::time::Duration::from_secs(60), sum).wait().unwrap()
}

#[test]
fn it_is_the_same_whenever_it_is_told_and_however_often_it_was_interrupted() {
    let folder = tempfile::tempdir().unwrap();
    // A fill that is thrown out of its way twice, with another wish each time.
    for stop in [2_000, 14_000] {
        let enough = |_: &str, records| if records < stop { Ok(()) } else { Err(Error::busy("stopping", "Enough.")) };
        assert_eq!(open(folder.path()).fill(1, &enough).unwrap_err().code(), "stopping");
    }
    let house = filled(folder.path(), &|_, _| Ok(()));
    assert_eq!(digest(&house), digest(&DEMO.1));
    assert_eq!(ask_of(&house.db, "SELECT count(*) FROM tenants", |row| row.get::<_, i64>(0).unwrap()), [1]);
}

#[test]
fn a_folder_with_other_data_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let house = open(folder.path());
    let other = NewTenant { name: "Acme".into(), slug: None, zone: "UTC".into(), currency: "EUR".into() };
    house.db.write(create_tenant(&other, &mut crate::kernel::Id::new, NOW).unwrap().1).wait().unwrap();
    assert_eq!(house.fill(1, &|_, _| Ok(())).unwrap_err().code(), "not_empty");
}

/// `LARDER_DEMO_SCALE=20 cargo test --release demo::tests::how_long -- --ignored --nocapture`
#[test]
#[ignore = "a measurement"]
fn how_long_it_takes() {
    let folder = tempfile::tempdir().unwrap();
    let house = open(folder.path());
    let scale = std::env::var("LARDER_DEMO_SCALE").ok().and_then(|s| s.parse().ok()).unwrap_or(1);
    let start = std::time::Instant::now();
    let last = std::cell::Cell::new((String::new(), 0));
    let tell = |kind: &str, records: u64| {
        if last.take().0 != kind {
            println!("{:7.2} s  from record {records}: {kind}", start.elapsed().as_secs_f64());
        }
        last.set((kind.to_owned(), records));
        Ok(())
    };
    house.fill(scale, &tell).unwrap();
    println!("{:7.2} s  {} records", start.elapsed().as_secs_f64(), last.take().1);
}
