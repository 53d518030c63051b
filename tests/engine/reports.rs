//! Reports without a server: a run goes from stage to stage, may be put aside, and can be stopped.

use larder::kernel::{Error, Moment, Result};
use larder::kind::{Access, Level};
use larder::report::{self, Ask, Document, Run};
use serde_json::json;

use crate::desk::Desk;

fn asked(desk: &Desk, access: &Access, name: &str, params: &[(&str, &str)]) -> Result<Ask> {
    let params: Vec<_> = params.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    Ask::read(report::find(name)?, &desk.registry, access, &params)
}

fn step(desk: &Desk, access: &Access, run: Run) -> Result<Run> {
    let mut run = run;
    desk.see(access, move |view| run.step(view).map(|()| run))
}

fn made(desk: &Desk, access: &Access, name: &str, params: &[(&str, &str)]) -> Result<Document> {
    let ask = asked(desk, access, name, params)?;
    report::run(ask, &mut |_| true, &mut |run| step(desk, access, run))
}

fn two_sites(desk: &Desk) {
    let company = desk.create("companies", json!({"name": "Acme"}));
    for name in ["Tower", "Annex"] {
        let site = desk.create("sites", json!({"name": name, "company_id": company.to_string()}));
        desk.create("equipment", json!({"name": name, "site_id": site.to_string(), "inspection_due": "2001-01-01"}));
    }
}

#[test]
fn a_run_tells_each_stage_and_ends_when_told_to() {
    let desk = Desk::new();
    two_sites(&desk);
    let (mut told, access) = (Vec::new(), desk.access.clone());
    let ask = asked(&desk, &access, "site-health", &[]).expect("an ask");
    let mut on = |stage: report::Stage| {
        told.push((stage.percentage, stage.stage, stage.of));
        true
    };
    let document = report::run(ask.clone(), &mut on, &mut |run| step(&desk, &access, run)).expect("a document");
    assert_eq!(told, [(0, 1, 4), (25, 2, 4), (50, 3, 4), (75, 4, 4)]);
    assert_eq!((document.table.rows.len(), document.table.rows[0][2].clone()), (2, json!(95)));

    let mut reads = 0;
    let stopped = report::run(ask, &mut |stage| stage.stage < 3, &mut |run| {
        reads += 1;
        step(&desk, &access, run)
    });
    assert!(matches!(stopped, Err(Error::Conflict(detail)) if detail.code == "cancelled"));
    assert_eq!(reads, 2, "what comes after is not read");
}

#[test]
fn a_run_that_was_put_aside_goes_on_where_it_was() {
    let desk = Desk::new();
    two_sites(&desk);
    let access = desk.access.clone();
    let ask = asked(&desk, &access, "site-health", &[]).expect("an ask");
    let mut run = Run::new(ask.clone());
    for _ in 0..2 {
        run = step(&desk, &access, run).expect("a step");
    }
    let aside = run.put_aside();
    let mut run = Run::resume(ask, &aside).expect("gone on");
    assert_eq!(run.stage().expect("a stage").stage, 3);
    while run.stage().is_some() {
        run = step(&desk, &access, run).expect("a step");
    }
    let whole = made(&desk, &access, "site-health", &[]).expect("a document");
    assert_eq!(run.finish(Moment(0)).table.rows, whole.table.rows);

    let other = asked(&desk, &access, "activity", &[]).expect("an ask");
    assert_eq!(Run::resume(other, &aside).expect_err("another report").code(), "run_outdated");
}

#[test]
fn a_report_shows_another_tenant_nothing() {
    let desk = Desk::new();
    two_sites(&desk);
    for report in report::ALL {
        let document = made(&desk, &desk.stranger(), report.name, &[]).expect("a document");
        let text = String::from_utf8(document.to_json()).expect("text");
        assert!(!text.contains("Tower") && !text.contains("Acme"), "{text}");
        assert!(document.summary.iter().all(|figure| matches!(figure.value.as_f64(), None | Some(0.0))), "{text}");
    }
}

#[test]
fn a_report_leaves_out_what_its_viewer_may_not_see() {
    let desk = Desk::new();
    two_sites(&desk);
    let names = |access: &Access| -> Vec<String> {
        let document = made(&desk, access, "equipment-due", &[]).expect("a document");
        assert!(document.table.rows.iter().all(|row| row.len() == document.table.columns.len()));
        document.table.columns.into_iter().map(|column| column.name).collect()
    };
    assert_eq!(names(&desk.access), ["equipment", "serial", "site", "company", "what", "due", "days"]);
    let less = desk.hiding(&desk.with_level("companies", Level::None), "equipment", "serial");
    assert_eq!(names(&less), ["equipment", "site", "what", "due", "days"]);
    // What a report is about cannot be left out of it.
    let refused = made(&desk, &desk.hiding(&desk.access, "deals", "value"), "pipeline", &[]).expect_err("refused");
    assert!(matches!(refused, Error::Forbidden(_)), "{refused}");
    let by_name = made(&desk, &desk.hiding(&desk.access, "users", "name"), "pipeline", &[("by", "agent")]);
    assert_eq!(by_name.expect_err("no such choice").detail().expect("a detail").fields[0].code, "unknown_value");
}

#[test]
fn every_report_is_declared_whole() {
    let desk = Desk::new();
    let mut names = Vec::new();
    for report in report::ALL {
        assert!(!names.contains(&report.name) && report.about.ends_with('.') && !report.stages.is_empty());
        names.push(report.name);
        // Whatever it is about exists, or an owner would be refused it.
        made(&desk, &desk.access, report.name, &[]).unwrap_or_else(|error| panic!("{}: {error}", report.name));
    }
}
