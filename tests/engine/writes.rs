//! Create, update, delete, restore, merge, history, custom fields.

use larder::kernel::Id;
use larder::record::{MergeRequest, MergeStep, Planned};
use serde_json::json;

use crate::desk::{Desk, object};

#[test]
fn a_record_comes_back_as_it_was_written() {
    let desk = Desk::new();
    let id = desk.create("companies", json!({"name": "  Acme  ", "email": "INFO@acme.example", "external_id": "A-1"}));
    let record = desk.get("companies", id);
    assert_eq!(record["name"], json!("Acme"));
    assert_eq!(record["email"], json!("info@acme.example"));
    assert_eq!((&record["version"], &record["active"]), (&json!(1), &json!(true)));
}

#[test]
fn every_complaint_comes_at_once_and_points_at_its_field() {
    let desk = Desk::new();
    let error = desk
        .try_create(
            &desk.access,
            "companies",
            json!({"nmae": "x", "email": "nobody", "active": "yes", "version": 3, "website": "javascript:alert(1)"}),
        )
        .expect_err("refused");
    let pointers: Vec<_> =
        error.detail().expect("a detail").fields.iter().map(|f| (f.pointer.as_str(), f.code)).collect();
    for expected in [
        ("/nmae", "unknown_field"),
        ("/email", "format"),
        ("/active", "type"),
        ("/version", "read_only"),
        ("/website", "format"),
        ("/name", "required"),
    ] {
        assert!(pointers.contains(&expected), "{expected:?} in {pointers:?}");
    }
}

/// R35
#[test]
fn a_save_with_an_old_version_is_refused() {
    let desk = Desk::new();
    let id = desk.create("companies", json!({"name": "Acme"}));
    desk.update("companies", id, json!({"name": "Acme Ltd"}), Some(1)).expect("saved");
    let error = desk.update("companies", id, json!({"name": "Late"}), Some(1)).expect_err("refused");
    assert_eq!((error.code(), error.to_string()), ("version_mismatch", "Record was modified. Please refresh.".into()));
    assert_eq!(desk.get("companies", id)["name"], json!("Acme Ltd"));
}

#[test]
fn the_second_of_two_planned_updates_is_refused_at_commit() {
    let desk = Desk::new();
    let id = desk.create("companies", json!({"name": "Acme"}));
    let at = desk.at("companies");
    let plan = |name: &str| {
        let body = object(json!({"name": name}));
        desk.see(&desk.access, move |v| v.plan_update(at, id, &body, None)).expect("planned")
    };
    let (first, second) = (plan("first"), plan("second"));
    desk.commit(first).expect("the first wins");
    assert_eq!(desk.commit(second).map_err(|e| e.code()), Err("version_mismatch"));
}

#[test]
fn history_tells_what_changed_from_what_to_what() {
    let desk = Desk::new();
    let id = desk.create("companies", json!({"name": "Acme"}));
    desk.update("companies", id, json!({"name": "Acme Ltd", "sector": "lifts"}), None).expect("saved");
    let at = desk.at("companies");
    let history = |access: &larder::kind::Access| {
        let body = desk.see(access, move |v| v.history(at, id, &[])).expect("history").body;
        serde_json::from_slice::<serde_json::Value>(&body).expect("JSON")
    };
    let log = history(&desk.access);
    assert_eq!(log["data"][0]["changes"], json!({"name": ["Acme", "Acme Ltd"], "sector": [null, "lifts"]}));
    assert_eq!(log["data"][1]["action"], json!("create"));
    let log = history(&desk.hiding(&desk.access, "companies", "sector"));
    assert_eq!(log["data"][0]["changes"], json!({"name": ["Acme", "Acme Ltd"]}));
}

#[test]
fn a_record_in_use_is_not_deleted_and_says_by_what() {
    let desk = Desk::new();
    let product = desk.create("products", json!({"name": "GTX Pro"}));
    let company = desk.create("companies", json!({"name": "Acme"}));
    desk.create(
        "deals",
        json!({"company_id": company.to_string(), "product_id": product.to_string(), "stage": "lead"}),
    );
    let at = desk.at("products");
    let error = desk.see(&desk.access, move |v| v.plan_delete(at, product, None)).expect_err("refused");
    assert_eq!(error.code(), "in_use");
    assert_eq!(
        error.detail().and_then(|d| d.extra.as_ref()).map(|e| e["dependants"].clone()),
        Some(json!({"deals": 1}))
    );
}

#[test]
fn restore_brings_back_what_the_same_deletion_took() {
    let desk = Desk::new();
    let site = desk.create("sites", json!({"name": "Tower"}));
    let order = desk.create("work-orders", json!({"title": "Door"}));
    let log = desk.create("time-logs", json!({"work_order_id": order.to_string(), "minutes": 30}));
    let gone = desk.create("time-logs", json!({"work_order_id": order.to_string(), "minutes": 5}));
    let (orders, logs) = (desk.at("work-orders"), desk.at("time-logs"));
    let delete = |at, id: Id| {
        desk.commit(desk.see(&desk.access, move |v| v.plan_delete(at, id, None)).expect("planned")).expect("deleted")
    };
    delete(logs, gone);
    delete(orders, order);
    assert_eq!(desk.get_as(&desk.access, "time-logs", log).map_err(|e| e.code()), Err("not_found"));
    let planned = desk.see(&desk.access, move |v| v.plan_restore(orders, order)).expect("planned");
    desk.commit(planned).expect("restored");
    assert_eq!(desk.get("time-logs", log)["version"], json!(3));
    assert_eq!(desk.get_as(&desk.access, "time-logs", gone).map_err(|e| e.code()), Err("not_found"));
    assert_eq!(desk.get("sites", site)["version"], json!(1));
}

/// Whoever watches another record of the kind has nothing to read anew.
#[test]
fn what_happens_to_one_record_is_told_of_that_one_alone() {
    let desk = Desk::new();
    let make = |name: &str| desk.create("companies", json!({"name": name}));
    let (id, keep, twin) = (make("Acme"), make("Beta"), make("BETA"));
    let at = desk.at("companies");
    let told = |planned: Planned| {
        let told: Vec<_> = planned.change.told.iter().map(|told| (told.kind, told.id)).collect();
        desk.commit(planned).expect("written");
        told
    };
    let deleted = told(desk.see(&desk.access, move |v| v.plan_delete(at, id, None)).expect("planned"));
    assert_eq!(deleted, [("companies", Some(id))]);
    let restored = told(desk.see(&desk.access, move |v| v.plan_restore(at, id)).expect("planned"));
    assert_eq!(restored, [("companies", Some(id))]);
    let request = MergeRequest::parse(keep, &object(json!({"from": [twin.to_string()]}))).expect("a request");
    match desk.see(&desk.access, move |v| v.merge_step(at, keep, &request)).expect("a step") {
        MergeStep::Links(change) => panic!("nothing refers to it: {:?}", change.told),
        MergeStep::Last(merged) => assert_eq!(told(merged), [("companies", Some(twin)), ("companies", Some(keep))]),
    }
    // What goes along is found by a condition: who watches one of that kind looks for themselves.
    let order = desk.create("work-orders", json!({"title": "Door"}));
    desk.create("time-logs", json!({"work_order_id": order.to_string(), "minutes": 30}));
    let orders = desk.at("work-orders");
    let deleted = told(desk.see(&desk.access, move |v| v.plan_delete(orders, order, None)).expect("planned"));
    assert!(deleted.contains(&("time-logs", None)) && deleted.contains(&("work-orders", Some(order))), "{deleted:?}");
}

/// X07: a merge loses no link.
#[test]
fn a_merge_moves_every_link() {
    let desk = Desk::new();
    let keep = desk.create("companies", json!({"name": "Acme"}));
    let twin = desk.create("companies", json!({"name": "ACME", "external_id": "E-7"}));
    let site = desk.create("sites", json!({"name": "Tower", "company_id": twin.to_string()}));
    let machine = desk.create("equipment", json!({"type": "Lift", "site_id": site.to_string()}));
    let note =
        desk.create("notes", json!({"body": "call them", "about_kind": "companies", "about_id": twin.to_string()}));
    let at = desk.at("companies");
    let request =
        MergeRequest::parse(keep, &object(json!({"from": [twin.to_string()], "changes": {"sector": "lifts"}})))
            .expect("a request");
    for _ in 0..20 {
        let request = request.clone();
        match desk.see(&desk.access, move |v| v.merge_step(at, keep, &request)).expect("a step") {
            MergeStep::Links(change) => desk.db.write(change).wait().expect("moved"),
            MergeStep::Last(planned) => {
                desk.commit(planned).expect("merged");
                break;
            }
        }
    }
    let kept = desk.get("companies", keep);
    assert_eq!((&kept["sector"], &kept["external_id"]), (&json!("lifts"), &json!("E-7")));
    assert_eq!(desk.get_as(&desk.access, "companies", twin).map_err(|e| e.code()), Err("not_found"));
    assert_eq!(desk.get("sites", site)["company_id"], json!(keep.to_string()));
    assert_eq!(desk.get("equipment", machine)["company_id"], json!(keep.to_string()));
    assert_eq!(desk.get("notes", note)["about_id"], json!(keep.to_string()));
}

#[test]
fn a_machine_follows_its_site_to_another_company() {
    let desk = Desk::new();
    let (a, b) = (desk.create("companies", json!({"name": "A"})), desk.create("companies", json!({"name": "B"})));
    let site = desk.create("sites", json!({"name": "Tower", "company_id": a.to_string()}));
    let machine = desk.create("equipment", json!({"type": "Lift", "serial": "S1", "site_id": site.to_string()}));
    assert_eq!(desk.get("equipment", machine)["company_id"], json!(a.to_string()));
    desk.update("sites", site, json!({"company_id": b.to_string()}), None).expect("moved");
    assert_eq!(desk.get("equipment", machine)["company_id"], json!(b.to_string()));
    assert_eq!(desk.get("equipment", machine)["name"], json!("Lift S1"));
}
