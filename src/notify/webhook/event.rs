//! What a webhook may follow, and one message about it.

use serde_json::{Value as Json, json};

use crate::db::Value;
use crate::kernel::{Id, Moment};

/// Something that happens, by the name under which programs know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    AlertFired,
    AlertWorsened,
    AlertRecovered,
    /// The portal's watch found something, and it is over.
    PortalAlertFired,
    PortalAlertRecovered,
    /// Asked for by whoever set the webhook up; nobody need choose it.
    Test,
}

impl Event {
    /// Those that can be chosen, in the order in which they are shown.
    pub const CHOICES: [Self; 5] = [
        Self::AlertFired,
        Self::AlertWorsened,
        Self::AlertRecovered,
        Self::PortalAlertFired,
        Self::PortalAlertRecovered,
    ];

    pub fn as_str(self) -> &'static str {
        ["alert.fired", "alert.worsened", "alert.recovered", "portal.alert.fired", "portal.alert.recovered", "test"]
            [self as usize]
    }

    pub fn choice(name: &str) -> Option<Self> {
        Self::CHOICES.into_iter().find(|event| event.as_str() == name)
    }

    /// About the server and not about a tenant: only who runs it may have it sent.
    pub fn is_of_the_server(self) -> bool {
        matches!(self, Self::AlertFired | Self::AlertWorsened | Self::AlertRecovered)
    }
}

/// What is told of one event.
#[derive(Clone, Debug)]
pub struct Message {
    /// The same for every webhook and on every attempt.
    pub id: Id,
    pub event: Event,
    /// What it is about: no webhook is told of the same event about it twice.
    pub about: Id,
    pub at: Moment,
    /// One or two sentences for people.
    pub text: String,
    /// For programs.
    pub data: Json,
}

impl Message {
    /// The first six parameters of whatever writes it down. Programs are told the same bytes on every attempt.
    pub(super) fn row(&self) -> Vec<Value> {
        let event = self.event.as_str();
        let body = json!({"type": event, "timestamp": self.at.to_string(), "data": self.data});
        vec![
            self.id.into(),
            event.into(),
            self.about.into(),
            self.at.into(),
            self.text.as_str().into(),
            body.to_string().into(),
        ]
    }

    /// What a person sends to see whether it arrives.
    pub fn test(tenant: &str, by: Option<&str>, now: Moment) -> Self {
        let id = Id::new();
        let sender = by.map_or_else(String::new, |name| format!(" {name} sent it."));
        let text = format!("This is a test from Larder for {tenant}.{sender}");
        let data = json!({"message": text, "tenant": tenant});
        Self { id, event: Event::Test, about: id, at: now, text, data }
    }
}
