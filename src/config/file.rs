//! The config file: `name = value`, one to a line; `#` begins a comment line; quotes are optional.

use std::path::Path;

use crate::kernel::{Error, Result};

/// Reads a file that must be there.
pub fn read(path: &Path) -> Result<Vec<(String, String)>> {
    let text = std::fs::read_to_string(path)
        .map_err(|e| Error::invalid("setting", format!("{} cannot be read: {e}.", path.display())))?;
    parse(&text)
        .map_err(|line| Error::invalid("setting", format!("Line {line} of {} is not `name = value`.", path.display())))
}

/// Reads a file that may be missing.
pub fn read_if_there(path: &Path) -> Result<Vec<(String, String)>> {
    if path.exists() { read(path) } else { Ok(Vec::new()) }
}

/// The entries in order, or the number of the first line that is none.
fn parse(text: &str) -> Result<Vec<(String, String)>, usize> {
    let mut entries = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (name, value) = line.split_once('=').ok_or(at + 1)?;
        let value = value.trim();
        let bare = value.strip_prefix('"').and_then(|v| v.strip_suffix('"')).unwrap_or(value);
        entries.push((name.trim().to_owned(), bare.to_owned()));
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_says_nothing_is_named_by_its_number() {
        assert_eq!(parse("a = 1\n\nb\n"), Err(3));
        assert_eq!(parse("# a\n a.b = \"x = y\"\n"), Ok(vec![("a.b".to_owned(), "x = y".to_owned())]));
    }
}
