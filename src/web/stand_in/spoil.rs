//! Breaks the body of an answer, in the ways that a service breaks its own.

use serde_json::{Value, json};

use super::faults::Bad;

/// What the row is known by; without these nothing can be made of it.
const NEEDED: [&str; 4] = ["id", "name", "interested", "emails_sent"];
/// Counts, the most telling first.
const COUNTS: [&str; 4] = ["interested", "bounced_count", "bounced", "id"];

/// The broken body, and its content type.
pub fn spoil(mut body: Value, how: Bad) -> (Vec<u8>, &'static str) {
    const JSON: &str = "application/json";
    match how {
        Bad::Html => {
            let page = "<!doctype html><title>Just a moment</title><p>Checking your browser before you go on.";
            return (page.into(), "text/html");
        }
        Bad::Truncated => {
            let mut text = body.to_string().into_bytes();
            text.truncate(text.len() / 2);
            return (text, JSON);
        }
        Bad::WrongTypes => change(&mut body, &COUNTS, |row, name| row[name] = json!({"value": "many"})),
        Bad::Negative => change(&mut body, &COUNTS, |row, name| row[name] = json!(-5)),
        Bad::Missing => {
            if let Some(row) = first_row(&mut body).and_then(Value::as_object_mut) {
                NEEDED.iter().for_each(|name| drop(row.shift_remove(*name)));
            }
        }
    }
    (body.to_string().into_bytes(), JSON)
}

/// Changes the first of the named fields that the row has.
fn change(body: &mut Value, names: &[&str], how: impl FnOnce(&mut Value, &str)) {
    let Some(row) = first_row(body) else { return };
    if let Some(name) = names.iter().find(|name| row.get(**name).is_some()) {
        how(row, name);
    }
}

/// The only row, or the first: one bad one among many must be found.
fn first_row(body: &mut Value) -> Option<&mut Value> {
    match body.get_mut("data")? {
        Value::Array(rows) => rows.first_mut(),
        row => Some(row),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spoilt(body: &Value, how: Bad) -> Option<Value> {
        serde_json::from_slice(&spoil(body.clone(), how).0).ok()
    }

    #[test]
    fn each_way_breaks_what_it_says() {
        let stats = json!({"data": {"emails_sent": 3, "interested": "2", "bounced": 0}});
        let list = json!({"data": [{"id": 1, "name": "One"}, {"id": 2, "name": "Two"}]});
        assert_eq!(spoilt(&stats, Bad::Negative).map(|b| b["data"]["interested"].clone()), Some(json!(-5)));
        assert_eq!(spoilt(&stats, Bad::Missing), Some(json!({"data": {"bounced": 0}})));
        assert_eq!(spoilt(&list, Bad::Missing), Some(json!({"data": [{}, {"id": 2, "name": "Two"}]})));
        assert!(spoilt(&list, Bad::WrongTypes).is_some_and(|b| b["data"][0]["id"].is_object()));
        assert_eq!(spoilt(&list, Bad::Truncated), None);
        assert_eq!(spoil(list, Bad::Html).1, "text/html");
    }
}
