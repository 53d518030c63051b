//! Reports without a server: a run goes from stage to stage, may be put aside, and can be stopped.

use larder::db::Change;
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
    let mut run = Run::new(asked(desk, access, name, params)?);
    while run.stage().is_some() {
        run = step(desk, access, run)?;
    }
    Ok(run.finish(Moment::now()))
}

fn two_sites(desk: &Desk) {
    let company = desk.create("companies", json!({"name": "Acme"}));
    for name in ["Tower", "Annex"] {
        let site = desk.create("sites", json!({"name": name, "company_id": company.to_string()}));
        desk.create("equipment", json!({"name": name, "site_id": site.to_string(), "inspection_due": "2001-01-01"}));
    }
}

#[test]
fn a_run_tells_each_stage_before_it_is_read() {
    let desk = Desk::new();
    two_sites(&desk);
    let (mut told, access) = (Vec::new(), desk.access.clone());
    let mut run = Run::new(asked(&desk, &access, "site-health", &[]).expect("an ask"));
    while let Some(stage) = run.stage() {
        told.push((stage.stage, stage.of, stage.message));
        run = step(&desk, &access, run).expect("a step");
    }
    assert_eq!(told.iter().map(|told| (told.0, told.1)).collect::<Vec<_>>(), [(1, 4), (2, 4), (3, 4), (4, 4)]);
    assert_eq!((told[0].2, told[3].2), ("Looking up the sites", "Reading the latest certificates"));
    let document = run.finish(Moment::now());
    assert_eq!((document.table.rows.len(), document.table.rows[0][2].clone()), (2, json!(95)));
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

/// So many rows that no table shows them all: what is told is either all that there is, or says so.
#[test]
fn a_report_of_more_than_it_can_list_says_so() {
    let desk = Desk::new();
    let mut change = Change::new();
    let numbers = "WITH n(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM n WHERE n<";
    for (table, columns, values, many) in [
        ("sites", "name, active", "'Site ' || n, 1", 21_001),
        ("equipment", "name, status, inspection_due", "'Lift ' || n, 'active', '2001-01-01'", 11_001),
    ] {
        change.push(
            format!(
                "{numbers}{many}) INSERT INTO {table}(id, tenant_id, created_at, updated_at, {columns}) \
                 SELECT unhex(printf('%032x', n)), 1, 0, 0, {values} FROM n"
            ),
            vec![],
        );
    }
    desk.db.write(change).wait().expect("a large business");
    let said = |name: &str| {
        let document = made(&desk, &desk.access, name, &[]).expect("a document");
        assert_eq!(document.table.rows.len(), report::MAX_ROWS);
        (document.summary[0].value.clone(), document.notes.join(" "))
    };
    let (sites, notes) = said("site-health");
    assert_eq!(sites, 21_000);
    assert!(notes.contains("Only the first 21000 sites by name are counted"), "{notes}");
    let (due, notes) = said("equipment-due");
    assert_eq!(due, 11_001);
    assert!(notes.contains("The table shows the first 10000 of 11001 that are due"), "{notes}");
    assert!(!notes.contains("of 11000 rows"), "{notes}");
}
