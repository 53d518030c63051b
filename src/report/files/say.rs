//! Values as people read them in a file.

use serde_json::Value as Json;

/// A number with its thousands set apart, and so many digits behind the point.
pub fn number(value: f64, digits: usize) -> String {
    let plain = format!("{:.digits$}", value.abs());
    let (whole, rest) = plain.split_once('.').map_or((plain.as_str(), ""), |(whole, rest)| (whole, rest));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    let zero = plain.chars().all(|c| matches!(c, '0' | '.'));
    let sign = if value < 0.0 && !zero { "−" } else { "" };
    let point = if rest.is_empty() { "" } else { "." };
    format!("{sign}{out}{point}{rest}")
}

/// A figure or a cell in its unit, for people.
pub fn in_unit(value: &Json, unit: &str) -> String {
    let Some(x) = value.as_f64() else { return "–".to_owned() };
    match unit {
        "count" | "score" => number(x, usize::from(x.fract() != 0.0)),
        "percent" => format!("{} %", number(x, 1)),
        "hours" => format!("{} h", number(x, 1)),
        "days" => format!("{} d", number(x, 0)),
        // Nobody counts the pennies of a large sum.
        currency => format!("{} {currency}", number(x / 100.0, if x.abs() < 1_000_000.0 { 2 } else { 0 })),
    }
}

/// A cell for people: money carries no currency, since that has a column of its own.
pub fn cell(value: &Json, holds: &str) -> String {
    match (value, holds) {
        (Json::Null, _) => String::new(),
        (Json::String(text), _) => text.clone(),
        (Json::Object(record), _) => record.get("title").and_then(Json::as_str).unwrap_or_default().to_owned(),
        (value, "money") => value.as_f64().map_or(String::new(), |x| number(x / 100.0, 2)),
        (value, "percent") => value.as_f64().map_or(String::new(), |x| format!("{} %", number(x, 1))),
        (value, "hours") => value.as_f64().map_or(String::new(), |x| number(x, 1)),
        (value, _) => value.as_f64().map_or(String::new(), |x| number(x, usize::from(x.fract() != 0.0))),
    }
}

/// A cell for programs: numbers without thousands, money in major units.
pub fn plain(value: &Json, holds: &str) -> String {
    match (value, holds) {
        (Json::Number(n), "money") => {
            let minor = n.as_i64().unwrap_or_default();
            let sign = if minor < 0 { "-" } else { "" };
            format!("{sign}{}.{:02}", minor.unsigned_abs() / 100, minor.unsigned_abs() % 100)
        }
        (Json::Number(n), _) => n.to_string(),
        _ => cell(value, holds),
    }
}

/// Is a column of numbers, which stand under one another?
pub fn is_number(holds: &str) -> bool {
    matches!(holds, "count" | "money" | "percent" | "hours" | "days" | "score")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_are_set_apart_by_thousands() {
        assert_eq!(number(1_234_567.0, 0), "1,234,567");
        assert_eq!(number(-1234.5, 2), "−1,234.50");
        assert_eq!(number(-0.001, 2), "0.00");
        assert_eq!(in_unit(&json!(123_456), "EUR"), "1,234.56 EUR");
        assert_eq!(in_unit(&json!(45.25), "percent"), "45.2 %");
        assert_eq!(in_unit(&json!(null), "count"), "–");
    }

    #[test]
    fn programs_get_plain_numbers() {
        assert_eq!(plain(&json!(-5), "money"), "-0.05");
        assert_eq!(plain(&json!(1_000_000), "count"), "1000000");
        assert_eq!(plain(&json!({"id": "x", "title": "Lift A"}), "record"), "Lift A");
    }
}
