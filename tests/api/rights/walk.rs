//! Every route with every person, held against the table.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::people::{Person, World};
use super::table::{self, Action, level, reaches};
use super::world;

/// The rows that are asked for by id; the last is another tenant's.
const ROWS: [&str; 5] = ["near", "done", "far", "gone", "foreign"];

const ACTIONS: [Action; 5] = [Action::Read, Action::Create, Action::Update, Action::Delete, Action::Export];

/// What every kind has beside its declared fields, in this tenant.
const OWN: [&str; 3] = ["external_id", "custom.note", "custom.secret"];

/// The status of a route of a kind for a row (any row, where the route names none). `None` where
/// the deed is allowed and would change what others look for.
fn expected(person: &Person, kind: &str, method: &str, rest: &str, row: &str) -> Option<u16> {
    let by_id = rest.starts_with("/{id}");
    match person.name {
        "nobody" => return Some(401),
        "command" => return Some(400),
        // Owners, but elsewhere: no row of this tenant is there for them.
        _ if !person.member && by_id => return Some(404),
        _ => {}
    }
    let role = if person.member { person.name } else { "owner" };
    let may = |action| level(role, kind, action) != '-';
    let on = |action| row != "foreign" && reaches(role, kind, action, row);
    let there = on(Action::Read) && row != "gone";
    // What is not seen is not there; what is seen may still not be changed.
    let change = |action, done| match (may(action), there, on(action)) {
        (false, ..) => 403,
        (_, false, _) => 404,
        (_, _, false) => 403,
        _ => done,
    };
    Some(match (method, rest) {
        // Without a body there is nothing to attach; that is said to those who may.
        ("post", "/{id}/attachments") if level(role, "attachments", Action::Create) == '-' => 403,
        ("post", "/{id}/attachments") => {
            if there {
                400
            } else {
                404
            }
        }
        ("get", "" | "/summary") if may(Action::Read) => 200,
        ("get", "/export") if may(Action::Export) => 200,
        ("post", "/export") if may(Action::Export) => 202,
        ("post", "") if may(Action::Create) => 422,
        ("get", "" | "/summary" | "/export") | ("post", "" | "/export") => 403,
        ("post", "/bulk") => 200,
        // Where it is allowed it would keep the others off.
        ("post", "/{id}/lock") => return Some(change(Action::Update, 0)).filter(|status| *status != 0),
        ("patch", "/{id}/lock") => change(Action::Update, 423),
        ("delete", "/{id}/lock") => change(Action::Update, 204),
        ("put" | "delete", "/{id}/presence") => match (may(Action::Read), there) {
            (false, _) => 403,
            (true, false) => 404,
            (true, true) if method == "put" => 200,
            (true, true) => 204,
        },
        ("get", _) if !may(Action::Read) => 403,
        ("get", _) if there => 200,
        ("get", "/{id}/history") if row == "gone" && on(Action::Read) && on(Action::Delete) => 200,
        ("get", _) => 404,
        ("patch", "/{id}") => change(Action::Update, 200),
        ("delete", "/{id}") => change(Action::Delete, 412),
        ("post", "/{id}/restore") if !may(Action::Delete) => 403,
        ("post", "/{id}/restore") if row == "gone" && on(Action::Delete) => return None,
        ("post", "/{id}/restore") => {
            if there {
                409
            } else {
                404
            }
        }
        ("post", "/{id}/merge") if !may(Action::Delete) => 403,
        ("post", "/{id}/merge") => change(Action::Update, 422),
        other => panic!("the table has no such route: {other:?}"),
    })
}

impl World {
    fn id(&self, kind: &str, row: &str) -> &str {
        if row == "foreign" { self.theirs.id_of(kind, "near") } else { self.ours.id_of(kind, row) }
    }

    /// A body that changes nothing where it is allowed.
    fn idle_body(&self, kind: &str, method: &str, rest: &str) -> Value {
        match (method, rest) {
            ("post", "") => json!({"no_such_field": 1}),
            ("patch", "/{id}/lock") => json!({"token": 1}),
            ("patch", _) => json!({}),
            ("post", "/bulk") => {
                let ids: Vec<&str> = ROWS.iter().map(|row| self.id(kind, row)).collect();
                json!({"action": "update", "ids": ids, "changes": {}})
            }
            ("post", "/{id}/merge") => json!({"from": [self.theirs.id_of(kind, "far")]}),
            _ => Value::Null,
        }
    }

    /// Every route of the kind, as this person.
    pub fn walk_kind(&self, person: &Person, kind: &str, notes: &mut Vec<String>) {
        for (method, rest) in table::KIND_ROUTES {
            if !table::has_route(kind, method, rest) {
                continue;
            }
            // Where nothing may be done, one row tells as much as five.
            let shut = !person.member || ACTIONS.iter().all(|action| level(person.name, kind, *action) == '-');
            let rows = if rest.starts_with("/{id}") && !shut { &ROWS[..] } else { &ROWS[..1] };
            for row in rows {
                let Some(status) = expected(person, kind, method, rest, row) else { continue };
                let path = format!("/api/v1/{kind}{}", rest.replace("{id}", self.id(kind, row)));
                // A version that no record has: a deletion that is allowed goes no further.
                let version = if method == "delete" { "\"999.x\"" } else { "*" };
                let asking = Person { client: person.client.with("if-match", version), ..*person };
                let body = self.idle_body(kind, method, rest);
                let reply = self.ask(&asking, &method.to_uppercase(), &path, &body, notes);
                if reply.status != status {
                    notes.push(format!(
                        "{} {method} {kind}{rest} {row}: {} instead of {status}: {}",
                        person.name,
                        reply.status,
                        reply.text().chars().take(300).collect::<String>()
                    ));
                } else if rest == "/bulk" && reply.status == 200 {
                    self.compare_bulk(person, kind, &reply.json(), notes);
                }
            }
        }
    }

    /// Each record of a bulk change is answered as if it had come alone.
    fn compare_bulk(&self, person: &Person, kind: &str, body: &Value, notes: &mut Vec<String>) {
        for (row, result) in ROWS.iter().zip(body["results"].as_array().expect("results")) {
            let alone = expected(person, kind, "patch", "/{id}", row)
                .filter(|_| person.name != "stranger" || *row != "foreign");
            if alone.is_some_and(|alone| result["status"] != alone) {
                notes.push(format!("{} bulk {kind} {row}: {result} instead of {alone:?}", person.name));
            }
        }
    }

    /// Which rows of a kind this person sees, with which fields; live and deleted, listed and
    /// exported.
    pub fn compare_rows(&self, person: &Person, kind: &str, notes: &mut Vec<String>) {
        let role = person.name;
        if level(role, kind, Action::Read) == '-' {
            return;
        }
        let listed = self.ask(person, "GET", &format!("/api/v1/{kind}?limit=200"), &Value::Null, notes);
        let rows = listed.json()["data"].as_array().cloned().unwrap_or_default();
        self.compare_names(
            person,
            kind,
            "lists",
            &rows,
            |row| row != "gone" && reaches(role, kind, Action::Read, row),
            notes,
        );
        for row in &rows {
            self.compare_fields(person, kind, row, notes);
        }
        if level(role, kind, Action::Delete) != '-' {
            let path = format!("/api/v1/{kind}?limit=200&deleted=true");
            let gone = self.ask(person, "GET", &path, &Value::Null, notes).json();
            let gone = gone["data"].as_array().cloned().unwrap_or_default();
            let may = |row: &str| row == "gone" && reaches(role, kind, Action::Delete, row);
            self.compare_names(person, kind, "lists as deleted", &gone, may, notes);
        }
        if level(role, kind, Action::Export) != '-' {
            for format in ["csv", "xlsx", "jsonl"] {
                let path = format!("/api/v1/{kind}/export?format={format}");
                let file = self.ask(person, "GET", &path, &Value::Null, notes);
                if format == "jsonl" {
                    let rows: Vec<Value> = file.text().lines().filter_map(|l| serde_json::from_str(l).ok()).collect();
                    let may = |row: &str| row != "gone" && reaches(role, kind, Action::Export, row);
                    self.compare_names(person, kind, "exports", &rows, may, notes);
                }
            }
        }
    }

    fn compare_names(
        &self,
        person: &Person,
        kind: &str,
        verb: &str,
        rows: &[Value],
        may: impl Fn(&str) -> bool,
        notes: &mut Vec<String>,
    ) {
        let name = |row: &Value| {
            let id = row["id"].as_str().unwrap_or_default();
            self.ours.row_of(kind, id).map_or_else(|| "another".to_owned(), str::to_owned)
        };
        let seen: BTreeSet<String> = rows.iter().map(name).collect();
        let all = self.ours.ids.keys().filter(|(k, _)| k == kind).map(|(_, row)| row.clone());
        let mut due: BTreeSet<String> = all.filter(|row| may(row)).collect();
        // Rows that every tenant begins with are seen by whoever sees all.
        if seen.contains("another") && may("another") {
            due.insert("another".to_owned());
        }
        if seen != due {
            notes.push(format!("{} {verb} {kind}: {seen:?} instead of {due:?}", person.name));
        }
    }

    fn compare_fields(&self, person: &Person, kind: &str, row: &Value, notes: &mut Vec<String>) {
        let role = person.name;
        let keys = |object: &Value| -> BTreeSet<String> {
            object.as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect()
        };
        let declared = self.ours.fields(kind).map(|(name, _)| name).chain(["external_id"]);
        let shown = declared.filter(|field| table::shows(role, kind, field)).chain(table::ALWAYS);
        let due: BTreeSet<String> = shown.map(str::to_owned).collect();
        if keys(row) != due {
            let off: Vec<_> = keys(row).symmetric_difference(&due).cloned().collect();
            notes.push(format!("{role} sees of {kind} other fields than the table has: {off:?}"));
        }
        // And what may be seen is there: the texts that every row of the test was given.
        let name = self.ours.row_of(kind, row["id"].as_str().unwrap_or_default()).unwrap_or_default();
        for field in ["title", "description", "body", "address", "access_codes"] {
            let given = self.ours.fields(kind).any(|(name, _)| name == field) && world::ROWS.contains(&name);
            let there = !row.get(field).is_none_or(Value::is_null);
            if given && there != table::shows_on(role, kind, field, name) {
                notes.push(format!("{role} {} {field} of {kind} {name}", if there { "sees" } else { "misses" }));
            }
        }
        for own in keys(&row["custom"]) {
            if !table::shows(role, kind, &format!("custom.{own}")) {
                notes.push(format!("{role} sees custom.{own} of {kind}"));
            }
        }
    }

    /// What the schema tells this person: kinds, fields and how far their rights reach.
    pub fn compare_schema(&self, person: &Person, notes: &mut Vec<String>) {
        let role = person.name;
        let schema = self.ask(person, "GET", "/api/v1/schema", &Value::Null, notes).json();
        let described = schema["kinds"].as_array().cloned().unwrap_or_default();
        for (kind, _) in table::KINDS {
            let told = described.iter().find(|k| k["name"] == kind);
            if told.is_some() != ACTIONS.iter().any(|action| level(role, kind, *action) != '-') {
                notes.push(format!("{role}: the schema should say of {kind} whether it is there"));
            }
            let Some(told) = told else { continue };
            for action in ACTIONS {
                let word = format!("{action:?}").to_lowercase();
                let reach = told["rights"][&word].as_str().unwrap_or_default();
                if (reach == "none") != (level(role, kind, action) == '-') {
                    notes.push(format!("{role}: the schema says {reach} of {word} {kind}"));
                }
            }
            let names = |list: &Value| -> Vec<String> {
                let names = list.as_array().into_iter().flatten().filter_map(|f| f["name"].as_str());
                names.map(str::to_owned).collect()
            };
            let own = names(&told["custom"]).into_iter().map(|own| format!("custom.{own}"));
            let external = (!told["external_id"].is_null()).then(|| "external_id".to_owned());
            let shown: BTreeSet<String> = names(&told["fields"]).into_iter().chain(own).chain(external).collect();
            let all = self.ours.fields(kind).map(|(field, _)| field);
            let mut due: BTreeSet<String> = all.chain(OWN).map(str::to_owned).collect();
            // Products have a few more fields of the tenant's own: one for each row of that kind.
            due.extend(shown.iter().filter(|field| field.starts_with("custom.field_")).cloned());
            due.retain(|field| table::shows(role, kind, field));
            if shown != due {
                let off: Vec<_> = shown.symmetric_difference(&due).cloned().collect();
                notes.push(format!("{role}: the schema shows of {kind} other fields than the table has: {off:?}"));
            }
        }
    }

    /// What this person may write of a row that they may change: each field is sent as it stands.
    pub fn compare_writes(&self, person: &Person, kind: &str, notes: &mut Vec<String>) {
        let role = person.name;
        if !reaches(role, kind, Action::Update, "near") {
            return;
        }
        let stored = self.ours.owner.get(&self.ours.path(kind, "near")).expect(200).json();
        let mut body = stored.as_object().cloned().expect("a record");
        let fields: Vec<&str> = self.ours.fields(kind).map(|(name, _)| name).chain(["external_id"]).collect();
        body.retain(|name, _| fields.contains(&name.as_str()) || name == "custom");
        let names =
            fields.iter().map(|f| (*f).to_owned()).chain(["custom.note".to_owned(), "custom.secret".to_owned()]);
        let due: BTreeSet<String> = names.filter(|field| !table::writes(role, kind, field)).collect();
        let any = Person { client: person.client.with("if-match", "*"), ..*person };
        let reply = self.ask(&any, "PATCH", &self.ours.path(kind, "near"), &Value::Object(body), notes);
        let errors = reply.json()["errors"].as_array().cloned().unwrap_or_default();
        let pointer = |error: &Value| error["pointer"].as_str().unwrap_or_default()[1..].replace('/', ".");
        let refused: BTreeSet<String> = errors.iter().map(pointer).collect();
        if refused != due || (reply.status == 200) != due.is_empty() {
            notes.push(format!("{role} patch {kind}: refused {refused:?} instead of {due:?} ({})", reply.status));
        }
    }
}
