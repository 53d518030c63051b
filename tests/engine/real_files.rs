//! The five real files, imported with the settings that the README shows, and taken back again.
//! Runs where `../shared/data` is there.

use std::path::PathBuf;
use std::time::Instant;

use larder::record::Query;
use serde_json::{Value as Json, json};

use crate::imports::{Office, counts};

fn data() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let found = Some(folder).filter(|folder| folder.join("nyc-elevators.csv").is_file());
    if found.is_none() {
        eprintln!("skipped: ../shared/data is not there");
    }
    found
}

impl Office {
    fn take_file(&self, kind: &str, file: &str, settings: Json) -> Json {
        let path = data().expect("the folder").join(file);
        self.take(kind, &std::fs::read(path).expect("the file"), settings)
    }

    fn total(&self, kind: &str, params: &[(&str, &str)]) -> u64 {
        let params = [params, &[("count", "true"), ("limit", "1")]].concat();
        self.desk.list(kind, &params)["page"]["total"].as_u64().expect("a count")
    }

    fn sum(&self, sql: &'static str) -> i64 {
        self.desk
            .db
            .read(move |conn| conn.query_row(sql, [], |r| r.get(0)).map_err(larder::db::fault))
            .wait()
            .expect("a sum")
    }

    /// Everything that lists, counts and searches answer, but for versions and times.
    fn picture(&self) -> Vec<String> {
        self.desk.db.search_caught_up().wait().expect("search follows");
        let mut answers = Vec::new();
        for (at, kind) in self.desk.registry.all() {
            for (name, value) in [("limit", "200"), ("q", "acme"), ("q", "passenger"), ("q", "gtx")] {
                let params = [(name.to_owned(), value.to_owned())];
                let access = self.access.clone();
                let Ok(query) = Query::parse(&self.desk.registry, &access, at, &params) else { continue };
                let Ok(listing) = self.desk.see(&access, move |view| view.list(&query)) else { continue };
                let mut json: Json = serde_json::from_slice(&listing.body).expect("JSON");
                for row in json["data"].as_array_mut().into_iter().flatten() {
                    let row = row.as_object_mut().expect("an object");
                    ["version", "updated_at"].iter().for_each(|n| drop(row.remove(*n)));
                }
                answers.push(format!("{} {name}={value}: {}", kind.name, json["data"]));
            }
            answers.push(format!("{}: {}", kind.name, self.total(kind.name, &[])));
        }
        answers
    }
}

#[test]
fn the_sales_files_are_imported_whole_and_taken_back() {
    if data().is_none() {
        return;
    }
    let office = Office::new();
    office.desk.create("companies", json!({"name": "Acme Corporation", "sector": "mine"}));
    let before = office.picture();

    let accounts = office.take_file(
        "companies",
        "crm-sales/accounts.csv",
        json!({"keep_unmapped": true, "on_duplicate": "update"}),
    );
    assert_eq!(counts(&accounts), [84, 1, 0, 0, 0]);
    assert_eq!(accounts["report"]["spellings"][0]["near"], json!(["technology"]));
    assert_eq!(accounts["report"]["spellings"][0]["count"], 12);

    let settings = json!({"mapping": {"series": "category"}, "create_missing": true});
    let products = office.take_file("products", "crm-sales/products.csv", settings);
    assert_eq!(counts(&products), [7, 0, 0, 0, 0]);
    assert_eq!(office.names("categories"), ["GTK", "GTX", "MG"]);

    let people = office.take_file("users", "crm-sales/sales_teams.csv", json!({}));
    assert_eq!(counts(&people), [35, 0, 0, 0, 0]);

    let first = office.take_file("deals", "crm-sales/sales_pipeline.csv", json!({}));
    assert_eq!(counts(&first), [5564, 0, 0, 1147, 0]);
    let trouble = &first["report"]["rejections"];
    assert_eq!((&trouble[0]["value"], &trouble[0]["count"]), (&json!("GTXPro"), &json!(1147)));
    assert_eq!(trouble[0]["near"], json!(["GTX Pro"]));
    let rejected = office.rejected(&first).into_bytes();
    let second = office.take("deals", &rejected, json!({"aliases": ["product:GTXPro=GTX Pro"]}));
    assert_eq!(counts(&second), [1147, 0, 0, 0, 0]);
    assert_eq!(office.total("deals", &[]), 6711);
    assert_eq!(office.sum("SELECT sum(value) FROM deals WHERE stage='won' COLLATE NOCASE"), 1_000_553_400);
    assert_eq!(office.sum("SELECT count(*) FROM deals WHERE owner_id IS NULL OR company_id IS NULL OR opened_on IS NULL OR closed_on IS NULL"), 0);
    assert_eq!(office.total("deals", &[("owner.name", "Darcel Schlecht")]), 553);

    for import in [&second, &first, &people, &products, &accounts] {
        let reverted = office.revert(import);
        assert_eq!(reverted["report"]["reverted"]["kept"], 0, "{reverted}");
    }
    let after = office.picture();
    for (was, is) in before.iter().zip(&after) {
        assert_eq!(was, is);
    }
    assert_eq!(office.sum("SELECT version FROM companies"), 3);
}

#[test]
fn no_elevator_is_lost() {
    if data().is_none() {
        return;
    }
    let office = Office::new();
    let aliases = json!({"aliases": [
        "status:WK IN PROG=in_work", "status:DISMANTLED=decommissioned", "status:NYCHA=active", "status:NO JURIST=active",
    ]});
    let begun = Instant::now();
    let done = office.take_file("equipment", "nyc-elevators.csv", aliases);
    let took = begun.elapsed();
    assert_eq!(counts(&done), [76_081, 0, 0, 0, 33]);
    assert_eq!(office.total("equipment", &[]), 76_081);
    assert_eq!(office.sum("SELECT count(*) FROM equipment WHERE installed_on IS NULL"), 36_012 + 33);
    assert_eq!(office.total("equipment", &[("status", "decommissioned")]), 1506);
    assert_eq!(done["report"]["warnings"][0]["count"], 24);
    let caught = Instant::now();
    office.desk.db.search_caught_up().wait().expect("search follows");
    eprintln!("{:.0} rows/s, search followed in {:?}", 76_081.0 / took.as_secs_f64(), caught.elapsed());

    let begun = Instant::now();
    let reverted = office.revert(&done);
    eprintln!("reverted in {:?}", begun.elapsed());
    assert_eq!(reverted["report"]["reverted"]["removed"], 76_081);
    assert_eq!(office.total("equipment", &[]), 0);
}
