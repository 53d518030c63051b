//! Sockets under the same table: who may not read a row cannot follow it, and what a socket tells of a
//! row holds no more than an answer would.

use serde_json::{Value, json};

use super::judge::leaks;
use super::people::{Person, World};
use super::table::{self, Action};
use crate::server::Reply;
use crate::sockets::Socket;

/// Read, out of reach, deleted, and another tenant's.
const ROWS: [&str; 4] = ["near", "far", "gone", "foreign"];

impl World {
    /// Follows rows of a kind as this person.
    pub fn follow_kind(&self, person: &Person, kind: &str, notes: &mut Vec<String>) {
        let mut screen = Socket::open(&self.server, &person.client);
        for row in ROWS {
            let foreign = row == "foreign";
            let id = if foreign { self.theirs.id_of(kind, "near") } else { self.ours.id_of(kind, row) };
            let own = if person.member { !foreign } else { foreign && person.name == "stranger" };
            let role = if person.member { person.name } else { "owner" };
            let there = if foreign { "near" } else { row };
            let sees = own && row != "gone" && table::reaches(role, kind, Action::Read, there);
            let asked = json!({"watch": {"kind": kind, "id": id}});
            screen.say(&asked);
            // Others are at the same rows meanwhile, so a word of their locks may come first.
            let mut told = screen.next().unwrap_or(Value::Null);
            while told["lock"].is_object() || told["presence"].is_object() {
                told = screen.next().unwrap_or(Value::Null);
            }
            if told["changed"].is_object() != sees || told["refused"].is_object() == sees {
                notes.push(format!("{} follows {kind} {row}: {told}", person.name));
            }
            let mut heard = vec![told];
            if sees {
                heard.push(screen.until("lock"));
                heard.push(screen.until("presence"));
                screen.say(&json!({"unwatch": {"kind": kind, "id": id}}));
            }
            let body = Value::Array(heard).to_string().into_bytes();
            let reply = Reply { status: 200, headers: Default::default(), body };
            for leak in leaks(person, &self.ours, &self.theirs, &asked.to_string(), &reply) {
                notes.push(format!("{} following {kind} {row} is shown {leak}", person.name));
            }
        }
    }
}
