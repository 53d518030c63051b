//! `/api/docs`: the API's documentation as one page, written from the same declarations as
//! `openapi.json`, without a script and without anything from elsewhere.

use std::fmt::Write;

use actix_web::web::Bytes;
use serde_json::{Map, Value, json};

use crate::kernel::Result;
use crate::kind::{Field, Kind, Registry, Type};
use crate::web::answer::{Answer, HTML};
use crate::web::call::Call;
use crate::web::openapi::{Operation, operations};
use crate::web::route::{Handler, Shape, Takes, Verb};

use super::docs_text::{CHAPTERS, INTRODUCTION};
use super::{BRAND, escape, page, prose};

pub async fn show(call: Call) -> Result<Answer> {
    let text: &Bytes = call.app.docs.get_or_init(|| document(&call.app.registry).into());
    Ok(Answer::new(actix_web::http::StatusCode::OK, HTML, text.clone()))
}

fn document(registry: &Registry) -> String {
    let all = operations(registry);
    let mut headings: Vec<&str> = Vec::new();
    for operation in &all {
        if !headings.contains(&operation.tag()) {
            headings.push(operation.tag());
        }
    }
    let (mut nav, mut main) = (String::new(), String::new());
    let _ = write!(nav, "<nav aria-label=\"Contents\">{BRAND}<h3>First</h3><ul>");
    for (id, title, _) in CHAPTERS {
        let _ = write!(nav, "<li><a href=\"#{id}\">{title}</a></li>");
    }
    let _ = write!(nav, "</ul><h3>Records</h3><ul>");
    let mut of_kinds = true;
    for heading in &headings {
        if of_kinds && registry.all().all(|(_, kind)| kind.many != *heading) {
            of_kinds = false;
            let _ = write!(nav, "</ul><h3>Besides</h3><ul>");
        }
        let _ = write!(nav, "<li><a href=\"#{}\">{}</a></li>", anchor(heading), escape(&capital(heading)));
    }
    nav.push_str("</ul></nav>");

    main.push_str(INTRODUCTION);
    for (id, title, text) in CHAPTERS {
        let _ = write!(main, "<section id=\"{id}\"><h2>{title}</h2>{text}</section>");
    }
    for heading in headings {
        let kind = registry.all().map(|(_, kind)| kind).find(|kind| kind.many == heading);
        let _ = write!(main, "<section id=\"{}\"><h2>{}</h2>", anchor(heading), escape(&capital(heading)));
        if let Some(kind) = kind {
            let _ = write!(main, "<p>{}</p>", prose(kind.about));
            fields(&mut main, kind);
        }
        for operation in all.iter().filter(|o| o.tag() == heading) {
            details(&mut main, operation);
        }
        main.push_str("</section>");
    }
    page("API documentation", "", &format!("<div class=\"docs\">{nav}<main>{main}</main></div>"))
}

fn fields(out: &mut String, kind: &Kind) {
    out.push_str("<div class=\"scroll\"><table><thead><tr><th>Field</th><th>Holds</th><th></th></tr></thead><tbody>");
    for field in kind.fields {
        let mut chips = String::new();
        let mut chip = |is: bool, class: &str, word: &str| {
            if is {
                let _ = write!(chips, "<span class=\"chip{class}\">{word}</span>");
            }
        };
        chip(field.required && field.default.is_none(), " must", "required");
        chip(field.read_only, "", "set by the server");
        chip(field.searched, "", "searched");
        chip(field.indexed, "", "sorts at any size");
        chip(field.protected, "", "protected");
        let _ = write!(
            out,
            "<tr><td><code>{}</code></td><td>{}</td><td>{chips}</td></tr>",
            field.name,
            prose(&holds(field))
        );
    }
    out.push_str("</tbody></table></div>");
}

/// What a field holds, in words.
fn holds(field: &Field) -> String {
    let what = match field.ty {
        Type::Text(max) => format!("one line, at most {max} characters"),
        Type::LongText(max) => format!("text, at most {max} characters"),
        Type::Email => "an e-mail address".to_owned(),
        Type::Phone => "a phone number".to_owned(),
        Type::Url => "a web address".to_owned(),
        Type::Int(least, most) => format!("a whole number, {least} to {most}"),
        Type::Real(..) => "a number".to_owned(),
        Type::Money { currency } => format!("minor units of the currency in `{currency}`"),
        Type::Currency => "a currency, such as `EUR`".to_owned(),
        Type::Bool => "`true` or `false`".to_owned(),
        Type::Date => "a day, `2026-11-21`".to_owned(),
        Type::Time => "a moment, `2026-11-21T09:30:00Z`".to_owned(),
        Type::Enum(choices) => format!("one of `{}`", choices.join("` `")),
        Type::Option(list) => format!("a name of your own list `{list}`"),
        Type::Ref(kind) => format!("the id of one of the `{kind}`"),
        Type::RefAny { kind_field } => format!("the id of a record of the kind in `{kind_field}`"),
        Type::KindName => "the name of a kind".to_owned(),
        Type::Json(_) => "a list or an object".to_owned(),
    };
    match field.expands_as().filter(|name| *name != field.name) {
        Some(name) => format!("{}: {what}; shown whole as `{name}`", field.label),
        None => format!("{}: {what}", field.label),
    }
}

fn details(out: &mut String, operation: &Operation<'_>) {
    let route = operation.route;
    let verb = route.verb.as_str();
    let _ = write!(
        out,
        "<details id=\"{}\"><summary><span class=\"verb {}\">{verb}</span><span class=\"path\">{}</span>\
         <span class=\"what\">{}</span></summary><div class=\"inside\">",
        escape(&operation.name()),
        verb.to_lowercase(),
        escape(&operation.path),
        escape(&operation.summary())
    );
    if !route.about.is_empty() {
        let _ = write!(out, "<p>{}</p>", prose(route.about));
    }
    if !route.query.is_empty() {
        out.push_str("<div class=\"scroll\"><table><thead><tr><th>Parameter</th><th></th></tr></thead><tbody>");
        for param in route.query {
            let _ = write!(out, "<tr><td><code>{}</code></td><td>{}</td></tr>", param.name, prose(param.about));
        }
        out.push_str("</tbody></table></div>");
    }
    let _ = write!(out, "<pre><code>{}</code></pre>", escape(&curl(operation)));
    let failures = operation.failures();
    let mut answers = format!("Answers {}", route.status);
    if !failures.is_empty() {
        let codes: Vec<String> = failures.iter().map(u16::to_string).collect();
        let _ = write!(answers, ", or {}", codes.join(", "));
    }
    let _ = write!(out, "<p class=\"fine\">{answers}.</p></div></details>");
}

/// The request as one would type it.
fn curl(operation: &Operation<'_>) -> String {
    let route = operation.route;
    let path = operation.path.replace('{', "$").replace('}', "").replace("$id", "$ID");
    let mut out = String::from("curl ");
    if route.verb != Verb::Get {
        let _ = write!(out, "-X {} ", route.verb.as_str());
    }
    let query = if route.name == "index" { "?limit=5" } else { "" };
    let _ = write!(out, "\"$LARDER{path}{query}\"");
    if !matches!(route.handler, Handler::Public(_)) {
        out.push_str(" \\\n  -H \"Authorization: Bearer $TOKEN\"");
    }
    if route.conditional {
        out.push_str(" \\\n  -H 'If-Match: \"3\"'");
    }
    match route.takes {
        Takes::Json(shape) | Takes::Patch(shape) => {
            let body = json!(example(operation.kind, shape)).to_string().replace('\'', "'\\''");
            let _ = write!(out, " \\\n  -H 'Content-Type: application/json' \\\n  -d '{body}'");
        }
        Takes::File(_) => out.push_str(" \\\n  --data-binary @photo.jpg"),
        Takes::Upload => out.push_str(" \\\n  --data-binary @file.csv"),
        Takes::Nothing | Takes::PageForm | Takes::Socket => {}
    }
    out
}

fn example(kind: Option<&Kind>, shape: Shape) -> Map<String, Value> {
    let required = |field: &&Field| field.required && !field.read_only && field.default.is_none();
    let of = |fields: Vec<&Field>| fields.into_iter().map(|f| (f.name.to_owned(), sample(f))).collect();
    let value = match (shape, kind) {
        (Shape::NewRecord, Some(kind)) => {
            let mut fields: Vec<&Field> = kind.fields.iter().filter(required).collect();
            if fields.is_empty() {
                fields.extend(kind.field(kind.title));
            }
            return of(fields);
        }
        (Shape::RecordChange, Some(kind)) => {
            let open = |f: &&Field| !f.read_only && matches!(f.ty, Type::Text(_) | Type::Enum(_) | Type::LongText(_));
            return of(kind.fields.iter().filter(open).take(1).collect());
        }
        (Shape::Fields(_, fields), _) => return of(fields.iter().filter(|f| f.required).collect()),
        (Shape::Named("BulkRequest"), _) => json!({"action": "delete", "ids": ["…", "…"]}),
        (Shape::Named("MergeRequest"), _) => json!({"from": ["…"]}),
        (Shape::Named("BatchRequest"), _) => {
            json!({"requests": [{"method": "GET", "path": "auth/me"}, {"method": "GET", "path": "tasks?limit=5"}]})
        }
        _ => json!({}),
    };
    value.as_object().cloned().unwrap_or_default()
}

fn sample(field: &Field) -> Value {
    match field.ty {
        Type::Email => json!("hannah@northgate.example"),
        Type::Phone => json!("+44 20 7946 0000"),
        Type::Url => json!("https://northgate.example"),
        Type::Int(least, _) => json!(least.max(1)),
        Type::Real(..) => json!(1.5),
        Type::Money { .. } => json!(125_000),
        Type::Currency => json!("GBP"),
        Type::Bool => json!(true),
        Type::Date => json!("2026-11-21"),
        Type::Time => json!("2026-11-21T09:30:00Z"),
        Type::Enum(choices) => json!(choices.first()),
        Type::KindName => json!("work-orders"),
        Type::Json(_) => json!([]),
        Type::Ref(_) | Type::RefAny { .. } => json!("…"),
        Type::Text(_) | Type::LongText(_) | Type::Option(_) => match field.name {
            "email" => json!("hannah@northgate.example"),
            "password" | "present" => json!("four plain words here"),
            _ => json!(field.label),
        },
    }
}

fn anchor(heading: &str) -> String {
    crate::kernel::kebab(heading)
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_shows_every_operation_and_needs_nothing_from_elsewhere() {
        let registry = Registry::new(crate::kinds::ALL);
        let html = document(&registry);
        for operation in operations(&registry) {
            assert!(html.contains(&format!("id=\"{}\"", operation.name())), "{} is missing", operation.name());
        }
        assert!(!html.contains("<script") && !html.contains("style=") && !html.contains("src=\""));
        assert!(!html.contains("href=\"http"), "a link leads elsewhere");
    }
}
