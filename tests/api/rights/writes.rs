//! Writes that would reach beyond what a role may: rights hold for the row before and after, and for
//! whatever it refers to.

use serde_json::Value;

use super::people::{Person, World};

/// Who, the method, what, the body, and the status. `@kind/row` is an id.
#[rustfmt::skip]
const WRITES: [(&str, &str, &str, &str, u16); 36] = [
    // A client asks for work at its own company, says no more than a request says, and nowhere else.
    ("client", "POST", "work-orders", r#"{"title": "It rattles", "site_id": "@sites/near"}"#, 201),
    ("client", "POST", "work-orders", r#"{"title": "It rattles", "site_id": "@sites/far"}"#, 422),
    ("client", "POST", "work-orders", r#"{"title": "It rattles", "equipment_id": "@equipment/far"}"#, 422),
    ("client", "POST", "work-orders", r#"{"title": "Nowhere"}"#, 403),
    ("client", "POST", "work-orders", r#"{"title": "Now", "site_id": "@sites/near", "priority": "high"}"#, 422),
    ("client", "POST", "work-orders", r#"{"title": "X", "site_id": "@sites/near", "external_id": "E"}"#, 422),
    ("client", "POST", "work-orders", r#"{"title": "X", "site_id": "@sites/near", "custom": {"note": "N"}}"#, 422),
    ("client", "POST", "work-orders", r#"{"title": "X", "site_id": "@sites/near", "custom": {"secret": "N"}}"#, 422),
    ("client", "POST", "work-orders", r#"{"title": "X", "site_id": "@sites/near", "contact_id": "@contacts/near"}"#, 422),
    ("client", "POST", "work-orders", r#"{"title": "X", "site_id": "@sites/near", "company_id": "@companies/far"}"#, 422),
    // Who works in the field adds to the own orders, for themselves.
    ("technician", "POST", "time-logs", r#"{"work_order_id": "@work-orders/near", "user_id": "@users/technician"}"#, 201),
    ("technician", "POST", "time-logs", r#"{"work_order_id": "@work-orders/near", "user_id": "@users/staff"}"#, 422),
    ("technician", "POST", "time-logs", r#"{"work_order_id": "@work-orders/far"}"#, 422),
    ("technician", "POST", "time-logs", r#"{"work_order_id": "@work-orders/near", "external_id": "E"}"#, 422),
    ("technician", "POST", "time-logs", r#"{"work_order_id": "@work-orders/near", "custom": {"note": "N"}}"#, 201),
    ("technician", "POST", "part-logs", r#"{"work_order_id": "@work-orders/near", "price": 5}"#, 422),
    ("technician", "POST", "part-logs", r#"{"work_order_id": "@work-orders/near", "stock_item_id": "@stock-items/far"}"#, 422),
    ("technician", "POST", "certificates", r#"{"work_order_id": "@work-orders/near"}"#, 201),
    ("technician", "POST", "certificates", r#"{"equipment_id": "@equipment/near"}"#, 403),
    ("technician", "POST", "notes", r#"{"body": "Wet", "about_kind": "sites", "about_id": "@sites/near"}"#, 201),
    ("technician", "POST", "notes", r#"{"body": "Wet", "about_kind": "sites", "about_id": "@sites/far"}"#, 422),
    ("technician", "POST", "notes", r#"{"body": "Wet", "about_kind": "deals", "about_id": "@deals/near"}"#, 422),
    ("technician", "POST", "tasks", r#"{"title": "Mine", "assignee_id": "@users/technician"}"#, 201),
    ("technician", "POST", "tasks", r#"{"title": "Yours", "assignee_id": "@users/staff"}"#, 422),
    ("technician", "POST", "tasks", r#"{"title": "Nobody's"}"#, 403),
    ("technician", "PATCH", "tasks/near", r#"{"assignee_id": null}"#, 403),
    ("technician", "PATCH", "work-orders/near", r#"{"assigned_to": null}"#, 422),
    ("technician", "PATCH", "work-orders/near", r#"{"custom": {"secret": "tagged.work-orders.custom_secret.near."}}"#, 200),
    ("contractor", "POST", "time-logs", r#"{"work_order_id": "@work-orders/done"}"#, 422),
    ("contractor", "PATCH", "work-orders/near", r#"{"contractor_id": null}"#, 422),
    // A deal stays with who has it, and nobody but an owner hands out rights.
    ("dispatcher", "PATCH", "deals/near", r#"{"owner_id": null}"#, 403),
    ("dispatcher", "POST", "deals", r#"{"owner_id": "@users/dispatcher"}"#, 422),
    ("dispatcher", "POST", "deals", r#"{"probability": 10}"#, 403),
    ("manager", "POST", "users", r#"{"name": "Eve", "role": "owner"}"#, 422),
    ("manager", "PATCH", "users/manager", r#"{"role": "owner"}"#, 422),
    ("staff", "PATCH", "users/staff", r#"{"role": "owner"}"#, 403),
];

impl World {
    pub fn try_writes(&self) {
        let mut notes = Vec::new();
        for (name, method, what, body, status) in WRITES {
            let person = self.people.iter().find(|person| person.name == name).expect("a person");
            let any = Person { client: person.client.with("if-match", "*"), ..*person };
            let path = match what.split_once('/') {
                Some((kind, row)) => self.ours.path(kind, row),
                None => format!("/api/v1/{what}"),
            };
            let reply = self.ask(&any, method, &path, &self.named(body), &mut notes);
            if reply.status != status {
                notes.push(format!(
                    "{name} {method} {what} {body}: {} instead of {status}: {}",
                    reply.status,
                    reply.text()
                ));
            }
        }
        assert!(notes.is_empty(), "{}", notes.join("\n"));
    }

    /// The body with ids in place of names.
    fn named(&self, body: &str) -> Value {
        let mut body: Value = serde_json::from_str(body).expect("JSON");
        for value in body.as_object_mut().expect("an object").values_mut() {
            if let Some((kind, row)) = value.as_str().and_then(|text| text.strip_prefix('@')?.split_once('/')) {
                *value = self.ours.id_of(kind, row).into();
            }
        }
        body
    }
}
