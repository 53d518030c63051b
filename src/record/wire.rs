//! From stored values to JSON bytes.

use rusqlite::types::ValueRef;

use crate::db::Value;
use crate::kernel::{Id, Moment};
use crate::kind::Type;

/// How a column is written as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wire {
    /// As its storage class says: numbers, text, ids.
    Plain,
    Bool,
    Moment,
    /// Already JSON.
    Json,
}

impl Wire {
    pub fn of(ty: Type) -> Self {
        match ty {
            Type::Bool => Self::Bool,
            Type::Time => Self::Moment,
            Type::Json(_) => Self::Json,
            _ => Self::Plain,
        }
    }
}

/// Appends a column of a row.
pub fn write_column(out: &mut Vec<u8>, value: ValueRef<'_>, wire: Wire) {
    match (value, wire) {
        (ValueRef::Null, _) => out.extend_from_slice(b"null"),
        (ValueRef::Integer(n), Wire::Bool) => out.extend_from_slice(if n == 0 { b"false" } else { b"true" }),
        (ValueRef::Integer(n), Wire::Moment) => {
            out.push(b'"');
            Moment(n).write(out);
            out.push(b'"');
        }
        (ValueRef::Integer(n), _) => write_int(out, n),
        (ValueRef::Real(x), _) => write_real(out, x),
        (ValueRef::Text(t), Wire::Json) => out.extend_from_slice(t),
        (ValueRef::Text(t), _) => write_text(out, &String::from_utf8_lossy(t)),
        (ValueRef::Blob(b), _) => match Id::from_slice(b) {
            Some(id) => write_id(out, &id),
            None => out.extend_from_slice(b"null"),
        },
    }
}

/// Appends a value in the form that its type has on the wire.
pub fn write_value(out: &mut Vec<u8>, value: &Value, ty: Type) {
    match (value, Wire::of(ty)) {
        (Value::Null | Value::Blob(_), _) => out.extend_from_slice(b"null"),
        (Value::Int(n), Wire::Bool) => out.extend_from_slice(if *n == 0 { b"false" } else { b"true" }),
        (Value::Int(n), Wire::Moment) => {
            out.push(b'"');
            Moment(*n).write(out);
            out.push(b'"');
        }
        (Value::Int(n), _) => write_int(out, *n),
        (Value::Real(x), _) => write_real(out, *x),
        (Value::Text(t), Wire::Json) => out.extend_from_slice(t.as_bytes()),
        (Value::Text(t), _) => write_text(out, t),
        (Value::Id(id), _) => write_id(out, id),
    }
}

fn write_id(out: &mut Vec<u8>, id: &Id) {
    out.push(b'"');
    id.write(out);
    out.push(b'"');
}

fn write_int(out: &mut Vec<u8>, n: i64) {
    let mut digits = [0u8; 20];
    let mut at = digits.len();
    let mut rest = n.unsigned_abs();
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if n < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(&digits[at..]);
}

fn write_real(out: &mut Vec<u8>, x: f64) {
    // JSON knows no infinity; nothing stores one, but a division in a query could make it.
    match serde_json::Number::from_f64(x) {
        Some(n) => out.extend_from_slice(n.to_string().as_bytes()),
        None => out.extend_from_slice(b"null"),
    }
}

/// Appends a JSON string. Most text needs no escape, so it is copied whole.
pub fn write_text(out: &mut Vec<u8>, text: &str) {
    if text.bytes().all(|b| b >= 0x20 && b != b'"' && b != b'\\') {
        out.push(b'"');
        out.extend_from_slice(text.as_bytes());
        out.push(b'"');
    } else if let Ok(escaped) = serde_json::to_string(text) {
        out.extend_from_slice(escaped.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_text_are_valid_json() {
        for n in [0, 7, -1, i64::MAX, i64::MIN] {
            let mut out = Vec::new();
            write_int(&mut out, n);
            assert_eq!(out, n.to_string().into_bytes());
        }
        for text in ["plain", "a \"quote\"", "line\nbreak", "tab\t\\", "é 漢 🚪", "\u{1}"] {
            let mut out = Vec::new();
            write_text(&mut out, text);
            assert_eq!(serde_json::from_slice::<String>(&out).ok().as_deref(), Some(text));
        }
    }
}
