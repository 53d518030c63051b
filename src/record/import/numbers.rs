//! Numbers in the ways that files write them: thousands apart, a decimal comma, a currency sign.

use serde::{Deserialize, Serialize};

/// What separates the decimals of a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Decimal {
    #[default]
    Point,
    Comma,
}

/// A number in digits, so that money loses nothing on the way through binary fractions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    negative: bool,
    whole: String,
    fraction: String,
}

impl Number {
    pub fn read(text: &str, decimal: Decimal) -> Option<Self> {
        let (negative, bare) = bare(text)?;
        let (point, group) = match decimal {
            Decimal::Point => ('.', ','),
            Decimal::Comma => (',', '.'),
        };
        let (whole, fraction) = bare.split_once(point).unwrap_or((&bare, ""));
        let mut groups = whole.split(group);
        let first = groups.next()?;
        let mut digits = first.to_owned();
        let mut grouped = false;
        for part in groups {
            if part.len() != 3 {
                return None;
            }
            grouped = true;
            digits.push_str(part);
        }
        let plain = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        let sound = plain(&digits)
            && plain(fraction)
            && digits.len() + fraction.len() > 0
            && digits.len() <= 30
            && (!grouped || (1..=3).contains(&first.len()));
        sound.then(|| Self { negative, whole: digits, fraction: fraction.to_owned() })
    }

    /// The whole number, when it is one: `12` and `12.00`.
    pub fn whole(&self) -> Option<i64> {
        if self.fraction.bytes().any(|b| b != b'0') {
            return None;
        }
        self.scaled(0)
    }

    /// Hundredths, rounded half away from zero.
    pub fn hundredths(&self) -> Option<i64> {
        self.scaled(2)
    }

    fn scaled(&self, places: usize) -> Option<i64> {
        let digit = |i: usize| self.fraction.as_bytes().get(i).map_or(0, |b| i64::from(b - b'0'));
        let mut n: i64 = if self.whole.is_empty() { 0 } else { self.whole.parse().ok()? };
        for i in 0..places {
            n = n.checked_mul(10)?.checked_add(digit(i))?;
        }
        if digit(places) >= 5 {
            n = n.checked_add(1)?;
        }
        Some(if self.negative { -n } else { n })
    }

    pub fn real(&self) -> Option<f64> {
        let sign = if self.negative { "-" } else { "" };
        format!("{sign}0{}.{}0", self.whole, self.fraction).parse().ok().filter(|x: &f64| x.is_finite())
    }
}

/// A plain real number such as most files hold, without a copy: digits, one point, a sign.
pub fn plain_real(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain =
        digits.bytes().all(|b| b.is_ascii_digit() || b == b'.') && digits.starts_with(|c: char| c.is_ascii_digit());
    if plain { text.parse().ok() } else { exponent(text) }
}

/// `1.5E+06`, as spreadsheets write large numbers.
fn exponent(text: &str) -> Option<f64> {
    let plain = text.starts_with(|c: char| c.is_ascii_digit() || c == '-')
        && text.bytes().all(|b| b.is_ascii_digit() || b".+-eE".contains(&b))
        && text.contains(['e', 'E']);
    if plain { text.parse().ok().filter(|x: &f64| x.is_finite()) } else { None }
}

/// The number without sign, currency, per cent and spaces; true when it is negative.
fn bare(text: &str) -> Option<(bool, String)> {
    let mut rest = text.trim();
    let mut negative = false;
    if let Some(inner) = rest.strip_prefix('(').and_then(|r| r.strip_suffix(')')) {
        // Accountants write what is owed in brackets.
        (negative, rest) = (true, inner);
    }
    let mut out = String::with_capacity(rest.len());
    let mut letters = 0;
    for c in rest.chars() {
        match c {
            '0'..='9' | '.' | ',' => out.push(c),
            '-' | '−' => {
                if negative {
                    return None;
                }
                negative = true;
            }
            '+' | '$' | '€' | '£' | '¥' | '%' | '\'' | '’' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' => {}
            c if c.is_ascii_uppercase() => letters += 1,
            _ => return None,
        }
    }
    // Letters may only be one currency code, and a sign may only stand at an end.
    let inner_sign =
        rest.trim_matches(|c: char| !c.is_ascii_digit()).contains(['-', '−', '+', '$', '€', '£', '¥', '%']);
    (matches!(letters, 0 | 3) && !inner_sign && out.len() <= 40).then_some((negative, out))
}

/// What one number says about the decimal sign of its column, if anything: two different signs, or
/// one that is followed by other than three digits.
pub fn evidence(text: &str) -> Option<Decimal> {
    let (_, bare) = bare(text)?;
    let (point, comma) = (bare.rfind('.'), bare.rfind(','));
    let digits_after = |at: usize| bare.len() - at - 1;
    match (point, comma) {
        (Some(p), Some(c)) => Some(if p > c { Decimal::Point } else { Decimal::Comma }),
        (Some(p), None) => match bare.matches('.').count() {
            1 if digits_after(p) != 3 => Some(Decimal::Point),
            1 => None,
            _ => Some(Decimal::Comma),
        },
        (None, Some(c)) => match bare.matches(',').count() {
            1 if digits_after(c) != 3 => Some(Decimal::Comma),
            1 => None,
            _ => Some(Decimal::Point),
        },
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cents(text: &str, decimal: Decimal) -> Option<i64> {
        Number::read(text, decimal).and_then(|n| n.hundredths())
    }

    #[test]
    fn money_is_read_exactly() {
        for (text, n) in [
            ("1054", 105_400),
            ("1,234.56", 123_456),
            ("$4,821", 482_100),
            ("-0.5", -50),
            ("(12.30)", -1230),
            ("USD 7", 700),
            ("0.005", 1),
            ("1 234.5", 123_450),
            ("1'000", 100_000),
            (".5", 50),
            ("90071992547409.91", 9_007_199_254_740_991),
        ] {
            assert_eq!(cents(text, Decimal::Point), Some(n), "{text}");
        }
        assert_eq!(cents("1.234,56 €", Decimal::Comma), Some(123_456));
        assert_eq!(cents("12,5", Decimal::Comma), Some(1250));
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in ["", "-", "1,23,4", "12-3", "1.2.3", "abc", "12 US", "--5", "1,2345", ",", "9999999999999999999999"]
        {
            assert_eq!(cents(text, Decimal::Point), None, "{text}");
        }
        assert_eq!(Number::read("2.5", Decimal::Point).and_then(|n| n.whole()), None);
        assert_eq!(Number::read("2.00", Decimal::Point).and_then(|n| n.whole()), Some(2));
        assert_eq!(plain_real("inf"), None);
        assert_eq!(plain_real("-73.95"), Some(-73.95));
        assert_eq!(plain_real("1.5E+06"), Some(1_500_000.0));
    }

    #[test]
    fn a_column_tells_its_decimal_sign() {
        assert_eq!(evidence("1.234,5"), Some(Decimal::Comma));
        assert_eq!(evidence("12,50"), Some(Decimal::Comma));
        assert_eq!(evidence("1,234,567"), Some(Decimal::Point));
        assert_eq!(evidence("40.76445"), Some(Decimal::Point));
        assert_eq!(evidence("1,234"), None);
        assert_eq!(evidence("12"), None);
    }
}
