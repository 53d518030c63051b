//! The two thresholds of an alert, as in `80,85`: from the first on it warns, from the second on it
//! is critical. Where less is worse, the second is the smaller one.

/// Where an alert begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Levels {
    pub warn: f64,
    pub critical: f64,
}

impl Levels {
    pub fn parse(text: &str) -> Option<Self> {
        let (warn, critical) = text.split_once(',')?;
        let number = |text: &str| text.trim().parse::<f64>().ok().filter(|n| n.is_finite() && *n >= 0.0);
        Some(Self { warn: number(warn)?, critical: number(critical)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_numbers_and_nothing_else() {
        assert_eq!(Levels::parse("80, 85.5"), Some(Levels { warn: 80.0, critical: 85.5 }));
        for wrong in ["80", "80,", "a,b", "80,85,90", "80,inf", "-1,2"] {
            assert_eq!(Levels::parse(wrong), None, "{wrong}");
        }
    }
}
