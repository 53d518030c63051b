//! The three sizes of budget (N09), and who gets which unless the tenant says otherwise (C18).

/// How much somebody may ask of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    Basic,
    Premium,
    Admin,
}

impl Tier {
    pub fn parse(s: &str) -> Option<Self> {
        Some(match s {
            "basic" => Self::Basic,
            "premium" => Self::Premium,
            "admin" => Self::Admin,
            _ => return None,
        })
    }

    pub fn as_str(self) -> &'static str {
        ["basic", "premium", "admin"][self as usize]
    }

    /// So many times the basic budget.
    pub fn factor(self) -> u32 {
        [1, 3, 10][self as usize]
    }
}
