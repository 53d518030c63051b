//! The API's description and the schema.

use serde_json::json;

use crate::server::Server;

#[test]
fn the_description_can_be_read_by_anybody_and_names_every_path_in_full() {
    let server = Server::empty();
    let document = server.nobody().get("/api/openapi.json").expect(200).json();
    assert_eq!(document["openapi"], "3.1.0");
    let paths = document["paths"].as_object().expect("paths");
    assert!(paths.keys().all(|p| p.starts_with('/') && !p.contains("{kind}")), "{:?}", paths.keys());
    let list = &paths["/api/v1/work-orders"]["get"];
    for status in ["200", "304", "400", "401", "403", "422", "429", "503"] {
        assert!(list["responses"].get(status).is_some(), "{status} is missing");
    }
    let change = &paths["/api/v1/work-orders/{id}"]["patch"];
    for status in ["404", "409", "412", "413", "415", "428"] {
        assert!(change["responses"].get(status).is_some(), "{status} is missing");
    }
    assert!(paths["/api/v1/attachments"].get("post").is_none(), "attachments are not written as records");
}

#[test]
fn every_address_of_the_description_is_an_address_of_the_server() {
    let (server, _) = Server::set_up();
    let document = server.nobody().get("/api/openapi.json").expect(200).json();
    for (path, operations) in document["paths"].as_object().expect("paths") {
        for verb in operations.as_object().expect("operations").keys() {
            let path = path.replace("{id}", "01a1fc05-08d1-7448-99b0-07aac7ae6094");
            let reply = server.nobody().send(&verb.to_uppercase(), &path, b"");
            assert!(![404, 405].contains(&reply.status), "{verb} {path}: {}", reply.status);
        }
    }
}

#[test]
fn the_schema_shows_fields_rights_and_ones_own_fields() {
    let (_server, owner) = Server::set_up();
    let field = json!({"kind": "companies", "name": "floor", "label": "Floor", "type": "int", "filterable": true});
    owner.create("custom-fields", &field);
    let schema = owner.get("/api/v1/schema").expect(200).json();
    let kinds = schema["kinds"].as_array().expect("kinds");
    let companies = kinds.iter().find(|k| k["name"] == "companies").expect("companies");
    assert_eq!(companies["rights"]["delete"], "all");
    assert_eq!(companies["custom"][0]["name"], "floor");
    let name = &companies["fields"].as_array().expect("fields")[0];
    assert_eq!((name["name"].as_str(), name["required"].as_bool()), (Some("name"), Some(true)));
    let deals = kinds.iter().find(|k| k["name"] == "deals").expect("deals");
    let stage = deals["fields"].as_array().and_then(|f| f.iter().find(|f| f["name"] == "stage")).expect("a stage");
    assert!(stage["choices"].as_array().is_some_and(|c| c.iter().any(|c| c["counts_as"] == "won")), "{stage}");
}
