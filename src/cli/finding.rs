//! What `larder doctor` finds.

/// One thing that was looked at.
pub struct Finding {
    pub level: Level,
    /// What was looked at: `disk`.
    pub what: &'static str,
    /// What was found, and where it is not well, what to do.
    pub message: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Well,
    Warning,
    Failure,
}

impl Finding {
    pub fn well(what: &'static str, message: impl Into<String>) -> Self {
        Self { level: Level::Well, what, message: message.into() }
    }
    pub fn warning(what: &'static str, message: impl Into<String>) -> Self {
        Self { level: Level::Warning, what, message: message.into() }
    }
    pub fn failure(what: &'static str, message: impl Into<String>) -> Self {
        Self { level: Level::Failure, what, message: message.into() }
    }
}
