//! A scratch folder with 100,000 pieces of equipment, seen by an owner.

use std::sync::Arc;

use larder::db::{Change, Db, Options, Value};
use larder::kernel::{Id, Moment};
use larder::kind::{Access, Actor, FieldRight, Grant, Level, Registry, Tenant};
use larder::kinds;
use larder::record::{Intake, Row, search_tables};

/// What the benches work on.
#[allow(dead_code, reason = "each bench uses its own part of it")]
pub struct Store {
    pub db: Arc<Db>,
    pub registry: Arc<Registry>,
    pub access: Access,
    /// Some of the equipment.
    pub ids: Vec<Id>,
    pub folder: tempfile::TempDir,
}

/// Opens a scratch folder and fills it with `rows` pieces of equipment, 85 % of them active.
pub fn filled(rows: usize) -> Store {
    let folder = tempfile::tempdir().expect("a folder");
    let registry = Arc::new(Registry::new(kinds::ALL));
    let options = Options { search: search_tables(&registry), ..Options::default() };
    let db = Db::open(folder.path(), options).expect("the database opens");
    let mut change = Change::new();
    change.push(
        "INSERT INTO tenants(id, slug, name, created_at, updated_at) VALUES(?,'bench','Bench',1,1)",
        vec![Value::Id(Id::new())],
    );
    db.write(change).wait().expect("a tenant");
    let tenant = Tenant {
        key: 1,
        id: Id::new(),
        version: 1,
        slug: "bench".into(),
        name: "Bench".into(),
        zone: "UTC".into(),
        currency: "EUR".into(),
        logo: None,
        due_ahead_days: None,
        custom: Arc::new([]),
        choices: Arc::new([]),
    };
    let grants = registry.all().map(|(_, k)| Grant {
        levels: [Level::All; 5],
        fields: vec![FieldRight::Full; k.fields.len()],
        ..Grant::default()
    });
    let access = Access {
        tenant: Arc::new(tenant),
        actor: Actor::default(),
        role: "owner".into(),
        company: None,
        contractor: None,
        grants: grants.collect(),
        fingerprint: 1,
    };
    let at = registry.position("equipment").expect("equipment");
    let kind = registry.at(at);
    let mut ids = Vec::new();
    let mut made = 0;
    while made < rows {
        let mut intake = Intake::new(&registry, &access.tenant, access.actor, at, Moment::now());
        for i in made..(made + 500).min(rows) {
            let mut row = Row::empty(kind);
            let mut set = |name: &str, value: Value| row.values[kind.position(name).expect("a field")] = value;
            set("name", Value::from(format!("Passenger lift {i}")));
            set("serial", Value::from(format!("S-{i:06}")));
            set("type", Value::from("Passenger lift"));
            set("status", Value::from(if i % 20 < 17 { "active" } else { "in_work" }));
            row.created_at = Some(Moment(1_700_000_000_000 + 1000 * i as i64));
            let id = Id::new();
            if i % 100 == 0 {
                ids.push(id);
            }
            intake.insert(id, &row);
        }
        db.write_bulk(intake.finish()).wait().expect("rows");
        made += 500;
    }
    Store { db, registry, access, ids, folder }
}
