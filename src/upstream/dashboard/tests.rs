//! The four dashboards over made-up pieces.

use super::*;

fn day(text: &str) -> Date {
    Date::parse(text).expect("a day")
}

fn noon(text: &str) -> Moment {
    Moment::parse(&format!("{text}T12:00:00Z")).expect("a moment")
}

fn stats(sent: i64, interested: i64) -> Data {
    Data::Stats(Stats { sent, interested, replied: 2 * interested, bounced: sent / 50, ..Stats::default() })
}

fn kept(piece: Piece, until: &str, at: Moment, data: Data) -> Kept {
    let until = piece.span(day(until)).map(|(_, to)| to);
    Kept { piece, until, fetched: Some((at, data)), left_out: 0, completeness: 100, failed: None }
}

fn line(name: &str, kept: Vec<Kept>) -> Line {
    Line { name: name.into(), currency: "GBP".into(), kept, ..Line::default() }
}

fn board(dashboard: Dashboard, lines: Vec<Line>) -> Board {
    Board {
        dashboard,
        ttl_s: 120,
        now: noon("2026-07-14"),
        today: day("2026-07-14"),
        lines,
        troubles: Vec::new(),
        took_ms: Some(6400),
    }
}

fn shown(board: &Board) -> Json {
    serde_json::from_slice(&board.show().body).expect("JSON")
}

#[test]
fn leads_are_projected_to_the_months_end() {
    let at = noon("2026-07-14").plus_s(-38);
    let month = || kept(Piece::Month, "2026-07-14", at, stats(4_000, 70));
    let with_target = Line { monthly_target: Some(150), ..line("Leeds", vec![month()]) };
    let shown = shown(&board(Dashboard::Kpi, vec![with_target, line("York", vec![month()]), line("Hull", vec![])]));
    let leeds = &shown["rows"][0]["figures"];
    assert_eq!((&leeds["leads"], &leeds["progress"]), (&json!(70), &json!(0.4667)));
    assert_eq!((&leeds["projected_leads"], &leeds["projected_replies"]), (&json!(155), &json!(310)));
    assert_eq!(leeds["on_target"], true, "47 % of the target, 45 % of the month");
    assert_eq!(shown["rows"][1]["warnings"][0]["code"], "no_target");
    assert_eq!(shown["rows"][2]["figures"], Json::Null);
    let totals = &shown["totals"];
    assert_eq!((&totals["leads"], &totals["target"]), (&json!(140), &json!(150)));
    assert_eq!((&totals["leads_to_target"], &totals["with_target"]), (&json!(70), &json!(1)));
    assert_eq!((&shown["workspaces"], &shown["loaded"]), (&json!(3), &json!(2)));
    assert_eq!((&shown["freshness"], &shown["cached"]), (&json!("fresh"), &json!(false)));
    assert_eq!(shown["fetched_at"], at.to_string());
}

/// C08, D13
#[test]
fn age_is_told_in_words_relative_to_the_ttl() {
    let at = noon("2026-07-14");
    for (age_s, word, until_s) in [
        (0, "fresh", Some(120)),
        (119, "fresh", Some(120)),
        (120, "stale", Some(600)),
        (599, "stale", Some(600)),
        (600, "very_stale", Some(3600)),
        (3599, "very_stale", Some(3600)),
        (3600, "none", None),
    ] {
        let month = kept(Piece::Month, "2026-07-14", at, stats(10, 1));
        let board = Board { now: at.plus_s(age_s), ..board(Dashboard::Kpi, vec![line("Leeds", vec![month])]) };
        assert_eq!(shown(&board)["freshness"], word, "{age_s} s");
        assert_eq!(board.show().until, until_s.map(|s| at.plus_s(s)), "{age_s} s");
        assert_eq!(shown(&board)["rows"][0]["figures"].is_null(), word == "none");
    }
}

/// D14
#[test]
fn one_that_could_not_be_made_newer_says_so_and_does_not_age_the_others() {
    let now = noon("2026-07-14");
    let fresh = line("Leeds", vec![kept(Piece::Month, "2026-07-14", now.plus_s(-10), stats(10, 1))]);
    let failed = Failure { at: now, code: "timeout".into(), message: "The service did not answer in time.".into() };
    let old = Kept { failed: Some(failed), ..kept(Piece::Month, "2026-07-14", now.plus_s(-900), stats(20, 2)) };
    let shown = shown(&board(Dashboard::Kpi, vec![fresh, line("York", vec![old])]));
    assert_eq!(shown["freshness"], "fresh");
    assert_eq!(shown["rows"][1]["error"]["code"], "timeout");
    assert_eq!(shown["rows"][1]["figures"]["leads"], 2, "what is kept is shown all the same");
    assert_eq!(shown["errors"][0]["name"], "York");
}

#[test]
fn last_months_figures_are_no_figures_of_this_month() {
    let at = Moment::parse("2026-07-31T22:50:00Z").expect("a moment");
    let month = kept(Piece::Month, "2026-07-31", at, stats(10, 1));
    let board =
        Board { now: at.plus_s(900), today: day("2026-08-01"), ..board(Dashboard::Kpi, vec![line("A", vec![month])]) };
    assert_eq!(shown(&board)["rows"][0]["figures"], Json::Null);
}

#[test]
fn volume_holds_the_day_and_the_month_against_the_target() {
    let at = noon("2026-07-14");
    let pieces = vec![
        kept(Piece::Month, "2026-07-14", at, stats(14_000, 70)),
        kept(Piece::Day, "2026-07-14", at, stats(900, 3)),
    ];
    let leeds = Line { sending_target: Some(31_000), ..line("Leeds", pieces.clone()) };
    let york = line("York", pieces);
    let shown = shown(&board(Dashboard::Volume, vec![leeds, york]));
    let figures = &shown["rows"][0]["figures"];
    assert_eq!((&figures["sent_today"], &figures["sent"]), (&json!(900), &json!(14_000)));
    assert_eq!((&figures["daily_average"], &figures["daily_target"]), (&json!(1000), &json!(1000)));
    assert_eq!((&figures["projected_sent"], &figures["on_target"]), (&json!(31_000), &json!(true)));
    assert_eq!(figures["bounce_rate"], 0.02);
    let totals = &shown["totals"];
    assert_eq!(
        (&totals["sent_today"], &totals["sent"], &totals["target"]),
        (&json!(1800), &json!(28_000), &json!(31_000))
    );
    assert_eq!(
        (&totals["sent_to_target"], &totals["projected_to_target"]),
        (&json!(14_000), &json!(31_000)),
        "York has no target"
    );
}

#[test]
fn revenue_is_leads_times_price_less_cost_by_currency() {
    let at = noon("2026-07-14");
    let month = |leads: i64| vec![kept(Piece::Month, "2026-07-14", at, stats(1_000, leads))];
    let priced = |name: &str, leads: i64, price: i64, cost: i64, currency: &str| Line {
        price_per_lead: Some(price),
        cost_per_month: Some(cost),
        currency: currency.into(),
        ..line(name, month(leads))
    };
    let lines = vec![
        priced("Leeds", 14, 5_000, 40_000, "GBP"),
        priced("York", 14, 1_000, 50_000, "GBP"),
        priced("Lyon", 28, 2_000, 10_000, "EUR"),
        line("Hull", month(5)),
    ];
    let shown = shown(&board(Dashboard::Revenue, lines));
    let leeds = &shown["rows"][0]["figures"];
    assert_eq!((&leeds["revenue"], &leeds["profit"]), (&json!(70_000), &json!(30_000)));
    assert_eq!((&leeds["margin"], &leeds["projected_revenue"]), (&json!(0.4286), &json!(155_000)));
    assert_eq!(shown["rows"][1]["warnings"][0]["code"], "negative_margin");
    assert_eq!(shown["rows"][1]["figures"]["margin"], -2.5714);
    assert_eq!(shown["rows"][3]["warnings"][0]["code"], "no_price");
    let totals = &shown["totals"]["currencies"];
    assert_eq!((&totals[0]["currency"], &totals[0]["profit"]), (&json!("EUR"), &json!(46_000)));
    assert_eq!((&totals[1]["revenue"], &totals[1]["profit"]), (&json!(84_000), &json!(-6_000)));
    assert_eq!(shown["totals"]["priced"], 3);
}

#[test]
fn figures_beyond_all_measure_stay_at_the_most_that_a_number_holds() {
    let at = noon("2026-07-14");
    let pieces = || {
        vec![
            kept(Piece::Month, "2026-07-14", at, stats(1_000_000_000_000, 1_000_000_000_000)),
            kept(Piece::Day, "2026-07-14", at, stats(1, 1)),
        ]
    };
    let extreme = |price: i64, cost: i64| Line {
        price_per_lead: Some(price),
        cost_per_month: Some(cost),
        monthly_target: Some(i64::MAX),
        sending_target: Some(i64::MAX),
        ..line("Leeds", pieces())
    };
    let most = 9_000_000_000_000_000;
    let all = |dashboard| shown(&board(dashboard, vec![extreme(most, -most), extreme(most, -most)]));
    let shown_revenue = all(Dashboard::Revenue);
    assert_eq!(shown_revenue["rows"][0]["figures"]["profit"], i64::MAX);
    let totals = &shown_revenue["totals"]["currencies"][0];
    assert_eq!((&totals["revenue"], &totals["profit"]), (&json!(i64::MAX), &json!(i64::MAX)));
    let loss = shown(&board(Dashboard::Revenue, vec![extreme(-most, most), extreme(-most, most)]));
    assert_eq!(loss["rows"][0]["figures"]["profit"], i64::MIN);
    assert_eq!(loss["totals"]["currencies"][0]["projected_profit"], i64::MIN);
    assert_eq!(loss["rows"][0]["figures"]["margin"], Json::Null, "no part of what is below nothing");
    let kpi = all(Dashboard::Kpi);
    assert_eq!((&kpi["rows"][0]["figures"]["on_target"], &kpi["totals"]["target"]), (&json!(false), &json!(i64::MAX)));
    let volume = all(Dashboard::Volume);
    assert_eq!(
        (&volume["rows"][0]["figures"]["on_target"], &volume["totals"]["target"]),
        (&json!(false), &json!(i64::MAX))
    );
}

#[test]
fn infrastructure_counts_accounts_and_their_rates() {
    let sender = |id: i64, status: &str, sent: i64| Sender {
        id,
        email: format!("s{id}@mail.example"),
        name: None,
        status: status.into(),
        daily_limit: 40,
        sent,
        replied: sent / 20,
        bounced: sent / 100,
        interested: None,
    };
    let senders = vec![sender(1, "Connected", 1_000), sender(2, "Not connected", 0), sender(3, "Connected", 500)];
    let pieces = vec![kept(Piece::Senders, "2026-07-14", noon("2026-07-14"), Data::Senders(senders))];
    let board = board(Dashboard::Infrastructure, vec![line("Leeds", pieces)]);
    let shown = shown(&board);
    let figures = &shown["rows"][0]["figures"];
    assert_eq!((&figures["accounts"], &figures["daily_limit"]), (&json!(3), &json!(120)));
    assert_eq!(figures["statuses"], json!({"Connected": 2, "Not connected": 1}));
    assert_eq!((&figures["reply_rate"], &figures["bounce_rate"]), (&json!(0.05), &json!(0.01)));
    assert_eq!(figures["senders"][1]["bounce_rate"], Json::Null, "nothing of nothing");
    assert_eq!(shown["totals"]["statuses"]["Connected"], 2);
}
