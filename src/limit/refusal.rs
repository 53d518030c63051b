//! What somebody is told about a budget: the figures of every answer, and the words of a refusal.

use serde_json::json;

use crate::kernel::{Error, plural};

use super::budget::Budget;

/// How a request stands with its budget after it was counted.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    pub budget: Budget,
    /// Whole requests that are left in this window.
    pub remaining: u32,
    /// Until there are more again.
    pub reset_s: u32,
}

/// Why a request is not answered.
#[derive(Clone, Copy, Debug)]
pub struct Refusal {
    pub standing: Standing,
    /// How many violations count against this identity.
    pub level: u32,
    /// A penalty runs; otherwise the window has only to end.
    pub blocked: bool,
}

impl Standing {
    /// `"read";q=100;w=60`, by draft-ietf-httpapi-ratelimit-headers.
    pub fn policy(&self) -> String {
        let Budget { name, requests, window_s, burst } = self.budget;
        let burst = burst.map(|n| format!(", \"{name}-burst\";q={n};w=1")).unwrap_or_default();
        format!("\"{name}\";q={requests};w={window_s}{burst}")
    }

    /// `"read";r=99;t=60`.
    pub fn left(&self) -> String {
        format!("\"{}\";r={};t={}", self.budget.name, self.remaining, self.reset_s)
    }
}

impl Refusal {
    pub fn error(&self) -> Error {
        let wait = self.standing.reset_s;
        let text = in_words(wait);
        let message = match self.blocked {
            true => format!("Too many requests, again and again. Nothing more is answered for {text}; then try again."),
            false => format!("Too many requests in a short time. Wait {text}, then try again."),
        };
        too_many(wait, self.level, message)
    }
}

/// Too many, with the wait in seconds and in words and the level of the penalty as members.
pub(super) fn too_many(wait_s: u32, level: u32, message: String) -> Error {
    Error::too_many(wait_s, message)
        .with("retry_after", json!(wait_s))
        .with("wait", json!(in_words(wait_s)))
        .with("penalty_level", json!(level))
}

/// `45 seconds`, `5 minutes`, `1 hour`; rounded up, so that nobody comes too early.
pub(super) fn in_words(seconds: u32) -> String {
    match seconds {
        0..60 => plural(seconds.into(), "second", "seconds"),
        60..3_600 => plural(seconds.div_ceil(60).into(), "minute", "minutes"),
        _ => plural(seconds.div_ceil(3_600).into(), "hour", "hours"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Class, Tier};
    use super::*;

    #[test]
    fn the_wait_is_told_in_words() {
        for (seconds, words) in
            [(1, "1 second"), (59, "59 seconds"), (60, "1 minute"), (61, "2 minutes"), (3_600, "1 hour")]
        {
            assert_eq!(in_words(seconds), words);
        }
    }

    #[test]
    fn the_headers_follow_the_draft() {
        let budget = Class::Search.budget(true).sized(Tier::Basic, 1.0);
        let standing = Standing { budget, remaining: 7, reset_s: 31 };
        assert_eq!(standing.policy(), "\"search\";q=50;w=60, \"search-burst\";q=10;w=1");
        assert_eq!(standing.left(), "\"search\";r=7;t=31");
    }
}
