//! Everybody who asks: the people of a tenant, and those who have no business there.

use serde_json::Value;

use super::judge::leaks;
use super::table;
use super::world::{House, house};
use crate::server::{Client, PASSWORD, Reply, Server};

/// Somebody who asks.
pub struct Person {
    /// A role of the table, or one of [`OTHERS`].
    pub name: &'static str,
    /// Belongs to the first tenant.
    pub member: bool,
    /// Sees the names of all tenants.
    pub operator: bool,
    pub client: Client,
}

/// In the order of the table's columns, behind the roles.
const OTHERS: [&str; 4] = ["stranger", "operator", "command", "nobody"];

pub struct World {
    pub ours: House,
    pub theirs: House,
    pub people: Vec<Person>,
    pub server: Server,
}

impl World {
    pub fn new() -> Self {
        let server = Server::empty();
        let operator = server.make_owner();
        let hash = larder::auth::Passwords::new().expect("hashes").hash(PASSWORD.to_owned()).wait().expect("a hash");
        let ours = house(&server, &operator, &hash, "Acme Lifts", false);
        let theirs = house(&server, &operator, &hash, "Canary b7e1 Lifts", true);
        let mut people = Vec::new();
        for name in table::ROLES {
            let client = server.sign_in(&format!("{name}@acme.example"), PASSWORD);
            people.push(Person { name, member: true, operator: false, client });
        }
        let command = server.nobody().with("authorization", &format!("Bearer {}", server.app.run_token()));
        for (name, client) in OTHERS.into_iter().zip([theirs.owner.clone(), operator, command, server.nobody()]) {
            people.push(Person { name, member: false, operator: ["operator", "command"].contains(&name), client });
        }
        server.app.db.search_caught_up().wait().expect("searched");
        Self { ours, theirs, people, server }
    }

    /// The operator has the server's alerts sent to a chat.
    pub fn set_up_alerts(&self) {
        let operator = &self.people.iter().find(|person| person.name == "operator").expect("an operator").client;
        operator.post("/api/v1/webhooks", &serde_json::from_str(table::ALERTS).expect("JSON")).expect(201);
    }

    /// Asks as that person, and looks through the answer. `notes` takes what is wrong with it.
    pub fn ask(&self, person: &Person, method: &str, path: &str, body: &Value, notes: &mut Vec<String>) -> Reply {
        let sent = format!("{path} {body}");
        let reply = match body {
            Value::Null => person.client.send(method, path, b""),
            Value::String(file) => person.client.send(method, path, file.as_bytes()),
            body => {
                let client = person.client.with("content-type", "application/json");
                client.send(method, path, body.to_string().as_bytes())
            }
        };
        if reply.status >= 500 {
            notes.push(format!("{} {method} {path}: {}", person.name, reply.text()));
        }
        for leak in leaks(person, &self.ours, &self.theirs, &sent, &reply) {
            notes.push(format!("{} {method} {path} shows {leak}", person.name));
        }
        reply
    }
}
