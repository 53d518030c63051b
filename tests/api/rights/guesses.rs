//! Questions that try to find out what is hidden without being shown it.

use serde_json::{Value, json};

use super::people::{Person, World};
use super::table::{self, Action, level};

/// A batch takes so many.
const BATCH: usize = 20;

struct Question {
    path: String,
    /// It may be asked.
    allowed: bool,
    /// It may find something.
    finds: bool,
}

impl World {
    /// Selects, filters, sorts and searches by every field of the kind; a hidden one is none.
    pub fn guess(&self, person: &Person, kind: &str, notes: &mut Vec<String>) {
        if level(person.name, kind, Action::Read) == '-' {
            return;
        }
        let questions = self.questions(person.name, kind);
        for some in questions.chunks(BATCH) {
            let requests: Vec<Value> = some.iter().map(|q| json!({"method": "GET", "path": q.path})).collect();
            let reply = self.ask(person, "POST", "/api/v1/batch", &json!({ "requests": requests }), notes);
            let answers = reply.json()["responses"].as_array().cloned().unwrap_or_default();
            for (question, answer) in some.iter().zip(&answers) {
                let status = answer["status"].as_u64();
                let rows = answer["body"]["data"].as_array().map_or(0, Vec::len);
                if status != Some(if question.allowed { 200 } else { 422 }) || (!question.finds && rows > 0) {
                    notes.push(format!("{} {}: {answer}", person.name, question.path));
                }
            }
        }
    }

    fn questions(&self, role: &str, kind: &str) -> Vec<Question> {
        let mut all = Vec::new();
        let mut ask = |query: String, allowed: bool, finds: bool| {
            let path = match query.strip_prefix('/') {
                Some(rest) => format!("{kind}/{rest}"),
                None => format!("{kind}?limit=5&{query}"),
            };
            all.push(Question { path, allowed, finds });
        };
        let own = [("external_id", "text", false), ("custom.note", "text", false), ("custom.secret", "text", false)];
        let declared = self
            .ours
            .fields(kind)
            .map(|(name, field)| (name, field["type"].as_str().unwrap_or_default(), field["searched"] == true));
        for (field, ty, searched) in declared.chain(own) {
            let shown = table::shows(role, kind, field);
            let open = shown && !table::protected(kind, field);
            ask(format!("fields={field}"), shown, true);
            if ty != "json" {
                ask(format!("{field}[null]=false"), open, true);
                let either = format!("{{\"or\":[{{\"{field}\":null}},{{\"id\":null}}]}}");
                ask(format!("filter={}", either.replace('"', "%22")), open, true);
            }
            if !["json", "long_text"].contains(&ty) && field != "external_id" {
                ask(format!("sort={field}"), open, true);
            }
            if ty == "reference" && field.ends_with("_id") && field != "about_id" {
                ask(format!("include={}", field.trim_end_matches("_id")), shown, true);
            }
            let groups =
                ["text", "choice", "reference", "bool", "int", "currency", "date", "time", "kind"].contains(&ty);
            let groups = groups && !["about_id", "external_id"].contains(&field);
            ask(format!("/summary?group={field}"), open && groups, true);
            if ["int", "real", "money"].contains(&ty) {
                ask(format!("/summary?sum={field}"), open, true);
            }
            if searched && !shown {
                for row in ["near", "done", "far"] {
                    ask(format!("q={}", self.ours.text(kind, field, row)), true, false);
                }
            }
        }
        // The other tenant's texts, in part, so that an echo is told from a leak.
        for query in ["q=ANARY", "q=b7e1", "name[contains]=ANAR"] {
            let known = !query.starts_with("name") || (self.has_name(kind) && table::shows(role, kind, "name"));
            ask(query.to_owned(), known, false);
        }
        all
    }

    fn has_name(&self, kind: &str) -> bool {
        self.ours.fields(kind).any(|(field, _)| field == "name")
    }
}
