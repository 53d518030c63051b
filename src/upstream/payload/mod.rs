//! What the upstream sends, held against what was declared of it: numbers that come as texts are made
//! numbers, what is missing or cannot be is named, and nothing else is let through (D15, D16).

mod answer;

#[cfg(test)]
mod tests;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value as Json};

use crate::kernel::shorten;

use super::fault::Fault;
use answer::{Answer, entries, object};

/// Something that is not as declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// Where, as RFC 6901 has it.
    pub pointer: String,
    /// A word: `missing`, `type`, `range`, `not_json`.
    pub sort: &'static str,
    pub message: String,
}

impl Complaint {
    fn at(pointer: &str, sort: &'static str, message: impl Into<String>) -> Self {
        Self { pointer: pointer.to_owned(), sort, message: message.into() }
    }

    /// For people.
    pub fn told(&self) -> String {
        if self.pointer.is_empty() { self.message.clone() } else { format!("{} ({})", self.message, self.pointer) }
    }
}

/// A workspace as the upstream lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workspace {
    pub id: i64,
    pub name: String,
}

/// Figures of some days. What need not be there is `None` when it is not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stats {
    pub sent: i64,
    pub contacted: i64,
    pub replied: i64,
    pub bounced: i64,
    /// Leads: who said that they are interested.
    pub interested: i64,
    pub opened: Option<i64>,
    pub unsubscribed: Option<i64>,
}

/// An account that sends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sender {
    pub id: i64,
    pub email: String,
    pub name: Option<String>,
    pub status: String,
    pub daily_limit: i64,
    pub sent: i64,
    pub replied: i64,
    pub bounced: i64,
    pub interested: Option<i64>,
}

/// What was read: the good of it, what was left out and why, and how much of what was declared is there.
#[derive(Clone, Debug, PartialEq)]
pub struct Read<T> {
    pub good: T,
    /// The first [`COMPLAINTS`] of them.
    pub complaints: Vec<Complaint>,
    /// Entries that were left out, each with perhaps several complaints.
    pub left_out: usize,
    /// Fields that were there, and fields that might have been (D37).
    pub there: u64,
    pub declared: u64,
}

/// One page of many.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    pub senders: Vec<Sender>,
    pub last_page: i64,
}

/// Longer texts are cut.
const TEXT: usize = 200;
/// A count above this is taken for a mistake.
const MOST: i64 = 1_000_000_000_000;
/// As many complaints are kept of one question.
pub const COMPLAINTS: usize = 20;
/// A source with more workspaces is not read.
pub const WORKSPACES: usize = 5_000;
/// Nor are more accounts of one workspace, on however many pages.
pub const SENDERS: usize = 20_000;

/// Adds complaints to others for as long as there is room.
pub fn add_complaints(all: &mut Vec<Complaint>, more: Vec<Complaint>) {
    all.extend(more.into_iter().take(COMPLAINTS.saturating_sub(all.len())));
}

/// One object under inspection.
struct Inspection<'a> {
    object: &'a Map<String, Json>,
    at: String,
    complaints: Vec<Complaint>,
    there: u64,
    declared: u64,
}

impl<'a> Inspection<'a> {
    fn new(object: &'a Map<String, Json>, at: String) -> Self {
        Self { object, at, complaints: Vec::new(), there: 0, declared: 0 }
    }

    fn complain(&mut self, name: &str, sort: &'static str, message: String) {
        self.complaints.push(Complaint::at(&format!("{}/{name}", self.at), sort, message));
    }

    /// A member that holds something.
    fn member(&mut self, name: &str) -> Option<&'a Json> {
        self.declared += 1;
        let found = self.object.get(name).filter(|value| !value.is_null());
        self.there += u64::from(found.is_some());
        found
    }

    /// A whole number, 0 and above, that need not be there.
    fn may_count(&mut self, name: &str) -> Option<i64> {
        let value = self.member(name)?;
        match whole(value) {
            Some(n) if (0..=MOST).contains(&n) => Some(n),
            Some(n) => {
                self.complain(name, "range", format!("{name} is {n}, which no count can be."));
                None
            }
            None => {
                self.complain(name, "type", format!("{name} is {}, not a whole number.", sample(value)));
                None
            }
        }
    }

    fn count(&mut self, name: &str) -> i64 {
        let before = self.complaints.len();
        match self.may_count(name) {
            Some(n) => n,
            None => {
                if self.complaints.len() == before {
                    self.complain(name, "missing", format!("{name} is missing."));
                }
                0
            }
        }
    }

    /// A number that names something: 1 and above.
    fn key(&mut self, name: &str) -> i64 {
        let n = self.count(name);
        if n == 0 && !self.complaints.iter().any(|c| c.pointer.ends_with(name)) {
            self.complain(name, "range", format!("{name} is 0, which names nothing."));
        }
        n
    }

    fn may_text(&mut self, name: &str) -> Option<String> {
        let value = self.member(name)?;
        match value.as_str() {
            Some(text) => {
                let plain: String = text.chars().filter(|c| !c.is_control()).collect();
                Some(shorten(plain.trim(), TEXT)).filter(|text| !text.is_empty())
            }
            None => {
                self.complain(name, "type", format!("{name} is {}, not a text.", sample(value)));
                None
            }
        }
    }

    fn text(&mut self, name: &str) -> String {
        let before = self.complaints.len();
        match self.may_text(name) {
            Some(text) => text,
            None => {
                if self.complaints.len() == before {
                    self.complain(name, "missing", format!("{name} is missing or empty."));
                }
                String::new()
            }
        }
    }
}

/// A whole number, however it is written: `12`, `12.0`, `"12"`, `" 1,234 "`.
fn whole(value: &Json) -> Option<i64> {
    match value {
        Json::Number(n) => n.as_i64().or_else(|| integral(n.as_f64()?)),
        Json::String(text) => {
            let text = text.trim().replace(',', "");
            text.parse().ok().or_else(|| integral(text.parse().ok()?))
        }
        _ => None,
    }
}

#[allow(clippy::cast_possible_truncation, reason = "only what is whole and well inside is converted")]
fn integral(x: f64) -> Option<i64> {
    (x.fract() == 0.0 && x.abs() < 9e15).then_some(x as i64)
}

/// A value as it is told of in a complaint: short, and nothing of a long text.
fn sample(value: &Json) -> String {
    match value {
        Json::Array(_) => "a list".to_owned(),
        Json::Object(_) => "an object".to_owned(),
        other => shorten(&other.to_string(), 40),
    }
}

fn answer(body: &[u8]) -> Result<Answer<'_>, Fault> {
    let broken = |message: &str| Fault::Invalid(vec![Complaint::at("", "not_json", message)]);
    match body.trim_ascii_start().first() {
        Some(b'{') => Answer::of(body).ok_or_else(|| broken("The answer is no JSON, or breaks off.")),
        Some(b'<') => Err(broken("The answer is a web page, not JSON.")),
        _ => Err(broken("The answer is no JSON object.")),
    }
}

fn list<'a>(answer: &Answer<'a>, most: usize) -> Result<Vec<&'a RawValue>, Fault> {
    let wrong = |sort, message: &str| Fault::Invalid(vec![Complaint::at("/data", sort, message)]);
    let data = answer.data.ok_or_else(|| wrong("missing", "data is missing."))?;
    let items = entries(data, most).ok_or_else(|| wrong("type", "data is not a list."))?;
    if items.len() > most { Err(Fault::TooLarge) } else { Ok(items) }
}

/// Reads each item of a list; one that is not as declared is left out and the others go on (D14).
fn each<T>(items: &[&RawValue], read: impl Fn(&mut Inspection<'_>) -> T) -> Read<Vec<T>> {
    let mut all = Read { good: Vec::new(), complaints: Vec::new(), left_out: 0, there: 0, declared: 0 };
    for (n, item) in items.iter().enumerate() {
        let at = format!("/data/{n}");
        let Some(object) = object(item) else {
            all.left_out += 1;
            add_complaints(
                &mut all.complaints,
                vec![Complaint::at(&at, "type", "An entry is no object that can be read.")],
            );
            continue;
        };
        let mut inspection = Inspection::new(&object, at);
        let got = read(&mut inspection);
        all.there += inspection.there;
        all.declared += inspection.declared;
        if inspection.complaints.is_empty() {
            all.good.push(got);
        } else {
            all.left_out += 1;
            add_complaints(&mut all.complaints, inspection.complaints);
        }
    }
    all
}

/// Reads the list of workspaces.
///
/// # Errors
/// Invalid where it is no such list, or where none of its entries is good; too large beyond
/// [`WORKSPACES`].
pub fn workspaces(body: &[u8]) -> Result<Read<Vec<Workspace>>, Fault> {
    let items = list(&answer(body)?, WORKSPACES)?;
    let mut read = each(&items, |entry| Workspace { id: entry.key("id"), name: entry.text("name") });
    let mut seen = HashSet::new();
    read.good.retain(|workspace| seen.insert(workspace.id));
    some(read, items.len())
}

fn some<T>(read: Read<Vec<T>>, items: usize) -> Result<Read<Vec<T>>, Fault> {
    if read.good.is_empty() && items > 0 { Err(Fault::Invalid(read.complaints)) } else { Ok(read) }
}

/// Reads the figures of some days.
///
/// # Errors
/// Invalid when anything that must be there is not, or cannot be.
pub fn stats(body: &[u8]) -> Result<Read<Stats>, Fault> {
    let data = answer(body)?.data;
    let Some(object) = data.and_then(object) else {
        let sort = if data.is_some() { "type" } else { "missing" };
        return Err(Fault::Invalid(vec![Complaint::at("/data", sort, "data is missing or no object.")]));
    };
    let mut entry = Inspection::new(&object, "/data".to_owned());
    let good = Stats {
        sent: entry.count("emails_sent"),
        contacted: entry.count("total_leads_contacted"),
        replied: entry.count("unique_replies_per_contact"),
        bounced: entry.count("bounced"),
        interested: entry.count("interested"),
        opened: entry.may_count("opened"),
        unsubscribed: entry.may_count("unsubscribed"),
    };
    let Inspection { complaints, there, declared, .. } = entry;
    if complaints.is_empty() {
        Ok(Read { good, complaints, left_out: 0, there, declared })
    } else {
        Err(Fault::Invalid(complaints))
    }
}

/// Reads one page of the accounts that send.
///
/// # Errors
/// Invalid where it is no such page, or where none of its entries is good; too large beyond [`SENDERS`].
pub fn senders(body: &[u8], page: i64) -> Result<Read<Page>, Fault> {
    let answer = answer(body)?;
    let items = list(&answer, SENDERS)?;
    let read = each(&items, |entry| Sender {
        id: entry.key("id"),
        email: entry.text("email"),
        name: entry.may_text("name"),
        status: entry.text("status"),
        daily_limit: entry.count("daily_limit"),
        sent: entry.count("emails_sent_count"),
        replied: entry.count("unique_replied_count"),
        bounced: entry.count("bounced_count"),
        interested: entry.may_count("interested_leads_count"),
    });
    let Read { good, complaints, left_out, there, declared } = some(read, items.len())?;
    let last_page = last_page(&answer, page)?;
    Ok(Read { good: Page { senders: good, last_page }, complaints, left_out, there, declared })
}

/// Reads the token that was made.
///
/// # Errors
/// Invalid where there is none.
pub fn token(body: &[u8]) -> Result<String, Fault> {
    let data = answer(body)?.data.and_then(object).unwrap_or_default();
    let token = data.get("plain_text_token").and_then(Json::as_str);
    match token.filter(|token| is_token(token)) {
        Some(token) => Ok(token.to_owned()),
        None => {
            let missing = Complaint::at("/data/plain_text_token", "missing", "plain_text_token is missing.");
            Err(Fault::Invalid(vec![missing]))
        }
    }
}

/// Could this be a token? It goes into a header, so nothing but visible ASCII.
pub fn is_token(text: &str) -> bool {
    (1..=1_000).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// How many pages there are. Without being told, this is the last.
fn last_page(answer: &Answer<'_>, page: i64) -> Result<i64, Fault> {
    let Some(meta) = answer.meta.and_then(object) else { return Ok(page) };
    let number = |name: &str| meta.get(name).filter(|value| !value.is_null()).map(whole);
    let wrong = |name: &str, message: String| {
        Err(Fault::Invalid(vec![Complaint::at(&format!("/meta/{name}"), "range", message)]))
    };
    match number("current_page") {
        Some(Some(current)) if current != page => {
            return wrong("current_page", format!("Page {page} was asked for, and page {current} came."));
        }
        Some(None) => return wrong("current_page", "current_page is no number.".to_owned()),
        _ => {}
    }
    match number("last_page") {
        None => Ok(page),
        Some(Some(last)) if last >= 1 => Ok(last),
        Some(_) => wrong("last_page", "last_page is no number of a page.".to_owned()),
    }
}
