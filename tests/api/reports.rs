//! Reports: what they answer, held against figures that are worked out here.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::server::{Client, Server};

/// The folder of a seller's files; a test that needs it passes where it is not there.
fn sales() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data/crm-sales");
    let folder = std::env::var_os("LARDER_SALES").map_or(beside, PathBuf::from);
    let found = Some(folder).filter(|folder| folder.join("sales_pipeline.csv").is_file());
    if found.is_none() {
        eprintln!("skipped: the sales files are not there; LARDER_SALES names their folder");
    }
    found
}

/// Carries an import out from beginning to end.
fn take(owner: &Client, kind: &str, file: &[u8], settings: &Value) {
    let csv = owner.with("content-type", "text/csv");
    let draft = csv.send("POST", &format!("/api/v1/imports?kind={kind}"), file).expect(201);
    let path = draft.header("location").to_owned();
    owner.patch(&path, settings).expect(200);
    owner.post(&format!("{path}/start"), &json!({})).expect(202);
    let begun = Instant::now();
    loop {
        let import = owner.get(&path).expect(200).json();
        match import["state"].as_str() {
            Some("checking" | "running") => assert!(begun.elapsed() < Duration::from_secs(180), "{import}"),
            _ => {
                assert_eq!((&import["rejected"], &import["failed"].as_bool()), (&json!(0), &None), "{import}");
                return;
            }
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn report(client: &Client, path: &str) -> Value {
    client.get(&format!("/api/v1/reports/{path}")).expect(200).json()
}

/// The rows of a report by their first cell, each with the named columns.
fn rows(report: &Value, columns: &[&str]) -> BTreeMap<String, Vec<Value>> {
    let names: Vec<&str> = report["table"]["columns"]
        .as_array()
        .expect("columns")
        .iter()
        .map(|c| c["name"].as_str().expect("a name"))
        .collect();
    let place =
        |name: &&str| names.iter().position(|n| n == name).unwrap_or_else(|| panic!("no column {name} in {names:?}"));
    let places: Vec<usize> = columns.iter().map(place).collect();
    let told = report["table"]["rows"].as_array().expect("rows").iter();
    told.map(|row| {
        let key = row[0].as_str().or(row[0]["title"].as_str()).expect("a title").to_owned();
        (key, places.iter().map(|at| row[*at].clone()).collect())
    })
    .collect()
}

fn figure(report: &Value, label: &str) -> Value {
    let all = report["summary"].as_array().expect("figures");
    all.iter().find(|f| f["label"] == label).unwrap_or_else(|| panic!("no figure {label} in {all:?}"))["value"].clone()
}

/// X12
#[test]
fn won_and_lost_deals_add_up_to_what_the_files_of_the_sales_say() {
    let Some(folder) = sales() else { return };
    let read = |name: &str| std::fs::read(folder.join(name)).expect("a file");
    let (_server, owner) = Server::set_up();
    take(&owner, "companies", &read("accounts.csv"), &json!({"keep_unmapped": true}));
    take(
        &owner,
        "products",
        &read("products.csv"),
        &json!({"mapping": {"series": "category"}, "create_missing": true}),
    );
    take(&owner, "users", &read("sales_teams.csv"), &json!({}));
    take(&owner, "deals", &read("sales_pipeline.csv"), &json!({"aliases": ["product:GTXPro=GTX Pro"]}));

    // From the files alone: whose agent has which manager and region, and what each deal came to.
    let lines = |name: &str| -> Vec<HashMap<String, String>> {
        csv::Reader::from_reader(&read(name)[..]).deserialize().map(|line| line.expect("a line")).collect()
    };
    let teams: HashMap<String, (String, String)> = lines("sales_teams.csv")
        .into_iter()
        .map(|team| (team["sales_agent"].clone(), (team["manager"].clone(), team["regional_office"].clone())))
        .collect();
    let mut due: HashMap<&str, BTreeMap<String, [i64; 4]>> = HashMap::new();
    for deal in lines("sales_pipeline.csv") {
        let date: Vec<i64> = deal["close_date"].split('/').map(|part| part.parse().expect("a number")).collect();
        let (manager, region) = teams[&deal["sales_agent"]].clone();
        let product = if deal["product"] == "GTXPro" { "GTX Pro".to_owned() } else { deal["product"].clone() };
        let quarter = format!("{}-Q{}", date[2], (date[0] + 2) / 3);
        let value = deal["close_value"].parse::<i64>().expect("whole units") * 100;
        let groups = [
            ("agent", deal["sales_agent"].clone()),
            ("manager", manager),
            ("region", region),
            ("product", product),
            ("quarter", quarter),
        ];
        for (by, group) in groups {
            let sums = due.entry(by).or_default().entry(group).or_default();
            let at = if deal["deal_stage"] == "Won" { 0 } else { 2 };
            sums[at] += 1;
            sums[at + 1] += value;
        }
    }
    for (by, groups) in &due {
        let told = report(&owner, &format!("won-lost?from=2016-01-01&to=2018-12-31&by={by}"));
        let found = rows(&told, &["won", "won_value", "lost", "lost_value"]);
        let wanted: BTreeMap<String, Vec<Value>> =
            groups.iter().map(|(group, sums)| (group.clone(), sums.iter().map(|n| json!(n)).collect())).collect();
        assert_eq!(found, wanted, "{by}");
        let won: i64 = groups.values().map(|sums| sums[0]).sum();
        assert_eq!(
            (figure(&told, "Deals won"), figure(&told, "Value won")),
            (json!(won), json!(1_000_553_400)),
            "{by}"
        );
        let drawn: f64 =
            told["chart"]["points"].as_array().expect("points").iter().filter_map(|p| p["value"].as_f64()).sum();
        assert!(groups.len() > 24 || drawn == 1_000_553_400.0, "{by}: {drawn}");
    }
    // One quarter and one region of it.
    let central = report(&owner, "won-lost?from=2017-04-01&to=2017-06-30&region=Central&by=region");
    assert_eq!(rows(&central, &["won"]).keys().collect::<Vec<_>>(), ["Central"]);
    let whole = report(&owner, "won-lost?from=2017-04-01&to=2017-06-30&by=quarter");
    assert_eq!(rows(&whole, &["won_value"])["2017-Q2"], [json!(due["quarter"]["2017-Q2"][1])]);
    // Nothing is open in these files.
    assert_eq!(figure(&report(&owner, "pipeline"), "Open deals"), 0);
    assert_eq!(report(&owner, "forecast")["chart"], Value::Null);
}

#[test]
fn open_deals_are_a_pipeline_now_and_a_forecast_by_month() {
    let (_server, owner) = Server::set_up();
    let today = report(&owner, "forecast")["as_of"].as_str().expect("a day").to_owned();
    let month = &today[..7];
    let (company, _) = owner.create("companies", &json!({"name": "Isdom"}));
    for deal in [
        json!({"stage": "lead", "value": 10_000, "probability": 10, "expected_on": today, "company_id": company}),
        json!({"stage": "proposal", "value": 5_001, "probability": 50, "expected_on": "2001-02-03"}),
        json!({"stage": "proposal", "value": 300, "currency": "EUR", "probability": 100}),
        json!({"stage": "won", "value": 99, "probability": 100, "expected_on": today}),
    ] {
        owner.create("deals", &deal);
    }
    let told = report(&owner, "pipeline");
    let found = rows(&told, &["deals", "value", "weighted", "currency"]);
    assert_eq!(found["Lead"], [json!(1), json!(10_000), json!(1_000), json!("USD")]);
    // Two currencies are never one figure.
    assert_eq!(told["table"]["rows"].as_array().map(Vec::len), Some(3));
    assert_eq!(figure(&told, "Value"), 15_001);
    let forecast = report(&owner, "forecast?months=3");
    let found = rows(&forecast, &["deals", "value", "weighted"]);
    assert_eq!(found[month], [json!(1), json!(10_000), json!(1_000)]);
    assert_eq!(found["Overdue"], [json!(1), json!(5_001), json!(2_501)]);
    assert_eq!(found["No date"], [json!(1), json!(300), json!(300)]);
    let only = report(&owner, &format!("pipeline?company={company}"));
    assert_eq!((figure(&only, "Open deals"), &only["parameters"][1]["text"]), (json!(1), &json!("Isdom")));
}

#[test]
fn work_orders_are_counted_by_what_they_are_and_how_long_they_took() {
    let (_server, owner) = Server::set_up();
    let hour = |n: i64| larder::kernel::Moment(larder::kernel::Moment::now().0 + n * 3_600_000).to_string();
    for order in [
        json!({"title": "A", "status": "completed", "started_at": hour(2), "completed_at": hour(6)}),
        json!({"title": "B", "status": "completed", "started_at": hour(4), "completed_at": hour(8)}),
        // Written down after it was done: nobody knows how long it waited.
        json!({"title": "C", "status": "completed", "started_at": hour(-9), "completed_at": hour(-8)}),
        json!({"title": "D", "priority": "emergency", "due_at": hour(-72)}),
        json!({"title": "E", "due_at": hour(72)}),
    ] {
        owner.create("work-orders", &order);
    }
    let told = report(&owner, "work-orders");
    let found = rows(&told, &["orders", "open", "overdue", "completed"]);
    assert_eq!(found["Completed"], [json!(3), json!(0), json!(0), json!(3)]);
    assert_eq!(found["New"], [json!(2), json!(2), json!(1), json!(0)]);
    let near = |label: &str, hours: f64| {
        let mean = figure(&told, label).as_f64().expect("hours");
        assert!((mean - hours).abs() < 0.15, "{label}: {mean}");
    };
    near("Mean time to start", 3.0);
    near("Mean time to complete", 7.0);
    let by = |by: &str| rows(&report(&owner, &format!("work-orders?by={by}")), &["orders"]);
    assert_eq!(by("age")["Today"], [json!(5)]);
    assert_eq!(by("priority")["Emergency"], [json!(1)]);
    assert_eq!(by("technician")["None"], [json!(5)]);
}

#[test]
fn equipment_is_due_complies_and_makes_a_site_well_or_ill() {
    let (_server, owner) = Server::set_up();
    let today = larder::kernel::Moment::now().day_in("UTC");
    let day = |n: i64| today.plus_days(n).to_string();
    let (company, _) = owner.create("companies", &json!({"name": "Acme"}));
    let (tower, _) = owner.create("sites", &json!({"name": "Tower", "company_id": company}));
    owner.create("sites", &json!({"name": "Annex", "company_id": company}));
    let machine = |name: &str, members: Value| {
        let mut body = json!({"name": name, "site_id": tower, "installed_on": day(-366)});
        body.as_object_mut().expect("an object").extend(members.as_object().cloned().expect("members"));
        owner.create("equipment", &body).0
    };
    let late = machine("Late", json!({"inspection_due": day(-1), "calibration_due": day(-5)}));
    let soon = machine("Soon", json!({"inspection_due": day(30)}));
    let month = machine("Next month", json!({"inspection_due": day(31)}));
    machine("Gone", json!({"inspection_due": day(-1), "status": "decommissioned"}));

    let due = report(&owner, "equipment-due");
    assert_eq!((figure(&due, "Inspections due"), figure(&due, "Calibrations due")), (json!(2), json!(1)));
    assert_eq!(figure(&due, "Of these overdue"), 2);
    assert_eq!(rows(&due, &["due", "days"])["Soon"], [json!(day(30)), json!(30)]);
    let first = &due["table"]["rows"][0];
    assert_eq!(
        (&first[0]["id"], &first[2]["title"], &first[4]),
        (&json!(late), &json!("Tower"), &json!("Calibration"))
    );
    let wide = report(&owner, "equipment-due?within=60&what=inspection");
    assert_eq!(figure(&wide, "Inspections due"), 3);

    for (equipment, result, issued, until) in [
        (&late, "passed", -900, -400),
        (&late, "failed", -10, 300),
        (&soon, "failed", -800, 10),
        (&soon, "passed", -300, 30),
        (&month, "passed_with_defects", -700, -3),
    ] {
        let paper =
            json!({"equipment_id": equipment, "result": result, "issued_on": day(issued), "valid_until": day(until)});
        owner.create("certificates", &paper);
    }
    // Only the latest certificate of each counts: failed, valid but ending soon, run out.
    let told = report(&owner, "compliance");
    let counts = ["equipment", "valid", "soon", "expired", "failed", "missing"];
    assert_eq!(rows(&told, &counts)["Acme"], [3, 1, 1, 1, 1, 0].map(|n| json!(n)));
    assert_eq!(figure(&told, "Compliant"), 33.3);
    assert_eq!(rows(&report(&owner, "compliance?by=site"), &counts)["Tower"], [3, 1, 1, 1, 1, 0].map(|n| json!(n)));

    owner.create("work-orders", &json!({"title": "Stuck", "site_id": tower, "priority": "emergency"}));
    let health = report(&owner, "site-health");
    let found = rows(&health, &["score", "why"]);
    assert_eq!(found["Annex"], [json!(100), json!("Nothing is wrong.")]);
    // 15 for the emergency, 5 each for an inspection, a calibration and a failed certificate.
    assert_eq!(found["Tower"][0], 70);
    let why = found["Tower"][1].as_str().expect("a reason");
    assert!(why.contains("−15: 1 open emergency") && why.contains("−5: 1 failed certificate"), "{why}");
    assert_eq!(health["table"]["rows"][0][0]["title"], "Tower", "the worst stands first");
    assert_eq!(figure(&health, "Mean score"), 85.0);
    assert_eq!(owner.get(&format!("/api/v1/sites/{tower}")).json()["health_score"], Value::Null);

    let done = rows(&report(&owner, "activity?by=kind"), &["created", "changed"]);
    assert_eq!(done["Certificates"], [json!(5), json!(0)]);
}

/// N15, N17, N20: an answer is kept, until something changes that it was made of.
#[test]
fn a_report_is_kept_until_a_change_outdates_it() {
    let (_server, owner) = Server::set_up();
    let ask = |path: &str| {
        let reply = owner.get(&format!("/api/v1/reports/{path}")).expect(200);
        (reply.header("cache-status").contains("hit"), reply.json())
    };
    let (hit, before) = ask("pipeline");
    assert!(!hit && ask("pipeline").0 && ask("pipeline?by=stage").0, "the same question in other words");
    owner.create("deals", &json!({"stage": "lead", "value": 1}));
    let (hit, after) = ask("pipeline");
    assert!(!hit);
    assert_eq!((figure(&before, "Open deals"), figure(&after, "Open deals")), (json!(0), json!(1)));
    owner.create("work-orders", &json!({"title": "Something else"}));
    assert!(ask("pipeline").0, "it was not made of work orders");
}

#[test]
fn what_cannot_be_asked_is_refused_in_plain_words() {
    let (_server, owner) = Server::set_up();
    for (path, pointer, code) in [
        ("won-lost?by=colour", "?by", "unknown_value"),
        ("won-lost?by=agent'%20OR%201=1--", "?by", "unknown_value"),
        ("won-lost?from=yesterday", "?from", "format"),
        ("won-lost?from=2026-02-30", "?from", "format"),
        ("won-lost?from=2026-05-01&to=2026-04-01", "?to", "range"),
        ("won-lost?company=acme", "?company", "format"),
        ("won-lost?company=01a1fc05-08d1-7448-99b0-07aac7ae6094", "?company", "unknown_reference"),
        ("won-lost?within=30", "?within", "unknown_parameter"),
        ("won-lost?colour=red", "?colour", "unknown_parameter"),
        ("equipment-due?within=31", "?within", "unknown_value"),
        ("pipeline/export?format=exe", "?format", "unknown_value"),
    ] {
        let reply = owner.get(&format!("/api/v1/reports/{path}")).expect(422).json();
        assert_eq!(
            (&reply["errors"][0]["pointer"], &reply["errors"][0]["code"]),
            (&json!(pointer), &json!(code)),
            "{reply}"
        );
    }
    let long = "x".repeat(201);
    assert_eq!(
        owner.get(&format!("/api/v1/reports/won-lost?region={long}")).expect(422).json()["errors"][0]["code"],
        "too_long"
    );
    // What has no match is no error.
    let odd = report(&owner, "won-lost?region=%27%3B%20DROP%20TABLE%20deals%3B--%25_");
    assert_eq!(figure(&odd, "Deals won"), 0);
    assert!(owner.get("/api/v1/reports/secrets").expect(404).text().contains("pipeline"));
}

/// X12
#[test]
fn a_report_is_saved_as_csv_workbook_and_pdf() {
    let (_server, owner) = Server::set_up();
    let (agent, _) = owner.create("users", &json!({"name": "=SUM(A1)", "region": "North"}));
    for n in 0..60 {
        let (owner_id, _) = if n == 0 {
            (agent.clone(), String::new())
        } else {
            owner.create("users", &json!({"name": format!("Agent {n:02}")}))
        };
        owner.create("deals", &json!({"stage": "won", "value": 123_456 + n, "owner_id": owner_id}));
    }
    let file =
        |format: &str| owner.get(&format!("/api/v1/reports/won-lost/export?by=agent&format={format}")).expect(200);
    let csv = file("csv");
    assert!(
        csv.header("content-disposition").contains("won-lost-") && csv.header("content-type").starts_with("text/csv")
    );
    let text = csv.text();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        (lines.len(), lines[0]),
        (61, "Agent,Won,Value won,Mean value won,Lost,Value lost,Won of all closed,Currency")
    );
    assert!(lines.contains(&"'=SUM(A1),1,1234.56,1234.56,0,0.00,100.0,USD"), "{}", lines[1]);

    let workbook = file("xlsx").body;
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(workbook)).expect("a workbook");
    let mut sheet = String::new();
    std::io::Read::read_to_string(&mut zip.by_name("xl/worksheets/sheet1.xml").expect("a sheet"), &mut sheet)
        .expect("text");
    assert!(sheet.contains("=SUM(A1)") && !sheet.contains("<f>"), "a text, and no formula");
    assert!(sheet.contains("<v>1234.56</v>"), "money is a number");

    let printed = file("pdf");
    assert_eq!(printed.header("content-type"), "application/pdf");
    let pdf = lopdf::Document::load_mem(&printed.body).expect("a PDF");
    let pages = u32::try_from(pdf.get_pages().len()).expect("pages");
    assert!(pages >= 2, "sixty rows and a chart need more than a page");
    let said = pdf.extract_text(&(1..=pages).collect::<Vec<_>>()).expect("text");
    for wanted in [
        "Won and lost deals",
        "Agent 59",
        "=SUM(A1)",
        "Northgate Lifts",
        "1,234.56",
        &format!("Page {pages} of {pages}"),
    ] {
        assert!(said.contains(wanted), "{wanted}: {said}");
    }
}
