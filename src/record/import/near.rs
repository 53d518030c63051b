//! What may have been meant: words that are spelt almost alike.

use crate::kernel::fold;

/// A word as it is compared: without case, spaces, underscores, hyphens and dots.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The number of letters to put in, take out, replace or swap with their neighbour to make one
/// word of the other; `None` past `most`.
pub fn distance(a: &str, b: &str, most: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut before_last = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let other = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + other);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before_last[j - 2] + 1);
            }
        }
        if row.iter().all(|n| *n > most) {
            return None;
        }
        before_last = std::mem::replace(&mut last, row);
    }
    Some(last[b.len()]).filter(|n| *n <= most)
}

/// The names most like the text, best first, at most three.
pub fn candidates<'a>(text: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let wanted = squeezed(text);
    let most = match wanted.chars().count() {
        0..=2 => 0,
        3..=5 => 1,
        6..=11 => 2,
        _ => 3,
    };
    let mut found: Vec<(usize, &str)> =
        names.into_iter().filter_map(|name| distance(&wanted, &squeezed(name), most).map(|n| (n, name))).collect();
    found.sort_by_cached_key(|(n, name)| (*n, fold(name)));
    found.dedup_by(|a, b| a.1 == b.1);
    found.into_iter().take(3).map(|(_, name)| name.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_and_small_slips_are_seen_through() {
        let products = ["GTX Basic", "GTX Pro", "GTX Plus Pro", "MG Special"];
        assert_eq!(candidates("GTXPro", products), ["GTX Pro"]);
        assert_eq!(candidates("technolgy", ["technology", "retail"]), ["technology"]);
        assert_eq!(candidates("techonlogy", ["technology"]), ["technology"]);
        assert!(candidates("Zebra", products).is_empty());
    }

    #[test]
    fn short_words_are_never_guessed() {
        assert!(candidates("ab", ["ac"]).is_empty());
        assert_eq!(distance("abc", "abcdef", 2), None);
    }
}
