//! Filters, sorts, pages, search.

use larder::kind::Level;
use serde_json::json;

use crate::desk::{Desk, texts};

fn with_companies(n: usize) -> Desk {
    let desk = Desk::new();
    for i in 0..n {
        // Every third has no sector, so NULLs take part in each sort.
        let sector = if i % 3 == 0 { json!(null) } else { json!(format!("sector {}", i % 4)) };
        desk.create("companies", json!({"name": format!("Company {i:03}"), "sector": sector, "active": i % 2 == 0}));
    }
    desk
}

/// S26, C12: walking by cursor gives exactly the sorted list, in both directions, whatever the keys.
#[test]
fn a_walk_by_cursor_loses_and_repeats_nothing() {
    let desk = with_companies(53);
    for sort in ["-created_at", "name", "sector", "-sector", "sector,-name", "-sector,name", "active,-sector,name"] {
        let whole = desk.column("companies", &[("sort", sort), ("limit", "200")], "name");
        assert_eq!(whole.len(), 53, "{sort}");
        let (mut walked, mut cursor, mut edges) = (Vec::new(), None::<String>, Vec::new());
        loop {
            let mut params = vec![("sort", sort), ("limit", "7")];
            if let Some(cursor) = &cursor {
                params.push(("cursor", cursor));
            }
            let page = desk.list("companies", &params);
            walked.extend(texts(&page, "name"));
            edges.push(page["page"]["prev_cursor"].as_str().map(str::to_owned));
            cursor = page["page"]["next_cursor"].as_str().map(str::to_owned);
            assert_eq!(page["page"]["has_more"], json!(cursor.is_some()));
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(walked, whole, "{sort}");
        let back = edges.last().cloned().flatten().expect("a way back");
        let page = desk.list("companies", &[("sort", sort), ("limit", "7"), ("cursor", &back)]);
        let n = whole.len() - whole.len() % 7;
        assert_eq!(texts(&page, "name"), whole[n - 7..n], "{sort} backwards");
    }
}

/// NULL sorts as the smallest.
#[test]
fn rows_without_a_value_come_first_when_ascending() {
    let desk = with_companies(6);
    assert_eq!(desk.column("companies", &[("sort", "sector"), ("limit", "2")], "sector"), ["null", "null"]);
    assert_ne!(desk.column("companies", &[("sort", "-sector"), ("limit", "1")], "sector"), ["null"]);
}

/// S25, C06
#[test]
fn offset_pages_are_numbered_from_one() {
    let desk = with_companies(12);
    assert_eq!(desk.column("companies", &[("sort", "name"), ("page", "2"), ("limit", "5")], "name")[0], "Company 005");
    assert!(desk.list_as(&desk.access, "companies", &[("page", "0")]).is_err());
    assert!(desk.list_as(&desk.access, "companies", &[("page", "99999")]).is_err());
    assert_eq!(
        desk.list("companies", &[("count", "true"), ("limit", "1"), ("active", "true")])["page"]["total"],
        json!(6)
    );
}

#[test]
fn filters_combine_with_and_and_or() {
    let desk = with_companies(12);
    let or = r#"{"or":[{"name":"company 001"},{"sector":null,"active":false}]}"#;
    assert_eq!(
        desk.column("companies", &[("filter", or), ("sort", "name")], "name"),
        ["Company 001", "Company 003", "Company 009"]
    );
    assert_eq!(
        desk.column("companies", &[("name[in]", "Company 001,Company 002"), ("active", "false")], "name"),
        ["Company 001"]
    );
    assert_eq!(
        desk.column("companies", &[("name[contains]", "00"), ("name[gt]", "Company 007"), ("sort", "name")], "name"),
        ["Company 008", "Company 009"]
    );
    assert_eq!(
        desk.column("companies", &[("sector[null]", "true"), ("sort", "-name"), ("limit", "1")], "name"),
        ["Company 009"]
    );
}

#[test]
fn what_is_not_understood_is_refused_and_not_ignored() {
    let desk = with_companies(1);
    for (name, value) in [
        ("nmae", "x"),
        ("name[like]", "x"),
        ("active", "yes please"),
        ("sort", "nonsense"),
        ("fields", "nonsense"),
        ("include", "nonsense"),
        ("limit", "0"),
        ("limit", "201"),
        ("filter", "{"),
        ("filter", r#"{"or":[{"or":[{"or":[{"or":[{"or":[{"name":"x"}]}]}]}]}]}"#),
        ("count", "maybe"),
        ("owner_id", "not an id"),
    ] {
        let error = desk.list_as(&desk.access, "companies", &[(name, value)]).expect_err(name);
        assert_eq!(error.code(), "invalid", "{name}={value}");
        assert!(error.detail().is_some_and(|d| d.fields[0].pointer.starts_with('?')), "{name}");
    }
    assert_eq!(
        desk.list_as(&desk.access, "work-orders", &[("status", "nonsense")]).map_err(|e| e.code()).err(),
        Some("invalid")
    );
    assert_eq!(
        desk.list_as(&desk.access, "companies", &[("cursor", "AAAA")]).map_err(|e| e.code()).err(),
        Some("cursor")
    );
}

/// S24: references are expanded in the same query, and only as far as the viewer may read them.
#[test]
fn references_are_expanded_under_their_own_rights() {
    let desk = Desk::new();
    let company = desk.create("companies", json!({"name": "Tower Ltd"}));
    let site =
        desk.create("sites", json!({"name": "Tower", "company_id": company.to_string(), "access_codes": "4711"}));
    desk.create("work-orders", json!({"title": "Door", "site_id": site.to_string()}));
    let params = [("fields", "id,number,title,site.name,site.company.name"), ("site.company.name", "tower ltd")];
    let list = desk.list("work-orders", &params);
    let year = &crate::desk::today()[..4];
    assert_eq!(list["data"][0]["number"], json!(format!("WO-{year}-0001")));
    assert_eq!(list["data"][0]["site"], json!({"name": "Tower", "company": {"name": "Tower Ltd"}}));

    let blind = desk.with_level("sites", Level::None);
    let list = desk.list_as(&blind, "work-orders", &[("include", "site")]).expect("listed");
    assert_eq!(list["data"][0]["site"], json!(null));
    assert_eq!(desk.list_as(&blind, "work-orders", &[("site.name", "Tower")]).expect("listed")["data"], json!([]));

    let hidden = desk.hiding(&desk.access, "sites", "address");
    for params in [[("site.address", "x")], [("fields", "site.address")]] {
        assert!(desk.list_as(&hidden, "work-orders", &params).is_err(), "{params:?}");
    }
    for params in [[("address", "x")], [("sort", "address")], [("fields", "address")]] {
        assert!(desk.list_as(&hidden, "sites", &params).is_err(), "{params:?}");
    }
}

/// P23
#[test]
fn a_tenant_never_meets_another_tenants_rows() {
    let desk = Desk::new();
    let id = desk.create("companies", json!({"name": "canary"}));
    let stranger = desk.stranger();
    assert_eq!(desk.list_as(&stranger, "companies", &[]).expect("listed")["data"], json!([]));
    assert_eq!(desk.get_as(&stranger, "companies", id).map_err(|e| e.code()), Err("not_found"));
    let error =
        desk.try_create(&stranger, "sites", json!({"name": "x", "company_id": id.to_string()})).expect_err("refused");
    assert_eq!(error.detail().map(|d| d.fields[0].code), Some("unknown_reference"));
}
