//! The table of budgets: what is counted, and how much of it in which time (N01 to N08).

use super::Tier;

/// What a request is counted as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    Search,
    Read,
    Write,
    Delete,
    /// Whatever somebody asks who is not signed in, searches excepted.
    Public,
    /// Tokens that open nothing: each costs a look into the database.
    BadToken,
    /// Failed sign-ins.
    SignIn,
}

/// So many requests in a window, for one identity of the basic tier.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// Its name in the headers.
    pub name: &'static str,
    pub requests: u32,
    pub window_s: u32,
    /// So many of them at once, which is within a second; no bound of its own where there is none.
    pub burst: Option<u32>,
}

impl Class {
    pub const ALL: [Self; 7] =
        [Self::Search, Self::Read, Self::Write, Self::Delete, Self::Public, Self::BadToken, Self::SignIn];

    pub fn budget(self, signed_in: bool) -> Budget {
        let a_minute = |name, requests, burst| Budget { name, requests, window_s: 60, burst };
        match self {
            Self::Search if signed_in => a_minute("search", 50, Some(10)),
            Self::Search => a_minute("search", 15, Some(3)),
            Self::Read => a_minute("read", 100, None),
            Self::Write => a_minute("write", 20, None),
            Self::Delete => a_minute("delete", 5, None),
            Self::Public => a_minute("public", 15, None),
            Self::BadToken => a_minute("bad-token", 100, None),
            Self::SignIn => Budget { name: "sign-in", requests: 5, window_s: 3_600, burst: None },
        }
    }
}

impl Budget {
    /// This budget for a tier, on a server whose budgets are multiplied by `scale`.
    pub fn sized(self, tier: Tier, scale: f64) -> Self {
        // `as` saturates: a scale of nearly nothing still leaves one request, an absurd one is no limit.
        let sized = |n: u32| (f64::from(n) * f64::from(tier.factor()) * scale).round().max(1.0) as u32;
        Self { requests: sized(self.requests), burst: self.burst.map(sized), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_follows_tier_and_scale() {
        let requests = |class: Class, tier, scale| class.budget(true).sized(tier, scale).requests;
        assert_eq!(requests(Class::Read, Tier::Basic, 1.0), 100);
        assert_eq!(requests(Class::Delete, Tier::Premium, 1.0), 15);
        assert_eq!(requests(Class::Write, Tier::Admin, 0.5), 100);
        assert_eq!(requests(Class::SignIn, Tier::Premium, 1.0), 15);
        assert_eq!(requests(Class::Delete, Tier::Basic, 0.0), 1);
        assert_eq!(requests(Class::Read, Tier::Admin, 1e12), u32::MAX);
        let search = |signed_in| Class::Search.budget(signed_in).sized(Tier::Premium, 2.0);
        assert_eq!((search(true).requests, search(true).burst), (300, Some(60)));
        assert_eq!((search(false).requests, search(false).burst), (90, Some(18)));
    }
}
