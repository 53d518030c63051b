//! Signing in: what it takes, and what a failure tells.

use super::*;

#[test]
fn a_right_password_opens_a_session_in_its_tenant() {
    let desk = Desk::new();
    let acme = desk.tenant("Acme Lifts");
    desk.person(acme, "ada@example.com", "owner");
    let signed_in = desk.enter("  ADA@example.com ");
    let session = desk.session(&signed_in.token, NOW).unwrap();
    assert_eq!(session.access.tenant.id, acme);
    assert_eq!(&*session.access.role, "owner");
    assert_eq!(&*session.access.tenant.slug, "acme-lifts");
    assert_eq!(session.tier, crate::limit::Tier::Admin);
    assert_eq!(signed_in.expires_at, NOW.plus_s(14 * 86_400));
    assert_eq!(session.access.tenant.choices_of("deal-stage").count(), 6);
    assert!(desk.auth.session_at_hand(&signed_in.token, NOW).is_some());
}

#[test]
fn a_failure_never_tells_whether_the_address_is_known() {
    let desk = Desk::new();
    let acme = desk.tenant("Acme Lifts");
    desk.person(acme, "ada@example.com", "owner");
    let words = |email: &str| {
        let tries = (0..7).map(|_| {
            let Err(error) = wait(desk.auth.sign_in(sign_in_as(email, "wrong"), NOW)) else { panic!("it is wrong") };
            format!("{error:?}")
        });
        tries.collect::<Vec<_>>()
    };
    assert_eq!(words("ada@example.com"), words("nobody@example.com"));
}

#[test]
fn five_failures_block_even_the_right_password_and_a_restart_forgives_nothing() {
    let desk = Desk::new();
    let acme = desk.tenant("Acme Lifts");
    desk.person(acme, "ada@example.com", "owner");
    for _ in 0..5 {
        assert_eq!(code(wait(desk.auth.sign_in(sign_in_as("ada@example.com", "wrong"), NOW))), "sign_in_failed");
    }
    let right = || sign_in_as("ada@example.com", PASSWORD);
    assert_eq!(code(wait(desk.auth.sign_in(right(), NOW))), "too_many");
    let elsewhere = SignIn { origin: origin("198.51.100.4"), ..right() };
    assert_eq!(code(wait(desk.auth.sign_in(elsewhere, NOW))), "fine");
    wait(desk.limiter.close(&desk.db, NOW)).unwrap();
    let again = desk.again();
    assert_eq!(code(wait(again.sign_in(right(), NOW.plus_s(59)))), "too_many");
    assert_eq!(code(wait(again.sign_in(right(), NOW.plus_s(60)))), "fine");
}

#[test]
fn a_known_device_gets_in_while_a_neighbour_guesses() {
    let desk = Desk::new();
    let acme = desk.tenant("Acme Lifts");
    desk.person(acme, "ada@example.com", "owner");
    desk.person(acme, "bob@example.com", "staff");
    let (ada, bob) = (desk.enter("ada@example.com"), desk.enter("bob@example.com"));
    let fail = |request: SignIn| code(wait(desk.auth.sign_in(SignIn { password: "wrong".into(), ..request }, NOW)));
    let right = || sign_in_as("ada@example.com", PASSWORD);
    for _ in 0..10 {
        fail(right());
    }
    assert_eq!(code(wait(desk.auth.sign_in(right(), NOW))), "too_many");
    // Known by the session that it still has, or by the mark that it keeps after signing out; over a
    // restart too.
    let known = SignIn { known: Some(Arc::clone(&ada.session)), ..right() };
    assert_eq!(code(wait(desk.auth.sign_in(known, NOW))), "fine");
    let marked = |device: &str| SignIn { device: Some(device.into()), ..right() };
    let again = desk.again();
    let entered = wait(again.sign_in(marked(&ada.device), NOW)).map_err(|e| e.to_string()).unwrap();
    assert_eq!(entered.device, ada.device);
    // Somebody else's device is a stranger's.
    assert_eq!(code(wait(desk.auth.sign_in(marked(&bob.device), NOW))), "too_many");
    // And a known one has no endless tries.
    let tries: Vec<_> = (0..7).map(|_| fail(marked(&ada.device))).collect();
    assert_eq!(tries[..5], ["sign_in_failed"; 5]);
    assert_eq!(tries[5..], ["too_many"; 2]);
}

#[test]
fn many_may_sign_in_at_once_with_the_right_password() {
    let desk = Desk::new();
    let acme = desk.tenant("Acme Lifts");
    desk.person(acme, "ada@example.com", "staff");
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..12).map(|_| scope.spawn(|| desk.enter("ada@example.com"))).collect();
        assert!(all.into_iter().all(|one| one.join().is_ok()));
    });
}

#[test]
fn who_belongs_to_several_tenants_says_which_and_learns_of_them_only_when_known() {
    let desk = Desk::new();
    let (acme, other) = (desk.tenant("Acme Lifts"), desk.tenant("Other Stairs"));
    desk.person(acme, "ada@example.com", "owner");
    desk.person(other, "ada@example.com", "client");
    let Err(error) = wait(desk.auth.sign_in(sign_in_as("ada@example.com", PASSWORD), NOW)) else {
        panic!("it should ask for the tenant")
    };
    assert_eq!(error.code(), "tenant_needed");
    assert_eq!(
        extra(&error, "tenants").unwrap(),
        serde_json::json!([{"slug": "acme-lifts", "name": "Acme Lifts"}, {"slug": "other-stairs", "name": "Other Stairs"}])
    );
    let into = |slug: &str| SignIn { tenant: Some(slug.into()), ..sign_in_as("ada@example.com", PASSWORD) };
    let signed_in = wait(desk.auth.sign_in(into("other-stairs"), NOW)).map_err(|e| e.to_string()).unwrap();
    assert_eq!(&*signed_in.session.access.role, "client");
    assert_eq!(code(wait(desk.auth.sign_in(into("nowhere"), NOW))), "no_tenant");
    let wrong = SignIn { password: "wrong".into(), ..into("nowhere") };
    assert_eq!(code(wait(desk.auth.sign_in(wrong, NOW))), "sign_in_failed");
}

#[test]
fn who_is_switched_off_deleted_or_without_a_role_stays_out() {
    let desk = Desk::new();
    let acme = desk.tenant("Acme Lifts");
    desk.person(acme, "owner@example.com", "owner");
    let owner = desk.enter("owner@example.com").session;
    for (email, column, value) in [
        ("a@example.com", "active", Value::Int(0)),
        ("b@example.com", "deleted_at", Value::Int(1)),
        ("c@example.com", "role", Value::Null),
    ] {
        let user = desk.person(acme, email, "staff");
        let token = desk.enter(email).token;
        desk.set(&owner, user, column, value).unwrap();
        assert_eq!(code(desk.session(&token, NOW)), "not_signed_in", "{email}");
        assert_eq!(code(wait(desk.auth.sign_in(sign_in_as(email, PASSWORD), NOW))), "no_tenant", "{email}");
    }
}

#[test]
fn an_old_hash_is_renewed_on_the_way_in() {
    let desk = Desk::new();
    let acme = desk.tenant("Acme Lifts");
    desk.person(acme, "ada@example.com", "owner");
    let weak = argon2::Argon2::new(
        argon2::Algorithm::Argon2id,
        argon2::Version::V0x13,
        argon2::Params::new(8_192, 1, 1, None).unwrap(),
    );
    let stored = argon2::PasswordHasher::hash_password(&weak, PASSWORD.as_bytes()).unwrap().to_string();
    let mut change = Change::new();
    change.push("UPDATE identities SET password = ?1", vec![stored.into()]);
    desk.write(change);
    desk.enter("ada@example.com");
    let renewed: String = desk
        .db
        .read(|c| c.query_row("SELECT password FROM identities", [], |row| row.get(0)).map_err(crate::db::fault))
        .wait()
        .unwrap();
    assert!(renewed.contains("m=19456,t=2,p=1"), "{renewed}");
    desk.enter("ada@example.com");
}
