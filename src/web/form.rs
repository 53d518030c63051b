//! Bodies that are no records: checked against a list of fields, the same one that describes them
//! in the API's documentation.

use serde_json::{Map, Value};

use crate::kernel::{Error, FieldError, Result};
use crate::kind::{Field, Type};

use super::body::Incoming;

/// A body whose members are known and of the right types.
pub struct Form(Map<String, Value>);

impl Form {
    /// Reads a JSON body; every complaint is collected.
    pub fn read(fields: &'static [Field], body: &Incoming) -> Result<Self> {
        Self::check(fields, body.object()?)
    }

    /// Checks members that were read already.
    pub fn check(fields: &'static [Field], members: Map<String, Value>) -> Result<Self> {
        let mut errors = Vec::new();
        for (name, value) in &members {
            match fields.iter().find(|f| f.name == name) {
                None => errors.push(FieldError::at(name, "unknown_field", "There is no such field here.")),
                Some(_) if value.is_null() => {}
                Some(field) => errors.extend(complaint(field, value)),
            }
        }
        for field in fields.iter().filter(|f| f.required) {
            let empty = match members.get(field.name) {
                None | Some(Value::Null) => true,
                Some(value) => value.as_str().is_some_and(|s| s.trim().is_empty()),
            };
            if empty {
                errors.push(FieldError::at(field.name, "required", format!("{} is needed.", field.label)));
            }
        }
        if errors.is_empty() { Ok(Self(members)) } else { Err(Error::fields(errors)) }
    }

    /// A text as it was sent; empty when it was not.
    pub fn text(&self, name: &str) -> &str {
        self.given(name).unwrap_or_default()
    }

    /// A text that holds something.
    pub fn given(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str).filter(|s| !s.is_empty())
    }

    /// What was sent, `null` included: it empties what may be empty.
    pub fn sent(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    pub fn value(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|v| !v.is_null())
    }
}

fn complaint(field: &Field, value: &Value) -> Option<FieldError> {
    let wrong = |code, message: String| Some(FieldError::at(field.name, code, message));
    match field.ty {
        Type::Text(max) | Type::LongText(max) => match value.as_str() {
            None => wrong("type", format!("{} must be a text.", field.label)),
            Some(text) if text.chars().count() > max as usize => {
                wrong("too_long", format!("{} may have at most {max} characters.", field.label))
            }
            Some(_) => None,
        },
        Type::Email => match value.as_str() {
            Some(text)
                if text.len() <= 254 && text.split_once('@').is_some_and(|(a, b)| !a.is_empty() && !b.is_empty()) =>
            {
                None
            }
            _ => wrong("email", format!("{} must be an e-mail address.", field.label)),
        },
        Type::Bool if !value.is_boolean() => wrong("type", format!("{} must be true or false.", field.label)),
        Type::Int(least, most) if !value.as_i64().is_some_and(|n| (least..=most).contains(&n)) => {
            wrong("type", format!("{} must be a whole number from {least} to {most}.", field.label))
        }
        Type::Enum(choices) if !value.as_str().is_some_and(|s| choices.contains(&s)) => {
            wrong("choice", format!("{} must be one of: {}.", field.label, choices.join(", ")))
        }
        Type::Json(_) if !value.is_array() && !value.is_object() => {
            wrong("type", format!("{} must be a list or an object.", field.label))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const FIELDS: &[Field] = &[Field::new("email", "E-mail", Type::Email).required(), Field::text("tenant", "Tenant")];

    fn complaints(body: Value) -> Vec<String> {
        let Value::Object(members) = body else { panic!("an object") };
        match Form::check(FIELDS, members) {
            Ok(_) => Vec::new(),
            Err(error) => error
                .detail()
                .map(|d| d.fields.iter().map(|f| format!("{} {}", f.pointer, f.code)).collect())
                .unwrap_or_default(),
        }
    }

    #[test]
    fn every_complaint_names_its_place() {
        assert_eq!(complaints(json!({"email": "a@b.example"})), Vec::<String>::new());
        assert_eq!(complaints(json!({"email": 3, "colour": "red"})), ["/email email", "/colour unknown_field"]);
        assert_eq!(complaints(json!({"tenant": null})), ["/email required"]);
    }
}
