//! Reports: who has which, what of it, and that none shows more than a list would.

use serde_json::{Value, json};

use super::people::{Person, World};
use super::table::{REPORTS, ROLES};

const WIDE: &str = "from=2000-01-01&to=2040-01-01";

impl World {
    /// Every report by everything that it can be grouped by, and as every file.
    pub fn run_reports(&self, person: &Person, notes: &mut Vec<String>) {
        let column = ROLES.iter().position(|role| *role == person.name).expect("a role");
        let told = self.ask(person, "GET", "/api/v1/reports", &Value::Null, notes).json();
        let listed: Vec<&Value> = told["data"].as_array().expect("reports").iter().collect();
        for (name, shown, saved) in REPORTS {
            let mine = listed.iter().find(|report| report["name"] == name);
            if (mine.is_some(), mine.is_some_and(|r| r["export"] == true))
                != (shown[column] == 200, saved[column] == 200)
            {
                notes.push(format!("{} is told of the report {name}: {mine:?}", person.name));
            }
            let parameters = mine.map(|report| report["parameters"].clone()).unwrap_or_default();
            let parameters = parameters.as_array().cloned().unwrap_or_default();
            let has = |parameter: &str| parameters.iter().find(|p| p["name"] == parameter);
            let span = if has("from").is_some() { WIDE } else { "" };
            let choices = has("by").or(has("what")).map(|p| p["choices"].clone()).unwrap_or_default();
            let word = if has("by").is_some() { "by" } else { "what" };
            let choices: Vec<String> = choices
                .as_array()
                .map(|all| all.iter().map(|c| format!("{word}={}", c["name"].as_str().expect("a name"))).collect())
                .unwrap_or_else(|| vec![String::new()]);
            for choice in choices {
                let path = format!("/api/v1/reports/{name}?{span}&{choice}");
                let reply = self.ask(person, "GET", &path, &Value::Null, notes);
                if reply.status != shown[column] {
                    notes.push(format!("{} {path}: {}: {}", person.name, reply.status, reply.text()));
                }
            }
            for format in ["csv", "xlsx", "pdf"] {
                let path = format!("/api/v1/reports/{name}/export?format={format}&{span}");
                let reply = self.ask(person, "GET", &path, &Value::Null, notes);
                if reply.status != saved[column] {
                    notes.push(format!("{} {path}: {}: {}", person.name, reply.status, reply.text()));
                }
            }
            // Another tenant's company is none, and says nothing by the way in which it is none.
            if shown[column] == 200 && has("company").is_some() {
                let refused =
                    [self.theirs.id_of("companies", "near"), "01a1fc05-08d1-7448-99b0-07aac7ae6094"].map(|id| {
                        let path = format!("/api/v1/reports/{name}?company={id}");
                        let reply = self.ask(person, "GET", &path, &Value::Null, notes);
                        json!([reply.status, reply.json()["errors"]])
                    });
                if refused[0] != refused[1] || refused[0][0] != 422 {
                    notes.push(format!("{} {name} of a foreign company: {refused:?}", person.name));
                }
            }
        }
    }
}
