//! Whole pages: a part shows what its own route shows, and no more.

use serde_json::{Value, json};

use super::people::{Person, World};
use super::table::{Action, level, reaches};

/// Pages that are about no single kind.
const PAGES: [&str; 6] = [
    "dashboard",
    "today",
    "client",
    "calendar?from=2020-01-01&to=2040-01-01",
    "dispatch?day=2026-11-21",
    "settings?parts=users,tenant_users,roles,custom_fields,status_options,categories,services,suppliers",
];
const ROWS: [&str; 5] = ["near", "done", "far", "gone", "foreign"];

impl World {
    /// Opens a page and gives its parts; what it leaks is in the notes.
    fn open(&self, person: &Person, page: &str, notes: &mut Vec<String>) -> Value {
        let reply = self.ask(person, "GET", &format!("/api/v1/pages/{page}"), &Value::Null, notes);
        if reply.status != 200 {
            notes.push(format!("{} page {page}: {}: {}", person.name, reply.status, reply.text()));
            return Value::Null;
        }
        reply.json()["parts"].clone()
    }

    /// The pages about many kinds. No part may fail for another reason than a right.
    pub fn open_pages(&self, person: &Person, notes: &mut Vec<String>) {
        for page in PAGES {
            let parts = self.open(person, page, notes);
            for (part, told) in parts.as_object().into_iter().flatten() {
                if told.get("data").is_none() && told["status"] != 403 {
                    notes.push(format!("{} page {page} {part}: {told}", person.name));
                }
            }
        }
    }

    /// The pages of a kind and of its records.
    pub fn walk_pages(&self, person: &Person, kind: &str, notes: &mut Vec<String>) {
        if !person.member {
            return;
        }
        let reads = level(person.name, kind, Action::Read) != '-';
        let list = self.open(person, &format!("list?kind={kind}&parts=list&list=limit%3D200"), notes);
        if (list["list"].get("data").is_some(), list["list"]["status"] == 403) != (reads, !reads) {
            notes.push(format!("{} page list {kind}: {list}", person.name));
        }
        self.open(person, &format!("board?kind={kind}&parts=views,columns,summary"), notes);
        for row in ROWS {
            let id = if row == "foreign" { self.theirs.id_of(kind, "near") } else { self.ours.id_of(kind, row) };
            let parts = self.open(person, &format!("record?kind={kind}&id={id}"), notes);
            let seen = !["gone", "foreign"].contains(&row) && reaches(person.name, kind, Action::Read, row);
            for part in ["record", "related", "history"] {
                let deleted = part == "history" && row == "gone" && reaches(person.name, kind, Action::Delete, row);
                let due = if seen || deleted { Value::Null } else { json!(if reads { 404 } else { 403 }) };
                if parts[part]["status"] != due {
                    notes.push(format!("{} page record {kind} {row} {part}: {}", person.name, parts[part]));
                }
            }
        }
    }
}
