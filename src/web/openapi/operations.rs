//! One operation for each route, and for the routes of `{kind}` one for each kind.

use serde_json::{Map, Value, json};

use crate::kind::{Field, Kind, Registry, Type};
use crate::web::route::{Gives, Handler, Route, Shape, Takes, Verb};
use crate::web::routes;

use super::{described, type_name, types};

/// A route at one path.
pub struct Operation<'a> {
    pub route: &'static Route,
    pub kind: Option<&'static Kind>,
    pub path: String,
    registry: &'a Registry,
}

/// Every operation, those of the kinds first and in their order.
pub fn operations(registry: &Registry) -> Vec<Operation<'_>> {
    let mut all = Vec::new();
    let of_kinds = |route: &&Route| route.is_of_kind();
    for (_, kind) in registry.all() {
        for route in routes::all().filter(of_kinds).filter(|r| r.is_for(kind)) {
            all.push(Operation { route, kind: Some(kind), path: route.pattern.replace("{kind}", kind.name), registry });
        }
    }
    for route in routes::all().filter(|r| !r.is_of_kind() && described(r)) {
        // Literal routes of one kind, such as an invitation, stand beside those of the kind.
        let kind =
            route.pattern.strip_prefix("/api/v1/").and_then(|p| p.split('/').next()).and_then(|k| registry.get(k));
        all.push(Operation { route, kind, path: route.pattern.to_owned(), registry });
    }
    all
}

impl Operation<'_> {
    /// One line for people, with the kind's own words.
    pub fn summary(&self) -> String {
        let Some(kind) = self.kind else { return self.route.summary.to_owned() };
        let article = if kind.one.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
        self.route.summary.replace("{one}", &format!("{article} {}", kind.one)).replace("{many}", kind.many)
    }

    /// The heading under which it stands.
    pub fn tag(&self) -> &str {
        self.kind.map_or(self.route.tag, |kind| kind.many)
    }

    pub fn name(&self) -> String {
        match self.kind {
            Some(kind) => format!("{}.{}", kind.name, self.route.name),
            None => self.route.name.to_owned(),
        }
    }

    pub fn describe(&self) -> Value {
        let mut out = json!({
            "operationId": self.name(),
            "summary": self.summary(),
            "tags": [self.tag()],
            "parameters": self.parameters(),
            "responses": self.responses(),
        });
        if !self.route.about.is_empty() {
            out["description"] = json!(self.route.about);
        }
        if let Handler::Public(_) = self.route.handler {
            out["security"] = json!([]);
        }
        if let Some(body) = self.body() {
            out["requestBody"] = body;
        }
        out
    }

    fn parameters(&self) -> Vec<Value> {
        let mut all = Vec::new();
        for part in self.path.split('/') {
            if let Some(name) = part.strip_prefix('{').and_then(|p| p.strip_suffix('}')) {
                let schema =
                    if name == "id" { json!({"type": "string", "format": "uuid"}) } else { json!({"type": "string"}) };
                all.push(json!({"name": name, "in": "path", "required": true, "schema": schema}));
            }
        }
        for param in self.route.query {
            let schema = match param.name {
                "limit" => json!({"type": "integer", "minimum": 1, "maximum": 200}),
                "page" => json!({"type": "integer", "minimum": 1}),
                "count" | "deleted" | "start" => json!({"type": "boolean"}),
                _ => json!({"type": "string"}),
            };
            all.push(json!({"name": param.name, "in": "query", "description": param.about, "schema": schema}));
        }
        if let (true, Some(kind)) = (self.route.filters, self.kind) {
            all.extend(kind.fields.iter().flat_map(|field| self.filters(field)));
        }
        if self.route.conditional {
            let about = "The ETag of the record as you know it; only its version counts. `*` is any version.";
            all.push(json!({"name": "If-Match", "in": "header", "required": true, "description": about, "schema": {"type": "string"}}));
        }
        if self.route.conditional && self.kind.is_some() {
            let about =
                "The `token` of the edit lock that it is made under: refused when somebody has taken the record since.";
            all.push(
                json!({"name": "Larder-Lock", "in": "header", "description": about, "schema": {"type": "integer"}}),
            );
        }
        if self.route.repeatable {
            let about = "A text of your own: the same request with the same key is carried out once in 24 hours.";
            all.push(json!({"name": "Idempotency-Key", "in": "header", "description": about, "schema": {"type": "string", "minLength": 1, "maxLength": 255}}));
        }
        all
    }

    /// The filters that a field offers: its value, and bounds where it has an order.
    fn filters(&self, field: &Field) -> Vec<Value> {
        if field.protected || matches!(field.ty, Type::Json(_) | Type::LongText(_)) {
            return Vec::new();
        }
        let ordered = matches!(field.ty, Type::Date | Type::Time | Type::Int(..) | Type::Real(..) | Type::Money { .. });
        let operators: &[&str] = if ordered { &["", "[gte]", "[lt]"] } else { &[""] };
        let one = |operator: &&str| {
            let schema = types::asked(field.ty, self.registry, operator.is_empty());
            json!({"name": format!("{}{operator}", field.name), "in": "query", "schema": schema})
        };
        operators.iter().map(one).collect()
    }

    fn body(&self) -> Option<Value> {
        let (shape, media): (_, &[&str]) = match self.route.takes {
            Takes::Json(shape) => (shape, &["application/json"]),
            Takes::Patch(shape) => (shape, &["application/json", "application/merge-patch+json"]),
            Takes::Upload | Takes::File(_) => {
                let content = json!({"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}});
                return Some(json!({"required": true, "content": content}));
            }
            Takes::Nothing | Takes::PageForm | Takes::Socket => return None,
        };
        let content: Map<String, Value> =
            media.iter().map(|m| ((*m).to_owned(), json!({"schema": self.reference(shape)}))).collect();
        Some(json!({"required": true, "content": content}))
    }

    fn responses(&self) -> Value {
        let mut all = Map::new();
        let usual = (self.route.status, self.route.gives);
        for (status, gives) in [Some(usual), self.route.or].into_iter().flatten() {
            all.insert(status.to_string(), self.success(status, gives));
        }
        for status in self.failures() {
            all.insert(status.to_string(), json!({"$ref": format!("#/components/responses/{status}")}));
        }
        Value::Object(all)
    }

    fn success(&self, status: u16, gives: Gives) -> Value {
        let content = match gives {
            Gives::Nothing | Gives::Socket => return json!({"description": "Done."}),
            Gives::Json(shape) => json!({"application/json": {"schema": self.reference(shape)}}),
            Gives::Text => json!({"text/plain": {"schema": {"type": "string"}}}),
            Gives::Page => json!({"text/html": {"schema": {"type": "string"}}}),
            // Of whatever type the file is.
            Gives::Bytes => json!({"*/*": {"schema": {"type": "string", "format": "binary"}}}),
            Gives::Events => json!({"text/event-stream": {"schema": {"type": "string"}}}),
            Gives::File(media) => {
                let files = media.iter().map(|m| ((*m).to_owned(), json!({"schema": {"type": "string"}})));
                Value::Object(files.collect())
            }
        };
        let description = if status == 201 { "Made." } else { "As asked for." };
        json!({"description": description, "content": content})
    }

    /// Every other status that can occur, in order.
    pub fn failures(&self) -> Vec<u16> {
        let route = self.route;
        if !route.is_api() {
            return match route.name {
                "live" => vec![],
                "metrics" => vec![401, 403, 404],
                _ => vec![503],
            };
        }
        let mut all = vec![400, 422, 429, 500];
        let public = matches!(route.handler, Handler::Public(_));
        let login = public && route.verb == Verb::Post;
        if !public || login {
            all.extend([401, 403]);
        }
        if !route.before_setup || login {
            all.push(503);
        }
        if route.verb == Verb::Get && matches!(route.gives, Gives::Json(_)) {
            all.push(304);
        }
        if let Gives::Bytes = route.gives {
            all.extend([206, 304, 416]);
        }
        // The path or the body names a record.
        if self.path.contains('{') || (!public && route.verb == Verb::Post) {
            all.push(404);
        }
        if route.verb != Verb::Get || route.awaited {
            all.push(409);
        }
        if route.verb != Verb::Get {
            // What cannot be read in time, is too large, or is no JSON.
            all.extend([408, 413, 415, 507]);
        }
        if route.conditional {
            all.extend([412, 428]);
        }
        // Somebody else may be editing it.
        if route.is_of_kind() && route.writes && route.verb != Verb::Get {
            all.push(423);
        }
        if login {
            all.push(410);
        }
        all.sort_unstable();
        all
    }

    fn reference(&self, shape: Shape) -> Value {
        let own = |f: fn(&str) -> String| self.kind.map(|kind| f(&type_name(kind))).unwrap_or_default();
        let name = match shape {
            Shape::Record => own(str::to_owned),
            Shape::Page => own(|n| format!("{n}Page")),
            Shape::NewRecord => own(|n| format!("New{n}")),
            Shape::RecordChange => own(|n| format!("{n}Change")),
            Shape::Fields(name, _) | Shape::Named(name) => name.to_owned(),
        };
        json!({"$ref": format!("#/components/schemas/{name}")})
    }
}
