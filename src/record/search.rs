//! Search by words (stemmed) and by parts of words (trigrams), over the fields that the viewer may
//! see and nothing else.

use crate::kernel::Result;
use crate::kind::{Access, FieldRight, Registry};

use super::scope::field_right;
use super::sql::Sql;

const MAX_TERMS: usize = 8;
/// Trigrams need three characters; shorter terms are looked up as the beginning of a word.
const SHORTEST_PART: usize = 3;

/// Appends ` AND …` so that only rows remain in which every term of `q` is found.
pub fn narrow_to_matches(sql: &mut Sql, registry: &Registry, access: &Access, position: usize, q: &str) -> Result<()> {
    let kind = registry.at(position);
    let visible = |by_part: bool| -> Vec<&str> {
        kind.fields
            .iter()
            .enumerate()
            .filter(|(i, f)| {
                let open = matches!(field_right(access, position, *i), FieldRight::Full | FieldRight::ReadOnly);
                open && !f.protected && if by_part { f.by_part } else { f.searched }
            })
            .map(|(_, f)| f.name)
            .collect()
    };
    let (words, parts) = (visible(false), visible(true));
    if words.is_empty() {
        sql.push(" AND 0");
        return Ok(());
    }
    for term in q.split_whitespace().take(MAX_TERMS) {
        // Only letters and digits make tokens: a term of punctuation alone would match nothing.
        if !term.chars().any(char::is_alphanumeric) {
            continue;
        }
        let quoted = term.replace('"', "\"\"");
        sql.push(&format!(" AND a.seq IN (SELECT rowid FROM {0}_words WHERE {0}_words MATCH ", kind.table));
        sql.bind(format!("tenant : t{} AND {{{}}} : \"{quoted}\"*", access.tenant.key, words.join(" ")));
        if !parts.is_empty() && term.chars().count() >= SHORTEST_PART {
            sql.push(&format!(" UNION SELECT rowid FROM {0}_grams WHERE {0}_grams MATCH ", kind.table));
            sql.bind(format!("{{{}}} : \"{quoted}\"", parts.join(" ")));
        }
        sql.push(")");
    }
    Ok(())
}
