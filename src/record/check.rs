//! From the wire to stored values: one reading of each type for bodies, filters and files.

use serde_json::Value as Json;

use crate::db::Value;
use crate::kernel::{Date, Id, Moment, relative_day};
use crate::kind::{Tenant, Type};

/// Why a value was refused: a code for programs and a sentence for people.
pub type Refusal = (&'static str, String);

/// The largest whole number that every JSON reader keeps exact.
const MAX_EXACT: i64 = 9_007_199_254_740_991;

fn refuse<T>(code: &'static str, message: impl Into<String>) -> Result<T, Refusal> {
    Err((code, message.into()))
}

/// Reads a JSON member as a value of the type. `null` and, in a field of text, blank text are
/// [`Value::Null`].
pub fn from_json(ty: Type, json: &Json, tenant: &Tenant) -> Result<Value, Refusal> {
    match (ty, json) {
        (_, Json::Null) => Ok(Value::Null),
        (Type::Bool, Json::Bool(b)) => Ok(Value::from(*b)),
        (Type::Bool, _) => refuse("type", "Give true or false."),
        (Type::Int(..) | Type::Money { .. }, Json::Number(n)) => match n.as_i64() {
            Some(n) => whole(ty, n),
            None => refuse("type", "Give a whole number."),
        },
        (Type::Int(..) | Type::Money { .. }, _) => refuse("type", "Give a whole number."),
        (Type::Real(low, high), Json::Number(n)) => real(n.as_f64().unwrap_or(f64::NAN), low, high),
        (Type::Real(..), _) => refuse("type", "Give a number."),
        (Type::Json(max), Json::Array(_) | Json::Object(_)) => {
            let text = json.to_string();
            if text.len() > max as usize {
                return refuse("too_long", format!("Give at most {max} bytes."));
            }
            Ok(Value::from(text))
        }
        (Type::Json(_), _) => refuse("type", "Give a list or an object."),
        // Blank text is no day, no id and no choice; whoever means to empty the field says null.
        (ty, Json::String(s)) if s.trim().is_empty() && !is_free_text(ty) => {
            refuse("format", "This is blank. Give null to leave it empty.")
        }
        (_, Json::String(s)) => from_text(ty, s, tenant),
        _ => refuse("type", "Give text."),
    }
}

fn is_free_text(ty: Type) -> bool {
    matches!(ty, Type::Text(_) | Type::LongText(_) | Type::Phone | Type::Url)
}

/// Reads text, as it stands in a query or a file, as a value of the type. Blank is [`Value::Null`].
pub fn from_text(ty: Type, text: &str, tenant: &Tenant) -> Result<Value, Refusal> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Ok(Value::Null);
    }
    match ty {
        Type::Text(max) => line(trimmed, max),
        Type::LongText(max) => lines(text.trim_end(), max),
        Type::Email => email(trimmed),
        Type::Phone => match trimmed.chars().all(|c| c.is_ascii_digit() || " +()-./xX#*,;".contains(c)) {
            true => line(trimmed, 60),
            false => refuse("format", "Give a phone number: digits, spaces and + ( ) - only."),
        },
        Type::Url => url(trimmed),
        Type::Int(..) | Type::Money { .. } => match trimmed.parse::<i64>() {
            Ok(n) => whole(ty, n),
            Err(_) => refuse("type", "Give a whole number."),
        },
        Type::Real(low, high) => real(trimmed.parse().unwrap_or(f64::NAN), low, high),
        Type::Currency => match trimmed.len() == 3 && trimmed.bytes().all(|b| b.is_ascii_alphabetic()) {
            true => Ok(Value::from(trimmed.to_ascii_uppercase())),
            false => refuse("format", "Give a currency as three letters, such as EUR."),
        },
        Type::Bool => match trimmed {
            "true" | "1" => Ok(Value::from(true)),
            "false" | "0" => Ok(Value::from(false)),
            _ => refuse("type", "Give true or false."),
        },
        Type::Date => match Date::parse(trimmed).or_else(|| relative_day(trimmed, tenant.today())) {
            Some(date) => Ok(Value::from(date.to_string())),
            None => refuse("format", "Give a day as YYYY-MM-DD."),
        },
        Type::Time => match Moment::parse(trimmed).or_else(|| relative_moment(trimmed, tenant)) {
            Some(moment) => Ok(Value::from(moment)),
            None => refuse("format", "Give a moment as RFC 3339, such as 2026-11-21T09:30:00Z."),
        },
        Type::Enum(of) => match of.iter().find(|v| **v == trimmed) {
            Some(v) => Ok(Value::from(*v)),
            None => refuse("unknown_value", format!("Give one of: {}.", of.join(", "))),
        },
        Type::Option(list) => {
            if tenant.choices_of(list).any(|c| &*c.name == trimmed) {
                return Ok(Value::from(trimmed));
            }
            let names: Vec<&str> = tenant.choices_of(list).map(|c| &*c.name).collect();
            refuse("unknown_value", format!("Give one of: {}.", names.join(", ")))
        }
        Type::Ref(_) | Type::RefAny { .. } => match trimmed.parse::<Id>() {
            Ok(id) => Ok(Value::Id(id)),
            Err(()) => refuse("format", "Give the id of a record."),
        },
        Type::KindName => line(trimmed, 60),
        Type::Json(_) => refuse("type", "Give a list or an object."),
    }
}

/// A moment said relative to now: `now`, or the first moment of a day such as `today+30`, in the
/// tenant's own zone.
fn relative_moment(text: &str, tenant: &Tenant) -> Option<Moment> {
    if text == "now" {
        return Some(Moment::now());
    }
    Moment::local(relative_day(text, tenant.today())?, 0, &tenant.zone)
}

fn whole(ty: Type, n: i64) -> Result<Value, Refusal> {
    let (low, high) = if let Type::Int(low, high) = ty { (low, high) } else { (-MAX_EXACT, MAX_EXACT) };
    if n < low || n > high {
        return refuse("range", format!("Give a whole number from {low} to {high}."));
    }
    Ok(Value::Int(n))
}

fn real(x: f64, low: f64, high: f64) -> Result<Value, Refusal> {
    if !x.is_finite() {
        return refuse("type", "Give a number.");
    }
    if x < low || x > high {
        return refuse("range", format!("Give a number from {low} to {high}."));
    }
    Ok(Value::Real(x))
}

fn line(text: &str, max: u32) -> Result<Value, Refusal> {
    if text.chars().any(char::is_control) {
        return refuse("format", "Give one line without control characters.");
    }
    measured(text, max)
}

fn lines(text: &str, max: u32) -> Result<Value, Refusal> {
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return refuse("format", "Give text without control characters.");
    }
    measured(text, max)
}

fn measured(text: &str, max: u32) -> Result<Value, Refusal> {
    // Bytes are at least characters: short text needs no counting.
    if text.len() > max as usize && text.chars().count() > max as usize {
        return refuse("too_long", format!("Give at most {max} characters."));
    }
    Ok(Value::from(text))
}

fn email(text: &str) -> Result<Value, Refusal> {
    let plain = match text.split_once('@') {
        Some((name, domain)) => {
            !name.is_empty()
                && domain.contains('.')
                && !domain.starts_with('.')
                && !domain.ends_with('.')
                && !domain.contains('@')
        }
        None => false,
    };
    if !plain
        || text.len() > 254
        || text.chars().any(|c| c.is_whitespace() || c.is_control() || "<>()\"',;".contains(c))
    {
        return refuse("format", "Give an e-mail address, such as name@example.com.");
    }
    Ok(Value::from(text.to_lowercase()))
}

fn url(text: &str) -> Result<Value, Refusal> {
    // A link is shown as one, so only web addresses may pass: `javascript:` is code.
    let scheme_ok = match text.split_once(':') {
        Some((scheme, _)) if scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-".contains(&b)) => {
            matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https")
        }
        _ => true,
    };
    if !scheme_ok || text.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"".contains(c)) {
        return refuse("format", "Give a web address, such as https://example.com.");
    }
    measured(text, 500)
}
