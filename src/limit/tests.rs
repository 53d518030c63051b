//! The rules of the budgets, with a clock of their own.

use std::net::IpAddr;

use proptest::prelude::*;

use super::*;
use crate::db::Options;
use crate::kernel::Id;

const NOW: Moment = Moment(1_800_000_000_000);
const MINUTE: i64 = 60_000;

fn limiter() -> Limiter {
    Limiter::new(Settings { identities: 1_000, ..Settings::default() })
}

fn after(ms: i64) -> Moment {
    Moment(NOW.0 + ms)
}

fn stranger() -> Identity {
    Identity::Address(IpAddr::from([192, 0, 2, 17]))
}

fn person() -> Identity {
    Identity::Person(Id::new())
}

/// How many of `n` whole requests of the basic tier are let through at one moment.
fn let_in(limiter: &Limiter, who: Identity, class: Class, n: usize, now: Moment) -> usize {
    (0..n).filter(|_| limiter.admit(who, Tier::Basic, class, Cost::Whole, now).is_ok()).count()
}

/// Exhausts the window of reads, and tells what the request after that is answered.
fn exhaust(limiter: &Limiter, who: Identity, class: Class, now: Moment) -> Refusal {
    let_in(limiter, who, class, 100, now);
    limiter.admit(who, Tier::Basic, class, Cost::Whole, now).expect_err("it is exhausted")
}

#[test]
fn each_class_has_its_own_budget() {
    let (limiter, who) = (limiter(), person());
    for (class, budget) in [(Class::Read, 100), (Class::Write, 20), (Class::Delete, 5)] {
        assert_eq!(let_in(&limiter, who, class, budget + 20, NOW), budget, "{class:?}");
        // Windows of one person do not overlap here, so that no penalty comes between.
        assert_eq!(let_in(&limiter, person(), class, budget + 20, NOW), budget, "{class:?}");
    }
    assert_eq!(let_in(&limiter, stranger(), Class::Public, 40, NOW), 15);
}

#[test]
fn searches_come_in_bursts_and_a_burst_is_no_violation() {
    let (limiter, who) = (limiter(), person());
    for second in 0..5 {
        assert_eq!(let_in(&limiter, who, Class::Search, 40, after(second * 1_000)), 10);
    }
    let refusal = exhaust(&limiter, who, Class::Search, after(5_000));
    assert_eq!((refusal.standing.reset_s, refusal.level, refusal.blocked), (55, 1, false));
    let nobody = stranger();
    assert_eq!(let_in(&limiter, nobody, Class::Search, 40, NOW), 3);
    assert_eq!(let_in(&limiter, nobody, Class::Search, 40, after(1_000)), 3);
}

#[test]
fn tiers_have_three_and_ten_times_as_much() {
    for (tier, budget) in [(Tier::Basic, 100), (Tier::Premium, 300), (Tier::Admin, 1_000)] {
        let (limiter, who) = (limiter(), person());
        let passed = (0..1_500).filter(|_| limiter.admit(who, tier, Class::Read, Cost::Whole, NOW).is_ok());
        assert_eq!(passed.count(), budget);
    }
}

#[test]
fn what_a_screen_asks_by_itself_costs_a_tenth_for_who_is_signed_in() {
    let limiter = limiter();
    let light =
        |who, class| (0..2_000).filter(|_| limiter.admit(who, Tier::Basic, class, Cost::Tenth, NOW).is_ok()).count();
    assert_eq!(light(person(), Class::Read), 1_000);
    assert_eq!(light(stranger(), Class::Public), 15);
}

#[test]
fn a_stranger_is_blocked_longer_each_time_and_asking_meanwhile_adds_nothing() {
    let (limiter, who) = (limiter(), stranger());
    let mut now = 0;
    for (level, minutes) in [(1, 1), (2, 5), (3, 15), (4, 60), (4, 60)] {
        let refusal = exhaust(&limiter, who, Class::Public, after(now));
        assert_eq!((refusal.level, refusal.standing.reset_s, refusal.blocked), (level, minutes * 60, true));
        now += i64::from(minutes) * MINUTE;
        assert_eq!(let_in(&limiter, who, Class::Public, 5_000, after(now - 1)), 0);
    }
}

#[test]
fn a_block_is_on_the_identity_and_on_nobody_else() {
    let (limiter, who) = (limiter(), stranger());
    exhaust(&limiter, who, Class::Public, NOW);
    assert_eq!(let_in(&limiter, who, Class::Search, 1, NOW), 0);
    assert!(limiter.refuse_blocked(who, Tier::Basic, Class::Public, NOW).is_err());
    assert!(limiter.refuse_blocked(person(), Tier::Basic, Class::Read, NOW).is_ok());
    assert_eq!(let_in(&limiter, person(), Class::Read, 1, NOW), 1);
    assert_eq!(let_in(&limiter, Identity::Address([192, 0, 2, 18].into()), Class::Public, 1, NOW), 1);
}

#[test]
fn who_is_signed_in_waits_for_the_window_and_is_blocked_at_the_third() {
    let (limiter, who) = (limiter(), person());
    for (minute, level, wait_s, blocked) in [(0, 1, 60, false), (1, 2, 60, false), (2, 3, 15 * 60, true)] {
        let refusal = exhaust(&limiter, who, Class::Read, after(minute * MINUTE));
        assert_eq!((refusal.level, refusal.standing.reset_s, refusal.blocked), (level, wait_s, blocked));
        // One exhausted window is one violation, however often it is asked.
        assert_eq!(let_in(&limiter, who, Class::Read, 500, after(minute * MINUTE + 59_000)), 0);
    }
}

#[test]
fn a_clean_hour_forgives_one_step() {
    let (limiter, who) = (limiter(), stranger());
    exhaust(&limiter, who, Class::Public, NOW);
    exhaust(&limiter, who, Class::Public, after(MINUTE));
    // The second block ends at minute 6, and an hour later one of the two is forgiven.
    assert_eq!(exhaust(&limiter, who, Class::Public, after(67 * MINUTE)).level, 2);
    assert_eq!(exhaust(&limiter, who, Class::Public, after(600 * MINUTE)).level, 1);
}

#[test]
fn a_restart_forgives_nothing_and_hides_no_budget() {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(folder.path(), Options::default()).unwrap();
    let open = |now| Limiter::open(&db, Settings::default(), now).unwrap();
    let (limiter, blocked, warned) = (open(NOW), stranger(), person());
    exhaust(&limiter, blocked, Class::Public, NOW);
    exhaust(&limiter, blocked, Class::Public, after(MINUTE));
    exhaust(&limiter, warned, Class::Read, after(MINUTE));
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(limiter.close(&db, after(MINUTE))).unwrap();

    let limiter = open(after(2 * MINUTE));
    assert_eq!(limiter.stats(after(2 * MINUTE)).blocked, 1);
    assert_eq!(let_in(&limiter, blocked, Class::Public, 1, after(6 * MINUTE - 1)), 0);
    assert_eq!(exhaust(&limiter, blocked, Class::Public, after(6 * MINUTE)).level, 3);
    assert_eq!(let_in(&limiter, warned, Class::Read, 1, after(2 * MINUTE)), 1);
    assert_eq!(exhaust(&limiter, warned, Class::Read, after(2 * MINUTE)).level, 2);
    db.write(limiter.tidy(after(6 * 60 * MINUTE))).wait().unwrap();
    assert_eq!(open(after(2 * MINUTE)).stats(NOW).penalties, 0);
    db.close();
}

#[test]
fn switched_off_it_lets_everything_through() {
    let limiter = Limiter::new(Settings { enabled: false, ..Settings::default() });
    assert_eq!(let_in(&limiter, stranger(), Class::Public, 1_000, NOW), 1_000);
    assert_eq!(limiter.stats(NOW).identities, 0);
}

#[test]
fn the_figures_say_who_is_counted_refused_and_blocked() {
    let limiter = limiter();
    let_in(&limiter, person(), Class::Read, 1, NOW);
    let_in(&limiter, stranger(), Class::Public, 20, NOW);
    let stats = limiter.stats(NOW);
    assert_eq!((stats.identities, stats.penalties, stats.blocked), (2, 1, 1));
    assert_eq!(stats.refused.iter().find(|(name, _)| *name == "public"), Some(&("public", 5)));
    assert_eq!(limiter.stats(after(MINUTE)).blocked, 0);
}

#[test]
fn a_flood_of_identities_takes_bounded_memory_and_forgets_no_block() {
    let limiter = limiter();
    exhaust(&limiter, stranger(), Class::Public, NOW);
    for n in 0..50_000_u32 {
        let_in(&limiter, Identity::Address(IpAddr::from((n + 1).to_be_bytes())), Class::Public, 1, NOW);
    }
    assert!(limiter.stats(NOW).identities <= 1_000);
    assert_eq!(let_in(&limiter, stranger(), Class::Public, 1, NOW), 0);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// However the requests fall, no window holds more than its budget, and no stretch of a minute or
    /// of a second more than the two windows that it may touch.
    #[test]
    fn no_window_holds_more_than_its_budget(
        pauses in prop::collection::vec(prop_oneof![0..300_i64, 0..5_000_i64, 50_000..70_000_i64], 1..600),
        tier in prop::sample::select(vec![Tier::Basic, Tier::Premium]),
        signed_in in any::<bool>(),
    ) {
        let limiter = limiter();
        let who = if signed_in { person() } else { stranger() };
        let budget = Class::Search.budget(signed_in).sized(tier, 1.0);
        let (most, burst) = (budget.requests as usize, budget.burst.expect("a search has one") as usize);
        let (mut clock, mut passed) = (0, Vec::new());
        let (mut began, mut held) = (i64::MIN, 0);
        for pause in pauses {
            clock += pause;
            let outcome = limiter.admit(who, tier, Class::Search, Cost::Whole, after(clock));
            if matches!(outcome, Err(refusal) if refusal.blocked) {
                continue;
            }
            if clock.saturating_sub(began) >= MINUTE {
                (began, held) = (clock, 0);
            }
            match outcome {
                Ok(standing) => {
                    let standing = standing.expect("limits are switched on");
                    held += 1;
                    passed.push(clock);
                    prop_assert_eq!(standing.remaining as usize, most - held);
                    prop_assert_eq!(i64::from(standing.reset_s), (began + MINUTE - clock + 999) / 1_000);
                }
                Err(refusal) => prop_assert!((1..=60).contains(&refusal.standing.reset_s)),
            }
            let within = |ms: i64| passed.iter().rev().take_while(|earlier| clock - **earlier < ms).count();
            prop_assert!(within(MINUTE) <= 2 * most);
            prop_assert!(within(1_000) <= 2 * burst);
        }
    }
}
