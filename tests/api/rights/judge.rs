//! Looks through every answer for what its reader may not see.

use std::io::Read;

use super::people::Person;
use super::table;
use super::world::{House, PRICE};
use crate::server::Reply;

/// What an answer says, headers and unpacked files included.
fn said(reply: &Reply) -> String {
    let mut text = format!("{:?}\n", reply.headers);
    if reply.body.starts_with(b"PK") {
        let mut file = zip::ZipArchive::new(std::io::Cursor::new(&reply.body)).expect("a workbook");
        for at in 0..file.len() {
            file.by_index(at).expect("a part").read_to_string(&mut text).expect("text");
        }
    } else {
        text.push_str(&reply.text());
    }
    text
}

/// What of the answer the person must not see. What they sent themselves may come back.
pub fn leaks(person: &Person, ours: &House, theirs: &House, sent: &str, reply: &Reply) -> Vec<String> {
    let text = said(reply);
    let stranger = person.name == "stranger";
    let mut found = Vec::new();
    let home = if stranger { "tagged." } else { "canary" };
    if !person.operator && text.to_lowercase().contains(home) && !sent.to_lowercase().contains(home) {
        found.push("a text of another tenant".to_owned());
    }
    if !stranger {
        found.extend(tags(&text).filter(|tag| !sent.contains(&tag.whole) && !person.sees(tag)).map(|tag| tag.whole));
        let prices = [PRICE.to_string(), format!("{}.{:02}", PRICE / 100, PRICE % 100)];
        let office = ["owner", "manager", "staff"].contains(&person.name);
        if !office && prices.iter().any(|price| text.contains(price.as_str())) {
            found.push("a price".to_owned());
        }
    }
    for house in [ours, theirs] {
        let at_home = if stranger { std::ptr::eq(house, theirs) } else { person.member && std::ptr::eq(house, ours) };
        for ((kind, row), id) in house.ids.iter().filter(|_| !at_home) {
            if text.contains(id.as_str()) && !sent.contains(id.as_str()) {
                found.push(format!("the id of the other tenant's {kind} {row}"));
            }
        }
    }
    found
}

/// A text of the first tenant: whose it is.
pub struct Tag {
    pub kind: String,
    /// As the table names it: `custom.note` for `custom_note`.
    pub field: String,
    pub row: String,
    whole: String,
}

fn tags(text: &str) -> impl Iterator<Item = Tag> {
    text.split("tagged.").skip(1).filter_map(|rest| {
        let parts: Vec<&str> = rest.splitn(4, '.').collect();
        let [kind, field, row, _] = parts[..] else { return None };
        let whole = format!("tagged.{kind}.{field}.{row}.");
        let field = field.replace("custom_", "custom.");
        Some(Tag { kind: kind.to_owned(), field, row: row.to_owned(), whole })
    })
}

impl Person {
    fn sees(&self, tag: &Tag) -> bool {
        self.member && table::shows_on(self.name, &tag.kind, &tag.field, &tag.row)
    }
}
