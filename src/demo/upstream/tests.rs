//! What the made-up account must hold to: its sums, its size, and that it is the same on every run.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::kernel::Date;

use super::{Account, Size};

fn date(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

fn number(value: &Value) -> u64 {
    value.as_u64().or_else(|| value.as_str()?.parse().ok()).unwrap_or_else(|| panic!("{value} is no count"))
}

#[test]
fn the_senders_are_exactly_as_many_as_asked_for_unevenly_spread_and_all_different() {
    let account = Account::new(Size::default());
    let counts: Vec<usize> = account.workspaces().iter().map(|w| w.senders).collect();
    assert_eq!((counts.len(), counts.iter().sum::<usize>()), (27, 4_200));
    let (least, most) = (counts.iter().min().expect("some"), counts.iter().max().expect("some"));
    assert!(*least > 0 && *most > 5 * least, "{counts:?}");

    let mut seen = BTreeSet::new();
    for workspace in account.workspaces() {
        for page in 1.. {
            let served = account.senders(workspace, Some(page), Some(100));
            let rows = served["data"].as_array().expect("rows").clone();
            seen.extend(rows.iter().flat_map(|row| [row["id"].to_string(), row["email"].to_string()]));
            if served["meta"]["last_page"] == page {
                assert_eq!(served["meta"]["total"], workspace.senders);
                break;
            }
            assert_eq!(rows.len(), 100);
        }
    }
    assert_eq!(seen.len(), 2 * 4_200);
}

#[test]
fn any_size_is_split_without_loss() {
    for (workspaces, senders) in [(1, 0), (1, 7), (27, 5), (27, 27), (40, 4_201), (500, 200_000)] {
        let account = Account::new(Size { seed: 9, workspaces, senders });
        assert_eq!(account.workspaces().len(), workspaces);
        assert_eq!(account.workspaces().iter().map(|w| w.senders).sum::<usize>(), senders);
        let names: BTreeSet<&str> = account.workspaces().iter().map(|w| w.name.as_str()).collect();
        assert_eq!(names.len(), workspaces);
    }
}

#[test]
fn a_range_is_the_sum_of_its_days_however_it_is_cut() {
    let account = Account::new(Size::default());
    for workspace in account.workspaces() {
        let (first, middle, last) = (date("2026-01-20"), date("2026-02-11"), date("2026-03-05"));
        let parts = [account.range(workspace, first, middle), account.range(workspace, middle.plus_days(1), last)];
        assert_eq!(account.range(workspace, first, last), parts.into_iter().sum());
        assert_eq!(account.range(workspace, first, first), account.day(workspace, first));
    }
}

#[test]
fn no_figure_is_larger_than_what_it_is_a_part_of() {
    let account = Account::new(Size::default());
    for workspace in account.workspaces() {
        for n in 0..60 {
            let day = account.day(workspace, date("2026-06-01").plus_days(n));
            assert!(day.total_leads_contacted <= day.emails_sent && day.opened <= day.emails_sent, "{day:?}");
            assert!(day.unique_opens_per_contact <= day.opened, "{day:?}");
            assert!(day.unique_replies_per_contact <= day.total_leads_contacted, "{day:?}");
            assert!(day.interested <= day.unique_replies_per_contact, "{day:?}");
            assert!(day.bounced + day.unsubscribed <= day.emails_sent, "{day:?}");
        }
    }
}

#[test]
fn the_same_seed_tells_the_same_and_another_tells_another() {
    let told = |seed| {
        let account = Account::new(Size { seed, ..Size::default() });
        let workspace = &account.workspaces()[4];
        let stats = account.stats(workspace, date("2026-05-01"), date("2026-05-31"));
        (stats, account.senders(workspace, None, None), account.campaigns(workspace))
    };
    assert_eq!(told(1), told(1));
    let (one, two) = (told(1), told(2));
    assert_ne!(one.0, two.0);
    assert_ne!(one.1, two.1);
    assert_ne!(one.2, two.2);
}

#[test]
fn counts_come_as_numbers_and_as_text_and_mean_the_same() {
    let account = Account::new(Size::default());
    let (from, to) = (date("2026-05-01"), date("2026-05-31"));
    let mut texts = 0;
    for workspace in account.workspaces() {
        let served = account.stats(workspace, from, to);
        let figures = account.range(workspace, from, to);
        assert_eq!(number(&served["data"]["interested"]), figures.interested);
        assert_eq!(number(&served["data"]["emails_sent"]), figures.emails_sent);
        assert_eq!(served["data"].as_object().expect("an object").len(), 14);
        texts += usize::from(served["data"]["interested"].is_string());
    }
    assert_eq!(texts, 9);
}

#[test]
fn there_is_something_to_warn_of() {
    let account = Account::new(Size::default());
    let month = |id| {
        let workspace = account.workspace(id).expect("a workspace");
        account.range(workspace, date("2026-05-01"), date("2026-05-31"))
    };
    assert!(month(3).interested > 1_000, "{:?}", month(3));
    assert_eq!(month(11).emails_sent, 0);
    assert!((5..1_000).contains(&month(5).interested), "{:?}", month(5));
}

#[test]
fn a_page_beyond_the_last_is_empty_and_a_page_is_never_too_long() {
    let account = Account::new(Size::default());
    let workspace = account.workspace(1).expect("a workspace");
    let beyond = account.senders(workspace, Some(usize::MAX), Some(100));
    assert_eq!(beyond["data"].as_array().map(Vec::len), Some(0));
    let usual = account.senders(workspace, None, None);
    assert_eq!((usual["meta"]["per_page"].as_u64(), usual["data"].as_array().map(Vec::len)), (Some(15), Some(15)));
    let greedy = account.senders(workspace, None, Some(5_000));
    assert_eq!(greedy["meta"]["per_page"], 100);
}
