//! Files on records, and the tenant's logo.

use serde_json::{Value, json};

use crate::server::{Client, Server};

/// The smallest picture that is one by its first bytes.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n....................................";

fn order(owner: &Client) -> String {
    let (company, _) = owner.create("companies", &json!({"name": "Harbour Court"}));
    let (site, _) = owner.create("sites", &json!({"name": "Main", "company_id": company}));
    owner.create("work-orders", &json!({"title": "Pit light", "site_id": site})).0
}

fn attach(owner: &Client, order: &str, name: &str, bytes: &[u8]) -> Value {
    owner.send("POST", &format!("/api/v1/work-orders/{order}/attachments?name={name}"), bytes).expect(201).json()
}

fn path(attachment: &Value) -> String {
    format!("/api/v1/attachments/{}", attachment["id"].as_str().expect("an id"))
}

/// How many files lie below a folder.
fn files_in(folder: &std::path::Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries.map(|e| e.expect("an entry").path()).map(|p| if p.is_dir() { files_in(&p) } else { 1 }).sum()
}

#[test]
fn a_file_comes_back_as_it_was_sent_and_its_row_says_what_it_is() {
    let (_server, owner) = Server::set_up();
    let order = order(&owner);
    let made = attach(&owner, &order, "Pit%20light%20%C3%BC.PNG", PNG);
    assert_eq!(made["name"], "Pit light ü.PNG");
    assert_eq!((&made["media_type"], &made["bytes"]), (&json!("image/png"), &json!(PNG.len())));
    assert_eq!((&made["about_kind"], &made["about_id"]), (&json!("work-orders"), &json!(order)));
    let listed = owner.get(&format!("/api/v1/attachments?about_id={order}")).expect(200).json();
    assert_eq!(listed["data"][0]["id"], made["id"]);

    let content = owner.get(&format!("{}/content", path(&made))).expect(200);
    assert_eq!(content.body, PNG);
    assert_eq!(content.header("content-type"), "image/png");
    assert_eq!(content.header("etag"), format!("\"{}\"", made["sha256"].as_str().expect("a digest")));
    assert_eq!(content.header("cache-control"), "private, max-age=31536000, immutable");
    assert_eq!(content.header("x-content-type-options"), "nosniff");
    assert!(content.header("content-security-policy").ends_with("sandbox"));
    let disposition = content.header("content-disposition");
    assert_eq!(disposition, "inline; filename=\"Pit light _.PNG\"; filename*=UTF-8''Pit%20light%20%C3%BC.PNG");
    let known = owner.with("if-none-match", content.header("etag"));
    assert!(known.get(&format!("{}/content", path(&made))).expect(304).body.is_empty());
    // Browsers show no PDF in a sandbox, and run none of it outside of one.
    let paper = attach(&owner, &order, "a.pdf", b"%PDF-1.7");
    let paper = owner.get(&format!("{}/content", path(&paper))).expect(200);
    assert!(paper.header("content-security-policy").starts_with("default-src 'none'; style-src"));
    assert!(paper.header("content-disposition").starts_with("inline"));
    let text = attach(&owner, &order, "list", b"a,b\r\n1,2\r\n");
    let text = owner.get(&format!("{}/content", path(&text))).expect(200);
    assert!(text.header("content-disposition").starts_with("attachment; filename=\"list.txt\""));
}

#[test]
fn a_part_of_a_file_is_sent_where_a_part_is_asked_for() {
    let (_server, owner) = Server::set_up();
    let content = format!("{}/content", path(&attach(&owner, &order(&owner), "a.txt", b"0123456789")));
    let part = |range: &str| owner.with("range", range).get(&content);
    let middle = part("bytes=2-4").expect(206);
    assert_eq!((middle.text().as_str(), middle.header("content-range")), ("234", "bytes 2-4/10"));
    assert_eq!(part("bytes=-3").expect(206).text(), "789");
    assert_eq!(part("bytes=20-").expect(416).header("content-range"), "bytes */10");
    let other = owner.with("range", "bytes=2-4").with("if-range", "\"another\"").get(&content).expect(200);
    assert_eq!(other.text(), "0123456789");
    assert_eq!(other.header("accept-ranges"), "bytes");
}

#[test]
fn what_is_not_taken_leaves_nothing_behind() {
    let (server, owner) = Server::set_up();
    let order = order(&owner);
    let path = format!("/api/v1/work-orders/{order}/attachments?name=a.svg");
    for (claimed, bytes) in [
        ("image/svg+xml", &b"<svg xmlns='http://www.w3.org/2000/svg'/>"[..]),
        ("text/html", b"hello"),
        ("application/pdf", PNG),
        ("", b"MZ\x90\0\x03"),
    ] {
        let refused = owner.with("content-type", claimed).send("POST", &path, bytes).expect(415);
        assert_eq!(refused.code(), "unsupported_media");
    }
    assert_eq!(owner.send("POST", &path, &vec![b'x'; 20_000_001]).expect(413).code(), "too_large");
    owner.send("POST", &path, b"").expect(400);
    let elsewhere = path.replace(&order, "0198c0de-0000-7000-8000-000000000000");
    owner.send("POST", &elsewhere, PNG).expect(404);
    assert_eq!(owner.get("/api/v1/attachments").expect(200).json()["data"], json!([]));
    let data = &server.app.config.data;
    assert_eq!((files_in(&data.join("files")), files_in(&data.join("uploads"))), (0, 0));
}

#[test]
fn a_photo_that_is_sent_twice_with_one_key_is_attached_once() {
    let (_server, owner) = Server::set_up();
    let path = format!("/api/v1/work-orders/{}/attachments?name=a.png", order(&owner));
    let keyed = owner.with("idempotency-key", "photo-1");
    let first = keyed.send("POST", &path, PNG).expect(201);
    let again = keyed.send("POST", &path, PNG).expect(201);
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(first.json()["id"], again.json()["id"]);
    assert_eq!(keyed.send("POST", &path, b"another file").expect(422).code(), "idempotency_reused");
    assert_eq!(owner.get("/api/v1/attachments?count=true").expect(200).json()["page"]["total"], 1);
}

#[test]
fn the_same_bytes_lie_on_the_disk_once_and_outlive_a_deletion_until_it_is_final() {
    let (server, owner) = Server::set_up();
    let order = order(&owner);
    let (one, two) = (attach(&owner, &order, "a.png", PNG), attach(&owner, &order, "b.png", PNG));
    let folder = server.app.config.data.join("files");
    assert_eq!(files_in(&folder), 1);
    let any = owner.with("if-match", "*");
    for attachment in [&one, &two] {
        any.delete(&path(attachment)).expect(204);
        owner.get(&format!("{}/content", path(attachment))).expect(404);
    }
    owner.post(&format!("{}/restore", path(&one)), &json!({})).expect(200);
    assert_eq!(owner.get(&format!("{}/content", path(&one))).expect(200).body, PNG);

    let (files, db) = (&server.app.files, &server.app.db);
    let now = larder::kernel::Moment::now();
    assert_eq!(files.sweep(db, now.plus_s(60 * 24 * 3600)).expect("swept"), 0);
    any.delete(&path(&one)).expect(204);
    assert_eq!(files.sweep(db, now.plus_s(29 * 24 * 3600)).expect("swept"), 0);
    assert_eq!(files.sweep(db, now.plus_s(31 * 24 * 3600)).expect("swept"), 1);
    assert_eq!(files_in(&folder), 0);
    owner.post(&format!("{}/restore", path(&one)), &json!({})).expect(200);
    assert_eq!(owner.get(&format!("{}/content", path(&one))).expect(404).code(), "content_gone");
}

#[test]
fn only_so_many_files_come_in_at_once() {
    let server = Server::with(|config| config.uploads = 0);
    let owner = server.make_owner();
    let path = format!("/api/v1/work-orders/{}/attachments?name=a.png", order(&owner));
    let refused = owner.send("POST", &path, PNG).expect(503);
    assert_eq!((refused.code().as_str(), refused.header("retry-after")), ("uploads_full", "1"));
}

#[test]
fn an_attachment_is_renamed_and_moved_but_its_content_is_what_it_is() {
    let (_server, owner) = Server::set_up();
    let made = attach(&owner, &order(&owner), "a.png", PNG);
    let any = owner.with("if-match", "*");
    assert_eq!(any.patch(&path(&made), &json!({"name": "b.png"})).expect(200).json()["name"], "b.png");
    let refused = any.patch(&path(&made), &json!({"sha256": "0"})).expect(422).json();
    assert_eq!(refused["errors"][0]["code"], "read_only");
    let record = json!({"action": "create", "records": [{"name": "a", "about_kind": "sites", "about_id": made["id"]}]});
    let bulk = owner.post("/api/v1/attachments/bulk", &record).expect(200).json();
    assert_eq!(bulk["results"][0]["status"], 422);
}

#[test]
fn a_logo_is_set_by_owners_seen_by_all_and_taken_away_again() {
    let (_server, owner) = Server::set_up();
    let tenant = owner.get("/api/v1/auth/me").expect(200).json()["tenant"].clone();
    assert_eq!(tenant["logo"], Value::Null);
    let path = format!("/api/v1/tenants/{}/logo", tenant["id"].as_str().expect("an id"));
    owner.get(&path).expect(404);
    owner.send("PUT", &path, b"only words").expect(415);
    owner.send("PUT", &path, &[PNG, &vec![0; 512 * 1024]].concat()).expect(413);
    owner.send("PUT", &path, PNG).expect(204);
    let logo = owner.get(&path).expect(200);
    assert_eq!((logo.body.as_slice(), logo.header("content-type")), (PNG, "image/png"));
    let shown = owner.get("/api/v1/auth/me").expect(200).json()["tenant"]["logo"].clone();
    let shown = shown.as_str().expect("a text");
    assert!(logo.header("etag").contains(shown));
    // Under an address of its own it may be kept; without, each look asks whether it is still this one.
    assert_eq!(logo.header("cache-control"), "private, no-cache");
    let named = owner.get(&format!("{path}?v={shown}")).expect(200);
    assert_eq!(named.header("cache-control"), "private, max-age=31536000, immutable");
    owner.send("PUT", &path, b"").expect(204);
    owner.get(&path).expect(404);
}
