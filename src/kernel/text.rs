//! Small deeds on text.

/// Lower case without the spaces around and with runs of white space made one: the form in which
/// names are compared.
pub fn fold(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    for word in s.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().flat_map(char::to_lowercase));
    }
    out
}

/// A name as a URL part: `Acme & Sons Ltd.` is `acme-sons-ltd`.
pub fn kebab(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    for c in s.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}

/// At most `max` characters, with an ellipsis where something was left out.
pub fn shorten(s: &str, max: usize) -> String {
    match s.char_indices().nth(max) {
        None => s.to_owned(),
        Some(_) => s.chars().take(max.saturating_sub(1)).chain(['…']).collect(),
    }
}

/// A word of programs as people write it: `in_progress` is `In progress`.
pub fn spelled(name: &str) -> String {
    let mut letters = name.chars().map(|c| if matches!(c, '_' | '-') { ' ' } else { c });
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Percent-encodes a name or a value for a query string.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b',' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// `1 row`, `2 rows`.
pub fn plural(n: u64, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_case_and_extra_space() {
        assert_eq!(fold("  GTX \t Pro "), "gtx pro");
        assert_eq!(fold("ÉCOLE"), "école");
    }

    #[test]
    fn slugs_are_plain() {
        assert_eq!(kebab("Acme & Sons Ltd."), "acme-sons-ltd");
        assert_eq!(kebab("--"), "");
    }

    #[test]
    fn shortening_counts_characters_not_bytes() {
        assert_eq!(shorten("ééééé", 3), "éé…");
        assert_eq!(shorten("abc", 3), "abc");
    }
}
