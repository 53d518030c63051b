//! Search by words and parts, and the fields that tenants define.

use std::sync::Arc;

use larder::kind::{Access, CustomField, Type};
use serde_json::json;

use crate::desk::{Desk, texts};

fn searchable() -> Desk {
    let desk = Desk::new();
    for (title, description) in [
        ("Door does not close", "The doors were closing too fast yesterday"),
        ("Annual inspection", "Check ropes, brakes and the emergency phone"),
        ("Stuck between floors", ""),
    ] {
        desk.create("work-orders", json!({"title": title, "description": description}));
    }
    for name in ["Zürcher Hochhaus AG", "Riverside Tower", "Tower of London", "Northtowers Ltd"] {
        desk.create("sites", json!({"name": name}));
    }
    desk.db.search_caught_up().wait().expect("caught up");
    desk
}

/// S18, S19: words are found in any form, names by any part, numbers as they are said.
#[test]
fn search_finds_words_and_parts() {
    let desk = searchable();
    let titles = |q: &str| desk.column("work-orders", &[("q", q)], "title");
    assert_eq!(titles("closes"), ["Door does not close"]);
    assert_eq!(titles("brake inspect"), ["Annual inspection"]);
    assert_eq!(titles("nothing"), [""; 0]);
    let number = desk.column("work-orders", &[("q", "stuck")], "number").remove(0);
    assert_eq!(titles(&number), ["Stuck between floors"]);
    assert_eq!(titles(&number[8..]), ["Stuck between floors"]);

    let names = |q: &str| desk.column("sites", &[("q", q)], "name");
    // What begins as typed stands before what only holds it.
    assert_eq!(names("tower"), ["Tower of London", "Northtowers Ltd", "Riverside Tower"]);
    assert_eq!(names("rcher"), ["Zürcher Hochhaus AG"]);
    assert_eq!(names("ri"), ["Riverside Tower"]);
    assert_eq!(names("zurcher"), ["Zürcher Hochhaus AG"]);
    for hostile in ["\"", "a\" OR tenant:t2", "NEAR(", "*", "-", "{name} : x", "') --"] {
        desk.list("sites", &[("q", hostile)]);
    }
}

#[test]
fn search_follows_changes_and_deletions() {
    let desk = searchable();
    let id = desk.create("sites", json!({"name": "Quayside"}));
    desk.update("sites", id, json!({"name": "Harbour"}), None).expect("renamed");
    desk.db.search_caught_up().wait().expect("caught up");
    assert_eq!(desk.column("sites", &[("q", "quayside")], "name"), [""; 0]);
    assert_eq!(desk.column("sites", &[("q", "harbour")], "name"), ["Harbour"]);
}

#[test]
fn search_stays_within_the_tenant_and_the_visible_fields() {
    let desk = searchable();
    let list = desk.list_as(&desk.stranger(), "sites", &[("q", "tower")]).expect("listed");
    assert_eq!(list["data"], json!([]));
    let blind = desk.hiding(&desk.access, "work-orders", "description");
    assert_eq!(desk.list_as(&blind, "work-orders", &[("q", "ropes")]).expect("listed")["data"], json!([]));
    assert_eq!(texts(&desk.list("work-orders", &[("q", "ropes")]), "title"), ["Annual inspection"]);
}

/// The access as it is once the fields are defined.
fn with_fields(desk: &Desk, fields: &[(&str, Type, bool)]) -> Access {
    let mut access = desk.access.clone();
    let mut tenant = (*access.tenant).clone();
    tenant.custom = fields
        .iter()
        .enumerate()
        .map(|(i, (name, ty, filterable))| CustomField {
            seq: i as i64 + 1,
            kind: "sites".into(),
            name: (*name).into(),
            label: (*name).into(),
            ty: *ty,
            options: Arc::new([]),
            required: false,
            filterable: *filterable,
            client_visible: false,
        })
        .collect();
    access.tenant = Arc::new(tenant);
    access
}

/// X04
#[test]
fn a_tenants_own_field_works_like_any_other() {
    let mut desk = Desk::new();
    let old = desk.create("sites", json!({"name": "before"}));
    for (name, ty, filterable) in [("floors", "int", true), ("colour", "text", false)] {
        desk.create(
            "custom-fields",
            json!({"kind": "sites", "name": name, "label": name, "type": ty, "filterable": filterable}),
        );
    }
    desk.access =
        with_fields(&desk, &[("floors", Type::Int(i64::MIN, i64::MAX), true), ("colour", Type::Text(200), false)]);
    for (name, floors) in [("low", 2), ("high", 40)] {
        desk.create("sites", json!({"name": name, "custom": {"floors": floors, "colour": "red"}}));
    }
    let names = |params: &[(&str, &str)]| desk.column("sites", params, "name");
    assert_eq!(names(&[("custom.floors[gte]", "10")]), ["high"]);
    assert_eq!(names(&[("sort", "-custom.floors")]), ["high", "low", "before"]);
    assert_eq!(names(&[("sort", "custom.floors"), ("limit", "1")]), ["before"]);
    let picked = desk.list("sites", &[("fields", "name,custom.floors"), ("name", "low")]);
    assert_eq!(picked["data"][0], json!({"name": "low", "custom": {"floors": 2}}));

    desk.update("sites", old, json!({"custom": {"floors": 99}}), None).expect("saved");
    assert_eq!(names(&[("sort", "-custom.floors"), ("limit", "1")]), ["before"]);
    desk.update("sites", old, json!({"custom": {"floors": null}}), None).expect("saved");
    assert_eq!(desk.get("sites", old)["custom"], json!({}));

    for (body, code) in
        [(json!({"custom": {"floors": "many"}}), "type"), (json!({"custom": {"roof": 1}}), "unknown_field")]
    {
        let error = desk.update("sites", old, body, None).expect_err("refused");
        assert_eq!(error.detail().map(|d| d.fields[0].code), Some(code));
    }
    assert!(desk.list_as(&desk.access, "sites", &[("custom.colour", "red")]).is_err());
}
