//! Imports: mapping, values, references, duplicates, dry runs, stops and reverts.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use larder::kernel::{Id, Result};
use larder::kind::{Access, Level};
use larder::record::Imports;
use serde_json::{Value as Json, json};

use crate::desk::{Desk, object, texts};

/// A desk with the imports of its folder.
pub struct Office {
    pub desk: Desk,
    pub imports: Arc<Imports>,
    pub access: Arc<Access>,
}

impl Office {
    pub fn new() -> Self {
        let desk = Desk::new();
        let imports =
            Imports::new(desk.db.clone(), desk.registry.clone(), desk.folder.path(), Arc::default()).expect("imports");
        let access = Arc::new(desk.access.clone());
        Self { desk, imports, access }
    }

    pub fn draft(&self, kind: &str, file: &[u8]) -> Result<Json> {
        self.imports.create(&self.access, kind, "file.csv", file)
    }

    pub fn set(&self, draft: &Json, body: Json) -> Result<Json> {
        self.imports.set(&self.access, id(draft), &object(body))
    }

    /// Waits until nothing works on the import any more.
    pub fn settled(&self, import: &Json) -> Json {
        let end = Instant::now() + Duration::from_secs(120);
        loop {
            let now = self.imports.show(&self.access, id(import)).expect("an import");
            if !matches!(now["state"].as_str(), Some("checking" | "running" | "reverting")) {
                return now;
            }
            assert!(Instant::now() < end, "the import does not end: {now}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    pub fn run(&self, draft: &Json) -> Json {
        let begun = self.imports.start(&self.access, id(draft)).expect("started");
        self.settled(&begun)
    }

    pub fn check(&self, draft: &Json) -> Json {
        let begun = self.imports.dry_run(&self.access, id(draft)).expect("begun");
        self.settled(&begun)
    }

    pub fn revert(&self, import: &Json) -> Json {
        let begun = self.imports.revert(&self.access, id(import)).expect("begun");
        self.settled(&begun)
    }

    /// Takes a file with these settings and runs it.
    pub fn take(&self, kind: &str, file: &[u8], settings: Json) -> Json {
        let draft = self.draft(kind, file).expect("a draft");
        self.set(&draft, settings).expect("set");
        self.run(&draft)
    }

    pub fn rejected(&self, import: &Json) -> String {
        let (mut text, mut after) = (Vec::new(), 0);
        loop {
            let piece = self.imports.rows(&self.access, id(import), "rejected", after).expect("rows");
            text.extend(piece.bytes);
            match piece.next {
                Some(next) => after = next,
                None => return String::from_utf8(text).expect("text"),
            }
        }
    }

    pub fn names(&self, kind: &str) -> Vec<String> {
        self.desk.column(kind, &[("sort", "name"), ("limit", "200")], "name")
    }
}

pub fn id(import: &Json) -> Id {
    import["id"].as_str().and_then(|s| s.parse().ok()).expect("an id")
}

/// Created, updated, unchanged, rejected, warnings.
pub fn counts(import: &Json) -> [u64; 5] {
    ["created", "updated", "unchanged", "rejected", "warnings"].map(|name| import[name].as_u64().expect("a count"))
}

#[test]
fn a_header_equal_to_a_field_maps_itself_and_others_are_only_suggested() {
    let office = Office::new();
    let draft = office
        .draft("companies", b"Name,SECTOR,e mail,telefone,office_location,x\nA,b,a@b.co,1,2,3\n")
        .expect("a draft");
    let field = |i: usize| draft["columns"][i]["field"].clone();
    let suggestion = |i: usize| draft["columns"][i]["suggestion"].clone();
    assert_eq!([field(0), field(1), field(2)], [json!("name"), json!("sector"), json!("email")]);
    assert_eq!((field(3), suggestion(3)), (Json::Null, json!("phone")));
    assert_eq!((field(4), suggestion(4)), (Json::Null, json!("address")));
    assert_eq!((field(5), suggestion(5)), (Json::Null, Json::Null));
    assert_eq!((&draft["state"], &draft["total"]), (&json!("draft"), &json!(1)));
}

#[test]
fn ragged_rows_and_rows_without_a_name_come_back_with_their_reason() {
    let office = Office::new();
    let done = office.take("companies", b"name,sector\nA,one\nB\nC,two,three\n,four\n\"=1+1\",five\n", json!({}));
    assert_eq!(counts(&done), [2, 0, 0, 3, 0]);
    let file = office.rejected(&done);
    let lines: Vec<&str> = file.lines().collect();
    assert_eq!(lines[0], "name,sector,reason");
    assert_eq!(lines[1], "B,,the row has 1 cells and the header 2");
    assert_eq!(lines[2], "C,two,the row has 3 cells and the header 2,three");
    assert_eq!(lines[3], ",four,name: Name must be filled in.");
    assert_eq!(office.names("companies"), ["=1+1", "A"]);
}

#[test]
fn unknown_references_are_offered_and_never_guessed() {
    let office = Office::new();
    office.desk.create("products", json!({"name": "GTX Pro"}));
    let file = b"name,product,stage\nOne,GTXPro,WON\nTwo,gtx  pro,lead\nThree,,Lost\nFour,,gone\n";
    let done = office.take("deals", file, json!({}));
    assert_eq!(counts(&done), [2, 0, 0, 2, 0]);
    let trouble = &done["report"]["rejections"];
    assert_eq!(trouble[0]["value"], "GTXPro");
    assert_eq!(trouble[0]["near"], json!(["GTX Pro"]));
    assert_eq!(trouble[1]["code"], "unknown_value");

    let again = office.rejected(&done).into_bytes();
    let settings = json!({"aliases": ["product:gtxPRO=GTX Pro", {"field": "stage", "from": "gone", "to": "lost"}]});
    let done = office.take("deals", &again, settings);
    assert_eq!(counts(&done), [2, 0, 0, 0, 0]);
    assert_eq!(office.desk.column("deals", &[("sort", "name")], "stage"), ["lost", "won", "lost", "lead"]);
    assert_eq!(office.desk.list("deals", &[("product.name", "GTX Pro")])["data"].as_array().map(Vec::len), Some(2));
}

#[test]
fn missing_reference_data_is_made_when_asked_for() {
    let office = Office::new();
    let file = b"account,product\nAcme,Lift\nacme,Lift\nOther,Crane\n";
    let done = office.take("deals", file, json!({"create_missing": true}));
    assert_eq!(counts(&done), [3, 0, 0, 0, 0]);
    assert_eq!(done["report"]["made"], json!({"companies": 2, "products": 2}));
    assert_eq!(office.names("deals"), ["Acme – Lift", "Acme – Lift", "Other – Crane"]);
    let reverted = office.revert(&done);
    assert_eq!(reverted["report"]["reverted"]["removed"], 7);
    assert!(office.names("companies").is_empty());
}

#[test]
fn two_records_of_one_name_are_told_apart_by_nobody() {
    let office = Office::new();
    office.desk.create("companies", json!({"name": "Twin"}));
    office.desk.create("companies", json!({"name": "Twin", "external_id": "T2"}));
    let done = office.take("sites", b"name,company\nA,twin\nB,T2\n", json!({}));
    assert_eq!(counts(&done), [1, 0, 0, 1, 0]);
    assert_eq!(done["report"]["rejections"][0]["code"], "ambiguous");
}

#[test]
fn duplicates_follow_the_rule() {
    let office = Office::new();
    let file = b"name,sector\nA,one\nB,two\na,three\n";
    assert_eq!(counts(&office.take("companies", file, json!({}))), [2, 0, 1, 0, 0]);
    assert_eq!(counts(&office.take("companies", file, json!({"on_duplicate": "skip"}))), [0, 0, 3, 0, 0]);
    // The last row of a name counts, and brings its spelling of it.
    assert_eq!(counts(&office.take("companies", file, json!({"on_duplicate": "update"}))), [0, 1, 2, 0, 0]);
    assert_eq!(office.desk.column("companies", &[("name", "a")], "sector"), ["three"]);
    assert_eq!(counts(&office.take("companies", file, json!({"on_duplicate": "create"}))), [3, 0, 0, 0, 0]);
    // Equipment without a serial has no duplicates, however alike.
    assert_eq!(counts(&office.take("equipment", b"type\nlift\nlift\n", json!({}))), [2, 0, 0, 0, 0]);
    assert_eq!(counts(&office.take("equipment", b"serial\nX1\nx1\nX1\n", json!({}))), [1, 0, 2, 0, 0]);
}

#[test]
fn an_identifier_of_the_source_goes_before_the_name() {
    let office = Office::new();
    let first = office.take("companies", b"external_id,name\n7,Acme\n8,Acme\n", json!({}));
    assert_eq!(counts(&first), [2, 0, 0, 0, 0]);
    let second = office.take(
        "companies",
        b"external_id,name,sector\n7,Acme Ltd,steel\n9,Acme,\n",
        json!({"on_duplicate": "update"}),
    );
    assert_eq!(counts(&second), [1, 1, 0, 0, 0]);
    assert_eq!(office.names("companies"), ["Acme", "Acme", "Acme Ltd"]);
    let third = office.take("companies", b"external_id,name\n7,Again\n", json!({"on_duplicate": "create"}));
    assert_eq!(counts(&third), [0, 0, 0, 1, 0]);
}

#[test]
fn numbers_days_and_words_are_read_as_they_are_written() {
    let office = Office::new();
    let file = "name;value;opened;probability\nA;1.234,56;20.10.2016;80 %\nB;12,5;1.2.2017;x\nC;;;\n";
    let done = office.take("deals", file.as_bytes(), json!({"mapping": {"opened": "opened_on"}}));
    assert_eq!(counts(&done), [3, 0, 0, 0, 1]);
    assert_eq!(office.desk.column("deals", &[("sort", "name")], "value"), ["123456", "1250", "null"]);
    assert_eq!(office.desk.column("deals", &[("sort", "name")], "opened_on"), ["2016-10-20", "2017-02-01", "null"]);
    assert_eq!(office.desk.column("deals", &[("sort", "name")], "probability"), ["80", "null", "null"]);
    assert_eq!(done["report"]["warnings"][0]["field"], "probability");
}

#[test]
fn days_that_could_be_either_are_told_and_can_be_set() {
    let office = Office::new();
    let draft = office.draft("deals", b"name,opened_on\nA,3/1/2017\n").expect("a draft");
    assert_eq!(draft["report"]["dates"][0]["ambiguous"], true);
    assert_eq!(draft["report"]["dates"][0]["taken"], "M/D/YYYY");
    let set = office.set(&draft, json!({"dates": {"opened_on": "D/M/YYYY"}})).expect("set");
    assert_eq!(set["report"]["dates"][0]["taken"], "D/M/YYYY");
    office.run(&draft);
    assert_eq!(office.desk.column("deals", &[], "opened_on"), ["2017-01-03"]);
}

#[test]
fn a_dry_run_writes_nothing_and_shows_before_and_after() {
    let office = Office::new();
    office.desk.create("companies", json!({"name": "A", "sector": "old"}));
    let draft = office.draft("companies", b"name,sector,height\nA,new,1\nB,x,2\nb,y,3\n,z,4\n").expect("a draft");
    office.set(&draft, json!({"on_duplicate": "update", "keep_unmapped": true})).expect("set");
    let checked = office.check(&draft);
    assert_eq!(checked["state"], "checked");
    let dry = &checked["report"]["dry_run"];
    assert_eq!((&dry["created"], &dry["updated"], &dry["rejected"]), (&json!(1), &json!(2), &json!(1)));
    let change = &checked["report"]["changes"][0];
    assert_eq!(change["changes"]["sector"], json!(["old", "new"]));
    assert_eq!(checked["report"]["fields_made"][0]["name"], "height");
    assert_eq!(office.names("companies"), ["A"]);
    assert_eq!(checked["columns"][2]["field"], Json::Null);
    let done = office.run(&draft);
    assert_eq!(counts(&done), [1, 2, 0, 1, 0]);
}

#[test]
fn other_columns_are_kept_as_fields_of_their_own() {
    let office = Office::new();
    let file = b"name,Year established,revenue,zip\nA,1996,1100.04,007\nB,2012,251,\n";
    let done = office.take("companies", file, json!({"keep_unmapped": true}));
    assert_eq!(counts(&done), [2, 0, 0, 0, 0]);
    let made: Vec<_> =
        done["report"]["fields_made"].as_array().expect("fields").iter().map(|f| f["type"].clone()).collect();
    assert_eq!(made, ["int", "real", "text"]);
    let list = office.desk.list("companies", &[("sort", "name")]);
    assert_eq!(list["data"][0]["custom"], json!({"year_established": 1996, "revenue": 1100.04, "zip": "007"}));
    let reverted = office.revert(&done);
    assert_eq!(reverted["report"]["reverted"]["removed"], 5);
    assert!(office.desk.list("custom-fields", &[])["data"].as_array().is_some_and(Vec::is_empty));
}

#[test]
fn a_revert_keeps_what_was_changed_or_referred_to_since() {
    let office = Office::new();
    let kept = office.desk.create("companies", json!({"name": "Old", "sector": "before"}));
    let file = b"name,sector\nOld,after\nUsed,x\nChanged,x\nFree,x\n";
    let done = office.take("companies", file, json!({"on_duplicate": "update"}));
    assert_eq!(counts(&done), [3, 1, 0, 0, 0]);
    let by_name = |name: &str| -> Id {
        let list = office.desk.list("companies", &[("name", name)]);
        texts(&list, "id")[0].parse().expect("an id")
    };
    office.desk.create("sites", json!({"name": "S", "company_id": by_name("Used").to_string()}));
    office.desk.update("companies", by_name("Changed"), json!({"sector": "mine"}), None).expect("changed");

    let reverted = office.revert(&done);
    let told = &reverted["report"]["reverted"];
    assert_eq!((&told["removed"], &told["restored"], &told["kept"]), (&json!(1), &json!(1), &json!(2)));
    assert_eq!(office.names("companies"), ["Changed", "Old", "Used"]);
    let old = office.desk.get("companies", kept);
    assert_eq!((&old["sector"], &old["version"]), (&json!("before"), &json!(3)));
    let reasons: Vec<_> =
        told["kept_records"].as_array().expect("a list").iter().map(|k| k["reason"].to_string()).collect();
    assert!(reasons.iter().any(|r| r.contains("sites refer to it")), "{reasons:?}");
}

#[test]
fn an_import_that_was_killed_goes_on_where_it_was() {
    let office = Office::new();
    let rows: String = (0..4000).map(|i| format!("C{i},s{}\n", i % 7)).collect();
    let draft = office.draft("companies", format!("name,sector\n{rows}").as_bytes()).expect("a draft");
    office.imports.start(&office.access, id(&draft)).expect("started");
    office.imports.close();
    let stopped = office.imports.show(&office.access, id(&draft)).expect("an import");
    assert_eq!(stopped["state"], "running");
    assert!(stopped["done"].as_u64() < Some(4000));

    let again =
        Imports::new(office.desk.db.clone(), office.desk.registry.clone(), office.desk.folder.path(), Arc::default())
            .expect("imports");
    for unfinished in again.unfinished().expect("read") {
        again.resume(&office.access, unfinished).expect("resumed");
    }
    let done = office.settled(&draft);
    assert_eq!(counts(&done), [4000, 0, 0, 0, 0]);
    assert_eq!(office.desk.list("companies", &[("count", "true"), ("limit", "1")])["page"]["total"], 4000);
}

#[test]
fn only_who_may_write_all_of_a_kind_imports_it() {
    let office = Office::new();
    let own = office.desk.with_level("companies", Level::Own);
    let refused = office.imports.create(&own, "companies", "x.csv", b"name\nA\n".as_slice());
    assert_eq!(refused.err().map(|e| e.code()), Some("forbidden"));
    let hiding = office.desk.hiding(&office.access, "companies", "sector");
    let draft =
        office.imports.create(&hiding, "companies", "x.csv", b"name,sector\nA,b\n".as_slice()).expect("a draft");
    assert_eq!(draft["columns"][1]["field"], Json::Null);
    let body = object(json!({"mapping": {"sector": "sector"}}));
    assert!(office.imports.set(&hiding, id(&draft), &body).is_err());
    let stranger = office.desk.stranger();
    assert_eq!(office.imports.show(&stranger, id(&draft)).err().map(|e| e.code()), Some("not_found"));
    let users = office.draft("users", b"name,role\nEve,owner\n").expect("a draft");
    assert_eq!(users["columns"][1]["field"], Json::Null);
}

#[test]
fn a_workbook_is_a_file_like_any_other() {
    let office = Office::new();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in [["name", "value"], ["A", "12.5"], ["B", "1,000"]].iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            sheet.write(row as u32, column as u16, *cell).expect("written");
        }
    }
    let done = office.take("deals", &book.save_to_buffer().expect("a workbook"), json!({}));
    assert_eq!(done["format"], "xlsx");
    assert_eq!(office.desk.column("deals", &[("sort", "name")], "value"), ["1250", "100000"]);
}

#[test]
fn the_file_is_gone_when_it_is_done() {
    let office = Office::new();
    let kept = |folder: &Path| std::fs::read_dir(folder.join("imports")).map_or(0, Iterator::count);
    let draft = office.draft("companies", b"name\nA\n").expect("a draft");
    assert_eq!(kept(office.desk.folder.path()), 1);
    office.run(&draft);
    let end = Instant::now() + Duration::from_secs(30);
    while kept(office.desk.folder.path()) > 0 {
        assert!(Instant::now() < end, "it goes right after the end");
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(office.draft("companies", b"").is_err());
    assert_eq!(kept(office.desk.folder.path()), 0);
}

#[test]
fn one_row_that_the_store_refuses_costs_only_itself() {
    let office = Office::new();
    let row = |i: usize| format!("P{i},p{}@x.example\n", if i == 900 { 10 } else { i });
    let file = format!("name,email\n{}", (0..1200).map(row).collect::<String>());
    let done = office.take("users", file.as_bytes(), json!({}));
    assert_eq!(counts(&done), [1199, 0, 0, 1, 0]);
    assert_eq!(done["report"]["rejections"][0]["code"], "taken");
    assert_eq!(done["report"]["rejections"][0]["rows"], json!([902]));
    assert_eq!(office.desk.list("users", &[("count", "true"), ("limit", "1")])["page"]["total"], 1199);
}

#[test]
fn a_revert_can_be_stopped_and_goes_on() {
    let office = Office::new();
    let rows: String = (0..3000).map(|i| format!("C{i}\n")).collect();
    let done = office.take("companies", format!("name\n{rows}").as_bytes(), json!({}));
    office.imports.revert(&office.access, id(&done)).expect("begun");
    office.imports.close();
    let again =
        Imports::new(office.desk.db.clone(), office.desk.registry.clone(), office.desk.folder.path(), Arc::default());
    let again = again.expect("imports");
    for unfinished in again.unfinished().expect("read") {
        again.resume(&office.access, unfinished).expect("resumed");
    }
    let reverted = office.settled(&done);
    assert_eq!((&reverted["state"], &reverted["report"]["reverted"]["removed"]), (&json!("reverted"), &json!(3000)));
    assert!(office.names("companies").is_empty());
}

#[test]
fn rows_about_one_record_follow_each_other_across_slices() {
    let office = Office::new();
    // The same 400 companies three times over: each slice meets records that are still in flight.
    let rows: String = (0..1200).map(|i| format!("C{},s{}\n", i % 400, i / 400)).collect();
    let done = office.take("companies", format!("name,sector\n{rows}").as_bytes(), json!({"on_duplicate": "update"}));
    assert_eq!(counts(&done), [400, 800, 0, 0, 0]);
    let sectors = office.desk.column("companies", &[("limit", "200")], "sector");
    assert!(sectors.iter().all(|s| s == "s2"), "{sectors:?}");
    let reverted = office.revert(&done);
    assert_eq!(reverted["report"]["reverted"]["removed"], 400);
}

#[test]
fn hostile_files_are_refused_in_words() {
    let office = Office::new();
    let code = |file: &[u8]| office.draft("companies", file).err().map(|e| e.code());
    assert_eq!(code(b"PK\x03\x04nonsense"), Some("unreadable_file"));
    assert_eq!(code(b"\xff\xfen\0a\0"), Some("unknown_format"));
    assert_eq!(code(b"\x00\x01\x02"), Some("unknown_format"));
    let wide: String = (0..600).map(|i| format!("c{i},")).collect();
    assert_eq!(code(wide.as_bytes()), Some("too_many_columns"));
    // A row that is no text is rejected; the others are taken.
    let done = office.take(
        "companies",
        "name\nÉcole\nZoë\nÜber\n".as_bytes().iter().copied().chain(*b"bad\xff\n").collect::<Vec<_>>().as_slice(),
        json!({}),
    );
    assert_eq!(counts(&done), [3, 0, 0, 1, 0]);
    // The whole file in another encoding is read, and that is said.
    let draft = office.draft("companies", b"name\nCaf\xe9\n").expect("a draft");
    assert!(draft["report"]["notices"][0].as_str().is_some_and(|n| n.contains("Windows-1252")));
    office.run(&draft);
    assert!(office.names("companies").contains(&"Café".to_owned()));
    // É and é are one letter.
    assert_eq!(counts(&office.take("companies", "name\nÉCOLE\ncafé\n".as_bytes(), json!({}))), [0, 0, 2, 0, 0]);
}
