//! Sessions: they end when they should, at once, and never cross tenants.

use super::*;

const DAY_S: i64 = 86_400;

#[test]
fn signing_out_ends_the_session_at_once_and_no_other() {
    let desk = Desk::new();
    let acme = desk.tenant("Acme Lifts");
    desk.person(acme, "ada@example.com", "owner");
    let (one, two) = (desk.enter("ada@example.com"), desk.enter("ada@example.com"));
    wait(desk.auth.sign_out(&one.session)).unwrap();
    assert!(desk.auth.session_at_hand(&one.token, NOW).is_none());
    assert_eq!(code(desk.session(&one.token, NOW)), "not_signed_in");
    assert!(desk.session(&two.token, NOW).is_ok());
}

#[test]
fn one_sees_and_revokes_ones_own_sessions_only() {
    let desk = Desk::new();
    let acme = desk.tenant("Acme Lifts");
    desk.person(acme, "ada@example.com", "owner");
    desk.person(acme, "bob@example.com", "staff");
    let (laptop, phone) = (desk.enter("ada@example.com"), desk.enter("ada@example.com"));
    let bob = desk.enter("bob@example.com");
    let lines = wait(desk.auth.sessions(&laptop.session, NOW)).unwrap();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines.iter().filter(|line| line.current).map(|line| line.id).collect::<Vec<_>>(), [laptop.session.id]);
    assert!(lines.iter().all(|line| line.address == "192.0.2.17" && line.agent == "a test"));
    assert_eq!(code(wait(desk.auth.revoke(&laptop.session, bob.session.id))), "not_found");
    wait(desk.auth.revoke(&laptop.session, phone.session.id)).unwrap();
    assert_eq!(code(desk.session(&phone.token, NOW)), "not_signed_in");
    assert!(desk.session(&bob.token, NOW).is_ok() && desk.session(&laptop.token, NOW).is_ok());
}

#[test]
fn a_session_ends_two_weeks_after_its_last_use_and_after_ninety_days_in_any_case() {
    let desk = Desk::new();
    let acme = desk.tenant("Acme Lifts");
    desk.person(acme, "ada@example.com", "owner");
    let idle = desk.enter("ada@example.com");
    assert!(desk.session(&idle.token, NOW.plus_s(14 * DAY_S - 1)).is_ok());
    let idle = desk.enter("ada@example.com");
    assert_eq!(code(desk.session(&idle.token, NOW.plus_s(14 * DAY_S))), "not_signed_in");
    let used = desk.enter("ada@example.com");
    for day in (10..90).step_by(10) {
        assert!(desk.session(&used.token, NOW.plus_s(day * DAY_S)).is_ok(), "day {day}");
        // The write that nobody waits for is done before the next one.
        desk.write(Change::new());
    }
    assert!(desk.session(&used.token, NOW.plus_s(89 * DAY_S)).is_ok());
    assert_eq!(code(desk.session(&used.token, NOW.plus_s(90 * DAY_S))), "not_signed_in");
}

#[test]
fn the_last_use_is_written_once_an_hour() {
    let desk = Desk::new();
    let acme = desk.tenant("Acme Lifts");
    desk.person(acme, "ada@example.com", "owner");
    let signed_in = desk.enter("ada@example.com");
    let written = |now: Moment| {
        desk.session(&signed_in.token, now).unwrap();
        desk.write(Change::new());
        wait(desk.auth.sessions(&signed_in.session, now)).unwrap()[0].last_used_at
    };
    assert_eq!(written(NOW.plus_s(3_599)), NOW);
    assert_eq!(written(NOW.plus_s(3_600)), NOW.plus_s(3_600));
    assert_eq!(written(NOW.plus_s(7_000)), NOW.plus_s(3_600));
}

#[test]
fn a_new_role_ends_the_session_and_begins_with_a_new_one() {
    let desk = Desk::new();
    let acme = desk.tenant("Acme Lifts");
    desk.person(acme, "owner@example.com", "owner");
    let user = desk.person(acme, "bob@example.com", "staff");
    let owner = desk.enter("owner@example.com").session;
    let token = desk.enter("bob@example.com").token;
    desk.set(&owner, user, "role", "manager").unwrap();
    assert_eq!(code(desk.session(&token, NOW)), "not_signed_in");
    assert_eq!(&*desk.enter("bob@example.com").session.access.role, "manager");
}

#[test]
fn other_facts_are_seen_by_the_next_request_under_the_same_token() {
    let desk = Desk::new();
    let acme = desk.tenant("Acme Lifts");
    desk.person(acme, "owner@example.com", "owner");
    let user = desk.person(acme, "bob@example.com", "staff");
    let owner = desk.enter("owner@example.com");
    let token = desk.enter("bob@example.com").token;
    assert_eq!(desk.session(&token, NOW).unwrap().tier.as_str(), "premium");
    desk.set(&owner.session, user, "tier", "basic").unwrap();
    assert_eq!(desk.session(&token, NOW).unwrap().tier.as_str(), "basic");
    let field = serde_json::json!({"kind": "companies", "name": "floors", "label": "Floors", "type": "int"});
    desk.plan(&owner.session, "custom-fields", field).unwrap();
    let tenant = Arc::clone(&desk.session(&token, NOW).unwrap().access.tenant);
    assert_eq!(tenant.custom_of("companies").map(|field| field.name.to_string()).collect::<Vec<_>>(), ["floors"]);
}

#[test]
fn facts_are_read_again_after_a_day() {
    let desk = Desk::new();
    let acme = desk.tenant("Acme Lifts");
    let user = desk.person(acme, "ada@example.com", "owner");
    let token = desk.enter("ada@example.com").token;
    // A change behind everybody's back, as if an epoch had been missed.
    let mut change = Change::new();
    change.push("UPDATE users SET name = 'Renamed' WHERE id = ?1", vec![user.into()]);
    desk.write(change);
    let name = |now| desk.session(&token, now).unwrap().name.to_string();
    assert_eq!(name(NOW.plus_s(DAY_S - 1)), "ada@example.com");
    assert_eq!(name(NOW.plus_s(DAY_S)), "Renamed");
}

#[test]
fn tokens_of_two_tenants_never_mix() {
    let desk = Desk::new();
    let (acme, other) = (desk.tenant("Acme Lifts"), desk.tenant("Other Stairs"));
    desk.person(acme, "ada@example.com", "owner");
    desk.person(other, "bob@example.com", "owner");
    // The same person in both, as owner of one and client of the other.
    desk.person(other, "ada@example.com", "client");
    let into = |slug: &str| SignIn { tenant: Some(slug.into()), ..sign_in_as("ada@example.com", PASSWORD) };
    let at_acme = wait(desk.auth.sign_in(into("acme-lifts"), NOW)).map_err(|e| e.to_string()).unwrap();
    let at_other = wait(desk.auth.sign_in(into("other-stairs"), NOW)).map_err(|e| e.to_string()).unwrap();
    let bob = desk.enter("bob@example.com");
    let canary = serde_json::json!({"name": "canary-7f3a"});
    desk.plan(&bob.session, "companies", canary).unwrap();
    for _ in 0..2 {
        let session = desk.session(&at_acme.token, NOW).unwrap();
        assert_eq!(session.access.tenant.id, acme);
        assert!(!desk.list(&session, "companies").unwrap().contains("canary"));
        let session = desk.session(&at_other.token, NOW).unwrap();
        assert!(!desk.list(&session, "companies").unwrap().contains("canary"));
        assert!(desk.list(&desk.session(&bob.token, NOW).unwrap(), "companies").unwrap().contains("canary"));
        // And again with every fact read anew.
        let mut change = Change::new();
        change.touch(0, "rights");
        desk.write(change);
    }
    assert_ne!(at_acme.session.access.fingerprint, bob.session.access.fingerprint);
    assert_eq!(code(wait(desk.auth.revoke(&at_acme.session, at_other.session.id))), "not_found");
}

#[test]
fn the_last_owner_stays() {
    let desk = Desk::new();
    let acme = desk.tenant("Acme Lifts");
    let ada = desk.person(acme, "ada@example.com", "owner");
    let owner = desk.enter("ada@example.com").session;
    for (column, value) in [("role", Value::from("staff")), ("active", 0.into()), ("deleted_at", 1.into())] {
        assert_eq!(code(desk.set(&owner, ada, column, value)), "last_owner", "{column}");
    }
    desk.person(acme, "bob@example.com", "owner");
    desk.set(&owner, ada, "role", "staff").unwrap();
}

#[test]
fn a_session_at_hand_costs_next_to_nothing() {
    let desk = Desk::new();
    let acme = desk.tenant("Acme Lifts");
    desk.person(acme, "ada@example.com", "owner");
    let token = desk.enter("ada@example.com").token;
    let start = std::time::Instant::now();
    for _ in 0..10_000 {
        assert!(desk.auth.session_at_hand(&token, NOW).is_some());
    }
    // Without optimisation, on a shared machine; a millisecond would mean a look into the database.
    assert!(start.elapsed().as_micros() / 10_000 < 50, "{:?}", start.elapsed() / 10_000);
}

#[test]
fn what_has_ended_is_cleared_away() {
    let desk = Desk::new();
    let acme = desk.tenant("Acme Lifts");
    desk.person(acme, "ada@example.com", "owner");
    desk.enter("ada@example.com");
    let count = || {
        let sql = "SELECT COUNT(*) FROM sessions";
        desk.db.read(move |c| c.query_row(sql, [], |r| r.get::<_, i64>(0)).map_err(crate::db::fault)).wait().unwrap()
    };
    wait(desk.auth.tidy(NOW)).unwrap();
    assert_eq!(count(), 1);
    wait(desk.auth.tidy(NOW.plus_s(15 * DAY_S))).unwrap();
    assert_eq!(count(), 0);
}
