//! What a viewer may not see, and what else a change touches.

use std::sync::Arc;

use larder::kernel::Id;
use larder::kind::{Access, CustomField, CustomRights, FieldRight, Level, Type};
use serde_json::json;

use crate::desk::{Desk, object, texts};

/// The desk's owner in a tenant where sites have these fields of their own, all of them filterable.
fn with_own_fields(desk: &Desk, names: &[&str]) -> Access {
    let mut access = desk.access.clone();
    let mut tenant = (*access.tenant).clone();
    let field = |(i, name): (usize, &&str)| CustomField {
        seq: i as i64 + 1,
        kind: "sites".into(),
        name: (*name).into(),
        label: (*name).into(),
        ty: Type::Text(100),
        options: Arc::new([]),
        required: false,
        filterable: true,
        client_visible: *name == "lift_code",
    };
    tenant.custom = names.iter().enumerate().map(field).collect();
    access.tenant = Arc::new(tenant);
    access
}

/// The same viewer with other rights on what every site has and on the tenant's own fields.
fn with_rights(desk: &Desk, access: &Access, external_id: FieldRight, custom: CustomRights) -> Access {
    let mut access = access.clone();
    let mut grants = access.grants.to_vec();
    let sites = &mut grants[desk.at("sites")];
    (sites.external_id, sites.custom) = (external_id, custom);
    access.grants = grants.into();
    access
}

#[test]
fn what_is_hidden_beside_the_declared_fields_is_not_there() {
    let desk = Desk::new();
    let owner = with_own_fields(&desk, &["lift_code", "margin"]);
    let body = json!({"name": "Tower", "external_id": "X-1", "custom": {"lift_code": "L7", "margin": "high"}});
    let site = desk.try_create(&owner, "sites", body).expect("created");
    let client = CustomRights { client: true, ..CustomRights::default() };
    let client = with_rights(&desk, &owner, FieldRight::Hidden, client);
    let seen = desk.get_as(&client, "sites", site).expect("found");
    assert_eq!(seen["custom"], json!({"lift_code": "L7"}));
    assert!(seen.get("external_id").is_none(), "{seen}");
    for (name, value) in [
        ("fields", "external_id"),
        ("fields", "custom.margin"),
        ("external_id", "X-1"),
        ("custom.margin", "high"),
        ("sort", "custom.margin"),
        ("filter", r#"{"or":[{"external_id":"X-1"}]}"#),
    ] {
        let refused = desk.list_as(&client, "sites", &[(name, value)]);
        assert_eq!(refused.expect_err(name).code(), "invalid", "{name}={value}");
    }
    let named = vec![("margin".into(), FieldRight::Hidden)];
    let driver = CustomRights { named, ..CustomRights::default() };
    let driver = with_rights(&desk, &owner, FieldRight::ReadOnly, driver);
    let rows = desk.list_as(&driver, "sites", &[("custom.lift_code", "L7")]).expect("listed");
    assert_eq!(rows["data"][0]["custom"], json!({"lift_code": "L7"}));
    assert_eq!(rows["data"][0]["external_id"], "X-1");
    for body in [json!({"external_id": "X-2"}), json!({"custom": {"margin": "low"}})] {
        let at = desk.at("sites");
        let refused = desk.see(&driver, move |view| view.plan_update(at, site, &object(body), None));
        assert_eq!(refused.expect_err("not theirs").code(), "invalid");
    }
}

#[test]
fn the_order_of_a_search_does_not_tell_of_a_hidden_title() {
    let desk = Desk::new();
    let named = desk.create("equipment", json!({"name": "Paternoster", "model": "Paternoster"}));
    desk.create("equipment", json!({"name": "Other", "model": "Paternoster"}));
    desk.db.search_caught_up().wait().expect("searched");
    let first = |access: &Access| {
        let list = desk.list_as(access, "equipment", &[("q", "Paternoster"), ("fields", "id")]).expect("listed");
        texts(&list, "id").remove(0)
    };
    assert_eq!(first(&desk.access), named.to_string());
    assert_ne!(first(&desk.hiding(&desk.access, "equipment", "name")), named.to_string());
}

#[test]
fn a_refused_deletion_names_only_what_the_viewer_may_see() {
    let desk = Desk::new();
    let company = desk.create("companies", json!({"name": "Acme"}));
    desk.create("sites", json!({"name": "Tower", "company_id": company.to_string()}));
    desk.create("deals", json!({"name": "Big", "company_id": company.to_string()}));
    let (clerk, at) = (desk.with_level("deals", Level::None), desk.at("companies"));
    let refused = desk.see(&clerk, move |view| view.plan_delete(at, company, None)).expect_err("in use");
    let told = format!("{refused:?}");
    assert!(told.contains("1 site") && told.contains("may not see") && !told.contains("deal"), "{told}");
}

#[test]
fn another_tenants_names_take_no_room_among_the_candidates_for_a_merge() {
    let desk = Desk::new();
    let stranger = desk.stranger();
    let keep = desk.create("companies", json!({"name": "Lightning Lifts"}));
    desk.create("companies", json!({"name": "Lightning Lift"}));
    for n in 0..210 {
        desk.try_create(&stranger, "companies", json!({"name": format!("Lightning {n}")})).expect("created");
    }
    // Older rows come first out of an index; these must not lie behind the stranger's.
    desk.create("companies", json!({"name": "Lightning Lifts Ltd"}));
    desk.db.search_caught_up().wait().expect("searched");
    let at = desk.at("companies");
    let found = desk.see(&desk.access, move |view| view.duplicates(at, keep)).expect("found");
    let found = serde_json::from_slice(&found.body).expect("JSON");
    assert_eq!(texts(&found, "name"), ["Lightning Lifts Ltd", "Lightning Lift"]);
}

/// Which kinds a change of this record touches.
fn touched(desk: &Desk, kind: &str, id: Id, body: serde_json::Value) -> Vec<&'static str> {
    let at = desk.at(kind);
    let planned = desk.see(&desk.access, move |view| view.plan_update(at, id, &object(body), None)).expect("planned");
    let mut kinds: Vec<_> = planned.change.touched.iter().map(|touch| touch.set).collect();
    kinds.sort_unstable();
    kinds
}

#[test]
fn a_change_touches_whatever_it_carries_along() {
    let desk = Desk::new();
    let company = desk.create("companies", json!({"name": "Acme"}));
    let site = desk.create("sites", json!({"name": "Tower"}));
    let lift = desk.create("equipment", json!({"name": "Lift"}));
    let everything = ["certificates", "equipment", "sites", "work-orders"];
    assert_eq!(touched(&desk, "sites", site, json!({"company_id": company.to_string()})), everything);
    assert_eq!(touched(&desk, "sites", site, json!({"name": "Castle"})), ["sites"]);
    let moved = json!({"site_id": site.to_string()});
    assert_eq!(touched(&desk, "equipment", lift, moved), ["certificates", "equipment"]);
}

#[test]
fn a_field_that_goes_leaves_the_index_and_one_that_returns_is_in_it_again() {
    let desk = Desk::new();
    let body = json!({"kind": "sites", "name": "floor", "label": "Floor", "type": "int", "filterable": true});
    let field = desk.create("custom-fields", body);
    let owner = with_own_fields(&desk, &["floor"]);
    desk.try_create(&owner, "sites", json!({"name": "Tower", "custom": {"floor": "4"}})).expect("created");
    let indexed = || {
        let read = desk.db.read(|conn| Ok(conn.query_row("SELECT count(*) FROM custom_index", [], |row| row.get(0))));
        read.wait().expect("read").unwrap_or(-1)
    };
    assert_eq!(indexed(), 1);
    let at = desk.at("custom-fields");
    let planned = desk.see(&desk.access, move |view| view.plan_delete(at, field, None)).expect("planned");
    desk.commit(planned).expect("deleted");
    assert_eq!(indexed(), 0);
    // A record that comes while the field is away is in the index when it returns, too.
    desk.create("sites", json!({"name": "Mill"}));
    let planned = desk.see(&desk.access, move |view| view.plan_restore(at, field)).expect("planned");
    desk.commit(planned).expect("restored");
    assert_eq!(indexed(), 2);
}
