//! Roles: what each may see and do, shipped ones and custom ones.

use serde_json::json;

use crate::kind::{Action, FieldRight, Grant, Level, Type};

use super::super::{Role, RoleText, Shipped};
use super::*;

fn registry() -> Registry {
    Registry::new(crate::kinds::ALL)
}

fn grant(role: &Role, kind: &str) -> Grant {
    role.grants[registry().position(kind).unwrap()].clone()
}

fn right(role: &Role, kind: &str, field: &str) -> FieldRight {
    let registry = registry();
    grant(role, kind).fields[registry.get(kind).unwrap().position(field).unwrap()]
}

fn custom(grants: Json, hidden: Json, locked: Json) -> Role {
    let object = |json: Json| json.as_object().unwrap().clone();
    let text = RoleText {
        name: "dispatcher".into(),
        grants: object(grants),
        hidden: object(hidden),
        locked: object(locked),
        tier: None,
    };
    Role::custom(&text, &registry())
}

#[test]
fn an_owner_may_do_everything_and_nobody_else_hands_out_roles() {
    let registry = registry();
    for shipped in Shipped::ALL {
        let role = Role::shipped(shipped, &registry);
        // What people set up for themselves, such as views, is not even the owner's.
        let business = registry.all().zip(&*role.grants).filter(|((_, kind), _)| kind.scope.shared.is_none());
        let everything = business.map(|(_, grant)| grant).all(|g| g.levels == [Level::All; 5]);
        assert_eq!(everything, shipped == Shipped::Owner, "{shipped:?}");
        if shipped == Shipped::Owner {
            assert!(role.grants.iter().all(|g| g.fields.iter().all(|right| *right == FieldRight::Full)));
            continue;
        }
        for action in [Action::Create, Action::Update, Action::Delete] {
            assert_eq!(grant(&role, "roles").level(action), Level::None, "{shipped:?}");
        }
        for field in ["role", "email", "active", "company_id", "contractor_id", "tier"] {
            assert_ne!(right(&role, "users", field), FieldRight::Full, "{shipped:?} {field}");
        }
    }
}

#[test]
fn a_custom_role_cannot_say_otherwise() {
    let all = json!({"read": "all", "create": "all", "update": "all", "delete": "all", "export": "all"});
    let role = custom(json!({"users": all, "roles": all}), json!({}), json!({}));
    assert_eq!(grant(&role, "roles").levels, [Level::All, Level::None, Level::None, Level::None, Level::All]);
    assert_eq!(grant(&role, "users").level(Action::Delete), Level::None);
    assert_eq!(right(&role, "users", "role"), FieldRight::ReadOnly);
    assert_eq!(right(&role, "users", "phone"), FieldRight::Full);
}

#[test]
fn a_custom_role_grants_what_it_names_and_no_more() {
    let role = custom(
        json!({
            "work-orders": {"read": "own", "update": "all", "create": "all"},
            "companies": {"read": "all", "export": "all"},
            "products": {"read": "own"},
            "sites": {"read": "company"},
            "lifts": {"read": "all"},
        }),
        json!({"companies": ["phone"]}),
        json!({"companies": ["name", "phone"]}),
    );
    let orders = grant(&role, "work-orders");
    assert_eq!(orders.level(Action::Read), Level::Own);
    assert_eq!(orders.level(Action::Update), Level::Own, "what is not seen is not changed");
    assert_eq!(grant(&role, "products").levels, [Level::None; 5], "no product is anybody's own");
    assert_eq!(grant(&role, "deals").levels, [Level::None; 5]);
    assert_eq!(right(&role, "companies", "phone"), FieldRight::Hidden);
    assert_eq!(right(&role, "companies", "name"), FieldRight::ReadOnly);
    assert_eq!(right(&role, "sites", "access_codes"), FieldRight::Hidden);
}

#[test]
fn no_prices_and_no_deals_in_the_field_or_at_the_clients() {
    let registry = registry();
    for shipped in [Shipped::Technician, Shipped::Contractor, Shipped::Client] {
        let role = Role::shipped(shipped, &registry);
        assert_eq!(grant(&role, "deals").levels, [Level::None; 5]);
        for (position, kind) in registry.all() {
            for (field, right) in kind.fields.iter().zip(&role.grants[position].fields) {
                if matches!(field.ty, Type::Money { .. }) {
                    assert_eq!(*right, FieldRight::Hidden, "{shipped:?} {} {}", kind.name, field.name);
                }
            }
        }
    }
}

#[test]
fn access_codes_are_the_offices_and_the_open_orders() {
    let registry = registry();
    let expected = [
        (Shipped::Owner, FieldRight::Full),
        (Shipped::Manager, FieldRight::Full),
        (Shipped::Staff, FieldRight::Full),
        (Shipped::Technician, FieldRight::Conditional),
        (Shipped::Contractor, FieldRight::Conditional),
        (Shipped::Client, FieldRight::Hidden),
    ];
    for (shipped, expected) in expected {
        assert_eq!(right(&Role::shipped(shipped, &registry), "sites", "access_codes"), expected, "{shipped:?}");
    }
}

#[test]
fn every_field_that_a_client_sees_is_named_for_them_and_exists() {
    let registry = registry();
    for (_, kind) in registry.all() {
        let (visible, writable) = super::super::shipped::client_fields(kind.name);
        for name in visible.iter().chain(writable) {
            assert!(kind.field(name).is_some(), "{} has no field {name}", kind.name);
        }
    }
    let client = Role::shipped(Shipped::Client, &registry);
    assert_eq!(right(&client, "work-orders", "title"), FieldRight::Full);
    assert_eq!(right(&client, "work-orders", "status"), FieldRight::ReadOnly);
    for (kind, field) in [("work-orders", "contractor_id"), ("work-orders", "resolution"), ("sites", "health_score")] {
        assert_eq!(right(&client, kind, field), FieldRight::Hidden);
    }
}

#[test]
fn a_client_sees_one_companys_machines_and_may_ask_for_work_there() {
    let desk = Desk::new();
    let acme = desk.tenant("Acme Lifts");
    desk.person(acme, "owner@example.com", "owner");
    let owner = desk.enter("owner@example.com").session;
    let mut sites = Vec::new();
    for name in ["Ours", "Theirs"] {
        let company = desk.plan(&owner, "companies", json!({"name": name})).unwrap();
        let site = json!({"name": format!("{name} house"), "company_id": company.to_string(), "access_codes": "4711"});
        let site = desk.plan(&owner, "sites", site).unwrap();
        let machine = json!({"name": format!("{name} lift"), "site_id": site.to_string()});
        desk.plan(&owner, "equipment", machine).unwrap();
        sites.push((company, site));
    }
    desk.member(acme, "client@example.com", "client", Some(sites[0].0));
    let client = desk.enter("client@example.com").session;
    for kind in ["companies", "sites", "equipment"] {
        let seen = desk.list(&client, kind).unwrap();
        assert!(seen.contains("Ours") && !seen.contains("Theirs") && !seen.contains("4711"), "{kind}: {seen}");
    }
    for kind in ["deals", "users", "contacts", "tasks", "notes", "roles"] {
        assert_eq!(code(desk.list(&client, kind)), "forbidden", "{kind}");
    }
    let request = |site: Id| json!({"title": "It rattles", "site_id": site.to_string()});
    desk.plan(&client, "work-orders", request(sites[0].1)).unwrap();
    assert_eq!(code(desk.plan(&client, "work-orders", request(sites[1].1))), "invalid");
    assert_eq!(code(desk.plan(&client, "work-orders", json!({"title": "Nowhere"}))), "forbidden");
    let dispatch = json!({"title": "Now!", "site_id": sites[0].1.to_string(), "priority": "emergency"});
    assert_eq!(code(desk.plan(&client, "work-orders", dispatch)), "invalid");
}

#[test]
fn people_who_see_the_same_share_a_fingerprint() {
    let desk = Desk::new();
    let (acme, other) = (desk.tenant("Acme Lifts"), desk.tenant("Other Stairs"));
    let mut prints = std::collections::HashMap::new();
    for (tenant, email, role) in [
        (acme, "a@example.com", "owner"),
        (acme, "b@example.com", "owner"),
        (other, "c@example.com", "owner"),
        (acme, "d@example.com", "staff"),
        (acme, "e@example.com", "technician"),
        (acme, "f@example.com", "technician"),
    ] {
        desk.person(tenant, email, role);
        prints.insert(&email[..1], desk.enter(email).session.access.fingerprint);
    }
    assert_eq!(prints["a"], prints["b"]);
    let distinct: std::collections::HashSet<_> = prints.values().collect();
    assert_eq!(distinct.len(), 5);
}

#[test]
fn the_server_acts_as_an_owner_and_a_user_with_the_rights_of_now() {
    let desk = Desk::new();
    let acme = desk.tenant("Acme Lifts");
    desk.person(acme, "owner@example.com", "owner");
    let user = desk.agent(acme, "bob@example.com", "manager");
    let owner = desk.enter("owner@example.com").session;
    let system = wait(desk.auth.system_access("acme-lifts")).unwrap();
    assert_eq!((system.tenant.id, system.actor.user), (acme, None));
    assert_eq!(system.fingerprint, owner.access.fingerprint);
    assert_eq!(code(wait(desk.auth.system_access("nowhere"))), "not_found");
    let key = owner.access.tenant.key;
    assert_eq!(&*wait(desk.auth.access_of(key, user)).unwrap().role, "manager");
    desk.set(&owner, user, "active", 0).unwrap();
    assert_eq!(code(wait(desk.auth.access_of(key, user))), "forbidden");
}

#[test]
fn a_custom_role_works_from_the_next_sign_in_and_its_change_from_the_next_request() {
    let desk = Desk::new();
    let acme = desk.tenant("Acme Lifts");
    desk.person(acme, "owner@example.com", "owner");
    let owner = desk.enter("owner@example.com").session;
    let role = json!({"name": "viewer", "tier": "basic", "grants": {"companies": {"read": "all"}}});
    let id = desk.plan(&owner, "roles", role).unwrap();
    desk.person(acme, "vera@example.com", "viewer");
    let token = desk.enter("vera@example.com").token;
    let session = desk.session(&token, NOW).unwrap();
    assert_eq!(session.tier.as_str(), "basic");
    assert!(desk.list(&session, "companies").is_ok());
    assert_eq!(code(desk.list(&session, "sites")), "forbidden");
    assert_eq!(code(desk.plan(&session, "companies", json!({"name": "New"}))), "forbidden");
    let mut change = Change::new();
    change.push("UPDATE roles SET grants = '{\"sites\": {\"read\": \"all\"}}' WHERE id = ?1", vec![id.into()]);
    change.touch(owner.access.tenant.key, "roles");
    desk.write(change);
    let session = desk.session(&token, NOW).unwrap();
    assert!(desk.list(&session, "sites").is_ok());
    assert_eq!(code(desk.list(&session, "companies")), "forbidden");
}

#[test]
fn nobody_but_an_owner_may_make_anyone_an_owner() {
    let desk = Desk::new();
    let acme = desk.tenant("Acme Lifts");
    for (email, role) in [("o@example.com", "owner"), ("m@example.com", "manager"), ("s@example.com", "staff")] {
        desk.person(acme, email, role);
    }
    let person = |role: &str| json!({"name": "Eve", "role": role});
    let manager = desk.enter("m@example.com").session;
    assert_eq!(code(desk.plan(&manager, "users", person("owner"))), "invalid");
    assert_eq!(code(desk.plan(&manager, "users", json!({"name": "Agent"}))), "fine");
    assert_eq!(code(desk.plan(&desk.enter("s@example.com").session, "users", json!({"name": "Agent"}))), "forbidden");
    assert_eq!(code(desk.plan(&desk.enter("o@example.com").session, "users", person("owner"))), "fine");
}

#[test]
fn what_every_record_has_and_what_a_tenant_adds_falls_under_the_role_too() {
    let registry = registry();
    let expected = [
        (Shipped::Staff, FieldRight::Full, false),
        (Shipped::Technician, FieldRight::ReadOnly, false),
        (Shipped::Contractor, FieldRight::ReadOnly, false),
        (Shipped::Client, FieldRight::Hidden, true),
    ];
    for (shipped, external_id, client) in expected {
        let sites = grant(&Role::shipped(shipped, &registry), "sites");
        assert_eq!((sites.external_id, sites.custom.client), (external_id, client), "{shipped:?}");
    }
    let role = custom(
        json!({"sites": {"read": "all"}, "equipment": {"read": "company"}}),
        json!({"sites": ["external_id", "custom.margin"]}),
        json!({"sites": ["custom"]}),
    );
    let sites = grant(&role, "sites");
    assert_eq!((sites.external_id, sites.custom.usual), (FieldRight::Hidden, FieldRight::ReadOnly));
    assert_eq!(sites.custom.named, [("margin".into(), FieldRight::Hidden)]);
    assert!(grant(&role, "equipment").custom.client, "who sees one company's rows is a client");
}

#[test]
fn a_contractor_sees_the_own_firm_and_not_what_the_office_thinks_of_it() {
    let desk = Desk::new();
    let acme = desk.tenant("Acme Lifts");
    desk.person(acme, "owner@example.com", "owner");
    let owner = desk.enter("owner@example.com").session;
    let firms = ["Swift Ltd", "Slow Ltd"]
        .map(|name| desk.plan(&owner, "contractors", json!({"name": name, "description": "late again"})).unwrap());
    let member = desk.person(acme, "c@example.com", "contractor");
    desk.set(&owner, member, "contractor_id", firms[0]).unwrap();
    let seen = desk.list(&desk.enter("c@example.com").session, "contractors").unwrap();
    assert!(seen.contains("Swift") && !seen.contains("Slow") && !seen.contains("late again"), "{seen}");
}
