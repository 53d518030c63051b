//! What a stream says: one step of some work, and the same as a message with its place in the stream.

use serde_json::{Value as Json, json};

use crate::kernel::{Id, Moment, shorten};

/// The longest text of a message; a stream is for telling how far something is, not for its result.
const MOST_TEXT: usize = 500;
const MOST_STAGE: usize = 60;

/// What is about to be told.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// A word for programs: `counting`, `writing`.
    pub stage: String,
    /// 0 to 100.
    pub percentage: f64,
    /// A sentence for people.
    pub message: String,
}

impl Step {
    pub fn new(stage: &str, percentage: f64, message: impl AsRef<str>) -> Self {
        let percentage = if percentage.is_finite() { percentage.clamp(0.0, 100.0) } else { 0.0 };
        Self { stage: shorten(stage, MOST_STAGE), percentage, message: shorten(message.as_ref(), MOST_TEXT) }
    }
}

/// What was told, and when.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// Its place: 1, 2, 3 and so on, without a gap.
    pub sequence: i64,
    pub at: Moment,
    pub step: Step,
}

impl Message {
    /// As the API shows it (N22). `last` says that nothing comes after it.
    pub fn wire(&self, stream: Id, user: Option<Id>, last: bool) -> Json {
        json!({
            "sequence": self.sequence,
            "stream_id": stream.to_string(),
            "user_id": user.map(|id| id.to_string()),
            "stage": self.step.stage,
            "percentage": self.step.percentage,
            "message": self.step.message,
            "timestamp": self.at.to_string(),
            "last": last,
        })
    }
}
