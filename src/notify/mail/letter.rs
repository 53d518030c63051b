//! What a letter says: plain text, one sentence, and a link.

use lettre::Message;
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use serde_json::Value as Json;

use crate::kernel::shorten;

/// A letter to one person.
#[derive(Debug, PartialEq)]
pub struct Letter {
    pub to: String,
    pub subject: String,
    pub text: String,
}

impl Letter {
    /// The letter about a notification, as its reader is told of it in the app.
    pub fn about(told: &Json, to: &str, tenant: &str, public_url: Option<&str>) -> Self {
        let subject = sentence(told);
        let mut text = format!("{subject}.\n");
        let record = &told["record"];
        if let (Some(url), Some(kind), Some(id)) = (public_url, record["kind"].as_str(), record["id"].as_str()) {
            let path = match kind {
                "imports" => format!("import?id={id}"),
                "webhooks" => format!("settings/webhooks/{id}"),
                "chores" => "settings/chores".to_owned(),
                _ => format!("{kind}/{id}"),
            };
            text.push_str(&format!("\n{url}/{path}\n"));
        }
        text.push_str(&format!(
            "\n--\n{tenant}\nYou are told by e-mail because you asked for it. Choose under Notifications what you want to be told.\n"
        ));
        Self { to: to.to_owned(), subject, text }
    }

    /// The letter as it goes over the wire; nothing where its address cannot be read.
    pub fn message(&self, from: &Mailbox) -> Option<Message> {
        let to = self.to.parse().ok()?;
        let letter =
            Message::builder().from(from.clone()).to(to).subject(&self.subject).header(ContentType::TEXT_PLAIN);
        letter.body(self.text.clone()).ok()
    }
}

/// What happened, on one line.
fn sentence(told: &Json) -> String {
    let by = told["by"].as_str().unwrap_or("Somebody");
    let title = told["record"]["title"].as_str().map(|title| format!("“{}”", shorten(title, 100)));
    let what = match told["record"]["kind"].as_str() {
        Some("work-orders") => "a work order",
        Some("tasks") => "a task",
        Some("deals") => "a deal",
        _ => "something",
    };
    let named = title.clone().unwrap_or_else(|| what.to_owned());
    let text = match told["sort"].as_str() {
        Some("assigned") => format!("{by} gave you {named}"),
        Some("mentioned") => match title {
            Some(title) => format!("{by} mentioned you in a note about {title}"),
            None => format!("{by} mentioned you in a note"),
        },
        Some("lock_taken") => format!("{by} took over the editing of {named}"),
        Some("import_finished") => match told["told"].as_str() {
            Some("done") => format!("Your import of {named} is done"),
            Some("cancelled") => format!("{by} cancelled your import of {named}"),
            Some("reverted") => format!("Your import of {named} was taken back"),
            _ => format!("Your import of {named} failed"),
        },
        Some("gave_up") => format!("Larder gave up on {}", title.unwrap_or_default()),
        Some("export_finished") => format!("Your file {} is ready", title.unwrap_or_default()),
        Some("webhook_off") => format!("Your webhook {named} was switched off, because it no longer answers"),
        _ => format!("Your report {} is ready", title.unwrap_or_default()),
    };
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_letter_says_what_happened_and_where() {
        let told = json!({"sort": "assigned", "by": "Sarah", "record": {"kind": "work-orders", "id": "1f", "title": "Lift\r\nBcc: x@y.z"}});
        let letter = Letter::about(&told, "tom@acme.example", "Acme", Some("https://desk.example"));
        assert_eq!(letter.subject, "Sarah gave you “Lift  Bcc: x@y.z”");
        assert!(letter.text.contains("\nhttps://desk.example/work-orders/1f\n"), "{}", letter.text);
        let from = "desk@acme.example".parse().expect("an address");
        let wire = String::from_utf8(letter.message(&from).expect("a message").formatted()).expect("text");
        assert!(!wire.contains("\nBcc:"), "{wire}");
        assert!(Letter { to: "nobody".into(), ..letter }.message(&from).is_none());
    }

    /// A record that the reader may no longer see has neither a name nor a link.
    #[test]
    fn a_letter_about_what_is_no_longer_seen_names_nothing() {
        let told = json!({"sort": "mentioned", "by": null, "record": null});
        let letter = Letter::about(&told, "tom@acme.example", "Acme", Some("https://desk.example"));
        assert_eq!(letter.subject, "Somebody mentioned you in a note");
        assert!(!letter.text.contains("https://"), "{}", letter.text);
    }
}
