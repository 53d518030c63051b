//! Figures as people say them.

/// `148 MB`, `1.2 GB`.
pub fn megabytes(bytes: u64) -> String {
    let mb = bytes as f64 / 1e6;
    match mb {
        1000.0.. => format!("{} GB", one(mb / 1000.0)),
        10.0.. => format!("{mb:.0} MB"),
        _ => format!("{} MB", one(mb)),
    }
}

/// `0.4 ms`, `31 ms`, `1.4 s`, `3 minutes`, `11 hours`, `2 days`.
pub fn duration_ms(ms: f64) -> String {
    let many = |n: f64, unit: &str| format!("{n:.0} {unit}{}", if n.round() == 1.0 { "" } else { "s" });
    match ms {
        ..10.0 => format!("{} ms", one(ms)),
        ..1000.0 => format!("{ms:.0} ms"),
        ..10_000.0 => format!("{} s", one(ms / 1000.0)),
        ..60_000.0 => format!("{:.0} s", ms / 1000.0),
        ..3_600_000.0 => many(ms / 60_000.0, "minute"),
        ..172_800_000.0 => many(ms / 3_600_000.0, "hour"),
        _ => many(ms / 86_400_000.0, "day"),
    }
}

/// With one decimal, unless that is a zero.
pub fn one(n: f64) -> String {
    let text = format!("{n:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

/// `1,234,567`.
pub fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_said_as_people_say_them() {
        assert_eq!(
            [megabytes(2_460_000), megabytes(148_300_000), megabytes(54_000_000_000)],
            ["2.5 MB", "148 MB", "54 GB"]
        );
        let said = [0.42, 31.4, 1_400.0, 60_000.0, 3_600_000.0 * 11.0, 86_400_000.0 * 3.0].map(duration_ms);
        assert_eq!(said, ["0.4 ms", "31 ms", "1.4 s", "1 minute", "11 hours", "3 days"]);
        assert_eq!([count(0), count(999), count(1_000), count(1_234_567)], ["0", "999", "1,000", "1,234,567"]);
    }
}
