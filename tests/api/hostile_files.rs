//! Files that mean harm, or come from a broken program, on their way in and out.

use std::io::Write;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use zip::write::SimpleFileOptions;

use crate::server::{Client, Reply, Server};

const IMPORT: &str = "/api/v1/imports?kind=companies";

fn send(owner: &Client, file: &[u8]) -> Reply {
    owner.send("POST", &format!("{IMPORT}&start=true"), file)
}

/// The import when it has come to rest.
fn settled(owner: &Client, started: &Reply) -> Value {
    let begun = Instant::now();
    loop {
        let import = owner.get(started.header("location")).expect(200).json();
        if !["checking", "running"].contains(&import["state"].as_str().unwrap_or_default()) {
            return import;
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "{import}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn names(owner: &Client) -> Vec<String> {
    let list = owner.get("/api/v1/companies?sort=name&fields=name").expect(200).json();
    let rows = list["data"].as_array().expect("rows");
    rows.iter().map(|row| row["name"].as_str().expect("a name").to_owned()).collect()
}

/// A workbook of these entries.
fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        archive.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        archive.write_all(bytes).expect("written");
    }
    archive.finish().expect("finished").into_inner()
}

/// A workbook of one sheet with the given shared strings, as XML.
fn workbook(strings: &str) -> Vec<u8> {
    let types =
        br#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
    let root = br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    let relations = br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    let book = br#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    let sheet = br#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row></sheetData></worksheet>"#;
    archive(&[
        ("[Content_Types].xml", types),
        ("_rels/.rels", root),
        ("xl/_rels/workbook.xml.rels", relations),
        ("xl/workbook.xml", book),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/sharedStrings.xml", strings.as_bytes()),
    ])
}

#[test]
fn ragged_rows_come_back_and_the_others_go_in() {
    let (_server, owner) = Server::set_up();
    let started =
        send(&owner, b"name,sector\nAcme,lifts\nBolt\nCrane,hoists,too,many\n\"Dock\n2\",x\nEdge,\n").expect(202);
    let done = settled(&owner, &started);
    let rejected = owner.get(&format!("{}/rejected", started.header("location"))).expect(200).text();
    let sum: u64 = ["created", "rejected"].iter().filter_map(|n| done[n].as_u64()).sum();
    assert_eq!(sum, 5, "{done}");
    assert!(rejected.contains("Crane,hoists"), "{rejected}");
    assert!(names(&owner).contains(&"Edge".to_owned()));
    assert!(!names(&owner).iter().any(|name| name.contains('\n')));
}

#[test]
fn text_is_read_in_the_encodings_that_spreadsheets_write() {
    let (_server, owner) = Server::set_up();
    for (file, name) in [
        ("\u{feff}name\nÄquator\n".as_bytes(), "Äquator"),
        (b"name\nCaf\xe9 du Nord\n", "Café du Nord"),
        ("name\r\nGruyère\r\n".as_bytes(), "Gruyère"),
    ] {
        let done = settled(&owner, &send(&owner, file).expect(202));
        assert_eq!(done["created"], 1, "{done}");
        assert!(names(&owner).contains(&name.to_owned()), "{:?}", names(&owner));
    }
    let wide: Vec<u8> = "\u{feff}name\nAcme\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let refused = send(&owner, &wide).expect(422).json();
    assert!(refused["detail"].as_str().is_some_and(|d| d.contains("CSV UTF-8")), "{refused}");
    let bare: Vec<u8> = "name\nAcme\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
    send(&owner, &bare).expect(422);
}

#[test]
fn what_is_no_table_is_refused_and_not_kept() {
    let (server, owner) = Server::set_up();
    let cell = [b"name,sector\nAcme,\"".as_slice(), &vec![b'x'; 10_000_000], b"\"\n"].concat();
    let open = [b"name,sector\nAcme,\"".as_slice(), &vec![b'\n'; 10_000_000]].concat();
    let wide = vec![b','; 100_000];
    let zeros = vec![0u8; 60 << 20];
    let bomb = archive(&[("xl/worksheets/sheet1.xml", &zeros)]);
    assert!(bomb.len() < 1 << 20);
    let nested = archive(&[("xl/workbook.xml", &bomb), ("xl/worksheets/sheet1.xml", &zeros)]);
    let numbers: Vec<String> = (0..2_000).map(|n| format!("xl/{n}.xml")).collect();
    let many = archive(&numbers.iter().map(|name| (name.as_str(), b"".as_slice())).collect::<Vec<_>>());
    let climbing = archive(&[("../../../etc/passwd", b"root")]);
    for (what, file, status) in [
        ("a cell of 10 MB", cell.as_slice(), 422),
        ("a quote without end", &open, 422),
        ("100,000 columns", &wide, 422),
        ("a zip bomb", &bomb, 413),
        ("a bomb in a bomb", &nested, 413),
        ("2,000 entries", &many, 413),
        ("a path that climbs", &climbing, 422),
        ("half an archive", &bomb[..100], 422),
        ("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 422),
        ("blank lines", b"\n\n\n", 422),
    ] {
        let reply = send(&owner, file);
        assert_eq!(reply.status, status, "{what}: {}", reply.text());
        assert!(reply.json()["detail"].as_str().is_some_and(|d| d.len() > 20), "{what}: {}", reply.text());
    }
    assert_eq!(owner.get("/api/v1/imports").expect(200).json()["data"], json!([]));
    for folder in ["uploads", "imports"] {
        let left = std::fs::read_dir(server.app.config.data.join(folder)).map_or(0, Iterator::count);
        assert_eq!(left, 0, "{folder}");
    }
    assert_eq!(names(&owner), [""; 0]);
}

#[test]
fn entities_are_never_unfolded() {
    let (_server, owner) = Server::set_up();
    let plain = r#"<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>name</t></si><si><t>Acme</t></si></sst>"#;
    assert_eq!(settled(&owner, &send(&owner, &workbook(plain)).expect(202))["created"], 1);
    let mut bomb =
        r#"<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a0 "lol"><!ENTITY x SYSTEM "file:///etc/passwd">"#.to_owned();
    for n in 1..12 {
        bomb += &format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10));
    }
    for cell in ["&a11;", "&x;"] {
        let strings = format!(
            "{bomb}]><sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>name</t></si><si><t>{cell}</t></si></sst>"
        );
        let begun = Instant::now();
        let reply = send(&owner, &workbook(&strings));
        assert!([202, 422].contains(&reply.status), "{}", reply.text());
        if reply.status == 202 {
            settled(&owner, &reply);
        }
        assert!(begun.elapsed() < Duration::from_secs(5));
    }
    assert!(names(&owner).iter().all(|name| name.len() < 20 && !name.contains("root")), "{:?}", names(&owner));
}

#[test]
fn no_cell_of_an_export_is_a_formula() {
    let (_server, owner) = Server::set_up();
    let names = ["=HYPERLINK(\"http://evil.example\")", "+1+1", "-2+3", "@SUM(A1)", "＝1+1", "-5", "a=1", "x\",=1+1"];
    for name in names {
        owner.create("companies", &json!({"name": name, "description": format!("\t{name}")}));
    }
    let csv = owner.get("/api/v1/companies/export?format=csv&sort=name").expect(200);
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert!(csv.header("content-disposition").starts_with("attachment; filename=\"companies-"));
    assert!(csv.header("content-security-policy").ends_with("sandbox"));
    let text = csv.text();
    for line in text.lines().skip(1).flat_map(|line| line.split(',')) {
        let bare = line.trim_start_matches('"');
        let harmless = !bare.starts_with(['=', '+', '-', '@', '\t', '＝']) || bare.parse::<f64>().is_ok();
        assert!(harmless || line == "=1+1\"", "{line:?} in {text}");
    }
    for (format, media) in [("xlsx", "spreadsheetml"), ("jsonl", "ndjson")] {
        let reply = owner.get(&format!("/api/v1/companies/export?format={format}")).expect(200);
        assert!(reply.header("content-type").contains(media));
    }
}

#[test]
fn an_export_that_cannot_be_says_so_instead_of_breaking_off() {
    let (_server, owner) = Server::set_up();
    for (query, place) in [
        ("active=maybe", "?active"),
        ("owner_id=x", "?owner_id"),
        ("name=%01", "?name"),
        ("filter=%7B%22created_at%22%3A%22soon%22%7D", "?created_at"),
        ("colour=red", "?colour"),
        ("sort=nonsense", "?sort"),
        ("format=pdf", "?format"),
    ] {
        for format in
            if query.starts_with("format") { vec![""] } else { vec!["&format=csv", "&format=jsonl", "&format=xlsx"] }
        {
            let body = owner.get(&format!("/api/v1/companies/export?{query}{format}")).expect(422).json();
            assert_eq!(body["errors"][0]["pointer"], place, "{query}: {body}");
        }
    }
    assert_eq!(owner.send("HEAD", "/api/v1/companies/export", b"").expect(200).body, b"");
}
