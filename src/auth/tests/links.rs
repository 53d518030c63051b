//! One-time links: they work once, in time, and take nobody over.

use super::super::{Link, Purpose};
use super::*;

fn accept(desk: &Desk, link: &Link, password: &str, now: Moment) -> Result<()> {
    wait(desk.auth.accept(&link.token, password.into(), home(), now))
}

#[test]
fn the_first_set_up_makes_a_tenant_and_its_owner_once() {
    let desk = Desk::new();
    assert!(!wait(desk.auth.is_set_up()).unwrap());
    let stale = wait(desk.auth.setup_link(NOW)).unwrap();
    let link = wait(desk.auth.setup_link(NOW)).unwrap();
    let late = NOW.plus_s(31 * 60);
    assert_eq!(code(wait(desk.auth.set_up(&link.token, setup("ada@example.com", "Acme"), late))), "link_spent");
    assert_eq!(code(wait(desk.auth.set_up(&stale.token, setup("ada@example.com", "Acme"), NOW))), "link_spent");
    wait(desk.auth.set_up(&link.token, setup("ada@example.com", "Acme Lifts"), NOW)).unwrap();
    assert!(wait(desk.auth.is_set_up()).unwrap());
    let session = desk.enter("ada@example.com").session;
    assert!(session.operator && session.is_owner());
    assert_eq!(code(wait(desk.auth.set_up(&link.token, setup("eve@example.com", "Evil"), NOW))), "link_spent");
    assert_eq!(code(wait(desk.auth.setup_link(NOW))), "refused");
}

#[test]
fn a_set_up_that_cannot_be_leaves_the_link_whole() {
    let desk = Desk::new();
    let link = wait(desk.auth.setup_link(NOW)).unwrap();
    let weak = Setup { password: "password123".into(), ..setup("ada@example.com", "Acme") };
    assert_eq!(code(wait(desk.auth.set_up(&link.token, weak, NOW))), "invalid");
    assert_eq!(code(wait(desk.auth.set_up(&link.token, setup("no address", "Acme"), NOW))), "invalid");
    wait(desk.auth.set_up(&link.token, setup("ada@example.com", "Acme"), NOW)).unwrap();
}

#[test]
fn an_invitation_gives_a_login_once() {
    let desk = Desk::new();
    let acme = desk.tenant("Acme Lifts");
    desk.person(acme, "owner@example.com", "owner");
    let user = desk.agent(acme, "bob@example.com", "staff");
    let owner = desk.enter("owner@example.com").session;
    let link = wait(desk.auth.invite_link(&owner, user, NOW)).unwrap();
    let view = wait(desk.auth.open_link(&link.token, NOW)).unwrap();
    assert_eq!((view.purpose, &*view.email, &*view.tenant), (Purpose::Invite, "bob@example.com", "Acme Lifts"));
    assert_eq!(code(accept(&desk, &link, "bob@example.com", NOW)), "invalid");
    accept(&desk, &link, PASSWORD, NOW).unwrap();
    assert_eq!(desk.enter("bob@example.com").session.user, user);
    assert_eq!(code(accept(&desk, &link, PASSWORD, NOW)), "link_spent");
    assert_eq!(code(wait(desk.auth.invite_link(&owner, user, NOW))), "has_login");
}

#[test]
fn only_an_owner_lets_people_in() {
    let desk = Desk::new();
    let (acme, other) = (desk.tenant("Acme Lifts"), desk.tenant("Other Stairs"));
    let user = desk.agent(acme, "bob@example.com", "owner");
    desk.person(acme, "manager@example.com", "manager");
    desk.person(other, "stranger@example.com", "owner");
    let manager = desk.enter("manager@example.com").session;
    assert_eq!(code(wait(desk.auth.invite_link(&manager, user, NOW))), "forbidden");
    let stranger = desk.enter("stranger@example.com").session;
    assert_eq!(code(wait(desk.auth.invite_link(&stranger, user, NOW))), "not_found");
}

#[test]
fn who_is_known_already_proves_it_with_the_own_password() {
    let desk = Desk::new();
    let (acme, other) = (desk.tenant("Acme Lifts"), desk.tenant("Other Stairs"));
    desk.person(acme, "bob@example.com", "staff");
    desk.person(other, "owner@example.com", "owner");
    let user = desk.agent(other, "bob@example.com", "staff");
    let owner = desk.enter("owner@example.com").session;
    let link = wait(desk.auth.invite_link(&owner, user, NOW)).unwrap();
    assert_eq!(code(accept(&desk, &link, "chosen by the owner", NOW)), "sign_in_failed");
    accept(&desk, &link, PASSWORD, NOW).unwrap();
    let into = SignIn { tenant: Some("other-stairs".into()), ..sign_in_as("bob@example.com", PASSWORD) };
    assert_eq!(wait(desk.auth.sign_in(into, NOW)).map_err(|e| e.to_string()).unwrap().session.user, user);
}

#[test]
fn an_invitation_falls_with_what_it_was_made_for() {
    let desk = Desk::new();
    let acme = desk.tenant("Acme Lifts");
    desk.person(acme, "owner@example.com", "owner");
    let owner = desk.enter("owner@example.com").session;
    for (email, column, value) in [
        ("a@example.com", "active", Value::Int(0)),
        ("b@example.com", "deleted_at", Value::Int(1)),
        ("c@example.com", "email", Value::from("d@example.com")),
        ("e@example.com", "role", Value::Null),
    ] {
        let user = desk.agent(acme, email, "staff");
        let link = wait(desk.auth.invite_link(&owner, user, NOW)).unwrap();
        desk.set(&owner, user, column, value).unwrap();
        assert_eq!(code(accept(&desk, &link, PASSWORD, NOW)), "link_spent", "{column}");
    }
}

#[test]
fn a_new_password_ends_every_session_and_the_old_password() {
    let desk = Desk::new();
    let acme = desk.tenant("Acme Lifts");
    desk.person(acme, "owner@example.com", "owner");
    let user = desk.person(acme, "bob@example.com", "staff");
    let owner = desk.enter("owner@example.com");
    let bob = desk.enter("bob@example.com");
    let link = wait(desk.auth.reset_link(&owner.session, user, NOW)).unwrap();
    accept(&desk, &link, "another shaft, another lift", NOW).unwrap();
    assert_eq!(code(desk.session(&bob.token, NOW)), "not_signed_in");
    assert!(desk.session(&owner.token, NOW).is_ok());
    assert_eq!(code(wait(desk.auth.sign_in(sign_in_as("bob@example.com", PASSWORD), NOW))), "sign_in_failed");
    let new = sign_in_as("bob@example.com", "another shaft, another lift");
    assert_eq!(code(wait(desk.auth.sign_in(new, NOW))), "fine");
    assert_eq!(code(accept(&desk, &link, PASSWORD, NOW)), "link_spent");
}

#[test]
fn an_owner_cannot_take_over_who_counts_elsewhere() {
    let desk = Desk::new();
    let (acme, other) = (desk.tenant("Acme Lifts"), desk.tenant("Other Stairs"));
    desk.person(acme, "owner@example.com", "owner");
    let owner = desk.enter("owner@example.com").session;
    let bob = desk.person(acme, "bob@example.com", "staff");
    let early = wait(desk.auth.reset_link(&owner, bob, NOW)).unwrap();
    desk.person(other, "bob@example.com", "owner");
    assert_eq!(code(wait(desk.auth.reset_link(&owner, bob, NOW))), "forbidden");
    // A link from before does not work any more either.
    assert_eq!(code(accept(&desk, &early, "chosen by the owner", NOW)), "link_spent");
    wait(desk.auth.create_operator(setup("root@example.com", "Acme Lifts"), NOW)).unwrap();
    let operator = desk.enter("root@example.com").session;
    assert_eq!(code(wait(desk.auth.reset_link(&owner, operator.user, NOW))), "forbidden");
    let link = wait(desk.auth.reset_link(&operator, bob, NOW)).unwrap();
    accept(&desk, &link, "another shaft, another lift", NOW).unwrap();
}

#[test]
fn of_two_who_use_a_link_at_once_one_is_refused() {
    let desk = Desk::new();
    let acme = desk.tenant("Acme Lifts");
    desk.person(acme, "owner@example.com", "owner");
    let user = desk.person(acme, "bob@example.com", "staff");
    let owner = desk.enter("owner@example.com").session;
    let link = wait(desk.auth.reset_link(&owner, user, NOW)).unwrap();
    let codes: Vec<_> = std::thread::scope(|scope| {
        let both = ["another shaft, another lift", "one more way to the top"]
            .map(|password| scope.spawn(|| code(accept(&desk, &link, password, NOW))));
        both.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert!(codes == ["fine", "link_spent"] || codes == ["link_spent", "fine"], "{codes:?}");
}

#[test]
fn an_operator_is_made_from_the_command_line_again_and_again() {
    let desk = Desk::new();
    for _ in 0..2 {
        wait(desk.auth.create_operator(setup("root@example.com", "Acme Lifts"), NOW)).unwrap();
        let session = desk.enter("root@example.com").session;
        assert!(session.operator && session.is_owner());
    }
    let acme = desk.enter("root@example.com").session.access.tenant.id;
    let agent = desk.agent(acme, "agent@example.com", "staff");
    let lines = wait(desk.auth.tenants()).unwrap();
    assert_eq!(lines.iter().map(|line| (&*line.slug, line.logins)).collect::<Vec<_>>(), [("acme-lifts", 1)]);
    wait(desk.auth.create_operator(setup("agent@example.com", "Acme Lifts"), NOW)).unwrap();
    assert_eq!(desk.enter("agent@example.com").session.user, agent);
    wait(desk.auth.reset_password("agent@example.com", "one more way to the top".into(), NOW)).unwrap();
    assert_eq!(
        code(wait(desk.auth.reset_password("nobody@example.com", "one more way to the top".into(), NOW))),
        "not_found"
    );
}

#[test]
fn changing_ones_password_keeps_this_session_and_ends_the_others() {
    let desk = Desk::new();
    let acme = desk.tenant("Acme Lifts");
    desk.person(acme, "ada@example.com", "owner");
    let (here, there) = (desk.enter("ada@example.com"), desk.enter("ada@example.com"));
    let change = |present: &str, new: &str| {
        wait(desk.auth.change_password(&here.session, present.into(), new.into(), home(), NOW))
    };
    assert_eq!(code(change("wrong", "one more way to the top")), "sign_in_failed");
    assert_eq!(code(change(PASSWORD, "ada@example.com")), "invalid");
    change(PASSWORD, "one more way to the top").unwrap();
    assert!(desk.session(&here.token, NOW).is_ok());
    assert_eq!(code(desk.session(&there.token, NOW)), "not_signed_in");
}
