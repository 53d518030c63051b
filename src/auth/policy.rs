//! Which passwords are taken: 8 to 128 characters, and none that a guesser tries first.
//!
//! No rules on capitals and digits: they make people write passwords down, not choose better ones.

use crate::kernel::{Error, Result, fold};

const SHORTEST: usize = 8;
const LONGEST: usize = 128;

/// Sorted, lower case, one to a line, none under eight characters.
const COMMON: &str = include_str!("common-passwords.txt");

/// Checks a new password, given in the body's member `field`. `related` are words that a guesser
/// knows: the e-mail address, the person's and the tenant's name.
///
/// # Errors
/// One field error that says what to choose instead.
pub fn check_password(field: &str, password: &str, related: &[&str]) -> Result<()> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(Error::field(field, "too_short", format!("Use at least {SHORTEST} characters.")));
    }
    if length > LONGEST {
        return Err(Error::field(field, "too_long", format!("Use at most {LONGEST} characters.")));
    }
    let folded = fold(password);
    if is_common(&folded) || is_one_pattern(&folded) {
        return Err(Error::field(field, "too_common", "Many people use this one. Try a few words in a row."));
    }
    if related.iter().any(|word| is_about(&folded, &fold(word))) {
        return Err(Error::field(field, "too_close", "Use something other than a name or an e-mail address."));
    }
    Ok(())
}

fn is_common(folded: &str) -> bool {
    COMMON.lines().any(|line| line == folded)
}

/// One character again and again, or each the next of the one before: `aaaaaaaa`, `34567890`.
fn is_one_pattern(folded: &str) -> bool {
    let steps = |step: i32| {
        let codes: Vec<i32> = folded.chars().map(|c| c as i32).collect();
        codes.windows(2).all(|pair| pair[1] - pair[0] == step)
    };
    steps(0) || steps(1) || steps(-1)
}

fn is_about(folded: &str, word: &str) -> bool {
    let local = word.split('@').next().unwrap_or_default();
    !word.is_empty() && (folded == word || folded == local)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(password: &str) -> &'static str {
        match check_password("password", password, &["dana.long@example.com", "Northwind Lifts"]) {
            Ok(()) => "fine",
            Err(Error::Invalid(detail)) => detail.fields[0].code,
            Err(_) => "other",
        }
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert_eq!(code("seven77"), "too_short");
        assert_eq!(code("ünïcödéß"), "fine");
        assert_eq!(code(&"ab ".repeat(42)), "fine");
        assert_eq!(code(&"abc".repeat(43)), "too_long");
    }

    #[test]
    fn what_everybody_uses_is_refused() {
        for password in ["password123", "PASSWORD123", "qwertyuiop", "bbbbbbbbbb", "stuvwxyz", "76543210"] {
            assert_eq!(code(password), "too_common", "{password}");
        }
        assert_eq!(code("a lift in every shaft"), "fine");
    }

    #[test]
    fn a_name_or_an_address_is_refused() {
        for password in ["Dana.Long@example.com", "dana.long", "northwind  LIFTS"] {
            assert_eq!(code(password), "too_close", "{password}");
        }
    }

    #[test]
    fn the_list_holds_nothing_that_the_length_refuses_anyway() {
        assert!(COMMON.lines().count() > 300);
        assert!(COMMON.lines().all(|line| line.chars().count() >= SHORTEST && fold(line) == line));
    }
}
