//! The API's description, OpenAPI 3.1, generated from the same declarations that the server runs on:
//! routes × kinds × fields.

mod background;
mod figures;
mod gathered;
mod named;
mod operations;
mod portal;
mod together;
mod told;
mod types;

use actix_web::web::Bytes;
use serde_json::{Map, Value, json};

use crate::kernel::Result;
use crate::kind::{Field, Kind, Registry};

use super::answer::{Answer, JSON, Tag};
use super::call::Call;
use super::route::{Gives, Route, Shape, Takes};
use super::routes;

pub use operations::{Operation, operations};

/// What holds for many operations and can be told of none alone.
const CONVENTIONS: &str = "\
    Errors are `application/problem+json` (RFC 9457): `code` is for programs, `detail` tells people what to do, \
    and with 422 `errors` names each place.\n\n\
    Operations that list `Idempotency-Key` carry out the same request once in 24 hours; a repeat answers the record \
    as it stands, with `Idempotency-Replayed: true`. The items of a batch bring keys of their own. Elsewhere the \
    header means nothing: an import is tried, begun or reverted once because its state says so, while a file, a link \
    or a token is a new one each time.\n\n\
    Operations that list `If-Match` answer 428 without it and 412 when the record is another version by now.\n\n\
    Each person has a budget for each class of request, and everybody who is not signed in has one by address. \
    `RateLimit-Policy` and `RateLimit` tell how it stands; past its end comes 429 with `Retry-After`. A batch or a bulk \
    change is one request. The next page of a list costs a tenth, and so does a read with `Larder-Purpose: refetch`, \
    for who reads again because time has passed.\n\n\
    An unknown query parameter, or one given twice, is an error.";

/// `GET /api/openapi.json`. Built once: it depends on nothing but the program.
pub async fn show(call: Call) -> Result<Answer> {
    let text: &Bytes = call.app.openapi.get_or_init(|| document(&call.app.registry).to_string().into());
    let tag = Some(Tag::of(None, text));
    Ok(Answer { tag, ..Answer::new(actix_web::http::StatusCode::OK, JSON, text.clone()) })
}

/// The whole document.
pub fn document(registry: &Registry) -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for operation in operations(registry) {
        let path = paths.entry(operation.path.clone()).or_insert_with(|| json!({}));
        path[operation.route.verb.as_str().to_lowercase()] = operation.describe();
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Larder",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": env!("CARGO_PKG_DESCRIPTION"),
            "description": CONVENTIONS,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}, {"cookie": []}],
        "tags": tags(registry),
        "paths": paths,
        "components": {
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "cookie": {"type": "apiKey", "in": "cookie", "name": "__Host-larder"},
            },
            "responses": named::responses(),
            "schemas": schemas(registry),
        },
    })
}

fn tags(registry: &Registry) -> Vec<Value> {
    let mut tags: Vec<Value> =
        registry.all().map(|(_, kind)| json!({"name": kind.many, "description": kind.about})).collect();
    let mut seen: Vec<&str> = Vec::new();
    for route in routes::all().filter(|r| !r.is_of_kind() && described(r)) {
        if !seen.contains(&route.tag) {
            seen.push(route.tag);
            tags.push(json!({"name": route.tag}));
        }
    }
    tags
}

/// Pages are for people and streams for the web app: neither belongs to the description.
fn described(route: &Route) -> bool {
    !matches!(route.gives, Gives::Page | Gives::Socket | Gives::Events) && !matches!(route.takes, Takes::PageForm)
}

fn schemas(registry: &Registry) -> Map<String, Value> {
    let mut schemas = named::schemas(registry);
    for (_, kind) in registry.all() {
        let name = type_name(kind);
        schemas.insert(name.clone(), record(kind, registry));
        schemas.insert(format!("{name}Page"), named::page_of(&name));
        if kind.writable {
            schemas.insert(format!("New{name}"), written(kind, registry, true));
            schemas.insert(format!("{name}Change"), written(kind, registry, false));
        }
    }
    for route in routes::all() {
        let taken = match route.takes {
            Takes::Json(shape) | Takes::Patch(shape) => Some(shape),
            Takes::Nothing | Takes::Upload | Takes::File(_) | Takes::PageForm | Takes::Socket => None,
        };
        let given = if let Gives::Json(shape) = route.gives { Some(shape) } else { None };
        for shape in [taken, given].into_iter().flatten() {
            if let Shape::Fields(name, fields) = shape {
                schemas.insert(name.to_owned(), form(fields, registry));
            }
        }
    }
    schemas
}

/// `WorkOrder` for `work-orders`: the English singular that the kind declares.
pub fn type_name(kind: &Kind) -> String {
    let words = kind.one.split([' ', '-']);
    words
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        })
        .collect()
}

/// A record as it is read. Which members are there depends on `fields` and on the viewer's rights,
/// so none is required.
fn record(kind: &Kind, registry: &Registry) -> Value {
    let mut properties = Map::new();
    for (name, schema) in types::system() {
        properties.insert(name.to_owned(), schema);
    }
    for field in kind.fields {
        properties.insert(field.name.to_owned(), types::shown(field, registry));
        let Some(name) = field.expands_as() else { continue };
        let about = format!("Shown on request: the {} that `{}` names.", field.label.to_lowercase(), field.name);
        if name == field.name {
            properties[name]["type"] = json!(["string", "object", "null"]);
            properties[name]["description"] = json!(format!("Its id. {about}"));
        } else {
            properties.insert(name.to_owned(), json!({"type": ["object", "null"], "description": about}));
        }
    }
    json!({"type": "object", "description": kind.about, "properties": properties})
}

/// A record as it is sent, to create one or to change one.
fn written(kind: &Kind, registry: &Registry, new: bool) -> Value {
    let mut properties = Map::new();
    for field in kind.fields.iter().filter(|f| !f.read_only) {
        properties.insert(field.name.to_owned(), types::written(field, registry));
    }
    properties.insert("external_id".to_owned(), json!({"type": ["string", "null"], "maxLength": 200}));
    properties.insert("custom".to_owned(), json!({"type": "object", "description": "The tenant's own fields."}));
    let numbered = |f: &Field| kind.numbered.is_some() && f.name == "number";
    let required: Vec<&str> = kind
        .fields
        .iter()
        .filter(|f| new && f.required && !f.read_only && f.default.is_none() && !numbered(f))
        .map(|f| f.name)
        .collect();
    object(properties, &required)
}

fn form(fields: &[Field], registry: &Registry) -> Value {
    let properties = fields.iter().map(|f| (f.name.to_owned(), types::written(f, registry))).collect();
    let required: Vec<&str> = fields.iter().filter(|f| f.required).map(|f| f.name).collect();
    object(properties, &required)
}

fn object(properties: Map<String, Value>, required: &[&str]) -> Value {
    let mut object = json!({"type": "object", "properties": properties, "additionalProperties": false});
    if !required.is_empty() {
        object["required"] = json!(required);
    }
    object
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::ALL;

    /// Every `$ref` of the document.
    fn references(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    match member.as_str() {
                        Some(text) if name == "$ref" => found.push(text.to_owned()),
                        _ => references(member, found),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }

    #[test]
    fn every_reference_leads_somewhere_and_every_operation_has_a_name_of_its_own() {
        let document = document(&Registry::new(ALL));
        let mut found = Vec::new();
        references(&document, &mut found);
        for reference in found {
            let pointer = reference.strip_prefix('#').expect("a local reference");
            assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
        }
        let mut names = Vec::new();
        for (path, operations) in document["paths"].as_object().expect("paths") {
            for (_, operation) in operations.as_object().expect("operations") {
                let name = operation["operationId"].as_str().expect("a name").to_owned();
                assert!(!names.contains(&name), "{path}: {name} stands twice");
                names.push(name);
            }
        }
    }

    #[test]
    fn what_the_server_sets_is_not_part_of_what_is_sent() {
        let document = document(&Registry::new(ALL));
        let new = &document["components"]["schemas"]["NewWorkOrder"];
        assert_eq!(new["required"], json!(["title"]));
        assert!(new["properties"].get("company_id").is_none());
        assert_eq!(new["additionalProperties"], json!(false));
    }
}
