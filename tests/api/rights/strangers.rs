//! What another tenant's ids, cursors, keys and names open: nothing.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::judge::leaks;
use super::people::{Person, World};
use super::table::{self, FILE};
use crate::server::Client;

impl World {
    fn owner(&self) -> &Person {
        &self.people[0]
    }

    /// An import of the first tenant that was carried out.
    pub fn finished_import(&self) -> String {
        carried_out(&self.ours.owner, "customers.csv", FILE)
    }

    /// An import of the first tenant that nobody began.
    pub fn draft_import(&self) -> String {
        let draft = self.ours.owner.send("POST", "/api/v1/imports?kind=companies", FILE.as_bytes()).expect(201);
        draft.json()["id"].as_str().expect("an id").to_owned()
    }

    /// Tries everything of the second tenant's on the first.
    pub fn meet_strangers(&self) {
        let mut notes = Vec::new();
        self.refer_to_strangers(&mut notes);
        self.gather_strangers(&mut notes);
        self.borrow_cursors_and_keys(&mut notes);
        self.open_foreign_imports(&mut notes);
        assert!(notes.is_empty(), "{}", notes.join("\n"));
    }

    fn try_as_owner(&self, method: &str, path: &str, body: Value, status: u16, notes: &mut Vec<String>) -> Value {
        let any = Person { client: self.owner().client.with("if-match", "*"), ..*self.owner() };
        let reply = self.ask(&any, method, path, &body, notes);
        if reply.status != status {
            notes.push(format!("{method} {path} {body}: {} instead of {status}: {}", reply.status, reply.text()));
        }
        serde_json::from_slice(&reply.body).unwrap_or_default()
    }

    /// A reference to a stranger's record is a reference to nothing.
    fn refer_to_strangers(&self, notes: &mut Vec<String>) {
        for (kind, _) in &table::KINDS {
            for (field, about) in self.ours.fields(kind).filter(|(_, f)| f["read_only"] == false) {
                let Some(to) = about["kind"].as_str() else { continue };
                let body = json!({ field: self.theirs.id_of(to, "near") });
                let refused = self.try_as_owner("PATCH", &self.ours.path(kind, "near"), body, 422, notes);
                if refused["errors"][0]["code"] != "unknown_reference" {
                    notes.push(format!("{kind}.{field} took a stranger's {to}: {refused}"));
                }
            }
        }
        let about = json!({"body": "Hello", "about_kind": "sites", "about_id": self.theirs.id_of("sites", "near")});
        self.try_as_owner("POST", "/api/v1/notes", about, 422, notes);
    }

    /// Batches, bulk changes and merges find no stranger either.
    fn gather_strangers(&self, notes: &mut Vec<String>) {
        for (kind, _) in table::KINDS {
            let path = |row: &str| format!("{kind}/{}", self.theirs.id_of(kind, row));
            let requests: Vec<Value> = ["", "/history", "/duplicates"]
                .iter()
                .map(|rest| json!({"method": "GET", "path": format!("{}{rest}", path("far"))}))
                .collect();
            let body = self.try_as_owner("POST", "/api/v1/batch", json!({ "requests": requests }), 200, notes);
            for answer in body["responses"].as_array().into_iter().flatten().filter(|a| a["status"] != 404) {
                notes.push(format!("a batch finds a stranger: {answer}"));
            }
            for action in ["update", "delete", "restore"] {
                let ids = [self.theirs.id_of(kind, "far"), self.theirs.id_of(kind, "gone")];
                let body = json!({"action": action, "ids": ids});
                let body = self.try_as_owner("POST", &format!("/api/v1/{kind}/bulk"), body, 200, notes);
                for result in body["results"].as_array().into_iter().flatten().filter(|r| r["status"] != 404) {
                    notes.push(format!("a bulk {action} finds a stranger: {result}"));
                }
            }
        }
    }

    fn borrow_cursors_and_keys(&self, notes: &mut Vec<String>) {
        let page = self.theirs.owner.get("/api/v1/companies?limit=1&sort=name").expect(200).json();
        let cursor = page["page"]["next_cursor"].as_str().expect("a cursor");
        let path = format!("/api/v1/companies?limit=1&sort=name&cursor={cursor}");
        self.try_as_owner("GET", &path, Value::Null, 400, notes);
        let page = self.theirs.owner.get("/api/v1/activity?limit=1").expect(200).json();
        let cursor = page["page"]["next_cursor"].as_str().expect("a cursor");
        self.try_as_owner("GET", &format!("/api/v1/activity?limit=200&cursor={cursor}"), Value::Null, 200, notes);
        for row in ["near", "far"] {
            let (user, site) = (&self.theirs.users["owner"], self.theirs.id_of("sites", row));
            self.try_as_owner("GET", &format!("/api/v1/activity?user_id={user}"), Value::Null, 200, notes);
            self.try_as_owner("GET", &format!("/api/v1/equipment?site_id={site}"), Value::Null, 200, notes);
            self.try_as_owner("GET", &format!("/api/v1/notes?about_id={site}"), Value::Null, 200, notes);
        }
        let body = json!({"name": "Twice"});
        let theirs = self.theirs.owner.with("idempotency-key", "one").post("/api/v1/suppliers", &body).expect(201);
        let ours = self.ours.owner.with("idempotency-key", "one").post("/api/v1/suppliers", &body).expect(201);
        if ours.header("idempotency-replayed") == "true" || ours.json()["id"] == theirs.json()["id"] {
            notes.push("a stranger's Idempotency-Key was answered".to_owned());
        }
        let tag = self.theirs.owner.get(&self.theirs.path("companies", "near")).expect(200);
        let known = self.ours.owner.with("if-match", tag.header("etag"));
        known.patch(&self.theirs.path("companies", "near"), &json!({})).expect(404);
        let theirs = self.theirs.id_of("attachments", "near");
        self.try_as_owner("GET", &format!("/api/v1/attachments/{theirs}/content"), Value::Null, 404, notes);
        let file = Value::String(table::TEXT.into());
        let path = format!("{}/attachments?name=a.txt", self.theirs.path("work-orders", "near"));
        self.try_as_owner("POST", &path, file, 404, notes);
        let slug = self.theirs.slug.replace("anary", "");
        self.try_as_owner("GET", &format!("/api/v1/tenants/{}", self.theirs.id), Value::Null, 404, notes);
        self.try_as_owner("GET", &format!("/api/v1/tenants/{slug}"), Value::Null, 404, notes);
    }

    /// A stranger's files, and a file of one's own that names a stranger's records.
    fn open_foreign_imports(&self, notes: &mut Vec<String>) {
        let file = "Name,Sector\r\nCANARY-b7e1 imported,CANARY-b7e1\r\n,CANARY-b7e1\r\n";
        let import = carried_out(&self.theirs.owner, "CANARY-b7e1.csv", file);
        for (method, rest) in [
            ("GET", ""),
            ("PATCH", ""),
            ("POST", "/dry-run"),
            ("POST", "/start"),
            ("POST", "/revert"),
            ("GET", "/rejected"),
            ("GET", "/warnings"),
        ] {
            let body = if method == "PATCH" { json!({}) } else { Value::Null };
            self.try_as_owner(method, &format!("/api/v1/imports/{import}{rest}"), body, 404, notes);
        }
        let ids = ["near", "far"].map(|row| self.theirs.id_of("companies", row));
        let file =
            format!("Name,Company\r\nA,{}\r\nB,{}\r\nC,ANARY-b7e1 name near\r\nD,ANARY name near\r\n", ids[0], ids[1]);
        let import = carried_out(&self.ours.owner, "sites.csv&kind=sites", &file);
        let path = format!("/api/v1/imports/{import}");
        // The file's own words come back, and nothing that they were looked up by.
        for rest in ["", "/rejected", "/warnings"] {
            let reply = self.ours.owner.get(&format!("{path}{rest}")).expect(200);
            notes.extend(leaks(self.owner(), &self.ours, &self.theirs, &file, &reply));
        }
        let sites = self.ours.owner.get("/api/v1/sites?limit=200&fields=name,company_id").expect(200).text();
        if ids.iter().any(|id| sites.contains(id)) {
            notes.push("an import refers to a stranger".to_owned());
        }
    }
}

/// Imports a file of companies, or of the kind that the name goes on to say, and waits for its end.
fn carried_out(owner: &Client, name: &str, file: &str) -> String {
    let kind = if name.contains("kind=") { "" } else { "&kind=companies" };
    let path = format!("/api/v1/imports?start=true&file_name={name}{kind}");
    let import = owner.send("POST", &path, file.as_bytes()).expect(202).json();
    let path = format!("/api/v1/imports/{}", import["id"].as_str().expect("an id"));
    let begun = Instant::now();
    loop {
        let state = owner.get(&path).expect(200).json();
        if state["state"] == "done" {
            return state["id"].as_str().expect("an id").to_owned();
        }
        assert!(begun.elapsed() < Duration::from_secs(20) && state["state"] == "running", "{state}");
        std::thread::sleep(Duration::from_millis(10));
    }
}
