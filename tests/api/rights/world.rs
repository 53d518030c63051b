//! Two tenants filled alike. In the first every text says whose it is, `tagged.<kind>.<field>.<row>.`,
//! so that a text found in an answer can be looked up in the table; in the second every text is a
//! canary.

use std::collections::HashMap;

use larder::auth::{Login, NewPerson, add_person};
use larder::kernel::{Id, Moment};
use serde_json::{Map, Value, json};

use super::table;
use crate::server::{Client, PASSWORD, Server};

pub const CANARY: &str = "CANARY-b7e1";
/// The rows of each kind; the last was deleted.
pub const ROWS: [&str; 4] = ["near", "done", "far", "gone"];
/// A price that is found again in any answer, in minor units and as files write it.
pub const PRICE: i64 = 7_654_321;

/// One of the two tenants.
pub struct House {
    pub slug: String,
    pub id: String,
    pub owner: Client,
    /// The people who sign in, by role.
    pub users: HashMap<&'static str, String>,
    /// The ids of the rows, by kind and row.
    pub ids: HashMap<(String, String), String>,
    /// The fields of each kind as the owner's schema has them.
    pub schema: Map<String, Value>,
    canary: bool,
}

impl House {
    pub fn id_of(&self, kind: &str, row: &str) -> &str {
        &self.ids[&(kind.to_owned(), row.to_owned())]
    }

    /// The row that has this id.
    pub fn row_of(&self, kind: &str, id: &str) -> Option<&str> {
        self.ids.iter().find(|((k, _), known)| k == kind && *known == id).map(|((_, row), _)| row.as_str())
    }

    pub fn fields(&self, kind: &str) -> impl Iterator<Item = (&str, &Value)> {
        let fields = self.schema[kind]["fields"].as_array().expect("fields");
        fields.iter().map(|field| (field["name"].as_str().expect("a name"), field))
    }

    pub fn path(&self, kind: &str, row: &str) -> String {
        format!("/api/v1/{kind}/{}", self.id_of(kind, row))
    }

    /// The text of a field.
    pub fn text(&self, kind: &str, field: &str, row: &str) -> String {
        if self.canary { format!("{CANARY} {field} {row}") } else { format!("tagged.{kind}.{field}.{row}.") }
    }

    /// A body with every text filled in, and with these members.
    fn body(&self, kind: &str, row: &str, members: Value) -> Value {
        let mut body = Map::new();
        for (name, field) in self.fields(kind).filter(|(_, f)| f["read_only"] == false) {
            let text = self.text(kind, name, row);
            let value = match field["type"].as_str().expect("a type") {
                "text" | "long_text" if field["max_length"].as_u64() >= Some(40) => text.into(),
                "email" if self.canary => format!("canary.{row}@{kind}.example").into(),
                "email" => format!("{text}@mail.example").into(),
                "url" if self.canary => format!("https://{CANARY}.example").into(),
                "url" => format!("https://{text}example").into(),
                "money" => PRICE.into(),
                _ => continue,
            };
            body.insert(name.to_owned(), value);
        }
        body.insert("external_id".to_owned(), self.text(kind, "external_id", row).into());
        let own = ["note", "secret"].map(|own| (own.to_owned(), self.text(kind, &format!("custom_{own}"), row).into()));
        body.insert("custom".to_owned(), Value::Object(own.into_iter().collect()));
        body.extend(members.as_object().cloned().expect("members"));
        Value::Object(body)
    }

    fn create(&mut self, kind: &str, row: &str, members: Value) {
        let (id, _) = self.owner.create(kind, &self.body(kind, row, members));
        self.ids.insert((kind.to_owned(), row.to_owned()), id);
    }
}

/// Makes somebody who signs in. The hash is made once: hashing is what takes time.
fn let_in(server: &Server, hash: &str, tenant: &str, role: &'static str, name: &str, domain: &str) -> (String, String) {
    let (id, email) = (Id::new(), format!("{role}@{domain}.example"));
    let login = Login::New { identity: Id::new(), password: hash.to_owned(), operator: false };
    let tenant = tenant.parse().expect("an id");
    let person = NewPerson { id, tenant, name, email: &email, role, company: None, contractor: None, login };
    let change = add_person(&person, Moment::now()).expect("a person");
    server.app.db.write(change).wait().expect("added");
    (id.to_string(), email)
}

/// Makes a tenant with people and rows of every kind.
pub fn house(server: &Server, operator: &Client, hash: &str, name: &str, canary: bool) -> House {
    let made = operator.post("/api/v1/admin/tenants", &json!({ "name": name })).expect(201).json();
    let (id, slug) = (made["id"].as_str().expect("an id").to_owned(), made["slug"].as_str().expect("a slug"));
    let (domain, person) = if canary { ("canary", CANARY) } else { ("acme", "Somebody") };
    let (owner, email) = let_in(server, hash, &id, "owner", person, domain);
    let mut house = House {
        slug: slug.to_owned(),
        id: id.clone(),
        owner: server.sign_in(&email, PASSWORD),
        users: HashMap::from([("owner", owner)]),
        ids: HashMap::new(),
        schema: Map::new(),
        canary,
    };
    let own: Vec<Value> = table::KINDS
        .iter()
        .flat_map(|(kind, _)| {
            let label = |own: &str| if canary { format!("{CANARY} {own}") } else { own.to_owned() };
            ["note", "secret"].map(|own| {
                json!({"kind": kind, "name": own, "label": label(own), "filterable": true, "client_visible": own == "note"})
            })
        })
        .collect();
    let made = house.owner.post("/api/v1/custom-fields/bulk", &json!({"action": "create", "records": own}));
    assert!(made.json()["results"].as_array().expect("results").iter().all(|r| r["status"] == 201), "{}", made.text());
    let role = json!({"name": "dispatcher", "label": "Dispatcher"});
    let mut role = role.as_object().cloned().expect("an object");
    role.extend(serde_json::from_str::<Map<String, Value>>(table::DISPATCHER).expect("JSON"));
    house.owner.create("roles", &Value::Object(role));
    for role in table::ROLES.into_iter().filter(|role| *role != "owner") {
        let (user, _) = let_in(server, hash, &id, role, person, domain);
        house.users.insert(role, user);
    }
    let schema = house.owner.get("/api/v1/schema").expect(200).json();
    for kind in schema["kinds"].as_array().expect("kinds") {
        house.schema.insert(kind["name"].as_str().expect("a name").to_owned(), kind.clone());
    }
    for row in ROWS {
        fill(&mut house, row);
    }
    settle(&mut house);
    house
}

/// One row of each kind.
fn fill(house: &mut House, row: &str) {
    // What is deleted at once must not be what others hang on.
    let base = if row == "gone" { "far" } else { row };
    let user = |house: &House, role: &str| house.users[role].clone();
    let own = |house: &House, yes: bool, role: &str| if yes { json!(user(house, role)) } else { Value::Null };
    let dispatcher = own(house, row == "near", "dispatcher");
    let technician = own(house, ["near", "done"].contains(&row), "technician");
    house.create("companies", row, json!({ "owner_id": dispatcher }));
    house.create("contractors", row, json!({}));
    for kind in ["categories", "suppliers"] {
        house.create(kind, row, json!({}));
    }
    let catalogue = json!({"category_id": house.id_of("categories", base)});
    for kind in ["products", "services", "stock-items"] {
        house.create(kind, row, catalogue.clone());
    }
    let company = house.id_of("companies", base).to_owned();
    house.create("sites", row, json!({"company_id": company, "health_score": 50}));
    house.create("contacts", row, json!({ "company_id": company }));
    let product = house.id_of("products", base).to_owned();
    let contact = house.id_of("contacts", base).to_owned();
    let deal = json!({"company_id": company, "product_id": product, "contact_id": contact, "owner_id": dispatcher});
    house.create("deals", row, deal);
    let site = house.id_of("sites", base).to_owned();
    house.create("equipment", row, json!({ "site_id": site }));
    let contractor = if ["near", "far"].contains(&row) { json!(house.id_of("contractors", row)) } else { Value::Null };
    let order = json!({
        "site_id": site,
        "equipment_id": house.id_of("equipment", base),
        "contact_id": contact,
        "service_id": house.id_of("services", base),
        "assigned_to": technician,
        "contractor_id": contractor,
        "status": if row == "done" { "completed" } else { "new" },
    });
    house.create("work-orders", row, order);
    let order = house.id_of("work-orders", base).to_owned();
    let on_order = json!({ "work_order_id": order });
    house.create("certificates", row, on_order.clone());
    house.create("time-logs", row, on_order);
    let item = house.id_of("stock-items", base).to_owned();
    house.create("part-logs", row, json!({"work_order_id": order, "stock_item_id": item}));
    let about = json!({"about_kind": "work-orders", "about_id": order});
    house.create("notes", row, about.clone());
    let mut task = about;
    task["assignee_id"] = technician;
    house.create("tasks", row, task);
    house.create("users", row, json!({"role": null, "tier": null}));
    let slug = if house.canary { format!("canary-{row}") } else { row.to_owned() };
    house.create("roles", row, json!({"name": slug, "grants": {}, "hidden": {}, "locked": {}}));
    house.create("status-options", row, json!({"list": "colours"}));
    let name = if house.canary { format!("canary_{row}") } else { format!("field_{row}") };
    house.create("custom-fields", row, json!({"kind": "products", "name": name, "options": null}));
    house.create("views", row, json!({"kind": "work-orders"}));
    house.create("workspaces", row, json!({}));
    attach(house, row, &order);
}

/// A file on the order, whose row then says what the rows of other kinds say.
fn attach(house: &mut House, row: &str, order: &str) {
    let file = format!("{} {row}", table::TEXT);
    let path = format!("/api/v1/work-orders/{order}/attachments?name=a.txt");
    let made = house.owner.send("POST", &path, file.as_bytes()).expect(201).json();
    let id = made["id"].as_str().expect("an id").to_owned();
    house.ids.insert(("attachments".to_owned(), row.to_owned()), id);
    let text = |field: &str| house.text("attachments", field, row);
    let body = json!({
        "name": text("name"),
        "external_id": text("external_id"),
        "custom": {"note": text("custom_note"), "secret": text("custom_secret")},
    });
    house.owner.with("if-match", "*").patch(&house.path("attachments", row), &body).expect(200);
}

/// Binds the people to their company and firm, changes something so that there is a history, and
/// deletes what is to be gone.
fn settle(house: &mut House) {
    let any = house.owner.with("if-match", "*");
    for (role, field, kind) in [("client", "company_id", "companies"), ("contractor", "contractor_id", "contractors")] {
        let path = format!("/api/v1/users/{}", house.users[role]);
        any.patch(&path, &json!({ field: house.id_of(kind, "near") })).expect(200);
    }
    let logo = b"\x89PNG\r\n\x1a\n and so on";
    any.send("PUT", &format!("/api/v1/tenants/{}/logo", house.id), logo).expect(204);
    for (kind, _) in &table::KINDS {
        for row in ["near", "done", "far"] {
            let old = any.get(&house.path(kind, row)).expect(200).json();
            let emptied = json!({"external_id": null, "custom": {"note": null, "secret": null}});
            let (mut gone, mut back) = (emptied, json!({"external_id": old["external_id"], "custom": old["custom"]}));
            for field in ["description", "access_codes"] {
                if let Some(text) = old.get(field).filter(|_| *kind != "part-logs") {
                    gone[field] = Value::Null;
                    back[field] = text.clone();
                }
            }
            for body in [gone, back] {
                any.patch(&house.path(kind, row), &body).expect(200);
            }
        }
        any.delete(&house.path(kind, "gone")).expect(204);
    }
    for (role, user) in house.users.clone() {
        house.ids.insert(("users".to_owned(), role.to_owned()), user);
    }
}
